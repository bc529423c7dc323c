"""Whether what a certificate claims is so: each thing that can be checked, one by one.

The plan is judged by the plain evaluator and counted anew. What is claimed of all other plans is
put to solvers other than the certificate's makers, with nothing reduced before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from graphlib import CycleError
from math import prod

from cloudrules.core import cores
from cloudrules.core.case import Case
from cloudrules.core.certificate import (
    FIGURES,
    MAKERS,
    Certificate,
    Claimed,
    MustHave,
    circuits,
    proved,
)
from cloudrules.core.errors import BadInput, Place, TooLarge, Unable
from cloudrules.core.evaluation import evaluated
from cloudrules.core.part import combinations_of
from cloudrules.core.plan import ranked, settled, values
from cloudrules.core.planner import Planner
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Limit,
    OutOfTime,
    Solver,
)
from cloudrules.core.recount import Thing, finishes, things
from cloudrules.core.rulebook import Readings
from cloudrules.core.situation import holding

PASSED, FAILED, NOT = "passed", "failed", "not checked"
WORLDS = 2**14  # readings in combination that are gone through one by one


@dataclass(frozen=True)
class Finding:
    """What came of one check. `of` is what it was made of; `because` a key of the words why.

    Among the `values` of those words are names, numbers, and objectives with what they come to.
    """

    check: str
    status: str  # PASSED | FAILED | NOT
    because: str
    of: str = ""
    values: dict[str, object] = field(default_factory=dict)


def passed(check: str, because: str, of: str = "", /, **values: object) -> Finding:
    return Finding(check, PASSED, because, of, values)


def failed(check: str, because: str, of: str = "", /, **values: object) -> Finding:
    return Finding(check, FAILED, because, of, values)


def unchecked(check: str, because: str, of: str = "", /, **values: object) -> Finding:
    return Finding(check, NOT, because, of, values)


def from_cases(
    certificate: Certificate, cases: list[Case], solvers: list[Solver], clock: Clock
) -> list[Finding]:
    """All that is to be said of a certificate whose files are as they were.

    Each of the `solvers` has to come to what is claimed.
    """
    return list(_Verifier(certificate, cases, solvers, clock).findings())


class _Verifier:
    def __init__(
        self, certificate: Certificate, cases: list[Case], solvers: list[Solver], clock: Clock
    ) -> None:
        self.certificate, self.request = certificate, certificate.question.request
        self.solvers, self.clock = solvers, clock
        self.given = cases
        self.cases, self.assumed = settled(cases, every=self.request.robust)
        self.held = frozenset(name for case in cases for name in case.situation.held)
        self.things = {
            name: thing
            for name, thing in things(self.cases, every=self.request.robust).items()
            if name not in self.request.forbid
            and (not self.request.only or thing.kind in self.request.only)
        }

    def findings(self) -> Iterator[Finding]:
        certificate, plan = self.certificate, self.certificate.plan
        yield from self._circuits()
        yield self._claim()
        if plan is not None:
            known = {name: self.things[name] for name in plan.acquire if name in self.things}
            yield self._available(plan, known)
            yield self._steps(plan, known)
            yield self._figures(plan, known)
            yield self._limits(plan, known)
            yield _tried("compliant", lambda: self._compliant(plan))
        sets = self._sets()
        yield from sets
        if self.certificate.proof.cores or self.certificate.proof.proved:
            yield self._sum()
        sure = all(each.status == PASSED for each in sets)
        check = {"optimal": "optimum", "infeasible": "no-plan"}.get(
            certificate.claim.status, "bound"
        )
        yield _tried(check, lambda: self._others(check, sure))

    # What was compiled, and whether the parts of the claim fit together

    def _circuits(self) -> Iterator[Finding]:
        claimed = self.certificate.circuits
        now = circuits(self.certificate.question, self.given)
        for name in {**now, **claimed}:
            same = now.get(name) == claimed.get(name)
            yield (passed if same else failed)("circuit", "same" if same else "other", name)

    def _claim(self) -> Finding:
        """A status says whether there is a plan, and what else has to be said with it."""
        claim, plan = self.certificate.claim, self.certificate.plan
        asked = self.request.minimize
        told = tuple(name for name, _ in claim.objective)
        bound = tuple(name for name, _ in claim.bound)
        maker = self.certificate.solver
        if self.certificate.makers != MAKERS.get(maker, (maker,)):
            return failed("claim", "makers")
        if claim.assumed != self.assumed:
            return failed("claim", "assumed", what=", ".join(self.assumed) or "-")
        fits = {
            "optimal": plan is not None and told == asked and claim.bound == claim.objective,
            "feasible": plan is not None and told == asked and bound == asked,
            "infeasible": plan is None and not told and not bound,
            "unknown": plan is None and not told and bound == asked,
        }[claim.status]
        return passed("claim", "fits") if fits else failed("claim", "unfit")

    # The plan

    def _available(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        odd = [name for name in plan.acquire if name not in known]
        if odd:
            return failed("available", "unavailable", what=", ".join(odd))
        if plan.acquire != tuple(sorted(plan.acquire)):
            return failed("available", "order")
        return passed("available", "can", n=len(known))

    def _steps(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        ends = finishes(known, self.held)
        stuck = [name for name in known if name not in ends]
        if stuck:
            return failed("steps", "stuck", what=", ".join(stuck))
        for name in {**ends, **plan.finishes}:
            if ends.get(name) != plan.finishes.get(name):
                now, then = ends.get(name, "-"), plan.finishes.get(name, "-")
                return failed("steps", "figure", what=name, now=now, then=then)
        return passed("steps", "order")

    def _figures(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        now = self._values(known)
        for name in FIGURES:
            if plan.value(name) != now[name]:
                return failed("figures", "figure", what=name, now=now[name], then=plan.value(name))
        objective = tuple((name, now[name]) for name in self.request.minimize)
        if self.certificate.claim.objective != objective:
            return failed("figures", "objective", what=objective)
        return passed("figures", "same", what=objective)

    def _values(self, known: dict[str, Thing]) -> dict[str, int]:
        sums = {
            name: sum(thing.weight(name) for thing in known.values())
            for name in FIGURES
            if name != "months"
        }
        return {**sums, "months": max(finishes(known, self.held).values(), default=0)}

    def _limits(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        request, now = self.request, self._values(known)
        broken = [f"forbid {name}" for name in request.forbid if name in plan.acquire]
        broken += [
            f"require {name}"
            for name in request.require
            if name not in plan.acquire and name not in self.held
        ]
        kinds = {thing.kind for thing in known.values()}
        broken += ["only"] if request.only and not kinds <= set(request.only) else []
        for name, figure, most in (
            ("budget", "cost", request.budget),
            ("deadline", "months", request.deadline),
        ):
            broken += [f"{name} {most}"] if most is not None and now[figure] > most else []
        if broken:
            return failed("limits", "broken", what=", ".join(broken))
        if not request.limits():
            return passed("limits", "none")
        return passed("limits", "kept", what=", ".join(request.limits()))

    def _compliant(self, plan: Claimed) -> Finding:
        """In every world asked for, by the plain evaluator."""
        counted = 0
        added = {name: holding(name, Place("")) for name in plan.acquire}
        for case in self.cases:
            situation = case.situation.with_held(added)
            for readings in self._worlds(case):
                self.clock.check()
                read = evaluated(case.rulebook.under(readings), situation)
                counted += 1
                if read.compliant is not True:
                    missing = ", ".join(name for name, each in read.missing.items() if each)
                    world = ", ".join(f"{name}={option}" for name, option in readings.items())
                    return failed(
                        "compliant",
                        "missing",
                        what=missing or "-",
                        rulebook=case.rulebook.id,
                        world=world or "-",
                    )
        return passed("compliant", "worlds", n=counted)

    def _worlds(self, case: Case) -> Iterator[Readings]:
        if not self.request.robust:
            yield case.situation.readings
            return
        readings = case.rulebook.readings
        if prod(len(reading.options) for reading in readings) > WORLDS:
            raise TooLarge("worlds")
        yield from filter(case.rulebook.possible, combinations_of(readings))

    # Of all other plans

    def _planner(self, solver: Solver, clock: Clock) -> Planner:
        return Planner(self.cases, self.request, solver, clock)

    def _sets(self) -> list[Finding]:
        """Whether there is no plan without each of the sets."""
        clock = self.clock if self.clock.left is None else self.clock.part(self.clock.left / 2)
        found: list[Finding] = []
        planners: list[Planner] = []
        for core in self.certificate.proof.cores:

            def needed(core: MustHave = core) -> Finding:
                planners.extend(
                    self._planner(solver, clock) for solver in self.solvers[len(planners) :]
                )
                return self._needed(core, planners)

            found.append(_tried("needed", needed, ", ".join(core.any_of)))
        return found

    def _needed(self, core: MustHave, planners: list[Planner]) -> Finding:
        of = ", ".join(core.any_of)
        if not core.any_of or any(name not in self.things for name in core.any_of):
            return failed("needed", "unavailable", of)
        objective = self.request.minimize[0]
        prices = self._prices(planners[0], objective)
        least = min(prices[name] for name in core.any_of)
        if least != core.price:
            return failed("needed", "price", of, now=least, then=core.price)
        for planner in planners:
            outcome = planner.trial(core.any_of).best(())
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if best is None:
                return unchecked("needed", "time", of)
            if not isinstance(best, Infeasible):
                return failed("needed", "spared", of, what=_listed(best.taken))
        return passed("needed", "without", of, solvers=self._named())

    def _prices(self, planner: Planner, objective: str) -> dict[str, int]:
        if objective == "months":
            return cores.prices(planner, objective)
        return {name: thing.weight(objective) for name, thing in self.things.items()}

    def _sum(self) -> Finding:
        proof = self.certificate.proof
        named = [name for core in proof.cores for name in core.any_of]
        if proof.objective != self.request.minimize[0]:
            return failed("sum", "objective", what=self.request.minimize[0])
        if len(set(named)) < len(named):
            return failed("sum", "shared")
        total = proved(proof.objective, proof.cores)
        if total != proof.proved:
            return failed("sum", "figure", now=total, then=proof.proved)
        if self.certificate.claim.status == "infeasible" and proof.cores:
            return failed("sum", "needless")
        return passed("sum", "same", n=len(proof.cores), now=((proof.objective, total),))

    def _others(self, check: str, sure: bool) -> Finding:
        """What is claimed of all plans; `sure`: every set is needed."""
        if check == "bound":
            return self._bound(sure)
        return self._none() if check == "no-plan" else self._optimum(sure)

    def _none(self) -> Finding:
        for solver in self.solvers:
            outcome = self._planner(solver, self.clock).best(ranked(self.request.minimize))
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if best is None:
                return unchecked("no-plan", "time", solver.name)
            if not isinstance(best, Infeasible):
                return failed("no-plan", "exists", solver.name, what=_listed(best.taken))
        return passed("no-plan", "solved", self._named())

    def _optimum(self, sure: bool) -> Finding:
        claim = self.certificate.claim
        if len(claim.objective) == 1 and sure and self._alone():
            return passed("optimum", "sets", what=claim.objective)
        for solver in self.solvers:
            planner = self._planner(solver, self.clock)
            outcome = planner.best(ranked(self.request.minimize))
            if isinstance(outcome, GaveUp):
                return unchecked("optimum", "time", solver.name)
            if isinstance(outcome, Infeasible):
                return failed("optimum", "none", solver.name)
            now = values(planner, self.request.minimize, outcome.taken)
            if now != claim.objective:
                return failed("optimum", "figure", solver.name, now=now)
        because = "least-sets" if sure and self._alone() else "least"
        return passed("optimum", because, self._named(), what=claim.objective)

    def _alone(self) -> bool:
        """Whether the sets alone prove the first objective."""
        claim = self.certificate.claim
        return bool(claim.objective) and claim.objective[0][1] == self._proved()

    def _proved(self) -> int:
        return proved(self.request.minimize[0], self.certificate.proof.cores)

    def _bound(self, sure: bool) -> Finding:
        """Whether no plan is better than the bound."""
        bound = self.certificate.claim.bound
        if not bound or any(value for _, value in bound[1:]):
            return failed("bound", "unfit")
        name, least = bound[0]
        if least <= (self._proved() if sure else 0):
            return passed("bound", "sets", what=bound[:1])
        for solver in self.solvers:
            planner = self._planner(solver, self.clock)
            if name == "months":
                outcome = planner.best((), deadline=least - 1)
            else:
                limit = Limit(planner.weights((name,))[0], least - 1)
                outcome = planner.best((name,), (limit,))
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if best is None:
                return unchecked("bound", "time", solver.name)
            if not isinstance(best, Infeasible):
                return failed("bound", "below", solver.name, what=_listed(best.taken))
        return passed("bound", "none-below", self._named(), what=bound[:1])

    def _named(self) -> str:
        return ", ".join(solver.name for solver in self.solvers)


def _tried(check: str, run: Callable[[], Finding], of: str = "") -> Finding:
    """A finding, or why there is none."""
    try:
        return run()
    except OutOfTime:
        return unchecked(check, "time", of)
    except TooLarge as error:
        return unchecked(check, "large", of, what=error.what)
    except Unable as error:
        return unchecked(check, "unable", of, what=error.solver)
    except BadInput as error:
        return failed(check, "unreadable", of, what=error.faults[0].code)
    except CycleError:
        return failed(check, "cycle", of)


def _listed(taken: frozenset[str]) -> str:
    return ", ".join(sorted(taken)) or "-"
