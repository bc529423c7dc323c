"""The rows of a form as it was filled in, and the names in its fields."""

from __future__ import annotations

from collections.abc import Collection

from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.remark import Remark
from cloudrules.core.reply import Reply
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Service
from cloudrules.core.statement import NOWHERE, narrow
from cloudrules.files.excel.sheet import Cell
from cloudrules.files.form.layout import Form
from cloudrules.files.form.remarks import Remarks
from cloudrules.files.form.words import Field, meaning_of

LETTERS = 500_000  # of all answers, and of all remarks that differ: what is filled in repeats much


def read(form: Form, rulebook: Rulebook, others: Collection[str] = ()) -> list[Reply]:
    """The rows in the order in which they were found; those of `others` answer something else.

    Raises BadInput where they say too much.
    """
    remarks = _Kept(Remarks(rulebook), form.book.file)
    found: list[Reply] = []
    for item, row in form.rows.items():
        answer = row.answer.cell
        if item in others:
            found.append(Reply(item, "misplaced", answer.text.strip(), str(row.answer)))
            continue
        beside = row.remark.cell if row.remark else Cell("")
        remarks.take(len(answer.text) + len(answer.struck) + len(beside.struck))
        found.append(
            Reply(
                item,
                _meaning(answer),
                "" if is_zero(answer) else (answer.text.strip() or answer.struck.strip()),
                str(row.answer),
                remarks.of(item, beside.text),
                row.hidden,
                str(row.remark or ""),
                _lost(beside),
            )
        )
    return found


class _Kept:
    """Remarks that are read once, however many rows have the same ones."""

    def __init__(self, remarks: Remarks, file: str) -> None:
        self._remarks, self._file = remarks, file
        self._narrow: dict[str, str] = {}
        self._found: dict[tuple[str, str], Remark] = {}
        self._left = LETTERS

    def take(self, letters: int) -> None:
        """Raises BadInput where so many letters more are too many."""
        self._left -= letters
        if self._left < 0:
            raise BadInput([fault("grid-long", Place(self._file), most=f"{LETTERS:,}")])

    def of(self, item: str, text: str) -> Remark:
        if text not in self._narrow:
            self._narrow[text] = narrow(text)
        # Whose remarks they are matters only where they name the item itself.
        key = item if item in self._narrow[text] else "", text
        if key not in self._found:
            self.take(len(text))
            self._found[key] = self._remarks.of(*key)
        return self._found[key]


def is_zero(cell: Cell) -> bool:
    """Whether a cell shows the zero of an empty cell that it refers to, which is no answer."""
    return cell.text.strip() == "0" and (cell.kind == "number" or cell.formula)


def _meaning(cell: Cell) -> str:
    """What an answer means; `uncomputed` for a formula of which the file has no value."""
    if cell.uncomputed or cell.withdrawn:
        return "uncomputed" if cell.uncomputed else "struck"
    return "blank" if is_zero(cell) else meaning_of(cell.text)


def _lost(cell: Cell) -> str:
    """Why nothing can be read of remarks that there are; '' where it is otherwise."""
    why = "uncomputed" if cell.uncomputed else "struck" if cell.withdrawn else ""
    return f"remark-{why}" if why else ""


def named(form: Form, rulebook: str, unnamed: str) -> Service:
    """A service of which the form's fields tell the names, and nothing else is known."""
    provider = field(form, "provider")
    return Service(
        service=Text({"": field(form, "service") or unnamed}),
        provider=Text({"": provider}) if provider else None,
        rulebook=(Ref(rulebook, NOWHERE),),
    )


def field(form: Form, name: Field) -> str:
    """The text of a field; that of a zero which shows that nothing is there is none."""
    at = form.fields.get(name)
    return "" if at is None or is_zero(at.cell) else " ".join(at.cell.text.split())
