"""A city's sheet as values: cells, and what its rows are: items, clauses, headings, or neither."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from cloudrules.core.entries import NEED
from cloudrules.core.entry import normal
from cloudrules.core.mentions import figures


class Spot(NamedTuple):
    """A cell: its sheet ('' in a text file), row and column, both from 1."""

    sheet: str
    row: int
    column: int


class Cell(NamedTuple):
    text: str
    spot: Spot


# A row's cells that say something, by twice their column: one may be put between two others.
Row: TypeAlias = dict[int, Cell]


@dataclass(frozen=True)
class Grid:
    """One sheet: its texts by row and column, from 1.

    `covered` are the cells of merged areas but for the first row of each; `struck` are texts that
    are struck through, which are in no other.
    """

    name: str
    texts: Mapping[tuple[int, int], str]
    covered: Container[tuple[int, int]] = frozenset()
    struck: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def said(self) -> Iterator[str]:
        """All its texts, those that are struck through too."""
        yield from self.texts.values()
        yield from self.struck.values()

    def rows(self) -> list[Row]:
        """The rows that say something, from the top."""
        found: dict[int, Row] = {}
        for (row, column), text in sorted(self.texts.items()):
            if text.strip():
                cell = Cell(text.strip(), Spot(self.name, row, column))
                found.setdefault(row, {})[2 * column] = cell
        return list(found.values())


def grid(rows: Iterable[Sequence[str]], name: str = "") -> Grid:
    """A sheet from rows of texts."""
    return Grid(
        name,
        {
            (row, column): text
            for row, texts in enumerate(rows, 1)
            for column, text in enumerate(texts, 1)
        },
    )


@dataclass(frozen=True)
class Remark:
    """Words beside an item that may be a clause; `answered` where they may be an answer."""

    text: str
    spot: Spot
    answered: bool = False


@dataclass(frozen=True)
class ItemRow:
    """An item. `need` is as written; `section` is that of an item above where its cell is empty.

    `written` is its number where the sheet has another in its place.
    """

    number: str
    section: str
    text: str
    need: str
    spot: Spot
    text_spot: Spot
    remarks: tuple[Remark, ...] = ()
    written: str = ""


@dataclass(frozen=True)
class Banner:
    """A row of one text between items."""

    text: str
    spot: Spot


@dataclass(frozen=True)
class Head:
    """The head of a table, which is repeated where a page begins; or a further sheet."""

    spot: Spot


@dataclass(frozen=True)
class Stray:
    """What stands on the sheet and is not read; `why` is a code that `render` has words for."""

    why: str
    text: str
    spot: Spot
    count: int = 1


Entry: TypeAlias = "ItemRow | Banner | Head"


@dataclass(frozen=True)
class Sheet:
    """What was found, in order; `doubtful` are numbers that stand at several items."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    strays: tuple[Stray, ...] = ()
    doubtful: frozenset[str] = frozenset()

    def said(self) -> Iterator[str]:
        """The texts of its rows, with what stands beside them."""
        for entry in self.entries:
            if not isinstance(entry, Head):
                yield entry.text
            if isinstance(entry, ItemRow):
                yield from (remark.text for remark in entry.remarks)
        yield from (stray.text for stray in self.strays)

    @property
    def items(self) -> list[ItemRow]:
        return [each for each in self.entries if isinstance(each, ItemRow)]


_PART = r"(?:[.-]?\(\d{1,3}\)|[.-]\d{1,4}|[.-]?(?:[A-Za-zア-ン]|\([A-Za-zア-ン]\))(?=$|[)\].、:]))"
_NUMBER = re.compile(
    r"[(\[【〈<]?(?:No\.?|項番|番号|要件|項目|設問)?\s*"
    r"((?:第\d{1,4}[条章節項号](?:の\d{1,3})?){1,3}"
    rf"|問?(?:[A-Za-z]{{1,5}}[-._]?){{0,2}}\d{{1,4}}{_PART}{{0,9}}"
    r"|[ア-ン])[)\]】〉>]?[.、:]?",
    re.IGNORECASE,
)
_NEED = re.compile(
    r"(必須|任意|mandatory|optional|required|must)(?:要件|項目|事項)?"
    r"(?P<more>(?:[\s(※*注].{0,30})?)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_LABEL, LONGEST_TITLE = 30, 200  # characters


def need(text: str) -> str | None:
    """The need that a cell states, whatever else it says."""
    found = _NEED.fullmatch(normal(text[:LONGEST_TITLE]))
    if not found:
        return None
    word = found[1].lower()
    return NEED.meant.get(word) or ("mandatory" if word in ("required", "must") else word)


def needs_more(text: str) -> bool:
    """Whether a cell with a need says more: 必須(※1)."""
    found = _NEED.fullmatch(normal(text))
    return bool(found and found["more"])


def number(text: str) -> str | None:
    """The number that a cell is: `1.1` for `１．１．`."""
    said = (
        re.sub(r"\s*([.-])\s*", r"\1", figures(text).strip()) if len(text) <= LONGEST_LABEL else ""
    )
    found = _NUMBER.fullmatch(said)
    # What Excel made a day of, 1-2 for example, is no number any more.
    return found[1] if found and not _DAY.fullmatch(said) else None
