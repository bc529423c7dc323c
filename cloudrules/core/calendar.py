"""A plan on real days: when each step starts and finishes, what ends meanwhile, the day it is done.

Days are counted from the first: month 3 of a plan is the day three months after its start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cloudrules.core.case import Case
from cloudrules.core.days import added
from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.expression import Name, leaves
from cloudrules.core.plan import Plan
from cloudrules.core.problem import Choice
from cloudrules.core.purpose import Step
from cloudrules.core.renewals import MayLapse, Reliance, Renewal, Term, from_reliance, renewing
from cloudrules.core.request import choices
from cloudrules.core.schedule import finishes


@dataclass(frozen=True)
class ScheduledStep:
    """A step on its days: held from `finish` on, to `until` (None: no end is stated).

    It may be `slack` months late without the plan being late; it is `critical` where that is none.
    `after` are the other steps that it requires; `estimate` says of both days that they are one.
    """

    id: str
    kind: str
    months: int
    start: date
    finish: date
    until: date | None
    slack: int
    critical: bool
    estimate: bool
    after: tuple[str, ...]


@dataclass(frozen=True)
class Schedule:
    """`finish` is the day on which all is acquired; `compliant_on` is that day, if it is enough.

    It is None where the rules in force then leave items `missing`, or `undecided` as facts are
    unknown, where the rulebooks `outdated` are not in force then, or where a renewal due before can
    no longer be done in time. `begun` and `ended` are the
    entries of the rules that come into force, and go out of it, between the date of the answer and
    then. `renewals` are due before the finish, `next_renewals` from then on.
    """

    start: date
    finish: date
    compliant_on: date | None
    estimate: bool
    missing: tuple[str, ...]
    undecided: tuple[str, ...]
    outdated: tuple[str, ...]
    begun: tuple[str, ...]
    ended: tuple[str, ...]
    steps: tuple[ScheduledStep, ...]
    renewals: tuple[Renewal, ...]
    next_renewals: tuple[Renewal, ...]
    may_lapse: tuple[MayLapse, ...]


def from_plan(plan: Plan, cases: list[Case], start: date, *, robust: bool = False) -> Schedule:
    """The plan for these cases, begun on a day. Raises BadInput where the calendar ends before."""
    able = choices(cases, every=robust)
    taken = {step.id: able[step.id] for step in plan.steps}
    held = {name: each for case in cases for name, each in case.situation.held.items()}
    finish = _day(start, plan.months)
    late = slack(taken, frozenset(held))
    steps = tuple(_scheduled(step, plan, cases, start, late[step.id]) for step in plan.steps)
    then, outdated = _on(cases, finish)
    terms = [Term(name, date.min, each.until) for name, each in held.items()]
    terms += [Term(step.id, step.finish, step.until, True, step.estimate) for step in steps]
    starts = {step.id: step.start for step in steps}
    reliance = Reliance(then, terms, taken, starts, robust=robust)
    lacks = reliance.lacking(frozenset(term.id for term in reliance.ending()))
    missing, doubt = (reliance.named(lacks, kind) for kind in ("missing", "doubt"))
    takes = {term.id: renewing(term.id, cases) for term in reliance.ending()}
    renewals, lapses = from_reliance(reliance, takes, cases[0].situation.on)
    late_renewals = any(each.late and each.until < finish for each in renewals)
    return Schedule(
        start,
        finish,
        None if missing or doubt or outdated or late_renewals else finish,
        plan.months > 0 and any(step.estimate for step in plan.steps),
        missing,
        doubt,
        outdated,
        _entries(then, cases),
        _entries(cases, then),
        steps,
        tuple(each for each in renewals if each.until < finish),
        tuple(each for each in renewals if each.until >= finish),
        tuple(lapses),
    )


def slack(taken: Mapping[str, Choice], held: frozenset[str]) -> dict[str, int]:
    """The months that each may be late, all others in time, without the last finish being late."""
    names = frozenset(taken)
    ends = finishes(names, taken, held)
    last = max(ends.values(), default=0)
    required = {
        leaf.name
        for choice in taken.values()
        for leaf in leaves(choice.requires)
        if isinstance(leaf, Name)
    }

    def in_time(name: str, late: int) -> bool:
        delayed = replace(taken[name], months=taken[name].months + late)
        return max(finishes(names, {**taken, name: delayed}, held).values()) <= last

    found: dict[str, int] = {}
    for name, end in ends.items():
        most = last - end
        fits = 0 if name in required else most
        if fits < most and not in_time(name, 1):
            most = 0
        while fits < most:  # later by more never ends sooner: so halve
            middle = (fits + most + 1) // 2
            fits, most = (middle, most) if in_time(name, middle) else (fits, middle - 1)
        found[name] = fits
    return found


def _scheduled(step: Step, plan: Plan, cases: list[Case], start: date, late: int) -> ScheduledStep:
    finish = _day(start, step.finish)
    rough = any(each.estimate for each in plan.steps if 0 < each.finish <= step.start)
    return ScheduledStep(
        step.id,
        step.kind,
        step.months,
        _day(start, step.start),
        finish,
        valid_until(step.id, finish, cases),
        late,
        late == 0,
        rough or (step.estimate and step.months > 0),
        tuple(other.id for other in plan.steps if step.id in other.required_by),
    )


def _day(start: date, months: int) -> date:
    found = added(start, months)
    if found is None:
        raise BadInput([fault("schedule-far", Place("--schedule"), months=months, start=start)])
    return found


def valid_until(name: str, since: date, cases: list[Case]) -> date | None:
    """The last valid day of what is acquired on a day."""
    found = (case.rulebook.evidence.get(name) for case in cases)
    months = next((each.valid_months for each in found if each), None)
    end = None if months is None else added(since, months)
    return max(end, date.min + timedelta(days=1)) - timedelta(days=1) if end else None


def _on(cases: list[Case], day: date) -> tuple[list[Case], tuple[str, ...]]:
    """The cases as a plan takes them, under the rules of a day, and the rulebooks then outdated."""
    found: list[Case] = []
    outdated: list[str] = []
    for case in cases:
        situation, _ = case.situation.assumed(case.rulebook)
        settled = replace(case, situation=situation)
        try:
            found.append(settled.on(day))
        except BadInput:
            found.append(settled)
            outdated.append(case.rulebook.id)
    return found, tuple(dict.fromkeys(outdated))


def _entries(here: list[Case], there: list[Case]) -> tuple[str, ...]:
    """The items and waivers that there are here but not there."""
    found: dict[str, None] = {}
    for one, two in zip(here, there, strict=True):
        before, after = (each.rulebook.under(each.situation.readings) for each in (one, two))
        names = [entry.id for entry in before.entries() if entry.id not in before.absent]
        found.update(dict.fromkeys(name for name in names if name in after.absent))
    return tuple(found)
