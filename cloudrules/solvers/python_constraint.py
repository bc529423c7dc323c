"""Complete search by python-constraint, pruned by what the conditions force and by a lower bound.

The library searches; one constraint over all choices tells it, at every step, which values cannot
lead to a better plan. The bound is lowered in place whenever a better plan is found, so that the
search that ends has proved the last one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constraint import BacktrackingSolver, Constraint
from constraint import Problem as Search

from cloudrules.core.bound import Implications
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
)


class _Improves(Constraint):  # type: ignore[misc]
    """Holds while a choice can still be completed to one of a value under `under`."""

    def __init__(self, problem: Problem, clock: Clock, under: int) -> None:
        self.implications = Implications(problem)
        self.limits = [
            ([limit.weights.get(each, 0) for each in self.implications.choices], limit.most)
            for limit in problem.limits
        ]
        self.clock = clock
        self.under = under
        self.steps = 0
        self._last: tuple[int, list[bool | None]] = (-1, [])

    def preProcess(self, variables: Any, domains: Any, constraints: Any, vconstraints: Any) -> None:  # noqa: N802
        """Nothing is decided before the search: `settled` has done that."""

    def __call__(
        self,
        variables: Any,
        domains: Any,
        assignments: Any,
        forwardcheck: Any = False,
    ) -> bool:
        self.clock.check()
        values: list[bool | None] = []
        for variable in variables:
            if variable in assignments:
                values.append(bool(assignments[variable]))
            else:
                domain = domains[variable]
                values.append(bool(domain[0]) if len(domain) == 1 else None)
        if (self.under, values) == self._last:
            return True  # a value that was already forced, now taken by the search
        self.steps += 1
        if not self.consistent(values):
            return False
        self._last = (self.under, values)
        if forwardcheck:
            for variable, value in zip(variables, values, strict=True):
                if value is not None and variable not in assignments:
                    domain = domains[variable]
                    if int(not value) in domain:
                        domain.hideValue(int(not value))
                    if not domain:
                        return False
        return True

    def consistent(self, values: list[bool | None]) -> bool:
        """Settle what is forced; False where no completion is good enough."""
        implications = self.implications
        while True:
            if not implications.forced(values):
                return False
            settled = False
            for weights, most in self.limits:
                bound, extra = implications.least(values, weights)
                if bound > most:
                    return False
                settled |= _bar(values, extra, most - bound)
            bound, extra = implications.least(values)
            if bound >= self.under:
                return False
            settled |= _bar(values, extra, self.under - 1 - bound)
            if not settled:
                break
        if None in values and implications.holds(values):
            # Nothing more is needed: what else were taken would only add to the sum.
            values[:] = [bool(value) for value in values]
        return True


def _bar(values: list[bool | None], extra: list[int], spare: int) -> bool:
    """Leave every open choice that would add more to the bound than there is to spare."""
    settled = False
    for at, value in enumerate(values):
        if value is None and extra[at] > spare:
            values[at] = False
            settled = True
    return settled


class PythonConstraint:
    name = "python-constraint"

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`."""
        ceiling = problem.value(problem.choices) + 1
        improves = _Improves(problem, clock, ceiling if below is None else min(below, ceiling))
        implications = improves.implications
        values: list[bool | None] = [None] * len(implications.choices)
        # So much is done however little time there is: a bound, and as a rule some plan.
        if not improves.consistent(values):
            return Infeasible()
        bound, extra = implications.least(values)
        best = self._first(improves, values, extra)
        try:
            if best is None or best.value > bound:
                for found in self._search(improves, values, extra):
                    best = Solved(found, problem.value(found))
                    improves.under = best.value
                    if best.value <= bound:
                        break
        except OutOfTime:
            return GaveUp(best, bound)
        return best or Infeasible()

    def _first(
        self, improves: _Improves, values: list[bool | None], extra: list[int]
    ) -> Solved | None:
        """A plan to start from, so that the search need only look for better ones."""
        implications = improves.implications
        found = implications.greedy(values, extra)
        if found is None:
            return None
        taken = frozenset(
            each for each, value in zip(implications.choices, found, strict=True) if value
        )
        value = implications.problem.value(taken)
        if value >= improves.under or not implications.problem.accepts(taken):
            return None
        improves.under = value
        return Solved(taken, value)

    def _search(
        self, improves: _Improves, values: list[bool | None], extra: list[int]
    ) -> Iterator[frozenset[str]]:
        """Better plans, each better than the one before; what `values` settles stays."""
        implications = improves.implications
        size = len(values)
        if not size:
            yield frozenset()
            return
        search = Search(BacktrackingSolver())
        # What the bound has paid for comes first, then what decides most.
        standing = implications.standing
        order = sorted(range(size), key=lambda at: (extra[at], -len(standing[at]), at))
        for at in order:
            # The search tries the last value first.
            value = values[at]
            search.addVariable(at, [0, 1] if value is None else [int(value)])
        search.addConstraint(improves, list(range(size)))
        for found in search.getSolutionIter():
            yield frozenset(implications.choices[at] for at, value in found.items() if value)


def make() -> PythonConstraint:
    return PythonConstraint()
