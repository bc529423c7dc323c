"""The service that a filled form is taken to tell of; what is not certain is not known there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.claims import (
    Claims,
    answered,
    exempt,
    meeting,
    settle,
    state,
    without_row,
)
from cloudrules.core.printed import NOTHING, Printed
from cloudrules.core.reply import NEGATIVE, OPEN, UNREAD, Finding, Reply, finding, unread
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding, Service
from cloudrules.core.statement import NOWHERE, Statement


@dataclass(frozen=True)
class Claim:
    """A row by whose word alone these inputs are as they are: its item is held, or facts are so."""

    reply: Reply
    names: frozenset[str]

    @property
    def item(self) -> str:
        return self.reply.item

    @property
    def of_facts(self) -> bool:
        return self.item not in self.names


@dataclass(frozen=True)
class Read:
    """`service` is what the form tells; `doubts` why some of it is unknown.

    `claims` are the rows of which the service has no more than the answer's word, `left` those
    that were left empty where nothing is owed; what they would say is not known either. `apart` is
    where what the form itself says is at odds with the rulebook.
    """

    service: Service
    doubts: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    left: tuple[Reply, ...]
    apart: tuple[Finding, ...] = ()


def read(
    rulebook: Rulebook,
    replies: Sequence[Reply],
    base: Service,
    on: date,
    printed: Printed = NOTHING,
) -> Read:
    """The service that a form tells of; what is not certain is unknown there, and named.

    `base` is the service without what it holds; the readings that it takes win over the form's.
    Raises BadInput where what is stated clashes.
    """
    claims, doubts = claimed(rulebook, replies, base, on)
    assessment = claims.assessed()
    left: list[Reply] = []
    for reply, answer in answered(replies, assessment):
        code = _unread(reply, answer)
        if code:
            doubts.append(finding(code, reply))
        elif reply.meaning == "blank" and not answer.met:
            left.append(reply)
        if lost := unread(reply):
            doubts.append(lost)
        if (code or reply.meaning in OPEN) and answer.met is False:
            claims.unsure(reply.item)
    for item in without_row(rulebook, replies, assessment):
        doubts.append(Finding("no-row", item))
        if assessment.item(item).met is False:
            claims.unsure(item)
    assessment = claims.assessed()
    words = [*unevidenced(replies, assessment), *_of_facts(claims)]
    places = {item: place for place, item in enumerate(rulebook.items)}
    words.sort(key=lambda each: places.get(each.item, -1))
    doubts.sort(key=lambda each: places.get(each.item, -1))
    apart = tuple(printed.findings(assessment))
    return Read(claims.service, tuple(doubts), tuple(words), tuple(left), apart)


def unevidenced(replies: Sequence[Reply], assessment: Assessment) -> Iterator[Claim]:
    """The rows whose item is held on the answer's word alone.

    What evidence can meet is claimed, whatever the remarks say of it in words that nobody checked.
    What nothing but a declaration can meet is attested by any remark, and claimed without one.
    """
    for reply, _ in answered(replies, assessment):
        evident = assessment.rulebook.items[reply.item].met_by is not None
        if reply.item in assessment.situation.held and (evident or reply.bare):
            yield Claim(reply, frozenset({reply.item}))


def _of_facts(claims: Claims) -> Iterator[Claim]:
    """The rows by whose word alone a fact is as it is."""
    names: dict[str, set[str]] = {}
    rows: dict[str, Reply] = {}
    for fact, replies in claims.facts.items():
        for reply in replies:
            names.setdefault(reply.item, set()).add(fact)
            rows[reply.item] = reply
    yield from (Claim(rows[item], frozenset(facts)) for item, facts in names.items())


def claimed(
    rulebook: Rulebook, replies: Sequence[Reply], base: Service, on: date
) -> tuple[Claims, list[Finding]]:
    """What the remarks state, and what the answers claim beyond it; doubts about that."""
    claims = Claims(rulebook, base, on, {})
    # What remarks state many times over is doubted once.
    doubts = [*dict.fromkeys(found for reply in replies for found in state(claims, reply))]
    doubts += settle(claims, replies)
    assessment = claims.assessed()
    for reply, answer in answered(replies, assessment):
        if reply.meaning == "met":
            doubts += _met(claims, reply, answer)
        elif reply.meaning in NEGATIVE and answer.met:
            doubts.append(finding("missing-met", reply))
            for name in sorted(meeting(assessment.rulebook, reply.item)):
                if claims.holding(name):
                    claims.unsure(name)
        elif reply.meaning == "unknown" and answer.met:
            doubts.append(finding("unknown-met", reply))
            claims.doubt(reply)
        elif reply.meaning in OPEN and reply.meaning != "unknown":
            claims.doubt(reply)  # a remark alone is no answer
    return claims, doubts


def _met(claims: Claims, reply: Reply, answer: ItemAnswer) -> Iterator[Finding]:
    """Adds what a row claims to be met, unless its remarks say otherwise."""
    expired = _expired(claims, reply)
    past, future = reply.past(claims.on), reply.future(claims.on)
    if reply.remark.denied or future or (past and not expired):
        if reply.remark.denied:
            yield replace(finding("met-denied", reply), said=reply.remark.denied)
        elif future:
            yield finding("note-begins", reply, until=future)
        else:
            yield finding("note-expired", reply, until=past)
        claims.doubt(reply)
        if not answer.met:
            claims.unsure(reply.item)
    elif answer.met:
        return
    elif expired:
        yield finding("met-expired", reply, expired.ref.name, expired.until)
        if answer.met is False:
            claims.unsure(reply.item)  # it may have been renewed
    elif answer.met is None:
        if not reply.explained:
            yield finding("met-unknown", reply)
    else:
        evident = claims.rulebook.items.get(reply.item)
        if evident and evident.met_by is not None and reply.remark.held:
            yield finding("met-other", reply, reply.remark.held[0].name)
        note = Text({"": reply.remark.note}) if reply.remark.note else None
        until = min(reply.remark.ends, default=None)
        held = Holding(item=Ref(reply.item, NOWHERE), until=until, note=note)
        claims.put(Statement("held", reply.item, holding=held))


def _expired(claims: Claims, reply: Reply) -> Holding | None:
    """What a row states that is over, be it by another row."""
    found = (claims.holding(each.name) for each in reply.remark.held)
    return next((each for each in found if each and not each.valid(claims.on)), None)


def _unread(reply: Reply, answer: ItemAnswer) -> str:
    """Why an answer is not certain; '' where it is."""
    if reply.meaning in UNREAD:
        return reply.meaning
    if reply.meaning == "blank":
        settled = answer.met or exempt(answer)
        return "" if settled and not reply.remark.held else "blank"
    return "exempt-not" if reply.meaning == "exempt" and answer.status in NEGATIVE else ""
