"""One file a solver, each behind the protocol `cloudrules.core.problem.Solver`."""

from __future__ import annotations

from importlib import import_module

from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.problem import Solver

# Name on the command line -> module; a module's `make()` gives the solver.
SOLVERS = {
    "auto": "cloudrules.solvers.auto",
    "python-constraint": "cloudrules.solvers.python_constraint",
    "clingo": "cloudrules.solvers.clingo",
    "cp-sat": "cloudrules.solvers.cp_sat",
}


def named(name: str) -> Solver:
    """The solver of a name in SOLVERS. Its library is imported only now.

    Raises BadInput where the library is not installed.
    """
    try:
        solver: Solver = import_module(SOLVERS[name]).make()
    except ModuleNotFoundError as error:
        place = Place("--solver")
        raise BadInput([fault("solver-missing", place, id=name, library=error.name)]) from None
    return solver
