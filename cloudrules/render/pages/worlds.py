"""The verdict in every reading, or under several rulebooks."""

from __future__ import annotations

from collections.abc import Sequence

from cloudrules.core.assessment import World, Worlds
from cloudrules.core.rulebook import Rulebook
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Line,
    Span,
    line,
    paragraph,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.common import opening, unusual, verdict_tone
from cloudrules.render.wording import Wording

SHOWN = 20  # rows of the table


def page(answer: Worlds, head: Head, language: str) -> list[Block]:
    said = Wording(language, head.rulebooks)
    return [opening(head, said, readings=len(head.rulebooks) > 1), *blocks(answer, head, said)]


def blocks(answer: Worlds, head: Head, said: Wording) -> list[Block]:
    """The page without its opening."""
    several = len(head.rulebooks) > 1
    worlds = answer.worlds
    yes = sum(world.compliant is True for world in worlds)
    kind = "books" if several else "worlds"
    no = sum(world.compliant is False for world in worlds)
    counts = {"n": len(worlds), "yes": yes, "no": no, "open": len(worlds) - yes - no}
    text = said(f"{kind}.{answer.verdict or 'open'}", **counts)
    tone = verdict_tone({"always": True, "never": False}.get(answer.verdict or ""))
    found: list[Block] = [paragraph(Span(text, tone))]
    if answer.depends_on:
        found.append(Heading(line(said("worlds.depends"))))
        found.append(_options(answer, head, said))
    elif not several:
        found.append(paragraph(said("worlds.independent")))
    found.append(Heading(line(said("worlds.groups"))))
    return found + _groups(worlds, head, said)


def _options(answer: Worlds, head: Head, said: Wording) -> Bullets:
    """For each reading that the verdict turns on, how each option comes out."""
    entries: list[tuple[int, Line]] = []
    for name in answer.depends_on:
        found = head.reading(name)
        question = said.of(found.question, name) if found else name
        entries.append((0, (Span(said("titled", title=question, id=name), "strong"),)))
        for option in found.options if found else ():
            within = [world for world in answer.worlds if world.readings.get(name) == option.id]
            yes = sum(world.compliant is True for world in within)
            text = said("worlds.option", option=option.id, of=len(within), yes=yes)
            if unknown := sum(world.compliant is None for world in within):
                text = said("worlds.option-open", text=text, n=unknown)
            entries.append((1, line(text)))
            if option.because:
                entries.append((2, (Span(said.of(option.because), "dim"),)))
    return Bullets(tuple(entries))


def _groups(worlds: Sequence[World], head: Head, said: Wording) -> list[Block]:
    """The worlds together that have the same verdict for the same items, the most common first."""
    books: dict[str, Rulebook] = {book.id: book for book in head.rulebooks}
    groups: dict[tuple[str, bool | None, tuple[str, ...]], list[World]] = {}
    for world in worlds:
        groups.setdefault((world.rulebook, world.compliant, world.missing), []).append(world)
    rows: list[tuple[Line, ...]] = []
    for (name, compliant, missing), members in sorted(
        groups.items(), key=lambda pair: -len(pair[1])
    )[:SHOWN]:
        book = books.get(name)
        # The reading nearest to the default stands for the group.
        readings = min(
            (unusual(member.readings, [book] if book else []) for member in members), key=len
        )
        example = said.listed(f"{reading}={option}" for reading, option in readings.items())
        key = "open" if compliant is None else "yes" if compliant else "no"
        cells: tuple[Line, ...] = (
            line(str(len(members))),
            (Span(said(f"whatif.{key}"), verdict_tone(compliant)),),
            line((said.ids(missing, book) if book else said.listed(missing)) or said("none")),
            line(example or said("all-default")),
        )
        rows.append((line(name), *cells) if len(books) > 1 else cells)
    columns: tuple[Column, ...] = (
        Column(said("col.readings"), right=True),
        Column(said("col.verdict")),
        Column(said("col.missing"), "wrap"),
        Column(said("col.example"), "wrap"),
    )
    if len(books) > 1:
        columns = (Column(said("col.rulebook"), "wrap"), *columns)
    blocks: list[Block] = [Grid(columns, tuple(rows))]
    if len(groups) > SHOWN:
        blocks.append(paragraph(said("more-rows", n=len(groups) - SHOWN)))
    return blocks
