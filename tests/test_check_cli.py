"""The command check: its exit codes, its files, and what it says of what it could not decide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from engine import CASES

from cloudrules.cli.main import main

IDLE = str(CASES / "check" / "idle-two-waivers-alike.yaml")  # a warning
NEVER = str(CASES / "check" / "waiver-never-false.yaml")  # an error
SOUND = str(CASES / "check" / "sound" / "not-not.yaml")


@pytest.mark.parametrize(
    ("file", "level", "code"),
    [
        (SOUND, "note", 0),
        (IDLE, "error", 0),
        (IDLE, "warning", 1),
        (NEVER, "warning", 1),
        (NEVER, "error", 1),
        (NEVER, "never", 0),
    ],
)
def test_the_exit_code_is_that_of_the_worst_finding(file: str, level: str, code: int) -> None:
    assert main(["check", file, "--fail-level", level]) == code


def test_what_is_not_decided_is_not_taken_for_sound(capfd: pytest.CaptureFixture[str]) -> None:
    call = ["check", "municipal-cloud-level-2", "--time-limit", "0"]
    assert main([*call, "--format", "json", "--fail-level", "warning"]) == 1
    undecided = json.loads(capfd.readouterr().out)["undecided"]
    assert undecided
    assert len({tuple(each.items()) for each in undecided}) == len(undecided)
    assert main([*call, "--fail-level", "never"]) == 0
    assert "Nothing found so far" in capfd.readouterr().out


def test_several_rulebooks_are_told_one_by_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", SOUND, NEVER, "--format", "json"]) == 1
    told = json.loads(capfd.readouterr().out)["rulebooks"]
    assert [len(each["findings"]) for each in told] == [0, 1]


def test_witnesses_are_written_as_services_that_can_be_assessed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", NEVER, "--witness", str(tmp_path / "shown")]) == 1
    (file,) = (tmp_path / "shown").iterdir()
    assert main(["assess", str(file)]) in (0, 1)
    assert main(["check", NEVER, "--witness", str(tmp_path / "shown")]) == 2
    assert "--force" in capfd.readouterr().err
    assert main(["check", NEVER, "--witness", str(tmp_path / "shown"), "--force"]) == 1


def test_a_rulebook_out_of_force_is_checked_on_its_nearest_day(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.yaml"
    old.write_text(
        "rulebook: old\nin_force: {until: 2020-03-31}\nitems:\n  - {id: 1, need: mandatory}\n"
    )
    assert main(["check", str(old), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["on"] == "2020-03-31"
