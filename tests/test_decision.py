"""Decision diagrams against whole truth tables, and families of sets against all sets."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudrules.core import decision
from cloudrules.core.decision import Diagrams
from cloudrules.core.errors import TooLarge

N = 5
ROWS = list(itertools.product((False, True), repeat=N))
Function = tuple[bool, ...]  # by row of ROWS
functions = st.lists(st.booleans(), min_size=len(ROWS), max_size=len(ROWS)).map(tuple)
# Few ones, or few zeros: functions that depend on little, as conditions do.
sparse = st.lists(st.integers(0, len(ROWS) - 1), max_size=5).flatmap(
    lambda rows: st.booleans().map(
        lambda flip: tuple((at in rows) is not flip for at in range(len(ROWS)))
    )
)
tables = st.one_of(functions, sparse)


def made(diagrams: Diagrams, table: Function) -> int:
    """The diagram of a truth table, built row by row."""
    node = 0
    for row, value in zip(ROWS, table, strict=True):
        if value:
            term = 1
            for variable, truth in enumerate(row):
                term = diagrams.conjunction(term, diagrams.variable(variable, negated=not truth))
            node = diagrams.disjunction(node, term)
    return node


def value(diagrams: Diagrams, node: int, row: tuple[bool, ...]) -> bool:
    while node > 1:
        variable, low, high = diagrams.nodes[node]
        node = high if row[variable] else low
    return node == 1


def table_of(diagrams: Diagrams, node: int) -> Function:
    return tuple(value(diagrams, node, row) for row in ROWS)


@given(tables, tables, tables)
def test_joins(one: Function, two: Function, three: Function) -> None:
    diagrams = Diagrams()
    a, b, c = (made(diagrams, table) for table in (one, two, three))
    assert table_of(diagrams, a) == one
    assert table_of(diagrams, diagrams.conjunction(a, b)) == tuple(
        x and y for x, y in zip(one, two, strict=True)
    )
    assert table_of(diagrams, diagrams.disjunction(a, b)) == tuple(
        x or y for x, y in zip(one, two, strict=True)
    )
    assert table_of(diagrams, diagrams.negation(a)) == tuple(not x for x in one)
    assert table_of(diagrams, diagrams.ite(a, b, c)) == tuple(
        y if x else z for x, y, z in zip(one, two, three, strict=True)
    )


@given(tables, tables)
def test_one_function_is_one_node(one: Function, two: Function) -> None:
    diagrams = Diagrams()
    a, b = made(diagrams, one), made(diagrams, two)
    assert (a == b) is (one == two)
    assert diagrams.negation(diagrams.negation(a)) == a
    assert diagrams.conjunction(a, diagrams.negation(a)) == 0
    assert diagrams.disjunction(a, diagrams.negation(a)) == 1
    for variable, low, high in diagrams.nodes[2:]:
        assert variable < diagrams.nodes[low][0]
        assert variable < diagrams.nodes[high][0]


@given(tables, st.dictionaries(st.integers(0, N - 1), st.booleans()))
def test_restrict(table: Function, fixed: dict[int, bool]) -> None:
    diagrams = Diagrams()
    node = diagrams.restrict(made(diagrams, table), fixed)
    by_row = dict(zip(ROWS, table, strict=True))
    for row in ROWS:
        there = tuple(fixed.get(variable, truth) for variable, truth in enumerate(row))
        assert value(diagrams, node, row) is by_row[there]
    assert not diagrams.support(node) & set(fixed)


@given(tables)
def test_support(table: Function) -> None:
    diagrams = Diagrams()
    by_row = dict(zip(ROWS, table, strict=True))
    depends = {
        variable
        for variable in range(N)
        for row in ROWS
        if by_row[row] is not by_row[(*row[:variable], not row[variable], *row[variable + 1 :])]
    }
    assert diagrams.support(made(diagrams, table)) == depends


Sets = list[tuple[str, ...]]
NAMES = ("d", "a", "10", "b", "2")  # in another order than the variables


def smallest(holds: Callable[[frozenset[int]], bool], variables: list[int]) -> Sets:
    """The minimal sets with a property, by trying all: smallest first, then by name."""
    found: list[frozenset[int]] = []
    for size in range(len(variables) + 1):
        for each in map(frozenset, itertools.combinations(variables, size)):
            if holds(each) and not any(smaller < each for smaller in found):
                found.append(each)
    return sorted(
        (tuple(sorted(NAMES[variable] for variable in each)) for each in found),
        key=lambda names: (len(names), names),
    )


@given(tables, st.sets(st.integers(0, N - 1)))
def test_forcing(table: Function, free: set[int]) -> None:
    """The minimal sets of variables that, being true, leave no way to be false."""
    diagrams = Diagrams()
    node = made(diagrams, table)

    def forces(each: frozenset[int]) -> bool:
        return all(
            truth
            for row, truth in zip(ROWS, table, strict=True)
            if all(row[variable] for variable in each)
        )

    family = diagrams.forcing(node, frozenset(free))
    found = list(diagrams.sets(family, NAMES.__getitem__))
    assert found == smallest(forces, [at for at in range(N) if at not in free])


@given(tables)
def test_minimal(table: Function) -> None:
    """The minimal sets of variables at which, all others being false, the function is true."""
    diagrams = Diagrams()
    by_row = dict(zip(ROWS, table, strict=True))

    def satisfies(each: frozenset[int]) -> bool:
        return by_row[tuple(variable in each for variable in range(N))]

    family = diagrams.minimal(made(diagrams, table))
    assert list(diagrams.sets(family, NAMES.__getitem__)) == smallest(satisfies, list(range(N)))


@given(st.sets(st.frozensets(st.sampled_from(sorted(NAMES)), max_size=4), max_size=10))
def test_sets_come_smallest_first_then_by_name(family: set[frozenset[str]]) -> None:
    """Of any family of sets, whatever the order of its variables."""
    minimal = {each for each in family if not any(other < each for other in family)}
    diagrams = Diagrams()
    node = 0
    for each in minimal:
        term = 1
        for variable, name in enumerate(NAMES):
            if name in each:
                term = diagrams.conjunction(term, diagrams.variable(variable))
        node = diagrams.disjunction(node, term)
    found = list(diagrams.sets(diagrams.minimal(node), NAMES.__getitem__))
    assert found == sorted(
        (tuple(sorted(each)) for each in minimal), key=lambda names: (len(names), names)
    )


def test_the_ends() -> None:
    diagrams = Diagrams()
    for family, sets in ((0, []), (1, [()])):
        assert list(diagrams.sets(family, str)) == sets
    assert diagrams.forcing(1, frozenset()) == diagrams.minimal(1) == 1
    assert diagrams.forcing(0, frozenset()) == diagrams.minimal(0) == 0
    # A free variable may turn out either way: nothing forces what rests on it alone.
    assert diagrams.forcing(diagrams.variable(0), frozenset({0})) == 0


def test_deep_diagrams_need_no_deep_stack() -> None:
    diagrams = Diagrams()
    node = 1
    for variable in reversed(range(3000)):
        node = diagrams.conjunction(diagrams.variable(variable), node)
    other = diagrams.negation(node)
    assert diagrams.restrict(node, {2999: False}) == 0
    assert diagrams.support(other) == set(range(3000))
    every = tuple(f"{variable:04}" for variable in range(3000))
    for family in (diagrams.minimal(node), diagrams.forcing(node, frozenset())):
        assert list(diagrams.sets(family, every.__getitem__)) == [every]


def test_many_sets_come_one_by_one() -> None:
    """2^40 minimal sets: the first hundred need no more than a look at these."""
    diagrams = Diagrams()
    node = 1
    for pair in reversed(range(40)):
        either = diagrams.disjunction(diagrams.variable(2 * pair), diagrams.variable(2 * pair + 1))
        node = diagrams.conjunction(either, node)
    sets = diagrams.sets(diagrams.minimal(node), lambda variable: f"{variable:02}")
    first = list(itertools.islice(sets, 100))
    assert first == sorted(first)
    assert first[0] == tuple(f"{2 * pair:02}" for pair in range(40))
    assert first[1][-1] == "79"


def test_a_question_that_needs_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision, "LARGEST", 500)
    diagrams = Diagrams()

    def pairs(count: int) -> int:
        """Some pair holds; with its two far apart, exponential in this order of variables."""
        node = 0
        for pair in range(count):
            both = diagrams.conjunction(diagrams.variable(pair), diagrams.variable(pair + 12))
            node = diagrams.disjunction(node, both)
        return node

    assert pairs(3) > 1
    with pytest.raises(TooLarge):
        pairs(12)
