"""Why this plan: the price of doing without each thing in it, and what every plan needs."""

from __future__ import annotations

from collections.abc import Iterable
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
from cloudrules.render.pages.common import MARK, amount, change
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.cores import Core
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.why import Why, Without


def reasons(why: Why, answer: PlanAnswer, head: Head, said: Wording) -> list[Block]:
    """`answer` is the one whose first plan is spoken of."""
    if why.complete and not why.without and not why.must_have:
        return []  # nothing is acquired, nothing needed
    blocks: list[Block] = [Heading(line(said("reasons.title")))]
    acquired = answer.plans[0].acquire
    if why.without:
        columns = (
            Column(said("reasons.without"), "wrap"),
            Column(said("col.least"), right=True),
            Column(said("col.more"), right=True),
            Column(said("col.instead"), "wrap"),
        )
        rows = tuple(_without(each, acquired, why, head, said) for each in why.without)
        blocks += [Heading(line(said("reasons.each")), 2), Grid(columns, rows)]
    if why.must_have:
        entries: list[tuple[int, Line]] = []
        for core in why.must_have:
            entries += _core(core, why, head, said)
        blocks += [
            Heading(line(said("reasons.must")), 2),
            Bullets(tuple(entries)),
            paragraph(_proof(why, answer, said)),
        ]
    if not why.complete:
        blocks.append(paragraph(Span(said("reasons.cut"), "warn")))
    if why.estimates and not any(step.estimate for step in answer.plans[0].steps):
        blocks.append(paragraph(Span(said("plan.estimate"), "dim")))
    return blocks


def _mark(names: Iterable[str], why: Why) -> str:
    return MARK if any(name in why.estimates for name in names) else ""


def _without(
    each: Without, acquired: tuple[str, ...], why: Why, head: Head, said: Wording
) -> tuple[Line, ...]:
    thing = line(said.acquired(each.id))
    if each.status == "infeasible":
        return thing, (Span(said("reasons.none"), "bad"),), (), line(said("reasons.indispensable"))
    if each.more is None:
        return thing, (Span(said("reasons.unknown"), "warn"),), (), ()
    mark = _mark(each.acquire, why)
    value = amount(why.objective, each.objective[0][1], said, mark)
    if each.status == "feasible":
        value = said("reasons.unproved", what=value)
    sign = "-" if each.more < 0 else "+"
    more = sign + amount(why.objective, abs(each.more), said, mark or _mark(acquired, why))
    if each.status == "feasible":
        more = said("reasons.more-unproved", more=more)
    rest = [name for name in acquired if name != each.id]
    return thing, line(value), line(more), line(change(rest, each.acquire, head, said))


def _core(core: Core, why: Why, head: Head, said: Wording) -> list[tuple[int, Line]]:
    """A set with its price, and below it the items that make it necessary."""
    if not core.any_of:
        return []
    price = amount(why.objective, core.price, said, _mark(core.any_of, why))
    n = len(core.any_of)
    things = said.acquired(core.any_of[0]) if n == 1 else said.ids(core.any_of, head.rulebooks[0])
    entries = [(0, line(said("reasons.any-of", what=things, n=n, price=price)))]
    what = said.ids(core.items, head.rulebooks[0])
    if core.items:
        entries.append((1, line(said("reasons.items", n=len(core.items), what=what))))
    else:
        entries.append((1, line(said("reasons.limits"))))
    return entries


def _proof(why: Why, answer: PlanAnswer, said: Wording) -> str:
    """How much of the optimum the sets prove, and what proves the rest."""
    named = (name for core in why.must_have for name in core.any_of)
    proved = amount(why.objective, why.proved, said, _mark(named, why))
    of = amount(why.objective, why.of, said, _mark(answer.plans[0].acquire, why))
    if why.proved >= why.of:
        return said("reasons.proved-all", proved=proved)
    if answer.status != "optimal":
        return said("reasons.proved-found", proved=proved, of=of)
    return said("reasons.proved", proved=proved, of=of)
