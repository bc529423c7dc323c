"""In what share of all services a gate holds: counted on a decision diagram, else sampled."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from hashlib import shake_256
from math import sqrt
from struct import unpack

from cloudrules.core.decision import Diagrams
from cloudrules.core.errors import TooLarge
from cloudrules.core.gates import Gate, Input, evaluated
from cloudrules.core.universe import Universe

NODES = 60_000  # of a diagram; a function that needs more is sampled
SAMPLES = 1 << 14
Z = 1.96  # of the 95 % interval


def exactly(universe: Universe, gate: int) -> Fraction:
    """The share of the services and readings in which a gate holds, each counted once.

    What is held, the values of facts that tests can tell apart and the options of free readings
    count alike. Raises TooLarge.
    """
    counter = _Counter(universe)
    allowed = counter.joined("and", universe.always)
    wanted = counter.diagrams.conjunction(counter.of(gate), allowed)
    for group in counter.groups:
        allowed = counter.diagrams.conjunction(allowed, group)
        wanted = counter.diagrams.conjunction(wanted, group)
    return counter.diagrams.density(wanted) / counter.diagrams.density(allowed)


class _Counter:
    """The functions of gates over the keys that they rest on, in the order of their first use."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.diagrams = Diagrams(NODES)
        self.groups: list[int] = []  # that at most one key of each is taken
        self._numbers: dict[str, int] = {}
        self._made: dict[int, int] = {}

    def of(self, gate: int) -> int:
        nodes, made = self.universe.builder.gates, self._made
        stack = [gate]
        while stack:
            here = stack[-1]
            waiting = [arg for arg in reversed(nodes[here].args) if arg not in made]
            if waiting and here not in made:
                stack += waiting
                continue
            stack.pop()
            if here not in made:
                made[here] = self._gate(nodes[here])
        return made[gate]

    def _gate(self, gate: Gate) -> int:
        if gate.op == "not":
            return self.diagrams.negation(self._made[gate.args[0]])
        if gate.input is not None:
            keys, negated = self.universe.leaf(gate.input)
            found = 0
            for key in keys:
                found = self.diagrams.disjunction(found, self._key(key))
            return self.diagrams.negation(found) if negated else found
        if gate.op == "constant":
            return int(gate.value)
        return self._join(gate.op, [self._made[arg] for arg in gate.args])

    def joined(self, op: str, gates: Iterable[int]) -> int:
        return self._join(op, [self.of(gate) for gate in gates])

    def _join(self, op: str, parts: list[int]) -> int:
        found = int(op == "and")
        join = self.diagrams.conjunction if op == "and" else self.diagrams.disjunction
        for part in reversed(parts):
            found = join(part, found)
        return found

    def _key(self, key: str) -> int:
        if key not in self._numbers:
            group = self.universe.group_of.get(key)
            keys = group.keys[1:] if group else (key,)
            for each in keys:
                self._numbers[each] = len(self._numbers)
            if group:
                self.groups.append(self._at_most_one([self._numbers[each] for each in keys]))
        return self.diagrams.variable(self._numbers[key])

    def _at_most_one(self, numbers: list[int]) -> int:
        diagrams = self.diagrams
        none, one = 1, 1
        for number in reversed(numbers):
            taken = diagrams.variable(number)
            one = diagrams.ite(taken, none, one)
            none = diagrams.ite(taken, 0, none)
        return one


def sampled(universe: Universe, gate: int) -> tuple[Fraction, int, float]:
    """An estimate of the same share: the share found, of how many, and half the 95 % interval.

    The same samples are drawn each time.
    """
    ones = (1 << SAMPLES) - 1
    drawn: dict[str, int] = {}

    def value(leaf: Input) -> int:
        keys, negated = universe.leaf(leaf)
        found = 0
        for key in keys:
            found |= _drawn(universe, key, drawn)
        return ones & ~found if negated else found

    values = evaluated(universe.builder.gates, [gate, *universe.always], value, ones)
    allowed = ones
    for each in universe.always:
        allowed &= values[each]
    of = allowed.bit_count()
    if not of:
        raise TooLarge("samples")
    share = Fraction((values[gate] & allowed).bit_count(), of)
    p = float(share)
    # Where none, or all, are of a kind: the rule of three.
    error = 3 / of if p in (0.0, 1.0) else Z * sqrt(p * (1 - p) / of)
    return share, of, error


def _drawn(universe: Universe, key: str, drawn: dict[str, int]) -> int:
    """In which samples a key is taken, as bits."""
    if key not in drawn:
        group = universe.group_of.get(key)
        if group is None:
            drawn[key] = int.from_bytes(_bytes(key, SAMPLES // 8))
        else:
            numbers = unpack(f"<{SAMPLES}I", _bytes(group.keys[1], 4 * SAMPLES))
            bits = dict.fromkeys(group.keys[1:], 0)
            for at, number in enumerate(numbers):
                taken = number % len(group.keys)
                if taken:
                    bits[group.keys[taken]] |= 1 << at
            drawn.update(bits)
    return drawn[key]


def _bytes(name: str, size: int) -> bytes:
    return shake_256(f"share\x00{name}".encode("utf-8", "surrogatepass")).digest(size)
