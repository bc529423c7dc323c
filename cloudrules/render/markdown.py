"""Answers as Markdown, for documents and issue trackers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
    Divider,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Picture,
    Quote,
)
from cloudrules.render.clean import clean, clean_lines
from cloudrules.render.pages.assessment import page as assessment_page
from cloudrules.render.pages.cover import page as cover_page
from cloudrules.render.pages.difference import page as difference_page
from cloudrules.render.pages.explanation import page as explanation_page
from cloudrules.render.pages.outcomes import page as outcomes_page
from cloudrules.render.pages.plan import page as plan_page
from cloudrules.render.pages.replay import page as replay_page
from cloudrules.render.pages.verification import page as verification_page
from cloudrules.render.pages.whatif import page as whatif_page
from cloudrules.render.pages.worlds import page as worlds_page

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.affected import Answered
    from cloudrules.core.assessment import Assessment, Worlds
    from cloudrules.core.calendar import Schedule
    from cloudrules.core.certificate import Certificate
    from cloudrules.core.checks import Finding
    from cloudrules.core.comparison import VariantAnswer
    from cloudrules.core.cover import CoverAnswer
    from cloudrules.core.difference import Difference
    from cloudrules.core.explanation import Explanation
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.receipt import Replay
    from cloudrules.core.revision import Revision
    from cloudrules.core.schema import Text
    from cloudrules.core.why import Why
    from cloudrules.render.head import Head, VariantOutcome
    from cloudrules.render.pages.coverage import Measured

_MARKS = re.compile(r"([\\`*_\[\]<>|~&#$])")
_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](\s|$)))")
_CODE = re.compile("`[^`|]+`")  # a bar would end the cell of a table
_STRONG = ("strong", "bad", "warn")


def assessment(answer: Assessment, head: Head, language: str) -> str:
    return drawn(assessment_page(answer, head, language))


def worlds(answer: Worlds, head: Head, language: str) -> str:
    return drawn(worlds_page(answer, head, language))


def explanation(answer: Explanation, head: Head, language: str) -> str:
    return drawn(explanation_page(answer, head, language))


def plan(
    answer: PlanAnswer,
    head: Head,
    language: str,
    *,
    front: Sequence[str] = (),
    schedule: Schedule | None = None,
    why: Why | None = None,
) -> str:
    """`front`: the two objectives of which the plans are the trade-off (`--pareto`)."""
    return drawn(plan_page(answer, head, language, front, schedule, why))


def cover(answer: CoverAnswer, head: Head, language: str, *, steps: bool = False) -> str:
    """`steps`: every step of the budget was asked for (`--cover steps`)."""
    return drawn(cover_page(answer, head, language, steps))


def whatif(
    base: Assessment,
    answers: Sequence[VariantAnswer],
    head: Head,
    scenario: Text,
    language: str,
) -> str:
    return drawn(whatif_page(base, answers, head, scenario, language))


def outcomes(
    cases: Sequence[VariantOutcome], language: str, measured: Measured | None = None
) -> str:
    return drawn(outcomes_page(cases, language, measured))


def verification(claimed: Certificate, findings: Sequence[Finding], language: str) -> str:
    return drawn(verification_page(claimed, findings, language))


def replay(found: Replay, language: str) -> str:
    return drawn(replay_page(found, language))


def difference(
    found: Difference,
    changes: Sequence[Revision],
    services: Sequence[Answered] | None,
    on: date,
    language: str,
) -> str:
    """`services`: None where none were asked about; `on` is the date asked for."""
    return drawn(difference_page(found, changes, services, on, language))


def drawn(blocks: Iterable[Block]) -> str:
    """The Markdown of a page. What its blocks hold shows as it is written."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """`text` on one line, none of it read as Markdown or HTML."""
    shown = _MARKS.sub(r"\\\1", clean(text))
    found = _START.match(shown)
    if found is None:
        return shown
    at = found.end(2) if found[2].isdigit() else found.start(2)
    return f"{shown[:at]}\\{shown[at:]}"


def _line(line: Line, *, bold: bool = True) -> str:
    parts: list[str] = []
    for span in line:
        if span.tone == "code" and _CODE.fullmatch(span.text):
            parts.append(clean(span.text))
            continue
        text = escaped(span.text)
        strong = bold and span.tone in _STRONG and text.strip() == text and text
        parts.append(f"**{text}**" if strong else text)
    return "".join(parts)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(line, level):
            return ["#" * (level + 1) + " " + _line(line, bold=False)]
        case Paragraph(lines):
            return "\\\n".join(map(_line, lines)).split("\n")
        case Quote(text):
            shown = "\\\n".join(escaped(each) for each in clean_lines(text))
            return [f"> {each}" for each in shown.split("\n")]
        case Code(text, language):
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text) or [""]))
            return [fence + language, *clean_lines(text.rstrip("\n")), fence]
        case Pairs(rows):
            return [f"- {escaped(label)}: {_line(value)}" for label, value in rows]
        case Bullets(entries):
            return ["  " * depth + "- " + _line(entry) for depth, entry in entries]
        case Grid():
            return _table(block)
        case Picture(_, mermaid, told):
            return [*_lines(Code(mermaid, "mermaid")), *(["", escaped(told)] if told else [])]


def _table(grid: Grid) -> list[str]:
    titles = [escaped(column.title) for column in grid.columns]
    rules = ["---:" if column.right else "---" for column in grid.columns]
    rows = [titles, rules]
    for row in grid.rows:
        if isinstance(row, Divider):
            rest = [""] * (len(grid.columns) - 2)
            rows.append(["", _line(row.line), *rest])
        else:
            rows.append([_line(cell) for cell in row])
    return ["| " + " | ".join(row) + " |" for row in rows]
