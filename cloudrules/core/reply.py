"""A form that was filled in: the service that it tells of, and whether its answers follow."""

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
    """

    item: str
    meaning: str
    answer: str = ""
    cell: str = ""
    statements: tuple[Statement, ...] = ()
    note: str = ""
    hidden: bool = False


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
    """`service` is what the form tells; `doubts` why some of it is unknown."""

    service: Service
    doubts: tuple[Finding, ...]


@dataclass
class _Claims:
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
        return self.statements.setdefault(_key(each), each)

    def put(self, each: Statement) -> None:
        self.statements[_key(each)] = each

    def unsure(self, name: str) -> None:
        self.put(Statement("unknown", name))


def _key(each: Statement) -> tuple[str, str]:
    """A reading may have the name of something else."""
    return ("reading" if each.kind == "reading" else "", each.name)


def _all(service: Service) -> dict[tuple[str, str], Statement]:
    return {_key(each): each for each in statement.of(service)}


def _answered(
    replies: Sequence[Reply], assessment: Assessment
) -> Iterator[tuple[Reply, ItemAnswer]]:
    """The rows with what is answered for them; a reading may have taken an item away."""
    answers = {answer.id: answer for answer in assessment.items}
    yield from ((reply, answers[reply.item]) for reply in replies if reply.item in answers)


def read(rulebook: Rulebook, replies: Sequence[Reply], base: Service, on: date) -> Read:
    """The service that a form tells of; what is not certain is unknown there, and named.

    `base` is the service without what it holds. Raises BadInput where what is stated clashes.
    """
    claims, doubts = _claimed(rulebook, replies, base, on)
    assessment = claims.assessed()
    for reply, answer in _answered(replies, assessment):
        code = _unread(reply, answer)
        if code:
            doubts.append(_finding(code, reply))
        if (code or reply.meaning == "unknown") and answer.status in NEGATIVE:
            claims.unsure(reply.item)
        if reply.meaning == "missing" and answer.obligation == "not_applicable":
            for fact in _unstated(assessment.rulebook, claims, reply.item):
                claims.unsure(fact)
                doubts.append(replace(_finding("fact-unstated", reply), name=fact))
    for item in _without_row(rulebook, replies, assessment):
        doubts.append(Finding("no-row", item))
        if assessment.item(item).status in NEGATIVE:
            claims.unsure(item)
    return Read(claims.service, tuple(doubts))


def _claimed(
    rulebook: Rulebook, replies: Sequence[Reply], base: Service, on: date
) -> tuple[_Claims, list[Finding]]:
    """What the remarks state, and what the answers claim beyond it; doubts about that."""
    doubts: list[Finding] = []
    claims = _Claims(rulebook, base, on, {})
    for reply in replies:
        for each in reply.statements:
            first = claims.add(each)
            if {first.kind, each.kind} == {"held", "unknown"}:
                claims.unsure(each.name)
                doubts.append(replace(_finding("stated-both", reply), name=each.name))
    assessment = claims.assessed()
    for reply, answer in _answered(replies, assessment):
        if reply.meaning == "met" and not answer.met:
            expired = _expired(reply, on)
            if answer.met is None or expired:
                doubts.append(_finding(_unmet(expired), reply, expired))
            else:
                note = Text({"": reply.note}) if reply.note else None
                held = Holding(item=Ref(reply.item, NOWHERE), note=note)
                claims.put(Statement("held", reply.item, holding=held))
        elif reply.meaning in NEGATIVE and answer.met:
            doubts.append(_finding("missing-met", reply))
            for each in reply.statements:
                if each.kind == "held":
                    claims.unsure(each.name)
    return claims, doubts


def _unmet(expired: Holding | None) -> str:
    return "met-expired" if expired else "met-unknown"


def _expired(reply: Reply, on: date) -> Holding | None:
    held = (each.holding for each in reply.statements if each.holding)
    return next((holding for holding in held if not holding.valid(on)), None)


def _unread(reply: Reply, answer: ItemAnswer) -> str:
    """Why an answer is not certain; '' where it is."""
    if reply.meaning in ("partly", "unclear"):
        return reply.meaning
    if answer.status not in NEGATIVE:
        return ""
    return {"blank": "blank", "exempt": "exempt-not"}.get(reply.meaning, "")


def _unstated(rulebook: Rulebook, claims: _Claims, item: str) -> Iterator[str]:
    """The facts on which it rests whether an item applies, and which the form does not state."""
    for leaf in expression.leaves(rulebook.items[item].applies_when):
        name = leaf.name if isinstance(leaf, Name | Compare) else ""
        if name in rulebook.facts and ("", name) not in claims.statements:
            yield name


def _without_row(
    rulebook: Rulebook, replies: Sequence[Reply], assessment: Assessment
) -> Iterator[str]:
    found = {reply.item for reply in replies}
    yield from (answer.id for answer in assessment.items if answer.id not in found)


def _finding(code: str, reply: Reply, holding: Holding | None = None) -> Finding:
    found = Finding(code, reply.item, reply.cell, reply.answer)
    return replace(found, name=holding.ref.name, until=holding.until) if holding else found


@dataclass(frozen=True)
class Checked:
    """Whether answers follow from what is claimed, or from what a service holds."""

    assessment: Assessment
    findings: tuple[Finding, ...]


def check(
    rulebook: Rulebook,
    replies: Sequence[Reply],
    base: Service,
    on: date,
    service: Service | None = None,
) -> Checked:
    """Hold each answer against what the form itself claims, or against `service`."""
    claims, doubts = _claimed(rulebook, replies, base, on)
    findings = [each for each in doubts if each.code != "met-unknown"]
    if service is not None:
        claims = replace(claims, base=service, statements=_all(service))
        findings = []
    assessment = claims.assessed()
    told = {each.item for each in findings if each.code != "stated-both"}
    bare = case.from_service([rulebook], _stated_alone(replies, base), on)[0].assessed()
    for reply, answer in _answered(replies, assessment):
        if service is not None:
            findings += _against(reply, claims)
        found = _fault(reply, answer)
        if not found and service is None and _is_bare(reply, bare):
            found = "met-bare"
        if found and reply.item not in told:
            findings.append(_finding(found, reply))
        elif service is not None and _differs(reply, answer):
            findings.append(replace(_finding("differs", reply), name=answer.status))
        if reply.hidden:
            findings.append(_finding("hidden", reply))
    findings += [Finding("no-row", item) for item in _without_row(rulebook, replies, assessment)]
    places = {name: place for place, name in enumerate(rulebook.items)}
    findings.sort(key=lambda each: places.get(each.item, -1))
    if service is None:  # for the verdict, what is not certain is not known
        claims = replace(claims, statements=_all(read(rulebook, replies, base, on).service))
    return Checked(claims.assessed(), tuple(findings))


def _differs(reply: Reply, answer: ItemAnswer) -> bool:
    """Whether an answer is another than a service's, though neither is wrong by the other."""
    fitting = {
        "met": answer.met is True,
        "missing": answer.status in NEGATIVE,
        "open": answer.status in NEGATIVE,
        "exempt": answer.obligation in ("waived", "not_applicable"),
        "unknown": answer.status == "unknown",
    }
    return not fitting.get(reply.meaning, True)


def _is_bare(reply: Reply, stated: Assessment) -> bool:
    """Whether a row claims its item without a note, and no row states what would meet it."""
    claimed = reply.meaning == "met" and not reply.note
    return claimed and stated.item(reply.item).met is False


def _stated_alone(replies: Sequence[Reply], base: Service) -> Service:
    found: dict[tuple[str, str], Statement] = {}
    for reply in replies:
        for each in reply.statements:
            found.setdefault(_key(each), each)
    return statement.stated(base, [*found.values()])


def _fault(reply: Reply, answer: ItemAnswer) -> str:
    """Why an answer does not follow; '' where it does."""
    meaning, status = reply.meaning, answer.status
    if meaning in ("partly", "unclear"):
        return meaning
    if meaning == "blank":
        return "" if status in ("waived", "not_applicable", "met") else "blank"
    if meaning == "exempt" and status in (*NEGATIVE, "unknown"):
        return "exempt-unknown" if status == "unknown" else "exempt-not"
    if meaning == "met" and not answer.met:
        return "met-unknown" if answer.met is None else "met-not"
    if meaning in NEGATIVE and answer.met:
        return "missing-met"
    return "open-mandatory" if meaning == "open" and status == "missing" else ""


def _against(reply: Reply, claims: _Claims) -> Iterator[Finding]:
    """What a row states that the service does not hold, or holds until another day."""
    for each in reply.statements:
        if each.holding is None:
            continue
        held = claims.statements.get(_key(each))
        named = replace(_finding("stated-not", reply), name=each.name)
        if held is None or held.holding is None:
            yield named
        elif held.holding.until != each.holding.until:
            yield replace(named, code="stated-until", until=held.holding.until)
