"""What else would do: all plans that are nearly as good as the best, proved complete."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor

from cloudrules.core import plan
from cloudrules.core.case import Case
from cloudrules.core.plan import PlanAnswer, made, ranked, settled, values
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock, GaveUp, Infeasible, Solver
from cloudrules.core.request import Request


def from_cases(
    cases: list[Case],
    asked: Request,
    percent: Fraction,
    solver: Solver,
    clock: Clock,
    limit: int = 100,
    reasons: int | None = None,
) -> PlanAnswer:
    """The minimum, then every other plan whose first objective is at most `percent` above it.

    Best first. They are minimal: none could do with less and stay so near. `more` where there are
    more than `limit` in all, or where time ran out before it was known.
    """
    answer = replace(plan.from_cases(cases, asked, solver, clock, reasons=reasons), within=percent)
    if answer.status != "optimal":
        return replace(answer, more=answer.more or answer.status == "feasible")
    first, least = answer.bound[0]
    most = floor(least * (100 + percent) / 100)
    if first == "months":
        # With less it may take longer: within reach counts, not whether it could be had at all.
        deadline = most if asked.deadline is None else min(most, asked.deadline)
        asked = replace(asked, deadline=deadline)
    planner = Planner(settled(cases, every=asked.robust)[0], asked, solver, clock)
    best = answer.plans[0]
    plans = [best]
    for outcome in planner.minimal_plans(ranked(asked.minimize)):
        if isinstance(outcome, GaveUp):
            return replace(answer, plans=tuple(plans), more=True)
        if isinstance(outcome, Infeasible):
            break
        if values(planner, (first,), outcome.taken)[0][1] > most:
            break
        if outcome.taken == frozenset(best.acquire):
            continue
        if len(plans) == limit:
            return replace(answer, plans=tuple(plans), more=True)
        plans.append(made(planner, outcome.taken))
    return replace(answer, plans=tuple(plans))
