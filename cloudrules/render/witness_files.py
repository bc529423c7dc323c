"""The witnesses of a check as files: what they are called, and what they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cloudrules.render.clean import clean
from cloudrules.render.pages.check import besides
from cloudrules.render.rule_words import message
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.findings import Finding
    from cloudrules.render.pages.check import Report

LONGEST = 80  # bytes of an id in a file's name: the code and two ids stay below 255


def from_report(
    report: Report, named: str, taken: Iterable[str], language: str, *, prefix: bool
) -> dict[str, str]:
    """The witnesses by file name; `named` is the rulebook as seen from their folder.

    No name is one of those `taken`, or differs from another by its case alone: some systems take
    the two for one. With `prefix`, names begin with the rulebook's id.
    """
    said = Wording(language, [report.checked.rulebook])
    found: dict[str, str] = {}
    used = {name.casefold() for name in taken}
    for finding in report.checked.findings:
        text = report.witness(finding, named)
        if text is None:
            continue
        stem = f"{finding.rule}-{_safe(finding.id)}"
        if prefix:
            stem = f"{_safe(report.checked.rulebook.id)}-{stem}"
        name, at = f"{stem}.yaml", 1
        while name.casefold() in used:
            at += 1
            name = f"{stem}-{at}.yaml"
        used.add(name.casefold())
        found[name] = "".join(f"# {each}\n" for each in _head(finding, report, said)) + text
    return found


def _head(finding: Finding, report: Report, said: Wording) -> Iterator[str]:
    """What the service shows, and how, for whoever finds the file."""
    yield message(finding, said.language)
    yield said("check.on", day=report.on)
    yield from map(clean, besides(finding, said))


def _safe(name: str) -> str:
    """A part of a file's name: letters, figures, dots and dashes, not too many."""
    safe = re.sub(r"[^\w.-]+", "_", name).encode()[:LONGEST].decode(errors="ignore")
    return safe.strip(".") or "_"
