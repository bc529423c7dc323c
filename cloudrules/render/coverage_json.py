"""What scenarios show of rulebooks and notice of their mutants, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from cloudrules.core.coverage import Coverage
    from cloudrules.core.errors import Place
    from cloudrules.core.mutants import Judged, Mutants
    from cloudrules.core.noticing import Told
    from cloudrules.render.pages.coverage import Measured

Json: TypeAlias = dict[str, Any]


def measured(found: Measured) -> Json:
    """The keys beside the outcomes: `coverage` and `mutants`, so far as they were asked for."""
    answer: Json = {}
    if found.coverage is not None:
        answer["coverage"] = [_coverage(each, found) for each in found.coverage]
    if found.mutants is not None:
        answer["mutants"] = [_mutants(each, found) for each in found.mutants]
    return answer


def _coverage(coverage: Coverage, found: Measured) -> Json:
    return {
        "rulebook": found.named(coverage.rulebook),
        "waivers": [
            {
                "id": each.mutation.entry,
                **_place(each.mutation.place, found),
                "shown_by": _case(each.noticed_by),
            }
            for each in coverage.waivers
        ],
        "disjuncts": [
            {
                "entry": each.mutation.entry,
                "field": each.mutation.field,
                "text": each.mutation.text,
                **_place(each.mutation.place, found),
                "shown_by": _case(each.noticed_by),
            }
            for each in coverage.disjuncts
        ],
        "items": [
            {"id": item, "statuses": {status: _case(told) for status, told in there.items()}}
            for item, there in coverage.items.items()
        ],
        "idle": coverage.idle,
        "share": float(coverage.share),
    }


def _mutants(mutants: Mutants, found: Measured) -> Json:
    return {
        "rulebook": found.named(mutants.rulebook),
        "mutants": mutants.counted + mutants.equivalent,
        "noticed": mutants.noticed,
        "equivalent": mutants.equivalent,
        "survivors": [_survivor(each, mutants, found) for each in mutants.survivors],
        "share": float(mutants.share),
    }


def _survivor(survivor: Judged, mutants: Mutants, found: Measured) -> Json:
    given, shown = survivor.mutation, survivor.contrast
    return {
        "kind": given.kind,
        "entry": given.entry,
        "field": given.field or None,
        "was": given.was or None,
        "becomes": given.becomes or None,
        **_place(given.place, found),
        "witness": shown
        and {
            "yaml": found.witness(survivor, mutants.rulebook),
            "items": list(shown.items),
            "on": None if shown.on is None else str(shown.on),
        },
    }


def _place(place: Place, found: Measured) -> Json:
    return {"file": found.near(place.file), "line": place.line}


def _case(told: Told | None) -> Json | None:
    return {"file": told.file, "name": told.answer.name.source} if told else None
