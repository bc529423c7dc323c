"""How a clause is read in whatever language: a condition, and what it releases."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, TypeAlias

from cloudrules.core.clause_words import LONGEST
from cloudrules.core.formula_text import Formula, Item, items_in, words_in
from cloudrules.core.mentions import Mentions
from cloudrules.core.release import ALL_BELOW, ITSELF, Below, Clause, Target, Unread, fault_of

Listed: TypeAlias = tuple[list[Item], list[tuple[str, bool]], int]


@dataclass
class ClauseReader(ABC):
    """Reads clauses about these items, of which `texts` has the words.

    `doubtful` are the numbers that the sheet gives to several items, `whole` the items that the
    last clause read takes for met as a whole.
    """

    texts: Mapping[str, str]
    doubtful: Collection[str] = ()
    whole: list[str] = field(default_factory=list)

    # What stands for the cell's own item, for all below, for the next one, for an item and all on.
    OWN: ClassVar[re.Pattern[str]]
    BELOW: ClassVar[re.Pattern[str]]
    NEXT: ClassVar[re.Pattern[str]]
    ONWARDS: ClassVar[re.Pattern[str]]

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self.texts, self.doubtful)

    def clause(self, sentence: str, own: str = "") -> Clause | Unread:
        """A sentence that releases items, in the cell of item `own` if any."""
        self.whole = []
        said = self._plain(sentence)
        if len(said) > LONGEST:
            return Unread("clause")
        for condition, target in self._halves(said):
            found = self._target(target, own)
            if found is None:
                continue
            if isinstance(found, Unread):
                return found
            when = self._conditions(condition)
            kept = [each for part in when.values() for each in words_in(part)]
            if any(map(self._leans, kept)):
                return Unread("clause")
            if name := self.mentions.doubtful_in(kept):
                return Unread("doubtful", name)
            return Clause(when, found, tuple(dict.fromkeys(self.whole)))
        return Unread("clause")

    def _target(self, said: str, own: str) -> Target | Unread | None:
        """What is released; None where the words do not say it."""
        if not said or self.OWN.fullmatch(said):
            return ITSELF if own else Unread("target", said)
        if self.BELOW.fullmatch(said):
            return ALL_BELOW
        if self.NEXT.fullmatch(said):
            return Below(next=True)
        read = self._listed(said)
        if read is None:
            return None
        parts, joints, end = read
        if end < len(said):
            onwards = len(parts) == 1 and not parts[0].last and self.ONWARDS.fullmatch(said, end)
            return (fault_of(parts, self.mentions) or Below(parts[0].first)) if onwards else None
        if any(kind == "or" for kind, _ in joints):
            return Unread("target", said)
        return fault_of(parts, self.mentions) or tuple(parts)

    def _only(self, read: dict[str, Formula] | None, own: str) -> Formula | None:
        """A condition that can be read in one way, and is not about the item itself."""
        if read is None or len(read) > 1:
            return None
        (formula,) = read.values()
        return None if own in items_in(formula) else formula

    @abstractmethod
    def applies(self, text: str, own: str) -> Formula | None:
        """The condition that the text of an item begins with, where it is certain."""

    @abstractmethod
    def _plain(self, sentence: str) -> str:
        """A sentence as it is read."""

    @abstractmethod
    def _halves(self, said: str) -> Iterator[tuple[str, str]]:
        """The condition and the target of a clause, in each way in which it may be divided."""

    @abstractmethod
    def _listed(self, said: str) -> Listed | None:
        """A list of items: its parts, how they are joined (and whether with a comma), its end."""

    @abstractmethod
    def _conditions(self, said: str) -> dict[str, Formula]:
        """A condition in each way in which it can be grouped; words where it is not read."""

    @abstractmethod
    def _leans(self, words: str) -> bool:
        """Whether words mean nothing without those around them."""
