"""The plan: how the search ended, what to acquire and what for, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cloudrules.core.situation import DIFFERING
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Span,
    Tone,
    line,
    paragraph,
)
from cloudrules.render.head import Head
from cloudrules.render.pages import conflict, needs
from cloudrules.render.pages.common import MARK, depends, opening
from cloudrules.render.pages.conflict import limit
from cloudrules.render.pages.schedule import blocks as scheduled
from cloudrules.render.pages.why import reasons
from cloudrules.render.pages.within import near
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.calendar import Schedule
    from cloudrules.core.plan import Plan, PlanAnswer
    from cloudrules.core.purpose import Step
    from cloudrules.core.why import Why

TONES: dict[str, Tone] = {"optimal": "good", "feasible": "warn", "infeasible": "bad"}


def page(
    answer: PlanAnswer,
    head: Head,
    language: str,
    front: Sequence[str] = (),
    schedule: Schedule | None = None,
    why: Why | None = None,
) -> list[Block]:
    """`front`: the two objectives of which the plans are the trade-off."""
    said = Wording(language, head.rulebooks)
    blocks: list[Block] = [opening(head, said), paragraph(ending(answer, said, front))]
    known = answer.reasons and answer.reasons.conflicts
    if answer.conflict and (answer.conflict.limits or answer.conflict.items) and not known:
        blocks += _conflict(answer, head, said)
    if answer.reasons:
        blocks += conflict.blocks(answer.reasons, head, said)
    if answer.within is not None and answer.status == "optimal":
        blocks += near(answer, head, said)
    elif len(answer.plans) > 1:
        blocks.append(Heading(line(said("plan.all"))))
        blocks.append(_summary(answer.plans, head, said))
        if answer.more:
            blocks.append(paragraph(said("plan.more", n=len(answer.plans))))
    for number, plan in enumerate(answer.plans, 1):
        of = len(answer.plans)
        title = said("plan.number", number=number, of=of) if of > 1 else said("plan.one")
        blocks += _plan(plan, Heading(line(title)), head, said)
    if schedule:
        blocks += scheduled(schedule, head, said)
    if why is not None:
        blocks += reasons(why, answer, head, said)
    if answer.assumed:
        blocks.append(Heading(line(said("plan.assumed"))))
        blocks.append(Bullets(tuple((0, line(each)) for each in assumed(answer.assumed, said))))
    return blocks


def assumed(literals: Sequence[str], said: Wording) -> list[str]:
    """What a plan assumes, the efforts that differ in one line."""
    differing = [each for each in literals if each.startswith(DIFFERING)]
    found = [said.input(each) for each in literals if each not in differing]
    if differing:
        names = (each.removeprefix(DIFFERING) for each in differing)
        found.append(said("plan.efforts-differ", what=said.ids(names, said.rulebooks[0])))
    return found


def ending(answer: PlanAnswer, said: Wording, front: Sequence[str] = ()) -> Span:
    """How the search ended, in one sentence."""
    if front and answer.plans:
        one, two = map(said.term, front)
        text = said(f"front.{answer.status}", n=len(answer.plans), one=one, two=two)
        return Span(text, TONES.get(answer.status, "warn"))
    mark = estimated(answer.plans[0]) if answer.plans else ""
    bound = values([each for each in answer.bound if each[1]], said, mark)
    bound = said("plan.bound", what=bound) if bound else ""
    if answer.gap:
        bound += said("plan.gap", percent=f"{100 * answer.gap:.2f}")
    what = values(answer.objective, said, mark)
    least = answer.status == "feasible" and answer.objective == answer.bound
    text = said("plan.least" if least else f"plan.{answer.status}", what=what, bound=bound)
    return Span(text, TONES.get(answer.status, "warn"))


def values(objective: Sequence[tuple[str, int]], said: Wording, mark: str = "") -> str:
    """Objectives with their values: `¥2,000,000, 1 thing to acquire`."""
    return said.listed(said.value(name, amount, mark) for name, amount in objective)


def estimated(plan: Plan) -> str:
    """The mark for a plan's totals, where any of its figures is an estimate."""
    return MARK if any(step.estimate for step in plan.steps) else ""


def _conflict(answer: PlanAnswer, head: Head, said: Wording) -> list[Block]:
    assert answer.conflict is not None
    entries = [(0, line(limit(each, said))) for each in answer.conflict.limits]
    if answer.conflict.items:
        what = said.ids(answer.conflict.items, head.rulebooks[0])
        n = len(answer.conflict.items)
        entries.append((0, line(said("conflict.items", what=what, n=n))))
    members = len(answer.conflict.limits) + len(answer.conflict.items)
    return [paragraph(said("plan.conflict", n=members)), Bullets(tuple(entries))]


def _estimate(step: Step) -> str:
    return MARK if step.estimate else ""


def _summary(plans: Sequence[Plan], head: Head, said: Wording) -> Grid:
    columns = (
        Column(said("col.number"), right=True),
        Column(said("col.cost"), right=True),
        Column(said("col.certifications"), right=True),
        Column(said("col.actions"), right=True),
        Column(said("col.months"), right=True),
        Column(said("col.what"), "wrap"),
    )
    rows = tuple(
        (
            line(str(number)),
            line(said.money(plan.cost) + estimated(plan)),
            line(str(plan.certifications)),
            line(str(plan.actions)),
            line(said.months(plan.months) + estimated(plan)),
            line(said.ids(plan.acquire, head.rulebooks[0]) or said("none")),
        )
        for number, plan in enumerate(plans, 1)
    )
    return Grid(columns, rows)


def _plan(plan: Plan, title: Heading, head: Head, said: Wording) -> list[Block]:
    if not plan.acquire:
        blocks: list[Block] = [title, paragraph(said("plan.nothing"))]
    else:
        mark = estimated(plan)
        blocks = [
            title,
            Pairs(
                (
                    (said("plan.total"), (Span(said.money(plan.cost) + mark, "strong"),)),
                    (said("plan.duration"), line(said.months(plan.months) + mark)),
                    (said("col.actions"), line(said("count", n=plan.actions))),
                    (said("plan.certifications"), line(said("count", n=plan.certifications))),
                )
            ),
            _steps(plan, head, said),
        ]
        blocks += _legend(plan, said)
    blocks += _waived(plan, head, said)
    if plan.worlds:
        blocks += needs.section(plan.worlds, head, said)
    blocks += _holds(plan, head, said)
    return blocks


def _steps(plan: Plan, head: Head, said: Wording) -> Grid:
    columns = (
        Column(said("col.what"), "wrap"),
        Column(said("col.kind")),
        Column(said("col.cost"), right=True),
        Column(said("col.when")),
        Column(said("col.for"), "wrap"),
    )
    rows = tuple(
        (
            line(said.acquired(step.id)),
            line(said.term(step.kind)),
            line(said.money(step.cost) + _estimate(step)),
            line(_when(step, said)),
            line(said.listed(_purposes(step, plan, head, said))),
        )
        for step in plan.steps
    )
    return Grid(columns, rows)


def _when(step: Step, said: Wording) -> str:
    if step.finish == 0:
        return said("plan.now")
    return said("plan.when", start=step.start, finish=step.finish) + _estimate(step)


def _purposes(step: Step, plan: Plan, head: Head, said: Wording) -> list[str]:
    """What a step is for: items met, waivers fired with what they release, other steps."""
    book = head.rulebooks[0]
    found = [said("for.met", what=said.ids(step.items_met, book))] if step.items_met else []
    left = list(step.items_released)
    for waiver in step.waivers_fired:
        clause = said.clause(said.waivers[waiver]) if waiver in said.waivers else waiver
        released = [item for item in plan.waived.get(waiver, ()) if item in step.items_released]
        left = [item for item in left if item not in released]
        what = said.ids(released, book)
        found.append(said("for.fires-items" if what else "for.fires", clause=clause, what=what))
    if left:
        found.append(said("for.released", what=said.ids(left, book)))
    if step.required_by:
        found.append(said("for.required", what=said.listed(step.required_by)))
    return found


def _legend(plan: Plan, said: Wording) -> list[Block]:
    """What the estimate mark means, and where the figures come from."""
    lines: list[Line] = []
    if any(step.estimate for step in plan.steps):
        lines.append((Span(said("plan.estimate"), "dim"),))
    for step in plan.steps:
        evidence = said.evidence.get(step.id)
        source = said.of(evidence.basis.source) if evidence and evidence.basis else ""
        if source and step.estimate:
            lines.append((Span(said("plan.source", id=step.id, source=source), "dim"),))
    return [Paragraph(tuple(lines))] if lines else []


def _waived(plan: Plan, head: Head, said: Wording) -> list[Block]:
    entries: list[tuple[int, Line]] = []
    for waiver, items in plan.waived.items():
        if items:
            clause = said.clause(said.waivers[waiver]) if waiver in said.waivers else waiver
            what = said.ids(items, head.rulebooks[0])
            entries.append((0, line(said("plan.waived-row", clause=clause, what=what))))
    if not entries:
        return []
    return [Heading(line(said("plan.waived")), 2), Bullets(tuple(entries))]


def _holds(plan: Plan, head: Head, said: Wording) -> list[Block]:
    """In how many readings the plan holds, and which decide."""
    holds = plan.holds_in
    title = Heading(line(said("plan.holds")), 2)
    if holds is None:
        return [title, paragraph(Span(said("plan.holds-unknown"), "warn"))]
    if holds.worlds == holds.of:
        if holds.of == 1:
            return []
        return [
            title,
            paragraph(Span(said("plan.holds-all", of=holds.of), "good")),
            paragraph(Span(said("plan.taken"), "dim")),
        ]
    blocks: list[Block] = [
        title,
        paragraph(Span(said("plan.holds-in", n=holds.worlds, of=holds.of), "warn")),
    ]
    if holds.depends_on:
        blocks.append(paragraph(said("plan.depends")))
        blocks.append(depends(head, holds.depends_on, said))
    blocks.append(paragraph(Span(said("plan.robust"), "dim")))
    return blocks
