"""Which cells of a form are written: those that are empty, each with a word that it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cloudrules.core import ends
from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.form import Filled
from cloudrules.core.schema import Text, letters_of
from cloudrules.core.service import Service
from cloudrules.files.excel.areas import Spot
from cloudrules.files.excel.sheet import Cell
from cloudrules.files.form.at import At
from cloudrules.files.form.choices import allowed
from cloudrules.files.form.denials import denial
from cloudrules.files.form.layout import Form, is_sample
from cloudrules.files.form.replies import is_zero
from cloudrules.files.form.words import (
    Field,
    Meaning,
    bare,
    heading_of,
    meaning_of,
    word_for,
)

# What else may be written where a drop-down has no word for an answer: what says no more than it.
_INSTEAD: dict[Meaning, tuple[Meaning, ...]] = {"open": ("open", "missing")}


_PLACEHOLDER = "0"  # what remarks show that are taken from an empty cell, also once copied as text


@dataclass(frozen=True)
class Told:
    """Something that was not written: a code, and the values that its words need."""

    code: str
    values: dict[str, str]


@dataclass
class Filling:
    """The texts to write, by sheet and cell, and what is not written."""

    form: Form
    force: bool = False
    texts: dict[str, dict[Spot, str]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def answer(self, item: str, word: str) -> None:
        """Write an item's answer, in the word that its drop-down has for it."""
        row = self.form.rows[item]
        if row.shared:
            self._tell("shared", row.answer, item=item, other=row.shared)
            return
        meaning = meaning_of(word)
        choices = allowed(self.form.book, row.answer)
        written = word_for(_INSTEAD.get(meaning, (meaning,)), choices, word)
        if written is None:
            self._tell("no-word", row.answer, known=" / ".join(choices or ()), text=word)
        else:
            self._write(row.answer, written)

    def remark(self, item: str, text: str) -> None:
        """Write an item's remarks; those that say what the service does not are none of its own."""
        row = self.form.rows[item]
        if row.remark:
            self._write(row.remark, text, placeholder=_PLACEHOLDER)

    def field(self, name: Field, text: str) -> None:
        at = self.form.fields.get(name)
        if at is None:
            self.told.append(Told("no-field", {"field": name}))
        else:
            self._write(at, text)

    def _write(self, at: At, text: str, placeholder: str = "") -> None:
        cell = at.cell
        there = cell.text.strip()
        if there == text.strip() and not cell.formula:
            return
        free = meaning_of(there) == "blank" or there == placeholder or is_zero(cell)
        if free and not text:
            return
        struck = self.form.book.styles.struck(cell.style)
        if self.force and struck and text:
            self._tell("shown-struck", at, text=text)
        if not self.force and (struck or cell.withdrawn):
            self._tell("kept-struck", at, text=text)
        elif self.force or (free and not cell.formula):
            self.texts.setdefault(at.sheet.name, {})[at.spot] = text
        elif not text:
            self._tell("kept-remark", at, found=there)
        elif cell.formula:
            self._tell("kept-formula", at, text=text)
        else:
            self._tell("kept-answer", at, found=there, text=text)

    def _tell(self, code: str, at: At, **values: str) -> None:
        self.told.append(Told(code, {"cell": str(at), **values}))


def language_of(form: Form) -> str:
    """The language of a form: that of its headings over the answers, else of the others."""
    sheets = {row.answer.sheet.name: row.answer.sheet for row in form.rows.values()}
    texts = [cell.text for sheet in sheets.values() for cell in sheet.cells.values()]
    headings = [text for text in texts if heading_of(text)]
    answers = [text for text in headings if heading_of(text) == "answer"]
    return letters_of("".join(answers or headings))


def no_sample(form: Form) -> None:
    """Raises BadInput where the rows found are those of an example, as where the form is hidden."""
    known = ", ".join(sheet.name for sheet in form.book.sheets)
    samples = {row.answer.sheet.name for row in form.rows.values() if is_sample(row.answer.sheet)}
    if samples:
        place = Place(form.book.file)
        raise BadInput(
            [fault("form-sample", place, sheet=name, known=known) for name in sorted(samples)]
        )


def same_service(form: Form, service: Service) -> None:
    """Raises BadInput where the form's fields name another service or another provider."""
    names: dict[Field, Text | None] = {"service": service.service, "provider": service.provider}
    faults = []
    for name, text in names.items():
        cell = form.fields[name].cell if name in form.fields else Cell("")
        there = cell.text
        free = meaning_of(there) == "blank" or is_zero(cell)
        if text and not free and bare(there) not in map(bare, text.words.values()):
            values = {"cell": str(form.fields[name]), "found": there.strip(), "name": text.source}
            faults.append(fault(f"form-other-{name}", Place(form.book.file), **values))
    if faults:
        raise BadInput(faults)


def misread(filled: Filled, language: str) -> dict[str, list[str]]:
    """What is held by a note that, read from a form, says otherwise, by how it does.

    `not-held`: that it is not so, or not for certain. `dated`: of what is held without an end, that
    it ends or begins on some day.
    """
    found: dict[str, list[str]] = {"not-held": [], "dated": []}
    for each in (each for row in filled.rows for each in row.statements):
        note = each.holding and each.holding.note
        if note and each.holding:
            said = note.in_(language)
            if denial(said):
                found["not-held"].append(each.name)
            elif each.holding.until is None and any((*ends.ends(said), *ends.begins(said))):
                found["dated"].append(each.name)
    return found


def written(texts: Mapping[str, Mapping[Spot, str]]) -> int:
    """How many cells are written."""
    return sum(map(len, texts.values()))
