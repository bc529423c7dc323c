"""cloudrules plan SERVICE: the least to acquire for the service to be compliant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cloudrules.cli.common import (
    FORCE,
    FORMATS,
    LANG,
    LIMIT,
    OUTPUT,
    choice,
    number,
    options,
    positive,
    refs,
    seconds,
    value,
)
from cloudrules.cli.held import HELD, held
from cloudrules.cli.planning import PICTURES, Question, Told
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from fractions import Fraction

SECONDS = "60"
FORMS = (*FORMATS, *PICTURES)


@click.command("plan", cls=Command)
@click.argument("service")
@options(
    option("--format", "form", default="text", metavar="|".join(FORMS)),
    LANG,
    option("--minimize", multiple=True, metavar="LIST"),
    option("--forbid", multiple=True, metavar="ID"),
    option("--require", multiple=True, metavar="ID"),
    option("--only", multiple=True, metavar="KIND"),
    option("--budget", metavar="COST"),
    option("--deadline", metavar="MONTHS"),
    option("--robust", is_flag=True),
    option("--all", "every", is_flag=True),
    option("--top", metavar="K"),
    option("--within", metavar="PERCENT"),
    option("--pareto", metavar="A,B"),
    option("--cover", metavar="COSTS|steps"),
    LIMIT,
    option("--why", is_flag=True),
    option("--schedule", "begin", metavar="DATE"),
    option("--solver", default="auto", metavar="NAME"),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    OUTPUT,
    FORCE,
    option("--certificate", metavar="FILE", type=click.Path()),
    HELD,
)
def command(
    service: str,
    form: str,
    every: bool,
    top: str | None,
    pareto: str | None,
    limit: str | None,
    solver: str,
    time_limit: str,
    cover: str | None,
    begin: str | None,
    output: str | None,
    force: bool,
    within: str | None,
    why: bool,
    certificate: str | None,
    **given: Any,
) -> int:
    from cloudrules.cli.progress import clock
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.request import checked
    from cloudrules.core.service import OBJECTIVES
    from cloudrules.files.output import free
    from cloudrules.solvers import SOLVERS, named

    modes = {"--all": every, "--top": top, "--pareto": pareto, "--within": within}
    asked_modes = [name for name, value in modes.items() if value]
    budgets = None
    if cover is not None:
        from cloudrules.cli.cover import amounts

        alone = {f"--{key}": given[key] for key in ("budget", "minimize", "robust")}
        alone |= {"--limit": limit, "--why": why, "--schedule": begin, **modes}
        budgets = amounts(cover, alone)
    minimized = bool(given["minimize"])
    request = _request(given)
    choice("--solver", solver, tuple(SOLVERS))
    if len(asked_modes) > 1:
        raise BadInput([fault("plan-modes", Place(" / ".join(modes)))])
    start = _start(choice("--format", form, FORMS), begin, asked_modes)
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    proof = None
    if certificate is not None:
        from cloudrules.cli.certificate import writable

        several = [*asked_modes, *(["--cover"] if cover is not None else [])]
        proof = writable(certificate, service, output, several, force)
    if pareto is not None and minimized:
        raise BadInput([fault("pareto-minimize", Place("--pareto"))])
    pair = _pair(pareto, OBJECTIVES) if pareto is not None else None
    most, best = positive("--limit", limit), positive("--top", top)
    percent = _percent(within) if within is not None else None
    span = seconds("--time-limit", time_limit)
    asked = held(service, **given)
    if start and start < asked.on:
        raise BadInput([fault("schedule-early", Place("--schedule"), start=start, on=asked.on)])
    asked.spare("-o", output)
    asked.spare("--certificate", certificate)
    wanted = checked(request, asked.cases)
    with clock(span, language()) as timed:
        if cover is not None:
            from cloudrules.cli.cover import answered

            return answered(asked, wanted, budgets, named(solver), timed, form, output, force)
        question = Question(asked.cases, wanted, named(solver), timed, most)
        answer = question.answered(every=every, top=best, pair=pair, percent=percent)
        because = question.reasons(answer, pair) if why else None
        if proof:
            from cloudrules.cli.certificate import write

            options_given = {"service": service, **given}
            write(proof, question, answer, asked, options_given, force=force)
    days = question.scheduled(answer, start) if start else None
    told = Told(asked, answer, pair or (), days, because)
    if form in PICTURES:
        told.drawn(form, output, force)
    else:
        told.shown(form, output, force, why=why, scheduled=bool(start))
    return 0 if answer.plans and (days is None or days.compliant_on) else 1


def _start(form: str, begin: str | None, modes: list[str]) -> date | None:
    """The day on which a plan is begun. Raises BadInput where the options do not go together."""
    from cloudrules.core.errors import BadInput, Fault, Place, fault
    from cloudrules.core.schema import Day

    faults: list[Fault] = []
    if begin and modes:
        faults.append(fault("schedule-modes", Place("--schedule")))
    if form == "svg" and not begin and "--pareto" not in modes:
        faults.append(fault("picture-of", Place("--format")))
    if form == "ics" and not begin:
        faults.append(fault("calendar-of", Place("--format")))
    if faults:
        raise BadInput(faults)
    return value("--schedule", begin, Day())


def _request(given: dict[str, Any]) -> Any:
    """The limits, taken out of the options. Raises BadInput."""
    from cloudrules.core.service import KINDS, OBJECTIVES, PlanRequest

    def words(key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        listed = [word for text in given.pop(key) for word in text.split(",")]
        return tuple(choice(f"--{key}", word, known) for word in listed)

    take: Callable[[str], Any] = given.pop
    return PlanRequest(
        minimize=words("minimize", OBJECTIVES) or ("cost", "actions"),
        only=words("only", KINDS),
        forbid=refs("--forbid", take("forbid")),
        require=refs("--require", take("require")),
        budget=number("--budget", take("budget")),
        deadline=number("--deadline", take("deadline")),
        robust=take("robust"),
    )


def _pair(text: str, known: tuple[str, ...]) -> tuple[str, str]:
    from cloudrules.core.errors import BadInput, Place, fault

    words = [choice("--pareto", word, known) for word in text.split(",")]
    if len(words) != 2 or words[0] == words[1]:
        raise BadInput([fault("pareto-two", Place("--pareto"))])
    return words[0], words[1]


def _percent(text: str) -> Fraction:
    """Raises BadInput."""
    from cloudrules.core.entry import normal
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.figures import percent

    found = percent(normal(text))
    if found is None:
        raise BadInput([fault("percent", Place("--within"), found=text)])
    return found
