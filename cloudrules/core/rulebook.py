"""A rulebook: items, waivers, readings and the evidence they speak of, all names resolved.

It is immutable: `under` gives it in one reading, `changed` under a patch of its rules, `on` at a
date.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations, product
from typing import TypeAlias

from cloudrules.core.change import apply, is_removal, overlapping, states_entry
from cloudrules.core.entries import (
    ALWAYS,
    Change,
    Evidence,
    Fact,
    Item,
    NotModelled,
    Option,
    Period,
    Reading,
    Source,
    Waiver,
)
from cloudrules.core.entry import Mapping, same
from cloudrules.core.errors import BadInput, Fault, Place, fault
from cloudrules.core.expression import Name, Range
from cloudrules.core.schema import Text

# One option of each reading, by the reading's id
Readings: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class Rulebook:
    """A rulebook on a day, in one reading.

    `day` is the date that it is asked for; `overrides` are what-if changes, which win over every
    reading.
    """

    id: str
    items: dict[str, Item]
    waivers: dict[str, Waiver]
    facts: dict[str, Fact]
    evidence: dict[str, Evidence]
    readings: tuple[Reading, ...] = ()
    title: Text | None = None
    edition: Text | None = None
    source: Source | None = None
    not_modelled: tuple[NotModelled, ...] = ()
    currency: str = "JPY"
    in_force: Period = ALWAYS
    day: date | None = None
    overrides: tuple[Change, ...] = ()
    place: Place = Place("")

    def entries(self) -> list[Item | Waiver]:
        return [*self.items.values(), *self.waivers.values()]

    def entry(self, name: str) -> Item | Waiver | None:
        return self.items.get(name) or self.waivers.get(name)

    def kind_of(self, name: str) -> str:
        """What a name is the name of, or ''."""
        kinds: list[tuple[str, Container[str]]] = [
            ("item", self.items),
            ("evidence", self.evidence),
            ("fact", self.facts),
            ("waiver", self.waivers),
            ("reading", {reading.id for reading in self.readings}),
        ]
        return next((kind for kind, names in kinds if name in names), "")

    @cached_property
    def absent(self) -> frozenset[str]:
        """The entries that do not exist on the day asked for; they keep their place in ranges."""
        day = self.day
        return frozenset(
            entry.id for entry in self.entries() if day is not None and day not in entry.in_force
        )

    @cached_property
    def order(self) -> list[str]:
        return list(self.items)

    @cached_property
    def positions(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.items)}

    def span(self, first: str, last: str) -> list[str]:
        """The ids of the items from `first` to `last`, ends included."""
        return self.order[self.positions[first] : self.positions[last] + 1]

    def listed(self, parts: Iterable[Name | Range]) -> list[str]:
        """The items that a list of items and ranges names, in the rulebook's order, each once."""
        found: set[str] = set()
        for part in parts:
            found.update(
                self.span(part.first, part.last) if isinstance(part, Range) else [part.name]
            )
        return sorted(found, key=self.positions.__getitem__)

    @cached_property
    def added(self) -> frozenset[str]:
        """The items that some option of a reading adds."""
        return frozenset(
            ref.name
            for reading in self.readings
            for option in reading.options
            for ref, patch in option.change.items()
            if not self.entry(ref.name) and isinstance(patch, Mapping) and "need" in patch.entries
        )

    def defaults(self) -> Readings:
        return {reading.id: reading.options[0].id for reading in self.readings}

    def option(self, reading: str, option: str) -> Option:
        found = next(each for each in self.readings if each.id == reading)
        return next(each for each in found.options if each.id == option)

    def on(self, day: date) -> Rulebook:
        """The rulebook on a date. Raises BadInput where it is not in force then."""
        if day not in self.in_force:
            period = self.in_force
            raise BadInput(
                [
                    fault(
                        "not-in-force",
                        period.place if period.place.file else self.place,
                        id=self.id,
                        on=day,
                        first=period.from_ or "",
                        last=period.until or "",
                    )
                ]
            )
        return replace(self, day=day)

    def changed(self, change: Change) -> Rulebook:
        """The rulebook under a what-if change, which wins over every reading."""
        return replace(self.derived(change), overrides=(*self.overrides, change))

    def derived(self, change: Change, faults: list[Fault] | None = None) -> Rulebook:
        """The rulebook under the change of one that extends it; readings come after it.

        What readings say of an entry that it removes is moot, and left out. With `faults`, what
        is wrong is added to them, and the rest is changed.
        """
        gone = {ref.name for ref, patch in change.items() if is_removal(patch)}
        patched = self._patched([change], faults)
        if not gone:
            return patched
        readings = tuple(
            replace(reading, options=tuple(_without(option, gone) for option in reading.options))
            if not gone.isdisjoint(reading.sets)
            else reading
            for reading in self.readings
        )
        return replace(patched, readings=readings)

    def under(self, readings: Readings) -> Rulebook:
        """The rulebook in one reading; a reading that is not given keeps its first option."""
        if faults := self.clashes(readings):
            raise BadInput(faults)
        defaults = self.defaults()
        chosen = [
            self.option(reading, option)
            for reading, option in readings.items()
            if option != defaults[reading]
        ]
        if not chosen:
            return self
        read = self._patched(option.change for option in chosen)
        if not self.overrides:
            return read
        # An override of an entry that the reading removed has nothing left to change, unless it
        # states the entry anew.
        return read._patched(
            {
                ref: patch
                for ref, patch in change.items()
                if read.entry(ref.name) or states_entry(patch)
            }
            for change in self.overrides
        )

    def fixed(self, readings: Readings) -> Rulebook:
        """The rulebook in one reading, as if it had no others."""
        return replace(self.under(readings), readings=())

    @cached_property
    def clashing(self) -> dict[tuple[tuple[str, str], tuple[str, str]], Fault]:
        """The pairs of options, of two readings, that change the same field of the same entry."""
        found: dict[tuple[tuple[str, str], tuple[str, str]], Fault] = {}
        for first, second in combinations(self.readings, 2):
            if first.sets.keys().isdisjoint(second.sets):
                continue
            for one, two in product(first.options, second.options):
                for entry, path in overlapping(one.change, two.change):
                    found[(first.id, one.id), (second.id, two.id)] = fault(
                        "readings-clash",
                        two.place,
                        one=f"{first.id}={one.id}",
                        two=f"{second.id}={two.id}",
                        entry=entry,
                        field=".".join(path),
                    )
        return found

    def clashes(self, readings: Readings) -> list[Fault]:
        """What is wrong with taking these options together."""
        taken = set(readings.items())
        return [why for pair, why in self.clashing.items() if taken.issuperset(pair)]

    def possible(self, readings: Readings) -> bool:
        return not self.clashes(readings)

    def _patched(self, changes: Iterable[Change], told: list[Fault] | None = None) -> Rulebook:
        items, waivers = dict(self.items), dict(self.waivers)
        faults: list[Fault] = []
        for change in changes:
            for ref, patch in change.items():
                apply(items, waivers, ref, patch, faults)
        if faults and told is None:
            raise BadInput(faults)
        if told is not None:
            told += faults
        return replace(self, items=items, waivers=waivers)


def _without(option: Option, gone: set[str]) -> Option:
    """An option without what it says of some entries."""
    kept = {ref: patch for ref, patch in option.change.items() if ref.name not in gone}
    return replace(option, change=kept)


def patches_nothing(rulebook: Rulebook, option: Option) -> bool:
    """Whether an option leaves every entry as it is."""
    changed = rulebook._patched([option.change])
    before, after = rulebook.entries(), changed.entries()
    return [entry.id for entry in before] == [entry.id for entry in after] and all(
        same(old.entry, new.entry) for old, new in zip(before, after, strict=True)
    )
