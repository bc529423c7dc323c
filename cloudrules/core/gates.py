"""Logic circuits: gates in topological order, their simulation, and how they are built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from cloudrules.core.errors import Place, TooLarge
from cloudrules.core.names import Value

WEIGHING = 200_000  # gates that one at_least may become; more is refused


class Input(NamedTuple):
    """A leaf: a held evidence, an attested item, a true fact, a test of a fact, or an option."""

    kind: Literal["evidence", "item", "fact", "test", "reading"]
    name: str
    op: str = ""
    value: Value | None = None  # what a test compares with; the option of a reading


class Gate(NamedTuple):
    """`args` are indices of earlier gates."""

    op: Literal["input", "constant", "not", "and", "or"]
    args: tuple[int, ...] = ()
    input: Input | None = None
    value: bool = False


Named: TypeAlias = tuple[str, ...]  # ("met", "1.8"), ("releases", "hosting", "1.8"), ("compliant",)


@dataclass(frozen=True)
class Circuit:
    gates: Sequence[Gate]
    named: dict[Named, int]
    places: dict[Named, Place] = field(default_factory=dict)
    one_reading: bool = False  # made for one reading alone: the others are not among its inputs

    def inputs(self) -> Iterator[tuple[int, Input]]:
        for index, gate in enumerate(self.gates):
            if gate.input is not None:
                yield index, gate.input


class Bits(Protocol):
    """What simulation runs over: a bool, an int used as a bit vector, a numpy array of words."""

    def __and__(self, other: Any, /) -> Any: ...
    def __or__(self, other: Any, /) -> Any: ...


B = TypeVar("B", bound=Bits)
Rails: TypeAlias = tuple[B, B]  # (may be true, may be false); both: unknown


def simulate(circuit: Circuit, value: Callable[[Input], Rails[B]], no: B, yes: B) -> list[Rails[B]]:
    """The rails of every gate, by strong Kleene logic; `no` and `yes` are all-false and all-true.

    A negation swaps the rails, so `&` and `|` are all that the values need.
    """
    rails: list[Rails[B]] = []
    for gate in circuit.gates:
        if gate.op == "and":
            may, may_not = yes, no
            for arg in gate.args:
                one, other = rails[arg]
                may, may_not = may & one, may_not | other
            rails.append((may, may_not))
        elif gate.op == "or":
            may, may_not = no, yes
            for arg in gate.args:
                one, other = rails[arg]
                may, may_not = may | one, may_not & other
            rails.append((may, may_not))
        elif gate.op == "not":
            may, may_not = rails[gate.args[0]]
            rails.append((may_not, may))
        elif gate.input is not None:
            rails.append(value(gate.input))
        else:
            rails.append((yes, no) if gate.value else (no, yes))
    return rails


def evaluated(
    gates: Sequence[Gate], roots: Iterable[int], value: Callable[[Input], int], ones: int
) -> dict[int, int]:
    """Some gates, and all that they rest on, as bit vectors where every input is known."""
    cone: set[int] = set()
    stack = list(roots)
    while stack:
        at = stack.pop()
        if at not in cone:
            cone.add(at)
            stack += gates[at].args
    values: dict[int, int] = {}
    for at in sorted(cone):  # a part is always made before the whole
        values[at] = bits_of(gates[at], values, value, ones)
    return values


def bits_of(
    gate: Gate,
    values: Mapping[int, int] | Sequence[int],
    value: Callable[[Input], int],
    ones: int,
) -> int:
    """One gate as a bit vector, from those of its parts."""
    op, args, leaf, constant = gate
    if op == "and":
        found = ones
        for arg in args:
            found &= values[arg]
        return found
    if op == "or":
        found = 0
        for arg in args:
            found |= values[arg]
        return found
    if op == "not":
        return ones & ~values[args[0]]
    if leaf is not None:
        return value(leaf)
    return ones if constant else 0


class Builder:
    """Makes gates, each only once, constants folded away."""

    def __init__(self) -> None:
        self.gates: list[Gate] = []
        self._index: dict[object, int] = {}
        self.false, self.true = self.constant(False), self.constant(True)

    def _add(self, key: object, gate: Gate) -> int:
        index = self._index.get(key)
        if index is None:
            index = self._index[key] = len(self.gates)
            self.gates.append(gate)
        return index

    def constant(self, value: bool) -> int:
        return self._add(value, Gate("constant", value=value))

    def input(self, leaf: Input) -> int:
        return self._add(leaf, Gate("input", input=leaf))

    def negation(self, part: int) -> int:
        gate = self.gates[part]
        if gate.op == "constant":
            return self.constant(not gate.value)
        if gate.op == "not":
            return gate.args[0]
        return self._add(("not", part), Gate("not", (part,)))

    def conjunction(self, parts: Iterable[int]) -> int:
        return self._join("and", parts, unit=self.true, zero=self.false)

    def disjunction(self, parts: Iterable[int]) -> int:
        return self._join("or", parts, unit=self.false, zero=self.true)

    def _join(self, op: Literal["and", "or"], parts: Iterable[int], unit: int, zero: int) -> int:
        each = dict.fromkeys(parts)
        if zero in each:
            return zero
        each.pop(unit, None)
        args = tuple(each)
        if len(args) < 2:
            return args[0] if args else unit
        index = self._index.get((op, args))
        return self._add((op, args), Gate(op, args)) if index is None else index

    def difference(self, one: int, two: int) -> int:
        """That one holds and the other does not."""
        if one == two:
            return self.false
        either = self.disjunction([one, two])
        return self.conjunction([either, self.negation(self.conjunction([one, two]))])

    def at_least(self, threshold: int, parts: list[tuple[int, int]]) -> int:
        return weighed(threshold, parts, self)


class Joins(Protocol):
    """What can be joined from parts: gates, or formulas."""

    def conjunction(self, parts: Iterable[int], /) -> int: ...
    def disjunction(self, parts: Iterable[int], /) -> int: ...
    def constant(self, value: bool, /) -> int: ...


def weighed(threshold: int, parts: list[tuple[int, int]], joins: Joins) -> int:
    """Whether weights sum to a threshold, by `and` and `or` alone: exact for unknowns too.

    Raises TooLarge where the weights are so uneven that the sums cannot be told apart in few steps.
    """
    parts = [(weight, part) for weight, part in parts if weight]
    divisor = gcd(*(weight for weight, _ in parts)) or 1
    parts = [(weight // divisor, part) for weight, part in parts]
    threshold = -(-threshold // divisor)
    reach = [0]  # reach[k]: the sum of the first k weights
    for weight, _ in parts:
        reach.append(reach[-1] + weight)
    # layers[k]: the sums that the first k parts may still have to bring
    layers: list[set[int]] = [set() for _ in reach]
    layers[-1] = {threshold}
    steps = 0
    for index in range(len(parts), 0, -1):
        weight = parts[index - 1][0]
        for need in layers[index]:
            if 0 < need <= reach[index]:
                layers[index - 1] |= {need, need - weight}
        steps += len(layers[index])
        if steps > WEIGHING:
            raise TooLarge("at_least")
    below: dict[int, int] = {}
    for index, layer in enumerate(layers):
        here: dict[int, int] = {}
        for need in sorted(layer):
            if need <= 0 or need > reach[index]:
                here[need] = joins.constant(need <= 0)
            else:
                weight, part = parts[index - 1]
                taken = joins.conjunction([part, below[need - weight]])
                here[need] = joins.disjunction([taken, below[need]])
        below = here
    return below[threshold]
