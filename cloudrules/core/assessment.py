"""What is owed, waived, met and unknown, for one service, in its reading or in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Literal, Protocol, TypeAlias

from cloudrules.core.circuit import (
    Circuit,
    Gate,
    Input,
    Named,
    Rails,
    combinations_of,
    simulate,
)
from cloudrules.core.errors import TooLarge
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
    rails = simulate(circuit, lambda leaf: _rails(situation.value(leaf)), False, True)

    def known(*name: str) -> bool | None:
        index = circuit.named.get(name)
        return False if index is None else _known(rails[index])

    read = rulebook.under(situation.readings)
    waivers = [name[1] for name in circuit.named if name[0] == "fires"]
    order = {waiver: index for index, waiver in enumerate(read.waivers)}
    waivers = sorted((each for each in waivers if each in order), key=order.__getitem__)
    items = tuple(
        _item(item, known, read.items[item].need, waivers)
        for item in read.items
        if item not in read.absent
    )
    compliant = known("compliant")
    undecided_by = (
        undecided(circuit, circuit.named["compliant",], situation, rulebook)
        if compliant is None
        else ()
    )
    return Assessment(read, situation, compliant, items, undecided_by)


def _rails(value: bool | None) -> Rails[bool]:
    return (value is not False, value is not True)


def _known(rails: Rails[bool]) -> bool | None:
    may, may_not = rails
    return None if may and may_not else may


class _Known(Protocol):
    def __call__(self, *name: str) -> bool | None: ...


def _item(
    item: str, known: _Known, need: Literal["mandatory", "optional"], waivers: list[str]
) -> ItemAnswer:
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
    """All readings of a rulebook at once: world k is bit k of a vector."""

    def __init__(self, rulebook: Rulebook) -> None:
        if prod(len(reading.options) for reading in rulebook.readings) > WORLDS:
            raise TooLarge("worlds")
        self.readings = [
            readings
            for readings in combinations_of(rulebook.readings)
            if not any(rulebook.clashes(rulebook.option(*pair) for pair in readings.items()))
        ]
        self.ones = (1 << len(self.readings)) - 1
        self.taken: dict[tuple[str, str], int] = {}
        for index, readings in enumerate(self.readings):
            for pair in readings.items():
                self.taken[pair] = self.taken.get(pair, 0) | 1 << index

    def rails(self, circuit: Circuit, situation: Situation) -> list[Rails[int]]:
        """Every gate in every world."""

        def value(leaf: Input) -> Rails[int]:
            if leaf.kind == "reading":
                taken = self.taken.get((leaf.name, str(leaf.value)), 0)
                return taken, self.ones & ~taken
            may, may_not = _rails(situation.value(leaf))
            return (self.ones if may else 0), (self.ones if may_not else 0)

        return simulate(circuit, value, 0, self.ones)

    def depends_on(self, verdicts: Iterable[object]) -> tuple[str, ...]:
        """The readings that turn the verdict in some combination of the others."""
        by_world = {
            tuple(readings.items()): verdict
            for readings, verdict in zip(self.readings, verdicts, strict=True)
        }
        found: list[str] = []
        for position, name in enumerate(self.readings[0] if self.readings else ()):
            seen: dict[tuple[tuple[str, str], ...], object] = {}
            for world, verdict in by_world.items():
                rest = world[:position] + world[position + 1 :]
                if seen.setdefault(rest, verdict) != verdict:
                    found.append(name)
                    break
        return tuple(found)


def in_all_readings(circuit: Circuit, rulebook: Rulebook, situation: Situation) -> Worlds:
    """Assess one service in every reading of a rulebook."""
    space = Space(rulebook)
    rails = space.rails(circuit, situation)

    def bits(name: Named) -> Iterator[bool | None]:
        may, may_not = rails[circuit.named[name]]
        for index in range(len(space.readings)):
            bit = 1 << index
            yield _known((bool(may & bit), bool(may_not & bit)))

    verdicts = list(bits(("compliant",)))
    missing = {name[1]: list(bits(name)) for name in circuit.named if name[0] == "missing"}
    reordered = any(gate.op != "constant" for gate in _existence(circuit))

    def order(readings: Readings) -> Iterable[str]:
        return rulebook.under(readings).items if reordered else missing

    worlds = tuple(
        World(
            rulebook.id,
            readings,
            verdicts[index],
            tuple(item for item in order(readings) if item in missing and missing[item][index]),
        )
        for index, readings in enumerate(space.readings)
    )
    return Worlds(worlds, space.depends_on(verdicts))


def turning(
    circuit: Circuit, rulebook: Rulebook, situation: Situation, name: Named
) -> tuple[str, ...]:
    """The readings that can turn a named gate, in some combination of the others."""
    space = Space(rulebook)
    may, may_not = space.rails(circuit, situation)[circuit.named[name]]
    return space.depends_on((may >> at & 1, may_not >> at & 1) for at in range(len(space.readings)))


def together(found: Iterable[Worlds]) -> Worlds:
    """The worlds of several rulebooks as one answer."""
    each = list(found)
    readings = dict.fromkeys(name for worlds in each for name in worlds.depends_on)
    return Worlds(tuple(world for worlds in each for world in worlds.worlds), tuple(readings))


def _existence(circuit: Circuit) -> Iterator[Gate]:
    """The gates that say in which readings each item exists."""
    return (circuit.gates[node] for name, node in circuit.named.items() if name[0] == "exists")
