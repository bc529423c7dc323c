"""The rows of a timeline's picture: what is held, until when, and by when to renew it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cloudrules.render import svg
from cloudrules.render.gantt import (
    BAR,
    BLUE,
    GREY,
    LABEL,
    RED,
    SIZE,
    Axis,
    aside,
    bar,
    caption,
    shape,
)
from cloudrules.render.pages.common import MARK
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.renewals import Renewal
    from cloudrules.core.service import Holding
    from cloudrules.core.timeline import Timeline

MOST = 60  # things held that have a row
LINES = 5  # of a name
TYPE = SIZE - 1
LEAST, PAD = 34, 9  # a row's height, and what it adds to its lines


@dataclass(frozen=True)
class Row:
    """Something held, with its name in lines."""

    name: str
    holding: Holding
    renewal: Renewal | None
    breaks: bool
    full: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return max(LEAST, len(self.lines) * TYPE * svg.LEADING + PAD)

    @property
    def endless(self) -> bool:
        return self.holding.until is None

    def beyond(self, axis: Axis) -> bool:
        """Whether it ends after the days that are shown."""
        return self.holding.until is not None and self.holding.until > axis.last


def rows(found: Timeline, said: Wording) -> list[Row]:
    """What is held, by when it ends; what has no end comes last."""
    held = found.case.situation.held
    order = sorted(held, key=lambda name: (held[name].until or date.max, not held[name].until))
    renewals = {each.id: each for each in found.renewals}
    breaks = {*found.losses.breaks, *found.losses.doubts}
    return [
        _row(name, held[name], renewals.get(name), name in breaks, said) for name in order[:MOST]
    ]


def _row(name: str, holding: Holding, renewal: Renewal | None, breaks: bool, said: Wording) -> Row:
    title = said.acquired(name)
    marks = ("▼ " if renewal else "") + ("● " if breaks else "")
    full = f"{title}: {said.of(holding.note)}" if holding.note else title
    lines = svg.wrapped(marks + title, LABEL, TYPE)
    if len(lines) > LINES:  # the id, that comes last or is told by the title, stays whole
        lines = [*svg.wrapped(marks + title, LABEL, TYPE, most=LINES - 1)]
        lines += svg.wrapped(f"({name})", LABEL, TYPE, most=1)
    return Row(name, holding, renewal, breaks, full, tuple(lines))


def drawn(row: Row, axis: Axis, y: float, said: Wording) -> Iterator[str]:
    """A row whose middle is at `y`."""
    due, until = row.renewal, row.holding.until
    weight = "bold" if due or row.breaks else "normal"
    yield caption(list(row.lines), y, row.full, TYPE, font_weight=weight)
    yield aside(_days(row, said), y, fill=RED if due else GREY)
    start, end = axis.at(axis.first), axis.at(until or axis.last)
    dashed = {"stroke_dasharray": "4 2"} if row.endless else {}
    yield bar(start, end, y, BLUE if row.breaks else "#fff", **dashed)
    if row.endless or row.beyond(axis):
        tip = (end, y - 6), (end + 9, y), (end, y + 6)
        yield shape(tip, "#fff" if row.endless else BLUE, BLUE)
    elif due:
        yield from _due(due, axis, y)


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
    yield shape(((x - 7, y - 13), (x + 7, y - 13), (x, y - 1)), RED, "#fff")


def _days(row: Row, said: Wording) -> list[str]:
    """By when to begin, where that is known, and the last day."""
    due, until = row.renewal, row.holding.until
    if until is None:
        return [said("no-end")]
    if due is None:
        return [f"→ {until}"]
    if due.start is None:
        begun = said("gantt.unknown")
    elif due.late:
        begun = said("gantt.late")
    else:
        begun = f"{due.start}{MARK if due.estimate else ''}"
    return [begun, f"→ {until}"]
