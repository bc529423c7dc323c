"""The solver that suits: no single one is the right one everywhere.

What remains of a problem, once it is made simpler and split into parts, decides part by part.
"""

from __future__ import annotations

from importlib.util import find_spec

from cloudrules.core.errors import Unable
from cloudrules.core.problem import Clock, GaveUp, Outcome, Problem
from cloudrules.core.reduction import by_parts, narrowed
from cloudrules.solvers import LARGE, made
from cloudrules.solvers.race import Race

# Choices that remain. python-constraint against clingo, median: 0.1 to 0.5 ms below 6, 0.6 to 0.9
# from 6 on, 0.8 to 1.0 from 12 on, 2.1 to 1.2 from 18 on, 26 to 1.5 from 42 on.
SMALL = 12
# Seconds. On two busy cores clingo proves what remains of 300 items in 0.02 to 0.09, of 1,000 in
# 0.04 to 0.22, CP-SAT in 0.07 to 0.34 and 0.19 to 0.75, its import not counted.
HEAD_START = 0.1


class Auto:
    name = "auto"

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`."""
        return by_parts(problem, clock, below, self._part)

    def _part(self, part: Problem, clock: Clock, below: int | None) -> Outcome:
        return narrowed(part, clock, below, self._search)

    def _search(self, problem: Problem, clock: Clock, below: int | None) -> Outcome:
        smallest = made("python-constraint")
        if len(problem.choices) <= SMALL:
            return smallest.solve(problem, clock, below)
        try:
            if len(problem.below) <= LARGE:
                first = made("clingo").solve(problem, clock.part(HEAD_START), below)
                if not isinstance(first, GaveUp):
                    return first
            racers = ("clingo", "cp-sat") if find_spec("ortools") else ("clingo",)
            return Race(racers).solve(problem, clock, below)
        except Unable:
            # The one solver whose numbers may be of any size.
            return smallest.solve(problem, clock, below)


def make() -> Auto:
    return Auto()
