"""What the verdict on a form would be, were a clause read in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cloudrules.core import grounds
from cloudrules.core.case import Case, circuit_of
from cloudrules.core.grounds import Verdict
from cloudrules.core.hearing import Claim


@dataclass(frozen=True)
class Otherwise:
    """An option that is not taken of a reading, and the other verdict that it would give."""

    reading: str
    option: str
    verdict: Verdict


def from_case(case: Case, claims: Sequence[Claim], verdict: Verdict) -> Iterator[Otherwise]:
    """The options under which, the other readings staying as they are, the verdict is another."""
    for reading in case.rulebook.readings:
        for option in reading.option_ids:
            readings = {**case.situation.readings, reading.id: option}
            if readings == case.situation.readings or not case.rulebook.possible(readings):
                continue
            circuit = case.circuit
            if circuit.one_reading:
                circuit = circuit_of(case.rulebook, readings)
            read = replace(case.situation, readings=readings)
            found = grounds.verdict_of(Case(case.rulebook, circuit, read), claims)
            if found != verdict:
                yield Otherwise(reading.id, option, found)
