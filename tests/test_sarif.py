"""Findings for other programs: SARIF 2.1.0, and the commands of a GitHub workflow."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from engine import CASES
from hypothesis import given
from hypothesis import strategies as st

from cloudrules import __version__
from cloudrules.cli.main import main
from cloudrules.core.errors import Place
from cloudrules.core.findings import RULES, Checked, Finding, Part
from cloudrules.core.schema import Ref
from cloudrules.core.witness import Witness
from cloudrules.files.library import Library
from cloudrules.render import github, sarif
from cloudrules.render.pages.check import Report

LANGUAGES = ("ja", "en")
ON = date(2026, 12, 1)

# What the schema of SARIF 2.1.0 asks of the objects that are written here.


def record(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def listed(entry: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": entry, **more}


TEXT = {"type": "string"}
INDEX = {"type": "integer", "minimum": 0}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = record(("text",), text=TEXT, markdown=TEXT)
LOCATION = record(
    (),
    id=INDEX,
    message=MESSAGE,
    physicalLocation=record(
        ("artifactLocation",),
        artifactLocation=record(("uri",), uri=TEXT),
        region=record(("startLine",), startLine={"type": "integer", "minimum": 1}),
    ),
)
RULE = record(
    ("id", "shortDescription", "fullDescription", "help", "defaultConfiguration"),
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=record(("level",), level=LEVEL),
)
RESULT = record(
    ("ruleId", "ruleIndex", "level", "message", "locations", "properties"),
    ruleId=TEXT,
    ruleIndex=INDEX,
    level=LEVEL,
    message=MESSAGE,
    locations=listed(LOCATION, minItems=1),
    relatedLocations=listed(LOCATION, uniqueItems=True),
    properties={"type": "object"},
)
NOTIFICATION = record(
    ("message",),
    level=LEVEL,
    message=MESSAGE,
    associatedRule=record((), id=TEXT, index=INDEX),
)
RUN = record(
    ("tool", "results"),
    tool=record(
        ("driver",),
        driver=record(
            ("name",), name=TEXT, version=TEXT, rules=listed(RULE, minItems=1, uniqueItems=True)
        ),
    ),
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    invocations=listed(
        record(
            ("executionSuccessful",),
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=listed(NOTIFICATION),
        )
    ),
    results=listed(RESULT),
)
LOG = record(
    ("version", "runs"),
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"enum": ["2.1.0"]},
    runs=listed(RUN),
)


def valid(text: str) -> dict[str, Any]:
    """The one run of a log that is as SARIF wants it."""
    log = json.loads(text)
    jsonschema.Draft7Validator.check_schema(LOG)
    jsonschema.validate(log, LOG)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        ids = [each["id"] for each in result.get("relatedLocations", [])]
        assert len(set(ids)) == len(ids)
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            found = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~/:%-]+", found)
        # A brace that stands alone would be a placeholder.
        assert not re.search(r"(?<!\{)(?:\{\{)*\{\d", result["message"]["text"])
    return dict(run)


def report(*findings: Finding, undecided: tuple[tuple[str, str], ...] = ()) -> Report:
    book = Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path()).on(ON)
    checked = Checked(book, findings, undecided=undecided)
    return Report(checked, book.id, book.defaults(), ON, lambda file: file)


FILE = "規則/a b,c:100%#?.yaml"
FINDING = Finding(
    "clause-idle",
    "first",
    Place(FILE, 7, 3),
    {"text": "{0} [x](1)"},
    (
        Part("first", "", "", Place(FILE, 7, 3)),
        Part("second", "when", "1.1 or {2}", Place("/elsewhere/二.yaml", 12)),
    ),
    Witness(("asp.iso27001",), {}, {"hosting": "literal"}, ("1.8",)),
    ({"hosting": "literal"}, {"contractor": "separate-firm"}),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_says_who_made_it_and_what_is_looked_for(language: str) -> None:
    run = valid(sarif.dumps([report()], language))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("cloudrules", __version__)
    assert {rule["id"]: rule["defaultConfiguration"]["level"] for rule in driver["rules"]} == RULES
    assert all(rule["id"] in rule["help"]["markdown"] for rule in driver["rules"])
    assert run["language"] == language
    assert run["results"] == []


def test_a_result_has_its_places_and_its_witness() -> None:
    shown = report(FINDING)
    (result,) = valid(sarif.dumps([shown], "en"))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 7}
    assert unquote(location["physicalLocation"]["artifactLocation"]["uri"]) == FILE
    first, second = result["relatedLocations"]
    assert first["message"]["text"] == "first"
    assert second["message"]["text"] == "second when: 1.1 or {{2}}"
    assert second["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///elsewhere/")
    assert result["level"] == "warning"
    found = result["properties"]
    assert (found["rulebook"], found["id"], found["on"]) == (
        "municipal-cloud-level-2",
        "first",
        "2026-12-01",
    )
    assert found["where"] == [{"hosting": "literal"}, {"contractor": "separate-firm"}]
    assert found["witness"] == {"yaml": shown.witness(FINDING), "besides": ["1.8"]}


def test_all_readings_and_no_witness() -> None:
    whole = replace(report(replace(FINDING, witness=None, place=Place("x.yaml"))), readings=None)
    (result,) = valid(sarif.dumps([whole], "ja"))["results"]
    assert result["properties"]["readings"] == "all"
    assert "witness" not in result["properties"]
    assert "region" not in result["locations"][0]["physicalLocation"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_decided_is_told(language: str) -> None:
    open_ = report(undecided=(("item-moot", "1.8"),))
    (invocation,) = valid(sarif.dumps([open_], language))["invocations"]
    (told,) = invocation["toolExecutionNotifications"]
    assert told["associatedRule"]["id"] == "item-moot"
    assert "1.8" in told["message"]["text"]
    (line,) = github.commands([open_], language).splitlines()
    assert line.startswith("::warning ")
    assert "1.8" in line


def test_what_a_message_quotes_is_neither_placeholder_nor_link() -> None:
    said = sarif._message("a {0} and [b](1)")["text"]
    assert said == "a {{0}} and [b] (1)"


def test_an_uri_of_half_a_character() -> None:
    assert sarif.uri("a\udce3.yaml") == "a%E3.yaml"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_an_uri_is_the_path(name: str) -> None:
    path = Path(name)
    found = sarif.uri(name)
    parts = urlsplit(found)
    assert found.isascii()
    assert (parts.scheme, parts.query, parts.fragment) == (
        "file" if path.is_absolute() else "",
        "",
        "",
    )
    assert unquote(parts.path) == path.as_posix()


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_rulebooks_are_one_run(
    language: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(CASES / "check")
    files = ["moot-at-least.yaml", "idle-two-waivers-alike.yaml", "fact-unused.yaml"]
    asked = [*files, "--on", "2026-12-01", "--lang", language]
    assert main(["check", *asked, "--format", "sarif"]) == 0
    run = valid(capfdbinary.readouterr().out.decode())
    found = [
        (
            each["ruleId"],
            each["level"],
            each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            each["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for each in run["results"]
    ]
    assert found == [
        ("item-moot", "warning", files[0], 8),
        ("clause-idle", "warning", files[1], 10),
        ("fact-unused", "note", files[2], 6),
    ]
    assert main(["check", *asked, "--format", "json"]) == 0
    told = json.loads(capfdbinary.readouterr().out)["rulebooks"]
    messages = [each["message"] for book in told for each in book["findings"]]
    assert [each["message"]["text"] for each in run["results"]] == messages
    assert main(["check", *asked, "--format", "github"]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    heads = [f"file={file},line={line},title={rule}" for rule, _, file, line in found]
    for line, head, message in zip(lines, heads, messages, strict=True):
        assert re.match(rf"::(warning|notice) {re.escape(head)}::", line)
        assert unescaped(line.partition(f"{head}::")[2]).startswith(message)
    assert lines[-1].startswith("::notice ")


# GitHub


def unescaped(text: str) -> str:
    for mark, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(mark, char)
    return text


@given(st.text(), st.text(), st.text())
def test_a_command_is_one_line_and_reads_back(file: str, title: str, body: str) -> None:
    """As GitHub's runner takes it apart: at commas, at the first `=`, at the first `::`."""
    line = github.command("error", {"file": file, "line": "3", "title": title}, body)
    assert not set(line) & {"\n", "\r"}
    found = re.fullmatch(r"::error ((?:(?!::).)*)::(.*)", line, re.DOTALL)
    assert found
    pairs = dict(pair.split("=", 1) for pair in found[1].split(","))
    assert {key: unescaped(value) for key, value in pairs.items()} == {
        "file": file,
        "line": "3",
        "title": title,
    }
    assert unescaped(found[2]) == body


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_has_the_clauses_the_readings_and_the_witness(language: str) -> None:
    shown = report(FINDING)
    (line,) = github.commands([shown], language).splitlines()
    head = "::warning file=規則/a b%2Cc%3A100%25#?.yaml,line=7,title=clause-idle::"
    assert line.startswith(head)
    said = unescaped(line.removeprefix(head))
    assert "second" in said
    assert "hosting=literal" in said
    assert said.endswith((shown.witness(FINDING) or "").rstrip("\n"))


@pytest.mark.parametrize(
    ("rule", "command"),
    [("item-unmeetable", "error"), ("item-moot", "warning"), ("fact-unused", "notice")],
)
def test_a_note_is_a_notice(rule: str, command: str) -> None:
    finding = Finding(rule, "x", Place("a.yaml", 2))
    assert github.commands([report(finding)], "en").startswith(f"::{command} ")


def test_nothing_found_is_nothing_said() -> None:
    assert github.commands([report()], "en") == ""
