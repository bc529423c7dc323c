"""cloudrules form new RULEBOOK: the blank form that the city would send out."""

from __future__ import annotations

import click

from cloudrules.cli.common import BASES, FORCE, LANG, ON, OUTPUT, day, library_of, options, refs
from cloudrules.cli.forms import ended, warn
from cloudrules.cli.words import Command, chosen, language


@click.command("new", cls=Command)
@click.argument("rulebook")
@options(ON, LANG, OUTPUT, FORCE, BASES)
def command(
    rulebook: str, on: str | None, output: str | None, force: bool, bases: tuple[str, ...]
) -> int:
    from pathlib import Path

    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.files.output import free, write
    from cloudrules.render import blank_form, blank_workbook

    if output in (None, "-"):
        raise BadInput([fault("form-output", Place("-o"))])
    path = Path(str(output))
    free(path, force=force)
    ended(path, ".xlsx")
    (ref,) = refs("RULEBOOK", [rulebook])
    book = library_of(bases).rulebook(ref, Path())
    lang = chosen() or blank_form.language_of(book)
    form = blank_form.from_rulebook(book.on(day(on)) if on else book, lang)
    if longest := form.too_long():
        raise BadInput([fault("form-text-long", book.place, id=longest)])
    try:
        content = blank_workbook.from_form(form)
    except ModuleNotFoundError:
        raise BadInput([fault("form-library", Place("form new"))]) from None
    write(path, content, force=force)
    warn(f"{output}: {said}" for said in blank_form.displaced(form, language()))
    return 0
