"""Why there is no plan: limits and items that cannot hold together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from cloudrules.core.planner import Planner
from cloudrules.core.problem import GaveUp, Infeasible, OutOfTime

T = TypeVar("T")


@dataclass(frozen=True)
class Conflict:
    """A minimal set of limits asked for and of items that cannot hold together."""

    limits: tuple[str, ...]
    items: tuple[str, ...]


def from_planner(planner: Planner) -> Conflict | None:
    """A minimal set of the limits and the items that no plan can keep together.

    None where time runs out before it is known to be minimal.
    """
    limits = planner.request.limits()
    items = dict.fromkeys(
        name[1] for case in planner.cases for name in case.circuit.named if name[0] == "missing"
    )
    parts = [("limit", limit) for limit in limits] + [("item", item) for item in items]

    def fails(kept: list[tuple[str, str]]) -> bool:
        planner.clock.check()
        asked = planner.request.keeping(name for kind, name in kept if kind == "limit")
        trial = Planner(
            planner.cases,
            asked,
            planner.solver,
            planner.clock,
            worlds=list(planner.worlds),
            items=frozenset(name for kind, name in kept if kind == "item"),
        )
        trial.spaces = []  # the worlds that made it fail are known; no others are looked for
        outcome = trial.best(("cost",))
        if isinstance(outcome, GaveUp):
            raise OutOfTime
        return isinstance(outcome, Infeasible)

    try:
        kept = minimal(parts, fails)
    except OutOfTime:
        return None
    return Conflict(
        tuple(name for kind, name in kept if kind == "limit"),
        tuple(name for kind, name in kept if kind == "item"),
    )


def minimal(parts: list[T], fails: Callable[[list[T]], bool]) -> list[T]:
    """A subset that still fails, none of whose parts can be taken away: by halves, then singly.

    What stands first is taken away first.
    """
    size = max(1, len(parts) // 2)
    while True:
        at = 0
        while at < len(parts):
            rest = parts[:at] + parts[at + size :]
            if fails(rest):
                parts = rest
            else:
                at += size
        if size == 1:
            return parts
        size //= 2
