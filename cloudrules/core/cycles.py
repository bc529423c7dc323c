"""Gates that rest on one another, and so have no value."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from cloudrules.core.entries import Item, Waiver
from cloudrules.core.errors import Fault, Place, fault
from cloudrules.core.gates import Named
from cloudrules.core.rulebook import Readings, Rulebook

MOST = 20  # that are told at once


# The field of an entry that a gate is made of
FIELDS = {"met": "met_by", "applies": "applies_when", "fires": "when", "waived": "waives"}


def place_of(entry: Item | Waiver, kind: str) -> Place:
    """Where what a gate is made of stands."""
    node = entry.entry.get(FIELDS.get(kind, ""))
    return node.place if node else entry.place


class Cycles(Exception):
    """Gates that rest on one another, in a rulebook under some readings."""

    def __init__(self, cycles: list[list[Named]], rulebook: Rulebook, readings: Readings) -> None:
        self.cycles, self.rulebook, self.readings = cycles, rulebook, readings

    def fault(self, cycle: list[Named]) -> Fault:
        places = [
            place_of(entry, kind) if (entry := self.rulebook.entry(name)) else self.rulebook.place
            for kind, name in cycle
        ]
        steps = (
            f"{kind}({name}) [{place}]" for (kind, name), place in zip(cycle, places, strict=True)
        )
        taken = (f"{reading}={option}" for reading, option in self.readings.items())
        return fault("cycle", places[0], path=" -> ".join(steps), readings=", ".join(taken))


def cycles_of(graph: dict[Named, list[Named]]) -> Iterator[list[Named]]:
    """Cycles of a graph, each found after the one before is cut, which changes the graph."""
    for _ in range(MOST):
        try:
            TopologicalSorter(graph).prepare()
            return
        except CycleError as error:
            cycle: list[Named] = list(reversed(error.args[1]))
        yield cycle
        graph[cycle[0]] = [gate for gate in graph[cycle[0]] if gate != cycle[1]]
