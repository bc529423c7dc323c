"""What need not be renewed, and why; and where renewing helps no longer.

Each claim is simulated, not derived: rules need not be monotone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from cloudrules.core.course import DAY, Course
from cloudrules.core.lasting import Lasting
from cloudrules.core.renewals import Among, MayLapse

Why: TypeAlias = Literal["enough", "covered", "together", "partly", "moot", "open"]
USELESS: tuple[Why, ...] = ("moot", "open")  # none of which is said to be safe to leave out


@dataclass(frozen=True)
class Lapse:
    """What need not be renewed, and `why`, if what has to be is renewed.

    - enough: what remains keeps the service compliant on every day from its end on
    - partly: it does so on those days on which the service is compliant with all renewed
    - covered: `covered_by` do its part until `last`, and longer if they are renewed; only if they
      are renewed where that is its own last day
    - together: where all else is renewed its end breaks the verdict, so what ends a duty has to
      end as well
    - moot: from its end on, the service is known not to be compliant with it or without it
    - open: from its end on, the service is not known to be compliant even with all renewed, which
      turns on the inputs `undecided_by`
    """

    id: str
    until: date
    why: Why
    covered_by: tuple[str, ...] = ()
    last: date | None = None
    undecided_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A day on which the service is not known to be compliant even with all renewed that ends.

    `compliant` is None where that is not known; it turns on the inputs `undecided_by`.
    """

    on: date
    compliant: bool | None
    missing: tuple[str, ...]
    undecided_by: tuple[str, ...]


@dataclass(frozen=True)
class Prospect:
    """What the verdict is on each of the days, by what is renewed: `kept` is what has to be."""

    course: Course
    lasting: Lasting
    days: tuple[date, ...]
    kept: Among
    by_all: tuple[bool | None, ...]
    by_kept: tuple[bool | None, ...]
    by_none: tuple[bool | None, ...]

    @property
    def falls(self) -> date | None:
        """The day on which it is known to be compliant no longer, with all renewals made."""
        was = False
        for day, compliant in zip(self.days, self.by_kept, strict=True):
            if was and compliant is not True:
                return day
            was = was or compliant is True
        return None

    def limit(self) -> Limit | None:
        """Of the day on which it falls; of one of all days, where it is compliant on none."""
        if self.falls:
            return self._limit(self.days.index(self.falls))
        if True in self.by_kept:
            return None
        open_ = (at for at, compliant in enumerate(self.by_all) if compliant is None)
        return self._limit(next(open_, 0))

    def lapses(self, found: list[MayLapse], alone: Among) -> Iterator[Lapse]:
        """Why each may lapse; `alone` breaks the verdict where all else is renewed."""
        moot = self._moot({each.id: self._after(each) for each in found})
        for each in found:
            start = self._after(each)
            if each.id in alone:
                yield Lapse(each.id, each.until, "together")
            elif each.covered_by and (last := self._last(each)):
                yield Lapse(each.id, each.until, "covered", each.covered_by, last)
            elif {*self.by_kept[start:]} == {True}:
                yield Lapse(each.id, each.until, "enough")
            elif True in self.by_all[start:]:
                yield Lapse(each.id, each.until, "partly")
            elif each.id in moot:
                yield Lapse(each.id, each.until, "moot")
            else:
                names = dict.fromkeys(name for day in self._turning[start:] for name in day)
                yield Lapse(each.id, each.until, "open", undecided_by=tuple(names))

    def _after(self, each: MayLapse) -> int:
        return self.days.index(each.until + DAY)

    def _moot(self, starts: dict[str, int]) -> set[str]:
        """After whose end it is not compliant, whether it is renewed with all, some or none."""
        known = (self.by_all, self.by_kept, self.by_none)
        found = [
            name
            for name, start in starts.items()
            if all({*told[start:]} == {False} for told in known)
        ]
        for others in {self.kept, frozenset[str](), self.lasting.all}:
            found = [  # one set after another: each is nearly that of the name before
                name
                for name in found
                if {*self.lasting.compliant(others ^ {name})[starts[name] :]} == {False}
            ]
        return {*found}

    def _last(self, each: MayLapse) -> date | None:
        """The last day on which what covers something does its part without being renewed."""
        without = self.lasting.compliant(self.kept.difference(each.covered_by))
        for at in range(self._after(each), len(self.days)):
            if self.by_all[at] is True and without[at] is not True:
                return self.days[at] - DAY
        return None

    @cached_property
    def _turning(self) -> list[tuple[str, ...]]:
        """The unknown inputs on which the verdict turns on each day, with all renewed."""
        found: list[tuple[str, ...]] = []
        for part in self.course.stretches:
            open_ = self.by_all[len(found)] is None  # as on all days under the same rules
            names = part.case.assessed().undecided_by if open_ else ()
            found += [names] * len(part.days)
        return found

    def _limit(self, at: int) -> Limit:
        day = self.days[at]
        case = next(part.case for part in self.course.stretches if day <= part.days[-1])
        assessed = case.assessed()  # in it, all is still held that ends
        known = self.by_all[at] is False and self.by_kept[at] is False
        compliant = False if known else None
        return Limit(day, compliant, assessed.missing, assessed.undecided_by)


def from_course(course: Course, lasting: Lasting, kept: Among) -> Prospect:
    none, all_, some = (
        tuple(lasting.compliant(names)) for names in (frozenset[str](), lasting.all, kept)
    )
    return Prospect(course, lasting, tuple(course.days), kept, all_, some, none)
