"""What the verdict on a form rests on: evidence that it states, or the word of an answer alone.

A row is a *claim* where its item is held for no better reason than its answer: an item that
evidence can meet, whose remarks state none of it, or an item without any remark. What nothing but
a declaration can meet is *attested* by its remark, which is as good as it gets.

The verdict is told for every way in which the claims can turn out, not for their being false: a
duty may also be switched on by what is held. It is `compliant` where it holds however they turn
out, and `claimed` where it holds if they are true, but not however they turn out; it is
`not-compliant` where it fails though they are true, and `unknown` where what is not known leaves it
open. Whether an item is exempt is asked in the same way. What a claim can still turn is decided on
the circuit, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.case import Case
from cloudrules.core.errors import TooLarge
from cloudrules.core.gates import Gate
from cloudrules.core.implicants import undecided
from cloudrules.core.reply import Reply, answered

Verdict: TypeAlias = Literal["compliant", "claimed", "not-compliant", "unknown"]
_EXEMPT = ("waived", "not_applicable")


@dataclass(frozen=True)
class Grounds:
    """`claims` are the claims that no evidence makes good, `attested` the items attested.

    `rests_on` are the claims on which the verdict turns where it is `claimed`, `exempt` those on
    which it turns that an item is exempt, by that item.
    """

    verdict: Verdict
    claims: tuple[Reply, ...]
    attested: tuple[str, ...]
    rests_on: tuple[str, ...]
    exempt: dict[str, tuple[str, ...]]

    @property
    def sound(self) -> bool:
        """Whether neither the verdict nor an exemption rests on a claim."""
        return self.verdict != "claimed" and not self.exempt


def from_case(case: Case, replies: Sequence[Reply], claims: Sequence[Reply]) -> Grounds:
    """The grounds of what a form tells, `claims` being those of its rows that are claims."""
    names = frozenset(reply.item for reply in claims)
    whole = case.assessed()
    doubted = replace(case, situation=case.situation.doubting(names))
    evidenced = doubted.assessed()
    asked = [answer.id for answer in whole.items]
    verdict = _verdict(whole.compliant, turns=bool(names & {*evidenced.undecided_by}))
    turning = evidenced.undecided_by if verdict == "claimed" else ()
    return Grounds(
        verdict,
        tuple(reply for reply in claims if not evidenced.item(reply.item).met),
        tuple(item for item in asked if item in whole.situation.held.keys() - names),
        tuple(item for item in asked if item in names & {*turning}),
        _exempt(doubted, evidenced, names, answered(replies, whole)),
    )


def _verdict(whole: bool | None, *, turns: bool) -> Verdict:
    if whole is None:
        return "unknown"
    if not whole:
        return "not-compliant"
    return "claimed" if turns else "compliant"


def _exempt(
    case: Case,
    evidenced: Assessment,
    claims: frozenset[str],
    rows: Iterable[tuple[Reply, ItemAnswer]],
) -> dict[str, tuple[str, ...]]:
    """The claims on which each exemption turns; an empty answer to an exempt item is one, too."""
    found: dict[str, tuple[str, ...]] = {}
    known: dict[tuple[int, int], frozenset[str]] = {}
    for reply, answer in rows:
        if reply.meaning not in ("exempt", "blank") or answer.status not in _EXEMPT:
            continue
        if evidenced.item(answer.id).obligation in _EXEMPT:
            continue
        named = case.circuit.named
        gates = named["applies", answer.id], named["waived", answer.id]
        if gates not in known:
            known[gates] = claims & _turning(case, *gates)
        if known[gates]:
            order = evidenced.rulebook.items
            found[answer.id] = tuple(item for item in order if item in known[gates])
    return found


def _turning(case: Case, applies: int, waived: int) -> frozenset[str]:
    """The unknown inputs on which it turns that an item does not apply, or is waived."""
    gates = case.circuit.gates
    more = [Gate("not", (applies,)), Gate("or", (len(gates), waived))]
    circuit = replace(case.circuit, gates=[*gates, *more])
    try:
        return frozenset(undecided(circuit, len(gates) + 1, case.situation, case.rulebook))
    except TooLarge:
        return case.situation.unknown
