"""Whether what a certificate claims of all other plans is so."""

from __future__ import annotations

from dataclasses import dataclass

from cloudrules.core import cores
from cloudrules.core.certificate import MustHave, proved
from cloudrules.core.checks import Asked, Finding, failed, listed, passed, tried, unchecked
from cloudrules.core.plan import ranked, values
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock, GaveUp, Infeasible, Limit, Solver


@dataclass
class ProofChecks:
    """Put to solvers other than those that made it, with nothing reduced before."""

    asked: Asked

    def _planner(self, solver: Solver, clock: Clock) -> Planner:
        return Planner(self.asked.cases, self.asked.request, solver, clock)

    def sets(self) -> list[Finding]:
        """Whether there is no plan without each of the sets."""
        whole = self.asked.clock
        clock = whole if whole.left is None else whole.part(whole.left / 2)
        found: list[Finding] = []
        planners: list[Planner] = []
        for core in self.asked.certificate.proof.cores:

            def needed(core: MustHave = core) -> Finding:
                planners.extend(
                    self._planner(solver, clock) for solver in self.asked.solvers[len(planners) :]
                )
                return self._needed(core, planners)

            found.append(tried("needed", needed, ", ".join(core.any_of)))
        return found

    def _needed(self, core: MustHave, planners: list[Planner]) -> Finding:
        of = ", ".join(core.any_of)
        if not core.any_of or any(name not in self.asked.things for name in core.any_of):
            return failed("needed", "unavailable", of)
        objective = self.asked.request.minimize[0]
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
                return failed("needed", "spared", of, what=listed(best.taken))
        return passed("needed", "without", of, solvers=self._named())

    def _prices(self, planner: Planner, objective: str) -> dict[str, int]:
        if objective == "months":
            return cores.prices(planner, objective)
        return {name: thing.weight(objective) for name, thing in self.asked.things.items()}

    def sum(self) -> Finding:
        proof = self.asked.certificate.proof
        named = [name for core in proof.cores for name in core.any_of]
        if proof.objective != self.asked.request.minimize[0]:
            return failed("sum", "objective", what=self.asked.request.minimize[0])
        if len(set(named)) < len(named):
            return failed("sum", "shared")
        total = proved(proof.objective, proof.cores)
        if total != proof.proved:
            return failed("sum", "figure", now=total, then=proof.proved)
        if self.asked.certificate.claim.status == "infeasible" and proof.cores:
            return failed("sum", "needless")
        return passed("sum", "same", n=len(proof.cores), now=((proof.objective, total),))

    def others(self, check: str, sure: bool) -> Finding:
        """What is claimed of all plans; `sure`: every set is needed."""
        if check == "bound":
            return self._bound(sure)
        return self._none() if check == "no-plan" else self._optimum(sure)

    def _none(self) -> Finding:
        for solver in self.asked.solvers:
            planner = self._planner(solver, self.asked.clock)
            outcome = planner.best(ranked(self.asked.request.minimize))
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if best is None:
                return unchecked("no-plan", "time", solver.name)
            if not isinstance(best, Infeasible):
                return failed("no-plan", "exists", solver.name, what=listed(best.taken))
        return passed("no-plan", "solved", self._named())

    def _optimum(self, sure: bool) -> Finding:
        claim = self.asked.certificate.claim
        if len(claim.objective) == 1 and sure and self._alone():
            return passed("optimum", "sets", what=claim.objective)
        for solver in self.asked.solvers:
            planner = self._planner(solver, self.asked.clock)
            outcome = planner.best(ranked(self.asked.request.minimize))
            if isinstance(outcome, GaveUp):
                return unchecked("optimum", "time", solver.name)
            if isinstance(outcome, Infeasible):
                return failed("optimum", "none", solver.name)
            now = values(planner, self.asked.request.minimize, outcome.taken)
            if now != claim.objective:
                return failed("optimum", "figure", solver.name, now=now)
        because = "least-sets" if sure and self._alone() else "least"
        return passed("optimum", because, self._named(), what=claim.objective)

    def _alone(self) -> bool:
        """Whether the sets alone prove the first objective."""
        claim = self.asked.certificate.claim
        return bool(claim.objective) and claim.objective[0][1] == self._proved()

    def _proved(self) -> int:
        return proved(self.asked.request.minimize[0], self.asked.certificate.proof.cores)

    def _bound(self, sure: bool) -> Finding:
        """Whether no plan is better than the bound."""
        bound = self.asked.certificate.claim.bound
        if not bound or any(value for _, value in bound[1:]):
            return failed("bound", "unfit")
        name, least = bound[0]
        if least <= (self._proved() if sure else 0):
            return passed("bound", "sets", what=bound[:1])
        for solver in self.asked.solvers:
            planner = self._planner(solver, self.asked.clock)
            if name == "months":
                outcome = planner.best((), deadline=least - 1)
            else:
                limit = Limit(planner.weights((name,))[0], least - 1)
                outcome = planner.best((name,), (limit,))
            best = outcome.best if isinstance(outcome, GaveUp) else outcome
            if best is None:
                return unchecked("bound", "time", solver.name)
            if not isinstance(best, Infeasible):
                return failed("bound", "below", solver.name, what=listed(best.taken))
        return passed("bound", "none-below", self._named(), what=bound[:1])

    def _named(self) -> str:
        return ", ".join(solver.name for solver in self.asked.solvers)
