"""Every exemption: the clause verbatim, what it rests on, and until when it holds.

Items that are exempt for the same reasons stand together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import Block, Heading, Paragraph, Quote, Span, line, paragraph
from cloudrules.render.pages.explanation import clause, last_day, rests
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.entries import Waiver
    from cloudrules.core.explanation import Explanation, Reason


def blocks(exempt: Sequence[Explanation], said: Wording) -> list[Block]:
    if not exempt:
        return [paragraph(said("report.no-exemptions"))]
    groups: dict[object, list[Explanation]] = {}
    for each in exempt:
        groups.setdefault(tuple(_alike(each)), []).append(each)
    ends = [until(members[0]) for members in groups.values()]
    known = [end for end in ends if end is not None]
    found: list[Block] = []
    if known:
        found.append(paragraph(Span(said("report.until-first", date=min(known)), "strong")))
    for members in groups.values():
        found += _group(members, said)
    return found


def until(exempt: Explanation) -> date | None:
    """The last day of an exemption: the latest end of its reasons, None where one has no end."""
    ends = [last_day(exempt, reason, day) for reason in exempt.reasons for day in reason.until]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _alike(exempt: Explanation) -> Iterable[object]:
    """What two items have in common that are exempt for the same reasons."""
    yield until(exempt)
    for reason in exempt.reasons:
        days = [last_day(exempt, reason, day) for day in reason.until]
        yield reason.waiver.id, reason.because.sets, reason.through, tuple(days)


def _group(members: Sequence[Explanation], said: Wording) -> list[Block]:
    first = members[0]
    book = first.assessment.rulebook
    names = [each.item.id for each in members]
    title = said("report.exempt", what=said.ids(names, book), n=len(names))
    found: list[Block] = [Heading(line(title), 2)]
    for reason in first.reasons:
        found += _clause(reason.waiver, said)
        found += _grounds(first, reason, said)
    end = until(first)
    text = said("report.until", date=end) if end else said("report.until-open")
    return [*found, paragraph(text)]


def _clause(waiver: Waiver, said: Wording) -> list[Block]:
    source, translation = said.cited(waiver.text)
    if not source:
        return [Paragraph(tuple(clause(waiver, said)))]
    found: list[Block] = [paragraph(Span(said.clause(waiver), "strong")), Quote(source)]
    if translation:
        found.append(paragraph(said("explain.translation", text=translation)))
    return found


def _grounds(exempt: Explanation, reason: Reason, said: Wording) -> list[Block]:
    lines = []
    if reason.through:
        what = said.ids(reason.through, exempt.assessment.rulebook)
        lines.append(line(said("explain.through", what=what)))
    key = "explain.rests-any" if len(reason.because.sets) > 1 else "explain.rests"
    lines.append(line(said(key)))
    days = [last_day(exempt, reason, day) for day in reason.until]
    found: list[Block] = [Paragraph(tuple(lines)), rests(exempt, reason.because, days, said)]
    if reason.because.more:
        found.append(paragraph(Span(said("report.more"), "dim")))
    return found
