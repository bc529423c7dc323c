"""cloudrules form fill FORM SERVICE -o FILE: a service's answers written into a city's form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import FORCE, LANG, options
from cloudrules.cli.forms import SHEET, ended, ending, tell_unseen, warn
from cloudrules.cli.held import HELD, Held, held
from cloudrules.cli.words import Command, chosen, language, option

if TYPE_CHECKING:
    from collections.abc import Collection

    from cloudrules.core.form import Filled
    from cloudrules.files.form.filling import Filling
    from cloudrules.files.form.layout import Form


@click.command("fill", cls=Command)
@click.argument("form", metavar="FORM")
@click.argument("service", metavar="SERVICE")
@options(LANG, option("-o", "--output", required=True, metavar="FILE", type=click.Path()), FORCE)
@options(HELD, SHEET, option("--by", "writer", metavar="NAME"), option("--fit-rows", is_flag=True))
def command(
    form: str,
    service: str,
    output: str,
    force: bool,
    sheets: tuple[str, ...],
    writer: str | None,
    fit_rows: bool,
    **asked: object,
) -> int:
    from cloudrules.core import form as filled_form
    from cloudrules.files.excel import cells, workbook
    from cloudrules.files.form import layout, printed, rows
    from cloudrules.files.form.filling import (
        language_of,
        misread,
        no_sample,
        same_service,
        written,
    )
    from cloudrules.files.output import free
    from cloudrules.render import form_told, row_height
    from cloudrules.render.form_lines import findings

    if output != "-":
        free(Path(output), force=force)
    given = held(service, **asked)  # type: ignore[arg-type]
    given.spare("--output", output)
    case = given.only()
    lang = language()
    book = workbook.open(Path(form))
    if output != "-":
        ended(Path(output), book.ending or ending(Path(form)))
    found = layout.find(book, filled_form.every_item(case.rulebook), sheets)
    tell_unseen(found)
    if not sheets:
        no_sample(found)
    said = printed.read(found, case.rulebook)
    if not force:
        printed.same_checklist(found, case.rulebook, said, "form-apart-fill")
        same_service(found, given.service)
    filled = filled_form.from_case(case, given.service, set(found.rows))
    own = chosen() or language_of(found)
    left = () if force else said.others
    filling = _filling(found, filled, given, writer, own, left, force=force)
    fitted = rows.fitted(book, filling.texts, row_height, fit_rows)
    deliver(cells.written(book, filling.texts, fitted.heights), output, force=force)
    told = [*findings(said.findings(filled.assessment), case.rulebook, lang)]
    told += form_told.apart(left, case.rulebook, lang)
    told += form_told.all_told(((each.code, each.values) for each in filling.told), lang)
    told += form_told.left(filled, found.rows, lang)
    warn([*(f"{form}: {line}" for line in told)])
    notes = [form_told.told(code, {}, lang) for code in ("signed", "stale") if getattr(book, code)]
    notes += form_told.cut({"cut": fitted.cut, "tall": fitted.tall}, lang)
    warn(f"{form}: {line}" for line in notes)
    warn(form_told.left_out(given.service, misread(filled, own), lang))
    warn([form_told.told("written", {"cells": str(written(filling.texts)), "path": output}, lang)])
    return 1 if told else 0


def _filling(
    form: Form,
    filled: Filled,
    given: Held,
    writer: str | None,
    language: str,
    left: Collection[str],
    *,
    force: bool,
) -> Filling:
    """What is written into the form, in its language; nothing into the rows that are left."""
    from cloudrules.files.form.filling import Filling
    from cloudrules.files.form.words import Field
    from cloudrules.render import form as words

    filling = Filling(form, force)
    remarks = words.remarks(filled, language)
    for row in (each for each in filled.rows if each.answer.id not in left):
        filling.answer(row.answer.id, words.answer(row.status, language))
        filling.remark(row.answer.id, remarks[row.answer.id])
    for name, text in words.fields(given.service, given.on, writer, language).items():
        filling.field(cast(Field, name), text)
    return filling
