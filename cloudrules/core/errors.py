"""What can be wrong with an input, as data; the words for it live in `cloudrules.render`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

MANY = 200  # names that one word is compared with


class Place(NamedTuple):
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
    """The input cannot be used. `faults` holds all that is wrong with it, each once a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        once = {
            (each.place.file, each.place.line, each.code, *sorted(each.values.items())): each
            for each in sorted(faults, key=lambda each: each.place, reverse=True)
        }
        self.faults = tuple(sorted(once.values(), key=lambda each: (each.place, each.code)))
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))


class TooLarge(Exception):
    """An exact answer would need more steps than are allowed; `what` names the question."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class Unable(Exception):
    """A solver cannot take numbers as large as these; `solver` names it."""

    def __init__(self, solver: str) -> None:
        self.solver = solver
        super().__init__(solver)


def fault(code: str, place: Place, /, **values: object) -> Fault:
    return Fault(code, place, {key: str(value) for key, value in values.items()})


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, capitals aside, or ''."""
    from difflib import SequenceMatcher, get_close_matches

    bare = word.casefold()
    names = {name.casefold(): name for name in sorted(known)}
    alike = list(names)
    if len(alike) > MANY:
        alike = [name for name in alike if name[:2] == bare[:2] or name[-2:] == bare[-2:]][:MANY]

    def likeness(name: str) -> tuple[float, bool, bool]:
        ratio = SequenceMatcher(None, name, bare).ratio()
        return ratio, name[:1] == bare[:1], name[:2] == bare[:2]

    found = get_close_matches(bare[:MANY], alike, n=5, cutoff=0.5 if len(bare) < 4 else 0.6)
    return names[max(found, key=likeness)] if found else ""
