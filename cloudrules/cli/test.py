"""cloudrules test PATH...: whether scenarios come out as they expect."""

from __future__ import annotations

import click

from cloudrules.cli.common import BASES, FORMAT, LANG, ON, day, library_of, options, show
from cloudrules.cli.words import Command, language


@click.command("test", cls=Command)
@click.argument("path", nargs=-1, required=True)
@options(FORMAT, LANG, ON, BASES)
def command(
    path: tuple[str, ...],
    form: str,
    on: str,
    bases: tuple[str, ...],
) -> int:
    from cloudrules.cli.scenarios import answered
    from cloudrules.core.errors import BadInput, Fault
    from cloudrules.files.library import scenario_files
    from cloudrules.render import json
    from cloudrules.render.head import VariantOutcome

    library, today = library_of(bases), day(on)
    tongue = language()
    cases: list[VariantOutcome] = []
    faults: list[Fault] = []
    for file in map(str, scenario_files(path)):
        try:
            for answer in answered(file, library, today)[3]:
                name = answer.name.source if form == "json" else answer.name.in_(tongue)
                cases.append(VariantOutcome(file, name, answer.failures))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    show(form, lambda: json.outcomes(cases), lambda to, s: to.outcomes(cases, tongue, **s))
    return 0 if all(case.passed for case in cases) else 1
