"""The waivers of a draft, from the clauses of a sheet, and the readings that these leave open."""

from __future__ import annotations

from collections.abc import Callable

from cloudrules.core.clause_text import Language
from cloudrules.core.draft import DraftOption, DraftReading, DraftWaiver, Question, Stands
from cloudrules.core.english_text import English
from cloudrules.core.expression import quoted
from cloudrules.core.formula_text import Formula, spelled, words_in
from cloudrules.core.hints import japanese
from cloudrules.core.reach import Reach, span
from cloudrules.core.release import Below, Clause, Itself, Unread
from cloudrules.core.sheet import Sheet, Spot


class Waiving:
    """Takes clauses one after another; what is not certain of them is asked."""

    def __init__(self, sheet: Sheet, ask: Callable[[Question], None]) -> None:
        self.ask = ask
        self.waivers: list[DraftWaiver] = []
        self.facts: dict[str, str] = {}  # the names of facts by their words
        self.reaches: dict[tuple[object, ...], DraftReading] = {}
        self.groupings: list[DraftReading] = []
        rows = {row.number: row for row in sheet.items}
        texts = {name: row.text for name, row in rows.items()}
        self.japanese = Language(texts, sheet.doubtful)
        self.english = English(texts, sheet.doubtful)
        self.reach = Reach(sheet, rows)
        self.order = list(rows)
        self.places = {name: place for place, name in enumerate(self.order)}
        self._taken = set(self.order)
        self._named: set[str] = set()  # of readings

    @property
    def readings(self) -> tuple[DraftReading, ...]:
        return (*self.reaches.values(), *self.groupings)

    def language(self, text: str) -> Language | English:
        """What reads a text."""
        return self.japanese if japanese(text) else self.english

    def clause(self, sentence: str, spot: Spot, at: int, own: str, nth: int) -> None:
        """A sentence that releases items, above item `at`, or inside the item `own`.

        `nth` tells it where the cell has several.
        """
        read = self.language(sentence).clause(sentence, own)
        if isinstance(read, Unread):
            self._ask(f"{read.why}-unread", spot, text=sentence, said=read.said)
            return
        if isinstance(read.target, Below) and not read.target.first and at >= len(self.order):
            self._ask("nothing-below", spot, text=sentence)
            return
        ends = self._ends(read, spot, at, own)
        waives = next(iter(ends.values()))
        name = self._waiver_id(own, at, nth)
        spellings = self._spellings(read.when, spot)
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

    def _ask(self, code: str, spot: Spot, **values: str) -> None:
        self.ask(Question(code, spot, values))

    def _spellings(self, when: dict[str, Formula], spot: Spot) -> dict[str, str]:
        """The condition in each way in which it can be grouped; its words become facts."""
        for formula in when.values():
            for words in words_in(formula):
                if words not in self.facts:
                    self.facts[words] = _free(f"condition-{len(self.facts) + 1}", self._taken)
                    self._ask("condition", spot, text=words, fact=self.facts[words])
        return {key: spelled(formula, self.facts) for key, formula in when.items()}

    def _ends(self, read: Clause, spot: Spot, at: int, own: str) -> dict[str, str]:
        """The items that a clause releases, in each way in which its words can be taken."""
        match read.target:
            case Below(first, single):
                if first:
                    return self.reach.spans(self.places[first], spot, inside=False)
                if single and own and at + 1 < len(self.order):
                    return self.reach.spans(at + 1, spot, inside=False, single=True)
                return self.reach.spans(at, spot, inside=bool(own), single=single)
            case Itself():
                return {"": quoted(own)}
            case parts:
                return {"": ", ".join(map(span, parts))}

    def _between(self, at: int, nth: int) -> Stands:
        after = self.order[at - 1] if at else ""
        before = self.order[at] if at < len(self.order) else ""
        return Stands("", after, before, nth)

    def _waiver_id(self, own: str, at: int, nth: int) -> str:
        if own:
            name = f"inside-{own}"
        else:
            name = f"after-{self.order[at - 1]}" if at else f"before-{self.order[0]}"
        return _free(f"{name}-{nth}" if nth else name, self._taken)

    def _reach(self, waiver: DraftWaiver, ends: dict[str, str]) -> None:
        """Clauses of one place reach equally far, where they can reach equally far at all."""
        at = waiver.at
        key = (at.inside, at.after, at.before, *ends.items())
        if key not in self.reaches:
            stem = f"reach-{waiver.id.removesuffix(f'-{at.nth}')}"
            name = _free(stem, self._named)
            options = tuple(DraftOption(option) for option in ends)
            self.reaches[key] = DraftReading(name, "reach", waiver.text, options)
            self._ask("reach", waiver.spot, reading=name, text=waiver.text)
        for option in self.reaches[key].options[1:]:
            option.change[waiver.id] = ("waives", ends[option.id])

    def _grouping(self, waiver: DraftWaiver, spellings: dict[str, str]) -> None:
        options = tuple(
            DraftOption(option, {waiver.id: ("when", when)} if number else {})
            for number, (option, when) in enumerate(spellings.items())
        )
        name = f"grouping-{waiver.id}"
        self.groupings.append(DraftReading(name, "grouping", waiver.text, options))
        self._ask("grouping", waiver.spot, reading=name, text=waiver.text)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number after it where it is taken; it is taken now."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    taken.add(found)
    return found
