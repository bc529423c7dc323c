"""What is asked of a plan, and what could be acquired at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cloudrules.core.case import Case
from cloudrules.core.entries import Effort
from cloudrules.core.errors import BadInput, Fault, fault, nearest
from cloudrules.core.expression import TRUE, Expr
from cloudrules.core.problem import Choice
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import PlanRequest


@dataclass(frozen=True)
class Request:
    """What is asked of a plan, checked: ids are known, `required` can be had."""

    minimize: tuple[str, ...]
    forbid: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    budget: int | None = None
    deadline: int | None = None
    robust: bool = False

    def limits(self) -> list[str]:
        """Each limit as words that name it, for a conflict."""
        return [
            *(f"forbid {name}" for name in self.forbid),
            *(f"require {name}" for name in self.require),
            *([f"only {', '.join(self.only)}"] if self.only else []),
            *([f"budget {self.budget}"] if self.budget is not None else []),
            *([f"deadline {self.deadline}"] if self.deadline is not None else []),
        ]

    def keeping(self, kept: Iterable[str]) -> Request:
        """With only some of the limits."""
        limits = set(kept)
        return replace(
            self,
            forbid=tuple(name for name in self.forbid if f"forbid {name}" in limits),
            require=tuple(name for name in self.require if f"require {name}" in limits),
            only=self.only if any(limit.startswith("only ") for limit in limits) else (),
            budget=self.budget if f"budget {self.budget}" in limits else None,
            deadline=self.deadline if f"deadline {self.deadline}" in limits else None,
        )


def checked(asked: PlanRequest, cases: list[Case]) -> Request:
    """A request whose ids are all known. Raises BadInput."""
    if asked.forbid or asked.require:
        _check_ids(asked, cases)
    return Request(
        tuple(dict.fromkeys(asked.minimize)),
        tuple(dict.fromkeys(ref.name for ref in asked.forbid)),
        tuple(dict.fromkeys(ref.name for ref in asked.require)),
        tuple(dict.fromkeys(asked.only)),
        asked.budget,
        asked.deadline,
        asked.robust,
    )


def _check_ids(asked: PlanRequest, cases: list[Case]) -> None:
    """Raises BadInput for ids that are not known, or required and not to be had."""
    faults: list[Fault] = []
    names = {
        name
        for case in cases
        for rulebook in _read(case, every=True)
        for name in (*rulebook.evidence, *rulebook.items)
    }
    for ref in (*asked.forbid, *asked.require):
        if ref.name not in names:
            faults.append(fault("plan-id", ref.place, id=ref.name, near=nearest(ref.name, names)))
    able = choices(cases, every=asked.robust)
    held = {name for case in cases for name in case.situation.held}
    for ref in asked.require:
        if ref.name in names and ref.name not in able and ref.name not in held:
            faults.append(fault("require-unplannable", ref.place, id=ref.name))
    if faults:
        raise BadInput(faults)


def choices(cases: list[Case], *, every: bool) -> dict[str, Choice]:
    """All that could be acquired: evidence with an effort, items met only by attesting them.

    Of what several rulebooks state differently, the greatest cost and the longest time count. With
    `every`, items of every reading count, not only of the one taken.
    """
    found: dict[str, Choice] = {}
    for case in cases:
        for name, choice in _choices_of(case, every).items():
            if name not in found:
                found[name] = choice
            elif found[name] != choice:
                found[name] = _greater(found[name], choice)
    return found


def differing(cases: list[Case], *, every: bool) -> list[str]:
    """What could be acquired and takes another effort in one rulebook than in another."""
    first: dict[str, Choice] = {}
    found: dict[str, None] = {}
    for case in cases:
        for name, choice in _choices_of(case, every).items():
            one = first.setdefault(name, choice)
            if (one.cost, one.months) != (choice.cost, choice.months):
                found[name] = None
    return sorted(found)


def _greater(one: Choice, two: Choice) -> Choice:
    cost, months = max(one.cost, two.cost), max(one.months, two.months)
    return replace(one, cost=cost, months=months, estimate=one.estimate or two.estimate)


def _choices_of(case: Case, every: bool) -> dict[str, Choice]:
    """What could be acquired for one rulebook."""
    found: dict[str, Choice] = {}
    held, quotes = case.situation.held, case.situation.efforts
    for evidence in case.rulebook.evidence.values():
        effort = _effort(evidence.effort, quotes.get(evidence.id))
        if evidence.id not in held and effort:
            published = evidence.basis is not None and evidence.basis.kind == "published"
            found[evidence.id] = _choice(
                evidence.id, evidence.kind, effort, quotes, published, evidence.requires
            )
    for read in _read(case, every=every):
        for item in read.items.values():
            if item.met_by is None and item.id not in held and item.id not in read.absent:
                effort = _effort(item.effort or Effort(), quotes.get(item.id)) or Effort()
                choice = _choice(item.id, "attestation", effort, quotes, False)
                found.setdefault(item.id, choice)
    return found


def _read(case: Case, *, every: bool) -> Iterator[Rulebook]:
    """The rulebook in the reading taken; with `every`, also with each other option in turn."""
    taken = case.situation.readings
    yield case.rulebook.under(taken)
    # From the defaults as well: an option may clash with another that is taken.
    for start in (taken, case.rulebook.defaults()) if every else ():
        for reading in case.rulebook.readings:
            for option in reading.option_ids:
                other = {**start, reading.id: option}
                if option != start[reading.id] and case.rulebook.possible(other):
                    yield case.rulebook.under(other)


def _effort(stated: Effort | None, quoted: Effort | None) -> Effort | None:
    """The vendor's own quote wins over what is stated, figure by figure."""
    if quoted is None or stated is None:
        return quoted or stated
    cost = stated.cost if quoted.cost is None else quoted.cost
    return Effort(cost, stated.months if quoted.months is None else quoted.months)


def _choice(
    name: str,
    kind: str,
    effort: Effort,
    quotes: Mapping[str, Effort],
    published: bool,
    requires: Expr = TRUE,
) -> Choice:
    quoted = name in quotes and quotes[name].cost is not None
    estimate = not published and not quoted
    return Choice(name, kind, effort.cost or 0, effort.months or 0, requires, estimate)


def weight_of(choice: Choice, objective: str) -> int:
    """What one choice adds to an additive objective."""
    if objective == "cost":
        return choice.cost
    return int(objective == "actions" or choice.kind == "certification")
