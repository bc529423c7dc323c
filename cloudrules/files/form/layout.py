"""Finds a rulebook's form in a workbook: the row of each item, its cells, the fields at the top."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from cloudrules.core.errors import BadInput, Fault, Place, fault
from cloudrules.files.excel.areas import Spot
from cloudrules.files.excel.references import address
from cloudrules.files.excel.sheet import Sheet
from cloudrules.files.excel.workbook import Workbook
from cloudrules.files.form.at import At, anchor
from cloudrules.files.form.fields import fields
from cloudrules.files.form.heads import Head, head_of, heads
from cloudrules.files.form.numbers import Numbers
from cloudrules.files.form.strays import strays
from cloudrules.files.form.words import Field, is_need, meaning_of

_SAMPLE = re.compile(
    r"(記入|記載|回答|作成|入力)の?例|[([【]例[)\]】]|見本|サンプル|sample|example",
    re.IGNORECASE,
)
TOLD = 5  # faults that are told of a form that has very many


@dataclass(frozen=True)
class Row:
    """An item's cells. `shared`: its answer's cell is merged with that of the item named.

    `texts` and `need` are what the form itself says of the item.
    """

    item: str
    answer: At
    remark: At | None
    hidden: bool = False
    shared: str = ""
    texts: tuple[At, ...] = ()
    need: At | None = None


@dataclass
class Form:
    """The rows found, by item and in the order of the sheets, and the cells of the fields.

    `strays` are the numbers of rows that are of none of the items, with their cells; `unseen` are
    hidden sheets with rows of items that have no other.
    """

    book: Workbook
    rows: dict[str, Row] = field(default_factory=dict)
    strays: list[tuple[str, At]] = field(default_factory=list)
    fields: dict[Field, At] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)


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
    numbers = Numbers(items)
    headless: list[Sheet] = []
    bare_sheets: list[Sheet] = []
    for sheet in sheets:
        headed = [*heads(sheet, book.file)]
        if not headed:
            found = Numbers(items).rows(sheet, 0)
            (headless if found else bare_sheets).append(sheet)
            continue
        numbered = numbers.rows(sheet, headed[0].row)
        if not numbered:
            bare_sheets.append(sheet)
        elif headed[0].remark is None:
            faults.append(fault("form-remark", Place(book.file), sheet=sheet.name))
        form.strays += strays(sheet, headed, numbered, items)
        for row, (item, column) in numbered.items():
            head = head_of(headed, row)
            if item not in form.rows:
                if head:
                    form.rows[item] = _row(form, sheet, item, (row, column), head)
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
        for name, at in fields(sheet):
            form.fields.setdefault(name, at)
    form.unseen += () if only else _unseen(form, sheets, items)
    return form


def _unseen(form: Form, seen: Collection[Sheet], items: Sequence[str]) -> Iterator[str]:
    """The hidden sheets that are not looked at, and have rows of items that were not found."""
    for sheet in form.book.sheets:
        if sheet.hidden and sheet not in seen and not is_sample(sheet):
            numbered = Numbers(items).rows(sheet, 0).values()
            if any(item not in form.rows for item, _ in numbered):
                yield sheet.name


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


def _row(form: Form, sheet: Sheet, item: str, number: Spot, head: Head) -> Row:
    row = number[0]
    answer, area = anchor(sheet, (row, head.answer))
    sharing = (each.item for each in form.rows.values() if each.answer == answer)
    shared = next(sharing, "") if area.top != row else ""
    remark = anchor(sheet, (row, head.remark))[0] if head.remark else None
    hidden = row in sheet.hidden_rows
    # A text that is merged with a cell above is that of several items.
    texts = {at.spot: at for at in (anchor(sheet, (row, each))[0] for each in head.texts)}
    own = tuple(at for spot, at in texts.items() if spot[0] == row)
    need = anchor(sheet, (row, head.need))[0] if head.need else None
    return Row(item, answer, remark, hidden, shared, own, need)
