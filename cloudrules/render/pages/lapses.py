"""What need not be renewed, and why: what may lapse, makes no difference, or is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudrules.core.lapses import USELESS
from cloudrules.render.blocks import Block, Bullets, Heading, line, paragraph
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.lapses import Lapse
    from cloudrules.core.timeline import Timeline


def lapses(found: Timeline, said: Wording) -> list[Block]:
    """Only what may lapse without harm is said to: each other kind has a heading of its own."""
    groups = {"lapse": [each for each in found.may_lapse if each.why not in USELESS]}
    for why in USELESS:
        groups[why] = [each for each in found.may_lapse if each.why == why]
    blocks: list[Block] = []
    for key, several in groups.items():
        if not several:
            continue
        blocks.append(Heading(line(said(f"timeline.{key}")), 2))
        if key == "lapse" and found.renewals:
            blocks.append(paragraph(said("timeline.lapse-given")))
        blocks.append(Bullets(tuple((0, line(_why(each, said))) for each in several)))
    return blocks


def _why(each: Lapse, said: Wording) -> str:
    what = said.acquired(each.id)
    if each.why == "covered":
        key = "if" if each.last == each.until else "covered"
        cover, n = said.listed(each.covered_by), len(each.covered_by)
        return said(
            f"timeline.lapse-{key}", what=what, until=each.until, cover=cover, last=each.last, n=n
        )
    if each.undecided_by:
        inputs = said.listed(said.title(name) for name in each.undecided_by)
        return said("timeline.lapse-turns", what=what, until=each.until, inputs=inputs)
    return said(f"timeline.lapse-{each.why}", what=what, until=each.until)
