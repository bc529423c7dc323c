"""cloudrules schema KIND: the JSON Schema of a kind of file, for editors."""

from __future__ import annotations

import click

from cloudrules.cli.answers import say
from cloudrules.cli.common import FORCE, LANG, OUTPUT, choice, options
from cloudrules.cli.words import Command


@click.command("schema", cls=Command)
@click.argument("kind")
@options(LANG, OUTPUT, FORCE)
def command(kind: str, output: str | None, force: bool) -> int:
    from pathlib import Path

    from cloudrules.core.record import document
    from cloudrules.files.library import KINDS
    from cloudrules.files.output import write
    from cloudrules.render.json import dumps

    name = choice("KIND", kind, tuple(KINDS))
    text = dumps(document(name, KINDS[name]))
    if output in (None, "-"):
        say(text)
    else:
        write(Path(output), text, force=force)
    return 0
