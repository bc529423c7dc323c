"""The planning problem as a solver sees it, and the protocol of a solver.

Choose a set of choices such that every condition in `must` holds and the sum of weights is least.
Conditions are formulas whose negations stand at the leaves: `take` and `leave` of a choice, joined
by `and` and `or`. Everything else (readings, dates, `requires`, deadlines) has been made into such
conditions before a solver is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Protocol, TypeAlias

from cloudrules.core.expression import Expr
from cloudrules.core.formulas import Formulas


@dataclass(frozen=True)
class Choice:
    """Something that can be acquired: evidence, or an item to attest. `months` is its own time."""

    id: str
    kind: str
    cost: int
    months: int
    requires: Expr
    estimate: bool = False


@dataclass(frozen=True)
class Limit:
    """The weights of what is taken sum to `most` or less."""

    weights: Mapping[str, int]
    most: int


@dataclass(frozen=True)
class Level:
    """One of several objectives: in a problem's weights it counts `scale` times."""

    weights: Mapping[str, int]
    scale: int


@dataclass(frozen=True)
class Problem:
    """All of `must` hold, all `limits` are kept, and the sum of `weights` is least.

    `levels` say the same as `weights` in smaller numbers: objectives, the most important first,
    each of which outweighs all that come after it. None: the weights are one objective.
    """

    formulas: Formulas
    must: tuple[int, ...]
    weights: Mapping[str, int]
    limits: tuple[Limit, ...] = ()
    levels: tuple[Level, ...] = ()

    @cached_property
    def below(self) -> list[int]:
        """The formulas that the conditions are made of, themselves included, parts first."""
        return self.formulas.below(self.must)

    @cached_property
    def choices(self) -> list[str]:
        nodes = self.formulas.nodes
        return sorted({nodes[index][2] for index in self.below} - {""})

    def value(self, taken: Iterable[str]) -> int:
        return sum(self.weights.get(choice, 0) for choice in taken)

    def accepts(self, taken: frozenset[str]) -> bool:
        holds = self.formulas.holding(self.below, taken)
        return all(holds[root] for root in self.must) and all(
            sum(limit.weights.get(choice, 0) for choice in taken) <= limit.most
            for limit in self.limits
        )


@dataclass(frozen=True)
class Solved:
    """A proved minimum."""

    taken: frozenset[str]
    value: int


@dataclass(frozen=True)
class Infeasible:
    """Proved: no choice will do."""


@dataclass(frozen=True)
class GaveUp:
    """Out of time: the best found, if any, and a value below which none is."""

    best: Solved | None
    bound: int


Outcome: TypeAlias = Solved | Infeasible | GaveUp


class OutOfTime(Exception):
    """The time that a clock allows is up."""


class Clock:
    """How long a search may take, in seconds; `tick` is told of each second that has passed.

    A solver tells it what it has reached, for whoever can use that before the search is over.
    """

    def __init__(self, seconds: float | None, tick: Callable[[int], None] | None = None) -> None:
        self.start = monotonic()
        self.seconds = seconds
        self.tick = tick
        self._told = 0

    def check(self) -> None:
        """To be called often; raises OutOfTime."""
        passed = monotonic() - self.start
        if self.tick is not None and int(passed) > self._told:
            self._told = int(passed)
            self.tick(self._told)
        if self.seconds is not None and passed > self.seconds:
            raise OutOfTime

    @property
    def left(self) -> float | None:
        """Seconds that are left; None: without end."""
        return None if self.seconds is None else max(0.0, self.start + self.seconds - monotonic())

    def part(self, seconds: float) -> Clock:
        """A clock for a part of the time that is left."""
        return Clock(seconds if self.left is None else min(seconds, self.left))

    def found(self, best: Solved) -> None:
        """A plan, better than those before."""

    def proved(self, bound: int) -> None:
        """No plan is of a smaller value."""


class Solver(Protocol):
    """Complete: what it calls solved or infeasible is proved."""

    name: str

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """The minimum; with `below`, only among plans of a smaller value."""
        ...
