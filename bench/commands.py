"""How long whole commands take, as ratios to a Python that only imports click and yaml.

Every round runs each command once, in turn with that reference, so that what else the machine does
falls on all of them alike. Ratios hardly depend on the machine; milliseconds do.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = str(Path(sys.executable).with_name("cloudrules"))
HELD = ["scenarios/services/example-saas.yaml", "--on", "2026-12-01"]
NEW = ["scenarios/services/newcomer.yaml", "--on", "2026-12-01"]
ROUNDS = 25

REFERENCE = [sys.executable, "-c", "import click, yaml"]
# What is timed, and the ratio that it should not exceed
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "--help": (["--help"], 1.2),
    "assess": (["assess", *HELD], 5),
    "assess --all-readings": (["assess", *HELD, "--all-readings"], None),
    "explain": (["explain", HELD[0], "1.16", *HELD[1:]], None),
    "plan": (["plan", *NEW], 7),
    "plan --robust": (["plan", *NEW, "--robust"], None),
}


def seconds(call: list[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(call, cwd=ROOT, capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()
    return time.perf_counter() - start


def main() -> None:
    # As an installed program is, and as the reference's own modules are.
    compileall.compile_dir(ROOT / "cloudrules", quiet=1)
    calls = {"python -c 'import click, yaml'": REFERENCE}
    calls |= {name: [PROGRAM, *args] for name, (args, _) in COMMANDS.items()}
    for call in calls.values():
        seconds(call)
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            taken[name].append(seconds(call))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    (reference, *_) = medians.values()
    print(f"Whole commands, medians of {ROUNDS} runs\n")
    print(f"{'command':32}{'ms':>8}{'ratio':>8}{'target':>8}")
    for name, median in medians.items():
        target = COMMANDS.get(name, ([], None))[1]
        print(f"{name:32}{median * 1000:8.0f}{median / reference:8.2f}{target or '':>8}")


if __name__ == "__main__":
    main()
