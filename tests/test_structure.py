"""Circles of `requires`, and evidence and facts that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from strategies import PLACE

from cloudrules.core import structure
from cloudrules.core.entries import Evidence
from cloudrules.core.errors import Place
from cloudrules.core.expression import And, Arg, AtLeast, Constant, Expr, Name, Not, Or
from cloudrules.core.findings import Finding
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.files.library import Library

IDS = "abcde"


def requires() -> st.SearchStrategy[Expr]:
    name = st.sampled_from(IDS).map(lambda letter: Name(letter, PLACE))

    def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        weighed = st.lists(st.tuples(st.integers(0, 3), inner), min_size=1, max_size=3).map(tuple)
        return st.one_of(
            inner.map(Not),
            parts.map(And),
            parts.map(Or),
            st.builds(AtLeast, st.integers(0, 5), weighed),
        )

    leaf = st.one_of(name, name, name, st.booleans().map(Constant))
    return st.recursive(leaf, grown, max_leaves=5)


def enough(condition: Arg, held: set[str]) -> bool:
    match condition:
        case Constant(value):
            return value
        case Name(name):
            return name in held
        case And(parts):
            return False not in [enough(part, held) for part in parts]
        case Or(parts):
            return True in [enough(part, held) for part in parts]
        case AtLeast(threshold, weighed):
            return sum(weight * enough(part, held) for weight, part in weighed) >= threshold
    return True  # a `not`


def spoken(condition: Arg) -> Iterator[str]:
    match condition:
        case Name(name):
            yield name
        case And(parts) | Or(parts):
            for part in parts:
                yield from spoken(part)
        case AtLeast(_, weighed):
            for _, part in weighed:
                yield from spoken(part)


def circles(catalogue: dict[str, Expr]) -> set[frozenset[str]]:
    """Of what no order of acquiring things ever reaches, those that rest on one another."""
    reached: set[str] = set()
    for order in permutations(catalogue):
        held: set[str] = set()
        for name in order:
            if enough(catalogue[name], held):
                held.add(name)
        reached |= held
    stuck = [name for name in catalogue if name not in reached]
    rests = {(one, two) for one in stuck for two in spoken(catalogue[one]) if two in stuck}
    for middle, one, two in product(stuck, repeat=3):
        if {(one, middle), (middle, two)} <= rests:
            rests.add((one, two))
    return {
        frozenset(two for two in stuck if {(one, two), (two, one)} <= rests)
        for one in stuck
        if (one, one) in rests
    }


@given(st.lists(requires(), min_size=1, max_size=5))
def test_circles_are_what_no_order_of_acquiring_resolves(conditions: list[Expr]) -> None:
    catalogue = dict(zip(IDS, conditions, strict=False))
    evidence = {name: Evidence(name, "control", requires=catalogue[name]) for name in catalogue}
    found = structure.circles(Rulebook("test", {}, {}, {}, evidence))
    assert {frozenset(part.entry for part in each.parts) for each in found} == circles(catalogue)
    assert all(each.id == min(part.entry for part in each.parts) for each in found)


def read(folder: Path, **files: str) -> Rulebook:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    place = Place("test")
    return Library().rulebook(Ref(f"{next(reversed(files))}.yaml", place), folder)


def told(found: list[Finding]) -> list[tuple[str, str, str]]:
    return [
        (each.rule, each.id, f"{Path(each.place.file).name}:{each.place.line}") for each in found
    ]


CATALOGUE = """catalogue: cat
evidence:
  - {id: alone, kind: control, requires: alone}
  - {id: free, kind: control}
  - {id: late, kind: control, requires: free and one}
  - id: two
    kind: control
    requires: one and not free
  - id: one
    kind: control
    requires: >-
      two or
      at_least(2, free, two)
  - {id: way-out, kind: control, requires: way-out or free}
  - {id: never, kind: control, requires: false}
"""


def test_a_circle_names_its_clauses_as_they_are_written(tmp_path: Path) -> None:
    book = "rulebook: book\ncatalogues: [cat.yaml]\nitems: [{id: 1.1, need: optional}]\n"
    alone, pair = structure.circles(read(tmp_path, cat=CATALOGUE, book=book))
    assert told([alone, pair]) == [
        ("requires-circle", "alone", "cat.yaml:3"),
        ("requires-circle", "two", "cat.yaml:6"),
    ]
    assert [(part.entry, part.field, part.text, part.place.line) for part in pair.parts] == [
        ("two", "requires", "one and not free", 8),
        ("one", "requires", "two or at_least(2, free, two)", 11),
    ]
    assert (pair.severity, pair.where, pair.witness) == ("error", ({},), None)


def test_a_long_chain_is_no_circle(tmp_path: Path) -> None:
    lines = [f"  - {{id: e{n}, kind: control, requires: e{n + 1}}}" for n in range(3000)]
    book = "rulebook: book\ncatalogues: [cat.yaml]\nitems: [{id: 1.1, need: optional}]\n"
    start = "catalogue: cat\nevidence:\n" + "\n".join(lines)
    for end, count in (("", 0), (", requires: e7", 1)):
        cat = f"{start}\n  - {{id: e3000, kind: control{end}}}\n"
        found = structure.circles(read(tmp_path, cat=cat, book=book))
        assert [len(each.parts) for each in found] == [2994] * count


USED = """catalogue: cat
evidence:
  - {id: met, kind: control, requires: below or not negated}
  - {id: below, kind: control, requires: deeper}
  - {id: deeper, kind: control}
  - {id: negated, kind: control}
  - {id: read, kind: control}
  - {id: added, kind: control}
  - {id: counted, kind: control}
  - {id: idle, kind: control, requires: under-idle}
  - {id: under-idle, kind: control}
"""
BOOK = """rulebook: base
catalogues: [cat.yaml]
context:
  applied: {title: t}
  compared: {type: number, default: 0}
  turned: {}
  spare:
    title: t
items:
  - {id: 1.1, need: mandatory, met_by: met, applies_when: applied}
  - {id: 1.2, need: optional, applies_when: compared > 3}
waivers:
  - {id: w, when: "at_least(2, counted, 1.1..1.2)", waives: 1.1}
readings:
  - id: r
    options:
      - {id: plain}
      - {id: turned, change: {1.1: {met_by: read}, w: {when: not turned}}}
      - {id: more, change: {1.3: {need: optional, met_by: added}, w: null}}
"""


def test_what_no_condition_names_in_any_reading_is_unused(tmp_path: Path) -> None:
    assert told(structure.unused(read(tmp_path, cat=USED, book=BOOK))) == [
        ("evidence-unused", "idle", "cat.yaml:10"),
        ("evidence-unused", "under-idle", "cat.yaml:11"),
        ("fact-unused", "spare", "book.yaml:7"),
    ]


def test_what_a_change_of_the_rules_drops_is_unused(tmp_path: Path) -> None:
    derived = """rulebook: mine
extends: book.yaml
context: {own: {}, spare: {}}
change:
  w: {when: spare}
  1.1: {met_by: idle}
"""
    assert told(structure.unused(read(tmp_path, cat=USED, book=BOOK, mine=derived))) == [
        ("evidence-unused", "met", "cat.yaml:3"),
        ("evidence-unused", "below", "cat.yaml:4"),
        ("evidence-unused", "deeper", "cat.yaml:5"),
        ("evidence-unused", "negated", "cat.yaml:6"),
        ("evidence-unused", "counted", "cat.yaml:9"),
        ("fact-unused", "own", "mine.yaml:3"),
    ]


def test_the_shipped_rules_have_no_circle_and_use_all_that_they_name() -> None:
    book = Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path())
    assert structure.from_rulebook(book) == []
