"""What a plan claims, with all that someone else needs to check it, as plain data.

Files are named as the certificate has them: relative to its own folder with `/` between, or
`shipped:` and the path in the knowledge base of the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cloudrules.core import cores, seal
from cloudrules.core.case import Case
from cloudrules.core.plan import Plan, PlanAnswer, Values, settled
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock, Solver
from cloudrules.core.request import Request

FORM = 1  # of the data; another is not understood
SHIPPED = "shipped:"
STATUSES = ("optimal", "feasible", "infeasible", "unknown")
FIGURES = ("cost", "certifications", "actions", "months")
# What `auto` may put to work
MAKERS = {"auto": ("python-constraint", "clingo", "cp-sat")}


@dataclass(frozen=True)
class Question:
    """What was asked: the files as the certificate names them, and the options as they were given.

    `knowledge_bases` are the folders, besides the shipped one, in which something was found.
    """

    service: str
    rulebooks: tuple[str, ...]
    knowledge_bases: tuple[str, ...]
    on: date
    readings: tuple[str, ...]
    add: tuple[str, ...]
    remove: tuple[str, ...]
    request: Request


@dataclass(frozen=True)
class Claim:
    """See `cloudrules.core.plan.PlanAnswer`; an infeasible answer claims that there is no plan."""

    status: str
    objective: Values
    bound: Values
    assumed: tuple[str, ...]


@dataclass(frozen=True)
class Claimed:
    """A plan's figures. `finishes`: the month in which each thing is finished."""

    acquire: tuple[str, ...]
    cost: int
    certifications: int
    actions: int
    months: int
    finishes: dict[str, int]

    def value(self, objective: str) -> int:
        return int(getattr(self, objective))


@dataclass(frozen=True)
class MustHave:
    """Every plan takes one of `any_of`; none of them adds less than `price`."""

    any_of: tuple[str, ...]
    price: int


@dataclass(frozen=True)
class Proof:
    """What disjoint sets of which every plan needs one prove of the first objective."""

    objective: str
    cores: tuple[MustHave, ...]
    proved: int


@dataclass(frozen=True)
class Certificate:
    """`files` and `circuits` map what was read and compiled to its SHA-256.

    `solver` is the one asked for, `makers` those that may have been at work.
    """

    program: str
    question: Question
    files: dict[str, str]
    circuits: dict[str, str]
    claim: Claim
    plan: Claimed | None
    proof: Proof
    solver: str
    makers: tuple[str, ...]


def from_answer(
    answer: PlanAnswer,
    cases: list[Case],
    question: Question,
    files: dict[str, str],
    solver: Solver,
    clock: Clock,
    program: str,
) -> Certificate:
    """The certificate of an answer; the sets of its proof are found in the time that is left."""
    request = question.request
    objective = request.minimize[0]
    found: tuple[MustHave, ...] = ()
    if answer.status != "infeasible":
        planner = Planner(settled(cases, every=request.robust)[0], request, solver, clock)
        found = tuple(
            MustHave(core.any_of, core.price)
            for core in cores.disjoint(planner, objective, items=False)
        )
    return Certificate(
        program,
        question,
        dict(sorted(files.items())),
        circuits(question, cases),
        Claim(answer.status, answer.objective, answer.bound, answer.assumed),
        _claimed(answer.plans[0]) if answer.plans else None,
        Proof(objective, found, proved(objective, found)),
        solver.name,
        MAKERS.get(solver.name, (solver.name,)),
    )


def circuits(question: Question, cases: list[Case]) -> dict[str, str]:
    """The SHA-256 of the circuit of each rulebook, by its file."""
    sums = (seal.of_circuit(case.circuit) for case in cases)
    return dict(zip(question.rulebooks, sums, strict=True))


def proved(objective: str, found: tuple[MustHave, ...]) -> int:
    """What the prices of disjoint sets come to; things are got ready side by side."""
    prices = [core.price for core in found]
    return max(prices, default=0) if objective == "months" else sum(prices)


def _claimed(plan: Plan) -> Claimed:
    figures = {name: plan.value(name) for name in FIGURES}
    finishes = {step.id: step.finish for step in plan.steps}
    ordered = {name: finishes[name] for name in plan.acquire}
    return Claimed(plan.acquire, **figures, finishes=ordered)


def data(certificate: Certificate) -> dict[str, Any]:
    """The certificate as JSON has it, sealed with the SHA-256 of all the rest."""
    question, claim, plan = certificate.question, certificate.claim, certificate.plan
    request, proof = question.request, certificate.proof
    told = {
        "certificate": FORM,
        "cloudrules": certificate.program,
        "question": {
            "service": question.service,
            "rulebooks": list(question.rulebooks),
            "knowledge_bases": list(question.knowledge_bases),
            "on": str(question.on),
            "readings": list(question.readings),
            "add": list(question.add),
            "remove": list(question.remove),
            "minimize": list(request.minimize),
            "forbid": list(request.forbid),
            "require": list(request.require),
            "only": list(request.only),
            "budget": request.budget,
            "deadline": request.deadline,
            "robust": request.robust,
        },
        "files": dict(certificate.files),
        "circuits": dict(certificate.circuits),
        "claim": {
            "status": claim.status,
            "objective": [list(pair) for pair in claim.objective],
            "bound": [list(pair) for pair in claim.bound],
            "assumed": list(claim.assumed),
        },
        "plan": None
        if plan is None
        else {
            "acquire": list(plan.acquire),
            **{name: plan.value(name) for name in FIGURES},
            "finishes": dict(plan.finishes),
        },
        "proof": {
            "objective": proof.objective,
            "cores": [{"any_of": list(core.any_of), "price": core.price} for core in proof.cores],
            "proved": proof.proved,
        },
        "solver": certificate.solver,
        "makers": list(certificate.makers),
    }
    return {**told, "seal": seal.of_data(told)}
