"""cloudrules report SERVICE: all that there is to say of a service, as one document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import FORCE, LANG, OUTPUT, form_of, options, seconds
from cloudrules.cli.held import HELD, Held, held
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from cloudrules.core.assessment import Worlds
    from cloudrules.core.case import Case
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.problem import Clock
    from cloudrules.core.timeline import Timeline
    from cloudrules.render.pages.report import Report

SECONDS = "60"
WAYS = 20  # sets of holdings that an exemption may rest on, of which each by itself would do
# The formats, and the files that are written in them where --format does not say.
FORMS = {
    "html": (".html", ".htm"),
    "markdown": (".md", ".markdown"),
    "pdf": (".pdf",),
    "json": (".json",),
}


@click.command("report", cls=Command)
@click.argument("service")
@options(
    option("--format", "form", metavar="|".join(FORMS)),
    LANG,
    option("--plan/--no-plan", "planned", default=True),
    option("--time-limit", default=SECONDS, metavar="SECONDS"),
    OUTPUT,
    FORCE,
    HELD,
)
def command(
    service: str,
    form: str | None,
    planned: bool,
    time_limit: str,
    output: str | None,
    force: bool,
    **given: Any,
) -> int:
    from cloudrules.cli.progress import clock
    from cloudrules.files.output import free

    form = form_of(form, output, FORMS, "html")
    span = seconds("--time-limit", time_limit)
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    if form == "pdf":
        _typesetter()
    asked = held(service, **given)
    asked.spare("-o", output)
    case = asked.only()
    with clock(span, language()) as timed:
        report = _report(asked, case, planned, timed)
    deliver(_drawn(form, report), output, force=force)
    return 0 if report.answer.compliant else 1


def _typesetter() -> None:
    """Raises BadInput where nothing can set a PDF."""
    from importlib.util import find_spec

    from cloudrules.core.errors import BadInput, Place, fault

    if find_spec("typst") is None:
        raise BadInput([fault("typst-missing", Place("--format"))])


def _report(asked: Held, case: Case, planned: bool, timed: Clock) -> Report:
    from cloudrules.core import explanation, graph
    from cloudrules.render.graph import View
    from cloudrules.render.pages.report import Report

    answer, taken = case.assessed(), case.situation.readings
    explainer = explanation.Explainer(case.circuit, answer, WAYS)
    exempt = tuple(explainer.of(each.id) for each in answer.items if each.obligation == "waived")
    found = graph.from_case(case)
    view = View(found, case.rulebook.under(taken), language(), taken, asked.on, asked.service)
    return Report(
        asked.head,
        answer,
        exempt,
        _timeline(case),
        _worlds(case),
        _plan(case, timed) if planned and not answer.compliant else None,
        planned,
        view,
        asked.receipt(),
    )


def _timeline(case: Case) -> Timeline | None:
    """What ends when; None where the rules of a later day have a fault, which `check` tells."""
    from cloudrules.core import timeline
    from cloudrules.core.errors import BadInput

    try:
        return timeline.from_case(case)
    except BadInput:
        return None


def _worlds(case: Case) -> Worlds | None:
    """The verdict in every reading; None where there are too many to go through."""
    from cloudrules.core.errors import TooLarge

    try:
        return case.in_all_readings()
    except TooLarge:
        return None


def _plan(case: Case, timed: Clock) -> PlanAnswer:
    from cloudrules.core import plan, repair
    from cloudrules.core.request import checked
    from cloudrules.core.service import PlanRequest
    from cloudrules.solvers import named

    request = checked(PlanRequest(minimize=("cost", "actions")), [case])
    # Of several least plans clingo finds the same one every time.
    return plan.from_cases([case], request, named("clingo"), timed, reasons=repair.MOST)


def _drawn(form: str, report: Report) -> str | bytes:
    from cloudrules.render import report as drawn

    if form == "pdf":
        return _pdf(report)
    if form == "json":
        return drawn.as_json(report)
    draw = drawn.as_html if form == "html" else drawn.as_markdown
    return draw(report, language())


def _pdf(report: Report) -> bytes:
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.render import report as drawn
    from cloudrules.render.typst import NoFont

    try:
        return drawn.as_pdf(report, language(), report.head.on)
    except NoFont:
        raise BadInput([fault("typst-font", Place("--format"))]) from None
    except RuntimeError as error:
        said = str(error).splitlines() or ["?"]
        raise BadInput([fault("typst-failed", Place("--format"), said=said[0])]) from None
