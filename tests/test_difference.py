"""Whether two rulebooks disagree, against the oracle: every service of small rulebooks is tried."""

from __future__ import annotations

import itertools
import os
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml
from engine import ROOT, Countdown

from cloudrules.core import affected, circuit, difference, joint, revision
from cloudrules.core.difference import Difference, Shown
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.gates import Builder
from cloudrules.core.problem import Clock
from cloudrules.core.renaming import renamed
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Service
from cloudrules.core.universe import of_rulebook
from cloudrules.files.library import Library, read_as
from cloudrules.files.yaml import read
from cloudrules.render.witness import service
from cloudrules.solvers import named, prover

ON = generator.ON
first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:120").split(":"))
SEEDS = range(first, last)
SIZE = generator.Size(items=(2, 4), evidence=(1, 3), waivers=(0, 3), facts=(0, 2), candidates=6)
MOST = 6000  # services that are all tried; a case with more is passed over
Answer = tuple[str, str] | None


def compared(
    a: Rulebook, b: Rulebook, readings: tuple[Readings, Readings] | None = None
) -> Difference:
    taken = readings or (a.defaults(), b.defaults())
    return difference.from_rulebooks(
        a, b, taken, lambda each: prover("auto", each), named("auto"), Clock(None)
    )


def loaded(folder: Path, rulebook: dict[str, Any], catalogue: dict[str, Any]) -> Rulebook:
    generator.write(generator.Case(rulebook, catalogue, {}), folder)
    ref = Ref(str(folder / "rulebook.yaml"), Place("test"))
    return Library().rulebook(ref, Path()).on(ON)


# --- One random change ----------------------------------------------------------------------------


def changed(rng: random.Random, rules: dict[str, Any], evidence: list[str]) -> dict[str, Any]:
    """The rulebook with one thing changed, or nothing."""
    made = deepcopy(rules)
    items, waivers = made["items"], made["waivers"]
    item = rng.choice(items)
    some = generator.quoted(rng.choice(evidence))

    def need() -> None:
        item["need"] = "optional" if item["need"] == "mandatory" else "mandatory"

    def met_by() -> None:
        item.pop("effort", None)
        item["met_by"] = f"({item['met_by']}) and {some}" if "met_by" in item else some

    def applies() -> None:
        item["applies_when"] = f"not ({item.get('applies_when', 'false')})"

    def new_item() -> None:
        items.insert(rng.randrange(len(items) + 1), {"id": "new", "need": item["need"]})

    def order() -> None:
        rng.shuffle(items)

    def default() -> None:
        for fact in made.get("context", {}).values():
            if "options" in fact:
                fact["default"] = rng.choice(fact["options"])
            elif "type" not in fact:
                fact["default"] = rng.choice(["true", "false"])
            elif fact.pop("default", None) is None:
                fact["default"] = "0" if fact["type"] == "number" else "2026-04-01"

    def same() -> None:
        item["text"] = f" {item['text']} "

    def when() -> None:
        waiver = rng.choice(waivers)
        waiver["when"] = rng.choice([f"not ({waiver['when']})", f"({waiver['when']}) or {some}"])

    def waives() -> None:
        rng.choice(waivers)["waives"] = [generator.quoted(item["id"])]

    def drop() -> None:
        waivers.remove(rng.choice(waivers))

    ways = [need, met_by, applies, new_item, order, default, same]
    rng.choice([*ways, when, waives, drop] if waivers else ways)()
    return made


# --- Every service --------------------------------------------------------------------------------


@dataclass
class Tried:
    """How little a service on which something differs can hold, and then state."""

    verdict: tuple[int, int] | None = None
    items: dict[str, tuple[int, int]] | None = None


def values(one: oracle.World, two: oracle.World, fact: str) -> list[oracle.Value]:
    """Every value of a fact that the conditions of either side can tell."""
    tested = one.tested(fact) | two.tested(fact)
    definition = one.facts[fact]
    if "type" not in definition:
        return one.possible_values(fact)
    constants: list[Any] = sorted({one.typed(fact, text) for text in tested})
    if not constants:
        return []
    if definition["type"] == "date":
        return sorted({each + timedelta(days=n) for each in constants for n in (-1, 0, 1)})
    between = [(x + y) / 2 for x, y in itertools.pairwise(constants)]
    return [constants[0] - 1, *constants, *between, constants[-1] + 1]


def used(world: oracle.World) -> set[str]:
    conditions = [*world.when.values(), *world.met_by.values(), *world.applies_when.values()]
    found = {name for each in conditions for name in world.inputs_of(each)}
    return found | set(world.items)


SILENT = object()


def services(
    one: oracle.World, two: oracle.World
) -> Iterator[tuple[tuple[int, int], oracle.Inputs, oracle.Inputs]]:
    """What both sides are given by every service, with how much it holds and states."""
    names = used(one) | used(two)
    facts = [name for name in one.facts if name in names]
    held = sorted(names - set(facts))
    choices: list[list[Any]] = []
    for fact in facts:
        silent = one.default(fact) is not None and two.default(fact) is not None
        choices.append([*([SILENT] if silent else []), *values(one, two, fact)])
    total = 2 ** len(held)
    for each in choices:
        total *= len(each)
    if total > MOST:
        pytest.skip("too many services to try")
    for stated in itertools.product(*choices):
        given = dict(zip(facts, stated, strict=True))
        context = [
            {f: world.default(f) if v is SILENT else v for f, v in given.items()}
            for world in (one, two)
        ]
        count = sum(value is not SILENT for value in stated)
        for taken in itertools.product([False, True], repeat=len(held)):
            holds: oracle.Inputs = dict(zip(held, taken, strict=True))
            yield (sum(taken), count), holds | context[0], holds | context[1]


def tried(one: oracle.World, two: oracle.World) -> Tried:
    found = Tried(None, {})
    assert found.items is not None
    for size, inputs_a, inputs_b in services(one, two):
        a, b = oracle.Situation(one, inputs_a), oracle.Situation(two, inputs_b)
        if a.compliant() != b.compliant():
            found.verdict = min(found.verdict or size, size)
        for item in {*one.items, *two.items}:
            if answer(a, item) != answer(b, item):
                found.items[item] = min(found.items.get(item, size), size)
    return found


def answer(situation: oracle.Situation, item: str) -> Answer:
    if item not in situation.world.items:
        return None
    return situation.obligation(item), situation.status(item)


def size_of(shown: Shown) -> tuple[int, int]:
    return len(shown.holds), len(shown.context)


def assessed(rulebook: dict[str, Any], catalogue: dict[str, Any], text: str) -> dict[str, Any]:
    """What the oracle makes of a witness as YAML."""
    held = yaml.load(text, yaml.BaseLoader)
    return oracle.assess(rulebook, [catalogue], held, ON)


def check(
    found: Difference, rules: tuple[dict[str, Any], dict[str, Any]], catalogue: dict[str, Any]
) -> None:
    """A difference against every service there is, and its witnesses as files."""
    one, two = (
        oracle.World(each, [catalogue], side.readings, ON)
        for each, side in zip(rules, (found.sides.a, found.sides.b), strict=True)
    )
    expected = tried(one, two)
    verdict = found.verdict
    assert (size_of(verdict.witness) if verdict else None) == expected.verdict
    assert {each.item or each.item_b: size_of(each.witness) for each in found.items} == (
        expected.items
    )
    # Of one who is silent about such a fact, one side knows what the other does not.
    names = used(one) | used(two)
    half = [
        fact
        for fact in one.facts
        if fact in names and (one.default(fact) is None) != (two.default(fact) is None)
    ]
    assert list(found.unstated) == half
    assert found.equivalent is (False if expected.items else None if half else True)
    for shown in [each.witness for each in (verdict, *found.items) if each]:
        assert shown.least
    for each in found.items:
        sides = zip(rules, (each.witness.a, each.witness.b), (each.a, each.b), strict=True)
        for book, witness, said in sides:
            got = {x["id"]: x for x in assessed(book, catalogue, service(witness))["items"]}
            if said is None:
                assert (each.item or each.item_b) not in got
            else:
                same = ("obligation", "status")
                assert [got[said.id][key] for key in same] == [getattr(said, x) for x in same]
                assert tuple(got[said.id]["waived_by"]) == said.waived_by
        assert each.clauses
    if verdict:
        sides_ = zip(
            rules, (verdict.witness.a, verdict.witness.b), (verdict.a, verdict.b), strict=True
        )
        for book, witness, outcome in sides_:
            got_ = assessed(book, catalogue, service(witness))
            assert got_["compliant"] == outcome.compliant
            assert tuple(got_["missing"]) == outcome.missing
        assert verdict.clauses


@pytest.mark.parametrize("seed", SEEDS)
def test_one_change_is_found_wherever_it_matters(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed, SIZE)
    rules = {key: each for key, each in case.rulebook.items() if key != "readings"}
    evidence = [each["id"] for each in case.catalogue["evidence"]]
    other = changed(random.Random(f"change {seed}"), rules, evidence)
    a = loaded(tmp_path / "a", rules, case.catalogue)
    try:
        b = loaded(tmp_path / "b", other, case.catalogue)
        found = compared(a, b)
    except BadInput:
        pytest.skip("the change makes no sound rulebook")
    check(found, (rules, other), case.catalogue)
    order = [[item["id"] for item in each["items"]] for each in (rules, other)]
    if order[0] == order[1]:  # so that ranges say the same
        told = [each.clauses for each in (found.verdict, *found.items) if each]
        parts = (part for each in told for clause in each for part in (clause.a, clause.b))
        assert {part.entry for part in parts if part} <= entries_that_differ(rules, other)


def entries_that_differ(one: dict[str, Any], two: dict[str, Any]) -> set[str]:
    """The items, waivers and facts that are not the same in both, and no others are responsible."""
    tables = [
        {
            each["id"]: each
            for kind in ("items", "waivers")
            for each in oracle.normalised(book)[kind]
        }
        | oracle.normalised(book).get("context", {})
        for book in (one, two)
    ]
    names = {*tables[0], *tables[1]}
    return {name for name in names if tables[0].get(name) != tables[1].get(name)}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_readings_of_one_rulebook(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed, SIZE)
    a = loaded(tmp_path, case.rulebook, case.catalogue)
    rng = random.Random(f"readings {seed}")
    readings = [{each.id: rng.choice(each.option_ids) for each in a.readings} for _ in ("a", "b")]
    rules = [with_readings(case.rulebook, each) for each in readings]
    found = compared(a, a, (readings[0], readings[1]))
    check(found, (rules[0], rules[1]), case.catalogue)


def with_readings(rules: dict[str, Any], readings: Readings) -> dict[str, Any]:
    """The rulebook as it is in one reading."""
    made = oracle.normalised(rules)
    for each in made.pop("readings", []):
        option = next(x for x in each["options"] if x["id"] == readings[each["id"]])
        made = oracle.changed(made, option.get("change", {}))
    return made


# --- Other numbers --------------------------------------------------------------------------------


def renumbered(rng: random.Random, book: Rulebook) -> Rulebook:
    """All items under other numbers, some of them the numbers of others, in another order."""
    old = list(book.items)
    new = rng.sample([*old, *(f"x{n}" for n in range(len(old)))], len(old))
    made = renamed(book, dict(zip(old, new, strict=True)))
    order = rng.sample(list(made.items), len(new))
    return replace(made, items={name: made.items[name] for name in order})


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_the_same_rules_under_other_numbers_are_equivalent(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed)
    book = loaded(tmp_path, case.rulebook, case.catalogue)
    a = book.fixed(book.defaults())
    b = renumbered(random.Random(seed), a)
    found = compared(a, b)
    assert found.equivalent is True
    assert all(pair.a and pair.b for pair in found.sides.matching.items)
    kinds = {each.change for each in revision.from_sides(found.sides)}
    assert kinds <= {"renumbered", "changed"}


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_numbers_make_no_difference_to_what_is_found(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed)
    rules = {key: each for key, each in case.rulebook.items() if key != "readings"}
    evidence = [each["id"] for each in case.catalogue["evidence"]]
    rng = random.Random(f"numbers {seed}")
    other = changed(rng, rules, evidence)
    a = loaded(tmp_path / "a", rules, case.catalogue)
    try:
        b = loaded(tmp_path / "b", other, case.catalogue)
        plain = compared(a, b)
    except BadInput:
        pytest.skip("the change makes no sound rulebook")
    again = compared(a, renumbered(rng, b))
    assert again.equivalent == plain.equivalent
    assert [(each.item, size_of(each.witness)) for each in again.items if each.item] == (
        [(each.item, size_of(each.witness)) for each in plain.items if each.item]
    )


# --- What becomes of services ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_services_are_answered_as_each_side_has_it(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed)
    rules = {key: each for key, each in case.rulebook.items() if key != "readings"}
    held = {key: each for key, each in case.service.items() if key != "readings"}
    rng = random.Random(f"service {seed}")
    other = changed(rng, rules, [each["id"] for each in case.catalogue["evidence"]])
    a = loaded(tmp_path / "a", rules, case.catalogue)
    try:
        b = loaded(tmp_path / "b", other, case.catalogue)
        sides = joint.from_rulebooks(a, b, {}, {})
        given = read_as(Service, read(yaml.safe_dump(held).encode(), "service.yaml"))
        found = affected.from_service(sides, given, ON)
    except BadInput:
        pytest.skip("the change makes no sound rulebook")
    said = [oracle.assess(book, [case.catalogue], held, ON) for book in (rules, other)]
    assert [found.a.compliant, found.b.compliant] == [each["compliant"] for each in said]
    answers = [
        {item["id"]: (item["obligation"], item["status"]) for item in each["items"]}
        for each in said
    ]
    expected = {
        item for item in {*answers[0], *answers[1]} if answers[0].get(item) != answers[1].get(item)
    }
    assert {shift.item or shift.item_b for shift in found.shifts} == expected
    assert bool(found.clauses) == found.changed


# --- Equivalence by itself ------------------------------------------------------------------------


def test_equivalence_is_proved_gate_by_gate(tmp_path: Path) -> None:
    for seed in SEEDS[::10]:
        case = generator.case(seed)
        book = loaded(tmp_path / str(seed), case.rulebook, case.catalogue)
        one = renamed(book.fixed(book.defaults()), {})
        name, item = next(iter(one.items.items()))
        need = "optional" if item.need == "mandatory" else "mandatory"
        two = replace(one, items={**one.items, name: replace(item, need=need)})
        builder = Builder()
        circuits = [circuit.joined(circuit.parts_of(each, builder)) for each in (one, one, two)]
        universe = of_rulebook(builder, one, {})
        asked = prover("auto", universe)
        clock = Clock(None)
        assert difference.equivalent(universe, asked, circuits[0], circuits[1], clock)
        same = compared(one, two).equivalent
        assert difference.equivalent(universe, asked, circuits[0], circuits[2], clock) is same


def shipped(name: str) -> Rulebook:
    ref = Ref(name, Place("test"))
    return Library().rulebook(ref, ROOT).on(date(2026, 12, 1))


def test_out_of_time_nothing_is_called_equal() -> None:
    a, b = shipped("municipal-cloud-level-2"), shipped("scenarios/rulebooks/stricter-city.yaml")
    readings = a.defaults(), b.defaults()
    outcomes = set()
    for looks in range(0, 200, 3):
        clock = Countdown(looks)
        found = difference.from_rulebooks(
            a, b, readings, lambda each: prover("clingo", each), named("clingo"), clock
        )
        told = {each.item or each.item_b for each in found.items}
        open_ = set(found.undecided)
        outcomes.add((found.equivalent, bool(open_)))
        assert not told & open_
        assert told | open_ >= {"1.6", "1.29"}
        same = difference.from_rulebooks(
            a, a, readings, lambda each: prover("clingo", each), named("clingo"), Countdown(looks)
        )
        assert same.equivalent is not False
    assert outcomes


def test_rules_that_are_the_same_are_never_undecided(tmp_path: Path) -> None:
    a = book(tmp_path, "a", ITEMS, "{id: w, when: i2, waives: [i3]}")
    found = difference.from_rulebooks(
        a, a, ({}, {}), lambda each: prover("clingo", each), named("clingo"), Clock(0)
    )
    assert found.equivalent is True


# --- Responsible clauses --------------------------------------------------------------------------


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def book(folder: Path, name: str, items: str, waivers: str = "", context: str = "") -> Rulebook:
    folder.mkdir(exist_ok=True)
    (folder / "cat.yaml").write_text(
        "catalogue: cat\nevidence:\n"
        + "".join(f"  - {{id: {each}, kind: control}}\n" for each in ("x", "y", "z")),
        encoding="utf-8",
    )
    path = folder / f"{name}.yaml"
    head = f"rulebook: {name}\ncatalogues: [cat.yaml]\n"
    path.write_text(f"{head}{context}items:\n{items}waivers: [{waivers}]\n", encoding="utf-8")
    return Library().rulebook(Ref(str(path), Place("test")), Path()).on(ON)


def clauses(found: Difference, item: str) -> list[tuple[str, str, str | None, str | None]]:
    each = next(each for each in found.items if each.item == item)
    return [
        (
            (clause.a or clause.b).entry,  # type: ignore[union-attr]
            clause.field,
            clause.a and clause.a.text,
            clause.b and clause.b.text,
        )
        for clause in each.clauses
    ]


ITEMS = """
  - {id: i1, need: mandatory, text: one thing, met_by: x}
  - {id: i2, need: mandatory, text: a second matter, met_by: i1 and y}
  - {id: i3, need: mandatory, text: the last of all}
"""


def test_the_walk_goes_down_to_the_words_that_differ(tmp_path: Path) -> None:
    a = book(tmp_path, "a", ITEMS, "{id: w, when: i2, waives: [i3]}")
    b = book(
        tmp_path,
        "b",
        ITEMS.replace("met_by: x", "met_by: x or z"),
        "{id: w, when: i2, waives: [i3]}",
    )
    found = compared(a, b)
    for item in ("i1", "i2", "i3"):
        assert clauses(found, item) == [("i1", "met_by", "x", "x or z")]
    (last,) = (each for each in found.items if each.item == "i3")
    assert last.witness.a.holds == ("y", "z")


def test_deep_rules_are_walked_without_recursion(tmp_path: Path) -> None:
    count = 3000
    lines = [f"  - {{id: n{at}, need: optional, met_by: n{at - 1}}}\n" for at in range(1, count)]
    first = "  - {id: n0, need: mandatory, met_by: x}\n"
    a = book(tmp_path, "a", first + "".join(lines))
    b = book(tmp_path, "b", first.replace("x}", "y}") + "".join(lines))
    sides = joint.from_rulebooks(a, b, {}, {})
    given = read_as(Service, read(text("service: s", "holds: [x]"), "service.yaml"))
    found = affected.from_service(sides, given, ON)
    assert len(found.shifts) == count
    assert [each.field for each in found.clauses] == ["met_by"]


def test_a_default_is_a_reason(tmp_path: Path) -> None:
    items = "  - {id: i1, need: mandatory, text: one, applies_when: level = high}\n"
    facts = "context: {{level: {{options: [low, high], default: {}}}}}\n"
    a = book(tmp_path, "a", items, context=facts.format("low"))
    b = book(tmp_path, "b", items, context=facts.format("high"))
    found = compared(a, b)
    assert clauses(found, "i1") == [("level", "default", "low", "high")]
    assert found.verdict is not None
    assert size_of(found.verdict.witness) == (0, 0)  # one who states the level has it either way


def test_a_default_that_one_side_does_not_have_is_told_as_none(tmp_path: Path) -> None:
    items = "  - {id: i1, need: mandatory, text: one, applies_when: level = high}\n"
    facts = "context: {level: {options: [low, high]%s}}\n"
    a = book(tmp_path, "a", items, context=facts % ", default: low")
    b = book(tmp_path, "b", items, context=facts % "")
    silent = read_as(Service, read(b"service: s\n", "service.yaml"))
    found = affected.from_service(joint.from_rulebooks(a, b, {}, {}), silent, ON)
    (clause,) = found.clauses
    assert clause.a is not None
    assert (clause.field, clause.a.text, clause.b) == ("default", "low", None)


def test_a_default_on_one_side_only_is_never_called_equivalent(tmp_path: Path) -> None:
    items = "  - {id: i1, need: mandatory, text: one, applies_when: level = high}\n"
    facts = "context: {level: {options: [low, high]%s}}\n"
    a = book(tmp_path, "a", items, context=facts % ", default: high")
    b = book(tmp_path, "b", items, context=facts % "")
    found = compared(a, b)
    assert (found.equivalent, found.unstated, found.items) == (None, ("level",), ())
    # A fact that neither tests may have what default it likes.
    unused = items.replace("level = high", "true")
    a = book(tmp_path, "a", unused, context=facts % ", default: high")
    b = book(tmp_path, "b", unused, context=facts % "")
    assert compared(a, b).equivalent is True


def test_facts_of_two_types_are_a_fault_that_names_both(tmp_path: Path) -> None:
    items = "  - {id: i1, need: mandatory, text: one, applies_when: n > 1}\n"
    other = "  - {id: i1, need: mandatory, text: one, applies_when: n}\n"
    a = book(tmp_path, "a", items, context="context: {n: {type: number}}\n")
    b = book(tmp_path, "b", other, context="context: {n: {}}\n")
    with pytest.raises(BadInput) as caught:
        compared(a, b)
    (fault,) = caught.value.faults
    assert fault.code == "diff-types"
    assert (fault.values["one"], fault.values["two"]) == ("number", "boolean")
    assert re.search(r"b\.yaml", fault.place.file)
    assert re.search(r"a\.yaml", fault.values["where"])


def test_a_name_of_two_kinds_is_a_fault(tmp_path: Path) -> None:
    a = book(tmp_path, "a", "  - {id: i1, need: mandatory, text: one}\n")
    b = book(
        tmp_path, "b", "  - {id: i1, need: mandatory, text: one}\n", context="context: {x2: {}}\n"
    )
    c = book(tmp_path, "c", "  - {id: x2, need: mandatory, text: two}\n")
    assert compared(a, b).equivalent
    with pytest.raises(BadInput, match="diff-kinds"):
        compared(c, b)


def test_a_waiver_may_have_the_name_of_what_conditions_speak_of(tmp_path: Path) -> None:
    items = "  - {id: i1, need: mandatory, text: one, met_by: x}\n"
    facts = "context: {z2: {}}\n"
    waiver = "{{id: {}, text: released by one and all, when: x or y, waives: [i1]}}"
    a = book(tmp_path, "a", items, waiver.format("w"))
    b = book(tmp_path, "b", items, waiver.format("x"))
    u = book(tmp_path, "u", items, waiver.format("y"))
    assert compared(a, b).equivalent
    facts_b = facts.replace("z2: {}", "z2: {default: true}")
    e = book(tmp_path, "e", items.replace("by: x", "by: z"), waiver.format("x"))
    (other,) = compared(u, e).items  # A's waiver is called as what is held, and B's otherwise
    assert other.witness.a.holds == other.witness.b.holds
    c = book(tmp_path, "c", items, "{id: w, when: z2, waives: [i1]}", facts)
    d = book(tmp_path, "d", items, "{id: z2, when: z2, waives: [i1]}", facts_b)
    found = compared(c.fixed({}), d.fixed({}))
    assert size_of(found.items[0].witness) == (0, 0)


def test_an_added_item_may_bear_the_number_of_another(tmp_path: Path) -> None:
    """1 is B's new item, and what A calls 1 is B's 2: a service that attests it holds either."""
    a = book(tmp_path, "a", "  - {id: 1, need: mandatory, text: keep the logs for a year}\n")
    items = "  - {id: 1, need: optional, text: something new}\n"
    items += "  - {id: 2, need: optional, text: keep the logs for a year}\n"
    found = compared(a, book(tmp_path, "b", items))
    told = [
        (each.item, each.item_b, each.a and each.a.id, each.b and each.b.id) for each in found.items
    ]
    assert told == [(None, "1", None, "1"), ("1", "2", "1", "2")]
    given = read_as(Service, read(text("service: s", "holds: [1]"), "service.yaml"))
    shifts = affected.from_service(found.sides, given, ON).shifts
    answers = [(each.item, each.item_b, each.after and each.after.status) for each in shifts]
    assert answers == [(None, "1", "open"), ("1", "2", "met")]
