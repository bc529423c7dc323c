"""A plan on real days: when to start and finish each step, what to renew, what may lapse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Line,
    Pairs,
    Span,
    line,
    paragraph,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.calendar import Schedule, ScheduledStep
    from cloudrules.core.plan import Plan, PlanAnswer
    from cloudrules.core.renewals import MayLapse, Renewal


def blocks(schedule: Schedule, head: Head, said: Wording) -> list[Block]:
    found: list[Block] = [
        Heading(line(said("schedule.title"))),
        Pairs(
            (
                (said("schedule.start"), line(str(schedule.start))),
                (said("schedule.finish"), line(finish(schedule))),
                (said("schedule.compliant"), _compliant(schedule, said)),
            )
        ),
        *(paragraph(Span(text, "warn")) for text in notes(schedule, head, said)),
    ]
    if schedule.steps:
        found.append(_steps(schedule.steps, said))
        found.append(paragraph(Span(said("schedule.slack"), "dim")))
    if schedule.renewals:
        found.append(Heading(line(said("schedule.renewals")), 2))
        found.append(paragraph(said("schedule.renewals-why")))
        found.append(_renewals(schedule.renewals, head, said))
        found += _in_words(schedule.renewals, said)
    if schedule.next_renewals:
        found.append(Heading(line(said("schedule.next")), 2))
        found.append(_renewals(schedule.next_renewals, head, said))
    if schedule.may_lapse:
        found.append(Heading(line(said("schedule.lapse")), 2))
        entries = ((0, line(lapse(each, schedule, said))) for each in schedule.may_lapse)
        found.append(Bullets(tuple(entries)))
    if estimated(schedule):
        found.append(paragraph(Span(said("schedule.estimate"), "dim")))
    return found


def finish(schedule: Schedule) -> str:
    """The day on which all is acquired, marked where it is an estimate."""
    return f"{schedule.finish}{MARK if schedule.estimate else ''}"


def days(step: ScheduledStep, start: object) -> tuple[str, str]:
    """When a step starts and finishes, marked where that is an estimate."""
    mark = MARK if step.estimate else ""
    first = str(step.start) + (mark if step.start != start else "")
    return first, str(step.finish) + (mark if step.finish != start else "")


def notes(schedule: Schedule, head: Head, said: Wording) -> list[str]:
    """What stands against being compliant on completion, and the rules that change until then."""
    book, day = head.rulebooks[0], finish(schedule)
    found: list[str] = []
    if schedule.missing:
        found.append(said("schedule.missing", date=day, what=said.ids(schedule.missing, book)))
    if schedule.undecided:
        found.append(said("schedule.undecided", date=day, what=said.ids(schedule.undecided, book)))
    if schedule.outdated:
        found.append(said("schedule.outdated", date=day, what=said.listed(schedule.outdated)))
    late = [each.id for each in schedule.renewals if each.late]
    if late:
        found.append(said("schedule.overdue", what=said.listed(late)))
    if schedule.begun:
        found.append(said("schedule.begun", what=said.listed(schedule.begun)))
    if schedule.ended:
        found.append(said("schedule.ended", what=said.listed(schedule.ended)))
    return found


def thing(renewal: Renewal | MayLapse, said: Wording) -> str:
    """What ends, and whether this plan acquires it."""
    what = said.acquired(renewal.id)
    return said("schedule.acquired", what=what) if renewal.acquired else what


def until(renewal: Renewal | MayLapse) -> str:
    """The last valid day, marked where it is an estimate."""
    return f"{renewal.until}{MARK if renewal.until_estimate else ''}"


def begin(renewal: Renewal, said: Wording) -> Span:
    """By when a renewal has to be begun."""
    if renewal.start is None:
        return Span(said("schedule.unknown"), "warn")
    day = f"{renewal.start}{MARK if renewal.estimate else ''}"
    return Span(said("schedule.late", date=day), "bad") if renewal.late else Span(day)


def otherwise(renewal: Renewal, head: Head, said: Wording) -> str:
    """What is lost unless it is renewed."""
    found: list[str] = []
    if renewal.items:
        what = said.ids(renewal.items, head.rulebooks[0])
        found.append(said("schedule.lost-items", what=what))
    if renewal.undecided:
        what = said.ids(renewal.undecided, head.rulebooks[0])
        found.append(said("schedule.lost-undecided", what=what))
    if renewal.steps:
        found.append(said("schedule.lost-steps", what=said.listed(renewal.steps)))
    found += (said("schedule.instead", what=said.together(each)) for each in renewal.instead)
    return said.listed(found)


def lapse(each: MayLapse, schedule: Schedule, said: Wording) -> str:
    what = thing(each, said)
    if not each.covered_by:
        return said("schedule.lapse-free", what=what, until=until(each))
    cover = [one for one in renewals(schedule) if one.id in each.covered_by]
    return said(
        "schedule.lapse-covered",
        what=what,
        until=until(each),
        cover=said.listed(one.id for one in cover),
        last=until(min(cover, key=lambda one: one.until)),
    )


def renewals(schedule: Schedule) -> tuple[Renewal, ...]:
    return (*schedule.renewals, *schedule.next_renewals)


def caveats(answer: PlanAnswer, plan: Plan, said: Wording) -> list[str]:
    """What a picture or a calendar of a plan has to say with it: readings, assumptions."""
    holds = plan.holds_in
    found = [said("plan.holds-unknown")] if holds is None else []
    if holds and holds.worlds < holds.of:
        found.append(said("plan.holds-in", n=holds.worlds, of=holds.of))
    if answer.assumed:
        what = said.listed(said.input(each) for each in answer.assumed)
        found.append(said("schedule.assumed", what=what))
    return found


def _compliant(schedule: Schedule, said: Wording) -> Line:
    if schedule.compliant_on:
        return (Span(finish(schedule), "good"),)
    if schedule.missing:
        return (Span(said("schedule.not"), "bad"),)
    return (Span(said("schedule.untold"), "warn"),)


def _steps(steps: Sequence[ScheduledStep], said: Wording) -> Grid:
    columns = (
        Column(said("col.what"), "wrap"),
        Column(said("col.start")),
        Column(said("col.finish")),
        Column(said("col.slack")),
        Column(said("col.valid")),
    )
    first = min(step.start for step in steps)

    def row(step: ScheduledStep) -> tuple[Line, ...]:
        start, end = days(step, first)
        late = said("schedule.critical") if step.critical else said.months(step.slack)
        mark = MARK if step.estimate else ""
        until = f"{step.until}{mark}" if step.until else said("no-end")
        return tuple(line(cell) for cell in (said.acquired(step.id), start, end, late, until))

    return Grid(columns, tuple(row(step) for step in steps))


def _renewals(due: Sequence[Renewal], head: Head, said: Wording) -> Grid:
    columns = (
        Column(said("col.renew"), "wrap"),
        Column(said("col.by")),
        Column(said("col.begin"), "wrap"),
        Column(said("col.else"), "wrap"),
    )
    rows = tuple(
        (
            line(thing(each, said)),
            line(until(each)),
            line(begin(each, said)),
            line(otherwise(each, head, said)),
        )
        for each in due
    )
    return Grid(columns, rows)


def _in_words(due: Iterable[Renewal], said: Wording) -> list[Block]:
    """The items that renewals keep from being missing, as the checklist words them."""
    lost = {item for each in due for item in each.items}
    entries = tuple(
        (0, line(said("schedule.word", id=name, text=said.of(said.items[name].text))))
        for book in said.rulebooks
        for name in book.items
        if name in lost
    )
    return [paragraph(said("schedule.words")), Bullets(entries)] if entries else []


def estimated(schedule: Schedule) -> bool:
    """Whether any of its days is an estimate."""
    return schedule.estimate or any(
        each.estimate or each.until_estimate for each in renewals(schedule)
    )
