"""cloudrules assess SERVICE: the checklist filled in, and the verdict."""

from __future__ import annotations

from typing import Any

import click

from cloudrules.cli.common import FORMAT, LANG, options, show
from cloudrules.cli.held import HELD, held
from cloudrules.cli.words import Command, language, option


@click.command("assess", cls=Command)
@click.argument("service")
@options(FORMAT, LANG, option("--all-readings", is_flag=True), HELD)
def command(service: str, form: str, all_readings: bool, **given: Any) -> int:
    from cloudrules.core import assessment
    from cloudrules.render import json

    asked = held(service, **given)
    tongue, head = language(), asked.head
    if all_readings or len(asked.cases) > 1:
        found = [case.in_all_readings() if all_readings else case.alone() for case in asked.cases]
        worlds = assessment.together(found)
        show(
            form,
            lambda: json.worlds(worlds, head),
            lambda to, s: to.worlds(worlds, head, tongue, **s),
            receipt=asked.receipt,
        )
        return 0 if worlds.verdict == "always" else 1
    answer = asked.only().assessed()
    show(
        form,
        lambda: json.assess(answer, head),
        lambda to, s: to.assessment(answer, head, tongue, **s),
        receipt=asked.receipt,
    )
    return 0 if answer.compliant else 1
