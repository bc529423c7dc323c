"""What each of several rulebooks needs of a plan, those of equal needs together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cloudrules.render.blocks import Block, Column, Grid, Heading, line, paragraph
from cloudrules.render.head import Head
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.needs import Needs

SHOWN = 20  # rows of the table
NAMED = 3  # rulebooks of a row


def section(worlds: Sequence[Needs], head: Head, said: Wording) -> list[Block]:
    groups: dict[tuple[str, ...] | None, list[str]] = {}
    for world in worlds:
        groups.setdefault(world.needs, []).append(world.rulebook)
    ranked = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    columns = (
        Column(said("col.rulebooks"), right=True),
        Column(said("col.needs"), "wrap"),
        Column(said("col.namely"), "wrap"),
    )
    rows = tuple(
        (
            line(str(len(names))),
            line(_needed(needs, head, said)),
            line(some(names, said)),
        )
        for needs, names in ranked[:SHOWN]
    )
    blocks: list[Block] = [Heading(line(said("needs")), 2), Grid(columns, rows)]
    if len(ranked) > SHOWN:
        blocks.append(paragraph(said("more-rows", n=len(ranked) - SHOWN)))
    return blocks


def _needed(needs: tuple[str, ...] | None, head: Head, said: Wording) -> str:
    if needs is None:
        return said("needs.unknown")
    return said.ids(needs, head.rulebooks[0]) or said("none")


def some(names: Iterable[str], said: Wording) -> str:
    """The first few names, and how many there are besides."""
    listed = list(names)
    if len(listed) <= NAMED + 1:
        return said.listed(listed)
    rest = len(listed) - NAMED
    return said("and-more", names=said.listed(listed[:NAMED]), n=rest)
