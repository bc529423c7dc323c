"""Why there is no plan: all conflicts and all mends, against every subset tried."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml
from engine import engine
from test_agreement import request_of

from cloudrules.core import case, plan
from cloudrules.core.case import Case
from cloudrules.core.problem import Clock
from cloudrules.core.request import checked
from cloudrules.core.service import Service
from cloudrules.files.library import Library, read_as, read_tree
from cloudrules.solvers import SOLVERS, named

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:60").split(":"))
SEEDS = range(first, last)
ON = generator.ON
MANY = 10**6


def tight(seed: int) -> tuple[dict[str, Any], bool]:
    """Limits that few plans keep, and whether all readings count."""
    rng, options = random.Random(f"tight {seed}"), generator.plan_options(seed)
    if rng.random() < 0.5:
        options["budget"] = rng.randrange(12)
    if rng.random() < 0.3:
        options["deadline"] = rng.randrange(5)
    if rng.random() < 0.3:
        options["only"] = tuple(rng.sample([*generator.KINDS, "attestation"], 2))
    return options, rng.random() < 0.3


def parted(rules: dict[str, Any], seed: int) -> list[dict[str, Any]]:
    """The rulebook, and at times a second one with other needs."""
    rng = random.Random(f"second {seed}")
    if rng.random() < 0.7 or rules.get("readings"):
        return [rules]
    items = [{**item, "need": rng.choice(("mandatory", "optional"))} for item in rules["items"]]
    return [rules, {**rules, "rulebook": "second", "items": items}]


def cases_of(made: generator.Case, books: list[dict[str, Any]], folder: Path) -> list[Case]:
    generator.write(made, folder)
    if len(books) == 1:
        return [engine(folder, ON)]
    paths = [f"./{at}.yaml" for at in range(len(books))]
    for path, book in zip(paths, books, strict=True):
        text = yaml.safe_dump(book, sort_keys=False, allow_unicode=True)
        (folder / path).write_text(text, encoding="utf-8")
    service = read_as(Service, read_tree(folder / "service.yaml"))
    library = Library()
    read = [library.rulebook(replace(service.rulebook[0], name=path), folder) for path in paths]
    return case.from_service(read, service, ON)


def agrees(seed: int, solver: str, folder: Path) -> bool | None:
    """None: there is a plan, or the case is too large to try all of it."""
    made = generator.case(seed)
    options, robust = tight(seed)
    books = parted(made.rulebook, seed)
    cases = cases_of(made, books, folder)
    wanted = checked(request_of(options, robust), cases)
    found = plan.from_cases(cases, wanted, named(solver), Clock(None), reasons=MANY)
    assert (found.reasons is None) == (found.status != "infeasible")
    if found.reasons is None:
        return None
    minimize = options.pop("minimize", ("cost", "actions"))
    planners = [
        (
            book["rulebook"],
            oracle.Planner(book, [made.catalogue], made.service, ON, robust=robust),
        )
        for book in books
    ]
    blame = oracle.Blame(planners, **options)
    if len(blame.items) > 14:
        return None
    reasons = found.reasons
    assert not any((reasons.more, reasons.more_repairs, reasons.more_blocked))
    told = [
        {
            *(limit.split(" ")[0] if limit.split(" ")[0] in WHOLE else limit for limit in c.limits),
            *((demand.rulebook, demand.item) for demand in c.demands),
        }
        for c in reasons.conflicts
    ]
    expected = [
        {part[1:] if part[0] == "item" else " ".join(part) for part in each}
        for each in blame.conflicts()
    ]
    assert sorted(map(sorted_all, told)) == sorted(map(sorted_all, expected)), seed
    assert [len(each) for each in told] == sorted(len(each) for each in told)
    mends = [
        {
            "drop": list(mend.drop),
            "allow": list(mend.allow),
            "budget": mend.budget,
            "deadline": mend.deadline,
            "objective": [value for _, value in mend.objective],
        }
        for mend in reasons.repairs
    ]
    assert sorted(mends, key=str) == sorted(blame.repairs(minimize), key=str), seed
    limits = blame.asked(True)
    stuck = [part for part in limits if not blame.possible({*limits, *blame.items} - {part})]
    assert [each.limit.split(" ")[0] for each in reasons.blocked] == [part[0] for part in stuck]
    for each, part in zip(reasons.blocked, stuck, strict=True):
        assert each.because in reasons.conflicts
        assert " ".join(part) not in each.because.limits
    return True


WHOLE = ("only", "budget", "deadline")


def sorted_all(parts: set[Any]) -> list[str]:
    return sorted(map(str, parts))


@pytest.mark.parametrize("solver", SOLVERS)
def test_all_conflicts_and_mends(solver: str, tmp_path: Path) -> None:
    tried = [agrees(seed, solver, tmp_path / str(seed)) for seed in SEEDS]
    assert tried.count(True) >= len(SEEDS) / 4
