"""How long rulebooks take to load and compile, beside PyYAML on the same files.

    python bench/loading.py [CITIES]

Each line is two processes: one only calls `yaml.load(text, CSafeLoader)` on every file, the other
reads the rulebooks, compiles their circuits and makes the problem that a solver is given. Seconds
are of the processor; the ratio is of load and compile to `yaml.load`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / "tests")]

ON = date(2026, 12, 1)
FAMILIES = ("easy", "dense")
RATIOS = {1_000: 2.0, 10_000: 1.2}  # items -> at most so many times yaml.load
MANY = 60.0  # the same for many variants of one: a variant is a few lines, its circuit is whole
MEMORY = 500  # MB
SECONDS = {10_000: 3.0, 1741: 15.0}  # items or variants -> at most so long to load and compile
PROBLEM = 0.5  # seconds at most to make a problem

Figures = dict[str, float]


# --- One process each -----------------------------------------------------------------------------


def make(folder: str, family: str, items: int) -> Figures:
    """Write the files of a rulebook; or of so many cities, where the family is `cities`."""
    import cities
    import generator

    path = Path(folder)
    path.mkdir()
    if family == "cities":
        cities.write(path, items)
    else:
        generator.write(generator.medium(0, items, family), path)
    return {}


def plain(folder: str) -> Figures:
    import yaml

    from cloudrules.files import library

    texts = [path.read_text("utf-8") for path in _files(Path(folder), library.shipped())]
    return {"yaml": _seconds(lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts])}


def _files(folder: Path, shipped: Path) -> list[Path]:
    """The files that are read; for variants, with the one that they extend and its catalogues."""
    own = sorted(folder.glob("*.yaml"))
    return own if folder / "rulebook.yaml" in own else [*own, *sorted(shipped.rglob("*.yaml"))]


def ours(folder: str) -> Figures:
    from cloudrules.core import case
    from cloudrules.core.errors import Place
    from cloudrules.core.planner import Planner
    from cloudrules.core.problem import Clock
    from cloudrules.core.request import checked
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.schema import Ref, Text
    from cloudrules.core.service import PlanRequest, Service
    from cloudrules.files.folder import rulebooks
    from cloudrules.files.library import Library
    from cloudrules.solvers import named

    import_module("yaml")  # what is imported does not count

    found: list[Rulebook] = []

    def load() -> None:
        found.extend(rulebooks(Library(), Ref(folder, Place("bench")), Path()))

    seconds = _seconds(load)
    service = Service(Text({"": "nothing"}))
    cases: list[case.Case] = []
    compiled = _seconds(lambda: cases.extend(case.from_service(found, service, ON)))
    planner = Planner(cases, checked(PlanRequest(), cases), named("auto"), Clock(None))
    problem = _seconds(lambda: planner.problem(("cost", "actions"), None))
    return {"load": seconds, "compile": compiled, "problem": problem}


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


# --- The table ------------------------------------------------------------------------------------


def apart(what: str, *args: str | int) -> Figures:
    """What a function above measures in a process of its own, with its peak memory in MB."""
    shown = ", ".join(repr(each) for each in args)
    code = (
        f"import sys; sys.path[:0] = {sys.path[:3]!r}; import json, loading; "
        f"print(json.dumps({{**loading.{what}({shown}), 'mb': loading.peak()}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE)
    found: Figures = json.loads(done.stdout)
    return found


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(folder: Path, family: str, items: int, most: float) -> None:
    apart("make", str(folder), family, items)
    bare, whole = apart("plain", str(folder)), apart("ours", str(folder))
    seconds = whole["load"] + whole["compile"]
    ratio = seconds / bare["yaml"]
    kept = ratio <= most and whole["mb"] <= MEMORY and seconds <= SECONDS.get(items, seconds)
    kept = kept and (family == "cities" or whole["problem"] <= PROBLEM)
    print(
        f"{items:>7,} {family:8}{bare['yaml']:11.2f}{whole['load']:8.2f}{whole['compile']:9.2f}"
        f"{whole['problem']:9.2f}"
        f"{ratio:8.1f}{most:8.1f}{bare['mb']:9.0f}{whole['mb']:6.0f}  "
        f"{'kept' if kept else 'missed'}",
        flush=True,
    )


def main() -> None:
    cities = int(sys.argv[1]) if len(sys.argv) > 1 else 1741
    head = f"{'yaml.load':>11}{'load':>8}{'compile':>9}{'problem':>9}{'ratio':>8}{'target':>8}"
    print(f"{'':16}{head}{'yaml MB':>9}{'MB':>6}")
    with TemporaryDirectory() as name:
        for items, most in RATIOS.items():
            for family in FAMILIES:
                line(Path(name) / f"{family}{items}", family, items, most)
        line(Path(name) / "cities", "cities", cities, MANY)


if __name__ == "__main__":
    main()
