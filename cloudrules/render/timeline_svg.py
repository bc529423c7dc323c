"""A timeline as a picture: a strip of the verdict over the days, a bar for each thing held.

What a colour says is also said by a mark or a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from cloudrules.core.course import after
from cloudrules.render import svg
from cloudrules.render.gantt import (
    ACROSS,
    AXIS,
    EDGE,
    GREY,
    LEFT,
    PALE,
    RED,
    SIZE,
    SMALL,
    Axis,
    aside,
    caption,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.timeline import headline, summary, word
from cloudrules.render.timeline_rows import Row, drawn, rows
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.course import Standing
    from cloudrules.core.timeline import Timeline

STRIP, UNDER = 44, 14  # the height of the strip, and of the room below it
DATE = 72  # how wide a date is, with some room
BAND = 4
BANDS = {"no": STRIP - BAND, "unknown": 0}  # where in the strip a verdict has a band
VERDICTS = ("yes", "no", "unknown")
SEGMENTS = {  # fill, edge
    "yes": ("#d7ecdc", "#2c6e49"),
    "no": ("#f6d9d6", RED),
    "unknown": ("#f0f0f0", GREY),
    "no-rules": ("#fff", GREY),
}


def timeline(found: Timeline, head: Head, language: str) -> str:
    said = Wording(language, (found.start.rulebook,))
    service = said.of(head.service.service)
    title = said("timeline.title", service=service, on=found.on, until=found.until)
    lines = svg.wrapped(title, ACROSS - 2 * EDGE, 16, most=2)
    parts = [svg.element("desc", svg.words(_described(found, said)))]
    parts.append(svg.block(EDGE, 32, lines, 16, title, font_weight="bold"))
    y = 32 + len(lines) * 16 * svg.LEADING
    told = svg.wrapped(summary(found, said).text, ACROSS - 2 * EDGE, SIZE)
    parts.append(svg.block(EDGE, y, told, SIZE))
    top = y + len(told) * SIZE * svg.LEADING + 40
    axis = _axis(found)
    shown = rows(found, said)
    edges = list(accumulate((row.height for row in shown), initial=top + STRIP + UNDER))
    below = edges[-1]
    parts += _grid(axis, top, edges, found, said)
    parts += _strip(axis, top, found, said)
    for row, edge in zip(shown, edges, strict=False):
        parts += drawn(row, axis, edge + row.height / 2, said)
    y = below + 24
    if rest := len(found.case.situation.held) - len(shown):
        parts.append(svg.text(EDGE, y, said("timeline.rows-cut", n=rest), SMALL))
        y += SMALL * 1.6
    for legend in _legend(found, shown, axis, said):
        parts.append(svg.text(EDGE, y, legend, SMALL, fill=GREY))
        y += SMALL * 1.6
    return svg.picture(ACROSS, round(y + EDGE), title, parts)


def _described(found: Timeline, said: Wording) -> str:
    """The picture in words, for those who do not see it."""
    due = (
        said("timeline.due", what=said.acquired(each.id), date=each.until)
        for each in found.renewals
    )
    told = (headline(event, said) for event in found.events)
    return "\n".join((summary(found, said).text, *told, *due))


def _axis(found: Timeline) -> Axis:
    """To the last day, and some way beyond where it is known that nothing changes there."""
    days = (found.until - found.on).days
    beyond = max(days // 8, 31) if found.settled else 31 if days < 31 else 1
    last = min(found.until.toordinal() + beyond, date.max.toordinal())
    return Axis(found.on, date.fromordinal(last))


def _grid(
    axis: Axis, top: float, edges: list[float], found: Timeline, said: Wording
) -> Iterator[str]:
    for x, name in axis.months():
        yield svg.element("line", x1=x, y1=top - 6, x2=x, y2=edges[-1], stroke=PALE)
        yield svg.text(x, top - 24, name, SMALL, fill=GREY, text_anchor="middle")
    for y in edges:
        yield svg.element("line", x1=EDGE, y1=y, x2=LEFT + AXIS, y2=y, stroke="#eee")
    heads = [said("col.begin"), f"→ {said('timeline.last-day')}"]
    yield aside(heads, top + STRIP / 2)
    yield from _marks(axis, top, edges[-1], found, said)


def _marks(axis: Axis, top: float, below: float, found: Timeline, said: Wording) -> Iterator[str]:
    """A line on each day on which the verdict or the rules change, with its date if it has room."""
    taken: list[float] = []
    shown = [event for event in found.events if event.turns or event.of_rules]
    for event in sorted(shown, key=lambda event: not event.turns):
        x = axis.at(event.on)
        dashes = "6 3" if event.turns else "2 3"
        ends = {"x1": x, "y1": top - 6, "x2": x, "y2": below}
        told = svg.element("title", svg.words(headline(event, said)))
        yield svg.element("line", told, **ends, stroke="#222", stroke_dasharray=dashes)
        place = min(x, LEFT + AXIS - DATE / 2)
        if all(abs(place - other) >= DATE for other in taken):
            yield svg.text(place, top - 10, str(event.on), SMALL, text_anchor="middle")
            taken.append(place)


def _strip(axis: Axis, top: float, found: Timeline, said: Wording) -> Iterator[str]:
    """The verdict between the days on which something changes."""
    yield caption([said("timeline.strip")], top + STRIP / 2, "", SIZE, font_weight="bold")
    known = list(zip(_days(found), _standings(found), strict=True))
    merged = [known[0]]
    for day, standing in known[1:]:
        if _said(standing, said) != _said(merged[-1][1], said):
            merged.append((day, standing))
    last = axis.last  # beyond the last day nothing is said, unless nothing changes there
    if not found.settled:
        last = min(last, after(found.until) or last)
    ends = [*(day for day, _ in merged[1:]), last]
    for (day, standing), end in zip(merged, ends, strict=True):
        start, stop = axis.at(day), axis.at(end)
        across = max(stop - start, 2)
        verdict = word(standing.compliant) if standing else "no-rules"
        fill, edge = SEGMENTS[verdict]
        yield svg.element(
            "rect",
            *[svg.element("title", svg.words(f"{day}: {' '.join(_said(standing, said))}"))],
            x=start,
            y=top,
            width=across,
            height=STRIP,
            fill=fill,
            stroke=edge,
        )
        if verdict in BANDS:  # seen where a block is too narrow for a mark
            y = top + BANDS[verdict]
            yield svg.element("rect", x=start, y=y, width=across, height=BAND, fill=edge)
        yield from _inside(start, across, top, _said(standing, said), edge)


def _days(found: Timeline) -> list[date]:
    return [found.on, *(event.on for event in found.events)]


def _standings(found: Timeline) -> list[Standing | None]:
    """What is answered from each of the days on."""
    return [found.start, *(event.after for event in found.events)]


def _said(standing: Standing | None, said: Wording) -> list[str]:
    """The verdict, and how many items are exempt."""
    if standing is None:
        return [said("timeline.no-rules")]
    exempt = said("timeline.exempt-count", n=len(standing.waived))
    return [said(f"timeline.{word(standing.compliant)}"), exempt]


def _inside(x: float, across: float, top: float, lines: list[str], edge: str) -> Iterator[str]:
    """As much as there is room for: both lines, the verdict, its mark, or nothing."""
    if max(svg.width(each, SIZE) for each in lines) > across - 6:
        lines = lines[:1]
    if svg.width(lines[0], SIZE) > across - 6:
        lines = [lines[0][0]] if lines[0][0] in "○×?" else []
    if not lines or svg.width(lines[0], SIZE) > across:
        return
    middle = top + STRIP / 2 + SIZE * 0.35 - (len(lines) - 1) * SIZE * svg.LEADING / 2
    for at, each in enumerate(lines):
        y = middle + at * SIZE * svg.LEADING
        weight = "normal" if at else "bold"
        anchor = {"text_anchor": "middle", "font_weight": weight, "fill": edge}
        yield svg.text(x + across / 2, y, each, SIZE, **anchor)


def _legend(found: Timeline, shown: list[Row], axis: Axis, said: Wording) -> Iterator[str]:
    """What the marks that there are mean."""
    verdicts = {word(each.compliant) for each in _standings(found) if each}
    yield said.listed(said(f"timeline.legend-{each}") for each in VERDICTS if each in verdicts)
    if found.renewals:
        yield said("timeline.legend-renew")
    if any(row.breaks for row in shown):
        yield said("timeline.legend-break")
    if any(row.beyond(axis) for row in shown):
        yield said("timeline.legend-beyond")
    if any(row.endless for row in shown):
        yield said("timeline.legend-endless")
    if any(event.turns for event in found.events):
        yield said("timeline.legend-turn")
    if any(event.of_rules and not event.turns for event in found.events):
        yield said("timeline.legend-rules")
    if any(each.estimate for each in found.renewals):
        yield said("gantt.estimate")
