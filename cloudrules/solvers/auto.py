"""The solver that suits: no single one is the right one everywhere.

What remains of a problem, once it is reduced and split into components, decides.
"""

from __future__ import annotations

from importlib.util import find_spec

from cloudrules.core.errors import Unable
from cloudrules.core.problem import Clock, GaveUp, Outcome, Problem
from cloudrules.solvers import LARGE, made
from cloudrules.solvers.race import Race

SMALL = 12  # choices
HEAD_START = 0.1  # seconds


class Auto:
    name = "auto"

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`."""
        if len(problem.choices) <= SMALL:
            return made("python-constraint").solve(problem, clock, below)
        try:
            if len(problem.formulas.below(problem.must)) <= LARGE:
                first = made("clingo").solve(problem, clock.part(HEAD_START), below)
                if not isinstance(first, GaveUp):
                    return first
            racers = ("clingo", "cp-sat") if find_spec("ortools") else ("clingo",)
            return Race(racers).solve(problem, clock, below)
        except Unable:
            # The one solver whose numbers may be of any size.
            return made("python-constraint").solve(problem, clock, below)


def make() -> Auto:
    return Auto()
