"""cloudrules plan SERVICE: the least to acquire for the service to be compliant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
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
    seconds,
    show,
    value,
)
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from fractions import Fraction

    from cloudrules.core.calendar import Schedule
    from cloudrules.core.case import Case
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.problem import Clock, Solver
    from cloudrules.core.request import Request
    from cloudrules.core.why import Why
    from cloudrules.render.head import Head

SECONDS = "60"
MOST = 100  # plans, where --limit does not say
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
    pair = _pair(pareto, OBJECTIVES) if pareto else None
    most, best = positive("--limit", limit), positive("--top", top)
    percent = _percent(within) if within is not None else None
    span = seconds("--time-limit", time_limit)
    asked = held(service, **given)
    if start and start < asked.on:
        raise BadInput([fault("schedule-early", Place("--schedule"), start=start, on=asked.on)])
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
    told = Told(asked.head, answer, pair or (), days, because)
    if form in PICTURES:
        told.drawn(form, output, force)
    else:
        told.shown(form, output, force, why=why, scheduled=bool(start))
    return 0 if answer.plans and (days is None or days.compliant_on) else 1


@dataclass(frozen=True)
class Question:
    """A request of some cases, with what searches and how long."""

    cases: list[Case]
    asked: Request
    solver: Solver
    clock: Clock
    limit: int | None

    def answered(
        self,
        *,
        every: bool,
        top: int | None,
        pair: tuple[str, str] | None,
        percent: Fraction | None,
    ) -> PlanAnswer:
        from cloudrules.core import plan, repair, within

        given = (self.solver, self.clock)
        reasons = repair.MOST if self.limit is None else self.limit
        most = MOST if self.limit is None else self.limit
        if pair:
            return plan.pareto(self.cases, self.asked, pair, *given, reasons=reasons)
        if percent is not None:
            return within.from_cases(
                self.cases, self.asked, percent, *given, limit=most, reasons=reasons
            )
        return plan.from_cases(
            self.cases, self.asked, *given, every=every, top=top, limit=most, reasons=reasons
        )

    def reasons(self, answer: PlanAnswer, pair: tuple[str, str] | None) -> Why | None:
        from cloudrules.core import why

        asked = replace(self.asked, minimize=pair) if pair else self.asked
        return why.from_answer(answer, self.cases, asked, self.solver, self.clock)

    def scheduled(self, answer: PlanAnswer, start: date) -> Schedule | None:
        from cloudrules.core import calendar

        if not answer.plans:
            return None
        return calendar.from_plan(answer.plans[0], self.cases, start, robust=self.asked.robust)


@dataclass(frozen=True)
class Told:
    """What there is to show. `front`: the two objectives of which the plans are the trade-off."""

    head: Head
    answer: PlanAnswer
    front: tuple[str, str] | tuple[()]
    days: Schedule | None
    why: Why | None

    def shown(
        self, form: str, output: str | None, force: bool, *, why: bool, scheduled: bool
    ) -> None:
        from cloudrules.render import json
        from cloudrules.render.schedule_json import schedule

        def data() -> object:
            told = json.plan(self.answer, self.head)
            told |= {"schedule": schedule(self.days)} if scheduled else {}
            return told | (json.why(self.why) if why else {})

        show(form, data, lambda to, settings: self._text(to, **settings), output, force=force)

    def _text(self, to: Any, **settings: Any) -> str:
        told: str = to.plan(
            self.answer,
            self.head,
            language(),
            front=self.front,
            schedule=self.days,
            why=self.why,
            **settings,
        )
        return told

    def drawn(self, form: str, output: str | None, force: bool) -> None:
        """A picture or a calendar; where there is no plan, why not, on standard error."""
        if self.answer.plans:
            deliver(self._picture(form), output, force=force)
            return
        from cloudrules.render import text

        sys.stderr.buffer.write(self._text(text).encode("utf-8", "backslashreplace"))

    def _picture(self, form: str) -> str:
        given = (self.answer, self.head, language())
        if self.days is None:
            from cloudrules.render import front

            assert self.front
            return front.plans(self.answer, self.front, self.head, language())
        if form == "ics":
            from cloudrules.render import ics

            return ics.schedule(self.days, *given)
        from cloudrules.render import gantt

        return gantt.schedule(self.days, *given)


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
