"""Reads what remarks state: `（csp.ismap、2027-03-31まで）C21-0001`, `（generative_ai = true）`.

What stands in round brackets is read, in either width and in either language. What follows it, on
that line and below, is its note; between two on a line what is behind the last comma is what the
second is called. A line that starts with `>` states nothing: it is one of a note. All other text
is the row's own note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cloudrules.core import ends
from cloudrules.core.errors import nearest
from cloudrules.core.form import every_item
from cloudrules.core.names import value_of
from cloudrules.core.remark import Remark, Slip
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding
from cloudrules.core.statement import (
    NOWHERE,
    QUOTE,
    Doubt,
    Statement,
    any_of,
    narrow,
    opening,
)
from cloudrules.files.form.citations import Citations
from cloudrules.files.form.denials import denial, retracted
from cloudrules.files.form.slips import Slips
from cloudrules.files.form.words import says_something

_OPEN, _CLOSE, _COMMA = r"\(\s*", r"\s*\)", r"(?:\s*[、,]\s*|\s+)"
_NOT_KNOWN = r"未確認|[Nn]ot confirmed"
_SEPARATOR = re.compile(r"[、,，;；/／・]|^\s*(?:と|及び|および|並びに|and\b)")
_BREAK = re.compile(r"\r\n?|\n")
# Grounds that are filled in repeat the notes of other rows in such brackets.
_GROUNDS = re.compile(r"(?:根拠|Rests on): [^\n]*")
_REPEATED = re.compile(r"〔[^〔〕\n]*〕|\[[^\[\]\n]*\]")
# What ends with an exemption that is not needed, as the item is met.
_ANYWAY = re.compile(r"(?:満たさなくても可|Not necessary in any case)[^\n]*")


@dataclass
class _Said:
    """A statement, what stands before it on its line, and the lines of its note.

    `stating` are those of its lines that are not quoted.
    """

    statement: Statement
    before: str
    lines: list[str]
    stating: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stating = [self.before, *self.lines]

    def add(self, line: str) -> None:
        """A further line of its note."""
        self.lines.append(line.removeprefix(QUOTE))
        if not line.startswith(QUOTE):
            self.stating.append(line)

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
        self._options = {reading.id: reading.option_ids for reading in rulebook.readings}
        known = [*rulebook.evidence, *self._items, *rulebook.facts]
        self._opening = opening([*known, *self._options])
        said = f"{_COMMA}(?:{ends.PATTERN}|(?P<unknown>{_NOT_KNOWN}))"
        self._held = re.compile(f"{_OPEN}(?P<name>{any_of(known)})(?:{said})?{_CLOSE}")
        # An end that cannot be read is none that can be relied on.
        self._odd = re.compile(rf"{_OPEN}({any_of(rulebook.evidence)}){_COMMA}([^()\n]{{1,200}})\)")
        value = r"\s*[=:]([^()\n]{1,200})\)"
        self._facts = re.compile(f"{_OPEN}({any_of(rulebook.facts)}){value}")
        self._readings = re.compile(f"{_OPEN}({any_of(self._options)}){value}")
        # What the rulebook itself asks says nothing of a service.
        self._titles = [title for title in _titles(rulebook) if denial(title)]
        # Grounds that are filled in may be that something is not so.
        absent = r"」?(?:を保有していない|は個別に確認されていない|\"? not (?:held|attested))"
        self._absent = re.compile(f"(?:{any_of([*_titles(rulebook), *known])}){absent}")
        self._slips = Slips([*known, *self._options])
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
                found[-1].add(line)
            else:
                own.append(line)
        own += [line for said in found if not said.statement.holding for line in said.lines]
        note = "\n".join(own).strip()
        loosely = _ANYWAY.sub("", _own(note))
        alone = all(said.endless or said.statement.holding is None for said in found)
        return Remark(
            tuple(map(self._noted, found)),
            note if says_something(note) else "",
            self._denial(self._absent.sub("", loosely)),
            tuple(ends.ends(loosely) if alone else ()),
            tuple(_begins(loosely if alone else "", found)),
            self._citations.quoted(note),
            self._citations.cited(_own(note)),
            tuple(self._slipped([narrow(_own(line)) for line in loose])),
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
        narrowed = narrow(line)
        for bracket in self._opening.finditer(narrowed):
            inside = bracket.start() < at  # of one that is read already
            found = None if inside else self._in_bracket(item, narrowed, bracket.start())
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
            until = ends.of(match)
            if match["month"] and until is None:  # a day that there is not
                return Statement("unknown", name, doubt="end"), match.end()
            return Statement("held", name, holding=self._holding(name, until)), match.end()
        if odd := self._odd.match(line, at):
            denied = denial(odd[2])
            doubt: Doubt = "denied" if denied else "end"
            return Statement("unknown", odd[1], denied, doubt=doubt), odd.end()
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
        """A statement with its note, and the end of which that speaks.

        Where it says that it is not so, or speaks of several ends, it is not known.
        """
        statement, holding = said.statement, said.statement.holding
        if holding is None:
            return statement
        words = said.lines[0].strip()
        denied = words if retracted(words) else self._denial(self._unnamed(said))
        if denied:
            return Statement("unknown", statement.name, denied, doubt="denied")
        if said.endless:
            days = {*ends.ends("\n".join(said.stating))}
            if len(days) > 1:
                return Statement("unknown", statement.name, doubt="end")
            holding = replace(holding, until=min(days, default=None))
        note = Text({"": said.note}) if said.note else None
        return replace(statement, holding=replace(holding, note=note))

    def _unnamed(self, said: _Said) -> str:
        """What stands about a statement, without such words as its own title has."""
        text = f"{said.before}\n{said.note}"
        entry = self.rulebook.evidence.get(said.statement.name)
        for title in entry.title.words.values() if entry and entry.title else ():
            text = text.replace(denial(title) or "\n", "\n")
        return text

    def _denial(self, text: str) -> str:
        """The words by which a text says that something is not so, beyond those of the rules."""
        if not denial(text):
            return ""
        for title in self._titles:
            text = text.replace(title, "")
        return denial(text)


def _parted(between: str) -> tuple[str, str]:
    """What stands between two statements: the note of the first, and what the second is called."""
    marks = [*_SEPARATOR.finditer(between)]
    return (between[: marks[-1].start()], between[marks[-1].end() :]) if marks else (between, "")


def _own(text: str) -> str:
    """A text without what its grounds repeat of other rows."""

    def bare(match: re.Match[str]) -> str:
        return _REPEATED.sub("", _REPEATED.sub("", match[0]))

    return _GROUNDS.sub(bare, text)


def _begins(note: str, found: Collection[_Said]) -> Iterator[date]:
    """The days from which it is so, of what has no end in a statement."""
    yield from ends.begins(note)
    for said in found:
        if said.endless:
            yield from ends.begins("\n".join(said.stating))


def _titles(rulebook: Rulebook) -> Collection[str]:
    """The words of what a rulebook asks, each as one line."""
    titles = [each.title for each in rulebook.evidence.values()]
    titles += [each.text for each in rulebook.items.values()]
    titles += [each.title for each in rulebook.facts.values()]
    titles += [each.question for each in rulebook.readings]
    return {" ".join(words.split()) for each in titles if each for words in each.words.values()}
