"""cloudrules form read FORM: a filled form as a service file."""

from __future__ import annotations

import click

from cloudrules.cli.common import BASES, FORCE, LANG, ON, OUTPUT, deliver, options
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
    from cloudrules.core import reply
    from cloudrules.files.form import replies
    from cloudrules.render import form_told
    from cloudrules.render.form_phrases import SERVICE
    from cloudrules.render.words import pick

    lang = language()
    spare("--output", output, form)
    given = returned(form, rulebook, on, sheets, bases)
    base = replies.named(given.form, given.named, pick(SERVICE["unnamed"], lang))
    read = reply.read(given.rulebook, given.replies, base, given.on)
    deliver(form_told.service_file(read, form, lang), output, force=force)
    warn(f"{form}: {form_told.finding(each, lang)}" for each in read.doubts)
    warn(f"{form}: {line}" for line in form_told.taken(read, lang))
    return 1 if read.doubts else 0
