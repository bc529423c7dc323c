"""The trade-off between two objectives as a picture: a point for each plan, and the line of them.

To the right of the line and above it, every plan is beaten by one that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

from cloudrules.render import svg
from cloudrules.render.head import Head
from cloudrules.render.pages.plan import ending, estimated
from cloudrules.render.pages.schedule import caveats
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.plan import Plan, PlanAnswer

ACROSS, EDGE = 900, 24
SIZE, SMALL = 13, 11
DOWN = 360  # of the plot
BLUE, GREY = "#1d4e89", "#666"
MONTHS = (1, 2, 3, 6, 12, 24, 36, 60, 120)


def plans(answer: PlanAnswer, pair: Sequence[str], head: Head, language: str) -> str:
    said = Wording(language, head.rulebooks)
    one, two = pair
    service = said.of(head.service.service)
    title = said("front.title", service=service, one=said.term(one), two=said.term(two))
    lines = svg.wrapped(title, ACROSS - 2 * EDGE, 16, most=2)
    parts = [svg.block(EDGE, 32, lines, 16, title, font_weight="bold")]
    y = 32 + len(lines) * 16 * svg.LEADING
    status = svg.wrapped(ending(answer, said, pair).text, ACROSS - 2 * EDGE, SIZE)
    parts.append(svg.block(EDGE, y, status, SIZE))
    top = y + len(status) * SIZE * svg.LEADING + 32
    parts += Plot(answer, one, two, said, top).parts()
    y = top + DOWN + 76
    for line in svg.wrapped(
        said("front.beats" if answer.status == "optimal" else "front.open"),
        ACROSS - 2 * EDGE,
        SMALL,
    ):
        parts.append(svg.text(EDGE, y, line, SMALL, fill=GREY))
        y += SMALL * 1.5
    y += 12
    for number, plan in enumerate(answer.plans, 1):
        what = said.listed(said.acquired(name) for name in plan.acquire) or said("none")
        mark = estimated(plan)
        figures = said.listed(said.value(each, plan.value(each), mark) for each in pair)
        told = said("front.plan", number=number, what=f"{figures} — {what}")
        lines = svg.wrapped(told, ACROSS - 2 * EDGE, SIZE, most=3)
        parts.append(svg.block(EDGE, y, lines, SIZE, told))
        y += len(lines) * SIZE * svg.LEADING
        for note in caveats(answer, plan, said):
            lines = svg.wrapped(note, ACROSS - 2 * EDGE, SMALL)
            parts.append(svg.block(EDGE, y, lines, SMALL, fill=GREY))
            y += len(lines) * SMALL * svg.LEADING
        y += 6
    if any(map(estimated, answer.plans)):
        parts.append(svg.text(EDGE, y, said("gantt.estimate"), SMALL, fill=GREY))
        y += SMALL * 1.5
    return svg.picture(ACROSS, round(y + 8), title, parts)


class Plot:
    """The axes, the points and the line. The first objective runs to the right."""

    def __init__(self, answer: PlanAnswer, one: str, two: str, said: Wording, top: float) -> None:
        self.said, self.one, self.two, self.top = said, one, two, top
        self.plans = answer.plans
        self.proved = answer.status == "optimal"
        self.rising = ticks(max(plan.value(two) for plan in answer.plans), two, DOWN / 40)
        labels = (svg.width(self.label(two, value), SMALL) for value in self.rising)
        self.left = EDGE + 24 + max(labels)
        self.right = ACROSS - 2.5 * EDGE
        most = max(plan.value(one) for plan in answer.plans)
        room = self.right - self.left
        # A label is about as long as that of the largest value.
        fits = room / (svg.width(self.label(one, most * 2), SMALL) + 12)
        self.running = ticks(most, one, max(min(fits, 10), 1))

    def label(self, objective: str, value: int) -> str:
        return self.said.money(value) if objective == "cost" else f"{value:,}"

    def x(self, value: int) -> float:
        return self.left + (self.right - self.left) * value / self.running[-1]

    def y(self, value: int) -> float:
        return self.top + DOWN - DOWN * value / self.rising[-1]

    def parts(self) -> list[str]:
        bottom = self.top + DOWN
        found = [self._dominated()]
        for value in self.running:
            x = self.x(value)
            found.append(svg.element("line", x1=x, y1=self.top, x2=x, y2=bottom, stroke="#e4e4e4"))
            label = self.label(self.one, value)
            found.append(svg.text(x, bottom + 18, label, SMALL, fill=GREY, text_anchor="middle"))
        for value in self.rising:
            y = self.y(value)
            found.append(
                svg.element("line", x1=self.left, y1=y, x2=self.right, y2=y, stroke="#e4e4e4")
            )
            label = self.label(self.two, value)
            found.append(svg.text(self.left - 8, y + 4, label, SMALL, fill=GREY, text_anchor="end"))
        found.append(self._line())
        found += self._points()
        middle = (self.left + self.right) / 2
        found.append(
            svg.text(middle, bottom + 42, self._axis(self.one), SIZE, text_anchor="middle")
        )
        found.append(svg.text(EDGE, self.top - 14, self._axis(self.two), SIZE))
        return found

    def _axis(self, objective: str) -> str:
        unit = next((book.currency for book in self.said.rulebooks), "JPY")
        return self.said(f"front.axis-{objective}", unit=unit)

    def _corners(self) -> list[tuple[float, float]]:
        """The line: down to each point, then right to below the next."""
        corners: list[tuple[float, float]] = []
        above = self.top
        for plan in sorted(self.plans, key=lambda plan: plan.value(self.one)):
            x, y = self.x(plan.value(self.one)), self.y(plan.value(self.two))
            corners += [(x, above), (x, y)]
            above = y
        return [*corners, (self.right, above)]

    def _dominated(self) -> str:
        points = [*self._corners(), (self.right, self.top)]
        written = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points)
        return svg.element("polygon", points=written, fill="#eef2f7")

    def _line(self) -> str:
        written = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in self._corners())
        dash = {} if self.proved else {"stroke_dasharray": "6 4"}
        return svg.element(
            "polyline", points=written, fill="none", stroke=BLUE, stroke_width=2, **dash
        )

    def _points(self) -> list[str]:
        found: list[str] = []
        for number, plan in enumerate(self.plans, 1):
            x, y = self.x(plan.value(self.one)), self.y(plan.value(self.two))
            fill = BLUE if self.proved else "#fff"
            found.append(
                svg.element("circle", cx=x, cy=y, r=5, fill=fill, stroke=BLUE, stroke_width=2)
            )
            found.append(self._number(number, plan, x, y))
        return found

    def _number(self, number: int, plan: Plan, x: float, y: float) -> str:
        mark = estimated(plan)
        label = f"{number}{mark}"
        return svg.text(x + 9, y - 9, label, SIZE, font_weight="bold")


def ticks(most: int, objective: str, room: float) -> list[int]:
    """Round values from 0 to the next above `most`, no more steps than have `room`."""
    least = max(most, 1) / max(room - 1, 1)
    round_ones = (each * 10**power for power in count() for each in (1, 2, 5))
    steps = chain(MONTHS, round_ones) if objective == "months" else round_ones
    step = next(each for each in steps if each >= least)
    return list(range(0, most + step + 1, step))
