"""What a change of the rules makes of one service: its answers under A and under B."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core import situation
from cloudrules.core.assessment import ItemAnswer
from cloudrules.core.difference import Verdict, verdict_of
from cloudrules.core.errors import BadInput, Fault
from cloudrules.core.joint import Sides
from cloudrules.core.responsible import Clause, Reasons, Valued
from cloudrules.core.service import Service
from cloudrules.core.situation import Known, Situation


@dataclass(frozen=True)
class Shift:
    """An item whose answer differs, by its ids in A and in B; None where there is no such item."""

    item: str | None
    item_b: str | None
    before: ItemAnswer | None
    after: ItemAnswer | None


@dataclass(frozen=True)
class Affected:
    """One service under both rulebooks, and the clauses that make the difference."""

    service: Service
    a: Verdict
    b: Verdict
    shifts: tuple[Shift, ...]
    clauses: tuple[Clause, ...]

    @property
    def changed(self) -> bool:
        return bool(self.shifts) or self.a.compliant != self.b.compliant


@dataclass(frozen=True)
class Answered:
    """A service's file with its answer, or with what is wrong with it."""

    file: str
    answer: Affected | None
    faults: tuple[Fault, ...] = ()


def from_service(sides: Sides, service: Service, on: date) -> Affected:
    """A service under A and under B, in the readings that these are taken in.

    It holds what is valid on the date, for both sides alike. Numbers of items are A's; those that A
    does not know are B's. Raises BadInput where neither side knows what it names.
    """
    known = Known((sides.a.rulebook, sides.b.rulebook))
    unread = replace(service, readings={})  # which option is taken is said for each side
    faults: list[Fault] = []
    valued: list[Valued] = []
    for side in (sides.a, sides.b):
        try:
            inputs = situation.from_service(side.rulebook, unread, on, known)
            valued.append(Valued(side, _shared(sides, inputs)))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    a, b = valued
    shifts: list[Shift] = []
    differing: list[str] = []
    one, two = verdict_of(a), verdict_of(b)
    reasons = Reasons(a, b)
    for item in sides.items:
        before, after = a.answer(item), b.answer(item)
        if _said(before) != _said(after):
            shifts.append(Shift(sides.a.own.get(item), sides.b.own.get(item), before, after))
            differing.append(item)
    verdict = reasons.of_verdict() if one.compliant != two.compliant else ()
    clauses = dict.fromkeys([*verdict, *reasons.of_items(differing)])
    return Affected(service, one, two, tuple(shifts), tuple(clauses))


def _shared(sides: Sides, inputs: Situation) -> Situation:
    """The inputs under the names that both sides share."""

    def name(own: str) -> str:
        return own if own in sides.a.shared.items else sides.b.names.get(own, own)

    return replace(
        inputs,
        held={name(own): each for own, each in inputs.held.items()},
        unknown=frozenset(map(name, inputs.unknown)),
    )


def _said(answer: ItemAnswer | None) -> tuple[str, str] | None:
    return (answer.obligation, answer.status) if answer else None
