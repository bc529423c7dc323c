"""Pages as one HTML document that needs nothing else: no scripts, nothing from outside.

It prints on A4: a table's head stands on each of its pages, and no row is cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

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
from cloudrules.render.widths import percents

_CODE = re.compile("`([^`]+)`")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
STYLE = """\
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " \
counter(pages); font-size: 8pt; color: #555; } }
@page sheet { size: A4 landscape; margin: 12mm 14mm 15mm; }
* { box-sizing: border-box; }
html { background: #fff; color: #1c1c1c; }
body { max-width: 1000px; margin: 0 auto; padding: 24px;
  font: 15px/1.65 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo, \
Arial, sans-serif;
  line-break: strict; overflow-wrap: anywhere; }
:lang(ja) p, :lang(ja) li { text-align: justify; }
h1 { font-size: 1.6em; line-height: 1.35; margin: 0 0 .8em; border-bottom: 3px solid #1d4e89;
  padding-bottom: .3em; }
h2 { font-size: 1.2em; margin: 2em 0 .6em; border-left: 6px solid #1d4e89; padding-left: .5em; }
h3 { font-size: 1.05em; margin: 1.5em 0 .4em; }
h4 { font-size: 1em; margin: 1.2em 0 .3em; }
h2, h3, h4 { break-after: avoid; }
p:has(+ :is(table, dl, ul, blockquote, pre)), dl:has(+ :is(table, dl)),
  blockquote:has(+ p) { break-after: avoid; }
p { margin: .5em 0; orphans: 2; widows: 2; }
ul { margin: .5em 0; padding-left: 1.4em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1.2em; margin: .8em 0; }
dt { color: #555; }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; margin: .8em 0; font-size: .87em;
  line-height: 1.5; }
thead { display: table-header-group; }
.few, tr { break-inside: avoid; }
tr.blank td { height: 9mm; }
th, td { border: 1px solid #bbb; padding: .3em .5em; text-align: left; vertical-align: top; }
thead th { background: #e8edf4; white-space: nowrap; }
th.over { background: #f5f5f5; break-after: avoid; }
tr.over { break-after: avoid; }
td.fixed { white-space: nowrap; }
td.right { text-align: right; white-space: nowrap; }
blockquote { margin: .5em 0; padding: .4em .9em; border-left: 4px solid #b07d0a;
  background: #fdf8ea; break-inside: avoid; }
pre { background: #f5f5f5; padding: .7em; white-space: pre-wrap; font-size: .85em; }
code { font-family: "Noto Sans Mono CJK JP", Consolas, Menlo, monospace; font-size: .93em; }
.strong { font-weight: bold; }
.good { color: #1b6b25; font-weight: bold; }
.bad { color: #a3261e; font-weight: bold; }
.warn { color: #7a5a00; font-weight: bold; }
.dim { color: #5a5a5a; }
.verdict { font-size: 1.2em; }
figure { margin: 1em 0; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { margin-top: .5em; text-align: center; color: #5a5a5a; font-size: .9em; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.5; }
  th, td, blockquote { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .sheet { page: sheet; break-before: page; break-after: page; }
  .sheet h2 { margin-top: 0; }
  figure { break-inside: avoid; margin: 0; }
  figure svg { max-height: 164mm; }
}"""


def document(
    title: str, language: str, blocks: Sequence[Block], remark: str = "", foot: str = ""
) -> str:
    """A whole document. `remark` is a line for programs; nobody sees it, so it has to be ASCII.

    `foot` stands at the foot of every printed page, beside its number.
    """
    shown = _text(title)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{shown}</title>",
        f"<style>\n{STYLE}\n{_widths(blocks)}{_foot(foot)}\n</style>",
        "</head>",
        "<body>",
        "<main>",
        *_parts(blocks),
        "</main>",
        *([remark] if remark else []),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _widths(blocks: Sequence[Block]) -> str:
    """The rules for the widths of columns that there are."""
    found = [each for block in blocks if isinstance(block, Grid) for each in percents(block)]
    widths = sorted({each for each in found if each is not None})
    return "".join(f".w{each} {{ width: {each}%; }}\n" for each in widths)


def _foot(text: str) -> str:
    """The rule for a page's foot: a string of CSS in which only letters and digits are plain."""
    written = "".join(
        each if each.isalnum() or each in " .,:-" else f"\\{ord(each):x} " for each in clean(text)
    )
    return f'@page {{ @bottom-left {{ content: "{written}"; font-size: 8pt; color: #555; }} }}'


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    """The blocks; a drawing stands on a sheet of its own with its title."""
    opened = False
    for block, then in pairwise([*blocks, None]):
        assert block is not None
        titled = isinstance(block, Heading) and isinstance(then, Picture)
        if not opened and (titled or isinstance(block, Picture)):
            yield '<section class="sheet">'
            opened = True
        yield from _lines(block)
        if opened and isinstance(block, Picture):
            yield "</section>"
            opened = False


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(line, level):
            tag = f"h{min(level + 1, 6)}"
            yield f"<{tag}>{_line(line)}</{tag}>"
        case Paragraph(lines):
            kind = ' class="verdict"' if verdict(block) else ""
            yield f"<p{kind}>" + "<br>\n".join(map(_line, lines)) + "</p>"
        case Quote(text):
            tongue = ' lang="ja"' if _JAPANESE.search(text) else ""
            yield f"<blockquote{tongue}>{'<br>'.join(map(escape, clean_lines(text)))}</blockquote>"
        case Code(text):
            inside = "\n".join(map(escape, clean_lines(text.rstrip("\n"))))
            yield f"<pre><code>{inside}</code></pre>"
        case Pairs(rows):
            few = fits(value for _, value in rows)
            yield '<dl class="few">' if few else "<dl>"
            yield from (f"<dt>{_text(name)}</dt><dd>{_line(value)}</dd>" for name, value in rows)
            yield "</dl>"
        case Bullets():
            yield from _bullets(block)
        case Grid():
            yield from _table(block)
        case Picture(svg, _, told):
            under = f"<figcaption>{_text(told)}</figcaption>" if told else ""
            yield f"<figure>\n{svg}{under}</figure>"


def _bullets(block: Bullets) -> Iterator[str]:
    """Lists inside one another; an entry ends after those that are deeper."""
    depth = -1
    for level, entry in block.entries:
        while depth > level:
            yield "</li></ul>"
            depth -= 1
        if depth == level:
            yield "</li>"
        while depth < level:
            yield "<ul>" if depth + 1 == level else "<ul><li>"
            depth += 1
        yield f"<li>{_line(entry)}"
    for _ in range(depth + 1):
        yield "</li></ul>"


def _table(grid: Grid) -> Iterator[str]:
    yield '<table class="few">' if short(grid) else "<table>"
    titles: list[str] = []
    for column, percent in zip(grid.columns, percents(grid), strict=True):
        kind = "" if percent is None else f' class="w{percent}"'
        titles.append(f'<th scope="col"{kind}>{_text(column.title)}</th>')
    yield f"<thead><tr>{''.join(titles)}</tr></thead>"
    yield "<tbody>"
    yield from (_row(row, grid) for row in grid.rows)
    yield "</tbody>"
    yield "</table>"


def _row(row: Row, grid: Grid) -> str:
    if isinstance(row, Divider):
        wide = len(grid.columns)
        over = f'<th class="over" colspan="{wide}" scope="rowgroup">{_line(row.line)}</th>'
        return f'<tr class="over">{over}</tr>'
    cells: list[str] = []
    for column, cell in zip(grid.columns, row, strict=True):
        kind = "right" if column.right else "fixed" if column.fit == "whole" else ""
        opened = f'<td class="{kind}">' if kind else "<td>"
        cells.append(f"{opened}{_line(cell)}</td>")
    opened = '<tr class="blank">' if blank(row) else "<tr>"
    return f"{opened}{''.join(cells)}</tr>"


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    if span.tone == "code":
        found = _CODE.fullmatch(span.text)
        return f"<code>{_text(found[1] if found else span.text)}</code>"
    shown = _text(span.text)
    return shown if span.tone == "plain" else f'<span class="{span.tone}">{shown}</span>'


def _text(text: str) -> str:
    return escape(clean(text))
