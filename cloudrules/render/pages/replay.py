"""What has changed since an answer was made: the program, the files, the answer."""

from __future__ import annotations

from shlex import join
from typing import TYPE_CHECKING

from cloudrules.render.blocks import (
    Block,
    Bullets,
    Heading,
    Pairs,
    Span,
    line,
    paragraph,
)
from cloudrules.render.pages import changes
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.receipt import Replay

# Faults that say that something is not there.
GONE = (
    "file-missing",
    "path-missing",
    "path-missing-here",
    "rulebook-unknown",
    "catalogue-unknown",
)


def page(found: Replay, language: str) -> list[Block]:
    said, then = Wording(language), found.then
    rows = [
        (said("report.program"), line(then.program)),
        (said("report.command"), line(join(["cloudrules", *then.command]))),
        (said("head.on"), line(str(then.on))),
    ]
    blocks: list[Block] = [
        Heading(line(said("receipt.title"))),
        Pairs(tuple(rows)),
        paragraph(_verdict(found, said)),
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


def _verdict(found: Replay, said: Wording) -> Span:
    if found.same is None:
        return Span(said("receipt.late" if found.answer else "receipt.pages"), "warn")
    return (
        Span(said("receipt.same"), "good") if found.same else Span(said("receipt.changed"), "bad")
    )


def _answer(found: Replay, said: Wording) -> list[Block]:
    if found.answer is None:
        code, where = found.fault
        why = said("receipt.gone" if code in GONE else "receipt.fault", code=code)
        return [paragraph(Span(said("receipt.answer-none", why=why, where=where), "bad"))]
    if found.answer:
        return [*changes.blocks(found.answer, said), *_document(found, said)]
    return [paragraph(said("receipt.answer-same")), *_document(found, said)]


def _document(found: Replay, said: Wording) -> list[Block]:
    """Whether the words of a document are those of its answer, or why that is not told."""
    if found.shown == "json":
        return []
    if found.document is not None:
        key = "receipt.document-same" if found.document else "receipt.document"
        return [paragraph(Span(said(key), "plain" if found.document else "bad"))]
    other = found.program != found.then.program
    pdf = "pdf-none" if found.fault[0] else "pdf"
    key = "program" if other else "files" if found.files else "answer" if found.answer else pdf
    return [paragraph(Span(said(f"receipt.document-{key}"), "warn"))]
