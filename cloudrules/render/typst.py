"""Pages as a PDF on A4, set by the package typst, which is imported when one is made.

No text is ever markup: what a rulebook says stands in string literals of Typst's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import ceil

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Divider,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Picture,
    Quote,
    Row,
    Span,
)
from cloudrules.render.clean import clean, clean_lines
from cloudrules.render.svg import size
from cloudrules.render.table import columns

NARROW = 18  # columns of text that a cell may take without being wrapped
MOST = 90  # columns of text beyond which a longer one asks for no more room
VERDICTS = ("good", "bad", "warn")
LONG = 18  # characters without a place to break, in which breaks are put
JAPANESE = (
    *("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Hiragino Kaku Gothic ProN"),
    *("BIZ UDGothic", "Yu Gothic", "Meiryo", "IPAexGothic", "IPAGothic", "TakaoGothic"),
    *("MS Gothic", "Noto Serif CJK JP"),
)
OTHER = "Libertinus Serif"  # comes with typst, without Japanese
FAR = 2  # pages over which a drawing is made small rather than cut
WIDE, HIGH, PIXEL = 182.0, 235.0, 0.2646  # of a picture, and of a pixel, in millimetres
_CODE = re.compile("`([^`]+)`")
_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_RUN = re.compile(rf"[!-~]{{{LONG},}}")
SETUP = """\
#set page(paper: "a4", margin: (x: 14mm, top: 16mm, bottom: 18mm), numbering: "1 / 1",
  number-align: right)
#set par(leading: 0.75em, spacing: 0.9em)
#set table(stroke: 0.5pt + luma(180), inset: (x: 5pt, y: 4pt),
  fill: (_, y) => if y == 0 { rgb("#e8edf4") })
#set table.cell(breakable: false)
#show table: set text(size: 7.8pt)
#show table: set par(leading: 0.6em)
#set list(indent: 0.4em)
#show heading: set block(above: 1.3em, below: 0.7em)
#show heading.where(level: 1): it => block(width: 100%, below: 1.2em, inset: (bottom: 5pt),
  stroke: (bottom: 2pt + rgb("#1d4e89")), text(size: 17pt, it.body))
#show heading.where(level: 2): it => block(width: 100%, above: 2em, below: 0.9em, sticky: true,
  stroke: (left: 4pt + rgb("#1d4e89")), inset: (left: 7pt, y: 2pt), text(size: 12.5pt, it.body))
#show heading.where(level: 3): set text(size: 10.5pt)
#let good(it) = text(fill: rgb("#1b6b25"), weight: "bold", it)
#let bad(it) = text(fill: rgb("#a3261e"), weight: "bold", it)
#let warn(it) = text(fill: rgb("#7a5a00"), weight: "bold", it)
#let lead(it) = par(text(size: 1.15em, it))
#let dim(it) = text(fill: luma(90), it)
#let code(it) = raw(it)
#let cited(it) = block(width: 100%, inset: (x: 9pt, y: 6pt), fill: rgb("#fdf8ea"),
  stroke: (left: 3pt + rgb("#b07d0a")), breakable: false, it)
#let over(n, it) = table.cell(colspan: n, fill: luma(245), strong(it))
"""


class NoFont(Exception):
    """There is no font for Japanese: it would come out as empty boxes."""


def pdf(title: str, language: str, blocks: Iterable[Block], on: date, attached: str = "") -> bytes:
    """The bytes of a PDF whose date of creation is `on`. `attached` is JSON that goes with it.

    Raises ImportError where there is no typst, NoFont, RuntimeError where it refuses.
    """
    import typst

    there = set(typst.Fonts().families())
    fonts = [name for name in JAPANESE if name in there]
    text = source(title, language, blocks, on, fonts[:1])
    if not fonts and _WIDE.search(text):
        raise NoFont
    if attached:
        name, told = _literal("report.json"), f"bytes({_literal(attached)})"
        text += f'#pdf.attach({name}, {told}, mime-type: "application/json")\n'
    made: bytes = typst.compile(text.encode("utf-8"), format="pdf")
    return made


def source(
    title: str, language: str, blocks: Iterable[Block], on: date, fonts: Sequence[str] = ()
) -> str:
    """The document as Typst reads it."""
    named = ", ".join(map(_literal, (*fonts, OTHER)))
    day = f"datetime(year: {on.year}, month: {on.month}, day: {on.day})"
    parts = [
        f"#set document(title: {_string(title)}, date: {day})",
        f"#set text(lang: {_literal(language)}, font: ({named}), size: 9.2pt)",
        SETUP,
    ]
    parts += ["#" + _block(block) for block in blocks]
    return "\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(line, level):
            return f"heading(level: {level + 1}, {_line(line)})"
        case Paragraph(lines):
            told = "; linebreak(); ".join(map(_line, lines))
            alone = len(lines) == len(lines[0]) == 1 and lines[0][0].tone in VERDICTS
            return f"lead({{ {told} }})" if alone else f"par({{ {told} }})"
        case Quote(text):
            return f"cited({_broken(clean_lines(text))})"
        case Code(text):
            return f"raw(block: true, {_literal(chr(10).join(clean_lines(text.rstrip(chr(10)))))})"
        case Pairs(rows):
            cells = ", ".join(f"dim({_text(name)}), {_line(value)}" for name, value in rows)
            return f"grid(columns: (auto, 1fr), column-gutter: 14pt, row-gutter: 6pt, {cells})"
        case Bullets(entries):
            return _bullets(entries)
        case Grid():
            return _table(block)
        case Picture(svg):
            return _picture(svg)


def _picture(svg: str) -> str:
    """A drawing at its own size or as large as a page; one that is far too high, over several."""
    across, down = size(svg)
    drawn = f'bytes({_literal(svg)}), format: "svg"'
    scale = min(PIXEL, WIDE / across)
    pages = ceil(down * scale / HIGH)
    if pages <= FAR:
        scale = min(scale, HIGH / down)
        room = f"width: {across * scale:.1f}mm, height: {down * scale:.1f}mm"
        return f"align(center, image({drawn}, {room}))"
    whole = f"width: {across * scale:.1f}mm, height: {down * scale:.1f}mm"
    parts = [f"let drawn = image({drawn}, {whole})"]
    for page in range(pages):
        height = min(HIGH, down * scale - page * HIGH)
        part = f"place(top + center, dy: -{page * HIGH:.1f}mm, drawn)"
        shown = f"width: 100%, height: {height:.1f}mm, clip: true, breakable: false"
        parts.append(f"block({shown}, {part})")
    return f"{{ {'; '.join(parts)} }}"


def _bullets(entries: Sequence[tuple[int, Line]]) -> str:
    """A list; its entries hold those that stand below them."""
    items: list[str] = []
    at = 0
    while at < len(entries):
        depth, line = entries[at]
        end = at + 1
        while end < len(entries) and entries[end][0] > depth:
            end += 1
        below = entries[at + 1 : end]
        items.append(f"{{ {_line(line)}; {_bullets(below)} }}" if below else _line(line))
        at = end
    return f"list({', '.join(items)})"


def _table(grid: Grid) -> str:
    rows = [row for row in grid.rows if not isinstance(row, Divider)]
    widths = ", ".join(
        _width(column, [row[at] for row in rows]) for at, column in enumerate(grid.columns)
    )
    sides = ", ".join("right" if column.right else "left" for column in grid.columns)
    titles = ", ".join(f"strong({_text(column.title)})" for column in grid.columns)
    cells = "".join(f",\n  {cell}" for row in grid.rows for cell in _row(row, len(grid.columns)))
    head = f"columns: ({widths},), align: ({sides},), table.header({titles})"
    return f"table({head}{cells})"


def _width(column: Column, cells: Sequence[Line]) -> str:
    """The room that a column's longest cell needs, or a share that goes with its length."""
    longest = max((columns(_plain(cell)) for cell in cells), default=0)
    if column.fit == "whole" and longest <= NARROW:
        return "auto"
    return f"{min(max(longest, NARROW), MOST)}fr"


def _plain(line: Line) -> str:
    return clean("".join(span.text for span in line))


def _row(row: Row, n: int) -> Iterator[str]:
    if isinstance(row, Divider):
        yield f"table.header(level: 2, repeat: false, over({n}, {_line(row.line)}))"
    else:
        yield from map(_line, row)


def _line(line: Line) -> str:
    return f"{{ {'; '.join(map(_span, line))} }}" if line else "[]"


def _span(span: Span) -> str:
    if span.tone == "code":
        found = _CODE.fullmatch(span.text)
        return f"code({_literal(clean(found[1] if found else span.text))})"
    shown = _text(span.text)
    return shown if span.tone == "plain" else f"{span.tone}({shown})"


def _broken(lines: Sequence[str]) -> str:
    return f"{{ {'; linebreak(); '.join(_text(line) for line in lines)} }}"


def _text(text: str) -> str:
    """Text as content, with places to break what would run out of a cell."""
    return f"text({_literal(_RUN.sub(_breakable, clean(text)))})"


def _breakable(found: re.Match[str]) -> str:
    parts = re.split(r"(?<=[_./=:-])", found[0])
    pieces = (part[at : at + LONG] for part in parts for at in range(0, len(part), LONG))
    return "\u200b".join(pieces)


def _string(text: str) -> str:
    return _literal(clean(text))


def _literal(text: str) -> str:
    """A string literal of Typst, in which only two characters mean anything."""
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{written}"'
