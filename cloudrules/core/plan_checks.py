"""Whether the plan of a certificate can be had, costs what is said and makes it compliant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from cloudrules.core.case import Case
from cloudrules.core.certificate import FIGURES, Claimed
from cloudrules.core.checks import Asked, Finding, failed, passed
from cloudrules.core.errors import Place, TooLarge
from cloudrules.core.evaluation import evaluated
from cloudrules.core.part import combinations_of
from cloudrules.core.recount import Thing, finishes
from cloudrules.core.rulebook import Readings
from cloudrules.core.situation import holding

WORLDS = 2**14  # readings in combination that are gone through one by one


@dataclass
class PlanChecks:
    """Judged by the plain evaluator and counted anew: no solver and no circuit."""

    asked: Asked

    def available(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        odd = [name for name in plan.acquire if name not in known]
        if odd:
            return failed("available", "unavailable", what=", ".join(odd))
        if plan.acquire != tuple(sorted(plan.acquire)):
            return failed("available", "order")
        return passed("available", "can", n=len(known))

    def steps(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        ends = finishes(known, self.asked.held)
        stuck = [name for name in known if name not in ends]
        if stuck:
            return failed("steps", "stuck", what=", ".join(stuck))
        for name in {**ends, **plan.finishes}:
            if ends.get(name) != plan.finishes.get(name):
                now, then = ends.get(name, "-"), plan.finishes.get(name, "-")
                return failed("steps", "figure", what=name, now=now, then=then)
        return passed("steps", "order")

    def figures(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        now = self._values(known)
        for name in FIGURES:
            if plan.value(name) != now[name]:
                return failed("figures", "figure", what=name, now=now[name], then=plan.value(name))
        objective = tuple((name, now[name]) for name in self.asked.request.minimize)
        if self.asked.certificate.claim.objective != objective:
            return failed("figures", "objective", what=objective)
        return passed("figures", "same", what=objective)

    def _values(self, known: dict[str, Thing]) -> dict[str, int]:
        sums = {
            name: sum(thing.weight(name) for thing in known.values())
            for name in FIGURES
            if name != "months"
        }
        return {**sums, "months": max(finishes(known, self.asked.held).values(), default=0)}

    def limits(self, plan: Claimed, known: dict[str, Thing]) -> Finding:
        request, now = self.asked.request, self._values(known)
        broken = [f"forbid {name}" for name in request.forbid if name in plan.acquire]
        broken += [
            f"require {name}"
            for name in request.require
            if name not in plan.acquire and name not in self.asked.held
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

    def compliant(self, plan: Claimed) -> Finding:
        """In every world asked for, by the plain evaluator."""
        counted = 0
        added = {name: holding(name, Place("")) for name in plan.acquire}
        for case in self.asked.cases:
            situation = case.situation.with_held(added)
            for readings in self._worlds(case):
                self.asked.clock.check()
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
        if not self.asked.request.robust:
            yield case.situation.readings
            return
        readings = case.rulebook.readings
        if prod(len(reading.options) for reading in readings) > WORLDS:
            raise TooLarge("worlds")
        yield from filter(case.rulebook.possible, combinations_of(readings))
