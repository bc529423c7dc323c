"""What came of checking a certificate: the verdict, what is claimed, and check by check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudrules.core.service import OBJECTIVES
from cloudrules.render.blocks import (
    Block,
    Column,
    Grid,
    Heading,
    Line,
    Pairs,
    Span,
    Tone,
    line,
    paragraph,
)
from cloudrules.render.phrases import PHRASES
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.certificate import Certificate
    from cloudrules.core.checks import Finding

_TONES: dict[str, Tone] = {"passed": "good", "failed": "bad", "not checked": "warn"}


def page(claimed: Certificate, findings: Sequence[Finding], language: str) -> list[Block]:
    said = Wording(language)
    question, plan = claimed.question, claimed.plan
    rows: list[tuple[str, Line]] = [
        (said("verify.service"), line(question.service)),
        *((said("verify.rulebooks"), line(each)) for each in question.rulebooks),
        (said("verify.on"), line(str(question.on))),
        (
            said("verify.program"),
            line(said("verify.made", version=claimed.program, solver=claimed.solver)),
        ),
        (said("verify.claim"), line(_claim(claimed, said))),
    ]
    if plan is not None:
        told = said.listed(plan.acquire) or said("verify.acquire.none")
        rows.append((said("verify.plan"), line(told)))
    columns = (
        Column(said("verify.col.status")),
        Column(said("verify.col.check")),
        Column(said("verify.col.of"), "wrap"),
        Column(said("verify.col.because"), "wrap"),
    )
    checks = tuple(_row(each, said) for each in findings)
    return [
        Heading(line(said("verify.title"))),
        Pairs(tuple(rows)),
        paragraph(_verdict(findings, said)),
        Grid(columns, checks),
    ]


def _claim(claimed: Certificate, said: Wording) -> str:
    claim = claimed.claim
    what = _told(claim.bound if claim.status == "unknown" else claim.objective, said)
    return said(f"verify.claim.{claimed.claim.status}", what=what)


def _told(value: object, said: Wording) -> object:
    """A value of a finding; objectives with their figures, in no currency: it is not known here."""
    if not isinstance(value, tuple):
        return said.term(value) if isinstance(value, str) and value in OBJECTIVES else value
    return said.listed(f"{said.term(name)} {figure:,}" for name, figure in value)


def _verdict(findings: Sequence[Finding], said: Wording) -> Span:
    n = len(findings)
    failed = sum(each.status == "failed" for each in findings)
    open_ = sum(each.status == "not checked" for each in findings)
    if failed:
        return Span(said("verify.no", n=n, failed=failed), "bad")
    if open_:
        return Span(said("verify.open", n=n, open=open_), "warn")
    return Span(said("verify.yes", n=n), "good")


def _row(finding: Finding, said: Wording) -> tuple[Line, ...]:
    own = f"verify.{finding.check}.{finding.because}"
    key = own if own in PHRASES else f"verify.{finding.because}"
    return (
        (Span(said(f"verify.{finding.status}"), _TONES[finding.status]),),
        line(said(f"verify.check.{finding.check}")),
        line(finding.of),
        line(said(key, **{name: _told(value, said) for name, value in finding.values.items()})),
    )
