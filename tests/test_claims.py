"""Explanations as claims about the rules: each is put to the test by changing inputs.

A reason says: with these inputs as they are, whatever else may change, it stays so; and take any
one of them away, and that reason is gone. A possibility says: hold these besides, and it becomes
so; leave out any, and it does not. Nothing here asks how the engine found them.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import checklist
import generator
import oracle
import pytest
from engine import engine

from cloudrules.core import case, explanation
from cloudrules.core.assessment import Assessment
from cloudrules.core.case import Case
from cloudrules.core.errors import Place
from cloudrules.core.gates import Circuit, Input, Named, Rails, simulate
from cloudrules.core.implicants import Sets
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding, Service
from cloudrules.core.situation import Situation
from cloudrules.files.library import Library

SEEDS = range(1000, 1120)
ON = generator.ON
WHOLE = 2**12  # assignments; where there are more, some are drawn instead
DRAWS = 400  # for each claim
TRIES = 25  # rounds of draws before it is believed that there is no counter-example
HOLDS = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def literal(name: str, value: Any) -> str:
    """An input at its present value, as an explanation cites it."""
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} = {value}"


@dataclass
class Table:
    """Many assignments of the inputs on which a gate rests; assignment k is bit k."""

    case: Case
    node: int
    names: list[str]
    rows: list[tuple[Any, ...]]

    @property
    def ones(self) -> int:
        return (1 << len(self.rows)) - 1

    def where(self, name: str, holds: Any) -> int:
        """The assignments in which an input's value satisfies a test."""
        at = self.names.index(name)
        digits = ["1" if holds(row[at]) else "0" for row in self.rows]
        return int("".join(reversed(digits)), 2)

    def gate(self) -> Rails[int]:
        situation = self.case.situation

        def value(leaf: Input) -> Rails[int]:
            if leaf.kind == "reading":
                taken = situation.readings[leaf.name] == leaf.value
                return (self.ones, 0) if taken else (0, self.ones)
            if leaf.name not in self.names:
                return 0, self.ones  # does not bear on the gate
            if leaf.kind == "test":
                bits = self.where(leaf.name, lambda each: HOLDS[leaf.op](each, leaf.value))
            else:
                bits = self.where(leaf.name, bool)
            return bits, self.ones & ~bits

        return simulate(self.case.circuit, value, 0, self.ones)[self.node]


def present(situation: Situation, leaf: Input) -> Any:
    """The value of an input now; None where it is unknown."""
    if leaf.kind in ("fact", "test"):
        return situation.facts[leaf.name]
    if leaf.name in situation.held:
        return True
    return None if leaf.name in situation.unknown else False


def bearing_on(circuit: Circuit, node: int) -> set[int]:
    """The gates that bear on a node, itself included."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        index = stack.pop()
        if index not in seen:
            seen.add(index)
            stack += circuit.gates[index].args
    return seen


def inputs(case: Case, node: int) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The present value and the possible values of each input that a gate rests on."""
    now: dict[str, Any] = {}
    values: dict[str, list[Any]] = {}
    for at in sorted(bearing_on(case.circuit, node)):
        leaf = case.circuit.gates[at].input
        if leaf is None or leaf.kind == "reading":
            continue
        now[leaf.name] = present(case.situation, leaf)
        domain = values.setdefault(leaf.name, [])
        if leaf.kind != "test":
            domain += [False, True]
        elif isinstance(leaf.value, Decimal):
            domain += [leaf.value, leaf.value - Decimal("0.5"), leaf.value + Decimal("0.5")]
        elif isinstance(leaf.value, date):
            domain += [leaf.value, leaf.value - timedelta(1), leaf.value + timedelta(1)]
        else:
            domain += case.rulebook.facts[leaf.name].option_ids
    for name, domain in values.items():
        if now[name] is not None:
            domain.append(now[name])
        values[name] = sorted(set(domain))
    return now, values


def whole(case: Case, node: int) -> Table | None:
    """All assignments of the inputs of a gate; None where there are too many."""
    _, values = inputs(case, node)
    names = sorted(values)
    if prod(len(domain) for domain in values.values()) > WHOLE:
        return None
    return Table(case, node, names, list(itertools.product(*(values[name] for name in names))))


def drawn(case: Case, node: int, rng: random.Random, fixed: Set[str], other: str | None) -> Table:
    """Random assignments: the `fixed` inputs as they are now, `other` unlike it is now."""
    now, values = inputs(case, node)
    names = sorted(values)
    rows: list[tuple[Any, ...]] = []
    for _ in range(DRAWS):
        stays, yes = rng.choice((0.0, 0.5, 0.9)), rng.choice((0.05, 0.2, 0.5, 0.8, 0.95))
        row: list[Any] = []
        for name in names:
            if name in fixed or (now[name] is not None and name != other and rng.random() < stays):
                row.append(now[name])
            elif name == other:
                row.append(rng.choice([value for value in values[name] if value != now[name]]))
            elif values[name] == [False, True]:
                row.append(rng.random() < yes)
            else:
                row.append(rng.choice(values[name]))
        rows.append(tuple(row))
    return Table(case, node, names, rows)


def assert_in_order(sets: Sequence[Sequence[str]]) -> None:
    """Smallest first, then by name; no set twice, none that contains another."""
    for each in sets:
        assert list(each) == sorted(set(each))
    assert list(sets) == sorted(sets, key=lambda each: (len(each), list(each)))
    for one, two in itertools.permutations(sets, 2):
        assert not set(one) <= set(two)


def assert_forces(case: Case, name: Named, sets: Sets, rng: random.Random) -> int:
    """Each set is a reason why a gate has its present value. Gives how many sets were tried."""
    assert_in_order(sets.sets)
    assert sets.sets
    assert not sets.more
    node = case.circuit.named[name]
    now, _ = inputs(case, node)
    may, _ = simulate(case.circuit, lambda leaf: known(case.situation, leaf), False, True)[node]
    words = {literal(each, value): each for each, value in now.items() if value is not None}
    every = whole(case, node)

    def otherwise(cited: set[str], other: str | None) -> bool:
        """Whether some assignment with these as they are now gives the gate another value."""
        made = every or drawn(case, node, rng, cited, other)
        true, false = made.gate()
        assert true == made.ones & ~false, "with every input known, the gate is"
        found = false if may else true
        for each in cited:
            found &= made.where(each, lambda value: value == now[each])  # noqa: B023
        return bool(found)

    for each in sets.sets:
        assert set(each) <= set(words), "only what is so now, and known, can be a reason"
        cited = {words[word] for word in each}
        assert not otherwise(cited, None), (name, each, "uncited inputs may change freely")
        for word in each:
            rest = cited - {words[word]}
            found = any(otherwise(rest, words[word]) for _ in range(1 if every else TRIES))
            assert found, (name, each, f"it holds without {word}")
    return len(sets.sets)


def known(situation: Situation, leaf: Input) -> Rails[bool]:
    value = situation.value(leaf)
    return value is not False, value is not True


def assert_suffices(case: Case, name: Named, sets: Sets) -> int:
    """Each set, held besides, makes a gate true, and no part of the set does."""
    assert_in_order(sets.sets)
    situation, _ = case.situation.assumed(case.rulebook)
    node = case.circuit.named[name]
    for each in sets.sets:
        assert not set(each) & set(situation.held)
        assert not set(each) & set(situation.facts)
        parts = 1 << len(each)  # part k holds member n if bit n of k is set
        ones = (1 << parts) - 1
        held = {
            member: sum(1 << part for part in range(parts) if part >> at & 1)
            for at, member in enumerate(each)
        }

        def value(leaf: Input, ones: int = ones, held: dict[str, int] = held) -> tuple[int, int]:
            if leaf.kind in ("evidence", "item") and leaf.name in held:
                return held[leaf.name], ones & ~held[leaf.name]
            may, may_not = known(situation, leaf)
            return (ones if may else 0), (ones if may_not else 0)

        may, may_not = simulate(case.circuit, value, 0, ones)[node]
        certain = may & ~may_not
        assert certain == 1 << parts - 1, (name, each)
    return len(sets.sets)


def check(case: Case, found: Assessment, item: str, rng: random.Random) -> int:
    """Every claim that the explanation of an item makes; gives how many."""
    told = explanation.from_assessment(case.circuit, found, item, limit=10**6)
    tried = 0
    for reason in told.reasons:
        tried += assert_forces(case, ("fires", reason.waiver.id), reason.because, rng)
    if told.met_because.sets:
        assert told.answer.met
        tried += assert_forces(case, ("met", item), told.met_because, rng)
    if told.applies_because.sets:
        tried += assert_forces(case, ("applies", item), told.applies_because, rng)
    for possible in told.could_be_waived:
        tried += assert_suffices(case, ("fires", possible.waiver.id), possible.acquire)
    if not told.answer.met:
        tried += assert_suffices(case, ("met", item), told.could_be_met)
    assert {reason.waiver.id for reason in told.reasons} == set(told.answer.waived_by)
    return tried


@pytest.mark.parametrize("seed", SEEDS)
def test_explanations_of_random_rulebooks(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed), tmp_path)
    made = engine(tmp_path, ON)
    found = made.assessed()
    rng = random.Random(seed)
    tried = [check(made, found, item.id, rng) for item in found.items]
    assert sum(tried) > 0


def completions(made: Case) -> tuple[list[str], list[tuple[Any, ...]], list[bool]]:
    """Every way in which the unknown inputs of the verdict may turn out, and each verdict."""
    node = made.circuit.named["compliant",]
    now, values = inputs(made, node)
    names = sorted(name for name, value in now.items() if value is None)
    rows = list(itertools.product(*(values[name] for name in names)))
    full = [tuple({**now, **dict(zip(names, row, strict=True))}.values()) for row in rows]
    may, _ = Table(made, node, list(now), full).gate()
    return names, rows, [bool(may >> at & 1) for at in range(len(rows))]


def assert_undecided_by(made: Case, found: Assessment) -> bool:
    """`undecided_by` names the unknowns on which the verdict can turn. Gives whether it is open."""
    names, rows, verdicts = completions(made)
    if found.compliant is not None:
        assert found.undecided_by == ()
        assert set(verdicts) == {found.compliant}, "a known verdict holds however they turn out"
        return False
    by_row = dict(zip(rows, verdicts, strict=True))
    turning = set()
    for at, name in enumerate(names):
        rest: dict[tuple[Any, ...], bool] = {}
        for row, verdict in by_row.items():
            others = (*row[:at], *row[at + 1 :])
            if rest.setdefault(others, verdict) != verdict:
                turning.add(name)
                break
    assert found.undecided_by == tuple(sorted(turning))
    return True


def test_undecided_by_in_random_rulebooks(tmp_path: Path) -> None:
    """With all evidence unknown that is not held, so that many verdicts are open."""
    still_open = 0
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        generated = generator.case(seed)
        rng = random.Random(seed)
        held = generated.service.pop("holds", [])
        names = [entry["id"] for entry in generated.catalogue["evidence"]]
        generated.service["holds"] = rng.sample(held, len(held) // 2)
        taken = {
            oracle.normal(each if isinstance(each, str) else next(iter(each.values())))
            for each in generated.service["holds"]
        }
        taken |= set(generated.service.get("unknown", []))
        more = [name for name in names if name not in taken]
        generated.service.setdefault("unknown", []).extend(more)
        generator.write(generated, folder)
        made = engine(folder, ON)
        still_open += assert_undecided_by(made, made.assessed())
    assert still_open > 20


@cache
def shipped() -> Rulebook:
    found = Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path())
    return found.on(ON)


def random_service(rng: random.Random) -> Service:
    """A service for the shipped rulebook, some of it unknown, some with an end, in some reading."""
    place = Place("test")
    share = rng.choice((0.1, 0.25, 0.5))
    holds: list[Holding] = []
    unknown: list[Ref] = []
    for name in [*shipped().evidence, *shipped().items]:
        chance = rng.random()
        until = ON + timedelta(rng.randrange(0, 400)) if rng.random() < 0.5 else None
        if chance < share:
            holds.append(Holding(evidence=Ref(name, place), until=until))
        elif chance < share + 0.06 and len(unknown) < 10:
            unknown.append(Ref(name, place))
    return Service(
        service=Text({"": "test"}),
        holds=tuple(holds),
        unknown=tuple(unknown),
        context={
            Ref(name, place): Ref(rng.choice(("true", "false")), place) for name in shipped().facts
        },
        readings={
            Ref(reading.id, place): Ref(rng.choice(reading.option_ids), place)
            for reading in shipped().readings
        },
    )


@pytest.mark.parametrize("seed", range(25))
def test_explanations_of_the_shipped_rulebook(seed: int) -> None:
    rng = random.Random(f"shipped {seed}")
    (made,) = case.from_service([shipped()], random_service(rng), ON)
    found = made.assessed()
    assert_undecided_by(made, found)
    for item in rng.sample([each.id for each in found.items], 8):
        assert check(made, found, item, rng)


def reasons(made: Case, item: str) -> Iterator[tuple[str, tuple[str, ...], date | None]]:
    told = explanation.from_assessment(made.circuit, made.assessed(), item)
    for reason in told.reasons:
        for names, until in zip(reason.because.sets, reason.until, strict=True):
            yield reason.waiver.id, names, until
    for names, until in zip(told.met_because.sets, told.met_until, strict=True):
        yield "", names, until


@pytest.mark.parametrize("seed", range(4))
def test_a_reason_ends_when_it_says(seed: int) -> None:
    """On its last day a reason is still given; the day after it is not; without end, it stays."""
    rng = random.Random(f"until {seed}")
    service = random_service(rng)
    (made,) = case.from_service([shipped()], service, ON)
    ends = 0
    for item in checklist.ITEMS[::3]:
        for waiver, names, until in list(reasons(made, item)):
            last = until or date.max
            then = [(w, n) for w, n, _ in reasons(on(service, last), item)]
            assert (waiver, names) in then
            if until is not None:
                ends += 1
                after = [(w, n) for w, n, _ in reasons(on(service, until + timedelta(1)), item)]
                assert (waiver, names) not in after
    assert ends


def on(service: Service, day: date) -> Case:
    (made,) = case.from_service([shipped()], service, day)
    return made
