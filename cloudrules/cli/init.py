"""cloudrules init RULEBOOK: a service file to start from."""

from __future__ import annotations

import click

from cloudrules.cli.answers import say
from cloudrules.cli.common import BASES, FORCE, LANG, OUTPUT, library_of, options, refs
from cloudrules.cli.words import Command, language


@click.command("init", cls=Command)
@click.argument("rulebook")
@options(LANG, OUTPUT, FORCE, BASES)
def command(
    rulebook: str,
    output: str | None,
    force: bool,
    bases: tuple[str, ...],
) -> int:
    from pathlib import Path

    from cloudrules.files.output import write
    from cloudrules.render.template import service_file

    (ref,) = refs("RULEBOOK", [rulebook])
    text = service_file(library_of(bases).rulebook(ref, Path()), language())
    if output in (None, "-"):
        say(text)
    else:
        write(Path(output), text, force=force)
    return 0
