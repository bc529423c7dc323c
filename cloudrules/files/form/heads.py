"""The rows of headings on a sheet, and the columns that they tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar
from unicodedata import normalize

from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.heads import heads_as
from cloudrules.files.excel.sheet import Sheet
from cloudrules.files.form.at import At
from cloudrules.files.form.words import Heading, bare, heading_of

_PLAIN = frozenset({"適用状況", "備考", "status", "remarks"})
# Headings of columns that the city keeps, or of another year.
_OTHERS = re.compile(
    r"市|区|町|村|県|審査|確認者|前回|前年|昨年|過去|旧|[Pp]revious|[Cc]ity|[Rr]eview"
)
_WIDE = 12  # columns of texts at most; their heading may be merged over several
_INSTEAD: tuple[tuple[Heading, Heading], ...] = (("answer", "judged"), ("remark", "aside"))

T = TypeVar("T")
Told: TypeAlias = dict[int, dict[Heading, list[At]]]


@dataclass(frozen=True)
class Head:
    """The columns that a heading row tells, from its row down to the next heading row.

    `texts` and `need` are those of what the form itself says of an item.
    """

    row: int
    answer: int
    remark: int | None
    texts: tuple[int, ...] = ()
    need: int | None = None


def heads(sheet: Sheet, file: str) -> Iterator[Head]:
    """The rows with a heading for the answers, and the columns they tell. Raises BadInput."""
    told: Told = {}
    for spot, cell in sorted(sheet.cells.items()):
        heading = heading_of(cell.text)
        if heading in ("answer", "remark", "judged", "aside"):
            told.setdefault(spot[0], {}).setdefault(heading, []).append(At(sheet, spot))
    found = {
        row: {heading: _own(each, file) for heading, each in headings.items()}
        for row, headings in told.items()
    }
    for better, other in _INSTEAD:
        if not any(better in columns for columns in found.values()):
            for columns in found.values():
                columns |= {better: columns[other]} if other in columns else {}
    answers = {row: columns["answer"] for row, columns in found.items() if "answer" in columns}
    printed = _Printed(sheet, answers)
    for row, answer in answers.items():
        remark = next((each["remark"] for each in _near(found, row) if "remark" in each), None)
        yield Head(row, answer, remark, printed.texts(row), printed.need(row))


def head_of(heads: Sequence[Head], row: int) -> Head | None:
    """The heading row above a row."""
    above = bisect_left(heads, row, key=lambda head: head.row)
    return heads[above - 1] if above else None


def _near(rows: dict[int, T], row: int) -> Iterator[T]:
    """What is told in a row, then in those next to it: headings may stand in two rows."""
    yield from (rows[each] for each in (row, row - 1, row + 1) if each in rows)


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


class _Printed:
    """The columns of what the form itself says, by the headings beside those of the answers."""

    def __init__(self, sheet: Sheet, answers: Mapping[int, int]) -> None:
        self.sheet, self.answers = sheet, answers
        near = {row + step for row in answers for step in (-1, 0, 1)}
        self.rows: dict[int, list[At]] = {}
        for spot in sorted(sheet.cells):
            if spot[0] in near:
                self.rows.setdefault(spot[0], []).append(At(sheet, spot))

    def texts(self, row: int) -> tuple[int, ...]:
        """The columns of the items' texts; a heading may be merged over several."""
        columns: dict[int, None] = {}
        for at in self._headed(row, "text"):
            area = self.sheet.area(at.spot)
            columns |= dict.fromkeys(range(area.left, min(area.right + 1, area.left + _WIDE)))
        return tuple(columns)[:_WIDE]

    def need(self, row: int) -> int | None:
        """The column of the need, where there is one alone."""
        found = self._headed(row, "need")
        return found[0].spot[1] if len(found) == 1 else None

    def _headed(self, row: int, kind: Heading) -> list[At]:
        """The headings of this kind; in other words, and before the answers, where it has none."""
        cells = [*_near(self.rows, row)]
        usual = ([at for at in each if heading_of(at.cell.text) == kind] for each in cells)
        end = self.answers[row]
        loose = (
            [at for at in each if at.spot[1] < end and heads_as(at.cell.text, kind)]
            for each in cells
        )
        return next(filter(None, (*usual, *loose)), [])
