"""cloudrules check RULEBOOK...: what is wrong with rules, each finding proved."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cloudrules.cli.answers import colour, deliver, width
from cloudrules.cli.common import (
    BASES,
    FORCE,
    LANG,
    ON,
    OUTPUT,
    choice,
    day,
    library_of,
    near,
    options,
    refs,
    rulebooks_of,
    seconds,
    service_name,
)
from cloudrules.cli.held import taken
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.checking import Means
    from cloudrules.core.errors import Fault
    from cloudrules.core.findings import Checked
    from cloudrules.core.problem import Clock
    from cloudrules.core.rulebook import Readings, Rulebook
    from cloudrules.files.library import Library
    from cloudrules.render.pages.check import Report

SECONDS = "60"
FORMS = ("text", "json", "sarif", "github")
LEVELS = ("error", "warning", "note", "never")


@click.command("check", cls=Command)
@click.argument("rulebook", nargs=-1, required=True)
@options(
    option("--format", "form", default="text", metavar="|".join(FORMS)),
    LANG,
    option("--all-readings", is_flag=True),
    option("--reading", "readings", multiple=True, metavar="ID=OPTION"),
    ON,
    option("--fail-level", default="error", metavar="|".join(LEVELS)),
    option("--skip-others", is_flag=True),
    option("--witness", "witnesses", metavar="DIR", type=click.Path()),
    option("--solver", default="auto", metavar="NAME"),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    OUTPUT,
    FORCE,
    BASES,
)
def command(
    rulebook: tuple[str, ...],
    form: str,
    all_readings: bool,
    readings: tuple[str, ...],
    on: str | None,
    fail_level: str,
    skip_others: bool,
    witnesses: str | None,
    solver: str,
    time_limit: str,
    output: str | None,
    force: bool,
    bases: tuple[str, ...],
) -> int:
    from cloudrules.cli.progress import clock
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.files.output import free
    from cloudrules.solvers import SOLVERS

    form = choice("--format", form, FORMS)
    level = choice("--fail-level", fail_level, LEVELS)
    choice("--solver", solver, tuple(SOLVERS))
    span, asked = seconds("--time-limit", time_limit), day(on)
    if all_readings and readings:
        raise BadInput([fault("check-readings", Place("--reading"))])
    if witnesses == "":
        raise BadInput([fault("folder-missing", Place("--witness"), path="")])
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    library = library_of(bases)
    wanted = [each for each in rulebook if not (skip_others and _is_other(each))]
    books = _rulebooks(wanted, library, asked)
    chosen = [None if all_readings else given for given in _readings(books, readings, asked)]
    with clock(span, language()) as timed:
        means = _means(solver, timed)
        reports = [_report(book, each, means) for book, each in zip(books, chosen, strict=True)]
    if witnesses is not None:
        _write(reports, Path(witnesses), force)
    text = _data(reports, asked, library) if form == "json" else _drawn(form, reports, output)
    deliver(text, output, force=force)
    return 1 if any(_fails(report.checked, level) for report in reports) else 0


def _fails(checked: Checked, level: str) -> bool:
    """Whether there is a finding at a level or above it, or may be one that is not decided."""
    from cloudrules.core.findings import RULES

    worst = LEVELS[: LEVELS.index(level) + 1] if level != "never" else ()
    found = [finding.severity for finding in checked.findings]
    return any(each in worst for each in (*found, *(RULES[rule] for rule, _ in checked.undecided)))


def _is_other(name: str) -> bool:
    """Whether a name is that of a file that says it is of another kind."""
    from cloudrules.files.library import declares, is_file

    path = Path(name)
    return is_file(path) and declares(path)[0] not in ("", "rulebook")


def _rulebooks(names: Sequence[str], library: Library, asked: date) -> list[Rulebook]:
    """The rulebooks named, each on the date, or on its own day nearest to it. Raises BadInput."""
    books = rulebooks_of(library, refs("RULEBOOK", names), Path())
    return [book.on(book.in_force.nearest(asked)) for book in books]


def _readings(books: Sequence[Rulebook], given: Sequence[str], asked: date) -> list[Readings]:
    """The readings of each rulebook, with the options given. Raises BadInput."""
    from cloudrules.core.errors import BadInput
    from cloudrules.core.schema import Text
    from cloudrules.core.service import Service
    from cloudrules.core.situation import Known, from_service

    faults: list[Fault] = []
    nobody = Service(service=Text({"": ""}), readings=taken(given, faults))
    known = Known(books)
    found: list[Readings] = []
    for book in books:
        try:
            found.append(from_service(book, nobody, asked, known).readings)
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return found


def _means(solver: str, timed: Clock) -> Means:
    from cloudrules.core.checking import Means
    from cloudrules.solvers import named, prover

    # Whichever of two racing solvers ends first decides which of several smallest witnesses is
    # shown; clingo alone shows the same one every time.
    smallest = named("clingo" if solver == "auto" else solver)
    return Means(lambda universe: prover(solver, universe), smallest, timed)


def _report(book: Rulebook, readings: Readings | None, means: Means) -> Report:
    from cloudrules.core import checking
    from cloudrules.files.source import document
    from cloudrules.render.pages.check import Report

    checked = checking.from_rulebook(book, readings, means, document(book))
    assert book.day is not None
    return Report(checked, service_name(book), readings, book.day, near)


def _write(reports: Sequence[Report], folder: Path, force: bool) -> None:
    """Each witness as the file of a service."""
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.files.output import free, write
    from cloudrules.render.witness_files import from_report

    shown = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Paths that start from a folder start from where it is, not from a link to it.
        folder = folder.resolve()
    except OSError as error:
        place, said = Place("--witness"), error.strerror or "?"
        raise BadInput([fault("output", place, path=str(folder), said=said)]) from None
    files: dict[str, str] = {}
    for report in reports:
        path = Path(report.checked.rulebook.place.file)
        inside = report.named != near(str(path))
        named = report.named if inside else os.path.relpath(path, folder)
        several = len(reports) > 1
        files.update(from_report(report, named, files, language(), prefix=several))
    for name in files:
        free(shown / name, force=force)
    for name, text in files.items():
        write(shown / name, text, force=force)


def _data(reports: Sequence[Report], asked: date, library: Library) -> str:
    from cloudrules.cli.receipts import made
    from cloudrules.render.check_json import checks
    from cloudrules.render.json import dumps

    every = any(report.readings is None for report in reports)
    taken = {name: it for report in reports for name, it in (report.readings or {}).items()}
    receipt = made(asked, "all" if every else taken, library.sums)
    return dumps({**checks(reports, language()), "receipt": receipt})


def _drawn(form: str, reports: Sequence[Report], output: str | None) -> str:
    tongue = language()
    if form == "sarif":
        from cloudrules.render import sarif

        return sarif.dumps(reports, tongue)
    if form == "github":
        from cloudrules.render import github

        return github.commands(reports, tongue)
    from cloudrules.render.pages.check import page
    from cloudrules.render.text import drawn

    seen = output in (None, "-")
    return drawn(page(reports, tongue), seen and colour(), width() if seen else 100)
