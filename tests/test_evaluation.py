"""The plain evaluator says of every gate what the circuit and the oracle say."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import generator
import oracle
import pytest
from engine import CASES, ROOT, engine

from cloudrules.core import recount, request
from cloudrules.core.assessment import Space
from cloudrules.core.evaluation import evaluated
from cloudrules.core.gates import simulate
from cloudrules.core.schedule import finishes

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:120").split(":"))
SEEDS = range(first, last)
ON = generator.ON


def size(seed: int) -> generator.Size:
    return generator.WIDE if seed % 5 == 4 else generator.SMALL


@pytest.mark.parametrize("seed", SEEDS)
def test_every_gate_in_every_reading(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed, size(seed)), tmp_path)
    case = engine(tmp_path, ON)
    space = Space(case.rulebook, case.circuit)
    for world in space.worlds[:24]:
        readings = space.readings(world)
        situation = replace(case.situation, readings=readings)
        found = evaluated(case.rulebook.under(readings), situation)
        rails = simulate(case.circuit, situation.rails, False, True)
        for name, index in case.circuit.named.items():
            may, may_not = rails[index]
            value = None if may and may_not else may
            if name == ("compliant",):
                assert found.compliant == value
            elif name[0] in ("met", "applies", "waived", "fires", "owed", "missing"):
                # What a reading lacks is not there, and to the circuit false.
                assert getattr(found, name[0]).get(name[1], False) == value, name


@pytest.mark.parametrize("seed", SEEDS)
def test_as_the_oracle_has_it(seed: int, tmp_path: Path) -> None:
    made = generator.case(seed, size(seed))
    generator.write(made, tmp_path)
    case = engine(tmp_path, ON)
    found = evaluated(case.rulebook.under(case.situation.readings), case.situation)
    expected = oracle.assess(made.rulebook, [made.catalogue], made.service, ON)
    assert found.compliant == expected["compliant"]
    assert [name for name, each in found.missing.items() if each] == expected["missing"]
    assert found.met == {item["id"]: item["met"] for item in expected["items"]}


@pytest.mark.parametrize("seed", SEEDS)
def test_efforts_and_months_as_the_planner_counts_them(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed, size(seed)), tmp_path)
    case = engine(tmp_path, ON)
    held = frozenset(case.situation.held)
    for every in (False, True):
        choices = request.choices([case], every=every)
        things = recount.things([case], every=every)
        assert {name: (each.kind, each.cost, each.months) for name, each in things.items()} == {
            name: (each.kind, each.cost, each.months) for name, each in choices.items()
        }
        names = sorted(things)
        for at in range(len(names)):
            taken = frozenset(names[at:])
            ends = finishes(taken, choices, held)
            known = {name: end for name, end in ends.items() if end < 10**6}
            assert recount.finishes({name: things[name] for name in taken}, held) == known


def test_the_cases_by_hand() -> None:
    for folder in sorted(CASES.iterdir()):
        if (folder / "service.yaml").exists():
            case = engine(folder, ON)
            found = evaluated(case.rulebook.under(case.situation.readings), case.situation)
            assert found.compliant == case.assessed().compliant, folder.name


def test_it_uses_nothing_that_is_compiled() -> None:
    """Neither circuit, gates, formulas nor planner: else it would say what they say."""
    for name in ("evaluation", "recount"):
        text = (ROOT / "cloudrules" / "core" / f"{name}.py").read_text(encoding="utf-8")
        for part in ("circuit", "gates", "formulas", "planner", "request", "schedule", "problem"):
            assert f"cloudrules.core.{part}" not in text
