"""Short ways into the engine for tests: from files in a folder to a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cloudrules.core import case
from cloudrules.core.case import Case
from cloudrules.core.problem import Clock, OutOfTime
from cloudrules.core.service import Service
from cloudrules.files.library import Library, read_as, read_tree

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"


def engine(folder: Path, on: date, service: str = "service.yaml") -> Case:
    """The case of the service file in a folder, under the rulebook that it names."""
    read = read_as(Service, read_tree(folder / service))
    rulebook = Library().rulebook(read.rulebook[0], folder)
    return case.from_service([rulebook], read, on)[0]


class Countdown(Clock):
    """A clock that is up after so many looks at it."""

    def __init__(self, looks: int) -> None:
        super().__init__(None)
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise OutOfTime
