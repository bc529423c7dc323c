"""Answers as plain data with fixed keys in a fixed order, the same in every language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from cloudrules.render import coverage_json
from cloudrules.render.clean import HIDDEN

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.assessment import Assessment, Worlds
    from cloudrules.core.certificate import Certificate
    from cloudrules.core.checks import Finding
    from cloudrules.core.comparison import Failure, VariantAnswer
    from cloudrules.core.conflict import Clash, Demand
    from cloudrules.core.cover import CoverAnswer
    from cloudrules.core.explanation import Explanation
    from cloudrules.core.implicants import Sets
    from cloudrules.core.needs import Needs
    from cloudrules.core.plan import Plan, PlanAnswer
    from cloudrules.core.purpose import Step
    from cloudrules.core.repair import Reasons, Repair
    from cloudrules.core.schema import Text
    from cloudrules.core.why import Why
    from cloudrules.render.head import Head, VariantOutcome
    from cloudrules.render.pages.coverage import Measured

Json: TypeAlias = dict[str, Any]


def dumps(value: object) -> str:
    """Text of a JSON value, ending in a line break."""
    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    # What could steer a terminal, or cannot be written out as it is, stands in strings alone.
    return "".join(HIDDEN.sub(_escaped, line) + "\n" for line in lines)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def assess(answer: Assessment, head: Head) -> Json:
    return {
        **_head(head),
        "compliant": answer.compliant,
        "items": [
            {
                "id": item.id,
                "need": item.need,
                "obligation": item.obligation,
                "met": item.met,
                "status": item.status,
                "waived_by": list(item.waived_by),
            }
            for item in answer.items
        ],
        "missing": list(answer.missing),
        "undecided_by": list(answer.undecided_by),
    }


def worlds(answer: Worlds, head: Head) -> Json:
    """In all readings; under several rulebooks each world also names its rulebook and date."""
    several = len(head.rulebooks) > 1
    return {
        **_head(head),
        "verdict": answer.verdict,
        "worlds": [
            {
                **({"rulebook": world.rulebook} if several else {}),
                "readings": dict(world.readings),
                **({"on": str(head.on)} if several else {}),
                "compliant": world.compliant,
                "missing": list(world.missing),
            }
            for world in answer.worlds
        ],
        "depends_on": list(answer.depends_on),
    }


def explain(answer: Explanation, head: Head) -> Json:
    sets = [answer.met_because, answer.applies_because, answer.could_be_met]
    sets += [reason.because for reason in answer.reasons]
    sets += [each.acquire for each in answer.could_be_waived]
    return {
        **_head(head),
        "item": answer.item.id,
        "status": answer.answer.status,
        "obligation": answer.answer.obligation,
        "reasons": [
            {
                "waiver": reason.waiver.id,
                "text": _text(reason.waiver.text),
                "because": _sets(reason.because),
                "until": _days(reason.until),
                **_more(reason.because),
            }
            for reason in answer.reasons
        ],
        "met_because": _sets(answer.met_because),
        "could_be_waived": [
            {"waiver": each.waiver.id, "acquire": _sets(each.acquire), **_more(each.acquire)}
            for each in answer.could_be_waived
        ],
        "could_be_met": _sets(answer.could_be_met),
        "met_until": _days(answer.met_until),
        "applies_because": _sets(answer.applies_because),
        "depends_on": list(answer.depends_on),
        "more": any(each.more for each in sets),
    }


def plan(answer: PlanAnswer, head: Head) -> Json:
    conflict = answer.conflict
    return {
        **_head(head),
        "status": answer.status,
        "objective": [list(pair) for pair in answer.objective],
        "plans": [_plan(each) for each in answer.plans],
        "bound": [list(pair) for pair in answer.bound],
        **({} if answer.gap is None else {"gap": answer.gap}),
        "conflict": (
            {"limits": list(conflict.limits), "items": list(conflict.items)} if conflict else None
        ),
        "assumed": list(answer.assumed),
        "more": answer.more,
        **(_reasons(answer.reasons, head) if answer.reasons else {}),
    }


def _reasons(reasons: Reasons, head: Head) -> Json:
    return {
        "conflicts": [_clash(each, head) for each in reasons.conflicts],
        "repairs": [_repair(each) for each in reasons.repairs],
        "more_repairs": reasons.more_repairs,
        "blocked": [
            {"limit": each.limit, "because": _clash(each.because, head)} for each in reasons.blocked
        ],
        "more_blocked": reasons.more_blocked,
        "if_held": [_repair(each) for each in reasons.if_held],
        "more_if_held": reasons.more_if_held,
    }


def _clash(clash: Clash, head: Head) -> Json:
    several = len(head.rulebooks) > 1

    def named(demand: Demand) -> Json:
        return {"rulebook": demand.rulebook} if several else {}

    return {
        "limits": list(clash.limits),
        "items": [{**named(d), "item": d.item} if several else d.item for d in clash.demands],
        "clauses": [
            {
                **named(d),
                "item": d.item,
                "need": d.need,
                "waivers": list(d.waivers),
                "met_only_by": None if d.met_only_by is None else list(d.met_only_by),
            }
            for d in clash.demands
        ],
    }


def _repair(mend: Repair) -> Json:
    given = {
        "hold": mend.hold,
        "budget": mend.budget,
        "budget_by": mend.budget_by,
        "deadline": mend.deadline,
        "deadline_by": mend.deadline_by,
        "allow": list(mend.allow) or None,
    }
    return {
        "drop": list(mend.drop),
        **{key: value for key, value in given.items() if value is not None},
        "objective": [list(pair) for pair in mend.objective],
        "acquire": list(mend.acquire),
    }


def cover(answer: CoverAnswer, head: Head) -> Json:
    """The most rulebooks that each budget opens, and the order to acquire in."""
    return {
        **_head(head),
        "status": answer.status,
        "cover": [
            {
                "budget": each.budget,
                "open": each.opens,
                "of": each.of,
                "cost": each.cost,
                "acquire": list(each.acquire),
                "rulebooks": list(each.rulebooks),
                "status": each.status,
                "bound": each.bound,
                "estimate": each.estimate,
            }
            for each in answer.cover
        ],
        "order": [
            {
                "acquire": list(stage.acquire),
                "cost": stage.cost,
                "open": stage.opens,
                "estimate": stage.estimate,
            }
            for stage in answer.order
        ],
        "assumed": list(answer.assumed),
        "more": not answer.whole,
    }


def why(answer: Why | None) -> Json:
    """What is added to a plan; null where there is no plan."""
    if answer is None:
        return {"why": None}

    def estimate(names: Iterable[str]) -> bool:
        return any(name in answer.estimates for name in names)

    return {
        "why": {
            "without": [
                {
                    "id": each.id,
                    "status": each.status,
                    "objective": [list(pair) for pair in each.objective],
                    "more": each.more,
                    "acquire": list(each.acquire),
                    "bound": [list(pair) for pair in each.bound],
                    "estimate": estimate(each.acquire),
                }
                for each in answer.without
            ],
            "must_have": [
                {
                    "any_of": list(core.any_of),
                    "price": core.price,
                    "items": list(core.items),
                    "estimate": estimate(core.any_of),
                }
                for core in answer.must_have
            ],
            "proved": answer.proved,
            "of": answer.of,
            "complete": answer.complete,
        }
    }


def verification(claimed: Certificate, findings: Sequence[Finding]) -> Json:
    claim = claimed.claim
    return {
        "question": {
            "service": claimed.question.service,
            "rulebooks": list(claimed.question.rulebooks),
            "on": str(claimed.question.on),
        },
        "claim": {
            "status": claim.status,
            "objective": [list(pair) for pair in claim.objective],
            "bound": [list(pair) for pair in claim.bound],
        },
        "passed": all(each.status == "passed" for each in findings),
        "checks": [
            {
                "check": each.check,
                "of": each.of,
                "status": each.status,
                "because": each.because,
                "values": dict(each.values),
            }
            for each in findings
        ],
    }


def whatif(answers: Sequence[VariantAnswer], head: Head) -> Json:
    return {**_head(head), "variants": [_variant(answer) for answer in answers]}


def outcomes(cases: Sequence[VariantOutcome], measured: Measured | None = None) -> Json:
    passed = sum(case.passed for case in cases)
    return {
        "passed": passed,
        "failed": len(cases) - passed,
        "cases": [
            {
                "file": case.file,
                "name": case.name,
                "passed": case.passed,
                "failures": _failures(case.failures),
            }
            for case in cases
        ],
        **(coverage_json.measured(measured) if measured else {}),
    }


def _head(head: Head) -> Json:
    books = [book.id for book in head.rulebooks]
    return {
        "service": head.service.service.source,
        "rulebook": books[0] if len(books) == 1 else books,
        "readings": dict(head.readings),
        "on": str(head.on),
    }


def _text(text: Text | None) -> str | dict[str, str] | None:
    """A mapping of languages where there are several, else the words."""
    if text is None:
        return None
    return dict(text.words) if len(text.words) > 1 else text.source


def _sets(sets: Sets) -> list[list[str]]:
    return [list(names) for names in sets.sets]


def _more(sets: Sets) -> Json:
    return {"more": True} if sets.more else {}


def _days(days: Iterable[date | None]) -> list[str | None]:
    return [str(day) if day else None for day in days]


def _plan(plan: Plan) -> Json:
    holds = plan.holds_in
    return {
        "acquire": list(plan.acquire),
        "cost": plan.cost,
        "certifications": plan.certifications,
        "actions": plan.actions,
        "months": plan.months,
        "waived": {waiver: list(items) for waiver, items in plan.waived.items()},
        "holds_in": (
            {"worlds": holds.worlds, "of": holds.of, "depends_on": list(holds.depends_on)}
            if holds
            else None
        ),
        "steps": [_step(step) for step in plan.steps],
        **({"worlds": [_needs(each) for each in plan.worlds]} if plan.worlds else {}),
    }


def _needs(each: Needs) -> Json:
    return {
        "rulebook": each.rulebook,
        "needs": None if each.needs is None else list(each.needs),
        "waived": {waiver: list(items) for waiver, items in each.waived.items()},
    }


def _step(step: Step) -> Json:
    return {
        "id": step.id,
        "kind": step.kind,
        "cost": step.cost,
        "months": step.months,
        "start": step.start,
        "finish": step.finish,
        "estimate": step.estimate,
        "items_met": list(step.items_met),
        "waivers_fired": list(step.waivers_fired),
        "items_released": list(step.items_released),
        "required_by": list(step.required_by),
    }


def _variant(answer: VariantAnswer) -> Json:
    plan = answer.plan
    found: Json = {
        "name": answer.name.source,
        "compliant": answer.assessment.compliant,
        "missing": list(answer.assessment.missing),
        "changes": [
            {"item": change.item, "from": change.before, "to": change.after}
            for change in answer.changes
        ],
        "plan": (
            {
                "status": plan.status,
                "objective": [list(pair) for pair in plan.objective],
                "plans": [_plan(each) for each in plan.plans],
                "bound": [list(pair) for pair in plan.bound],
            }
            if plan
            else None
        ),
        "failures": _failures(answer.failures),
    }
    if answer.worlds:
        found["verdict"] = answer.worlds.verdict
        found["depends_on"] = list(answer.worlds.depends_on)
    return found


def _failures(failures: Iterable[Failure]) -> list[Json]:
    return [{"what": each.what, "expected": each.expected, "got": each.got} for each in failures]
