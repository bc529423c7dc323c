"""The search for plans: the problem of the worlds that matter, and its minimum under a request."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace

from cloudrules.core.assessment import Space
from cloudrules.core.case import Case
from cloudrules.core.errors import Place
from cloudrules.core.formulas import Formulas, Side
from cloudrules.core.gates import Input, Named
from cloudrules.core.memory import uncollected
from cloudrules.core.prerequisites import bearing, started_in_time
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
from cloudrules.core.request import Request, choices, weight_of
from cloudrules.core.rulebook import Readings
from cloudrules.core.schedule import finishes
from cloudrules.core.situation import holding

GRACE = 3.0  # seconds for the conditions where none are left: without them there is no bound


@dataclass
class Planner:
    """Answers for some cases and one request. `worlds` grows as worlds prove to matter."""

    cases: list[Case]
    request: Request
    solver: Solver
    clock: Clock
    formulas: Formulas = field(default_factory=Formulas)
    worlds: list[tuple[int, Readings]] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)
    # Only these items, each with the place of its case, must be in order; None: all.
    items: frozenset[tuple[int, str]] | None = None

    def __post_init__(self) -> None:
        request = self.request
        self.choices = {
            name: choice
            for name, choice in choices(self.cases, every=request.robust).items()
            if name not in request.forbid and (not request.only or choice.kind in request.only)
        }
        self.held = frozenset(name for case in self.cases for name in case.situation.held)
        self.spaces = (
            [Space(case.rulebook, case.circuit) for case in self.cases] if request.robust else []
        )
        self.worlds = self.worlds or [
            (at, case.situation.readings) for at, case in enumerate(self.cases)
        ]
        # What trials share: the parts of a world's formula, and what a deadline demands.
        self._certain: dict[tuple[object, ...], int] = {}
        self._made: dict[tuple[object, ...], dict[Side, int]] = {}
        self._started: dict[int | None, list[int]] = {}

    def trial(
        self, without: Iterable[str], items: frozenset[tuple[int, str]] | None = None
    ) -> Planner:
        """The same question with some choices left; with `items`, of these items only.

        The formulas, and the worlds that prove to matter, are those of this planner.
        """
        trial = copy(self)
        trial.blocked = [*self.blocked, *(self.formulas.leave(name) for name in without)]
        trial.items = self.items if items is None else items
        return trial

    # The conditions

    def compliant(
        self, at: int, readings: Readings, check: Callable[[], None] | None = None
    ) -> int:
        """That a world is compliant, as a formula over the choices."""
        return self.formulas.conjunction(
            self.certain(at, readings, name, check) for name in self._asked(at)
        )

    def _asked(self, at: int) -> list[Named]:
        """The gates of a case that are asked about: `compliant`, or that some items are missing."""
        if self.items is None:
            return [("compliant",)]
        named = self.cases[at].circuit.named
        asked = sorted(item for where, item in self.items if where == at)
        return [("missing", item) for item in asked if ("missing", item) in named]

    def certain(
        self, at: int, readings: Readings, name: Named, check: Callable[[], None] | None = None
    ) -> int:
        """That a gate holds in a world; of `missing`, that it does not."""
        world = (at, *readings.items())
        key = (name, *world)
        if key not in self._certain:
            case = self.cases[at]
            situation = replace(case.situation, readings=readings)

            def value(leaf: Input) -> int | None:
                if leaf.kind in ("evidence", "item") and leaf.name in self.choices:
                    return self.formulas.take(leaf.name)
                known = situation.value(leaf)
                return None if known is None else int(known)

            self._certain[key] = self.formulas.from_circuit(
                case.circuit,
                case.circuit.named[name],
                value,
                negated=name[0] == "missing",
                made=self._made.setdefault(world, {}),
                check=check,
            )
        return self._certain[key]

    @uncollected()
    def problem(
        self,
        objectives: tuple[str, ...],
        deadline: int | None,
        limits: Iterable[Limit] = (),
        check: Callable[[], None] | None = None,
    ) -> Problem:
        """The conditions of the worlds, and the weights; `check` is called often, and may raise."""
        must = [self.compliant(at, readings, check) for at, readings in self.worlds]
        must += self._required()
        must += self.blocked
        must += bearing(self.formulas, self._in_time(deadline, check), must)
        weights, levels = self.weights(objectives)
        return Problem(self.formulas, tuple(must), weights, tuple(limits), levels)

    def limits(self, deadline: int | None) -> list[int]:
        """What every plan keeps, whatever the worlds ask for: the request, and each `requires`."""
        return [*self._required(), *self._in_time(deadline)]

    def _required(self) -> list[int]:
        return [
            self.formulas.take(name) if name in self.choices else Formulas.FALSE
            for name in self.request.require
            if name not in self.held
        ]

    def _in_time(self, deadline: int | None, check: Callable[[], None] | None = None) -> list[int]:
        if deadline not in self._started:
            self._started[deadline] = started_in_time(
                self.formulas, self.choices, self.held, deadline, check
            )
        return self._started[deadline]

    def weights(self, objectives: tuple[str, ...]) -> tuple[dict[str, int], tuple[Level, ...]]:
        """One weight for several objectives, each outweighing all that come after it."""
        weights = dict.fromkeys(self.choices, 0)
        levels: tuple[Level, ...] = ()
        scale = 1
        for objective in reversed(objectives):
            own = {name: weight_of(choice, objective) for name, choice in self.choices.items()}
            weights = {name: weight + scale * own[name] for name, weight in weights.items()}
            levels = (Level(own, scale), *levels)
            scale *= sum(own.values()) + 1
        return weights, levels

    # The search

    def minimum(
        self,
        objectives: tuple[str, ...],
        deadline: int | None,
        limits: tuple[Limit, ...] = (),
        below: int | None = None,
    ) -> Outcome:
        """The least sum of additive objectives, in every world that proves to matter."""
        _, levels = self.weights(objectives)
        # A limit on the first objective only says how good a plan has to be.
        first = [limit for limit in limits if levels and limit.weights == levels[0].weights]
        limits = tuple(limit for limit in limits if limit not in first)
        caps = [(limit.most + 1) * levels[0].scale for limit in first]
        below = min((cap for cap in (below, *caps) if cap is not None), default=None)
        bound = 0
        while True:
            left = self.clock.left
            check = Clock(None if left is None else left + GRACE).check
            try:
                problem = self.problem(objectives, deadline, limits, check)
            except OutOfTime:
                return GaveUp(None, bound)
            outcome = self.solver.solve(problem, self.clock, below)
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if not isinstance(best, Solved):
                return outcome
            failing = self.failing(best.taken)
            if failing is None:
                return outcome
            if isinstance(outcome, GaveUp):
                return GaveUp(None, outcome.bound)
            bound = best.value
            self.worlds.append(failing)

    def failing(
        self, taken: frozenset[str], among: Container[int] | None = None
    ) -> tuple[int, Readings] | None:
        """A world in which what is taken does not put in order what is asked about.

        Only of the cases `among`, where given.
        """
        added = {name: holding(name, Place("")) for name in taken}
        for at, space in enumerate(self.spaces):
            if among is not None and at not in among:
                continue
            case = self.cases[at]
            rails = space.rails(case.situation.with_held(added))
            failing = 0
            for name in self._asked(at):
                may, may_not = rails[case.circuit.named[name]]
                failing |= (may if name[0] == "missing" else may_not) & space.valid
            if failing:
                return at, space.readings((failing & -failing).bit_length() - 1)
        return None

    def afters(self, taken: Iterable[str]) -> list[Case]:
        """All cases once some choices are held."""
        added = {name: holding(name, Place("")) for name in taken}
        return [replace(case, situation=case.situation.with_held(added)) for case in self.cases]

    def best(
        self,
        objectives: tuple[str, ...],
        limits: tuple[Limit, ...] = (),
        deadline: int | None = None,
    ) -> Outcome:
        """The lexicographic minimum; where `months` is among the objectives, by deadlines."""
        deadline = _earlier(self.request.deadline, deadline)
        if self.request.budget is not None:
            limits = (*limits, Limit(self.weights(("cost",))[0], self.request.budget))
        if "months" not in objectives:
            return self.minimum(objectives, deadline, limits)
        place = objectives.index("months")
        before = objectives[:place]
        found = self.minimum(before or ("cost",), deadline, limits)
        if not isinstance(found, Solved):
            return found
        below = found.value + 1 if before else None
        least = found.value if before else 0
        probe = before or (("cost",) if self.request.budget is not None else ())
        soon, late = 0, self.months(found.taken)
        while soon < late:
            middle = (soon + late) // 2
            sooner = self.minimum(probe, middle, limits, below)
            if isinstance(sooner, GaveUp):
                return GaveUp(found, least)
            if isinstance(sooner, Solved):
                found, late = sooner, self.months(sooner.taken)
            else:
                soon = middle + 1
        last = self.minimum(tuple(o for o in objectives if o != "months"), late, limits)
        return GaveUp(last.best or found, least) if isinstance(last, GaveUp) else last

    def some(self) -> frozenset[str] | None:
        """What some plan takes, not the best; None: there is none. Raises OutOfTime."""
        self.clock.check()
        budget, limits = self.request.budget, []
        if budget is not None:
            limits.append(Limit(self.weights(("cost",))[0], budget))
        # What must be cheap is looked for by its cost.
        objectives = ("cost",) if limits else ()
        outcome = self.minimum(objectives, self.request.deadline, tuple(limits))
        best = outcome.best if isinstance(outcome, GaveUp) else outcome
        if best is None:
            raise OutOfTime
        return best.taken if isinstance(best, Solved) else None

    def months(self, taken: frozenset[str]) -> int:
        ends = finishes(taken, self.choices, self.held)
        return max(ends.values(), default=0)

    def minimal_plans(self, objectives: tuple[str, ...]) -> Iterator[Outcome]:
        """Every inclusion-minimal plan, best first; ends with Infeasible or GaveUp."""
        blocked = list(self.blocked)
        try:
            while True:
                outcome = self.best(objectives)
                if not isinstance(outcome, Solved):
                    yield outcome
                    return
                if self._is_minimal(outcome.taken):
                    yield outcome
                # Whatever holds all of it could do with less: with it, or with what it holds.
                exclude = (self.formulas.leave(name) for name in sorted(outcome.taken))
                self.blocked.append(self.formulas.disjunction(exclude))
        except OutOfTime:
            yield GaveUp(None, 0)
        finally:
            self.blocked = blocked

    def _is_minimal(self, taken: frozenset[str]) -> bool:
        """Whether no proper subset is a plan within the limits. Raises OutOfTime."""
        others = [name for name in self.choices if name not in taken]
        blocked = self.blocked
        try:
            self.blocked = [
                *(self.formulas.leave(name) for name in others),
                self.formulas.disjunction(self.formulas.leave(name) for name in sorted(taken)),
            ]
            outcome = self.minimum((), self.request.deadline)
        finally:
            self.blocked = blocked
        if isinstance(outcome, GaveUp) and outcome.best is None:
            raise OutOfTime
        return isinstance(outcome, Infeasible)


def _earlier(one: int | None, two: int | None) -> int | None:
    return min((each for each in (one, two) if each is not None), default=None)
