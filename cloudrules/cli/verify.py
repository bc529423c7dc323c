"""cloudrules verify FILE: whether what a certificate claims is so, or an answer still stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cloudrules.cli.common import BASES, FORCE, FORMAT, LANG, OUTPUT, choice, options, seconds, show
from cloudrules.cli.held import held
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from cloudrules.cli.held import Held
    from cloudrules.core.certificate import Certificate
    from cloudrules.core.checks import Finding
    from cloudrules.core.problem import Clock, Solver
    from cloudrules.files.receipts import Kept

SECONDS = "60"


@click.command("verify", cls=Command)
@click.argument("certificate")
@options(
    FORMAT,
    LANG,
    option("--solver", metavar="NAME"),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    OUTPUT,
    FORCE,
    BASES,
)
def command(
    certificate: str,
    form: str,
    solver: str | None,
    time_limit: str,
    output: str | None,
    force: bool,
    bases: tuple[str, ...],
) -> int:
    from cloudrules.cli.common import FORMATS
    from cloudrules.cli.progress import clock
    from cloudrules.core.checks import PASSED
    from cloudrules.files import receipts
    from cloudrules.files.certificate import read
    from cloudrules.files.opening import regular_only
    from cloudrules.files.output import free
    from cloudrules.render import json

    choice("--format", form, FORMATS)
    span = seconds("--time-limit", time_limit)
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    kept = receipts.read(Path(certificate))
    if kept is not None:
        own = {"--solver": solver, "--knowledge-base": bases}
        odd = [name for name in own if own[name]]
        return _replayed(kept, certificate, span, odd, form, output, force)
    claimed, whole = read(Path(certificate))
    checkers = _checkers(claimed.solver, solver)
    with clock(span, language()) as timed, regular_only():
        found = _findings(claimed, whole, Path(certificate).parent, bases, checkers, timed)
    tongue = language()
    show(
        form,
        lambda: json.verification(claimed, found),
        lambda to, s: to.verification(claimed, found, tongue, **s),
        output,
        force=force,
    )
    return 0 if all(each.status == PASSED for each in found) else 1


def _replayed(
    kept: Kept,
    file: str,
    span: float,
    odd: list[str],
    form: str,
    output: str | None,
    force: bool,
) -> int:
    """Tells what has changed since an answer was made. `odd` are options that do not bear on it.

    Raises BadInput.
    """
    from cloudrules.cli.replay import replayed
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.render.replay_json import replay

    if odd:
        raise BadInput([fault("receipt-options", Place(file), options=", ".join(odd))])
    found = replayed(kept, file, span)
    tongue = language()
    show(
        form,
        lambda: replay(found),
        lambda to, s: to.replay(found, tongue, **s),
        output,
        force=force,
    )
    return 0 if found.same else 1


def _checkers(maker: str, asked: str | None) -> list[Solver]:
    """The solvers that check: none of them is the one that made it. Raises BadInput.

    What any of several may have made is checked by two.
    """
    from importlib.util import find_spec

    from cloudrules.core.certificate import MAKERS
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.solvers import unreduced

    raw = MAKERS["auto"]
    if asked is not None:
        if choice("--solver", asked, raw) == maker:
            raise BadInput([fault("verify-solver", Place("--solver"), id=maker)])
        return [unreduced(asked)]
    other = "cp-sat" if find_spec("ortools") else "python-constraint"
    if maker == "auto":
        return [unreduced(name) for name in dict.fromkeys(("clingo", other))]
    return [unreduced(other if maker == "clingo" else "clingo")]


def _findings(
    claimed: Certificate,
    whole: bool,
    folder: Path,
    bases: tuple[str, ...],
    checkers: list[Solver],
    timed: Clock,
) -> list[Finding]:
    """What came of every check. Nothing that a file holds is told before it is known to be it."""
    from cloudrules.core import verification
    from cloudrules.core.checks import PASSED, failed, passed, unchecked
    from cloudrules.core.errors import BadInput
    from cloudrules.core.problem import OutOfTime
    from cloudrules.files.certificate import named, total

    found = [passed("seal", "whole") if whole else failed("seal", "changed")]
    for name, then in claimed.files.items():
        try:
            timed.check()
        except OutOfTime:
            found.append(unchecked("file", "time", name))
            continue
        now = total(name, folder)
        if now == then:
            found.append(passed("file", "same", name))
        else:
            found.append(failed("file", "other" if now else "absent", name))
    if any(each.status != PASSED for each in found[1:]):
        return [*found, unchecked("rest", "files")]
    try:
        asked, read = _held(claimed, folder, bases)
        books = [named(Path(case.rulebook.place.file), folder) for case in asked.cases]
        if books != list(claimed.question.rulebooks):
            return [*found, failed("inputs", "others", what=", ".join(books))]
        if read != claimed.files:
            odd = ", ".join(sorted(dict(read.items() ^ claimed.files.items())))
            return [*found, failed("inputs", "others", what=odd)]
        found.append(passed("inputs", "same", n=len(read)))
        return found + verification.from_cases(claimed, asked.cases, checkers, timed)
    except BadInput as error:
        first = error.faults[0]
        where = f"{Path(first.place.file).name}:{first.place.line}"
        return [*found, failed("inputs", "unreadable", what=first.code, where=where)]


def _held(
    claimed: Certificate, folder: Path, bases: tuple[str, ...]
) -> tuple[Held, dict[str, str]]:
    """The question anew, from the files as the certificate names them, and what was read for it.

    Raises BadInput.
    """
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.files.certificate import found, named

    question = claimed.question

    def path(name: str) -> str:
        file = found(name, folder)
        if file is None or name not in claimed.files:
            raise BadInput([fault("file-missing", Place(name))])
        return str(file)

    known = [found(name, folder) for name in question.knowledge_bases]
    asked = held(
        path(question.service),
        [path(name) for name in question.rulebooks],
        question.readings,
        str(question.on),
        question.add,
        question.remove,
        bases or [str(base) for base in known if base is not None],
    )
    return asked, {named(each, folder): total for each, total in asked.sums.items()}
