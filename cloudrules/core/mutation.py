"""Every rulebook that differs from another in one clause, as by one slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from cloudrules.core.change import is_removal
from cloudrules.core.clauses import Path, walk, with_part, without, written
from cloudrules.core.entries import Change, Item, Option, Waiver
from cloudrules.core.entry import Mapping, Node, Scalar, Sequence
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.expression import (
    And,
    Arg,
    AtLeast,
    Compare,
    Expr,
    Name,
    Not,
    Or,
    Range,
)
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
TURNED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "="}
NEEDS = {"mandatory": "optional", "optional": "mandatory"}

Edit: TypeAlias = tuple[str, str, Expr]  # the kind, the part it is about, the condition it leaves


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
                    for text, left in _alternatives(source.read, part):
                        edit = "operand-dropped", text, with_part(condition, path, left)
                        yield from _edited(source, field, edit)


def _alternatives(rulebook: Rulebook, whole: Arg) -> Iterator[tuple[str, Expr]]:
    """Each operand of an `or`, with what is left without it; a lone operand is no alternative."""
    if not isinstance(whole, Or):
        return
    spread: list[list[Arg]] = []
    for part in whole.parts:
        if isinstance(part, Range):
            span = rulebook.span(part.first, part.last)
            spread.append([Name(item, part.place) for item in span])
        else:
            spread.append([part])
    if sum(len(parts) for parts in spread) < 2:
        return
    for at, parts in enumerate(spread):
        for within, part in enumerate(parts):
            rest = [*_run(rulebook, parts[:within]), *_run(rulebook, parts[within + 1 :])]
            kept = (*whole.parts[:at], *rest, *whole.parts[at + 1 :])
            alone = kept[0] if len(kept) == 1 and not isinstance(kept[0], Range) else Or(kept)
            yield written(part), alone


def _run(rulebook: Rulebook, parts: list[Arg]) -> list[Arg]:
    """Items in a row as a range."""
    names = [part for part in parts if isinstance(part, Name)]
    if len(names) < 2 or len(names) < len(parts):
        return parts
    return [Range(names[0].name, names[-1].name, names[0].place)]


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
        gone = "" if kind == "removal-dropped" else name
        back = name if kind == "removal-dropped" else ""
        yield Mutation(
            kind, name, "", name, gone, back, place, source.without_entry(), source.named
        )


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
        yield Mutation(
            "condition-dropped",
            source.ref.name,
            field,
            text,
            text,
            "",
            node.place,
            found,
            source.named,
        )
    for path, part in walk(condition):
        for edit in _edits(source.read, condition, path, part):
            yield from _edited(source, field, edit)


def _edits(rulebook: Rulebook, condition: Expr, path: Path, part: Arg) -> Iterator[Edit]:
    """What can be done at one node of a condition."""

    def put(kind: str, new: Arg) -> Edit:
        return kind, written(part), with_part(condition, path, new)

    match part:
        case Not(inner):
            yield put("negation-dropped", inner)
        case Compare(name, op, value, place):
            yield put("comparison-turned", Compare(name, TURNED[op], value, place))
        case Range():
            for shorter in _shortened(rulebook, part):
                yield put("range-shortened", shorter)
        case And(parts) | Or(parts):
            several = len(parts) > 1
            if several or isinstance(parts[0], Range):
                yield put("join-swapped", Or(parts) if isinstance(part, And) else And(parts))
            for step, operand in enumerate(parts if several else ()):
                yield "operand-dropped", written(operand), without(condition, (*path, step))
        case AtLeast(threshold, weighed):
            for moved in (threshold - 1, threshold + 1):
                if moved >= 0:
                    yield put("threshold-moved", AtLeast(moved, weighed))
            for step, (_, operand) in enumerate(weighed if len(weighed) > 1 else ()):
                rest = AtLeast(threshold, (*weighed[:step], *weighed[step + 1 :]))
                yield "operand-dropped", written(operand), with_part(condition, path, rest)


def _shortened(rulebook: Rulebook, part: Range) -> Iterator[Arg]:
    """A range without its first, and without its last item."""
    span = rulebook.span(part.first, part.last)
    for kept in (span[1:], span[:-1]) if len(span) > 1 else ():
        alone = len(kept) == 1
        yield Name(kept[0], part.place) if alone else Range(kept[0], kept[-1], part.place)


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
    name = source.ref.name
    yield Mutation(kind, name, field, text, written(old), becomes, node.place, found, source.named)


def _of_need(source: _Source) -> Iterator[Mutation]:
    node, entry = source.node("need"), source.entry
    if node is None or not isinstance(entry, Item):
        return
    flipped = NEEDS[entry.need]
    found = source.with_field("need", Scalar(flipped, node.place))
    yield Mutation(
        "need-flipped",
        entry.id,
        "need",
        entry.need,
        entry.need,
        flipped,
        node.place,
        found,
        source.named,
    )


def _of_waives(source: _Source) -> Iterator[Mutation]:
    """The list of what a waiver releases, one item shorter at an end of one of its entries."""
    node, entry = source.node("waives"), source.entry
    if node is None or not isinstance(entry, Waiver):
        return
    was = ", ".join(written(part) for part in entry.waives)
    for at, part in enumerate(entry.waives):
        shorter = (
            [[each] for each in _shortened(source.read, part)] if isinstance(part, Range) else []
        )
        if not shorter and len(entry.waives) > 1:
            shorter = [[]]
        for new in shorter:
            kept: list[Arg] = [*entry.waives[:at], *new, *entry.waives[at + 1 :]]
            words = [written(each) for each in kept]
            nodes = tuple(Scalar(each, node.place, plain=False) for each in words)
            yield Mutation(
                "range-shortened",
                entry.id,
                "waives",
                written(part),
                was,
                ", ".join(words),
                node.place,
                source.with_field("waives", Sequence(nodes, node.place)),
                source.named,
            )


def _null(place: Place) -> Scalar:
    return Scalar("null", place)
