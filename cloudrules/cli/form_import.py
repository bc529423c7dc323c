"""cloudrules form import SHEET: a draft of a rulebook from a city's sheet."""

from __future__ import annotations

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import FORCE, LANG, OUTPUT, options
from cloudrules.cli.forms import warn
from cloudrules.cli.words import Command, language


@click.command("import", cls=Command)
@click.argument("sheet", type=click.Path())
@options(LANG, OUTPUT, FORCE)
def command(sheet: str, output: str | None, force: bool) -> int:
    from pathlib import Path

    from cloudrules.core import drafting, tabular
    from cloudrules.core.errors import BadInput, Place, TooLarge, fault
    from cloudrules.files import grids
    from cloudrules.files.output import free
    from cloudrules.render import draft as page

    path, said = Path(sheet), language()
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    found = tabular.from_grids(grids.read(path))
    if not found.items:
        raise BadInput([fault("form-no-items", Place(sheet))])
    try:
        draft = drafting.from_sheet(found)
    except TooLarge as large:
        most = f"{drafting.MOST[large.what]:,}"
        raise BadInput([fault(f"form-{large.what}", Place(sheet), most=most)]) from None
    deliver(
        page.rulebook_file(draft, page.name_of(path.stem), path.name, said), output, force=force
    )
    warn(page.told(draft.questions, sheet, said))
    return 1 if draft.questions else 0
