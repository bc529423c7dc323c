"""The pages of the findings of check: their examples are checked, their documents are theirs."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest
from engine import ROOT

from cloudrules import solvers
from cloudrules.cli.main import main
from cloudrules.core import checking
from cloudrules.core.errors import Place
from cloudrules.core.findings import RULES, Checked
from cloudrules.core.problem import Clock
from cloudrules.core.schema import Ref
from cloudrules.files import source
from cloudrules.files.library import Library
from cloudrules.render import markdown, rule_pages, text
from cloudrules.render.rule_pages import en, ja
from cloudrules.render.rule_pages.examples import EXAMPLES, RULEBOOK
from cloudrules.render.rule_pages.found import FOUND

LANGUAGES = ("ja", "en")
ON = date(2026, 12, 1)


def checked(folder: Path, files: dict[str, str]) -> Checked:
    """What is found in a rulebook with the files beside it."""
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    book = Library().rulebook(Ref(f"./{RULEBOOK}", Place("test")), folder).on(ON)
    means = checking.Means(
        lambda universe: solvers.prover("clingo", universe), solvers.named("clingo"), Clock(None)
    )
    return checking.from_rulebook(book, book.defaults(), means, source.document(book))


@pytest.mark.parametrize("code", RULES)
def test_an_example_has_the_finding_and_no_other(code: str, tmp_path: Path) -> None:
    found = checked(tmp_path, EXAMPLES[code].files)
    assert [each.rule for each in found.findings] == [code]
    assert found.undecided == ()


@pytest.mark.parametrize("code", RULES)
def test_what_a_page_shows_of_a_check_is_what_check_finds(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (finding,) = checked(Path(), EXAMPLES[code].files).findings
    assert finding == FOUND[code]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RULES)
def test_what_a_page_shows_of_a_check_is_what_check_prints(
    code: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in EXAMPLES[code].files.items():
        Path(name).write_text(content, "utf-8")
    ends = main(["check", RULEBOOK, "--on", str(ON), "--lang", language])
    assert ends == (RULES[code] == "error")
    out = capfdbinary.readouterr().out.decode()
    shown = rule_pages.printed(code, language)
    # Lines are broken elsewhere.
    assert "".join(shown.split()) in "".join(out.split())


@pytest.mark.parametrize("code", RULES)
def test_once_mended_it_has_none(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    for mend in example.mends:
        assert example.files[mend.file].count(mend.old) == 1
    found = checked(tmp_path, example.mended)
    assert found.findings == ()
    assert found.undecided == ()


@pytest.mark.parametrize("code", RULES)
def test_what_is_shown_of_a_mend_is_what_changes(code: str) -> None:
    example = EXAMPLES[code]
    assert example.changes
    for name, shown in example.changes.items():
        lines = [line for line in shown.splitlines() if line.startswith(("-", "+"))]
        before, after = example.files[name].splitlines(), example.mended[name].splitlines()
        gone = [line[1:] for line in lines if line[0] == "-"]
        come = [line[1:] for line in lines if line[0] == "+"]
        assert lines
        assert len(before) - len(gone) + len(come) == len(after)
        assert set(gone) <= set(before)
        assert set(come) <= set(after)


def test_every_code_has_a_page_in_both_languages() -> None:
    assert list(ja.WORDS) == list(en.WORDS) == list(EXAMPLES) == list(FOUND) == list(RULES)
    for code in RULES:
        for said in (ja.WORDS[code], en.WORDS[code]):
            for part in dataclasses.astuple(said):
                assert part.strip() == part
                assert part
                assert part.count("`") % 2 == 0


@pytest.mark.parametrize("code", RULES)
def test_both_languages_write_the_same_words_of_files(code: str) -> None:
    for one, two in zip(
        dataclasses.astuple(ja.WORDS[code]), dataclasses.astuple(en.WORDS[code]), strict=True
    ):
        quoted = [set(re.findall("`([^`]*)`", each)) for each in (one, two)]
        assert not {each for each in quoted[0] ^ quoted[1] if each in RULES}, (one, two)


@pytest.mark.parametrize(("name", "language"), [("rules.md", "en"), ("rules.ja.md", "ja")])
def test_the_documents_are_what_the_program_says(
    name: str, language: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """`make docs` writes them."""
    assert main(["rule", "all", "--lang", language, "--format", "markdown"]) == 0
    assert capfdbinary.readouterr().out == (ROOT / "docs" / name).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_everything(language: str) -> None:
    for code in RULES:
        said, example = rule_pages.words(code, language), EXAMPLES[code]
        shown = text.drawn(rule_pages.page(code, language), False, 10_000)
        assert shown.startswith(f"{code}\n")
        assert all(part in shown for part in dataclasses.astuple(said))
        printed = rule_pages.printed(code, language)
        for content in (*example.files.values(), printed, *example.changes.values()):
            assert indent(content.rstrip("\n"), "  ") in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_keeps_the_example_as_it_is_written(language: str) -> None:
    for code in RULES:
        shown = markdown.drawn(rule_pages.page(code, language))
        assert shown.startswith(f"## {code}\n")
        blocks = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", shown)
        example = EXAMPLES[code]
        wanted = [content.rstrip("\n") + "\n" for content in example.files.values()]
        wanted += [f"{rule_pages.printed(code, language)}\n"]
        wanted += [f"{content}\n" for content in example.changes.values()]
        assert [content for _, content in blocks] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_code_all_are_listed(
    language: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["rule", "--lang", language]) == 0
    shown = capfdbinary.readouterr().out.decode().splitlines()
    assert [line.split()[0] for line in shown[2:]] == list(RULES)
    assert all(rule_pages.words(line.split()[0], language).title in line for line in shown[2:])


def test_as_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["rule", "item-moot", "--format", "json"]) == 0
    (one,) = json.loads(capfdbinary.readouterr().out)["rules"]
    assert (one["rule"], one["severity"]) == ("item-moot", "warning")
    assert one["example"]["files"] == EXAMPLES["item-moot"].files
    assert main(["rule", "--format", "json"]) == 0
    every = json.loads(capfdbinary.readouterr().out)["rules"]
    assert [each["rule"] for each in every] == list(RULES)


@pytest.mark.parametrize("code", ["item-mot", "ITEM-MOOT", "", "\x1b[31m"])
def test_an_unknown_code_is_a_fault(code: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["rule", code]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert "item-moot" in err.decode()
    assert err.decode().rstrip("\n").isprintable()
