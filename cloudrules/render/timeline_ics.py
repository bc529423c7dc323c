"""A timeline as an iCalendar file: what changes on which day, and what to renew by when.

A renewal reminds of itself a month before it has to be begun, and a month before its last day;
where that is less than a month away, on the day to begin, and a week before the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cloudrules.render import ics
from cloudrules.render.head import Head
from cloudrules.render.ics import Event
from cloudrules.render.pages.timeline import details, headline, word
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core import timeline as core
    from cloudrules.core.renewals import Renewal
    from cloudrules.core.timeline import Timeline

ALARM = "TRIGGER:-P30D"
TODAY = "TRIGGER:PT0S"
LAST, SOON = "TRIGGER;RELATED=END:-P30D", "TRIGGER;RELATED=END:-P7D"
NOTICE = timedelta(days=30)


def timeline(found: Timeline, head: Head, language: str) -> str:
    said = Wording(language, (found.start.rulebook,))
    name = said("timeline.calendar", service=said.of(head.service.service))
    return ics.calendar(name, _events(found, head, said), head)


def _events(found: Timeline, head: Head, said: Wording) -> Iterator[Event]:
    for each in found.renewals:
        yield replace(ics.renewal(each, head, said), alarms=_alarms(each, head.on))
    for change in found.events:
        yield _change(change, head, said)
    if not found.renewals and not found.events:  # a calendar has an event at the least
        told = said("timeline.no-events", until=found.until)
        yield Event("none", "", found.until, found.until, told, "")


def _alarms(each: Renewal, on: date) -> tuple[str, ...]:
    """None is for a day that has passed."""
    last = LAST if each.until - on > NOTICE else SOON
    if each.start is None or each.late:
        return (last,)
    begin = ALARM if each.start - on > NOTICE else TODAY
    return (begin, last) if each.until - each.start > NOTICE else (begin,)


def _change(event: core.Event, head: Head, said: Wording) -> Event:
    """A change is told from others by what ends and begins: it stays itself on another day."""
    if event.after is None:
        key = "outdated"
    else:
        key = word(event.after.compliant) if event.turns else "same"
    ids = [f"end {each.kind} {each.id}" for each in event.ended]
    ids += [f"begin {each.kind} {each.id}" for each in event.began]
    service = said.of(head.service.service)
    things = [each.id for each in (*event.ended, *event.began)]
    told = [headline(event, said), *details(event, said)]
    return Event(
        "change",
        "\0".join(ids),
        *(event.on, event.on),
        said(f"timeline.event-{key}", what=service, things=said.listed(things)),
        "\n".join(told),
        _reminder(event, head.on),
    )


def _reminder(event: core.Event, on: date) -> tuple[str, ...]:
    """Of a change for the worse that is not too near to be reminded of."""
    worse = event.turns and (event.after is None or not event.after.compliant)
    return (ALARM,) if worse and event.on - on > NOTICE else ()
