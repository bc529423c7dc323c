"""Questions about a rulebook in some readings: in which of them no service is of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from cloudrules.core.assessment import Space
from cloudrules.core.gates import Builder, Input, evaluated
from cloudrules.core.problem import Clock, Solver
from cloudrules.core.prover import Prover
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.universe import Universe
from cloudrules.core.variation import Compilation
from cloudrules.core.witness import Witness

MOMENT = 5.0  # seconds that a smallest service is looked for


@dataclass
class Inquiry:
    """A rulebook, its gates, its services, and who is asked.

    Worlds are bits, as in `space`: one bit for each reading of all that are asked about. Raises
    OutOfTime wherever something is asked.
    """

    rulebook: Rulebook
    compilation: Compilation
    space: Space
    universe: Universe
    prover: Prover
    solver: Solver
    clock: Clock
    _read: dict[int, Rulebook] = field(default_factory=dict)

    @property
    def builder(self) -> Builder:
        return self.compilation.builder

    def none(self, wanted: Sequence[int], among: int | None = None) -> int:
        """The worlds in which no service has all these gates hold; only worlds of `among`."""
        remaining = self.space.valid if among is None else among & self.space.valid
        if self.builder.false in wanted:
            return remaining
        while remaining:
            self.clock.check()  # though the answer might be found without a search
            found = self.prover.find([*wanted, self._within(remaining)], self.clock)
            if found is None:
                return remaining
            if remaining & (remaining - 1) == 0:
                return 0
            remaining &= ~self.worlds(found, wanted)
        return 0

    def constant(self, gate: int, value: bool) -> int:
        """The worlds in which a gate is always of one value."""
        return self.none([self.builder.negation(gate) if value else gate])

    def find(self, wanted: Sequence[int]) -> frozenset[str] | None:
        """The keys of some service with these gates, in whichever world; None: there is none."""
        return self.prover.find(wanted, self.clock)

    def _within(self, worlds: int) -> int:
        """The gate that says that one of these worlds is taken."""
        if worlds == self.space.valid:
            return self.builder.true
        builder = self.builder
        memo: dict[tuple[int, int], int] = {}
        readings = self.rulebook.readings

        def step(at: int, block: int, size: int) -> int:
            if not block:
                return builder.false
            if at == len(readings):
                return builder.true
            if (at, block) not in memo:
                options = readings[at].option_ids
                part = size // len(options)
                below = [
                    step(at + 1, block >> index * part & ((1 << part) - 1), part)
                    for index in range(len(options))
                ]
                memo[at, block] = (
                    below[0]
                    if len(set(below)) == 1
                    else builder.disjunction(
                        builder.conjunction(
                            [builder.input(Input("reading", readings[at].id, "=", option)), gate]
                        )
                        for option, gate in zip(options, below, strict=True)
                    )
                )
            return memo[at, block]

        return step(0, worlds, self.space.ones.bit_length())

    def worlds(self, taken: frozenset[str], wanted: Sequence[int]) -> int:
        """The worlds in which a service has all these gates hold."""
        values = self._values(taken, wanted)
        worlds = self.space.ones
        for gate in wanted:
            worlds &= values[gate]
        return worlds

    def holding(self, taken: frozenset[str], worlds: int) -> set[int]:
        """The named gates that hold of a service in the first of some worlds."""
        gates = self.compilation.named.values()
        values = self._values(taken, gates)
        return {gate for gate in gates if values[gate] & worlds & -worlds}

    def _values(self, taken: frozenset[str], gates: Iterable[int]) -> dict[int, int]:
        """The worlds in which each gate holds of a service, those that gates rest on included."""
        ones = self.space.ones

        def value(leaf: Input) -> int:
            if leaf.kind == "reading":
                return self.space.taken.get((leaf.name, str(leaf.value)), 0)
            keys, negated = self.universe.leaf(leaf)
            return ones if taken.isdisjoint(keys) == negated else 0

        return evaluated(self.builder.gates, gates, value, ones)

    def where(self, worlds: int) -> tuple[Readings, ...]:
        """The readings that it takes to be in one of these worlds, in the fewest words."""
        left = worlds = worlds & self.space.valid
        if worlds == self.space.valid:
            return ({},)
        found: list[Readings] = []
        readings = self.rulebook.readings
        for size in range(1, len(readings) + 1):
            for chosen in combinations(readings, size):
                for options in product(*(each.option_ids for each in chosen)):
                    there = self.space.valid
                    for each, option in zip(chosen, options, strict=True):
                        there &= self.space.taken[each.id, option]
                    if there and not there & ~worlds and there & left:
                        found.append(
                            {each.id: option for each, option in zip(chosen, options, strict=True)}
                        )
                        left &= ~there
                if not left:
                    return tuple(found)
        return tuple(found)

    def taken_in(self, worlds: int) -> list[int]:
        """The gates that say that the first of some worlds is the one taken."""
        first = (worlds & -worlds).bit_length() - 1
        return [
            self.builder.input(Input("reading", name, "=", option))
            for name, option in self.space.readings(first).items()
        ]

    def read(self, worlds: int) -> Rulebook:
        """The rulebook in the first of some worlds."""
        first = worlds & -worlds
        if first not in self._read:
            self._read[first] = self.rulebook.under(self.space.readings(first.bit_length() - 1))
        return self._read[first]

    def witness(self, taken: Iterable[str], worlds: int, besides: Sequence[str] = ()) -> Witness:
        """A service in the first of some worlds, as people can hold it."""
        found = self.universe.witness(taken, besides)
        readings = self.space.readings((worlds & -worlds).bit_length() - 1)
        usual = self.rulebook.defaults()
        unusual = {name: each for name, each in readings.items() if each != usual[name]}
        return replace(found, readings={**found.readings, **unusual})

    def smallest(
        self, wanted: Iterable[int], worlds: int, spared: dict[str, int] | None = None
    ) -> frozenset[str] | None:
        """The keys of the smallest service with these gates in the first of some worlds.

        Of some service, where the smallest is not found in a moment.
        """
        asked = [*wanted, *self.taken_in(worlds)]
        found = self.universe.smallest(asked, self.solver, self.clock.part(MOMENT), spared)
        return found[0] if found and found[1] else self.find(asked)
