"""A form that was filled in: what its rows claim, and the service that they tell of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core import case, expression, statement
from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.expression import Compare, Name
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding, Service
from cloudrules.core.statement import NOWHERE, Statement

NEGATIVE = ("missing", "open")


@dataclass(frozen=True)
class Reply:
    """One item's row as it was filled in.

    `meaning` is what the answer means (met, missing, exempt, open, unknown, partly, unclear,
    blank), `note` what the remarks say besides what they state, `cell` where the answer stands.
    `planned`: that note says that it is not so yet.
    """

    item: str
    meaning: str
    answer: str = ""
    cell: str = ""
    statements: tuple[Statement, ...] = ()
    note: str = ""
    planned: bool = False
    hidden: bool = False

    @property
    def stated(self) -> bool:
        """Whether the remarks state something of the item itself."""
        return any(each.name == self.item for each in self.statements)

    @property
    def bare(self) -> bool:
        """Whether nothing at all stands beside the answer that bears it out."""
        return not self.note and not self.stated

    @property
    def explained(self) -> bool:
        """Whether it is told of a statement why it is not certain that the item is met."""
        return self.meaning == "met" and any(each.doubt for each in self.statements)


@dataclass(frozen=True)
class Finding:
    """An answer that cannot be read for certain, or that does not follow. `name` is evidence."""

    code: str
    item: str
    cell: str = ""
    answer: str = ""
    name: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Read:
    """`service` is what the form tells; `doubts` why some of it is unknown.

    `claims` are the rows of which the service has no more than the answer's word.
    """

    service: Service
    doubts: tuple[Finding, ...]
    claims: tuple[Reply, ...]


@dataclass
class Claims:
    """What a form claims, put together row by row."""

    rulebook: Rulebook
    base: Service
    on: date
    statements: dict[tuple[str, str], Statement]

    @property
    def service(self) -> Service:
        return statement.stated(self.base, [*self.statements.values()])

    def assessed(self) -> Assessment:
        return case.from_service([self.rulebook], self.service, self.on)[0].assessed()

    def add(self, each: Statement) -> Statement:
        """What is stated of a thing: the first that was."""
        return self.statements.setdefault(key_of(each), each)

    def put(self, each: Statement) -> None:
        self.statements[key_of(each)] = each

    def unsure(self, name: str) -> None:
        self.put(Statement("unknown", name))


def key_of(each: Statement) -> tuple[str, str]:
    """A reading may have the name of something else."""
    return ("reading" if each.kind == "reading" else "", each.name)


def by_key(service: Service) -> dict[tuple[str, str], Statement]:
    """What a service's file states, by what it is stated of."""
    return {key_of(each): each for each in statement.of(service)}


def answered(
    replies: Sequence[Reply], assessment: Assessment
) -> Iterator[tuple[Reply, ItemAnswer]]:
    """The rows with what is answered for them; a reading may have taken an item away."""
    answers = {answer.id: answer for answer in assessment.items}
    yield from ((reply, answers[reply.item]) for reply in replies if reply.item in answers)


def read(rulebook: Rulebook, replies: Sequence[Reply], base: Service, on: date) -> Read:
    """The service that a form tells of; what is not certain is unknown there, and named.

    `base` is the service without what it holds. Raises BadInput where what is stated clashes.
    """
    claims, doubts = claimed(rulebook, replies, base, on)
    assessment = claims.assessed()
    for reply, answer in answered(replies, assessment):
        code = _unread(reply, answer)
        if code:
            doubts.append(finding(code, reply))
        if (code or reply.meaning == "unknown") and answer.status in NEGATIVE:
            claims.unsure(reply.item)
        if reply.meaning == "missing" and answer.obligation == "not_applicable":
            for fact in _unstated(assessment.rulebook, claims, reply.item):
                claims.unsure(fact)
                doubts.append(replace(finding("fact-unstated", reply), name=fact))
    for item in without_row(rulebook, replies, assessment):
        doubts.append(Finding("no-row", item))
        if assessment.item(item).status in NEGATIVE:
            claims.unsure(item)
    assessment = claims.assessed()
    return Read(claims.service, tuple(doubts), tuple(unevidenced(replies, assessment)))


def unevidenced(replies: Sequence[Reply], assessment: Assessment) -> Iterator[Reply]:
    """The rows whose item is held on the answer's word alone.

    What evidence can meet is claimed, whatever the remarks say of it in words that nobody checked.
    What nothing but a declaration can meet is attested by any remark, and claimed without one.
    """
    for reply, _ in answered(replies, assessment):
        evident = assessment.rulebook.items[reply.item].met_by is not None
        if reply.item in assessment.situation.held and (evident or reply.bare):
            yield reply


def claimed(
    rulebook: Rulebook, replies: Sequence[Reply], base: Service, on: date
) -> tuple[Claims, list[Finding]]:
    """What the remarks state, and what the answers claim beyond it; doubts about that."""
    doubts: list[Finding] = []
    claims = Claims(rulebook, base, on, {})
    for reply in replies:
        for each in reply.statements:
            if each.doubt:
                doubts.append(replace(finding(f"stated-{each.doubt}", reply), name=each.name))
            first = claims.add(each)
            if {first.kind, each.kind} == {"held", "unknown"}:
                claims.unsure(each.name)
                doubts.append(replace(finding("stated-both", reply), name=each.name))
    assessment = claims.assessed()
    for reply, answer in answered(replies, assessment):
        if reply.meaning == "met" and reply.planned:
            doubts.append(finding("met-planned", reply))
            _doubt(reply, claims)
            if not answer.met:
                claims.unsure(reply.item)
        elif reply.meaning == "met" and not answer.met:
            expired = _expired(reply, on)
            if expired or (answer.met is None and not reply.explained):
                doubts.append(finding(_unmet(expired), reply, expired))
            elif answer.met is False:
                note = Text({"": reply.note}) if reply.note else None
                held = Holding(item=Ref(reply.item, NOWHERE), note=note)
                claims.put(Statement("held", reply.item, holding=held))
        elif reply.meaning in NEGATIVE and answer.met:
            doubts.append(finding("missing-met", reply))
            _doubt(reply, claims)
        elif reply.meaning in ("blank", "partly", "unclear"):
            _doubt(reply, claims)  # a remark alone is no answer
    return claims, doubts


def _doubt(reply: Reply, claims: Claims) -> None:
    """What a row states to be held is not certain."""
    for each in reply.statements:
        if each.kind == "held":
            claims.unsure(each.name)


def _unmet(expired: Holding | None) -> str:
    return "met-expired" if expired else "met-unknown"


def _expired(reply: Reply, on: date) -> Holding | None:
    held = (each.holding for each in reply.statements if each.holding)
    return next((holding for holding in held if not holding.valid(on)), None)


def _unread(reply: Reply, answer: ItemAnswer) -> str:
    """Why an answer is not certain; '' where it is."""
    if reply.meaning in ("partly", "unclear"):
        return reply.meaning
    if reply.meaning == "blank" and any(each.kind == "held" for each in reply.statements):
        return "blank"
    if answer.status not in NEGATIVE:
        return ""
    return {"blank": "blank", "exempt": "exempt-not"}.get(reply.meaning, "")


def _unstated(rulebook: Rulebook, claims: Claims, item: str) -> Iterator[str]:
    """The facts on which it rests whether an item applies, and which the form does not state."""
    for leaf in expression.leaves(rulebook.items[item].applies_when):
        name = leaf.name if isinstance(leaf, Name | Compare) else ""
        if name in rulebook.facts and ("", name) not in claims.statements:
            yield name


def without_row(
    rulebook: Rulebook, replies: Sequence[Reply], assessment: Assessment
) -> Iterator[str]:
    """The items asked that have no row."""
    found = {reply.item for reply in replies}
    yield from (answer.id for answer in assessment.items if answer.id not in found)


def finding(code: str, reply: Reply, holding: Holding | None = None) -> Finding:
    """What is found of a row, and of what its remarks hold."""
    found = Finding(code, reply.item, reply.cell, reply.answer)
    return replace(found, name=holding.ref.name, until=holding.until) if holding else found
