"""cloudrules test PATH...: whether scenarios come out as they expect, and how much they show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from cloudrules.cli.common import (
    BASES,
    FORMAT,
    FORMATS,
    LANG,
    ON,
    choice,
    day,
    library_of,
    near,
    options,
    seconds,
    service_name,
    show,
)
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from fractions import Fraction

    from cloudrules.core.checking import Means
    from cloudrules.core.noticing import Told
    from cloudrules.core.problem import Clock
    from cloudrules.files.library import Library
    from cloudrules.render.pages.coverage import Measured

SECONDS = "600"


@click.command("test", cls=Command)
@click.argument("path", nargs=-1, required=True)
@options(
    FORMAT,
    LANG,
    option("--coverage", is_flag=True),
    option("--mutants", is_flag=True),
    option("--fail-under", metavar="PERCENT"),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    ON,
    BASES,
)
def command(
    path: tuple[str, ...],
    form: str,
    coverage: bool,
    mutants: bool,
    fail_under: str | None,
    time_limit: str,
    on: str | None,
    bases: tuple[str, ...],
) -> int:
    from cloudrules.cli.progress import clock
    from cloudrules.cli.receipts import made
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.render import json
    from cloudrules.render.head import VariantOutcome

    choice("--format", form, FORMATS)
    least, span = _least(fail_under), seconds("--time-limit", time_limit)
    if least is not None and not (coverage or mutants):
        raise BadInput([fault("fail-under", Place("--fail-under"))])
    library, today, tongue = library_of(bases), day(on), language()
    told = _told(path, library, today)
    cases = [
        VariantOutcome(each.file, _name(each, form, tongue), each.answer.failures) for each in told
    ]
    found: Measured | None = None
    if coverage or mutants:
        with clock(span, tongue) as timed:
            found = _measured(told, today, _means(timed), coverage=coverage, mutants=mutants)
    show(
        form,
        lambda: json.outcomes(cases, found),
        lambda to, s: to.outcomes(cases, tongue, found, **s),
        receipt=lambda: made(today, {}, library.sums),
    )
    enough = found is None or least is None or all(share >= least for share in found.shares)
    return 0 if enough and all(case.passed for case in cases) else 1


def _name(told: Told, form: str, tongue: str) -> str:
    name = told.answer.name
    return name.source if form == "json" else name.in_(tongue)


def _least(text: str | None) -> Fraction | None:
    """The least share that is asked for. Raises BadInput."""
    from cloudrules.core.entry import normal
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.figures import percent

    if text is None:
        return None
    found = percent(normal(text))
    if found is None:
        raise BadInput([fault("percent", Place("--fail-under"), found=text)])
    return found / 100


def _told(path: Sequence[str], library: Library, today: date) -> list[Told]:
    """The variants of all scenarios, answered. Raises BadInput with all that is wrong."""
    from cloudrules.cli.scenarios import answered
    from cloudrules.core.errors import BadInput, Fault
    from cloudrules.core.noticing import Told
    from cloudrules.files.library import scenario_files

    told: list[Told] = []
    faults: list[Fault] = []
    for file in map(str, scenario_files(path)):
        try:
            _, _, base, answers = answered(file, library, today)
            told += [Told(file, answer, base) for answer in answers]
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return told


def _measured(
    told: Sequence[Told], today: date, means: Means, *, coverage: bool, mutants: bool
) -> Measured:
    """What the scenarios show of each rulebook that they name."""
    from cloudrules.cli.scenarios import means_of
    from cloudrules.core import coverage as shown
    from cloudrules.core import mutants as noticed
    from cloudrules.core import noticing
    from cloudrules.render.pages.coverage import Measured

    books = noticing.rulebooks(told)
    watches = [noticing.Watch(book, told, means_of(lambda *_: [], today)) for book in books]
    counted = [noticed.elsewhere(book, books) for book in books]
    each = list(zip(watches, counted, strict=True))
    return Measured(
        [shown.from_watch(*one, means) for one in each] if coverage else None,
        [noticed.from_watch(*one, means) for one in each] if mutants else None,
        near,
        service_name,
    )


def _means(timed: Clock) -> Means:
    from cloudrules.core.checking import Means
    from cloudrules.solvers import named, prover

    # Of several smallest services clingo shows the same one every time.
    return Means(lambda universe: prover("auto", universe), named("clingo"), timed)
