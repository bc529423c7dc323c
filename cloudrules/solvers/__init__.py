"""One file a solver, each behind the protocol `cloudrules.core.problem.Solver`."""

from __future__ import annotations

from importlib import import_module

from cloudrules.core.problem import Solver

# Name on the command line -> module; a module's `make()` gives the solver.
SOLVERS = {"python-constraint": "cloudrules.solvers.python_constraint"}


def named(name: str) -> Solver:
    """The solver of a name in SOLVERS. Its library is imported only now."""
    solver: Solver = import_module(SOLVERS[name]).make()
    return solver
