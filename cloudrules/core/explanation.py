"""Why an item is exempt, met or owed, and what would change that: reasons as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cloudrules.core import expression
from cloudrules.core.assessment import Assessment, ItemAnswer, turning
from cloudrules.core.entries import Item, Waiver
from cloudrules.core.expression import Name, Range, Waived
from cloudrules.core.gates import Circuit, simulate
from cloudrules.core.implicants import LIMIT, Sets, additions, forcing

NONE = Sets(())


@dataclass(frozen=True)
class Reason:
    """A waiver that fires over the item, and the minimal sets of inputs by which it does.

    `until[k]` is the last day on which all that `because[k]` cites is held; None: no end known.
    `through` are the items that the clause speaks of and that are met.
    """

    waiver: Waiver
    because: Sets
    until: tuple[date | None, ...]
    through: tuple[str, ...]


@dataclass(frozen=True)
class Possibility:
    """A waiver that does not fire, and the minimal sets of inputs that would make it."""

    waiver: Waiver
    acquire: Sets


@dataclass(frozen=True)
class Explanation:
    """`depends_on` are the readings that can turn whether the item is exempt."""

    assessment: Assessment
    item: Item
    answer: ItemAnswer
    reasons: tuple[Reason, ...]
    met_because: Sets
    met_until: tuple[date | None, ...]
    applies_because: Sets
    could_be_waived: tuple[Possibility, ...]
    could_be_met: Sets
    depends_on: tuple[str, ...]


def from_assessment(
    circuit: Circuit, assessment: Assessment, item: str, limit: int = LIMIT
) -> Explanation:
    """Explain one item. Each list of sets holds at most `limit`."""
    return Explainer(circuit, assessment, limit).of(item)


class Explainer:
    """Explains items of one assessment; what they have in common is found out once."""

    def __init__(self, circuit: Circuit, assessment: Assessment, limit: int = LIMIT) -> None:
        self._circuit, self._assessment, self._limit = circuit, assessment, limit
        self._rulebook, self._situation = assessment.rulebook, assessment.situation
        self._settled, _ = self._situation.assumed(self._rulebook)
        self._rails = simulate(circuit, self._situation.rails, False, True)
        self._met = {answer.id for answer in assessment.items if answer.met}
        self._reasons: dict[str, Reason] = {}
        self._possible: dict[str, Possibility] = {}

    def of(self, item: str) -> Explanation:
        """Explain one item. Each list of sets holds at most the limit."""
        answer = self._assessment.item(item)
        met = self._because("met", item) if answer.met else NONE
        return Explanation(
            self._assessment,
            self._rulebook.items[item],
            answer,
            tuple(map(self._reason, self._firing(answer))),
            met,
            self._untils(met),
            self._because("applies", item) if answer.obligation != "unknown" else NONE,
            tuple(map(self._possibility, self._others(answer))),
            NONE if answer.met else self._additions("met", item),
            turning(self._circuit, self._rulebook, self._situation, ("waived", item)),
        )

    def _firing(self, answer: ItemAnswer) -> Iterator[Waiver]:
        """The waivers that fire over an item, in the order of the rulebook."""
        fire = set(answer.waived_by)
        return (waiver for name, waiver in self._rulebook.waivers.items() if name in fire)

    def _others(self, answer: ItemAnswer) -> Iterator[Waiver]:
        """Those that list it and do not fire."""
        fire = set(answer.waived_by)
        for name in self._listing.get(answer.id, ()):
            if name not in fire:
                yield self._rulebook.waivers[name]

    @cached_property
    def _listing(self) -> dict[str, list[str]]:
        """The waivers that list each item, in the order of the rulebook."""
        found: dict[str, list[str]] = {}
        for name, waiver in self._rulebook.waivers.items():
            if name not in self._rulebook.absent:
                for item in self._rulebook.listed(waiver.waives):
                    found.setdefault(item, []).append(name)
        return found

    def _reason(self, waiver: Waiver) -> Reason:
        if waiver.id not in self._reasons:
            sets = self._because("fires", waiver.id)
            through = tuple(dict.fromkeys(self._met_items(waiver)))
            self._reasons[waiver.id] = Reason(waiver, sets, self._untils(sets), through)
        return self._reasons[waiver.id]

    def _possibility(self, waiver: Waiver) -> Possibility:
        if waiver.id not in self._possible:
            self._possible[waiver.id] = Possibility(waiver, self._additions("fires", waiver.id))
        return self._possible[waiver.id]

    def _because(self, *name: str) -> Sets:
        node = self._circuit.named[name]
        value, may_not = self._rails[node]
        assert value != may_not, "the value of the node must be known"
        return forcing(
            self._circuit, node, self._situation, self._rulebook, self._limit, value=value
        )

    def _additions(self, *name: str) -> Sets:
        return additions(self._circuit, self._circuit.named[name], self._settled, self._limit)

    def _untils(self, sets: Sets) -> tuple[date | None, ...]:
        return tuple(self._situation.until(names) for names in sets.sets)

    def _met_items(self, waiver: Waiver) -> Iterator[str]:
        """The items named in a waiver's condition that are met."""
        for leaf in expression.leaves(waiver.when):
            if isinstance(leaf, Range):
                span = self._rulebook.span(leaf.first, leaf.last)
                yield from (name for name in span if name in self._met)
            elif isinstance(leaf, Name | Waived) and leaf.name in self._met:
                yield leaf.name
