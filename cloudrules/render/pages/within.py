"""The plans that are nearly as good as the best: what each costs more and takes instead."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cloudrules.render.blocks import Block, Column, Grid, Heading, Line, line, paragraph
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK, amount, change
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.plan import Plan, PlanAnswer


def near(answer: PlanAnswer, head: Head, said: Wording) -> list[Block]:
    """The list of plans; that there is no other; or that time ran out first."""
    percent = _percent(answer.within or Fraction(0))
    first, least = answer.bound[0]
    best, *others = answer.plans
    title = Heading(line(said("within.title", percent=percent)))
    if not others:
        known = "within.unknown" if answer.more else "within.none"
        return [title, paragraph(said(known, percent=percent))]
    columns = (
        Column(said("col.number"), right=True),
        Column(said.term(first), right=True),
        Column(said("col.more"), right=True),
        Column(said("col.instead"), "wrap"),
    )
    rows: list[tuple[Line, ...]] = [
        (line("1"), line(_amount(best, first, said)), (), line(said("within.best")))
    ]
    for number, plan in enumerate(others, 2):
        more = plan.value(first) - least
        mark = MARK if any(step.estimate for each in (best, plan) for step in each.steps) else ""
        shown = "+" + amount(first, more, said, mark)
        if least:
            share = _percent(Fraction(100 * more, least))
            shown = said("within.more", more=shown, percent=share)
        what = change(best.acquire, plan.acquire, head, said)
        rows.append((line(str(number)), line(_amount(plan, first, said)), line(shown), line(what)))
    count = paragraph(said("within.count", n=len(others), percent=percent))
    if answer.more:
        count = paragraph(said("plan.more", n=len(answer.plans)))
    return [title, Grid(columns, tuple(rows)), count]


def _amount(plan: Plan, objective: str, said: Wording) -> str:
    mark = MARK if any(step.estimate for step in plan.steps) else ""
    return amount(objective, plan.value(objective), said, mark)


def _percent(value: Fraction) -> str:
    """With one decimal where it has any: `5`, `2.5`, `<0.1`."""
    if 0 < value < Fraction(1, 10):
        return "<0.1"
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
