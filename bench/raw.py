"""The same instances in each solver's own terms, as one who knows the solver writes them by hand.

No rulebook, circuit or condition of cloudrules is between. The objective is that of `plan
--minimize cost`: the cost, then how many things are acquired. clingo has two priorities for that;
CP-SAT and HiGHS one sum, cost * (choices + 1) + 1 for each choice, as cloudrules gives them.

All three share one hand-made form: a choice for each evidence and for each item to attest, a
variable for an item only where a waiver asks for it and it has several ways, one for a trigger of
several items, and one for a waiver that fires. Each is implied in the direction needed alone.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from families import Instance

RAW = ("clingo", "cp-sat", "cp-sat-2", "highs")


@dataclass(frozen=True)
class Result:
    """`cost` of the best plan found, `bound` on any plan's; seconds of encoding and of solving.

    To import the solver's library counts as encoding, as it counts in cloudrules' own time.
    """

    proved: bool
    cost: int | None
    bound: float
    encode: float
    solve: float


@dataclass
class Form:
    """Clauses `not head or any of body` over numbered variables; head -1: none. Choices first."""

    costs: list[int]
    size: int
    clauses: list[tuple[int, tuple[int, ...]]]

    @property
    def scale(self) -> int:
        return len(self.costs) + 1


def form(made: Instance) -> Form:
    number: dict[str, int] = {}
    costs: list[int] = []
    for name, each in made.evidence.items():
        number[name] = len(costs)
        costs.append(each.cost)
    for name, item in made.items.items():
        if not item.ways:
            number[f"item {name}"] = len(costs)
            costs.append(item.cost)
    clauses = [
        (number[name], (number[each.requires],))
        for name, each in made.evidence.items()
        if each.requires
    ]
    size = len(costs)
    ways = {
        name: tuple(number[way] for way in item.ways) or (number[f"item {name}"],)
        for name, item in made.items.items()
    }
    met: dict[str, int] = {}
    covering: list[list[int]] = [[] for _ in made.items]
    for waiver in made.waivers:
        fired = []
        for trigger in waiver.triggers:
            parts = []
            for name in trigger:
                if name not in met:
                    met[name] = ways[name][0]
                    if len(ways[name]) > 1:
                        met[name], size = size, size + 1
                        clauses.append((met[name], ways[name]))
                parts.append(met[name])
            if len(parts) > 1:
                clauses += [(size, (part,)) for part in parts]
                parts, size = [size], size + 1
            fired += parts
        clauses.append((size, tuple(dict.fromkeys(fired))))
        for at in range(waiver.first, waiver.last + 1):
            covering[at].append(size)
        size += 1
    for at, (name, item) in enumerate(made.items.items()):
        if item.mandatory:
            clauses.append((-1, (*ways[name], *covering[at])))
    return Form(costs, size, clauses)


def solve(name: str, made: Instance, limit: float) -> Result:
    """By one of RAW, for at most `limit` seconds. Raises ImportError without its library."""
    return {
        "clingo": _clingo,
        "cp-sat": _cp_sat,
        "cp-sat-2": lambda made, limit: _cp_sat(made, limit, 2),
        "highs": _highs,
    }[name](made, limit)


def _clingo(made: Instance, limit: float) -> Result:
    start = time.perf_counter()
    from clingo import Control

    stated = form(made)
    control = Control(["--opt-strategy=usc", "--warn=none"])
    with control.backend() as backend:
        atoms = [backend.add_atom() for _ in range(stated.size)]
        backend.add_rule(atoms, [], choice=True)
        for head, body in stated.clauses:
            no = [-atoms[part] for part in body]
            backend.add_rule([], no if head < 0 else [atoms[head], *no])
        backend.add_minimize(1, [(atoms[at], cost) for at, cost in enumerate(stated.costs)])
        backend.add_minimize(0, [(atoms[at], 1) for at in range(len(stated.costs))])
    encoded = time.perf_counter()
    best: list[int] = []
    bounds = [0]
    with control.solve(
        on_model=lambda model: best.append(model.cost[0]),
        on_unsat=lambda lower: bounds.append(lower[0]),
        async_=True,
    ) as handle:
        if not handle.wait(limit):
            handle.cancel()
        proved = bool(handle.get().exhausted)
    ended = time.perf_counter()
    cost = best[-1] if best else None
    bound = cost if proved and cost is not None else max(bounds)
    return Result(proved, cost, bound, encoded - start, ended - encoded)


def _cp_sat(made: Instance, limit: float, workers: int = 1) -> Result:
    start = time.perf_counter()
    from ortools.sat.python import cp_model

    stated = form(made)
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(stated.size)]
    for head, body in stated.clauses:
        parts = [taken[part] for part in body]
        model.add_bool_or(parts if head < 0 else [~taken[head], *parts])
    weights = [cost * stated.scale + 1 for cost in stated.costs]
    model.minimize(cp_model.LinearExpr.weighted_sum(taken[: len(weights)], weights))
    encoded = time.perf_counter()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(model)
    ended = time.perf_counter()
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Result(
        status == cp_model.OPTIMAL,
        round(solver.objective_value) // stated.scale if found else None,
        max(solver.best_objective_bound, 0) / stated.scale,
        encoded - start,
        ended - encoded,
    )


def _highs(made: Instance, limit: float) -> Result:
    start = time.perf_counter()
    import highspy
    import numpy

    stated = form(made)
    rows = [
        ([*body], [1.0] * len(body), 1.0)
        if head < 0
        else ([head, *body], [-1.0] + [1.0] * len(body), 0.0)
        for head, body in ((head, [*dict.fromkeys(body)]) for head, body in stated.clauses)
        if head not in body
    ]
    # What only clauses speak of is whole where the choices are; to say so helps all the same.
    model: Any = highspy.HighsLp()
    model.num_col_, model.num_row_ = stated.size, len(rows)
    weights = [cost * stated.scale + 1 for cost in stated.costs]
    model.col_cost_ = numpy.array(weights + [0] * (stated.size - len(weights)), dtype=float)
    model.col_lower_, model.col_upper_ = numpy.zeros(stated.size), numpy.ones(stated.size)
    model.row_lower_ = numpy.array([lower for _, _, lower in rows])
    model.row_upper_ = numpy.full(len(rows), highspy.kHighsInf)
    model.integrality_ = [highspy.HighsVarType.kInteger] * stated.size
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.array(list(_starts(rows)))
    model.a_matrix_.index_ = numpy.array([at for columns, _, _ in rows for at in columns])
    model.a_matrix_.value_ = numpy.array([value for _, values, _ in rows for value in values])
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", limit)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.passModel(model)
    encoded = time.perf_counter()
    highs.run()
    ended = time.perf_counter()
    info = highs.getInfo()
    proved = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = math.isfinite(info.objective_function_value) and info.primal_solution_status == 2
    return Result(
        proved,
        round(info.objective_function_value) // stated.scale if found else None,
        max(info.mip_dual_bound, 0) / stated.scale,
        encoded - start,
        ended - encoded,
    )


def _starts(rows: list[tuple[list[int], list[float], float]]) -> Iterator[int]:
    total = 0
    yield total
    for columns, _, _ in rows:
        total += len(columns)
        yield total
