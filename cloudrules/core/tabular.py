"""From rows of cells to the items and clauses of a sheet.

Columns are told by what stands in them: numbers, needs (必須, 任意), the words of the requirement;
the head of a table only breaks ties, since what is copied out of a form has lost merged columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from cloudrules.core.entry import normal
from cloudrules.core.sheet import (
    CLAUSE,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Banner,
    Cell,
    Entry,
    Grid,
    Head,
    ItemRow,
    Row,
    Sheet,
    Stray,
    need,
    number,
)

_NUMBERED = re.compile(
    r"((?:[A-Za-z]{1,4}-)?\d{1,4}(?:[.-]\d{1,4})+)(?:[.、:)]\s*|\s+)(?=\S)", re.DOTALL
)
_HEADS = {
    "section": re.compile("(?:大|中|小)?(?:区分|分類|項目|カテゴリー?)|section|category", re.I),
    "number": re.compile(r"(?:項番|番号|No\.?|№|#|id)", re.I),
    "text": re.compile(
        "要件|要求事項|要件内容|内容|チェック項目|確認事項|確認項目|遵守事項|requirements?", re.I
    ),
    "need": re.compile("要否|必須.{0,3}任意|必要性|区別|need", re.I),
    "answer": re.compile(
        "(?:適用|対応|実施|遵守|準拠)(?:状況|可否|有無)|回答.{0,3}|判定|備考|根拠|status|remarks?|answer",
        re.I,
    ),
    "whole": re.compile("取扱情報が.*場合"),
}
_LABEL = re.compile(
    r"(?:名称|提供者|事業者|事業者名|会社名|部署名?|所属|担当者?|連絡先|電話番号|メールアドレス"
    r"|(?:記入|作成|回答|提出)(?:日|者)|氏名|日付|年月日"
    r"|\bname|\bprovider|\bdate|completed by)[:(]?",
    re.I,
)


def from_grids(grids: Iterable[Grid]) -> Sheet:
    """All sheets as one, in their order; a sheet without numbered items is a stray."""
    whole = Sheet()
    for each in grids:
        rows = each.rows()
        found = _Reader(_split(rows), each.covered).sheet()
        if not found.items:
            whole = replace(whole, strays=(*whole.strays, *_left_out(rows)))
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


def _left_out(rows: list[Row]) -> Iterator[Stray]:
    filled = [cell for row in rows for cell in row.values()]
    if filled:
        yield Stray("sheet", filled[0].text, filled[0].spot, len(filled))


def _split(rows: list[Row]) -> list[Row]:
    """Where numbers begin the cells of a column that has words too, they get a column."""
    items = [row for row in rows if any(need(cell.text) for cell in row.values())]
    if any(number(cell.text) for row in items for cell in row.values()):
        return rows
    counts = Counter(
        at for row in items for at, cell in row.items() if _NUMBERED.match(normal(cell.text))
    )
    if not counts:
        return rows
    column = min(counts, key=lambda at: (-counts[at], at))
    for row in items:
        if column in row:
            row.update(_parted(row[column], column))
    return [dict(sorted(row.items())) for row in rows]


def _parted(cell: Cell, column: int) -> Row:
    found = _NUMBERED.match(normal(cell.text))
    if not found:
        return {}
    # Normal text may differ in length: words begin where the cell no longer has a number's marks.
    words = re.sub(
        r"^[\s0-9０-９.．:：、)）A-Za-zＡ-Ｚａ-ｚ-]*?[.．:：、)）\s]\s*(?=[^\s0-9０-９.．])",
        "",
        cell.text,
    )
    return {column - 1: Cell(found[1], cell.spot), column: Cell(words, cell.spot)}


@dataclass
class _Reader:
    """Reads one sheet; `columns` are found first."""

    rows: list[Row]
    covered: Container[tuple[int, int]]
    entries: list[Entry] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    title: str = ""

    def sheet(self) -> Sheet:
        self._find_columns()
        sections: dict[int, str] = {}
        for row in self.rows:
            filled = {at: cell for at, cell in row.items() if at not in self.answers}
            if not filled:
                continue
            if self._is_item(row):
                self._item(row, sections)
            elif _is_head(row):
                if self.began and not isinstance(self.entries[-1], Head):
                    self.entries.append(Head(next(iter(filled.values())).spot))
            else:
                self._other(filled)
        self._columns_left()
        return Sheet(self.title, tuple(self.entries), tuple(self.strays))

    @property
    def began(self) -> bool:
        return any(isinstance(each, ItemRow) for each in self.entries)

    def _find_columns(self) -> None:
        heads = [row for row in self.rows if _is_head(row)]
        self.need = _fullest(self._counted(lambda text: need(text) is not None))
        if self.need is None:
            self.need = min(_headed(heads, "need"), default=None)
        numbers = self._counted(lambda text: number(text) is not None)
        numbers.pop(self.need or 0, None)
        self.number = _fullest(numbers)
        items = [row for row in self.rows if number(self._text(row, self.number))]
        taken = {self.need, self.number}
        self.answers = _headed(heads, "answer") - taken
        headed = _headed(heads, "text")
        counts: Counter[int] = Counter()
        lengths: Counter[int] = Counter()
        for row in items:
            for at, cell in row.items():
                counts[at] += 1
                lengths[at] += len(cell.text)
        free = sorted(counts.keys() - taken - self.answers)
        before = [at for at in free if self.need is not None and at < self.need]
        self.text = max(
            before or free, key=lambda at: (counts[at], at in headed, lengths[at]), default=None
        )
        self.sections = [at for at in free if self.text is not None and at < self.text]
        self.spare = [at for at in free if at != self.text and at not in self.sections]

    def _counted(self, fits: Callable[[str], bool]) -> Counter[int]:
        return Counter(at for row in self.rows for at, cell in row.items() if fits(cell.text))

    def _text(self, row: Row, at: int | None) -> str:
        return row[at].text if at in row else ""

    def _is_item(self, row: Row) -> bool:
        return bool(number(self._text(row, self.number)) and self._text(row, self.text))

    def _item(self, row: Row, sections: dict[int, str]) -> None:
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

    def _other(self, row: Row) -> None:
        """A row that is neither item nor head; `row` is without the columns of answers."""
        texts = list(dict.fromkeys(cell.text for cell in row.values()))
        column, cell = next(iter(row.items()))
        alone = len(texts) == 1
        if self._continues(row):
            last = self.entries[-1]
            assert isinstance(last, ItemRow)
            self.entries[-1] = replace(last, text="\n".join([last.text, *texts]))
        elif alone and CLAUSE.search(cell.text):
            self.entries.append(Banner(cell.text, cell.spot))
        elif not self.began and _labels(texts):
            return
        elif not self.began and alone and not self.title and len(cell.text) < LONGEST_TITLE:
            self.title = cell.text
        elif alone and column not in (self.text, self.need):
            self.entries.append(Banner(cell.text, cell.spot))
        elif self._text(row, self.text) and self._text(row, self.need):
            self.strays.append(Stray("numberless", self._text(row, self.text), cell.spot))
        elif len(texts) == 2 and number(texts[0]) and not self._text(row, self.need):
            self.entries.append(Banner(" ".join(texts), cell.spot))
        else:
            self.strays.append(Stray("row", " ".join(texts), cell.spot))

    def _continues(self, row: Row) -> bool:
        """Whether a row only continues the text of an item whose number is merged over it."""
        if not self.entries or not isinstance(self.entries[-1], ItemRow) or self.number is None:
            return False
        spot = next(iter(row.values())).spot
        return (spot.row, self.number // 2) in self.covered and list(row) == [self.text]

    def _columns_left(self) -> None:
        """Columns beside the items that are no part of the draft, each told once."""
        for at in [*self.spare, *sorted(self.answers)]:
            cells = [row[at] for row in self.rows if self._is_item(row) and at in row]
            if cells:
                why = "answers" if at in self.answers else "column"
                self.strays.append(Stray(why, cells[0].text, cells[0].spot, len(cells)))


def _fullest(counts: Counter[int]) -> int | None:
    """The column with the largest count, the first of equals."""
    return min(counts, key=lambda at: (-counts[at], at), default=None)


def _is_head(row: Row) -> bool:
    """Whether at least two cells of a row head columns."""
    texts = {_bare(cell.text) for cell in row.values()}
    return sum(any(each.fullmatch(text) for each in _HEADS.values()) for text in texts) >= 2


def _headed(heads: list[Row], kind: str) -> set[int]:
    """The columns that a cell heads as a kind."""
    return {
        at for row in heads for at, cell in row.items() if _HEADS[kind].fullmatch(_bare(cell.text))
    }


def _bare(text: str) -> str:
    """The words of a heading, without space and without remarks in brackets."""
    return re.sub(r"\s+|\([^()]*\)\s*$", "", normal(text[:LONGEST_TITLE]))


def _labels(texts: list[str]) -> bool:
    """Whether a row holds fields to fill in: some text ends as the name of one does."""
    short = (normal(text) for text in texts if len(text) <= LONGEST_LABEL)
    return any(found.end() == len(text) for text in short for found in _LABEL.finditer(text))
