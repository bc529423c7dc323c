"""The least that makes a service compliant, proved: one plan, all of them, the K best, or why none.

A plan is a set of evidence and attestations to add such that every world asked for is compliant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from cloudrules.core.assessment import Space
from cloudrules.core.case import Case
from cloudrules.core.circuit import Input
from cloudrules.core.errors import BadInput, Fault, Place, TooLarge, fault, nearest
from cloudrules.core.expression import TRUE
from cloudrules.core.problem import (
    Choice,
    Clock,
    Formulas,
    GaveUp,
    Infeasible,
    Limit,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
    Solver,
    components,
    settled,
    started_in_time,
)
from cloudrules.core.purpose import Step, steps, waived
from cloudrules.core.rulebook import Effort, Readings, Rulebook
from cloudrules.core.schedule import finishes
from cloudrules.core.service import PlanRequest
from cloudrules.core.situation import Situation, holding

Values: TypeAlias = tuple[tuple[str, int], ...]  # (objective, value), most important first
_TIES = ("cost", "actions")  # settle what the asked objectives leave open: nothing useless is taken


@dataclass(frozen=True)
class HoldsIn:
    """In how many readings a plan holds, and the readings on which that depends."""

    worlds: int
    of: int
    depends_on: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """`cost` in the catalogue's currency; `months` until the last is finished."""

    acquire: tuple[str, ...]
    cost: int
    certifications: int
    actions: int
    months: int
    steps: tuple[Step, ...]
    waived: dict[str, tuple[str, ...]]
    holds_in: HoldsIn | None  # None: more readings than can be counted

    def value(self, objective: str) -> int:
        return int(getattr(self, objective))


@dataclass(frozen=True)
class Conflict:
    """A minimal set of limits asked for and of items that cannot hold together."""

    limits: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True)
class PlanAnswer:
    """`status` is optimal only where proved; `bound` is what is proved of the objectives."""

    status: str  # optimal | feasible | infeasible | unknown
    objective: Values = ()
    plans: tuple[Plan, ...] = ()
    bound: Values = ()
    conflict: Conflict | None = None
    assumed: tuple[str, ...] = ()
    more: bool = False


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


def request(asked: PlanRequest, cases: list[Case]) -> Request:
    """A request whose ids are all known. Raises BadInput."""
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
    return Request(
        tuple(dict.fromkeys(asked.minimize)),
        tuple(dict.fromkeys(ref.name for ref in asked.forbid)),
        tuple(dict.fromkeys(ref.name for ref in asked.require)),
        tuple(dict.fromkeys(asked.only)),
        asked.budget,
        asked.deadline,
        asked.robust,
    )


def choices(cases: list[Case], *, every: bool) -> dict[str, Choice]:
    """All that could be acquired: evidence with an effort, items met only by attesting them.

    With `every`, items of every reading count, not only of the one taken.
    """
    found: dict[str, Choice] = {}
    for case in cases:
        held, quotes = case.situation.held, case.situation.efforts
        for evidence in case.rulebook.evidence.values():
            effort = _effort(evidence.effort, quotes.get(evidence.id))
            if evidence.id not in held and effort:
                published = evidence.basis is not None and evidence.basis.kind == "published"
                choice = _choice(evidence.id, evidence.kind, effort, quotes, published)
                found.setdefault(evidence.id, replace(choice, requires=evidence.requires))
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
    for reading in case.rulebook.readings if every else ():
        for option in reading.option_ids:
            if option != taken[reading.id]:
                other = {**taken, reading.id: option}
                if case.rulebook.possible(other):
                    yield case.rulebook.under(other)


def _effort(stated: Effort | None, quoted: Effort | None) -> Effort | None:
    """The vendor's own quote wins over what is stated, figure by figure."""
    if quoted is None or stated is None:
        return quoted or stated
    cost = stated.cost if quoted.cost is None else quoted.cost
    return Effort(cost, stated.months if quoted.months is None else quoted.months)


def _choice(
    name: str, kind: str, effort: Effort, quotes: Mapping[str, Effort], published: bool
) -> Choice:
    quoted = name in quotes and quotes[name].cost is not None
    estimate = not published and not quoted
    return Choice(name, kind, effort.cost or 0, effort.months or 0, TRUE, estimate)


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
    items: frozenset[str] | None = None  # only these items must be in order; None: all

    def __post_init__(self) -> None:
        request = self.request
        self.choices = {
            name: choice
            for name, choice in choices(self.cases, every=request.robust).items()
            if name not in request.forbid and (not request.only or choice.kind in request.only)
        }
        self.held = frozenset(name for case in self.cases for name in case.situation.held)
        self.spaces = [Space(case.rulebook) for case in self.cases] if request.robust else []
        self.worlds = self.worlds or [
            (at, case.situation.readings) for at, case in enumerate(self.cases)
        ]
        self._world: dict[tuple[object, ...], int] = {}

    # The conditions

    def compliant(self, at: int, readings: Readings) -> int:
        """That a world is compliant, as a formula over the choices."""
        key = (at, *readings.items())
        if key not in self._world:
            case = self.cases[at]
            situation = replace(case.situation, readings=readings)

            def value(leaf: Input) -> int | None:
                if leaf.kind in ("evidence", "item") and leaf.name in self.choices:
                    return self.formulas.take(leaf.name)
                known = situation.value(leaf)
                return None if known is None else int(known)

            names: list[tuple[str, ...]] = [("compliant",)]
            if self.items is not None:
                names = [("missing", item) for item in sorted(self.items)]
            self._world[key] = self.formulas.conjunction(
                self.formulas.from_circuit(
                    case.circuit, case.circuit.named[name], value, negated=name[0] == "missing"
                )
                for name in names
                if name in case.circuit.named
            )
        return self._world[key]

    def problem(
        self, objectives: tuple[str, ...], deadline: int | None, limits: Iterable[Limit] = ()
    ) -> Problem:
        must = [self.compliant(at, readings) for at, readings in self.worlds]
        for name in self.request.require:
            if name not in self.held:
                must.append(self.formulas.take(name) if name in self.choices else Formulas.FALSE)
        must += started_in_time(self.formulas, self.choices, self.held, deadline)
        must += self.blocked
        return Problem(self.formulas, tuple(must), self.weights(objectives), tuple(limits))

    def weights(self, objectives: tuple[str, ...]) -> dict[str, int]:
        """One weight for several objectives: each outweighs all that come after it."""
        weights = dict.fromkeys(self.choices, 0)
        for objective in objectives:
            own = {name: weight_of(choice, objective) for name, choice in self.choices.items()}
            scale = sum(own.values()) + 1
            weights = {name: weight * scale + own[name] for name, weight in weights.items()}
        return weights

    # The search

    def minimum(
        self,
        objectives: tuple[str, ...],
        deadline: int | None,
        limits: tuple[Limit, ...] = (),
        below: int | None = None,
    ) -> Outcome:
        """The least sum of additive objectives, in every world that proves to matter."""
        while True:
            outcome = self._solved(self.problem(objectives, deadline, limits), below)
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if not isinstance(best, Solved):
                return outcome
            failing = self._failing(best.taken)
            if failing is None:
                return outcome
            if isinstance(outcome, GaveUp):
                return GaveUp(None, outcome.bound)
            self.worlds.append(failing)

    def _solved(self, problem: Problem, below: int | None) -> Outcome:
        rest, taken = settled(problem)
        if rest is None:
            return Infeasible()
        value, bound, proved, whole = problem.value(taken), problem.value(taken), True, True
        for part in components(rest):
            limit = None if below is None or rest.limits else below - bound
            outcome = self.solver.solve(part, self.clock, limit)
            if isinstance(outcome, Infeasible):
                return outcome
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            bound += outcome.bound if isinstance(outcome, GaveUp) else outcome.value
            proved = proved and isinstance(outcome, Solved)
            if best is None:
                whole = False
            else:
                taken |= best.taken
                value += best.value
        if not proved:
            return GaveUp(Solved(taken, value) if whole else None, bound)
        return Solved(taken, value) if below is None or value < below else Infeasible()

    def _failing(self, taken: frozenset[str]) -> tuple[int, Readings] | None:
        """A world in which what is taken does not make the service compliant."""
        for at, space in enumerate(self.spaces):
            circuit = self.cases[at].circuit
            _, may_not = space.rails(circuit, self.after(at, taken))[circuit.named["compliant",]]
            failing = may_not & space.valid
            if failing:
                return at, space.readings((failing & -failing).bit_length() - 1)
        return None

    def after(self, at: int, taken: Iterable[str]) -> Situation:
        """A case's situation once some choices are held."""
        situation = self.cases[at].situation
        added = {name: holding(name, Place("")) for name in taken}
        return replace(situation, held={**situation.held, **added})

    def best(
        self,
        objectives: tuple[str, ...],
        limits: tuple[Limit, ...] = (),
        deadline: int | None = None,
    ) -> Outcome:
        """The lexicographic minimum; where `months` is among the objectives, by deadlines."""
        deadline = _earlier(self.request.deadline, deadline)
        if self.request.budget is not None:
            limits = (*limits, Limit(self.weights(("cost",)), self.request.budget))
        if "months" not in objectives:
            return self.minimum(objectives, deadline, limits)
        place = objectives.index("months")
        before = objectives[:place]
        found = self.minimum(before or ("cost",), deadline, limits)
        if not isinstance(found, Solved):
            return found
        below = found.value + 1 if before else None
        soon, late = 0, self.months(found.taken)
        while soon < late:
            middle = (soon + late) // 2
            sooner = self.minimum(before, middle, limits, below)
            if isinstance(sooner, GaveUp):
                return GaveUp(found, 0)
            if isinstance(sooner, Solved):
                found, late = sooner, self.months(sooner.taken)
            else:
                soon = middle + 1
        last = self.minimum(tuple(o for o in objectives if o != "months"), late, limits)
        return GaveUp(last.best or found, 0) if isinstance(last, GaveUp) else last

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
                if self.is_minimal(outcome.taken):
                    yield outcome
                    exclude = (self.formulas.leave(name) for name in sorted(outcome.taken))
                    self.blocked.append(self.formulas.disjunction(exclude))
                else:
                    self.blocked.append(self._other_than(outcome.taken))
        finally:
            self.blocked = blocked

    def _other_than(self, taken: frozenset[str]) -> int:
        return self.formulas.disjunction(
            self.formulas.leave(name) if name in taken else self.formulas.take(name)
            for name in sorted(self.choices)
        )

    def is_minimal(self, taken: frozenset[str]) -> bool:
        """Whether no proper subset is a plan within the limits."""
        others = [name for name in self.choices if name not in taken]
        blocked = self.blocked
        try:
            self.blocked = [
                *(self.formulas.leave(name) for name in others),
                self.formulas.disjunction(self.formulas.leave(name) for name in sorted(taken)),
            ]
            return isinstance(self.minimum((), self.request.deadline), Infeasible)
        finally:
            self.blocked = blocked


def weight_of(choice: Choice, objective: str) -> int:
    """What one choice adds to an additive objective."""
    if objective == "cost":
        return choice.cost
    return int(objective == "actions" or choice.kind == "certification")


def _earlier(one: int | None, two: int | None) -> int | None:
    return min((each for each in (one, two) if each is not None), default=None)


# The answers


def from_cases(
    cases: list[Case],
    asked: Request,
    solver: Solver,
    clock: Clock,
    *,
    every: bool = False,
    top: int | None = None,
    limit: int = 100,
) -> PlanAnswer:
    """The minimum; with `every`, all plans that reach it; with `top`, the K best minimal ones."""
    settled_cases, assumed = _settled(cases)
    planner = Planner(settled_cases, asked, solver, clock)
    objectives = (*asked.minimize, *(each for each in _TIES if each not in asked.minimize))
    outcome = planner.best(objectives)
    if isinstance(outcome, Infeasible):
        conflict = conflict_of(planner)
        return PlanAnswer("infeasible", conflict=conflict, assumed=assumed)
    if isinstance(outcome, GaveUp) and outcome.best is None:
        return PlanAnswer("unknown", bound=_bound(planner, asked, outcome.bound), assumed=assumed)
    found = outcome.best if isinstance(outcome, GaveUp) else outcome
    assert found is not None
    objective = values(planner, asked.minimize, found.taken)
    if isinstance(outcome, GaveUp):
        bound = _bound(planner, asked, outcome.bound)
        plan = made(planner, found.taken)
        return PlanAnswer("feasible", objective, (plan,), bound, assumed=assumed)
    taken, status, more = [found.taken], "optimal", False
    if every or top:
        most = limit if every else int(top or 0)
        taken, status, more = _several(planner, objectives, asked, objective, every, most)
    plans = tuple(made(planner, each) for each in taken)
    return PlanAnswer(status, objective, plans, objective, assumed=assumed, more=more)


def pareto(
    cases: list[Case], asked: Request, pair: tuple[str, str], solver: Solver, clock: Clock
) -> PlanAnswer:
    """The whole front of two objectives: one plan for each pair of values that none beats."""
    settled_cases, assumed = _settled(cases)
    planner = Planner(settled_cases, asked, solver, clock)
    one, two = pair
    objectives = (one, two, *(each for each in _TIES if each not in pair))
    found: list[frozenset[str]] = []
    limits: tuple[Limit, ...] = ()
    deadline: int | None = None
    while True:
        outcome = planner.best(objectives, limits, deadline)
        if isinstance(outcome, GaveUp):
            status = "feasible" if found else "unknown"
            break
        if isinstance(outcome, Infeasible):
            status = "optimal" if found else "infeasible"
            break
        found.append(outcome.taken)
        value = dict(values(planner, (two,), outcome.taken))[two]
        if value == 0:
            status = "optimal"
            break
        if two == "months":
            deadline = value - 1
        else:
            limits = (Limit(planner.weights((two,)), value - 1),)
    conflict = conflict_of(planner) if status == "infeasible" else None
    plans = tuple(made(planner, taken) for taken in found)
    objective = values(planner, pair, found[0]) if found else ()
    return PlanAnswer(status, objective, plans, objective, conflict, assumed)


def _settled(cases: list[Case]) -> tuple[list[Case], tuple[str, ...]]:
    """The cases with every unknown settled as a plan takes it, and what that assumes."""
    found: list[Case] = []
    assumed: dict[str, None] = {}
    for case in cases:
        situation, said = case.situation.assumed(case.rulebook)
        found.append(replace(case, situation=situation))
        assumed.update(dict.fromkeys(said))
    return found, tuple(assumed)


def _several(
    planner: Planner,
    objectives: tuple[str, ...],
    asked: Request,
    best: Values,
    every: bool,
    most: int,
) -> tuple[list[frozenset[str]], str, bool]:
    """The plans to list, whether the list is proved, and whether it was cut."""
    if every and "months" in asked.minimize:
        # Minimal among the optimal: a smaller plan that takes longer does not count.
        planner.request = replace(asked, deadline=dict(best)["months"])
    found: list[frozenset[str]] = []
    for outcome in planner.minimal_plans(objectives):
        if isinstance(outcome, GaveUp):
            return found, "feasible", True
        if isinstance(outcome, Infeasible):
            break
        if every and values(planner, asked.minimize, outcome.taken) != best:
            break
        if len(found) == most:
            return found, "optimal", every
        found.append(outcome.taken)
    return found, "optimal", False


def values(planner: Planner, objectives: tuple[str, ...], taken: frozenset[str]) -> Values:
    return tuple(
        (
            objective,
            planner.months(taken)
            if objective == "months"
            else sum(weight_of(planner.choices[name], objective) for name in taken),
        )
        for objective in objectives
    )


def _bound(planner: Planner, asked: Request, bound: int) -> Values:
    """What a bound on the joint weight says of the first objective; nothing of the later ones."""
    objectives = [*asked.minimize, *(each for each in _TIES if each not in asked.minimize)]
    first = asked.minimize[0]
    scale = 1
    for objective in objectives[1:]:
        if objective != "months":
            scale *= 1 + sum(weight_of(each, objective) for each in planner.choices.values())
    known = 0 if first == "months" else bound // scale
    return tuple((objective, known if objective == first else 0) for objective in asked.minimize)


def made(planner: Planner, taken: frozenset[str]) -> Plan:
    """A plan with its figures and what each thing in it is for."""
    figures = dict(values(planner, ("cost", "certifications", "actions", "months"), taken))
    afters = [
        replace(case, situation=planner.after(at, taken)) for at, case in enumerate(planner.cases)
    ]
    ends = finishes(taken, planner.choices, planner.held)
    return Plan(
        tuple(sorted(taken)),
        **figures,
        steps=steps(afters, taken, planner.choices, ends),
        waived=waived(afters),
        holds_in=_holds_in(planner, taken),
    )


def _holds_in(planner: Planner, taken: frozenset[str]) -> HoldsIn | None:
    holding = total = 0
    depends: dict[str, None] = {}
    for at, case in enumerate(planner.cases):
        try:
            space = Space(case.rulebook)
        except TooLarge:
            return None
        rails = space.rails(case.circuit, planner.after(at, taken))
        compliant = rails[case.circuit.named["compliant",]]
        holding += (space.valid & ~compliant[1]).bit_count()
        total += space.valid.bit_count()
        depends.update(dict.fromkeys(space.depends_on(compliant)))
    return HoldsIn(holding, total, tuple(depends))


def conflict_of(planner: Planner) -> Conflict | None:
    """A minimal set of the limits and the items that no plan can keep together.

    None where time runs out before it is known to be minimal.
    """
    limits = planner.request.limits()
    items = dict.fromkeys(
        name[1] for case in planner.cases for name in case.circuit.named if name[0] == "missing"
    )
    parts = [("limit", limit) for limit in limits] + [("item", item) for item in items]

    def fails(kept: list[tuple[str, str]]) -> bool:
        asked = planner.request.keeping(name for kind, name in kept if kind == "limit")
        asked = replace(asked, robust=False)  # the worlds that made it fail are known
        trial = Planner(
            planner.cases,
            asked,
            planner.solver,
            planner.clock,
            worlds=list(planner.worlds),
            items=frozenset(name for kind, name in kept if kind == "item"),
        )
        outcome = trial.best(("cost",))
        if isinstance(outcome, GaveUp):
            raise OutOfTime
        return isinstance(outcome, Infeasible)

    try:
        kept = _minimal(parts, fails)
    except OutOfTime:
        return None
    return Conflict(
        tuple(name for kind, name in kept if kind == "limit"),
        tuple(name for kind, name in kept if kind == "item"),
    )


def _minimal(
    parts: list[tuple[str, str]], fails: Callable[[list[tuple[str, str]]], bool]
) -> list[tuple[str, str]]:
    """A subset that still fails, none of whose parts can be taken away: by halves, then singly."""
    size = max(1, len(parts) // 2)
    while True:
        at = 0
        while at < len(parts):
            rest = parts[:at] + parts[at + size :]
            if fails(rest):
                parts = rest
            else:
                at += size
        if size == 1:
            return parts
        size //= 2
