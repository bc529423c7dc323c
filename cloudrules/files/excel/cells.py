"""Writes texts into cells of a sheet's XML, and leaves every other byte of it as it was.

A text is written into its own cell (`t="inlineStr"`), so the shared strings need not change, and
nothing written can be taken for a formula or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cloudrules.core.errors import BadInput
from cloudrules.files.excel import chain
from cloudrules.files.excel.areas import Spot
from cloudrules.files.excel.package import Package
from cloudrules.files.excel.parts import LONGEST
from cloudrules.files.excel.references import address, area_of, row_of, spot_of
from cloudrules.files.excel.workbook import Workbook
from cloudrules.files.excel.xml import Budget, Tag, parse

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_OF_VALUE = frozenset({b"t", b"cm", b"vm"})  # attributes that tell of a cell's value
# What XML cannot hold, what it would change, and what would be read as one of these.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


def written(
    book: Workbook,
    texts: Mapping[str, Mapping[Spot, str]],
    heights: Mapping[str, Mapping[int, float]] | None = None,
) -> bytes:
    """The workbook with these texts in the cells of its sheets, by the sheets' names.

    The style of each cell stays; `heights`, in points, are given to rows that are there. Raises
    BadInput for a text that is too long, and for a formula that cannot be taken away alone.
    """
    parts: dict[str, bytes] = {}
    formulas = False
    for sheet in book.sheets:
        if changes := texts.get(sheet.name):
            tall = (heights or {}).get(sheet.name, {})
            data, took = _sheet(book.package, sheet.name, sheet.part, changes, tall)
            parts[sheet.part] = data
            formulas |= took
    gone: frozenset[str] = frozenset()
    if formulas:
        # The chain may not name a cell without a formula; without it, Excel makes a new one.
        gone = chain.without(book.package, parts)
    return book.package.written(parts, gone)


@dataclass
class _Element:
    """A row or a cell: where it starts, where its start tag and all of it end."""

    at: int
    prefix: str
    inside: int = 0
    end: int = 0
    formula: dict[str, str] | None = None


@dataclass
class _Row(_Element):
    style: str = ""
    cells: dict[int, _Element] = field(default_factory=dict)


class _Map:
    """Where the rows and cells of a sheet lie in its bytes."""

    def __init__(self, data: bytes, wanted: set[int]) -> None:
        self.data, self.wanted = data, wanted
        self.body: _Element | None = None
        self.rows: dict[int, _Row] = {}
        self.columns: list[tuple[int, int, str]] = []
        self.arrays: list[tuple[Spot, str]] = []
        self._spot: Spot = (0, 0)
        self._open: list[_Element] = []

    def start(self, tag: Tag) -> None:
        if not tag.main:
            return
        given = tag.attributes
        prefix = f"{tag.prefix}:" if tag.prefix else ""
        if tag.name == "sheetData":
            self.body = self._opened(_Element(tag.at, prefix))
        elif tag.name == "row":
            self._spot = row_of(given, self._spot[0]), 0
            own = given.get("customFormat", "0") in ("1", "true")
            opened = _Row(tag.at, prefix, style=given.get("s", "") if own else "")
            self.rows[self._spot[0]] = opened
            self._opened(opened)
        elif tag.name == "c":
            row, column = self._spot
            self._spot = spot_of(given.get("r", "")) or (row, column + 1)
            cell = self._opened(_Element(tag.at, prefix))
            if row in self.wanted:
                self.rows[row].cells[self._spot[1]] = cell
        elif tag.name == "f" and self._open:
            self._open[-1].formula = given
            if given.get("t") in ("shared", "array", "dataTable") and given.get("ref"):
                self.arrays.append((self._spot, given["ref"]))
        elif tag.name == "col" and "style" in given:
            ends = given.get("min", ""), given.get("max", "")
            if all(end.isdecimal() and len(end) < 8 for end in ends):
                self.columns.append((int(ends[0]), int(ends[1]), given["style"]))

    def _opened(self, element: _Element) -> _Element:
        found = _TAG.match(self.data, element.at)
        element.inside = found.end() if found else element.at
        self._open.append(element)
        return element

    def text(self, data: str) -> None: ...

    def end(self, tag: Tag, at: int) -> None:
        if tag.name in ("sheetData", "row", "c") and tag.main:
            element = self._open.pop()
            if self.data[element.inside - 2 : element.inside] == b"/>":
                element.end = element.inside
            else:
                found = _TAG.match(self.data, at)
                element.end = found.end() if found else at

    def style(self, spot: Spot) -> str:
        """The format that a cell has which is not there: its row's, else its column's."""
        row = self.rows.get(spot[0])
        if row and row.style:
            return row.style
        return next((style for low, high, style in self.columns if low <= spot[1] <= high), "")


def _sheet(
    package: Package,
    name: str,
    part: str,
    changes: Mapping[Spot, str],
    heights: Mapping[int, float],
) -> tuple[bytes, bool]:
    """A sheet's XML with texts in its cells, and whether a formula was taken away."""
    data = package.read(part)
    found = _Map(data, {row for row, _ in changes})
    parse(package, part, found, Budget())
    faults = [
        package.fault("excel-text-long", sheet=name, cell=address(spot), most=f"{LONGEST:,}")
        for spot, text in changes.items()
        if len(text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST
    ]
    faults += [
        package.fault("excel-formula-shared", sheet=name, cell=address(spot))
        for spot in changes
        if _tied(found, spot)
    ]
    if found.body is None:
        faults.append(package.fault("excel-xml", part=part))
    if faults:
        raise BadInput(faults)
    out, at = bytearray(), 0
    for start, end, text in sorted([*_splices(found, changes), *_heights(found, heights)]):
        out += data[at:start] + text
        at = end
    took = any(
        cell.formula is not None
        for (row, column), _ in changes.items()
        if row in found.rows and (cell := found.rows[row].cells.get(column))
    )
    return bytes(out + data[at:]), took


def _tied(found: _Map, spot: Spot) -> bool:
    """Whether other cells need the formula of a cell, or it is one of an array's."""
    for master, reference in found.arrays:
        area = area_of(reference)
        if area is None or not area.holds(spot):
            continue
        alone = (area.top, area.left) == (area.bottom, area.right)
        row = found.rows[master[0]].cells if master[0] in found.wanted else {}
        kind = (row[master[1]].formula or {}).get("t") if master[1] in row else "array"
        if not alone and (kind != "shared" or spot == master):
            return True
    return False


def _splices(found: _Map, changes: Mapping[Spot, str]) -> Iterator[tuple[int, int, bytes]]:
    """What is put between which bytes of the sheet."""
    new: dict[int, dict[int, str]] = {}
    for (row, column), text in changes.items():
        there = found.rows.get(row)
        cell = there.cells.get(column) if there else None
        if cell:
            yield cell.at, cell.end, _changed(found.data, cell, text)
        elif text:
            new.setdefault(row, {})[column] = text
    assert found.body
    places: dict[int, tuple[int, list[bytes]]] = {}
    for row, texts in sorted(new.items()):
        if row in found.rows:
            yield from _into_row(found, row, texts)
            continue
        later = [each.at for number, each in found.rows.items() if number > row]
        at = min(later) if later else _last(found, found.body)
        prefix = found.body.prefix
        made = (_made(found, prefix, (row, column), texts[column]) for column in sorted(texts))
        cells = b"".join(made)
        start, end = f'<{prefix}row r="{row}">', f"</{prefix}row>"
        places.setdefault(at, (at, []))[1].append(start.encode() + cells + end.encode())
    for at, rows in places.values():
        yield from _inserted(found, found.body, "sheetData", at, b"".join(rows))


def _heights(found: _Map, heights: Mapping[int, float]) -> Iterator[tuple[int, int, bytes]]:
    """The heights of rows, each in the place of the one that it had."""
    for row, height in heights.items():
        if row in found.rows:
            there = found.rows[row]
            tag = found.data[there.at : there.inside]
            old = next((each for each in _ATTRIBUTE.finditer(tag) if each[1] == b"ht"), None)
            name = len(f"<{there.prefix}row")
            start, end = (there.at + at for at in (old.span() if old else (name, name)))
            yield start, end, f' ht="{height:g}"'.encode()


def _into_row(found: _Map, row: int, texts: Mapping[int, str]) -> Iterator[tuple[int, int, bytes]]:
    there = found.rows[row]
    places: dict[int, list[bytes]] = {}
    for column, text in sorted(texts.items()):
        later = [each.at for number, each in there.cells.items() if number > column]
        at = min(later) if later else _last(found, there)
        places.setdefault(at, []).append(_made(found, there.prefix, (row, column), text))
    for at, cells in places.items():
        yield from _inserted(found, there, "row", at, b"".join(cells))


def _last(found: _Map, element: _Element) -> int:
    """The place right before an element's end tag, or its end where it has none."""
    if element.end == element.inside:
        return element.end
    return found.data.rindex(b"</", element.inside, element.end)


def _inserted(
    found: _Map, element: _Element, name: str, at: int, content: bytes
) -> Iterator[tuple[int, int, bytes]]:
    """Content put into an element; one without an end tag is given one."""
    if element.end == element.inside and found.data[at - 2 : at] == b"/>" and at == element.end:
        yield at - 2, at, b">" + content + f"</{element.prefix}{name}>".encode()
    else:
        yield at, at, content


def _changed(data: bytes, cell: _Element, text: str) -> bytes:
    """A cell with another text; of its start tag all stays but what tells of its old value."""
    tag = data[cell.at : cell.inside].removesuffix(b">").removesuffix(b"/").rstrip()
    kept = _ATTRIBUTE.sub(lambda each: b"" if each[1] in _OF_VALUE else each[0], tag)
    return kept + _content(cell.prefix, text)


def _made(found: _Map, prefix: str, spot: Spot, text: str) -> bytes:
    style = found.style(spot)
    styled = f' s="{style}"' if style.isdecimal() else ""
    return f'<{prefix}c r="{address(spot)}"{styled}'.encode() + _content(prefix, text)


def _content(p: str, text: str) -> bytes:
    """What follows the attributes that a cell keeps; `p` is the prefix of its names."""
    if not text:
        return b"/>"
    body = (
        f' t="inlineStr"><{p}is><{p}t xml:space="preserve">{_escaped(text)}</{p}t></{p}is></{p}c>'
    )
    return body.encode()


def _escaped(text: str) -> str:
    """Text as a sheet's XML holds it, line ends as Excel has them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    fit = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", lines)
    return fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
