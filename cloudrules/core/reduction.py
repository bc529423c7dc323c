"""A problem made smaller before it is searched: what remains has the same minimum.

What follows from the conditions is drawn, and what something else stands in for is dropped
(`simpler`); then each part that shares no choice with others is narrowed down between a bound from
below and a plan (`narrowed`). None of it takes much more than linear time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from cloudrules.core.ascent import Ascent, greedy
from cloudrules.core.dominance import simplified
from cloudrules.core.memory import uncollected
from cloudrules.core.net import Impossible, Net
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
)

LARGE = 1_000  # formulas: to narrow down more of them takes longer than most searches
ROUNDS = 4  # of simplifying, and of ruling out; later ones find next to nothing

Search: TypeAlias = Callable[[Problem, Clock, int | None], Outcome]  # see Solver.solve


@dataclass(frozen=True)
class Simpler:
    """A best plan is `taken` and a best plan of each part; no two of these share a choice."""

    taken: frozenset[str]
    parts: tuple[Problem, ...]


@uncollected()
def simpler(problem: Problem) -> Simpler | None:
    """What remains of a problem; None: no plan is possible."""
    try:
        net = Net(problem)
        simplified(net)
        return Simpler(net.taken, tuple(components(net.problem())))
    except Impossible:
        return None


def by_parts(problem: Problem, clock: Clock, below: int | None, search: Search) -> Outcome:
    """The minimum of a problem, made simpler and searched part by part; as Solver.solve."""
    rest = simpler(problem)
    if rest is None:
        return Infeasible()
    bound = problem.value(rest.taken)
    found, proved = [Solved(rest.taken, bound)], True
    for part in rest.parts:
        outcome = search(part, clock, None if below is None else below - bound)
        if isinstance(outcome, Infeasible):
            return outcome
        best = outcome.best if isinstance(outcome, GaveUp) else outcome
        bound += outcome.bound if isinstance(outcome, GaveUp) else outcome.value
        found += [best] if best is not None else []
        proved = proved and isinstance(outcome, Solved)
    plan: Solved | None = None
    if len(found) > len(rest.parts):
        taken = rest.taken.union(*(each.taken for each in found))
        plan = Solved(taken, sum(each.value for each in found))
    return _known(plan, bound, below, proved=proved)


def narrowed(problem: Problem, clock: Clock, below: int | None, search: Search) -> Outcome:
    """The minimum of a part, by what is known without a search where that is enough.

    As Solver.solve. However little time there is, there is a bound and as a rule a plan. Of a large
    part both are looked for only where the search ends without a proof: it gains little by them.
    """
    tried = GaveUp(None, 0)
    if len(problem.below) > LARGE and clock.left != 0:
        outcome = search(problem, clock, below)
        if not isinstance(outcome, GaveUp):
            return outcome
        tried, search = outcome, _nothing
    try:
        with uncollected():
            part = _Part(problem, clock)
    except Impossible:
        return Infeasible()
    found: Outcome = GaveUp(None, 0)
    spent = problem.value(part.taken)
    if not part.closed and clock.left != 0:
        found = search(part.problem, clock, None if below is None else below - spent)
    if isinstance(found, Infeasible):
        return found
    best = found.best if isinstance(found, GaveUp) else found
    plans = [each for each in (tried.best, part.best) if each is not None]
    plans += [] if best is None else [Solved(part.taken | best.taken, spent + best.value)]
    bound = spent + (found.bound if isinstance(found, GaveUp) else found.value)
    least = min(plans, key=lambda plan: plan.value, default=None)
    bound = max(bound, part.bound, tried.bound)
    return _known(least, bound, below, proved=isinstance(found, Solved))


def _nothing(problem: Problem, clock: Clock, below: int | None) -> Outcome:
    return GaveUp(None, 0)


def _known(plan: Solved | None, bound: int, below: int | None, *, proved: bool) -> Outcome:
    """What a plan and a bound come to, where only plans below a value are asked for."""
    if below is not None:
        if bound >= below:
            return Infeasible()
        plan = plan if plan is not None and plan.value < below else None
    if proved or (plan is not None and plan.value <= bound):
        return plan or Infeasible()
    return GaveUp(plan, bound)


class _Part:
    """A problem as it is narrowed down between its bound and the best plan found.

    `taken` and a best plan of `problem` are together a best plan of what it was.
    """

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self.problem, self.clock = problem, clock
        self.taken: frozenset[str] = frozenset()
        self.best: Solved | None = None
        self.bound = 0
        whole = problem
        for _ in range(ROUNDS):
            net = Net(self.problem)
            while simplified(net):
                if self._late():
                    break
            ascent = Ascent(net)
            taken = self.taken | net.taken
            bound = whole.value(taken) + ascent.bound
            self.bound = max(self.bound, bound)
            fresh = self._improved(whole, taken, greedy(ascent))
            if self.closed:
                return
            ruled_out: list[str] = []
            if self.best is not None:
                # A plan that was found among what is open stays, and what is as good may go.
                kept = self.best.taken if fresh else frozenset()
                most = self.best.value - bound - fresh
                ruled_out = [
                    name
                    for name, spare in ascent.spare.items()
                    if spare > most and name not in kept
                ]
            for name in ruled_out:
                if name not in net.values:
                    net.settle(name, False)
            self.taken |= net.taken
            self.problem = net.problem()
            if not ruled_out or self._late():
                return

    @property
    def closed(self) -> bool:
        """Whether the best plan is proved to be that."""
        return self.best is not None and self.best.value <= self.bound

    def _improved(
        self, whole: Problem, taken: frozenset[str], found: frozenset[str] | None
    ) -> bool:
        """Whether what was found is the best plan so far."""
        if found is None:
            return False
        plan = taken | found
        value = whole.value(plan)
        if (self.best is not None and value >= self.best.value) or not whole.accepts(plan):
            return False
        self.best = Solved(plan, value)
        return True

    def _late(self) -> bool:
        try:
            self.clock.check()
        except OutOfTime:
            return True
        return False


def components(problem: Problem) -> list[Problem]:
    """The parts of a problem that share no choice; a problem with limits is one part."""
    if problem.limits or not problem.must:
        return [problem] if problem.must else []
    formulas = problem.formulas
    below = problem.below
    leader = {index: index for index in below}
    choice_at: dict[str, int] = {}

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = index = leader[leader[index]]
        return index

    for index in below:
        _, args, name = formulas.nodes[index]
        for other in (*args, choice_at.setdefault(name, index)) if name else args:
            leader[find(other)] = find(index)
    parts: dict[int, list[int]] = {}
    for root in dict.fromkeys(problem.must):
        parts.setdefault(find(root), []).append(root)
    return [replace(problem, must=tuple(roots)) for roots in sorted(parts.values())]
