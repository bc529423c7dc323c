"""One vendor, many cities: how long a plan over 1,741 rulebooks takes, as whole processes.

The rulebooks are made here, each a variant of the shipped one as a city would write it. Ratios, of
the processes' own work, are to the plan for one of them alone, in the same run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SERVICE = ROOT / "scenarios" / "services" / "newcomer.yaml"
CITIES = 1741
ON = ("--on", "2026-12-01")
BUDGETS = (300, 600, 1000, 2000, 3000, 4000, 5000, 6000, 8000, 12000)  # thousands
TARGETS = {"plan": 60.0, "cover": 300.0}  # seconds, on two cores
MEMORY = 500  # megabytes

ITEMS = [f"1.{number}" for number in range(1, 29)]
OPTIONAL = ("1.3", "1.6", "1.10", "1.15", "1.28")
WAIVERS = {"first-banner": (6, 28), "hosting": (8, 13), "second-banner": (16, 28)}
EXTRA = [
    ("2.1", "asp.iso27001"),
    ("2.2", "csp.iso27017 or csp.equivalent_27017"),
    ("2.3", "dc.tier3 or csp.ismap"),
    ("2.4", "csp.iso27018 or csp.pci_dss"),
    ("2.5", "service.aspic or service.ismap_liu"),
    ("2.6", "contractor.iso27001 and asp.iso27001"),
]


def change(rng: random.Random) -> dict[str, Any]:
    """How one city's rules differ from the shipped ones."""
    patch: dict[str, dict[str, Any] | None] = {}
    for item in rng.sample(ITEMS, rng.choice((0, 0, 1, 1, 2, 3))):
        if item in OPTIONAL:
            patch.setdefault(item, {})["need"] = "mandatory"  # type: ignore[index]
        elif item not in ("1.1", "1.2", "1.4"):
            patch.setdefault(item, {})["need"] = "optional"  # type: ignore[index]
    for waiver, (first, last) in WAIVERS.items():
        chance = rng.random()
        if chance < 0.1:
            patch[waiver] = None
        elif chance < 0.35:
            patch[waiver] = {"waives": [f"1.{first}..1.{rng.randint(first + 1, last)}"]}
    for name, met_by in rng.sample(EXTRA, rng.choice((0, 0, 0, 1, 1, 2))):
        patch[name] = {"text": f"item {name}", "need": "mandatory", "met_by": met_by}
    if rng.random() < 0.2:
        item = rng.choice(("1.3", "1.12", "1.16", "1.20", "1.24"))
        effort = {"cost": str(rng.choice((50, 100, 200, 500)) * 1000), "months": "1"}
        patch.setdefault(item, {})["effort"] = effort  # type: ignore[index]
    return patch


def write(folder: Path, cities: int = CITIES, seed: int = 1) -> None:
    """The rulebooks, one a file."""
    for number in range(cities):
        rng = random.Random(f"{seed} {number}")
        book = {"rulebook": f"city-{number:04}", "extends": "municipal-cloud-level-2"}
        text = yaml.safe_dump({**book, "change": change(rng)}, sort_keys=False, allow_unicode=True)
        (folder / f"city-{number:04}.yaml").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """A whole process: seconds by the clock and of work, megabytes at the most, its output."""

    seconds: float
    work: float
    megabytes: int
    said: bytes


def run(*args: str) -> Run:
    command = [sys.executable, "-m", "cloudrules", *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"{' '.join(args)}: exit {process.returncode}"
    work = usage.ru_utime + usage.ru_stime
    return Run(time.perf_counter() - start, work, usage.ru_maxrss // 1024, said)


def line(what: str, args: Sequence[str], one: Run | None, target: float | None = None) -> Run:
    done = run(*args)
    kept = target is None or (done.seconds <= target and done.megabytes <= MEMORY)
    ratio = done.work / one.work if one else 1
    size = len(done.said) // 1024
    print(
        f"{what:36}{done.seconds:8.1f}{done.work:8.1f}{ratio:8.1f}{done.megabytes:6}{size:8}",
        end="",
    )
    print("" if target is None else "  kept" if kept else "  missed", flush=True)
    return done


def main() -> None:
    cities = int(sys.argv[1]) if len(sys.argv) > 1 else CITIES
    with TemporaryDirectory() as name:
        write(Path(name), cities)
        one = str(Path(name) / "city-0000.yaml")
        print(f"{'':36}{'s':>8}{'CPU s':>8}{'ratio':>8}{'MB':>6}{'KB out':>8}")
        plan = ("plan", str(SERVICE), *ON, "--time-limit", "300")
        alone = line("one city", [*plan, "--rulebook", one], None)
        every = [*plan, "--rulebook", name]
        wanted = [*every, "--format", "json"]
        line(f"{cities} cities, text", every, alone, TARGETS["plan"])
        line(f"{cities} cities, JSON", wanted, alone, TARGETS["plan"])
        budgets = ",".join(str(thousands * 1000) for thousands in BUDGETS)
        line(
            "the most cities for ten budgets",
            [*wanted, "--cover", budgets],
            alone,
            TARGETS["cover"],
        )
        line("every step of the budget", [*wanted, "--cover", "steps"], alone, TARGETS["cover"])


if __name__ == "__main__":
    main()
