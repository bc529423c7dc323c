"""Whether what a certificate claims is so: each thing that can be checked, one by one.

The plan is judged by the plain evaluator and counted anew. What is claimed of all other plans is
put to solvers other than the certificate's makers, with nothing reduced before.
"""

from __future__ import annotations

from collections.abc import Iterator

from cloudrules.core.case import Case
from cloudrules.core.certificate import MAKERS, Certificate, circuits
from cloudrules.core.checks import PASSED, Asked, Finding, failed, passed, tried
from cloudrules.core.plan_checks import PlanChecks
from cloudrules.core.problem import Clock, Solver
from cloudrules.core.proof_checks import ProofChecks


def from_cases(
    certificate: Certificate, cases: list[Case], solvers: list[Solver], clock: Clock
) -> list[Finding]:
    """All that is to be said of a certificate whose files are as they were.

    Each of the `solvers` has to come to what is claimed.
    """
    return list(_findings(Asked(certificate, cases, solvers, clock)))


def _findings(asked: Asked) -> Iterator[Finding]:
    of_plan, of_proof = PlanChecks(asked), ProofChecks(asked)
    certificate, plan = asked.certificate, asked.certificate.plan
    yield from _circuits(asked)
    yield _claim(asked)
    if plan is not None:
        known = {name: asked.things[name] for name in plan.acquire if name in asked.things}
        yield of_plan.available(plan, known)
        yield of_plan.steps(plan, known)
        yield of_plan.figures(plan, known)
        yield of_plan.limits(plan, known)
        yield tried("compliant", lambda: of_plan.compliant(plan))
    sets = of_proof.sets()
    yield from sets
    if certificate.proof.cores or certificate.proof.proved:
        yield of_proof.sum()
    sure = all(each.status == PASSED for each in sets)
    check = {"optimal": "optimum", "infeasible": "no-plan"}.get(certificate.claim.status, "bound")
    yield tried(check, lambda: of_proof.others(check, sure))


def _circuits(asked: Asked) -> Iterator[Finding]:
    claimed = asked.certificate.circuits
    now = circuits(asked.certificate.question, asked.given)
    for name in {**now, **claimed}:
        same = now.get(name) == claimed.get(name)
        yield (passed if same else failed)("circuit", "same" if same else "other", name)


def _claim(asked: Asked) -> Finding:
    """A status says whether there is a plan, and what else has to be said with it."""
    claim, plan = asked.certificate.claim, asked.certificate.plan
    minimized = asked.request.minimize
    told = tuple(name for name, _ in claim.objective)
    bound = tuple(name for name, _ in claim.bound)
    maker = asked.certificate.solver
    if asked.certificate.makers != MAKERS.get(maker, (maker,)):
        return failed("claim", "makers")
    if claim.assumed != asked.assumed:
        return failed("claim", "assumed", what=", ".join(asked.assumed) or "-")
    fits = {
        "optimal": plan is not None and told == minimized and claim.bound == claim.objective,
        "feasible": plan is not None and told == minimized and bound == minimized,
        "infeasible": plan is None and not told and not bound,
        "unknown": plan is None and not told and bound == minimized,
    }[claim.status]
    return passed("claim", "fits") if fits else failed("claim", "unfit")
