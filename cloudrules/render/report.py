"""A report as a file of each kind. The data that it shows go with it, in a remark for `verify`."""

from __future__ import annotations

import json as standard
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from cloudrules.render import html, json, markdown
from cloudrules.render.pages.report import page

if TYPE_CHECKING:
    from cloudrules.core.assessment import Worlds
    from cloudrules.render.pages.report import Report

Json: TypeAlias = dict[str, Any]
OPEN, CLOSE = "<!-- cloudrules-report ", " -->"


def data(report: Report) -> Json:
    """The answers of which a report is made, ending with the receipt."""
    head = report.head
    keys = ("service", "rulebook", "readings", "on")
    answer = json.assess(report.answer, head)
    found: Json = {key: answer[key] for key in keys}
    parts = {
        "assess": answer,
        "all_readings": _outcomes(report.worlds) if report.worlds else None,
        "exemptions": [json.explain(each, head) for each in report.exempt],
        "plan": json.plan(report.plan, head) if report.plan else None,
    }
    return {**found, **_bare(parts, keys), "receipt": dict(report.receipt)}


def _outcomes(found: Worlds) -> Json:
    """What comes out in all readings, and in how many of them."""
    alike = Counter((world.compliant, world.missing) for world in found.worlds)
    return {
        "verdict": found.verdict,
        "depends_on": list(found.depends_on),
        "outcomes": [
            {"compliant": compliant, "missing": list(missing), "worlds": number}
            for (compliant, missing), number in alike.items()
        ],
    }


def _bare(parts: Json, keys: tuple[str, ...]) -> Json:
    """Answers without the head, which the report has once."""

    def bare(part: Any) -> Any:
        if isinstance(part, list):
            return [bare(each) for each in part]
        return part and {key: value for key, value in part.items() if key not in keys}

    return {name: bare(part) for name, part in parts.items()}


def remark(value: Json) -> str:
    """Data as a remark of HTML, on one line of ASCII, whatever texts it holds."""
    return OPEN + _line(value) + CLOSE


def _line(value: Json) -> str:
    """Data as one line of ASCII in which no mark of HTML or PDF stands."""
    text = standard.dumps(value, separators=(",", ":"))
    for mark in ("<", ">", "--"):
        # Outside of texts JSON has none of them.
        text = text.replace(mark, "".join(f"\\u{ord(each):04x}" for each in mark))
    return text


def as_html(report: Report, language: str) -> str:
    title = report.title(language)
    blocks, foot = page(report, language), report.foot(language)
    return html.document(title, language, blocks, remark(data(report)), foot)


def as_markdown(report: Report, language: str) -> str:
    return markdown.drawn(page(report, language)) + "\n" + remark(data(report)) + "\n"


def as_json(report: Report) -> str:
    return json.dumps(data(report))


def as_pdf(report: Report, language: str, on: date) -> bytes:
    """For what is raised see `typst.pdf`."""
    from cloudrules.render import typst

    shown = page(report, language)
    foot = report.foot(language)
    return typst.pdf(report.title(language), language, shown, on, _line(data(report)), foot)
