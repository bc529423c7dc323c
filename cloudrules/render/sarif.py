"""The findings of a check as SARIF 2.1.0, which code hosts and editors show beside the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from cloudrules import __version__
from cloudrules.core.certificate import SHIPPED
from cloudrules.core.findings import RULES
from cloudrules.render import markdown, rule_pages, text
from cloudrules.render.clean import clean
from cloudrules.render.json import Json
from cloudrules.render.json import dumps as json_text
from cloudrules.render.rule_words import message
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.errors import Place
    from cloudrules.core.findings import Finding, Part
    from cloudrules.render.pages.check import Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
CODES = list(RULES)
WIDTH = 80  # columns of a rule's help as plain text


def dumps(reports: Sequence[Report], language: str) -> str:
    """One run over all the rulebooks. What was not decided in time is a notification of it."""
    run: Json = {
        "tool": {
            "driver": {
                "name": "cloudrules",
                "version": __version__,
                "rules": [_rule(code, language) for code in CODES],
            }
        },
        "language": language,
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    each for report in reports for each in _undecided(report, language)
                ],
            }
        ],
        "results": [
            _result(finding, report, language)
            for report in reports
            for finding in report.checked.findings
        ],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, language: str) -> Json:
    said, page = rule_pages.words(code, language), rule_pages.page(code, language)
    return {
        "id": code,
        "shortDescription": {"text": said.title},
        "fullDescription": {"text": said.means},
        "help": {"text": text.drawn(page, False, WIDTH), "markdown": markdown.drawn(page)},
        "defaultConfiguration": {"level": RULES[code]},
    }


def _result(finding: Finding, report: Report, language: str) -> Json:
    found: Json = {
        "ruleId": finding.rule,
        "ruleIndex": CODES.index(finding.rule),
        "level": finding.severity,
        "message": _message(message(finding, language)),
        "locations": [{"physicalLocation": _location(finding.place, report)}],
    }
    if finding.parts:
        found["relatedLocations"] = [
            {"id": at, **_part(part, report)} for at, part in enumerate(finding.parts)
        ]
    return {**found, "properties": _properties(finding, report)}


def _properties(finding: Finding, report: Report) -> Json:
    """What a finding has beyond SARIF's own terms, under the names that the JSON has."""
    found: Json = {
        "rulebook": report.checked.rulebook.id,
        "on": str(report.on),
        "id": finding.id,
        "readings": "all" if report.readings is None else dict(report.readings),
        "where": [dict(each) for each in finding.where],
    }
    if finding.witness:
        besides = list(finding.witness.besides)
        found["witness"] = {"yaml": report.witness(finding), "besides": besides}
    return found


def _part(part: Part, report: Report) -> Json:
    said = " ".join(each for each in (part.entry, part.field) if each)
    return {
        "physicalLocation": _location(part.place, report),
        "message": _message(clean(f"{said}: {part.text}" if part.text else said)),
    }


def _undecided(report: Report, language: str) -> Iterator[Json]:
    said = Wording(language, [report.checked.rulebook])
    for rule, name in report.checked.undecided:
        yield {
            "level": "warning",
            "message": _message(clean(f"{said('check.undecided')} {rule} {name}")),
            "associatedRule": {"id": rule, "index": CODES.index(rule)},
        }


def _location(place: Place, report: Report) -> Json:
    found: Json = {"artifactLocation": {"uri": uri(report.near(place.file))}}
    if place.line:
        found["region"] = {"startLine": place.line}
    return found


def uri(file: str) -> str:
    """A relative path as a relative reference, which a host reads from its root; else `file:`.

    The name of a shipped file is a URI by its beginning.
    """
    if file.startswith(SHIPPED):
        return SHIPPED + quote(file.removeprefix(SHIPPED))
    path = PurePath(file)
    written = quote(path.as_posix(), errors="surrogateescape")
    if not path.is_absolute():
        return written
    return f"file://{'' if written.startswith('/') else '/'}{written}"


def _message(said: str) -> Json:
    """A text as SARIF takes it literally: braces would be placeholders, `[..](..)` a link."""
    return {"text": said.replace("{", "{{").replace("}", "}}").replace("](", "] (")}
