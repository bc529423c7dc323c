"""What check finds in each example: the finding as a value, to be drawn as check draws it."""

from __future__ import annotations

from datetime import date

from cloudrules.core.errors import Place
from cloudrules.core.findings import Checked, Finding, Part
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.witness import Witness
from cloudrules.render.pages.check import Report
from cloudrules.render.rule_pages.examples import CATALOGUE, RULEBOOK, SHEET


def report(code: str) -> Report:
    """What there is to say of an example."""
    book = Rulebook("example", {}, {}, {}, {}, place=Place(RULEBOOK, 1, 1))
    return Report(Checked(book, (FOUND[code],)), RULEBOOK, {}, date.min, lambda file: file)


def _rules(line: int, column: int = 5) -> Place:
    return Place(RULEBOOK, line, column)


def _evidence(line: int, column: int = 5) -> Place:
    return Place(CATALOGUE, line, column)


def _when(entry: str, text: str, line: int) -> tuple[Part]:
    return (Part(entry, "when", text, _rules(line, 11)),)


BOUNDS = "employees <= 100 and employees >= 300"
KEPT = "1.2 アクセスログを1年間以上保存できること"

FOUND: dict[str, Finding] = {
    each.rule: each
    for each in (
        Finding(
            "rulebook-unsatisfiable",
            "example",
            _rules(1, 1),
            {"items": "1.1, 1.2"},
            (Part("1.1", "", "", _rules(5)), Part("1.2", "", "", _rules(11))),
            Witness(),
        ),
        Finding(
            "condition-contradiction",
            "medium",
            _rules(13, 11),
            {"field": "when", "text": BOUNDS},
            _when("medium", BOUNDS, 13),
            Witness(),
        ),
        Finding("item-unmeetable", "1.1", _rules(3), witness=Witness(("1.2",))),
        Finding(
            "item-never-owed",
            "1.1",
            _rules(5),
            parts=(
                Part("1.1", "applies_when", "not generative_ai", _rules(10, 19)),
                *_when("no-ai", "not generative_ai", 14),
            ),
            witness=Witness(),
        ),
        Finding(
            "item-moot",
            "1.2",
            _rules(6),
            parts=_when("hosting", "1.1", 12),
            witness=Witness(besides=("1.2",)),
        ),
        Finding(
            "waiver-never",
            "registered",
            _rules(12, 11),
            parts=_when("registered", "waived(1.1)", 12),
            witness=Witness(),
        ),
        Finding(
            "waiver-always",
            "medium",
            _rules(16, 11),
            parts=_when("medium", "employees >= 20 or employees < 50", 16),
            witness=Witness(),
        ),
        Finding(
            "waiver-own-item",
            "registered",
            _rules(15, 11),
            {"items": "1.1", "item": "1.1"},
            _when("registered", "1.1", 15),
            Witness(besides=("1.1",)),
        ),
        Finding(
            "clause-idle",
            "liu",
            _rules(20),
            {"text": "", "n": "1"},
            (Part("liu", "", "", _rules(20)),),
            Witness(("1.2",)),
        ),
        Finding("reading-idle", "banner-scope", _rules(18), witness=Witness()),
        Finding(
            "holding-harms",
            "1.1",
            _rules(11, 19),
            {"item": "1.2", "kind": "item"},
            (Part("1.2", "applies_when", "1.1", _rules(11, 19)),),
            Witness(besides=("1.1",)),
        ),
        Finding(
            "requires-circle",
            "asp.audit",
            _evidence(3),
            parts=(
                Part("asp.audit", "requires", "asp.iso27001", _evidence(7, 15)),
                Part("asp.iso27001", "requires", "asp.audit", _evidence(12, 15)),
            ),
        ),
        Finding("evidence-unused", "dc.tier3", _evidence(7)),
        Finding("fact-unused", "outsourced", _rules(3, 3)),
        Finding("source-unquoted", KEPT, Place(SHEET, 2, 1), {"why": "unquoted", "text": KEPT}),
    )
}
