"""Two rulebooks side by side: their entries under shared names, and all services there are.

A matched entry has the name that A gives it. What B alone has keeps its own name, marked where A
gives that to something else. A service that is silent about a fact is a case of its own where the
two defaults differ: each side then takes its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cloudrules.core import circuit, matching
from cloudrules.core.circuit import joined
from cloudrules.core.domain import values_of
from cloudrules.core.entries import Fact, Item, Waiver
from cloudrules.core.errors import BadInput, Fault, fault
from cloudrules.core.gates import Builder, Circuit, Input
from cloudrules.core.matching import Matching, Pair
from cloudrules.core.names import Value
from cloudrules.core.renaming import renamed
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.situation import Situation, holding, test
from cloudrules.core.universe import Group, Universe, first
from cloudrules.core.witness import Witness

MARK = "\x00"  # in no id; what is only B's, though A has something of that name


@dataclass(frozen=True)
class Side:
    """One of the two: `read` in its reading, `shared` under the names that both share.

    `own` gives for a shared name of an item or a waiver the rulebook's own.
    """

    rulebook: Rulebook
    readings: Readings
    read: Rulebook
    shared: Rulebook
    own: Mapping[str, str]

    @cached_property
    def names(self) -> dict[str, str]:
        """The other way round: the shared name of each item, by its own."""
        return {own: name for name, own in self.own.items() if name in self.shared.items}

    def held(self, name: str) -> str | None:
        """The own name of something that a service can hold; None where it is not known here."""
        if name in self.shared.items:
            return self.own[name]
        return name if name in self.shared.evidence else None

    def exists(self, name: str) -> bool:
        """Whether there is such an entry on the day asked for."""
        return self.shared.entry(name) is not None and self.own[name] not in self.read.absent


@dataclass(frozen=True)
class Sides:
    a: Side
    b: Side
    matching: Matching  # of the rulebooks as they are read

    @cached_property
    def items(self) -> list[str]:
        """The shared names of all items, in A's order, with B's between."""
        names = self.b.names
        return [
            pair.a.id if pair.a else names[pair.b.id] if pair.b else ""
            for pair in self.matching.items
        ]

    @cached_property
    def apart(self) -> list[str]:
        """The facts of which each side takes another default."""
        one, two = self.a.shared.facts, self.b.shared.facts
        return [
            name
            for name in one
            if name in two
            and first(one[name])
            and first(two[name])
            and first(one[name]) != first(two[name])
        ]

    @cached_property
    def half_silent(self) -> list[str]:
        """The facts that one side knows of a service that is silent about them, and one does not.

        A side that has no such fact asks for none.
        """
        one, two = self.a.shared.facts, self.b.shared.facts
        return [name for name in {**one, **two} if _silently(one, name) != _silently(two, name)]


def _silently(facts: Mapping[str, Fact], name: str) -> bool:
    """Whether all is known of a fact that a service does not state."""
    return name not in facts or bool(first(facts[name]))


def from_rulebooks(a: Rulebook, b: Rulebook, readings_a: Readings, readings_b: Readings) -> Sides:
    """Two rulebooks, each on its day, in one reading each. Raises BadInput.

    The names that services use have to mean the same on both sides, or the same kind of thing.
    """
    one, two = a.fixed(readings_a), b.fixed(readings_b)
    if faults := [*_name_faults(one, two), *_fact_faults(one, two)]:
        raise BadInput(faults)
    found = matching.from_rulebooks(one, two)
    names = _names(one, found.pairs)
    kept = {entry.id: entry.id for entry in one.entries()}
    own = {name: each for each, name in names.items()}
    return Sides(
        Side(a, readings_a, one, renamed(one, {}), kept),
        Side(b, readings_b, two, renamed(two, names), own),
        found,
    )


def _names(a: Rulebook, pairs: Iterable[Pair[Item] | Pair[Waiver]]) -> dict[str, str]:
    """The shared name of each entry of B, by its own."""
    names: dict[str, str] = {}
    for pair in pairs:
        if pair.b is not None:
            alone = pair.b.id + MARK if a.kind_of(pair.b.id) else pair.b.id
            names[pair.b.id] = pair.a.id if pair.a is not None else alone
    return names


def _name_faults(a: Rulebook, b: Rulebook) -> Iterator[Fault]:
    """Names of different kinds of things: a service that uses one would mean two things."""
    known = ("item", "evidence", "fact")
    for name in (*b.items, *b.evidence, *b.facts):
        one, two = a.kind_of(name), b.kind_of(name)
        if one != two and one in known:
            place = b.items[name].place if two == "item" else b.place
            yield fault("diff-kinds", place, name=name, one=one, two=two, where=a.place)


def _fact_faults(a: Rulebook, b: Rulebook) -> Iterator[Fault]:
    for name, two in b.facts.items():
        one = a.facts.get(name)
        if one is None:
            continue
        if one.kind != two.kind:
            yield fault("diff-types", b.place, fact=name, one=one.kind, two=two.kind, where=a.place)
        elif one.kind == "option" and not _values(one, two) and not (first(one) and first(two)):
            yield fault("diff-options", b.place, fact=name, where=a.place)


def _values(one: Fact, two: Fact) -> list[str]:
    return [option for option in one.option_ids if option in two.option_ids]


def _common(one: Fact, two: Fact) -> Fact:
    """A fact as both rulebooks take it: the options of both, the default where it is the same."""
    options = tuple(option for option in one.options if option.name in two.option_ids)
    return replace(one, options=options, default=one.default if first(one) == first(two) else None)


@dataclass
class Joint(Universe):
    """The services that both sides can be asked about; `apart` has facts with both defaults."""

    apart: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)

    @cached_property
    def groups(self) -> dict[tuple[str, str], Group]:
        """The facts that are tested. The first value of one in `apart` stands for silence."""
        constants: dict[str, list[Value]] = {}
        for gate in self.builder.gates:
            if gate.input is not None and gate.input.kind in ("fact", "test"):
                there = constants.setdefault(gate.input.name.removesuffix(MARK), [])
                if gate.input.value is not None:
                    there.append(gate.input.value)
        found: dict[tuple[str, str], Group] = {}
        for name in sorted(constants):
            fact, defaults = self.facts[name], self.apart.get(name)
            values: dict[Value, None] = dict.fromkeys(defaults or first(fact))
            if fact.kind == "boolean":
                values.update({False: None, True: None})
            values.update(dict.fromkeys(values_of(fact, sorted(constants[name], key=str))))
            stated = [each for each in values if fact.kind != "option" or each in fact.option_ids]
            silent = list(defaults or first(fact))[:1]
            if not defaults:
                stated = [each for each in stated if each not in silent]
            found["fact", name] = Group("fact", name, (*silent, *stated))
        return found

    def _leaf(self, leaf: Input) -> tuple[tuple[str, ...], bool]:
        name = leaf.name.removesuffix(MARK)
        if leaf.kind not in ("fact", "test") or name not in self.apart:
            return super()._leaf(leaf)
        group = self.groups["fact", name]
        values = [self.apart[name][name != leaf.name], *group.values[1:]]
        holds = [
            bool(each) if leaf.value is None else test(each, leaf.op, leaf.value) for each in values
        ]
        keys = [key for key, each in zip(group.keys, holds, strict=True) if each != holds[0]]
        return tuple(dict.fromkeys(keys)), holds[0]

    def _kind(self, key: str, spared: Mapping[str, int]) -> str:
        # A fact that has to be stated takes no more for one value than for another.
        group = self.group_of.get(key)
        must = group is not None and not self._may_be_silent(group.name)
        return "reading" if must else super()._kind(key, spared)

    def _may_be_silent(self, fact: str) -> bool:
        return fact in self.apart or bool(first(self.facts[fact]))

    def stated(self, taken: frozenset[str]) -> dict[str, Value]:
        """The facts that a service states, in the order of their names."""
        found: dict[str, Value] = {}
        for group in self.groups.values():
            at = next((at for at, key in enumerate(group.keys) if at and key in taken), 0)
            if at or not self._may_be_silent(group.name):
                found[group.name] = group.values[at]
        return found


def universe(sides: Sides, builder: Builder) -> tuple[Joint, Circuit, Circuit]:
    """All services, and the circuits of both sides over the same inputs.

    Raises as `circuit.from_rulebook`.
    """
    one, two = sides.a.shared, sides.b.shared
    apart = {name: (first(one.facts[name])[0], first(two.facts[name])[0]) for name in sides.apart}
    marked = renamed(two, {}, {name: name + MARK for name in apart}) if apart else two
    circuits = [joined(circuit.parts_of(book, builder)) for book in (one, marked)]
    facts = {**two.facts, **one.facts}
    facts.update(
        {name: _common(one.facts[name], two.facts[name]) for name in one.facts.keys() & two.facts}
    )
    order = [*dict.fromkeys([*one.evidence, *two.evidence, *sides.items])]
    return Joint(builder, facts, order=order, apart=apart), circuits[0], circuits[1]


def situation(side: Side, held: Iterable[str], stated: Mapping[str, Value]) -> Situation:
    """What a service gives one side, under the names that both share."""
    facts: dict[str, Value | None] = {
        name: next(iter(first(fact)), None) for name, fact in side.shared.facts.items()
    }
    day = side.rulebook.day
    assert day is not None  # both are taken on a date
    return Situation(
        on=day,
        held={name: holding(name, side.rulebook.place) for name in held},
        facts={**facts, **stated},
    )


def witness(side: Side, held: Iterable[str], stated: Mapping[str, Value]) -> Witness:
    """The service as one side is asked about it: in its own names, and no others."""
    return Witness(
        tuple(own for name in held if (own := side.held(name)) is not None),
        {name: value for name, value in stated.items() if name in side.shared.facts},
    )
