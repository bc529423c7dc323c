"""What if: the variants of a scenario side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Line,
    Span,
    joined,
    line,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.common import opening, verdict_tone
from cloudrules.render.pages.outcomes import failed
from cloudrules.render.pages.plan import TONES, estimated, values
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.assessment import Assessment
    from cloudrules.core.comparison import VariantAnswer
    from cloudrules.core.schema import Text


def page(
    base: Assessment,
    answers: Sequence[VariantAnswer],
    head: Head,
    scenario: Text,
    language: str,
) -> list[Block]:
    """`base` is the service as it stands, with which each variant is compared."""
    said = Wording(language, head.rulebooks)
    title = (said("head.scenario"), line(said.of(scenario)))
    blocks: list[Block] = [opening(head, said, title), _table(base, answers, head, language)]
    wrong = [answer for answer in answers if answer.failures]
    if wrong:
        blocks.append(Heading(line(said("whatif.expected"))))
        entries: list[tuple[int, Line]] = []
        for answer in wrong:
            entries.append((0, (Span(said.of(answer.name), "bad"),)))
            entries += [(1, line(failed(each, said))) for each in answer.failures]
        blocks.append(Bullets(tuple(entries)))
    return blocks


def _table(base: Assessment, answers: Sequence[VariantAnswer], head: Head, language: str) -> Grid:
    said = Wording(language)
    planned = any(answer.plan for answer in answers)
    rows = [_row(said("whatif.base"), base, said, *([()] if planned else []), changes=())]
    for answer in answers:
        here = Wording(language, (answer.assessment.rulebook,))
        verdict = [line(said.term(answer.worlds.verdict or "unknown"))] if answer.worlds else []
        changes = line(_changes(answer, here) or here("none"))
        plan = [_plan(answer, here)] if planned else []
        name = _name(answer, head, here)
        rows.append(_row(name, answer.assessment, here, *plan, changes=changes, besides=verdict))
    columns: tuple[Column, ...] = (
        Column(said("col.variant"), "wrap"),
        Column(said("col.verdict")),
        Column(said("col.missing"), "wrap"),
        Column(said("col.changes"), "wrap"),
    )
    if planned:
        columns = (*columns, Column(said("col.plan"), "wrap"))
    return Grid(columns, tuple(rows))


def _name(answer: VariantAnswer, head: Head, said: Wording) -> str:
    """A variant's name, with its date and rulebook where they are its own."""
    on, book = answer.assessment.situation.on, answer.assessment.rulebook
    own = [str(on)] if on != head.on else []
    if book.id not in [each.id for each in head.rulebooks]:
        own.append(said.of(book.title, book.id))
    name = said.of(answer.name)
    return said("with", what=name, details=said.listed(own)) if own else name


def _row(
    name: str,
    answer: Assessment,
    said: Wording,
    *plan: Line,
    changes: Line,
    besides: Sequence[Line] = (),
) -> tuple[Line, ...]:
    key = "open" if answer.compliant is None else "yes" if answer.compliant else "no"
    verdict = (Span(said(f"whatif.{key}"), verdict_tone(answer.compliant)),)
    missing = said.ids(answer.missing, answer.rulebook) or said("none")
    return (line(name), joined([verdict, *besides], " / "), line(missing), changes, *plan)


def _changes(answer: VariantAnswer, said: Wording) -> str:
    """The changes of status, those from and to the same together."""
    groups: dict[tuple[str | None, str | None], list[str]] = {}
    for change in answer.changes:
        groups.setdefault((change.before, change.after), []).append(change.item)

    def word(status: str | None) -> str:
        return said.term(status) if status else said("change.absent")

    parts = [
        said(
            "change",
            what=said.ids(items, answer.assessment.rulebook),
            before=word(before),
            after=word(after),
        )
        for (before, after), items in groups.items()
    ]
    return "; ".join(parts)


def _plan(answer: VariantAnswer, said: Wording) -> Line:
    plan = answer.plan
    if plan is None:
        return ()
    parts: list[Line] = [(Span(said.term(plan.status), TONES.get(plan.status, "warn")),)]
    if plan.plans:
        best = plan.plans[0]
        parts.append(line(values(plan.objective, said, estimated(best))))
        book = answer.assessment.rulebook
        parts.append(line(said.ids(best.acquire, book) or said("none")))
    return joined(parts, "; ")
