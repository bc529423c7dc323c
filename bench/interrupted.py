"""What `cloudrules plan` does with too little time: it ends at once, and says only what it knows.

    python bench/interrupted.py [--quick]

Each run is the command itself. Beside the time limit stands how much longer than with no search at
all the command took (beyond: time - limit - the time of a command that only loads and assesses).
A run fails where it says optimal of what is not, gives a bound above the optimum, or a plan with
which the service is not compliant.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import families  # noqa: E402
import raw  # noqa: E402

INSTANCES = (("dense", 300), ("dense", 1_000), ("dense", 3_000), ("easy", 10_000))
LIMITS = ("0", "0.01", "0.1", "1", "3")
SEED = 1
PROOF = 60.0  # seconds to prove the optimum, for what is claimed to be held against it
MARGIN = 0.5  # seconds that the end may take


def command(*args: str) -> tuple[float, int, Any]:
    """Seconds, exit code and JSON of a command. Raises RuntimeError where it breaks."""
    start = time.perf_counter()
    found = subprocess.run(
        [sys.executable, "-m", "cloudrules", *args, "--format", "json", "--on", "2026-12-01"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    seconds = time.perf_counter() - start
    if found.returncode not in (0, 1) or found.stderr:
        raise RuntimeError(found.stderr)
    return seconds, found.returncode, json.loads(found.stdout)


def proved(made: families.Instance) -> int | None:
    """The least cost, by whichever raw solver proves it."""
    for name in ("cp-sat", "clingo"):
        found = raw.solve(name, made, PROOF)
        if found.proved:
            return found.cost
    return None


def faults(answer: Any, least: int | None, path: Path) -> list[str]:
    """What is wrong with an answer, in words."""
    found = []
    bound = dict(answer["bound"] or []).get("cost", 0)
    costs = [plan["cost"] for plan in answer["plans"]]
    if answer["status"] == "infeasible":
        found.append("says that there is no plan")
    if bool(costs) != (answer["status"] in ("optimal", "feasible")):
        found.append(f"{answer['status']}, with {len(costs)} plans")
    if least is not None:
        if bound > least or any(cost < least for cost in costs):
            found.append(f"cost {costs} and bound {bound} beside an optimum of {least}")
        if answer["status"] == "optimal" and costs != [least]:
            found.append(f"says that {costs} is optimal, which {least} is")
    for plan in answer["plans"]:
        args = [part for name in plan["acquire"] for part in ("--add", name)]
        if command("assess", str(path), *args)[1]:
            found.append("the plan does not make the service compliant")
    return found


def main() -> int:
    quick = "--quick" in sys.argv
    print(f"{'':13}{'limit':>8}{'time':>8}{'beyond':>8}{'status':>11}{'cost':>8}{'bound':>8}")
    wrong = 0
    for family, n in INSTANCES[:2] if quick else INSTANCES:
        made = families.instance(family, n, SEED)
        least = proved(made)
        with TemporaryDirectory() as name:
            path = families.write(made, Path(name))
            idle = min(command("assess", str(path))[0] for _ in range(2))
            for limit in LIMITS[:3] if quick else LIMITS:
                seconds, _, answer = command(
                    "plan", str(path), "--minimize", "cost", "--time-limit", limit
                )
                beyond = seconds - idle - float(limit)
                said = faults(answer, least, path)
                late = beyond > MARGIN
                wrong += bool(said)
                cost = answer["plans"][0]["cost"] if answer["plans"] else "-"
                bound = dict(answer["bound"] or []).get("cost", 0)
                print(
                    f"{family:6}{n:>7}{limit:>8}{seconds:8.2f}{beyond:8.2f}"
                    f"{answer['status']:>11}{cost:>8}{bound:>8}"
                    + ("  late" if late else "")
                    + "".join(f"  {text}" for text in said),
                    flush=True,
                )
        print(f"{'':13}{'optimum ' + str(least) if least is not None else 'not proved':>27}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
