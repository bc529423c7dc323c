"""What a rulebook and a catalogue consist of; the dataclasses are also the file formats.

See `cloudrules.core.schema` for how a field is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from cloudrules.core.entry import Mapping, Node, leaves
from cloudrules.core.errors import Place
from cloudrules.core.expression import FALSE, TRUE, Expr, Name, Range
from cloudrules.core.record import Record, shaped
from cloudrules.core.schema import (
    Choice,
    Condition,
    Day,
    ItemOrRange,
    Many,
    Ref,
    Reference,
    Table,
    Text,
    Tree,
    Whole,
    Word,
    Words,
)

Kind: TypeAlias = Literal["certification", "hosting", "control", "commitment"]
KINDS = ("certification", "hosting", "control", "commitment")
NEED = Choice(("mandatory", "optional"), {"必須": "mandatory", "任意": "optional"})


@dataclass(frozen=True)
class Period:
    from_: date | None = shaped(Day(), "first day", None)
    until: date | None = shaped(Day(), "last day", None)
    place: Place = field(default=Place(""), compare=False)

    def __contains__(self, day: date) -> bool:
        return (self.from_ or day) <= day <= (self.until or day)

    def nearest(self, day: date) -> date:
        """The day itself, or the one of the period that is nearest to it."""
        later = max(day, self.from_) if self.from_ else day
        return min(later, self.until) if self.until else later


ALWAYS = Period()


@dataclass(frozen=True)
class Effort:
    """What it takes to hold something: `cost` in the catalogue's currency, `months` from start."""

    cost: int | None = shaped(Whole(), "cost, in the catalogue's currency", None)
    months: int | None = shaped(Whole(), "months from start to finish", None)


@dataclass(frozen=True)
class Basis:
    kind: Literal["published", "estimate"] = shaped(
        Choice(("published", "estimate")),
        "whether the figures are published or an estimate",
        instead="estimate",
    )
    source: Text | None = shaped(Words(), "where the figures come from", None)


@dataclass(frozen=True)
class Evidence:
    id: str = shaped(Word(), "id of the evidence", instead="")
    kind: Kind = shaped(Choice(KINDS), "what kind of evidence it is", instead="control")
    holder: str = shaped(Word(), "who holds it: service, asp, csp, dc, contractor, ...", "")
    title: Text | None = shaped(Words(), "what it is", None)
    requires: Expr = shaped(Condition(), "condition over evidence: what must be held first", TRUE)
    effort: Effort | None = shaped(
        Record(Effort), "what it takes; absent: never worth planning", None
    )
    valid_months: int | None = shaped(Whole(), "how long it stays valid, in months", None)
    basis: Basis | None = shaped(Record(Basis), "where the figures come from", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    entry: Mapping = field(default=Mapping({}, Place("")), compare=False, repr=False)


@dataclass(frozen=True)
class Catalogue:
    catalogue: str = shaped(Word(), "id of the catalogue", instead="")
    evidence: tuple[Evidence, ...] = shaped(
        Many(Record(Evidence), least=1), "what can be held", instead=()
    )
    currency: str = shaped(Word(), "currency of the costs", "JPY")
    title: Text | None = shaped(Words(), "title", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Fact:
    """A context fact. `default` is text, read by the fact's type; `place` is that of its name."""

    title: Text | None = shaped(Words(), "what the fact is", None)
    type: str | None = shaped(Choice(("boolean", "number", "date", "option")), "its type", None)
    options: tuple[Ref, ...] = shaped(Many(Reference(), least=1), "its options", ())
    default: Ref | None = shaped(Reference(), "its value where a service does not say", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def sound(self) -> bool:
        """Whether its type could be read."""
        return not self.unread & {"type", "options"}

    @property
    def kind(self) -> str:
        return self.type or ("option" if self.options else "boolean")

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)


@dataclass(frozen=True)
class Item:
    """One numbered requirement. `entry` is the tree that it was read from, for patches."""

    id: str = shaped(Word(), "number of the item", instead="")
    need: Literal["mandatory", "optional"] = shaped(
        NEED,
        "mandatory (必須) or optional (任意)",
        instead="optional",
    )
    text: Text | None = shaped(Words(), "the requirement, verbatim", None)
    section: Text | None = shaped(Words(), "section of the checklist", None)
    applies_when: Expr = shaped(Condition(), "when the item applies; default: always", TRUE)
    met_by: Expr | None = shaped(
        Condition(), "what meets it; absent: met only by attesting it", None
    )
    effort: Effort | None = shaped(Record(Effort), "what attesting it takes", None)
    in_force: Period = shaped(Record(Period), "when the item exists", ALWAYS)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    entry: Mapping = field(default=Mapping({}, Place("")), compare=False, repr=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


@dataclass(frozen=True)
class Waiver:
    """A clause that releases items when its condition holds."""

    id: str = shaped(Word(), "id of the waiver", instead="")
    when: Expr = shaped(Condition(), "when it fires", instead=FALSE)
    waives: tuple[Name | Range, ...] = shaped(
        Many(ItemOrRange(), alone=True, least=1), "items and ranges that it releases", instead=()
    )
    text: Text | None = shaped(Words(), "the clause, verbatim", None)
    at: Text | None = shaped(Words(), "where it stands in the source", None)
    in_force: Period = shaped(Record(Period), "when the waiver exists", ALWAYS)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    entry: Mapping = field(default=Mapping({}, Place("")), compare=False, repr=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


_CHANGE: Table[Node] = Table(Tree())
Change: TypeAlias = dict[Ref, Node]


@dataclass(frozen=True)
class Option:
    id: str = shaped(Word(), "id of the option", instead="")
    because: Text | None = shaped(Words(), "why the words can be read so", None)
    change: Change = shaped(_CHANGE, "what this option changes: merge patches by id", factory=dict)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The fields that it changes, by entry; '' stands for the entry as a whole."""
        found: dict[str, set[str]] = {}
        for ref, patch in self.change.items():
            fields = found.setdefault(ref.name, set())
            fields.update(path[0] if path else "" for path, _ in leaves(patch))
        return {name: frozenset(fields) for name, fields in found.items()}


@dataclass(frozen=True)
class Reading:
    id: str = shaped(Word(), "id of the reading", instead="")
    options: tuple[Option, ...] = shaped(
        Many(Record(Option), least=2), "ways to read it; the first is the default", instead=()
    )
    question: Text | None = shaped(Words(), "what is unclear", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The fields that some option changes, by entry; '' stands for the entry as a whole."""
        found: dict[str, frozenset[str]] = {}
        for option in self.options:
            for name, fields in option.sets.items():
                found[name] = found.get(name, frozenset()) | fields
        return found


@dataclass(frozen=True)
class Source:
    """What a rulebook is written from. `file` is relative to the file that names it."""

    document: Text | None = shaped(Words(), "the document", None)
    note: Text | None = shaped(Words(), "a remark", None)
    url: Text | None = shaped(Words(), "where it is published", None)
    file: Ref | None = shaped(
        Reference(), "its words, as text or TSV in UTF-8: a path relative to this file", None
    )


@dataclass(frozen=True)
class NotModelled:
    """Words of the source that no item and no waiver says, and why none does."""

    text: Text = shaped(Words(), "the words, verbatim", instead=Text({}))
    reason: Text = shaped(Words(), "why no item and no waiver says them", instead=Text({}))
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class RulebookFile:
    """A rulebook as its file has it, before what it extends and names is found.

    `unread` are the keys with a fault: what they say is known in part.
    """

    rulebook: str = shaped(Word(), "id of the rulebook", instead="")
    title: Text | None = shaped(Words(), "title", None)
    edition: Text | None = shaped(Words(), "edition", None)
    in_force: Period | None = shaped(Record(Period), "when the rulebook is in force", None)
    source: Source | None = shaped(Record(Source), "the document it is written from", None)
    not_modelled: tuple[NotModelled, ...] = shaped(
        Many(Record(NotModelled)), "what of the source no item and no waiver says, and why", ()
    )
    extends: Ref | None = shaped(Reference(), "the rulebook that this one varies", None)
    change: Change = shaped(
        _CHANGE, "changes to what it extends: merge patches by id", factory=dict
    )
    catalogues: tuple[Ref, ...] = shaped(
        Many(Reference(), alone=True), "catalogues of evidence, by id or relative path", ()
    )
    context: dict[Ref, Fact] = shaped(Table(Record(Fact), own=True), "context facts", factory=dict)
    items: tuple[Item, ...] = shaped(Many(Record(Item)), "the items, in order", ())
    waivers: tuple[Waiver, ...] = shaped(Many(Record(Waiver)), "the waivers", ())
    readings: tuple[Reading, ...] = shaped(
        Many(Record(Reading)), "wording that can be read in more than one way", ()
    )
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)
