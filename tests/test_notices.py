"""The reasons that a form is given for an exemption, held against the oracle of the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from engine import engine

from cloudrules.core import form
from cloudrules.core.service import Service
from cloudrules.files.library import read_as, read_tree

Test = Callable[[oracle.Situation], bool]


def parsed(literal: str, world: oracle.World) -> tuple[str, Any]:
    """An input and its value, of `X`, `not X` or `fact = value`."""
    name, equals, value = literal.partition(" = ")
    if equals and name in world.facts:
        return name, world.typed(name, value)
    known = {*world.evidence, *world.order, *world.facts}
    bare = literal.removeprefix("not ")
    return (literal, True) if literal in known else (bare, False)


def suffices(
    world: oracle.World, now: oracle.Inputs, because: tuple[str, ...], inputs: set[str], holds: Test
) -> bool:
    """Whether a gate is so however the inputs turn out that are not among the reasons."""
    taken = dict(parsed(each, world) for each in because)
    assert taken == {name: now[name] for name in taken}  # the reasons are so in fact
    free = sorted(inputs - set(taken))
    only = {**dict.fromkeys(now), **taken}
    ways = product(*(world.possible_values(name) for name in free))
    return holds(oracle.Situation(world, only)) or all(
        holds(oracle.Situation(world, {**only, **dict(zip(free, values, strict=True))}))
        for values in ways
    )


@pytest.mark.parametrize("seed", range(200))
def test_what_a_notice_names_is_so_is_enough_and_ends_when_it_says(
    seed: int, tmp_path: Path
) -> None:
    made = generator.case(seed)
    generator.write(made, tmp_path)
    taken = oracle.chosen_readings(made.service)
    world = oracle.World(made.rulebook, [made.catalogue], taken, made.on)
    now = oracle.present_inputs(world, made.service)
    facts = oracle.Situation(world, now)
    ends = {
        each.get("evidence") or each["item"]: date.fromisoformat(each["until"])
        for each in oracle.normalised(made.service).get("holds", [])
        if isinstance(each, dict) and "until" in each
    }
    service = read_as(Service, read_tree(tmp_path / "service.yaml"))
    filled = form.from_case(engine(tmp_path, made.on), service, set(world.items))
    assert [row.answer.id for row in filled.rows] == list(world.items)
    for row in filled.rows:
        item = row.answer.id
        over = [waiver for waiver in world.waivers if item in world.waives[waiver]]
        firing = [waiver for waiver in over if facts.fires(waiver) is True]
        assert [release.waiver.id for release in row.releases] == firing
        for release in row.releases:
            waiver = release.waiver.id

            def fires(here: oracle.Situation, waiver: str = waiver) -> bool:
                return here.fires(waiver) is True

            inputs = world.inputs_of_fires(waiver)
            assert suffices(world, now, release.because, inputs, fires)
            for reason in release.because:  # and none of them could be left out
                fewer = tuple(each for each in release.because if each != reason)
                assert not suffices(world, now, fewer, inputs, fires)
            held = [ends[name] for name in release.because if name in ends]
            assert release.until == min(held, default=None)
        if row.answer.status == "met":
            inputs = world.inputs_of_met(item)
            assert suffices(
                world, now, row.because, inputs, lambda s, item=item: s.met(item) is True
            )
        if row.answer.status == "not_applicable":
            inputs = world.inputs_of(world.applies_when[item])
            assert suffices(
                world, now, row.because, inputs, lambda s, item=item: s.applies(item) is False
            )
