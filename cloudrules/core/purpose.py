"""What each thing that a plan acquires is for: what would be lost without it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from cloudrules.core.case import Case
from cloudrules.core.expression import Name, leaves
from cloudrules.core.gates import Input, Named, Rails, simulate
from cloudrules.core.problem import Choice
from cloudrules.core.situation import Situation


@dataclass(frozen=True)
class Step:
    """One thing to acquire. `months` is its own time; `start` and `finish` count from now.

    Without it the `items_met` were not met, the `waivers_fired` did not fire, the `items_released`
    were not released; `required_by` are other steps that need it first.
    """

    id: str
    kind: str
    cost: int
    months: int
    start: int
    finish: int
    estimate: bool
    items_met: tuple[str, ...]
    waivers_fired: tuple[str, ...]
    items_released: tuple[str, ...]
    required_by: tuple[str, ...]


def steps(
    afters: Iterable[Case],
    taken: frozenset[str],
    choices: Mapping[str, Choice],
    finishes: Mapping[str, int],
) -> tuple[Step, ...]:
    """The steps of a plan, by when they start. `afters`: each case once all is acquired."""
    names = sorted(taken)
    lost: dict[str, dict[str, dict[str, None]]] = {
        name: {"met": {}, "fires": {}, "waived": {}} for name in names
    }
    # Bit 0: all is held. Bit k: all but the k-th.
    ones = (1 << len(names) + 1) - 1
    without = {name: ones & ~(2 << at) for at, name in enumerate(names)}
    for case in afters:

        def value(leaf: Input, situation: Situation = case.situation) -> Rails[int]:
            if leaf.kind in ("evidence", "item") and leaf.name in without:
                return without[leaf.name], ones & ~without[leaf.name]
            may, may_not = situation.rails(leaf)
            return (ones if may else 0), (ones if may_not else 0)

        rails = simulate(case.circuit, value, 0, ones)
        for (kind, *rest), node in _in_order(case, {"met", "fires", "waived"}):
            may_not = rails[node][1]
            if not may_not & 1:
                needed = may_not >> 1
                while needed:
                    last = needed & -needed
                    lost[names[last.bit_length() - 1]][kind][rest[0]] = None
                    needed ^= last
    required: dict[str, dict[str, None]] = {name: {} for name in names}
    for other in names:
        for leaf in leaves(choices[other].requires):
            if isinstance(leaf, Name) and leaf.name in required:
                required[leaf.name][other] = None
    found = [
        Step(
            name,
            choices[name].kind,
            choices[name].cost,
            choices[name].months,
            finishes[name] - choices[name].months,
            finishes[name],
            choices[name].estimate,
            tuple(lost[name]["met"]),
            tuple(lost[name]["fires"]),
            tuple(lost[name]["waived"]),
            tuple(required[name]),
        )
        for name in names
    ]
    return tuple(sorted(found, key=lambda step: (step.start, step.id)))


def waived(after: Case) -> dict[str, tuple[str, ...]]:
    """The waivers that fire once all is acquired, each with the items that it releases."""
    rails = simulate(after.circuit, after.situation.rails, False, True)
    found: dict[str, list[str]] = {}
    for (_, waiver, item), node in _in_order(after, {"releases"}):
        if not rails[node][1]:
            found.setdefault(waiver, []).append(item)
    return {waiver: tuple(items) for waiver, items in found.items()}


def together(each: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """What several say is waived, as one."""
    found: dict[str, dict[str, None]] = {}
    for waived in each:
        for waiver, items in waived.items():
            found.setdefault(waiver, {}).update(dict.fromkeys(items))
    return {waiver: tuple(items) for waiver, items in found.items()}


def _in_order(case: Case, kinds: Container[str]) -> list[tuple[Named, int]]:
    """The named gates of some kinds in the rulebook's order of waivers, then of items."""
    order = {name: at for at, name in enumerate([*case.rulebook.waivers, *case.rulebook.items])}
    last = len(order)
    return sorted(
        (pair for pair in case.circuit.named.items() if pair[0][0] in kinds),
        key=lambda pair: [order.get(name, last) for name in pair[0][1:]],
    )
