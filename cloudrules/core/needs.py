"""What each rulebook needs of a plan: the part of it that makes that rulebook alone compliant.

A part is minimal: whatever else is left out, the rulebook is not compliant, or something is taken
that cannot start. Rulebooks whose conditions come to the same formula share their answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cloudrules.core.expression import Name, leaves
from cloudrules.core.formulas import Formulas
from cloudrules.core.planner import Planner
from cloudrules.core.prerequisites import started_in_time
from cloudrules.core.problem import GaveUp, OutOfTime, Problem, Solved
from cloudrules.core.schedule import NEVER, finishes


@dataclass(frozen=True)
class Needs:
    """`needs` is None where time ran out before it was known to be minimal."""

    rulebook: str
    needs: tuple[str, ...] | None
    waived: Mapping[str, tuple[str, ...]]


def from_planner(planner: Planner, taken: frozenset[str]) -> list[tuple[str, ...] | None]:
    """What each case needs of what a plan takes; the dearest is done without first."""
    part = _Part(planner, taken)
    worlds: list[list[int]] = [[] for _ in planner.cases]
    for at, readings in planner.worlds:
        worlds[at].append(planner.compliant(at, readings))
    roots = [planner.formulas.conjunction(world) for world in worlds]
    left = dict.fromkeys((name for name in planner.choices if name not in taken), False)
    assigned = planner.formulas.all_assigned(roots, left)
    found: dict[int, frozenset[str] | None] = {}
    answers: list[tuple[str, ...] | None] = []
    for at, root in enumerate(assigned):
        if root not in found:
            found[root] = part.least(root)
        least = found[root]
        # A reading that the search for the plan has not met may need more of it.
        while least is not None and (world := planner.failing(least, (at,))):
            planner.worlds.append(world)
            more = planner.formulas.assigned(planner.compliant(*world), left)
            root = planner.formulas.conjunction([root, more])
            least = part.least(root)
        answers.append(None if least is None else tuple(sorted(least)))
    return answers


class _Part:
    """The search for a minimal part of what a plan takes."""

    def __init__(self, planner: Planner, taken: frozenset[str]) -> None:
        self.planner, self.taken = planner, taken
        formulas, self.deadline = planner.formulas, planner.request.deadline
        own = {name: planner.choices[name] for name in sorted(taken)}
        self.started = started_in_time(formulas, own, planner.held, self.deadline)
        self.plain = all(_only_own(formulas, clause) for clause in self.started)
        self.order = sorted(taken, key=lambda name: (-planner.choices[name].cost, name))
        self.required = {
            leaf.name
            for choice in own.values()
            for leaf in leaves(choice.requires)
            if isinstance(leaf, Name)
        }

    def least(self, root: int) -> frozenset[str] | None:
        """A minimal part that a formula holds of; None where time runs out."""
        formulas = self.planner.formulas
        if self.plain and not _negated(formulas, root):
            kept = self.taken
            for name in self.order:
                if name in kept:
                    fewer = self._without(kept, name)
                    if formulas.holds(root, fewer):
                        kept = fewer
            return kept
        return self._searched(root)

    def _without(self, kept: frozenset[str], name: str) -> frozenset[str]:
        """All the rest that can start, and be done in time, without one."""
        rest = kept - {name}
        if name not in self.required:
            return rest
        ends = finishes(rest, self.planner.choices, self.planner.held)
        most = NEVER - 1 if self.deadline is None else self.deadline
        return frozenset(each for each, end in ends.items() if end <= most)

    def _searched(self, root: int) -> frozenset[str] | None:
        """The same where holding more may hurt: each part found, then one within it, by search."""
        formulas, kept = self.planner.formulas, self.taken
        while True:
            outside = dict.fromkeys(self.taken - kept, False)
            must = [formulas.assigned(each, outside) for each in (root, *self.started)]
            must.append(formulas.disjunction(formulas.leave(name) for name in sorted(kept)))
            problem = Problem(formulas, tuple(must), dict.fromkeys(self.order, 1))
            try:
                outcome = self.planner.solver.solve(problem, self.planner.clock)
            except OutOfTime:
                return None
            if isinstance(outcome, GaveUp):
                return None
            if not isinstance(outcome, Solved):
                return kept
            kept = outcome.taken


def _negated(formulas: Formulas, root: int) -> bool:
    return any(formulas.nodes[index][0] == "leave" for index in formulas.below([root]))


def _only_own(formulas: Formulas, clause: int) -> bool:
    """Whether a clause `left, or its requirements` negates nothing but what it is of."""
    op, args, _ = formulas.nodes[clause]
    parts: Iterable[int] = args if op == "or" else (clause,)
    own = [part for part in parts if formulas.nodes[part][0] == "leave"]
    return len(own) == 1 and not any(_negated(formulas, part) for part in parts if part not in own)
