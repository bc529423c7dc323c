"""What a checklist says: items, waivers, readings and the evidence they speak of.

A `Rulebook` is immutable and resolved: `under` gives it in one reading, `changed` under a patch of
its rules, `on` at a date. The dataclasses are also the file format (see `cloudrules.core.schema`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import combinations, product
from typing import Literal, TypeAlias

from cloudrules.core.entry import Mapping, Node, Scalar, leaves, merged, same
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.expression import TRUE, Expr, Name, Range
from cloudrules.core.schema import (
    Choice,
    Condition,
    Day,
    ItemOrRange,
    Many,
    Record,
    Ref,
    Reference,
    Table,
    Text,
    Tree,
    Whole,
    Word,
    Words,
    shaped,
)

Kind: TypeAlias = Literal["certification", "hosting", "control", "commitment"]
KINDS = ("certification", "hosting", "control", "commitment")
# One option of each reading, by the reading's id
Readings: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class Period:
    from_: date | None = shaped(Day(), "first day", None)
    until: date | None = shaped(Day(), "last day", None)
    place: Place = field(default=Place(""), compare=False)

    def __contains__(self, day: date) -> bool:
        return (self.from_ or day) <= day <= (self.until or day)


ALWAYS = Period()


@dataclass(frozen=True)
class Effort:
    """What it takes to hold something: `cost` in the catalogue's currency, `months` from start."""

    cost: int | None = shaped(Whole(), "cost, in the catalogue's currency", None)
    months: int | None = shaped(Whole(), "months from start to finish", None)


@dataclass(frozen=True)
class Basis:
    kind: Literal["published", "estimate"] = shaped(
        Choice(("published", "estimate")), "whether the figures are published or an estimate"
    )
    source: Text | None = shaped(Words(), "where the figures come from", None)


@dataclass(frozen=True)
class Evidence:
    id: str = shaped(Word(), "id of the evidence")
    kind: Kind = shaped(Choice(KINDS), "what kind of evidence it is")
    holder: str = shaped(Word(), "who holds it: service, asp, csp, dc, contractor, ...", "")
    title: Text | None = shaped(Words(), "what it is", None)
    requires: Expr = shaped(Condition(), "condition over evidence: what must be held first", TRUE)
    effort: Effort | None = shaped(
        Record(Effort), "what it takes; absent: never worth planning", None
    )
    valid_months: int | None = shaped(Whole(), "how long it stays valid, in months", None)
    basis: Basis | None = shaped(Record(Basis), "where the figures come from", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Catalogue:
    catalogue: str = shaped(Word(), "id of the catalogue")
    evidence: tuple[Evidence, ...] = shaped(Many(Record(Evidence), least=1), "what can be held")
    currency: str = shaped(Word(), "currency of the costs", "JPY")
    title: Text | None = shaped(Words(), "title", None)
    note: Text | None = shaped(Words(), "a remark", None)


@dataclass(frozen=True)
class Fact:
    """A context fact. `default` is text, read by the fact's type."""

    title: Text | None = shaped(Words(), "what the fact is", None)
    type: str | None = shaped(Choice(("boolean", "number", "date", "option")), "its type", None)
    options: tuple[Ref, ...] = shaped(Many(Reference(), least=1), "its options", ())
    default: Ref | None = shaped(Reference(), "its value where a service does not say", None)
    note: Text | None = shaped(Words(), "a remark", None)

    @property
    def kind(self) -> str:
        return self.type or ("option" if self.options else "boolean")

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)


@dataclass(frozen=True)
class Item:
    """One numbered requirement. `entry` is the tree that it was read from, for patches."""

    id: str = shaped(Word(), "number of the item")
    need: Literal["mandatory", "optional"] = shaped(
        Choice(("mandatory", "optional")), "mandatory (必須) or optional (任意)"
    )
    text: Text | None = shaped(Words(), "the requirement, verbatim", None)
    section: Text | None = shaped(Words(), "section of the checklist", None)
    applies_when: Expr = shaped(Condition(), "when the item applies; default: always", TRUE)
    met_by: Expr | None = shaped(
        Condition(), "what meets it; absent: met only by attesting it", None
    )
    effort: Effort | None = shaped(Record(Effort), "what attesting it takes", None)
    in_force: Period = shaped(Record(Period), "when the item exists", ALWAYS)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    entry: Mapping = field(default=Mapping({}, Place("")), compare=False, repr=False)


@dataclass(frozen=True)
class Waiver:
    """A clause that releases items when its condition holds."""

    id: str = shaped(Word(), "id of the waiver")
    when: Expr = shaped(Condition(), "when it fires")
    waives: tuple[Name | Range, ...] = shaped(
        Many(ItemOrRange(), alone=True, least=1), "items and ranges that it releases"
    )
    text: Text | None = shaped(Words(), "the clause, verbatim", None)
    at: Text | None = shaped(Words(), "where it stands in the source", None)
    in_force: Period = shaped(Record(Period), "when the waiver exists", ALWAYS)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    entry: Mapping = field(default=Mapping({}, Place("")), compare=False, repr=False)


_CHANGE: Table[Node] = Table(Tree())
Change: TypeAlias = dict[Ref, Node]


@dataclass(frozen=True)
class Option:
    id: str = shaped(Word(), "id of the option")
    because: Text | None = shaped(Words(), "why the words can be read so", None)
    change: Change = shaped(_CHANGE, "what this option changes: merge patches by id", factory=dict)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Reading:
    id: str = shaped(Word(), "id of the reading")
    options: tuple[Option, ...] = shaped(
        Many(Record(Option), least=2), "ways to read it; the first is the default"
    )
    question: Text | None = shaped(Words(), "what is unclear", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)


@dataclass(frozen=True)
class Source:
    document: Text | None = shaped(Words(), "the document", None)
    note: Text | None = shaped(Words(), "a remark", None)
    url: Text | None = shaped(Words(), "where it is published", None)


@dataclass(frozen=True)
class RulebookFile:
    """A rulebook as its file has it, before what it extends and names is found."""

    rulebook: str = shaped(Word(), "id of the rulebook")
    title: Text | None = shaped(Words(), "title", None)
    edition: Text | None = shaped(Words(), "edition", None)
    in_force: Period | None = shaped(Record(Period), "when the rulebook is in force", None)
    source: Source | None = shaped(Record(Source), "the document it is written from", None)
    extends: Ref | None = shaped(Reference(), "the rulebook that this one varies", None)
    change: Change = shaped(
        _CHANGE, "changes to what it extends: merge patches by id", factory=dict
    )
    catalogues: tuple[Ref, ...] = shaped(
        Many(Reference(), alone=True), "catalogues of evidence, by id or relative path", ()
    )
    context: dict[Ref, Fact] = shaped(Table(Record(Fact)), "context facts", factory=dict)
    items: tuple[Item, ...] = shaped(Many(Record(Item)), "the items, in order", ())
    waivers: tuple[Waiver, ...] = shaped(Many(Record(Waiver)), "the waivers", ())
    readings: tuple[Reading, ...] = shaped(
        Many(Record(Reading)), "wording that can be read in more than one way", ()
    )
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Rulebook:
    """A rulebook whose names are all resolved.

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
    currency: str = "JPY"
    in_force: Period = ALWAYS
    day: date | None = None
    overrides: tuple[Change, ...] = ()
    place: Place = Place("")

    def entries(self) -> list[Item | Waiver]:
        return [*self.items.values(), *self.waivers.values()]

    def entry(self, name: str) -> Item | Waiver | None:
        return self.items.get(name) or self.waivers.get(name)

    @cached_property
    def absent(self) -> frozenset[str]:
        """The entries that do not exist on the day asked for; they keep their place in ranges."""
        day = self.day
        return frozenset(
            entry.id for entry in self.entries() if day is not None and day not in entry.in_force
        )

    @cached_property
    def positions(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.items)}

    def span(self, first: str, last: str) -> list[str]:
        """The ids of the items from `first` to `last`, ends included."""
        order = list(self.items)
        return order[self.positions[first] : self.positions[last] + 1]

    def listed(self, parts: Iterable[Name | Range]) -> list[str]:
        """The items that a list of items and ranges names, in the rulebook's order, each once."""
        found: set[str] = set()
        for part in parts:
            found.update(
                self.span(part.first, part.last) if isinstance(part, Range) else [part.name]
            )
        return sorted(found, key=self.positions.__getitem__)

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
        return replace(self._patched([change]), overrides=(*self.overrides, change))

    def derived(self, change: Change) -> Rulebook:
        """The rulebook under the change of one that extends it; readings come after it."""
        return self._patched([change])

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
        # An override of an entry that the reading removed has nothing left to change.
        return read._patched(
            {ref: patch for ref, patch in change.items() if read.entry(ref.name)}
            for change in self.overrides
        )

    @cached_property
    def clashing(self) -> dict[tuple[tuple[str, str], tuple[str, str]], Fault]:
        """The pairs of options, of two readings, that change the same field of the same entry."""
        found: dict[tuple[tuple[str, str], tuple[str, str]], Fault] = {}
        for first, second in combinations(self.readings, 2):
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

    def _patched(self, changes: Iterable[Change]) -> Rulebook:
        items, waivers = dict(self.items), dict(self.waivers)
        faults: list[Fault] = []
        for change in changes:
            for ref, patch in change.items():
                _apply(items, waivers, ref, patch, faults)
        if faults:
            raise BadInput(faults)
        return replace(self, items=items, waivers=waivers)


def overlapping(one: Change, two: Change) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that two changes both set, as (entry, path)."""
    for ref, patch in one.items():
        for other, patch_two in two.items():
            if ref.name == other.name:
                for path, _ in leaves(patch):
                    for path_two, _ in leaves(patch_two):
                        shorter = min(len(path), len(path_two))
                        if path[:shorter] == path_two[:shorter]:
                            yield ref.name, max(path, path_two, key=len)


def touches(change: Change, entry: str) -> set[str]:
    """The fields of `entry` that a change sets; '' stands for the entry as a whole."""
    return {
        path[0] if path else ""
        for ref, patch in change.items()
        if ref.name == entry
        for path, _ in leaves(patch)
    }


def read_entry(
    node: Node, faults: list[Fault], kind: type[Item] | type[Waiver]
) -> Item | Waiver | None:
    """An item or a waiver from its tree."""
    entry: Item | Waiver | None = Record(kind).read(node, faults)
    return entry


def _apply(
    items: dict[str, Item],
    waivers: dict[str, Waiver],
    ref: Ref,
    patch: Node,
    faults: list[Fault],
) -> None:
    """Apply one entry's merge patch, in place."""
    old = items.get(ref.name) or waivers.get(ref.name)
    if isinstance(patch, Scalar) and patch.is_null:
        items.pop(ref.name, None)
        waivers.pop(ref.name, None)
        return
    if not isinstance(patch, Mapping):
        faults.append(fault("shape", patch.place, wanted="mapping", found="value"))
        return
    given = patch.get("id")
    if given is not None and not (isinstance(given, Scalar) and given.text == ref.name):
        faults.append(fault("change-id", given.place, id=ref.name))
        return
    after = patch.get("after")
    body = Mapping(
        {key: value for key, value in patch.entries.items() if key != "after"}, ref.place
    )
    tree = merged(old.entry if old else None, body)
    assert isinstance(tree, Mapping)
    if old is None:
        written = Scalar("id", ref.place)
        name = Scalar(ref.name, ref.place, plain=False)
        tree = Mapping({"id": (written, name), **tree.entries}, ref.place)
    kind = _kind(old, body)
    if kind is None:
        known = [*items, *waivers]
        faults.append(
            fault("change-unknown", ref.place, id=ref.name, near=nearest(ref.name, known))
        )
        return
    entry = read_entry(tree, faults, kind)
    if isinstance(entry, Waiver):
        waivers[entry.id] = entry
        if after is not None:
            faults.append(fault("after-waiver", after.place, id=ref.name))
    elif isinstance(entry, Item):
        _place(items, entry, after, faults, new=old is None)


def _kind(old: Item | Waiver | None, body: Mapping) -> type[Item] | type[Waiver] | None:
    """Whether a patch is of an item or a waiver; None where it is of nothing known."""
    if old is not None:
        return type(old)
    if "when" in body.entries or "waives" in body.entries:
        return Waiver
    return Item if "need" in body.entries else None


def _place(
    items: dict[str, Item], entry: Item, after: Node | None, faults: list[Fault], *, new: bool
) -> None:
    """Put an item where it belongs: where it stood, after the item named, or last."""
    if after is None:
        items[entry.id] = entry
        return
    name = after.text.strip() if isinstance(after, Scalar) else ""
    if name not in items or name == entry.id:
        near = nearest(name, items)
        faults.append(fault("name-unknown", after.place, name=name, near=near, what="item"))
        return
    items.pop(entry.id, None)
    order = list(items.items())
    items.clear()
    for key, item in order:
        items[key] = item
        if key == name:
            items[entry.id] = entry


def patches_nothing(rulebook: Rulebook, option: Option) -> bool:
    """Whether an option leaves every entry as it is."""
    changed = rulebook._patched([option.change])
    before, after = rulebook.entries(), changed.entries()
    return [entry.id for entry in before] == [entry.id for entry in after] and all(
        same(old.entry, new.entry) for old, new in zip(before, after, strict=True)
    )
