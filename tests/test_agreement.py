"""The engine against the oracle, which shares no code with it, on random small rulebooks.

The number of rulebooks is 250 unless CLOUDRULES_SEEDS=FIRST:LAST says otherwise (`make fuzz`).
"""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from engine import engine

from cloudrules.core import explanation, plan
from cloudrules.core.assessment import Assessment, verdicts
from cloudrules.core.case import Case
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock, Infeasible, Solved
from cloudrules.core.request import checked
from cloudrules.core.schema import Ref
from cloudrules.core.service import PlanRequest
from cloudrules.solvers import SOLVERS, named

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:250").split(":"))
SEEDS = range(first, last)
LARGE = SEEDS[::10]  # beyond brute force: of these the solvers speak among themselves
ON = generator.ON


def size(seed: int) -> generator.Size:
    """Every fifth rulebook is as wide as a whole checklist."""
    return generator.WIDE if seed % 5 == 4 else generator.SMALL


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[generator.Case, Case]:
    case = generator.case(request.param, size(request.param))
    generator.write(case, tmp_path)
    return case, engine(tmp_path, ON)


def asked(case: generator.Case) -> tuple[Any, ...]:
    return case.rulebook, [case.catalogue], case.service, ON


def lists(sets: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [list(each) for each in sets]


def assessed(found: Assessment) -> dict[str, Any]:
    return {
        "compliant": found.compliant,
        "items": [
            {
                "id": item.id,
                "need": item.need,
                "obligation": item.obligation,
                "met": item.met,
                "status": item.status,
                "waived_by": list(item.waived_by),
            }
            for item in found.items
        ],
        "missing": list(found.missing),
        "undecided_by": list(found.undecided_by),
    }


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_assess(made: tuple[generator.Case, Case]) -> None:
    case, engine_case = made
    assert assessed(engine_case.assessed()) == oracle.assess(*asked(case))


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_all_readings(made: tuple[generator.Case, Case]) -> None:
    case, engine_case = made
    found = engine_case.in_all_readings()
    expected = oracle.assess_all_readings(*asked(case))
    assert found.verdict == expected["verdict"]
    assert list(found.depends_on) == expected["depends_on"]
    assert [
        {"readings": w.readings, "compliant": w.compliant, "missing": list(w.missing)}
        for w in found.worlds
    ] == expected["worlds"]
    readings = [world["readings"] for world in expected["worlds"]]
    told = verdicts(engine_case.circuit, engine_case.situation, readings)
    assert told == [world["compliant"] for world in expected["worlds"]]


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_explain(made: tuple[generator.Case, Case]) -> None:
    case, engine_case = made
    found = engine_case.assessed()
    explainer = explanation.Explainer(engine_case.circuit, found, limit=10**6)
    for answer in found.items:
        got = explainer.of(answer.id)
        expected = oracle.explain(*asked(case), answer.id)
        assert [
            {"waiver": reason.waiver.id, "because": lists(reason.because.sets)}
            for reason in got.reasons
        ] == expected["reasons"]
        assert [
            {"waiver": each.waiver.id, "acquire": lists(each.acquire.sets)}
            for each in got.could_be_waived
        ] == expected["could_be_waived"]
        if answer.met:
            assert lists(got.met_because.sets) == expected["met_because"]
        assert lists(got.could_be_met.sets) == expected["could_be_met"]


@pytest.mark.parametrize("made", SEEDS, indirect=True)
def test_plan(made: tuple[generator.Case, Case], request: Any) -> None:
    case, engine_case = made
    seed = request.node.callspec.params["made"]
    options = generator.plan_options(seed, size(seed))
    robust = random.Random(seed).random() < 0.4
    expected = oracle.plan(*asked(case), **options, robust=robust)
    wanted = checked(request_of(options, robust), [engine_case])
    for solver in SOLVERS:
        found = plan.from_cases(
            [engine_case], wanted, named(solver), Clock(None), every=True, limit=10**6
        )
        assert found.status == expected["status"], solver
        assert [list(pair) for pair in found.objective] == expected["objective"], solver
        plans = sorted(each.acquire for each in found.plans)
        assert plans == [tuple(p) for p in expected["plans"]], solver
    for each in found.plans[:2]:
        assert each.holds_in is not None
        assert {
            "worlds": each.holds_in.worlds,
            "of": each.holds_in.of,
            "depends_on": list(each.holds_in.depends_on),
        } == oracle.holds_in(*asked(case), each.acquire)


@pytest.mark.parametrize("made", SEEDS[::3], indirect=True)
def test_top_and_pareto(made: tuple[generator.Case, Case], request: Any) -> None:
    case, engine_case = made
    seed = request.node.callspec.params["made"]
    options = generator.plan_options(seed, size(seed))
    minimize = options.get("minimize", ("cost", "actions"))
    wanted = checked(request_of(options, False), [engine_case])
    best = oracle.top(*asked(case), 4, **options)
    keys = (*minimize, "cost", "actions")
    limits = {key: value for key, value in options.items() if key != "minimize"}
    one, two = random.Random(len(best)).sample(oracle.MEASURES, 2)
    expected = oracle.pareto(*asked(case), one, two, **limits)
    for solver in SOLVERS:
        found = plan.from_cases([engine_case], wanted, named(solver), Clock(None), top=4)
        assert [[each.value(key) for key in keys] for each in found.plans] == [
            [each[key] for key in keys] for each in best
        ], solver
        front = plan.pareto([engine_case], wanted, (one, two), named(solver), Clock(None))
        assert [(each.value(one), each.value(two)) for each in front.plans] == expected, solver


@pytest.mark.parametrize("seed", LARGE)
def test_large(seed: int, tmp_path: Path) -> None:
    """Two solvers agree on up to 300 items. Half the rulebooks are plain: these have plans."""
    rng = random.Random(f"large {seed}")
    options = generator.plan_options(seed, generator.LARGE)
    if rng.random() < 0.5:
        case = generator.case(seed, generator.LARGE)
    else:
        case = generator.medium(seed, rng.randint(30, 300), rng.choice(("easy", "dense")))
        options = {"minimize": options.get("minimize", ("cost",))}
        options["forbid"] = (rng.choice(case.catalogue["evidence"])["id"],)
    generator.write(case, tmp_path)
    unsettled = engine(tmp_path, ON)
    situation, _ = unsettled.situation.assumed(unsettled.rulebook)
    settled = replace(unsettled, situation=situation)
    wanted = checked(request_of(options, rng.random() < 0.5), [settled])
    found = []
    for solver in ("clingo", "cp-sat"):
        planner = Planner([settled], wanted, named(solver), Clock(None))
        outcome = planner.best(wanted.minimize)
        if isinstance(outcome, Solved):
            (after,) = planner.afters(outcome.taken)
            assert after.assessed().compliant
            found.append(plan.values(planner, wanted.minimize, outcome.taken))
        else:
            assert outcome == Infeasible()
            found.append(())
    assert found[0] == found[1]


def request_of(options: dict[str, Any], robust: bool) -> PlanRequest:
    def refs(names: tuple[str, ...]) -> tuple[Ref, ...]:
        from cloudrules.core.errors import Place

        return tuple(Ref(name, Place("test")) for name in names)

    given = dict(options)
    for key in ("forbid", "require"):
        if key in given:
            given[key] = refs(given[key])
    return PlanRequest(**given, robust=robust)
