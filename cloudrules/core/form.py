"""What a form says of a service: for each item its answer, why, and what is stated in its row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cloudrules.core import expression, statement
from cloudrules.core.assessment import Assessment, ItemAnswer, Status
from cloudrules.core.case import Case
from cloudrules.core.entries import Waiver
from cloudrules.core.errors import TooLarge
from cloudrules.core.expression import Compare, Name
from cloudrules.core.implicants import Sets, forcing
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Service
from cloudrules.core.situation import shown
from cloudrules.core.statement import NOWHERE, Statement

WAYS = 3  # ways to the same that are looked for


@dataclass(frozen=True)
class Release:
    """A clause that releases an item, the inputs that it rests on and their last day."""

    waiver: Waiver
    because: tuple[str, ...]
    until: date | None
    others: int  # how many other ways to it there are, as far as they were looked for


@dataclass(frozen=True)
class Row:
    """One item's row. `because` are the inputs by which it is met, or does not apply.

    `releases` are all that fire for certain, whatever the status.
    """

    answer: ItemAnswer
    releases: tuple[Release, ...]
    because: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def status(self) -> Status:
        """What is written: also where it is not known whether the item is met, or owed.

        Of an item that is released for certain nothing more is asked, however the unknowns turn
        out; and what is not met is so, though it may yet turn out to be released.
        """
        answer = self.answer
        if answer.status != "unknown":
            return answer.status
        if answer.obligation in ("waived", "not_applicable"):
            return answer.obligation
        if answer.met is False:
            return "missing" if answer.need == "mandatory" else "open"
        return "unknown"


@dataclass(frozen=True)
class Filled:
    """The rows in the rulebook's order. `untold` is stated, but no row of the form is about it.

    `names` is what remarks can state something of.
    """

    assessment: Assessment
    rows: tuple[Row, ...]
    untold: tuple[Statement, ...]
    names: frozenset[str]


def every_item(rulebook: Rulebook) -> list[str]:
    """The items that a form can have rows of: those of every reading, in order."""
    found = list(rulebook.items)
    for reading in rulebook.readings if rulebook.added else ():
        for option in reading.option_ids[1:]:
            before = ""
            for item in rulebook.under({reading.id: option}).items:
                if item not in found:
                    found.insert(found.index(before) + 1 if before else 0, item)
                before = item
    return found


def deciders(rulebook: Rulebook, item: str) -> Iterator[str]:
    """The facts on which it rests whether an item applies, each once."""
    found = expression.leaves(rulebook.items[item].applies_when)
    names = dict.fromkeys(leaf.name for leaf in found if isinstance(leaf, Name | Compare))
    yield from (name for name in names if name in rulebook.facts)


def told_in_full(case: Case, service: Service) -> Service:
    """The service with the facts that hold by default where no answer would tell them.

    That an item does not apply tells that the facts which decide it are as by default.
    """
    given = {ref.name for ref in (*service.context, *service.unknown)}
    assessment = case.assessed()
    deciding: dict[str, list[bool]] = {}
    for answer in assessment.items:
        for fact in deciders(assessment.rulebook, answer.id):
            deciding.setdefault(fact, []).append(answer.status == "not_applicable")
    context = dict(service.context)
    for fact, outside in deciding.items():
        value = case.situation.facts.get(fact)
        if fact not in given and value is not None and not all(outside):
            context[Ref(fact, NOWHERE)] = Ref(shown(value), NOWHERE)
    return replace(service, context=context)


def from_case(case: Case, service: Service, rows: Collection[str]) -> Filled:
    """How a form with rows for these items is to be filled in."""
    assessment = case.assessed()
    asked = {answer.id for answer in assessment.items} & set(rows)
    told, untold = statement.homes(case.rulebook, told_in_full(case, service), asked)
    releases = _releases(case, assessment)
    found = [
        Row(
            answer,
            tuple(releases[waiver] for waiver in answer.waived_by if waiver in releases),
            _because(case, answer),
            tuple(told.get(answer.id, ())),
        )
        for answer in assessment.items
        if answer.id in asked
    ]
    return Filled(assessment, tuple(found), tuple(untold), _names(case.rulebook))


def _names(rulebook: Rulebook) -> frozenset[str]:
    readings = (reading.id for reading in rulebook.readings)
    return frozenset([*rulebook.evidence, *every_item(rulebook), *rulebook.facts, *readings])


def _releases(case: Case, assessment: Assessment) -> dict[str, Release]:
    found: dict[str, Release] = {}
    for name in sorted({each for answer in assessment.items for each in answer.waived_by}):
        sets = _forcing(case, "fires", name).sets
        if sets:
            # The way that lasts longest is the one to rely on; the first of those that do.
            best = max(sets, key=lambda each: case.situation.until(each) or date.max)
            waiver = assessment.rulebook.waivers[name]
            found[name] = Release(waiver, best, case.situation.until(best), len(sets) - 1)
    return found


def _because(case: Case, answer: ItemAnswer) -> tuple[str, ...]:
    if not answer.met and answer.obligation != "not_applicable":
        return ()
    gate = "met" if answer.met else "applies"
    sets = _forcing(case, gate, answer.id).sets
    return sets[0] if sets else ()


def _forcing(case: Case, *name: str) -> Sets:
    """The first ways to a gate's value; none where there are too many inputs to tell."""
    try:
        node = case.circuit.named[name]
        return forcing(case.circuit, node, case.situation, case.rulebook, WAYS)
    except TooLarge:
        return Sets(())
