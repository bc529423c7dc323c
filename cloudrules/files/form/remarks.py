"""Reads what remarks state: `（csp.ismap、2027-03-31まで）C21-0001`, `（generative_ai = true）`.

What stands in round brackets is read, in either width and in either language. What follows it, on
that line and below, is its note; between two on a line what is behind the last comma is what the
second is called. A line that starts with `>` states nothing: it is one of a note. All other text
is the row's own note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core.errors import nearest
from cloudrules.core.form import every_item
from cloudrules.core.names import value_of
from cloudrules.core.remark import Remark, Slip
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding
from cloudrules.core.statement import NOWHERE, QUOTE, Doubt, Statement
from cloudrules.files.form import days
from cloudrules.files.form.citations import Citations
from cloudrules.files.form.slips import Slips
from cloudrules.files.form.words import not_yet, says_something

_OPEN, _CLOSE, _COMMA = r"[(（]\s*", r"\s*[)）]", r"(?:\s*[、,，]\s*|\s+)"
_NOT_KNOWN = r"未確認|[Nn]ot confirmed"
_BRACKET = re.compile("[(（]")
_SEPARATOR = re.compile(r"[、,，;；/／・]|^\s*(?:と|及び|および|並びに|and\b)")
_BREAK = re.compile(r"\r\n?|\n")
# Grounds that are filled in repeat the notes of other rows in such brackets.
_GROUNDS = re.compile(r"(?:根拠|Rests on): [^\n]*")
_REPEATED = re.compile(r"〔[^〔〕\n]*〕|\[[^\[\]\n]*\]")
# What ends with an exemption that is not needed, as the item is met.
_ANYWAY = re.compile(r"(?:満たさなくても可|Not necessary in any case)[^\n]*")


@dataclass
class _Said:
    """A statement, what stands before it on its line, and the lines after it."""

    statement: Statement
    before: str
    lines: list[str]

    @property
    def note(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def endless(self) -> bool:
        """Whether it states something as held, and no end of it."""
        return self.statement.holding is not None and self.statement.holding.until is None


class Remarks:
    """Knows the names that the remarks of a rulebook's form can state."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._items = frozenset(every_item(rulebook))
        names = _any([*rulebook.evidence, *self._items, *rulebook.facts])
        said = f"{_COMMA}(?:{days.PATTERN}|(?P<unknown>{_NOT_KNOWN}))"
        self._held = re.compile(f"{_OPEN}(?P<name>{names})(?:{said})?{_CLOSE}")
        # An end that cannot be read is none that can be relied on.
        self._odd = re.compile(
            f"{_OPEN}({_any(rulebook.evidence)}){_COMMA}([^()（）\\n]{{1,200}})[)）]"
        )
        self._options = {reading.id: reading.option_ids for reading in rulebook.readings}
        value = r"\s*[=＝:：]([^()（）\n]{1,200})[)）]"
        self._facts = re.compile(f"{_OPEN}({_any(rulebook.facts)}){value}")
        self._readings = re.compile(f"{_OPEN}({_any(self._options)}){value}")
        # What the rulebook itself calls planned says nothing of a service.
        self._titles = [title for title in _titles(rulebook) if not_yet(title)]
        self._slips = Slips([*rulebook.evidence, *self._items, *rulebook.facts, *self._options])
        self._citations = Citations(rulebook)

    def of(self, item: str, text: str) -> Remark:
        """What the remarks in an item's row say; what follows no holding is the row's own."""
        own: list[str] = []
        loose: list[str] = []  # in which nothing is held, and no line is a note of what is
        found: list[_Said] = []
        for line in _BREAK.split(text):
            quoted = line.startswith(QUOTE)
            said = [] if quoted else [*self._stated(item, line)]
            of = said or found[-1:]
            if not quoted and all(each.statement.holding is None for each in of):
                loose.append(line)
            if said:
                found += said
            elif found:
                found[-1].lines.append(line.removeprefix(QUOTE))
            else:
                own.append(line)
        own += [line for said in found if not said.statement.holding for line in said.lines]
        note = "\n".join(own).strip()
        return Remark(
            tuple(map(self._noted, found)),
            note if says_something(note) else "",
            self._planned(_own(note)),
            tuple(_ends(_ANYWAY.sub("", _own(note)), found)),
            self._citations.quoted(note),
            self._citations.cited(_own(note)),
            tuple(self._slipped([_own(line) for line in loose])),
        )

    def _slipped(self, lines: Sequence[str]) -> Iterator[Slip]:
        """What is written as a statement, but has a name or a value that there is not."""
        for line in lines:
            for match in self._facts.finditer(line):
                name, value = match[1], match[2].strip()
                fact = self.rulebook.facts[name]
                if value_of(fact, value) is None:
                    yield Slip("value", name, value, nearest(value, fact.option_ids))
            for match in self._readings.finditer(line):
                name, value = match[1], match[2].strip()
                if value not in self._options[name]:
                    yield Slip("value", name, value, nearest(value, self._options[name]))
        yield from self._slips.of(lines)

    def _stated(self, item: str, line: str) -> Iterator[_Said]:
        """What a line states, from left to right."""
        before, at, statement = "", 0, None
        for bracket in _BRACKET.finditer(line):
            inside = bracket.start() < at  # of one that is read already
            found = None if inside else self._in_bracket(item, line, bracket.start())
            if found is None:
                continue
            between = line[at : bracket.start()]
            if statement:
                note, called = _parted(between)
                yield _Said(statement, before, [note])
                between = called
            (statement, at), before = found, between
        if statement:
            yield _Said(statement, before, [line[at:]])

    def _in_bracket(self, item: str, line: str, at: int) -> tuple[Statement, int] | None:
        """What a bracket states, and its end; of items, only a row's own can be stated."""
        if match := self._held.match(line, at):
            name = match["name"]
            if name in self._items and name != item:
                return None
            if match["unknown"]:
                return Statement("unknown", name), match.end()
            if name in self.rulebook.facts:
                return None
            until = days.of(match)
            if match["month"] and until is None:  # a day that there is not
                return Statement("unknown", name, doubt="end"), match.end()
            return Statement("held", name, holding=self._holding(name, until)), match.end()
        if odd := self._odd.match(line, at):
            doubt: Doubt = "planned" if not_yet(odd[2]) else "end"
            return Statement("unknown", odd[1], doubt=doubt), odd.end()
        if fact := self._facts.match(line, at):
            name, value = fact[1], fact[2].strip()
            known = value_of(self.rulebook.facts[name], value) is not None
            return Statement(*("fact", name, value) if known else ("unknown", name)), fact.end()
        if reading := self._readings.match(line, at):
            name, value = reading[1], reading[2].strip()
            if value in self._options[name]:
                return Statement("reading", name, value), reading.end()
        return None

    def _holding(self, name: str, until: date | None) -> Holding:
        ref = Ref(name, NOWHERE)
        if name in self._items:
            return Holding(item=ref, until=until)
        return Holding(evidence=ref, until=until)

    def _noted(self, said: _Said) -> Statement:
        """A statement with its note; where that says that it is not so yet, it is not known."""
        statement = said.statement
        if statement.holding is None:
            return statement
        if self._planned(f"{said.before}\n{said.note}"):
            return Statement("unknown", statement.name, doubt="planned")
        note = Text({"": said.note}) if said.note else None
        return replace(statement, holding=replace(statement.holding, note=note))

    def _planned(self, text: str) -> bool:
        for title in self._titles:
            text = text.replace(title, "")
        return not_yet(text)


def _parted(between: str) -> tuple[str, str]:
    """What stands between two statements: the note of the first, and what the second is called."""
    marks = [*_SEPARATOR.finditer(between)]
    return (between[: marks[-1].start()], between[marks[-1].end() :]) if marks else (between, "")


def _own(text: str) -> str:
    """A text without what its grounds repeat of other rows."""

    def bare(match: re.Match[str]) -> str:
        return _REPEATED.sub("", _REPEATED.sub("", match[0]))

    return _GROUNDS.sub(bare, text)


def _ends(note: str, found: Collection[_Said]) -> Iterator[date]:
    """The days that are called an end of what states none itself."""
    if all(said.endless or said.statement.holding is None for said in found):
        yield from days.ends(note)
    for said in found:
        if said.endless:
            yield from days.ends(f"{said.before}\n{said.note}")


def _any(names: Iterable[str]) -> str:
    """A pattern for one of these names; for none of them, one that nothing fits."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def _titles(rulebook: Rulebook) -> Collection[str]:
    """The words of what a rulebook asks, each as one line."""
    titles = [each.title for each in rulebook.evidence.values()]
    titles += [each.title for each in rulebook.facts.values()]
    titles += [each.question for each in rulebook.readings]
    return {" ".join(words.split()) for each in titles if each for words in each.words.values()}
