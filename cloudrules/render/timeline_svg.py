"""A timeline as a picture: a strip of the verdict over the days, a bar for each thing held.

What a colour says is also said by a mark or a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cloudrules.core.course import after
from cloudrules.render import svg
from cloudrules.render.gantt import (
    ACROSS,
    AXIS,
    BAR,
    BLUE,
    EDGE,
    GREY,
    LABEL,
    LEFT,
    PALE,
    RED,
    SIZE,
    SMALL,
    Axis,
    aside,
    caption,
    point,
)
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK
from cloudrules.render.pages.timeline import summary, word
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.course import Standing
    from cloudrules.core.renewals import Renewal
    from cloudrules.core.timeline import Timeline

MOST = 60  # things held that have a row
ROW, STRIP = 40, 44
DATE = 72  # how wide a date is, with some room
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
    parts = [svg.block(EDGE, 32, lines, 16, title, font_weight="bold")]
    y = 32 + len(lines) * 16 * svg.LEADING
    told = svg.wrapped(summary(found, said).text, ACROSS - 2 * EDGE, SIZE)
    parts.append(svg.block(EDGE, y, told, SIZE))
    top = y + len(told) * SIZE * svg.LEADING + 40
    axis = _axis(found)
    names = _rows(found)
    first = top + STRIP + 14
    below = first + ROW * len(names)
    parts += _grid(axis, top, below, found)
    parts += _strip(axis, top, found, said)
    for at, name in enumerate(names):
        parts += _row(name, axis, first + ROW * (at + 0.5), found, said)
    y = below + 24
    if rest := len(found.case.situation.held) - len(names):
        parts.append(svg.text(EDGE, y, said("timeline.rows-cut", n=rest), SMALL))
        y += SMALL * 1.6
    for legend in _legend(found, names, said):
        parts.append(svg.text(EDGE, y, legend, SMALL, fill=GREY))
        y += SMALL * 1.6
    return svg.picture(ACROSS, round(y + EDGE), title, parts)


def _axis(found: Timeline) -> Axis:
    """To the last day, and some way beyond where it is known that nothing changes there."""
    days = (found.until - found.on).days
    beyond = max(days // 8, 31) if found.settled else 31 if days < 31 else 1
    last = min(found.until.toordinal() + beyond, date.max.toordinal())
    return Axis(found.on, date.fromordinal(last))


def _rows(found: Timeline) -> list[str]:
    """What is held, by when it ends; what has no end comes last."""
    held = found.case.situation.held
    order = sorted(held, key=lambda name: (held[name].until or date.max, not held[name].until))
    return order[:MOST]


def _grid(axis: Axis, top: float, below: float, found: Timeline) -> Iterator[str]:
    for x, name in axis.months():
        yield svg.element("line", x1=x, y1=top - 6, x2=x, y2=below, stroke=PALE)
        yield svg.text(x, top - 24, name, SMALL, fill=GREY, text_anchor="middle")
    rows = round((below - top - STRIP - 14) / ROW)
    for at in range(rows + 1):
        y = top + STRIP + 14 + ROW * at
        yield svg.element("line", x1=EDGE, y1=y, x2=LEFT + AXIS, y2=y, stroke="#eee")
    yield from _marks(axis, top, below, found)


def _marks(axis: Axis, top: float, below: float, found: Timeline) -> Iterator[str]:
    """A line on each day on which the verdict or the rules change, with its date if it has room."""
    taken: list[float] = []
    shown = [event for event in found.events if event.turns or event.of_rules]
    for event in sorted(shown, key=lambda event: not event.turns):
        x = axis.at(event.on)
        dashes = "6 3" if event.turns else "2 3"
        ends = {"x1": x, "y1": top - 6, "x2": x, "y2": below}
        yield svg.element("line", **ends, stroke="#222", stroke_dasharray=dashes)
        place = min(x, LEFT + AXIS - DATE / 2)
        if all(abs(place - other) >= DATE for other in taken):
            yield svg.text(place, top - 10, str(event.on), SMALL, text_anchor="middle")
            taken.append(place)


def _strip(axis: Axis, top: float, found: Timeline, said: Wording) -> Iterator[str]:
    """The verdict between the days on which something changes."""
    yield caption([said("timeline.strip")], top + STRIP / 2, "", SIZE, font_weight="bold")
    known: list[tuple[date, Standing | None]] = [(found.on, found.start)]
    known += [(event.on, event.after) for event in found.events]
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
        fill, edge = SEGMENTS[word(standing.compliant) if standing else "no-rules"]
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
        yield from _inside(start, across, top, _said(standing, said), edge)


def _said(standing: Standing | None, said: Wording) -> list[str]:
    """The verdict, and how many items are exempt."""
    if standing is None:
        return [said("timeline.no-rules")]
    exempt = said("timeline.exempt-count", n=len(standing.waived))
    return [said(f"timeline.{word(standing.compliant)}"), exempt]


def _inside(x: float, across: float, top: float, lines: list[str], edge: str) -> Iterator[str]:
    """As much as there is room for: both lines, the verdict, or its mark alone."""
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


def _row(name: str, axis: Axis, y: float, found: Timeline, said: Wording) -> Iterator[str]:
    holding = found.case.situation.held[name]
    renewal = next((each for each in found.renewals if each.id == name), None)
    breaks = name in (*found.losses.breaks, *found.losses.doubts)
    title = said.acquired(name)
    marks = ("▼ " if renewal else "") + ("● " if breaks else "")
    weight = "bold" if renewal or breaks else "normal"
    full = f"{title}: {said.of(holding.note)}" if holding.note else title
    lines = svg.wrapped(marks + title, LABEL, SIZE - 1, most=2)
    yield caption(lines, y, full, SIZE - 1, font_weight=weight)
    yield aside(_days(renewal, holding.until, said), y, fill=RED if renewal else GREY)
    start, end = axis.at(found.on), axis.at(holding.until or axis.last)
    yield svg.element(
        "rect",
        x=start,
        y=y - BAR / 2,
        width=max(end - start, 2),
        height=BAR,
        rx=2,
        fill=BLUE if breaks else "#fff",
        stroke=BLUE,
        stroke_width=1.5,
        **({} if holding.until else {"stroke_dasharray": "4 2"}),
    )
    if holding.until is None or holding.until > axis.last:
        tip = f"{point(end, y - 6)} {point(end + 9, y)} {point(end, y + 6)}"
        yield svg.element("polygon", points=tip, fill=BLUE)
    elif renewal:
        yield from _due(renewal, axis, y)


def _due(renewal: Renewal, axis: Axis, y: float) -> Iterator[str]:
    """A mark where it ends, and a line from the day on which its renewal has to begin."""
    x, under = axis.at(renewal.until), y + BAR / 2 + 5
    if renewal.start is not None:
        yield svg.element(
            "line",
            x1=axis.at(renewal.start),
            y1=under,
            x2=x,
            y2=under,
            stroke=RED,
            stroke_width=2,
            stroke_dasharray="4 2",
        )
    tip = f"{point(x - 7, y - 13)} {point(x + 7, y - 13)} {point(x, y - 1)}"
    yield svg.element("polygon", points=tip, fill=RED, stroke="#fff")


def _days(renewal: Renewal | None, until: date | None, said: Wording) -> list[str]:
    """By when to begin, where that is known, and the last day."""
    if until is None:
        return [said("no-end")]
    if renewal is None:
        return [f"→ {until}"]
    if renewal.start is None:
        begun = said("gantt.unknown")
    elif renewal.late:
        begun = said("gantt.late")
    else:
        begun = f"{renewal.start}{MARK if renewal.estimate else ''}"
    return [begun, f"→ {until}"]


def _legend(found: Timeline, names: list[str], said: Wording) -> Iterator[str]:
    """What the marks that there are mean."""
    if found.renewals:
        yield said("timeline.legend-renew")
    if any(name in names for name in (*found.losses.breaks, *found.losses.doubts)):
        yield said("timeline.legend-break")
    if any(not found.case.situation.held[name].until for name in names):
        yield said("timeline.legend-endless")
    if any(event.turns for event in found.events):
        yield said("timeline.legend-turn")
    if any(event.of_rules and not event.turns for event in found.events):
        yield said("timeline.legend-rules")
    if any(each.estimate for each in found.renewals):
        yield said("gantt.estimate")
