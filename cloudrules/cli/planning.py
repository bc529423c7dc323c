"""What `plan` asks of the core, and how what it answers is shown."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import show
from cloudrules.cli.words import language

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from cloudrules.cli.held import Held
    from cloudrules.core.calendar import Schedule
    from cloudrules.core.case import Case
    from cloudrules.core.plan import PlanAnswer
    from cloudrules.core.problem import Clock, Solver
    from cloudrules.core.request import Request
    from cloudrules.core.why import Why
    from cloudrules.render.head import Head

MOST = 100  # plans, where --limit does not say
PICTURES = ("svg", "ics")


@dataclass(frozen=True)
class Question:
    """A request of some cases, with what searches and how long."""

    cases: list[Case]
    asked: Request
    solver: Solver
    clock: Clock
    limit: int | None

    def answered(
        self,
        *,
        every: bool,
        top: int | None,
        pair: tuple[str, str] | None,
        percent: Fraction | None,
    ) -> PlanAnswer:
        from cloudrules.core import plan, repair, within

        given = (self.solver, self.clock)
        reasons = repair.MOST if self.limit is None else self.limit
        most = MOST if self.limit is None else self.limit
        if pair:
            return plan.pareto(self.cases, self.asked, pair, *given, reasons=reasons)
        if percent is not None:
            return within.from_cases(
                self.cases, self.asked, percent, *given, limit=most, reasons=reasons
            )
        return plan.from_cases(
            self.cases, self.asked, *given, every=every, top=top, limit=most, reasons=reasons
        )

    def reasons(self, answer: PlanAnswer, pair: tuple[str, str] | None) -> Why | None:
        from cloudrules.core import why

        asked = replace(self.asked, minimize=pair) if pair else self.asked
        return why.from_answer(answer, self.cases, asked, self.solver, self.clock)

    def scheduled(self, answer: PlanAnswer, start: date) -> Schedule | None:
        from cloudrules.core import calendar

        if not answer.plans:
            return None
        return calendar.from_plan(answer.plans[0], self.cases, start, robust=self.asked.robust)


@dataclass(frozen=True)
class Told:
    """What there is to show. `front`: the two objectives of which the plans are the trade-off."""

    held: Held
    answer: PlanAnswer
    front: tuple[str, str] | tuple[()]
    days: Schedule | None
    why: Why | None

    @property
    def head(self) -> Head:
        return self.held.head

    def shown(
        self, form: str, output: str | None, force: bool, *, why: bool, scheduled: bool
    ) -> None:
        from cloudrules.render import json
        from cloudrules.render.schedule_json import schedule

        def data() -> dict[str, Any]:
            told = json.plan(self.answer, self.head)
            told |= {"schedule": schedule(self.days)} if scheduled else {}
            return told | (json.why(self.why) if why else {})

        show(
            form,
            data,
            lambda to, settings: self._text(to, **settings),
            output,
            force=force,
            receipt=self.held.receipt,
        )

    def _text(self, to: Any, **settings: Any) -> str:
        told: str = to.plan(
            self.answer,
            self.head,
            language(),
            front=self.front,
            schedule=self.days,
            why=self.why,
            **settings,
        )
        return told

    def drawn(self, form: str, output: str | None, force: bool) -> None:
        """A picture or a calendar; where there is no plan, why not, on standard error."""
        if self.answer.plans:
            deliver(self._picture(form), output, force=force)
            return
        from cloudrules.render import text

        sys.stderr.buffer.write(self._text(text).encode("utf-8", "backslashreplace"))

    def _picture(self, form: str) -> str:
        given = (self.answer, self.head, language())
        if self.days is None:
            from cloudrules.render import front

            assert self.front
            return front.plans(self.answer, self.front, self.head, language())
        if form == "ics":
            from cloudrules.render import ics

            return ics.schedule(self.days, *given)
        from cloudrules.render import gantt

        return gantt.schedule(self.days, *given)
