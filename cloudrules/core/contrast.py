"""A rulebook beside others that differ from it a little: in what services their answers differ.

All are asked about in all readings of the first, on each kind of day, over the same inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cloudrules.core import circuit, difference, epochs, part, universe
from cloudrules.core.checking import Means
from cloudrules.core.gates import Builder, Circuit, Input, Rails, simulate
from cloudrules.core.inquiry import MOMENT
from cloudrules.core.problem import Clock
from cloudrules.core.prover import Prover
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.witness import Witness

STATUSES = ("met", "missing", "open", "waived", "not_applicable")


@dataclass(frozen=True)
class Contrast:
    """The smallest service that is found to be answered differently, and in which items.

    `on` is a day on which that is so, where not every day is alike.
    """

    witness: Witness
    items: tuple[str, ...]
    on: date | None = None


class Contrasts:
    """Raises as `circuit.from_rulebook`; what is asked raises OutOfTime."""

    def __init__(self, rulebook: Rulebook, others: Sequence[Rulebook], means: Means) -> None:
        books = epochs.each(rulebook)
        self.spans = [_Span(book, others, means, alone=len(books) == 1) for book in books]

    def find(self, at: int) -> Contrast | None:
        """A service that the rulebook and one of the others answer differently; None: proved so."""
        found = (span.find(at) for span in self.spans)
        return next((each for each in found if each is not None), None)

    def alike(self, at: int, readings: Readings | None = None) -> bool:
        """Whether no service is answered differently, in some readings or in all."""
        return all(span.alike(at, readings) for span in self.spans)

    def statuses(self) -> dict[str, tuple[str, ...]]:
        """The statuses that each item can have."""
        found: dict[str, set[str]] = {}
        for span in self.spans:
            for item, status in span.statuses():
                found.setdefault(item, set()).add(status)
        return {
            item: tuple(status for status in STATUSES if status in there)
            for item, there in found.items()
        }


class _Span:
    """The days from one change of what is in force to the next."""

    def __init__(
        self, rulebook: Rulebook, others: Sequence[Rulebook], means: Means, *, alone: bool
    ) -> None:
        self.day = None if alone else rulebook.day
        self.builder = builder = Builder()
        self.own = _compiled(rulebook, builder)
        beside: list[Circuit] = []
        for each in others:
            means.clock.check()
            here = each if rulebook.day is None else each.on(rulebook.day)
            beside.append(_compiled(here, builder))
        # All are compiled by now: which values of facts are told apart is known from here on.
        self.universe = universe.of_rulebook(builder, rulebook, {})
        self.items = [name[1] for name in self.own.named if name[0] == "exists"]
        self.gates = [self._differing(each) for each in beside]
        self.means = means
        self.prover: Prover = means.prove(self.universe)

    def _differing(self, other: Circuit) -> dict[str, int]:
        """For each item the gate that says that its answers differ, where they can at all."""
        items = dict.fromkeys(
            [*self.items, *(name[1] for name in other.named if name[0] == "exists")]
        )
        found = {item: self._unlike(other, item) for item in items}
        return {item: gate for item, gate in found.items() if gate != self.builder.false}

    def _unlike(self, other: Circuit, item: str) -> int:
        builder = self.builder
        there = [each.named.get(("exists", item), builder.false) for each in (self.own, other)]
        if builder.false in there:
            return builder.disjunction(there)
        return builder.disjunction(
            [
                builder.difference(*there),
                difference.differing(builder, self.own, other, item),
            ]
        )

    def alike(self, at: int, readings: Readings | None) -> bool:
        wanted = [self.builder.disjunction(self.gates[at].values())]
        if readings is not None:
            wanted.append(part.choice(self.builder, readings))
        return self.builder.false in wanted or self._some(wanted) is None

    def find(self, at: int) -> Contrast | None:
        gate = self.builder.disjunction(self.gates[at].values())
        some = None if gate == self.builder.false else self._some([gate])
        if some is None:
            return None
        clock = self.means.clock
        moment = MOMENT if clock.left is None else min(MOMENT, clock.left)
        least = self.universe.smallest([gate], self.means.solver, Clock(moment))
        keys = least[0] if least else some
        items = tuple(self._holding(self.gates[at], keys))
        return Contrast(self.universe.witness(keys), items, self.day)

    def _some(self, wanted: Sequence[int]) -> frozenset[str] | None:
        return self.prover.find(wanted, self.means.clock)

    def _holding(self, gates: dict[str, int], keys: frozenset[str]) -> Iterator[str]:
        def value(leaf: Input) -> Rails[bool]:
            positive, negated = self.universe.leaf(leaf)
            holds = keys.isdisjoint(positive) == negated
            return holds, not holds

        rails = simulate(self.universe.circuit, value, False, True)
        yield from (item for item, gate in gates.items() if rails[gate][0])

    def statuses(self) -> Iterator[tuple[str, str]]:
        for item in self.items:
            for status, gate in self._status(item).items():
                if gate != self.builder.false and self._some([gate]) is not None:
                    yield item, status

    def _status(self, item: str) -> dict[str, int]:
        """The gates that say which status an item has."""
        builder, named = self.builder, self.own.named
        no = builder.negation
        met, applies, waived, mandatory, missing, exists = (
            named[kind, item]
            for kind in ("met", "applies", "waived", "mandatory", "missing", "exists")
        )
        unmet = [exists, no(met)]
        return {
            "met": builder.conjunction([exists, met]),
            "missing": missing,
            "open": builder.conjunction([*unmet, applies, no(waived), no(mandatory)]),
            "waived": builder.conjunction([*unmet, applies, waived]),
            "not_applicable": builder.conjunction([*unmet, no(applies)]),
        }


def _compiled(rulebook: Rulebook, builder: Builder) -> Circuit:
    return circuit.joined(circuit.parts_of(rulebook, builder))
