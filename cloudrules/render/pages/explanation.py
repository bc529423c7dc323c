"""Why an item is exempt, met, owed or not applicable, and what would change that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Heading,
    Line,
    Paragraph,
    Quote,
    Span,
    line,
    paragraph,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.assessment import unknown
from cloudrules.render.pages.common import depends, opening, status
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.entries import Waiver
    from cloudrules.core.explanation import Explanation, Reason
    from cloudrules.core.implicants import Sets
    from cloudrules.core.schema import Text

SHOWN = 10  # ways to meet or to waive an item
OTHERS = 8  # things that the other ways rest on


def page(answer: Explanation, head: Head, language: str) -> list[Block]:
    said = Wording(language, (answer.assessment.rulebook,))
    blocks: list[Block] = [_title(answer, said)]
    blocks += _quoted(answer.item.text, said)
    here, obligation = answer.answer.status, answer.answer.obligation
    if answer.reasons and obligation in ("waived", "unknown"):
        blocks += _notice(answer, said)
    if answer.answer.met:
        blocks += _met(answer, said)
    if obligation == "not_applicable":
        blocks.append(paragraph(_applies(answer, said, "explain.not-applies")))
    if here == "missing":
        blocks += _missing(answer, said)
    elif here == "open":
        blocks.append(Heading(line(said("explain.open")), 2))
        blocks.append(paragraph(said("explain.open-why")))
    elif here == "unknown":
        blocks += _unknown(answer, said)
    if answer.depends_on:
        blocks.append(paragraph(said("explain.depends")))
        blocks.append(depends(head, answer.depends_on, said))
    if here in ("missing", "open", "unknown"):
        blocks += _expired(answer, said)
        blocks += _ways(answer, said)
    if _more(answer):
        blocks.append(paragraph(Span(said("explain.more"), "dim")))
    return [*blocks, opening(head, said)]


def _title(answer: Explanation, said: Wording) -> Heading:
    section = said.of(answer.item.section)
    text = said(
        "explain.title-section" if section else "explain.title",
        id=answer.item.id,
        section=section,
        need=said.term(answer.answer.need),
    )
    return Heading((Span(text), *status(answer.answer.status, said)))


def _quoted(text: Text | None, said: Wording) -> list[Block]:
    """Words of the document, and beside them their translation."""
    source, translation = said.cited(text)
    blocks: list[Block] = [Quote(source)] if source else []
    if translation:
        blocks.append(paragraph(Span(said("explain.translation", text=translation), "dim")))
    return blocks


def _notice(answer: Explanation, said: Wording) -> list[Block]:
    """What a reviewer can paste into the remarks column."""
    open_yet = "unknown" in (answer.answer.status, answer.answer.obligation)
    blocks: list[Block] = [
        Heading(line(said("explain.notice")), 2),
        paragraph(said("explain.not-owed" if open_yet else "explain.exempt", id=answer.item.id)),
    ]
    for reason in answer.reasons:
        lines = clause(reason.waiver, said)
        if reason.through:
            what = said.ids(reason.through, answer.assessment.rulebook)
            lines.append(line(said("explain.through", what=what)))
        key = "explain.rests-any" if len(reason.because.sets) > 1 else "explain.rests"
        lines.append(line(said(key)))
        blocks.append(Paragraph(tuple(lines)))
        untils = [last_day(answer, reason, day) for day in reason.until]
        blocks.append(rests(answer, reason.because, untils, said))
    ends = [last_day(answer, reason, day) for reason in answer.reasons for day in reason.until]
    blocks.append(paragraph(_until(answer, ends, said)))
    return blocks


def clause(waiver: Waiver, said: Wording) -> list[Line]:
    """The clause, verbatim, and its translation."""
    source, translation = said.cited(waiver.text)
    if not source:
        note = said.of(waiver.note)
        key = "explain.clause-unquoted" if waiver.at else "explain.clause-bare"
        lines = [line(said(key, at=said.clause(waiver)))]
        return [*lines, line(note)] if note else lines
    at = said.of(waiver.at)
    key = "explain.clause" if at else "explain.clause-id"
    lines = [line(said(key, text=said.quoted(source), at=at, id=waiver.id))]
    if translation:
        lines.append(line(said("explain.translation", text=translation)))
    return lines


def last_day(answer: Explanation, reason: Reason, day: date | None) -> date | None:
    """The last day of a reason: of what it rests on, or of the rule itself."""
    rulebook = answer.assessment.rulebook
    periods = (rulebook.in_force, reason.waiver.in_force, answer.item.in_force)
    days = [day, *(period.until for period in periods)]
    return min((each for each in days if each is not None), default=None)


def _until(answer: Explanation, ends: Sequence[date | None], said: Wording) -> str:
    """Until when the exemption holds: the latest end of its independent reasons."""
    known = [end for end in ends if end is not None]
    if len(known) < len(ends) or not known:
        return said("explain.until-open", id=answer.item.id)
    return said("explain.until", id=answer.item.id, date=max(known))


def rests(answer: Explanation, sets: Sets, untils: Sequence[date | None], said: Wording) -> Bullets:
    """Each minimal set as one line, with what is known of what it cites."""
    held = answer.assessment.situation.held
    entries: list[tuple[int, Line]] = []
    for names, until in zip(sets.sets, untils, strict=True):
        parts = [said.held(name, held) for name in names] or [said("explain.always")]
        what = said.together(parts)
        key = "explain.set" if until and len(names) > 1 else "explain.set-bare"
        entries.append((0, line(said(key, what=what, until=said.day(until)))))
    return Bullets(tuple(entries))


def _met(answer: Explanation, said: Wording) -> list[Block]:
    key = "explain.met-any" if len(answer.met_because.sets) > 1 else "explain.met"
    blocks: list[Block] = [
        Heading(line(said(key)), 2),
        rests(answer, answer.met_because, answer.met_until, said),
    ]
    known = [day for day in answer.met_until if day is not None]
    if known and len(known) == len(answer.met_until):
        text = said("explain.until-met", id=answer.item.id, date=max(known))
        blocks.append(paragraph(text))
    return blocks


def _applies(answer: Explanation, said: Wording, key: str) -> str:
    """Why an item applies, or does not."""
    ways = [names for names in answer.applies_because.sets if names]
    if not ways:
        never = key == "explain.not-applies"
        return said("explain.never-applies" if never else "explain.applies-always")
    held = answer.assessment.situation.held
    what = " / ".join(said.together(said.held(name, held) for name in names) for names in ways)
    return said(key, what=what)


def _missing(answer: Explanation, said: Wording) -> list[Block]:
    n = len(answer.could_be_waived)
    lines = [
        said("explain.mandatory"),
        _applies(answer, said, "explain.applies"),
        said("explain.no-fire", n=n) if n else said("explain.no-waiver"),
        said("explain.met-not"),
    ]
    return [
        Heading(line(said("explain.owed")), 2),
        Bullets(tuple((0, line(text)) for text in lines)),
    ]


def _unknown(answer: Explanation, said: Wording) -> list[Block]:
    names = unknown(answer.assessment, answer.answer, said)
    return [
        Heading(line(said("explain.unknown")), 2),
        paragraph(said("explain.unknown-why", id=answer.item.id)),
        Bullets(tuple((0, line(name)) for name in names)),
    ]


def _expired(answer: Explanation, said: Wording) -> list[Block]:
    """What has run out, and would count here if it had not."""
    lists = [answer.could_be_met, *(each.acquire for each in answer.could_be_waived)]
    wanted = {name for each in lists for names in each.sets for name in names}
    lines = tuple(
        line(said("explain.ran-out", what=said.title(name), date=holding.until))
        for name, holding in answer.assessment.situation.expired.items()
        if name in wanted
    )
    return [Paragraph(lines)] if lines else []


def _ways(answer: Explanation, said: Wording) -> list[Block]:
    """How the item could be met, and which waivers could release it."""
    blocks: list[Block] = []
    if answer.could_be_met.sets:
        ways = _possible(answer, answer.could_be_met, 0, said)
        key = "explain.could-met-any" if len(ways) > 1 else "explain.could-met"
        blocks.append(Heading(line(said(key)), 2))
        blocks.append(Bullets(tuple(ways)))
    if answer.could_be_waived and not answer.reasons:
        entries: list[tuple[int, Line]] = []
        for each in answer.could_be_waived:
            ways = _possible(answer, each.acquire, 1, said)
            none = "cut" if each.acquire.more else "none"
            key = "clause" if len(ways) > 1 else "clause-one" if ways else none
            entries.append((0, line(said(f"explain.could-{key}", at=said.clause(each.waiver)))))
            entries += ways
        blocks.append(Heading(line(said("explain.could-waive")), 2))
        blocks.append(Bullets(tuple(entries)))
    return blocks


def _possible(answer: Explanation, sets: Sets, depth: int, said: Wording) -> list[tuple[int, Line]]:
    """What could be acquired: what a plan may choose first, then what other ways rest on."""
    book, efforts = answer.assessment.rulebook, answer.assessment.situation.efforts

    def plannable(name: str) -> bool:
        item = book.items.get(name)
        if item is not None:
            return item.met_by is None
        return name in efforts or book.evidence[name].effort is not None

    chosen = [names for names in sets.sets if all(map(plannable, names))]
    entries = [
        (depth, line(said.together(map(said.acquired, names) if names else [said("none")])))
        for names in chosen[:SHOWN]
    ]
    if rest := len(chosen) - len(entries):
        entries.append((depth, (Span(said("explain.rest", n=rest), "dim"),)))
    others = {name for names in sets.sets for name in names if not plannable(name)}
    for kind, known in (("items", book.items), ("evidence", book.evidence)):
        if named := [name for name in known if name in others]:
            shown = said.listed([*named[:OTHERS], *(["…"] if named[OTHERS:] else [])])
            text = said(f"explain.others-{kind}", what=shown, n=len(named))
            entries.append((depth, (Span(text, "dim"),)))
    return entries


def _more(answer: Explanation) -> bool:
    """Whether any list of sets was cut."""
    sets = [answer.met_because, answer.applies_because, answer.could_be_met]
    sets += [reason.because for reason in answer.reasons]
    sets += [each.acquire for each in answer.could_be_waived]
    return any(each.more for each in sets)
