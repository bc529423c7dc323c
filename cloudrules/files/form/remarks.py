"""Reads what remarks state: `（csp.ismap、2027-03-31まで）C21-0001`, `（generative_ai = true）`.

What stands in round brackets is read, in either width and in either language; a line states one
thing, and what follows on that line and below is its note. All other text is the row's own note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from cloudrules.core.form import every_item
from cloudrules.core.names import value_of
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding
from cloudrules.core.statement import NOWHERE, Statement

_OPEN, _CLOSE, _COMMA = r"[(（]\s*", r"\s*[)）]", r"\s*[、,，]\s*"
_DAY = r"(?:until\s+)?(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*(?:まで)?"
_NOT_KNOWN = r"未確認|[Nn]ot confirmed"


class Remarks:
    """Knows the names that the remarks of a rulebook's form can state."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._items = frozenset(every_item(rulebook))
        names = _any([*rulebook.evidence, *self._items, *rulebook.facts])
        said = f"{_COMMA}(?:{_DAY}|({_NOT_KNOWN}))"
        self._held = re.compile(f"{_OPEN}({names})(?:{said})?{_CLOSE}")
        # An end that cannot be read, as in the years of an era, is none that can be relied on.
        self._odd = re.compile(
            f"{_OPEN}({_any(rulebook.evidence)}){_COMMA}[^()（）\\n]{{1,200}}[)）]"
        )
        self._options = {reading.id: reading.option_ids for reading in rulebook.readings}
        value = r"\s*[=＝]([^()（）\n]{1,200})[)）]"
        self._facts = re.compile(f"{_OPEN}({_any(rulebook.facts)}){value}")
        self._readings = re.compile(f"{_OPEN}({_any(self._options)}){value}")

    def of(self, item: str, text: str) -> tuple[tuple[Statement, ...], str]:
        """What the remarks in an item's row state, and the text that states nothing."""
        found: list[Statement] = []
        notes: list[list[str]] = [[]]
        for line in text.splitlines():
            said = self._stated(item, line)
            if said is None:
                notes[-1].append(line)
            else:
                found.append(said[0])
                notes.append([said[1]])
        own, *others = (" ".join(" ".join(lines).split()) for lines in notes)
        return tuple(map(_noted, found, others)), own

    def _stated(self, item: str, line: str) -> tuple[Statement, str] | None:
        """What a line states, and the rest of it; of items, only a row's own can be stated."""
        for found in self._held.finditer(line):
            name, *day, not_known = found.groups()
            if name in self._items and name != item:
                continue
            rest = line[found.end() :]
            if not_known:
                return Statement("unknown", name), rest
            if name not in self.rulebook.facts:
                until = _day(day)
                if any(day) and until is None:  # a day that there is not
                    return Statement("unknown", name), rest
                return Statement("held", name, holding=_holding(self._items, name, until)), rest
        if match := self._odd.search(line):
            return Statement("unknown", match[1]), line[match.end() :]
        if match := self._facts.search(line):
            name, value = match[1], match[2].strip()
            if value_of(self.rulebook.facts[name], value) is not None:
                return Statement("fact", name, value), line[match.end() :]
        if match := self._readings.search(line):
            name, value = match[1], match[2].strip()
            if value in self._options[name]:
                return Statement("reading", name, value), line[match.end() :]
        return None


def _any(names: Iterable[str]) -> str:
    """A pattern for one of these names; for none of them, one that nothing fits."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def _day(parts: list[str | None]) -> date | None:
    try:
        year, month, day = (int(part or "") for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def _holding(items: Collection[str], name: str, until: date | None) -> Holding:
    ref = Ref(name, NOWHERE)
    if name in items:
        return Holding(item=ref, until=until)
    return Holding(evidence=ref, until=until)


def _noted(statement: Statement, note: str) -> Statement:
    """A statement with the note that follows it."""
    if statement.holding is None or not note:
        return statement
    return replace(statement, holding=replace(statement.holding, note=Text({"": note})))
