"""Files are written whole or not at all, whatever stops the program."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine import ROOT

from cloudrules.core.errors import BadInput
from cloudrules.files import output

OLD, NEW = b"old" * 1000, b"new" * 1_000_000
STEPS = """
import os, signal, sys
from pathlib import Path
from cloudrules.files import output
left, steps = int(sys.argv[2]), iter(range(9))
def stop(*args):
    if next(steps) == left: os.kill(os.getpid(), signal.SIGKILL)
for name in ("fsync", "chmod", "replace"):
    def hooked(*args, real=getattr(os, name)):
        stop(); done = real(*args); stop(); return done
    setattr(os, name, hooked)
output.write(Path(sys.argv[1]), b"new" * 1_000_000, force=True)
"""
AGAIN = """
import sys
from pathlib import Path
from cloudrules.files import output
print("ready", flush=True)
while True:
    for content in (b"old" * 1000, b"new" * 1_000_000):
        output.write(Path(sys.argv[1]), content, force=True)
"""
SMALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from cloudrules.cli.main import main
sys.exit(main(["form", "new", "municipal-cloud-level-2", "-o", sys.argv[1], "--force"]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "g.xlsx"
    found.write_bytes(OLD)
    return found


@pytest.mark.parametrize("step", range(7))
def test_a_kill_leaves_the_old_file_or_the_new(step: int, path: Path) -> None:
    subprocess.run([sys.executable, "-c", STEPS, str(path), str(step)], cwd=ROOT, check=False)
    assert path.read_bytes() in (OLD, NEW)


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new(path: Path) -> None:
    chance = random.Random(1)
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", AGAIN, str(path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as running:
            assert running.stdout
            running.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            running.kill()
        assert path.read_bytes() in (OLD, NEW)


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_failure_leaves_the_old_file_alone(
    step: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fails)
    with pytest.raises(BadInput) as error:
        output.write(path, NEW, force=True)
    assert error.value.faults[0].code == "output"
    assert [each.name for each in path.parent.iterdir()] == ["g.xlsx"]
    assert path.read_bytes() == OLD


def test_a_file_that_may_not_grow_is_told_and_left_as_it_was(path: Path) -> None:
    limited = SMALL.replace("100_000", "1000")
    done = subprocess.run(
        [sys.executable, "-c", limited, str(path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert [each.name for each in path.parent.iterdir()] == ["g.xlsx"]
    assert path.read_bytes() == OLD


def test_an_interruption_leaves_no_other_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        output.write(path, NEW, force=True)
    assert [each.name for each in path.parent.iterdir()] == ["g.xlsx"]
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_who_may_read_a_file_stays(mode: int, path: Path) -> None:
    path.chmod(mode)
    output.write(path, NEW, force=True)
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_bytes() == NEW


def test_a_new_file_is_like_any_other(tmp_path: Path) -> None:
    output.write(tmp_path / "a", NEW)
    (tmp_path / "b").write_bytes(NEW)
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_what_a_link_points_to_is_written(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path.name)
    output.write(link, NEW, force=True)
    assert link.is_symlink()
    assert path.read_bytes() == NEW


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link.name)
    for force in (False, True):
        with pytest.raises(BadInput):
            output.write(link, NEW, force=force)
