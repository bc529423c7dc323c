"""How long the search for a plan takes, and how often it is proved within a time limit.

`search` is the time inside the solver, `answer` that of the whole answer: conditions, search, and
what each thing in the plan is for. Ratios are to plain enumeration in the same run: every solution
of a 12-item rulebook by python-constraint's own getSolutions, the least of them being the plan.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import constraint  # noqa: E402
import generator  # noqa: E402
from engine import engine  # noqa: E402

from cloudrules.core import plan  # noqa: E402
from cloudrules.core.case import Case, from_service  # noqa: E402
from cloudrules.core.errors import Place  # noqa: E402
from cloudrules.core.planner import Planner  # noqa: E402
from cloudrules.core.problem import Clock, Outcome, Problem, Solver  # noqa: E402
from cloudrules.core.request import checked  # noqa: E402
from cloudrules.core.schema import Ref, Text  # noqa: E402
from cloudrules.core.service import PlanRequest, Service  # noqa: E402
from cloudrules.files.library import Library  # noqa: E402
from cloudrules.solvers import SOLVERS, named  # noqa: E402

ON = date(2026, 12, 1)
TARGET = 0.1  # seconds of search
LIMIT = 10.0  # seconds for one plan, where it may not be enough
OBJECTIVES = [
    ("cost",),
    ("cost", "actions"),
    ("certifications", "cost"),
    ("actions",),
    ("months", "cost"),
]


class Timed:
    """A solver that adds up the time it takes."""

    def __init__(self, solver: Solver) -> None:
        self.name, self.solver, self.seconds = solver.name, solver, 0.0

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        start = time.perf_counter()
        try:
            return self.solver.solve(problem, clock, below)
        finally:
            self.seconds += time.perf_counter() - start


@dataclass
class Run:
    search: float
    answer: float
    optimal: bool
    cost: int | None


def run(case: Case, solver: str, minimize: tuple[str, ...] = ("cost", "actions")) -> Run:
    timed = Timed(named(solver))
    wanted = checked(PlanRequest(minimize=minimize), [case])
    start = time.perf_counter()
    found = plan.from_cases([case], wanted, timed, Clock(LIMIT))
    answer = time.perf_counter() - start
    cost = found.plans[0].cost if found.plans else None
    return Run(timed.seconds, answer, found.status in ("optimal", "infeasible"), cost)


def readings() -> Iterator[Case]:
    """The shipped rulebook with nothing held, in each of its readings."""
    place = Place("bench")
    rulebook = Library().rulebook(Ref("municipal-cloud-level-2", place))
    (case,) = from_service([rulebook], Service(Text({"": "nothing"})), ON)
    names = [reading.id for reading in rulebook.readings]
    for options in product(*(reading.option_ids for reading in rulebook.readings)):
        chosen = dict(zip(names, options, strict=True))
        yield replace(case, situation=replace(case.situation, readings=chosen))


def random_cases(family: str, items: int, seeds: Iterable[int]) -> Iterator[Case]:
    with TemporaryDirectory() as folder:
        for seed in seeds:
            generator.write(generator.medium(seed, items, family), Path(folder))
            yield engine(Path(folder), generator.ON)


def enumerated(case: Case) -> tuple[float, int]:
    """Seconds that plain enumeration takes, and the least cost that it finds."""
    wanted = checked(PlanRequest(), [case])
    planner = Planner([case], wanted, named(next(iter(SOLVERS))), Clock(None))
    problem = planner.problem(("cost",), None)
    start = time.perf_counter()
    search = constraint.Problem()
    search.addVariables(problem.choices, [False, True])
    for root in problem.must:
        names = problem.formulas.choices([root])

        def holds(*values: bool, root: int = root, names: list[str] = names) -> bool:
            taken = frozenset(name for name, value in zip(names, values, strict=True) if value)
            return problem.formulas.holds(root, taken)

        search.addConstraint(constraint.FunctionConstraint(holds), names)
    least = min(
        problem.value(name for name, taken in found.items() if taken)
        for found in search.getSolutions()
    )
    return time.perf_counter() - start, least


def line(what: str, runs: list[Run], reference: float, target: float | None = None) -> None:
    searches = sorted(each.search for each in runs)
    at95 = searches[int(0.95 * (len(searches) - 1))]
    share = sum(each.optimal for each in runs) / len(runs)
    median = statistics.median(searches)
    answer = statistics.median(each.answer for each in runs)
    print(
        f"{what:36}{len(runs):6}{share:8.0%}"
        + "".join(f"{seconds * 1000:10.1f}" for seconds in (median, at95, searches[-1], answer))
        + f"{median / reference:10.4f}"
        + ("" if target is None else "  kept" if at95 <= target else "  missed"),
        flush=True,
    )


def main() -> None:
    (small,) = random_cases("easy", 12, [0])
    reference, least = enumerated(small)
    print(f"Plain enumeration of a random rulebook of 12 items: {reference * 1000:.0f} ms, ratio 1")
    print(f"Target, where there is one: {TARGET * 1000:.0f} ms of search at the 95th percentile")
    print(f"Time limit of a plan: {LIMIT:.0f} s\n")
    columns = ("median", "p95", "max", "answer", "ratio")
    for solver in SOLVERS:
        print(f"{solver + ', times in ms':36}{'plans':>6}{'proved':>8}", end="")
        print("".join(f"{column:>10}" for column in columns) + "  target")
        same = run(small, solver)
        assert same.cost == least, "the solver and the enumeration disagree"
        line("12 items, as enumerated", [same], reference)
        cases = list(readings())
        for minimize in OBJECTIVES:
            runs = [run(case, solver, minimize) for case in cases]
            line(f"shipped rulebook, {','.join(minimize)}", runs, reference, TARGET)
        for family in ("easy", "dense"):
            runs = [run(case, solver) for case in random_cases(family, 28, range(200))]
            line(f"28 items, {family}", runs, reference, TARGET)
        for family in ("easy", "dense"):
            for items in (60, 80, 120):
                runs = [run(case, solver) for case in random_cases(family, items, range(20))]
                line(f"{items} items, {family}", runs, reference)


if __name__ == "__main__":
    main()
