"""A form that was filled in, row by row, and what is found of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cloudrules.core.remark import Remark

NEGATIVE = ("missing", "open")
EXEMPT = ("waived", "not_applicable")
# Answers that leave open whether an item is met.
UNREAD = ("partly", "unclear", "uncomputed", "struck")
OPEN = ("blank", "unknown", "misplaced", *UNREAD)


@dataclass(frozen=True)
class Reply:
    """One item's row as it was filled in.

    `meaning` is what the answer means: met, missing, exempt, open, or one of OPEN; `misplaced` is
    that of a row with the text of another item. `cell` is where the answer stands; of one that is
    struck through, `answer` is what is.

    `unread` is why nothing could be read of its remarks though something stands there, which is in
    the cell `beside`: a finding's code, or ''.
    """

    item: str
    meaning: str
    answer: str = ""
    cell: str = ""
    remark: Remark = field(default_factory=Remark)
    hidden: bool = False
    beside: str = ""
    unread: str = ""

    @property
    def stated(self) -> bool:
        """Whether the remarks state something of the item itself."""
        return any(each.name == self.item for each in self.remark.statements)

    @property
    def bare(self) -> bool:
        """Whether nothing at all stands beside the answer that bears it out."""
        return not self.remark.note and not self.stated

    @property
    def explained(self) -> bool:
        """Whether it is told of a statement why it is not certain that the item is met."""
        return self.meaning == "met" and any(each.doubt for each in self.remark.statements)

    def past(self, on: date) -> date | None:
        """The first of the ends that its remarks tell in their own words which is over."""
        return min((end for end in self.remark.ends if end < on), default=None)

    def future(self, on: date) -> date | None:
        """The first of the days from which it is so by its remarks that is yet to come."""
        return min((day for day in self.remark.begins if day > on), default=None)


@dataclass(frozen=True)
class Finding:
    """An answer that cannot be read for certain, or that does not follow.

    `name` is what it is about, evidence mostly; `said` what is stated of that, `near` what may be
    meant, `other` the cell of a row that states something else, `own` what the rulebook says.
    """

    code: str
    item: str
    cell: str = ""
    answer: str = ""
    name: str = ""
    until: date | None = None
    said: str = ""
    near: str = ""
    other: str = ""
    own: str = ""


def finding(code: str, reply: Reply, name: str = "", until: date | None = None) -> Finding:
    """What is found of a row."""
    return Finding(code, reply.item, reply.cell, reply.answer, name, until)


def unread(reply: Reply) -> Finding | None:
    """What is found of remarks of which nothing could be read."""
    return Finding(reply.unread, reply.item, reply.beside) if reply.unread else None
