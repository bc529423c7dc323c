"""A page as data: headings, paragraphs, tables and lists, of pieces of text that carry a tone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["plain", "strong", "good", "bad", "warn", "dim", "code"]

VERDICTS = ("good", "bad", "warn")
FEW = 8  # rows of a table that stays on one page
WHOLE = 1200  # characters up to which what belongs together stays on one page


@dataclass(frozen=True)
class Span:
    """The tone `code` is for what stands between backticks; they are part of the text."""

    text: str
    tone: Tone = "plain"


Line: TypeAlias = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def joined(parts: Iterable[Line], between: str) -> Line:
    """Several lines as one."""
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Span(between))
        spans += part
    return tuple(spans)


@dataclass(frozen=True)
class Heading:
    line: Line
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Lines that stand together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Quote:
    """Words of a document, with their line breaks."""

    text: str


@dataclass(frozen=True)
class Code:
    """Lines of a file, kept as they are; `language` is what they are written in."""

    text: str
    language: str


@dataclass(frozen=True)
class Pairs:
    """Labels with what they stand for."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Bullets:
    """A list; each entry stands `depth` levels in."""

    entries: tuple[tuple[int, Line], ...]


@dataclass(frozen=True)
class Column:
    """`fit` says what gives way where a table is too wide: a cut, a wrap, or nothing."""

    title: str
    fit: Literal["cut", "wrap", "whole"] = "whole"
    right: bool = False


@dataclass(frozen=True)
class Divider:
    """A title over the rows that follow."""

    line: Line


Row: TypeAlias = "tuple[Line, ...] | Divider"


@dataclass(frozen=True)
class Grid:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing, the same as Mermaid for where none can stand, and a remark below it."""

    svg: str
    mermaid: str
    told: str = ""


Block: TypeAlias = "Heading | Paragraph | Quote | Code | Pairs | Bullets | Grid | Picture"


def paragraph(*parts: str | Span) -> Paragraph:
    return Paragraph((line(*parts),))


def blank(row: tuple[Line, ...]) -> bool:
    """Whether a row of a table is to be filled in by hand: all but its first cell are empty."""
    return len(row) > 1 and not any(span.text for cell in row[1:] for span in cell)


def fits(lines: Iterable[Line]) -> bool:
    """Whether lines have so few words that they should stay on one page."""
    return sum(len(span.text) for line in lines for span in line) <= WHOLE


def short(grid: Grid) -> bool:
    """Whether a table has so few rows and words that it should stay on one page."""
    rows = [(row.line,) if isinstance(row, Divider) else row for row in grid.rows]
    words = sum(len(span.text) for row in rows for cell in row for span in cell)
    return len(rows) <= FEW and words <= WHOLE / 2


def verdict(block: Paragraph) -> bool:
    """Whether a paragraph is a verdict, which is set larger."""
    return len(block.lines) == len(block.lines[0]) == 1 and block.lines[0][0].tone in VERDICTS
