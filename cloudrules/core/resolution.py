"""From files to one rulebook: every id once, every name known, every comparison fitting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias, TypeVar

from cloudrules.core import expression
from cloudrules.core.entries import (
    ALWAYS,
    Catalogue,
    Change,
    Evidence,
    Fact,
    Item,
    Reading,
    RulebookFile,
    Waiver,
)
from cloudrules.core.entry import Scalar
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.expression import Compare, Expr, Name, Range, Waived, habit_range
from cloudrules.core.rulebook import Rulebook, patches_nothing
from cloudrules.core.schema import Ref, day

Value: TypeAlias = bool | str | Decimal | date
Entry = TypeVar("Entry", Item, Waiver)


def assemble(
    file: RulebookFile, catalogues: Iterable[Catalogue], base: Rulebook | None
) -> Rulebook:
    """The rulebook that a file, its catalogues and what it extends make. Raises BadInput."""
    faults: list[Fault] = []
    evidence, currency = _evidence(catalogues, base, faults)
    facts = dict(base.facts) if base else {}
    for name, fact in file.context.items():
        facts[name.name] = fact
        faults += _fact_faults(name, fact)
    readings = {each.id: each for each in base.readings} if base else {}
    seen: set[str] = set()
    for reading in file.readings:
        if reading.id in seen:
            faults.append(fault("id-twice", reading.place, id=reading.id, what="reading"))
        seen.add(reading.id)
        readings[reading.id] = reading
    if base and (file.items or file.waivers):
        faults.append(fault("derived-items", file.place, extends=base.id))
    if not base and file.change:
        faults.append(fault("change-alone", next(iter(file.change)).place))
    if not base and not file.items:
        faults.append(fault("key-missing", file.place, key="items"))
    if faults:
        raise BadInput(faults)
    rulebook = Rulebook(
        id=file.rulebook,
        items=base.items if base else _unique(file.items, "item", faults),
        waivers=base.waivers if base else _unique(file.waivers, "waiver", faults),
        facts=facts,
        evidence=evidence,
        readings=tuple(readings.values()),
        title=file.title or (base.title if base else None),
        edition=file.edition or (base.edition if base else None),
        source=file.source or (base.source if base else None),
        currency=currency,
        in_force=file.in_force or (base.in_force if base else ALWAYS),
        place=file.place,
    )
    if base:
        faults += _unknown_removals(rulebook, file.change)
        if not faults:
            rulebook = rulebook.derived(file.change)
    faults += _namespaces(rulebook, {ref.name: ref.place for ref in file.context})
    faults += entry_faults(rulebook)
    for each in evidence.values():
        faults += _requires_faults(each, evidence)
    if not faults:
        for reading in rulebook.readings:
            faults += _reading_faults(rulebook, reading)
    if faults:
        raise BadInput(faults)
    return rulebook


def entry_faults(rulebook: Rulebook, known: Rulebook | None = None) -> list[Fault]:
    """What is wrong with the names in items and waivers; entries that `known` has are skipped."""
    faults: list[Fault] = []
    skip = {} if known is None or known.items.keys() != rulebook.items.keys() else known.items
    skip_waivers = known.waivers if known is not None and skip else {}
    for item in rulebook.items.values():
        if skip.get(item.id) is not item:
            faults += _condition_faults(rulebook, item.applies_when)
            faults += _condition_faults(rulebook, item.met_by) if item.met_by else []
            faults += _period_faults(item)
            if item.met_by is not None and item.effort is not None:
                effort = item.entry.get("effort")
                place = effort.place if effort else item.place
                faults.append(fault("effort-met-by", place, id=item.id))
    for waiver in rulebook.waivers.values():
        if skip_waivers.get(waiver.id) is not waiver:
            faults += _condition_faults(rulebook, waiver.when)
            for part in waiver.waives:
                faults += item_faults(rulebook, part)
            faults += _period_faults(waiver)
    return faults


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
    return fault(f"fact-{fact.kind}", place, fact=name, found=text)


def name_fault(
    rulebook: Rulebook, name: str, place: Place, what: str, known: Iterable[str]
) -> Fault:
    """Why `name` is unknown: a range in another spelling, or nothing that there is."""
    if (joined := habit_range(name)) and {joined[1], joined[2]} <= rulebook.items.keys():
        return fault("range-spelling", place, found=name, first=joined[1], last=joined[2])
    return fault("name-unknown", place, name=name, near=nearest(name, known), what=what)


def _unique(entries: tuple[Entry, ...], what: str, faults: list[Fault]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in found:
            faults.append(fault("id-twice", entry.place, id=entry.id, what=what))
        found.setdefault(entry.id, entry)
    return found


def _evidence(
    catalogues: Iterable[Catalogue], base: Rulebook | None, faults: list[Fault]
) -> tuple[dict[str, Evidence], str]:
    evidence = dict(base.evidence) if base else {}
    currencies = {base.currency: None} if base and base.evidence else {}
    for catalogue in catalogues:
        currencies.setdefault(catalogue.currency, None)
        for each in catalogue.evidence:
            # A derived rulebook may name its base's catalogue again.
            if each.id in evidence and evidence[each.id].place != each.place:
                faults.append(fault("id-twice", each.place, id=each.id, what="evidence"))
            evidence[each.id] = each
        if len(currencies) > 1:
            names = ", ".join(currencies)
            faults.append(fault("currencies", catalogue.evidence[0].place, found=names))
    return evidence, next(iter(currencies), "JPY")


def _namespaces(rulebook: Rulebook, fact_places: dict[str, Place]) -> Iterator[Fault]:
    for item in rulebook.items.values():
        if item.id in rulebook.evidence:
            yield fault("name-two", item.place, name=item.id, one="item", two="evidence")
        if item.id in rulebook.waivers:
            place = rulebook.waivers[item.id].place
            yield fault("name-two", place, name=item.id, one="waiver", two="item")
    for name in rulebook.facts:
        place = fact_places.get(name, rulebook.place)
        if name in rulebook.items:
            yield fault("name-two", place, name=name, one="fact", two="item")
        if name in rulebook.evidence:
            yield fault("name-two", place, name=name, one="fact", two="evidence")


def _fact_faults(name: Ref, fact: Fact) -> Iterator[Fault]:
    if fact.type == "option" and not fact.options:
        yield fault("key-missing", name.place, key="options")
    if fact.options and fact.kind != "option":
        yield fault("fact-options", fact.options[0].place, fact=name.name, type=fact.kind)
    seen: set[str] = set()
    for option in fact.options:
        if option.name in seen:
            yield fault("id-twice", option.place, id=option.name, what="option")
        seen.add(option.name)
    if fact.default and value_of(fact, fact.default.name) is None:
        yield value_fault(name.name, fact, fact.default.name, fact.default.place)


def _period_faults(entry: Item | Waiver) -> Iterator[Fault]:
    period = entry.in_force
    if period.from_ and period.until and period.from_ > period.until:
        yield fault("period-backwards", period.place, first=period.from_, last=period.until)


def _requires_faults(evidence: Evidence, known: dict[str, Evidence]) -> Iterator[Fault]:
    for leaf in expression.leaves(evidence.requires):
        if not isinstance(leaf, Name):
            yield fault("requires-form", leaf.place, id=evidence.id)
        elif leaf.name not in known:
            near = nearest(leaf.name, known)
            yield fault("name-unknown", leaf.place, name=leaf.name, near=near, what="evidence")


def _condition_faults(rulebook: Rulebook, condition: Expr) -> Iterator[Fault]:
    for leaf in expression.leaves(condition):
        if isinstance(leaf, Range):
            yield from item_faults(rulebook, leaf)
        elif isinstance(leaf, Waived):
            yield from item_faults(rulebook, Name(leaf.name, leaf.place))
        elif isinstance(leaf, Compare):
            yield from _compare_faults(rulebook, leaf)
        elif leaf.name in rulebook.facts:
            kind = rulebook.facts[leaf.name].kind
            if kind != "boolean":
                yield fault("fact-bare", leaf.place, fact=leaf.name, type=kind)
        elif leaf.name not in rulebook.items and leaf.name not in rulebook.evidence:
            known = [*rulebook.items, *rulebook.evidence, *rulebook.facts]
            what = "waiver-name" if leaf.name in rulebook.waivers else "name"
            yield name_fault(rulebook, leaf.name, leaf.place, what, known)


def _compare_faults(rulebook: Rulebook, leaf: Compare) -> Iterator[Fault]:
    fact = rulebook.facts.get(leaf.name)
    if fact is None:
        known = [name for name, each in rulebook.facts.items() if each.kind != "boolean"]
        yield fault(
            "name-unknown", leaf.place, name=leaf.name, near=nearest(leaf.name, known), what="fact"
        )
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


def _unknown_removals(rulebook: Rulebook, change: Change) -> Iterator[Fault]:
    """Patches that remove what is not there."""
    for ref, patch in change.items():
        if isinstance(patch, Scalar) and patch.is_null and not rulebook.entry(ref.name):
            known = [*rulebook.items, *rulebook.waivers]
            yield fault("change-unknown", ref.place, id=ref.name, near=nearest(ref.name, known))


def _reading_faults(rulebook: Rulebook, reading: Reading) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, option in enumerate(reading.options):
        if option.id in seen:
            yield fault("id-twice", option.place, id=option.id, what="option")
        seen.add(option.id)
        if index == 0:
            if option.change:
                place = next(iter(option.change)).place
                yield fault("reading-default", place, reading=reading.id, option=option.id)
            continue
        removals = list(_unknown_removals(rulebook, option.change))
        yield from removals
        if removals:
            continue
        try:
            if not option.change or patches_nothing(rulebook, option):
                yield fault("reading-nothing", option.place, reading=reading.id, option=option.id)
            else:
                changed = rulebook.derived(option.change)
                yield from entry_faults(changed, rulebook)
        except BadInput as error:
            yield from error.faults


def changed_by_hand(rulebook: Rulebook, change: Change) -> Rulebook:
    """The rulebook under a what-if change, checked. Raises BadInput."""
    faults = list(_unknown_removals(rulebook, change))
    if faults:
        raise BadInput(faults)
    changed = rulebook.changed(change)
    if faults := entry_faults(changed, rulebook):
        raise BadInput(faults)
    return changed
