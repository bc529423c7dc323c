"""Of what every plan needs one: disjoint sets of choices without which there is no plan.

The sets and their prices are a bound from below that anyone can check: forbid all of a set, and
there is no plan; no choice stands in two sets, so a plan pays for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from cloudrules.core.planner import Planner
from cloudrules.core.problem import OutOfTime
from cloudrules.core.request import weight_of
from cloudrules.core.schedule import earliest
from cloudrules.core.trial import minimal


@dataclass(frozen=True)
class Core:
    """Every plan takes one of `any_of`, which is minimal; `price` is the least weight among them.

    `items` is a minimal set of items that cannot all be in order without one of them; none where
    the limits asked for alone demand it.
    """

    any_of: tuple[str, ...]
    price: int
    items: tuple[str, ...]


def disjoint(
    planner: Planner, objective: str | None = None, *, items: bool = True
) -> tuple[Core, ...]:
    """Sets that share no choice, the dearest first, until no more can be found.

    Priced in `objective`, the planner's first by default. For an additive one the prices sum to
    no more than the optimum; for `months` none is above it. Where time runs out: those found so
    far, each proved all the same. An empty set says that there is no plan. Without `items`, what
    makes each necessary is not looked for.
    """
    found: list[Core] = []
    with suppress(OutOfTime):
        for core in each(planner, objective, items=items):
            found.append(core)
    return tuple(found)


def each(planner: Planner, objective: str | None = None, *, items: bool = True) -> Iterator[Core]:
    """The sets of `disjoint`, one by one. Raises OutOfTime where they may not be all."""
    objective = objective or planner.request.minimize[0]
    price = prices(planner, objective)
    fails = _Fails(planner)
    pool = sorted(price, key=lambda name: (price[name], name))
    while fails(pool):
        found = minimal(_dearest(pool, price, fails), fails)
        least = min((price[name] for name in found), default=0)
        yield Core(tuple(sorted(found)), least, _items(planner, found) if items else ())
        if not found:
            return  # there is no plan at all
        pool = [name for name in pool if name not in found]


def prices(planner: Planner, objective: str) -> dict[str, int]:
    """What each choice adds to an objective; for `months`, when it is finished at the earliest."""
    if objective == "months":
        return earliest(planner.choices, planner.held)
    return {name: weight_of(choice, objective) for name, choice in planner.choices.items()}


class _Fails:
    """Whether there is no plan without some choices. Raises OutOfTime."""

    def __init__(self, planner: Planner, items: frozenset[tuple[int, str]] | None = None) -> None:
        self.planner, self.items = planner, items
        self.plans: list[frozenset[str]] = []  # they answer for every set that they do without

    def __call__(self, left: Iterable[str]) -> bool:
        left = frozenset(left)
        if any(left.isdisjoint(plan) for plan in self.plans):
            return False
        self.planner.clock.check()  # a search that is over at once does not look at it
        plan = self.planner.trial(left, self.items).some()
        if plan is None:
            return True
        self.plans.append(plan)
        return False


def _dearest(
    pool: list[str], price: dict[str, int], fails: Callable[[list[str]], bool]
) -> list[str]:
    """Without the cheapest of the pool, as many as can be spared."""
    steps = sorted({price[name] for name in pool})
    low, high = 0, len(steps)  # up from steps[low] is enough; up from steps[high] is not
    while high - low > 1:
        middle = (low + high) // 2
        if fails([name for name in pool if price[name] >= steps[middle]]):
            low = middle
        else:
            high = middle
    return [name for name in pool if not steps or price[name] >= steps[low]]


def _items(planner: Planner, left: list[str]) -> tuple[str, ...]:
    """A minimal set of items that cannot all be in order without these choices."""
    items = [
        (at, name[1])
        for at, case in enumerate(planner.cases)
        for name in case.circuit.named
        if name[0] == "missing"
    ]
    kept = minimal(items, lambda kept: _Fails(planner, frozenset(kept))(left))
    return tuple(dict.fromkeys(item for _, item in kept))
