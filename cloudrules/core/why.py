"""Why this plan: the price of doing without each thing in it, and what every plan needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cloudrules.core import cores
from cloudrules.core.case import Case
from cloudrules.core.cores import Core
from cloudrules.core.plan import PlanAnswer, Values, bound_of, ranked, settled, values
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock, GaveUp, Infeasible, OutOfTime, Solver
from cloudrules.core.request import Request


@dataclass(frozen=True)
class Without:
    """The minimum where one thing is forbidden besides; `status` and `bound` as of a plan.

    `more` is what the first objective then comes to above the plan's; None where there is no plan,
    or none was found.
    """

    id: str
    status: str  # optimal | feasible | infeasible | unknown
    objective: Values = ()
    more: int | None = None
    acquire: tuple[str, ...] = ()
    bound: Values = ()


@dataclass(frozen=True)
class Why:
    """`proved` is what the sets of `must_have` alone prove of the first objective, of `of`.

    `of` is the optimum, or what the best plan found comes to. Not `complete`: time ran out before
    every set was found. `estimates`: those of the things named whose figures are estimates.
    """

    objective: str
    without: tuple[Without, ...]
    must_have: tuple[Core, ...]
    proved: int
    of: int
    complete: bool
    estimates: frozenset[str]


def from_answer(
    answer: PlanAnswer, cases: list[Case], asked: Request, solver: Solver, clock: Clock
) -> Why | None:
    """Of the first plan of an answer to what was asked; None where it has none.

    The time that is left is shared among the things in the plan and the search for the sets.
    """
    if not answer.plans:
        return None
    planner = Planner(settled(cases, every=asked.robust)[0], asked, solver, clock)
    name, of = (answer.bound if answer.status == "optimal" else answer.objective)[0]
    things = answer.plans[0].acquire
    without: list[Without] = []
    for at, thing in enumerate(things):
        if clock.left == 0:
            without.append(Without(thing, "unknown"))
            continue
        trial = planner.trial([thing])
        trial.clock = _share(clock, len(things) - at + 1)
        without.append(_without(trial, thing, of))
    found: list[Core] = []
    complete = True
    try:
        found.extend(cores.each(planner, name))
    except OutOfTime:
        complete = False
    prices = [core.price for core in found]
    proved = max(prices, default=0) if name == "months" else sum(prices)
    named = {*things, *(each for core in found for each in core.any_of)}
    named.update(each for one in without for each in one.acquire)
    estimates = frozenset(each for each in named if planner.choices[each].estimate)
    return Why(name, tuple(without), tuple(found), proved, of, complete, estimates)


def _share(clock: Clock, parts: int) -> Clock:
    return clock if clock.left is None else clock.part(clock.left / parts)


def _without(trial: Planner, thing: str, of: int) -> Without:
    asked = trial.request
    outcome = trial.best(ranked(asked.minimize))
    if isinstance(outcome, Infeasible):
        return Without(thing, "infeasible")
    best = outcome.best if isinstance(outcome, GaveUp) else outcome
    known: dict[str, Any] = {}
    if best is not None:
        known["objective"] = values(trial, asked.minimize, best.taken)
        known["more"] = known["objective"][0][1] - of
        known["acquire"] = tuple(sorted(best.taken))
    if isinstance(outcome, GaveUp):
        bound = bound_of(trial, asked, outcome.bound)
        return Without(thing, "unknown" if best is None else "feasible", bound=bound, **known)
    return Without(thing, "optimal", bound=known["objective"], **known)
