"""What a check found: each finding with its clauses, its readings and its witness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from cloudrules.render import witness
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Span,
    Tone,
    line,
    paragraph,
)
from cloudrules.render.pages.common import rulebook
from cloudrules.render.rule_words import MARKS, message
from cloudrules.render.wording import Wording
from cloudrules.render.words import pick

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.errors import Place
    from cloudrules.core.findings import Checked, Finding, Severity, Share
    from cloudrules.core.rulebook import Readings

TONES: dict[Severity, Tone] = {"error": "bad", "warning": "warn", "note": "dim"}
DIGITS = 3  # significant, of a share
SMALLEST = Fraction(1, 10**6)  # percent written without an exponent


@dataclass(frozen=True)
class Report:
    """What was found about one rulebook; `readings` is None for all of them together.

    `named` is how a service names the rulebook, `near` gives a path as it is to be shown.
    """

    checked: Checked
    named: str
    readings: Readings | None
    on: date
    near: Callable[[str], str]

    def place(self, place: Place) -> str:
        return str(place._replace(file=self.near(place.file)))

    def witness(self, finding: Finding, named: str | None = None) -> str | None:
        """The service that shows a finding, as a file."""
        if finding.witness is None:
            return None
        name = f"{finding.rule} {finding.id}"
        return witness.service(finding.witness, name, self.named if named is None else named)


def page(reports: Sequence[Report], language: str) -> list[Block]:
    blocks: list[Block] = []
    for report in reports:
        said = Wording(language, [report.checked.rulebook])
        blocks += _report(report, said)
    return blocks


def _report(report: Report, said: Wording) -> Iterator[Block]:
    checked = report.checked
    rows = [
        (said("head.rulebook"), line(rulebook(checked.rulebook, said))),
        (said("head.on"), line(str(report.on))),
        (said("check.readings"), line(_asked(report, said))),
    ]
    yield Pairs(tuple(rows))
    for finding in checked.findings:
        yield from told(finding, report, said)
    if checked.shares:
        yield from _shares(checked.shares, said)
    if checked.undecided:
        yield paragraph(Span(said("check.undecided"), "warn"))
        yield Bullets(tuple((0, line(f"{rule} {name}")) for rule, name in checked.undecided))
    yield _total(checked, said)


def _asked(report: Report, said: Wording) -> str:
    if report.readings is None:
        return said("check.all")
    defaults = report.checked.rulebook.defaults()
    unusual = [f"{name}={each}" for name, each in report.readings.items() if each != defaults[name]]
    return said.listed(unusual) or said("check.default")


def told(finding: Finding, report: Report, said: Wording) -> Iterator[Block]:
    """A finding with its clauses, its readings and its witness."""
    severity = f"{pick(MARKS[finding.severity], said.language)}[{finding.rule}]"
    yield Paragraph(
        (
            line(report.place(finding.place) + ": ", Span(severity, TONES[finding.severity]), " "),
            line(message(finding, said.language)),
        )
    )
    if points := [(0, line(each)) for each in details(finding, report, said)]:
        yield Bullets(tuple(points))
    if text := report.witness(finding):
        yield Code(text.rstrip("\n"), "yaml")


def details(finding: Finding, report: Report, said: Wording) -> Iterator[str]:
    """The clauses of a finding, the readings that it takes, and how its witness shows it."""
    for part in finding.parts:
        if part.field or len(finding.parts) > 1:
            key = "check.part" if part.field else "check.entry"
            place = report.place(part.place)
            yield said(key, entry=part.entry, field=part.field, text=part.text, place=place)
    for readings in finding.where if finding.where != ({},) else ():
        options = said.listed(f"{name}={option}" for name, option in readings.items())
        yield said("check.where", options=options)
    yield from besides(finding, said)


def besides(finding: Finding, said: Wording) -> Iterator[str]:
    """What a second service holds as well, where it takes two to show a finding."""
    if finding.witness and finding.witness.besides:
        yield said("check.besides", what=said.listed(finding.witness.besides))
    elif finding.witness:
        yield said(f"check.lead.{finding.rule}")


def _shares(shares: Sequence[Share], said: Wording) -> Iterator[Block]:
    yield Heading(line(said("check.shares")), 2)
    columns = (
        Column(said("check.reading")),
        Column(said("check.share"), right=True),
        Column(said("check.basis"), "wrap"),
    )
    rows: list[tuple[Line, ...]] = []
    for share in shares:
        if share.exact:
            basis = said("check.exact")
        else:
            basis = said("check.sample", n=f"{share.of:,}", error=percent(share.error))
        figure = percent(share.share)
        told = figure if share.exact else said("check.about", figure=figure)
        rows.append((line(share.reading), line(told), line(basis)))
    yield Grid(columns, tuple(rows))


def percent(share: Fraction | float) -> str:
    """A share in percent with three figures: `0.00384 %`, `1.23e-40 %`; 0 and 100 where it is."""
    number = 100 * Fraction(share)
    if number in (0, 100):
        return f"{number} %"
    if number < SMALLEST:
        return f"{Decimal(number.numerator) / number.denominator:.{DIGITS - 1}e} %"
    decimals = DIGITS - 1
    while number * 10**decimals < 10 ** (DIGITS - 1):
        decimals += 1
    text = f"{float(number):.{decimals}f}".rstrip("0").rstrip(".")
    return f">{100 - Decimal(10) ** -decimals} %" if text == "100" else f"{text} %"


def _total(checked: Checked, said: Wording) -> Paragraph:
    counts = Counter(finding.severity for finding in checked.findings)
    if not counts:
        key = "check.none-so-far" if checked.undecided else "check.none"
        return paragraph(Span(said(key), "warn" if checked.undecided else "good"))
    parts = [said(f"check.{each}", n=counts[each]) for each in TONES if counts[each]]
    total = Span(said("check.total", what=said.listed(parts)), "bad" if counts["error"] else "warn")
    return Paragraph((line(total), line(Span(said("check.rule"), "dim"))))
