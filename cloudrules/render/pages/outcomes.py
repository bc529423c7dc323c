"""The outcome of testing scenarios: a line for each case, then the total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import Block, Bullets, Line, Span, Tone, line, paragraph
from cloudrules.render.head import VariantOutcome
from cloudrules.render.pages.coverage import page as coverage_page
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.comparison import Failure
    from cloudrules.render.pages.coverage import Measured


def page(
    cases: Sequence[VariantOutcome], language: str, measured: Measured | None = None
) -> list[Block]:
    said = Wording(language)
    entries: list[tuple[int, Line]] = []
    for case in cases:
        outcome = Span(said("test.pass"), "good") if case.passed else Span(said("test.fail"), "bad")
        name = said("test.case", file=case.file, name=case.name)
        entries.append((0, line(outcome, "  ", name)))
        entries += [(1, line(failed(each, said))) for each in case.failures]
    passed = sum(case.passed for case in cases)
    total = said("test.total", passed=passed, failed=len(cases) - passed)
    tone: Tone = "good" if passed == len(cases) else "bad"
    blocks: list[Block] = [Bullets(tuple(entries))] if entries else []
    blocks.append(paragraph(Span(total, tone)))
    return [*blocks, *(coverage_page(measured, language) if measured else ())]


def failed(failure: Failure, said: Wording) -> str:
    """One expectation that did not come out, with where it stands."""
    key = "failure" if failure.place.file else "failure.bare"
    return said(
        key,
        what=failure.what,
        expected=failure.expected,
        got=failure.got,
        place=failure.place,
    )
