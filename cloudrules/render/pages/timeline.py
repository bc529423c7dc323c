"""What becomes of a verdict day by day, what to renew by when, and how firmly it all stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cloudrules.core.course import DAY
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
from cloudrules.render.pages.common import MARK, opening, verdict_tone
from cloudrules.render.pages.lapses import lapses
from cloudrules.render.pages.schedule import begin, otherwise, thing, until
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.assessment import ItemAnswer
    from cloudrules.core.implicants import Sets
    from cloudrules.core.robustness import Exemption
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.timeline import Event, ItemChange, Timeline, Turning, WaiverChange

SHOWN = 4  # reasons of an exemption
_STOP = {"ja": "", "en": "; "}  # between the parts of what is said of a day


def page(found: Timeline, head: Head, language: str) -> list[Block]:
    said = Wording(language, (found.start.rulebook,))
    service = said.of(head.service.service)
    title = said("timeline.title", service=service, on=found.on, until=found.until)
    verdict = Span(said.term(_term(found.start.compliant)), verdict_tone(found.start.compliant))
    exempt = said.ids(found.start.waived, found.start.rulebook) or said("timeline.none")
    now = (said("timeline.now", on=found.on), line(verdict))
    return [
        Heading(line(title)),
        paragraph(summary(found, said)),
        opening(head, said, now, (said("timeline.exempt"), line(exempt))),
        *_past(found, said),
        *_events(found, said),
        *_renewals(found, head, said),
        *_endless(found, said),
        *_robustness(found, said),
    ]


def word(compliant: bool | None) -> str:
    """A verdict as part of a phrase's key."""
    return "unknown" if compliant is None else "yes" if compliant else "no"


def summary(found: Timeline, said: Wording) -> Span:
    """Until when the service is compliant if nothing is renewed; and from when on."""
    verdicts = [(found.on, found.start.compliant)]
    verdicts += [(each.on, each.after.compliant if each.after else None) for each in found.events]
    good = [(day, compliant is True) for day, compliant in verdicts]
    begins = next((day for day, yes in good if yes), None)
    if begins is None:
        if any(compliant is None for _, compliant in verdicts):
            return Span(said("timeline.untold", until=found.until), "warn")
        return Span(said("timeline.never", until=found.until), "bad")
    ends = next((day for day, yes in good if day > begins and not yes), None)
    again = next((day for day, yes in good if ends and day > ends and yes), None)
    now = begins == found.on
    days = {"date": begins, "last": ends and ends - DAY, "again": again, "until": found.until}
    if now:
        days["date"] = days["last"]
    key = "until-again" if again and now else "again" if again else "until" if ends else "stays"
    if now:
        return Span(said(f"timeline.{key}", **days), "warn" if ends else "good")
    then = said(f"timeline.then-{key}", **days)
    key = f"timeline.later-{word(found.start.compliant)}"
    return Span(said(key, on=found.on, then=then), "warn")


def _term(compliant: bool | None) -> str:
    return "unknown" if compliant is None else "compliant" if compliant else "not-compliant"


def _past(found: Timeline, said: Wording) -> list[Block]:
    """What had ended before."""
    past = found.case.situation.expired
    entries = tuple(
        (0, line(said("timeline.past", what=said.title(name), date=each.until)))
        for name, each in past.items()
    )
    title = Heading(line(said("timeline.past-title")), 2)
    return [title, Bullets(entries)] if entries else []


# --- Events


def _events(found: Timeline, said: Wording) -> list[Block]:
    title = Heading(line(said("timeline.events")))
    if not found.events:
        return [title, paragraph(said("timeline.no-events", until=found.until))]
    entries = [entry for event in found.events for entry in _event(event, said)]
    return [title, Bullets(tuple(entries))]


def _event(event: Event, said: Wording) -> Iterator[tuple[int, Line]]:
    compliant = event.after.compliant if event.after else None
    tone = verdict_tone(compliant) if event.turns else "dim" if event.quiet else "plain"
    yield 0, (Span(headline(event, said), tone),)
    for text in details(event, said):
        yield 1, line(text)


def headline(event: Event, said: Wording) -> str:
    """The day, what ends or begins, and what comes of it, as one sentence (in ja: a few)."""
    parts = list(_turnings(event, said))
    now = event.after
    if now is None:
        parts.append(said("timeline.outdated"))
    else:
        for key, names in (
            ("revive", [each.item for each in event.changes if each.revives]),
            ("may-revive", [each.item for each in event.changes if each.may_revive]),
            ("release", [each.item for each in event.changes if each.released]),
        ):
            if names:
                items = said.ids(names, now.rulebook)
                parts.append(said(f"timeline.{key}", items=items, n=len(names)))
        if event.quiet:
            parts.append(said("timeline.quiet"))
        else:
            turn = f"{word(event.before.compliant)}-{word(now.compliant)}"
            parts.append(said(f"timeline.turn-{turn}"))
    return said("timeline.on", date=event.on, parts=_STOP[said.language].join(parts))


def _turnings(event: Event, said: Wording) -> Iterator[str]:
    """What ends and begins."""
    held = [each for each in event.ended if each.kind in ("evidence", "attestation")]
    gone = [each for each in event.ended if each not in held]
    for key, several in (("ends", held), ("gone", gone), ("came", event.began)):
        if several:
            what = said.listed(named(each, said) for each in several)
            yield said(f"timeline.{key}", what=what, n=len(several))


def named(each: Turning, said: Wording) -> str:
    """Something that begins or ends, by its name."""
    if each.kind == "evidence":
        return said.title(each.id)
    if each.kind == "attestation":
        return said.acquired(each.id)
    return said(f"timeline.{each.kind}", id=each.id)


def details(event: Event, said: Wording) -> list[str]:
    """What an event ends, the waivers that it turns and the items that change, as ranges."""
    found = [text for each in event.ended if (text := _thing(each, said))]
    found += (_turned(event, each, said) for each in event.waivers)
    groups: dict[tuple[str, str], list[str]] = {}
    for change in event.changes:
        groups.setdefault(_shown(change, said), []).append(change.item)
    for (one, two), items in groups.items():
        names = said.ids(items, _book(event))
        found.append(said("timeline.change", items=names, before=one, after=two))
    if event.began and event.turns and event.after and event.after.compliant is False:
        found.append(said("timeline.hint", date=event.on))
    return found


def _book(event: Event) -> Rulebook:
    return (event.after or event.before).rulebook


def _turned(event: Event, change: WaiverChange, said: Wording) -> str:
    """A waiver that turns, in the words of the source, and the items that it released or releases.

    Those that others release all the while are not among them.
    """
    key = {False: "stops", True: "fires", None: "may-fire"}[change.after]
    waiver = _book(event).waivers.get(change.waiver)
    text, translated = said.cited(waiver.text if waiver else None)
    what = said.clause(waiver) if waiver else change.waiver
    if text:
        what = said("timeline.words", what=what, text=said.quoted(text))
    if translated:
        what = said("timeline.translated", what=what, text=said.quoted(translated))
    told = said(f"timeline.{key}", what=what)
    if change.after:
        turned = {"releases": [each for each in event.changes if each.released]}
    else:
        turned = {
            "revives": [each for each in event.changes if each.revives],
            "may-revive": [each for each in event.changes if each.may_revive],
        }
    for key, changes in turned.items():
        items = [
            each.item
            for each in changes
            if _by(change, each.after if change.after else each.before)
        ]
        if items:
            told = said(f"timeline.clause-{key}", told=told, items=said.ids(items, _book(event)))
    return told


def _by(change: WaiverChange, answer: ItemAnswer | None) -> bool:
    return answer is not None and change.waiver in answer.waived_by


def _thing(each: Turning, said: Wording) -> str:
    """What is known of something held: its last day, who holds it, its note."""
    if each.kind not in ("evidence", "attestation"):
        return ""
    told = [said("timeline.last", date=each.until)]
    if each.holder:
        told.append(said("timeline.holder", holder=said.term(each.holder)))
    if each.note:
        told.append(said.of(each.note))
    return said("timeline.thing", what=each.id, details=said.listed(told))


def _shown(change: ItemChange, said: Wording) -> tuple[str, str]:
    """An item's status before and after, and its obligation where the status is the same."""
    one, two = change.statuses
    if one == two and change.before and change.after:
        both = (change.before.obligation, change.after.obligation)
        status = said.term(str(one))
        first, last = (
            said("timeline.both", status=status, obligation=said.term(each)) for each in both
        )
        return first, last
    first, last = (said.term(each) if each else said("timeline.absent") for each in (one, two))
    return first, last


# --- Renewals


def _renewals(found: Timeline, head: Head, said: Wording) -> list[Block]:
    blocks: list[Block] = [Heading(line(said("timeline.renew")))]
    if found.renewals:
        blocks.append(paragraph(said("timeline.renew-why")))
        blocks.append(_due(found, head, said))
    else:
        blocks.append(paragraph(_no_renewals(found, said)))
    ending = [each.id for each in found.renewals] + [each.id for each in found.may_lapse]
    for key, names in (("alone", found.alone), ("first", found.first)):
        what = [name for name in ending if name in names]
        if what:
            blocks.append(paragraph(said(f"timeline.{key}", what=said.listed(what))))
    blocks += (paragraph(Span(text, "warn")) for text in _limit(found, said))
    blocks += lapses(found, said)
    if any(each.estimate for each in found.renewals) or found.lasts:
        blocks.append(paragraph(Span(said("schedule.estimate"), "dim")))
    return blocks


def _no_renewals(found: Timeline, said: Wording) -> str:
    """Why nothing is listed."""
    if found.falls:
        return said("timeline.renew-fall", until=found.falls - DAY)
    if found.limit:
        key = "untold" if found.limit.compliant is None else "never"
        return said(f"timeline.renew-{key}", until=found.until)
    return said("timeline.renew-none", until=found.until)


def _limit(found: Timeline, said: Wording) -> Iterator[str]:
    """Where renewing helps no longer, and what is lacking then."""
    limit = found.limit
    if limit is None:
        return
    if found.falls:
        key = f"timeline.falls-{word(limit.compliant)}"
        yield said(key, last=found.falls - DAY, date=found.falls)
    if limit.missing:
        items = said.ids(limit.missing, found.start.rulebook)
        yield said("timeline.limit-missing", date=limit.on, items=items)
    if limit.undecided_by:
        what = said.listed(said.title(name) for name in limit.undecided_by)
        yield said("timeline.limit-undecided", date=limit.on, what=what)


def _endless(found: Timeline, said: Wording) -> list[Block]:
    """What is held without a last day, with how long such a thing is valid where that is known."""
    entries: list[tuple[int, Line]] = []
    for name in found.endless:
        known = found.start.rulebook.evidence.get(name)
        what = said.title(name)
        if known and known.valid_months is not None:
            months = said.months(known.valid_months)
            what = said("timeline.endless-months", what=what, months=months)
        entries.append((0, line(what)))
    title = Heading(line(said("timeline.endless-title")), 2)
    return [title, Bullets(tuple(entries))] if entries else []


def _due(found: Timeline, head: Head, said: Wording) -> Grid:
    columns = (
        Column(said("col.renew"), "wrap"),
        Column(said("col.by")),
        Column(said("col.begin"), "wrap"),
        Column(said("col.then")),
        Column(said("col.else"), "wrap"),
    )
    rows = tuple(
        (
            line(thing(each, said)),
            line(until(each)),
            line(begin(each, said)),
            line(
                f"{found.lasts[each.id]}{MARK}"
                if each.id in found.lasts
                else said("timeline.then-unknown")
            ),
            line(otherwise(each, head, said)),
        )
        for each in found.renewals
    )
    return Grid(columns, rows)


# --- Robustness


def _robustness(found: Timeline, said: Wording) -> list[Block]:
    blocks: list[Block] = [Heading(line(said("timeline.robust", on=found.on)))]
    if found.exemptions:
        blocks.append(paragraph(Span(said("timeline.robust-why"), "dim")))
        blocks.append(_exemptions(found, said))
    else:
        blocks.append(paragraph(said("timeline.no-exempt")))
    blocks.append(Heading(line(said("timeline.losses")), 2))
    if found.start.compliant is not True:
        return [*blocks, paragraph(said("timeline.loss-moot"))]
    what = [said.acquired(name) for name in found.losses.breaks]
    what += [said("timeline.loss-doubt", what=said.acquired(name)) for name in found.losses.doubts]
    if not what:
        return [*blocks, paragraph(Span(said("timeline.no-loss"), "good"))]
    return [*blocks, Bullets(tuple((0, line(each)) for each in what))]


def _exemptions(found: Timeline, said: Wording) -> Grid:
    columns = (
        Column(said("timeline.exempt"), "wrap"),
        Column(said("timeline.independent"), "wrap"),
        Column(said("timeline.reasons"), "wrap"),
    )
    alike: dict[tuple[int | None, bool, Sets | None], list[Exemption]] = {}
    for each in found.exemptions:
        alike.setdefault((each.independent, each.exact, each.reasons), []).append(each)
    rows = tuple(
        (
            line(said.ids((each.item for each in several), found.start.rulebook)),
            line(count(several[0], said)),
            line(_reasons(several[0], said)),
        )
        for several in alike.values()
    )
    return Grid(columns, rows)


def count(each: Exemption, said: Wording) -> str:
    """How many independent reasons an exemption has."""
    if each.independent is None:
        return said("timeline.uncounted")
    if each.exact:
        return str(each.independent)
    return said("timeline.at-least", n=each.independent)


def _reasons(each: Exemption, said: Wording) -> str:
    if each.reasons is None:
        return said("timeline.uncounted")
    if each.always:
        return said("timeline.always")
    sets = each.reasons.sets
    told = [_together(names, said) for names in sets[:SHOWN]]
    if each.reasons.more:
        told.append(said("timeline.reasons-many"))
    elif len(sets) > SHOWN:
        told.append(said("timeline.reasons-more", n=len(sets) - SHOWN))
    shown = told[0]
    for other in told[1:]:
        shown = said("timeline.or", one=shown, two=other)
    return shown


def _together(names: Iterable[str], said: Wording) -> str:
    return said.together(said.input(name) for name in names)
