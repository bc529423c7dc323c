"""Why there is no plan: what cannot hold together, clause by clause, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import Block, Bullets, Heading, Line, Span, line, paragraph
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.conflict import Clash, Demand
    from cloudrules.core.repair import Blocked, Reasons, Repair
    from cloudrules.core.rulebook import Rulebook

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
        key = "repair.more" if reasons.repairs else "repair.unknown"
        found.append(paragraph(said(key)))
    if reasons.blocked and (reasons.repairs or reasons.more_repairs):
        found.append(Heading(line(said("blocked.title")), 2))
        rows = []
        for because, limits in _by_reason(reasons.blocked):
            what = said.listed(limit(each, said) for each in limits)
            rows.append((0, line(said("blocked.even", what=what, n=len(limits)))))
            rows += [
                (level + 1, text)
                for level, text in _short(because.limits, because.demands, head, said)
            ]
        found.append(Bullets(tuple(rows)))
    if reasons.more_blocked and reasons.blocked:
        found.append(paragraph(said("repair.more")))
    if reasons.if_held:
        found.append(Heading(line(said("held.title")), 2))
        entries = [(0, line(_repair(each, said))) for each in reasons.if_held]
        found.append(Bullets(tuple(entries)))
    if reasons.more_if_held:
        found.append(paragraph(said("repair.more" if reasons.if_held else "held.more")))
    if reasons.conflicts:
        found.append(Heading(line(said("conflict.title"))))
    for first, clashes in _alike(reasons.conflicts):
        last = first + len(clashes) - 1
        key = "conflict.number" if first == last else "conflict.numbers"
        found.append(Heading(line(said(key, number=first, first=first, last=last)), 2))
        if first <= WHOLE:
            rows = _clash(clashes[0], head, said)
        else:
            key = "conflict.items" if first == last else "conflict.each"
            demands = [demand for clash in clashes for demand in clash.demands]
            rows = _short(clashes[0].limits, demands, head, said, key)
        found.append(Bullets(tuple(rows)))
    if reasons.more and reasons.conflicts:
        found.append(paragraph(said("conflict.more")))
    return found


def _alike(conflicts: Sequence[Clash]) -> list[tuple[int, list[Clash]]]:
    """Conflicts told in one, with the number of the first: of the same limits and an item each.

    Those that are told clause by clause stand alone.
    """
    found: list[tuple[int, list[Clash]]] = []
    for number, clash in enumerate(conflicts, 1):
        last = found[-1][1][-1] if number > WHOLE + 1 else None
        if last and last.limits == clash.limits and len(last.demands) == len(clash.demands) == 1:
            found[-1][1].append(clash)
        else:
            found.append((number, [clash]))
    return found


def _by_reason(blocked: Sequence[Blocked]) -> list[tuple[Clash, list[str]]]:
    """The limits that are not enough to give up, by the conflict that remains."""
    found: dict[Clash, list[str]] = {}
    for each in blocked:
        found.setdefault(each.because, []).append(each.limit)
    return list(found.items())


def _clash(clash: Clash, head: Head, said: Wording) -> list[tuple[int, Line]]:
    rows: list[tuple[int, Line]] = [(0, line(limit(each, said))) for each in clash.limits]
    for demand in clash.demands:
        book = _book(demand, head)
        rows.append((0, line(_demand(demand, head, said))))
        if demand.met_only_by is not None:
            rows.append((1, line(_only(demand.met_only_by, said))))
        for name in demand.waivers:
            waiver = book.waivers.get(name) if book else None
            clause = said.clause(waiver) if waiver else name
            rows.append((1, line(said("conflict.waiver", clause=clause))))
    return rows


def _only(names: Sequence[str], said: Wording) -> str:
    """With what alone an item could be met."""
    if not names:
        return said("conflict.unmet")
    return said("conflict.only", what=_acquired(names, said), n=len(names))


def _short(
    limits: Sequence[str],
    demands: Sequence[Demand],
    head: Head,
    said: Wording,
    key: str = "conflict.items",
) -> list[tuple[int, Line]]:
    """A conflict in few words: its items by number alone."""
    rows: list[tuple[int, Line]] = [(0, line(limit(each, said))) for each in limits]
    for book in head.rulebooks:
        items = [each.item for each in demands if each.rulebook == book.id]
        if items:
            what = said.ids(items, book)
            text = said(key, what=what, n=len(items))
            rows.append((0, line(_of(book.id, text, head, said))))
    return rows


def _demand(demand: Demand, head: Head, said: Wording) -> str:
    book = _book(demand, head)
    item = book.items.get(demand.item) if book else None
    text = said.of(item.text) if item else ""
    key = "conflict.item" if text else "conflict.item-bare"
    told = said(key, id=demand.item, need=said.term(demand.need), text=text)
    return _of(demand.rulebook, told, head, said)


def _book(demand: Demand, head: Head) -> Rulebook | None:
    return next((book for book in head.rulebooks if book.id == demand.rulebook), None)


def _of(book: str, text: str, head: Head, said: Wording) -> str:
    """With its rulebook, where there are several."""
    return text if len(head.rulebooks) == 1 else said("conflict.book", id=book, text=text)


def _repair(mend: Repair, said: Wording) -> str:
    mark = MARK if mend.estimate else ""
    ways = [_given_up(each, said) for each in mend.drop]
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
    what = _acquired(mend.acquire, said) or said("none")
    return said("repair.plan", ways=said.together(ways), value=value, what=what)


def _given_up(text: str, said: Wording) -> str:
    word, _, name = text.partition(" ")
    return said(f"repair.{word}", what=said.acquired(name))


def _acquired(names: Sequence[str], said: Wording) -> str:
    """What is acquired, items that are attested by number alone where there are several."""
    items = [name for name in names if name in said.items]
    if len(items) < 2:
        return said.listed(said.acquired(name) for name in names)
    attested = said("attest-several", what=said.ids(items, said.rulebooks[0]))
    return said.listed([*(said.acquired(each) for each in names if each not in items), attested])


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
