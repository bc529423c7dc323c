"""From files to one rulebook: every id once, every name known, every comparison fitting.

A file that could be read in part is judged as far as it was read: all of its faults are told at
once, but no name is called unknown that may stand where nothing could be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from cloudrules.core.change import is_removal
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
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.names import (
    entry_faults,
    period_faults,
    requires_faults,
    value_fault,
    value_of,
)
from cloudrules.core.rulebook import Rulebook, patches_nothing
from cloudrules.core.schema import Ref

Entry = TypeVar("Entry", Item, Waiver, Reading)


def assemble(
    file: RulebookFile,
    catalogues: Iterable[Catalogue],
    base: Rulebook | None,
    found: Iterable[Fault] = (),
) -> Rulebook:
    """The rulebook that a file, its catalogues and what it extends make. Raises BadInput.

    `found` are the faults of reading the files: what is raised tells them as well.
    """
    unread, catalogues = list(found), list(catalogues)
    faults: list[Fault] = []
    evidence, currency = _evidence(catalogues, base, faults)
    facts = dict(base.facts) if base else {}
    for name, fact in file.context.items():
        facts[name.name] = replace(fact, place=name.place)
        faults += _fact_faults(name, fact)
    readings = {each.id: each for each in base.readings} if base else {}
    readings.update(_unique(file.readings, "reading", faults))
    if base and (file.items or file.waivers):
        place = (file.items or file.waivers)[0].place
        faults.append(fault("derived-items", place, extends=base.id))
    if not base and file.change:
        faults.append(fault("change-alone", next(iter(file.change)).place))
    if not base and not file.items and "items" not in file.unread:
        faults.append(fault("key-missing", file.place, key="items"))
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
        # What is left out of a document is said of that document.
        not_modelled=(
            *(base.not_modelled if base and not file.source else ()),
            *file.not_modelled,
        ),
        currency=currency,
        in_force=file.in_force or (base.in_force if base else ALWAYS),
        place=file.place,
    )
    faults += period_faults(rulebook.in_force)
    if base:
        rulebook, wrong = _changed(rulebook, file.change, whole=True)
        faults += wrong
    else:
        faults += entry_faults(rulebook)
    faults += _namespaces(rulebook, {ref.name: ref.place for ref in file.context})
    for each in evidence.values():
        faults += requires_faults(rulebook, each, evidence)
    own = {reading.id for reading in file.readings}
    for reading in rulebook.readings:
        inherited = base is not None and reading.id not in own
        wrong = list(_reading_faults(rulebook, reading, own=not inherited))
        if base and inherited:
            # Told here, where it can be mended, and only if nothing else explains it.
            place = next(iter(file.change), file).place
            unfit = fault("reading-unfit", place, reading=reading.id, base=base.id)
            wrong = [unfit] if wrong and not faults else []
        faults += wrong
    hidden = _hidden(file, catalogues, unread)
    faults = [*unread, *(each for each in faults if not _may_be_hidden(each, hidden))]
    if faults:
        raise BadInput(faults)
    return rulebook


def _hidden(file: RulebookFile, catalogues: list[Catalogue], unread: list[Fault]) -> set[str]:
    """The kinds of names of which some may stand where nothing could be read."""
    hidden: set[str] = set()
    lost = len(catalogues) < len(file.catalogues) or "catalogues" in file.unread
    if lost or any(not each.id for catalogue in catalogues for each in catalogue.evidence):
        hidden.add("evidence")
    for kind, entries in (("item", file.items), ("waiver", file.waivers)):
        if any(not each.id for each in entries) or (f"{kind}s" in file.unread and not entries):
            hidden.add(kind)
    if "context" in file.unread and not file.context:
        hidden.add("fact")
    return hidden


_KINDS = {"name": {"item", "evidence", "fact"}, "fact": {"fact", "item", "evidence"}}


def _may_be_hidden(each: Fault, hidden: set[str]) -> bool:
    """Whether a fault says of a name only that it could not be found."""
    if each.code == "change-unknown":
        return bool(hidden & {"item", "waiver"})
    what = each.values.get("what", "")
    return each.code == "name-unknown" and bool(hidden & _KINDS.get(what, {what}))


def _unique(entries: Iterable[Entry], what: str, faults: list[Fault]) -> dict[str, Entry]:
    """The entries that have an id, by id."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in found:
            first = found[entry.id].place
            faults.append(fault("id-twice", entry.place, id=entry.id, what=what, first=first))
        elif entry.id:
            found[entry.id] = entry
    return found


def _evidence(
    catalogues: Iterable[Catalogue], base: Rulebook | None, faults: list[Fault]
) -> tuple[dict[str, Evidence], str]:
    evidence = dict(base.evidence) if base else {}
    currencies = {base.currency: None} if base and base.evidence else {}
    for catalogue in catalogues:
        currencies.setdefault(catalogue.currency, None)
        for each in catalogue.evidence:
            old = evidence.setdefault(each.id, each) if each.id else each
            # A derived rulebook may name its base's catalogue again.
            if old.place != each.place:
                twice = fault("id-twice", each.place, id=each.id, what="evidence", first=old.place)
                faults.append(twice)
        if len(currencies) > 1:
            names = ", ".join(currencies)
            faults.append(fault("currencies", catalogue.place, found=names))
    return evidence, next(iter(currencies), "JPY")


def _namespaces(rulebook: Rulebook, fact_places: dict[str, Place]) -> Iterator[Fault]:
    for item in rulebook.items.values():
        if other := rulebook.evidence.get(item.id):
            yield _two(item.id, "item", item.place, "evidence", other.place)
        if waiver := rulebook.waivers.get(item.id):
            yield _two(item.id, "waiver", waiver.place, "item", item.place)
    for name in rulebook.facts:
        place = fact_places.get(name, rulebook.place)
        if name in rulebook.items:
            yield _two(name, "fact", place, "item", rulebook.items[name].place)
        if name in rulebook.evidence:
            yield _two(name, "fact", place, "evidence", rulebook.evidence[name].place)


def _two(name: str, one: str, place: Place, two: str, other: Place) -> Fault:
    return fault("name-two", place, name=name, one=one, two=two, other=other)


def _fact_faults(name: Ref, fact: Fact) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for option in fact.options:
        first = seen.setdefault(option.name, option.place)
        if first != option.place:
            yield fault("id-twice", option.place, id=option.name, what="option", first=first)
    if not fact.sound:
        return
    if fact.type == "option" and not fact.options:
        yield fault("key-missing", name.place, key="options")
        return
    if fact.options and fact.kind != "option":
        yield fault("fact-options", fact.options[0].place, fact=name.name, type=fact.kind)
    if fact.default and value_of(fact, fact.default.name) is None:
        yield value_fault(name.name, fact, fact.default.name, fact.default.place)


def _changed(
    rulebook: Rulebook, change: Change, *, whole: bool = False
) -> tuple[Rulebook, list[Fault]]:
    """The rulebook under a change as far as that can be made, and what is wrong with it.

    With `whole`, entries that the change leaves as they are count too.
    """
    removed = {ref.name: ref for ref, patch in change.items() if is_removal(patch)}
    faults: list[Fault] = []
    for name, ref in removed.items():
        if not rulebook.entry(name):
            known = [*rulebook.items, *rulebook.waivers]
            faults.append(fault("change-unknown", ref.place, id=name, near=nearest(name, known)))
    changed = rulebook.derived(change, faults)
    # A new entry may not take the name of something else. (The whole is looked at elsewhere.)
    for ref in () if whole else change:
        if ref.name in changed.items and ref.name not in rulebook.items:
            if other := rulebook.evidence.get(ref.name):
                faults.append(_two(ref.name, "item", ref.place, "evidence", other.place))
            elif ref.name in rulebook.facts:
                faults.append(_two(ref.name, "item", ref.place, "fact", rulebook.place))
    for each in entry_faults(changed, None if whole else rulebook):
        name = each.values.get("name", "")
        if name in removed and each.code == "name-unknown":
            place = removed[name].place
            faults.append(fault("change-leaves", place, name=name, where=each.place))
        elif changed.entry(name) or name in removed or name not in {ref.name for ref in change}:
            faults.append(each)
    return changed, faults


def _reading_faults(rulebook: Rulebook, reading: Reading, *, own: bool) -> Iterator[Fault]:
    """What is wrong with a reading, of the rulebook's `own` file or of one that it extends.

    That a reading changes nothing any more is no fault of whoever dropped its clause.
    """
    seen: dict[str, Place] = {}
    sound = "options" not in reading.unread
    for index, option in enumerate(reading.options):
        first = seen.setdefault(option.id, option.place)
        if option.id and first != option.place:
            yield fault("id-twice", option.place, id=option.id, what="option", first=first)
        if index == 0 and option.change:
            place = next(iter(option.change)).place
            yield fault("reading-default", place, reading=reading.id, option=option.id)
        if index == 0 or (not option.change and not sound):
            continue
        wrong = _changed(rulebook, option.change)[1]
        yield from wrong
        if own and not wrong and patches_nothing(rulebook, option):
            yield fault("reading-nothing", option.place, reading=reading.id, option=option.id)


def changed_by_hand(rulebook: Rulebook, change: Change, faults: list[Fault]) -> Rulebook:
    """The rulebook under a what-if change; what is wrong with that is added to `faults`."""
    changed, wrong = _changed(rulebook, change)
    faults += wrong
    return changed if wrong else rulebook.changed(change)
