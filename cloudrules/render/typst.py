"""Pages as a PDF on A4, set by the package typst, which is imported when one is made.

No text is ever markup: what a rulebook says stands in string literals of Typst's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
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
    blank,
    fits,
    short,
    verdict,
)
from cloudrules.render.clean import clean, clean_lines
from cloudrules.render.svg import paper
from cloudrules.render.widths import shares

REGIONS = {"ja": "jp", "en": "us"}
LONG = 18  # characters without a place to break, in which breaks are put
JAPANESE = (
    *("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Hiragino Kaku Gothic ProN"),
    *("BIZ UDGothic", "Yu Gothic", "Meiryo", "IPAexGothic", "IPAGothic", "TakaoGothic"),
    *("MS Gothic", "Noto Serif CJK JP"),
)
OTHER = "Libertinus Serif"  # comes with typst, without Japanese
# What leads to what follows, and what each is led to.
LEADS: dict[type[Block], tuple[type[Block], ...]] = {
    Paragraph: (Grid, Pairs, Bullets, Quote, Code),
    Pairs: (Grid, Pairs),
    Quote: (Paragraph,),
}
_CODE = re.compile("`([^`]+)`")
_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_RUN = re.compile(rf"[!-~]{{{LONG},}}")
SETUP = """\
#set page(paper: "a4", margin: (x: 14mm, top: 16mm, bottom: 18mm), footer: context {
  set text(size: 8pt, fill: luma(85))
  grid(columns: (1fr, auto), column-gutter: 12pt, foot, counter(page).display("1 / 1", both: true))
})
#let wide = (flipped: true, margin: (x: 14mm, top: 12mm, bottom: 15mm))
#set par(leading: 0.75em, spacing: 0.9em)
#set table(stroke: 0.5pt + luma(180), inset: (x: 5pt, y: 4pt),
  fill: (_, y) => if y == 0 { rgb("#e8edf4") })
#set table.cell(breakable: false)
#show table: set text(size: 7.8pt)
#show table: set par(leading: 0.6em, justify: false)
#show grid: set par(justify: false)
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
#let lead(it) = block(above: 1.3em, below: 1em, text(size: 1.15em, it))
#let dim(it) = text(fill: luma(90), it)
#let code(it) = raw(it)
#let cited(whole, it) = block(width: 100%, inset: (x: 9pt, y: 6pt), fill: rgb("#fdf8ea"),
  stroke: (left: 3pt + rgb("#b07d0a")), breakable: not whole, it)
#let over(n, it) = table.cell(colspan: n, fill: luma(245), strong(it))
"""


class NoFont(Exception):
    """There is no font for Japanese: it would come out as empty boxes."""


def pdf(
    title: str,
    language: str,
    blocks: Sequence[Block],
    on: date,
    attached: str = "",
    foot: str = "",
) -> bytes:
    """The bytes of a PDF whose date of creation is `on`. `attached` is JSON that goes with it.

    `foot` stands at the foot of every page, beside its number.

    Raises ImportError where there is no typst, NoFont, RuntimeError where it refuses.
    """
    import typst

    there = set(typst.Fonts().families())
    fonts = [name for name in JAPANESE if name in there]
    text = source(title, language, blocks, on, fonts[:1], foot)
    if not fonts and _WIDE.search(text):
        raise NoFont
    if attached:
        name, told = _literal("report.json"), f"bytes({_literal(attached)})"
        text += f'#pdf.attach({name}, {told}, mime-type: "application/json")\n'
    made: bytes = typst.compile(text.encode("utf-8"), format="pdf")
    return made


def source(
    title: str,
    language: str,
    blocks: Sequence[Block],
    on: date,
    fonts: Sequence[str] = (),
    foot: str = "",
) -> str:
    """The document as Typst reads it."""
    named = ", ".join(map(_literal, (*fonts, OTHER)))
    day = f"datetime(year: {on.year}, month: {on.month}, day: {on.day})"
    told = f"lang: {_literal(language)}, region: {_literal(REGIONS[language])}"
    parts = [
        f"#set document(title: {_string(title)}, date: {day})",
        f"#set text({told}, font: ({named}), size: 9.2pt)",
        f"#let foot = {_text(foot)}",
        SETUP,
    ]
    if language == "ja":
        parts.append("#set par(justify: true)")
    parts += ["#" + part for part in _parts(blocks)]
    return "\n".join(parts) + "\n"


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    """The blocks, each kept with what it leads to; a drawing on a page of its own, with its title.

    A heading sticks to what follows by itself.
    """
    at = 0
    while at < len(blocks):
        block, after = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
        drawn = _block(block)
        if isinstance(block, Heading) and isinstance(after, Picture):
            yield f"page(..wide, {{ {drawn}; {_block(after)} }})"
            at += 2
            continue
        if isinstance(block, Picture):
            yield f"page(..wide, {drawn})"
        elif isinstance(after, LEADS.get(type(block), ())):
            yield f"block(sticky: true, {drawn})"
        else:
            yield drawn
        at += 1


def _block(block: Block) -> str:
    match block:
        case Heading(line, level):
            return f"heading(level: {level + 1}, {_line(line)})"
        case Paragraph(lines):
            told = "; linebreak(); ".join(map(_line, lines))
            return f"lead({{ {told} }})" if verdict(block) else f"par({{ {told} }})"
        case Quote(text):
            short_one = _bool(fits([(Span(text),)]))
            return f"cited({short_one}, {_broken(clean_lines(text))})"
        case Code(text):
            return f"raw(block: true, {_literal(chr(10).join(clean_lines(text.rstrip(chr(10)))))})"
        case Pairs(rows):
            cells = ", ".join(f"dim({_text(name)}), {_line(value)}" for name, value in rows)
            told = f"grid(columns: (auto, 1fr), column-gutter: 14pt, row-gutter: 6pt, {cells})"
            whole = fits(value for _, value in rows)
            return f"block(breakable: {_bool(not whole)}, {told})"
        case Bullets(entries):
            return _bullets(entries)
        case Grid():
            return _table(block)
        case Picture(svg, _, told):
            under = f"; align(center, dim({_text(told)}))" if told else ""
            return f"{{ {_picture(svg)}{under} }}"


def _picture(svg: str) -> str:
    """A drawing as wide as it is said to be on paper."""
    across, down, scale = paper(svg)
    room = f"width: {across * scale:.1f}mm, height: {down * scale:.1f}mm"
    return f'align(center, image(bytes({_literal(svg)}), format: "svg", {room}))'


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
    widths = ", ".join("auto" if share is None else f"{share:.1f}fr" for share in shares(grid))
    sides = ", ".join("right" if column.right else "left" for column in grid.columns)
    titles = ", ".join(f"strong({_text(column.title)})" for column in grid.columns)
    cells = "".join(f",\n  {cell}" for row in grid.rows for cell in _row(row, len(grid.columns)))
    head = f"columns: ({widths},), align: ({sides},), table.header({titles})"
    told = f"table({head}{cells})"
    return f"block(breakable: false, {told})" if short(grid) else told


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _plain(line: Line) -> str:
    return clean("".join(span.text for span in line))


def _row(row: Row, n: int) -> Iterator[str]:
    if isinstance(row, Divider):
        yield f"table.header(level: 2, repeat: false, over({n}, {_line(row.line)}))"
    elif not fits(row):
        # Longer than a page, a row that may not be cut would run out of it.
        yield from (f"table.cell(breakable: true, {_line(cell)})" for cell in row)
    elif blank(row):
        yield f"table.cell(inset: (y: 12pt), {_line(row[0])})"
        yield from map(_line, row[1:])
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
