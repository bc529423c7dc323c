"""cloudrules form check FORM: whether a form's answers follow from what it claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cloudrules.cli.common import BASES, LANG, ON, choice, deliver, options
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
    ON,
    SHEET,
    BASES,
)
def command(
    form: str,
    shape: str,
    service: str | None,
    rulebook: str | None,
    on: str | None,
    sheets: tuple[str, ...],
    bases: tuple[str, ...],
) -> int:
    from cloudrules.cli.receipts import made
    from cloudrules.core import follow
    from cloudrules.files.form import replies
    from cloudrules.render import form_told
    from cloudrules.render.json import dumps

    choice("--format", shape, ("text", "json"))
    lang = language()
    given = returned(form, rulebook, on, sheets, bases)
    base = replies.named(given.form, given.named, "?")
    held = _held(service, given.sums) if service else None
    checked = follow.check(given.rulebook, given.replies, base, given.on, held)
    if shape == "json":
        name = (held or base).service.in_(lang)
        answer = form_told.check_json(name, checked, lang)
        taken = checked.assessment.situation.readings
        deliver(dumps({**answer, "receipt": made(given.on, taken, given.sums)}), None)
    else:
        deliver(form_told.check_text(form, checked, len(given.replies), lang), None)
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
