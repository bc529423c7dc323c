"""cloudrules whatif SCENARIO: its variants side by side."""

from __future__ import annotations

import click

from cloudrules.cli.common import BASES, FORMAT, LANG, ON, day, library_of, options, show
from cloudrules.cli.words import Command, language


@click.command("whatif", cls=Command)
@click.argument("scenario")
@options(FORMAT, LANG, ON, BASES)
def command(scenario: str, form: str, on: str, bases: tuple[str, ...]) -> int:
    from cloudrules.cli.receipts import made
    from cloudrules.cli.scenarios import answered
    from cloudrules.render import json

    library = library_of(bases)
    read, head, base, answers = answered(scenario, library, day(on))
    tongue = language()
    show(
        form,
        lambda: json.whatif(answers, head),
        lambda to, s: to.whatif(base, answers, head, read.scenario, tongue, **s),
        receipt=lambda: made(head.on, head.readings, library.sums),
    )
    return 1 if any(answer.failures for answer in answers) else 0
