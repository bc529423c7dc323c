"""What changed in the words of a rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cloudrules.render import rewording
from cloudrules.render.blocks import Block, Bullets, Heading, Line, Span, line, paragraph
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.revision import Revision

_KINDS = {
    "rulebook": "diff.rulebook",
    "item": "diff.item",
    "waiver": "diff.waiver",
    "fact": "diff.fact",
    "evidence": "diff.evidence",
    "reading": "diff.reading-kind",
}


def revisions(changes: Sequence[Revision], said: Wording) -> Iterator[Block]:
    """Kind by kind, each entry with the fields that differ."""
    yield Heading(line(said("diff.words-title")))
    if not changes:
        yield paragraph(said("diff.words-none"))
        return
    if any(each.edited for each in changes):
        yield paragraph(Span(said("diff.legend"), "dim"))
    for kind, title in _KINDS.items():
        entries = [entry for each in changes if each.kind == kind for entry in _entries(each, said)]
        if entries:
            yield Heading(line(said(title)), 2)
            yield Bullets(tuple(entries))


def _entries(each: Revision, said: Wording) -> Iterator[tuple[int, Line]]:
    name, other = each.a or each.b or "", each.b or ""
    if each.change in ("added", "removed"):
        text = said.of(each.text)
        key = f"diff.{each.change}-text" if text else f"diff.{each.change}"
        yield 0, (Span(said(key, id=name), "good" if each.a is None else "bad"), Span(text))
        return
    yield 0, (Span(said(f"diff.{each.change}", id=name, other=other), "strong"),)
    for one in each.edited:
        yield 1, (Span(said("diff.field", field=one.field)), *rewording.line(one.a, one.b))
