"""What a verdict rests on: all that is held, expired or not known, with its papers, and the facts.

What has neither a number nor a document beside it is told to be claimed only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudrules.core.situation import shown
from cloudrules.render.blocks import (
    Block,
    Column,
    Grid,
    Heading,
    Line,
    Span,
    Tone,
    line,
    paragraph,
)
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.assessment import Assessment
    from cloudrules.core.service import Holding, Service
    from cloudrules.core.situation import Situation

TONES: dict[str, Tone] = {"held": "good", "expired": "bad", "unknown": "warn"}


def blocks(answer: Assessment, service: Service, said: Wording) -> list[Block]:
    situation = answer.situation
    rows = tuple(_rows(situation, said))
    found: list[Block] = []
    if rows:
        columns = (
            Column(said("report.col.held"), "wrap"),
            Column(said("report.col.kind")),
            Column(said("report.col.holder"), "wrap"),
            Column(said("report.col.state")),
            Column(said("report.col.until")),
            Column(said("report.col.papers"), "wrap"),
        )
        found.append(Grid(columns, rows))
    else:
        found.append(paragraph(said("report.no-holdings")))
    bare = [name for name, each in situation.held.items() if not each.note]
    if bare:
        found.append(paragraph(Span(said("report.claimed", n=len(bare)), "strong")))
    return [*found, *_facts(answer, service, said)]


def _rows(situation: Situation, said: Wording) -> Iterator[tuple[Line, ...]]:
    for state, holdings in (("held", situation.held), ("expired", situation.expired)):
        for name, holding in holdings.items():
            yield _row(name, state, holding, said)
    known = [name for name in (*said.items, *said.evidence) if name in situation.unknown]
    for name in known:
        yield _row(name, "unknown", None, said)


def _row(name: str, state: str, holding: Holding | None, said: Wording) -> tuple[Line, ...]:
    evidence = said.evidence.get(name)
    until, note = (holding.until, holding.note) if holding else (None, None)
    absent = said("report.unstated") if holding else ""
    return (
        line(said.acquired(name)),
        line(said.term(evidence.kind if evidence else "attestation")),
        line(said.term(evidence.holder) if evidence else ""),
        (Span(said(f"report.state-{state}"), TONES[state]),),
        line(str(until) if until else absent),
        line(said.of(note)) if note else (Span(absent, "warn"),),
    )


def _facts(answer: Assessment, service: Service, said: Wording) -> list[Block]:
    """What was taken to be so of the service, and who says it."""
    facts = answer.situation.facts
    if not facts:
        return []
    columns = (
        Column(said("report.col.fact"), "wrap"),
        Column(said("report.col.value")),
        Column(said("report.col.told")),
    )
    told = {ref.name for ref in service.context}
    rows: list[tuple[Line, ...]] = []
    for name, value in facts.items():
        if value is None:
            words: Line = (Span(said("report.state-unknown"), "warn"),)
        elif isinstance(value, bool):
            words = line(said("graph.true" if value else "graph.false"))
        else:
            words = line(shown(value))
        source = "" if value is None else said("report.told" if name in told else "report.assumed")
        rows.append((line(said.title(name)), words, line(source)))
    return [Heading(line(said("report.facts")), 2), Grid(columns, tuple(rows))]
