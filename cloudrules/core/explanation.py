"""Why an item is exempt, met or owed, and what would change that: reasons as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cloudrules.core import expression
from cloudrules.core.assessment import Assessment, ItemAnswer, turning
from cloudrules.core.entries import Item, Waiver
from cloudrules.core.expression import Name, Range, Waived
from cloudrules.core.gates import Circuit
from cloudrules.core.implicants import LIMIT, Sets, additions, forcing
from cloudrules.core.rulebook import Rulebook

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
    rulebook, situation = assessment.rulebook, assessment.situation
    answer = assessment.item(item)
    settled, _ = situation.assumed(rulebook)

    def because(*name: str) -> Sets:
        return forcing(circuit, circuit.named[name], situation, rulebook, limit)

    def untils(sets: Sets) -> tuple[date | None, ...]:
        return tuple(situation.until(names) for names in sets.sets)

    reasons: list[Reason] = []
    possible: list[Possibility] = []
    for waiver in rulebook.waivers.values():
        if waiver.id in answer.waived_by:
            sets = because("fires", waiver.id)
            through = tuple(dict.fromkeys(_met_items(assessment, rulebook, waiver)))
            reasons.append(Reason(waiver, sets, untils(sets), through))
        elif waiver.id not in rulebook.absent and item in rulebook.listed(waiver.waives):
            node = circuit.named["fires", waiver.id]
            possible.append(Possibility(waiver, additions(circuit, node, settled, limit)))
    met = because("met", item) if answer.met else NONE
    applies_known = answer.obligation != "unknown"
    return Explanation(
        assessment,
        rulebook.items[item],
        answer,
        tuple(reasons),
        met,
        untils(met),
        because("applies", item) if applies_known else NONE,
        tuple(possible),
        NONE if answer.met else additions(circuit, circuit.named["met", item], settled, limit),
        turning(circuit, rulebook, situation, ("waived", item)),
    )


def _met_items(assessment: Assessment, rulebook: Rulebook, waiver: Waiver) -> Iterator[str]:
    """The items named in a waiver's condition that are met."""
    met = {answer.id for answer in assessment.items if answer.met}
    for leaf in expression.leaves(waiver.when):
        if isinstance(leaf, Range):
            yield from (name for name in rulebook.span(leaf.first, leaf.last) if name in met)
        elif isinstance(leaf, Name | Waived) and leaf.name in met:
            yield leaf.name
