"""How planning grows with the number of items, beside solvers given the same by hand.

    python bench/scaling.py [--quick] [--limit SECONDS] [--families easy,dense] [--items 300,1000]

Each cell runs in a process of its own, with a time limit and its peak memory. `auto` is cloudrules
from its files to the plan, with `--minimize cost`:

load     the service, catalogue and rulebook from YAML
compile  the rulebook to a circuit
encode   the circuit to conditions over choices
reduce   what can be settled and split before a solver is asked
solve    inside the solvers, their own encoding included
explain  what each thing in the plan is for, and the rest of the answer

The raw solvers (bench/raw.py) have the same objectives: cost, then how many are acquired. Their
time is encoding and solving; the ratio is of encode + reduce + solve of `auto` to the best of them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import families  # noqa: E402
import raw  # noqa: E402

ITEMS = (28, 100, 300, 1_000, 3_000, 10_000, 50_000)
QUICK = (28, 100, 300, 1_000)
LIMIT = 60.0  # seconds of search
AROUND = 120.0  # seconds more for all that is not search, before a cell is ended
STAGES = ("load", "compile", "encode", "reduce", "solve", "explain")
ON = date(2026, 12, 1)
RATIOS = {1_000: 2.0, 10_000: 1.5}  # items -> at most so many times the best raw solver
LOADED = (10_000, 3.0)  # items, seconds of load and compile
MEMORY = 500  # MB
SHORT = 0.05  # seconds: below, a ratio says nothing

Cell = dict[str, Any]


# --- One cell, in its own process -----------------------------------------------------------------


class Stages:
    """Seconds by stage: what one stage calls of another counts for the other alone."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.open: list[str] = []
        self.since = time.perf_counter()

    def turn(self) -> None:
        now = time.perf_counter()
        if self.open:
            self.seconds[self.open[-1]] += now - self.since
        self.since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            self.turn()
            self.open.append(stage)
            try:
                return function(*args, **named)
            finally:
                self.turn()
                self.open.pop()

        return run

    def wrap(self, stage: str, owner: Any, *names: str) -> None:
        """Time those functions of a module or class that it has."""
        for name in names:
            if hasattr(owner, name):
                setattr(owner, name, self.timed(stage, getattr(owner, name)))


def ours(made: families.Instance, limit: float, solver: str) -> Cell:
    from cloudrules.core import case, plan, planner
    from cloudrules.core.problem import Clock
    from cloudrules.core.request import checked
    from cloudrules.core.service import PlanRequest, Service
    from cloudrules.files.library import Library, read_as, read_tree
    from cloudrules.solvers import named

    stages = Stages()
    with TemporaryDirectory() as name:
        path = families.write(made, Path(name))

        def load() -> tuple[Any, Any]:
            service = read_as(Service, read_tree(path))
            return service, Library().rulebook(service.rulebook[0], path.parent)

        service, rulebook = stages.timed("load", load)()
    (read,) = stages.timed("compile", case.from_service)([rulebook], service, ON)
    solving = named(solver)
    stages.wrap("solve", type(solving), "solve")
    stages.wrap("encode", planner.Planner, "problem")
    stages.wrap("reduce", planner, "settled", "components", "reduced")
    wanted = checked(PlanRequest(minimize=("cost",)), [read])
    answer = stages.timed("explain", plan.from_cases)([read], wanted, solving, Clock(limit))
    bound = dict(answer.bound).get("cost", 0)
    return {
        "proved": answer.status == "optimal",
        "cost": answer.plans[0].cost if answer.plans else None,
        "bound": bound,
        **stages.seconds,
    }


def cell(who: str, family: str, n: int, seed: int, limit: float) -> Cell:
    made = families.instance(family, n, seed)
    if who in raw.RAW:
        found: Cell = vars(raw.solve(who, made, limit))
    else:
        found = ours(made, limit, who)
    used = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {**found, "mb": max(each.ru_maxrss for each in used) / 1024}


def measured(who: str, family: str, n: int, seed: int, limit: float) -> Cell | None:
    """A cell from a process of its own; None where it failed or had to be ended."""
    called = f"scaling.cell({who!r}, {family!r}, {n}, {seed}, {limit})"
    paths = [*sys.path[:2], os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-c", f"import json, scaling; print(json.dumps({called}))"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=limit + AROUND)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    if process.returncode:
        print(f"  {who}: {err.strip().splitlines()[-1] if err.strip() else process.returncode}")
        return None
    made: Cell = json.loads(out.strip().splitlines()[-1])
    return made


# --- The table ------------------------------------------------------------------------------------


def taken(found: Cell | None) -> float | None:
    """Seconds from the problem at hand to the end of the search."""
    if found is None:
        return None
    return float(found["encode"] + found.get("reduce", 0.0) + found["solve"])


def shown(found: Cell | None) -> str:
    """Seconds to a proof, or how far it came: cost / bound."""
    seconds = taken(found)
    if found is None or seconds is None:
        return "ended"
    if found["proved"]:
        return f"{seconds:.2f}"
    return f"{found['cost'] if found['cost'] is not None else '-'}/{found['bound']:.0f}"


def gap(found: Cell | None) -> str:
    if found is None or found["cost"] is None:
        return "no plan"
    return f"{(found['cost'] - found['bound']) / found['cost']:.1%}"


def row(family: str, n: int, seed: int, limit: float, solvers: list[str]) -> dict[str, Cell | None]:
    """One line of the table. Fails where two proved optima differ."""
    found = {who: measured(who, family, n, seed, limit) for who in ("auto", *solvers)}
    proved = {each["cost"] for each in found.values() if each and each["proved"]}
    assert len(proved) <= 1, f"{family} {n}: the proved optima differ: {proved}"
    for who, each in found.items():
        if proved and each and each["cost"] is not None:
            (least,) = proved
            assert each["bound"] - 0.5 <= least <= each["cost"], f"{who} is wrong"
    auto, best = found["auto"], best_of(found)
    stages = "".join(f"{auto[stage]:8.2f}" if auto else f"{'-':>8}" for stage in STAGES)
    mine = taken(auto)
    ratio = f"{mine / best:.2f}" if mine and best and auto and auto["proved"] else "-"
    print(
        f"{family:6}{n:>7}{stages}{shown(auto):>13}"
        + "".join(f"{shown(found[who]):>13}" for who in solvers)
        + f"{ratio:>8}{auto['mb'] if auto else 0:>7.0f}",
        flush=True,
    )
    if not all(each and each["proved"] for each in found.values()):
        print(
            " " * 13
            + "gaps: "
            + ", ".join(
                f"{who} {gap(each)}" for who, each in found.items() if not (each and each["proved"])
            )
        )
    return found


def best_of(found: dict[str, Cell | None]) -> float | None:
    """Seconds of the raw solver that proved it first."""
    proved = (each for who, each in found.items() if who != "auto" and each and each["proved"])
    seconds = (each["encode"] + each["solve"] for each in proved)
    return min(seconds, default=None)


def growth(table: dict[tuple[str, int], dict[str, Cell | None]]) -> Iterator[str]:
    for (family, n), small in table.items():
        large = table.get((family, 10 * n))
        if large is None:
            continue
        parts = []
        for who in small:
            one, two = small[who], large.get(who)
            if one and two and one["proved"] and two["proved"]:
                parts.append(f"{who} {(taken(two) or 0) / max(taken(one) or 0, 1e-3):.0f}")
        if parts:
            yield f"{family} {n} to {10 * n}: " + ", ".join(parts)


def targets(table: dict[tuple[str, int], dict[str, Cell | None]]) -> Iterator[tuple[str, str]]:
    """Each target, and kept, missed or unknown."""
    for (family, n), found in table.items():
        auto, best = found["auto"], best_of(found)
        mine = taken(auto)
        if n in RATIOS and best is not None:
            kept = bool(auto and auto["proved"] and mine is not None)
            kept = kept and (mine or 0) <= max(RATIOS[n] * best, SHORT)
            yield f"{family} {n}: at most {RATIOS[n]} times the best raw solver", verdict(kept)
        if auto and n == LOADED[0]:
            loaded = auto["load"] + auto["compile"]
            what = f"{family} {n}: loaded and compiled in {LOADED[1]:.0f} s ({loaded:.1f})"
            yield what, verdict(loaded <= LOADED[1])
        if auto:
            what = f"{family} {n}: at most {MEMORY} MB ({auto['mb']:.0f})"
            yield what, verdict(auto["mb"] <= MEMORY)


def verdict(kept: bool) -> str:
    return "kept" if kept else "missed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK} items, 10 s")
    parser.add_argument("--limit", type=float, help="seconds of search")
    parser.add_argument("--families", default=",".join(families.FAMILIES))
    parser.add_argument("--items", help="numbers of items, with commas between")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--solvers", help=f"the raw ones, of {','.join(raw.RAW)}")
    given = parser.parse_args()
    limit = given.limit or (10.0 if given.quick else LIMIT)
    sizes = QUICK if given.quick else ITEMS
    if given.items:
        sizes = tuple(int(n) for n in given.items.split(","))
    missing = {"highs": "highspy", "cp-sat": "ortools", "cp-sat-2": "ortools"}
    solvers = []
    for who in given.solvers.split(",") if given.solvers else raw.RAW:
        if who in missing and find_spec(missing[who]) is None:
            print(f"{who} is left out: pip install {missing[who]}")
        else:
            solvers.append(who)
    print(f"Seconds; where none is proved in {limit:.0f} s, the cost reached / the bound on it.\n")
    print(
        f"{'':13}"
        + "".join(f"{stage:>8}" for stage in STAGES)
        + "".join(f"{who:>13}" for who in ("auto", *(f"raw {who}" for who in solvers)))
        + f"{'ratio':>8}{'MB':>7}"
    )
    table = {
        (family, n): row(family, n, given.seed, limit, solvers)
        for family in given.families.split(",")
        for n in sizes
    }
    print("\nGrowth, ten times as many items: so many times the seconds")
    print(*(growth(table)), sep="\n")
    print("\nTargets")
    for what, kept in targets(table):
        print(f"{kept:8}{what}")


if __name__ == "__main__":
    main()
