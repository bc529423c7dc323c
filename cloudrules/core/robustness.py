"""How firmly a verdict stands: the independent reasons of each exemption, the losses that break it.

All losses of one thing are simulated at once, each as one bit of a vector.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloudrules.core import packing
from cloudrules.core.case import Case
from cloudrules.core.decision import LARGEST
from cloudrules.core.errors import TooLarge
from cloudrules.core.gates import Input, Rails, simulate
from cloudrules.core.implicants import Sets, forcing
from cloudrules.core.rulebook import Rulebook

NODES = 2_000_000  # of decision diagrams, shared out among the exemptions that differ
TRIED = 40_000  # steps of counting what is independent, shared out likewise


@dataclass(frozen=True)
class Exemption:
    """An item that is exempt, and the minimal sets of inputs each of which makes it so.

    `independent` of them at most share no input, certain where it is `exact`. Both are None where
    there are too many to tell; an empty set says that the item is exempt whatever the inputs are.
    """

    item: str
    reasons: Sets | None
    independent: int | None
    exact: bool

    @property
    def always(self) -> bool:
        return self.reasons is not None and () in self.reasons.sets


@dataclass(frozen=True)
class Losses:
    """The things held whose loss alone makes a compliant service not compliant, or may do so.

    There are none where it is not compliant, or not known to be.
    """

    breaks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def exemptions(case: Case) -> tuple[Exemption, ...]:
    """Why each exempt item is exempt, in the order of the items."""
    waived = case.assessed().waived
    nodes = {item: case.circuit.named["waived", item] for item in waived}
    several = frozenset(nodes.values())  # items share their gates
    read = case.rulebook.under(case.situation.readings)
    found = {node: _reasons(case, node, read, share=len(several)) for node in several}
    return tuple(Exemption(item, *found[node]) for item, node in nodes.items())


def _reasons(
    case: Case, node: int, read: Rulebook, share: int
) -> tuple[Sets | None, int | None, bool]:
    largest = min(NODES // share, LARGEST)
    try:
        sets = forcing(case.circuit, node, case.situation, read, value=True, largest=largest)
    except TooLarge:
        return None, None, False
    most, exact = packing.disjoint(sets.sets, min(TRIED // share, packing.STEPS))
    return sets, most, exact and not sets.more


def losses(case: Case) -> Losses:
    """What the verdict rests on, of all that is held."""
    situation = case.situation
    names = list(situation.held)
    places = {name: at for at, name in enumerate(names)}
    ones = (1 << len(names)) - 1

    def value(leaf: Input) -> Rails[int]:
        may, may_not = situation.rails(leaf)
        if leaf.kind in ("evidence", "item") and leaf.name in places:
            lost = 1 << places[leaf.name]
            return ones & ~lost, lost
        return (ones if may else 0), (ones if may_not else 0)

    node = case.circuit.named["compliant",]
    if simulate(case.circuit, situation.rails, False, True)[node] != (True, False):
        return Losses()
    may, may_not = simulate(case.circuit, value, 0, ones)[node]
    return Losses(
        tuple(name for name, at in places.items() if not may >> at & 1),
        tuple(name for name, at in places.items() if may & may_not & 1 << at),
    )
