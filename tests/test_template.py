"""The service file that `init` writes: valid as it is, and with every line put to use."""

from __future__ import annotations

import re
from pathlib import Path

import generator
import pytest
from engine import ROOT

from cloudrules.core import case
from cloudrules.core.errors import Place
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Service
from cloudrules.files import yaml
from cloudrules.files.library import Library, read_as
from cloudrules.render.template import service_file

LANGUAGES = ("ja", "en")
ON = generator.ON


def shipped() -> Rulebook:
    return Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path())


def read(text: str) -> Service:
    return read_as(Service, yaml.read(text.encode(), "init.yaml"))


PARTS = ("context", "holds", "unknown", "efforts", "readings")


def entry(line: str) -> str | None:
    """A line of a comment that is an entry of the file, without its mark; else None."""
    found = re.fullmatch(r"( *)# ( *(?:- (?!\{)|'[^']+': |[A-Za-z0-9_.-]+:(?: |$)).*)", line)
    return found[1] + found[2] if found else None


def in_use(text: str, *keys: str) -> str:
    """The file with every line of these parts taken out of its comment."""
    lines: list[str] = []
    part = ""
    for line in text.splitlines():
        head = re.match(rf"(?:# )?({'|'.join(PARTS)}):", line)
        if head:
            part = head[1]
        elif not line:
            part = ""  # a part ends with an empty line
        if part in keys:
            line = re.sub(r"^(holds|context): (\[\]|\{\})$", r"\1:", entry(line) or line)
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_it_is_it_holds_nothing(language: str) -> None:
    text = service_file(shipped(), language)
    service = read(text)
    assert [ref.name for ref in service.rulebook] == ["municipal-cloud-level-2"]
    assert service.holds == ()
    assert service.unknown == ()
    assert service.readings == {}
    assert service.efforts == {}
    (made,) = case.from_service([shipped()], service, ON)
    assert made.assessed().compliant is False
    assert made.situation.facts == {"generative_ai": False, "outsourced": False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_every_line_in_use(language: str) -> None:
    rulebook = shipped()
    text = service_file(rulebook, language)
    service = read(in_use(text, "holds", "efforts", "readings", "context"))
    held = {holding.ref.name for holding in service.holds}
    assert held == set(rulebook.evidence) | {
        item.id for item in rulebook.items.values() if item.met_by is None
    }
    assert {ref.name: option.name for ref, option in service.readings.items()} == (
        rulebook.defaults()
    )
    quoted = {ref.name: effort for ref, effort in service.efforts.items()}
    assert quoted == {
        each.id: each.effort for each in rulebook.evidence.values() if each.effort is not None
    }
    (made,) = case.from_service([rulebook], service, ON)
    assert made.assessed().compliant is True
    unknown = read(in_use(text, "unknown"))
    assert [ref.name for ref in unknown.unknown] == [next(iter(rulebook.evidence))]
    case.from_service([rulebook], unknown, ON)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_each_line_is(language: str) -> None:
    rulebook = shipped()
    text = service_file(rulebook, language)
    for reading in rulebook.readings:
        for option in reading.options:
            assert re.search(rf"^#   #   {option.id}\b", text, re.MULTILINE), option.id
    for each in rulebook.evidence.values():
        assert re.search(rf"^  # - {re.escape(each.id)}  # \S", text, re.MULTILINE), each.id
    assert text.endswith("\n")
    assert all(line == line.rstrip() for line in text.splitlines())
    japanese = re.search("[ぁ-ん]", text.split("holds: []")[0])
    assert bool(japanese) is (language == "ja")


def test_an_entry_of_a_list_can_be_put_to_use_alone() -> None:
    """As the file says: first take away ` []`, then the mark of the lines that apply."""
    text = service_file(shipped(), "en").replace("holds: []", "holds:")
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.startswith("  # - "):
            alone = "\n".join([*lines[:at], entry(line) or "", *lines[at + 1 :]])
            name = line.removeprefix("  # - ").split()[0]
            assert [holding.ref.name for holding in read(alone).holds] == [name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(30))
def test_for_any_rulebook(seed: int, language: str, tmp_path: Path) -> None:
    """Odd names, facts of every type, no readings: it reads back all the same."""
    generator.write(generator.case(seed), tmp_path)
    rulebook = Library().rulebook(Ref("rulebook.yaml", Place("test")), tmp_path)
    text = service_file(rulebook, language)
    case.from_service([rulebook], read(text), ON)
    facts = ["context"] if rulebook.facts else []
    full = read(in_use(text, "holds", "efforts", "readings", *facts))
    assert {ref.name for ref in full.context} == set(rulebook.facts)
    (made,) = case.from_service([rulebook], full, ON)
    assert set(made.situation.held) == set(rulebook.evidence) | {
        item.id for item in rulebook.items.values() if item.met_by is None
    }
    if rulebook.evidence:
        read(in_use(text, "unknown"))


def test_the_derived_rulebook_too() -> None:
    folder = ROOT / "scenarios" / "rulebooks"
    derived = Library().rulebook(Ref("stricter-city.yaml", Place("test")), folder)
    service = read(in_use(service_file(derived, "ja"), "holds"))
    assert "1.29" in {holding.ref.name for holding in service.holds}
