"""cloudrules diff A B: do two rulebooks ever disagree, and about what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cloudrules.cli.common import (
    BASES,
    FORCE,
    FORMAT,
    LANG,
    ON,
    OUTPUT,
    choice,
    day,
    library_of,
    near,
    options,
    refs,
    seconds,
    show,
)
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from cloudrules.core.affected import Answered
    from cloudrules.core.errors import Fault
    from cloudrules.core.joint import Sides
    from cloudrules.core.rulebook import Readings, Rulebook
    from cloudrules.core.service import Service

SECONDS = "60"


@click.command("diff", cls=Command)
@click.argument("a")
@click.argument("b")
@options(
    FORMAT,
    LANG,
    option("--reading", "readings", multiple=True, metavar="ID=OPTION"),
    option("--reading-b", "readings_b", multiple=True, metavar="ID=OPTION"),
    ON,
    option("--services", metavar="DIR", type=click.Path()),
    option("--solver", default="auto", metavar="NAME"),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    OUTPUT,
    FORCE,
    BASES,
)
def command(
    a: str,
    b: str,
    form: str,
    readings: tuple[str, ...],
    readings_b: tuple[str, ...],
    on: str | None,
    services: str | None,
    solver: str,
    time_limit: str,
    output: str | None,
    force: bool,
    bases: tuple[str, ...],
) -> int:
    from cloudrules.cli.common import FORMATS
    from cloudrules.cli.progress import clock
    from cloudrules.cli.receipts import made
    from cloudrules.core import difference, revision
    from cloudrules.core.errors import BadInput
    from cloudrules.files.output import free
    from cloudrules.render import difference_json
    from cloudrules.solvers import SOLVERS, named, prover

    choice("--format", form, FORMATS)
    choice("--solver", solver, tuple(SOLVERS))
    span, asked = seconds("--time-limit", time_limit), day(on)
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    library = library_of(bases)
    read = None if services is None else list(_read(services, library.sums))
    one, two = _rulebooks(a, b, library, asked)
    taken = _readings(one, two, readings, readings_b)
    with clock(span, language()) as timed:
        found = difference.from_rulebooks(
            one, two, taken, lambda universe: prover(solver, universe), named(solver), timed
        )
    changes = list(revision.from_sides(found.sides))
    answered = None if read is None else _answered(read, found.sides, asked)
    tongue = language()
    show(
        form,
        lambda: difference_json.difference(found, changes, answered, near),
        lambda to, s: to.difference(found, changes, answered, asked, tongue, **s),
        output,
        force=force,
        receipt=lambda: made(asked, dict(zip("ab", taken, strict=True)), library.sums),
    )
    if faults := [fault for each in answered or () for fault in each.faults]:
        raise BadInput(faults)  # what could be answered has been
    same = found.equivalent and not any(
        each.answer and each.answer.changed for each in answered or ()
    )
    return 0 if same else 1


def _rulebooks(a: str, b: str, library: Any, asked: date) -> tuple[Rulebook, Rulebook]:
    """Both rulebooks on the date, or on their own day nearest to it. Raises BadInput."""
    from cloudrules.core.errors import BadInput

    faults: list[Fault] = []
    found: list[Rulebook] = []
    for name, given in (("A", a), ("B", b)):
        try:
            (ref,) = refs(name, [given])
            book: Rulebook = library.rulebook(ref, Path())
            found.append(book.on(book.in_force.nearest(asked)))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return found[0], found[1]


def _readings(
    a: Rulebook, b: Rulebook, both: Sequence[str], own: Sequence[str]
) -> tuple[Readings, Readings]:
    """The readings of both sides. Raises BadInput.

    `both` holds for either rulebook, so far as it has such readings; `own` is B's alone, and wins.
    """
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.schema import Ref, Text
    from cloudrules.core.service import Service
    from cloudrules.core.situation import Known, from_service

    faults: list[Fault] = []

    def pairs(name: str, given: Sequence[str]) -> dict[Ref, Ref]:
        split, place = [pair.partition("=") for pair in given], Place(name)
        odd = ["".join(each) for each in split if not all(each)]
        faults.extend(fault("option-pair", place, found=each) for each in odd)
        return {Ref(x.strip(), place): Ref(y.strip(), place) for x, sign, y in split if sign}

    def taken(book: Rulebook, options: dict[Ref, Ref], known: Sequence[Rulebook]) -> Readings:
        service = Service(service=Text({"": ""}), readings=options)
        try:
            return from_service(book, service, book.day or date.min, Known(known)).readings
        except BadInput as error:
            faults.extend(error.faults)
            return {}

    general, special = pairs("--reading", both), pairs("--reading-b", own)
    for ref, option_ in special.items():
        taken(b, {ref: option_}, [b])  # nothing but B may know it
    stated = {ref.name for ref in special}
    rest = {ref: each for ref, each in general.items() if ref.name not in stated}
    found = taken(a, general, [a, b]), taken(b, {**rest, **special}, [a, b])
    if faults:
        raise BadInput(faults)
    return found


def _read(folder: str, sums: dict[Path, str]) -> Iterator[tuple[Path, Service | None, list[Fault]]]:
    """The services of a folder; see `files.services` for `sums`.

    Raises BadInput where there are none.
    """
    from cloudrules.files.services import services

    (ref,) = refs("--services", [folder])
    return services(ref, sums)


def _answered(
    read: Sequence[tuple[Path, Service | None, list[Fault]]], sides: Sides, asked: date
) -> list[Answered]:
    """Each service with its answer, or with what is wrong with it."""
    from cloudrules.core import affected
    from cloudrules.core.affected import Answered
    from cloudrules.core.errors import BadInput

    found: list[Answered] = []
    for path, service, faults in read:
        answer, wrong = None, list(faults)
        if service is not None:
            try:
                answer = affected.from_service(sides, service, asked)
            except BadInput as error:
                wrong += error.faults
        found.append(Answered(str(path), None if wrong else answer, tuple(wrong)))
    return found
