"""Constraint programming by OR-tools' CP-SAT: bounds from linear relaxations.

It is an extra (`cloudrules[cp-sat]`): 190 MB, and half a second to import.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model

from cloudrules.core.errors import Unable
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Level,
    Limit,
    Outcome,
    Problem,
    Solved,
)

LARGEST = 2**60  # sums beyond may overflow the solver's 64 bits
EXACT = 2**52  # below, a float tells whole numbers apart


class CpSat:
    name = "cp-sat"

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`. Raises Unable for sums beyond 64 bits.

        Objectives that are too large together are minimised one after the other.
        """
        choices = problem.choices
        whole = {name: problem.weights.get(name, 0) for name in choices}
        together = sum(whole.values()) <= LARGEST
        stages = [Level(whole, 1)] if together else list(problem.levels)
        model = cp_model.CpModel()
        variables = {name: model.new_bool_var("") for name in choices}
        _encode(problem, model, variables)
        for limit in problem.limits:
            _limit(limit, model, variables)
        bound, found = 0, None
        for stage in stages:
            weights = {name: stage.weights.get(name, 0) for name in choices}
            outcome = self._minimum(model, variables, weights, problem, clock, (bound, stage.scale))
            if isinstance(outcome, Infeasible):
                return outcome
            if isinstance(outcome, GaveUp):
                return GaveUp(outcome.best or found, max(outcome.bound, bound))
            found = outcome
            least = sum(weights[name] for name in found.taken)
            bound += stage.scale * least
            _limit(Limit(weights, least), model, variables)
        assert found is not None
        return found if below is None or found.value < below else Infeasible()

    def _minimum(
        self,
        model: Any,
        variables: Mapping[str, Any],
        weights: Mapping[str, int],
        problem: Problem,
        clock: Clock,
        proved: tuple[int, int],
    ) -> Outcome:
        """The minimum of one sum. `proved`: by earlier stages, and the scale of this one."""
        if sum(weights.values()) > LARGEST:
            raise Unable("cp-sat")
        base, scale = proved
        model.minimize(sum(weight * variables[name] for name, weight in weights.items() if weight))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = 1
        # Without the linear relaxation of every condition the bounds of large problems do not move.
        solver.parameters.linearization_level = 2
        # All of the relaxation from the start: seeking what of it is missing takes longer.
        solver.parameters.add_lp_constraints_lazily = False
        if clock.left is not None:
            solver.parameters.max_time_in_seconds = max(clock.left, 0.001)
        watch = _Watch(variables, problem, clock)
        solver.best_bound_callback = lambda bound: clock.proved(base + scale * _whole(bound))
        status = solver.solve(model, watch)
        if status == cp_model.INFEASIBLE:
            return Infeasible()
        best = watch.best
        if status == cp_model.OPTIMAL:
            assert best is not None
            return best
        return GaveUp(best, base + scale * _whole(solver.best_objective_bound))


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the best plan so far and tells the clock of it."""

    def __init__(self, variables: Mapping[str, Any], problem: Problem, clock: Clock) -> None:
        super().__init__()
        self.variables, self.problem, self.clock = variables, problem, clock
        self.best: Solved | None = None

    def on_solution_callback(self) -> None:
        taken = frozenset(name for name, var in self.variables.items() if self.boolean_value(var))
        self.best = Solved(taken, self.problem.value(taken))
        self.clock.found(self.best)


def _whole(bound: float) -> int:
    """A bound as a whole number that is surely none too high."""
    if not math.isfinite(bound) or bound <= 0:
        return 0
    # Sums of whole numbers: a bound of 6.000001 says 7, were it exact; as a float it says 6.
    return math.floor(bound if bound < EXACT else math.nextafter(bound, 0))


def _encode(problem: Problem, model: Any, variables: Mapping[str, Any]) -> None:
    """Each condition, in the one direction that it is needed: a formula implies its parts."""
    formulas = problem.formulas
    below = problem.below
    inner = {arg for index in below for arg in formulas.nodes[index][1]}
    made: dict[int, Any] = {}
    for index in below:
        op, args, name = formulas.nodes[index]
        if op in ("take", "leave"):
            made[index] = variables[name] if op == "take" else ~variables[name]
        elif index in inner:
            made[index] = model.new_bool_var("")
            parts = [made[arg] for arg in args]
            if op == "and":
                model.add_bool_and(parts).only_enforce_if(made[index])
            else:
                model.add_bool_or(parts).only_enforce_if(made[index])
    for root in problem.must:
        op, args, _ = formulas.nodes[root]
        if op == "and":
            model.add_bool_and([made[arg] for arg in args])
        elif op in ("or", "false"):
            model.add_bool_or([made[arg] for arg in args])
        elif op != "true":
            model.add_bool_or([made[root]])


def _limit(limit: Limit, model: Any, variables: Mapping[str, Any]) -> None:
    weights = {
        name: min(weight, limit.most + 1)
        for name in variables
        if (weight := limit.weights.get(name, 0))
    }
    total = sum(weights.values())
    if total > LARGEST:
        raise Unable("cp-sat")
    if total > limit.most:  # else nothing is too much
        model.add(sum(weight * variables[name] for name, weight in weights.items()) <= limit.most)


def make() -> CpSat:
    return CpSat()
