"""What a form itself says in the rows of items: their texts, and whether they are mandatory."""

from __future__ import annotations

from cloudrules.core import printed
from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.printed import Line, Need, Printed, Said
from cloudrules.core.rulebook import Rulebook
from cloudrules.files.form.at import At
from cloudrules.files.form.layout import Form
from cloudrules.files.form.words import bare

# What says nothing but the need: 必須(1.7の場合不要) says more.
_NEEDS: dict[Need, str] = {
    "mandatory": "必須 必須要件 必須項目 mandatory required must",
    "optional": "任意 任意要件 任意項目 推奨 推奨要件 推奨項目 optional recommended should",
}
_NEED = {bare(word): need for need, words in _NEEDS.items() for word in words.split()}


def read(form: Form, rulebook: Rulebook) -> Printed:
    """What the form says, held against the rulebook."""
    lines = [
        Line(
            row.item,
            tuple(map(_said, row.texts)),
            _said(row.need) if row.need else None,
            need_of(row.need),
        )
        for row in form.rows.values()
    ]
    strays = [Said(str(at), number) for number, at in form.strays]
    return printed.from_lines(rulebook, lines, strays)


def same_checklist(form: Form, rulebook: Rulebook, found: Printed, code: str) -> None:
    """Raises BadInput, by this code, where the form is of another checklist."""
    if found.foreign:
        first = next(iter(found.others.values()))
        values = {"n": len(found.others), "of": found.compared, "cell": first.cell}
        values |= {"said": first.said, "own": first.own, "rulebook": rulebook.id}
        raise BadInput([fault(code, Place(form.book.file), **values)])


def need_of(at: At | None) -> Need | None:
    """The need that a cell tells, where it is clear."""
    return _NEED.get(bare(at.cell.text)) if at else None


def _said(at: At) -> Said:
    return Said(str(at), at.cell.text)
