"""Whether the answers of a form follow from what it claims, or from what a service holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core import case, expression, grounds, rereading
from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.claims import (
    Claims,
    answered,
    by_key,
    exempt,
    key_of,
    without_row,
)
from cloudrules.core.expression import Name
from cloudrules.core.grounds import Grounds
from cloudrules.core.hearing import claimed, read
from cloudrules.core.names import value_of
from cloudrules.core.printed import NOTHING, Printed
from cloudrules.core.reply import NEGATIVE, UNREAD, Finding, Reply, finding, unread
from cloudrules.core.rereading import Otherwise
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Service
from cloudrules.core.situation import shown
from cloudrules.core.statement import Statement


@dataclass(frozen=True)
class Checked:
    """Whether answers follow from what is claimed, or from what a service holds.

    `grounds` tell what the verdict rests on; against a service, which is taken as it is, it rests
    on no claim. `otherwise` are the readings under which the verdict would be another.
    """

    service: Service
    assessment: Assessment
    findings: tuple[Finding, ...]
    grounds: Grounds
    otherwise: tuple[Otherwise, ...]

    @property
    def good(self) -> bool:
        """Whether nothing is found, and the verdict and every exemption rest on evidence."""
        return not self.findings and self.grounds.sound


def check(
    rulebook: Rulebook,
    replies: Sequence[Reply],
    base: Service,
    on: date,
    service: Service | None = None,
    printed: Printed = NOTHING,
) -> Checked:
    """Hold each answer against what the form itself claims, or against `service`.

    The readings that `base` takes win over those of the form and of the service. `printed` is held
    against the rulebook as it is read so.
    """
    findings: list[Finding] = []
    told: set[str] = set()
    if service is None:
        claims, doubts = claimed(rulebook, replies, base, on)
        findings += (each for each in doubts if each.code != "met-unknown")
        findings += _chosen(claims)
        told |= {
            each.item for each in findings if not each.code.startswith(("stated-", "reading-"))
        }
        told |= {reply.item for reply in replies if reply.explained}
        found = read(rulebook, replies, base, on)  # where what is not certain is not known
        known, alone = found.service, found.claims
    else:
        names = {ref.name for ref in base.readings}
        kept = {ref: each for ref, each in service.readings.items() if ref.name not in names}
        known, alone = replace(service, readings={**kept, **base.readings}), ()
        claims = Claims(rulebook, known, on, by_key(known))
    assessment = claims.assessed()
    words = {claim.item for claim in alone if not claim.of_facts}
    for reply, answer in answered(replies, assessment):
        if service is not None:
            findings += _against(reply, claims, assessment)
        fault = "" if reply.item in told else _fault(reply, answer)
        lost = unread(reply)
        unexplained = reply.item in words and reply.bare and lost is None
        if not fault and unexplained and reply.item not in told:
            fault = "met-bare"
        if fault:
            findings.append(finding(fault, reply))
        elif service is not None and _differs(reply, answer):
            findings.append(replace(finding("differs", reply), name=answer.status))
        if cited := _cited(assessment.rulebook, reply, answer):
            findings.append(replace(finding("cites-other", reply), said=cited))
        if lost:
            findings.append(lost)
        if reply.hidden:
            findings.append(finding("hidden", reply))
    findings += [Finding("no-row", item) for item in without_row(rulebook, replies, assessment)]
    findings += printed.findings(assessment)
    places = {name: place for place, name in enumerate(rulebook.items)}
    findings.sort(key=lambda each: places.get(each.item, -1))
    judged = case.from_service([rulebook], known, on)[0]
    rests = grounds.from_case(judged, replies, alone)
    otherwise = tuple(rereading.from_case(judged, alone, rests.verdict))
    return Checked(known, judged.assessed(), tuple(findings), rests, otherwise)


def _chosen(claims: Claims) -> Iterator[Finding]:
    """The readings that are taken on the form's own word, and are not the default."""
    defaults = claims.rulebook.defaults()
    taken = {ref.name for ref in claims.base.readings}
    for key, each in claims.statements.items():
        chosen = each.kind == "reading" and each.value not in ("", defaults.get(each.name))
        if chosen and each.name not in taken:
            yield replace(finding("reading-chosen", claims.rows[key], each.name), said=each.value)


def _cited(rulebook: Rulebook, reply: Reply, answer: ItemAnswer) -> str:
    """The item or the clause that a row names as what releases it, though only another does.

    Told where it is certain: a clause over the item is cited that does not fire, and none is that
    does.
    """
    remark = reply.remark
    if reply.meaning != "exempt" or answer.obligation != "waived":
        return ""
    if not remark.cites and not remark.quoted:
        return ""
    wrong = ""
    for waiver in rulebook.waivers.values():
        if reply.item not in rulebook.listed(waiver.waives):
            continue
        leaves = {leaf.name for leaf in expression.leaves(waiver.when) if isinstance(leaf, Name)}
        cites = next((item for item in remark.cites if item in leaves), "")
        cited = cites or (waiver.id if waiver.id in remark.quoted else "")
        if cited and waiver.id in answer.waived_by:
            return ""
        wrong = wrong or cited
    return wrong


def _differs(reply: Reply, answer: ItemAnswer) -> bool:
    """Whether an answer is another than a service's, though neither is wrong by the other."""
    lacking = answer.met is False and not exempt(answer)
    fitting = {
        "met": answer.met is True,
        "missing": lacking,
        "open": lacking,
        "exempt": exempt(answer),
        "unknown": answer.status == "unknown",
    }
    return not fitting.get(reply.meaning, True)


def _fault(reply: Reply, answer: ItemAnswer) -> str:
    """Why an answer does not follow; '' where it does."""
    meaning, status = reply.meaning, answer.status
    if meaning in UNREAD:
        return meaning
    if meaning == "blank":
        return "" if answer.met or exempt(answer) else "blank"
    if meaning == "exempt" and exempt(answer):
        return ""
    if meaning == "exempt":
        return (
            "exempt-met" if answer.met else "exempt-not" if status in NEGATIVE else "exempt-unknown"
        )
    if meaning == "met" and not answer.met:
        return "met-unknown" if answer.met is None else "met-not"
    if meaning in NEGATIVE and answer.met:
        return "missing-met"
    return "open-mandatory" if meaning == "open" and status == "missing" else ""


def _against(reply: Reply, claims: Claims, assessment: Assessment) -> Iterator[Finding]:
    """What a row states that is otherwise with the service."""
    for each in reply.remark.statements:
        named = replace(finding("stated-not", reply), name=each.name)
        if each.kind in ("fact", "reading"):
            other = _otherwise(each, assessment)
            if other is not None:
                yield replace(named, code="stated-other", said=each.value, other=other)
            continue
        if each.holding is None:
            continue
        held = claims.statements.get(key_of(each))
        if held is None or held.holding is None:
            yield named
        elif held.holding.until != each.holding.until:
            yield replace(named, code="stated-until", until=held.holding.until)


def _otherwise(each: Statement, assessment: Assessment) -> str | None:
    """What a fact or a reading is, where it is not as stated; '' where it is not known."""
    if each.kind == "reading":
        taken = assessment.situation.readings.get(each.name)
        return taken if taken != each.value else None
    fact = assessment.rulebook.facts[each.name]
    value = assessment.situation.facts.get(each.name)
    return None if value == value_of(fact, each.value) else "" if value is None else shown(value)
