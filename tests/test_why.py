"""Why a plan, and what else would do: against the oracle, on random small rulebooks."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from engine import engine

from cloudrules.core import plan, why, within
from cloudrules.core.case import Case
from cloudrules.core.errors import Place
from cloudrules.core.plan import PlanAnswer
from cloudrules.core.problem import Clock
from cloudrules.core.request import Request, checked
from cloudrules.core.schema import Ref
from cloudrules.core.service import PlanRequest
from cloudrules.core.why import Why
from cloudrules.solvers import SOLVERS, named

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:250").split(":"))
SEEDS = range(first, last)
ON = generator.ON


class Question:
    """What is asked of a random rulebook, of the engine and of the oracle."""

    def __init__(self, seed: int, folder: Path) -> None:
        made = generator.case(seed)
        generator.write(made, folder)
        rng = random.Random(f"why {seed}")
        self.case = engine(folder, ON)
        self.asked = made.rulebook, [made.catalogue], made.service, ON
        self.options = generator.plan_options(seed)
        self.limits = {key: value for key, value in self.options.items() if key != "minimize"}
        self.limits["robust"] = rng.random() < 0.4
        self.minimize = self.options.get("minimize", ("cost", "actions"))
        self.request = request_of(self.case, self.options, self.limits["robust"])
        self.percent = rng.choice((Fraction(0), Fraction(5, 2), Fraction(20), Fraction(150)))


def request_of(case: Case, options: dict[str, Any], robust: bool = False) -> Request:
    given = dict(options)
    for key in ("forbid", "require"):
        given[key] = tuple(Ref(name, Place("test")) for name in given.get(key, ()))
    return checked(PlanRequest(**given, robust=robust), [case])


def explained(cases: list[Case], request: Request, solver: str) -> tuple[PlanAnswer, Why | None]:
    answer = plan.from_cases(cases, request, named(solver), Clock(None))
    return answer, why.from_answer(answer, cases, request, named(solver), Clock(None))


def assert_needed(sets: Sequence[oracle.Outcome], found: Why, optimum: int) -> None:
    """Each set is one of which every plan takes something, and none can be smaller."""
    seen: set[str] = set()
    for core in found.must_have:
        assert seen.isdisjoint(core.any_of)
        seen.update(core.any_of)
        assert not oracle.doing_without(sets, core.any_of)
        for name in core.any_of:
            assert oracle.doing_without(sets, set(core.any_of) - {name})
        assert not oracle.doing_without(sets, core.any_of, core.items)
        for item in core.items:
            assert oracle.doing_without(sets, core.any_of, set(core.items) - {item})
    assert oracle.doing_without(sets, ())
    assert found.complete
    plans = [taken for taken, missing in sets if not missing]
    # None is left: without all of the rest there is a plan.
    assert any(taken <= seen for taken in plans)
    assert found.proved <= found.of == optimum


@pytest.mark.parametrize("seed", SEEDS)
def test_why(seed: int, tmp_path: Path) -> None:
    question = Question(seed, tmp_path)
    forbid = question.limits.pop("forbid", ())
    sets = oracle.outcomes(*question.asked, forbid=forbid, **question.limits)
    expected = oracle.plan(*question.asked, question.minimize, forbid=forbid, **question.limits)
    known: dict[str, Any] = {}
    for solver in SOLVERS:
        answer, found = explained([question.case], question.request, solver)
        if expected["status"] == "infeasible":
            assert (answer.status, found) == ("infeasible", None)
            continue
        assert found is not None
        optimum = expected["objective"][0][1]
        assert_needed(sets, found, optimum)
        planner = oracle.Planner(*question.asked, forbid=forbid, **question.limits)
        prices = []
        for core in found.must_have:
            takers = [taken for taken, missing in sets if taken & set(core.any_of) and not missing]
            least = min(
                planner.measure(sorted(taken & set(core.any_of)), question.minimize[0])
                if question.minimize[0] != "months"
                else planner.measure(sorted(taken), "months")
                for taken in takers
            )
            assert core.price <= least
            if question.minimize[0] != "months":
                price = min(planner.measure([name], question.minimize[0]) for name in core.any_of)
                assert core.price == price
            prices.append(core.price)
        joined = max if question.minimize[0] == "months" else sum
        assert found.proved == (joined(prices) if prices else 0)
        assert [each.id for each in found.without] == list(answer.plans[0].acquire)
        for each in found.without:
            if each.id not in known:
                known[each.id] = oracle.plan(
                    *question.asked,
                    question.minimize,
                    forbid=(*forbid, each.id),
                    **question.limits,
                )
            other = known[each.id]
            assert each.status == other["status"]
            assert [list(pair) for pair in each.objective] == other["objective"]
            assert each.bound == each.objective
            if each.status == "optimal":
                assert each.more == other["objective"][0][1] - optimum
                assert each.more >= 0
                assert each.id not in each.acquire
                assert (frozenset(each.acquire), frozenset()) in sets
            else:
                assert (each.more, each.acquire) == (None, ())


@pytest.mark.parametrize("seed", SEEDS)
def test_within(seed: int, tmp_path: Path) -> None:
    question = Question(seed, tmp_path)
    expected = oracle.within(
        *question.asked, question.percent, question.minimize, **question.limits
    )
    keys = (*question.minimize, "cost", "actions")
    for solver in SOLVERS:
        best = plan.from_cases([question.case], question.request, named(solver), Clock(None))
        found = within.from_cases(
            [question.case], question.request, question.percent, named(solver), Clock(None)
        )
        assert found.status == best.status
        if not expected:
            assert found.plans == ()
            continue
        assert found.plans[0].acquire == best.plans[0].acquire
        listed = [each.acquire for each in found.plans]
        assert len(set(listed)) == len(listed)
        assert {*listed[1:]} == {*expected} - {listed[0]}
        values = [[each.value(key) for key in keys] for each in found.plans]
        assert values == sorted(values)
        assert not found.more
        if len(listed) > 1:
            cut = within.from_cases(
                [question.case], question.request, question.percent, named(solver), Clock(None), 1
            )
            assert (cut.plans, cut.more) == (found.plans[:1], True)
