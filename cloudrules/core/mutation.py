"""Every rulebook that differs from another in one clause, as by one slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cloudrules.core.change import is_removal
from cloudrules.core.clauses import walk, with_part, written
from cloudrules.core.edits import Edit, alternatives, edits, shortened
from cloudrules.core.entries import Change, Item, Option, Waiver
from cloudrules.core.entry import Mapping, Node, Scalar, Sequence
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.expression import Arg, Expr, Range
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref

KINDS = (
    "waiver-dropped",
    "removal-dropped",
    "condition-dropped",
    "operand-dropped",
    "negation-dropped",
    "join-swapped",
    "range-shortened",
    "threshold-moved",
    "comparison-turned",
    "need-flipped",
)
CONDITIONS = ("applies_when", "met_by", "when")
NEEDS = {"mandatory": "optional", "optional": "mandatory"}


@dataclass(frozen=True)
class Mutation:
    """One edit of one field of an entry; without a field, of the entry as a whole.

    `text` is the part that it is about, `was` and `becomes` the field as rules write it before and
    after, '' for none. `option` is the option of a reading that states the clause, if one does.
    """

    kind: str
    entry: str
    field: str
    text: str
    was: str
    becomes: str
    place: Place
    rulebook: Rulebook
    option: tuple[str, str] | None = None


@dataclass(frozen=True)
class _Source:
    """An entry as the rulebook states it, or as an option of a reading restates it."""

    rulebook: Rulebook
    ref: Ref
    read: Rulebook  # the rulebook with what the option changes
    reading: int = -1
    option: int = -1

    @property
    def entry(self) -> Item | Waiver | None:
        return self.read.entry(self.ref.name)

    @property
    def _option(self) -> Option:
        return self.rulebook.readings[self.reading].options[self.option]

    @property
    def named(self) -> tuple[str, str] | None:
        if self.reading < 0:
            return None
        return self.rulebook.readings[self.reading].id, self._option.id

    def node(self, field: str) -> Node | None:
        """What is stated of a field here."""
        if self.reading < 0:
            return self.entry.entry.get(field) if self.entry else None
        patch = self._option.change[self.ref]
        return patch.get(field) if isinstance(patch, Mapping) else None

    def with_field(self, field: str, node: Node) -> Rulebook:
        written = Scalar(field, node.place)
        if self.reading < 0:
            return self.rulebook.derived({self.ref: Mapping({field: (written, node)}, node.place)})
        patch = self._option.change[self.ref]
        assert isinstance(patch, Mapping)
        entries = {**patch.entries, field: (written, node)}
        return self._with({**self._option.change, self.ref: Mapping(entries, patch.place)})

    def without_entry(self) -> Rulebook:
        """The rulebook as if this were not stated."""
        if self.reading < 0:
            return self.rulebook.derived({self.ref: _null(self.ref.place)})
        kept = {ref: each for ref, each in self._option.change.items() if ref != self.ref}
        return self._with(kept)

    def mutated(
        self, rulebook: Rulebook, place: Place, kind: str, field: str, *words: str
    ) -> Mutation:
        """What has become of a field; `words` are the part, the field before, and after."""
        text, was, becomes = words
        option = self.named
        return Mutation(kind, self.ref.name, field, text, was, becomes, place, rulebook, option)

    def _with(self, change: Change) -> Rulebook:
        readings = list(self.rulebook.readings)
        options = list(readings[self.reading].options)
        options[self.option] = replace(options[self.option], change=change)
        readings[self.reading] = replace(readings[self.reading], options=tuple(options))
        found = replace(self.rulebook, readings=tuple(readings))
        found.derived(change)  # raises BadInput where the option has become unreadable
        return found


def mutations(rulebook: Rulebook) -> Iterator[Mutation]:
    """Every single-clause mutation: of entries in their order, then of what options state.

    What could not be read back, such as a condition that has become too deep, is none.
    """
    for source in _sources(rulebook):
        yield from _of_entry(source)
        for field in CONDITIONS:
            yield from _of_condition(source, field)
        yield from _of_need(source)
        yield from _of_waives(source)


def waivers(rulebook: Rulebook) -> Iterator[Mutation]:
    """Each waiver, left out."""
    for each in mutations(rulebook):
        if each.kind == "waiver-dropped":
            yield each


def disjuncts(rulebook: Rulebook) -> Iterator[Mutation]:
    """Each operand of an `or`, left out; of a range that stands in one, each item."""
    for source in _sources(rulebook):
        for field in CONDITIONS:
            condition = _condition(source, field)
            if condition is not None:
                for path, part in walk(condition):
                    for text, left in alternatives(source.read, part):
                        edit = "operand-dropped", text, with_part(condition, path, left)
                        yield from _edited(source, field, edit)


def _sources(rulebook: Rulebook) -> Iterator[_Source]:
    for entry in rulebook.entries():
        yield _Source(rulebook, Ref(entry.id, entry.place), rulebook)
    for reading, each in enumerate(rulebook.readings):
        for at, option in enumerate(each.options):
            if option.change:
                read = rulebook.derived(option.change)
                for ref in option.change:
                    yield _Source(rulebook, ref, read, reading, at)


def _of_entry(source: _Source) -> Iterator[Mutation]:
    entry, name, place = source.entry, source.ref.name, source.ref.place
    there = source.rulebook.entry(name)
    kind = ""
    if source.reading < 0 and isinstance(entry, Waiver):
        kind = "waiver-dropped"
    elif entry is None and there is not None:
        kind = "removal-dropped"
    elif source.reading >= 0 and isinstance(entry, Waiver) and there is None:
        kind = "waiver-dropped"
    if kind:
        words = ("", name) if kind == "removal-dropped" else (name, "")
        yield source.mutated(source.without_entry(), place, kind, "", name, *words)


def _condition(source: _Source, field: str) -> Expr | None:
    node = source.node(field)
    if node is None or source.entry is None or is_removal(node):
        return None
    found: Expr | None = getattr(source.entry, field, None)
    return found


def _of_condition(source: _Source, field: str) -> Iterator[Mutation]:
    condition, node = _condition(source, field), source.node(field)
    if condition is None or node is None:
        return
    if field != "when":  # without its condition a waiver is none: it is dropped as a whole
        text = written(condition)
        found = source.with_field(field, _null(node.place))
        yield source.mutated(found, node.place, "condition-dropped", field, text, text, "")
    for path, part in walk(condition):
        for edit in edits(source.read, condition, path, part):
            yield from _edited(source, field, edit)


def _edited(source: _Source, field: str, edit: Edit) -> Iterator[Mutation]:
    """The mutation that leaves a condition; none where it cannot be written so."""
    kind, text, condition = edit
    old, node = _condition(source, field), source.node(field)
    assert old is not None
    assert node is not None
    becomes = written(condition)
    try:
        found = source.with_field(field, Scalar(becomes, node.place, plain=False))
    except BadInput:
        return
    yield source.mutated(found, node.place, kind, field, text, written(old), becomes)


def _of_need(source: _Source) -> Iterator[Mutation]:
    node, entry = source.node("need"), source.entry
    if node is None or not isinstance(entry, Item):
        return
    flipped = NEEDS[entry.need]
    found = source.with_field("need", Scalar(flipped, node.place))
    yield source.mutated(found, node.place, "need-flipped", "need", entry.need, entry.need, flipped)


def _of_waives(source: _Source) -> Iterator[Mutation]:
    """The list of what a waiver releases, one item shorter at an end of one of its entries."""
    node, entry = source.node("waives"), source.entry
    if node is None or not isinstance(entry, Waiver):
        return
    was = ", ".join(written(part) for part in entry.waives)
    for at, part in enumerate(entry.waives):
        shorter = (
            [[each] for each in shortened(source.read, part)] if isinstance(part, Range) else []
        )
        if not shorter and len(entry.waives) > 1:
            shorter = [[]]
        for new in shorter:
            kept: list[Arg] = [*entry.waives[:at], *new, *entry.waives[at + 1 :]]
            words = [written(each) for each in kept]
            nodes = tuple(Scalar(each, node.place, plain=False) for each in words)
            yield source.mutated(
                source.with_field("waives", Sequence(nodes, node.place)),
                node.place,
                "range-shortened",
                "waives",
                *(written(part), was, ", ".join(words)),
            )


def _null(place: Place) -> Scalar:
    return Scalar("null", place)
