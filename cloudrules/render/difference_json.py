"""Where two rulebooks disagree, as plain data with fixed keys in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from cloudrules.core.situation import shown
from cloudrules.render.witness import service

if TYPE_CHECKING:
    from cloudrules.core.affected import Answered, Shift
    from cloudrules.core.assessment import ItemAnswer
    from cloudrules.core.difference import Difference, ItemDifference, Shown, Verdict
    from cloudrules.core.findings import Part
    from cloudrules.core.joint import Side
    from cloudrules.core.responsible import Clause
    from cloudrules.core.revision import Revision
    from cloudrules.core.schema import Text

Json: TypeAlias = dict[str, Any]
Near: TypeAlias = Callable[[str], str]
_KINDS = {
    "rulebook": "rulebook",
    "item": "items",
    "waiver": "waivers",
    "fact": "facts",
    "evidence": "evidence",
    "reading": "readings",
}


def difference(
    found: Difference,
    revisions: Sequence[Revision],
    services: Sequence[Answered] | None,
    near: Near,
) -> Json:
    """`services`: None where none were asked about. `near` gives a path as it is to be shown."""
    sides, verdict = found.sides, found.verdict
    own = {**sides.b.own, **sides.a.own}
    return {
        "a": _side(sides.a),
        "b": _side(sides.b),
        "equivalent": found.equivalent,
        "verdict": (
            {
                "witness": _witness(verdict.witness),
                "a": _verdict(verdict.a),
                "b": _verdict(verdict.b),
                "clauses": _clauses(verdict.clauses, near),
            }
            if verdict
            else None
        ),
        "differences": [_item(each, near) for each in found.items],
        "undecided": [
            *(["compliant"] if found.verdict_undecided else []),
            *(own[item] for item in found.undecided),
        ],
        "unstated": list(found.unstated),
        "changes": {
            key: [_revision(each) for each in revisions if each.kind == kind]
            for kind, key in _KINDS.items()
        },
        **({} if services is None else {"services": [_answered(each, near) for each in services]}),
    }


def _side(side: Side) -> Json:
    return {
        "rulebook": side.rulebook.id,
        "edition": _text(side.rulebook.edition),
        "readings": dict(side.readings),
        "on": str(side.rulebook.day),
    }


def _text(text: Text | None) -> str | dict[str, str] | None:
    if text is None:
        return None
    return dict(text.words) if len(text.words) > 1 else text.source


def _witness(found: Shown) -> Json:
    one, two = service(found.a), service(found.b)
    return {
        "holds": [one or two for one, two in found.holds],
        "context": {name: shown(value) for name, value in found.context.items()},
        "yaml": one,
        "yaml_b": two if two != one else None,
        "least": found.least,
    }


def _verdict(verdict: Verdict) -> Json:
    return {"compliant": verdict.compliant, "missing": list(verdict.missing)}


def _item(found: ItemDifference, near: Near) -> Json:
    return {
        "item": found.item,
        "item_b": found.item_b,
        "witness": _witness(found.witness),
        "a": _answer(found.a),
        "b": _answer(found.b),
        "clauses": _clauses(found.clauses, near),
    }


def _answer(answer: ItemAnswer | None) -> Json | None:
    if answer is None:
        return None
    return {
        "obligation": answer.obligation,
        "status": answer.status,
        "waived_by": list(answer.waived_by),
    }


def _clauses(clauses: Iterable[Clause], near: Near) -> list[Json]:
    return [
        {"field": each.field, "a": _part(each.a, near), "b": _part(each.b, near)}
        for each in clauses
    ]


def _part(part: Part | None, near: Near) -> Json | None:
    if part is None:
        return None
    return {
        "entry": part.entry,
        "text": part.text,
        "file": near(part.place.file),
        "line": part.place.line,
    }


def _revision(each: Revision) -> Json:
    return {
        "change": each.change,
        "a": each.a,
        "b": each.b,
        "text": _text(each.text),
        "fields": [{"field": one.field, "a": one.a, "b": one.b} for one in each.edited],
    }


def _answered(each: Answered, near: Near) -> Json:
    answer = each.answer
    return {
        "file": each.file,
        "service": answer.service.service.source if answer else None,
        "changed": answer.changed if answer else None,
        "a": _verdict(answer.a) if answer else None,
        "b": _verdict(answer.b) if answer else None,
        "items": [_shift(shift) for shift in answer.shifts] if answer else [],
        "clauses": _clauses(answer.clauses, near) if answer else [],
        "faults": [
            {"code": fault.code, "file": fault.place.file, "line": fault.place.line}
            for fault in each.faults
        ],
    }


def _shift(shift: Shift) -> Json:
    return {
        "item": shift.item,
        "item_b": shift.item_b,
        "from": _answer(shift.before),
        "to": _answer(shift.after),
    }
