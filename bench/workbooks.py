"""What forms cost: filling one in, and refusing a hostile one, beside openpyxl's load and save.

Every line is of whole processes, run in turn with the reference: seconds of the processor, the most
memory, and the ratio to `openpyxl.load_workbook(form).save(copy)` of the shipped blank form.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SERVICE = str(ROOT / "scenarios/services/example-saas.yaml")
ON = ["--on", "2026-12-01"]
ROUNDS = 5
SECONDS, MEGABYTES = 1.0, 300  # a refusal should not exceed
COPY = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"


def measured(call: list[str]) -> tuple[float, float]:
    """Seconds of the processor and megabytes that a process took."""
    child = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode in (0, 1, 2), call
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def make(folder: str) -> None:
    """Write the hostile files of the tests."""
    from test_excel import crammed, hostile

    for command, files in (("check", hostile()), ("import", crammed())):
        Path(folder, command).mkdir()
        for name, (data, _) in files.items():
            Path(folder, command, f"{name}.xlsx").write_bytes(data)


def main() -> None:
    program = [sys.executable, "-m", "cloudrules", "form"]
    with TemporaryDirectory() as folder, TemporaryDirectory() as bad:
        form, copy = f"{folder}/blank.xlsx", f"{folder}/copy.xlsx"
        made = [*program, "new", "municipal-cloud-level-2", "-o", form]
        subprocess.run(made, check=True, capture_output=True)
        # By a process of its own: what this one has held would count for those that it starts.
        subprocess.run([sys.executable, __file__, bad], check=True)
        filled = [*program, "fill", form, SERVICE, "-o", f"{folder}/f.xlsx", "--force", *ON]
        calls = {
            "openpyxl load and save": [sys.executable, "-c", COPY, form, copy],
            "form fill": filled,
            "form read": [*program, "read", form, "-o", "-", *ON],
            "form check": [*program, "check", form, *ON],
        }
        hostile = {
            path.stem: [*program, path.parent.name, str(path)]
            for path in sorted(Path(bad).glob("*/*.xlsx"))
        }
        calls |= hostile
        taken = {name: [measured(call) for _ in range(ROUNDS)] for name, call in calls.items()}
    seconds = {name: statistics.median(each for each, _ in runs) for name, runs in taken.items()}
    memory = {name: max(each for _, each in runs) for name, runs in taken.items()}
    (reference, *_) = seconds.values()
    print(f"{'whole process':28}{'s':>8}{'MB':>8}{'ratio':>8}")
    for name in calls:
        over = name in hostile and (seconds[name] > SECONDS or memory[name] > MEGABYTES)
        row = f"{name:28}{seconds[name]:8.2f}{memory[name]:8.0f}{seconds[name] / reference:8.2f}"
        print(row + ("  too much" if over else ""))


if __name__ == "__main__":
    make(sys.argv[1]) if sys.argv[1:] else main()
