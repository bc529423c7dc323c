"""What the verdict on a form rests on: evidence that it states, or the word of an answer alone.

A row is a *claim* where its item is held for no better reason than its answer: an item that
evidence can meet, whose remarks state none of it, or an item without any remark. What nothing but
a declaration can meet is *attested* by its remark, which is as good as it gets. That an item does
not apply is a claim, too, where no row states the facts on which that rests.

The verdict is told for every way in which the claims can turn out, not for their being false: a
duty may also be switched on by what is held. It is `compliant` where it holds however they turn
out, and `claimed` where it holds if they are true, but not however they turn out; it is
`not-compliant` where it fails though they are true, and `unknown` where what is not known leaves it
open. Whether an item is exempt is asked in the same way. What a claim can still turn is decided on
the circuit, exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from cloudrules.core.assessment import Assessment, ItemAnswer
from cloudrules.core.case import Case
from cloudrules.core.claims import answered, exempt
from cloudrules.core.errors import TooLarge
from cloudrules.core.gates import Gate
from cloudrules.core.hearing import Claim
from cloudrules.core.implicants import undecided
from cloudrules.core.reply import Reply

Verdict: TypeAlias = Literal["compliant", "claimed", "not-compliant", "unknown"]


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


def verdict_of(case: Case, claims: Sequence[Claim]) -> Verdict:
    """The verdict alone."""
    names = names_of(claims)
    whole = case.compliant()
    if not whole or not names:
        return verdict(whole, turns=False)
    doubted = replace(case, situation=case.situation.doubting(names))
    turns = doubted.compliant() is None and bool(names & {*doubted.assessed().undecided_by})
    return verdict(whole, turns=turns)


def from_case(case: Case, replies: Sequence[Reply], claims: Sequence[Claim]) -> Grounds:
    """The grounds of what a form tells, `claims` being those of its rows that are claims."""
    names = names_of(claims)
    whole = case.assessed()
    doubted = replace(case, situation=case.situation.doubting(names))
    evidenced = doubted.assessed()
    asked = [answer.id for answer in whole.items]
    found = verdict(whole.compliant, turns=bool(names & {*evidenced.undecided_by}))
    turning = evidenced.undecided_by if found == "claimed" else ()
    return Grounds(
        found,
        tuple(each.reply for each in claims if not evidenced.item(each.item).met),
        tuple(item for item in asked if item in whole.situation.held.keys() - names),
        _items(asked, claims, turning),
        _exempt(doubted, evidenced, claims, answered(replies, whole)),
    )


def names_of(claims: Iterable[Claim]) -> frozenset[str]:
    """The inputs that are claimed."""
    return frozenset(name for each in claims for name in each.names)


def _items(
    order: Iterable[str], claims: Iterable[Claim], names: Collection[str]
) -> tuple[str, ...]:
    """The items whose rows claim any of these inputs."""
    found = {each.item for each in claims if not each.names.isdisjoint(names)}
    return tuple(item for item in order if item in found)


def verdict(whole: bool | None, *, turns: bool) -> Verdict:
    """The verdict where all claims are true or not known, and whether the claims turn it."""
    if whole is None:
        return "unknown"
    if not whole:
        return "not-compliant"
    return "claimed" if turns else "compliant"


def _exempt(
    case: Case,
    evidenced: Assessment,
    claims: Sequence[Claim],
    rows: Iterable[tuple[Reply, ItemAnswer]],
) -> dict[str, tuple[str, ...]]:
    """The claims on which each exemption turns; an empty answer to an exempt item is one, too."""
    found: dict[str, tuple[str, ...]] = {}
    known: dict[tuple[int, int], tuple[str, ...]] = {}
    order = evidenced.rulebook.items
    for reply, answer in rows:
        if reply.meaning not in ("exempt", "blank") or not exempt(answer):
            continue
        if answer.met or exempt(evidenced.item(answer.id)):
            continue
        named = case.circuit.named
        gates = named["applies", answer.id], named["waived", answer.id]
        if gates not in known:
            known[gates] = _items(order, claims, _turning(case, *gates))
        if known[gates]:
            found[answer.id] = known[gates]
    return found


def _turning(case: Case, applies: int, waived: int) -> frozenset[str]:
    """The unknown inputs on which it turns that an item does not apply, or is waived."""
    gates = case.circuit.gates
    more = [Gate("not", (applies,)), Gate("or", (len(gates), waived))]
    circuit = replace(case.circuit, gates=[*gates, *more])
    try:
        return frozenset(undecided(circuit, len(gates) + 1, case.situation, case.rulebook))
    except TooLarge:
        unset = (name for name, value in case.situation.facts.items() if value is None)
        return case.situation.unknown.union(unset)
