"""What is owed, waived, met and unknown, for one service, in its reading or in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Literal, Protocol, TypeAlias

from cloudrules.core.entries import Reading
from cloudrules.core.errors import TooLarge
from cloudrules.core.gates import Circuit, Gate, Input, Named, Rails, simulate
from cloudrules.core.implicants import undecided
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.situation import Situation

WORLDS = 2**17  # readings in combination; a question over more is refused

Obligation: TypeAlias = Literal["mandatory", "optional", "waived", "not_applicable", "unknown"]
Status: TypeAlias = Literal["met", "missing", "open", "waived", "not_applicable", "unknown"]


@dataclass(frozen=True)
class ItemAnswer:
    """One item's answer; `met` is None where it is not known."""

    id: str
    need: Literal["mandatory", "optional"]
    obligation: Obligation
    met: bool | None
    status: Status
    waived_by: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """One service under one rulebook, reading and date; `compliant` is None where unknown."""

    rulebook: Rulebook
    situation: Situation
    compliant: bool | None
    items: tuple[ItemAnswer, ...]
    undecided_by: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items if item.status == "missing")

    @property
    def waived(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items if item.obligation == "waived")

    def item(self, name: str) -> ItemAnswer:
        return next(item for item in self.items if item.id == name)


def from_circuit(circuit: Circuit, rulebook: Rulebook, situation: Situation) -> Assessment:
    """Assess one service in the reading that its situation takes."""
    rails = simulate(circuit, situation.rails, False, True)

    def known(*name: str) -> bool | None:
        index = circuit.named.get(name)
        return False if index is None else _known(rails[index])

    read = rulebook.under(situation.readings)
    items = answers(circuit, read, known)
    compliant = known("compliant")
    undecided_by = _undecided(circuit, situation, rulebook) if compliant is None else ()
    return Assessment(read, situation, compliant, items, undecided_by)


def verdicts(
    circuit: Circuit, situation: Situation, worlds: Sequence[Readings]
) -> list[bool | None]:
    """Whether a service is compliant in each world, in their order: one bit each, all at once."""
    every = (1 << len(worlds)) - 1
    taken: dict[tuple[str, str], int] = {}
    for at, readings in enumerate(worlds):
        for chosen in readings.items():
            taken[chosen] = taken.get(chosen, 0) | 1 << at

    def value(leaf: Input) -> Rails[int]:
        if leaf.kind == "reading":
            here = taken.get((leaf.name, str(leaf.value)), 0)
            return here, every & ~here
        may, may_not = situation.rails(leaf)
        return (every if may else 0), (every if may_not else 0)

    may, may_not = simulate(circuit, value, 0, every)[circuit.named["compliant",]]
    return [_known((bool(may >> at & 1), bool(may_not >> at & 1))) for at in range(len(worlds))]


def answers(circuit: Circuit, read: Rulebook, known: Known) -> tuple[ItemAnswer, ...]:
    """What is answered for each item there is, from what is known of the named gates.

    `read` is the rulebook in the reading taken.
    """
    waivers = releasing(circuit, read)
    return tuple(
        answer_of(item, known, read.items[item].need, waivers.get(item, []))
        for item in read.items
        if item not in read.absent
    )


def releasing(circuit: Circuit, read: Rulebook) -> dict[str, list[str]]:
    """The waivers that list each item, in their own order."""
    order = {waiver: index for index, waiver in enumerate(read.waivers)}
    found: dict[str, list[str]] = {}
    for name in circuit.named:
        if name[0] == "releases" and name[1] in order:
            found.setdefault(name[2], []).append(name[1])
    return {item: sorted(waivers, key=order.__getitem__) for item, waivers in found.items()}


def _known(rails: Rails[bool]) -> bool | None:
    may, may_not = rails
    return None if may and may_not else may


def _undecided(circuit: Circuit, situation: Situation, rulebook: Rulebook) -> tuple[str, ...]:
    """What the verdict can still turn on; every unknown input where that is too hard to tell."""
    try:
        return undecided(circuit, circuit.named["compliant",], situation, rulebook)
    except TooLarge:
        unset = {name for name, value in situation.facts.items() if value is None}
        return tuple(sorted(situation.unknown | unset))


class Known(Protocol):
    """What is known of a named gate; None where it is unknown."""

    def __call__(self, *name: str) -> bool | None: ...


def answer_of(
    item: str, known: Known, need: Literal["mandatory", "optional"], waivers: list[str]
) -> ItemAnswer:
    """The answer for one item, from what is known of its gates; `waivers` list it, in order."""
    applies, waived, met = known("applies", item), known("waived", item), known("met", item)
    obligation: Obligation
    if applies is None or (applies and waived is None):
        obligation = "unknown"
    elif not applies:
        obligation = "not_applicable"
    else:
        obligation = "waived" if waived else need
    status: Status
    if met or met is None:
        status = "met" if met else "unknown"
    elif obligation == "mandatory":
        status = "missing"
    else:
        status = "open" if obligation == "optional" else obligation
    waived_by = tuple(each for each in waivers if known("releases", each, item))
    return ItemAnswer(item, need, obligation, met, status, waived_by)


@dataclass(frozen=True)
class World:
    """The verdict of one rulebook in one reading; `compliant` is None where unknown."""

    rulebook: str
    readings: Readings
    compliant: bool | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Worlds:
    """The verdict in every reading. `depends_on` are the readings that can turn it."""

    worlds: tuple[World, ...]
    depends_on: tuple[str, ...]

    @property
    def verdict(self) -> Literal["always", "sometimes", "never"] | None:
        """None where unknown inputs leave it open."""
        found = {world.compliant for world in self.worlds}
        if {True, False} <= found:
            return "sometimes"
        if None in found:
            return None
        return "always" if True in found else "never"


class Space:
    """All readings of a rulebook at once: world k is bit k of a vector.

    Worlds count through the options as a clock does, the last reading fastest. `valid` are those
    whose options do not clash.
    """

    def __init__(self, rulebook: Rulebook, circuit: Circuit) -> None:
        self._readings = rulebook.readings
        self._circuit = circuit
        size = prod(len(reading.options) for reading in self._readings)
        if size > WORLDS or circuit.one_reading:
            raise TooLarge("worlds")
        self.ones = (1 << size) - 1
        self.taken: dict[tuple[str, str], int] = {}
        self._strides: dict[str, int] = {}
        stride = size
        for reading in self._readings:
            period, stride = stride, stride // len(reading.options)
            self._strides[reading.id] = stride
            every = self.ones // ((1 << period) - 1)  # one bit at the start of each period
            for at, option in enumerate(reading.option_ids):
                self.taken[reading.id, option] = ((1 << stride) - 1 << at * stride) * every
        self.valid = self.ones
        for one, two in rulebook.clashing:
            self.valid &= ~(self.taken[one] & self.taken[two])

    @property
    def worlds(self) -> list[int]:
        """The bits of the worlds that there are."""
        return [at for at in range(self.ones.bit_length()) if self.valid >> at & 1]

    def readings(self, world: int) -> Readings:
        """The options taken in a world."""
        return {
            reading.id: reading.option_ids[
                world // self._strides[reading.id] % len(reading.options)
            ]
            for reading in self._readings
        }

    def rails(self, situation: Situation) -> list[Rails[int]]:
        """Every gate in every world."""

        def value(leaf: Input) -> Rails[int]:
            if leaf.kind == "reading":
                taken = self.taken.get((leaf.name, str(leaf.value)), 0)
                return taken, self.ones & ~taken
            may, may_not = situation.rails(leaf)
            return (self.ones if may else 0), (self.ones if may_not else 0)

        return simulate(self._circuit, value, 0, self.ones)

    def depends_on(self, rails: Rails[int]) -> tuple[str, ...]:
        """The readings that turn a gate in some combination of the others."""
        return tuple(reading.id for reading in self._readings if self._turns(reading, rails))

    def _turns(self, reading: Reading, rails: Rails[int]) -> bool:
        stride = self._strides[reading.id]
        for (at, one), (later, _) in combinations(enumerate(reading.option_ids), 2):
            shift = (later - at) * stride
            here = self.taken[reading.id, one] & self.valid & self.valid >> shift
            if any((rail ^ rail >> shift) & here for rail in rails):
                return True
        return False


def in_all_readings(circuit: Circuit, rulebook: Rulebook, situation: Situation) -> Worlds:
    """Assess one service in every reading of a rulebook."""
    space = Space(rulebook, circuit)
    rails = space.rails(situation)

    def known(name: Named, world: int) -> bool | None:
        may, may_not = rails[circuit.named[name]]
        return _known((bool(may >> world & 1), bool(may_not >> world & 1)))

    missing = {name[1]: name for name in circuit.named if name[0] == "missing"}
    reordered = any(gate.op != "constant" for gate in _existence(circuit))

    def order(readings: Readings) -> Iterable[str]:
        return rulebook.under(readings).items if reordered else missing

    worlds = []
    for world in space.worlds:
        readings = space.readings(world)
        lacking = (item for item in order(readings) if item in missing)
        worlds.append(
            World(
                rulebook.id,
                readings,
                known(("compliant",), world),
                tuple(item for item in lacking if known(missing[item], world)),
            )
        )
    return Worlds(tuple(worlds), space.depends_on(rails[circuit.named["compliant",]]))


def turning(
    circuit: Circuit, rulebook: Rulebook, situation: Situation, name: Named
) -> tuple[str, ...]:
    """The readings that can turn a named gate, in some combination of the others.

    None are named where there are more readings than can be gone through.
    """
    try:
        space = Space(rulebook, circuit)
    except TooLarge:
        return ()
    return space.depends_on(space.rails(situation)[circuit.named[name]])


def together(found: Iterable[Worlds]) -> Worlds:
    """The worlds of several rulebooks as one answer."""
    each = list(found)
    readings = dict.fromkeys(name for worlds in each for name in worlds.depends_on)
    return Worlds(tuple(world for worlds in each for world in worlds.worlds), tuple(readings))


def _existence(circuit: Circuit) -> Iterator[Gate]:
    """The gates that say in which readings each item exists."""
    return (circuit.gates[node] for name, node in circuit.named.items() if name[0] == "exists")
