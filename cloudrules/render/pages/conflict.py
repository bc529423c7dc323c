"""Why there is no plan: what cannot hold together, clause by clause, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudrules.render.blocks import Block, Bullets, Heading, Line, Span, line, paragraph
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.conflict import Clash, Demand
    from cloudrules.core.repair import Reasons, Repair

WHOLE = 3  # conflicts that are told clause by clause; of the others, the numbers of the items


def blocks(reasons: Reasons, head: Head, said: Wording) -> list[Block]:
    rows: list[tuple[int, Line]]
    found: list[Block] = []
    found.append(Heading(line(said("repair.title"))))
    if reasons.repairs:
        entries = [(0, line(_repair(each, said))) for each in reasons.repairs]
        found.append(Bullets(tuple(entries)))
        if any(each.estimate for each in reasons.repairs):
            found.append(paragraph(Span(said("plan.estimate"), "dim")))
    elif not reasons.more_repairs:
        found.append(paragraph(said("repair.none")))
    if reasons.more_repairs:
        found.append(paragraph(said("repair.more")))
    if reasons.blocked:
        found.append(Heading(line(said("blocked.title")), 2))
        rows = []
        for each in reasons.blocked:
            rows.append((0, line(said("blocked.even", what=limit(each.limit, said)))))
            rows += [(level + 1, text) for level, text in _short(each.because, head, said)]
        found.append(Bullets(tuple(rows)))
    if reasons.more_blocked:
        found.append(paragraph(said("repair.more")))
    if reasons.if_held:
        found.append(Heading(line(said("held.title")), 2))
        entries = [(0, line(_repair(each, said))) for each in reasons.if_held]
        found.append(Bullets(tuple(entries)))
    if reasons.more_if_held:
        found.append(paragraph(said("repair.more")))
    if reasons.conflicts:
        found.append(Heading(line(said("conflict.title"))))
    for number, clash in enumerate(reasons.conflicts, 1):
        found.append(Heading(line(said("conflict.number", number=number)), 2))
        rows = _clash(clash, head, said) if number <= WHOLE else _short(clash, head, said)
        found.append(Bullets(tuple(rows)))
    if reasons.more:
        found.append(paragraph(said("conflict.more")))
    return found


def _clash(clash: Clash, head: Head, said: Wording) -> list[tuple[int, Line]]:
    rows: list[tuple[int, Line]] = [(0, line(limit(each, said))) for each in clash.limits]
    for demand in clash.demands:
        rows.append((0, line(_demand(demand, head, said))))
        for name in demand.waivers:
            waiver = said.waivers.get(name)
            clause = said.clause(waiver) if waiver else name
            rows.append((1, line(said("conflict.waiver", clause=clause))))
    return rows


def _short(clash: Clash, head: Head, said: Wording) -> list[tuple[int, Line]]:
    """A conflict in few words: its items by number alone."""
    rows: list[tuple[int, Line]] = [(0, line(limit(each, said))) for each in clash.limits]
    for book in head.rulebooks:
        items = [each.item for each in clash.demands if each.rulebook == book.id]
        if items:
            what = said.ids(items, book)
            text = said("conflict.items", what=what, n=len(items))
            rows.append((0, line(_of(book.id, text, head, said))))
    return rows


def _demand(demand: Demand, head: Head, said: Wording) -> str:
    book = next((book for book in head.rulebooks if book.id == demand.rulebook), None)
    item = book.items.get(demand.item) if book else None
    text = said.of(item.text) if item else ""
    key = "conflict.item" if text else "conflict.item-bare"
    told = said(key, id=demand.item, need=said.term(demand.need), text=text)
    return _of(demand.rulebook, told, head, said)


def _of(book: str, text: str, head: Head, said: Wording) -> str:
    """With its rulebook, where there are several."""
    return text if len(head.rulebooks) == 1 else said("conflict.book", id=book, text=text)


def _repair(mend: Repair, said: Wording) -> str:
    mark = MARK if mend.estimate else ""
    ways = [said("repair.drop", what=limit(each, said)) for each in mend.drop]
    ways += [said("repair.allow", what=said.term(kind)) for kind in mend.allow]
    if mend.budget is not None:
        by = said.money(mend.budget_by or 0) + mark
        ways.append(said("repair.budget", what=said.money(mend.budget) + mark, by=by))
    if mend.deadline is not None:
        by = said.months(mend.deadline_by or 0) + mark
        ways.append(said("repair.deadline", what=said.months(mend.deadline) + mark, by=by))
    if mend.hold is not None:
        ways.append(said("repair.hold", what=said.title(mend.hold)))
    value = said.listed(said.value(name, amount, mark) for name, amount in mend.objective)
    what = said.listed(said.acquired(each) for each in mend.acquire) or said("none")
    return said("repair.plan", ways=said.together(ways), value=value, what=what)


def limit(text: str, said: Wording) -> str:
    """One of the user's limits, such as `budget 100` or `forbid csp.ismap`."""
    word, _, value = text.partition(" ")
    if word in ("forbid", "require"):
        return said(f"limit.{word}", what=said.acquired(value))
    if word == "only":
        kinds = (said.term(kind) for kind in value.replace(",", " ").split())
        return said("limit.only", what=said.listed(kinds))
    if word in ("budget", "deadline") and value.isdigit():
        amount = int(value)
        shown = said.money(amount) if word == "budget" else said.months(amount)
        return said(f"limit.{word}", what=shown)
    return text
