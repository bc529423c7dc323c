"""What is wrong with the rules of a rulebook, proved on its circuit, each with a witness."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from cloudrules.core.errors import Place
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.witness import Witness

Severity: TypeAlias = Literal["error", "warning", "note"]

# What is looked for: the code, and how bad it is.
RULES: dict[str, Severity] = {
    "rulebook-unsatisfiable": "error",
    "condition-contradiction": "error",
    "item-unmeetable": "error",
    "item-never-owed": "warning",
    "item-moot": "warning",
    "waiver-never": "error",
    "waiver-always": "warning",
    "waiver-own-item": "note",
    "clause-idle": "warning",
    "reading-idle": "warning",
    "holding-harms": "note",
    "requires-circle": "error",
    "evidence-unused": "note",
    "fact-unused": "note",
    "source-unquoted": "warning",
}


@dataclass(frozen=True)
class Part:
    """A clause that a finding speaks of: the entry, its field, the words that the rules have."""

    entry: str
    field: str
    text: str
    place: Place


@dataclass(frozen=True)
class Finding:
    """One finding. `id` is the item, waiver, reading, evidence or fact that it is about.

    `values` are what its words need; `parts` the clauses that it is about, of which any one could
    be the one to mend. `where` are the readings that it takes, in the fewest words: it holds
    wherever all options of one of them are taken; one empty set: in every reading asked about.
    """

    rule: str
    id: str
    place: Place
    values: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    witness: Witness | None = None
    where: tuple[Readings, ...] = ({},)

    @property
    def severity(self) -> Severity:
        return RULES[self.rule]


@dataclass(frozen=True)
class Share:
    """How often a reading turns the verdict, of all services and all options of the others.

    `error` is 0 where all were counted, else half the width of the 95 % interval of a sample of
    `of`.
    """

    reading: str
    share: Fraction
    of: int
    exact: bool
    error: float = 0.0


@dataclass(frozen=True)
class Checked:
    """`undecided` are the questions, as (code, id), for which the time was not enough."""

    rulebook: Rulebook
    findings: tuple[Finding, ...]
    shares: tuple[Share, ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()
