"""The most rulebooks that each budget opens, and the order to acquire in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Line,
    Span,
    line,
    paragraph,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK, opening
from cloudrules.render.pages.needs import some
from cloudrules.render.pages.plan import TONES, assumed
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.cover import Cover, CoverAnswer


def page(answer: CoverAnswer, head: Head, language: str, steps: bool = False) -> list[Block]:
    """`steps`: every step of the budget was asked for, not some budgets."""
    said = Wording(language, head.rulebooks)
    kind = "cover.steps" if steps else "cover"
    of = len(head.rulebooks)
    if answer.status in ("optimal", "feasible"):
        text = said(f"{kind}.{answer.status}", of=of)
    else:
        text = said(f"plan.{answer.status}", bound="")
    ending = Span(text, TONES.get(answer.status, "warn"))
    blocks: list[Block] = [opening(head, said), paragraph(ending)]
    if answer.cover:
        blocks.append(_budgets(answer, head, said, steps))
    if answer.order:
        blocks += [Heading(line(said("cover.order"))), _order(answer, said)]
    if any(book.readings for book in head.rulebooks):
        blocks.append(paragraph(Span(said("cover.readings"), "dim")))
    if any(each.estimate for each in answer.cover):
        blocks.append(paragraph(Span(said("plan.estimate"), "dim")))
    if answer.assumed:
        blocks.append(Heading(line(said("plan.assumed"))))
        blocks.append(Bullets(tuple((0, line(each)) for each in assumed(answer.assumed, said))))
    return blocks


def _budgets(answer: CoverAnswer, head: Head, said: Wording, steps: bool) -> Grid:
    columns = (
        Column(said("col.cost" if steps else "col.budget"), right=True),
        Column(said("col.open"), right=True),
        *(() if steps else (Column(said("col.cost"), right=True),)),
        Column(said("col.what"), "wrap"),
        Column(said("col.namely"), "wrap"),
    )
    return Grid(columns, tuple(_row(each, head, said, steps) for each in answer.cover))


def _row(each: Cover, head: Head, said: Wording, steps: bool) -> tuple[Line, ...]:
    mark = MARK if each.estimate else ""
    cost = "" if each.cost is None else said.money(each.cost) + mark
    budget = said.money(each.budget) + (mark if steps else "")
    what = "" if each.opens is None else said.ids(each.acquire, head.rulebooks[0]) or said("none")
    return (
        line(budget),
        _open(each, said),
        *(() if steps else (line(cost),)),
        line(what),
        line(some(each.rulebooks, said)),
    )


def _open(each: Cover, said: Wording) -> Line:
    """How many are open, and where that is not proved to be the most, how many may be."""
    if each.status == "infeasible":
        return line(said("none"))
    n = 0 if each.opens is None else each.opens
    if each.opens == each.bound:
        return line(str(n))
    key = "cover.at-most" if each.opens is not None else "cover.at-most-unknown"
    return (Span(said(key, n=n, most=each.bound), "warn"),)


def _order(answer: CoverAnswer, said: Wording) -> Grid:
    columns = (
        Column(said("col.what"), "wrap"),
        Column(said("col.so-far"), right=True),
        Column(said("col.open"), right=True),
    )
    rows = tuple(
        (
            line(said.listed(said.acquired(name) for name in stage.acquire)),
            line(said.money(stage.cost) + (MARK if stage.estimate else "")),
            line(str(stage.opens)),
        )
        for stage in answer.order
    )
    return Grid(columns, rows)
