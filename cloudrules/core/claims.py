"""What a form claims, put together from the statements in all of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cloudrules.core import case, expression, statement
from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.case import Case
from cloudrules.core.expression import Name
from cloudrules.core.form import deciders
from cloudrules.core.names import value_of
from cloudrules.core.reply import EXEMPT, NEGATIVE, Finding, Reply, finding
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Holding, Service
from cloudrules.core.statement import Statement


@dataclass
class Claims:
    """What a form claims, put together row by row.

    `rows` are those that stated each thing first; `facts` those by whose word alone a fact is as it
    is by default.
    """

    rulebook: Rulebook
    base: Service
    on: date
    statements: dict[tuple[str, str], Statement]
    rows: dict[tuple[str, str], Reply] = field(default_factory=dict)
    facts: dict[str, tuple[Reply, ...]] = field(default_factory=dict)
    _case: Case | None = field(default=None, init=False)  # as it was last assessed

    @property
    def service(self) -> Service:
        return statement.stated(self.base, [*self.statements.values()])

    def assessed(self) -> Assessment:
        if self._case is None:
            self._case = case.from_service([self.rulebook], self.service, self.on)[0]
        else:
            self._case = self._case.of(self.service)
        return self._case.assessed()

    def put(self, each: Statement) -> None:
        self.statements[key_of(each)] = each

    def unsure(self, name: str) -> None:
        self.put(Statement("unknown", name))

    def doubt(self, reply: Reply) -> None:
        """What a row states to be held is not certain."""
        for each in reply.remark.held:
            self.unsure(each.name)

    def holding(self, name: str) -> Holding | None:
        """What is stated of a thing that is held."""
        found = self.statements.get(("", name))
        return found.holding if found else None


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


def without_row(
    rulebook: Rulebook, replies: Sequence[Reply], assessment: Assessment
) -> Iterator[str]:
    """The items asked that have no row."""
    found = {reply.item for reply in replies}
    yield from (answer.id for answer in assessment.items if answer.id not in found)


def state(claims: Claims, reply: Reply) -> Iterator[Finding]:
    """Adds what a row states. Where rows contradict each other, it is not known; and told."""
    for slip in reply.remark.slips:
        named = finding(f"stated-{slip.kind}", reply, slip.name)
        yield replace(named, said=slip.said, near=slip.near)
    for each in reply.remark.statements:
        if each.doubt:
            yield replace(finding(f"stated-{each.doubt}", reply, each.name), said=each.value)
        key = key_of(each)
        first = claims.statements.setdefault(key, each)
        row = claims.rows.setdefault(key, reply)
        if first is not each and (code := _contradiction(claims, first, each)):
            found = replace(finding(code, reply, each.name), said=each.value, other=row.cell)
            if code == "stated-ends" and each.holding:
                found = replace(found, until=each.holding.until)
            yield found


def _contradiction(claims: Claims, first: Statement, each: Statement) -> str:
    """How a statement contradicts the first; what is claimed then is what both allow."""
    if each.kind == "reading":
        if first.value == each.value:
            return ""
        claims.put(replace(first, value=""))
        return "stated-two"
    if "fact" in (first.kind, each.kind):
        fact = claims.rulebook.facts[each.name]
        if first.kind == each.kind and value_of(fact, first.value) == value_of(fact, each.value):
            return ""
        claims.unsure(each.name)
        return "stated-two"
    if first.holding is None or each.holding is None:
        claims.unsure(each.name)
        return "stated-both" if first.kind != each.kind else ""
    one, two = first.holding.until, each.holding.until
    if two and (one is None or two < one):
        claims.put(replace(first, holding=replace(first.holding, until=two)))
    return "stated-ends" if one and two and one != two else ""


def settle(claims: Claims, replies: Sequence[Reply]) -> Iterator[Finding]:
    """Settles the facts on which it rests whether items apply, where no row states them.

    That an item is answered as exempt is a claim that the fact is so; any other answer to an item
    that the fact decides leaves it unknown.
    """
    assessment = claims.assessed()
    rows = {reply.item: reply for reply in replies}
    deciding: dict[str, list[ItemAnswer]] = {}
    for answer in assessment.items:
        for fact in deciders(assessment.rulebook, answer.id):
            told = ("", fact) in claims.statements
            if not told and assessment.situation.facts[fact] is not None:
                deciding.setdefault(fact, []).append(answer)
    for fact, answers in deciding.items():
        found = [rows[answer.id] for answer in answers if answer.id in rows]
        exempt = [reply for reply in found if reply.meaning == "exempt"]
        outside = any(answer.obligation == "not_applicable" for answer in answers)
        if outside and len(exempt) == len(answers):
            claims.facts[fact] = tuple(exempt)
            continue
        claims.unsure(fact)
        yield from (
            finding("fact-unstated", reply, fact) for reply in found if reply.meaning in NEGATIVE
        )


def meeting(rulebook: Rulebook, item: str) -> set[str]:
    """All that bears on whether an item is met: itself, evidence, and other items by theirs."""
    found: set[str] = set()
    waiting = [item]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        met_by = rulebook.items[name].met_by if name in rulebook.items else None
        leaves = expression.leaves(met_by) if met_by is not None else ()
        waiting += (leaf.name for leaf in leaves if isinstance(leaf, Name))
    return found


def exempt(answer: ItemAnswer) -> bool:
    """Whether nothing is owed for an item, be it met or not, and though it may not apply."""
    return answer.obligation in EXEMPT or bool(answer.waived_by)
