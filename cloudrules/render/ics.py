"""iCalendar files (RFC 5545) of all-day events; a schedule has one for each step and renewal.

The same schedule gives the same bytes: no event has a clock time or a random id, and the time
stamp is the date of the answer. An event keeps its UID when its days change, so that a calendar
that reads the file again moves the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from cloudrules.render.clean import clean
from cloudrules.render.head import Head
from cloudrules.render.pages.plan import ending
from cloudrules.render.pages.schedule import caveats, notes, otherwise, thing, until
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.calendar import Schedule, ScheduledStep
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.renewals import Renewal

OCTETS = 75  # of a line, without its line break


@dataclass(frozen=True)
class Event:
    """All days from `first` to `last`, both included. `kind` and `id` tell it from all others.

    `alarms` are what reminds of it, as triggers of RFC 5545: `TRIGGER:-P30D`.
    """

    kind: str
    id: str
    first: date
    last: date
    summary: str
    description: str
    alarms: tuple[str, ...] = ()


def schedule(found: Schedule, answer: PlanAnswer, head: Head, language: str) -> str:
    """The schedule of the first plan of an answer."""
    said = Wording(language, head.rulebooks)
    service = said.of(head.service.service)
    name = said("event.calendar", service=service)
    return calendar(name, _events(found, answer, head, said), head)


def calendar(name: str, events: Iterable[Event], head: Head) -> str:
    """Events as a whole calendar, called by its name."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cloudrules//cloudrules//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _lines(event, head)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A value of type TEXT."""
    lines = [clean(line) for line in text.split("\n")]
    for each in ("\\", ";", ","):
        lines = [line.replace(each, "\\" + each) for line in lines]
    return "\\n".join(lines)


def folded(line: str) -> Iterator[str]:
    """A content line in lines of at most 75 octets, no character of it cut in two."""
    part, octets = "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + char, octets + size
    yield part


def _events(found: Schedule, answer: PlanAnswer, head: Head, said: Wording) -> Iterator[Event]:
    for step in found.steps:
        yield _step(step, said)
    for each in (*found.renewals, *found.next_renewals):
        yield renewal(each, head, said)
    service = said.of(head.service.service)
    day = found.finish
    key = "event.compliant" if found.compliant_on else "event.done"
    told = notes(found, head, said)
    told += [] if answer.status == "optimal" else [ending(answer, said).text]
    told += caveats(answer, answer.plans[0], said)
    told += [said("event.estimate")] if found.estimate else []
    yield Event("finish", "", day, day, said(key, what=service), "\n".join(told))


def _step(step: ScheduledStep, said: Wording) -> Event:
    """From its start to the day before it is held; a step of no time is on its day."""
    days = (step.finish - step.start).days
    last = step.start + timedelta(days=max(days - 1, 0))
    slack = said("event.slack", months=said.months(step.slack))
    told = [
        said("event.held", date=step.finish),
        said("event.critical") if step.critical else slack,
    ]
    if step.estimate:
        told.append(said("event.estimate"))
    summary = said("event.step", what=said.acquired(step.id))
    return Event("step", step.id, step.start, last, summary, "\n".join(told))


def renewal(each: Renewal, head: Head, said: Wording) -> Event:
    """From the last day to begin it, where that is known, to its last valid day."""
    if each.start is None:
        told = [said("event.begin-unknown")]
    else:
        told = [said("event.begin", date=each.start)]
    if each.late:
        told.append(said("event.late"))
    told.append(said("event.else", what=otherwise(each, head, said)))
    if each.estimate or each.until_estimate:
        told.append(said("event.estimate"))
    summary = said("event.renewal", what=thing(each, said), date=until(each))
    first = each.until if each.start is None else each.start
    return Event("renewal", each.id, first, each.until, summary, "\n".join(told))


def _lines(event: Event, head: Head) -> list[str]:
    # The last day is not included in what DTEND says, but nothing comes after the last of all.
    after = event.last + timedelta(days=1) if event.last < date(MAXYEAR, 12, 31) else None
    return [
        "BEGIN:VEVENT",
        f"UID:{_uid(event, head)}",
        f"DTSTAMP:{_written(head.on)}T000000Z",
        f"DTSTART;VALUE=DATE:{_written(event.first)}",
        *([f"DTEND;VALUE=DATE:{_written(after)}"] if after else []),
        f"SUMMARY:{escaped(event.summary)}",
        *([f"DESCRIPTION:{escaped(event.description)}"] if event.description else []),
        "TRANSP:TRANSPARENT",
        *(line for trigger in event.alarms for line in _alarm(trigger, event)),
        "END:VEVENT",
    ]


def _alarm(trigger: str, event: Event) -> list[str]:
    shown = f"DESCRIPTION:{escaped(event.summary)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", trigger, shown, "END:VALARM"]


def _uid(event: Event, head: Head) -> str:
    books: Iterable[str] = (book.id for book in head.rulebooks)
    parts = (head.service.service.source, *books, event.kind, event.id)
    told = "\0".join(parts).encode("utf-8", "backslashreplace")
    return sha256(told).hexdigest()[:32] + "@cloudrules"


def _written(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"
