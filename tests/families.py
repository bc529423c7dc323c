"""Small random families of rulebooks over one catalogue and one service, and their brute force."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import generator
import oracle
import yaml

from cloudrules.core import case
from cloudrules.core.case import Case
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.schema import Ref
from cloudrules.core.service import Service
from cloudrules.files import folder
from cloudrules.files.library import Library, read_as, read_tree

ON = generator.ON


def variant(rng: random.Random, rulebook: dict[str, Any], number: int) -> dict[str, Any]:
    """A rulebook as another city might have it; conditions may be turned round."""
    found = copy.deepcopy(rulebook)
    found["rulebook"] = f"city-{number}"
    for item in found["items"]:
        if rng.random() < 0.35:
            item["need"] = rng.choice(("mandatory", "optional"))
        if "met_by" not in item and rng.random() < 0.3:
            item["effort"] = generator.effort(rng, 20)
        elif "met_by" in item and rng.random() < 0.1:
            item["met_by"] = f"not ({item['met_by']})"
        elif "met_by" in item and rng.random() < 0.08:
            del item["met_by"]
    for waiver in found.get("waivers", []):
        if rng.random() < 0.15:
            waiver["when"] = f"not ({waiver['when']})"
        if isinstance(waiver["waives"], list) and len(waiver["waives"]) > 1 and rng.random() < 0.3:
            waiver["waives"] = waiver["waives"][:-1]
    return found


class Family:
    """`rulebooks` as the oracle takes them, `cases` as the engine does, in the same order."""

    def __init__(
        self, seed: int, path: Path, size: generator.Size = generator.TINY, **limits: Any
    ) -> None:
        rng = random.Random(f"family {seed}")
        base = generator.case(seed, size)
        books = path / "cities"
        generator.write(generator.Case(base.rulebook, base.catalogue, base.service), books)
        (books / "rulebook.yaml").unlink()
        service = read_as(Service, read_tree(books / "service.yaml"))
        self.rulebooks: list[dict[str, Any]] = []
        for number in range(rng.randint(2, 6)):
            made = {**copy.deepcopy(base.rulebook), "rulebook": f"city-{number}"}
            made = variant(rng, base.rulebook, number) if number else made
            file = books / f"city-{number}.yaml"
            text = yaml.safe_dump(made, sort_keys=False, allow_unicode=True)
            file.write_text(text, encoding="utf-8")
            try:
                book = Library().rulebook(Ref(str(file), Place("test")), Path())
                case.from_service([book], service, ON)
            except BadInput:
                file.unlink()  # turned round, it speaks of itself
            else:
                self.rulebooks.append(made)
        found = folder.rulebooks(Library(), Ref("cities", Place("test")), path)
        self.cases: list[Case] = case.from_service(found, service, ON)
        self.planners = [
            oracle.Planner(each, [base.catalogue], base.service, ON, **limits)
            for each in self.rulebooks
        ]
        self._share()

    def _share(self) -> None:
        """One vendor pays the greatest effort stated, once, for all."""
        self.effort: dict[str, dict[str, int]] = {}
        kind: dict[str, str] = {}
        requires: dict[str, Any] = {}
        for planner in self.planners:
            for name, effort in planner.effort.items():
                other = self.effort.get(name, effort)
                self.effort[name] = {key: max(effort[key], other[key]) for key in effort}
            kind = {**planner.kind, **kind}
            requires = {**planner.requires, **requires}
        self.candidates = sorted({name for each in self.planners for name in each.candidates})
        for planner in self.planners:
            planner.effort, planner.kind, planner.requires = self.effort, kind, requires

    def allowed(self) -> Iterator[tuple[str, ...]]:
        """The sets that keep to the limits and whose every part can start."""
        one = self.planners[0]
        for chosen in oracle.subsets(self.candidates):
            months = one.measure(chosen, "months")
            timely = months != oracle.NEVER and (one.deadline is None or months <= one.deadline)
            if timely and one.required <= one.held | set(chosen):
                yield chosen

    def open(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """The rulebooks under which these make the service compliant."""
        return tuple(
            rulebook["rulebook"]
            for rulebook, planner in zip(self.rulebooks, self.planners, strict=True)
            if planner.works(chosen)
        )

    def cost(self, chosen: Sequence[str]) -> int:
        return sum(self.effort[name]["cost"] for name in chosen)
