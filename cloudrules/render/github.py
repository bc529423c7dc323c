"""The findings of a check as commands by which a GitHub workflow marks the lines of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cloudrules.render.clean import clean
from cloudrules.render.pages.check import details
from cloudrules.render.rule_words import message
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.findings import Finding, Severity
    from cloudrules.render.pages.check import Report

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def commands(reports: Sequence[Report], language: str) -> str:
    """A line for each finding, and for each question that was not decided in time."""
    lines: list[str] = []
    for report in reports:
        said = Wording(language, [report.checked.rulebook])
        for finding in report.checked.findings:
            body = "\n".join([message(finding, language), *_details(finding, report, said)])
            properties = {
                "file": report.near(finding.place.file),
                "line": str(finding.place.line or 1),
                "title": finding.rule,
            }
            lines.append(command(COMMANDS[finding.severity], properties, body))
        file = report.near(report.checked.rulebook.place.file)
        for rule, name in report.checked.undecided:
            told = clean(f"{said('check.undecided')} {rule} {name}")
            lines.append(command("warning", {"file": file, "title": rule}, told))
    return "".join(f"{line}\n" for line in lines)


def command(name: str, properties: dict[str, str], body: str) -> str:
    """A command of a workflow, on one line whatever its parts hold."""
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_escaped(body)}"


def _details(finding: Finding, report: Report, said: Wording) -> Iterator[str]:
    """The clauses, the readings and the witness of a finding."""
    yield from map(clean, details(finding, report, said))
    yield from (report.witness(finding) or "").splitlines()


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
