"""What can be said of a problem before any search: exact, and in little more than linear time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cloudrules.core.ascent import Ascent, greedy
from cloudrules.core.dominance import simplified
from cloudrules.core.formulas import Formulas
from cloudrules.core.memory import uncollected
from cloudrules.core.net import Impossible, Net
from cloudrules.core.problem import Clock, OutOfTime, Problem, Solved

ROUNDS = 4  # of simplifying, and of ruling out; later ones find next to nothing


@dataclass(frozen=True)
class Reduced:
    """`taken` and a best plan of `problem` are together a best plan of the original.

    `incumbent` is some plan of the original, `bound` a value that no plan of it is below.
    """

    problem: Problem
    taken: frozenset[str]
    incumbent: Solved | None
    bound: int


@uncollected()
def reduced(problem: Problem, clock: Clock | None = None) -> Reduced | None:
    """What remains of a problem; None: no plan is possible.

    A clock that is up ends it early, once there is a bound: it never raises OutOfTime.
    """
    try:
        net = Net(problem)
        simplified(net)
        rest = net.problem()
        parts = [_Part(part, clock) for part in components(rest)]
    except Impossible:
        return None
    taken = net.taken.union(*(part.taken for part in parts))
    bound = problem.value(net.taken) + sum(part.bound for part in parts)
    plans = [part.best.taken for part in parts if part.best is not None]
    incumbent: Solved | None = None
    if len(plans) == len(parts):
        plan = net.taken.union(*plans)
        if problem.accepts(plan):
            incumbent = Solved(plan, problem.value(plan))
    return Reduced(_together(rest, parts), taken, incumbent, bound)


class _Part:
    """A component as it is narrowed down between its bound and the best plan found."""

    def __init__(self, problem: Problem, clock: Clock | None) -> None:
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
            if self.best is not None and self.best.value <= self.bound:
                self.bound = self.best.value
                self.taken = self.best.taken
                self.problem = replace(net.problem(), must=())
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
            if self.clock is not None:
                self.clock.check()
        except OutOfTime:
            return True
        return False


def _together(rest: Problem, parts: list[_Part]) -> Problem:
    """The problems of components as one."""
    left = [part.problem for part in parts if part.problem.must]
    if len(left) == 1:
        return left[0]
    formulas = Formulas()
    must: list[int] = []
    for part in left:
        made = {Formulas.FALSE: Formulas.FALSE, Formulas.TRUE: Formulas.TRUE}
        for index in part.formulas.below(part.must):
            op, args, name = part.formulas.nodes[index]
            if op == "take":
                made[index] = formulas.take(name)
            elif op == "leave":
                made[index] = formulas.leave(name)
            elif op == "and":
                made[index] = formulas.conjunction(made[arg] for arg in args)
            elif op == "or":
                made[index] = formulas.disjunction(made[arg] for arg in args)
        must += [made[root] for root in part.must]
    return replace(rest, formulas=formulas, must=tuple(must))


def components(problem: Problem) -> list[Problem]:
    """The parts of a problem that share no choice; a problem with limits is one part."""
    if problem.limits or not problem.must:
        return [problem] if problem.must else []
    formulas = problem.formulas
    below = formulas.below(problem.must)
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
