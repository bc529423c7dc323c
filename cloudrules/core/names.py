"""What is wrong with the names and values in rules: unknown, of another kind, or not spelt so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from cloudrules.core import expression
from cloudrules.core.entries import Evidence, Fact, Period
from cloudrules.core.errors import Fault, Place, fault, nearest
from cloudrules.core.expression import Compare, Expr, Name, Range, Waived
from cloudrules.core.figures import date_meant, day, figure_meant
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import FLAG
from cloudrules.core.slips import HABITS, JOINT, KEYWORDS

LONGEST = 200  # characters of a name that is looked into
Value: TypeAlias = bool | str | Decimal | date


def value_of(fact: Fact, text: str) -> Value | None:
    """The value that `text` stands for, by the fact's type; None where it is not one."""
    if fact.kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if fact.kind == "option":
        return text if text in fact.option_ids else None
    if fact.kind == "date":
        return day(text)
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", text) else None


def value_fault(name: str, fact: Fact, text: str, place: Place) -> Fault:
    """Why `text` is no value of a fact."""
    if fact.kind == "option":
        known = " / ".join(fact.option_ids)
        near = nearest(text, fact.option_ids)
        return fault("fact-option", place, fact=name, found=text, near=near, known=known)
    if fact.kind == "date":
        return fault("fact-date", place, fact=name, found=text, mend=date_meant(text))
    if fact.kind == "number":
        return fault("fact-number", place, fact=name, found=text, mend=figure_meant(text))
    near = FLAG.meant.get(text.lower()) or nearest(text, FLAG.words)
    return fault("fact-boolean", place, fact=name, found=text, near=near)


def name_fault(
    rulebook: Rulebook, name: str, place: Place, what: str, known: Iterable[str]
) -> Fault:
    """Why `name` names nothing of the kind `what`."""
    if len(name) > LONGEST:
        return fault("name-unknown", place, name=name, near="", what=what)
    for joint in re.finditer(JOINT, name):
        first, last = name[: joint.start()], name[joint.end() :].removesuffix("まで").strip()
        if first in rulebook.items and last in rulebook.items:
            return fault("range-spelling", place, found=name, first=first, last=last)
    parts = re.split(r"\s*(?:[,、と]|\band\b|\bor\b|及び|および)\s*", name)
    if len(parts) > 1 and all(part in rulebook.items or ".." in part for part in parts):
        return fault("list-commas", place, found=name, mend=", ".join(parts))
    if found := _of_another_kind(rulebook, name, place, what):
        return found
    if what == "name":
        for word, keyword in HABITS.items():
            if word in name and all(rulebook.kind_of(part) for part in name.split(word)):
                return fault("keyword-habit", place, found=word, near=keyword)
        if name.lower() in KEYWORDS:
            return fault("keyword-habit", place, found=name, near=name.lower())
    return fault("name-unknown", place, name=name, near=nearest(name, known), what=what)


def _of_another_kind(rulebook: Rulebook, name: str, place: Place, what: str) -> Fault | None:
    kind = rulebook.kind_of(name)
    if kind == "waiver" and what == "name":
        return fault("waiver-in-condition", place, name=name)
    if kind:
        return fault("name-other", place, name=name, one=kind, what=what)
    for fact, each in rulebook.facts.items():
        if what in ("name", "fact") and name in each.option_ids:
            return fault("fact-option-alone", place, fact=fact, found=name)
    return None


def entry_faults(rulebook: Rulebook, known: Rulebook | None = None) -> list[Fault]:
    """What is wrong with the names in items and waivers; entries that `known` has are skipped."""
    faults: list[Fault] = []
    # Where the order of items differs, ranges mean something else: everything is looked at.
    same = known is not None and list(known.items) == list(rulebook.items)
    skip = known.items if known is not None and same else {}
    skip_waivers = known.waivers if known is not None and same else {}
    for item in rulebook.items.values():
        if skip.get(item.id) is not item:
            faults += _condition_faults(rulebook, item.applies_when)
            faults += _condition_faults(rulebook, item.met_by) if item.met_by else []
            faults += period_faults(item.in_force)
            if item.met_by is not None and item.effort is not None:
                effort = item.entry.get("effort")
                place = effort.place if effort else item.place
                faults.append(fault("effort-met-by", place, id=item.id))
    for waiver in rulebook.waivers.values():
        if skip_waivers.get(waiver.id) is not waiver:
            faults += _condition_faults(rulebook, waiver.when)
            for part in waiver.waives:
                faults += item_faults(rulebook, part)
            faults += period_faults(waiver.in_force)
    return faults


def period_faults(period: Period) -> Iterator[Fault]:
    if period.from_ and period.until and period.from_ > period.until:
        yield fault("period-backwards", period.place, first=period.from_, last=period.until)


def requires_faults(
    rulebook: Rulebook, evidence: Evidence, known: dict[str, Evidence]
) -> Iterator[Fault]:
    for leaf in expression.leaves(evidence.requires):
        if not isinstance(leaf, Name):
            yield fault("requires-form", leaf.place, id=evidence.id)
        elif leaf.name not in known:
            yield name_fault(rulebook, leaf.name, leaf.place, "evidence", known)


def _condition_faults(rulebook: Rulebook, condition: Expr) -> Iterator[Fault]:
    for leaf in expression.leaves(condition):
        if isinstance(leaf, Range):
            yield from item_faults(rulebook, leaf)
        elif isinstance(leaf, Waived):
            yield from item_faults(rulebook, Name(leaf.name, leaf.place))
        elif isinstance(leaf, Compare):
            yield from _compare_faults(rulebook, leaf)
        elif fact := rulebook.facts.get(leaf.name):
            if fact.sound and fact.kind != "boolean":
                yield fault("fact-bare", leaf.place, fact=leaf.name, type=fact.kind)
        elif leaf.name not in rulebook.items and leaf.name not in rulebook.evidence:
            known = [*rulebook.items, *rulebook.evidence, *rulebook.facts]
            yield name_fault(rulebook, leaf.name, leaf.place, "name", known)


def _compare_faults(rulebook: Rulebook, leaf: Compare) -> Iterator[Fault]:
    fact = rulebook.facts.get(leaf.name)
    if fact is None:
        known = [name for name, each in rulebook.facts.items() if each.kind != "boolean"]
        kind = rulebook.kind_of(leaf.name)
        if kind in ("item", "evidence"):
            yield fault("name-compared", leaf.place, name=leaf.name, what=kind)
        else:
            yield name_fault(rulebook, leaf.name, leaf.place, "fact", known)
    elif not fact.sound:
        return
    elif fact.kind == "boolean":
        yield fault("fact-compared", leaf.place, fact=leaf.name)
    elif fact.kind == "option" and leaf.op not in ("=", "!="):
        yield fault("fact-order", leaf.place, fact=leaf.name, op=leaf.op)
    elif value_of(fact, leaf.value) is None:
        yield value_fault(leaf.name, fact, leaf.value, leaf.place)


def item_faults(rulebook: Rulebook, part: Name | Range) -> Iterator[Fault]:
    names = [part.name] if isinstance(part, Name) else [part.first, part.last]
    unknown = [name for name in names if name not in rulebook.items]
    for name in unknown:
        yield name_fault(rulebook, name, part.place, "item", rulebook.items)
    if not isinstance(part, Range) or unknown:
        return
    if rulebook.positions[part.first] > rulebook.positions[part.last]:
        yield fault("range-backwards", part.place, first=part.first, last=part.last)
