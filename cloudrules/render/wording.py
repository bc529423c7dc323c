"""How ids, amounts, ranges and conditions are said in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from cloudrules.render.phrases import PHRASES
from cloudrules.render.words import TERMS, pick

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.entries import Evidence, Fact, Item, Reading, Waiver
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.schema import Text
    from cloudrules.core.service import Holding


def ranges(names: Iterable[str], places: Mapping[str, int]) -> list[str]:
    """`names` by their places, three or more in a row and numbered in turn as `first..last`."""
    wanted = dict.fromkeys(names)
    runs: list[list[str]] = []
    for name in sorted(wanted.keys() & places.keys(), key=places.__getitem__):
        last = runs[-1][-1] if runs else ""
        if last and places[last] + 1 == places[name] and _follows(last, name):
            runs[-1].append(name)
        else:
            runs.append([name])
    found: list[str] = []
    for run in runs:
        found += run if len(run) < 3 else [f"{run[0]}..{run[-1]}"]
    return [*found, *(name for name in wanted if name not in places)]


def _follows(one: str, two: str) -> bool:
    """Whether the last number of an id comes right after that of another: `1.9` and `1.10`."""
    first, second = (re.fullmatch(r"(.*?)(\d+)(\D*)", name) for name in (one, two))
    if first is None or second is None:
        return False
    return first[1] == second[1] and first[3] == second[3] and int(second[2]) == int(first[2]) + 1


class Wording:
    """Says things in `language`, knowing the titles of what the rulebooks speak of."""

    def __init__(
        self, language: str, rulebooks: Sequence[Rulebook] = (), noted: bool = True
    ) -> None:
        """`noted`: with what is held goes its note."""
        self.language = language
        self.noted = noted
        self.rulebooks = rulebooks
        self.items: dict[str, Item] = {}
        self.waivers: dict[str, Waiver] = {}
        self.evidence: dict[str, Evidence] = {}
        self.facts: dict[str, Fact] = {}
        self._places: dict[int, tuple[Rulebook, dict[str, int]]] = {}  # of the items, in order
        for book in reversed(rulebooks):
            self.items.update(book.items)
            self.waivers.update(book.waivers)
            self.evidence.update(book.evidence)
            self.facts.update(book.facts)

    def __call__(self, key: str, **values: object) -> str:
        """A phrase, filled in; where `n` is 1, its form for one, if it has such."""
        if values.get("n") == 1 and f"{key}.one" in PHRASES:
            key = f"{key}.one"
        return pick(PHRASES[key], self.language).format(**values)

    def term(self, key: str) -> str:
        """A term that every answer shares; a word that is none stands for itself."""
        return pick(TERMS[key], self.language) if key in TERMS else key

    def of(self, text: Text | None, other: str = "") -> str:
        return text.in_(self.language) if text else other

    def listed(self, parts: Iterable[str]) -> str:
        return ("、" if self.language == "ja" else ", ").join(parts)

    def ids(self, names: Iterable[str], rulebook: Rulebook) -> str:
        """Items, as ranges where they follow one another."""
        if id(rulebook) not in self._places:
            order = (item for item in rulebook.items if item not in rulebook.absent)
            places = {item: place for place, item in enumerate(order)}
            self._places[id(rulebook)] = rulebook, places
        return self.listed(ranges(names, self._places[id(rulebook)][1]))

    def money(self, amount: int, currency: str | None = None) -> str:
        unit = currency or next((book.currency for book in self.rulebooks), "JPY")
        if unit == "JPY":
            return pick((f"{amount:,}円", f"¥{amount:,}"), self.language)
        return f"{amount:,} {unit}"

    def months(self, n: int) -> str:
        return self("months", n=n)

    def value(self, objective: str, amount: int, mark: str = "") -> str:
        """What an objective comes to; `mark` stands behind a figure that is an estimate."""
        shown = self.money(amount) if objective == "cost" else self.months(amount)
        return self(f"value.{objective}", value=shown + mark, n=amount)

    def together(self, parts: Iterable[str]) -> str:
        """Things that are needed all at once."""
        return reduce(lambda one, two: self("and", one=one, two=two), parts)

    def title(self, name: str) -> str:
        """Evidence, item or fact with its id: `ISO/IEC 27001 (asp.iso27001)`."""
        known = self.evidence.get(name) or self.facts.get(name)
        if name in self.items:
            return self("item", id=name)
        title = self.of(known.title if known else None)
        return self("titled", title=title, id=name) if title and title != name else name

    def acquired(self, name: str) -> str:
        """What is to be acquired: evidence, or an item that is attested."""
        if name not in self.items:
            return self.title(name)
        section = self.of(self.items[name].section)
        return self("attest-section" if section else "attest", id=name, section=section)

    def input(self, literal: str) -> str:
        """An input at its value, as answers write it: `X`, `not X`, `fact = value`."""
        if literal in self.evidence or literal in self.items or literal in self.facts:
            return self._said(literal, "")
        name = literal.removeprefix("not ")
        if name != literal:
            return self._said(name, "not-")
        fact, _, value = literal.partition(" = ")
        return self("input.value", title=self.title(fact), value=value) if value else literal

    def _said(self, name: str, sign: str) -> str:
        kind = "item" if name in self.items else "fact" if name in self.facts else "evidence"
        return self(f"input.{sign}{kind}", title=self.title(name), id=name)

    def clause(self, waiver: Waiver) -> str:
        """Where a waiver stands and its id."""
        at = self.of(waiver.at)
        return self("clause", at=at, id=waiver.id) if at else waiver.id

    def cited(self, text: Text | None) -> tuple[str, str]:
        """Words in the source's language, and a translation where the language asked is another."""
        if text is None:
            return "", ""
        said = text.words.get(self.language, "")
        return text.source, said if said != text.source else ""

    def quoted(self, text: str) -> str:
        """Words in the quotation marks of their own script."""
        return f"「{text}」" if re.search("[\u3040-\u30ff\u4e00-\u9fff]", text) else f'"{text}"'

    def option(self, reading: Reading, taken: str) -> tuple[str, str, str]:
        """A reading's question, the option taken and why it can be taken."""
        because = next((each.because for each in reading.options if each.id == taken), None)
        return self.of(reading.question, reading.id), taken, self.of(because)

    def held(self, name: str, holdings: Mapping[str, Holding]) -> str:
        """A thing held with its note and its last day."""
        holding = holdings.get(name)
        parts = [self.of(holding.note)] if self.noted and holding and holding.note else []
        if holding and holding.until:
            parts.append(self("until", date=holding.until))
        said = self.input(name)
        return self("with", what=said, details=self.listed(parts)) if parts else said

    def day(self, day: date | None) -> str:
        return self("until", date=day) if day else self("no-end")
