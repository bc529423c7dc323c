"""Mistakes that a hand-written file can hold, one a file in `cases/bad`: every fault is told.

A case begins with its faults, `# expect: LINE: MESSAGE` or `# expect: FILE:LINE: MESSAGE`; one that
is no text has them in a file `.expect` beside it. It is run by a command that fits its kind:

    rulebook             init CASE, then assess - for a service that names it
    catalogue            init of a small rulebook that names it
    service              assess CASE
    scenario             whatif CASE

or by what stands in `# run: ...`. A folder is a case of several files, told by its first file.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from engine import ROOT

from cloudrules.cli.main import main
from cloudrules.render.fault_words import FAULTS
from cloudrules.render.form_faults import FORM_FAULTS

BAD = ROOT / "tests" / "cases" / "bad"
BESIDE = "beside"  # what is good: the rulebook, catalogue and service that cases refer to
ON = ("--on", "2026-12-01")
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")

# Faults of a command line, of a system or of a size; the others can be made by a file.
NOT_OF_FILES = {
    *("file-missing", "file-folder", "file-unreadable", "file-large", "file-exists", "output"),
    "path-missing-here",
    *(
        "option-pair",
        "option-unknown-item",
        "pareto-two",
        "pareto-minimize",
        "output-input",
        "plan-modes",
    ),
    *("certificate-modes", "certificate-stdin", "certificate-output", "verify-solver"),
    *("certificate-json", "certificate-shape", "certificate-form"),
    *("receipt-command", "receipt-options", "receipt-pdf", "receipt-several", "receipt-shape"),
    *("receipt-stdin", "typst-failed", "typst-font", "typst-missing"),
    *("percent", "no-rulebooks", "rulebook-twice", "cover-alone", "cover-list"),
    *("calendar-of", "picture-of", "schedule-early", "schedule-far", "schedule-modes"),
    "timeline-early",
    *("form-no-items", "form-output", "form-library", "form-text-long", "form-ending"),
    *("folder-unreadable", "folder-large", "file-irregular"),
    *("folder-missing", "no-scenarios", "too-large", "number-positive", "seconds", "objective"),
    *("no-services", "diff-types", "diff-options", "diff-kinds"),
    *("rulebooks-several", "solver-missing", "solver-unable", "faults-more"),
    *("receipt-command", "receipt-options", "receipt-pdf", "receipt-several", "receipt-shape"),
    *("receipt-stdin", "typst-failed", "typst-font", "typst-missing"),
    *("check-readings", "diff-kinds", "diff-types", "diff-options", "no-services", "fail-under"),
    *("usage", "usage-command", "usage-extra", "usage-option", "usage-missing", "usage-value"),
    # Of workbooks: tests/test_excel.py and tests/test_form_cli.py
    *FORM_FAULTS,
}


def cases() -> list[Path]:
    found = [path for path in BAD.iterdir() if path.name != BESIDE and path.suffix != ".expect"]
    return sorted(path if path.is_file() else path / "case.yaml" for path in found)


def named(path: Path) -> str:
    return path.stem if path.parent == BAD else path.parent.name


def head(path: Path, mark: str) -> list[str]:
    """What the comments at the start of a case, or the file beside it, say after a mark."""
    beside = path.with_suffix(".expect")
    said = (beside if beside.exists() else path).read_text("utf-8-sig").splitlines()
    return [line.removeprefix(f"# {mark}: ") for line in said if line.startswith(f"# {mark}: ")]


def expected(path: Path) -> list[str]:
    """The lines that are to be told."""
    lines = head(path, "expect")
    return [f"{path.name}:{line}" if re.match(r"\d+: ", line) else line for line in lines]


def kind(path: Path) -> str:
    found = re.search(
        r"(?m)^(scenario|service|catalogue|rulebook):", path.read_text("utf-8", "replace")
    )
    return found[1] if found else "service"


def commands(path: Path) -> list[list[str]]:
    """What is run, one after the other, until one does not succeed."""
    if run := head(path, "run"):
        return [[path.name if word == "CASE" else word for word in each.split()] for each in run]
    return {
        "rulebook": [["init", path.name], ["assess", "-", *ON]],
        "catalogue": [["init", "book.yaml"]],
        "service": [["assess", path.name, *ON]],
        "scenario": [["whatif", path.name, *ON]],
    }[kind(path)]


def folder(path: Path, scratch: Path) -> Path:
    """Where a case is run: its own folder, or one with a rulebook that names the catalogue."""
    if kind(path) != "catalogue" or head(path, "run"):
        return path.parent
    shutil.copy(path, scratch)
    item = "items: [{id: 1.1, need: optional}]"
    (scratch / "book.yaml").write_text(f"rulebook: book\ncatalogues: [{path.name}]\n{item}\n")
    return scratch


@dataclass
class Told:
    code: int
    out: bytes
    lines: list[str]
    seconds: float


Run: TypeAlias = Callable[[Path, str], Told]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    def run(path: Path, language: str) -> Told:
        monkeypatch.chdir(folder(path, tmp_path))
        begin = time.perf_counter()
        for command in commands(path):
            asks = f"service: Example\nrulebook: {path.name}\n".encode()
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(asks)))
            code = main([*command, "--lang", language])
            seconds = time.perf_counter() - begin
            out, err = capfdbinary.readouterr()
            if code:
                break
        return Told(code, out, err.decode("utf-8").splitlines(), seconds)

    return run


def test_there_are_enough() -> None:
    assert len(cases()) >= 110


@pytest.mark.parametrize("path", cases(), ids=named)
def test_every_fault_is_told_with_its_place_and_its_mend(path: Path, run: Run) -> None:
    told = run(path, "en")
    assert told.lines == expected(path)
    assert (told.code, told.out) == (2, b"")
    assert told.seconds < 1
    for line in told.lines:
        assert re.match(r"[^:]+:\d+: .+?(; .+|\? .+)", line), "no place or no mend"


@pytest.mark.parametrize("path", cases(), ids=named)
def test_japanese_tells_the_same(path: Path, run: Run) -> None:
    told = run(path, "ja")
    assert (told.code, told.out) == (2, b"")
    places = [line.split(": ")[0] for line in told.lines]
    assert places == [line.split(": ")[0] for line in expected(path)]
    for line in told.lines:
        said = line.split(": ", 1)[1]
        assert JAPANESE.search(said)
        assert said.endswith("。")
        assert not re.search(r"\{[a-z]+(:[a-z]+)?\}|\[\[|\]\]", said)


def test_every_fault_that_a_file_can_have_is_shown() -> None:
    said = [line.split(": ", 1)[1] for path in cases() for line in expected(path)]
    missing = []
    for code in FAULTS.keys() - NOT_OF_FILES:
        missing += [] if any(_like(FAULTS[code][1], line) for line in said) else [code]
    assert sorted(missing) == []


def _like(words: str, line: str) -> bool:
    """Whether a line is what these words say of some values."""
    form = re.escape(words).replace(r"\[\[", "(?:").replace(r"\]\]", ")?")
    return bool(re.fullmatch(re.sub(r"\\\{\w+(:\w+)?\\\}", ".*", form), line))
