"""What `plan --cover` is asked and answers: the most rulebooks that budgets open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cloudrules.cli.common import number, show
from cloudrules.cli.held import Held
from cloudrules.cli.words import language

if TYPE_CHECKING:
    from cloudrules.core.problem import Clock, Solver
    from cloudrules.core.request import Request

STEPS = "steps"


def amounts(text: str, others: dict[str, Any]) -> tuple[int, ...] | None:
    """The budgets asked for; None: every step. Raises BadInput where `others` are given too."""
    from cloudrules.core.errors import BadInput, Place, fault

    place = Place("--cover")
    given = [name for name, value in others.items() if value]
    faults = [fault("cover-alone", place, options=", ".join(given))] if given else []
    words = [] if text == STEPS else text.split(",")
    # `1,000` is a figure that a comma has cut in two.
    odd = [text for word in words[1:] if word.startswith("0") and len(word) == 3][:1]
    odd += [word for word in words if not any(letter.isdigit() for letter in word)]
    faults += [fault("cover-list", place, found=word) for word in odd]
    if faults:
        raise BadInput(faults)
    found = [number("--cover", word) for word in words]
    return tuple(each for each in found if each is not None) or None


def answered(
    asked: Held,
    wanted: Request,
    budgets: tuple[int, ...] | None,
    solver: Solver,
    timed: Clock,
    form: str,
    output: str | None,
    force: bool,
) -> int:
    """Writes the answer; the exit code."""
    from cloudrules.core import cover
    from cloudrules.render import json

    answer = cover.from_cases(asked.cases, wanted, budgets, solver, timed)
    tongue, head = language(), asked.head
    show(
        form,
        lambda: json.cover(answer, head),
        lambda to, s: to.cover(answer, head, tongue, steps=budgets is None, **s),
        output,
        force=force,
        receipt=asked.receipt,
    )
    return 0 if any(each.opens for each in answer.cover) else 1
