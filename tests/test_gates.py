"""Simulation: written once, the same on a bool, on bits, on arrays; unknown is never known wrongly.

Also the gates that a condition becomes, and `at_least` made of `and` and `or`.
"""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import circuits, truth

from cloudrules.core.errors import TooLarge
from cloudrules.core.gates import Builder, Circuit, Input, simulate, weighed

NAMES = tuple(f"e{at}" for at in range(5))
ROWS = list(itertools.product((False, True), repeat=len(NAMES)))
ONES = (1 << len(ROWS)) - 1


def column(at: int, rows: list[Any] = ROWS, value: Any = True) -> int:
    return sum(1 << place for place, row in enumerate(rows) if row[at] is value)


def on_bools(circuit: Circuit, values: dict[str, bool | None]) -> list[tuple[bool, bool]]:
    def value(leaf: Input) -> tuple[bool, bool]:
        known = values[leaf.name]
        return known is not False, known is not True

    return simulate(circuit, value, False, True)


@given(circuits())
def test_a_truth_table_at_once_is_each_row_alone(circuit: Circuit) -> None:
    def value(leaf: Input) -> tuple[int, int]:
        bits = column(NAMES.index(leaf.name))
        return bits, ONES & ~bits

    rails = simulate(circuit, value, 0, ONES)
    for place, row in enumerate(ROWS):
        values = dict(zip(NAMES, row, strict=True))
        expected = truth(circuit, values)
        assert [may for may, _ in on_bools(circuit, dict(values))] == expected
        assert [bool(may >> place & 1) for may, _ in rails] == expected
        assert [not may_not >> place & 1 for _, may_not in rails] == expected


@given(circuits())
def test_arrays_of_words_say_what_bits_say(circuit: Circuit) -> None:
    numpy = pytest.importorskip("numpy")
    rng = numpy.random.default_rng(1)
    words = {name: rng.integers(0, 2**63, size=7, dtype=numpy.uint64) for name in NAMES}
    no, yes = numpy.zeros(7, numpy.uint64), ~numpy.zeros(7, numpy.uint64)
    arrays = simulate(circuit, lambda leaf: (words[leaf.name], ~words[leaf.name]), no, yes)
    for at in range(7):

        def value(leaf: Input, at: int = at) -> tuple[int, int]:
            return int(words[leaf.name][at]), int(~words[leaf.name][at])

        integers = simulate(circuit, value, 0, 2**64 - 1)
        assert integers == [(int(may[at]), int(may_not[at])) for may, may_not in arrays]


THREE = list(itertools.product((False, True, None), repeat=len(NAMES)))


@given(circuits())
def test_a_known_value_holds_however_the_unknown_turns_out(circuit: Circuit) -> None:
    """In every situation with unknowns, against all of its completions."""
    ones = (1 << len(THREE)) - 1

    def value(leaf: Input) -> tuple[int, int]:
        at = NAMES.index(leaf.name)
        return ones & ~column(at, THREE, False), ones & ~column(at, THREE, True)

    rails = simulate(circuit, value, 0, ones)
    out = {row: truth(circuit, dict(zip(NAMES, row, strict=True))) for row in ROWS}
    for place, row in enumerate(THREE):
        known = [(may >> place & 1, may_not >> place & 1) for may, may_not in rails]
        assert known == [(int(a), int(b)) for a, b in on_bools(circuit, dict(zip(NAMES, row)))]  # noqa: B905
        choices = [(False, True) if given is None else (given,) for given in row]
        for completion in itertools.product(*choices):
            for (may, may_not), really in zip(known, out[completion], strict=True):
                assert may if really else may_not


@given(circuits())
def test_without_unknowns_nothing_is_unknown(circuit: Circuit) -> None:
    for row in ROWS:
        assert all(a is not b for a, b in on_bools(circuit, dict(zip(NAMES, row, strict=True))))


def test_no_gate_swallows_an_unknown() -> None:
    """Strong Kleene: unknown unless one part alone decides."""
    builder = Builder()
    a, b = (builder.input(Input("evidence", name)) for name in "ab")
    both, either = builder.conjunction([a, b]), builder.disjunction([a, b])
    circuit = Circuit(tuple(builder.gates), {})
    tables: dict[tuple[Any, Any], tuple[Any, Any]] = {
        (None, True): (None, True),
        (None, False): (False, None),
        (None, None): (None, None),
        (True, False): (False, True),
    }
    for (one, two), (conjunction, disjunction) in tables.items():
        rails = on_bools(circuit, {"a": one, "b": two})
        for node, expected in ((both, conjunction), (either, disjunction)):
            assert rails[node] == (expected is not False, expected is not True)


# --- Gates from parts -----------------------------------------------------------------------------


@st.composite
def sums(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    """A threshold, and parts as (weight, which input); inputs may come twice."""
    parts = draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), min_size=1, max_size=7))
    total = sum(weight for weight, _ in parts)
    return draw(st.integers(0, total + 2)), parts


@given(sums(), st.lists(st.booleans(), min_size=7, max_size=7))
def test_at_least_is_a_sum(drawn: tuple[int, list[tuple[int, int]]], negated: list[bool]) -> None:
    threshold, parts = drawn
    builder = Builder()
    leaves = [builder.input(Input("evidence", name)) for name in NAMES]
    args = [
        (weight, builder.negation(leaves[at]) if no else leaves[at])
        for (weight, at), no in zip(parts, negated, strict=False)
    ]
    node = builder.at_least(threshold, args)
    circuit = Circuit(tuple(builder.gates), {})
    for row in ROWS:
        total = sum(
            weight for (weight, at), no in zip(parts, negated, strict=False) if row[at] is not no
        )
        may, may_not = on_bools(circuit, dict(zip(NAMES, row, strict=True)))[node]
        assert may is (total >= threshold)
        assert may_not is (total < threshold)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.data())
def test_at_least_is_exact_where_parts_are_unknown(weights: list[int], data: st.DataObject) -> None:
    """With each part an input of its own: sure if what holds is enough, out if nothing could."""
    threshold = data.draw(st.integers(0, sum(weights) + 1))
    builder = Builder()
    args = [
        (weight, builder.input(Input("evidence", name)))
        for weight, name in zip(weights, NAMES, strict=False)
    ]
    node = builder.at_least(threshold, args)
    circuit = Circuit(tuple(builder.gates), {})
    for row in THREE:
        values = dict(zip(NAMES, row, strict=True))
        pairs = list(zip(weights, row, strict=False))
        certain = sum(weight for weight, known in pairs if known is True)
        possible = sum(weight for weight, known in pairs if known is not False)
        assert on_bools(circuit, values)[node] == (possible >= threshold, certain < threshold)


def test_weights_that_need_too_many_gates_are_refused() -> None:
    rng = random.Random(1)
    weights = [rng.randrange(10**8, 10**9) for _ in range(40)]
    builder = Builder()
    parts = [
        (weight, builder.input(Input("evidence", str(at)))) for at, weight in enumerate(weights)
    ]
    with pytest.raises(TooLarge):
        weighed(sum(weights) // 2, parts, builder)
    # Large weights alone are no trouble: what they share is divided out.
    even = [(10**9, part) for _, part in parts]
    node = weighed(20 * 10**9, even, builder)
    circuit = Circuit(tuple(builder.gates), {})
    for count in (19, 20):
        held = {str(at): at < count for at in range(40)}
        assert on_bools(circuit, dict(held))[node] == (count >= 20, count < 20)


def test_gates_are_made_once_and_constants_fold_away() -> None:
    builder = Builder()
    a, b = (builder.input(Input("evidence", name)) for name in "ab")
    assert builder.input(Input("evidence", "a")) == a
    assert builder.input(Input("item", "a")) != a
    assert builder.conjunction([a, b]) == builder.conjunction([a, b, a, builder.true])
    assert builder.conjunction([a, builder.false]) == builder.false
    assert builder.disjunction([a, builder.true]) == builder.true
    assert builder.disjunction([a, builder.false]) == a
    assert builder.conjunction([]) == builder.true
    assert builder.disjunction([]) == builder.false
    assert builder.negation(builder.negation(a)) == a
    assert builder.negation(builder.true) == builder.false
    assert builder.at_least(0, [(1, a)]) == builder.true
    assert builder.at_least(3, [(1, a), (1, b)]) == builder.false
    assert builder.at_least(2, [(1, a), (1, b)]) == builder.conjunction([b, a])
