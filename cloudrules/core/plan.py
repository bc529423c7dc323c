"""The least that makes a service compliant, proved: one plan, all of them, the K best, or why none.

A plan is a set of evidence and attestations to add such that every world asked for is compliant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from cloudrules.core import conflict, needs, repair
from cloudrules.core.assessment import Space
from cloudrules.core.case import Case
from cloudrules.core.conflict import Conflict
from cloudrules.core.errors import TooLarge
from cloudrules.core.needs import Needs
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock, GaveUp, Infeasible, Limit, Solver
from cloudrules.core.purpose import Step, steps, together, waived
from cloudrules.core.repair import Reasons
from cloudrules.core.request import Request, differing, weight_of
from cloudrules.core.schedule import finishes
from cloudrules.core.situation import DIFFERING

Values: TypeAlias = tuple[tuple[str, int], ...]  # (objective, value), most important first
_TIES = ("cost", "actions")  # settle what the asked objectives leave open: nothing useless is taken


@dataclass(frozen=True)
class HoldsIn:
    """In how many readings a plan holds, and the readings on which that depends."""

    worlds: int
    of: int
    depends_on: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """`cost` in the catalogue's currency; `months` until the last is finished.

    `worlds` says of each of several rulebooks what it needs of the plan.
    """

    acquire: tuple[str, ...]
    cost: int
    certifications: int
    actions: int
    months: int
    steps: tuple[Step, ...]
    waived: dict[str, tuple[str, ...]]
    holds_in: HoldsIn | None  # None: more readings than can be counted
    worlds: tuple[Needs, ...] = ()

    def value(self, objective: str) -> int:
        return int(getattr(self, objective))


@dataclass(frozen=True)
class PlanAnswer:
    """`status` is optimal only where proved; `bound` is what is proved of the objectives."""

    status: str  # optimal | feasible | infeasible | unknown
    objective: Values = ()
    plans: tuple[Plan, ...] = ()
    bound: Values = ()
    conflict: Conflict | None = None
    assumed: tuple[str, ...] = ()
    more: bool = False
    within: Fraction | None = None  # percent: the plans are all those no further from the best
    reasons: Reasons | None = None

    @property
    def gap(self) -> float | None:
        """Of a plan that is not proved: how far below it another may be, as a part of its value.

        Of the first objective, to four places, never rounded down.
        """
        if self.status != "feasible" or not self.objective or not self.bound:
            return None
        (_, value), (_, least) = self.objective[0], self.bound[0]
        return -(10_000 * (least - value) // value) / 10_000 if value else 0.0


def from_cases(
    cases: list[Case],
    asked: Request,
    solver: Solver,
    clock: Clock,
    *,
    every: bool = False,
    top: int | None = None,
    limit: int = 100,
    reasons: int | None = None,
) -> PlanAnswer:
    """The minimum; with `every`, all plans that reach it; with `top`, the K best minimal ones.

    With `reasons`, where there is none, so many conflicts and mends at most.
    """
    settled_cases, assumed = settled(cases, every=asked.robust)
    planner = Planner(settled_cases, asked, solver, clock)
    objectives = ranked(asked.minimize)
    outcome = planner.best(objectives)
    if isinstance(outcome, Infeasible):
        return replace(_none(planner, objectives, reasons), assumed=assumed)
    if isinstance(outcome, GaveUp) and outcome.best is None:
        return PlanAnswer("unknown", bound=bound_of(planner, asked, outcome.bound), assumed=assumed)
    found = outcome.best if isinstance(outcome, GaveUp) else outcome
    assert found is not None
    objective = values(planner, asked.minimize, found.taken)
    if isinstance(outcome, GaveUp):
        bound = bound_of(planner, asked, outcome.bound)
        plan = made(planner, found.taken)
        return PlanAnswer("feasible", objective, (plan,), bound, assumed=assumed)
    taken, more = [found.taken], False
    if every or top:
        most = limit if every else int(top or 0)
        taken, more = _several(planner, objectives, objective, every, most)
    # Where time ran out before the second, the first is proved all the same.
    taken = taken or [found.taken]
    plans = tuple(made(planner, each) for each in taken)
    # The best minimal plan may finish later than one that holds more than it needs.
    listed = values(planner, asked.minimize, taken[0])
    return PlanAnswer("optimal", listed, plans, objective, assumed=assumed, more=more)


def _none(planner: Planner, objectives: tuple[str, ...], most: int | None) -> PlanAnswer:
    """That there is no plan, and why."""
    why = conflict.from_planner(planner)
    told = None if most is None else repair.from_planner(planner, objectives, values, most)
    return PlanAnswer("infeasible", conflict=why, reasons=told, more=bool(told and told.more))


def pareto(
    cases: list[Case],
    asked: Request,
    pair: tuple[str, str],
    solver: Solver,
    clock: Clock,
    *,
    reasons: int | None = None,
) -> PlanAnswer:
    """The whole front of two objectives: one plan for each pair of values that none beats."""
    settled_cases, assumed = settled(cases, every=asked.robust)
    planner = Planner(settled_cases, asked, solver, clock)
    two = pair[1]
    objectives = ranked(pair)
    found: list[frozenset[str]] = []
    limits: tuple[Limit, ...] = ()
    deadline: int | None = None
    while True:
        outcome = planner.best(objectives, limits, deadline)
        if isinstance(outcome, GaveUp):
            if outcome.best is not None and not found:
                found.append(outcome.best.taken)  # a plan, if not one of the front
            status = "feasible" if found else "unknown"
            break
        if isinstance(outcome, Infeasible):
            status = "optimal" if found else "infeasible"
            break
        found.append(outcome.taken)
        value = dict(values(planner, (two,), outcome.taken))[two]
        if value == 0:
            status = "optimal"
            break
        if two == "months":
            deadline = value - 1
        else:
            limits = (Limit(planner.weights((two,))[0], value - 1),)
    if status == "infeasible":
        return replace(_none(planner, objectives, reasons), assumed=assumed)
    plans = tuple(made(planner, taken) for taken in found)
    objective = values(planner, pair, found[0]) if found else ()
    return PlanAnswer(status, objective, plans, objective, assumed=assumed)


def ranked(minimize: tuple[str, ...]) -> tuple[str, ...]:
    """The objectives of a search: those asked for, then what settles ties between plans."""
    return (*minimize, *(each for each in _TIES if each not in minimize))


def settled(cases: list[Case], *, every: bool) -> tuple[list[Case], tuple[str, ...]]:
    """The cases with every unknown settled as a plan takes it, and what that assumes."""
    found: list[Case] = []
    assumed: dict[str, None] = {}
    for case in cases:
        situation, said = case.situation.assumed(case.rulebook)
        found.append(replace(case, situation=situation))
        assumed.update(dict.fromkeys(said))
    if len(cases) > 1:
        assumed.update((DIFFERING + name, None) for name in differing(cases, every=every))
    return found, tuple(assumed)


def _several(
    planner: Planner,
    objectives: tuple[str, ...],
    best: Values,
    every: bool,
    most: int,
) -> tuple[list[frozenset[str]], bool]:
    """The plans to list, each proved to have its place, and whether the list was cut."""
    asked = planner.request
    if every and "months" in asked.minimize:
        # Minimal among the optimal: a smaller plan that takes longer does not count.
        planner.request = replace(asked, deadline=dict(best)["months"])
    found: list[frozenset[str]] = []
    for outcome in planner.minimal_plans(objectives):
        if isinstance(outcome, GaveUp):
            return found, True
        if isinstance(outcome, Infeasible):
            break
        if every and values(planner, asked.minimize, outcome.taken) != best:
            break
        if len(found) == most:
            return found, every
        found.append(outcome.taken)
    return found, False


def values(planner: Planner, objectives: tuple[str, ...], taken: frozenset[str]) -> Values:
    return tuple(
        (
            objective,
            planner.months(taken)
            if objective == "months"
            else sum(weight_of(planner.choices[name], objective) for name in taken),
        )
        for objective in objectives
    )


def bound_of(planner: Planner, asked: Request, bound: int) -> Values:
    """What a bound on the joint weight says of the first objective; nothing of the later ones."""
    objectives = ranked(asked.minimize)
    if "months" in objectives:
        # The search gave up, or was done, with those that are more important.
        objectives = objectives[: objectives.index("months")]
    scale = 1
    for objective in objectives[1:]:
        scale *= 1 + sum(weight_of(each, objective) for each in planner.choices.values())
    first = asked.minimize[0]
    known = bound // scale if objectives else 0
    return tuple((objective, known if objective == first else 0) for objective in asked.minimize)


def made(planner: Planner, taken: frozenset[str]) -> Plan:
    """A plan with its figures and what each thing in it is for."""
    figures = dict(values(planner, ("cost", "certifications", "actions", "months"), taken))
    afters = planner.afters(taken)
    ends = finishes(taken, planner.choices, planner.held)
    each = [waived(after) for after in afters]
    return Plan(
        tuple(sorted(taken)),
        **figures,
        steps=steps(afters, taken, planner.choices, ends),
        waived=together(each),
        holds_in=_holds_in(afters),
        worlds=_worlds(planner, taken, each) if len(afters) > 1 else (),
    )


def _worlds(
    planner: Planner, taken: frozenset[str], each: list[dict[str, tuple[str, ...]]]
) -> tuple[Needs, ...]:
    found = needs.from_planner(planner, taken)
    return tuple(
        Needs(case.rulebook.id, needed, released)
        for case, needed, released in zip(planner.cases, found, each, strict=True)
    )


def _holds_in(afters: list[Case]) -> HoldsIn | None:
    holding = total = 0
    depends: dict[str, None] = {}
    for case in afters:
        try:
            space = Space(case.rulebook, case.circuit)
        except TooLarge:
            return None
        rails = space.rails(case.situation)
        compliant = rails[case.circuit.named["compliant",]]
        holding += (space.valid & ~compliant[1]).bit_count()
        total += space.valid.bit_count()
        depends.update(dict.fromkeys(space.depends_on(compliant)))
    return HoldsIn(holding, total, tuple(depends))
