"""What would be lacking, and on which days, if only some of what ends were renewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from cloudrules.core.course import Course, Stretch, after
from cloudrules.core.flow import Cones, Flow
from cloudrules.core.gates import Rails
from cloudrules.core.renewals import Among, Lack, Lacks, Term


class Lasting:
    """What is lacking, or in doubt, on some day if only some of what ends is renewed.

    Only the days count on which the service is compliant if all of it is renewed.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        days = set(course.days)  # what ends, but too late to be seen, does not matter
        self._terms = [
            Term(name, date.min, each.until)
            for name, each in course.holdings.items()
            if after(each.until) in days
        ]
        self.all = frozenset(term.id for term in self._terms)
        self._renewed: Among = frozenset()
        self._parts = [_Part(stretch) for stretch in course.stretches]
        self._renew(self.all)
        for part in self._parts:
            part.judge()

    def ending(self) -> list[Term]:
        """What is seen to end, by when it does."""
        return sorted(self._terms, key=lambda term: (term.until or date.max, term.id))

    def lacking(self, renewed: Among) -> Lacks:
        """What is lacking on some day if just these are renewed; nothing, if all are."""
        self._renew(renewed)
        return frozenset(lack for part in self._parts for lack in part.lacking())

    def bearing(self, lack: Lack) -> Among:
        """What may end whether this is lacking."""
        return frozenset().union(*(part.bearing(lack[2]) for part in self._parts))

    def named(self, lacks: Lacks, kind: str) -> tuple[str, ...]:
        """The items missing or in doubt on some day, each once, in their own order."""
        names = {name for what, _, name in lacks if what == kind}
        if kind == "doubt":
            names -= {name for what, _, name in lacks if what == "missing"}
        order = (name for part in self._course.stretches for name in part.read.items)
        return tuple(dict.fromkeys(name for name in order if name in names))

    def compliant(self, renewed: Among) -> list[bool | None]:
        """The verdict on each of the days if just these are renewed."""
        self._renew(renewed)
        return [each for part in self._parts for each in part.verdicts()]

    def _renew(self, names: Among) -> None:
        """Let just these be renewed: most often they are nearly those renewed before."""
        turned = names ^ self._renewed
        for part in self._parts:
            part.turn(turned, names)
        self._renewed = names


class _Part:
    """The days on which the rules are the same, with what is renewed and what is lacking then."""

    def __init__(self, stretch: Stretch) -> None:
        named = stretch.case.circuit.named
        self._stretch = stretch
        self._flow = Flow(stretch.case.circuit, list(stretch.rails))
        self._compliant = named["compliant",]
        self._places = {leaf.name: at for at, leaf in stretch.held()}
        self._items: dict[int, list[str]] = {}  # items may share the gate of their being missing
        for name, at in named.items():
            if name[0] == "missing":
                self._items.setdefault(at, []).append(name[1])
        self._missing = {at for at in self._items if self._flow.rails[at][0]}
        self._good = stretch.ones

    @cached_property
    def _cones(self) -> Cones:
        return Cones(self._stretch.case.circuit)

    def judge(self) -> None:
        """Let only the days count on which the service is compliant now."""
        may, may_not = self._verdict
        self._good = may & ~may_not

    def turn(self, names: Among, renewed: Among) -> None:
        """Let each of the names be as it is if just those `renewed` are."""
        always = self._stretch.ones, 0
        inputs = {
            self._places[name]: always if name in renewed else self._stretch.valid(name)
            for name in names
            if name in self._places
        }
        for at in self._flow.change(inputs):
            if at in self._items:
                (self._missing.add if self._flow.rails[at][0] else self._missing.discard)(at)

    def lacking(self) -> Iterator[Lack]:
        good = self._good
        if not self._verdict[1] & good:
            return
        for at in self._missing:
            may, may_not = self._flow.rails[at]
            if may & good:
                for name in self._items[at]:
                    yield "doubt", 0, name
                    if may & good & ~may_not:
                        yield "missing", 0, name

    def bearing(self, item: str) -> Among:
        """What may end whether an item is missing."""
        at = self._stretch.case.circuit.named.get(("missing", item))
        return frozenset() if at is None else self._cones.of([at])

    def verdicts(self) -> Iterator[bool | None]:
        may, may_not = self._verdict
        for at in range(len(self._stretch.days)):
            yield None if may & may_not & 1 << at else bool(may >> at & 1)

    @property
    def _verdict(self) -> Rails[int]:
        return self._flow.rails[self._compliant]
