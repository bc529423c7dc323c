"""Variants of a rulebook share what a change leaves alone: the same as if all were read anew."""

from __future__ import annotations

import gc
from pathlib import Path

import generator
import pytest
from engine import engine

from cloudrules.core.change import is_removal, rewords
from cloudrules.core.errors import BadInput, Fault, Place
from cloudrules.core.memory import uncollected
from cloudrules.core.record import Record
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.files.library import Library


def read_anew(rulebook: Rulebook) -> list[str]:
    faults: list[Fault] = []
    entries = [Record(type(entry)).read(entry.entry, faults) for entry in rulebook.entries()]
    assert not faults
    return [repr((entry, entry.place)) for entry in entries]


@pytest.mark.parametrize("seed", range(60))
def test_an_entry_is_what_its_tree_says(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed), tmp_path)
    rulebook = engine(tmp_path, generator.ON).rulebook
    for reading in rulebook.readings:
        for option in reading.options:
            changed = rulebook.derived(option.change)
            assert [repr((each, each.place)) for each in changed.entries()] == read_anew(changed)
            if all(rulebook.entry(ref.name) for ref in option.change) and all(
                rewords(patch) for patch in option.change.values()
            ):
                assert list(changed.items) == list(rulebook.items)
                assert changed.absent == rulebook.absent


@pytest.mark.parametrize("seed", range(60))
def test_the_fields_that_a_reading_sets(seed: int, tmp_path: Path) -> None:
    """Every field in which an option differs is among them."""
    generator.write(generator.case(seed), tmp_path)
    rulebook = engine(tmp_path, generator.ON).rulebook
    for reading in rulebook.readings:
        for option in reading.options:
            for ref, patch in option.change.items():
                assert option.sets[ref.name] <= reading.sets[ref.name]
                assert (option.sets[ref.name] == {""}) >= is_removal(patch)
            changed = rulebook.derived(option.change)
            for entry in rulebook.entries():
                after, fields = changed.entry(entry.id), reading.sets.get(entry.id, frozenset())
                for name, value in vars(entry).items():
                    if name not in ("entry", "place", "unread") and "" not in fields:
                        assert getattr(after, name) == value or name.rstrip("_") in fields


def test_garbage_is_looked_for_again() -> None:
    """And what others have frozen stays frozen."""
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert not gc.get_freeze_count()
    gc.freeze()
    try:
        with uncollected():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_a_fact_may_not_take_the_name_of_an_item_that_is_still_waived(tmp_path: Path) -> None:
    base = "rulebook: base\nitems: [{id: a, need: mandatory}]\n"
    (tmp_path / "base.yaml").write_text(base + "waivers: [{id: w, when: 'true', waives: a}]\n")
    variant = "rulebook: v\nextends: base.yaml\nchange: {a: null}\ncontext: {a: {type: boolean}}\n"
    (tmp_path / "v.yaml").write_text(variant)
    with pytest.raises(BadInput) as wrong:
        Library().rulebook(Ref("v.yaml", Place("")), tmp_path)
    assert [each.code for each in wrong.value.faults] == ["name-other"]
