"""What a clause says: when it releases items, and which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cloudrules.core.formula_text import Formula, Item
from cloudrules.core.mentions import Mentions


@dataclass(frozen=True)
class Below:
    """What stands below the clause, or from item `first` on; `next`: it may be but one item."""

    first: str = ""
    next: bool = False


@dataclass(frozen=True)
class Itself:
    """The item in whose cell the clause stands."""


ALL_BELOW, ITSELF = Below(), Itself()
Target: TypeAlias = "Below | Itself | tuple[Item, ...]"


@dataclass(frozen=True)
class Clause:
    """`when` has several entries where the words can be grouped so; `target` is what it releases.

    `whole` are the items of which the condition names one part (ISMAPへの登録) and the item more.
    """

    when: dict[str, Formula]
    target: Target
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A sentence that releases something; `why` is a code, `said` the words that it is about."""

    why: str
    said: str = ""


def fault_of(parts: list[Item], mentions: Mentions) -> Unread | None:
    """What is wrong with items that a clause names."""
    for part in parts:
        for name in (part.first, part.last):
            if name in mentions.doubtful:
                return Unread("doubtful", name)
            if name and name not in mentions.places:
                return Unread("unknown", name)
        if part.last and mentions.places[part.first] > mentions.places[part.last]:
            return Unread("backwards", f"{part.first}~{part.last}")
    return None
