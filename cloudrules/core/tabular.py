"""From rows of cells to the items and clauses of a sheet.

Columns are told by what stands in them: numbers, needs (必須, 任意), the words of the requirement;
the head of a table only breaks ties, since what is copied out of a form has lost merged columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cloudrules.core import legend, numbering
from cloudrules.core.entry import normal
from cloudrules.core.heads import has_fields, headed, is_answer, is_head, is_labels, names_column
from cloudrules.core.hints import exempts, hinted, repeats
from cloudrules.core.parting import parted
from cloudrules.core.sheet import (
    LONGEST_TITLE,
    Banner,
    Cell,
    Entry,
    Grid,
    Head,
    ItemRow,
    Remark,
    Row,
    Sheet,
    Spot,
    Stray,
    need,
    number,
)

_SAMPLE = re.compile("記入例|記載例|見本|サンプル|sample|example", re.I)
_MARK = re.compile(r"[※＊*・●■○◎\-－―—ー－/／]+|[(（]?注[)）]?\d*[:：]?", re.I)


def from_grids(grids: Sequence[Grid]) -> Sheet:
    """All sheets as one, in their order; one without numbered items, or an example, is a stray."""
    whole = Sheet()
    found = [(each.name, *_read(each)) for each in grids]
    several = len([sheet for _, _, sheet in found if sheet.items]) > 1
    for name, rows, sheet in found:
        sample = several and _SAMPLE.search(normal(name)) is not None
        if sample or not sheet.items:
            why = "sample" if sample else "sheet"
            whole = replace(whole, strays=(*whole.strays, *_left_out(rows, why)))
            continue
        entries: list[Entry] = [*whole.entries]
        if whole.items:
            entries.append(Head(sheet.items[0].spot))
        whole = Sheet(
            whole.title or sheet.title,
            (*entries, *sheet.entries),
            (*whole.strays, *sheet.strays),
        )
    whole = replace(whole, strays=(*whole.strays, *_struck(grids)))
    renamed, doubtful = numbering.unique(whole.entries, whole.title)
    return replace(whole, entries=tuple(renamed), doubtful=doubtful)


def _read(grid: Grid) -> tuple[list[Row], Sheet]:
    rows = parted(grid.rows())
    return rows, _Reader(rows, grid.covered).sheet()


def _struck(grids: Iterable[Grid]) -> Iterator[Stray]:
    """What is struck through, cell by cell."""
    for each in grids:
        for (row, column), text in sorted(each.struck.items()):
            yield Stray("struck", text.strip(), Spot(each.name, row, column))


def _left_out(rows: list[Row], why: str) -> Iterator[Stray]:
    filled = [cell for row in rows for cell in row.values()]
    if filled:
        yield Stray(why, filled[0].text, filled[0].spot, len(filled))
        if why == "sheet":
            yield from (Stray("clause", cell.text, cell.spot) for cell in _exempting(filled))


def _exempting(cells: Iterable[Cell]) -> Iterator[Cell]:
    return (cell for cell in cells if exempts(cell.text))


@dataclass
class _Reader:
    """Reads one sheet; `columns` are found first."""

    rows: list[Row]
    covered: Container[tuple[int, int]]
    entries: list[Entry] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    headings: list[Cell] = field(default_factory=list)
    title: str = ""
    began: bool = False
    stated: str = ""  # the need of the item above
    told: dict[int, bool] = field(default_factory=dict)  # whether a column's last cell is a remark

    def sheet(self) -> Sheet:
        self._find_columns()
        sections: dict[int, str] = {}
        for at, row in enumerate(self.rows):
            filled = {at: cell for at, cell in row.items() if at not in self.answers}
            if self._is_item(row):
                if self._heads_others(row, at):
                    self._heading(row)
                else:
                    self._item(row, sections)
            elif not filled or is_head(row) or (not self.began and is_labels(row)):
                if filled and self.began and not isinstance(self.entries[-1], Head):
                    self.entries.append(Head(next(iter(filled.values())).spot))
                self._tell({at: cell for at, cell in row.items() if not names_column(cell.text)})
            else:
                self._other(filled)
                self._tell({at: cell for at, cell in row.items() if at in self.answers})
        if self.headings:
            first = self.headings[0]
            self.strays.append(Stray("heading", first.text, first.spot, len(self.headings)))
        self._columns_left()
        return Sheet(self.title, tuple(numbering.restored(self.entries)), tuple(self.strays))

    def _find_columns(self) -> None:
        heads = [row for row in self.rows if is_head(row)]
        self.legend = legend.of(self.rows)
        self.answers = headed(heads, "answer") - self.legend.columns.keys()
        # Heads may stand beside their columns: there too words tell a need, but marks do not.
        words = self._counted(lambda text: need(text) is not None)
        counts = words + self._counted(self.legend.marked, but=self.answers)
        # Of several columns of needs, that which asks for more
        most = self._counted(lambda text: need(text) == "mandatory")
        rivals = {at for at, count in counts.items() if 2 * count >= max(counts.values())}
        self.need = min(rivals, key=lambda at: (-most[at], -counts[at], at), default=None)
        if self.need is None:
            self.need = min(headed(heads, "need"), default=None)
        told = {self.need, *self.legend.columns}
        self.needs = {at for at, count in words.items() if count > 1 and at not in told}
        needs = [at for at in (self.need, *self.legend.columns) if at is not None]
        numbers = self._counted(lambda text: number(text) is not None)
        for other in needs:
            numbers.pop(other, None)
        self.number = _fullest(numbers)
        items = [row for row in self.rows if number(self._text(row, self.number))]
        taken = {self.need, self.number, *self.legend.columns}
        self.answers -= taken
        titled = headed(heads, "text")
        filled: Counter[int] = Counter()
        lengths: Counter[int] = Counter()
        for row in items:
            for at, cell in row.items():
                filled[at] += 1
                lengths[at] += len(cell.text)
        free = sorted(filled.keys() - taken - self.answers - self.needs)
        before = [at for at in free if needs and at < min(needs)]
        # A heading tells, unless most of the items have nothing there.
        most_filled = max((filled[at] for at in before or free), default=0)
        named = {at for at in titled if 2 * filled[at] >= most_filled}
        self.text = max(
            before or free, key=lambda at: (at in named, filled[at], lengths[at]), default=None
        )
        self.sections = [at for at in free if self.text is not None and at < self.text]
        self.spare = [at for at in free if at != self.text and at not in self.sections]
        # Where no item has an answer, remarks are the city's own.
        remarks = headed(heads, "remark")
        self.answered = any(at in row for row in items for at in self.answers - remarks)

    def _counted(self, fits: Callable[[str], bool], but: Container[int] = ()) -> Counter[int]:
        return Counter(
            at
            for row in self.rows
            for at, cell in row.items()
            if at not in but and len(cell.text) <= LONGEST_TITLE and fits(cell.text)
        )

    def _text(self, row: Row, at: int | None) -> str:
        return row[at].text if at in row else ""

    def _is_item(self, row: Row) -> bool:
        return bool(number(self._text(row, self.number)) and self._text(row, self.text))

    def _heads_others(self, row: Row, at: int) -> bool:
        """Whether a row without a need is the heading of those that follow: 1, above 1.1."""
        if self.need is None or self.legend.written(row, self.need) or at + 1 >= len(self.rows):
            return False
        name = number(self._text(row, self.number)) or ""
        follows = number(self._text(self.rows[at + 1], self.number)) or ""
        return follows.startswith((f"{name}.", f"{name}-", f"{name}("))

    def _heading(self, row: Row) -> None:
        said = {at: cell for at, cell in row.items() if at not in self.answers}
        spot = next(iter(said.values())).spot
        text = " ".join(dict.fromkeys(cell.text for cell in said.values()))
        self.headings.append(Cell(text, spot))
        self.entries.append(Banner(text, spot))
        self._tell({at: cell for at, cell in row.items() if at in self.answers})

    def _item(self, row: Row, sections: dict[int, str]) -> None:
        for at in self.sections:
            if said := self._text(row, at):
                # A new section ends those inside the one before it.
                for other in [each for each in sections if each > at]:
                    del sections[other]
                sections[at] = said
        assert self.number is not None
        assert self.text is not None
        self.began = True
        self.entries.append(
            ItemRow(
                number(row[self.number].text) or "",
                " / ".join(sections[at] for at in sorted(sections)),
                row[self.text].text,
                self._need(row),
                row[self.number].spot,
                row[self.text].spot,
                tuple(self._remarks(row)),
            )
        )

    def _need(self, row: Row) -> str:
        """The need as written, in the cell of the item or one that is merged over several."""
        written = self.legend.written(row, self.need)
        spot = next(iter(row.values())).spot
        if not written and self.need and (spot.row, self.need // 2) in self.covered:
            return self.stated
        self.stated = written
        return written

    def _remarks(self, row: Row) -> Iterator[Remark]:
        for at in [*self.spare, *sorted(self.answers)]:
            answered = at in self.answers and self.answered
            if at not in row:
                continue
            text = row[at].text
            # An answer such as 対象外 says nothing of the rules.
            says = hinted(text) and not (answered and is_answer(text))
            self.told[at] = says or (repeats(text) and self.told.get(at, False))
            if self.told[at]:
                yield Remark(row[at].text, row[at].spot, answered)

    def _tell(self, row: Row) -> None:
        """What may be a clause in a place where none is looked for."""
        self.strays += (Stray("clause", cell.text, cell.spot) for cell in _exempting(row.values()))

    def _other(self, row: Row) -> None:
        """A row that is neither item nor head; `row` is without the columns of answers."""
        row = {at: cell for at, cell in row.items() if not _MARK.fullmatch(cell.text)} or row
        texts = list(dict.fromkeys(cell.text for cell in row.values()))
        column, cell = next(iter(row.items()))
        alone = len(texts) == 1
        if self._continues(row):
            last = self.entries[-1]
            assert isinstance(last, ItemRow)
            self.entries[-1] = replace(last, text="\n".join([last.text, *texts]))
        elif alone and legend.is_key(cell.text):
            return
        elif alone and hinted(cell.text):
            self.entries.append(Banner(cell.text, cell.spot))
        elif not self.began and has_fields(texts):
            self._tell(row)
        elif not self.began and alone and not self.title and len(cell.text) < LONGEST_TITLE:
            self.title = cell.text
        elif alone and column not in (self.text, self.need):
            self.entries.append(Banner(cell.text, cell.spot))
        elif self._text(row, self.text) and self.legend.written(row, self.need):
            self.strays.append(Stray("numberless", self._text(row, self.text), cell.spot))
            self._tell(row)
        elif len(texts) == 2 and number(texts[0]) and not self.legend.written(row, self.need):
            self.entries.append(Banner(" ".join(texts), cell.spot))
        else:
            self.strays.append(Stray("row", " ".join(texts), cell.spot))
            self._tell(row)

    def _continues(self, row: Row) -> bool:
        """Whether a row only continues the text of an item whose number is merged over it."""
        if not self.entries or not isinstance(self.entries[-1], ItemRow) or self.number is None:
            return False
        spot = next(iter(row.values())).spot
        return (spot.row, self.number // 2) in self.covered and list(row) == [self.text]

    def _columns_left(self) -> None:
        """Columns beside the items that are no part of the draft, each told once."""
        for at in [*self.spare, *sorted(self.needs), *sorted(self.answers)]:
            cells = [row[at] for row in self.rows if self._is_item(row) and at in row]
            if cells:
                why = "answers" if at in self.answers else "column"
                why = "needs" if at in self.needs else why
                self.strays.append(Stray(why, cells[0].text, cells[0].spot, len(cells)))


def _fullest(counts: Counter[int]) -> int | None:
    """The column with the largest count, the first of equals."""
    return min(counts, key=lambda at: (-counts[at], at), default=None)
