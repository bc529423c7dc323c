"""cloudrules plan SERVICE: the least to acquire for the service to be compliant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from fractions import Fraction

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
    option("--within", metavar="PERCENT"),
    option("--why", is_flag=True),
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
    within: str | None,
    why: bool,
    **given: Any,
) -> int:
    from dataclasses import replace

    from cloudrules.cli.progress import clock
    from cloudrules.core import plan
    from cloudrules.core import why as reasons
    from cloudrules.core import within as near
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.request import checked
    from cloudrules.core.service import OBJECTIVES
    from cloudrules.render import json
    from cloudrules.solvers import SOLVERS, named

    request = _request(given)
    modes = every + bool(top) + bool(pareto) + bool(within)
    if choice("--solver", solver, tuple(SOLVERS)) and modes > 1:
        raise BadInput([fault("plan-modes", Place("--all / --top / --pareto / --within"))])
    pair = _pair(pareto, OBJECTIVES) if pareto else None
    most, best = positive("--limit", limit), positive("--top", top)
    listed = 100 if most is None else most
    percent = _percent(within) if within is not None else None
    seconds = number("--time-limit", time_limit) or 0
    asked = held(service, **given)
    tongue, head = language(), asked.head
    wanted = checked(request, asked.cases)
    with clock(seconds, tongue) as timed:
        if pair:
            wanted = replace(wanted, minimize=pair)
            answer = plan.pareto(asked.cases, wanted, pair, named(solver), timed)
        elif percent is not None:
            answer = near.from_cases(
                asked.cases, wanted, percent, named(solver), timed, limit=listed
            )
        else:
            answer = plan.from_cases(
                asked.cases,
                wanted,
                named(solver),
                timed,
                every=every,
                top=best,
                limit=listed,
            )
        because = (
            reasons.from_answer(answer, asked.cases, wanted, named(solver), timed) if why else None
        )
    front = pair or ()
    show(
        form,
        lambda: json.plan(answer, head) | (json.why(because) if why else {}),
        lambda to, s: to.plan(answer, head, tongue, front=front, why=because, **s),
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


def _percent(text: str) -> Fraction:
    """Raises BadInput."""
    from cloudrules.core.entry import normal
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.figures import percent

    found = percent(normal(text))
    if found is None:
        raise BadInput([fault("percent", Place("--within"), found=text)])
    return found
