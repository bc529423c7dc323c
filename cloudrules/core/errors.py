"""What can be wrong with an input, as data; the words for it live in `cloudrules.render`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file (or an option such as `--on`), a line and column from 1."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a code of `render.faults`, where, and the values its words need."""

    code: str
    place: Place
    values: dict[str, str] = field(default_factory=dict)


class BadInput(Exception):
    """The input cannot be used. `faults` holds all that is wrong with it, each once, by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        once = {(each.place, each.code, *sorted(each.values.items())): each for each in faults}
        self.faults = tuple(once[key] for key in sorted(once))
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))


class TooLarge(Exception):
    """An exact answer would need more steps than are allowed; `what` names the question."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def fault(code: str, place: Place, /, **values: object) -> Fault:
    return Fault(code, place, {key: str(value) for key, value in values.items()})


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or ''."""
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return found[0] if found else ""
