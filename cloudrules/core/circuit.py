"""A rulebook as a logic circuit, in all its readings at once.

The options of readings are inputs like any other. Only readings that add, remove or move items, so
that ranges mean something else, need parts of their own, which are joined gate by gate.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

from cloudrules.core.change import rewords
from cloudrules.core.cycles import Cycles
from cloudrules.core.entries import Reading
from cloudrules.core.errors import BadInput, Place, TooLarge
from cloudrules.core.gates import Builder, Circuit, Named
from cloudrules.core.part import COMBINATIONS, Part, choice, combinations_of
from cloudrules.core.rulebook import Readings, Rulebook


def from_rulebook(rulebook: Rulebook) -> Circuit:
    """The circuit of a rulebook in all its readings, on the date that it is given for.

    Raises BadInput for a cycle among gates, naming every place on it, and TooLarge where the
    readings combine in too many ways.
    """
    return joined(parts_of(rulebook, Builder()))


def parts_of(rulebook: Rulebook, builder: Builder) -> list[tuple[int, Part]]:
    """The gates of a rulebook: one part for each choice of the readings that need it.

    With each part comes the gate that says that its readings are taken. Raises as `from_rulebook`.
    """
    split = [reading for reading in rulebook.readings if _reorders(rulebook, reading)]
    while True:
        try:
            return _split(rulebook, split, builder)
        except Cycles as found:
            # Options of one reading exclude one another: a cycle through two of them is none.
            on = [(cycle, _bearing(rulebook, split, cycle)) for cycle in found.cycles]
            if not on[0][1]:
                sure = [found.fault(cycle) for cycle, more in on if not more]
                raise BadInput(sure) from None
            split += on[0][1]


def from_one_reading(rulebook: Rulebook, readings: Readings) -> Circuit:
    """The circuit of a rulebook in one reading, where all its readings are too many for one."""
    return replace(from_rulebook(rulebook.fixed(readings)), one_reading=True)


def _reorders(rulebook: Rulebook, reading: Reading) -> bool:
    """Whether an option adds, removes or moves items, so that ranges mean something else."""

    def order(given: Rulebook) -> tuple[list[str], list[str]]:
        return list(given.items), [item for item in given.items if item in given.absent]

    return any(
        order(rulebook.derived(option.change)) != order(rulebook)
        for option in reading.options
        if not all(
            rulebook.entry(ref.name) and rewords(each) for ref, each in option.change.items()
        )
    )


def _split(rulebook: Rulebook, split: list[Reading], builder: Builder) -> list[tuple[int, Part]]:
    """One part for each choice of the split readings."""
    if prod(len(reading.options) for reading in split) > COMBINATIONS:
        raise TooLarge("readings")
    parts: list[tuple[int, Part]] = []
    for readings in combinations_of(split):
        if rulebook.possible(readings):
            part = Part(rulebook, readings, builder)
            part.build()
            parts.append((choice(builder, readings), part))
    return parts


def joined(parts: list[tuple[int, Part]]) -> Circuit:
    """Parts as one circuit, joined gate by gate."""
    builder = parts[0][1].builder
    places: dict[Named, Place] = {}
    for _, part in parts:
        places = {**part.places, **places}
    named = parts[0][1].named
    if len(parts) > 1:
        names = dict.fromkeys(name for _, part in parts for name in part.named)
        each = [(guard, part.named) for guard, part in parts]
        named = {name: either(name, each, builder) for name in names}
    return Circuit(tuple(builder.gates), named, places)


def either(name: Named, parts: list[tuple[int, dict[Named, int]]], builder: Builder) -> int:
    """A named gate, whichever part it is asked of."""
    return builder.disjunction(
        builder.conjunction([guard, named[name]]) for guard, named in parts if name in named
    )


def _bearing(rulebook: Rulebook, split: list[Reading], cycle: list[Named]) -> list[Reading]:
    """The readings, not split yet, that change an entry on a cycle."""
    return [
        reading
        for reading in rulebook.readings
        if reading not in split and any(reading.sets.get(name) for _, name in cycle)
    ]
