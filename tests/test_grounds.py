"""What a form's verdict rests on, against every way in which its claims can turn out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from generator import ON

from cloudrules.core import case, follow, hearing, statement
from cloudrules.core.circuit import from_one_reading
from cloudrules.core.form import deciders
from cloudrules.core.remark import Remark
from cloudrules.core.reply import OPEN, Reply
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Service
from cloudrules.core.statement import Statement
from cloudrules.files.library import Library, read_as, read_tree

MEANINGS = ("met",) * 9 + ("exempt",) * 4 + ("missing",) * 3 + ("blank", "unknown")
WAIVING = generator.Size(items=(5, 9), waivers=(3, 6))
MOST = 3000  # ways in which all that is not known can turn out


def replies(rulebook: Rulebook, service: Service, rng: random.Random) -> list[Reply]:
    """Rows with answers by chance; what the service holds is stated in some of them."""
    stated = [each for each in statement.of(service) if each.name not in rulebook.items]
    stated += [
        Statement("unknown", name)
        for name in rulebook.evidence
        if rng.random() < 0.05 and all(each.name != name for each in stated)
    ]
    rows: dict[str, list[Statement]] = {item: [] for item in rulebook.items}
    for each in stated:
        rows[rng.choice([*rows])].append(each)
    drawn = [
        Reply(
            item,
            rng.choice(MEANINGS),
            remark=Remark(
                tuple(rows[item]), rng.choice(("", "文書")), denied=rng.choice(("予定", *[""] * 49))
            ),
        )
        for item in rulebook.items
    ]
    told = hearing.read(rulebook, drawn, service, ON).service
    answers = case.from_service([rulebook], told, ON)[0].assessed().items
    exempt = {each.id for each in answers if each.status in ("waived", "not_applicable")}
    return [replace(row, meaning="exempt") if row.item in exempt else row for row in drawn]


def as_file(service: Service) -> dict[str, Any]:
    """A service as the oracle reads it."""
    return {
        "holds": [
            {"evidence": each.ref.name} | ({"until": str(each.until)} if each.until else {})
            for each in service.holds
        ],
        "unknown": [each.name for each in service.unknown],
        "context": {one.name: two.name for one, two in service.context.items()},
    }


def ways(world: oracle.World, inputs: oracle.Inputs, claims: list[str]) -> Iterator[oracle.Inputs]:
    """Every way in which the claims, and what else is not known, can turn out."""
    known = world.inputs_of_compliant()
    names = [name for name, value in inputs.items() if name in claims or value is None]
    names = [name for name in names if name in known or name in claims]
    values = [world.possible_values(name) for name in names]
    size = 1
    for each in values:
        size *= len(each)
    if size > MOST:
        pytest.skip("too much is not known")
    for found in product(*values):
        yield inputs | dict(zip(names, found, strict=True))


def exempt(situation: oracle.Situation, item: str) -> bool:
    return situation.applies(item) is False or situation.waived(item) is True


def turned(all_ways: list[oracle.Inputs], values: list[object], name: str) -> bool:
    """Whether a claim makes a difference, all else being equal."""
    seen: dict[str, object] = {}
    for inputs, value in zip(all_ways, values, strict=True):
        others = str(sorted((key, str(each)) for key, each in inputs.items() if key != name))
        if seen.setdefault(others, value) != value:
            return True
    return False


def drawn(seed: int, folder: Path) -> tuple[generator.Case, Service, Rulebook]:
    """A random rulebook with a service, as the oracle and as the program have them."""
    made = generator.case(seed, WAIVING)
    generator.write(made, folder)
    service = read_as(Service, read_tree(folder / "service.yaml"))
    return made, service, Library().rulebook(service.rulebook[0], folder).on(ON)


@pytest.mark.parametrize("seed", range(250))
def test_grounds_are_those_of_every_way_that_claims_turn_out(seed: int, tmp_path: Path) -> None:
    made, service, rulebook = drawn(seed, tmp_path)
    readings = {one.name: two.name for one, two in service.readings.items()}
    rows = replies(rulebook, service, random.Random(seed))
    found = hearing.read(rulebook, rows, service, ON)
    grounds = follow.check(rulebook, rows, service, ON).grounds

    world = oracle.World(made.rulebook, [made.catalogue], readings, ON)
    inputs = oracle.present_inputs(world, as_file(found.service))
    held = {each.ref.name for each in found.service.holds}
    claims = [
        row.item
        for row in rows
        if row.item in held & world.items.keys()
        and ("met_by" in world.items[row.item] or not row.remark.note)
    ]
    assert [row.item for row in found.claims if not row.of_facts] == claims
    named = {row.item: row.names for row in found.claims}
    names = sorted({name for each in named.values() for name in each})
    whole = oracle.Situation(world, inputs)
    all_ways = list(ways(world, inputs, names))
    situations = [oracle.Situation(world, each) for each in all_ways]
    verdicts = [each.compliant() for each in situations]
    if whole.compliant() is None:
        assert grounds.verdict == "unknown"
    elif whole.compliant() is False:
        assert grounds.verdict == "not-compliant"
    else:
        assert grounds.verdict == ("compliant" if all(verdicts) else "claimed")
        turning = {name for name in names if turned(all_ways, verdicts, name)}
        asked = [item for item in world.items if turning & named.get(item, frozenset())]
        assert list(grounds.rests_on) == asked
    for row in rows:
        if row.item not in world.items or row.meaning not in ("exempt", "blank"):
            continue
        if not exempt(whole, row.item) or whole.met(row.item):
            assert row.item not in grounds.exempt
            continue
        stands = [exempt(each, row.item) for each in situations]
        assert (row.item in grounds.exempt) == (not all(stands))
        turning = {name for name in names if turned(all_ways, stands, name)}
        rests = {item for item, inputs in named.items() if turning & inputs}
        assert set(grounds.exempt.get(row.item, ())) == rests


@pytest.mark.parametrize("seed", range(250))
def test_what_a_form_leaves_open_is_never_taken_as_no(seed: int, tmp_path: Path) -> None:
    """However the rows that tell nothing, and the facts that none states, may turn out."""
    made, service, rulebook = drawn(seed, tmp_path)
    readings = {one.name: two.name for one, two in service.readings.items()}
    rng = random.Random(seed)
    rows = [
        replace(row, meaning=rng.choice(OPEN)) if rng.random() < 0.2 else row
        for row in replies(rulebook, service, rng)
    ]
    checked = follow.check(rulebook, rows, service, ON)
    if checked.grounds.verdict not in ("compliant", "claimed"):
        return
    world = oracle.World(made.rulebook, [made.catalogue], readings, ON)
    inputs = oracle.present_inputs(world, as_file(checked.service))
    stated = {each.name for row in rows for each in row.remark.statements}
    unclear = {row.item for row in rows if row.meaning in OPEN}
    whole = oracle.Situation(world, inputs)
    for item in world.items:
        assert item not in unclear or whole.met(item) is not False
        answer = next((row.meaning for row in rows if row.item == item), "")
        for fact in deciders(rulebook.under(readings), item):
            if answer != "exempt" and fact not in stated:
                assert inputs[fact] is None
    words = hearing.read(rulebook, rows, service, ON).claims
    names = sorted({name for each in words for name in each.names})
    if checked.grounds.verdict == "compliant":
        for each in ways(world, inputs, names):
            assert oracle.Situation(world, each).compliant()


@pytest.mark.parametrize("seed", range(250))
def test_other_verdicts_are_those_of_the_readings_one_by_one(seed: int, tmp_path: Path) -> None:
    _, service, rulebook = drawn(seed, tmp_path)
    rows = replies(rulebook, service, random.Random(seed))
    checked = follow.check(rulebook, rows, service, ON)
    claims = hearing.read(rulebook, rows, service, ON).claims
    names = {name for each in claims for name in each.names}
    judged = case.from_service([rulebook], checked.service, ON)[0]
    taken = judged.situation.readings
    expected = []
    for reading in rulebook.readings:
        for option in reading.option_ids:
            readings = {**taken, reading.id: option}
            if readings == taken or not rulebook.possible(readings):
                continue
            # A circuit for that reading alone, and all that is assessed on it
            circuit = from_one_reading(rulebook, readings)
            here = replace(judged.situation, readings=readings)
            whole = case.Case(rulebook, circuit, here).assessed()
            doubted = case.Case(rulebook, circuit, here.doubting(names)).assessed()
            verdict = "compliant" if whole.compliant else "not-compliant"
            if whole.compliant is None:
                verdict = "unknown"
            elif whole.compliant and names & {*doubted.undecided_by}:
                verdict = "claimed"
            if verdict != checked.grounds.verdict:
                expected.append((reading.id, option, verdict))
    found = [(each.reading, each.option, each.verdict) for each in checked.otherwise]
    assert found == expected
