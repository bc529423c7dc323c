"""One service held against one rulebook on one date: the rulebook, its circuit, the inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core import assessment, circuit, situation
from cloudrules.core.assessment import Assessment, World, Worlds
from cloudrules.core.errors import BadInput, Fault, TooLarge
from cloudrules.core.gates import Circuit
from cloudrules.core.memory import uncollected
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.service import Service
from cloudrules.core.situation import Situation


@dataclass(frozen=True)
class Case:
    rulebook: Rulebook
    circuit: Circuit
    situation: Situation

    def on(self, day: date) -> Case:
        """The same things held under the rules of another day.

        Raises BadInput where the rulebook is not in force then.
        """
        if day == self.situation.on:
            return self
        rulebook = self.rulebook.on(day)
        inputs = replace(self.situation, on=day)
        return Case(rulebook, circuit_of(rulebook, inputs.readings), inputs)

    def assessed(self) -> Assessment:
        """In the reading that the service takes."""
        return assessment.from_circuit(self.circuit, self.rulebook, self.situation)

    def of(self, service: Service) -> Case:
        """Another service under the same rules on the same day. Raises BadInput."""
        inputs = situation.from_service(
            self.rulebook, service, self.situation.on, situation.Known([self.rulebook])
        )
        circuit = self.circuit
        if circuit.one_reading and inputs.readings != self.situation.readings:
            circuit = circuit_of(self.rulebook, inputs.readings)
        return Case(self.rulebook, circuit, inputs)

    def compliant(self) -> bool | None:
        """The verdict alone, in the reading that the service takes."""
        (found,) = assessment.verdicts(self.circuit, self.situation, [self.situation.readings])
        return found

    def alone(self) -> Worlds:
        """The verdict in the reading that the service takes, as one world."""
        found = self.assessed()
        world = World(self.rulebook.id, self.situation.readings, found.compliant, found.missing)
        return Worlds((world,), ())

    def in_all_readings(self) -> Worlds:
        return assessment.in_all_readings(self.circuit, self.rulebook, self.situation)


@uncollected()
def from_service(rulebooks: Sequence[Rulebook], service: Service, on: date) -> list[Case]:
    """A case for each rulebook. Raises BadInput with the faults of all of them."""
    cases: list[Case] = []
    faults: list[Fault] = []
    known = situation.Known(rulebooks)
    for rulebook in rulebooks:
        here = rulebook
        try:
            here = rulebook.on(on)
        except BadInput as error:
            faults += error.faults
        try:
            inputs = situation.from_service(here, service, on, known)
            if not faults:
                cases.append(Case(here, circuit_of(here, inputs.readings), inputs))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return cases


def circuit_of(rulebook: Rulebook, readings: Readings) -> Circuit:
    """Of all readings, or of the one that is taken where they are too many."""
    try:
        return circuit.from_rulebook(rulebook)
    except TooLarge:
        return circuit.from_one_reading(rulebook, readings)
