"""How long the way from YAML files to a solver's problem takes, and how much memory.

Each figure is of a process of its own, once its modules are imported: `read` the files to rulebooks
with all names resolved, `compile` them to circuits for one service, and make the `problem` whose
minimum is the plan. Ratios are of reading and compiling to a plain yaml.load of the same files by
CSafeLoader, which makes dicts and lists and checks nothing, in the same run. Seconds are the
processes' own work on one core, so that what else the machine does hardly counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

import cities  # noqa: E402
import generator  # noqa: E402
import yaml  # noqa: E402

SERVICE = "service.yaml"
SEED = 0
SIZES = (1_000, 10_000)
MEMORY = 500  # megabytes
PROBLEM = 0.5  # seconds for the problem, of 10,000 items
TARGETS = {10_000: 3.0, cities.CITIES: 15.0}  # seconds for reading and compiling
SHARED = [
    ROOT / "knowledge_base" / "rulebooks" / "municipal-cloud-level-2.yaml",
    *sorted((ROOT / "knowledge_base" / "catalogues").glob("*.yaml")),
]


def plain(folder: Path) -> dict[str, float]:
    """Seconds that yaml.load takes for the files."""
    files = sorted(folder.rglob("*.yaml"))
    files += SHARED if (folder / "books").is_dir() else []
    start = time.process_time()
    for file in files:
        with file.open(encoding="utf-8") as stream:
            yaml.load(stream, yaml.CSafeLoader)
    return {"yaml": time.process_time() - start}


def made(folder: Path) -> dict[str, float]:
    """Seconds for each stage."""
    from cloudrules.core import case
    from cloudrules.core.errors import Place
    from cloudrules.core.planner import Planner
    from cloudrules.core.problem import Clock
    from cloudrules.core.request import checked
    from cloudrules.core.schema import Ref
    from cloudrules.core.service import PlanRequest, Service
    from cloudrules.files import folder as folders
    from cloudrules.files.library import Library, read_as, read_tree
    from cloudrules.solvers import named

    times = [time.process_time()]
    service = read_as(Service, read_tree(folder / SERVICE))
    library, books = Library(), folder / "books"
    if books.is_dir():
        found = folders.rulebooks(library, Ref(str(books), Place("bench")), Path())
    else:
        found = [library.rulebook(service.rulebook[0], folder)]
    times.append(time.process_time())
    cases = case.from_service(found, service, generator.ON)
    times.append(time.process_time())
    wanted = checked(PlanRequest(), cases)
    planner = Planner(cases, wanted, named("auto"), Clock(None))
    times.append(time.process_time())
    planner.problem(("cost", "actions"), None)
    times.append(time.process_time())
    read, compiled, _, problem = (after - before for before, after in pairwise(times))
    return {"read": read, "compile": compiled, "problem": problem}


STAGES = {"plain": plain, "made": made}


def measured(stage: str, folder: Path) -> tuple[dict[str, float], int]:
    """The figures of a stage in a process of its own, and its peak in megabytes."""
    command = [sys.executable, __file__, stage, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{stage}: exit {process.returncode}"
    return json.loads(said), usage.ru_maxrss // 1024


def line(what: str, folder: Path, size: int) -> None:
    times, megabytes = measured("made", folder)
    (reference,) = measured("plain", folder)[0].values()
    whole = times["read"] + times["compile"]
    figures = (*times.values(), whole, reference)
    print(f"{what:20}" + "".join(f"{figure:9.2f}" for figure in figures), end="")
    print(f"{whole / reference:8.1f}{megabytes:6}", end="")
    kept = whole <= TARGETS.get(size, whole) and megabytes <= MEMORY
    kept = kept and (size != 10_000 or times["problem"] <= PROBLEM)
    print("" if size not in TARGETS else "  kept" if kept else "  missed", flush=True)


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(STAGES[sys.argv[1]](Path(sys.argv[2]))))
        return
    print("Seconds of work; targets are", end=" ")
    print(", ".join(f"{most:.0f} s for {size:,}" for size, most in TARGETS.items()), end=", ")
    print(f"{PROBLEM} s for the problem of 10,000, {MEMORY} MB\n")
    columns = ("read", "compile", "problem", "both", "yaml")
    print(f"{'':20}" + "".join(f"{column:>9}" for column in columns), end="")
    print(f"{'ratio':>8}{'MB':>6}  target")
    for size in SIZES:
        for family in ("easy", "dense"):
            with TemporaryDirectory() as name:
                generator.write(generator.medium(SEED, size, family), Path(name))
                line(f"{size:,} items, {family}", Path(name), size)
    with TemporaryDirectory() as name:
        books = Path(name) / "books"
        books.mkdir()
        cities.write(books)
        (Path(name) / SERVICE).write_bytes(cities.SERVICE.read_bytes())
        line(f"{cities.CITIES:,} cities", Path(name), cities.CITIES)


if __name__ == "__main__":
    main()
