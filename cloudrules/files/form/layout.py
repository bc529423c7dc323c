"""Finds a rulebook's form in a workbook: the row of each item, its cells, the fields at the top."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from cloudrules.core.errors import BadInput, Fault, Place, fault
from cloudrules.files.excel.areas import Area, Spot
from cloudrules.files.excel.references import address
from cloudrules.files.excel.sheet import Cell, Sheet
from cloudrules.files.excel.workbook import Workbook
from cloudrules.files.form.words import Field, bare, field_of, heading_of, is_need, meaning_of

_PLAIN = frozenset({"適用状況", "備考", "status", "remarks"})
# Headings of columns that the city keeps, or of another year.
_OTHERS = re.compile(
    r"市|区|町|村|県|審査|確認者|前回|前年|昨年|過去|旧|[Pp]revious|[Cc]ity|[Rr]eview"
)
_SAMPLE = re.compile(
    r"(記入|記載|回答|作成|入力)の?例|[([【]例[)\]】]|見本|サンプル|sample|example",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:no\.?|[(\[])?(.+?)[)\]]?[.,。、]*")  # of a text that is bare
_FAR = 5  # columns from a label within which its field may stand
TOLD = 5  # faults that are told of a form that has very many
_FIRST = re.compile(r"([0-9]+(?:[.-][0-9]+)+)(?:[.)]\s*|\s+)\S")


@dataclass(frozen=True)
class At:
    """A cell of a sheet."""

    sheet: Sheet
    spot: Spot

    def __str__(self) -> str:
        return f"{self.sheet.name}!{address(self.spot)}"

    @property
    def cell(self) -> Cell:
        return self.sheet.cells.get(self.spot, Cell(""))


@dataclass(frozen=True)
class Row:
    """An item's cells. `shared`: its answer's cell is merged with that of the item named."""

    item: str
    answer: At
    remark: At | None
    hidden: bool = False
    shared: str = ""


@dataclass
class Form:
    """The rows found, by item and in the order of the sheets, and the cells of the fields."""

    book: Workbook
    rows: dict[str, Row] = field(default_factory=dict)
    fields: dict[Field, At] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """The columns that a heading row tells, from its row down to the next heading row."""

    row: int
    answer: int
    remark: int | None


def _first(faults: list[Fault]) -> list[Fault]:
    """The first of very many faults, and how many more there are."""
    if len(faults) <= TOLD:
        return faults
    more = fault("form-more", faults[0].place, n=str(len(faults) - TOLD))
    return [*faults[:TOLD], more]


def find(book: Workbook, items: Sequence[str], only: Collection[str] = ()) -> Form:
    """Where the form for these items, in the rulebook's order, is.

    `only` names the sheets to look at. Raises BadInput where there is none, or an item has several
    rows.
    """
    sheets = _looked_at(book, only)
    form = Form(book)
    faults: list[Fault] = []
    twice: dict[tuple[str, str], list[str]] = {}  # the items of two sheets, by their names
    numbers = _Numbers(items)
    headless: list[Sheet] = []
    bare_sheets: list[Sheet] = []
    for sheet in sheets:
        heads = [*_heads(sheet, book.file)]
        if not heads:
            found = _Numbers(items).rows(sheet, 0)
            (headless if found else bare_sheets).append(sheet)
            continue
        numbered = numbers.rows(sheet, heads[0].row)
        if not numbered:
            bare_sheets.append(sheet)
        elif heads[0].remark is None:
            faults.append(fault("form-remark", Place(book.file), sheet=sheet.name))
        for row, item in numbered.items():
            head = _head(heads, row)
            if item not in form.rows:
                if head:
                    form.rows[item] = _row(form, sheet, item, row, head)
                continue
            there = form.rows[item].answer
            if there.sheet is sheet:
                here = address((row, head.answer if head else 1))
                place = Place(book.file)
                faults.append(fault("form-item-twice", place, item=item, one=str(there), two=here))
            else:
                twice.setdefault((there.sheet.name, sheet.name), []).append(item)
    for (one, two), both in twice.items():
        n, place = str(len(both)), Place(book.file)
        faults.append(fault("form-sheet-twice", place, one=one, two=two, n=n, item=both[0]))
    faults += _shifted(form)
    if faults:
        raise BadInput(_first(faults))
    if not form.rows:
        raise BadInput(
            [fault("form-heading", Place(book.file), sheet=sheet.name) for sheet in headless]
            or [
                fault("form-items", Place(book.file), sheet=each.name, first=items[0])
                for each in bare_sheets
                if items
            ]
        )
    for sheet in sheets:
        for name, at in _fields(sheet):
            form.fields.setdefault(name, at)
    return form


def _shifted(form: Form) -> Iterator[Fault]:
    """A fault where most answers are words of need: the headings stand beside their columns."""
    filled = [row.answer for row in form.rows.values() if row.answer.cell.text.strip()]
    needs = [at for at in filled if is_need(at.cell.text)]
    if 2 * len(needs) > len(filled) and any(meaning_of(at.cell.text) == "unclear" for at in needs):
        yield fault("form-shifted", Place(form.book.file), cell=str(needs[0]))


def _looked_at(book: Workbook, only: Collection[str]) -> list[Sheet]:
    """The sheets named; else those that are shown and are no example of how to fill the form in."""
    if only:
        known = ", ".join(sheet.name for sheet in book.sheets)
        faults = [
            fault("form-sheet", Place(book.file), sheet=name, known=known)
            for name in only
            if not book.sheet(name)
        ]
        if faults:
            raise BadInput(faults)
        return [sheet for sheet in (book.sheet(name) for name in only) if sheet]
    shown = [sheet for sheet in book.sheets if not sheet.hidden] or book.sheets
    return [sheet for sheet in shown if not is_sample(sheet)] or shown


def is_sample(sheet: Sheet) -> bool:
    """Whether a sheet shows how to fill the form in, by its name."""
    return bool(_SAMPLE.search(normalize("NFKC", sheet.name)))


def _own(headings: Sequence[At], file: str) -> int:
    """The column for whoever fills the form in: of several, the one that is no one else's.

    Raises BadInput where several are left.
    """
    plain = [at for at in headings if bare(at.cell.text) in _PLAIN]
    own = [at for at in headings if not _OTHERS.search(normalize("NFKC", at.cell.text))]
    left = plain or own or headings
    if len(left) > 1:
        cells = ", ".join(map(str, left))
        raise BadInput([fault("form-columns", Place(file), cells=cells)])
    return left[0].spot[1]


def _heads(sheet: Sheet, file: str) -> Iterator[Head]:
    """The rows with a heading for the answers, and the columns they tell. Raises BadInput."""
    told: dict[int, dict[str, list[At]]] = {}
    for spot, cell in sorted(sheet.cells.items()):
        heading = heading_of(cell.text)
        if heading in ("answer", "remark", "judged", "aside"):
            told.setdefault(spot[0], {}).setdefault(heading, []).append(At(sheet, spot))
    found = {
        row: {heading: _own(each, file) for heading, each in headings.items()}
        for row, headings in told.items()
    }
    for better, other in (("answer", "judged"), ("remark", "aside")):
        if not any(better in columns for columns in found.values()):
            for columns in found.values():
                columns |= {better: columns[other]} if other in columns else {}
    for row, columns in found.items():
        if "answer" in columns:
            yield Head(row, columns["answer"], _remark(found, row))


def _remark(found: dict[int, dict[str, int]], row: int) -> int | None:
    """The column of the remarks: in the same row, else in one next to it (headings in two rows)."""
    near = (row, row - 1, row + 1)
    return next((found[each]["remark"] for each in near if "remark" in found.get(each, ())), None)


def _head(heads: Sequence[Head], row: int) -> Head | None:
    above = bisect_left(heads, row, key=lambda head: head.row)
    return heads[above - 1] if above else None


def _row(form: Form, sheet: Sheet, item: str, row: int, head: Head) -> Row:
    answer, area = _anchor(sheet, (row, head.answer))
    first = next((each.item for each in form.rows.values() if each.answer == answer), "")
    remark = _anchor(sheet, (row, head.remark))[0] if head.remark else None
    hidden = row in sheet.hidden_rows
    return Row(item, answer, remark, hidden, first if area.top != row else "")


def _anchor(sheet: Sheet, spot: Spot) -> tuple[At, Area]:
    """The cell that holds what a cell shows: the first of those it is merged with."""
    area = sheet.area(spot)
    return At(sheet, (area.top, area.left)), area


class _Numbers:
    """Which item a row is of, told by its number.

    A number stored as such has lost its last zeros: 1.1 is item 1.1 or 1.10. It is the one that has
    no row yet on the sheet, then the one that has none on another, then the one that comes next.
    """

    def __init__(self, items: Sequence[str]) -> None:
        self.places = {item: place for place, item in enumerate(items)}
        self.known = {bare(item): item for item in items}
        self.alike: dict[float, list[str]] = {}
        for item in items:
            if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", item):
                self.alike.setdefault(float(item), []).append(item)
        self.last = -1
        self.here: set[str] = set()
        self.elsewhere: set[str] = set()

    def rows(self, sheet: Sheet, below: int) -> dict[int, str]:
        """The items of a sheet's rows below one of them."""
        self.elsewhere |= self.here
        self.here, self.last = set(), -1
        found: dict[int, str] = {}
        for (row, _), cell in sorted(sheet.cells.items()):
            if row <= below or row in found or not cell.text or len(cell.text) > 60:
                continue
            if item := self._item(cell):
                found[row] = item
        return found or self._within(sheet, below)

    def _within(self, sheet: Sheet, below: int) -> dict[int, str]:
        """The items whose number stands at the start of their text."""
        found: dict[int, str] = {}
        for (row, _), cell in sorted(sheet.cells.items()):
            number = _FIRST.match(normalize("NFKC", cell.text[:60]).strip())
            item = self.known.get(number[1]) if number else None
            if item and row > below and row not in found and item not in self.here:
                found[row] = self._take(item)
        return found

    def _item(self, cell: Cell) -> str | None:
        said = bare(cell.text)
        number = _NUMBER.fullmatch(said)
        if said not in self.known and number:
            said = number[1]
        exact = self.known.get(said)
        alike: list[str] = []
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", said):
            alike = self.alike.get(float(said), [])
        # A text is what it says, unless that item has its row already.
        if exact and cell.kind != "number" and (exact not in self.here or len(alike) < 2):
            return self._take(exact)
        if cell.kind == "number" and "." not in said and not exact:
            return None
        first = min(alike, key=self._far, default=exact)
        return self._take(exact if exact and first in self.here else first) if first else None

    def _far(self, item: str) -> tuple[bool, bool, bool, int]:
        place = self.places[item]
        return item in self.here, item in self.elsewhere, place <= self.last, place

    def _take(self, item: str) -> str:
        self.here.add(item)
        self.last = self.places[item]
        return item


def _fields(sheet: Sheet) -> Iterator[tuple[Field, At]]:
    """The cells to the right of the labels of fields, of each field the first that has one."""
    labels = {spot: name for spot, cell in sheet.cells.items() if (name := field_of(cell.text))}
    columns: dict[int, list[int]] = {}
    for row, column in sorted(labels):
        columns.setdefault(row, []).append(column)
    told: set[Field] = set()
    for spot in sorted(labels):
        if labels[spot] in told:
            continue
        row, first = spot[0], sheet.area(spot).right + 1
        after = columns[row][bisect_right(columns[row], spot[1]) :]
        end = min(after[0] if after else first + _FAR, first + _FAR)
        if end > first:
            told.add(labels[spot])
            yield labels[spot], _filled(sheet, row, range(first, end))


def _filled(sheet: Sheet, row: int, columns: range) -> At:
    """The cell beside a label; where that is empty, the first with a text that somebody typed.

    A formula, a number or the state of a check box further on is about something else.
    """
    beside = _anchor(sheet, (row, columns[0]))[0]
    if beside.cell.text.strip() or beside.cell.formula or beside.cell.struck:
        return beside
    further = (_anchor(sheet, (row, column))[0] for column in columns)
    return next((at for at in further if _typed(at.cell)), beside)


def _typed(cell: Cell) -> bool:
    written = cell.kind in ("text", "day") and not cell.formula
    return written and bool(cell.text.strip() or cell.struck.strip())
