"""What need not be considered: some best plan does without it.

Each step leaves at least one plan of the least value that keeps every limit, if there was one.
Effort is counted, so that it is bounded and the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from cloudrules.core.net import OPEN, Net

EFFORT = 40  # looks at a part of a formula for each that there is


def simplified(net: Net) -> bool:
    """Apply every rule once, in place; whether any did something. Raises Impossible."""
    before = len(net.values), len(net.roots)
    one_sided(net)
    subsumed(net)
    dominated(net)
    return before != (len(net.values), len(net.roots))


def _burdens(net: Net) -> Callable[[str], tuple[int, ...]]:
    """What taking a choice adds to the value and to the sum of each limit."""
    weighed = [net.source.weights, *(limit.weights for limit in net.source.limits)]

    @cache
    def burdens(name: str) -> tuple[int, ...]:
        return tuple(weights.get(name, 0) for weights in weighed)

    return burdens


def one_sided(net: Net) -> None:
    """Choices that nothing asks to take are left; those that cost nothing and harm none, taken."""
    burdens_of = _burdens(net)
    names = net.choices()
    while names:
        settled = False
        for name in names:
            if name in net.values:
                continue
            burdens = burdens_of(name)
            if net.literal(net.takes, name) is None:
                if min(burdens) >= 0:
                    net.settle(name, False)
                    settled = True
            elif net.literal(net.leaves, name) is None and max(burdens) <= 0:
                net.settle(name, True)
                settled = True
        names = net.choices() if settled else []


def subsumed(net: Net) -> None:
    """A disjunction holds wherever a condition does whose parts are all among its own."""
    effort = EFFORT * len(net.ops)
    for root in sorted(net.roots, key=lambda at: (net.left[at], at)):
        if root not in net.roots:
            continue
        parts = net.open_parts(root)
        rarest = min(parts, key=lambda part: (len(net.parents[part]), part))
        others = [part for part in parts if part != rarest]
        for whole in net.parents[rarest]:
            effort -= 1
            if (
                whole != root
                and net.alive[whole]
                and net.ops[whole] == "or"
                and net.left[whole] >= len(parts)
                and all(whole in net.parent_sets[part] for part in others)
            ):
                net.hold(whole)
        if effort < 0:
            return


def dominated(net: Net) -> None:
    """A choice is left where another, no dearer, does as a part of all that it is a part of."""
    effort = EFFORT * len(net.ops)
    burdens_of = _burdens(net)
    for name in net.choices():
        own = net.literal(net.takes, name)
        if own is None:
            continue
        wholes = net.wholes(own)
        if any(net.ops[whole] != "or" for whole in wholes):
            continue
        least = min(wholes, key=lambda whole: (net.left[whole], whole))
        others = [whole for whole in wholes if whole != least]
        burdens = burdens_of(name)
        for part in net.args[least]:
            effort -= 1
            if (
                part == own
                or net.ops[part] != "take"
                or net.state[part] != OPEN
                or net.literal(net.leaves, net.names[part]) is not None
                or not all(whole in net.parent_sets[part] for whole in others)
            ):
                continue
            mine = burdens_of(net.names[part])
            if all(one <= other for one, other in zip(mine, burdens, strict=True)):
                net.settle(name, False)
                break
        if effort < 0:
            return
