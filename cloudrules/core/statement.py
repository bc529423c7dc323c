"""What a service's file states, thing by thing, and the item in whose row a form tells each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from cloudrules.core import expression
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.expression import Arg, Compare, Name
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Holding, Service

NOWHERE = Place("")
QUOTE = ">"  # starts a line of a note in a form's remarks that would else be read as a statement
Doubt: TypeAlias = Literal["", "denied", "end"]
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def narrow(text: str) -> str:
    """A text with ASCII for characters of full width, each in its place."""
    return text.translate(_NARROW)


def opening(names: Iterable[str]) -> re.Pattern[str]:
    """Where, in a narrow text, a bracket opens that states something of one of these names.

    Readers of forms look nowhere else, and what is written into forms elsewhere avoids it.
    """
    return re.compile(rf"\(\s*(?:{any_of(names)})(?=[\s),、=:])")


def any_of(names: Iterable[str]) -> str:
    """A pattern for one of these names; for none of them, one that nothing fits."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(map(re.escape, ordered)) or r"(?!)"


@dataclass(frozen=True)
class Statement:
    """One thing stated: that something is held, is not known, or has a value.

    `doubt` is why what a form states is not known: its `value` are words by which it is not so, or
    not for certain (`denied`), or its `end` cannot be read.
    """

    kind: Literal["held", "unknown", "fact", "reading"]
    name: str
    value: str = ""  # of a fact or a reading; words that deny something
    holding: Holding | None = None
    doubt: Doubt = ""


def of(service: Service) -> Iterator[Statement]:
    """All that a service's file states of what rulebooks ask, in the file's order."""
    for holding in service.holds:
        yield Statement("held", holding.ref.name, holding=holding)
    for ref in service.unknown:
        yield Statement("unknown", ref.name)
    for ref, value in service.context.items():
        yield Statement("fact", ref.name, value.name)
    for ref, value in service.readings.items():
        yield Statement("reading", ref.name, value.name)


def stated(service: Service, statements: Collection[Statement]) -> Service:
    """A service of which these statements hold, each name stated once.

    The readings that it takes itself win. A reading without a value is not taken.
    """
    taken = {ref.name for ref in service.readings}
    readings = [
        each
        for each in statements
        if each.kind == "reading" and each.value and each.name not in taken
    ]

    def ref(name: str) -> Ref:
        return Ref(name, NOWHERE)

    return replace(
        service,
        holds=tuple(each.holding for each in statements if each.holding),
        unknown=tuple(ref(each.name) for each in statements if each.kind == "unknown"),
        context={ref(each.name): ref(each.value) for each in statements if each.kind == "fact"},
        readings={**{ref(each.name): ref(each.value) for each in readings}, **service.readings},
    )


def homes(
    rulebook: Rulebook, service: Service, rows: Collection[str]
) -> tuple[dict[str, list[Statement]], list[Statement]]:
    """The statements by the item in whose row they are told, and those that no row is about.

    `rows` are the items that have a row.
    """
    found: dict[str, list[Statement]] = {}
    homeless: list[Statement] = []
    books = [*_books(rulebook, service)]
    for statement in of(service):
        home = next((item for item in _homes(books, statement) if item in rows), None)
        if home is None:
            homeless.append(statement)
        else:
            found.setdefault(home, []).append(statement)
    return found, homeless


def _books(rulebook: Rulebook, service: Service) -> Iterator[Rulebook]:
    """The rulebook as the service reads it, then under each option of each reading."""
    known = {reading.id: reading.option_ids for reading in rulebook.readings}
    taken = {
        ref.name: option.name
        for ref, option in service.readings.items()
        if option.name in known.get(ref.name, ())
    }
    try:
        yield rulebook.under(taken)
    except BadInput:
        yield rulebook
    for reading in rulebook.readings:
        for option in reading.option_ids[1:]:
            yield rulebook.under({reading.id: option})


def _homes(books: list[Rulebook], statement: Statement) -> Iterator[str]:
    """The items that a statement bears on, the nearest first."""
    name = statement.name
    if statement.kind == "reading":
        yield from _of_reading(books, name)
        return
    if name in books[0].items:
        yield name
        return
    for book in books:
        yield from (
            item.id for item in book.items.values() if item.met_by and _names(item.met_by, name)
        )
        yield from (item.id for item in book.items.values() if _names(item.applies_when, name))
        for waiver in book.waivers.values():
            if _names(waiver.when, name):
                yield from book.listed(waiver.waives)


def _names(condition: Arg, name: str) -> bool:
    leaves = expression.leaves(condition)
    return any(isinstance(leaf, Name | Compare) and leaf.name == name for leaf in leaves)


def _of_reading(books: list[Rulebook], name: str) -> Iterator[str]:
    """The items that the entries are about which a reading changes."""
    for reading in books[0].readings:
        changed = [ref.name for option in reading.options for ref in option.change]
        for entry in changed if reading.id == name else ():
            yield entry
            for book in books:  # an option may take the entry away
                waiver = book.waivers.get(entry)
                yield from book.listed(waiver.waives) if waiver else ()
