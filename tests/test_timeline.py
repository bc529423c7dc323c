"""What becomes of a verdict day by day: against asking for each day by itself."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import test_cli
import yaml
from engine import ROOT, engine
from hypothesis import given
from hypothesis import strategies as st
from test_calendar import doubtful
from test_cli import HELD, NEW, SHIPPED, Run
from test_pictures import HOSTILE, elements, events

from cloudrules.core import case as cases
from cloudrules.core import packing, timeline
from cloudrules.core.case import Case
from cloudrules.core.days import added
from cloudrules.core.flow import Flow
from cloudrules.core.gates import Input, Rails, simulate
from cloudrules.core.lapses import Lapse
from cloudrules.core.renewals import Renewal
from cloudrules.core.service import Service
from cloudrules.core.timeline import Timeline
from cloudrules.files.library import Library, read_as, read_tree

run = test_cli.run
AT = ("--on", "2026-12-01")
ON, DAY = generator.ON, timedelta(days=1)
SPAN = 30  # days
SEEDS = [122, 138, 158, 206, 270, 1219, *range(25, 40)]


def dated(seed: int) -> generator.Case:
    """A random case whose holdings and rules end, or begin, within a month."""
    rng = random.Random(f"timeline {seed}")
    made = generator.case(seed)

    def day() -> str:
        return str(ON + rng.randint(-2, SPAN) * DAY)

    entries = (made.catalogue["evidence"], made.rulebook["items"])
    kinds = {
        oracle.normal(str(each["id"])): kind
        for kind, several in zip(("evidence", "item"), entries, strict=True)
        for each in several
    }
    given = [
        dict(each) if isinstance(each, dict) else {kinds[oracle.normal(each)]: each}
        for each in made.service.get("holds", [])
    ]
    told = [oracle.normal(str(each.get("evidence") or each.get("item"))) for each in given]
    told += [oracle.normal(each) for each in made.service.get("unknown", [])]
    # Most services hold much, so that there is something to lose.
    more = rng.choice((0.0, 0.4, 0.8))
    given += [
        {kind: name} for name, kind in kinds.items() if name not in told and rng.random() < more
    ]
    held: list[Any] = []
    for entry in given:
        entry.pop("until", None)
        if rng.random() < 0.75:
            entry["until"] = day()
        held.append(entry)
    if held:
        made.service["holds"] = held
    for entry in (*made.rulebook["items"], *made.rulebook.get("waivers", [])):
        if "in_force" in entry:
            first, last = sorted((day(), day()))
            whole = {"from": first, "until": last}
            key = rng.choice(list(whole))
            entry["in_force"] = rng.choice((whole, {key: whole[key]}))
    made.rulebook.pop("in_force", None)
    if rng.random() < 0.2:
        made.rulebook["in_force"] = {"until": str(ON + rng.randint(0, SPAN) * DAY)}
    return made


def on(folder: Path, day: date, lasting: frozenset[str] | None = None) -> Case | None:
    """The case of a day, made anew from the files; what is `lasting` has no end."""
    service = read_as(Service, read_tree(folder / "service.yaml"))
    holds = tuple(
        replace(each, until=None) if lasting and each.ref.name in lasting else each
        for each in service.holds
    )
    book = Library().rulebook(service.rulebook[0], folder)
    if day not in book.in_force:
        return None
    return cases.from_service([book], replace(service, holds=holds), day)[0]


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[generator.Case, Path]:
    case = dated(request.param)
    generator.write(case, tmp_path)
    return case, tmp_path


def found(folder: Path) -> Timeline:
    return timeline.from_case(engine(folder, ON), ON + SPAN * DAY)


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_every_day_is_as_if_asked_for_by_itself(made: tuple[generator.Case, Path]) -> None:
    case, folder = made
    told = found(folder)
    standing: Any = told.start
    by_day = {event.on: event for event in told.events}
    assert list(by_day) == sorted(by_day)
    assert all(ON < day <= told.until for day in by_day)
    for at in range(SPAN + 1):
        day = ON + at * DAY
        if day in by_day:
            assert by_day[day].before is standing
            standing = by_day[day].after
        alone = on(folder, day)
        if alone is None:
            assert standing is None
            assert told.outdated
            assert told.outdated <= day
            continue
        assessed = alone.assessed()
        assert (standing.compliant, standing.items) == (assessed.compliant, assessed.items), day
        if day in by_day or day == ON:
            expected = oracle.assess(case.rulebook, [case.catalogue], case.service, day)
            assert standing.compliant == expected["compliant"]
            assert [each.status for each in standing.items] == [
                each["status"] for each in expected["items"]
            ]


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_an_event_says_just_what_differs(made: tuple[generator.Case, Path]) -> None:
    for event in found(made[1]).events:
        assert event.ended or event.began
        if event.after is None:
            assert event.ended[-1].kind == "rulebook"
            continue
        one = {each.id: (each.status, each.obligation) for each in event.before.items}
        two = {each.id: (each.status, each.obligation) for each in event.after.items}
        differ = {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}
        assert {change.item for change in event.changes} == differ
        assert len(event.changes) == len(differ)
        exempt = {name for name, (_, was) in one.items() if was == "waived"}
        now = {name: two.get(name, ("", "not_applicable"))[1] for name in exempt}
        revived = {name for name in exempt if now[name] in ("mandatory", "optional")}
        open_ = {name for name in exempt if now[name] == "unknown"}
        assert {change.item for change in event.changes if change.revives} == revived
        assert {change.item for change in event.changes if change.may_revive} == open_
        began = {each.id for each in event.began}
        assert not began & set(event.before.fires)
        for each in event.ended:
            if each.kind in ("evidence", "attestation"):
                assert each.until == event.on - DAY


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_what_must_be_renewed(made: tuple[generator.Case, Path]) -> None:
    """Renewed, it keeps each day compliant that renewing all would; each of it is needed.

    Nothing of it is late where all that can still be renewed in time would do.
    """
    made_up, folder = made
    told = found(folder)
    days = [ON, *(event.on for event in told.events if event.after)]
    ending = {each.id for each in (*told.renewals, *told.may_lapse)}

    def verdicts(renewed: set[str]) -> list[bool | None]:
        each = [on(folder, day, frozenset(renewed)) for day in days]
        return [case.assessed().compliant if case else None for case in each]

    best = verdicts(ending)
    kept = {each.id for each in told.renewals}
    after = verdicts(kept)
    assert all(then for then, all_ in zip(after, best, strict=True) if all_)
    begun = after.index(True) if True in after else len(days)
    later = zip(days[begun:], after[begun:], strict=True)
    assert told.falls == next((day for day, then in later if then is not True), None)
    for name in kept:
        without = zip(verdicts(kept - {name}), best, strict=True)
        assert any(all_ and not then for then, all_ in without)
    for name in ending:
        without = zip(verdicts(ending - {name}), best, strict=True)
        assert (name in told.alone) == any(all_ and not then for then, all_ in without)
    good = [day for day, all_ in zip(days, best, strict=True) if all_]
    late = {each.id for each in (*told.renewals, *told.may_lapse) if is_late(made_up, each)}
    assert {each.id for each in told.renewals if each.late} == kept & late
    in_time = zip(verdicts(ending - late), best, strict=True)
    if all(now for now, all_ in in_time if all_):
        assert not kept & late
    for each in told.renewals:
        missing, doubt = lost(folder, good, kept - {each.id})
        assert (set(each.items), set(each.undecided)) == (missing, doubt - missing)
        for instead in each.instead:
            then = verdicts(kept - {each.id} | set(instead))
            assert all(now for now, all_ in zip(then, best, strict=True) if all_)
    assert told.first <= {turning.id for event in told.events for turning in event.ended}
    for event in told.events:
        broken = event.before.compliant is True and event.after and not event.after.compliant
        held = {each.id for each in event.ended if each.kind in ("evidence", "attestation")}
        assert broken or not told.first & held


def is_late(case: generator.Case, each: Renewal | Lapse) -> bool:
    """Whether the last day to begin to get it anew has passed, by the files alone."""
    quoted = {oracle.normal(name): told for name, told in case.service.get("efforts", {}).items()}
    entries = [*case.catalogue["evidence"], *case.rulebook["items"]]
    stated = [one.get("effort", {}) for one in entries if oracle.normal(one["id"]) == each.id]
    months = [told["months"] for told in (quoted.get(each.id, {}), *stated) if "months" in told]
    begin = added(each.until, -int(months[0])) if months else None
    return begin is not None and begin < ON


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_why_something_may_lapse(made: tuple[generator.Case, Path]) -> None:
    """Day by day, with nothing renewed, with what has to be, and with all."""
    _, folder = made
    told = found(folder)
    days = [ON + at * DAY for at in range(SPAN + 1)]
    ending = frozenset(each.id for each in (*told.renewals, *told.may_lapse))
    kept = frozenset(each.id for each in told.renewals)

    def verdicts(renewed: frozenset[str]) -> dict[date, bool | None]:
        alone = {day: on(folder, day, renewed or frozenset({""})) for day in days}
        return {day: case.assessed().compliant for day, case in alone.items() if case}

    best, needed, none = verdicts(ending), verdicts(kept), verdicts(frozenset())
    for each in told.may_lapse:
        later = [day for day in best if day > each.until]
        good = [day for day in later if best[day]]
        assert all(needed[day] for day in good)
        if each.why == "together":
            without = verdicts(ending - {each.id})
            assert any(not without[day] for day in good)
        if each.why == "enough":
            assert all(needed[day] for day in later)
        if each.why == "partly":
            assert good
            assert not all(needed[day] for day in later)
        if each.why in ("moot", "open"):
            assert not good
            assert not all(needed[day] for day in later)
        if each.why == "moot":
            ways = [ending - {each.id}, kept | {each.id}, frozenset({each.id})]
            every = [best, needed, none, *(verdicts(way) for way in ways)]
            assert all(way[day] is False for way in every for day in later)
        if each.why == "covered":
            assert each.last
            unrenewed = verdicts(kept.difference(each.covered_by))
            assert all(unrenewed[day] for day in good if day <= each.last)
            assert not unrenewed[each.last + DAY]
        assert (each.why == "covered") == bool(each.covered_by)
        if each.undecided_by:
            assert each.why == "open"
            assert {*each.undecided_by} == set().union(
                *(undecided(folder, day, ending) for day in later)
            )
    check_limit(told, best, needed)


def undecided(folder: Path, day: date, renewed: frozenset[str]) -> set[str]:
    case = on(folder, day, renewed)
    return set(case.assessed().undecided_by) if case else set()


def check_limit(
    told: Timeline, best: dict[date, bool | None], needed: dict[date, bool | None]
) -> None:
    """Where renewing helps no longer; nothing else is told of it."""
    if told.limit is None:
        first = next(day for day, compliant in needed.items() if compliant)
        assert all(compliant for day, compliant in needed.items() if day >= first)
        assert told.falls is None
        return
    assert best[told.limit.on] is not True
    if told.falls:
        assert needed[told.falls - DAY] is True
        assert told.limit.on == told.falls
        assert needed[told.falls] is not True
    else:
        assert True not in needed.values()
        assert True not in best.values()
        assert (told.limit.compliant is None) == (None in best.values())
    if told.limit.compliant is False:
        assert best[told.limit.on] is needed[told.limit.on] is False
        assert told.limit.missing


def lost(folder: Path, days: list[date], renewed: set[str]) -> tuple[set[str], set[str]]:
    """The items that are missing on some of the days, and those of which it is not known."""
    missing: set[str] = set()
    doubt: set[str] = set()
    for day in days:
        case = on(folder, day, frozenset(renewed or {""}))
        assert case
        assessed = case.assessed()
        missing |= set(assessed.missing)
        doubt |= doubtful(assessed)
    return missing, doubt


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_single_losses_and_independent_reasons(made: tuple[generator.Case, Path]) -> None:
    told = found(made[1])
    situation = told.case.situation
    breaks, doubts = [], []
    for name in situation.held:
        rest = {other: each for other, each in situation.held.items() if other != name}
        without = replace(told.case, situation=replace(situation, held=rest)).assessed()
        if told.start.compliant and without.compliant is False:
            breaks.append(name)
        if told.start.compliant and without.compliant is None:
            doubts.append(name)
    assert (list(told.losses.breaks), list(told.losses.doubts)) == (breaks, doubts)
    assert tuple(each.item for each in told.exemptions) == told.start.waived
    for each in told.exemptions:
        assert each.reasons
        sets = forcing_sets(told.case, told.case.circuit.named["waived", each.item])
        assert sets is None or {frozenset(names) for names in each.reasons.sets} == sets
        assert each.independent == most_disjoint(each.reasons.sets)
        assert each.exact


def forcing_sets(case: Case, node: int) -> set[frozenset[str]] | None:
    """The minimal sets of inputs as they are now that make a gate true, by its truth table.

    None where that is too large, or where facts are compared.
    """
    gates, situation = case.circuit.gates, case.situation
    cone, stack = set(), [node]
    while stack:
        at = stack.pop()
        if at not in cone:
            cone.add(at)
            stack += gates[at].args
    leaves = [gates[at].input for at in sorted(cone) if gates[at].input]
    free = [leaf for leaf in leaves if leaf and leaf.kind != "reading"]
    if len(free) > 12 or any(leaf.kind == "test" for leaf in free):
        return None
    ones = (1 << (1 << len(free))) - 1
    columns = {leaf: ones // ((1 << (1 << at)) + 1) << (1 << at) for at, leaf in enumerate(free)}

    def value(leaf: Input) -> tuple[int, int]:
        if leaf.kind == "reading":
            return (ones, 0) if situation.value(leaf) else (0, ones)
        return columns.get(leaf, 0), ones & ~columns.get(leaf, 0)

    table, _ = simulate(case.circuit, value, 0, ones)[node]
    known = [(leaf, now) for leaf in free if (now := situation.value(leaf)) is not None]
    found: set[frozenset[str]] = set()
    for size in range(len(known) + 1):
        for some in combinations(known, size):
            names = frozenset(leaf.name if now else f"not {leaf.name}" for leaf, now in some)
            rows = ones
            for leaf, now in some:
                rows &= columns[leaf] if now else ~columns[leaf]
            if not any(fewer <= names for fewer in found) and not rows & ~table:
                found.add(names)
    return found


def most_disjoint(sets: Any) -> int:
    for size in range(len(sets), 0, -1):
        for some in combinations(sets, size):
            if len({name for names in some for name in names}) == sum(len(set(n)) for n in some):
                return size
    return 0


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=3), max_size=9, unique=True))
def test_the_most_disjoint_sets(sets: list[frozenset[str]]) -> None:
    assert packing.disjoint(sets) == (most_disjoint(sets), True)


def test_a_packing_too_hard_is_a_lower_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)
    sets = {frozenset(rng.sample("abcdefghijklmnopqrst", 3)) for _ in range(90)}
    most, exact = packing.disjoint(sets)
    monkeypatch.setattr(packing, "STEPS", 2)
    fewer, certain = packing.disjoint(sets)
    assert (exact, certain) == (True, False)
    assert 0 < fewer <= most


@pytest.mark.parametrize("seed", range(20))
def test_changes_are_as_if_simulated_anew(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed), tmp_path)
    circuit = engine(tmp_path, ON).circuit
    rng = random.Random(seed)
    leaves = dict(circuit.inputs())
    rails: dict[Input, Rails[int]] = dict.fromkeys(leaves.values(), (0, 255))
    flow = Flow(circuit, simulate(circuit, rails.__getitem__, 0, 255))
    for _ in range(20):
        places = rng.sample(sorted(leaves), rng.randint(0, len(leaves)))
        changes = {}
        for at in places:
            may = rng.getrandbits(8)
            changes[at] = rails[leaves[at]] = may, 255 & ~may | rng.getrandbits(8)
        before = list(flow.rails)
        changed = flow.change(changes)
        assert flow.rails == simulate(circuit, rails.__getitem__, 0, 255)
        differ = [at for at, was in enumerate(before) if was != flow.rails[at]]
        assert changed == differ


# --- The command line


def asked(run: Run, *args: str, code: int) -> dict[str, Any]:
    result = run("timeline", *args, "--format", "json")
    assert result.code == code, result.said
    return result.json()


def test_the_shipped_example(run: Run) -> None:
    told = asked(run, HELD, *AT, code=1)
    keys = "service rulebook readings on until outdated verdict events renew may_lapse"
    rest = "moot open endless falls limit exemptions breaks doubts receipt"
    assert list(told) == [*keys.split(), *rest.split()]
    assert (told["verdict"], told["until"], told["falls"]) == (True, "2027-10-01", None)
    first = told["events"][0]
    assert first["on"] == "2027-04-01"
    assert first["ended"][0]["id"] == "csp.ismap"
    assert first["ended"][0]["holder"] == "csp"
    assert first["compliant"] == {"from": True, "to": False}
    assert first["revived"][:6] == ["1.8", "1.9", "1.10", "1.11", "1.12", "1.13"]
    assert {"item": "1.10", "from": "waived", "to": "open"} in first["changes"]
    assert {"waiver": "hosting", "from": True, "to": False} in first["waivers"]
    assert [(each["id"], each["until"], each["start_by"]) for each in told["renew"]] == [
        ("csp.ismap", "2027-03-31", "2026-12-31"),
        ("asp.iso27001", "2027-09-30", "2027-01-30"),
    ]
    assert [each["first"] for each in told["renew"]] == [True, False]
    assert told["breaks"] == ["asp.iso27001", "csp.ismap", "1.14"]
    assert told["exemptions"][0] == {
        "item": "1.8",
        "reasons": [["csp.ismap"]],
        "more": False,
        "independent": 1,
        "exact": True,
    }
    en, ja = (
        " ".join(run("timeline", HELD, *AT, "--lang", lang).text.split()) for lang in ("en", "ja")
    )
    assert "1.8..1.13, 1.16..1.28 revive; the service is no longer compliant." in en
    assert "known to be compliant until 2027-03-31, no longer" in en
    assert "適合しなくなります" in ja


def test_how_far_it_looks(run: Run) -> None:
    told = asked(run, HELD, *AT, "--until", "2027-03-31", code=0)
    assert (told["until"], told["events"], told["renew"]) == ("2027-03-31", [], [])
    assert (
        "stays compliant until 2027-03-31"
        in run("timeline", HELD, *AT, "--until", "2027-03-31").text
    )
    assert asked(run, NEW, *AT, code=1)["until"] == "2029-12-01"
    assert asked(run, HELD, "--on", "9998-12-31", code=1)["until"] == "9999-12-31"
    for text, says in (("2026-11-30", "2026-12-01"), ("soon", "YYYY-MM-DD")):
        result = run("timeline", HELD, *AT, "--until", text)
        assert (result.code, result.out) == (2, b"")
        assert says in result.said or "--until" in result.said
    several = run("timeline", HELD, "--rulebook", SHIPPED, "--rulebook", test_cli.STRICTER)
    assert (several.code, several.out) == (2, b"")


def written(folder: Path, title: str = "held", **service: Any) -> str:
    """A town's rulebook in force until 2029, with a rule that begins in 2028."""
    holds = [
        {"evidence": "a", "until": "2027-02-28", "note": title},
        {"evidence": "b", "until": "2028-08-31"},
        {"evidence": "c", "until": "9999-12-31"},
        {"item": "1.2", "until": "2027-02-28", "note": title},
        "endless",
    ]
    evidence = [
        {"id": name, "kind": "control", "title": title, "effort": {"months": 3}} for name in "abc"
    ]
    evidence.append({"id": "endless", "kind": "control", "title": title, "valid_months": 12})
    late = {"id": "2.1", "need": "mandatory", "in_force": {"from": "2028-04-01"}, "text": title}
    for name, told in {
        "book": {
            "rulebook": "book",
            "title": title,
            "catalogues": ["cat.yaml"],
            "in_force": {"until": "2029-12-31"},
            "items": [
                {"id": "1.1", "need": "mandatory", "met_by": "a or b", "text": title},
                {"id": "1.2", "need": "mandatory"},
                late,
            ],
            "waivers": [{"id": "w", "text": title, "when": "a or c", "waives": ["1.2"]}],
        },
        "cat": {"catalogue": "cat", "evidence": evidence},
        "service": {"service": title, "rulebook": "book.yaml", "holds": holds, **service},
    }.items():
        text = yaml.safe_dump(told, allow_unicode=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder / "service.yaml")


def test_the_rules_change_and_end(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path)
    told = asked(run, path, *AT, code=1)
    assert (told["until"], told["outdated"], told["falls"]) == (
        *("2030-01-01", "2030-01-01"),
        "2028-04-01",
    )
    days = {each["on"]: each for each in told["events"]}
    assert list(days) == ["2027-03-01", "2028-04-01", "2028-09-01", "2030-01-01"]
    assert days["2028-04-01"]["began"] == [{"kind": "item", "id": "2.1"}]
    assert days["2028-04-01"]["changes"] == [{"item": "2.1", "from": None, "to": "missing"}]
    assert days["2030-01-01"]["ended"][-1] == {
        "kind": "rulebook",
        "id": "book",
        "until": "2029-12-31",
    }
    assert days["2030-01-01"]["compliant"] == {"from": False, "to": None}
    assert told["renew"] == []  # from 2028-04-01 on no renewal makes it compliant
    assert told["endless"] == ["endless"]
    assert {each["item"]: each["independent"] for each in told["exemptions"]} == {"1.2": 2}
    text = " ".join(run("timeline", path, *AT).text.split())
    assert "the rulebook book is no longer in force" in text
    assert "plan --on 2028-04-01" in text
    assert "nothing else changes" not in text
    early = run("timeline", path, "--on", "2030-01-01")
    assert (early.code, early.out) == (2, b"")


def test_what_is_not_known_stays_so(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, unknown=["2.1"])
    told = asked(run, path, *AT, "--until", "2028-06-01", code=1)
    last = told["events"][-1]
    assert last["compliant"] == {"from": True, "to": None}
    assert last["changes"] == [{"item": "2.1", "from": None, "to": "unknown"}]
    for lang, says in (("en", "is not known"), ("ja", "未確定になります")):
        text = run("timeline", path, *AT, "--lang", lang).text
        assert says in " ".join(text.split())


# --- Calendars and pictures


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("unknown", [[], ["2.1"]])
def test_hostile_texts(unknown: list[str], lang: str, run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, HOSTILE, unknown=unknown)
    for args in (("--until", "2028-01-01"), ("--until", "2028-09-01"), ()):
        told = asked(run, path, *AT, *args, code=0 if args[1:] == ("2028-01-01",) else 1)
        given = (*AT, *args, "--lang", lang, "--format")
        elements(run("timeline", path, *given, "svg").text)
        plain, alarms = without_alarms(run("timeline", path, *given, "ics").text)
        days = {each["DTSTART"] for each in events(plain)} if told["events"] else set()
        assert {each["on"].replace("-", "") for each in told["events"]} <= days
        assert all(
            re.fullmatch(r"TRIGGER(;RELATED=END)?:(-P30D|-P7D|PT0S)", each) for each in alarms
        )
        for form in ("text", "markdown"):
            page = run("timeline", path, *given, form).text
            assert "\u202e" not in page
            assert "\x1b" not in page
            assert "<script>" not in page or form == "text"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_mark_of_the_picture_is_explained(lang: str, run: Run, tmp_path: Path) -> None:
    """Ids are whole, however long a title; what ends later is told from what has no end."""
    path = written(tmp_path, "a title that goes on " * 9)
    drawn = run("timeline", path, *AT, "--until", "2028-06-01", "--lang", lang, "--format", "svg")
    said = [each.text or "" for each in elements(drawn.text)]
    for name in ("a", "b", "c", "endless"):
        assert any(f"({name})" in each or f"（{name}）" in each for each in said)
    legend = " ".join(said)
    assert all(f"{mark} " in legend for mark in "○×▶▷")
    described = next(each.text for each in elements(drawn.text) if each.tag.endswith("desc"))
    assert "2027-03-01" in (described or "")


def test_a_clause_that_turns_is_quoted(run: Run) -> None:
    text = "".join(run("timeline", HELD, *AT, "--lang", "ja").text.split())
    assert "「1.7でISMAPへの登録が行われている場合、1.8~1.13の要件は不要」" in text
    assert "再び必要になる要件:1.16..1.28" in text


def without_alarms(text: str) -> tuple[str, list[str]]:
    """A calendar without its alarms, and what triggers these."""
    block = re.compile(r"BEGIN:VALARM\r\n.*?END:VALARM\r\n", re.DOTALL)
    found = [line for each in block.findall(text) for line in each.split("\r\n")]
    return block.sub("", text), [line for line in found if line.startswith("TRIGGER")]


def test_a_calendar_has_an_event_where_nothing_changes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("service: s\nrulebook: municipal-cloud-level-2\nholds: [csp.ismap]\n", "utf-8")
    (event,) = events(run("timeline", str(path), *AT, "--format", "ics").text)
    assert event["SUMMARY"].startswith("Nothing that is held ends")


def test_a_renewal_reminds_of_itself(run: Run) -> None:
    text = run("timeline", HELD, *AT, "--format", "ics").text
    plain, alarms = without_alarms(text)
    assert len(events(plain)) == 4
    begin, last = "TRIGGER:-P30D", "TRIGGER;RELATED=END:-P30D"
    assert alarms == ["TRIGGER:PT0S", last, begin, last, begin]  # begun in 30 days, and later
    near = run("timeline", HELD, "--on", "2027-03-10", "--format", "ics").text
    assert without_alarms(near)[1] == ["TRIGGER;RELATED=END:-P7D", last]  # both late to begin
    later = run("timeline", HELD, "--on", "2026-12-15", "--format", "ics").text
    uids = [{each["UID"] for each in events(without_alarms(one)[0])} for one in (text, later)]
    assert uids[0] == uids[1]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "svg", "ics"])
def test_the_same_bytes_each_time(form: str, run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, unknown=["2.1"])
    args = ("timeline", path, *AT, "--format", form)
    out = run(*args).out
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "cloudrules", *args]
        again = subprocess.run(command, env=env, capture_output=True, check=False, cwd=ROOT)
        assert again.stdout == out
    file = tmp_path / "answer"
    assert run(*args, "-o", str(file)).out == b""
    assert file.read_bytes() == out
    assert run(*args, "-o", str(file)).code == 2
    assert run(*args, "-o", path, "--force").code == 2
    if form == "json":
        assert json.loads(out)["verdict"] is True
