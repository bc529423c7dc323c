"""The command line, as a user calls it: exit codes, JSON, options, files, pipes."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml
from engine import CASES, ROOT

from cloudrules import __version__
from cloudrules.cli.main import COMMANDS, main

SERVICES = ROOT / "scenarios" / "services"
HELD = str(SERVICES / "example-saas.yaml")  # compliant
NEW = str(SERVICES / "newcomer.yaml")  # holds 1.14 alone
STRICTER = str(ROOT / "scenarios" / "rulebooks" / "stricter-city.yaml")
SHIPPED = "municipal-cloud-level-2"
ON = ("--on", "2026-12-01")
HEAD = ["service", "rulebook", "readings", "on"]


@dataclass
class Result:
    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def said(self) -> str:
        return self.err.decode("utf-8")

    def json(self) -> dict[str, Any]:
        """The answer, which stands alone on standard output."""
        assert self.err == b""
        assert self.out.endswith(b"}\n")
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Result]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("CLOUDRULES_KNOWLEDGE_BASE", "CLOUDRULES_LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: str, given: str | None = None) -> Result:
        if given is not None:
            stream = io.TextIOWrapper(io.BytesIO(given.encode("utf-8")), encoding="ascii")
            monkeypatch.setattr(sys, "stdin", stream)
        capsysbinary.readouterr()
        code = main(list(args))
        return Result(code, *capsysbinary.readouterr())

    return call


def asked(run: Run, command: str, *args: str, code: int | None = None) -> dict[str, Any]:
    """The JSON answer to a question on a fixed day, without its receipt."""
    result = run(command, *args, "--format", "json", *(() if "--on" in args else ON))
    assert code is None or result.code == code
    answer = result.json()
    assert list(answer)[-1] == "receipt"
    del answer["receipt"]
    return answer


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


SMALL = """
rulebook: small
catalogues: [cat.yaml]
context:
  large: {title: It is large}
items:
  - {id: 1.1, need: mandatory, text: First, met_by: a or b}
  - {id: 1.2, need: mandatory, text: Second, applies_when: large, effort: {cost: 2}}
  - {id: 1.3, need: optional, text: Third}
waivers:
  - {id: w, text: Released, when: c, waives: [1.1..1.2]}
readings:
  - id: reach
    options: [{id: both}, {id: second, change: {w: {waives: [1.2]}}}]
"""
CAT = """
catalogue: cat
evidence:
  - {id: a, kind: certification, effort: {cost: 5, months: 6}}
  - {id: b, kind: control, effort: {cost: 7, months: 1}}
  - {id: c, kind: control, effort: {cost: 9, months: 0}}
  - {id: d, kind: hosting}
"""
SERVICE = "service: s\nrulebook: rulebook.yaml\n"


@pytest.fixture
def small(tmp_path: Path) -> str:
    folder = write(tmp_path / "small", rulebook=SMALL, cat=CAT, service=SERVICE)
    return str(folder / "service.yaml")


def service(small: str, text: str) -> str:
    """Another service beside the small rulebook."""
    path = Path(small).with_name("other.yaml")
    path.write_text(SERVICE + text, encoding="utf-8")
    return str(path)


# --- Exit codes -----------------------------------------------------------------------------------


def test_assess_says_yes_no_or_not_known(run: Run, small: str) -> None:
    assert run("assess", HELD, *ON).code == 0
    assert run("assess", NEW, *ON).code == 1
    unknown = service(small, "unknown: [a]\n")
    result = run("assess", unknown, "--format", "json")
    assert result.code == 1
    assert result.json()["compliant"] is None
    assert result.json()["undecided_by"] == ["a"]
    assert run("assess", "no/such.yaml").code == 2


@pytest.mark.parametrize(
    ("held", "verdict", "code"),
    [
        ("holds: [a]", "always", 0),
        ("holds: [c]", "sometimes", 1),
        ("holds: [d]", "never", 1),
        ("unknown: [a]", None, 1),
        ("holds: [c]\nunknown: [a]", None, 1),
    ],
)
def test_assess_in_all_readings(
    held: str, verdict: str | None, code: int, run: Run, small: str
) -> None:
    result = run("assess", service(small, held), "--all-readings", "--format", "json")
    assert result.code == code
    assert result.json()["verdict"] == verdict


def test_explain_always_says_yes(run: Run, small: str) -> None:
    for item in ("1.1", "1.2", "1.3", "１．１"):
        assert run("explain", small, item).code == 0
    missing = run("explain", small, "1.4")
    assert missing.code == 2
    assert "1.4" in missing.said


def test_plan_says_whether_there_is_one(run: Run, small: str) -> None:
    assert run("plan", small).code == 0
    assert run("plan", small, "--budget", "4").code == 1
    assert run("plan", service(small, "holds: [a]"), "--budget", "0").code == 0
    assert run("plan", small, "--budget", "much").code == 2


SCENARIO = """
scenario: s
service: service.yaml
variants:
  - {name: one, expect: {compliant: false}}
  - {name: two, add: [a], expect: {compliant: COMPLIANT}}
"""


def scenario(small: str, text: str = SCENARIO, **values: str) -> str:
    path = Path(small).with_name("scenario.yaml")
    for name, value in values.items():
        text = text.replace(name.upper(), value)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", ["whatif", "test"])
def test_scenarios_say_whether_they_come_out(command: str, run: Run, small: str) -> None:
    assert run(command, scenario(small, compliant="true")).code == 0
    assert run(command, scenario(small, compliant="false")).code == 1
    assert run(command, scenario(small, compliant="maybe")).code == 2
    assert run(command, scenario(small, compliant="true"), "--on", "yesterday").code == 2


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
        (["asess", HELD], 2),
        (["assess"], 2),
        (["assess", HELD, "more"], 2),
        (["assess", HELD, "--al-readings"], 2),
        (["assess", HELD, "--format"], 2),
        (["assess", HELD, "--format", "xml"], 2),
        (["assess", HELD, "--lang", "fr"], 2),
        (["explain", HELD], 2),
        (["plan", HELD, "--top", "0"], 2),
        (["plan", HELD, "--all", "--top", "2"], 2),
        (["plan", HELD, "--all", "--within", "5"], 2),
        (["plan", HELD, "--within", "-5"], 2),
        (["plan", HELD, "--within", "five"], 2),
        (["plan", HELD, "--within", ""], 2),
        (["plan", HELD, "--within", "2.5%"], 0),
        (["plan", HELD, "--why"], 0),
        (["plan", HELD, "--pareto", "cost"], 2),
        (["plan", HELD, "--pareto", "cost,cost"], 2),
        (["plan", HELD, "--minimize", "cost,time"], 2),
        (["plan", HELD, "--solver", "guess"], 2),
        (["plan", HELD, "--forbid", "asp.iso9999"], 2),
        (["plan", HELD, "--require", "csp.ismap_listed"], 2),
        (["plan", HELD, "--only", "certificate"], 2),
        (["plan", HELD, "--time-limit", "-1"], 2),
        (["test", "no/such"], 2),
        (["test"], 2),
        (["init", "no-such-rulebook"], 2),
        (["schema", "rulebook"], 0),
        (["schema", "rules"], 2),
        (["assess", str(SERVICES)], 2),
        (["assess", STRICTER], 2),
        (["assess", HELD, "again"], 2),
        (["whatif", HELD], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_usage(args: list[str], code: int, run: Run) -> None:
    result = run(*args)
    assert result.code == code
    if code == 2:
        assert result.out == b""
        assert result.err.strip()
        assert "Traceback" not in result.said
    else:
        assert result.err == b""
        assert result.out.strip()


def test_help_names_every_command_in_both_languages(run: Run) -> None:
    english, japanese = run("--help"), run("--help", "--lang", "ja")
    for command in COMMANDS:
        assert command in english.text
        assert command in japanese.text
        own = run(command, "--help", "--lang", "ja")
        assert own.code == 0
        assert re.search("[ぁ-ん]", own.text)
        assert not re.search("[ぁ-ん]", run(command, "--help").text)
    assert run("--version").text == f"cloudrules {__version__}\n"


def test_complaints_name_the_file_and_the_line(run: Run, small: str) -> None:
    path = service(small, "holds: [aa]\nunknown: [bb]\n")
    result = run("assess", path)
    assert result.code == 2
    assert result.out == b""
    lines = result.said.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{path}:3", f"{path}:4"]
    japanese = run("assess", path, "--lang", "ja").said
    assert re.search("[ぁ-ん]", japanese)
    assert japanese.startswith(f"{path}:3: ")


def test_the_language_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    english, japanese = run("assess", HELD, *ON), run("assess", HELD, *ON, "--lang", "ja")
    assert english.out != japanese.out
    monkeypatch.setenv("CLOUDRULES_LANG", "ja")
    assert run("assess", HELD, *ON).out == japanese.out
    assert run("assess", HELD, *ON, "--lang=en").out == english.out
    assert re.search("[ぁ-ん]", run("assess", "no/such.yaml").said)


# --- JSON -----------------------------------------------------------------------------------------


def test_assess_has_the_keys_of_the_contract(run: Run) -> None:
    answer = asked(run, "assess", HELD)
    assert list(answer) == [*HEAD, "compliant", "items", "missing", "undecided_by"]
    assert answer["service"] == "Example SaaS"
    assert answer["rulebook"] == SHIPPED
    assert answer["on"] == "2026-12-01"
    assert len(answer["readings"]) == 7
    for item in answer["items"]:
        assert list(item) == ["id", "need", "obligation", "met", "status", "waived_by"]
    assert [item["id"] for item in answer["items"]] == [f"1.{n}" for n in range(1, 29)]


def test_all_readings_have_the_keys_of_the_contract(run: Run) -> None:
    answer = asked(run, "assess", HELD, "--all-readings")
    assert list(answer) == [*HEAD, "verdict", "worlds", "depends_on"]
    assert len(answer["worlds"]) == 384
    for world in answer["worlds"]:
        assert list(world) == ["readings", "compliant", "missing"]
    assert answer["verdict"] == "sometimes"
    assert answer["depends_on"] == ["page-scope", "hosting-range"]
    first = answer["worlds"][0]
    assert first["readings"] == asked(run, "assess", HELD)["readings"]


def test_explain_has_the_keys_of_the_contract(run: Run) -> None:
    answer = asked(run, "explain", HELD, "1.16")
    contract = ["item", "status", "obligation", "reasons", "met_because", "could_be_waived"]
    assert list(answer)[:11] == [*HEAD, *contract, "could_be_met"]
    (reason,) = answer["reasons"]
    assert list(reason)[:3] == ["waiver", "text", "because"]
    assert reason["waiver"] == "second-banner"
    assert set(reason["text"]) == {"ja", "en"}
    assert reason["because"] == [["asp.iso27001", "csp.ismap"]]
    assert [list(each) for each in answer["could_be_waived"]] == [["waiver", "acquire"]] * 2
    assert answer["could_be_waived"][0]["acquire"][0] == ["1.1"]
    assert answer["could_be_met"] == [["1.16"]]


def test_plan_has_the_keys_of_the_contract(run: Run) -> None:
    answer = asked(run, "plan", NEW)
    contract = ["status", "objective", "plans", "bound", "conflict", "assumed"]
    assert list(answer)[:10] == [*HEAD, *contract]
    assert answer["status"] == "optimal"
    assert answer["objective"] == answer["bound"] == [["cost", 300000], ["actions", 1]]
    assert answer["conflict"] is None
    (plan,) = answer["plans"]
    figures = ["acquire", "cost", "certifications", "actions", "months", "waived", "holds_in"]
    assert list(plan)[:7] == figures
    assert plan["acquire"] == ["service.aspic"]
    assert plan["waived"] == {"first-banner": [f"1.{n}" for n in range(6, 29)]}
    assert list(plan["holds_in"]) == ["worlds", "of", "depends_on"]
    assert plan["holds_in"]["of"] == 384
    assert plan["holds_in"]["depends_on"][0] == "banner-scope"
    none = asked(run, "plan", NEW, "--only", "hosting", code=1)
    assert (none["status"], none["plans"], none["objective"]) == ("infeasible", [], [])
    assert set(none["conflict"]) == {"limits", "items"}


def test_whatif_and_test_have_the_keys_of_the_contract(run: Run) -> None:
    path = str(ROOT / "scenarios" / "cheapest-way-in.yaml")
    answer = asked(run, "whatif", path)
    assert list(answer) == [*HEAD, "variants"]
    contract = ["name", "compliant", "missing", "changes", "plan", "failures"]
    for variant in answer["variants"]:
        assert list(variant)[:6] == contract
        assert variant["failures"] == []
        for change in variant["changes"]:
            assert list(change) == ["item", "from", "to"]
    tested = asked(run, "test", path)
    assert list(tested) == ["passed", "failed", "cases"]
    assert (tested["passed"], tested["failed"]) == (len(answer["variants"]), 0)
    assert [case["name"] for case in tested["cases"]] == [
        variant["name"] for variant in answer["variants"]
    ]


QUESTIONS = [
    ("assess", HELD),
    ("assess", NEW),
    ("assess", NEW, "--all-readings"),
    ("assess", HELD, "--rulebook", SHIPPED, "--rulebook", STRICTER),
    ("explain", HELD, "1.16"),
    ("explain", NEW, "1.9"),
    ("plan", NEW),
    ("plan", NEW, "--all", "--minimize", "certifications"),
    ("plan", NEW, "--top", "4"),
    ("plan", NEW, "--pareto", "cost,months"),
    ("plan", NEW, "--budget", "1"),
    ("plan", NEW, "--robust", "--why", "--within", "30"),
    ("whatif", str(ROOT / "scenarios" / "who-is-the-contractor.yaml")),
    ("test", str(ROOT / "scenarios" / "not-asked-yet.yaml")),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question)[:40])
def test_the_same_question_has_the_same_answer(question: tuple[str, ...], run: Run) -> None:
    for form in ("json", "text", "markdown"):
        first = run(*question, *ON, "--format", form)
        assert first.code in (0, 1)
        assert first.out == run(*question, *ON, "--format", form).out
        assert first.err == b""
        first.out.decode("utf-8")
    # The answer is the same in every language but for the words.
    one, two = (run(*question, *ON, "--format", "json", "--lang", lang) for lang in ("ja", "en"))
    assert one.json() == two.json()


# --- Markdown -------------------------------------------------------------------------------------


def tables(text: str) -> list[list[str]]:
    """The rows of each table: lines that stand together and start with a bar."""
    found: list[list[str]] = []
    for starts, lines in itertools.groupby(text.splitlines(), lambda line: line.startswith("|")):
        if starts:
            found.append(list(lines))
    return found


def cells(row: str) -> list[str]:
    assert row.endswith(" |")
    return re.split(r"(?<!\\)\|", row)[1:-1]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question)[:40])
def test_markdown_tables_are_tables(question: tuple[str, ...], lang: str, run: Run) -> None:
    text = run(*question, *ON, "--format", "markdown", "--lang", lang).text
    assert text.strip()
    found = tables(text)
    if question[0] in ("assess", "whatif"):
        assert found
    for rows in found:
        width = len(cells(rows[0]))
        assert len(rows) > 2
        assert all(re.fullmatch(r" :?-+:? ", cell) for cell in cells(rows[1]))
        assert {len(cells(row)) for row in rows} == {width}
        assert all(cell.strip() for cell in cells(rows[0]))
    # A table needs an empty line before it.
    lines = ["", *text.splitlines()]
    for above, line in itertools.pairwise(lines):
        if line.startswith("|") and not above.startswith("|"):
            assert above == ""


def test_markdown_holds_whatever_stands_in_a_text(run: Run, small: str) -> None:
    nasty = SMALL.replace("text: First", r'text: "a | b\nc `d` <script> [x](y) *e* # f"')
    Path(small).with_name("rulebook.yaml").write_text(nasty, encoding="utf-8")
    text = run("assess", small, "--format", "markdown").text
    assert "<script>" not in text
    for rows in tables(text):
        assert {len(cells(row)) for row in rows} == {len(cells(rows[0]))}


# --- What is asked of which service ---------------------------------------------------------------


def test_standard_input_as_the_service(
    run: Run, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(small).parent)  # paths start from the folder one is in
    text = SERVICE + "holds: [a]\nprovider: 提供者\n"
    for command, rest in (("assess", []), ("explain", ["1.1"]), ("plan", [])):
        result = run(command, "-", *rest, "--format", "json", given=text)
        assert result.code == 0
        assert result.json()["service"] == "s"
    bad = run("assess", "-", given="service: s\nholds: [a\n")
    assert bad.code == 2
    assert bad.said.startswith("-:")
    assert run("assess", "-", given="").code == 2


def test_standard_input_as_the_scenario(
    run: Run, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(small).parent)
    text = SCENARIO.replace("COMPLIANT", "true")
    assert run("whatif", "-", given=text).code == 0
    inline = text.replace("service.yaml", "{service: inline, rulebook: rulebook.yaml}")
    result = run("whatif", "-", "--format", "json", given=inline)
    assert result.json()["service"] == "inline"
    assert [each["compliant"] for each in result.json()["variants"]] == [False, True]


def test_another_rulebook_by_id_and_by_path(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(run, "assess", HELD, code=0)["rulebook"] == SHIPPED
    stricter = asked(run, "assess", HELD, "--rulebook", STRICTER, code=1)
    assert stricter["rulebook"] == "stricter-city"
    assert stricter["missing"] == ["1.28", "1.29"]
    # A path on the command line starts from the folder one is in, not from the service's.
    monkeypatch.chdir(ROOT / "scenarios" / "rulebooks")
    again = asked(run, "assess", HELD, "--rulebook", "stricter-city.yaml")
    assert again == stricter
    assert asked(run, "assess", HELD, "--rulebook", SHIPPED, code=0)["compliant"] is True
    nowhere = run("assess", HELD, "--rulebook", "municipal-cloud-level-3")
    assert nowhere.code == 2
    assert SHIPPED in nowhere.said, "the nearest name is offered"


def test_a_service_may_come_without_a_rulebook(run: Run, tmp_path: Path) -> None:
    path = str(write(tmp_path, bare="service: s\nholds: [service.aspic]\n") / "bare.yaml")
    assert run("assess", path).code == 2
    assert run("assess", path, "--rulebook", SHIPPED).code == 0


def test_several_rulebooks(run: Run, tmp_path: Path) -> None:
    text = f"service: s\nrulebook: [{SHIPPED}, {json.dumps(STRICTER)}]\nholds: [1.14]\n"
    path = str(write(tmp_path, both=text) / "both.yaml")
    answer = asked(run, "assess", path, code=1)
    assert list(answer) == [*HEAD, "verdict", "worlds", "depends_on"]
    assert answer["rulebook"] == [SHIPPED, "stricter-city"]
    assert answer["verdict"] == "never"
    assert [list(world) for world in answer["worlds"]] == [
        ["rulebook", "readings", "on", "compliant", "missing"]
    ] * 2
    assert [world["rulebook"] for world in answer["worlds"]] == [SHIPPED, "stricter-city"]
    assert "1.29" in answer["worlds"][1]["missing"]
    # One of them is in order: sometimes. Each alone, on the command line, is the same as together.
    half = asked(run, "assess", path, "--add", "service.aspic", code=1)
    assert half["verdict"] == "sometimes"
    for world in half["worlds"]:
        own = STRICTER if world["rulebook"] == "stricter-city" else SHIPPED
        alone = asked(run, "assess", path, "--add", "service.aspic", "--rulebook", own)
        assert (alone["compliant"], alone["missing"]) == (world["compliant"], world["missing"])
    every = asked(run, "assess", path, "--all-readings")
    assert len(every["worlds"]) == 2 * 384
    # An explanation is of one rulebook.
    assert run("explain", path, "1.16").code == 2
    assert run("explain", path, "1.16", "--rulebook", STRICTER).code == 0


def test_one_plan_for_several_rulebooks(run: Run) -> None:
    books = ("--rulebook", SHIPPED, "--rulebook", STRICTER)
    answer = asked(run, "plan", NEW, *books, code=0)
    assert answer["status"] == "optimal"
    (plan,) = answer["plans"]
    added = [part for name in plan["acquire"] for part in ("--add", name)]
    assert asked(run, "assess", NEW, *books, *added, code=0)["verdict"] == "always"
    each = [asked(run, "plan", NEW, "--rulebook", book) for book in (SHIPPED, STRICTER)]
    costs = [alone["plans"][0]["cost"] for alone in each]
    assert max(costs) <= plan["cost"] <= sum(costs)
    assert plan["holds_in"]["of"] == 2 * 384
    robust = asked(run, "plan", NEW, *books, "--robust", code=0)["plans"][0]
    assert robust["holds_in"]["worlds"] == robust["holds_in"]["of"] == 2 * 384
    assert robust["cost"] >= plan["cost"]


def test_a_reading(run: Run) -> None:
    taken = asked(run, "assess", HELD, "--reading", "page-scope=same-page", code=1)
    assert taken["readings"]["page-scope"] == "same-page"
    assert taken["missing"] == ["1.24", "1.25", "1.26", "1.27"]
    two = ("--reading", "page-scope=same-page", "--reading", "hosting-range=certifications")
    assert asked(run, "assess", HELD, *two)["missing"][:3] == ["1.11", "1.12", "1.13"]
    for wrong in ("page-scope", "page-scope=", "=same-page", "page=same-page", "page-scope=page"):
        result = run("assess", HELD, "--reading", wrong)
        assert result.code == 2, wrong
        assert result.out == b""


def test_add_and_remove(run: Run, small: str) -> None:
    assert asked(run, "assess", small, "--add", "a", code=0)["compliant"] is True
    assert asked(run, "assess", small, "--add", "1.1", code=0)["compliant"] is True
    held = service(small, "holds: [{evidence: a, until: 2020-01-01}, b]\nunknown: [c]\n")
    assert asked(run, "assess", held, "--remove", "b")["compliant"] is None
    assert asked(run, "assess", held, "--remove", "b", "--remove", "c", code=1)["missing"] == [
        "1.1"
    ]
    # What is added is held without an end, and known.
    assert asked(run, "assess", held, "--remove", "b", "--add", "a", code=0)["compliant"] is True
    assert asked(run, "assess", held, "--remove", "b", "--add", "c", code=0)["items"][0][
        "waived_by"
    ] == ["w"]
    for wrong in (
        ["--remove", "d"],
        ["--remove", "large"],
        ["--add", "large"],
        ["--add", "nothing"],
        ["--add", "b", "--remove", "b"],
    ):
        assert run("assess", held, *wrong).code == 2, wrong


def test_the_date(run: Run) -> None:
    """Until the last day, that day included, evidence is held."""
    for day, code in (("2027-03-31", 0), ("2027-04-01", 1)):
        answer = asked(run, "assess", HELD, "--on", day, code=code)
        assert answer["on"] == day
    explained = asked(run, "explain", HELD, "1.16", "--on", "2027-03-31")
    assert explained["reasons"][0]["until"] == ["2027-03-31"]
    for wrong in ("2027-02-30", "2027/03/31", "today", ""):
        assert run("assess", HELD, "--on", wrong).code == 2


def test_the_date_is_today_unless_it_is_said(
    run: Run, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Day(date):
        @classmethod
        def today(cls) -> Day:
            return cls(2031, 2, 3)

    monkeypatch.setattr("cloudrules.cli.common.date", Day)
    assert run("assess", small, "--format", "json").json()["on"] == "2031-02-03"


def test_a_rulebook_out_of_force(run: Run, small: str) -> None:
    book = Path(small).with_name("rulebook.yaml")
    book.write_text(SMALL + "in_force: {from: 2024-04-01, until: 2027-03-31}\n", encoding="utf-8")
    assert run("assess", small, "--on", "2027-03-31").code == 1
    late = run("assess", small, "--on", "2027-04-01")
    assert late.code == 2
    assert "2024-04-01" in late.said
    assert "2027-03-31" in late.said


# --- Knowledge bases ------------------------------------------------------------------------------

CITY = f"""
rulebook: our-city
extends: {SHIPPED}
change: {{1.28: {{need: mandatory}}}}
"""


@pytest.fixture(params=["flat", "sorted"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of one's own: a rulebook that extends the shipped one, and one with a catalogue."""
    folder = tmp_path / "base"
    flat = request.param == "flat"
    own = SMALL.replace("rulebook: small", "rulebook: ours").replace("cat.yaml", "our-evidence")
    evidence = CAT.replace("catalogue: cat", "catalogue: our-evidence")
    write(folder if flat else folder / "rulebooks", **{"our-city": CITY, "ours": own})
    write(folder if flat else folder / "catalogues", **{"our-evidence": evidence})
    return folder


def test_a_knowledge_base_of_ones_own(
    base: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(write(tmp_path, s="service: s\nrulebook: ours\nholds: [a]\n") / "s.yaml")
    monkeypatch.chdir(tmp_path)
    assert run("assess", path).code == 2
    assert run("assess", path, "--knowledge-base", str(base)).code == 0
    assert run("assess", path, "--knowledge-base", "base").code == 0
    monkeypatch.setenv("CLOUDRULES_KNOWLEDGE_BASE", str(base))
    assert run("assess", path).code == 0
    assert run("plan", path).code == 0
    assert run("explain", path, "1.1").code == 0
    assert b"rulebook: ours\n" in run("init", "ours").out


def test_a_rulebook_of_ones_own_extends_the_shipped_one(base: Path, run: Run) -> None:
    options = ("--knowledge-base", str(base), "--rulebook", "our-city")
    answer = asked(run, "assess", HELD, *options, code=0)
    assert answer["rulebook"] == "our-city"
    assert [item["need"] for item in answer["items"] if item["id"] == "1.28"] == ["mandatory"]
    assert asked(run, "assess", HELD, *options, "--reading", "page-scope=same-page")["missing"] == [
        *("1.24", "1.25", "1.26", "1.27", "1.28")
    ]


def test_scenarios_find_it_too(base: Path, run: Run, tmp_path: Path) -> None:
    text = "scenario: s\nservice: {service: s, rulebook: ours}\n"
    text += "variants: [{name: v, add: [a], expect: {compliant: true}}]\n"
    path = str(write(tmp_path, scenario=text) / "scenario.yaml")
    for command in ("whatif", "test"):
        assert run(command, path).code == 2
        assert run(command, path, "--knowledge-base", str(base)).code == 0


def test_several_bases_and_one_that_is_not_there(
    base: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write(tmp_path / "other", theirs=SMALL.replace("small", "theirs"), cat=CAT)
    both = os.pathsep.join([str(base), str(other)])
    monkeypatch.setenv("CLOUDRULES_KNOWLEDGE_BASE", both)
    for name in ("ours", "theirs", "our-city"):
        assert run("init", name).code == 0
    monkeypatch.delenv("CLOUDRULES_KNOWLEDGE_BASE")
    named = ("--knowledge-base", str(base), "--knowledge-base", str(other))
    assert run("init", "theirs", *named).code == 0
    assert run("init", "ours", *named).code == 0
    missing = str(tmp_path / "missing")
    result = run("assess", HELD, "--knowledge-base", missing)
    assert result.code == 2
    assert result.said.startswith("--knowledge-base: ")
    monkeypatch.setenv("CLOUDRULES_KNOWLEDGE_BASE", missing)
    assert run("assess", HELD).said.startswith("CLOUDRULES_KNOWLEDGE_BASE: ")


# --- Plans ----------------------------------------------------------------------------------------

GOOD = CASES / "good"


Parts = tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any], date]


def good(name: str) -> tuple[str, Parts]:
    """A good case: its service, and what the oracle takes."""

    def loaded(file: str) -> Any:
        return yaml.load((GOOD / name / file).read_text(encoding="utf-8"), yaml.BaseLoader)

    rules = {"waivers": [], **loaded("rulebook.yaml")}
    parts = (rules, [loaded("cat.yaml")], loaded("service.yaml"), generator.ON)
    return str(GOOD / name / "service.yaml"), parts


def planned(run: Run, path: str, *args: str) -> dict[str, Any]:
    return asked(run, "plan", path, *args, "--on", generator.ON.isoformat())


def orders() -> Iterable[tuple[str, ...]]:
    for size in range(1, 5):
        yield from itertools.permutations(oracle.MEASURES, size)


@pytest.mark.parametrize("case", ["requires-or", "waived", "negation", "weights"])
def test_minimize_in_any_order(case: str, run: Run) -> None:
    path, parts = good(case)
    for order in orders():
        expected = oracle.plan(*parts, minimize=order)
        answer = planned(run, path, "--minimize", ",".join(order))
        assert answer["objective"] == answer["bound"] == expected["objective"]
        assert [name for name, _ in answer["objective"]] == list(order)
    repeated = planned(run, path, "--minimize", "months", "--minimize", "cost")
    assert repeated == planned(run, path, "--minimize", "months,cost")
    assert planned(run, path) == planned(run, path, "--minimize", "cost,actions")


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (["--forbid", "slow"], {"forbid": ["slow"]}),
        (["--forbid", "slow", "--forbid", "key"], {"forbid": ["slow", "key"]}),
        (["--require", "quick"], {"require": ["quick"]}),
        (["--require", "quick", "--require", "1.1"], None),
        (["--only", "certification"], {"only": ["certification"]}),
        (["--only", "control,certification"], {"only": ["control", "certification"]}),
        (["--only", "control", "--only", "hosting"], {"only": ["control", "hosting"]}),
        (["--budget", "3"], {"budget": 3}),
        (["--budget", "2"], {"budget": 2}),
        (["--deadline", "5"], {"deadline": 5}),
        (["--deadline", "12"], {"deadline": 12}),
        (["--deadline", "13", "--budget", "3"], {"deadline": 13, "budget": 3}),
        (["--deadline", "12", "--budget", "9"], {"deadline": 12, "budget": 9}),
        (["--robust"], {"robust": True}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_limits(args: list[str], options: dict[str, Any] | None, run: Run) -> None:
    path, parts = good("requires-or")
    if options is None:  # an item that evidence meets is not what a plan may attest
        assert run("plan", path, *args).code == 2
        return
    expected = oracle.plan(*parts, **options)
    answer = planned(run, path, *args)
    assert answer["status"] == expected["status"]
    assert answer["objective"] == expected["objective"]
    if expected["plans"]:
        assert tuple(answer["plans"][0]["acquire"]) in expected["plans"]


def test_robust_holds_in_every_reading(run: Run, small: str) -> None:
    """c is enough in one reading alone."""
    plain = asked(run, "plan", small, "--forbid", "a", "--forbid", "b", code=0)["plans"][0]
    assert plain["acquire"] == ["c"]
    assert plain["holds_in"] == {"worlds": 1, "of": 2, "depends_on": ["reach"]}
    robust = asked(run, "plan", small, "--robust", code=0)["plans"][0]
    assert robust["acquire"] == ["a"]
    assert robust["holds_in"] == {"worlds": 2, "of": 2, "depends_on": []}
    assert asked(run, "plan", small, "--robust", "--forbid", "a", "--forbid", "b", code=1)


def test_all_and_top_and_limit(run: Run) -> None:
    path, parts = good("requires-or")
    every = planned(run, path, "--all", "--minimize", "actions")
    assert (
        sorted(tuple(plan["acquire"]) for plan in every["plans"])
        == (oracle.plan(*parts, minimize=("actions",))["plans"])
    )
    for count in (1, 2, 5):
        best = oracle.top(*parts, count)
        found = planned(run, path, "--top", str(count))["plans"]
        assert [plan["acquire"] for plan in found] == [plan["acquire"] for plan in best]
    path, parts = good("weights")
    some = oracle.plan(*parts, minimize=("actions",))["plans"]
    assert len(some) > 1
    answer = planned(run, path, "--all", "--minimize", "actions")
    assert sorted(tuple(plan["acquire"]) for plan in answer["plans"]) == some
    assert answer["more"] is False
    cut = planned(run, path, "--all", "--minimize", "actions", "--limit", "1")
    assert len(cut["plans"]) == 1
    assert cut["more"] is True


@pytest.mark.parametrize("pair", list(itertools.permutations(oracle.MEASURES, 2)), ids=",".join)
def test_pareto(pair: tuple[str, str], run: Run) -> None:
    path, parts = good("requires-or")
    answer = planned(run, path, "--pareto", ",".join(pair))
    front = [(plan[pair[0]], plan[pair[1]]) for plan in answer["plans"]]
    assert front == oracle.pareto(*parts, *pair)
    assert answer["status"] == "optimal"


def test_limit_of_an_explanation(run: Run) -> None:
    whole = asked(run, "explain", NEW, "1.16")
    assert whole["more"] is False
    cut = asked(run, "explain", NEW, "1.16", "--limit", "1")
    assert cut["more"] is True
    for one, two in zip(cut["could_be_waived"], whole["could_be_waived"], strict=True):
        assert one["acquire"] == two["acquire"][:1]
    none = run("explain", NEW, "1.16", "--limit", "0")
    assert (none.code, none.out) == (2, b"")
    assert b"from 1 on" in none.err


@pytest.mark.parametrize("limit", ["60", "0.5", "\uff16\uff10", "007"])
def test_time_limits(limit: str, run: Run, small: str) -> None:
    assert planned(run, service(small, ""), "--time-limit", limit)["status"] == "optimal"


@pytest.mark.parametrize(
    "limit", ["", "-1", "1e3", "nan", "inf", "1,5", ".5", "1.", "60s", "9" * 10]
)
def test_no_time_limits(limit: str, run: Run) -> None:
    result = run("plan", HELD, "--time-limit", limit)
    assert result.code == 2
    assert b"is no number of seconds; give one such as 60 or 0.5" in result.err
    assert result.err.startswith(b"--time-limit: ")


def test_no_time(run: Run, tmp_path: Path) -> None:
    """The answer is honest: not proved, with a plan that works or none, and a bound."""
    generator.write(generator.medium(1, 200, "dense"), tmp_path)
    path = str(tmp_path / "service.yaml")
    answer = planned(run, path, "--time-limit", "0")
    assert answer["status"] in ("feasible", "unknown")
    optimum = planned(run, path)["objective"][0][1]
    assert 0 < answer["bound"][0][1] < optimum
    assert bool(answer["plans"]) is (answer["status"] == "feasible")
    for plan in answer["plans"]:
        assert plan["cost"] >= optimum
        added = [part for name in plan["acquire"] for part in ("--add", name)]
        assert run("assess", path, *added).code == 0


def test_what_a_plan_assumes(run: Run, small: str) -> None:
    path = service(small, "unknown: [b, large, 1.3]\n")
    answer = asked(run, "plan", path, code=0)
    assert answer["assumed"] == ["not 1.3", "not b", "not large"]
    assert answer["plans"][0]["acquire"] == ["a"]


def test_a_quote_of_ones_own(run: Run, small: str) -> None:
    path = service(small, "efforts: {a: {cost: 8}, 1.2: {cost: 1}}\ncontext: {large: true}\n")
    answer = asked(run, "plan", path, code=0)
    assert answer["objective"] == [["cost", 8], ["actions", 2]]
    assert answer["plans"][0]["acquire"] == ["1.2", "b"]


@pytest.mark.parametrize(
    "limits",
    [
        ["--budget", "4999999", "--forbid", "service.aspic"],
        ["--only", "attestation"],
        ["--deadline", "2", "--forbid", "service.aspic", "--budget", "90000000"],
        ["--require", "csp.iso27017", "--forbid", "csp.iso27001", "--budget", "1"],
    ],
    ids=" ".join,
)
def test_a_conflict_is_minimal(limits: list[str], run: Run, tmp_path: Path) -> None:
    """The items of the conflict alone, under its limits, fail; without any one of all, not."""
    answer = asked(run, "plan", NEW, *limits, code=1)
    assert answer["status"] == "infeasible"
    items, words = answer["conflict"]["items"], answer["conflict"]["limits"]
    kept = [f"--{word}".split(" ", 1) for word in words]
    assert all(pair in [limits[at : at + 2] for at in range(0, len(limits), 2)] for pair in kept)

    def fails(items: list[str], kept: list[list[str]]) -> bool:
        """With a rulebook in which only these items are mandatory."""
        numbers = [f"1.{number}" for number in range(1, 29)]
        need = ", ".join(
            f"{name}: {{need: {'mandatory' if name in items else 'optional'}}}" for name in numbers
        )
        text = f"rulebook: partial\nextends: {SHIPPED}\nchange: {{{need}}}\n"
        path = str(write(tmp_path, partial=text) / "partial.yaml")
        result = run(
            "plan", NEW, *ON, "--rulebook", path, *(each for pair in kept for each in pair)
        )
        assert result.code in (0, 1)
        return result.code == 1

    needed = [item for item in items if item not in ("1.1", "1.2", "1.3", "1.4", "1.6", "1.10")]
    assert needed == items, "an optional item is never in the way"
    assert fails(items, kept)
    for item in items:
        assert not fails([each for each in items if each != item], kept), item
    for pair in kept:
        assert not fails(items, [each for each in kept if each != pair]), pair


# --- Scenarios ------------------------------------------------------------------------------------

WRONG = """
scenario: everything wrong
service: service.yaml
variants:
  - name: v
    add: [c]
    plan: {minimize: [cost]}
    expect:
      compliant: false
      missing: [1.1]
      waived: [1.1..1.2]
      verdict: always
      items: {1.1..1.2: missing, 1.3: open}
      plan: {status: infeasible, cost: 1, certifications: 2, actions: 3, months: 4, acquire: [a]}
  - name: nothing expected
"""


def test_each_expectation_that_fails_is_told(run: Run, small: str) -> None:
    path = scenario(small, WRONG)
    result = run("test", path, "--format", "json")
    assert result.code == 1
    answer = result.json()
    assert (answer["passed"], answer["failed"]) == (1, 1)
    first, second = answer["cases"]
    assert (first["passed"], second["passed"]) == (False, True)
    told = [(each["what"], each["expected"], each["got"]) for each in first["failures"]]
    assert told == [
        ("compliant", "false", "true"),
        ("missing", "1.1", ""),
        ("waived", "1.1, 1.2", "1.1"),
        ("items 1.1", "missing", "waived"),
        ("items 1.2", "missing", "not_applicable"),
        ("verdict", "always", "sometimes"),
        ("plan status", "infeasible", "optimal"),
        ("plan cost", "1", "0"),
        ("plan certifications", "2", "0"),
        ("plan actions", "3", "0"),
        ("plan months", "4", "0"),
        ("plan acquire", "a", ""),
    ]
    shown = run("whatif", path, "--format", "json")
    assert shown.code == 1
    assert shown.json()["variants"][0]["failures"] == first["failures"]
    for form in ("text", "markdown"):
        for command in ("test", "whatif"):
            failing = run(command, path, "--format", form)
            assert failing.code == 1
            assert "infeasible" in failing.text
            assert failing.err == b""


CHANGES = """
scenario: s
service: service.yaml
variants:
  - name: right
    add: [a]
    expect: {changes: [{item: 1.1, from: missing, to: met}, {item: 1.1, to: met}]}
  - name: wrong
    add: [a]
    expect: {changes: [{item: 1.1, from: open}, {item: 1.1, to: waived}, {item: 1.3, to: met}]}
"""


def test_changes_that_are_expected(run: Run, small: str) -> None:
    result = run("test", scenario(small, CHANGES), "--format", "json")
    assert result.code == 1
    right, wrong = result.json()["cases"]
    assert right["failures"] == []
    assert [(each["what"], each["got"]) for each in wrong["failures"]] == [
        ("changes 1.1", "missing -> met"),
        ("changes 1.1", "missing -> met"),
        ("changes 1.3", "- -> -"),
    ]


def test_every_file_and_folder_is_tested(run: Run, small: str, tmp_path: Path) -> None:
    good, bad = scenario(small, compliant="true"), Path(small).with_name("more")
    bad.mkdir()
    (bad / "deep.yaml").write_text(
        SCENARIO.replace("COMPLIANT", "false").replace("service.yaml", "../service.yaml")
    )
    answer = run("test", str(Path(small).parent), good, "--format", "json").json()
    assert (answer["passed"], answer["failed"]) == (5, 1)
    assert [Path(case["file"]).name for case in answer["cases"]] == [
        *["deep.yaml"] * 2,
        *["scenario.yaml"] * 4,
    ]


def test_the_shipped_scenarios_come_out(run: Run) -> None:
    answer = run("test", str(ROOT / "scenarios"), "--format", "json")
    assert answer.code == 0
    assert answer.json()["failed"] == 0
    assert answer.json()["passed"] >= 60


def test_each_variant_starts_from_the_service(run: Run, small: str) -> None:
    text = """
scenario: s
service: service.yaml
variants:
  - {name: with a, add: [a]}
  - {name: plain}
  - {name: large, context: {large: true}}
  - {name: rules, change: {1.1: {need: optional}}}
  - {name: reading, add: [c], readings: {reach: second}}
  - {name: other, rulebook: other.yaml}
  - {name: not known, unknown: [a]}
  - {name: removed item, add: [a], change: {1.3: null, 1.9: {need: mandatory, after: 1.2}}}
"""
    write(Path(small).parent, other=SMALL.replace("rulebook: small", "rulebook: other"))
    answer = run("whatif", scenario(small, text), "--format", "json").json()
    found = {each["name"]: (each["compliant"], each["missing"]) for each in answer["variants"]}
    assert found == {
        "with a": (True, []),
        "plain": (False, ["1.1"]),
        "large": (False, ["1.1", "1.2"]),
        "rules": (True, []),
        "reading": (False, ["1.1"]),
        "other": (False, ["1.1"]),
        "not known": (None, []),
        "removed item": (False, ["1.9"]),
    }
    changes = {each["name"]: each["changes"] for each in answer["variants"]}
    assert changes["plain"] == []
    assert changes["with a"] == [{"item": "1.1", "from": "missing", "to": "met"}]
    assert changes["removed item"] == [
        {"item": "1.1", "from": "missing", "to": "met"},
        {"item": "1.9", "from": None, "to": "missing"},
        {"item": "1.3", "from": "open", "to": None},
    ]


def test_a_change_may_state_anew_what_a_reading_removes(run: Run, small: str) -> None:
    book = Path(small).with_name("rulebook.yaml")
    removes = "  - {id: less, options: [{id: keep}, {id: drop, change: {1.3: null}}]}\n"
    book.write_text(SMALL + removes, encoding="utf-8")
    text = """
scenario: s
service: service.yaml
variants:
  - {name: dropped, readings: {less: drop}}
  - {name: anew, readings: {less: drop}, change: {1.3: {need: mandatory}}}
  - {name: changed, readings: {less: drop}, change: {1.3: {note: n}}}
"""
    answer = run("whatif", scenario(small, text), "--format", "json").json()
    assert [each["missing"] for each in answer["variants"]] == [["1.1"], ["1.1", "1.3"], ["1.1"]]


def test_two_rulebooks_with_a_reading_of_the_same_name(run: Run, small: str) -> None:
    """Each takes the option that it knows; one that none knows is an error."""
    other = SMALL.replace("rulebook: small", "rulebook: other").replace("id: both", "id: all")
    write(Path(small).parent, theirs=other)
    path = service(small, "holds: [c]\n")
    text = Path(path).read_text().replace("rulebook.yaml", "[rulebook.yaml, theirs.yaml]")
    Path(path).write_text(text)
    for option, readings in (
        ("both", ["both", "all"]),
        ("all", ["both", "all"]),
        ("second", ["second", "second"]),
    ):
        result = run("assess", path, "--reading", f"reach={option}", "--format", "json")
        worlds = result.json()["worlds"]
        assert [world["readings"]["reach"] for world in worlds] == readings
    assert run("assess", path, "--reading", "reach=none").code == 2


# --- Files that are written -----------------------------------------------------------------------


@pytest.mark.parametrize("args", [["init", SHIPPED], ["schema", "service"]], ids=" ".join)
def test_what_is_written_to_a_file(
    args: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.yaml"
    printed = run(*args)
    assert printed.code == 0
    result = run(*args, "-o", str(path))
    assert (result.code, result.out, result.err) == (0, b"", b"")
    assert path.read_bytes() == printed.out
    path.write_text("mine\n")
    refused = run(*args, "--output", str(path))
    assert refused.code == 2
    assert refused.said.startswith(f"{path}: ")
    assert path.read_text() == "mine\n"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for function in ("replace", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, function, full)
            failed = run(*args, "-o", str(path), "--force")
        assert failed.code == 2
        assert "No space left on device" in failed.said
        assert path.read_text() == "mine\n"
        assert [each.name for each in tmp_path.iterdir()] == ["out.yaml"]
    assert run(*args, "-o", str(path), "--force").code == 0
    assert path.read_bytes() == printed.out
    assert run(*args, "-o", str(tmp_path / "no" / "out.yaml")).code == 2


def test_init_writes_a_service_that_can_be_assessed(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "service.yaml")
    for lang in ("ja", "en"):
        assert run("init", SHIPPED, "-o", path, "--force", "--lang", lang).code == 0
        answer = asked(run, "assess", path, code=1)
        assert answer["rulebook"] == SHIPPED
        assert len(answer["missing"]) == 18 + 1
        assert asked(run, "plan", path, code=0)["plans"][0]["acquire"] == ["service.aspic"]


# --- As a program ---------------------------------------------------------------------------------


def program(*args: str) -> list[str]:
    return [sys.executable, "-m", "cloudrules", *args]


def test_python_m_cloudrules() -> None:
    done = subprocess.run(
        program("assess", NEW, *ON, "--format", "json"), capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["compliant"] is False
    assert done.stderr == b""


@pytest.mark.parametrize(
    "args",
    [
        ["assess", NEW, *ON, "--all-readings", "--format", "json"],
        ["init", SHIPPED],
        ["--help"],
    ],
    ids=lambda args: args[0],
)
def test_a_reader_that_goes_away(args: list[str]) -> None:
    """As in `cloudrules ... | head -1`: no traceback, and no complaint of Python's at the end."""
    process = subprocess.Popen(
        program(*args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) in (0, 1)
    assert said == b""


def test_head() -> None:
    line = shlex.join(program("assess", NEW, *ON, "--all-readings", "--format", "json"))
    done = subprocess.run(
        ["sh", "-c", f"{line} | head -1"], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.stdout, done.stderr) == (b"{\n", b"")


@pytest.mark.parametrize(
    "args",
    [
        ["rule"],
        ["rule", "--format", "json"],
        ["--help"],
        ["--version"],
        ["form", "check", "--help"],
    ],
    ids=" ".join,
)
def test_standard_output_that_takes_nothing(args: list[str]) -> None:
    """Closed, the answer goes nowhere; full, that is told as of any other file."""
    line = shlex.join(program(*args))
    closed = subprocess.run(["sh", "-c", f"{line} >&-"], capture_output=True, cwd=ROOT, check=False)
    assert (closed.returncode, closed.stderr) == (0, b"")
    full = subprocess.run(
        ["sh", "-c", f"{line} >/dev/full"], capture_output=True, cwd=ROOT, check=False
    )
    assert full.returncode == 2
    assert full.stderr.startswith(b"-: `-` cannot be written (")
    assert full.stderr.count(b"\n") == 1


def test_standard_input_of_a_process() -> None:
    text = "service: サービス\nrulebook: municipal-cloud-level-2\nholds: [service.aspic]\n"
    done = subprocess.run(
        program("assess", "-", *ON, "--format", "json"),
        input=text.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["service"] == "サービス"


NEWCOMER = SERVICES / "newcomer.yaml"


def test_what_an_answer_may_be_written_to(run: Run, tmp_path: Path) -> None:
    """Not over what it is made from, nor two to one file; a link stays, and so does a pipe."""
    own = tmp_path / "own.yaml"
    own.write_bytes(NEWCOMER.read_bytes())
    plan = ("plan", str(own), "--on", "2026-12-01", "--force")
    for option in ("-o", "--certificate"):
        refused = run(*plan, option, str(tmp_path / "." / "own.yaml"))
        assert refused.code == 2
        assert b"made from" in refused.err
    assert own.read_bytes() == NEWCOMER.read_bytes()
    both = str(tmp_path / "both"), str(tmp_path / "x" / ".." / "both")
    assert run(*plan, "-o", both[0], "--certificate", both[1]).code == 2
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    assert run(*plan, "-o", str(link)).code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("Service")
    assert run(*plan, "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()
    assert run(*plan, "-o", str(tmp_path / ("a" * 300))).code == 2
