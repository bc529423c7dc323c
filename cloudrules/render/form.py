"""What is written into the cells of a form: answers, remarks, and the fields at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cloudrules.core import ends, placing
from cloudrules.core.statement import QUOTE, any_of, narrow, opening
from cloudrules.render.form_phrases import ANSWERS, REMARKS
from cloudrules.render.table import columns
from cloudrules.render.wording import Wording
from cloudrules.render.words import pick

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.entries import Waiver
    from cloudrules.core.form import Filled, Release, Row
    from cloudrules.core.service import Service
    from cloudrules.core.statement import Statement

_BRACKET = re.compile(r"[()（）\[\]〔〕]")
SHORT = 50  # columns that a note may take where another row rests on what it is about


def answer(status: str, language: str) -> str:
    return pick(ANSWERS[status], language)


def fields(service: Service, on: date, writer: str | None, language: str) -> dict[str, str]:
    """The texts of the fields, by field; those that are known."""
    day = pick(REMARKS["day"], language).format(year=on.year, month=on.month, day=on.day)
    found = {"service": service.service.in_(language), "day": day}
    if service.provider:
        found["provider"] = service.provider.in_(language)
    if writer:
        found["writer"] = writer
    return {name: _line(text) for name, text in found.items()}


def remarks(filled: Filled, language: str) -> dict[str, str]:
    """The remarks by item."""
    said = Remarks(filled, language)
    return {row.answer.id: said.of(row) for row in filled.rows}


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    """The lines of a note, as a cell breaks them."""
    return re.split(r"\r\n?|\n", text.strip())


class Remarks:
    """Says why, in the short words of a form's remarks; each thing stated is one line."""

    def __init__(self, filled: Filled, language: str) -> None:
        self.assessment = filled.assessment
        self.said = Wording(language, (filled.assessment.rulebook,))
        self.language = language
        rows = filled.rows
        self.homes = {each.name: row.answer.id for row in rows for each in row.statements}
        self.told = {*self.homes, *(each.name for each in filled.untold)}
        # The first row that a clause releases: there the source's own words stand beside it.
        self.first = {
            release.waiver.id: row.answer.id
            for row in reversed(rows)
            for release in row.releases[:1]
        }
        self.opening = opening(filled.names)
        said = rf"(?:{any_of(filled.names)})(?:[\s、,=:][^()\n]*)?"
        self.statement = re.compile(rf"\(\s*({said})\)")

    def __call__(self, key: str, **values: object) -> str:
        return pick(REMARKS[key], self.language).format(**values)

    def of(self, row: Row) -> str:
        why = map(self._quoted, map(self._inert, self._why(row)))
        return "\n".join([*why, *map(self.stated, row.statements)])

    def _inert(self, text: str) -> str:
        """A text with other brackets where they would state something to a reader of the form."""
        parts, at = list[str](), 0
        for match in self.statement.finditer(narrow(text)):
            inside = slice(*match.span(1))
            parts += text[at : match.start()], f"〔{text[inside].rstrip()}〕"
            at = match.end()
        return "".join([*parts, text[at:]])

    def _states(self, text: str) -> bool:
        """Whether a text could be read as stating something."""
        return bool(self.opening.search(narrow(text)))

    def _quoted(self, line: str) -> str:
        """A line that is not to be read as a statement."""
        return QUOTE + line if line.startswith(QUOTE) or self._states(line) else line

    def _why(self, row: Row) -> Iterator[str]:
        status = row.status
        here = {each.name for each in row.statements}
        elsewhere = [each for each in row.because if self._name(each) not in here]
        if status == "waived":
            for release in row.releases[:1]:
                yield from self._clause(release.waiver, row.answer.id)
                yield self._basis(release)
            for release in row.releases[1:]:
                yield self._also(release)
        elif status == "not_applicable":
            yield self("not-applies")
        if status in ("met", "not_applicable") and elsewhere:
            yield self("basis", what=self._inputs(elsewhere))
        if status in ("met", "not_applicable"):
            for release in row.releases:
                yield self._also(release, "also" if status == "not_applicable" else "anyway")

    def _clause(self, waiver: Waiver, item: str) -> Iterator[str]:
        """The clause in the form's language, and once in the source's own."""
        source, translation = map(_line, self.said.cited(waiver.text))
        clause = self.said.quoted(translation or source)
        at = self._place(waiver)
        if not source:
            yield self("released-id", id=waiver.id)
        else:
            yield self("released-at" if at else "released", at=at, clause=clause)
        if at and translation and self.first.get(waiver.id) == item:
            yield self("source", clause=self.said.quoted(source))

    def _place(self, waiver: Waiver) -> str:
        """Where a clause stands on the sheet; '' where it says no such place."""
        if waiver.at is None or placing.of(waiver, self.assessment.rulebook) is None:
            return ""
        return _line(self.said.of(waiver.at))

    def _also(self, release: Release, key: str = "also") -> str:
        """A further clause that releases the row, by its place where it has one."""
        at, waiver = self._place(release.waiver), release.waiver
        text = _line(self.said.of(waiver.text, waiver.id))
        said = self(f"{key}-at", at=at) if at else self(key, clause=self.said.quoted(text))
        return self._sentences([said, self._basis(release)])

    def _sentences(self, parts: Sequence[str]) -> str:
        return ("" if self.language == "ja" else " ").join(parts)

    def _basis(self, release: Release) -> str:
        what = self._inputs(release.because)
        said = [self("basis", what=what) if what else self("basis-none")]
        if release.until:
            said.append(self("valid", date=release.until))
        if release.others:
            said.append(self("others"))
        return self._sentences(said)

    def _inputs(self, literals: Sequence[str]) -> str:
        return self("and").join(map(self._input, literals))

    def _name(self, literal: str) -> str:
        """The name in an input at its value: `not X`, `fact = value`."""
        if literal in self.said.evidence or literal in self.said.items:
            return literal
        return literal.removeprefix("not ").partition(" = ")[0]

    def _input(self, literal: str) -> str:
        """An input by its title, with its note or where that is."""
        name = self._name(literal)
        if name in self.said.items:
            return self.said.input(literal)
        if name in self.said.facts:
            title, _, value = self._title(name), *literal.partition(" = ")[1:]
            said = self("value", title=title, value=value or self(str(literal == name)))
            details = "" if name in self.told else self("by-default")
        else:
            sign = "" if literal == name else "not-"
            said = self.said(f"input.{sign}evidence", title=self._title(name))
            held = self.assessment.situation.held.get(literal)
            details = _line(self.said.of(held.note)) if held else ""
            if _BRACKET.search(details):  # in brackets of ours, it could be taken for a statement
                details = ""
        if name in self.homes and (not details or columns(details) > SHORT):
            details = self("see", item=self.homes[name])
        return self.said("with", what=said, details=details) if details else said

    def stated(self, statement: Statement) -> str:
        """One thing stated, in brackets that a reader of the form finds again, and its note."""
        name, kind, value = statement.name, statement.kind, statement.value
        title = self._heading(statement)
        if kind == "unknown":
            return self("stated-unknown", title=title, id=name)
        if kind in ("fact", "reading"):
            return self("stated-value", title=title, id=name, value=value)
        holding = statement.holding
        assert holding is not None
        key = "stated-until" if holding.until else "stated"
        endless = holding.until is None
        lines = _lines(self.said.of(holding.note))
        first, *more = [
            # A reader would take the day that it speaks of for the end.
            QUOTE + line if endless and any(ends.ends(line)) else self._quoted(line)
            for line in lines
        ]
        said = self(key, title=title, id=name, date=holding.until)
        # A quoted line stands by itself.
        head = [said, first] if first.startswith(QUOTE) else [f"{said} {first}".rstrip()]
        return "\n".join([*head, *more])

    def _heading(self, statement: Statement) -> str:
        """What a statement is of; nothing where that would itself be read as a statement."""
        heading = self._inert(self._headed(statement))
        return "" if self._states(heading) else heading

    def _headed(self, statement: Statement) -> str:
        name, holding = statement.name, statement.holding
        if statement.kind == "reading":
            readings = self.assessment.rulebook.readings
            known = {reading.id: reading.question for reading in readings}
            return self("reading", title=_line(self.said.of(known.get(name), name)))
        if statement.kind == "fact":
            value = {"true": self("True"), "false": self("False")}.get(statement.value)
            return self("value", title=self._title(name), value=value or statement.value)
        if name in self.said.items:
            return self("attested" if holding else "this")
        expired = holding is not None and not holding.valid(self.assessment.situation.on)
        return self("expired", title=self._title(name)) if expired else self._title(name)

    def _title(self, name: str) -> str:
        known = self.said.evidence.get(name) or self.said.facts.get(name)
        return _line(self.said.of(known.title if known else None, name))
