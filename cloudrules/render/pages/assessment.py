"""The checklist filled in: the verdict, then every item with its status and why."""

from __future__ import annotations

from collections.abc import Iterator

from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.expression import Expr
from cloudrules.core.situation import literal
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Divider,
    Grid,
    Line,
    Paragraph,
    Row,
    Span,
    line,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.common import named, opening, status, verdict_tone
from cloudrules.render.wording import Wording


def page(answer: Assessment, head: Head, language: str) -> list[Block]:
    said = Wording(language, (answer.rulebook,))
    blocks: list[Block] = [
        opening(head, said),
        Paragraph((verdict(answer, said),)),
    ]
    if answer.undecided_by:
        names = (said.title(name) for name in answer.undecided_by)
        blocks.append(Bullets(tuple((0, line(name)) for name in names)))
    blocks.append(table(answer, said))
    foot = remarks(answer, said)
    if answer.rulebook.readings:
        foot.append((Span(said("in-reading"), "dim"),))
    return [*blocks, Paragraph(tuple(foot))] if foot else blocks


def remarks(answer: Assessment, said: Wording) -> list[Line]:
    """What is missing or not known, and what bears on the whole table."""
    held = answer.situation.expired
    foot: list[Line] = []
    if held:
        what = said.listed(said.held(name, held) for name in held)
        foot.append((Span(said("expired", what=what), "warn"),))
    if answer.missing:
        what = said.ids(answer.missing, answer.rulebook)
        foot.append((Span(said("missing", what=what), "bad"),))
    if unknown := [item.id for item in answer.items if item.status == "unknown"]:
        foot.append((Span(said("undecided", what=said.ids(unknown, answer.rulebook)), "warn"),))
    return foot


def verdict(answer: Assessment, said: Wording) -> Line:
    """The verdict in one sentence."""
    if answer.compliant is None:
        text = said("verdict.open" if answer.undecided_by else "verdict.open-alone")
    elif answer.compliant:
        text = said("verdict.yes")
    else:
        text = said("verdict.no", n=len(answer.missing))
    return (Span(text, verdict_tone(answer.compliant)),)


def table(answer: Assessment, said: Wording) -> Grid:
    """Every item with its status and why."""
    rows: list[Row] = []
    section = ""
    for item in answer.items:
        entry = answer.rulebook.items[item.id]
        here = said.of(entry.section)
        if here != section:
            rows.append(Divider((Span(here, "strong"),)))
        section = here
        rows.append(
            (
                line(item.id),
                line(said.of(entry.text)),
                line(said.term(item.need)),
                status(item.status, said),
                line(said.listed(why(answer, item, said))),
            )
        )
    columns = (
        Column(said("col.item")),
        Column(said("col.text"), "cut"),
        Column(said("col.need")),
        Column(said("col.status")),
        Column(said("col.why"), "wrap"),
    )
    return Grid(columns, tuple(rows))


def why(answer: Assessment, item: ItemAnswer, said: Wording) -> list[str]:
    """What an item's status comes from, in short."""
    book, situation = answer.rulebook, answer.situation
    entry = book.items[item.id]
    if item.status == "met":
        holding = situation.held.get(item.id)
        found = [said("why.attested")] if holding else []
        if holding and (holding.until or holding.note):
            found = [said.held(item.id, situation.held)]
        return [*found, *_held(answer, entry.met_by, said)] or [said("why.condition")]
    if item.status == "waived":
        return [said.clause(book.waivers[name]) for name in item.waived_by]
    if item.status == "not_applicable":
        return list(_stands(answer, entry.applies_when, said))
    if item.status == "unknown":
        return [said("why.unknown", what=what) for what in unknown(answer, item, said)]
    if entry.met_by is None:
        return [said("why.not-attested")]
    wanted = [
        said.title(name)
        for kind, name in named(entry.met_by, book)
        if kind in ("evidence", "item") and not _is_met(answer, kind, name)
    ]
    if not wanted:
        return [said("why.no-condition")]
    return [said("why.not-held", what=said.listed(wanted))]


def _is_met(answer: Assessment, kind: str, name: str) -> bool | None:
    """Whether evidence is held, or an item met; None where that is not known."""
    if kind == "item":
        return next((each.met for each in answer.items if each.id == name), False)
    if name in answer.situation.held:
        return True
    return None if name in answer.situation.unknown else False


def _held(answer: Assessment, condition: Expr | None, said: Wording) -> Iterator[str]:
    for kind, name in named(condition, answer.rulebook) if condition else ():
        if kind == "evidence" and name in answer.situation.held:
            yield said.held(name, answer.situation.held)
        elif kind == "item" and _is_met(answer, kind, name):
            yield said("why.item-met", id=name)


def _stands(answer: Assessment, condition: Expr, said: Wording) -> Iterator[str]:
    """How each thing that a condition speaks of stands."""
    for kind, name in named(condition, answer.rulebook):
        if kind == "fact":
            value = answer.situation.facts.get(name)
            if value is None:
                yield said("why.unknown", what=said.title(name))
            else:
                yield said.input(literal(name, value))
        elif kind == "waived":
            waived = name in answer.waived
            yield said("why.waived" if waived else "why.not-waived", id=name)
        else:
            met = _is_met(answer, kind, name)
            if kind == "evidence":
                yield said.input(name if met else f"not {name}")
            else:
                key = "unknown" if met is None else "met" if met else "unmet"
                yield said(f"why.item-{key}", id=name)


def unknown(answer: Assessment, item: ItemAnswer, said: Wording) -> Iterator[str]:
    """What is not known among what an item's status turns on."""
    entry, book, situation = answer.rulebook.items[item.id], answer.rulebook, answer.situation
    conditions = [entry.applies_when, *([entry.met_by] if entry.met_by else [])]
    conditions += [
        waiver.when
        for waiver in book.waivers.values()
        if waiver.id not in book.absent and item.id in book.listed(waiver.waives)
    ]
    names = [item.id] if item.id in situation.unknown else []
    for condition in conditions:
        for kind, name in named(condition, book):
            if (
                (kind == "fact" and situation.facts.get(name) is None)
                or (kind in ("evidence", "item") and _is_met(answer, kind, name) is None)
                or (
                    kind == "waived"
                    and name not in book.absent
                    and answer.item(name).obligation == "unknown"
                )
            ):
                names.append(name)
    return (said.title(name) for name in dict.fromkeys(names))
