"""When things can start and finish: against a clock that runs month by month."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from strategies import PLACE

from cloudrules.core.entry import Scalar
from cloudrules.core.expression import (
    TRUE,
    And,
    Arg,
    AtLeast,
    Constant,
    Expr,
    Name,
    Not,
    Or,
)
from cloudrules.core.formulas import Formulas
from cloudrules.core.parser import parse
from cloudrules.core.prerequisites import started_in_time
from cloudrules.core.problem import Choice
from cloudrules.core.schedule import NEVER, finishes

NAMES = ("a", "b", "c", "d", "held", "unplanned")
CHOICES = NAMES[:4]
HELD = frozenset({"held"})
SUBSETS = [frozenset(each) for size in range(5) for each in itertools.combinations(CHOICES, size)]


def requirement() -> st.SearchStrategy[Expr]:
    leaf: st.SearchStrategy[Expr] = st.one_of(
        st.sampled_from(NAMES).map(lambda name: Name(name, PLACE)),
        st.sampled_from(CHOICES).map(lambda name: Name(name, PLACE)),
        st.sampled_from([Constant(True), Constant(False)]),
    )

    def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        weighed = st.lists(st.tuples(st.integers(0, 3), inner), min_size=1, max_size=3).map(tuple)
        return st.one_of(
            inner.map(Not),
            parts.map(And),
            parts.map(Or),
            st.builds(AtLeast, st.integers(0, 5), weighed),
        )

    return st.one_of(st.just(TRUE), leaf, st.recursive(leaf, grown, max_leaves=5))


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Choice]:
    return {
        name: Choice(name, "control", 1, draw(st.integers(0, 4)), draw(requirement()))
        for name in CHOICES
    }


def can_start(expr: Arg, done: set[str], taken: frozenset[str]) -> bool:
    """Whether a condition is sure by now: what is to be held is there, what is not never comes."""

    def sure(expr: Arg, wanted: bool) -> bool:
        match expr:
            case Constant(value):
                return value is wanted
            case Name(name):
                return name in done if wanted else name not in HELD | taken
            case Not(part):
                return sure(part, not wanted)
            case And(parts) | Or(parts):
                every = all if isinstance(expr, And) is wanted else any
                return every(sure(part, wanted) for part in parts)
            case AtLeast(threshold, weighed):
                total = sum(weight for weight, _ in weighed)
                settled = sum(weight for weight, part in weighed if sure(part, wanted))
                return settled >= threshold if wanted else total - settled < threshold
        raise AssertionError(expr)

    return sure(expr, True)


def month_by_month(taken: frozenset[str], choices: dict[str, Choice]) -> dict[str, int]:
    """The month in which each is finished; what never starts is not in it."""
    ends: dict[str, int] = {}
    for month in range(20):
        while True:
            done = HELD | {name for name, end in ends.items() if end <= month}
            starting = [
                name
                for name in taken
                if name not in ends and can_start(choices[name].requires, set(done), taken)
            ]
            if not starting:
                break
            for name in starting:
                ends[name] = month + choices[name].months
    return ends


@given(choices())
def test_finishes(drawn: dict[str, Choice]) -> None:
    for taken in SUBSETS:
        found = finishes(taken, drawn, HELD)
        assert set(found) == set(taken)
        assert {name: end for name, end in found.items() if end < NEVER} == month_by_month(
            taken, drawn
        )


@given(choices(), st.one_of(st.none(), st.integers(0, 9)))
def test_started_in_time(drawn: dict[str, Choice], deadline: int | None) -> None:
    """The conditions for the solver hold of just those sets that can be done by the deadline."""
    formulas = Formulas()
    must = started_in_time(formulas, drawn, HELD, deadline)
    for taken in SUBSETS:
        ends = month_by_month(taken, drawn)
        last = max(ends.values(), default=0)
        in_time = set(ends) == set(taken) and (deadline is None or last <= deadline)
        assert all(formulas.holds(root, taken) for root in must) is in_time, taken


def chain(*pairs: tuple[str, int, str]) -> dict[str, Choice]:
    return {
        name: Choice(name, "control", 1, months, parse(Scalar(requires, PLACE)))
        for name, months, requires in pairs
    }


def test_one_after_another_and_side_by_side() -> None:
    made = chain(("a", 8, "true"), ("b", 4, "a"), ("c", 3, "true"), ("d", 2, "b or c"))
    assert finishes(frozenset("abcd"), made, HELD) == {"a": 8, "b": 12, "c": 3, "d": 5}
    assert finishes(frozenset("abd"), made, HELD)["d"] == 14


def test_a_circle_never_starts_unless_there_is_another_way_in() -> None:
    circle = chain(("a", 1, "b"), ("b", 1, "c"), ("c", 1, "a"), ("d", 1, "true"))
    assert finishes(frozenset("abcd"), circle, HELD) == {
        "a": NEVER,
        "b": NEVER,
        "c": NEVER,
        "d": 1,
    }
    with_entry = chain(("a", 1, "b or d"), ("b", 1, "c"), ("c", 1, "a"), ("d", 5, "true"))
    assert finishes(frozenset("abcd"), with_entry, HELD) == {"a": 6, "b": 8, "c": 7, "d": 5}
    itself = chain(
        ("a", 0, "a"), ("b", 0, "true"), ("c", 0, "not a"), ("d", 0, "at_least(1, a, b)")
    )
    assert finishes(frozenset("abcd"), itself, HELD) == {"a": NEVER, "b": 0, "c": NEVER, "d": 0}


def test_what_is_held_is_there_from_the_start() -> None:
    made = chain(("a", 2, "held"), ("b", 2, "unplanned"), ("c", 2, "not unplanned"), ("d", 2, "b"))
    assert finishes(frozenset("abcd"), made, HELD) == {"a": 2, "b": NEVER, "c": 2, "d": NEVER}


def test_a_circle_beside_long_months() -> None:
    """Nobody goes round a circle again, however much time there is."""
    months = {"a": 1, "b": 1, "c": 10**9, "d": 10**6}
    asks = {"a": "b", "b": "a", "c": "d", "d": "a or held"}
    drawn = {
        name: Choice(name, "control", 1, month, parse(Scalar(asks[name], PLACE)))
        for name, month in months.items()
    }
    formulas = Formulas()
    must = started_in_time(formulas, drawn, HELD, 10**10)
    allowed = [taken for taken in SUBSETS if all(formulas.holds(root, taken) for root in must)]
    assert allowed == [frozenset(), frozenset("d"), frozenset("cd")]
    assert len(formulas.nodes) < 100
