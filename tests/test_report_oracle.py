"""Reports of generated services say what other commands say, and no change goes unseen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import generator
import oracle
import pytest

from cloudrules.cli.main import main

Ask = Callable[..., bytes]
INPUTS = ("service.yaml", "rulebook.yaml", "cat.yaml")
ON = ("--on", generator.ON.isoformat(), "--lang", "en")


@pytest.fixture
def ask(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Ask:
    """What a command prints, run beside the files of a case; its exit code is 0 or 1."""
    monkeypatch.chdir(tmp_path)

    def ask(*args: str) -> bytes:
        capsysbinary.readouterr()
        assert main(list(args)) in (0, 1), capsysbinary.readouterr().err
        return capsysbinary.readouterr().out

    return ask


def answer(ask: Ask, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(*args, *ON, "--format", "json"))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_report_says_what_the_oracle_and_the_commands_say(
    seed: int, tmp_path: Path, ask: Ask
) -> None:
    made = generator.case(seed)
    generator.write(made, tmp_path)
    told = answer(ask, "report", "service.yaml")
    asked = (made.rulebook, [made.catalogue], made.service, made.on)
    due = oracle.assess(*asked)
    assert {key: told["assess"][key] for key in due} == due
    worlds = oracle.assess_all_readings(*asked)
    found = told["all_readings"]
    assert (found["verdict"], found["depends_on"]) == (worlds["verdict"], worlds["depends_on"])
    counted = Counter((each["compliant"], tuple(each["missing"])) for each in worlds["worlds"])
    assert counted == {
        (each["compliant"], tuple(each["missing"])): each["worlds"] for each in found["outcomes"]
    }
    exempt = [each["id"] for each in due["items"] if each["obligation"] == "waived"]
    assert [each["item"] for each in told["exemptions"]] == exempt
    for each in told["exemptions"]:
        alone = answer(ask, "explain", "service.yaml", each["item"], "--limit", "20")
        assert each == {key: alone[key] for key in each}
    if due["compliant"] is True:
        assert told["plan"] is None
    else:
        alone = answer(ask, "plan", "service.yaml")
        keys = ("status", "objective", "bound", "assumed")
        assert {key: told["plan"][key] for key in keys} == {key: alone[key] for key in keys}
    shown = ask("report", "service.yaml", *ON, "--format", "markdown").decode()
    rows = ask("assess", "service.yaml", *ON, "--format", "markdown").decode()
    # The report tells the notes of what is held once, in a table of their own.
    told_rows = {_status(row) for row in shown.splitlines()}
    for row in rows.splitlines():
        assert not row.startswith("|") or _status(row) in told_rows


def _status(row: str) -> tuple[str, ...]:
    """An item's row of a table up to its status."""
    return tuple(row.split("|")[:5])


@pytest.mark.parametrize(("seed", "name"), [(3, "r.json"), (9, "r.html"), (10, "r.md")])
def test_no_changed_byte_goes_unseen(seed: int, name: str, tmp_path: Path, ask: Ask) -> None:
    generator.write(generator.case(seed), tmp_path)
    ask("report", "service.yaml", *ON, "-o", name)
    assert json.loads(ask("verify", name, "--format", "json"))["same"] is True
    random = Random(seed)
    for file in INPUTS:
        kept = Path(file).read_bytes()
        at = random.randrange(len(kept))
        for other in (kept[:at] + kept[at + 1 :], kept + b"\n", b"#" + kept):
            Path(file).write_bytes(other)
            told = json.loads(ask("verify", name, "--format", "json"))
            assert told["same"] is False
            assert [each["file"] for each in told["files"]] == [file]
        Path(file).write_bytes(kept)


@pytest.mark.parametrize(("seed", "name"), [(9, "r.html"), (10, "r.md")])
def test_no_changed_character_of_a_report_goes_unseen(
    seed: int, name: str, tmp_path: Path, ask: Ask, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    generator.write(generator.case(seed), tmp_path)
    ask("report", "service.yaml", *ON, "-o", name)
    text = Path(name).read_text(encoding="utf-8")
    random = Random(seed)
    for _ in range(20):
        at = random.randrange(len(text))
        for other in ("", " x", "不"):
            Path(name).write_text(text[:at] + other + text[at + 1 :], encoding="utf-8")
            assert main(["verify", name]) in (1, 2)
    capsysbinary.readouterr()


@pytest.mark.parametrize("seed", [3, 11])
def test_no_changed_value_of_an_answer_goes_unseen(
    seed: int, tmp_path: Path, ask: Ask, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    generator.write(generator.case(seed), tmp_path)
    told = answer(ask, "assess", "service.yaml")
    for at in places(told):
        other = json.loads(json.dumps(told))
        *way, last = at
        inside = other
        for key in way:
            inside = inside[key]
        value = inside[last]
        inside[last] = not value if isinstance(value, bool) else f"{value}0"
        Path("a.json").write_text(json.dumps(other), encoding="utf-8")
        assert main(["verify", "a.json"]) in (1, 2), at
    capsysbinary.readouterr()


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where each single value stands."""
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        return [place for key, part in inside for place in places(part, (*at, key))]
    return [at]
