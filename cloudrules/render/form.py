"""What is written into the cells of a form: answers, remarks, and the fields at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cloudrules.core.statement import QUOTE
from cloudrules.render.form_phrases import ANSWERS, REMARKS
from cloudrules.render.wording import Wording
from cloudrules.render.words import pick

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.form import Filled, Release, Row
    from cloudrules.core.service import Service
    from cloudrules.core.statement import Statement


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
        names = "|".join(map(re.escape, sorted(filled.names, key=len, reverse=True)))
        self.stating = re.compile(rf"[(（]\s*(?:{names})\s*[)）、,，=＝]")

    def __call__(self, key: str, **values: object) -> str:
        return pick(REMARKS[key], self.language).format(**values)

    def of(self, row: Row) -> str:
        why = map(self._quoted, self._why(row))
        return "\n".join([*why, *map(self.stated, row.statements)])

    def _quoted(self, line: str) -> str:
        """A line that is not to be read as a statement."""
        stating = line.startswith(QUOTE) or self.stating.search(line)
        return QUOTE + line if stating else line

    def _why(self, row: Row) -> Iterator[str]:
        status = row.answer.status
        if status == "waived":
            yield from map(self._release, row.releases)
        elif status == "not_applicable":
            what = self._inputs(row.because)
            yield self("not-applies") + (self("rests", what=what) if what else "")
        elif status == "met":
            here = {each.name for each in row.statements}
            if elsewhere := [name for name in row.because if name not in here]:
                yield self("met-by", what=self._inputs(elsewhere))

    def _release(self, release: Release) -> str:
        waiver = release.waiver
        source, at = _line(self.said.cited(waiver.text)[0]), _line(self.said.of(waiver.at))
        clause = self.said.quoted(source) if source else waiver.id
        if at:
            clause = self("clause", text=clause, at=at)
        what = self._inputs(release.because) or pick(("定めのとおり", "always"), self.language)
        if release.until:
            what = self("held-until", what=what, date=release.until)
        key = "rests-others" if release.others else "rests"
        between = "" if self.language == "ja" else " "
        return self("released", clause=clause) + between + self(key, what=what)

    def _inputs(self, names: Sequence[str]) -> str:
        return self.said.together(map(self._input, names)) if names else ""

    def _input(self, name: str) -> str:
        """An input without its id in brackets, which would state it; its note, or where that is."""
        bare = name if name in self.said.evidence else name.removeprefix("not ")
        evidence, fact = self.said.evidence.get(bare), self.said.facts.get(bare)
        held = self.assessment.situation.held.get(name)
        if evidence or fact:
            kind, sign = "evidence" if evidence else "fact", "" if bare == name else "not-"
            known = evidence or fact
            title = self.said.of(known.title if known else None, bare)
            title = self.said(f"input.{sign}{kind}", title=title)
        else:
            title = self.said.input(name)
        note = self.said.of(held.note) if held else ""
        if held and name in self.homes and name not in self.said.items:
            note = self("see", item=self.homes[name])
        return _line(self.said("with", what=title, details=note) if note else title)

    def stated(self, statement: Statement) -> str:
        """One thing stated, in brackets that a reader of the form finds again, and its note."""
        name, kind = statement.name, statement.kind
        title = self._title(statement)
        if kind == "unknown":
            return self("stated-unknown", title=self("not-known", title=title), id=name)
        if kind in ("fact", "reading"):
            title = self(kind, title=title)
            return self("stated-value", title=title, id=name, value=statement.value)
        holding = statement.holding
        assert holding is not None
        if not holding.valid(self.assessment.situation.on):
            title = self("expired", title=title)
        key = "stated-until" if holding.until else "stated"
        first, *more = _lines(self.said.of(holding.note))
        said = self(key, title=title, id=name, date=holding.until) + first
        return "\n".join([said, *map(self._quoted, more)])

    def _title(self, statement: Statement) -> str:
        """What a statement is of; nothing where that would itself be read as a statement."""
        title = self._titled(statement)
        return "" if self.stating.search(title) else title

    def _titled(self, statement: Statement) -> str:
        name = statement.name
        if statement.kind == "reading":
            readings = self.assessment.rulebook.readings
            known = {reading.id: reading.question for reading in readings}
            return _line(self.said.of(known.get(name), name))
        if name in self.said.items:
            return self("attested") if statement.kind == "held" else self.said("item", id=name)
        found = self.said.evidence.get(name) or self.said.facts.get(name)
        return _line(self.said.of(found.title if found else None, name))
