"""What answers are about, as every rendering of them takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.comparison import Failure
    from cloudrules.core.entries import Reading
    from cloudrules.core.rulebook import Readings, Rulebook
    from cloudrules.core.service import Service


@dataclass(frozen=True)
class Head:
    """The service, the rulebooks it is held against, the date, and the readings taken."""

    service: Service
    rulebooks: tuple[Rulebook, ...]
    on: date
    readings: Readings = field(default_factory=dict)

    def reading(self, name: str) -> Reading | None:
        found = (each for book in self.rulebooks for each in book.readings if each.id == name)
        return next(found, None)

    def taken(self, reading: Reading) -> str:
        """The id of the option that is taken of a reading."""
        return self.readings.get(reading.id, reading.options[0].id)


@dataclass(frozen=True)
class VariantOutcome:
    """One variant of a scenario file, tested."""

    file: str
    name: str
    failures: Sequence[Failure]

    @property
    def passed(self) -> bool:
        return not self.failures
