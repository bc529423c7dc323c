"""A city's sheet as rows of cells: which rows are items, which are clauses, headings, or neither.

Columns are told by what stands in them: numbers, needs (必須, 任意), the words of the requirement;
the head of a table only breaks ties, since what is copied out of a form has lost merged columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from cloudrules.core.entries import NEED
from cloudrules.core.entry import normal


class Spot(NamedTuple):
    """A cell: its sheet ('' in a text file), row and column, both from 1."""

    sheet: str
    row: int
    column: int


class Cell(NamedTuple):
    text: str
    spot: Spot


@dataclass(frozen=True)
class Grid:
    """One sheet. `covered` are the cells of merged areas but for the first row of each."""

    name: str
    rows: Sequence[Sequence[str]]
    covered: frozenset[tuple[int, int]] = frozenset()

    def cells(self) -> list[list[Cell]]:
        return [
            [
                Cell(text.strip(), Spot(self.name, row, column))
                for column, text in enumerate(texts, 1)
            ]
            for row, texts in enumerate(self.rows, 1)
        ]


@dataclass(frozen=True)
class ItemRow:
    """An item. `need` is as written; `section` is that of an item above where its cell is empty."""

    number: str
    section: str
    text: str
    need: str
    spot: Spot
    text_spot: Spot


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
    """What was found, in order."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    strays: tuple[Stray, ...] = ()

    @property
    def items(self) -> list[ItemRow]:
        return [each for each in self.entries if isinstance(each, ItemRow)]


_NUMBER = re.compile(r"\(?((?:[A-Za-z]{1,4}[-.]?)?\d{1,4}(?:[.-]\d{1,4})*(?:\(\d+\))?)\)?[.、]?")
_NUMBERED = re.compile(
    r"((?:[A-Za-z]{1,4}-)?\d{1,4}(?:[.-]\d{1,4})+)(?:[.、:)]\s*|\s+)(?=\S)", re.DOTALL
)
_NEED = re.compile(r"(必須|任意|mandatory|optional)(?:要件|項目|事項)?(?:[(※*].*)?", re.IGNORECASE)
_HEADS = {
    "section": re.compile("(?:大|中|小)?(?:区分|分類|項目|カテゴリー?)"),
    "number": re.compile(r"(?:項番|番号|No\.?|№|#)", re.IGNORECASE),
    "text": re.compile("(?:要件|要求事項|要件内容|内容|チェック項目|確認事項|確認項目|遵守事項)"),
    "need": re.compile("(?:要否|必須.{0,3}任意|必要性|区別)"),
    "answer": re.compile("(?:適用|対応|実施|遵守|準拠)(?:状況|可否|有無)|回答.{0,3}|判定|備考|根拠"),
    "whole": re.compile("取扱情報が.*場合"),
}
_LABEL = re.compile(
    r"名称|提供者|事業者名?|会社名|部署|所属|担当|連絡先|電話|メール|(?:記入|作成|回答|提出)(?:日|者)|日付|年月日|版"
)
CLAUSE = re.compile("場合|とき|不要|免除|適用しない|除外|限り|省略")
LONGEST_LABEL = 30


def from_grids(grids: Iterable[Grid]) -> Sheet:
    """All sheets as one, in their order; a sheet without numbered items is a stray."""
    whole = Sheet()
    for grid in grids:
        cells = grid.cells()
        found = _Reader(_split(cells), grid.covered).sheet()
        if not found.items:
            whole = replace(whole, strays=(*whole.strays, *_left_out(cells)))
            continue
        entries: list[Entry] = [*whole.entries]
        if whole.items:
            entries.append(Head(found.items[0].spot))
        whole = Sheet(
            whole.title or found.title,
            (*entries, *found.entries),
            (*whole.strays, *found.strays),
        )
    return whole


def need(text: str) -> str | None:
    """The need that a cell states for certain."""
    found = _NEED.fullmatch(normal(text))
    return (NEED.meant.get(found[1]) or found[1].lower()) if found else None


def number(text: str) -> str | None:
    """The number that a cell is: `1.1` for `１．１．`."""
    found = _NUMBER.fullmatch(normal(text))
    return found[1] if found else None


def _left_out(cells: list[list[Cell]]) -> Iterator[Stray]:
    filled = [cell for row in cells for cell in row if cell.text]
    if filled:
        yield Stray("sheet", filled[0].text, filled[0].spot, len(filled))


def _split(cells: list[list[Cell]]) -> list[list[Cell]]:
    """Where numbers begin the cells of a column that has words too, they get a column."""
    if any(number(cell.text) and len(row) > 1 and _needs(row) for row in cells for cell in row):
        return cells
    counts: dict[int, int] = {}
    for row in cells:
        if _needs(row):
            for at, cell in enumerate(row):
                if _NUMBERED.match(normal(cell.text)):
                    counts[at] = counts.get(at, 0) + 1
    if not counts:
        return cells
    column = max(counts, key=lambda at: (counts[at], -at))
    return [[*row[:column], *_parted(row[column:], _needs(row))] for row in cells]


def _needs(row: list[Cell]) -> bool:
    return any(need(cell.text) for cell in row)


def _parted(row: list[Cell], item: bool) -> list[Cell]:
    if not row:
        return []
    first, *rest = row
    text = normal(first.text)
    found = _NUMBERED.match(text) if item else None
    if not found:
        return [first, Cell("", first.spot), *rest]
    # Normal text may differ in length: the words are what follows as many marks of the number.
    words = re.sub(r"^\S+?(?:[.、:)．：）]\s*|\s+)(?=[^\d０-９.．])", "", first.text, count=1)
    return [Cell(found[1], first.spot), Cell(words, first.spot), *rest]


@dataclass
class _Reader:
    """Reads one sheet; `columns` are found first."""

    rows: list[list[Cell]]
    covered: frozenset[tuple[int, int]]
    entries: list[Entry] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    title: str = ""

    def sheet(self) -> Sheet:
        self._find_columns()
        sections: dict[int, str] = {}
        for row in self.rows:
            filled = [cell for at, cell in enumerate(row) if cell.text and at not in self.answers]
            if not filled:
                continue
            if self._is_item(row):
                self._item(row, sections)
            elif _is_head(row):
                if any(isinstance(each, ItemRow) for each in self.entries) and not (
                    isinstance(self.entries[-1], Head)
                ):
                    self.entries.append(Head(filled[0].spot))
            else:
                self._other(row, filled)
        self._columns_left()
        return Sheet(self.title, tuple(self.entries), tuple(self.strays))

    def _find_columns(self) -> None:
        width = max(map(len, self.rows), default=0)
        heads = [row for row in self.rows if _is_head(row)]
        self.need = _fullest(
            sum(need(self._text(row, at)) is not None for row in self.rows) for at in range(width)
        )
        if self.need is None:
            self.need = next((at for at in range(width) if _headed(heads, at, "need")), None)
        self.number = _fullest(
            sum(number(self._text(row, at)) is not None for row in self.rows if len(row) > 1)
            if at != self.need
            else 0
            for at in range(width)
        )
        items = [row for row in self.rows if number(self._text(row, self.number))]
        taken = {self.need, self.number}
        self.answers = {
            at for at in range(width) if at not in taken and _headed(heads, at, "answer")
        }

        def weight(at: int) -> tuple[int, bool, int]:
            texts = [self._text(row, at) for row in items]
            filled = [text for text in texts if text]
            return len(filled), _headed(heads, at, "text"), sum(map(len, filled))

        free = [at for at in range(width) if at not in taken | self.answers and weight(at)[0]]
        before = [at for at in free if self.need is not None and at < self.need]
        self.text = max(before or free, key=weight, default=None)
        self.sections = [at for at in free if self.text is not None and at < self.text]
        self.spare = [at for at in free if at != self.text and at not in self.sections]

    def _text(self, row: list[Cell], at: int | None) -> str:
        return row[at].text if at is not None and at < len(row) else ""

    def _is_item(self, row: list[Cell]) -> bool:
        return bool(number(self._text(row, self.number)) and self._text(row, self.text))

    def _item(self, row: list[Cell], sections: dict[int, str]) -> None:
        for at in self.sections:
            if said := self._text(row, at):
                # A new section ends those inside the one before it.
                for other in [each for each in sections if each > at]:
                    del sections[other]
                sections[at] = said
        assert self.number is not None
        assert self.text is not None
        self.entries.append(
            ItemRow(
                number(row[self.number].text) or "",
                " / ".join(sections[at] for at in sorted(sections)),
                row[self.text].text,
                self._text(row, self.need),
                row[self.number].spot,
                row[self.text].spot,
            )
        )

    def _other(self, row: list[Cell], filled: list[Cell]) -> None:
        texts = list(dict.fromkeys(cell.text for cell in filled))
        spot = filled[0].spot
        began = any(isinstance(each, ItemRow) for each in self.entries)
        if self._continues(row, filled):
            last = self.entries[-1]
            assert isinstance(last, ItemRow)
            self.entries[-1] = replace(last, text="\n".join([last.text, *texts]))
        elif len(texts) == 1 and CLAUSE.search(texts[0]):
            self.entries.append(Banner(texts[0], spot))
        elif not began and _labels(texts):
            return
        elif not began and len(texts) == 1 and not self.title and len(texts[0]) < 200:
            self.title = texts[0]
        elif len(texts) == 1 and self._column(row, filled[0]) not in (self.text, self.need):
            self.entries.append(Banner(texts[0], spot))
        elif self.text is not None and self._text(row, self.text) and self._text(row, self.need):
            self.strays.append(Stray("numberless", row[self.text].text, row[self.text].spot))
        elif len(texts) == 2 and number(texts[0]) and not self._text(row, self.need):
            self.entries.append(Banner(" ".join(texts), spot))
        else:
            self.strays.append(Stray("row", " ".join(texts), spot))

    def _continues(self, row: list[Cell], filled: list[Cell]) -> bool:
        """Whether a row only continues the text of an item whose number is merged over it."""
        if not self.entries or not isinstance(self.entries[-1], ItemRow) or self.number is None:
            return False
        under = (filled[0].spot.row, self.number + 1) in self.covered
        return under and [self._column(row, cell) for cell in filled] == [self.text]

    def _column(self, row: list[Cell], cell: Cell) -> int:
        return row.index(cell)

    def _columns_left(self) -> None:
        """Columns beside the items that are no part of the draft, each told once."""
        for at in [*self.spare, *sorted(self.answers)]:
            cells = [row[at] for row in self.rows if self._is_item(row) and self._text(row, at)]
            if cells:
                why = "answers" if at in self.answers else "column"
                self.strays.append(Stray(why, cells[0].text, cells[0].spot, len(cells)))


def _fullest(counts: Iterable[int]) -> int | None:
    """Which count is the largest, the first of equals; None where all are 0."""
    listed = list(counts)
    return listed.index(max(listed)) if any(listed) else None


def _is_head(row: list[Cell]) -> bool:
    """Whether at least two cells of a row head columns."""
    texts = [_bare(cell.text) for cell in row if cell.text]
    found = sum(any(each.fullmatch(text) for each in _HEADS.values()) for text in texts)
    return found >= 2


def _headed(heads: list[list[Cell]], at: int, kind: str) -> bool:
    return any(at < len(row) and _HEADS[kind].fullmatch(_bare(row[at].text)) for row in heads)


def _bare(text: str) -> str:
    """The words of a heading, without space and without remarks in brackets."""
    return re.sub(r"\s+|\([^()]*\)$", "", normal(text))


def _labels(texts: list[str]) -> bool:
    return any(len(text) <= LONGEST_LABEL and _LABEL.search(text) for text in texts)
