"""What changed in the words of a rulebook: entries added, removed, reworded, renumbered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from cloudrules.core.clauses import written
from cloudrules.core.entries import Basis, Effort, Item, Period, Reading, Source, Waiver
from cloudrules.core.entry import same
from cloudrules.core.expression import And, AtLeast, Compare, Constant, Name, Not, Or, Range, Waived
from cloudrules.core.joint import Sides
from cloudrules.core.matching import Pair, words
from cloudrules.core.responsible import spelt
from cloudrules.core.schema import Ref, Text

Kind: TypeAlias = Literal["rulebook", "item", "waiver", "fact", "evidence", "reading"]
_CONDITIONS = (Constant, Name, Compare, Waived, Not, And, Or, AtLeast, Range)


@dataclass(frozen=True)
class Edited:
    """A field in the words of each side, None where it is not there: `need`, `text.ja`."""

    field: str
    a: str | None
    b: str | None


@dataclass(frozen=True)
class Revision:
    """One entry that changed, by its ids in A and in B, with the fields that differ.

    `change` is one of `core.matching`, or `changed`: another field than its words. `text` is what
    an entry that was added or removed says.
    """

    kind: Kind
    change: str
    a: str | None
    b: str | None
    edited: tuple[Edited, ...] = ()
    text: Text | None = None


def from_sides(sides: Sides) -> Iterator[Revision]:
    """All that changed, as the two rulebooks are read: the rulebook first, then what it holds."""
    a, b = sides.a, sides.b
    if edited := tuple(_edited(a.read, b.read, ("title", "edition", "in_force", "source"))):
        yield Revision("rulebook", "changed", a.read.id, b.read.id, edited)
    for item in sides.matching.items:
        yield from _entry("item", item, sides, _ITEM)
    for waiver in sides.matching.waivers:
        yield from _entry("waiver", waiver, sides, _WAIVER)
    yield from _table("fact", a.read.facts, b.read.facts, _FACT, lambda fact: fact.title)
    yield from _table(
        "evidence", a.read.evidence, b.read.evidence, _EVIDENCE, lambda each: each.title
    )
    readings = ({each.id: each for each in side.rulebook.readings} for side in (a, b))
    yield from _readings(*readings)


_ITEM = ("section", "text", "need", "applies_when", "met_by", "effort", "in_force", "note")
_WAIVER = ("text", "when", "waives", "at", "in_force", "note")
_FACT = ("title", "kind", "option_ids", "default", "note")
_EVIDENCE = (*("kind", "holder", "title", "requires", "effort", "valid_months", "basis", "note"),)
_NAMES = {"option_ids": "options"}


def _entry(
    kind: Kind, pair: Pair[Item] | Pair[Waiver], sides: Sides, fields: Iterable[str]
) -> Iterator[Revision]:
    one, two = pair.a, pair.b
    if one is None or two is None:
        there = one or two
        assert there is not None
        ids = (one.id if one else None, two.id if two else None)
        yield Revision(kind, pair.change, *ids, (), there.text)
        return
    shared = sides.a.shared.entry(one.id), sides.b.shared.entry(one.id)
    differ = [name for name in fields if not _alike(name, shared)]
    edited = tuple(_edited(one, two, differ))
    change = pair.change
    if change != "unchanged" or edited:
        yield Revision(kind, "changed" if change == "unchanged" else change, one.id, two.id, edited)


def _alike(name: str, shared: tuple[Item | Waiver | None, Item | Waiver | None]) -> bool:
    """Whether a condition or a list of items says the same under the names that both share."""
    one, two = (getattr(each, name, None) for each in shared)
    if name == "waives" and one is not None and two is not None:
        return {part.name for part in one} == {part.name for part in two}
    return isinstance(one, _CONDITIONS) and bool(one == two)


def _table(
    kind: Kind,
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    fields: Iterable[str],
    title: Callable[[Any], Text | None],
) -> Iterator[Revision]:
    """What changed among things that have nothing but their id to be matched by."""
    for name, one in a.items():
        if name not in b:
            yield Revision(kind, "removed", name, None, (), title(one))
        elif edited := tuple(_edited(one, b[name], fields)):
            yield Revision(kind, "changed", name, name, edited)
    for name, two in b.items():
        if name not in a:
            yield Revision(kind, "added", None, name, (), title(two))


def _readings(a: Mapping[str, Reading], b: Mapping[str, Reading]) -> Iterator[Revision]:
    for each in _table("reading", a, b, ("question", "note"), lambda reading: reading.question):
        if each.change != "changed":
            yield each
    for name, one in a.items():
        if name in b:
            edited = (*_edited(one, b[name], ("question", "note")), *_options(one, b[name]))
            if edited:
                yield Revision("reading", "changed", name, name, edited)


def _options(a: Reading, b: Reading) -> Iterator[Edited]:
    """The options, by id, with what they change."""
    if a.option_ids != b.option_ids:
        yield Edited("options", ", ".join(a.option_ids), ", ".join(b.option_ids))
    there = {option.id: option for option in b.options}
    for one in a.options:
        two = there.get(one.id)
        if two is None:
            continue
        old, new = ({ref.name: node for ref, node in each.change.items()} for each in (one, two))
        for entry in dict.fromkeys([*old, *new]):
            if not same(old.get(entry), new.get(entry)):
                said = (spelt(each[entry]) if entry in each else None for each in (old, new))
                yield Edited(f"{one.id}.{entry}", *said)


def _edited(one: Any, two: Any, fields: Iterable[str]) -> Iterator[Edited]:
    """The fields in which two entries of a kind differ, in their words."""
    for name in fields:
        old, new = getattr(one, name), getattr(two, name)
        shown = _NAMES.get(name, name)
        if isinstance(old, Text | None) and isinstance(new, Text | None):
            yield from _texts(shown, old, new)
            continue
        before, after = _said(old), _said(new)
        if before != after:
            yield Edited(shown, before, after)


def _texts(name: str, one: Text | None, two: Text | None) -> Iterator[Edited]:
    """A text, language by language where it has some."""
    old, new = (dict(text.words) if text else {} for text in (one, two))
    for language in dict.fromkeys([*old, *new]):
        before, after = old.get(language), new.get(language)
        spaced = (words(Text({"": text})) if text else None for text in (before, after))
        if len(set(spaced)) > 1:
            yield Edited(f"{name}.{language}" if language else name, before, after)


def _said(value: Any) -> str | None:
    """A value of a field as rules spell it; None where it is not there."""
    match value:
        case None:
            return None
        case Ref():
            return value.name
        case Effort():
            return _named(cost=value.cost, months=value.months)
        case Period():
            return _named(**{"from": value.from_, "until": value.until})
        case Basis():
            return _named(kind=value.kind, source=value.source.source if value.source else None)
        case Source():
            return _named(
                document=value.document.source if value.document else None,
                url=value.url.source if value.url else None,
            )
        case tuple():
            return ", ".join(_said(each) or "" for each in value)
    return written(value) if isinstance(value, _CONDITIONS) else str(value)


def _named(**values: int | str | date | None) -> str | None:
    told = [f"{name} {value}" for name, value in values.items() if value is not None]
    return ", ".join(told) or None
