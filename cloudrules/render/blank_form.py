"""The blank form of a rulebook as a sheet of cells, before it is a workbook.

Columns A and B are the number and the section of an item, under one heading as cities have it;
clauses are rows over the whole width, or stand in an item's cell, where the sheet has them. The
height of an item's row follows what is written into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from cloudrules.core import placing
from cloudrules.core.draft import Stands
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Text, letters_of
from cloudrules.render import row_height
from cloudrules.render.clean import clean, clean_lines
from cloudrules.render.words import Phrases, pick

WORDS: Phrases = {
    "sheet": ("チェックシート", "Checklist"),
    "name": ("外部サービス(クラウドサービス)\n名称", "Cloud service name"),
    "provider": ("外部サービス(クラウドサービス)\n提供者名称", "Provider name"),
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
    "font": ("ＭＳ Ｐゴシック", "Arial"),
    "day-format": ('yyyy"年"m"月"d"日"', "yyyy-mm-dd"),
    "how": ("記入要領", "How to fill in"),
    "mandatory-answers": ("○ × △ 対象外 確認中", "yes no partly n/a tbd"),
    "optional-answers": ("○ － △ 対象外 確認中", "yes open partly n/a tbd"),
    "mandatory-prompt": (
        "○: 満たす\n×: 満たさない\n△: 一部満たす\n対象外: 適用されない、又は不要\n確認中: 未確認",
        "yes: met\nno: not met\npartly: met in part\nn/a: does not apply, or not necessary\n"
        "tbd: not known yet",
    ),
    "optional-prompt": (
        "○: 満たす\n－: 満たさない（任意）\n△: 一部満たす\n対象外: 適用されない、又は不要\n"
        "確認中: 未確認",
        "yes: met\nopen: not met (optional)\npartly: met in part\nn/a: does not apply, or not"
        " necessary\ntbd: not known yet",
    ),
    "other-word": (
        "一覧にない語です。このまま記入しますか。",
        "This word is not in the list. Enter it all the same?",
    ),
    "legend": (
        "適用状況は、○（満たす）、×（満たさない）、－（任意の要件を満たさない）、△（一部満たす）、"
        "対象外（適用されない、又は不要）、確認中（未確認）から選んでください。"
        "備考には、認証等の名称、登録番号、有効期限など、適用状況の根拠を記入してください。",
        "Status is one of: yes (met), no (not met), open (an optional item that is not met), partly"
        " (met in part), n/a (does not apply, or not necessary), tbd (not known yet). Remarks give"
        " what the status rests on: the certification, its number and its last day.",
    ),
    "note": ("注", "Note"),
    "footnoted": (
        "免除規定 {ids} は、文言の置かれた場所（at）が要件の番号で示されていないため、"
        "表の下に注として載せました。",
        "{ids}: told in a note below the table, as `at` names no item where the clause stands",
    ),
    "wordless": (
        "免除規定 {ids} は、文言（text）がないため、様式に載っていません。"
        "様式に載せるには、ルールブックに text を書いてください。",
        "{ids}: not on the form, as there is no `text` to show; write it into the rulebook",
    ),
}

Kind: TypeAlias = Literal[
    "title", "label", "field", "day", "how", "legend", "head", "number", "section", "text", "need",
    "answer", "remark", "banner", "mark", "note",
]  # fmt: skip

NUMBER, SECTION, TEXT, NEED, ANSWER, REMARK = range(1, 7)
# Widths in characters, which on A4 in landscape make one page at about 90 percent
WIDTHS = {NUMBER: 7, SECTION: 21, TEXT: 53, NEED: 10, ANSWER: 11, REMARK: 56}
SIZES: dict[Kind, float] = {"title": 14, "answer": 12}  # points of letters
LONGEST = 32_767  # characters that a cell can hold


class Cell(NamedTuple):
    """A cell, or cells merged to `bottom` and `right`."""

    kind: Kind
    row: int
    column: int
    text: str
    bottom: int
    right: int


class Choice(NamedTuple):
    """A drop-down: its words, and what they mean."""

    words: list[str]
    prompt: str


@dataclass
class Form:
    """`head` is the row of the headings; `notes` the waivers that are told below the table.

    `wordless` are the waivers that cannot be told, as they have no text.
    `heights` are what texts need in points; those of the rows in `items` follow what is written.
    """

    name: str
    title: str
    about: str
    font: str
    day: str  # how days are shown
    heading: str  # of the answers
    choices: dict[str, Choice]  # by need
    other_word: str  # what is asked where an answer is none of the choices
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)  # the rows of items, each with its choice
    head: int = 0
    notes: list[str] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)

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
        size = SIZES.get(kind, row_height.SIZE)
        height = row_height.enough(text, width, size)
        self.heights[row] = max(self.heights.get(row, 0), height)

    def sections(self, rows: list[int], text: str) -> None:
        """A section's cell over its rows; a cell in each where they are too low for one.

        Merged cells make no row taller, other cells do.
        """
        room = sum(self.heights[row] for row in rows)
        if text and len(rows) > 1 and room >= row_height.enough(text, WIDTHS[SECTION]):
            self.cells.append(Cell("section", rows[0], SECTION, text, rows[-1], SECTION))
        else:
            for row in rows:
                self.add("section", row, SECTION, text)


def from_rulebook(rulebook: Rulebook, language: str) -> Form:
    """The blank form; items and waivers that do not exist on the rulebook's day are left out."""

    def word(key: str) -> str:
        return pick(WORDS[key], language)

    edition = _said(rulebook.edition, language)
    title = _said(rulebook.title, language) or rulebook.id
    choices = {
        need: Choice(word(f"{need}-answers").split(), word(f"{need}-prompt"))
        for need in ("mandatory", "optional")
    }
    about = clean(f"{title} ({edition})" if edition else title)
    shown = word("sheet"), title, about, word("font"), word("day-format")
    form = Form(*shown, word("answer"), choices, word("other-word"))
    form.add("title", 1, NUMBER, title, to=REMARK)
    for row, label, other in ((2, "name", "day"), (3, "provider", "by")):
        form.add("label", row, NUMBER, word(label), to=SECTION)
        form.add("field", row, TEXT, "")
        form.add("label", row, NEED, word(other), to=ANSWER)
        form.add("day" if other == "day" else "field", row, REMARK, "")
    form.add("how", 4, NUMBER, word("how"), to=SECTION)
    form.add("legend", 4, TEXT, word("legend"), to=REMARK)
    form.head = 5
    form.add("head", form.head, NUMBER, word("section"), to=SECTION)
    for key, column in (("text", TEXT), ("need", NEED), ("answer", ANSWER), ("remark", REMARK)):
        form.add("head", form.head, column, word(key))
    _table(form, rulebook, language)
    return form


def displaced(form: Form, language: str) -> Iterator[str]:
    """What to say of waivers that stand below the table, and of those that stand nowhere."""
    for key, names in (("footnoted", form.notes), ("wordless", form.wordless)):
        if names:
            yield pick(WORDS[key], language).format(ids=clean(", ".join(names)))


def language_of(rulebook: Rulebook) -> str:
    """The language of the sheet that a rulebook is written from: that of its first words.

    Words without a language are Japanese where they have a Japanese letter.
    """
    texts = [*(entry.text for entry in rulebook.entries()), rulebook.title]
    said = next(filter(None, texts), None)
    if said is None:
        return "en"
    return next(iter(said.words)) or letters_of(said.source)


def _table(form: Form, rulebook: Rulebook, language: str) -> None:
    above, inside = _clauses(form, rulebook, language)
    items = [item for item in rulebook.items.values() if item.id not in rulebook.absent]
    mandatory = _mandatory(rulebook)
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
        form.items[row] = "mandatory" if item.id in mandatory else item.need
        form.add("number", row, NUMBER, item.id)
        form.add("text", row, TEXT, "\n".join([*heads, text]))
        form.add("need", row, NEED, pick(WORDS[item.need], language))
        form.add("answer", row, ANSWER, "")
        form.add("remark", row, REMARK, "")
        sections.append((_said(item.section, language), row))
    _merge_sections(form, sections)
    for banner in above.values():
        row += 1
        form.add("banner", row, NUMBER, "\n".join(banner), to=REMARK)
    for name in form.notes:
        row += 1
        form.add("mark", row, NUMBER, pick(WORDS["note"], language), to=SECTION)
        form.add("note", row, TEXT, _said(rulebook.waivers[name].text, language), to=REMARK)


def _mandatory(rulebook: Rulebook) -> set[str]:
    """The items that are mandatory in some reading: × has to be among their choices."""
    readings = [
        {},
        *({each.id: option} for each in rulebook.readings for option in each.option_ids),
    ]
    books = map(rulebook.under, readings)
    return {item.id for book in books for item in book.items.values() if item.need == "mandatory"}


def _clauses(
    form: Form, rulebook: Rulebook, language: str
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The clauses by the item that they stand above ('' for the end), and in which they stand."""
    items = [name for name in rulebook.items if name not in rulebook.absent]
    above: dict[str, list[str]] = {}
    inside: dict[str, list[str]] = {}
    for waiver in rulebook.waivers.values():
        if waiver.id in rulebook.absent:
            continue
        if waiver.text is None:
            form.wordless.append(waiver.id)
            continue
        stands = placing.of(waiver, rulebook)
        text = _said(waiver.text, language)
        if stands is None:
            form.notes.append(waiver.id)
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
        form.sections([row for _, row in group], section)


def _said(text: Text | None, language: str) -> str:
    return "\n".join(clean_lines(text.in_(language))) if text else ""


def _has(text: str, clause: str) -> bool:
    return "".join(clause.split()) in "".join(text.split())
