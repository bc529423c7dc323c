"""cloudrules plan SERVICE: the least to acquire for the service to be compliant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cloudrules.cli.common import (
    FORCE,
    FORMATS,
    HELD,
    LANG,
    LIMIT,
    OUTPUT,
    choice,
    deliver,
    held,
    number,
    options,
    positive,
    refs,
    show,
    value,
)
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from cloudrules.core.calendar import Schedule
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.render.head import Head

SECONDS = "60"
PICTURES = ("svg", "ics")
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
    option("--pareto", metavar="A,B"),
    LIMIT,
    option("--solver", default="auto", metavar="NAME"),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    option("--cover", metavar="COSTS|steps"),
    option("--schedule", "begin", metavar="DATE"),
    OUTPUT,
    FORCE,
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
    **given: Any,
) -> int:
    from cloudrules.cli.progress import clock
    from cloudrules.core import calendar, plan
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.request import checked
    from cloudrules.core.service import OBJECTIVES
    from cloudrules.files.output import free
    from cloudrules.render import json
    from cloudrules.render.schedule_json import schedule
    from cloudrules.solvers import SOLVERS, named

    budgets: tuple[int, ...] | None = None
    if cover is not None:
        from cloudrules.cli.cover import amounts

        shared = ("budget", "minimize", "robust")
        others = {"--limit": limit, "--all": every, "--top": top, "--pareto": pareto}
        budgets = amounts(cover, {**{f"--{key}": given[key] for key in shared}, **others})
    request = _request(given)
    if choice("--solver", solver, tuple(SOLVERS)) and every + bool(top) + bool(pareto) > 1:
        raise BadInput([fault("plan-modes", Place("--all / --top / --pareto"))])
    start = _start(choice("--format", form, FORMS), begin, every or bool(top), pareto)
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    pair = _pair(pareto, OBJECTIVES) if pareto else None
    most, best = positive("--limit", limit), positive("--top", top)
    seconds = number("--time-limit", time_limit) or 0
    asked = held(service, **given)
    if start and start < asked.on:
        raise BadInput([fault("schedule-early", Place("--schedule"), start=start, on=asked.on)])
    tongue, head = language(), asked.head
    wanted = checked(request, asked.cases)
    with clock(seconds, tongue) as timed:
        if cover is not None:
            from cloudrules.cli.cover import answered

            return answered(asked, wanted, budgets, solver, timed, form)
        if pair:
            answer = plan.pareto(asked.cases, wanted, pair, named(solver), timed)
        else:
            answer = plan.from_cases(
                asked.cases,
                wanted,
                named(solver),
                timed,
                every=every,
                top=best,
                limit=100 if most is None else most,
            )
    front = pair or ()
    days = None
    if start and answer.plans:
        days = calendar.from_plan(answer.plans[0], asked.cases, start, robust=wanted.robust)

    def data() -> object:
        told = json.plan(answer, head)
        return {**told, "schedule": schedule(days)} if start else told

    if form in PICTURES and answer.plans:
        deliver(_picture(form, answer, days, front, head, tongue), output, force=force)
    elif form in PICTURES:
        from cloudrules.render import text

        told = text.plan(answer, head, tongue, front=front)
        sys.stderr.buffer.write(told.encode("utf-8", "backslashreplace"))
    else:
        show(
            form,
            data,
            lambda to, s: to.plan(answer, head, tongue, front=front, schedule=days, **s),
            output,
            force=force,
        )
    return 0 if answer.plans and (days is None or days.compliant_on) else 1


def _start(form: str, begin: str | None, several: bool, pareto: str | None) -> date | None:
    """The day on which a plan is begun. Raises BadInput where the options do not go together."""
    from cloudrules.core.errors import BadInput, Fault, Place, fault
    from cloudrules.core.schema import Day

    faults: list[Fault] = []
    if begin and (several or pareto):
        faults.append(fault("schedule-modes", Place("--schedule")))
    if form == "svg" and not begin and not pareto:
        faults.append(fault("picture-of", Place("--format")))
    if form == "ics" and not begin:
        faults.append(fault("calendar-of", Place("--format")))
    if faults:
        raise BadInput(faults)
    return value("--schedule", begin, Day())


def _picture(
    form: str,
    answer: PlanAnswer,
    days: Schedule | None,
    pair: tuple[str, str] | tuple[()],
    head: Head,
    tongue: str,
) -> str:
    if form == "ics":
        from cloudrules.render import ics

        assert days is not None
        return ics.schedule(days, answer, head, tongue)
    if days is not None:
        from cloudrules.render import gantt

        return gantt.schedule(days, answer, head, tongue)
    from cloudrules.render import front

    assert pair
    return front.plans(answer, pair, head, tongue)


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
