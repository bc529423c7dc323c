"""The answer of `form check`: its head, the findings, and what the verdict rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudrules.core.expression import Name, leaves
from cloudrules.core.form import deciders
from cloudrules.render.clean import brief, clean
from cloudrules.render.form_lines import finding, findings, places, rows
from cloudrules.render.form_phrases import TOLD
from cloudrules.render.form_told import told
from cloudrules.render.wording import Wording
from cloudrules.render.words import TERMS, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cloudrules.core.follow import Checked
    from cloudrules.core.reply import Finding, Reply
    from cloudrules.core.rulebook import Rulebook


def text(path: str, checked: Checked, replies: Sequence[Reply], language: str) -> str:
    """What is checked, the findings, what the verdict rests on, and the verdict last."""
    rulebook = checked.assessment.rulebook
    lines = [*_head(checked, language)]
    found = findings(checked.findings, rulebook, language)
    lines += [f"{path}: {each}" for each in found]
    empty = [each for each in replies if each.meaning == "blank"]
    misplaced = [each for each in replies if each.meaning == "misplaced"]
    answers = len(replies) - len(empty) - len(misplaced)
    numbers = {"items": str(answers), "findings": str(len(checked.findings))}
    lines.append(told("checked", numbers, language))
    for code, uncounted in (("empty", empty), ("misplaced", misplaced)):
        if uncounted:
            items = Wording(language).ids((each.item for each in uncounted), rulebook)
            cells = places(each.cell for each in uncounted)
            lines.append(told(code, {"items": items, "cells": cells}, language))
    lines += _claims(checked, language)
    lines += _lacking(checked, {each.item: each for each in replies}, language)
    lines += _otherwise(checked, language)
    lines.append(told("verdict", {"verdict": _verdict(checked, language)}, language))
    return "".join(f"{clean(line)}\n" for line in lines)


def _head(checked: Checked, language: str) -> Iterator[str]:
    """The service, the rulebook with its edition, the date, and the readings taken."""
    said, service, assessment = Wording(language), checked.service, checked.assessment
    book, readings = assessment.rulebook, assessment.situation.readings
    head = {"head.service": said.of(service.service)}
    if service.provider:
        head["head.provider"] = said.of(service.provider)
    edition = said.of(book.edition)
    title = said("head.edition", title=book.id, edition=edition) if edition else book.id
    head |= {"head.rulebook": title, "head.on": str(assessment.situation.on)}
    shown = {said(key): value for key, value in head.items()}
    if readings:
        usual = book.defaults()
        taken = [f"{name}={each}" for name, each in readings.items() if usual.get(name) != each]
        rest = pick(TOLD["readings-others" if taken else "readings-usual"], language)
        shown[pick(TOLD["readings"], language)] = said.listed([*taken, rest])
    yield from (
        pick(TOLD["head"], language).format(key=key, value=value) for key, value in shown.items()
    )


def _verdict(checked: Checked, language: str) -> str:
    grounds = checked.grounds
    if grounds.verdict != "claimed":
        return pick(TERMS[grounds.verdict], language)
    said = Wording(language)
    rulebook = checked.assessment.rulebook
    return pick(TOLD["claimed"], language).format(claims=said.ids(grounds.rests_on, rulebook))


def _claims(checked: Checked, language: str) -> Iterator[str]:
    """What is claimed without evidence, and the exemptions that rest on it."""
    grounds, rulebook = checked.grounds, checked.assessment.rulebook
    if not grounds.claims:
        return
    said = Wording(language)
    yield pick(TOLD["claims"], language).format(claims=rows(grounds.claims, language))
    if grounds.exempt:
        items = said.ids(grounds.exempt, rulebook)
        yield pick(TOLD["claims-exempt"], language).format(items=items)
    met = [each for each in grounds.claims if each.meaning == "met"]
    example = next(filter(None, (_evidence(rulebook, each.item) for each in met)), "")
    if example:
        yield pick(TOLD["claims-mend"], language).format(example=example)
    outside = (each.item for each in grounds.claims if each.meaning == "exempt")
    fact = next((fact for item in outside for fact in deciders(rulebook, item)), "")
    if fact:
        yield pick(TOLD["claims-fact"], language).format(example=fact)


def _evidence(rulebook: Rulebook, item: str) -> str:
    """The first evidence that meets an item."""
    met_by = rulebook.items[item].met_by
    found = (leaf.name for leaf in leaves(met_by) if isinstance(leaf, Name)) if met_by else ()
    return next((name for name in found if name in rulebook.evidence), "")


def _lacking(checked: Checked, replies: dict[str, Reply], language: str) -> Iterator[str]:
    """What is missing, and what is not known and leaves the verdict open, each on its line."""
    assessment = checked.assessment
    said = Wording(language, (assessment.rulebook,))
    order = {name: place for place, name in enumerate(assessment.rulebook.items)}
    undecided = sorted(assessment.undecided_by, key=lambda name: order.get(name, len(order)))
    for key, names in (("missing", assessment.missing), ("undecided", undecided)):
        if names:
            yield pick(TOLD[key], language)
        for name in names:
            item = assessment.rulebook.items.get(name)
            cell = f" ({clean(replies[name].cell)})" if name in replies else ""
            what = said.of(item.text) if item else said.title(name)
            yield f"  {name}{cell} {brief(what)}" if item else f"  {what}"


def _otherwise(checked: Checked, language: str) -> Iterator[str]:
    """The readings under which the verdict would be another."""
    for each in checked.otherwise:
        verdict = pick(TERMS.get(each.verdict, TOLD["verdict-claimed"]), language)
        values = {"reading": each.reading, "option": each.option, "verdict": verdict}
        yield pick(TOLD["otherwise"], language).format(**values)


def json(checked: Checked, language: str) -> dict[str, object]:
    """The answer as data."""
    assessment, grounds = checked.assessment, checked.grounds
    return {
        "service": checked.service.service.in_(language),
        "rulebook": assessment.rulebook.id,
        "readings": assessment.situation.readings,
        "on": assessment.situation.on.isoformat(),
        "compliant": None if grounds.verdict == "claimed" else assessment.compliant,
        "verdict": grounds.verdict,
        "missing": list(assessment.missing),
        "undecided_by": list(assessment.undecided_by),
        "rests_on": list(grounds.rests_on),
        "claims": [_claim_json(each) for each in grounds.claims],
        "exempt_by_claims": [
            {"item": item, "claims": list(claims)} for item, claims in grounds.exempt.items()
        ],
        "attested": list(grounds.attested),
        "other_readings": [
            {"reading": each.reading, "option": each.option, "verdict": each.verdict}
            for each in checked.otherwise
        ],
        "findings": [_finding_json(each, language) for each in checked.findings],
    }


def _claim_json(each: Reply) -> dict[str, object]:
    return {
        "item": each.item,
        **_cell(each.cell),
        "answer": each.answer,
        "remark": each.remark.note,
    }


def _finding_json(each: Finding, language: str) -> dict[str, object]:
    found: dict[str, object] = {"code": each.code, "item": each.item}
    found |= {**_cell(each.cell), "answer": each.answer}
    return {**found, "message": finding(each, language)}


def _cell(said: str) -> dict[str, object]:
    sheet, _, cell = said.rpartition("!")
    return {"sheet": sheet or None, "cell": cell or None}
