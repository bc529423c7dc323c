"""The blank form of a rulebook as a sheet of cells, before it is a workbook.

Columns A and B are the number and the section of an item, under one heading as cities have it;
clauses are rows over the whole width, or stand in an item's cell, where the sheet has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from cloudrules.core import placing
from cloudrules.core.draft import Stands
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Text
from cloudrules.render.clean import clean, clean_lines
from cloudrules.render.table import breaks
from cloudrules.render.words import Phrases, pick

WORDS: Phrases = {
    "sheet": ("チェックシート", "Checklist"),
    "name": ("外部サービス(クラウドサービス)名称", "Cloud service name"),
    "provider": ("外部サービス(クラウドサービス)提供者名称", "Provider name"),
    "day": ("記入日", "Date"),
    "by": ("記入者", "Completed by"),
    "section": ("区分", "Section"),
    "text": ("要件", "Requirement"),
    "need": ("要否", "Need"),
    "answer": ("適用状況", "Status"),
    "remark": (
        "備考(適用状況の根拠を記入してください。)",
        "Remarks (what the status rests on)",
    ),
    "mandatory": ("必須", "mandatory"),
    "optional": ("任意", "optional"),
    "answers": ("○ × △ 対象外 確認中", "yes no partly n/a tbd"),
    "prompt": (
        "○: 満たす　×: 満たさない　△: 一部満たす　対象外: 適用されない、または不要　確認中: 未確認",
        "yes: met; no: not met; partly; n/a: does not apply, or exempt; tbd: not known yet",
    ),
    "nowhere": (
        "免除規定 {ids} は、文言の置かれた場所（at）が要件の番号で示されていないため、"
        "様式に載せていません。",
        "no place on the sheet is known of {ids} (`at` names no item): not in the form",
    ),
}

NUMBER, SECTION, TEXT, NEED, ANSWER, REMARK = range(1, 7)
# Widths in characters, which on A4 in landscape make one page at about 80 percent
WIDTHS = {NUMBER: 7, SECTION: 20, TEXT: 64, NEED: 10, ANSWER: 11, REMARK: 46}
LINE, PADDING = 14.0, 5.0  # points
ROOM = 3  # lines that there are for a remark
LONGEST = 32_767  # characters that a cell can hold
TALLEST = 409.0  # points that a row can have

Kind: TypeAlias = Literal[
    "title", "label", "field", "day", "head", "number", "section", "text", "need", "answer",
    "remark", "banner",
]  # fmt: skip


class Cell(NamedTuple):
    """A cell, or cells merged to `bottom` and `right`."""

    kind: Kind
    row: int
    column: int
    text: str
    bottom: int
    right: int


@dataclass
class Form:
    """`head` is the row of the headings; `nowhere` the waivers whose place is not known."""

    name: str
    title: str
    about: str
    answers: list[str]
    prompt: str
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    head: int = 0
    nowhere: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        return max(cell.bottom for cell in self.cells)

    def too_long(self) -> str:
        """The start of a text that is longer than a cell can hold, or ''."""
        return next((cell.text[:40] for cell in self.cells if len(cell.text) > LONGEST), "")

    def add(self, kind: Kind, row: int, column: int, text: str, *, to: int = 0) -> None:
        """A cell, merged as far as column `to`; its row is made tall enough."""
        right = max(column, to)
        width = sum(WIDTHS[each] for each in range(column, right + 1))
        self.cells.append(Cell(kind, row, column, text, row, right))
        self.heights[row] = max(self.heights.get(row, 0), _height(text, width))

    def merge(self, kind: Kind, first: int, last: int, column: int, text: str) -> None:
        """A cell over rows that are there; the last is made taller where they are too low."""
        self.cells.append(Cell(kind, first, column, text, last, column))
        lacking = _height(text, WIDTHS[column])
        lacking -= sum(self.heights[row] for row in range(first, last + 1))
        if lacking > 0:
            self.heights[last] = min(TALLEST, self.heights[last] + lacking)


def from_rulebook(rulebook: Rulebook, language: str) -> Form:
    """The blank form; items and waivers that do not exist on the rulebook's day are left out."""

    def word(key: str) -> str:
        return pick(WORDS[key], language)

    about = " ".join(filter(None, [rulebook.id, _said(rulebook.edition, language)]))
    title = _said(rulebook.title, language) or rulebook.id
    form = Form(word("sheet"), title, clean(about), word("answers").split(), word("prompt"))
    form.add("title", 1, NUMBER, title, to=REMARK)
    for row, label, other in ((2, "name", "day"), (3, "provider", "by")):
        form.add("label", row, NUMBER, word(label), to=SECTION)
        form.add("field", row, TEXT, "")
        form.add("label", row, NEED, word(other), to=ANSWER)
        form.add("day" if other == "day" else "field", row, REMARK, "")
    form.head = 5
    form.add("head", form.head, NUMBER, word("section"), to=SECTION)
    for key, column in (("text", TEXT), ("need", NEED), ("answer", ANSWER), ("remark", REMARK)):
        form.add("head", form.head, column, word(key))
    _table(form, rulebook, language)
    return form


def nowhere(form: Form, language: str) -> str:
    """What to say of waivers that are not in the form, or ''."""
    if not form.nowhere:
        return ""
    return pick(WORDS["nowhere"], language).format(ids=clean(", ".join(form.nowhere)))


def _table(form: Form, rulebook: Rulebook, language: str) -> None:
    above, inside = _clauses(form, rulebook, language)
    items = [item for item in rulebook.items.values() if item.id not in rulebook.absent]
    row = form.head
    sections: list[tuple[str, int]] = []
    for item in items:
        if banner := above.pop(item.id, None):
            row += 1
            form.add("banner", row, NUMBER, "\n".join(banner), to=REMARK)
            _merge_sections(form, sections)
            sections = []
        row += 1
        text = _said(item.text, language) or item.id
        heads = [clause for clause in inside.get(item.id, []) if not _has(text, clause)]
        form.add("number", row, NUMBER, item.id)
        form.add("text", row, TEXT, "\n".join([*heads, text]))
        form.add("need", row, NEED, pick(WORDS[item.need], language))
        form.add("answer", row, ANSWER, "")
        form.add("remark", row, REMARK, "")
        form.heights[row] = max(form.heights[row], PADDING + ROOM * LINE)
        sections.append((_said(item.section, language), row))
    for banner in above.values():
        row += 1
        form.add("banner", row, NUMBER, "\n".join(banner), to=REMARK)
    _merge_sections(form, sections)


def _clauses(
    form: Form, rulebook: Rulebook, language: str
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The clauses by the item that they stand above ('' for the end), and in which they stand."""
    items = [name for name in rulebook.items if name not in rulebook.absent]
    above: dict[str, list[str]] = {}
    inside: dict[str, list[str]] = {}
    for waiver in rulebook.waivers.values():
        if waiver.id in rulebook.absent or waiver.text is None:
            continue
        stands = placing.of(waiver, rulebook)
        text = _said(waiver.text, language)
        if stands is None:
            form.nowhere.append(waiver.id)
        elif stands.inside:
            inside.setdefault(stands.inside, []).append(text)
        else:
            above.setdefault(_below(stands, rulebook, items), []).append(text)
    return above, inside


def _below(stands: Stands, rulebook: Rulebook, items: list[str]) -> str:
    """The item of the form below a place between items."""
    place = rulebook.positions[stands.after or stands.before] + bool(stands.after)
    return next((name for name in items if rulebook.positions[name] >= place), "")


def _merge_sections(form: Form, sections: Iterable[tuple[str, int]]) -> None:
    for section, group in groupby(sections, key=lambda each: each[0]):
        rows = [row for _, row in group]
        if section:
            form.merge("section", rows[0], rows[-1], SECTION, section)
        else:
            for row in rows:
                form.add("section", row, SECTION, "")


def _said(text: Text | None, language: str) -> str:
    return "\n".join(clean_lines(text.in_(language))) if text else ""


def _has(text: str, clause: str) -> bool:
    return "".join(clause.split()) in "".join(text.split())


def _height(text: str, width: float) -> float:
    """The height in points that a text needs in a column of a width in characters."""
    return min(TALLEST, PADDING + LINE * max(1, len(list(_lines(text, width)))))


def _lines(text: str, width: float) -> Iterator[tuple[int, int]]:
    for line in text.split("\n"):
        yield from breaks(line, max(2, int(width * 0.97) - 1)) or [(0, 0)]
