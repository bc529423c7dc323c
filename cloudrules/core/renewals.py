"""What has to be renewed for a plan to hold, and what may lapse: of all that has a last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Protocol, TypeAlias

from cloudrules.core.assessment import Space
from cloudrules.core.case import Case
from cloudrules.core.days import added
from cloudrules.core.entries import Effort
from cloudrules.core.errors import Place
from cloudrules.core.expression import TRUE, Name, leaves
from cloudrules.core.flow import Cones
from cloudrules.core.gates import simulate
from cloudrules.core.problem import Choice
from cloudrules.core.schedule import finishes
from cloudrules.core.situation import holding

Lack: TypeAlias = tuple[str, int, str]  # ("missing" | "doubt", case, item), ("step", 0, id)
Lacks: TypeAlias = frozenset[Lack]
Among: TypeAlias = frozenset[str]


@dataclass(frozen=True)
class Term:
    """Something held, or acquired, from one day to another, both included; None: no end."""

    id: str
    since: date
    until: date | None
    acquired: bool = False
    estimate: bool = False  # that its days are one

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Renewal:
    """What has to be renewed by its last day, `until`; it may be an estimate, as `start` may.

    `start` is the last day to begin, its `months` before; both are None where it is not stated how
    long that takes. It is `late` where that day has passed. Without it, though all else
    that has to be is renewed, the `items` become missing, unknown facts leave `undecided` whether
    others do, and the `steps` lack what they require. `instead` are sets of what may lapse, any one
    of which would do as well if renewed.
    """

    id: str
    until: date
    start: date | None
    months: int | None
    estimate: bool
    late: bool
    acquired: bool
    until_estimate: bool
    items: tuple[str, ...]
    undecided: tuple[str, ...]
    steps: tuple[str, ...]
    instead: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class MayLapse:
    """What need not be renewed; `covered_by` do its part, all of them until `last`."""

    id: str
    until: date
    acquired: bool
    until_estimate: bool
    covered_by: tuple[str, ...]
    last: date | None


class Reliance:
    """What would be lacking, or in doubt, if only some of the terms that end were renewed.

    `cases` are those of the day on which all is acquired; `starts` are the days on which each of
    the `choices` is begun. With `robust`, what is lacking in any reading is lacking.
    """

    def __init__(
        self,
        cases: list[Case],
        terms: Iterable[Term],
        choices: Mapping[str, Choice],
        starts: Mapping[str, date],
        *,
        robust: bool,
    ) -> None:
        self.cases, self.terms = cases, tuple(terms)
        self.choices, self.starts = choices, starts
        self.spaces = [Space(case.rulebook, case.circuit) for case in cases] if robust else []
        self._by_id = {term.id: term for term in self.terms}
        self._required = {  # what each thing to acquire requires, where it does
            name: sorted({leaf.name for leaf in leaves(each.requires) if isinstance(leaf, Name)})
            for name, each in choices.items()
            if each.requires != TRUE
        }
        self._known: dict[Among, Lacks] = {}

    def ending(self) -> list[Term]:
        """The terms that end, by when they do."""
        found = [term for term in self.terms if term.until is not None]
        return sorted(found, key=lambda term: (term.until or date.max, term.id))

    def lacking(self, renewed: Among) -> Lacks:
        """What is lacking on completion, or where a step starts, if just these are renewed."""
        if renewed not in self._known:
            lasting = [term for term in self.terms if term.until is None or term.id in renewed]
            held = frozenset(term.id for term in lasting)
            self._known[renewed] = frozenset(chain(self._items(held), self._steps(renewed, held)))
        return self._known[renewed]

    def _items(self, held: Among) -> Iterable[Lack]:
        holdings = {name: holding(name, Place("")) for name in sorted(held)}
        for at, case in enumerate(self.cases):
            situation = replace(case.situation, held=holdings)
            if self.spaces:
                valid = self.spaces[at].valid
                worlds = self.spaces[at].rails(situation)
                rails = [(bool(one & valid), not one & ~two & valid) for one, two in worlds]
            else:
                rails = simulate(case.circuit, situation.rails, False, True)
            for name, node in case.circuit.named.items():
                may, may_not = rails[node]
                if name[0] == "missing" and may:
                    yield "doubt", at, name[1]
                    if not may_not:
                        yield "missing", at, name[1]

    def _steps(self, renewed: Among, held: Among) -> Iterable[Lack]:
        for name, names in self._required.items():
            choice, day = self.choices[name], self.starts[name]
            terms = [self._by_id[each] for each in names if each in self._by_id]
            then = frozenset(
                term.id
                for term in terms
                if term.since <= day and (term.id in renewed or term.holds(day))
            )
            if not (_may_start(choice, then) and _may_start(choice, held)):
                yield "step", 0, name

    def bearing(self, lack: Lack) -> Among:
        """What may end whether this is lacking."""
        what, at, name = lack
        if what == "step":
            return frozenset(self._required[name])
        return self._cones[at].of([self.cases[at].circuit.named["missing", name]])

    @cached_property
    def _cones(self) -> list[Cones]:
        return [Cones(case.circuit) for case in self.cases]

    def named(self, lacks: Lacks, kind: str) -> tuple[str, ...]:
        """The items missing or in doubt, or the steps, each once, in their own order."""
        found = {(at, name) for what, at, name in lacks if what == kind}
        if kind == "doubt":
            found -= {(at, name) for what, at, name in lacks if what == "missing"}
        if kind == "step":
            return tuple(name for name in self.choices if (0, name) in found)
        order = (
            name[1]
            for at, case in enumerate(self.cases)
            for name in case.circuit.named
            if name[0] == "missing" and (at, name[1]) in found
        )
        return tuple(dict.fromkeys(order))


class Relies(Protocol):
    """What tells what is lacking if only some of what ends is renewed, as `Reliance` does."""

    def ending(self) -> list[Term]: ...
    def lacking(self, renewed: Among, /) -> Lacks: ...
    def bearing(self, lack: Lack, /) -> Among: ...
    def named(self, lacks: Lacks, kind: str, /) -> tuple[str, ...]: ...


def from_reliance(
    reliance: Relies, months: Mapping[str, tuple[int | None, bool]], today: date
) -> tuple[list[Renewal], list[MayLapse]]:
    """What has to be renewed, none of it for nothing, and what may lapse, each by when it ends.

    Of several that do the same it is one that can still be renewed in time, that which ends last.
    `months` says how long a renewal takes, and whether that is an estimate.
    """
    ending = reliance.ending()
    days = {term.id: term.until for term in ending if term.until is not None}
    starts: dict[str, date | None] = {}
    for name, until in days.items():
        takes = months.get(name, (None, False))[0]
        starts[name] = None if takes is None else added(until, -takes) or date.min
    late = {name for name, start in starts.items() if start is not None and start < today}
    lost = _lost(reliance, sorted(ending, key=lambda term: term.id not in late))
    kept = frozenset(lost)
    gone = [term.id for term in ending if term.id not in kept]
    instead = {name: _instead(reliance, kept, name, lost[name], gone) for name in lost}
    renewals: list[Renewal] = []
    lapses: list[MayLapse] = []
    for term in ending:
        until = days[term.id]
        if term.id in kept:
            takes, estimate = months.get(term.id, (None, False))
            start = starts[term.id]
            renewals.append(
                Renewal(
                    term.id,
                    until,
                    start,
                    takes,
                    start is not None and (estimate or term.estimate),
                    term.id in late,
                    term.acquired,
                    term.estimate,
                    reliance.named(lost[term.id], "missing"),
                    reliance.named(lost[term.id], "doubt"),
                    reliance.named(lost[term.id], "step"),
                    instead[term.id],
                )
            )
        else:
            doing = {name for name in kept if any(term.id in each for each in instead[name])}
            cover = tuple(other.id for other in ending if other.id in doing)
            last = min((days[name] for name in cover), default=None)
            lapses.append(MayLapse(term.id, until, term.acquired, term.estimate, cover, last))
    return renewals, lapses


def _lost(reliance: Relies, ending: list[Term]) -> dict[str, Lacks]:
    """What has to be renewed, and what more is lacking without each.

    In the order given, each is let go where nothing more is lacking without it: of several that do
    the same, the last has to be renewed. Where a lapse ends a duty, what was needed before it may
    lapse as well; so all are looked at again.
    """
    kept = frozenset(term.id for term in ending)
    while True:
        before, lost = kept, dict[str, Lacks]()
        lacking = reliance.lacking(kept)
        for term in ending:
            if term.id not in kept:
                continue
            without = reliance.lacking(kept - {term.id})
            if more := without - lacking:
                lost[term.id] = more
            else:
                kept, lacking = kept - {term.id}, without
        if kept == before:
            return lost


def _instead(
    reliance: Relies, kept: Among, name: str, lost: Lacks, gone: list[str]
) -> tuple[tuple[str, ...], ...]:
    """What was let go and would do the part of something kept: one alone, else several at once."""
    lacking, rest = reliance.lacking(kept), kept - {name}
    bearing = [reliance.bearing(lack) for lack in lost]

    def enough(others: Iterable[str]) -> bool:
        return reliance.lacking(rest.union(others)) <= lacking

    # One alone must bear on all that is lost; most often several that bear on some of it will do.
    whole = frozenset.intersection(*bearing)
    if alone := tuple((other,) for other in gone if other in whole and enough([other])):
        return alone
    some = frozenset.union(*bearing)
    needed = [other for other in gone if other in some]
    if not enough(needed):
        needed = gone
        if not enough(needed):
            return ()
    for other in list(needed):
        fewer = [each for each in needed if each != other]
        needed = fewer if enough(fewer) else needed
    return (tuple(needed),)


def _may_start(choice: Choice, held: Among) -> bool:
    """Whether what a thing requires is among what is held."""
    alone = {choice.id: replace(choice, months=0)}
    return finishes(frozenset(alone), alone, held)[choice.id] == 0


def renewing(name: str, cases: list[Case]) -> tuple[int | None, bool]:
    """The months that it takes to get something anew (None: not stated); whether estimated."""
    for case in cases:
        quoted = case.situation.efforts.get(name, Effort()).months
        if quoted is not None:
            return quoted, False
        entry = case.rulebook.evidence.get(name) or case.rulebook.items.get(name)
        if entry and entry.effort and entry.effort.months is not None:
            basis = getattr(entry, "basis", None)
            return entry.effort.months, not (basis and basis.kind == "published")
    return None, False
