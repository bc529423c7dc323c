"""cloudrules form check FORM: whether a form's answers follow from what it claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import BASES, LANG, ON, choice, options
from cloudrules.cli.forms import RULEBOOK, SHEET, returned
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from pathlib import Path

    from cloudrules.core.service import Service


@click.command("check", cls=Command)
@click.argument("form", metavar="FORM")
@options(
    LANG,
    option("--format", "shape", default="text", metavar="text|json"),
    option("--service", metavar="SERVICE"),
    RULEBOOK,
    option("--reading", "readings", multiple=True, metavar="ID=OPTION"),
    ON,
    SHEET,
    BASES,
)
def command(
    form: str,
    shape: str,
    service: str | None,
    rulebook: str | None,
    readings: tuple[str, ...],
    on: str | None,
    sheets: tuple[str, ...],
    bases: tuple[str, ...],
) -> int:
    from dataclasses import replace

    from cloudrules.cli.held import taken
    from cloudrules.cli.receipts import made
    from cloudrules.core import follow
    from cloudrules.core.errors import BadInput, Fault
    from cloudrules.files.form import replies
    from cloudrules.render import form_checked
    from cloudrules.render.form_phrases import SERVICE
    from cloudrules.render.json import dumps
    from cloudrules.render.words import pick

    choice("--format", shape, ("text", "json"))
    lang = language()
    given = returned(form, rulebook, on, sheets, bases)
    faults: list[Fault] = []
    read_as = taken(readings, faults)
    if faults:
        raise BadInput(faults)
    unnamed = pick(SERVICE["unnamed"], lang)
    base = replace(replies.named(given.form, given.named, unnamed), readings=read_as)
    held = _held(service, given.sums) if service else None
    checked = follow.check(given.rulebook, given.replies, base, given.on, held, given.printed)
    if shape == "json":
        answer = form_checked.json(checked, lang)
        receipt = made(given.on, checked.assessment.situation.readings, given.sums)
        deliver(dumps({**answer, "receipt": receipt}), None)
    else:
        deliver(form_checked.text(form, checked, given.replies, lang), None)
    return 0 if checked.good else 1


def _held(path: str, sums: dict[Path, str]) -> Service:
    """The service of a file. Raises BadInput with all that is wrong with it."""
    from cloudrules.cli.common import read
    from cloudrules.core.errors import BadInput, Fault
    from cloudrules.core.service import Service

    faults: list[Fault] = []
    found, _ = read(Service, path, faults, sums)
    if faults:
        raise BadInput(faults)
    return found
