"""Plans on real days: against brute force, and services whose certificates come to an end."""

from __future__ import annotations

import calendar as months_of
import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import generator
import pytest
import yaml
from engine import engine
from hypothesis import given
from hypothesis import strategies as st
from test_schedule import CHOICES, HELD, SUBSETS, choices, month_by_month

from cloudrules.core import calendar, plan
from cloudrules.core.assessment import Assessment
from cloudrules.core.calendar import Schedule
from cloudrules.core.case import Case
from cloudrules.core.days import added
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.problem import Choice, Clock
from cloudrules.core.renewals import Renewal
from cloudrules.core.request import Request
from cloudrules.core.situation import holding
from cloudrules.solvers import named

ON = date(2026, 12, 1)
START = date(2027, 1, 31)


# Days


def test_adding_months_keeps_the_day_or_takes_the_last() -> None:
    assert added(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert added(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert added(date(2027, 1, 31), 2) == date(2027, 3, 31)
    assert added(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert added(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert added(date(2027, 1, 15), -1) == date(2026, 12, 15)
    assert added(date(2027, 5, 5), 0) == date(2027, 5, 5)
    assert added(date(9999, 12, 1), 1) is None
    assert added(date(1, 1, 1), -1) is None


@given(st.dates(), st.integers(-30_000, 30_000))
def test_adding_months_one_by_one(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = year + (1 if month else -1), 1 if month else 12
    found = added(day, months)
    if not 1 <= year <= 9999:
        assert found is None
        return
    assert found == date(year, month, min(day.day, months_of.monthrange(year, month)[1]))


# Slack


def last(taken: dict[str, Choice]) -> int | None:
    ends = month_by_month(frozenset(taken), taken)
    return max(ends.values(), default=0) if len(ends) == len(taken) else None


@given(choices())
def test_slack_is_how_late_a_step_may_be_and_no_more(drawn: dict[str, Choice]) -> None:
    for subset in SUBSETS:
        taken = {name: drawn[name] for name in CHOICES if name in subset}
        end = last(taken)
        if end is None:
            continue
        for name, late in calendar.slack(taken, HELD).items():

            def delayed(by: int, name: str = name, taken: Any = taken) -> int | None:
                slow = replace(taken[name], months=taken[name].months + by)
                return last({**taken, name: slow})

            assert late >= 0
            assert delayed(late) == end
            assert delayed(late + 1) != end


# Whole schedules of random services


def planned(case: Case, **asked: Any) -> Any:
    found = plan.from_cases([case], Request(("cost",), **asked), named("auto"), Clock(None))
    return found.plans[0] if found.plans else None


Lacking = tuple[set[str], set[str]]


def doubtful(found: Assessment) -> set[str]:
    """The items of which it is not known whether they are missing."""
    return {
        item.id
        for item in found.items
        if item.status == "unknown"
        and item.need == "mandatory"
        and item.obligation in ("mandatory", "unknown")
        and not item.waived_by
    }


def lacking(case: Case, held: Iterable[str], day: date) -> Lacking | None:
    """The items missing on a day with these things held, assessed, and those that may be missing.

    None: no rules are in force.
    """
    situation, _ = case.situation.assumed(case.rulebook)
    things = {name: holding(name, Place("")) for name in held}
    here = replace(case, situation=replace(situation, held=things))
    try:
        found = here.on(day).assessed()
    except BadInput:
        return None
    return set(found.missing), {*found.missing, *doubtful(found)}


def at_most(one: Lacking | None, two: Lacking | None) -> bool:
    assert one is not None
    assert two is not None
    return one[0] <= two[0] and one[1] <= two[1]


def with_ends(case: Case, seed: int) -> Case:
    """The same service with a last day for most of what it holds."""
    held = {
        name: replace(each, until=ON + timedelta(days=(seed * 7 + at * 53) % 400))
        if (seed + at) % 4
        else replace(each, until=None)
        for at, (name, each) in enumerate(sorted(case.situation.held.items()))
    }
    return replace(case, situation=replace(case.situation, held=held))


def assert_schedule(case: Case, found: plan.Plan, schedule: Schedule) -> None:
    """What a schedule says, held against the assessment on its days."""
    assert schedule.finish == added(schedule.start, found.months)
    finish = {step.id: step.finish for step in schedule.steps}
    for step in schedule.steps:
        assert schedule.start <= step.start <= step.finish <= schedule.finish
        assert step.finish >= (added(step.start, step.months) or date.max)
        assert step.critical == (step.slack == 0)
    ends = {name: each.until for name, each in case.situation.held.items()}
    ends |= {step.id: step.until for step in schedule.steps}
    due = [each.id for each in (*schedule.renewals, *schedule.next_renewals)]
    lapsing = {each.id: each.until for each in schedule.may_lapse}
    assert sorted([*due, *lapsing]) == sorted(name for name, end in ends.items() if end)
    assert all(each.until < schedule.finish for each in schedule.renewals)
    assert all(each.until >= schedule.finish for each in schedule.next_renewals)
    # On completion, with what is to be renewed renewed and the rest let go, it is as it is said.
    gone = {name for name, end in lapsing.items() if end < schedule.finish}
    base = lacking(case, ends, schedule.finish)
    if base is None:
        assert schedule.outdated
        return
    assert at_most(lacking(case, {*ends} - gone, schedule.finish), base)
    assert base[0] == set(schedule.missing)
    assert base[1] - base[0] == set(schedule.undecided)
    late = any(each.late for each in schedule.renewals)
    assert schedule.compliant_on == (None if base[1] or late else schedule.finish)
    # Each renewal matters: without it, all others being made, what is named is missing.
    kept = {*ends} - {*lapsing}
    before = lacking(case, kept, schedule.finish)
    for each in (*schedule.renewals, *schedule.next_renewals):
        without = lacking(case, kept - {each.id}, schedule.finish)
        assert before is not None
        assert without is not None
        assert without[0] - before[0] == set(each.items)
        assert without[1] - before[1] == {*each.undecided, *each.items} - before[1]
        assert each.items or each.undecided or each.steps
        for others in each.instead:
            remaining = lacking(case, kept - {each.id} | {*others}, schedule.finish)
            assert at_most(remaining, before)
    assert finish.keys() <= ends.keys()


@pytest.mark.parametrize("seed", range(60))
def test_random_schedules(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed), tmp_path)
    case = with_ends(engine(tmp_path, generator.ON), seed)
    found = planned(case)
    if found:
        start = generator.ON + timedelta(days=seed)
        assert_schedule(case, found, calendar.from_plan(found, [case], start))


@pytest.mark.parametrize("seed", range(100, 140))
def test_robust_schedules(seed: int, tmp_path: Path) -> None:
    """What is missing in any reading is missing."""
    generator.write(generator.case(seed), tmp_path)
    case = with_ends(engine(tmp_path, generator.ON), seed)
    found = planned(case, robust=True)
    if found:
        assert_robust(case, calendar.from_plan(found, [case], generator.ON, robust=True))


def assert_robust(case: Case, schedule: Schedule) -> None:
    situation, _ = case.situation.assumed(case.rulebook)

    def lost(held: set[str]) -> set[str]:
        things = {name: holding(name, Place("")) for name in held}
        here = replace(case, situation=replace(situation, held=things)).on(schedule.finish)
        return {item for world in here.in_all_readings().worlds for item in world.missing}

    if schedule.outdated:
        return
    all_held = {*case.situation.held, *(step.id for step in schedule.steps)}
    assert lost(all_held) == set(schedule.missing)
    lapsing = {each.id: each.until for each in schedule.may_lapse}
    assert lost(all_held - {*lapsing}) <= set(schedule.missing)
    for each in (*schedule.renewals, *schedule.next_renewals):
        held = all_held - {*lapsing}
        assert lost(held - {each.id}) - lost(held) == set(each.items)


# Constructed services


EVIDENCE = """
- {id: long, kind: control, effort: {cost: 1, months: 6}, requires: base}
- {id: short, kind: control, effort: {cost: 1, months: 1}, valid_months: 4}
- {id: base, kind: certification, effort: {cost: 9, months: 2}, basis: {kind: published}}
- {id: own, kind: certification, effort: {cost: 9}}
- {id: other, kind: certification}
"""


def constructed(
    folder: Path,
    items: str,
    holds: str = "[]",
    evidence: str = EVIDENCE,
    on: date = ON,
    **service: Any,
) -> Case:
    (folder / "cat.yaml").write_text(f"catalogue: cat\nevidence:{evidence}", encoding="utf-8")
    (folder / "book.yaml").write_text(
        f"rulebook: book\ncatalogues: [cat.yaml]\n{items}", encoding="utf-8"
    )
    told = yaml.safe_dump({"service": "s", "rulebook": "book.yaml", **service})
    (folder / "service.yaml").write_text(f"{told}holds: {holds}\n", encoding="utf-8")
    return engine(folder, on)


def scheduled(case: Case, start: date = START, **asked: Any) -> Schedule:
    found = planned(case, **asked)
    schedule = calendar.from_plan(found, [case], start, robust=asked.get("robust", False))
    assert_schedule(case, found, schedule)
    return schedule


ITEMS = """items:
- {id: 1.1, need: mandatory, met_by: long}
- {id: 1.2, need: mandatory, met_by: %s}
"""


def by_id(renewals: Iterable[Renewal]) -> dict[str, Renewal]:
    return {each.id: each for each in renewals}


def test_steps_stand_on_their_days(tmp_path: Path) -> None:
    found = scheduled(constructed(tmp_path, ITEMS % "short"))
    days = {step.id: (str(step.start), str(step.finish), step.slack) for step in found.steps}
    assert days == {
        "base": ("2027-01-31", "2027-03-31", 0),
        "long": ("2027-03-31", "2027-09-30", 0),
        "short": ("2027-01-31", "2027-02-28", 7),
    }
    assert {step.id: step.after for step in found.steps}["long"] == ("base",)
    assert found.compliant_on == found.finish == date(2027, 9, 30)


def test_what_is_acquired_early_may_end_before_the_last_is_finished(tmp_path: Path) -> None:
    found = scheduled(constructed(tmp_path, ITEMS % "short"))
    (renewal,) = found.renewals
    assert renewal.id == "short"
    assert renewal.acquired
    assert renewal.until == date(2027, 6, 27)
    assert renewal.items == ("1.2",)


def test_a_certificate_that_ends_before_completion_has_to_be_renewed(tmp_path: Path) -> None:
    holds = "[{evidence: base, until: 2027-05-31}, {evidence: own, until: 2027-06-30}]"
    found = scheduled(constructed(tmp_path, ITEMS % "own", holds))
    assert found.finish == date(2027, 7, 31)
    renewals = by_id(found.renewals)
    # `long` requires it; it is published that it takes two months.
    assert renewals["base"].start == date(2027, 3, 31)
    assert not renewals["base"].estimate
    assert (renewals["base"].items, renewals["base"].steps) == ((), ("long",))
    # It meets 1.2; nothing says how long it takes.
    assert renewals["own"].start is None
    assert renewals["own"].months is None
    assert (renewals["own"].items, renewals["own"].steps) == (("1.2",), ())


def test_a_certificate_that_ends_on_the_day_of_completion_is_next(tmp_path: Path) -> None:
    holds = "[base, {evidence: own, until: 2027-07-31}]"
    found = scheduled(constructed(tmp_path, ITEMS % "own", holds))
    assert (found.renewals, [each.id for each in found.next_renewals]) == ((), ["own"])


def test_a_renewal_that_should_have_begun_is_late(tmp_path: Path) -> None:
    holds = "[{evidence: base, until: 2027-01-15}]"
    (found,) = scheduled(constructed(tmp_path, ITEMS % "true", holds)).renewals
    assert found.start == date(2026, 11, 15)
    assert found.late


def test_a_quote_of_ones_own_says_how_long_a_renewal_takes(tmp_path: Path) -> None:
    holds = "[base, {evidence: own, until: 2027-06-30}]"
    case = constructed(tmp_path, ITEMS % "own", holds, efforts={"own": {"months": 3}})
    (found,) = scheduled(case).renewals
    assert found.start == date(2027, 3, 30)
    assert not found.estimate


def test_of_several_that_do_the_same_the_last_has_to_be_renewed(tmp_path: Path) -> None:
    holds = "[base, {evidence: own, until: 2027-06-30}, {evidence: other, until: 2027-03-31}]"
    found = scheduled(constructed(tmp_path, ITEMS % "own or other", holds))
    assert [each.id for each in found.renewals] == ["own"]
    assert found.renewals[0].instead == (("other",),)
    (lapse,) = found.may_lapse
    assert (lapse.id, lapse.covered_by, lapse.last) == ("other", ("own",), date(2027, 6, 30))


def test_what_something_without_an_end_does_as_well_may_lapse(tmp_path: Path) -> None:
    holds = "[base, other, {evidence: own, until: 2027-06-30}]"
    found = scheduled(constructed(tmp_path, ITEMS % "own or other", holds))
    assert found.renewals == found.next_renewals == ()
    assert [(each.id, each.covered_by) for each in found.may_lapse] == [("own", ())]


def test_what_ends_before_a_step_that_requires_it_starts(tmp_path: Path) -> None:
    evidence = """
- {id: first, kind: control, effort: {cost: 1, months: 5}}
- {id: second, kind: control, effort: {cost: 1, months: 1}, requires: first and (held or late)}
- {id: late, kind: control, effort: {cost: 1, months: 9}}
- {id: held, kind: control}
"""
    items = "items: [{id: 1, need: mandatory, met_by: second and late}]"
    for until, due in (("2027-05-31", ["held"]), ("2027-07-31", [])):
        holds = f"[{{evidence: held, until: {until}}}]"
        found = scheduled(constructed(tmp_path, items, holds, evidence))
        assert [each.id for each in found.renewals] == due, until
        assert all(each.steps == ("second",) for each in found.renewals)


def test_holding_less_may_be_what_keeps_it_compliant(tmp_path: Path) -> None:
    """Evidence that switches a duty on is not renewed for the sake of it."""
    items = """items:
- {id: 1.1, need: mandatory, met_by: long}
- {id: 1.2, need: mandatory, met_by: short, applies_when: own}
"""
    holds = "[base, {evidence: own, until: 2027-03-31}]"
    found = scheduled(constructed(tmp_path, items, holds))
    assert [each.id for each in found.may_lapse] == ["own", "short"]
    # The plan is for the service as it is today: `short` is in it, and nothing needs it later.
    assert "short" in {step.id for step in found.steps}


def test_rules_that_come_into_force_before_completion(tmp_path: Path) -> None:
    items = ITEMS % "own" + "- {id: 1.3, need: mandatory, met_by: other, in_force: {from: %s}}\n"
    for day, missing in (("2027-07-31", ("1.3",)), ("2027-08-01", ())):
        found = scheduled(constructed(tmp_path, items % day, "[base, own]"))
        assert found.missing == missing
        assert found.begun == missing
        assert found.compliant_on == (None if missing else date(2027, 7, 31))


def test_rules_that_rest_on_an_unknown_fact_leave_it_undecided(tmp_path: Path) -> None:
    items = (
        """context:
  signed: {type: date}
"""
        + ITEMS % "own"
        + """- id: 1.3
  need: mandatory
  met_by: other
  applies_when: signed > 2027-01-01
  in_force: {from: 2027-07-01}
"""
    )
    found = scheduled(constructed(tmp_path, items, "[base, own]"))
    assert (found.missing, found.undecided, found.compliant_on) == ((), ("1.3",), None)


def test_rules_that_end_before_completion(tmp_path: Path) -> None:
    items = (
        ITEMS % "own"
        + """- {id: 1.3, need: mandatory, met_by: other}
waivers:
- {id: w, when: own, waives: [1.3], in_force: {until: 2027-07-30}}
"""
    )
    found = scheduled(constructed(tmp_path, items, "[base, own]"))
    assert (found.ended, found.missing, found.compliant_on) == (("w",), ("1.3",), None)


def test_a_rulebook_that_is_no_longer_in_force(tmp_path: Path) -> None:
    items = "in_force: {until: 2027-06-30}\n" + ITEMS % "own"
    found = scheduled(constructed(tmp_path, items, "[base, own]"))
    assert (found.outdated, found.compliant_on, found.missing) == (("book",), None, ())


def test_a_robust_plan_renews_what_any_reading_rests_on(tmp_path: Path) -> None:
    items = (
        ITEMS % "own"
        + """readings:
- id: r
  options: [{id: one}, {id: two, change: {1.2: {met_by: own and other}}}]
"""
    )
    holds = "[base, {evidence: own, until: 2028-06-30}, {evidence: other, until: 2027-06-30}]"
    case = constructed(tmp_path, items, holds)
    assert scheduled(case).renewals == ()
    found = planned(case, robust=True)
    robust = calendar.from_plan(found, [case], START, robust=True)
    assert [(each.id, each.items) for each in robust.renewals] == [("other", ("1.2",))]


def test_nothing_to_acquire(tmp_path: Path) -> None:
    holds = "[long, {evidence: own, until: 2027-01-30}]"
    found = scheduled(constructed(tmp_path, ITEMS % "own", holds))
    assert found.steps == ()
    assert found.start == found.finish == found.compliant_on
    assert [each.id for each in found.renewals] == ["own"]
    assert not found.estimate


def test_what_is_estimated_stays_an_estimate(tmp_path: Path) -> None:
    found = scheduled(constructed(tmp_path, ITEMS % "short"))
    rough = {step.id: step.estimate for step in found.steps}
    assert rough == {"base": False, "long": True, "short": True}
    assert found.estimate


def test_the_calendar_has_an_end(tmp_path: Path) -> None:
    evidence = "\n- {id: slow, kind: control, effort: {cost: 1, months: 900000}}\n"
    case = constructed(
        tmp_path, "items: [{id: 1, need: mandatory, met_by: slow}]", evidence=evidence
    )
    with pytest.raises(BadInput) as raised:
        scheduled(case)
    assert [each.code for each in raised.value.faults] == ["schedule-far"]


def test_of_three_of_which_two_are_needed_the_first_may_lapse(tmp_path: Path) -> None:
    evidence = "".join(f"\n- {{id: {name}, kind: control}}" for name in "abc") + "\n"
    items = "items: [{id: 1, need: mandatory, met_by: 'at_least(2, a, b, c)'}]"
    for ends in itertools.permutations(("2027-02-01", "2027-03-01", "2027-04-01")):
        each = dict(zip("abc", ends, strict=True))
        holds = [{"evidence": name, "until": end} for name, end in each.items()]
        found = scheduled(
            constructed(
                tmp_path, items, yaml.safe_dump(holds, default_flow_style=True).strip(), evidence
            )
        )
        first = min(each, key=each.__getitem__)
        assert [lapse.id for lapse in found.may_lapse] == [first]
        assert all(renewal.instead == ((first,),) for renewal in found.next_renewals)
