"""The findings of a check as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from sys import float_info
from typing import TYPE_CHECKING, Any, TypeAlias

from cloudrules.render.rule_words import message

if TYPE_CHECKING:
    from cloudrules.core.findings import Finding, Part, Share
    from cloudrules.render.pages.check import Report

Json: TypeAlias = dict[str, Any]


def checks(reports: Sequence[Report], language: str) -> Json:
    """One rulebook by itself; several as a list under `rulebooks`."""
    found = [_check(report, language) for report in reports]
    return found[0] if len(found) == 1 else {"rulebooks": found}


def _check(report: Report, language: str) -> Json:
    checked = report.checked
    return {
        "rulebook": checked.rulebook.id,
        "readings": "all" if report.readings is None else dict(report.readings),
        "on": str(report.on),
        "findings": [_finding(each, report, language) for each in checked.findings],
        "shares": [_share(each) for each in checked.shares],
        "undecided": [{"rule": rule, "id": name} for rule, name in checked.undecided],
    }


def _finding(finding: Finding, report: Report, language: str) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "id": finding.id,
        "file": report.near(finding.place.file),
        "line": finding.place.line,
        "message": message(finding, language),
        "parts": [_part(each, report) for each in finding.parts],
        "where": [dict(each) for each in finding.where],
        "witness": (
            {"yaml": report.witness(finding), "besides": list(finding.witness.besides)}
            if finding.witness
            else None
        ),
    }


def _part(part: Part, report: Report) -> Json:
    return {
        "entry": part.entry,
        "field": part.field,
        "text": part.text,
        "file": report.near(part.place.file),
        "line": part.place.line,
    }


def _share(share: Share) -> Json:
    """`of` is the size of the sample, and null where all were counted."""
    return {
        "reading": share.reading,
        "share": _number(share.share),
        "of": None if share.exact else share.of,
        "exact": share.exact,
        "error": share.error,
    }


def _number(share: Fraction) -> float:
    """The nearest number, which is 0 or 1 only where the share is."""
    near = float(share)
    return near if share in (0, 1) else min(max(near, float_info.min), 1 - float_info.epsilon)
