"""Calendars and pictures of plans: well-formed whatever the texts say, the same bytes each time."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import test_cli
import yaml
from engine import ROOT, engine
from hypothesis import given
from hypothesis import strategies as st
from test_cli import NEW, Run

from cloudrules.core import calendar, plan
from cloudrules.core.problem import Clock
from cloudrules.core.request import Request
from cloudrules.core.service import Service
from cloudrules.files.library import read_as, read_tree
from cloudrules.render import front, gantt, ics, svg
from cloudrules.render.head import Head
from cloudrules.solvers import named

run = test_cli.run
HOSTILE = "</text><script>alert(1)</script> & \"quoted\" 'x' ]]> \\n; , %s 計画\u202e日程" * 3
XLINK = re.compile(r"(href|src|url\(|@import|<style|<script|on\w+=)", re.IGNORECASE)


def service(folder: Path, steps: int, **more: Any) -> str:
    """A service that lacks so many steps, some in a chain, some of no time."""
    evidence: list[dict[str, Any]] = [
        {
            "id": f"e{at}",
            "kind": "control",
            "title": HOSTILE + f" {at}",
            "effort": {"cost": 10 * at, "months": at % 4},
            **({"requires": f"e{at - 1}"} if at % 3 == 2 else {}),
            **({"valid_months": 2} if at % 5 == 0 else {}),
        }
        for at in range(steps)
    ]
    evidence.append({"id": "held", "kind": "certification", "title": HOSTILE, **more})
    items = [{"id": f"1.{at}", "need": "mandatory", "met_by": f"e{at}"} for at in range(steps)]
    items.append({"id": "2.1", "need": "mandatory", "met_by": "held", "text": HOSTILE})
    holds = [{"evidence": "held", "until": date(2026, 12, 20)}]
    for name, told in {
        "book": {"rulebook": "book", "catalogues": ["cat.yaml"], "items": items},
        "cat": {"catalogue": "cat", "evidence": evidence},
        "service": {"service": HOSTILE, "rulebook": "book.yaml", "holds": holds},
    }.items():
        text = yaml.safe_dump(told, allow_unicode=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder / "service.yaml")


ASKED = ("--on", "2026-12-01", "--schedule", "2027-01-31")


def elements(text: str) -> list[ElementTree.Element]:
    """The elements of a picture, which has nothing that could act or come from outside."""
    found = list(ElementTree.fromstring(text).iter())
    allowed = {
        "svg",
        "title",
        "desc",
        "text",
        "tspan",
        "rect",
        "line",
        "path",
        "polygon",
        "polyline",
    }
    for each in found:
        assert each.tag.removeprefix("{http://www.w3.org/2000/svg}") in {*allowed, "circle"}
        assert not any(XLINK.search(name) for name in each.attrib)
        for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"):
            if name in each.attrib:
                assert re.fullmatch(r"\d+(\.\d{1,2})?", each.attrib[name]), each.attrib
    return found


def content(text: str) -> list[tuple[str, str]]:
    """A calendar's lines, unfolded, as names and values; every rule of lines is kept."""
    assert text.endswith("\r\n")
    lines = text.split("\r\n")[:-1]
    assert not any(set(line) & {"\r", "\n"} for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    found: list[tuple[str, str]] = []
    for line in unfolded:
        parts = re.fullmatch(r"([A-Z-]+)(?:;VALUE=DATE)?:(.*)", line)
        assert parts, line
        found.append((parts[1], parts[2]))
    return found


def events(text: str) -> list[dict[str, str]]:
    lines = content(text)
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    assert {"VERSION", "PRODID"} <= {name for name, _ in lines}
    found: list[dict[str, str]] = []
    for at, (name, value) in enumerate(lines[1:-1], 1):
        if (name, value) == ("BEGIN", "VEVENT"):
            end = lines.index(("END", "VEVENT"), at)
            event = lines[at + 1 : end]
            assert len({name for name, _ in event}) == len(event)
            found.append(dict(event))
    for each in found:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= each.keys()
        for name in ("SUMMARY", "DESCRIPTION"):
            assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", each.get(name, "")), each
        assert each["DTSTART"] < each["DTEND"]
    assert len({each["UID"] for each in found}) == len(found) > 0
    return found


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("steps", [0, 1, 3, 12, 30])
def test_a_schedule_as_picture_calendar_and_page(
    steps: int,
    lang: str,
    run: Run,
    tmp_path: Path,
) -> None:
    path = service(tmp_path, steps)

    def asked(form: str) -> str:
        result = run("plan", path, *ASKED, "--format", form, "--lang", lang)
        assert (result.code, result.err) == (0, b"")
        return result.text

    told = json.loads(asked("json"))["schedule"]
    assert len(told["steps"]) == steps
    assert [each["id"] for each in told["renewals"]][:1] == ["held"]
    drawn = elements(asked("svg"))
    bars = [each for each in drawn if each.tag.endswith("}rect")]
    assert len(bars) == 1 + sum(each["start"] != each["finish"] for each in told["steps"])
    assert all(float(bar.get("width", "0")) > 0 for bar in bars)
    found = {(each["DTSTART"], each["DTEND"]) for each in events(asked("ics"))}
    for each in told["steps"]:
        last = max(each["finish"], str(date.fromisoformat(each["start"]) + timedelta(days=1)))
        assert (each["start"].replace("-", ""), last.replace("-", "")) in found
    for form in ("text", "markdown"):
        page = asked(form)
        assert told["finish"] in page
        assert "\x1b" not in page
        assert "\u202e" not in page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_front_as_a_picture(lang: str, run: Run, tmp_path: Path) -> None:
    path = front_service(tmp_path)
    for pair, points in (("cost,months", 3), ("certifications,cost", 2), ("actions,months", 1)):
        result = run("plan", path, "--pareto", pair, "--format", "svg", "--lang", lang)
        assert (result.code, result.err) == (0, b"")
        drawn = elements(result.text)
        assert sum(each.tag.endswith("}circle") for each in drawn) == points
        told = json.loads(run("plan", path, "--pareto", pair, "--format", "json").text)
        assert len(told["plans"]) == points
        words = "".join(each.text or "" for each in drawn)
        assert ("証明済み" if lang == "ja" else "proved") in words


def front_service(folder: Path) -> str:
    evidence = [
        {"id": "slow", "kind": "control", "effort": {"cost": 1000000, "months": 9}},
        {"id": "fast", "kind": "certification", "effort": {"cost": 700000, "months": 3}},
        {"id": "dear", "kind": "control", "title": HOSTILE, "effort": {"cost": 12, "months": 4}},
        {"id": "faster", "kind": "certification", "effort": {"cost": 2500000, "months": 1}},
        {"id": "cert", "kind": "certification", "effort": {"cost": 5, "months": 12}},
    ]
    items = [
        {
            "id": "1",
            "need": "mandatory",
            "met_by": "slow or fast and dear or faster or cert and dear",
        }
    ]
    for name, told in {
        "book": {"rulebook": "book", "catalogues": ["cat.yaml"], "items": items},
        "cat": {"catalogue": "cat", "evidence": evidence},
        "service": {"service": HOSTILE, "rulebook": "book.yaml"},
    }.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    return str(folder / "service.yaml")


def test_what_is_not_proved_or_assumed_is_said(tmp_path: Path) -> None:
    path = Path(front_service(tmp_path))
    on = date(2026, 12, 1)
    case = engine(tmp_path, on)
    head = Head(read_as(Service, read_tree(path)), (case.rulebook,), on)
    pair = ("cost", "months")
    proved = plan.pareto([case], Request(("cost",)), pair, named("auto"), Clock(None))
    bound = (("cost", 0), ("months", 0))
    rough = replace(proved, status="feasible", bound=bound, assumed=("not slow",))
    days = calendar.from_plan(proved.plans[0], [case], on)
    for lang, not_proved, assumed in (
        ("en", "ot proved", "Assumed"),
        ("ja", "未証明", "置いた仮定"),
    ):
        told = [gantt.schedule(days, each, head, lang) for each in (proved, rough)]
        told += [ics.schedule(days, each, head, lang) for each in (proved, rough)]
        told = [text.replace("\r\n ", "") for text in told]
        for words in (not_proved, assumed):
            assert [words in text for text in told] == [False, True, False, True]
    one, two = (front.plans(each, pair, head, "en") for each in (proved, rough))
    assert "Not proved complete" in two
    assert "Not proved" not in one
    assert "stroke-dasharray" in two
    assert "stroke-dasharray" not in one
    assert "Assumed" in two


def test_a_plan_that_holds_in_some_readings_says_so(run: Run) -> None:
    for form in ("svg", "ics"):
        result = run("plan", NEW, *ASKED, "--format", form)
        assert "112 of 384 readings" in result.text.replace("\r\n ", "")
    result = run("plan", NEW, "--pareto", "cost,months", "--format", "svg", "--on", "2026-12-01")
    assert "112 of 384 readings" in result.text


def test_a_renewal_that_should_have_begun_is_pointed_out(run: Run, tmp_path: Path) -> None:
    path = service(tmp_path, 1, effort={"months": 2})
    for form in ("text", "markdown", "svg", "ics"):
        told = run("plan", path, *ASKED, "--format", form).text.replace("\r\n ", "")
        assert "may not be renewed in time" in " ".join(told.split()), form


def test_an_event_that_moves_keeps_its_name(run: Run, tmp_path: Path) -> None:
    path = service(tmp_path, 3)
    one, two = (
        {each["UID"] for each in events(run("plan", path, *asked, "--format", "ics").text)}
        for asked in (ASKED, ("--on", "2026-12-02", "--schedule", "2027-02-05"))
    )
    assert one == two


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--format", "svg"], ["--schedule", "--pareto"]),
        (["--format", "ics"], ["--schedule"]),
        (["--format", "ics", "--pareto", "cost,months"], ["--schedule"]),
        (["--format", "pdf"], ["svg"]),
        (["--schedule", "2027-01-31", "--top", "2"], ["--top"]),
        (["--schedule", "2027-01-31", "--all"], ["--all"]),
        (["--schedule", "2027-01-31", "--pareto", "cost,months"], ["--pareto"]),
        (["--schedule", "2026-11-30", "--on", "2026-12-01"], ["2026-12-01", "--on 2026-11-30"]),
        (["--schedule", "9999-12-31", "--on", "2026-12-01"], ["9999"]),
        (["--schedule", "tomorrow"], ["YYYY-MM-DD"]),
        (["--schedule", "2027-02-29"], ["--schedule"]),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_does_not_go_together(
    args: list[str],
    says: list[str],
    lang: str,
    run: Run,
) -> None:
    result = run("plan", NEW, *args, "--lang", lang)
    assert (result.code, result.out) == (2, b"")
    assert all(each in result.said or each == "YYYY-MM-DD" for each in says), result.said
    assert "Traceback" not in result.said


@pytest.mark.parametrize("form", ["text", "json", "markdown", "svg", "ics"])
def test_a_file_holds_what_would_be_printed(
    form: str,
    run: Run,
    tmp_path: Path,
) -> None:
    path = tmp_path / "answer"
    asked = ("plan", NEW, *ASKED, "--format", form)
    printed = run(*asked)
    written = run(*asked, "-o", str(path))
    assert (printed.code, written.code, written.out) == (0, 0, b"")
    assert path.read_bytes() == printed.out
    again = run(*asked, "-o", str(path))
    assert again.code == 2
    assert "--force" in again.said
    assert run(*asked, "-o", str(path), "--force").code == 0
    assert run(*asked, "-o", "-").out == printed.out


@pytest.mark.parametrize("form", ["svg", "ics"])
def test_no_plan_is_no_picture(form: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer"
    asked = ("plan", NEW, *ASKED, "--budget", "0", "--format", form, "-o", str(path))
    result = run(*asked)
    assert (result.code, result.out, path.exists()) == (1, b"", False)
    assert "No plan exists" in result.said
    told = run("plan", NEW, *ASKED, "--budget", "0", "--format", "json")
    assert told.code == 1
    assert told.json()["schedule"] is None


def test_a_schedule_is_told_only_where_it_is_asked_for(run: Run) -> None:
    plain = run("plan", NEW, "--on", "2026-12-01", "--format", "json").json()
    dated = run("plan", NEW, *ASKED, "--format", "json").json()
    assert "--schedule" in dated.pop("receipt")["command"]
    assert "--schedule" not in plain.pop("receipt")["command"]
    assert list(dated) == [*plain, "schedule"]
    assert {**plain, "schedule": dated["schedule"]} == dated


def test_not_compliant_on_completion_is_a_no(run: Run, tmp_path: Path) -> None:
    path = service(tmp_path, 3)
    for name, key, entry in (
        ("cat", "evidence", {"id": "late", "kind": "control"}),
        (
            "book",
            "items",
            {
                "id": "3.1",
                "need": "mandatory",
                "met_by": "late",
                "in_force": {"from": "2027-02-01"},
            },
        ),
    ):
        file = tmp_path / f"{name}.yaml"
        told = yaml.safe_load(file.read_text("utf-8"))
        told[key].append(entry)
        file.write_text(yaml.safe_dump(told), encoding="utf-8")
    result = run("plan", path, *ASKED, "--format", "json")
    assert result.code == 1
    found = result.json()["schedule"]
    assert (found["compliant_on"], found["missing"], found["begun"]) == (None, ["3.1"], ["3.1"])
    assert "Missing: 3.1" in run("plan", path, *ASKED).text
    assert "missing 3.1" in run("plan", path, *ASKED, "--format", "svg").text
    assert "not shown to be" in "".join(
        each["SUMMARY"] for each in events(run("plan", path, *ASKED, "--format", "ics").text)
    )


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    path = service(tmp_path, 12)

    def asked(form: str, seed: str, zone: str, locale: str) -> bytes:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        env["PYTHONPATH"] = str(ROOT)
        call = [sys.executable, "-m", "cloudrules", "plan", path, *ASKED, "--format", form]
        return subprocess.run(call, env=env, capture_output=True, check=True).stdout

    for form in ("svg", "ics"):
        first = asked(form, "0", "UTC", "C")
        assert first == asked(form, "7", "Pacific/Kiritimati", "C.UTF-8")


# Their parts


@given(st.text())
def test_any_text_can_stand_in_a_picture(text: str) -> None:
    drawn = svg.picture(10, 10, text, [svg.block(1, 1, svg.wrapped(text, 50, 12), 12, text)])
    ElementTree.fromstring(drawn)
    ElementTree.fromstring(svg.element("text", svg.words(text), aria_label=svg.words(text)))


@given(st.text(), st.integers(40, 400), st.integers(1, 3))
def test_wrapped_text_fits(text: str, room: int, most: int) -> None:
    lines = svg.wrapped(text, room, 12, most)
    assert 1 <= len(lines) <= most
    assert all(svg.width(line, 12) <= room for line in lines)


@given(st.text())
def test_any_text_can_stand_in_a_calendar(text: str) -> None:
    line = "SUMMARY:" + ics.escaped(text)
    parts = list(ics.folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert not set(line) & {"\r", "\n"}


@given(st.integers(0, 10**15), st.sampled_from(["cost", "months", "actions"]), st.integers(1, 10))
def test_ticks_are_round_and_few(most: int, objective: str, room: int) -> None:
    found = front.ticks(most, objective, room)
    steps = {later - one for one, later in itertools.pairwise(found)}
    assert len(steps) == 1
    assert found[0] == 0
    assert found[-1] > most
    assert found[-1] - min(steps) <= most
    assert len(found) - 1 <= max(room, 2)
