"""All services that rules can be asked about, and the smallest one of which something is so.

A service is a set of keys that are taken. What is held is its own key. A fact, or a reading that is
free, has its values as a group: none of its keys taken is the first value, which is its default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cloudrules.core.domain import values_of
from cloudrules.core.entries import Fact, Reading
from cloudrules.core.formulas import Formulas, Side
from cloudrules.core.gates import Builder, Circuit, Input
from cloudrules.core.names import Value, value_of
from cloudrules.core.problem import Clock, GaveUp, Infeasible, Level, Problem, Solver
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.situation import shown, test
from cloudrules.core.witness import Witness

_MARK = "\x00"  # in no id: keys of facts and readings are none of what is held


@dataclass(frozen=True)
class Group:
    """A fact or a reading with its values, the first without a key."""

    kind: str
    name: str
    values: tuple[Value, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(_MARK.join(("", self.kind, self.name, shown(each))) for each in self.values)

    def value(self, taken: Iterable[str]) -> Value:
        at = {key: at for at, key in enumerate(self.keys) if at}
        return self.values[next((at[key] for key in taken if key in at), 0)]


@dataclass
class Universe:
    """The services that gates of a builder can be asked about.

    The tests of facts that stand in the builder by now say which values are told apart. A reading
    of `fixed` has its option for good; the others of `readings` are free.
    """

    builder: Builder
    facts: Mapping[str, Fact]
    readings: Sequence[Reading] = ()
    fixed: Readings = field(default_factory=dict)
    order: Sequence[str] = ()  # of what a witness holds
    always: list[int] = field(default_factory=list)  # gates that hold of every service
    formulas: Formulas = field(default_factory=Formulas)
    _made: dict[Side, int] = field(default_factory=dict)
    _leaves: dict[Input, tuple[tuple[str, ...], bool]] = field(default_factory=dict)

    @cached_property
    def groups(self) -> dict[tuple[str, str], Group]:
        """The facts that are tested and the free readings, by kind and name."""
        tests: dict[str, list[Input]] = {}
        for gate in self.builder.gates:
            if gate.input is not None and gate.input.kind in ("fact", "test"):
                tests.setdefault(gate.input.name, []).append(gate.input)
        found: dict[tuple[str, str], Group] = {}
        for name, there in tests.items():
            fact = self.facts[name]
            values: dict[Value, None] = dict.fromkeys(first(fact))
            if fact.kind == "boolean":
                values.update({False: None, True: None})
            constants = [each.value for each in there if each.value is not None]
            values.update(dict.fromkeys(values_of(fact, sorted(constants, key=str))))
            kinds: dict[tuple[bool, ...], Value] = {}  # one value of each, the default first
            for value in values:
                kinds.setdefault(tuple(_holds(test, value) for test in there), value)
            found["fact", name] = Group("fact", name, tuple(kinds.values()))
        for reading in self.readings:
            if reading.id not in self.fixed:
                found["reading", reading.id] = Group("reading", reading.id, reading.option_ids)
        return found

    @cached_property
    def group_of(self) -> dict[str, Group]:
        """The group of each key that is of one."""
        return {key: group for group in self.groups.values() for key in group.keys[1:]}

    def leaf(self, leaf: Input) -> tuple[tuple[str, ...], bool]:
        """When an input is true: one of these keys is taken; with True: none of them is."""
        found = self._leaves.get(leaf)
        if found is None:
            found = self._leaves[leaf] = self._leaf(leaf)
        return found

    def _leaf(self, leaf: Input) -> tuple[tuple[str, ...], bool]:
        if leaf.kind in ("evidence", "item"):
            return (leaf.name,), False
        if leaf.kind == "reading" and leaf.name in self.fixed:
            return (), self.fixed[leaf.name] == leaf.value
        group = self.groups["reading" if leaf.kind == "reading" else "fact", leaf.name]
        holds = [_holds(leaf, value) for value in group.values]
        keys = [key for key, each in zip(group.keys, holds, strict=True) if each != holds[0]]
        return tuple(keys), holds[0]

    # The smallest service

    def problem(self, wanted: Iterable[int], spared: Mapping[str, int] | None = None) -> Problem:
        """That gates hold, at the least that is held; then at the fewest facts and options stated.

        `spared` are gates that had better hold, by a name of each that no id has: as few as can be
        do not, which counts for more than all that is held.
        """
        formulas = self.formulas
        must = [self._formula(gate) for gate in [*wanted, *self.always]]
        spared = spared or {}
        for name, gate in spared.items():
            must.append(formulas.disjunction([self._formula(gate), formulas.take(name)]))
        keys = formulas.choices(must)
        there = {id(group): group for key in keys if (group := self.group_of.get(key))}
        for group in there.values():
            leaves = [formulas.leave(key) for key in group.keys[1:]]
            must += [
                formulas.disjunction([one, two])
                for at, one in enumerate(leaves)
                for two in leaves[at + 1 :]
            ]
        weights: dict[str, int] = {}
        levels: list[Level] = []
        scale = 1
        kinds = [self._kind(key, spared) for key in keys]
        for kind in ("reading", "fact", "held", "spared"):
            own = {key: 1 for key, each in zip(keys, kinds, strict=True) if each == kind}
            weights.update(dict.fromkeys(own, scale))
            levels.insert(0, Level(own, scale))
            scale *= len(own) + 1
        return Problem(formulas, tuple(must), weights, (), tuple(levels))

    def _kind(self, key: str, spared: Mapping[str, int]) -> str:
        group = self.group_of.get(key)
        return group.kind if group else "spared" if key in spared else "held"

    def _formula(self, gate: int) -> int:
        return self.formulas.from_circuit(self.circuit, gate, self._take, made=self._made)

    @property
    def circuit(self) -> Circuit:
        """The gates by now, without their names."""
        return Circuit(self.builder.gates, {})

    def _take(self, leaf: Input) -> int:
        keys, negated = self.leaf(leaf)
        join = self.formulas.conjunction if negated else self.formulas.disjunction
        take = self.formulas.leave if negated else self.formulas.take
        return join([take(key) for key in keys])

    def smallest(
        self,
        wanted: Iterable[int],
        solver: Solver,
        clock: Clock,
        spared: Mapping[str, int] | None = None,
    ) -> tuple[frozenset[str], bool] | None:
        """The keys of the smallest service in which gates hold, and whether it is proved smallest.

        None: there is none, or none was found in time.
        """
        outcome = solver.solve(self.problem(wanted, spared), clock)
        if isinstance(outcome, Infeasible):
            return None
        if isinstance(outcome, GaveUp):
            return (self._own(outcome.best.taken, spared), False) if outcome.best else None
        return self._own(outcome.taken, spared), True

    def _own(self, taken: frozenset[str], spared: Mapping[str, int] | None) -> frozenset[str]:
        return taken - (spared or {}).keys()

    def against(self, gate: int) -> list[str]:
        """What, being held, might make a gate that holds hold no more."""
        formulas = self.formulas
        nodes = (formulas.nodes[index] for index in formulas.below([self._formula(gate)]))
        names = {choice for op, _, choice in nodes if op == "leave"}
        return sorted(names - self.group_of.keys())

    # What a service looks like

    def witness(self, taken: Iterable[str], besides: Sequence[str] = ()) -> Witness:
        """The service of some keys, as people can hold it. Facts without a default are stated."""
        keys = set(taken)
        at = {name: place for place, name in enumerate(self.order)}
        held = sorted(keys - self.group_of.keys(), key=lambda name: (at.get(name, len(at)), name))
        context: dict[str, Value] = {}
        readings = dict(self.fixed)
        for group in self.groups.values():
            value = group.value(keys)
            if group.kind == "reading":
                readings[group.name] = str(value)
            elif [value] != first(self.facts[group.name]):
                context[group.name] = value
        usual = {reading.id: reading.options[0].id for reading in self.readings}
        taken_readings = {name: each for name, each in readings.items() if each != usual.get(name)}
        return Witness(tuple(held), context, taken_readings, tuple(besides))


def of_rulebook(builder: Builder, rulebook: Rulebook, fixed: Readings) -> Universe:
    """The services of one rulebook; the options of two readings that clash are never both taken."""
    universe = Universe(
        builder,
        rulebook.facts,
        rulebook.readings,
        fixed,
        [*rulebook.evidence, *rulebook.items],
    )
    for pair in rulebook.clashing:
        if not all(reading in fixed for reading, _ in pair):
            both = [builder.input(Input("reading", name, "=", option)) for name, option in pair]
            universe.always.append(builder.negation(builder.conjunction(both)))
    return universe


def first(fact: Fact) -> list[Value]:
    """The value of a fact that a service is silent about; none where it has no default."""
    default = value_of(fact, fact.default.name) if fact.default else None
    if default is None and fact.kind == "boolean":
        default = False
    return [] if default is None else [default]


def _holds(leaf: Input, value: Value) -> bool:
    if leaf.kind == "fact":
        return bool(value)
    if leaf.kind == "reading":
        return value == leaf.value
    assert leaf.value is not None
    return test(value, leaf.op, leaf.value)
