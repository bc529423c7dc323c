"""A draft of a rulebook from a city's sheet, and the questions that it leaves open.

Nothing is guessed. A condition that could not be read becomes a fact, with its words as title; a
clause that could not be read is left out, so that the draft asks for more than the sheet, never
for less; each of them is a question. Words with several meanings become readings.
"""

from __future__ import annotations

import re
from itertools import pairwise

from cloudrules.core.clause_words import compact
from cloudrules.core.draft import Draft, DraftItem, Question
from cloudrules.core.errors import TooLarge
from cloudrules.core.formula_text import items_in, spelled
from cloudrules.core.hints import exempts, hinted, repeats
from cloudrules.core.passage import condition_of, limits, releases, sentences
from cloudrules.core.sheet import (
    Banner,
    Entry,
    Head,
    ItemRow,
    Remark,
    Sheet,
    Spot,
    need,
    needs_more,
)
from cloudrules.core.waiving import Waiving

_CERTIFICATION = re.compile(
    r"ISO ?/?(?:IEC)? ?\d|ISMAP|PCI ?DSS|ASPIC|SOC ?[123]\b|FISC"
    "|プライバシーマーク|Pマーク|CSマーク"
    "|(?:登録|認証|認定)(?:が|を|の)?(?:行われ|取得|受け)"
)

_HEADING = re.compile(r"[^※*＊・\-(（注。\n][^。\n]{0,59}")
_CHAPTER = re.compile(r"[0-9０-９A-Z]{1,3}[ 　]+(?![ 　をがの])")
_NUMBERED = re.compile(r"[(（【第]?[0-9０-９]{1,2}[.．)）】章 　]|[ⅠⅡⅢⅣⅤ①②【■◆●▼]")


MOST = {  # of a sheet that a person could work on
    "questions": 3000,  # and clauses, together
    "sentences": 30_000,
}


def from_sheet(sheet: Sheet) -> Draft:
    """The draft that a sheet gives. Raises TooLarge, which names what of MOST there is more of."""
    count = 0
    for text in sheet.said():
        count += len(sentences(text))
        if count > MOST["sentences"]:
            raise TooLarge("sentences")
    return _Drafter(sheet).draft()


class _Drafter:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.questions: list[Question] = []
        self.waiving = Waiving(sheet, self._note)
        for each in sheet.strays:
            # What may be a clause is told sentence by sentence.
            parts = sentences(each.text)
            for text in filter(exempts, parts) if each.why == "clause" else [each.text]:
                self._ask(f"stray-{each.why}", each.spot, text=text, count=str(each.count))
        self.rows = {row.number: row for row in sheet.items}
        self.sections: set[str] = set()
        self.remarks: set[str] = set()
        self.blank: list[ItemRow] = []  # those whose need is not given, though others' are
        # Headings are sections where no column has them.
        self.headed = not any(row.section for row in sheet.items)
        self.heading = sheet.title if self.headed and _NUMBERED.match(sheet.title) else ""

    def draft(self) -> Draft:
        """Items and clauses in the order of the sheet."""
        items: list[DraftItem] = []
        before: list[str] = []
        self._ask_of_sheet()
        for entry, below in self._entries():
            match entry:
                case ItemRow():
                    items.append(self._item(entry, tuple(before)))
                    before = []
                case Head():
                    before.append("")
                case Banner(text, spot) if hinted(text):
                    # What stands above it was a heading of remarks.
                    self.heading = self._heading_beside(text) if items else ""
                    self._cell(text, spot, len(items), below=below)
                case Banner(text, spot) if len(items) < len(self.rows):
                    if self.headed and _HEADING.fullmatch(text):
                        self.heading = text
                    else:
                        before.append(text)
                case Banner(text, spot):
                    self._ask("banner-rest", spot, text=text)
        self._ask_of_items(items)
        return Draft(
            self.sheet.title,
            tuple(items),
            {name: words for words, name in self.waiving.facts.items()},
            tuple(self.waiving.waivers),
            self.waiving.readings,
            tuple(sorted(self.questions, key=lambda each: (each.spot.sheet, each.spot.row))),
        )

    def _entries(self) -> list[tuple[Entry, str]]:
        """Each entry, and what a row below it says that limits it, if it is a clause."""
        found: list[tuple[Entry, str]] = []
        limit = ""
        near = False  # the limit stands in the very next row
        for entry in reversed(self.sheet.entries):
            said = sentences(entry.text) if isinstance(entry, Banner) else []
            clause = any(map(releases, said))
            found.append((entry, limit if clause and (near or exempts(limit)) else ""))
            near = bool(said) and limits(said[0])
            if near and (not releases(said[0]) or not limit):
                limit = said[0]
            elif clause:
                limit = ""
        return found[::-1]

    def _heading_beside(self, text: str) -> str:
        """The heading below a clause: that above it, unless it stands in a heading of its own."""
        if not _CHAPTER.match(text):
            return self.heading
        first = sentences(text)[0]
        return "" if not self.headed or hinted(first) else first

    def _ask(self, code: str, spot: Spot, **values: str) -> None:
        self._note(Question(code, spot, values))

    def _note(self, question: Question) -> None:
        self._bounded()
        self.questions.append(question)

    def _bounded(self) -> None:
        if len(self.questions) + len(self.waiving.waivers) >= MOST["questions"]:
            raise TooLarge("questions")

    def _item(self, row: ItemRow, before: tuple[str, ...]) -> DraftItem:
        at = self.waiving.places[row.number]
        stated = need(row.need) or (_need_of(self.heading) if self.heading else None)
        if self.needs and not row.need and not stated:
            self.blank.append(row)
        elif self.needs and (stated is None or needs_more(row.need)):
            self._ask("need", row.spot, id=row.number, text=row.need, need=stated or "mandatory")
        if row.written:
            self._ask_of_number(row)
        if row.section not in self.sections:
            for said in filter(hinted, sentences(row.section)):
                self._ask("clause-unread", row.spot, text=said)
        self.sections.add(row.section)
        self._cell(row.text, row.text_spot, at, row.number)
        for remark in row.remarks:
            self._remark(remark, at, row.number)
        return DraftItem(
            row.number,
            row.text,
            row.section or self.heading,
            stated or "mandatory",
            row.spot,
            self._applies(row),
            before,
        )

    def _applies(self, row: ItemRow) -> str:
        """The condition with which the text of an item begins."""
        said = [each for each in sentences(row.text) if not releases(each)]
        applies = self.waiving.language(row.text).applies("".join(said), row.number)
        if applies is not None and set(items_in(applies)) <= self.rows.keys():
            return spelled(applies, {})
        asked = (condition_of(each) for each in said if not exempts(each))
        if words := next(filter(None, asked), ""):
            self._ask("applies", row.text_spot, id=row.number, text=words)
        return ""

    def _remark(self, remark: Remark, at: int, own: str) -> None:
        """A clause beside an item is read as one inside it, unless it may be an answer."""
        said = sentences(remark.text)
        if not remark.answered and any(map(releases, said)):
            self._cell(remark.text, remark.spot, at, own, beside=True)
            return
        if repeats(remark.text):
            self._ask("beside", remark.spot, id=own, text=remark.text)
        for each in filter(hinted, said):
            # Of remarks that are repeated in each row the first is asked about.
            if each not in self.remarks:
                self._ask("beside", remark.spot, id=own, text=each)
            self.remarks.add(each)

    def _cell(
        self,
        text: str,
        spot: Spot,
        at: int,
        own: str = "",
        *,
        beside: bool = False,
        below: str = "",
    ) -> None:
        """The sentences of a cell; `at` is the item that stands below it, or in which it stands.

        `beside` an item are words about it; `below` is what the next row says that limits a clause.
        """
        said = sentences(text)
        clauses = [index for index, each in enumerate(said) if releases(each)]
        told: set[int] = set()
        for nth, (index, end) in enumerate(pairwise([*clauses, len(said)])):
            limit = next((other for other in range(index + 1, end) if limits(said[other])), None)
            words = said[limit] if limit is not None else below if end == len(said) else ""
            told |= {index} if limit is None else {index, limit}
            if words:
                self._ask("clause-limited", spot, text=said[index], limit=words)
            else:
                self._bounded()
                number = nth + 1 if len(clauses) > 1 else 0
                self.waiving.clause(said[index], spot, at, own, number)
        for index, sentence in enumerate(said):
            if index not in told:
                self._rest(sentence, spot, own, beside=beside)

    def _rest(self, sentence: str, spot: Spot, own: str, *, beside: bool) -> None:
        """A sentence that releases nothing, but may mean to."""
        if own and exempts(sentence):
            self._ask("beside" if beside else "exception", spot, id=own, text=sentence)
        elif not own:
            about = "clause-unread" if hinted(sentence) else "banner-rest"
            self._ask(about, spot, text=sentence)
        elif beside and hinted(sentence):
            self._ask("beside", spot, id=own, text=sentence)

    def _ask_of_sheet(self) -> None:
        """What is so of all items is asked about once: no needs, numbers joined with chapters'."""
        rows = self.sheet.items
        headings = [each.text for each in self.sheet.entries if isinstance(each, Banner)]
        self.needs = any(row.need for row in rows) or (
            self.headed and any(map(_need_of, [self.heading, *headings]))
        )
        if rows and not self.needs:
            self._ask("need-none", rows[0].spot, count=str(len(rows)))
        if joined := [row for row in rows if _joined(row)]:
            first = joined[0]
            self._ask("numbers-joined", first.spot, id=first.number, written=first.written)

    def _ask_of_number(self, row: ItemRow) -> None:
        if not _joined(row):
            about = "number-twice" if row.written in self.sheet.doubtful else "number-order"
            self._ask(about, row.spot, id=row.number, written=row.written, text=row.text)

    def _ask_of_items(self, items: list[DraftItem]) -> None:
        if self.blank:
            listed = ", ".join(row.number for row in self.blank)
            self._ask("need-blank", self.blank[0].spot, items=listed)
        certified = [
            item
            for item in items
            if _CERTIFICATION.search(
                compact("".join(each for each in sentences(item.text) if not releases(each)))
            )
        ]
        if certified:
            listed = ", ".join(item.id for item in certified)
            self._ask("evidence", certified[0].spot, items=listed)


def _need_of(heading: str) -> str | None:
    """The need that a heading states: 【必須要件】"""
    return need(heading.strip("【】■◆●▼<>＜＞[]［］ 　"))


def _joined(row: ItemRow) -> bool:
    """Whether the number of a chapter was put before that of an item."""
    ends = (f"-{row.written}", f".{row.written}", f"({row.written})")
    return bool(row.written) and row.number.endswith(ends)
