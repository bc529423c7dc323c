"""Several rulebooks at once: the plan, what each needs of it, the most that a budget opens."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import generator
import pytest
from engine import Countdown
from families import Family

from cloudrules.cli.main import main
from cloudrules.core import cover, plan
from cloudrules.core.cover import CoverAnswer
from cloudrules.core.errors import Place
from cloudrules.core.problem import Clock
from cloudrules.core.request import Request, checked
from cloudrules.core.schema import Ref
from cloudrules.core.service import PlanRequest
from cloudrules.solvers import SOLVERS, named

AUTO = next(iter(SOLVERS))
Set = tuple[str, ...]


def limits_of(seed: int, size: generator.Size) -> dict[str, Any]:
    """What else may be asked: sometimes a deadline, something forbidden or required."""
    options = generator.plan_options(seed, size)
    kept = ("deadline", "forbid", "require") if seed % 3 == 0 else ("deadline",)
    return {key: value for key, value in options.items() if key in kept}


def made(
    seed: int, folder: Path, size: generator.Size = generator.TINY, **more: Any
) -> tuple[Family, Request]:
    limits = limits_of(seed, size)
    family = Family(seed, folder, size, **limits, **more)
    for key in ("forbid", "require"):
        limits[key] = tuple(Ref(name, Place("test")) for name in limits.get(key, ()))
    return family, checked(PlanRequest(**limits, **more), family.cases)


def covered(
    family: Family, request: Request, budgets: Any, solver: str = AUTO, clock: Clock | None = None
) -> CoverAnswer:
    return cover.from_cases(family.cases, request, budgets, named(solver), clock or Clock(None))


# --- Plans over several rulebooks -----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_the_least_for_all(seed: int, tmp_path: Path) -> None:
    """And what each rulebook needs of it: works alone, and no part of it does."""
    robust = seed % 4 == 0
    family, request = made(seed, tmp_path, robust=robust)
    found = plan.from_cases(family.cases, request, named(AUTO), Clock(None))
    every = len(family.rulebooks)
    working = [chosen for chosen in family.allowed() if len(family.open(chosen)) == every]
    if not working:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    (best,) = found.plans
    assert best.acquire in working
    assert (best.cost, best.actions) == min((family.cost(each), len(each)) for each in working)
    if every == 1:
        assert best.worlds == ()
        return
    names = [rulebook["rulebook"] for rulebook in family.rulebooks]
    assert [world.rulebook for world in best.worlds] == names
    unasked = family.planners[0].required
    for planner, world in zip(family.planners, best.worlds, strict=True):
        planner.required = set()
        assert world.needs is not None
        assert set(world.needs) <= set(best.acquire)
        assert planner.is_plan(world.needs)
        for part in _parts(world.needs):
            assert not planner.is_plan(part), f"{part} is enough"
        planner.required = unasked


def _parts(names: Set) -> list[Set]:
    """All proper parts of a set."""
    return [
        tuple(name for at, name in enumerate(names) if mask >> at & 1)
        for mask in range(2 ** len(names) - 1)
    ]


# --- Cover ----------------------------------------------------------------------------------------


def best_of(family: Family, allowed: list[Set], budget: int) -> tuple[int, int, int] | None:
    """The most that is open for a budget, for what, with how many things: by trying all."""
    worth = [
        (-len(family.open(chosen)), family.cost(chosen), len(chosen))
        for chosen in allowed
        if family.cost(chosen) <= budget
    ]
    return min(worth, default=None)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("seed", range(1000, 1040))
def test_the_most_for_a_budget(seed: int, solver: str, tmp_path: Path) -> None:
    family, request = made(seed, tmp_path)
    allowed = list(family.allowed())
    rng = random.Random(seed)
    total = family.cost(family.candidates)
    budgets = sorted({0, total, *(rng.randint(0, total) for _ in range(4))})
    found = covered(family, request, budgets, solver)
    before = -1
    for budget, each in zip(budgets, found.cover, strict=True):
        best = best_of(family, allowed, budget)
        assert (each.budget, each.of) == (budget, len(family.rulebooks))
        if best is None:
            assert (each.status, each.opens, each.acquire) == ("infeasible", None, ())
            continue
        assert each.status == "optimal"
        assert each.acquire in allowed
        assert (-(each.opens or 0), each.cost, len(each.acquire)) == best
        assert each.rulebooks == family.open(each.acquire)
        assert each.bound == each.opens == len(each.rulebooks)
        assert each.opens >= before, "more money never opens less"
        before = each.opens
    assert_in_order(family, allowed, found)


def assert_in_order(family: Family, allowed: list[Set], found: CoverAnswer) -> None:
    """Each stage can be had when its turn comes; the last reaches what the largest budget opens."""
    kept: set[str] = set()
    before = -1
    for stage in found.order:
        assert stage.acquire
        assert not kept & set(stage.acquire)
        kept |= set(stage.acquire)
        now = tuple(sorted(kept))
        assert now in allowed
        assert (stage.cost, stage.opens) == (family.cost(now), len(family.open(now)))
        assert stage.opens > before
        before = stage.opens
    whole = [each for each in found.cover if each.opens is not None]
    if whole and found.order:
        assert tuple(sorted(kept)) == whole[-1].acquire


@pytest.mark.parametrize("seed", range(2000, 2040))
def test_every_step_of_the_budget(seed: int, tmp_path: Path) -> None:
    family, request = made(seed, tmp_path)
    allowed = list(family.allowed())
    found = covered(family, request, None)
    front: list[tuple[int, int]] = []
    for cost in sorted({family.cost(chosen) for chosen in allowed}):
        best = best_of(family, allowed, cost)
        if best is not None and (not front or -best[0] > front[-1][1]):
            front.append((cost, -best[0]))
    assert [(each.cost, each.opens) for each in found.cover] == front
    assert all(each.budget == each.cost for each in found.cover)
    assert found.status == ("optimal" if front else "infeasible")
    assert_in_order(family, allowed, found)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("seed", range(3000, 3006))
def test_honest_whenever_it_is_stopped(seed: int, solver: str, tmp_path: Path) -> None:
    """Whatever the number of looks at the clock: what is said is so, and no bound is too low."""
    family, request = made(seed, tmp_path, size=generator.SMALL)
    total = family.cost(family.candidates)
    budgets = [total // 8, total // 4, total // 2]
    true = covered(family, request, budgets, solver)
    steps = covered(family, request, None, solver)
    allowed = list(family.allowed()) if len(family.candidates) <= 8 else []
    for looks in (0, 1, 2, 3, 5, 8, 20, 100):
        found = covered(family, request, budgets, solver, Countdown(looks))
        for each, best in zip(found.cover, true.cover, strict=True):
            if each.status == "optimal":
                assert (each.opens, each.cost) == (best.opens, best.cost)
            elif each.status == "infeasible":
                assert best.status == "infeasible"
            elif best.opens is not None:
                assert each.bound is not None
                assert (each.opens or 0) <= best.opens <= each.bound
            if each.opens is not None:
                assert each.rulebooks == family.open(each.acquire)
        if allowed:
            assert_in_order(family, allowed, found)
        part = covered(family, request, None, solver, Countdown(looks))
        assert part.cover == steps.cover[: len(part.cover)]
        assert not part.whole or len(part.cover) == len(steps.cover)


CATALOGUE = """catalogue: cat
evidence:
  - {id: a, kind: control, title: A, requires: b, effort: {cost: 1, months: 1}}
  - {id: b, kind: control, title: B, effort: {cost: 50, months: 9}}
  - {id: c, kind: control, title: C, requires: never, effort: {cost: 1, months: 1}}
  - {id: never, kind: control, title: Never}
"""


def test_what_is_required_is_acquired_in_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cat.yaml").write_text(CATALOGUE, "utf-8")
    for name in "abc":
        item = f"{{id: 1, need: mandatory, text: one, met_by: {name}}}"
        rules = f"rulebook: r{name}\ncatalogues: [cat.yaml]\nitems:\n  - {item}\n"
        (tmp_path / f"{name}.yaml").write_text(rules, "utf-8")
    (tmp_path / "s.yaml").write_text("service: S\nrulebook: [a.yaml, b.yaml, c.yaml]\n", "utf-8")

    def opened(*args: str) -> list[tuple[int, int, list[str]]]:
        main(["plan", str(tmp_path / "s.yaml"), "--format", "json", *args])
        found = json.loads(capsys.readouterr().out)
        return [(each["cost"], each["open"], each["acquire"]) for each in found["cover"]]

    assert opened("--cover", "1,50,51") == [(0, 0, []), (50, 1, ["b"]), (51, 2, ["a", "b"])]
    assert opened("--cover", "steps") == [(0, 0, []), (50, 1, ["b"]), (51, 2, ["a", "b"])]
    assert opened("--cover", "60", "--deadline", "9") == [(50, 1, ["b"])]
    assert opened("--cover", "60", "--deadline", "8") == [(0, 0, [])]
