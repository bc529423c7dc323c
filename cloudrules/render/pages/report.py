"""The report: everything that there is to say of a service under a rulebook, as one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import join
from typing import TYPE_CHECKING, Any

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Span,
    line,
    paragraph,
)
from cloudrules.render.pages import (
    assessment,
    dependencies,
    exemptions,
    holdings,
    plan,
    timeline,
    worlds,
)
from cloudrules.render.pages.common import opening
from cloudrules.render.table import cut
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.assessment import Assessment, Worlds
    from cloudrules.core.explanation import Explanation
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.timeline import Timeline
    from cloudrules.render.graph import View
    from cloudrules.render.head import Head

FOOT = 80  # columns of text at the foot of a page


@dataclass(frozen=True)
class Report:
    """What a report is made of. `planned`: whether a plan was asked for.

    `worlds` is None where there are too many readings to go through them, `timeline` where the
    rules of a later day have a fault.
    """

    head: Head
    answer: Assessment
    exempt: tuple[Explanation, ...]
    timeline: Timeline | None
    worlds: Worlds | None
    plan: PlanAnswer | None
    planned: bool
    view: View
    receipt: Mapping[str, Any]

    def title(self, language: str) -> str:
        said = Wording(language)
        return said("report.title", service=said.of(self.head.service.service))

    def foot(self, language: str) -> str:
        """What stands at the foot of every page."""
        title = cut(self.title(language), FOOT)
        return Wording(language)("report.foot", title=title, date=self.head.on)


def page(report: Report, language: str) -> list[Block]:
    head, answer = report.head, report.answer
    said = Wording(language, (answer.rulebook,), noted=False)  # a chapter has all the notes
    foot = assessment.remarks(answer, said)
    return [
        Heading(line(report.title(language)), 0),
        _opening(report, said),
        paragraph(*assessment.verdict(answer, said)),
        *_open(answer, said),
        *([Paragraph(tuple(foot))] if foot else []),
        Heading(line(said("report.table"))),
        assessment.table(answer, said),
        Heading(line(said("report.holdings"))),
        *holdings.blocks(answer, head.service, said),
        Heading(line(said("report.exemptions"))),
        *exemptions.blocks(report.exempt, said),
        Heading(line(said("report.ends"))),
        *_ends(report.timeline, said),
        Heading(line(said("report.readings"))),
        *_readings(report, said),
        Heading(line(said("report.plan"))),
        *_plan(report, language, said),
        Heading(line(said("report.signed"))),
        _signed(said),
        Heading(line(said("report.receipt"))),
        *_receipt(report.receipt, said),
        Heading(line(said("report.graph"))),
        *dependencies.blocks(report.view),
    ]


def _opening(report: Report, said: Wording) -> Pairs:
    """What the report is of, and what the rules are written from."""
    service, book = report.head.service, report.answer.rulebook
    rows = list(opening(report.head, said).rows)
    if book.source and book.source.document:
        rows.append((said("report.source"), line(said.of(book.source.document))))
    if book.source and book.source.url:
        rows.append((said("report.published"), line(said.of(book.source.url))))
    period = book.in_force
    if period.from_ or period.until:
        day = said("report.period", first=period.from_ or "", last=period.until or "")
        rows.append((said("report.in-force"), line(day.strip())))
    if service.note:
        rows.append((said("report.note"), line(said.of(service.note))))
    return Pairs(tuple(rows))


def _open(answer: Assessment, said: Wording) -> list[Block]:
    """What the verdict waits for, where it is not decided."""
    names = tuple((0, line(said.title(name))) for name in answer.undecided_by)
    return [Bullets(names)] if names else []


def _ends(found: Timeline | None, said: Wording) -> list[Block]:
    """What ends when, and what becomes of the verdict then."""
    if found is None:
        return [paragraph(Span(said("report.ends-unknown"), "warn"))]
    entries = tuple((0, line(timeline.headline(each, said))) for each in found.events)
    if not entries:
        return [paragraph(said("timeline.no-events", until=found.until))]
    return [paragraph(timeline.summary(found, said)), Bullets(entries)]


def _signed(said: Wording) -> Grid:
    """Room for whoever answers for the report."""
    columns = tuple(
        Column(said(f"report.col.{key}"), "wrap") for key in ("role", "name", "day", "remark")
    )
    roles = (said(f"report.role-{key}") for key in ("made", "checked", "approved"))
    return Grid(columns, tuple((line(role), (), (), ()) for role in roles))


def _readings(report: Report, said: Wording) -> list[Block]:
    """The options taken, which of them the verdict turns on, and how it comes out otherwise."""
    book, head = report.answer.rulebook, report.head
    if not book.readings:
        return [paragraph(said("report.no-readings"))]
    columns = (
        Column(said("report.col.reading"), "wrap"),
        Column(said("report.col.option"), "wrap"),
        Column(said("report.col.because"), "wrap"),
        Column(said("report.col.turns")),
    )
    rows: list[tuple[Line, ...]] = []
    for reading in book.readings:
        option = head.taken(reading)
        question, _, because = said.option(reading, option)
        first = option == reading.options[0].id
        rows.append(
            (
                line(said("titled", title=question, id=reading.id)),
                line(said("report.default", option=option) if first else option),
                line(because),
                _turns(report.worlds, reading.id, said),
            )
        )
    return [
        Heading(line(said("report.taken")), 2),
        Grid(columns, tuple(rows)),
        *(
            map(_lower, worlds.blocks(report.worlds, head, said))
            if report.worlds
            else [paragraph(Span(said("report.worlds-many"), "warn"))]
        ),
    ]


def _turns(found: Worlds | None, reading: str, said: Wording) -> Line:
    """Whether the verdict turns on a reading."""
    if found is None:
        return (Span(said("report.turns-open"), "warn"),)
    if reading in found.depends_on:
        return (Span(said("report.turns"), "warn"),)
    return line(said("report.turns-not"))


def _plan(report: Report, language: str, said: Wording) -> list[Block]:
    if report.plan is None:
        asked = "needless" if report.answer.compliant else "left"
        return [paragraph(said(f"report.plan-{asked}"))]
    # The page begins with the service and the rulebook, which stand at the top of the report, and
    # has a hint for whoever is at a terminal.
    hint = paragraph(Span(said("plan.robust"), "dim"))
    blocks = plan.page(report.plan, report.head, language)[1:]
    return [_lower(block) for block in blocks if block != hint]


def _lower(block: Block) -> Block:
    """A heading of a page is one of a section here."""
    return Heading(block.line, block.level + 1) if isinstance(block, Heading) else block


def _receipt(receipt: Mapping[str, Any], said: Wording) -> list[Block]:
    columns = Column(said("report.col.file"), "wrap"), Column(said("report.col.sum"))
    files = tuple((line(name), line(total)) for name, total in receipt["files"].items())
    command = join(["cloudrules", *receipt["command"]])
    return [
        paragraph(said("report.receipt-why")),
        Pairs(
            (
                (said("report.program"), line(receipt["program"])),
                (said("report.command"), line(command)),
                (said("head.on"), line(receipt["on"])),
            )
        ),
        Grid(columns, files),
    ]
