"""cloudrules form fill FORM SERVICE -o FILE: a service's answers written into a city's form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from cloudrules.cli.common import FORCE, LANG, options
from cloudrules.cli.forms import SHEET, warn
from cloudrules.cli.held import HELD, held
from cloudrules.cli.words import Command, language, option


@click.command("fill", cls=Command)
@click.argument("form", metavar="FORM")
@click.argument("service", metavar="SERVICE")
@options(LANG, option("-o", "--output", required=True, metavar="FILE", type=click.Path()), FORCE)
@options(HELD, SHEET, option("--by", "writer", metavar="NAME"))
def command(
    form: str,
    service: str,
    output: str,
    force: bool,
    sheets: tuple[str, ...],
    writer: str | None,
    **asked: object,
) -> int:
    from cloudrules.core import form as filled_form
    from cloudrules.files.excel import cells, workbook
    from cloudrules.files.form import layout
    from cloudrules.files.form.filling import Filling, not_held, same_service, written
    from cloudrules.files.form.words import Field
    from cloudrules.files.output import free, write
    from cloudrules.render import form as words
    from cloudrules.render import form_told

    if output != "-":
        free(Path(output), force=force)
    given = held(service, **asked)  # type: ignore[arg-type]
    given.spare("--output", output)
    case = given.only()
    lang = language()
    book = workbook.open(Path(form))
    found = layout.find(book, filled_form.every_item(case.rulebook), sheets)
    if not force:
        same_service(found, given.service)
    filled = filled_form.from_case(case, given.service, set(found.rows))
    filling = Filling(found, force)
    remarks = words.remarks(filled, lang)
    for row in filled.rows:
        filling.answer(row.answer.id, words.answer(row.status, lang))
        filling.remark(row.answer.id, remarks[row.answer.id])
    for name, text in words.fields(given.service, given.on, writer, lang).items():
        filling.field(cast(Field, name), text)
    data = cells.written(book, filling.texts)
    if output == "-":
        sys.stdout.buffer.write(data)
    else:
        write(Path(output), data, force=force)
    told = [*form_told.all_told(((each.code, each.values) for each in filling.told), lang)]
    told += form_told.left(filled, found.rows, lang)
    warn([*(f"{form}: {line}" for line in told)])
    warn(form_told.left_out(given.service, not_held(filled, lang), lang))
    warn([form_told.told("written", {"cells": str(written(filling.texts)), "path": output}, lang)])
    return 1 if told else 0
