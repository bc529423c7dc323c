"""What is done before any search: nothing better is lost, and what is said of the whole is true."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import generator
import pytest
from engine import Countdown, engine

from cloudrules.core.ascent import Ascent, greedy
from cloudrules.core.dominance import dominated, one_sided, simplified, subsumed
from cloudrules.core.formulas import Formulas
from cloudrules.core.net import Impossible, Net
from cloudrules.core.planner import Planner
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
from cloudrules.core.reduction import Search, by_parts, narrowed, simpler
from cloudrules.core.request import Request
from cloudrules.solvers import named


def test_a_condition_that_says_nothing() -> None:
    """Beside components of which much is left."""
    formulas = Formulas()
    groups = ("abcdef", "ghijkl")
    must = [formulas.disjunction([formulas.take("x"), formulas.leave("x")])]
    must += [
        formulas.disjunction([formulas.take(one), formulas.take(two)])
        for group in groups
        for one, two in zip(group, group[1:] + group[0], strict=True)
    ]
    odd = [
        formulas.disjunction(formulas.take(name) for name in group[start::2])
        for group in groups
        for start in (0, 1)
    ]
    problem = Problem(formulas, (*must, *odd), dict.fromkeys("abcdefghijklx", 1))
    assert by_parts(problem, Clock(None), None, brute) == least(problem)


def condition(rng: random.Random, formulas: Formulas, names: list[str], depth: int) -> int:
    if depth == 0 or rng.random() < 0.35:
        if rng.random() < 0.03:
            return formulas.constant(rng.random() < 0.5)
        name = rng.choice(names)
        return formulas.take(name) if rng.random() < 0.85 else formulas.leave(name)
    parts = [condition(rng, formulas, names, depth - 1) for _ in range(rng.randint(1, 4))]
    return formulas.conjunction(parts) if rng.random() < 0.4 else formulas.disjunction(parts)


def drawn(seed: int, most: int = 8) -> Problem:
    """Any formulas; weights that may be zero, limits, objectives in order."""
    rng = random.Random(f"reduction {seed}")
    names = [f"c{at}" for at in range(rng.randint(1, most))]
    every = names
    # Halves that share nothing are reduced each by itself.
    halves = rng.choice(([every], [every[::2], every[1::2] or every]))
    formulas = Formulas()
    must: list[int] = []
    for _ in range(rng.randint(1, rng.choice((4, 10, 16)))):
        names = rng.choice(halves)
        parts = [
            condition(rng, formulas, names, rng.choice((0, 1, 1, 2, 3)))
            for _ in range(rng.randint(1, 4))
        ]
        if rng.random() < 0.3:
            parts = [formulas.leave(rng.choice(names)), *parts[:1]]  # as `requires` has it
        must.append(formulas.disjunction(parts))
    names = every
    highest = rng.choice((1, 3, 20))
    cost = {name: rng.randint(rng.choice((0, 1)), highest) for name in names}
    limits = [
        Limit({name: rng.randint(0, 9) for name in names}, rng.randint(0, 30))
        for _ in range(rng.choice((0, 0, 0, 1, 2)))
    ]
    if rng.random() < 0.5:
        return Problem(formulas, tuple(must), cost, tuple(limits))
    scale = len(names) + 1
    levels = (Level(cost, scale), Level(dict.fromkeys(names, 1), 1))
    weights = {name: cost[name] * scale + 1 for name in names}
    return Problem(formulas, tuple(must), weights, tuple(limits), levels)


def plans(problem: Problem) -> Iterator[frozenset[str]]:
    names = problem.choices
    for size in range(len(names) + 1):
        for taken in map(frozenset, itertools.combinations(names, size)):
            if problem.accepts(taken):
                yield taken


def least(problem: Problem) -> Solved | None:
    best: Solved | None = None
    for taken in plans(problem):
        if best is None or problem.value(taken) < best.value:
            best = Solved(taken, problem.value(taken))
    return best


def brute(problem: Problem, clock: Clock, below: int | None) -> Outcome:
    best = least(problem)
    return best if best is not None and (below is None or best.value < below) else Infeasible()


def tired(problem: Problem, clock: Clock, below: int | None) -> Outcome:
    """A search that has reached nothing when its time is up."""
    return GaveUp(None, 0)


@pytest.mark.parametrize("block", range(12))
def test_a_best_plan_remains(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        problem = drawn(seed)
        best, found = least(problem), simpler(problem)
        if found is None:
            assert best is None, seed
            continue
        names = [name for part in found.parts for name in part.choices]
        assert len(names) == len(set(names))
        assert not found.taken & set(names)
        rest = [least(part) for part in found.parts]
        whole = [each for each in rest if each is not None]
        assert (best is None) is (len(whole) < len(rest)), seed
        if best is not None:
            assert problem.accepts(found.taken.union(*(each.taken for each in whole))), seed
            assert problem.value(found.taken) + sum(each.value for each in whole) == best.value


@pytest.mark.parametrize("block", range(12))
def test_by_parts_and_narrowed(block: int) -> None:
    """The minimum, also below a value; a plan and a bound whatever becomes of the search."""
    for seed in range(block * 25, block * 25 + 25):
        problem = drawn(seed, 7)
        best = least(problem)
        for below, search, clock in itertools.product(
            (None, 0, 5, 12, 40), (brute, tired), (Clock(None), Clock(0), Countdown(seed % 6))
        ):

            def part(
                rest: Problem, clock: Clock, below: int | None, search: Search = search
            ) -> Outcome:
                return narrowed(rest, clock, below, search)

            good = best if best and (below is None or best.value < below) else None
            found = by_parts(problem, clock, below, part)
            if isinstance(found, GaveUp):
                assert search is tired or clock.left == 0
                assert best is None or found.bound <= best.value
                plan = found.best
                assert plan is None or good is not None
            elif good is None:
                assert found == Infeasible(), (seed, below)
                continue
            else:
                assert isinstance(found, Solved)
                assert found.value == good.value, (seed, below)
                plan = found
            if plan is not None:
                assert problem.accepts(plan.taken)
                assert problem.value(plan.taken) == plan.value
                assert below is None or plan.value < below


@pytest.mark.parametrize("rule", [one_sided, subsumed, dominated, simplified])
def test_each_rule_by_itself(rule: object) -> None:
    assert callable(rule)
    did = 0
    for seed in range(400):
        problem = drawn(seed, 6)
        best = least(problem)
        try:
            net = Net(problem)
            before = len(net.values), len(net.roots), sum(net.alive)
            rule(net)
            did += (len(net.values), len(net.roots), sum(net.alive)) != before
            rest = least(net.problem())
        except Impossible:
            assert best is None, seed
            continue
        assert (best is None) is (rest is None), seed
        if best is not None and rest is not None:
            assert problem.value(net.taken) + rest.value == best.value, seed
    assert did > 10, "the cases are such that the rule applies"


def test_what_taking_a_choice_costs_at_least() -> None:
    """The bound, and with what is spare of a choice, holds for every plan."""
    for seed in range(400):
        problem = drawn(seed, 7)
        try:
            net = Net(problem)
            rest = net.problem()
        except Impossible:
            continue
        ascent = Ascent(net)
        for taken in plans(rest):
            assert ascent.bound <= rest.value(taken), seed
            for name in taken:
                assert ascent.bound + ascent.spare[name] <= rest.value(taken), (seed, name)
        found = greedy(ascent)
        if found is not None:
            assert all(rest.formulas.all_hold(rest.must, found)), seed


@pytest.mark.parametrize("family", ["easy", "dense"])
def test_larger_problems(family: str, tmp_path: Path) -> None:
    """Whatever is left of them, the value is that of the problem as it was asked."""
    for seed in range(3):
        generator.write(generator.medium(seed, 60, family), tmp_path)
        case = engine(tmp_path, generator.ON)
        planner = Planner([case], Request(("cost",)), named("clingo"), Clock(None))
        problem = planner.problem(("cost", "actions"), None)
        true = named("clingo").solve(problem, Clock(None))
        assert isinstance(true, Solved)
        given_up = by_parts(problem, Clock(None), None, lambda *part: narrowed(*part, search=tired))
        if isinstance(given_up, GaveUp):
            assert 0 < given_up.bound <= true.value
            assert given_up.best is not None
            assert problem.accepts(given_up.best.taken)
            assert given_up.best.value >= true.value
        else:
            assert isinstance(given_up, Solved)
            assert given_up.value == true.value
        found = by_parts(problem, Clock(None), None, named("clingo").solve)
        assert isinstance(found, Solved)
        assert found.value == true.value
