"""What becomes of a verdict as what is held ends and the rules change; what to renew by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeAlias

from cloudrules.core import course, robustness
from cloudrules.core.assessment import ItemAnswer, Obligation, Status
from cloudrules.core.calendar import valid_until
from cloudrules.core.case import Case
from cloudrules.core.course import DAY, Course, Standing, after
from cloudrules.core.lasting import Lasting
from cloudrules.core.renewals import MayLapse, Renewal, from_reliance, renewing
from cloudrules.core.robustness import Exemption, Losses
from cloudrules.core.schema import Text

Kind: TypeAlias = Literal["evidence", "attestation", "item", "waiver", "rulebook"]


@dataclass(frozen=True)
class Turning:
    """Something held, or an entry of the rules, that begins or ends. `until`: its last day."""

    kind: Kind
    id: str
    until: date | None = None
    holder: str = ""
    note: Text | None = None


@dataclass(frozen=True)
class ItemChange:
    """An item's answer before and after; None where there is no such item in the rules then."""

    item: str
    before: ItemAnswer | None
    after: ItemAnswer | None

    @property
    def statuses(self) -> tuple[Status | None, Status | None]:
        was, now = self.before, self.after
        return was.status if was else None, now.status if now else None

    @property
    def revives(self) -> bool:
        """Whether it was exempt, and is no longer known to be, although it applies."""
        again: tuple[Obligation, ...] = ("mandatory", "optional", "unknown")
        was, now = self.before, self.after
        return bool(was and now and was.obligation == "waived" and now.obligation in again)

    @property
    def released(self) -> bool:
        """Whether it becomes exempt."""
        was, now = self.before, self.after
        return bool(now and now.obligation == "waived" and not (was and was.obligation == "waived"))


@dataclass(frozen=True)
class WaiverChange:
    """Whether a waiver fires, before and after; one that is not in force does not."""

    waiver: str
    before: bool | None
    after: bool | None


@dataclass(frozen=True)
class Event:
    """A day on which something ends or begins. `after` is None where no rules are in force then."""

    on: date
    ended: tuple[Turning, ...]
    began: tuple[Turning, ...]
    before: Standing
    after: Standing | None

    @cached_property
    def changes(self) -> tuple[ItemChange, ...]:
        """The items whose status changes, or whether they are owed, in the order of the rules."""
        return tuple(self._changes())

    def _changes(self) -> Iterator[ItemChange]:
        if self.after is None:
            return
        old = {item.id: item for item in self.before.items}
        new = {item.id: item for item in self.after.items}
        for name in _merged(list(old), list(new)):
            was, now = old.get(name), new.get(name)
            if was is now:
                continue
            if (was and (was.status, was.obligation)) != (now and (now.status, now.obligation)):
                yield ItemChange(name, was, now)

    @cached_property
    def waivers(self) -> tuple[WaiverChange, ...]:
        """The waivers that fire no longer, or from now on."""
        if self.after is None:
            return ()
        old, new = self.before.fires, self.after.fires
        return tuple(
            WaiverChange(name, old.get(name, False), new.get(name, False))
            for name in _merged(list(old), list(new))
            if old.get(name, False) is not new.get(name, False)
        )

    @property
    def of_rules(self) -> bool:
        """Whether the rules change."""
        return bool(self.began) or any(
            each.kind in ("item", "waiver", "rulebook") for each in self.ended
        )

    @property
    def quiet(self) -> bool:
        """Whether nothing changes but what is held."""
        return self.after is not None and not (self.changes or self.waivers or self.turns)

    @property
    def turns(self) -> bool:
        """Whether the verdict changes; that it can no longer be told is a change."""
        return self.after is None or self.after.compliant is not self.before.compliant


@dataclass(frozen=True)
class Timeline:
    """From `on` to `until`, both included.

    The rulebook is not in force from `outdated` on, and the events end with it; it is `settled`
    where nothing changes after `until`. `alone` is what ends and breaks the verdict by that
    although all else is renewed, `first` what does so where nothing is: both may hold of what may
    lapse, where a lapse ends a duty. `lasts` is how long
    each is valid once renewed, as a last day. With all the renewals made, the verdict is still no
    longer compliant on `falls` (None: it stays so).
    """

    case: Case
    on: date
    until: date
    outdated: date | None
    settled: bool
    start: Standing
    events: tuple[Event, ...]
    renewals: tuple[Renewal, ...]
    may_lapse: tuple[MayLapse, ...]
    alone: frozenset[str]
    first: frozenset[str]
    lasts: dict[str, date]
    falls: date | None
    exemptions: tuple[Exemption, ...]
    losses: Losses

    @property
    def endless(self) -> tuple[str, ...]:
        """What is held without a last day: it is taken to last."""
        return tuple(name for name, each in self.case.situation.held.items() if not each.until)

    @property
    def compliant_throughout(self) -> bool:
        """Whether the service is known to be compliant on every day, if nothing is renewed."""
        known = [self.start, *(event.after for event in self.events)]
        return all(each is not None and each.compliant is True for each in known)


def from_case(case: Case, until: date | None = None) -> Timeline:
    """The timeline of a case from its date on, as `course.from_case` limits it. Raises as that."""
    found = course.from_case(case, until)
    standings = found.standings()
    events = tuple(_events(found, standings))
    lasting = Lasting(found)
    ending = lasting.ending()
    takes = {term.id: renewing(term.id, [case]) for term in ending}
    renewals, lapses = from_reliance(lasting, takes, found.on)
    kept = frozenset(each.id for each in renewals)
    after_all = zip(found.days, lasting.compliant(kept), strict=True)
    lasts = {each.id: valid_until(each.id, each.until + DAY, [case]) for each in renewals}
    was = standings[0].compliant is True
    return Timeline(
        case,
        found.on,
        found.until,
        found.outdated,
        found.settled,
        standings[0],
        events,
        tuple(renewals),
        tuple(lapses),
        frozenset(name for name in lasting.all if lasting.lacking(lasting.all - {name})),
        frozenset(_first(found, standings, lasting)),
        {name: day for name, day in lasts.items() if day is not None},
        next((day for day, compliant in after_all if was and compliant is not True), None),
        robustness.exemptions(case),
        robustness.losses(case),
    )


def _events(found: Course, standings: list[Standing]) -> Iterator[Event]:
    """Every day on which something held ends, or an entry of the rules begins or ends."""
    turns = found.turns()
    for before, now in pairwise(standings):
        ended, begun = turns.get(now.on, ([], []))
        gone = _lapsed(found, now.on) + [Turning(kind, name) for kind, name in ended]
        came = [Turning(kind, name) for kind, name in begun]
        if gone or came:  # a period of an entry may begin and end at once, or change nothing
            yield Event(now.on, tuple(gone), tuple(came), before, now)
    if found.outdated:
        book = found.case.rulebook
        gone = _lapsed(found, found.outdated)
        gone.append(Turning("rulebook", book.id, book.in_force.until))
        yield Event(found.outdated, tuple(gone), (), standings[-1], None)


def _lapsed(found: Course, day: date) -> list[Turning]:
    """What is held no longer from this day on."""
    book = found.case.rulebook
    ended: list[Turning] = []
    for name, each in found.holdings.items():
        if after(each.until) == day:
            known = book.evidence.get(name)
            kind: Kind = "evidence" if known else "attestation"
            holder = known.holder if known else ""
            ended.append(Turning(kind, name, each.until, holder, each.note))
    return ended


def _first(found: Course, standings: list[Standing], lasting: Lasting) -> Iterator[str]:
    """That whose end breaks the verdict where nothing is renewed.

    Of several that end on one day, each counts whose staying alone would keep the verdict, or
    whose end alone breaks it.
    """
    for at, (before, now) in enumerate(pairwise(standings), 1):
        if before.compliant is not True or now.compliant is True:
            continue
        ended = {name for name, each in found.holdings.items() if after(each.until) == now.on}
        for name in sorted(ended):
            stays = lasting.compliant(frozenset({name}))[at] is True
            if stays or lasting.compliant(frozenset(ended - {name}))[at] is not True:
                yield name


def _merged(one: list[str], two: list[str]) -> list[str]:
    """The names of both lists in an order that is that of each, as far as they agree."""
    if one == two:
        return one
    places = {name: at for at, name in enumerate(two)}
    found: list[str] = []
    taken: set[str] = set()
    done = 0
    for name in one:
        if name in places:
            upto = max(done, places[name] + 1)
            found += (each for each in two[done:upto] if each not in taken)
            taken.update(two[done:upto])
            done = upto
        elif name not in taken:
            found.append(name)
            taken.add(name)
    return found + [each for each in two[done:] if each not in taken]
