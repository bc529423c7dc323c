"""Whether there is a service of which gates hold: the protocol of a prover, and what comes before.

A prover is complete: where it finds none, there is none. Most services are found among samples,
before any search; every service that a search finds becomes a sample.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import shake_256
from typing import Protocol

from cloudrules.core.gates import Input, bits_of
from cloudrules.core.problem import Clock, GaveUp, Infeasible, OutOfTime, Problem, Solver
from cloudrules.core.universe import Universe

# How likely a sampled service is to hold each thing, of 256. Services that hold nearly everything,
# or nearly nothing, are those on which rules turn.
DENSITIES = (0, 256, 2, 254, 8, 248, 24, 232, 64, 192, 128, 128)
SAMPLES = 384  # a multiple of the number of densities
BATCH = 64  # services found that become samples together: every gate is then valued anew


class Prover(Protocol):
    """Complete: None is proved. Raises OutOfTime."""

    name: str

    def find(self, wanted: Iterable[int], clock: Clock) -> frozenset[str] | None:
        """The keys of a service of the universe in which all these gates hold."""
        ...


class Asking:
    """A prover made of a solver: each question is a problem by itself."""

    def __init__(self, universe: Universe, solver: Solver) -> None:
        self.name = solver.name
        self.universe, self.solver = universe, solver

    def find(self, wanted: Iterable[int], clock: Clock) -> frozenset[str] | None:
        """See `Prover`."""
        asked = self.universe.problem(wanted)
        outcome = self.solver.solve(Problem(asked.formulas, asked.must, {}), clock)
        if isinstance(outcome, Infeasible):
            return None
        found = outcome.best if isinstance(outcome, GaveUp) else outcome
        if found is None:
            raise OutOfTime
        return found.taken


class Sampled:
    """A prover that looks among samples first, and remembers what it was asked."""

    def __init__(self, universe: Universe, prover: Prover) -> None:
        self.name = prover.name
        self.universe, self.prover = universe, prover
        self.samples = SAMPLES
        self._keys: dict[str, int] = {}  # the samples in which each key is taken, as bits
        self._groups: set[tuple[str, str]] = set()
        self._values: list[int] = []  # the samples in which each gate holds, as bits
        self._answers: dict[tuple[int, ...], frozenset[str] | None] = {}
        self._found: list[frozenset[str]] = []
        self._waiting: list[frozenset[str]] = []

    def find(self, wanted: Iterable[int], clock: Clock) -> frozenset[str] | None:
        """See `Prover`."""
        gates = [*dict.fromkeys([*wanted, *self.universe.always])]
        hits = self._among_samples(gates)
        if hits:
            return self._sample((hits & -hits).bit_length() - 1)
        key = tuple(sorted(gates))
        if key not in self._answers:
            clock.check()
            found = self.prover.find(gates, clock)
            self._answers[key] = found
            if found is not None:
                self._add(found)
        return self._answers[key]

    def _among_samples(self, gates: list[int]) -> int:
        nodes = self.universe.builder.gates
        values = self._values
        every = (1 << self.samples) - 1
        for gate in nodes[len(values) :]:
            values.append(bits_of(gate, values, lambda leaf: self._value(leaf, every), every))
        hits = every
        for each in gates:
            hits &= values[each]
        return hits

    def _value(self, leaf: Input, every: int) -> int:
        keys, negated = self.universe.leaf(leaf)
        found = 0
        for key in keys:
            found |= self._taken(key)
        return every & ~found if negated else found

    def _taken(self, key: str) -> int:
        if key not in self._keys:
            group = self.universe.group_of.get(key)
            if group is None:
                self._keys[key] = _column(key)
            else:
                self._keys.update(_spread(group.name, group.keys[1:]))
            for at, found in enumerate(self._found, SAMPLES):
                for each in group.keys[1:] if group else [key]:
                    self._keys[each] |= (each in found) << at
        return self._keys[key]

    def _sample(self, at: int) -> frozenset[str]:
        return frozenset(key for key, bits in self._keys.items() if bits >> at & 1)

    def _add(self, found: frozenset[str]) -> None:
        """One more sample. What no question has asked about yet is not taken."""
        self._waiting.append(found)
        if len(self._waiting) < BATCH:
            return
        for at, each in enumerate(self._waiting, self.samples):
            for key in self._keys.keys() & each:
                self._keys[key] |= 1 << at
        self._found += self._waiting
        self.samples += len(self._waiting)
        self._waiting.clear()
        self._values.clear()


def _column(key: str) -> int:
    """In which samples a thing is held: the same for the same name, whatever else there is."""
    drawn = shake_256(key.encode("utf-8", "surrogatepass")).digest(SAMPLES)
    bits = 0
    for at, byte in enumerate(drawn):
        bits |= (byte < DENSITIES[at % len(DENSITIES)]) << at
    return bits


def _spread(name: str, keys: tuple[str, ...]) -> dict[str, int]:
    """In which samples each value of a group is taken: at most one of them, each as likely."""
    drawn = shake_256(f"\x00{name}".encode("utf-8", "surrogatepass")).digest(2 * SAMPLES)
    found = dict.fromkeys(keys, 0)
    for at in range(SAMPLES):
        number = int.from_bytes(drawn[2 * at : 2 * at + 2]) % (len(keys) + 1)
        if number:
            found[keys[number - 1]] |= 1 << at
    return found
