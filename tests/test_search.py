"""Folders are searched within bounds, and what cannot be searched is told, never passed over."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from engine import ROOT
from hypothesis import given
from hypothesis import strategies as st

from cloudrules.cli.main import main
from cloudrules.core.errors import BadInput, Fault
from cloudrules.files import search
from cloudrules.files.search import Search

NEW = ROOT / "scenarios/services/newcomer.yaml"
LEVEL = "municipal-cloud-level-2"
SEARCHING = [
    ["test", "DIR"],
    ["check", "DIR"],
    ["diff", LEVEL, LEVEL, "--services", "DIR"],
    ["assess", str(NEW), "--knowledge-base", "DIR", "--rulebook", "another"],
    ["plan", str(NEW), "--rulebook", "DIR"],
]
DEEP = [["test", "DIR"], ["diff", LEVEL, LEVEL, "--services", "DIR"]]
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs a command with a folder in the place of DIR: the code, and what is said of errors."""

    def run(command: list[str], folder: Path, lang: str = "en") -> tuple[int, str]:
        code = main([str(folder) if word == "DIR" else word for word in (*command, "--lang", lang)])
        return code, capfd.readouterr().err

    return run


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a service, a scenario, a rulebook, and a folder in it."""
    folder = tmp_path / "tree"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner/service.yaml").write_bytes(NEW.read_bytes())
    scenario = f"scenario: s\nservice: {NEW}\nvariants: [{{name: today}}]\n"
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    rulebook = "rulebook: mine\nitems: [{id: 1, need: mandatory}]\n"
    (folder / "mine.yaml").write_text(rulebook, encoding="utf-8")
    return folder


def by(command: list[str]) -> str:
    return command[0]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("command", SEARCHING, ids=by)
def test_a_folder_that_holds_too_much_is_named(
    command: list[str], lang: str, tree: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree / "inner")  # ids are looked for here too
    monkeypatch.setattr(Search.__init__, "__defaults__", (2,))
    code, err = call(command, tree, lang)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"{tree}: ")
    assert {"en": "too many files and folders", "ja": "多すぎます"}[lang] in err


def test_several_folders_are_one_search(
    tree: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Search.__init__, "__defaults__", (8,))
    assert call(["test", "DIR"], tree)[0] == 0
    code, err = call(["test", "DIR", "DIR", "DIR"], tree)
    assert (code, "too many" in err) == (2, True)


@pytest.mark.parametrize("command", SEARCHING, ids=by)
def test_a_folder_that_cannot_be_searched_is_named(
    command: list[str], tree: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tree / "inner" if command in DEEP else tree
    scandir = os.scandir

    def refusing(folder: Any = ".") -> Iterator[os.DirEntry[str]]:
        if os.fspath(folder) == str(closed):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    code, err = call(command, tree)
    assert code == 2
    assert f"{closed}: the folder cannot be searched (Permission denied)" in err


@pytest.mark.parametrize("command", DEEP, ids=by)
def test_a_folder_too_deep_for_a_path_is_told(
    command: list[str], tree: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    code, err = call(command, tree)
    assert code == 2
    assert ": the folder cannot be searched (File name too long)" in err
    assert "Traceback" not in err


def test_a_scenario_that_cannot_be_read_is_no_scenario_that_passes(
    tree: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "nowhere.yaml").symlink_to("gone")  # as editors leave them
    assert call(["test", "DIR"], tree)[0] == 0
    (tree / "circle.yaml").symlink_to("circle.yaml")
    code, err = call(["test", "DIR"], tree)
    assert code == 2
    assert f"{tree / 'circle.yaml'}: the file cannot be read" in err


def test_other_services_are_answered_all_the_same(
    tree: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, scandir = str(tree / "closed"), os.scandir
    (tree / "closed").mkdir()

    def refusing(folder: Any = ".") -> Iterator[os.DirEntry[str]]:
        if os.fspath(folder) == closed:
            raise FileNotFoundError(2, "No such file or directory")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    assert main(["diff", LEVEL, LEVEL, "--services", str(tree), "--format", "json"]) == 2
    out, err = capfd.readouterr()
    assert err.startswith(f"{closed}: ")
    told = [(each["file"], each["changed"]) for each in json.loads(out)["services"]]
    assert told == [(closed, None), (str(tree / "inner/service.yaml"), False)]


@given(st.sets(st.sampled_from(["a", "b.yaml", "d/a.yaml", "d/.c.yaml", "d/e/f.yml", "e.yaml/x"])))
def test_what_is_found_is_what_pathlib_finds(names: set[str]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made:
        top = Path(made)
        for name in names:
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_bytes(b"")
        for deep, wanted in ((True, top.rglob("*.y*ml")), (False, top.glob("*.y*ml"))):
            faults: list[Fault] = []
            looked, ends = Search(), (".yaml", ".yml")
            found = looked.below(top, faults, *ends) if deep else looked.inside(top, *ends)
            assert found == sorted(path for path in wanted if path.is_file())
            assert not faults
        every = sum(1 for _ in top.rglob("*"))
        Search(every).below(top, [], ".yaml")
        if every:
            with pytest.raises(BadInput):
                Search(every - 1).below(top, [], ".yaml")


def test_the_bound_is_far_above_what_is_shipped() -> None:
    assert sum(1 for _ in (ROOT / "scenarios").rglob("*")) * 100 < search.MOST
