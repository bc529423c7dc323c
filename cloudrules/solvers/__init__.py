"""One file a solver, each behind the protocol `cloudrules.core.problem.Solver`."""

from __future__ import annotations

from importlib import import_module

from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.problem import Clock, Outcome, Problem, Solver
from cloudrules.core.prover import Asking, Prover, Sampled
from cloudrules.core.reduction import by_parts, narrowed
from cloudrules.core.universe import Universe

LARGE = 5_000  # formulas; to put more into a solver's own terms takes more than a moment

# Name on the command line -> module; a module's `make()` gives the solver.
SOLVERS = {
    "auto": "cloudrules.solvers.auto",
    "python-constraint": "cloudrules.solvers.python_constraint",
    "clingo": "cloudrules.solvers.clingo",
    "cp-sat": "cloudrules.solvers.cp_sat",
}


def named(name: str) -> Solver:
    """The solver of a name in SOLVERS, given what remains of a problem that is made smaller first.

    It keeps its time limit. Raises BadInput as `made`.
    """
    return made(name) if name == "auto" else Reducing(unreduced(name))


def unreduced(name: str) -> Solver:
    """The same, given problems as they stand: it depends on nothing but the solver itself."""
    return Punctual(made(name))


def made(name: str) -> Solver:
    """The solver of a name in SOLVERS by itself. Its library is imported only now.

    Raises BadInput where the library is not installed.
    """
    try:
        solver: Solver = import_module(SOLVERS[name]).make()
    except ModuleNotFoundError as error:
        place = Place("--solver")
        raise BadInput([fault("solver-missing", place, id=name, library=error.name)]) from None
    return solver


def prover(name: str, universe: Universe) -> Prover:
    """The prover of a name in SOLVERS for the services of a universe. Raises BadInput as `made`.

    `auto` and clingo learn from one question for the next; the others are asked each by itself.
    """
    if name in ("auto", "clingo"):
        from cloudrules.solvers.proving import make

        return Sampled(universe, make(universe))
    return Sampled(universe, Asking(universe, named(name)))


class Reducing:
    """A solver that is asked only what cannot be told before any search."""

    def __init__(self, solver: Solver) -> None:
        self.name = solver.name
        self.solver = solver

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`."""
        return by_parts(problem, clock, below, self._part)

    def _part(self, part: Problem, clock: Clock, below: int | None) -> Outcome:
        return narrowed(part, clock, below, self.solver.solve)


class Punctual:
    """A solver that is put into a process of its own where a problem may outlast the clock."""

    def __init__(self, solver: Solver) -> None:
        self.name = solver.name
        self.solver = solver

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`."""
        if clock.left is None or len(problem.below) <= LARGE:
            return self.solver.solve(problem, clock, below)
        from cloudrules.solvers.race import Race

        return Race((self.name,)).solve(problem, clock, below)
