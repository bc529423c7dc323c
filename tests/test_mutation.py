"""Mutations: each is one edit; what is called equivalent no service tells apart, by brute force."""

from __future__ import annotations

import itertools
import os
import random
import re
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from test_difference import answer, services

from cloudrules.core import circuit, epochs, mutation, part
from cloudrules.core.checking import Means
from cloudrules.core.clauses import written
from cloudrules.core.contrast import Contrasts
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.mutation import KINDS, Mutation
from cloudrules.core.problem import Clock
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.files.library import Library
from cloudrules.solvers import named, prover

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:60").split(":"))
SEEDS = range(first, last)
SIZE = generator.Size(items=(2, 4), evidence=(1, 2), waivers=(1, 3), facts=(0, 2), candidates=5)
TRIED = 6  # mutations of a rulebook that are held against every service


def means() -> Means:
    return Means(lambda universe: prover("auto", universe), named("clingo"), Clock(None))


def loaded(folder: Path, rules: dict[str, Any], catalogue: dict[str, Any]) -> Rulebook:
    generator.write(generator.Case(rules, catalogue, {}), folder)
    ref = Ref(str(folder / "rulebook.yaml"), Place("test"))
    return Library().rulebook(ref, Path())


def said(book: Rulebook) -> list[tuple[object, ...]]:
    """What the rules say in every reading, wherever they stand."""
    found: list[tuple[object, ...]] = []
    for readings in part.combinations_of(book.readings):
        if not book.possible(readings):
            continue
        read = book.under(readings)
        for item in read.items.values():
            met_by = None if item.met_by is None else written(item.met_by)
            found.append((item.id, item.need, written(item.applies_when), met_by))
        for waiver in read.waivers.values():
            listed = [written(part) for part in waiver.waives]
            found.append((waiver.id, written(waiver.when), *listed))
    return found


def named_in(entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(each for each in entries if oracle.normal(each["id"]) == name)


def edited(rules: dict[str, Any], made: Mutation) -> dict[str, Any]:
    """The file of a rulebook with the edit that a mutation says it is."""
    rules = deepcopy(rules)
    holder: Any
    key: Any
    if made.option:
        reading, option = made.option
        options = named_in(rules["readings"], reading)["options"]
        holder = named_in(options, option)["change"]
        key = next(each for each in holder if oracle.normal(each) == made.entry)
    else:
        holder = next(
            there
            for there in (rules["items"], rules["waivers"])
            if any(oracle.normal(each["id"]) == made.entry for each in there)
        )
        key = next(at for at, each in enumerate(holder) if oracle.normal(each["id"]) == made.entry)
    if not made.field:
        del holder[key]
        if not made.option:  # what readings say of a waiver that is gone is moot
            for each in (x for r in rules.get("readings", []) for x in r["options"]):
                for name in [x for x in each.get("change", {}) if oracle.normal(x) == made.entry]:
                    del each["change"][name]
    elif made.field == "waives":
        holder[key]["waives"] = re.findall(r'(?:"[^"]*"|[^,"\s])+', made.becomes)
    elif made.becomes:
        holder[key][made.field] = made.becomes
    else:
        holder[key][made.field] = None
        if not made.option:
            del holder[key][made.field]
    return rules


@pytest.mark.parametrize("seed", SEEDS)
def test_each_is_the_edit_that_it_says(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed, SIZE)
    book = loaded(tmp_path, case.rulebook, case.catalogue)
    found = [*mutation.mutations(book), *mutation.disjuncts(book)]
    rng = random.Random(seed)
    for made in rng.sample(found, min(len(found), TRIED)):
        assert made.kind in KINDS
        assert made.was != made.becomes
        assert made.place.file == book.place.file
        try:
            by_hand = loaded(tmp_path / "edited", edited(case.rulebook, made), case.catalogue)
        except BadInput:
            continue  # what is left, such as an option that says nothing, is no sound file
        assert said(by_hand) == said(made.rulebook), made


def test_all_kinds_occur(tmp_path: Path) -> None:
    found: set[str] = set()
    for seed in range(40):
        case = generator.case(seed, generator.SMALL)
        book = loaded(tmp_path / str(seed), case.rulebook, case.catalogue)
        found |= {each.kind for each in mutation.mutations(book)}
    assert found == set(KINDS)


def days(rules: dict[str, Any]) -> list[date]:
    """A day of each kind: those on which something begins or ends, and those beside them."""
    stated = re.findall(
        r"\d{4}-\d{2}-\d{2}", str([rules["items"], rules["waivers"], rules.get("readings")])
    )
    found = {generator.ON}
    for each in map(date.fromisoformat, stated):
        found |= {each - timedelta(1), each, each + timedelta(1)}
    return sorted(day for day in found if oracle.exists(rules, day))


def tell_apart(
    rules: dict[str, Any], other: dict[str, Any], catalogue: dict[str, Any], day: date
) -> set[str]:
    """The items that some service, in some reading, is answered differently for."""
    found: set[str] = set()
    for readings in oracle.choices(rules):
        one = oracle.World(rules, [catalogue], readings, day)
        two = oracle.World(other, [catalogue], readings, day)
        for _, inputs_a, inputs_b in services(one, two):
            a, b = oracle.Situation(one, inputs_a), oracle.Situation(two, inputs_b)
            items = {*one.items, *two.items} - found
            found |= {item for item in items if answer(a, item) != answer(b, item)}
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_equivalent_no_service_tells_apart(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed, SIZE)
    book = loaded(tmp_path, case.rulebook, case.catalogue)
    if book.clashing or len(list(oracle.choices(case.rulebook))) > 4:
        pytest.skip("too many worlds to try")
    rng = random.Random(seed)
    found = [*mutation.mutations(book)]
    tried: list[tuple[Mutation, dict[str, Any]]] = []
    for made in rng.sample(found, min(len(found), TRIED)):
        other = edited(case.rulebook, made)
        try:
            loaded(tmp_path / "edited", other, case.catalogue)
            for each in epochs.each(made.rulebook):
                circuit.from_rulebook(each)
        except BadInput:
            continue
        tried.append((made, other))
    contrasts = Contrasts(book, [made.rulebook for made, _ in tried], means())
    for at, (made, other) in enumerate(tried):
        apart = [tell_apart(case.rulebook, other, case.catalogue, d) for d in days(case.rulebook)]
        shown = contrasts.find(at)
        assert contrasts.alike(at) is (not any(apart)), made
        assert (shown is None) is (not any(apart)), made
        if shown is not None:
            assert shown.items
            assert set(shown.items) <= set(itertools.chain(*apart))
            check(shown.items, shown.on or days(case.rulebook)[0], shown, case, other)


def check(
    items: tuple[str, ...], day: date, shown: Any, case: generator.Case, other: dict[str, Any]
) -> None:
    """The witness shows what it is said to show."""
    held = {
        "holds": list(shown.witness.holds),
        "context": {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in shown.witness.context.items()
        },
        "readings": dict(shown.witness.readings),
    }
    answers = []
    for rules in (case.rulebook, other):
        found = oracle.assess(rules, [case.catalogue], held, day)
        answers.append(
            {each["id"]: (each["obligation"], each["status"]) for each in found["items"]}
        )
    differing = {
        item for item in {*answers[0], *answers[1]} if answers[0].get(item) != answers[1].get(item)
    }
    assert differing == set(items)
