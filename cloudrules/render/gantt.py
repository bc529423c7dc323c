"""A schedule as a picture: a bar for each step over the months, renewals as marks below them.

What a colour says is also said by a mark: the critical steps have a filled bar and a dot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cloudrules.render import svg
from cloudrules.render.head import Head
from cloudrules.render.pages.common import MARK
from cloudrules.render.pages.plan import ending
from cloudrules.render.pages.schedule import (
    caveats,
    days,
    estimated,
    finish,
    notes,
    otherwise,
    thing,
    until,
)
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.calendar import Schedule, ScheduledStep
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.renewals import Renewal

EDGE, LABEL, DATES, AXIS, GAP = 20, 330, 110, 560, 12  # the columns of the picture
LEFT = EDGE + LABEL + GAP + DATES + GAP
ACROSS = LEFT + AXIS + 2 * EDGE
SIZE, SMALL = 13, 11
ROW, BAR = 44, 16
BLUE, RED, GREY, PALE = "#1d4e89", "#a3261e", "#666", "#ddd"
TICKS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 120000)


@dataclass(frozen=True)
class Axis:
    """Days from left to right."""

    first: date
    last: date

    def at(self, day: date) -> float:
        day = min(max(day, self.first), self.last)
        return LEFT + AXIS * (day - self.first).days / max((self.last - self.first).days, 1)

    def months(self) -> Iterator[tuple[float, str]]:
        """Where months begin, as many as have room, and how they are called."""
        count = (self.last - self.first).days / 30.4
        every = next(each for each in TICKS if each * AXIS >= count * 60)
        at = self.first.year * 12 + self.first.month - (self.first.day == 1)
        last = self.last.year * 12 + self.last.month - 1
        for month in range(-(-at // every) * every, last + 1, every):
            year, rest = divmod(month, 12)
            day = date(year, rest + 1, 1)
            yield self.at(day), str(year) if every % 12 == 0 else f"{year}-{rest + 1:02}"


def schedule(found: Schedule, answer: PlanAnswer, head: Head, language: str) -> str:
    """The schedule of the first plan of an answer."""
    said = Wording(language, head.rulebooks)
    service = said.of(head.service.service)
    title = said("gantt.title", service=service)
    lines = svg.wrapped(title, ACROSS - 2 * EDGE, 16, most=2)
    parts = [svg.block(EDGE, 32, lines, 16, title, font_weight="bold")]
    y = 32 + len(lines) * 16 * svg.LEADING
    status = svg.wrapped(_status(found, head, said), ACROSS - 2 * EDGE, SIZE)
    parts.append(svg.block(EDGE, y, status, SIZE, fill="#222" if found.compliant_on else RED))
    y += len(status) * SIZE * svg.LEADING
    told = [] if answer.status == "optimal" else [ending(answer, said).text]
    for note in (
        *told,
        *notes(found, head, said),
        *caveats(answer, answer.plans[0], said),
    ):
        lines = svg.wrapped(note, ACROSS - 2 * EDGE, SMALL)
        parts.append(svg.block(EDGE, y, lines, SMALL, fill=GREY))
        y += len(lines) * SMALL * svg.LEADING
    top = y + 30
    axis = _axis(found, head.on)
    middle = {step.id: top + ROW * (at + 0.5) for at, step in enumerate(_rows(found.steps))}
    below = top + ROW * (len(found.steps) + len(found.renewals))
    parts += _grid(axis, top, below, found, said)
    parts += (each for step in found.steps for each in _arrows(step, found, axis, middle))
    for step in found.steps:
        parts += _step(step, found, axis, middle[step.id], said)
    for at, renewal in enumerate(found.renewals, len(found.steps)):
        parts += _renewal(renewal, axis, top + ROW * (at + 0.5), head, said)
    y = below + 24
    for legend in _legend(found, said):
        parts.append(svg.text(EDGE, y, legend, SMALL, fill=GREY))
        y += SMALL * 1.6
    if found.next_renewals:
        y += 8
        parts.append(svg.text(EDGE, y, said("gantt.next"), SMALL, font_weight="bold"))
        for each in found.next_renewals:
            row = said("gantt.next-row", what=thing(each, said), until=until(each))
            lines = svg.wrapped(row, ACROSS - 2 * EDGE, SMALL, most=2)
            y += SMALL * 1.6
            parts.append(svg.block(EDGE, y, lines, SMALL, row))
            y += (len(lines) - 1) * SMALL * svg.LEADING
    return svg.picture(ACROSS, round(y + EDGE), title, parts)


def _rows(steps: Sequence[ScheduledStep]) -> list[ScheduledStep]:
    """The steps from top to bottom: each below the last of those that it waits for."""
    waiting: dict[str, list[ScheduledStep]] = {}
    for step in steps:
        before = [each for each in steps if each.id in step.after and each.finish <= step.start]
        last = max(before, key=lambda each: (each.finish, each.id), default=None)
        waiting.setdefault(last.id if last else "", []).append(step)
    found: list[ScheduledStep] = []
    stack = waiting.get("", [])[::-1]
    while stack:
        found.append(stack.pop())
        stack += waiting.get(found[-1].id, [])[::-1]
    return found


def _status(found: Schedule, head: Head, said: Wording) -> str:
    end = finish(found)
    for key, items in (("gantt.not", found.missing), ("gantt.undecided", found.undecided)):
        if items:
            what = said.ids(items, head.rulebooks[0])
            return said(key, start=found.start, finish=end, what=what)
    key = "gantt.outdated" if found.outdated else "gantt.compliant"
    return said(key, start=found.start, finish=end)


def _axis(found: Schedule, today: date) -> Axis:
    shown = [found.start, found.finish, *(each.until for each in found.renewals)]
    # What should have begun before today is shown from today on.
    shown += [max(each.start, today) for each in found.renewals if each.start]
    first, last = min(shown), max(shown)
    if (last - first).days < 31:  # a month at least
        first = date.fromordinal(max(first.toordinal() - 3, 1))
        last = date.fromordinal(min(first.toordinal() + 31, date.max.toordinal()))
    return Axis(first, last)


def _grid(axis: Axis, top: float, below: float, found: Schedule, said: Wording) -> Iterator[str]:
    for x, name in axis.months():
        yield svg.element("line", x1=x, y1=top - 6, x2=x, y2=below, stroke=PALE)
        yield svg.text(x, top - 10, name, SMALL, fill=GREY, text_anchor="middle")
    rows = len(found.steps) + len(found.renewals)
    for at in range(rows + 1):
        y = top + ROW * at
        yield svg.element("line", x1=EDGE, y1=y, x2=LEFT + AXIS, y2=y, stroke="#eee")
    start, x = axis.at(found.start), axis.at(found.finish)
    if x - start > 2 * DATES:  # room for both
        yield svg.element("line", x1=start, y1=top - 6, x2=start, y2=below + 4, stroke="#222")
        yield svg.text(start, top - 24, f"{said('schedule.start')} {found.start}", SMALL)
    yield svg.element(
        "line", x1=x, y1=top - 6, x2=x, y2=below + 4, stroke="#222", stroke_dasharray="6 3"
    )
    label = f"{said('gantt.done')} {finish(found)}"
    anchor = "end" if x > LEFT + AXIS / 2 else "start"
    yield svg.text(x, top - 24, label, SMALL, font_weight="bold", text_anchor=anchor)


def _step(
    step: ScheduledStep, found: Schedule, axis: Axis, y: float, said: Wording
) -> Iterator[str]:
    name = said.acquired(step.id)
    lines = svg.wrapped(("● " if step.critical else "") + name, LABEL, SIZE, most=2)
    weight = "bold" if step.critical else "normal"
    yield caption(lines, y, name, SIZE, font_weight=weight)
    first, last = days(step, found.start)
    yield aside([last] if step.start == step.finish else [first, f"→ {last}"], y)
    start, end = axis.at(step.start), axis.at(step.finish)
    fill = BLUE if step.critical else "#fff"
    if not step.critical:
        late = axis.at(found.finish)
        months = (found.finish.year - step.finish.year) * 12 + found.finish.month
        if step.slack < months - step.finish.month:
            late = end + (late - end) * step.slack / (months - step.finish.month)
        yield svg.element("line", x1=end, y1=y, x2=late, y2=y, stroke=BLUE, stroke_dasharray="2 3")
    if step.start == step.finish:
        corners = ((start, y - 8), (start + 8, y), (start, y + 8), (start - 8, y))
        yield shape(corners, fill, BLUE, stroke_width=1.5)
    else:
        yield bar(start, end, y, fill)


def _arrows(
    step: ScheduledStep, found: Schedule, axis: Axis, middle: dict[str, float]
) -> Iterator[str]:
    """From the end of each step that is required first, and done by then, to this one's start."""
    for other in found.steps:
        if other.id in step.after and other.finish <= step.start:
            down = middle[step.id] > middle[other.id]
            x = axis.at(step.start) + (0 if step.start == step.finish else 6)
            y = middle[step.id] - (BAR / 2 + 1) * (1 if down else -1)
            path = f"M {point(axis.at(other.finish), middle[other.id])} H {svg.number(x)}"
            path += f" V {svg.number(y)}"
            yield svg.element("path", d=path, fill="none", stroke=GREY, stroke_width=1.2)
            back = y - (6 if down else -6)
            points = f"{point(x, y)} {point(x - 3.5, back)} {point(x + 3.5, back)}"
            yield svg.element("polygon", points=points, fill=GREY)


def _renewal(each: Renewal, axis: Axis, y: float, head: Head, said: Wording) -> Iterator[str]:
    name = thing(each, said)
    lines = svg.wrapped("▼ " + name, LABEL, SIZE, most=2)
    yield caption(lines, y, f"{name}: {otherwise(each, head, said)}", SIZE, fill=RED)
    if each.start is None:
        begun = said("gantt.unknown")
    elif each.late:
        begun = said("gantt.late")
    else:
        begun = f"{each.start}{MARK if each.estimate else ''}"
    yield aside([begun, f"→ {until(each)}"], y, fill=RED)
    x = axis.at(each.until)
    if each.start is not None:
        yield svg.element(
            "line", x1=axis.at(each.start), y1=y, x2=x, y2=y, stroke=RED, stroke_width=2
        )
    points = f"{point(x - 7, y - 6)} {point(x + 7, y - 6)} {point(x, y + 7)}"
    yield svg.element("polygon", points=points, fill=RED)


def bar(start: float, end: float, y: float, fill: str, **attributes: str) -> str:
    """A bar whose middle is at `y`, wide enough to be seen."""
    across = max(end - start, 2)
    edge: dict[str, str | float] = {"stroke": BLUE, "stroke_width": 1.5, **attributes}
    return svg.element(
        "rect", x=start, y=y - BAR / 2, width=across, height=BAR, rx=2, fill=fill, **edge
    )


def shape(corners: Iterable[tuple[float, float]], fill: str, edge: str, **attributes: float) -> str:
    points = " ".join(point(*corner) for corner in corners)
    return svg.element("polygon", points=points, fill=fill, stroke=edge, **attributes)


def caption(lines: list[str], y: float, full: str, size: float, **attributes: str) -> str:
    """Lines whose middle is at `y`."""
    first = y + size * 0.35 - (len(lines) - 1) * size * svg.LEADING / 2
    return svg.block(EDGE, first, lines, size, full, **attributes)


def aside(lines: list[str], y: float, **attributes: str) -> str:
    """Dates in the column beside the captions."""
    first = y + SMALL * 0.35 - (len(lines) - 1) * SMALL * svg.LEADING / 2
    return svg.block(EDGE + LABEL + GAP, first, lines, SMALL, **{"fill": GREY, **attributes})


def _legend(found: Schedule, said: Wording) -> Iterator[str]:
    """What the marks that there are mean."""
    if any(step.critical for step in found.steps):
        yield said("gantt.critical")
    if any(not step.critical for step in found.steps):
        yield said("gantt.other")
    if any(step.start == step.finish for step in found.steps):
        yield "◆ ◇ " + said("gantt.instant")
    if any(step.after for step in found.steps):
        yield "→ " + said("gantt.requires")
    if found.renewals:
        yield said("gantt.renewal")
    if estimated(found):
        yield said("gantt.estimate")


def point(x: float, y: float) -> str:
    """A point of a path or of a polygon."""
    return f"{svg.number(x)},{svg.number(y)}"
