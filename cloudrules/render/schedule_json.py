"""A plan on real days as plain data: days as YYYY-MM-DD, `null` where one is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.calendar import Schedule, ScheduledStep
    from cloudrules.core.renewals import MayLapse, Renewal


def schedule(found: Schedule | None) -> dict[str, Any] | None:
    """None where there is no plan."""
    if found is None:
        return None
    return {
        "start": str(found.start),
        "finish": str(found.finish),
        "compliant_on": _day(found.compliant_on),
        "estimate": found.estimate,
        "missing": list(found.missing),
        "undecided": list(found.undecided),
        "outdated": list(found.outdated),
        "begun": list(found.begun),
        "ended": list(found.ended),
        "steps": [_step(each) for each in found.steps],
        "renewals": [_renewal(each) for each in found.renewals],
        "next_renewals": [_renewal(each) for each in found.next_renewals],
        "may_lapse": [_lapse(each) for each in found.may_lapse],
    }


def _step(step: ScheduledStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "kind": step.kind,
        "months": step.months,
        "start": str(step.start),
        "finish": str(step.finish),
        "until": _day(step.until),
        "slack": step.slack,
        "critical": step.critical,
        "estimate": step.estimate,
        "after": list(step.after),
    }


def _renewal(each: Renewal) -> dict[str, Any]:
    return {
        "id": each.id,
        "until": str(each.until),
        "start": _day(each.start),
        "months": each.months,
        "estimate": each.estimate,
        "late": each.late,
        "acquired": each.acquired,
        "until_estimate": each.until_estimate,
        "items": list(each.items),
        "undecided": list(each.undecided),
        "steps": list(each.steps),
        "instead": [list(names) for names in each.instead],
    }


def _lapse(each: MayLapse) -> dict[str, Any]:
    return {
        "id": each.id,
        "until": str(each.until),
        "acquired": each.acquired,
        "until_estimate": each.until_estimate,
        "covered_by": list(each.covered_by),
        "last": _day(each.last),
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None
