"""The solvers beside one another: numbers of any size, races, and what keeps a time limit."""

from __future__ import annotations

import itertools
import os
import random
import sys
import time
from collections.abc import Callable
from types import ModuleType

import pytest

from cloudrules.core.errors import Unable
from cloudrules.core.formulas import Formulas
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Level,
    Limit,
    Outcome,
    Problem,
    Solved,
)
from cloudrules.solvers import SOLVERS, auto, made, named
from cloudrules.solvers.race import Race

NAMES = [f"c{at:02}" for at in range(14)]  # more than `auto` leaves to the smallest solver


def covering(seed: int, costs: tuple[int, int] = (1, 20), names: list[str] = NAMES) -> Problem:
    """Conditions of two to four choices each, two objectives: cost, then how many."""
    rng = random.Random(seed)
    formulas = Formulas()
    must = tuple(
        formulas.disjunction(formulas.take(name) for name in rng.sample(names, rng.randint(2, 4)))
        for _ in range(len(names))
    )
    cost = {name: rng.randint(*costs) for name in names}
    count = dict.fromkeys(names, 1)
    scale = len(names) + 1
    weights = {name: cost[name] * scale + 1 for name in names}
    return Problem(formulas, must, weights, levels=(Level(cost, scale), Level(count, 1)))


def least(problem: Problem) -> int | None:
    subsets = (
        frozenset(each)
        for size in range(len(NAMES) + 1)
        for each in itertools.combinations(NAMES, size)
    )
    return min((problem.value(each) for each in subsets if problem.accepts(each)), default=None)


def assert_least(problem: Problem, outcome: Outcome) -> None:
    assert isinstance(outcome, Solved)
    assert problem.accepts(outcome.taken)
    assert problem.value(outcome.taken) == outcome.value == least(problem)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("costs", [(1, 20), (10**8, 2 * 10**9), (0, 1)])
def test_objectives_in_order(solver: str, costs: tuple[int, int]) -> None:
    problem = covering(len(solver), costs)
    assert_least(problem, named(solver).solve(problem, Clock(None)))


@pytest.mark.parametrize("solver", SOLVERS)
def test_objectives_whose_joint_weight_is_beyond_64_bits(solver: str) -> None:
    problem = covering(1, (10**8, 2 * 10**9))
    first, second = problem.levels
    scale = 10**40
    weights = {name: first.weights[name] * scale + 1 for name in NAMES}
    huge = Problem(
        problem.formulas, problem.must, weights, levels=(Level(first.weights, scale), second)
    )
    assert_least(huge, named(solver).solve(huge, Clock(None)))


@pytest.mark.parametrize("solver", SOLVERS)
def test_one_cost_too_large_is_refused_or_right(solver: str) -> None:
    problem = covering(2, (10**30, 10**30 + 50))
    if solver in ("clingo", "cp-sat"):
        with pytest.raises(Unable, match=solver):
            made(solver).solve(problem, Clock(None))
    else:
        assert_least(problem, named(solver).solve(problem, Clock(None)))


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("most", [0, 25, 40, 60, 10**7])
def test_limits_of_large_numbers(solver: str, most: int) -> None:
    """What clingo cannot add up in 32 bits it refuses."""
    plain = covering(3)
    own = {name: weight * 10**7 + 1 for name, weight in plain.weights.items()}
    limit = Limit(own, most * 10**8)
    problem = Problem(plain.formulas, plain.must, plain.weights, (limit,), plain.levels)
    try:
        outcome = named(solver).solve(problem, Clock(None))
    except Unable:
        assert solver == "clingo"
        return
    if least(problem) is None:
        assert outcome == Infeasible()
    else:
        assert_least(problem, outcome)


# --- Races ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names", [("clingo",), ("cp-sat",), ("clingo", "cp-sat"), ("python-constraint", "clingo")]
)
def test_a_race_gives_the_minimum(names: tuple[str, ...]) -> None:
    for seed in range(4):
        problem = covering(seed)
        assert_least(problem, Race(names).solve(problem, Clock(60)))
        value = least(problem) or 0
        assert Race(names).solve(problem, Clock(60), below=value) == Infeasible()


def test_what_auto_goes_on_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auto, "HEAD_START", 0.0)
    problem = covering(5, names=[f"c{at:02}" for at in range(120)])
    found = named("auto").solve(problem, Clock(60))
    assert found == named("clingo").solve(problem, Clock(60)) or isinstance(found, Solved)
    assert isinstance(found, Solved)
    proved = named("cp-sat").solve(problem, Clock(60))
    assert isinstance(proved, Solved)
    assert found.value == proved.value


Solve = Callable[[Problem, Clock, int | None], Outcome]


def enter(monkeypatch: pytest.MonkeyPatch, name: str, solve: Solve) -> None:
    """Put a solver of one's own into the race; a forked process knows it as well."""

    class Own:
        def __init__(self) -> None:
            self.name = name

        def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
            return solve(problem, clock, below)

    module = ModuleType(f"solver_{name}")
    vars(module)["make"] = Own
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(SOLVERS, name, module.__name__)


def forever(problem: Problem, clock: Clock, below: int | None) -> Outcome:
    while True:  # and never a look at the clock
        time.sleep(60)


def finds(problem: Problem, clock: Clock, below: int | None) -> Outcome:
    outcome = named("clingo").solve(problem, Clock(None), below)
    assert isinstance(outcome, Solved)
    clock.found(outcome)
    return forever(problem, clock, below)


def proves(problem: Problem, clock: Clock, below: int | None) -> Outcome:
    outcome = named("clingo").solve(problem, Clock(None), below)
    assert isinstance(outcome, Solved)
    clock.proved(outcome.value)
    return forever(problem, clock, below)


def test_a_plan_of_one_and_a_bound_of_another_are_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "finds", finds)
    enter(monkeypatch, "proves", proves)
    problem = covering(6)
    assert_least(problem, Race(("finds", "proves")).solve(problem, Clock(60)))
    value = least(problem) or 0
    found = Race(("finds",)).solve(problem, Clock(1))
    assert found == GaveUp(Solved(found.best.taken, value), 0)  # type: ignore[union-attr]
    assert Race(("proves",)).solve(problem, Clock(1)) == GaveUp(None, value)


def test_a_solver_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "forever", forever)
    problem = covering(7)
    assert Race(("forever",)).solve(problem, Clock(0.05)) == GaveUp(None, 0)
    assert_least(problem, Race(("forever", "clingo")).solve(problem, Clock(60)))
    assert Race(("forever", "forever")).solve(problem, Clock(0)) == GaveUp(None, 0)


def test_a_solver_that_fails_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(problem: Problem, clock: Clock, below: int | None) -> Outcome:
        raise ZeroDivisionError

    def dies(problem: Problem, clock: Clock, below: int | None) -> Outcome:
        os._exit(1)

    enter(monkeypatch, "fails", fails)
    enter(monkeypatch, "dies", dies)
    problem = covering(8)
    assert_least(problem, Race(("fails", "dies", "clingo")).solve(problem, Clock(60)))
    assert Race(("dies",)).solve(problem, Clock(60)) == GaveUp(None, 0)
    with pytest.raises(ZeroDivisionError):
        Race(("fails",)).solve(problem, Clock(60))
    with pytest.raises(Unable):
        Race(("clingo", "cp-sat")).solve(covering(2, (10**30, 10**30 + 50)), Clock(60))
