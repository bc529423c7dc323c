"""What is assessed: a service with what it holds today, and scenarios of what might be.

The dataclasses are also the file formats (see `cloudrules.core.schema`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cloudrules.core import entries
from cloudrules.core.entries import Change, Effort
from cloudrules.core.entry import Mapping, Node, Scalar
from cloudrules.core.errors import Place, fault
from cloudrules.core.expression import Name, Range
from cloudrules.core.record import Record, shaped
from cloudrules.core.schema import (
    FLAG,
    Choice,
    Day,
    Faults,
    Flag,
    ItemOrRange,
    Json,
    Many,
    Ref,
    Reference,
    Table,
    Text,
    Tree,
    Whole,
    Words,
)


@dataclass(frozen=True)
class Holding:
    """Evidence held or an item attested, until the end of its last valid day."""

    evidence: Ref | None = shaped(Reference(), "id of the evidence held", None)
    item: Ref | None = shaped(Reference(), "number of the item attested", None)
    until: date | None = shaped(Day(), "last valid day", None)
    note: Text | None = shaped(Words(), "registration number, document, URL", None)
    place: Place = field(default=Place(""), compare=False)

    @property
    def ref(self) -> Ref:
        ref = self.evidence or self.item
        assert ref is not None  # what has neither is not read
        return ref

    def valid(self, on: date) -> bool:
        return self.until is None or on <= self.until


def _short_holding(scalar: Scalar) -> Node:
    key = Scalar("evidence", scalar.place)
    return Mapping({"evidence": (key, scalar)}, scalar.place)


class Held:
    """A holding: its id alone, or a mapping with either `evidence` or `item`."""

    record = Record(Holding, short=_short_holding)

    def read(self, node: Node, faults: Faults) -> Holding | None:
        told = len(faults)
        found = self.record.read(node, faults)
        if found.evidence and found.item:
            faults.append(fault("holding-two", found.item.place))
        if found.evidence or found.item:
            return found
        if len(faults) == told:
            faults.append(fault("holding-none", node.place))
        return None

    def schema(self) -> Json:
        return self.record.schema()


HOLDINGS: Many[Holding] = Many(Held())
_VALUES: Table[Ref] = Table(Reference())
REFS: Many[Ref] = Many(Reference(), alone=True)


@dataclass(frozen=True)
class Service:
    service: Text = shaped(Words(), "name of the service", instead=Text({"": ""}))
    provider: Text | None = shaped(Words(), "who provides it", None)
    rulebook: tuple[Ref, ...] = shaped(
        REFS, "rulebook, by id or path, or a folder of rulebooks; or a list of them", ()
    )
    context: dict[Ref, Ref] = shaped(_VALUES, "context facts", factory=dict)
    holds: tuple[Holding, ...] = shaped(HOLDINGS, "evidence held and items attested", ())
    unknown: tuple[Ref, ...] = shaped(REFS, "what has not been asked yet", ())
    efforts: dict[Ref, Effort] = shaped(
        Table(Record(Effort)),
        "this vendor's own quotes, which win over the catalogue's",
        factory=dict,
    )
    readings: dict[Ref, Ref] = shaped(_VALUES, "the option taken of each reading", factory=dict)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)


KINDS = (*entries.KINDS, "attestation")
OBJECTIVES = ("cost", "certifications", "actions", "months")


@dataclass(frozen=True)
class PlanRequest:
    """What a plan is asked to keep to. Costs in the catalogue's currency."""

    minimize: tuple[str, ...] = shaped(
        Many(Choice(OBJECTIVES), alone=True, least=1),
        "what to minimise, most important first",
        ("cost", "actions"),
    )
    forbid: tuple[Ref, ...] = shaped(REFS, "what may not be acquired", ())
    require: tuple[Ref, ...] = shaped(REFS, "what must be held in the end", ())
    only: tuple[str, ...] = shaped(
        Many(Choice(KINDS), alone=True),
        "the only kinds that may be acquired",
        (),
    )
    budget: int | None = shaped(Whole(), "the most that it may cost", None)
    deadline: int | None = shaped(Whole(), "the most months that it may take", None)
    robust: bool = shaped(Flag(), "whether it must hold in every reading", False)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class PlanExpectation:
    status: str | None = shaped(
        Choice(("optimal", "feasible", "infeasible", "unknown")), "how the search ended", None
    )
    cost: int | None = shaped(Whole(), "cost of the plan", None)
    certifications: int | None = shaped(Whole(), "certifications in the plan", None)
    actions: int | None = shaped(Whole(), "things in the plan", None)
    months: int | None = shaped(Whole(), "months that the plan takes", None)
    acquire: tuple[Ref, ...] | None = shaped(REFS, "what the plan acquires", None)
    place: Place = field(default=Place(""), compare=False)


ItemList = tuple[Name | Range, ...]
_ITEMS: Many[Name | Range] = Many(ItemOrRange(), alone=True)
STATUSES = ("met", "not_applicable", "waived", "missing", "open", "unknown")


@dataclass(frozen=True)
class ExpectedChange:
    item: Ref = shaped(Reference(), "number of the item", instead=Ref("", Place("")))
    from_: str | None = shaped(Choice(STATUSES), "its status in the service as it is", None)
    to: str | None = shaped(Choice(STATUSES), "its status in the variant", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Expectation:
    """Any part of what is answered; what is not stated is not checked."""

    compliant: Literal["true", "false", "unknown"] | None = shaped(
        Choice(("true", "false", "unknown"), FLAG.meant), "the verdict", None
    )
    missing: ItemList | None = shaped(_ITEMS, "exactly the items that are missing", None)
    waived: ItemList | None = shaped(_ITEMS, "exactly the items that are waived", None)
    items: dict[Ref, str] = shaped(
        Table(Choice(STATUSES)), "the status of items and ranges", factory=dict
    )
    changes: tuple[ExpectedChange, ...] = shaped(
        Many(Record(ExpectedChange)), "changes that must be among those there are", ()
    )
    verdict: str | None = shaped(
        Choice(("always", "sometimes", "never", "unknown")), "the verdict over all readings", None
    )
    plan: PlanExpectation | None = shaped(Record(PlanExpectation), "the plan", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Variant:
    """One case of a scenario; each starts from the service, not from the variant before it."""

    name: Text = shaped(Words(), "name of the variant", instead=Text({"": ""}))
    rulebook: tuple[Ref, ...] = shaped(REFS, "another rulebook, by id or path", ())
    add: tuple[Holding, ...] = shaped(HOLDINGS, "what is held besides", ())
    remove: tuple[Ref, ...] = shaped(REFS, "what is no longer held", ())
    unknown: tuple[Ref, ...] = shaped(REFS, "what is not known", ())
    context: dict[Ref, Ref] = shaped(_VALUES, "context facts that differ", factory=dict)
    change: Change = shaped(
        Table(Tree()), "changes of the rules: merge patches by id", factory=dict
    )
    readings: dict[Ref, Ref] = shaped(_VALUES, "readings that differ", factory=dict)
    on: date | None = shaped(Day(), "the date of the assessment", None)
    plan: PlanRequest | None = shaped(Record(PlanRequest), "a plan to make", None)
    expect: Expectation | None = shaped(Record(Expectation), "what must come out", None)
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Scenario:
    scenario: Text = shaped(Words(), "what it is about", instead=Text({"": ""}))
    service: Node = shaped(
        Tree((Scalar, Mapping), "path or service"),
        "a path, or the service",
        instead=Scalar("", Place("")),
    )
    variants: tuple[Variant, ...] = shaped(Many(Record(Variant), least=1), "its cases", instead=())
    note: Text | None = shaped(Words(), "a remark", None)
    place: Place = field(default=Place(""), compare=False)
