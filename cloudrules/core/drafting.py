"""A draft of a rulebook from a city's sheet, and the questions that it leaves open.

Nothing is guessed. A condition that could not be read becomes a fact, with its words as title; a
clause that could not be read is left out, so that the draft asks for more than the sheet, never
for less; each of them is a question. Words with several meanings become readings.
"""

from __future__ import annotations

import re

from cloudrules.core.clause_text import ALL_BELOW, ITSELF, Language, Unread
from cloudrules.core.clause_words import compact, condition_of, limits, releases, sentences
from cloudrules.core.draft import (
    Draft,
    DraftItem,
    DraftOption,
    DraftReading,
    DraftWaiver,
    Question,
    Stands,
)
from cloudrules.core.expression import quoted
from cloudrules.core.formula_text import items_in, spelled, words_in
from cloudrules.core.reach import Reach, span
from cloudrules.core.sheet import CLAUSE, Banner, Head, ItemRow, Sheet, Spot, need, needs_more

_CERTIFICATION = re.compile(
    r"ISO ?/?(?:IEC)? ?\d|ISMAP|PCI ?DSS|ASPIC|SOC ?[123]\b|FISC"
    "|プライバシーマーク|Pマーク|CSマーク"
    "|(?:登録|認証|認定)(?:が|を|の)?(?:行われ|取得|受け)"
)


def from_sheet(sheet: Sheet) -> Draft:
    """The draft that a sheet gives."""
    return _Drafter(sheet).draft()


class _Drafter:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.questions = [
            Question(f"stray-{each.why}", each.spot, {"text": each.text, "count": str(each.count)})
            for each in sheet.strays
        ]
        self.rows: dict[str, ItemRow] = {}
        self.sections: set[str] = set()
        self.facts: dict[str, str] = {}  # the names of facts by their words
        self.waivers: list[DraftWaiver] = []
        self.reaches: dict[tuple[str, ...], DraftReading] = {}
        self.groupings: list[DraftReading] = []
        for row in sheet.items:
            first = self.rows.setdefault(row.number, row)
            if first is not row:
                self._ask("number-twice", row.spot, id=row.number, text=row.text)
        self.order = list(self.rows)
        self.reach = Reach(sheet, self.rows)
        self.language = Language({name: row.text for name, row in self.rows.items()})

    def draft(self) -> Draft:
        """Items and clauses in the order of the sheet."""
        items: list[DraftItem] = []
        before: list[str] = []
        for entry in self.sheet.entries:
            match entry:
                case ItemRow() if self.rows[entry.number] is entry:
                    items.append(self._item(entry, tuple(before)))
                    before = []
                case Head():
                    before.append("")
                case Banner(text, spot) if CLAUSE.search(text):
                    self._cell(text, spot, len(items), "")
                case Banner(text, spot) if len(items) < len(self.order):
                    before.append(text)
                case Banner(text, spot):
                    self._ask("banner-rest", spot, text=text)
        self._ask_of_items(items)
        return Draft(
            self.sheet.title,
            tuple(items),
            {name: words for words, name in self.facts.items()},
            tuple(self.waivers),
            (*self.reaches.values(), *self.groupings),
            tuple(sorted(self.questions, key=lambda each: (each.spot.sheet, each.spot.row))),
        )

    def _ask(self, code: str, spot: Spot, **values: str) -> None:
        self.questions.append(Question(code, spot, values))

    def _item(self, row: ItemRow, before: tuple[str, ...]) -> DraftItem:
        at = self.order.index(row.number)
        stated = need(row.need)
        if stated is None or needs_more(row.need):
            self._ask("need", row.spot, id=row.number, text=row.need, need=stated or "mandatory")
        if CLAUSE.search(row.section) and row.section not in self.sections:
            self._ask("clause-unread", row.spot, text=row.section)
        self.sections.add(row.section)
        said = sentences(row.text)
        rest = row.text
        if any(map(releases, said)):
            self._cell(row.text, row.text_spot, at, row.number)
            rest = "".join(each for each in said if not releases(each))
        applies = self.language.applies(rest, row.number)
        if applies is not None and not set(items_in(applies)) <= set(self.rows):
            applies = None
        if applies is None and (words := condition_of(rest)):
            self._ask("applies", row.text_spot, id=row.number, text=words)
        return DraftItem(
            row.number,
            row.text,
            row.section,
            stated or "mandatory",
            row.spot,
            spelled(applies, {}) if applies else "",
            before,
        )

    def _cell(self, text: str, spot: Spot, at: int, own: str) -> None:
        """The clauses of a cell; `at` is the item that stands below it, or in which it stands."""
        said = sentences(text)
        clauses = [at for at, each in enumerate(said) if releases(each)]
        if not clauses:
            self._ask("clause-unread", spot, text=text)
            return
        for index in clauses:
            sentence = said[index]
            follows = said[index + 1] if index + 1 < len(said) else ""
            if follows and limits(follows):
                self._ask("clause-limited", spot, text=sentence, limit=follows)
                continue
            nth = clauses.index(index) + 1 if len(clauses) > 1 else 0
            self._clause(sentence, spot, at, own, nth)
        if not own:
            others = [each for at, each in enumerate(said) if at not in clauses]
            for other in others:
                if not limits(other):
                    self._ask("banner-rest", spot, text=other)

    def _clause(self, sentence: str, spot: Spot, at: int, own: str, nth: int) -> None:
        read = self.language.clause(sentence, own)
        if isinstance(read, Unread):
            self._ask(f"{read.why}-unread", spot, text=sentence, said=read.said)
            return
        ends: dict[str, str] = {}
        if read.target == ALL_BELOW:
            if at >= len(self.order):
                self._ask("nothing-below", spot, text=sentence)
                return
            ends = self.reach.spans(at, spot, inside=bool(own))
            waives = next(iter(ends.values()))
        elif read.target == ITSELF:
            waives = quoted(own)
        else:
            assert isinstance(read.target, tuple)
            waives = ", ".join(map(span, read.target))
        name = self._waiver_id(own, at, nth)
        for formula in read.when.values():
            for words in words_in(formula):
                if words not in self.facts:
                    self.facts[words] = self._free(f"condition-{len(self.facts) + 1}")
                    self._ask("condition", spot, text=words, fact=self.facts[words])
        spellings = {key: spelled(formula, self.facts) for key, formula in read.when.items()}
        when = next(iter(spellings.values()))
        where = Stands(own, "", "", nth) if own else self._between(at, nth)
        waiver = DraftWaiver(name, sentence, where, when, tuple(waives.split(", ")), spot)
        self.waivers.append(waiver)
        if read.whole:
            self._ask("whole", spot, items=", ".join(read.whole), text=sentence)
        if len(ends) > 1:
            self._reach(waiver, ends)
        if len(spellings) > 1:
            self._grouping(waiver, spellings)

    def _between(self, at: int, nth: int) -> Stands:
        after = self.order[at - 1] if at else ""
        before = self.order[at] if at < len(self.order) else ""
        return Stands("", after, before, nth)

    def _waiver_id(self, own: str, at: int, nth: int) -> str:
        if own:
            name = f"inside-{own}"
        else:
            name = f"after-{self.order[at - 1]}" if at else f"before-{self.order[0]}"
        return self._free(f"{name}-{nth}" if nth else name)

    def _free(self, name: str) -> str:
        taken = {*self.order, *self.facts.values(), *(each.id for each in self.waivers)}
        while name in taken:
            name += "-x"
        return name

    def _reach(self, waiver: DraftWaiver, ends: dict[str, str]) -> None:
        """Clauses of one cell reach equally far."""
        key = (waiver.at.inside, waiver.at.after, waiver.at.before)
        known = self.reaches.get(key)
        others = [each.change for each in known.options] if known else [{} for _ in ends]
        options = tuple(
            DraftOption(option, {**change, waiver.id: ("waives", span)} if number else {})
            for number, ((option, span), change) in enumerate(
                zip(ends.items(), others, strict=True)
            )
        )
        name = known.id if known else f"reach-{waiver.id.removesuffix(f'-{waiver.at.nth}')}"
        text = known.text if known else waiver.text
        self.reaches[key] = DraftReading(name, "reach", text, options)
        if not known:
            self._ask("reach", waiver.spot, reading=name, text=text)

    def _grouping(self, waiver: DraftWaiver, spellings: dict[str, str]) -> None:
        options = tuple(
            DraftOption(option, {waiver.id: ("when", when)} if number else {})
            for number, (option, when) in enumerate(spellings.items())
        )
        name = f"grouping-{waiver.id}"
        self.groupings.append(DraftReading(name, "grouping", waiver.text, options))
        self._ask("grouping", waiver.spot, reading=name, text=waiver.text)

    def _ask_of_items(self, items: list[DraftItem]) -> None:
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
