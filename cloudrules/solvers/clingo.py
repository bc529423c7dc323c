"""Answer set programming by clingo: bounds from cores, so that a minimum is proved from below.

Each condition is a handful of rules over one choice rule; objectives are clingo's own priorities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import gcd

from clingo import Control
from clingo.backend import Backend

from cloudrules.core.errors import Unable
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Level,
    Limit,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
)

LARGEST = 2**31 - 1  # clingo's weights are 32 bits wide
LOOK = 0.05  # seconds between looks at the clock


class Clingo:
    name = "clingo"

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`. Raises Unable for weights beyond 32 bits."""
        if clock.left == 0:
            return GaveUp(None, 0)
        # Branch and bound, clingo's default, proves nothing of this kind beyond some 300 items.
        control = Control(["--opt-strategy=usc", "--warn=none"])
        levels = [_reduced(level) for level in problem.levels or (Level(problem.weights, 1),)]
        with control.backend() as backend:
            literals = _encoded(problem, [weights for weights, _ in levels], backend)
        best: list[Solved] = []
        bounds = [0]

        def better(taken: frozenset[str]) -> None:
            best[:] = [Solved(taken, problem.value(taken))]
            clock.found(best[0])

        def proved(lower: Sequence[int]) -> None:
            bounds.append(
                sum(part * scale for part, (_, scale) in zip(lower, levels, strict=False))
            )
            clock.proved(bounds[-1])

        with control.solve(
            on_model=lambda model: better(
                frozenset(name for name, atom in literals.items() if model.is_true(atom))
            ),
            on_unsat=proved,
            async_=True,
        ) as handle:
            try:
                while not handle.wait(LOOK if clock.left is None else min(LOOK, clock.left)):
                    clock.check()
            except OutOfTime:
                handle.cancel()
            # At a proved optimum the search is exhausted; what it says of optimality is not used.
            done = bool(handle.get().exhausted)
        if not done:
            return GaveUp(best[0] if best else None, max(bounds))
        if not best or (below is not None and best[0].value >= below):
            return Infeasible()
        return best[0]


def _reduced(level: Level) -> tuple[Mapping[str, int], int]:
    """Weights without the divisor that they share, and the scale of what they sum to."""
    divisor = gcd(*level.weights.values()) or 1
    weights = {name: weight // divisor for name, weight in level.weights.items()}
    return weights, level.scale * divisor


def _encoded(
    problem: Problem, levels: Sequence[Mapping[str, int]], backend: Backend
) -> dict[str, int]:
    """The problem as rules; the atom of each choice."""
    formulas = problem.formulas
    choices = problem.choices
    atoms = {name: backend.add_atom() for name in choices}
    if atoms:
        backend.add_rule(list(atoms.values()), [], choice=True)
    below = problem.below
    inner = {arg for index in below for arg in formulas.nodes[index][1]}
    made: dict[int, int] = {}  # the literal of each formula that is part of another
    for index in below:
        op, args, name = formulas.nodes[index]
        if op in ("take", "leave"):
            made[index] = atoms[name] if op == "take" else -atoms[name]
        elif index in inner:
            made[index] = backend.add_atom()
            for body in [args] if op == "and" else [(arg,) for arg in args]:
                backend.add_rule([made[index]], [made[arg] for arg in body])
    for root in problem.must:
        op, args, _ = formulas.nodes[root]
        for clause in [(arg,) for arg in args] if op == "and" else [args]:
            if op != "true":
                parts = clause if op in ("and", "or", "false") else (root,)
                backend.add_rule([], [-made[part] for part in parts])
    for limit in problem.limits:
        _limited(limit, atoms, backend)
    for priority, weights in enumerate(reversed(levels)):
        terms = [(atoms[name], weights.get(name, 0)) for name in choices]
        if any(weight > LARGEST for _, weight in terms):
            raise Unable("clingo")
        backend.add_minimize(priority, [(atom, weight) for atom, weight in terms if weight])
    return atoms


def _limited(limit: Limit, atoms: Mapping[str, int], backend: Backend) -> None:
    weights = {name: weight for name in atoms if (weight := limit.weights.get(name, 0))}
    divisor = gcd(*weights.values()) or 1
    over = limit.most // divisor + 1  # the least sum that is too much
    body = [(atoms[name], min(weight // divisor, over)) for name, weight in weights.items()]
    total = sum(weight for _, weight in body)
    if total > LARGEST:
        raise Unable("clingo")
    if total >= over:  # else nothing is too much
        backend.add_weight_rule([], over, body)


def make() -> Clingo:
    return Clingo()
