"""Rows of a form whose number is like those of the items, and of none that the rulebook has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cloudrules.files.excel.sheet import Sheet
from cloudrules.files.form.at import At, anchor
from cloudrules.files.form.heads import Head, head_of
from cloudrules.files.form.numbers import LONGEST, number_alone, number_before
from cloudrules.files.form.words import bare

_WORDS = re.compile(r"[^\W\d_]{2}")


def strays(
    sheet: Sheet,
    heads: Sequence[Head],
    numbered: Mapping[int, tuple[str, int]],
    items: Sequence[str],
) -> Iterator[tuple[str, At]]:
    """The numbers of such rows, with their cells.

    They stand where those of the items do, in rows that follow on the items' rows, with a text
    beside and, where the form has a column for the need, a need or an answer.
    """
    columns = {column for _, column in numbered.values()}
    known = {*map(bare, items)}
    shapes = {*map(_shape, known)} - {""}
    within = any(number_before(sheet.text((row, each))) for row, (_, each) in numbered.items())
    for row in _following(sheet, numbered, columns):
        head = head_of(heads, row)
        for column in sorted(columns if head and row not in numbered else ()):
            text = sheet.text((row, column))
            alone = number_alone(text) if len(text) <= LONGEST else ""
            number = number_before(text) if within else alone
            new = number not in known and _shape(number) in shapes
            if head and new and _of_an_item(sheet, head, At(sheet, (row, column)), within):
                yield number, At(sheet, (row, column))


def _shape(number: str) -> str:
    """A number by how it is built; '' for what has no digit."""
    shape = re.sub(r"[0-9]+", "9", number)
    return shape if "9" in shape else ""


def _following(
    sheet: Sheet, numbered: Mapping[int, tuple[str, int]], columns: set[int]
) -> Iterator[int]:
    """The rows of the blocks, without an empty row in them, that have rows of items."""
    last: dict[int, int] = {}  # the rows that say something, each with the last it is merged with
    for spot, cell in sheet.cells.items():
        if cell.text.strip():
            bottom = sheet.area(spot).bottom if spot[1] in columns else spot[0]
            last[spot[0]] = max(bottom, last.get(spot[0], 0))
    block: list[int] = []
    end = 0
    for row in [*sorted(last), 0]:
        if block and (row > end + 1 or not row):
            yield from block if any(each in numbered for each in block) else ()
            block = []
        block.append(row)
        end = max(end, last.get(row, 0))


def _of_an_item(sheet: Sheet, head: Head, number: At, within: bool) -> bool:
    """Whether a row has what that of an item has: a text, and a need or an answer."""
    row, column = number.spot
    texts = head.texts or range(column + 1, head.answer)
    said = [sheet.text((row, each)) for each in texts if each != column]
    if not within and not any(map(_WORDS.search, said)):
        return False
    if head.need is None and _shape(number_alone(number.cell.text)) != "9":
        return True
    asked = (anchor(sheet, (row, each))[0] for each in (head.need, head.answer) if each)
    return any(at.cell.text.strip() for at in asked)
