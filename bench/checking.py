"""How long `check` takes, beside asking every question by itself, and how that grows.

    python bench/checking.py [ITEMS...]

`check` asks one growing program under assumptions, after samples. Beside it the same questions are
put to clingo each as a program of its own, as long as that takes at most a few minutes; both must
find the same. `plain` are random rulebooks much like the shipped one, without negation; `tangled`
ones have every construct of the language, negation and readings included.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from generator import Case, Size, case, medium, write  # noqa: E402

from cloudrules.core import checking  # noqa: E402
from cloudrules.core.errors import Place  # noqa: E402
from cloudrules.core.findings import Checked  # noqa: E402
from cloudrules.core.problem import Clock  # noqa: E402
from cloudrules.core.prover import Asking, Prover  # noqa: E402
from cloudrules.core.rulebook import Rulebook  # noqa: E402
from cloudrules.core.schema import Ref  # noqa: E402
from cloudrules.core.universe import Universe  # noqa: E402
from cloudrules.files.library import Library  # noqa: E402
from cloudrules.solvers import named, prover  # noqa: E402

ON = date(2026, 12, 1)
ITEMS = (28, 100, 300, 1000)
ALONE = 100  # items; with more, a question by itself takes too long for a benchmark
TARGETS = {"shipped": 2.0, 1000: 60.0}  # seconds


def checked(
    rulebook: Rulebook, prove: Callable[[Universe], Prover], every: bool = False
) -> tuple[Checked, float]:
    start = time.process_time()
    means = checking.Means(prove, named("clingo"), Clock(None))
    readings = None if every else rulebook.defaults()
    return checking.from_rulebook(rulebook, readings, means), time.process_time() - start


def line(name: str, rulebook: Rulebook, target: float | None, every: bool, alone: bool) -> None:
    found, seconds = checked(rulebook, lambda universe: prover("clingo", universe), every)
    beside = ""
    if alone:
        other, slow = checked(rulebook, lambda u: Asking(u, named("clingo")), every)
        assert [(each.rule, each.id) for each in found.findings] == [
            (each.rule, each.id) for each in other.findings
        ], name
        beside = f"{slow:10.2f}{slow / seconds:8.1f}"
    count = len(found.findings)
    print(f"{name:28}{count:10}{seconds:10.2f}{target or '':>8}{beside}", flush=True)


def random_rulebook(made: Case, folder: Path) -> Rulebook:
    write(made, folder)
    return Library().rulebook(Ref(str(folder / "rulebook.yaml"), Place(""))).on(made.on)


def main() -> None:
    sizes = [int(arg) for arg in sys.argv[1:]] or list(ITEMS)
    print("check, seconds of the processor; alone: each question a program of its own\n")
    print(f"{'rulebook':28}{'findings':>10}{'seconds':>10}{'target':>8}{'alone':>10}{'ratio':>8}")
    shipped = Library().rulebook(Ref("municipal-cloud-level-2", Place(""))).on(ON)
    line("shipped", shipped, TARGETS["shipped"], every=False, alone=True)
    line("shipped, all 384 readings", shipped, TARGETS["shipped"], every=True, alone=True)
    for n in sizes:
        tangled = Size((n, n), (n // 5, n // 5), (n // 8, n // 8), candidates=4 * n)
        for family, made in (("plain", medium(1, n)), ("tangled", case(1, tangled))):
            with TemporaryDirectory() as folder:
                rulebook = random_rulebook(made, Path(folder))
                line(f"{family} {n}", rulebook, TARGETS.get(n), every=False, alone=n <= ALONE)


if __name__ == "__main__":
    main()
