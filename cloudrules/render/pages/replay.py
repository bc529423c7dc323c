"""What has changed since an answer was made: the program, the files, the answer."""

from __future__ import annotations

import json
from shlex import join
from typing import TYPE_CHECKING, Any

from cloudrules.core.receipt import NOTHING
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Pairs,
    Span,
    line,
    paragraph,
)
from cloudrules.render.clean import brief
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.receipt import Replay

SHOWN = 40  # differences
LONGEST = 80  # characters of a value


def page(found: Replay, language: str) -> list[Block]:
    said, then = Wording(language), found.then
    verdict = Span(said("receipt.same"), "good") if found.same else None
    rows = [
        (said("report.program"), line(then.program)),
        (said("report.command"), line(join(["cloudrules", *then.command]))),
        (said("head.on"), line(str(then.on))),
    ]
    blocks: list[Block] = [
        Heading(line(said("receipt.title"))),
        Pairs(tuple(rows)),
        paragraph(verdict or Span(said("receipt.changed"), "bad")),
    ]
    if found.program != then.program:
        text = said("receipt.program-other", then=then.program, now=found.program)
        blocks.append(paragraph(Span(text, "warn")))
    blocks.append(Heading(line(said("receipt.files")), 2))
    if found.files:
        told = (f"{name}: {said(f'receipt.{change}')}" for name, change in found.files)
        blocks.append(Bullets(tuple((0, line(each)) for each in told)))
    else:
        blocks.append(paragraph(said("receipt.files-same", n=len(then.files))))
    blocks.append(Heading(line(said("receipt.answer")), 2))
    return blocks + _answer(found, said)


def _answer(found: Replay, said: Wording) -> list[Block]:
    if found.answer is None:
        code, where = found.fault
        return [paragraph(Span(said("receipt.answer-none", code=code, where=where), "bad"))]
    if not found.answer:
        blocks: list[Block] = [paragraph(said("receipt.answer-same"))]
        if found.document is not None:
            key = "receipt.document-same" if found.document else "receipt.document"
            blocks.append(paragraph(Span(said(key), "plain" if found.document else "bad")))
        elif found.shown == "pdf":
            blocks.append(paragraph(Span(said("receipt.document-pdf"), "warn")))
        return blocks
    columns = (
        Column(said("receipt.col.what"), "wrap"),
        Column(said("receipt.col.then"), "wrap"),
        Column(said("receipt.col.now"), "wrap"),
    )
    rows = tuple(
        (line(each.at), line(_shown(each.then, said)), line(_shown(each.now, said)))
        for each in found.answer[:SHOWN]
    )
    grid = Grid(columns, rows)
    rest = len(found.answer) - SHOWN
    return [grid, paragraph(said("receipt.more", n=rest))] if rest > 0 else [grid]


def _shown(value: Any, said: Wording) -> str:
    if value is NOTHING:
        return said("receipt.nothing")
    return brief(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), LONGEST
    )
