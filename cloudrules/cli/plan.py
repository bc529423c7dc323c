"""cloudrules plan SERVICE: the least to acquire for the service to be compliant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from cloudrules.cli.common import (
    FORMAT,
    HELD,
    LANG,
    LIMIT,
    choice,
    held,
    number,
    options,
    positive,
    refs,
    show,
)
from cloudrules.cli.words import Command, language, option

SECONDS = "60"


@click.command("plan", cls=Command)
@click.argument("service")
@options(
    FORMAT,
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
    **given: Any,
) -> int:
    from cloudrules.cli.progress import clock
    from cloudrules.core import plan, repair
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.request import checked
    from cloudrules.core.service import OBJECTIVES
    from cloudrules.render import json
    from cloudrules.solvers import SOLVERS, named

    request = _request(given)
    if choice("--solver", solver, tuple(SOLVERS)) and every + bool(top) + bool(pareto) > 1:
        raise BadInput([fault("plan-modes", Place("--all / --top / --pareto"))])
    pair = _pair(pareto, OBJECTIVES) if pareto else None
    most, best = positive("--limit", limit), positive("--top", top)
    seconds = number("--time-limit", time_limit) or 0
    asked = held(service, **given)
    tongue, head = language(), asked.head
    wanted = checked(request, asked.cases)
    reasons = repair.MOST if most is None else most
    with clock(seconds, tongue) as timed:
        if pair:
            answer = plan.pareto(asked.cases, wanted, pair, named(solver), timed, reasons=reasons)
        else:
            answer = plan.from_cases(
                asked.cases,
                wanted,
                named(solver),
                timed,
                every=every,
                top=best,
                limit=100 if most is None else most,
                reasons=reasons,
            )
    front = pair or ()
    show(
        form,
        lambda: json.plan(answer, head),
        lambda to, s: to.plan(answer, head, tongue, front=front, **s),
    )
    return 0 if answer.plans else 1


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
