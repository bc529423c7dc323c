"""A draft of a rulebook: what was read from a sheet, and the questions that it leaves open."""

from __future__ import annotations

from dataclasses import dataclass, field

from cloudrules.core.sheet import Spot


@dataclass(frozen=True)
class Question:
    """What a person has to decide; `code` and `values` are for `render`."""

    code: str
    spot: Spot
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DraftItem:
    """An item; `before` are the headings that stand above it ('' for a repeated head)."""

    id: str
    text: str
    section: str
    need: str
    spot: Spot
    applies_when: str = ""
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stands:
    """Where a clause stands: inside an item, or after one and before another.

    `nth` tells its sentence where there are several, counted from 1.
    """

    inside: str = ""
    after: str = ""
    before: str = ""
    nth: int = 0


@dataclass(frozen=True)
class DraftWaiver:
    id: str
    text: str
    at: Stands
    when: str
    waives: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True)
class DraftOption:
    """`change` gives, by waiver, what a field says instead."""

    id: str
    change: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DraftReading:
    """`kind` is `reach` or `grouping`; `text` is the clause, or the first of several."""

    id: str
    kind: str
    text: str
    options: tuple[DraftOption, ...]


@dataclass(frozen=True)
class Draft:
    """A rulebook to be; `unread` are the clauses that were left out of it."""

    title: str
    items: tuple[DraftItem, ...]
    facts: dict[str, str]
    waivers: tuple[DraftWaiver, ...]
    readings: tuple[DraftReading, ...]
    questions: tuple[Question, ...]
