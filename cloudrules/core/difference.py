"""Where two rulebooks disagree, proved: a smallest witness for the verdict and for each item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloudrules.core import joint
from cloudrules.core.assessment import ItemAnswer
from cloudrules.core.gates import Builder, Circuit
from cloudrules.core.joint import Joint, Sides
from cloudrules.core.names import Value
from cloudrules.core.problem import Clock, OutOfTime, Solver
from cloudrules.core.prover import Prover
from cloudrules.core.responsible import Clause, Reasons, Valued
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.universe import Universe
from cloudrules.core.witness import Witness


@dataclass(frozen=True)
class Verdict:
    """What one side says of a service as a whole."""

    compliant: bool | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A service on which two sides disagree.

    `holds` has each thing under its name in A and in B, None where that side knows nothing of it;
    `a` and `b` are the service as each side is asked about it. `least`: proved the smallest.
    """

    holds: tuple[tuple[str | None, str | None], ...]
    context: dict[str, Value]
    a: Witness
    b: Witness
    least: bool = True


@dataclass(frozen=True)
class VerdictDifference:
    witness: Shown
    a: Verdict
    b: Verdict
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class ItemDifference:
    """An item by its ids in A and in B, None where that side has none; likewise the answers."""

    item: str | None
    item_b: str | None
    witness: Shown
    a: ItemAnswer | None
    b: ItemAnswer | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Difference:
    """What is said is said of services of which all is known that the rules ask about.

    `undecided` are the items, by their shared names, for which the time was not enough. A service
    that is silent about a fact of `unstated` is known to one side alone: of such, nothing is said.
    """

    sides: Sides
    verdict: VerdictDifference | None
    items: tuple[ItemDifference, ...]
    verdict_undecided: bool
    undecided: tuple[str, ...]
    unstated: tuple[str, ...] = ()

    @property
    def equivalent(self) -> bool | None:
        """Whether no service is answered differently; None where that is not known."""
        if self.verdict or self.items:
            return False
        return None if self.undecided or self.verdict_undecided or self.unstated else True


def equivalent(universe: Universe, prover: Prover, a: Circuit, b: Circuit, clock: Clock) -> bool:
    """Whether two rulebooks of the same ids, in one reading each, answer every service alike.

    Both are circuits in the builder of the universe. The verdict is alike where all items are.
    Raises OutOfTime.
    """
    builder = universe.builder
    items = dict.fromkeys(name[1] for each in (a, b) for name in each.named if name[0] == "exists")
    gates = dict.fromkeys(differing(builder, a, b, item) for item in items)
    gates.pop(builder.false, None)
    return all(prover.find([gate], clock) is None for gate in gates)


def differing(builder: Builder, a: Circuit, b: Circuit, item: str) -> int:
    """The gate that says that the answers for an item, obligation or status, are not the same.

    An item that one side does not have always differs.
    """
    there = [("exists", item) in each.named for each in (a, b)]
    if not all(there):
        return builder.constant(any(there))
    pairs = [
        (a.named["met", item], b.named["met", item]),
        (a.named["applies", item], b.named["applies", item]),
        (_released(builder, a, item), _released(builder, b, item)),
        (a.named["owed", item], b.named["owed", item]),
    ]
    return builder.disjunction(builder.difference(one, two) for one, two in pairs)


def _released(builder: Builder, circuit: Circuit, item: str) -> int:
    return builder.conjunction([circuit.named["applies", item], circuit.named["waived", item]])


def from_rulebooks(
    a: Rulebook,
    b: Rulebook,
    readings: tuple[Readings, Readings],
    prove: Callable[[Universe], Prover],
    solver: Solver,
    clock: Clock,
) -> Difference:
    """Where two rulebooks, each on its day and in one reading, answer a service differently.

    Raises BadInput where they cannot be compared or one of them cannot be compiled.
    """
    sides = joint.from_rulebooks(a, b, *readings)
    builder = Builder()
    universe, one, two = joint.universe(sides, builder)
    verdict = builder.difference(one.named["compliant",], two.named["compliant",])
    gates = {item: differing(builder, one, two, item) for item in sides.items}
    search = _Search(sides, universe, prove(universe), solver, clock)
    whole: VerdictDifference | None = None
    found: list[ItemDifference] = []
    undecided: list[str] = []
    try:
        whole = search.verdict(verdict)
        open_verdict = False
    except OutOfTime:
        open_verdict = True
    for item, gate in gates.items():
        try:
            differs = search.item(item, gate)
        except OutOfTime:
            undecided.append(item)
        else:
            found += [differs] if differs else []
    asked = universe.groups
    unstated = tuple(name for name in sides.half_silent if ("fact", name) in asked)
    return Difference(sides, whole, tuple(found), open_verdict, tuple(undecided), unstated)


class _Search:
    """Finds the smallest services of which gates hold, and says what both sides make of them."""

    def __init__(
        self, sides: Sides, universe: Joint, prover: Prover, solver: Solver, clock: Clock
    ) -> None:
        self.sides, self.universe, self.prover = sides, universe, prover
        self.solver, self.clock = solver, clock
        self._known: dict[frozenset[str], Reasons] = {}

    def verdict(self, gate: int) -> VerdictDifference | None:
        """Raises OutOfTime, as `item` does."""
        found = self.smallest(gate)
        if found is None:
            return None
        shown, why = found
        return VerdictDifference(shown, verdict_of(why.a), verdict_of(why.b), why.of_verdict())

    def item(self, item: str, gate: int) -> ItemDifference | None:
        found = self.smallest(gate)
        if found is None:
            return None
        shown, why = found
        a, b = why.a.answer(item), why.b.answer(item)
        one, two = (side.own.get(item) for side in (self.sides.a, self.sides.b))
        return ItemDifference(one, two, shown, a, b, why.of_items([item]))

    def smallest(self, gate: int) -> tuple[Shown, Reasons] | None:
        """None: proved that there is no such service."""
        if gate == self.universe.builder.false:
            return None  # the rules are the same; this takes no time
        taken, least = frozenset[str](), True
        if gate != self.universe.builder.true:
            some = self.prover.find([gate], self.clock)
            if some is None:
                return None
            found = self.universe.smallest([gate], self.solver, self.clock)
            taken, least = (frozenset(found[0]), found[1]) if found else (some, False)
        why = self._reasons(taken)
        stated = self.universe.stated(taken)
        held = list(why.a.situation.held)
        holds = tuple((self.sides.a.held(name), self.sides.b.held(name)) for name in held)
        one, two = (joint.witness(each.side, held, stated) for each in (why.a, why.b))
        return Shown(holds, stated, one, two, least), why

    def _reasons(self, taken: frozenset[str]) -> Reasons:
        if taken not in self._known:
            universe = self.universe
            at = {name: place for place, name in enumerate(universe.order)}
            held = sorted(taken - universe.group_of.keys(), key=lambda name: (at[name], name))
            stated = universe.stated(taken)
            one, two = (
                Valued(side, joint.situation(side, held, stated))
                for side in (self.sides.a, self.sides.b)
            )
            self._known[taken] = Reasons(one, two)
        return self._known[taken]


def verdict_of(valued: Valued) -> Verdict:
    return Verdict(valued.found.compliant, valued.missing)
