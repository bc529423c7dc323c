"""Whether the answers of a form follow from what it claims, or from what a service holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core import case, grounds
from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.grounds import Grounds
from cloudrules.core.reply import (
    NEGATIVE,
    Claims,
    Finding,
    Reply,
    answered,
    by_key,
    claimed,
    finding,
    key_of,
    read,
    without_row,
)
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Service


@dataclass(frozen=True)
class Checked:
    """Whether answers follow from what is claimed, or from what a service holds.

    `grounds` tell what the verdict rests on; against a service, which is taken as it is, it rests
    on no claim.
    """

    assessment: Assessment
    findings: tuple[Finding, ...]
    grounds: Grounds

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
) -> Checked:
    """Hold each answer against what the form itself claims, or against `service`."""
    findings: list[Finding] = []
    told: set[str] = set()
    if service is None:
        claims, doubts = claimed(rulebook, replies, base, on)
        findings += (each for each in doubts if each.code != "met-unknown")
        told |= {each.item for each in findings if not each.code.startswith("stated-")}
        told |= {reply.item for reply in replies if reply.explained}
        found = read(rulebook, replies, base, on)  # where what is not certain is not known
        known, alone = found.service, found.claims
    else:
        claims = Claims(rulebook, service, on, by_key(service))
        known, alone = service, ()
    assessment = claims.assessed()
    for reply, answer in answered(replies, assessment):
        if service is not None:
            findings += _against(reply, claims)
        fault = "" if reply.item in told else _fault(reply, answer)
        if not fault and reply in alone and reply.bare:
            fault = "met-bare"
        if fault:
            findings.append(finding(fault, reply))
        elif service is not None and _differs(reply, answer):
            findings.append(replace(finding("differs", reply), name=answer.status))
        if reply.hidden:
            findings.append(finding("hidden", reply))
    findings += [Finding("no-row", item) for item in without_row(rulebook, replies, assessment)]
    places = {name: place for place, name in enumerate(rulebook.items)}
    findings.sort(key=lambda each: places.get(each.item, -1))
    judged = case.from_service([rulebook], known, on)[0]
    rests = grounds.from_case(judged, replies, alone)
    return Checked(judged.assessed(), tuple(findings), rests)


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


def _against(reply: Reply, claims: Claims) -> Iterator[Finding]:
    """What a row states that the service does not hold, or holds until another day."""
    for each in reply.statements:
        if each.holding is None:
            continue
        held = claims.statements.get(key_of(each))
        named = replace(finding("stated-not", reply), name=each.name)
        if held is None or held.holding is None:
            yield named
        elif held.holding.until != each.holding.until:
            yield replace(named, code="stated-until", until=held.holding.until)
