"""cloudrules rule [CODE]: what a finding of check means, with an example of it."""

from __future__ import annotations

import click

from cloudrules.cli.common import FORCE, FORMAT, LANG, OUTPUT, choice, options, show
from cloudrules.cli.words import Command, language

ALL = "all"


@click.command("rule", cls=Command)
@click.argument("code", required=False)
@options(FORMAT, LANG, OUTPUT, FORCE)
def command(code: str | None, form: str, output: str | None, force: bool) -> int:
    from cloudrules.core.findings import RULES
    from cloudrules.render import rule_pages

    said = language()
    codes = list(RULES)
    if code is None:
        blocks = rule_pages.listing(said)
    else:
        code = choice("CODE", code, (*RULES, ALL))
        blocks = rule_pages.document(said) if code == ALL else rule_pages.page(code, said)
        codes = codes if code == ALL else [code]
    show(
        form,
        lambda: rule_pages.data(codes, said),
        lambda renderer, settings: renderer.drawn(blocks, **settings),
        output,
        force=force,
    )
    return 0
