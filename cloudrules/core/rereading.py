"""What the verdict on a form would be, were a clause read in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cloudrules.core import assessment, grounds
from cloudrules.core.case import Case, circuit_of
from cloudrules.core.grounds import Verdict
from cloudrules.core.hearing import Claim
from cloudrules.core.rulebook import Readings


@dataclass(frozen=True)
class Otherwise:
    """An option that is not taken of a reading, and the other verdict that it would give."""

    reading: str
    option: str
    verdict: Verdict


def from_case(case: Case, claims: Sequence[Claim], verdict: Verdict) -> Iterator[Otherwise]:
    """The options under which, the other readings staying as they are, the verdict is another."""
    options = [*_options(case)]
    worlds = [worlds for _, _, worlds in options]
    for (reading, option, _), found in zip(options, _verdicts(case, claims, worlds), strict=True):
        if found != verdict:
            yield Otherwise(reading, option, found)


def _options(case: Case) -> Iterator[tuple[str, str, Readings]]:
    """The options that are not taken, each with the readings of its world."""
    taken = case.situation.readings
    for reading in case.rulebook.readings:
        for option in reading.option_ids:
            readings = {**taken, reading.id: option}
            if readings != taken and case.rulebook.possible(readings):
                yield reading.id, option, readings


def _verdicts(case: Case, claims: Sequence[Claim], worlds: Sequence[Readings]) -> Iterator[Verdict]:
    """The verdict in each world, simulated in all of them at once where one circuit has them."""
    if case.circuit.one_reading:
        for readings in worlds:
            circuit = circuit_of(case.rulebook, readings)
            read = replace(case.situation, readings=readings)
            yield grounds.verdict_of(Case(case.rulebook, circuit, read), claims)
        return
    doubted = case.situation.doubting(grounds.names_of(claims))
    known = assessment.verdicts(case.circuit, case.situation, worlds)
    evidenced = assessment.verdicts(case.circuit, doubted, worlds)
    for readings, whole, sure in zip(worlds, known, evidenced, strict=True):
        if whole and sure is None:  # the claims turn it, or what is not known anyway
            read = replace(case.situation, readings=readings)
            yield grounds.verdict_of(replace(case, situation=read), claims)
        else:
            yield grounds.verdict(whole, turns=False)
