"""cloudrules timeline SERVICE: the verdict day by day, and what must be renewed by when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import FORCE, FORMATS, LANG, OUTPUT, choice, options, show, value
from cloudrules.cli.held import HELD, held
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from cloudrules.cli.held import Held
    from cloudrules.core.timeline import Timeline

FORMS = ("text", "json", "ics", "svg", "markdown")


@click.command("timeline", cls=Command)
@click.argument("service")
@options(
    option("--until", metavar="DATE"),
    option("--format", "form", default="text", metavar="|".join(FORMS)),
    LANG,
    OUTPUT,
    FORCE,
    HELD,
)
def command(
    service: str, until: str | None, form: str, output: str | None, force: bool, **given: Any
) -> int:
    from cloudrules.core import timeline
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.schema import Day
    from cloudrules.files.output import free

    form = choice("--format", form, FORMS)
    last = value("--until", until, Day())
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    asked = held(service, **given)
    asked.spare("-o", output)
    if last and last < asked.on:
        raise BadInput([fault("timeline-early", Place("--until"), until=last, on=asked.on)])
    found = timeline.from_case(asked.only(), last)
    _shown(found, asked, form, output, force)
    return 0 if found.compliant_throughout else 1


def _shown(found: Timeline, asked: Held, form: str, output: str | None, force: bool) -> None:
    tongue, head = language(), asked.head
    if form in FORMATS:
        from cloudrules.render import timeline_json
        from cloudrules.render.pages import timeline as pages

        show(
            form,
            lambda: timeline_json.timeline(found, head),
            lambda to, s: to.drawn(pages.page(found, head, tongue), **s),
            output,
            force=force,
            receipt=asked.receipt,
        )
    elif form == "ics":
        from cloudrules.render import timeline_ics

        deliver(timeline_ics.timeline(found, head, tongue), output, force=force)
    else:
        from cloudrules.render import timeline_svg

        deliver(timeline_svg.timeline(found, head, tongue), output, force=force)
