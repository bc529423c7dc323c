"""What would have to give way for there to be a plan: each mend is proved by a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cloudrules.core import conflict
from cloudrules.core.conflict import Clash
from cloudrules.core.errors import Place
from cloudrules.core.planner import Planner
from cloudrules.core.problem import GaveUp, OutOfTime, Solved
from cloudrules.core.service import KINDS
from cloudrules.core.situation import holding
from cloudrules.core.trial import Part, Together, Trials

MOST = 10  # conflicts and mends listed, unless more are asked for

# From a planner and what it takes: the values of the objectives asked for.
Valued = Callable[[Planner, tuple[str, ...], frozenset[str]], tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class Repair:
    """A minimal mend of the limits, and the least plan under what remains of them.

    `budget` and `deadline` are the least that will do (of the two, the budget first), `budget_by`
    and `deadline_by` how much more than asked; `allow`: kinds to add to `only`; `hold`: evidence
    to be held already; `estimate`: some figure of the plan is one.
    """

    objective: tuple[tuple[str, int], ...]
    acquire: tuple[str, ...]
    drop: tuple[str, ...] = ()
    budget: int | None = None
    deadline: int | None = None
    allow: tuple[str, ...] = ()
    hold: str | None = None
    budget_by: int | None = None
    deadline_by: int | None = None
    estimate: bool = False


@dataclass(frozen=True)
class Blocked:
    """A limit that is not enough to give up: the conflict that remains without it."""

    limit: str
    because: Clash


@dataclass(frozen=True)
class Reasons:
    """Why there is no plan, and what would give one; a flag says that a list may lack some."""

    conflicts: tuple[Clash, ...] = ()
    more: bool = False
    repairs: tuple[Repair, ...] = ()
    more_repairs: bool = False
    blocked: tuple[Blocked, ...] = ()
    more_blocked: bool = False
    if_held: tuple[Repair, ...] = ()
    more_if_held: bool = False


def from_planner(
    planner: Planner, objectives: tuple[str, ...], valued: Valued, most: int
) -> Reasons:
    """For a planner that has found no plan. `objectives`: those asked for, then the ties."""
    trials = Trials(planner)
    repairs, more_repairs = _repairs(trials, objectives, valued, most)
    together = Together(trials, [*trials.limits, *trials.items])
    blocked, more_blocked = _blocked(trials, together)
    conflicts, more = conflict.several(trials, together, most)
    if_held: tuple[Repair, ...] = ()
    more_if_held = False
    if not repairs:
        if_held, more_if_held = _if_held(trials, objectives, valued, most)
    return Reasons(
        conflicts, more, repairs, more_repairs, blocked, more_blocked, if_held, more_if_held
    )


def _repairs(
    trials: Trials, objectives: tuple[str, ...], valued: Valued, most: int
) -> tuple[tuple[Repair, ...], bool]:
    """The minimal sets of limits to give up, smallest first; of an `only`, each kind by itself."""
    limits: list[Part] = []
    for part in trials.limits:
        if part.kind == "only":
            limits += [Part("unlike", kind) for kind in KINDS if kind not in trials.asked.only]
        else:
            limits.append(part)
    together = Together(trials, limits, trials.items)
    out, whole = together.search(0, most)
    found: list[Repair] = []
    for left in conflict.ordered(out):
        try:
            found.append(_repair(trials, together, left, objectives, valued))
        except OutOfTime:
            return tuple(found), True
    return tuple(found), not whole


def _repair(
    trials: Trials,
    together: Together,
    left: int,
    objectives: tuple[str, ...],
    valued: Valued,
) -> Repair:
    parts = [*trials.items, *together.chosen(together.all & ~left)]
    given = together.chosen(left)
    kinds = {part.kind for part in given}
    budget = deadline = None
    if "budget" in kinds:
        taken = _taken(trials, parts, ("cost",))
        budget = dict(valued(trials.planner, ("cost",), taken))["cost"]
    if "deadline" in kinds:
        taken = _taken(trials, parts, ("months", "cost"), budget)
        deadline = trials.planner.months(taken)
    taken = _taken(trials, parts, objectives, budget, deadline)
    return Repair(
        valued(trials.planner, trials.asked.minimize, taken),
        tuple(sorted(taken)),
        tuple(trials.words(part) for part in given if part.kind in ("forbid", "require")),
        budget,
        deadline,
        tuple(part.name for part in given if part.kind == "unlike"),
        budget_by=None if budget is None else budget - (trials.asked.budget or 0),
        deadline_by=None if deadline is None else deadline - (trials.asked.deadline or 0),
        estimate=_estimate(trials.planner, taken),
    )


def _taken(
    trials: Trials,
    parts: list[Part],
    objectives: tuple[str, ...],
    budget: int | None = None,
    deadline: int | None = None,
) -> frozenset[str]:
    outcome = trials.best(parts, objectives, budget, deadline)
    assert isinstance(outcome, Solved)
    return outcome.taken


def _estimate(planner: Planner, taken: frozenset[str]) -> bool:
    return any(planner.choices[name].estimate for name in taken)


def _blocked(trials: Trials, together: Together) -> tuple[tuple[Blocked, ...], bool]:
    """The limits without any one of which there is still no plan, and why."""
    limits = trials.limits
    found: list[Blocked] = []
    try:
        for at, limit in enumerate(limits):
            rest = together.all & ~(1 << at)
            if together.fails(rest):
                known = (bad for bad in together.bad if not bad >> at & 1)
                left = next(known, None) or together.shrunk(rest)
                if left not in together.bad:
                    together.bad.append(left)
                because = conflict.clash(trials, together.chosen(left))
                found.append(Blocked(trials.words(limit), because))
    except OutOfTime:
        return tuple(found), True
    return tuple(found), False


def _if_held(
    trials: Trials, objectives: tuple[str, ...], valued: Valued, most: int
) -> tuple[tuple[Repair, ...], bool]:
    """Evidence that cannot be planned, any one of which would give a plan within all limits.

    The flag: whether more may help. Where none of it is enough by itself, several together may be.
    """
    planner = trials.planner
    names = dict.fromkeys(name for case in planner.cases for name in case.rulebook.evidence)
    asked = [name for name in names if name not in planner.choices and name not in planner.held]
    found: list[Repair] = []
    for name in asked:
        cases = [
            replace(
                case,
                situation=replace(
                    case.situation, held={**case.situation.held, name: holding(name, Place(""))}
                ),
            )
            for case in planner.cases
        ]
        other = Planner(cases, trials.asked, planner.solver, planner.clock)
        outcome = other.best(objectives)
        if isinstance(outcome, GaveUp):
            return tuple(found), True
        if isinstance(outcome, Solved):
            if len(found) == most:
                return tuple(found), True
            objective = valued(other, trials.asked.minimize, outcome.taken)
            guessed = _estimate(other, outcome.taken)
            acquire = tuple(sorted(outcome.taken))
            found.append(Repair(objective, acquire, hold=name, estimate=guessed))
    return tuple(found), not found and bool(asked)
