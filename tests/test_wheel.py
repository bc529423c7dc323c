"""What is published: the wheel, built from the source archive, has all that the program needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from engine import ROOT


def build(kind: str, source: Path, out: Path) -> Path:
    call = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    subprocess.run(call, cwd=source, check=True, capture_output=True)
    (made,) = out.iterdir()
    return made


def test_the_wheel_works_from_another_folder(tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    wheel = build("wheel", source, tmp_path / "wheel")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = ["-m", "cloudrules", "init", "municipal-cloud-level-2", "-o", "mine.yaml"]
    plan = ["-m", "cloudrules", "plan", "mine.yaml", "--format", "json"]
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    for args in (run, plan):
        done = subprocess.run(
            [sys.executable, *args], cwd=elsewhere, env=env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert '"service.aspic"' in done.stdout
    sheet = "cloudrules/knowledge_base/sources/municipal-cloud-level-2.txt"
    assert (tmp_path / "installed" / sheet).is_file()
    # Nothing came from the source tree.
    code = "from cloudrules.files.library import shipped; print(shipped())"
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=elsewhere, env=env, capture_output=True, text=True
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path / "installed")
