"""What the remarks in one row of a form say, as far as it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cloudrules.core.statement import Statement


@dataclass(frozen=True)
class Slip:
    """What looks like a statement and is none: a `value` or a `name` that the rulebook lacks.

    `said` is what was written, `near` the known word most like it.
    """

    kind: Literal["value", "name"]
    name: str
    said: str
    near: str = ""


@dataclass(frozen=True)
class Remark:
    """`note` is what the remarks say besides what they state.

    `denied` are words of the note by which something is not so, or not for certain. `ends` are the
    days that the remarks call the end of what has none in a statement, `begins` those from which it
    is so. `quoted` are the waivers whose text they repeat,
    `cites` the items by which they say that this one is released.
    """

    statements: tuple[Statement, ...] = ()
    note: str = ""
    denied: str = ""
    ends: tuple[date, ...] = ()
    begins: tuple[date, ...] = ()
    quoted: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def held(self) -> tuple[Statement, ...]:
        """What is stated to be held."""
        return tuple(each for each in self.statements if each.kind == "held")
