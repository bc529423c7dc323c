"""The most rulebooks that a budget opens: those under which the service becomes compliant.

Rulebooks whose conditions come to the same formula are one group, and one indicator `closed` that
counts as many as they are: the group's condition holds, or it is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cloudrules.core.case import Case
from cloudrules.core.plan import settled
from cloudrules.core.planner import Planner
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Level,
    Limit,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
    Solver,
)
from cloudrules.core.request import Request

_CLOSED = "\0closed "  # begins the name of an indicator; no id has such a character


@dataclass(frozen=True)
class Cover:
    """The most that one budget opens; `opens` of `of` rulebooks are proved at most `bound`.

    `status` is optimal where proved, feasible or unknown where time ran out, infeasible where the
    limits asked for cannot be kept.
    """

    budget: int
    status: str
    of: int
    opens: int | None = None
    cost: int | None = None
    acquire: tuple[str, ...] = ()
    rulebooks: tuple[str, ...] = ()
    bound: int | None = None
    estimate: bool = False


@dataclass(frozen=True)
class Stage:
    """One step of an order: what is acquired next, the cost so far and the number then open."""

    acquire: tuple[str, ...]
    cost: int
    opens: int
    estimate: bool = False


@dataclass(frozen=True)
class CoverAnswer:
    """For each budget the most that it opens, and an order towards the largest of them."""

    cover: tuple[Cover, ...]
    order: tuple[Stage, ...]
    assumed: tuple[str, ...] = ()
    whole: bool = True  # whether all steps of the front are there

    @property
    def status(self) -> str:
        """Optimal where all of it is proved."""
        found = [each.status for each in self.cover]
        if self.whole and all(each in ("optimal", "infeasible") for each in found):
            return "optimal" if "optimal" in found else "infeasible"
        return "feasible" if any(each.opens is not None for each in self.cover) else "unknown"


def from_cases(
    cases: list[Case],
    asked: Request,
    budgets: Sequence[int] | None,
    solver: Solver,
    clock: Clock,
) -> CoverAnswer:
    """The most that each budget opens; without budgets, every step at which one more opens."""
    settled_cases, assumed = settled(cases, every=False)
    search = _Search(Planner(settled_cases, asked, solver, clock))
    if budgets is None:
        cover, whole = search.steps()
    else:
        cover, whole = search.budgets(sorted(set(budgets))), True
    return CoverAnswer(tuple(cover), tuple(search.order(cover)), assumed, whole)


class _Search:
    def __init__(self, planner: Planner) -> None:
        self.planner, self.formulas = planner, planner.formulas
        self.of = len(planner.cases)
        self.roots = [planner.compliant(at, readings) for at, readings in planner.worlds]
        groups: dict[int, int] = {}
        for root in self.roots:
            groups[root] = groups.get(root, 0) + 1
        self.never = groups.pop(self.formulas.FALSE, 0)
        groups.pop(self.formulas.TRUE, None)
        self.closed = {f"{_CLOSED}{root}": weight for root, weight in groups.items()}
        limits = tuple(planner.limits(planner.request.deadline))
        self.must = (
            *limits,
            *(
                self.formulas.disjunction([root, self.formulas.take(f"{_CLOSED}{root}")])
                for root in groups
            ),
        )
        self.limits = Problem(self.formulas, limits, {})
        self.cost = planner.weights(("cost",))[0]
        self.actions = planner.weights(("actions",))[0]
        # Of what is as good, nearly always the same is answered, whichever solver is the first.
        self.rank = {name: at * at for at, name in enumerate(sorted(planner.choices), 1)}

    def opened(self, taken: Iterable[str]) -> tuple[str, ...]:
        """The rulebooks under which what is taken makes the service compliant."""
        holds = self.formulas.all_hold(self.roots, frozenset(taken))
        return tuple(
            case.rulebook.id for case, held in zip(self.planner.cases, holds, strict=True) if held
        )

    # Answers

    def budgets(self, budgets: Iterable[int]) -> list[Cover]:
        """The most that each of growing budgets opens."""
        found: list[Cover] = []
        known = frozenset[str]() if self.limits.accepts(frozenset()) else None
        for budget in budgets:
            least = 0 if known is None else len(self.opened(known))
            outcome = self.most(budget, least=least)
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if isinstance(best, Solved):
                taken = self._chosen(best)
                if known is None or self._worth(taken) > self._worth(known):
                    known = taken
            bound = self.of - self.never
            if isinstance(outcome, Infeasible):
                found.append(Cover(budget, "infeasible", self.of))
            elif isinstance(outcome, Solved):
                assert known is not None
                found.append(self._cover(budget, "optimal", known))
            elif known is None:
                bound -= outcome.bound
                found.append(Cover(budget, "unknown", self.of, bound=bound))
            else:
                bound -= outcome.bound
                found.append(self._cover(budget, "feasible", known, bound))
        return found

    def steps(self) -> tuple[list[Cover], bool]:
        """Every cost at which more is open than for less, and whether that is all of them."""
        found: list[Cover] = []
        more = 0
        while True:
            outcome = self.next(more)
            if not isinstance(outcome, Solved):
                return found, isinstance(outcome, Infeasible)
            taken = self._chosen(outcome)
            found.append(self._cover(self._price(taken), "optimal", taken))
            more = len(self.opened(taken)) + 1

    def order(self, covers: Sequence[Cover]) -> list[Stage]:
        """What to acquire first on the way to what the largest budget opens.

        Within each smaller budget it is the best part of what the next larger one takes; each
        stage is the cheapest at which one more is open.
        """
        goals: list[frozenset[str]] = []
        for cover in reversed(covers):
            goal = self._goal(cover, goals[-1] if goals else None)
            if goal is not None:
                goals.append(goal)
        found: list[Stage] = []
        kept = frozenset[str]()
        for goal in reversed(goals):
            while self._short(kept, goal):
                more = len(self.opened(kept)) + 1 if self.limits.accepts(kept) else 0
                outcome = self.next(more, goal, kept)
                # Where time runs out, what is left to acquire is one stage.
                best = self._chosen(outcome) if isinstance(outcome, Solved) else goal
                found.append(self._stage(kept, best))
                kept = best
        return found

    def _goal(self, cover: Cover, within: frozenset[str] | None) -> frozenset[str] | None:
        """The best part of what is to be acquired in the end; None where it is not known."""
        if cover.opens is None or within is None or within.issuperset(cover.acquire):
            return None if cover.opens is None else frozenset(cover.acquire)
        outcome = self.most(cover.budget, within)
        best = outcome.best if isinstance(outcome, GaveUp) else outcome
        return self._chosen(best) if isinstance(best, Solved) else None

    def _short(self, kept: frozenset[str], goal: frozenset[str]) -> bool:
        """Whether a goal is still to be reached."""
        short = len(self.opened(kept)) < len(self.opened(goal))
        return kept != goal and (short or not self.limits.accepts(kept))

    def _stage(self, kept: frozenset[str], best: frozenset[str]) -> Stage:
        acquire, opened = tuple(sorted(best - kept)), self.opened(best)
        return Stage(acquire, self._price(best), len(opened), self._estimated(best))

    def _cover(
        self, budget: int, status: str, taken: frozenset[str], bound: int | None = None
    ) -> Cover:
        rulebooks = self.opened(taken)
        proved = len(rulebooks) if bound is None else bound
        return Cover(
            budget,
            status,
            self.of,
            len(rulebooks),
            self._price(taken),
            tuple(sorted(taken)),
            rulebooks,
            proved,
            self._estimated(taken),
        )

    def _estimated(self, taken: Iterable[str]) -> bool:
        return any(self.planner.choices[name].estimate for name in taken)

    def _chosen(self, solved: Solved) -> frozenset[str]:
        return frozenset(name for name in solved.taken if name in self.planner.choices)

    def _price(self, taken: Iterable[str]) -> int:
        return sum(self.cost[name] for name in taken)

    def _worth(self, taken: frozenset[str]) -> tuple[int, int, int]:
        return len(self.opened(taken)), -self._price(taken), -len(taken)

    # Searches

    def most(self, budget: int, within: Iterable[str] | None = None, least: int = 0) -> Outcome:
        """The most within a budget; of those the cheapest, then with the fewest things.

        Only of what is `within`, where given; `least` are known to be possible.
        """
        limits = [Limit(self.cost, budget)]
        if least:
            limits.append(Limit(self.closed, self.of - self.never - least))
        levels = self._levels(self.closed, self.cost, self.actions, self.rank)
        return self._solved(levels, limits, within)

    def next(
        self, more: int, within: Iterable[str] | None = None, kept: Iterable[str] = ()
    ) -> Outcome:
        """The cheapest that opens so many or more; of those the one that opens the most.

        Only of what is `within`, where given, and with what is `kept`.
        """
        levels = self._levels(self.cost, self.closed, self.actions, self.rank)
        limits = [Limit(self.closed, self.of - self.never - more)]
        return self._solved(levels, limits, within, kept)

    def _levels(self, *weights: Mapping[str, int]) -> tuple[Level, ...]:
        levels: tuple[Level, ...] = ()
        scale = 1
        for each in reversed(weights):
            levels = (Level(each, scale), *levels)
            scale *= sum(each.values()) + 1
        return levels

    def _solved(
        self,
        levels: tuple[Level, ...],
        limits: list[Limit],
        within: Iterable[str] | None,
        kept: Iterable[str] = (),
    ) -> Outcome:
        """The outcome, its bound that of the first objective."""
        fixed = [self.formulas.take(name) for name in sorted(kept)]
        if within is not None:
            others = sorted(set(self.planner.choices) - set(within))
            fixed += [self.formulas.leave(name) for name in others]
        weights: dict[str, int] = {}
        for level in levels:
            for name, weight in level.weights.items():
                weights[name] = weights.get(name, 0) + level.scale * weight
        must = (*self.must, *fixed)
        problem = Problem(self.formulas, must, weights, tuple(limits), levels)
        try:
            outcome = self.planner.solver.solve(problem, self.planner.clock)
        except OutOfTime:
            return GaveUp(None, 0)
        if isinstance(outcome, GaveUp):
            return replace(outcome, bound=outcome.bound // levels[0].scale)
        return outcome
