"""cloudrules form read FORM: a filled form as a service file."""

from __future__ import annotations

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import BASES, FORCE, LANG, ON, OUTPUT, options
from cloudrules.cli.forms import RULEBOOK, SHEET, returned, spare, warn
from cloudrules.cli.words import Command, language


@click.command("read", cls=Command)
@click.argument("form", metavar="FORM")
@options(LANG, OUTPUT, FORCE, RULEBOOK, ON, SHEET, BASES)
def command(
    form: str,
    output: str | None,
    force: bool,
    rulebook: str | None,
    on: str | None,
    sheets: tuple[str, ...],
    bases: tuple[str, ...],
) -> int:
    from cloudrules.core import hearing
    from cloudrules.files.form import replies
    from cloudrules.render import form_told
    from cloudrules.render.form_lines import findings
    from cloudrules.render.form_phrases import SERVICE
    from cloudrules.render.words import pick

    lang = language()
    spare("--output", output, form)
    given = returned(form, rulebook, on, sheets, bases)
    base = replies.named(given.form, given.named, pick(SERVICE["unnamed"], lang))
    read = hearing.read(given.rulebook, given.replies, base, given.on, given.printed)
    fields = {name: replies.field(given.form, name) for name in ("day", "writer")}
    deliver(form_told.service_file(read, form, fields, lang), output, force=force)
    told = findings((*read.apart, *read.doubts), given.rulebook, lang)
    warn(f"{form}: {line}" for line in told)
    warn(f"{form}: {line}" for line in form_told.taken(read, lang))
    return 1 if read.doubts or read.apart else 0
