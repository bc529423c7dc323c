"""Answers as text for a terminal: aligned with full-width characters, in colour where asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cloudrules.render import table
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Picture,
    Quote,
    Span,
)
from cloudrules.render.clean import clean_lines
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

INDENT = "  "


def assessment(
    answer: Assessment, head: Head, language: str, *, colour: bool = False, width: int = 100
) -> str:
    return drawn(assessment_page(answer, head, language), colour, width)


def worlds(
    answer: Worlds, head: Head, language: str, *, colour: bool = False, width: int = 100
) -> str:
    return drawn(worlds_page(answer, head, language), colour, width)


def explanation(
    answer: Explanation,
    head: Head,
    language: str,
    *,
    colour: bool = False,
    width: int = 100,
) -> str:
    return drawn(explanation_page(answer, head, language), colour, width)


def plan(
    answer: PlanAnswer,
    head: Head,
    language: str,
    *,
    front: Sequence[str] = (),
    schedule: Schedule | None = None,
    why: Why | None = None,
    colour: bool = False,
    width: int = 100,
) -> str:
    """`front`: the two objectives of which the plans are the trade-off (`--pareto`)."""
    return drawn(plan_page(answer, head, language, front, schedule, why), colour, width)


def cover(
    answer: CoverAnswer,
    head: Head,
    language: str,
    *,
    steps: bool = False,
    colour: bool = False,
    width: int = 100,
) -> str:
    """`steps`: every step of the budget was asked for (`--cover steps`)."""
    return drawn(cover_page(answer, head, language, steps), colour, width)


def whatif(
    base: Assessment,
    answers: Sequence[VariantAnswer],
    head: Head,
    scenario: Text,
    language: str,
    *,
    colour: bool = False,
    width: int = 100,
) -> str:
    return drawn(whatif_page(base, answers, head, scenario, language), colour, width)


def outcomes(
    cases: Sequence[VariantOutcome],
    language: str,
    measured: Measured | None = None,
    *,
    colour: bool = False,
    width: int = 100,
) -> str:
    return drawn(outcomes_page(cases, language, measured), colour, width)


def verification(
    claimed: Certificate,
    findings: Sequence[Finding],
    language: str,
    *,
    colour: bool = False,
    width: int = 100,
) -> str:
    return drawn(verification_page(claimed, findings, language), colour, width)


def replay(found: Replay, language: str, *, colour: bool = False, width: int = 100) -> str:
    return drawn(replay_page(found, language), colour, width)


def difference(
    found: Difference,
    changes: Sequence[Revision],
    services: Sequence[Answered] | None,
    on: date,
    language: str,
    *,
    colour: bool = False,
    width: int = 100,
) -> str:
    """`services`: None where none were asked about; `on` is the date asked for."""
    return drawn(difference_page(found, changes, services, on, language), colour, width)


def drawn(blocks: Iterable[Block], colour: bool, width: int) -> str:
    """The text of a page. Whatever its blocks hold, it has no control characters but colours."""
    parts = ["\n".join(_lines(block, colour, max(width, 40))) for block in blocks]
    return "\n\n".join(parts) + "\n"


def _lines(block: Block, colour: bool, width: int) -> list[str]:
    match block:
        case Heading(line):
            strong = tuple(
                Span(span.text, "strong" if span.tone == "plain" else span.tone) for span in line
            )
            return _wrapped(strong, colour, width)
        case Paragraph(lines):
            return [text for part in lines for text in _wrapped(part, colour, width)]
        case Quote(text):
            return [
                text
                for each in clean_lines(text)
                for text in _wrapped((Span(each),), colour, width, INDENT, INDENT)
            ]
        case Code(text):
            return [(INDENT + each).rstrip() for each in clean_lines(text.rstrip("\n"))]
        case Pairs(rows):
            widest = max((table.columns(label) for label, _ in rows), default=0)
            then = " " * (widest + len(INDENT))
            return [
                text
                for label, value in rows
                for text in _wrapped(
                    value, colour, width, table.padded(label, widest) + INDENT, then
                )
            ]
        case Bullets(entries):
            return [
                text
                for depth, entry in entries
                for text in _wrapped(
                    entry, colour, width, INDENT * depth + "- ", INDENT * (depth + 1)
                )
            ]
        case Grid():
            return table.drawn(block, colour, width)
        case Picture(_, mermaid):
            return _lines(Code(mermaid, "mermaid"), colour, width)


def _wrapped(line: Line, colour: bool, width: int, first: str = "", then: str = "") -> list[str]:
    """A line in `width` columns, `first` before its first line and `then` before the others."""
    lines = table.wrapped(table.cleaned(line), width - table.columns(first))
    return [(then if at else first) + table.shown(each, colour) for at, each in enumerate(lines)]
