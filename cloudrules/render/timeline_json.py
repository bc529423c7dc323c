"""A timeline as plain data with fixed keys in a fixed order; `null` where a thing is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from cloudrules.core.lapses import USELESS

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.lapses import Limit
    from cloudrules.core.renewals import Renewal
    from cloudrules.core.robustness import Exemption
    from cloudrules.core.schema import Text
    from cloudrules.core.timeline import Event, Timeline, Turning
    from cloudrules.render.head import Head

Json: TypeAlias = dict[str, Any]


def timeline(found: Timeline, head: Head) -> Json:
    return {
        "service": head.service.service.source,
        "rulebook": found.case.rulebook.id,
        "readings": dict(head.readings),
        "on": str(found.on),
        "until": str(found.until),
        "outdated": _day(found.outdated),
        "verdict": found.start.compliant,
        "events": [_event(each) for each in found.events],
        "renew": [_renewal(each, found) for each in found.renewals],
        "may_lapse": [
            {
                "id": each.id,
                "until": str(each.until),
                "why": each.why,
                "covered_by": list(each.covered_by),
                "last": _day(each.last),
                "alone": each.id in found.alone,
                "first": each.id in found.first,
            }
            for each in found.may_lapse
            if each.why not in USELESS
        ],
        "moot": [
            {"id": each.id, "until": str(each.until)}
            for each in found.may_lapse
            if each.why == "moot"
        ],
        "open": [
            {
                "id": each.id,
                "until": str(each.until),
                "undecided_by": list(each.undecided_by),
            }
            for each in found.may_lapse
            if each.why == "open"
        ],
        "endless": list(found.endless),
        "falls": _day(found.falls),
        "limit": _limit(found.limit),
        "exemptions": [_exemption(each) for each in found.exemptions],
        "breaks": list(found.losses.breaks),
        "doubts": list(found.losses.doubts),
    }


def _event(event: Event) -> Json:
    now = event.after
    return {
        "on": str(event.on),
        "ended": [_turning(each) for each in event.ended],
        "began": [{"kind": each.kind, "id": each.id} for each in event.began],
        "compliant": {"from": event.before.compliant, "to": now.compliant if now else None},
        "revived": [each.item for each in event.changes if each.revives],
        "may_revive": [each.item for each in event.changes if each.may_revive],
        "released": [each.item for each in event.changes if each.released],
        "changes": [
            {"item": each.item, "from": each.statuses[0], "to": each.statuses[1]}
            for each in event.changes
            if each.statuses[0] != each.statuses[1]
        ],
        "waivers": [
            {"waiver": each.waiver, "from": each.before, "to": each.after} for each in event.waivers
        ],
    }


def _turning(each: Turning) -> Json:
    if each.kind in ("item", "waiver"):
        return {"kind": each.kind, "id": each.id}
    return {
        "kind": each.kind,
        "id": each.id,
        "until": _day(each.until),
        **({"holder": each.holder} if each.holder else {}),
        **({"note": _text(each.note)} if each.note else {}),
    }


def _renewal(each: Renewal, found: Timeline) -> Json:
    return {
        "id": each.id,
        "until": str(each.until),
        "start_by": _day(each.start),
        "months": each.months,
        "estimate": each.estimate,
        "late": each.late,
        "then_until": _day(found.lasts.get(each.id)),
        "alone": each.id in found.alone,
        "first": each.id in found.first,
        "items": list(each.items),
        "undecided": list(each.undecided),
        "instead": [list(names) for names in each.instead],
    }


def _limit(limit: Limit | None) -> Json | None:
    if limit is None:
        return None
    return {
        "on": str(limit.on),
        "compliant": limit.compliant,
        "missing": list(limit.missing),
        "undecided_by": list(limit.undecided_by),
    }


def _exemption(each: Exemption) -> Json:
    return {
        "item": each.item,
        "reasons": None if each.reasons is None else [list(names) for names in each.reasons.sets],
        "more": each.reasons is None or each.reasons.more,
        "independent": each.independent,
        "exact": each.exact,
    }


def _text(text: Text) -> str | dict[str, str]:
    return dict(text.words) if len(text.words) > 1 else text.source


def _day(day: date | None) -> str | None:
    return str(day) if day else None
