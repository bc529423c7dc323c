"""Plans: honest when time runs out, a conflict that is minimal, what each step is for."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml
from engine import Countdown, engine

from cloudrules.core import plan
from cloudrules.core.case import Case
from cloudrules.core.errors import Place
from cloudrules.core.plan import PlanAnswer
from cloudrules.core.problem import Clock
from cloudrules.core.request import Request, checked, choices
from cloudrules.core.schedule import NEVER, finishes
from cloudrules.core.schema import Ref
from cloudrules.core.service import PlanRequest
from cloudrules.core.situation import holding
from cloudrules.solvers import SOLVERS, named

ON = generator.ON
Made = tuple[generator.Case, Case]


def made(seed: int, folder: Path) -> Made:
    generated = generator.case(seed)
    generator.write(generated, folder)
    return generated, engine(folder, ON)


def asked(case: generator.Case) -> tuple[Any, ...]:
    return case.rulebook, [case.catalogue], case.service, ON


def request_of(case: Case, options: dict[str, Any], robust: bool = False) -> Request:
    given = dict(options)
    for key in ("forbid", "require"):
        given[key] = tuple(Ref(name, Place("test")) for name in given.get(key, ()))
    return checked(PlanRequest(**given, robust=robust), [case])


# --- Out of time ----------------------------------------------------------------------------------


def larger(seed: int, folder: Path) -> Case:
    """Large enough that a search takes many steps."""
    rng = random.Random(seed)
    generated = generator.medium(seed, rng.choice((30, 40)), "dense")
    generator.write(generated, folder)
    return engine(folder, ON)


def after(case: Case, acquired: Iterable[str]) -> Case:
    held = {name: holding(name, Place("test")) for name in acquired}
    held |= case.situation.held
    return replace(case, situation=replace(case.situation, held=held))


def assert_works(case: Case, request: Request, each: plan.Plan) -> None:
    """A plan is given only if it is one, with the figures that it has."""
    assert after(case, each.acquire).assessed().compliant
    able = choices([case], every=False)
    assert each.cost == sum(able[name].cost for name in each.acquire)
    assert each.actions == len(set(each.acquire))
    ends = finishes(frozenset(each.acquire), able, frozenset(case.situation.held))
    assert each.months == max(ends.values(), default=0) < NEVER
    assert request.budget is None or each.cost <= request.budget
    assert request.deadline is None or each.months <= request.deadline


LISTS = (
    ("cost",),
    ("certifications", "cost"),
    ("actions",),
    ("months", "cost"),
    ("cost", "months"),
)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("seed", range(8))
def test_honest_whenever_it_is_stopped(seed: int, solver: str, tmp_path: Path) -> None:
    """Whatever the number of looks at the clock: no plan that is none, no bound too high."""
    case = larger(seed, tmp_path)
    minimize = LISTS[seed % len(LISTS)]
    request = Request(minimize)
    true = plan.from_cases([case], request, named(solver), Clock(None))
    assert true.status == "optimal"
    for looks in (*range(8), 12, 20, 40, 80, 200):
        found = plan.from_cases([case], request, named(solver), Countdown(looks))
        assert found.conflict is None
        assert [name for name, _ in found.bound] == list(minimize)
        for each in found.plans:
            assert_works(case, request, each)
        if found.status == "optimal":
            assert found.objective == true.objective == found.bound
        elif found.status == "feasible":
            assert found.plans
            best = found.plans[0]
            assert found.objective == tuple((name, best.value(name)) for name in minimize)
            assert found.objective >= true.objective
            assert found.bound <= true.objective
        else:
            assert found.status == "unknown", "some plan exists"
            assert (found.plans, found.objective) == ((), ())
            assert found.bound <= true.objective


@pytest.mark.parametrize("solver", SOLVERS)
def test_no_time_at_all(solver: str, tmp_path: Path) -> None:
    """A clock that is up before it starts: a bound below the optimum, above nothing."""
    generator.write(generator.medium(1, 200, "dense"), tmp_path)
    case = engine(tmp_path, ON)
    request = Request(("cost",))
    found = plan.from_cases([case], request, named(solver), Clock(0))
    assert found.status in ("feasible", "unknown")
    true = plan.from_cases([case], request, named(solver), Clock(None))
    ((_, optimum),) = true.objective
    ((name, bound),) = found.bound
    assert name == "cost"
    assert 0 < bound < optimum
    for each in found.plans:
        assert_works(case, request, each)
        assert each.cost >= optimum


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("seed", range(4))
def test_honest_about_every_reading(seed: int, solver: str, tmp_path: Path) -> None:
    """A plan that was asked to hold in every reading does, however early the search is stopped."""
    generated = generator.medium(seed, 30, "dense")
    waivers = generated.rulebook["waivers"]
    generated.rulebook["readings"] = [
        {
            "id": f"r{at}",
            "options": [{"id": "all"}, {"id": "none", "change": {waiver["id"]: "null"}}],
        }
        for at, waiver in enumerate(waivers)
    ]
    generator.write(generated, tmp_path)
    text = (tmp_path / "rulebook.yaml").read_text(encoding="utf-8")
    (tmp_path / "rulebook.yaml").write_text(text.replace("'null'", "null"), encoding="utf-8")
    case = engine(tmp_path, ON)
    request = Request(("cost",), robust=True)
    true = plan.from_cases([case], request, named(solver), Clock(None))
    assert true.status == "optimal"
    worlds = 2 ** len(waivers)
    assert true.plans[0].holds_in == plan.HoldsIn(worlds, worlds, ())
    for looks in (*range(0, 60, 4), 100, 200):
        found = plan.from_cases([case], request, named(solver), Countdown(looks))
        assert found.bound <= true.objective
        for each in found.plans:
            assert each.cost >= true.plans[0].cost
            assert each.holds_in == plan.HoldsIn(worlds, worlds, ())
        assert found.status in ("unknown", "feasible") or found.objective == true.objective


def test_what_comes_first_outweighs_all_that_comes_after(tmp_path: Path) -> None:
    """However much the later objectives lose: two controls at all costs, not one certificate."""
    rules = {
        "rulebook": "r",
        "catalogues": ["cat.yaml"],
        "items": [{"id": "1.1", "need": "mandatory", "met_by": "x or (y and z)"}],
    }
    evidence = [
        {"id": "x", "kind": "certification", "effort": {"cost": 0, "months": 9}},
        {"id": "y", "kind": "control", "effort": {"cost": 3, "months": 1}},
        {"id": "z", "kind": "control", "effort": {"cost": 4, "months": 10}},
    ]
    case = small(tmp_path, rules, evidence)
    expected = {
        ("certifications", "cost"): ("y", "z"),
        ("certifications", "actions", "cost"): ("y", "z"),
        ("cost", "certifications"): ("x",),
        ("months", "certifications"): ("x",),
        ("actions",): ("x",),
        ("certifications", "months", "cost"): ("y", "z"),
    }
    for solver in SOLVERS:
        for minimize, acquire in expected.items():
            found = plan.from_cases([case], Request(minimize), named(solver), Clock(None))
            assert found.plans[0].acquire == acquire, minimize


def small(folder: Path, rules: dict[str, Any], evidence: list[dict[str, Any]]) -> Case:
    """A service that holds nothing, under a rulebook of a few lines."""
    files = {
        "rulebook": rules,
        "cat": {"catalogue": "cat", "evidence": evidence},
        "service": {"service": "s", "rulebook": "rulebook.yaml"},
    }
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return engine(folder, ON)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("way", [{"every": True}, {"top": 3}], ids=["all", "top"])
@pytest.mark.parametrize("seed", [0, 2])
def test_a_list_that_time_cuts_short_still_has_the_best_plan(
    seed: int, way: dict[str, Any], solver: str, tmp_path: Path
) -> None:
    """Once the optimum is proved it is told, however little of the list could be looked for."""
    case = larger(seed, tmp_path)
    request = Request(("cost",))
    true = plan.from_cases([case], request, named(solver), Clock(None))
    whole = plan.from_cases([case], request, named(solver), Clock(None), **way)
    assert whole.status == "optimal"
    for looks in (0, 3, 10, 20, 40, 60, 80, 120, 160, 240, 320, 640):
        found = plan.from_cases([case], request, named(solver), Countdown(looks), **way)
        for each in found.plans:
            assert_works(case, request, each)
        if found.status == "optimal":
            listed = {each.acquire for each in found.plans}
            assert found.plans[0].cost == true.plans[0].cost
            # Where the list was cut, another plan of the same cost may be the one that is told.
            assert found.more or listed == {each.acquire for each in whole.plans}
        elif found.objective == true.objective:
            assert found.plans, (looks, found.status)
            assert found.plans[0].cost == true.plans[0].cost
        if found.status == "feasible":
            assert found.objective


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_front_that_time_cuts_short(solver: str, tmp_path: Path) -> None:
    case = larger(2, tmp_path)
    request, pair = Request(("cost", "actions")), ("cost", "certifications")
    whole = plan.pareto([case], request, pair, named(solver), Clock(None))
    front = [(each.cost, each.certifications) for each in whole.plans]
    assert whole.status == "optimal"
    assert front == sorted(set(front))
    for looks in (0, 10, 40, 160, 640):
        found = plan.pareto([case], request, pair, named(solver), Countdown(looks))
        part = [(each.cost, each.certifications) for each in found.plans]
        if found.status == "feasible" and len(part) == 1:
            assert part[0] >= front[0], "a plan that works, if not one of the front"
        else:
            assert part == front[: len(part)], "those told are on the front"
        if found.status == "optimal":
            assert part == front
        else:
            assert found.status == ("feasible" if part else "unknown")


# --- Why there is none ----------------------------------------------------------------------------


class Partial(oracle.Planner):
    """Plans that keep only some limits and put only some items in order."""

    items: Iterable[str] = ()

    def works(self, chosen: Any) -> bool:
        added = dict.fromkeys(chosen, True)
        for world, inputs in zip(self.worlds, self.assumed, strict=True):
            situation = oracle.Situation(world, {**inputs, **added})
            if any(
                situation.missing(item) is not False for item in self.items if item in world.items
            ):
                return False
        return True


def possible(case: generator.Case, limits: list[str], items: list[str], robust: bool) -> bool:
    """Whether some plan keeps these limits and puts these items in order, by trying all."""
    kept: dict[str, Any] = {"forbid": [], "require": [], "robust": robust}
    for limit in limits:
        word, _, value = limit.partition(" ")
        if word in ("forbid", "require"):
            kept[word].append(value)
        elif word == "only":
            kept[word] = value.split(", ")
        else:
            kept[word] = int(value)
    planner = Partial(*asked(case), **kept)
    planner.items = items
    return any(planner.is_plan(chosen) for chosen in oracle.subsets(planner.candidates))


def assert_conflict(case: generator.Case, found: PlanAnswer, request: Request) -> None:
    """Together its members cannot be had; without any one of them, they can."""
    assert found.conflict is not None
    limits, items = list(found.conflict.limits), list(found.conflict.items)
    assert set(limits) <= set(request.limits())
    assert not possible(case, limits, items, request.robust), "together they fail"
    for limit in limits:
        rest = [each for each in limits if each != limit]
        assert possible(case, rest, items, request.robust), f"also without {limit}"
    for item in items:
        rest = [each for each in items if each != item]
        assert possible(case, limits, rest, request.robust), f"also without {item}"


def infeasible(seeds: Iterable[int], folder: Path, count: int, robust: bool) -> Iterable[Any]:
    """Random questions to which there is no answer."""
    for seed in seeds:
        case, engine_case = made(seed, folder / str(seed))
        options = generator.plan_options(seed)
        rng = random.Random(seed)
        if rng.random() < 0.6:
            options["budget"] = rng.randrange(12)
        request = request_of(engine_case, options, robust)
        solver = named(next(iter(SOLVERS)))
        found = plan.from_cases([engine_case], request, solver, Clock(None))
        if found.status == "infeasible":
            yield case, found, request
            count -= 1
            if not count:
                return
    raise AssertionError("too few")


def test_a_conflict_is_minimal(tmp_path: Path) -> None:
    sizes = []
    for case, found, request in infeasible(range(3000, 3200), tmp_path, 25, robust=False):
        assert_conflict(case, found, request)
        sizes.append((len(found.conflict.limits), len(found.conflict.items)))
    assert any(limits for limits, _ in sizes)
    assert any(items > 1 or limits > 1 for limits, items in sizes)


def test_a_conflict_among_all_readings_is_minimal(tmp_path: Path) -> None:
    for case, found, request in infeasible(range(3200, 3500), tmp_path, 15, robust=True):
        assert_conflict(case, found, request)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(
    "able",
    [
        "1.1",
        "1.2",
    ],
)
def test_a_conflict_counts_what_only_another_reading_asks_for(
    able: str, solver: str, tmp_path: Path
) -> None:
    """An item that a reading adds can be attested: it is not what stands in the way."""
    unable = {"1.1": "1.2", "1.2": "1.1"}[able]
    rules: dict[str, Any] = {
        "rulebook": "r",
        "catalogues": ["cat.yaml"],
        "items": [{"id": "1.0", "need": "optional"}],
        "readings": [{"id": "r", "options": [{"id": "a"}, {"id": "b", "change": {}}]}],
    }
    rules["readings"][0]["options"][1]["change"] = {
        name: {"need": "mandatory"} | ({"met_by": "never"} if name == unable else {})
        for name in ("1.1", "1.2")
    }
    case = small(tmp_path, rules, [{"id": "never", "kind": "control"}])
    request = Request(("cost",), robust=True)
    found = plan.from_cases([case], request, named(solver), Clock(None))
    assert found.status == "infeasible"
    assert found.conflict is not None
    assert (found.conflict.limits, found.conflict.items) == ((), (unable,))


# --- What each step is for ------------------------------------------------------------------------


def statuses(case: Case, held: dict[str, Any]) -> tuple[set[str], set[str], set[str]]:
    """The items met, the waivers that fire, the items waived, when just these are held."""
    found = replace(case, situation=replace(case.situation, held=held)).assessed()
    fires = {waiver for item in found.items for waiver in item.waived_by}
    waived = {item.id for item in found.items if item.waived_by}
    return {item.id for item in found.items if item.met}, fires, waived


@pytest.mark.parametrize("seed", range(4000, 4060))
def test_what_each_step_is_for(seed: int, tmp_path: Path) -> None:
    """Without it just that is lost; and it starts when what it requires is finished."""
    case, engine_case = made(seed, tmp_path)
    settled, _ = engine_case.situation.assumed(engine_case.rulebook)
    engine_case = replace(engine_case, situation=settled)
    request = request_of(engine_case, {})
    found = plan.from_cases([engine_case], request, named(next(iter(SOLVERS))), Clock(None))
    for each in found.plans:
        held = {**engine_case.situation.held}
        held |= {name: holding(name, Place("test")) for name in each.acquire}
        met, fires, waived = statuses(engine_case, held)
        assert [step.id for step in each.steps] == sorted(
            each.acquire, key=lambda name: (by_id(each.steps)[name].start, name)
        )
        ends = oracle.Planner(*asked(case)).finishes(each.acquire)
        for step in each.steps:
            rest = {name: value for name, value in held.items() if name != step.id}
            met_without, fires_without, waived_without = statuses(engine_case, rest)
            assert set(step.items_met) == met - met_without
            assert {*step.waivers_fired} >= fires - fires_without
            assert set(step.items_released) == waived - waived_without
            assert step.finish == step.start + step.months == ends[step.id]
        assert each.months == max((step.finish for step in each.steps), default=0)
        assert {item for items in each.waived.values() for item in items} == waived


def by_id(steps: Iterable[Any]) -> dict[str, Any]:
    return {step.id: step for step in steps}


def test_the_gap_of_a_plan_that_is_not_proved() -> None:
    def gap(status: str, value: int, least: int) -> float | None:
        return PlanAnswer(status, (("cost", value),), bound=(("cost", least),)).gap

    assert gap("feasible", 400, 300) == 0.25
    assert gap("feasible", 3, 2) == 0.3334
    assert gap("feasible", 3, 3) == gap("feasible", 0, 0) == 0
    assert gap("optimal", 3, 3) is gap("unknown", 3, 2) is None
