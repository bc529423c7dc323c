"""The planning problem: what is forced, what it costs at least, and the minimum, by trying all."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from time import sleep

import pytest
from engine import Countdown
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import CHOICES, Term, circuits, terms, truth

from cloudrules.core.bound import NEVER, Implications
from cloudrules.core.formulas import Formulas
from cloudrules.core.gates import Circuit, Input, simulate
from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Limit,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
    components,
    settled,
)
from cloudrules.solvers import SOLVERS, named

SUBSETS = [
    frozenset(each)
    for size in range(len(CHOICES) + 1)
    for each in itertools.combinations(CHOICES, size)
]
weights = st.fixed_dictionaries({choice: st.integers(0, 6) for choice in CHOICES})


def built(formulas: Formulas, term: Term) -> int:
    if term.op in ("true", "false"):
        return formulas.constant(term.op == "true")
    if term.op in ("take", "leave"):
        return formulas.take(term.choice) if term.op == "take" else formulas.leave(term.choice)
    parts = [built(formulas, part) for part in term.parts]
    return formulas.conjunction(parts) if term.op == "and" else formulas.disjunction(parts)


class Asked:
    """A problem together with the trees it was made from."""

    def __init__(
        self, must: list[Term], weights: Mapping[str, int], limits: list[tuple[dict[str, int], int]]
    ) -> None:
        formulas = Formulas()
        self.must, self.weights, self.limits = must, weights, limits
        self.problem = Problem(
            formulas,
            tuple(built(formulas, term) for term in must),
            weights,
            tuple(Limit(own, most) for own, most in limits),
        )

    def __repr__(self) -> str:
        return f"Asked({self.must}, {self.weights}, {self.limits})"

    def accepts(self, taken: frozenset[str]) -> bool:
        return all(term.holds(taken) for term in self.must) and all(
            sum(own[each] for each in taken) <= most for own, most in self.limits
        )

    def value(self, taken: frozenset[str]) -> int:
        return sum(self.weights[each] for each in taken)

    def plans(self) -> list[frozenset[str]]:
        return [taken for taken in SUBSETS if self.accepts(taken)]

    def least(self) -> int | None:
        return min((self.value(taken) for taken in self.plans()), default=None)


def limits(most: int = 2) -> st.SearchStrategy[list[tuple[dict[str, int], int]]]:
    return st.lists(st.tuples(weights, st.integers(0, 12)), max_size=most)


@st.composite
def problems(draw: st.DrawFn, most_limits: int = 2) -> Asked:
    # Among few choices, parts of one condition share them.
    choices = CHOICES[: draw(st.sampled_from([2, 3, 3, 4, 6]))]
    must = draw(st.lists(terms(choices), min_size=1, max_size=5))
    return Asked(must, draw(weights), draw(limits(most_limits)))


# --- Formulas -------------------------------------------------------------------------------------


@given(terms(leaves=12))
def test_formulas_mean_what_they_were_made_from(term: Term) -> None:
    formulas = Formulas()
    root = built(formulas, term)
    for taken in SUBSETS:
        assert formulas.holds(root, taken) is term.holds(taken)
    assert all(arg < at for at, node in enumerate(formulas.nodes) for arg in node[1])
    assert set(formulas.choices([root])) <= set(CHOICES)


@given(terms(leaves=12), st.dictionaries(st.sampled_from(CHOICES), st.booleans()))
def test_settling_some_choices(term: Term, values: dict[str, bool]) -> None:
    formulas = Formulas()
    [root] = formulas.assigned([built(formulas, term)], values)
    assert not set(formulas.choices([root])) & set(values)
    for taken in SUBSETS:
        there = taken - set(values) | {choice for choice, take in values.items() if take}
        assert formulas.holds(root, taken) is term.holds(frozenset(there))


@given(circuits(gates=8), st.lists(st.sampled_from("ctfu"), min_size=5, max_size=5))
def test_formulas_of_a_circuit(circuit: Circuit, kinds: list[str]) -> None:
    """That a node is certainly true, or certainly false: inputs chosen, known or unknown."""
    formulas = Formulas()
    names = [f"e{at}" for at in range(5)]
    kind_of = dict(zip(names, kinds, strict=True))

    def value(leaf: Input) -> int | None:
        kind = kind_of[leaf.name]
        if kind == "c":
            return formulas.take(leaf.name)
        return None if kind == "u" else int(kind == "t")

    node = circuit.named["out",]
    yes = formulas.from_circuit(circuit, node, value)
    no = formulas.from_circuit(circuit, node, value, negated=True)
    chosen = [name for name in names if kind_of[name] == "c"]
    for size in range(len(chosen) + 1):
        for taken in map(frozenset, itertools.combinations(chosen, size)):

            def rails(leaf: Input, taken: frozenset[str] = taken) -> tuple[bool, bool]:
                kind = kind_of[leaf.name]
                if kind == "u":
                    return True, True
                held = leaf.name in taken if kind == "c" else kind == "t"
                return held, not held

            may, may_not = simulate(circuit, rails, False, True)[node]
            assert formulas.holds(yes, taken) is (not may_not)
            assert formulas.holds(no, taken) is (not may)
            if "u" not in kinds:
                values = {name: rails(Input("evidence", name))[0] for name in names}
                assert may is truth(circuit, values)[node]


# --- Propagation and the bound --------------------------------------------------------------------

Values = list[bool | None]


def completions(asked: Asked, names: list[str], values: Values) -> Iterator[frozenset[str]]:
    """The plans that agree with what is decided, the limits aside."""
    for taken in SUBSETS:
        if taken <= set(names) and all(term.holds(taken) for term in asked.must):
            pairs = zip(names, values, strict=True)
            if all(value is None or (name in taken) == value for name, value in pairs):
                yield taken


@st.composite
def partly_made(draw: st.DrawFn) -> tuple[Asked, Implications, Values]:
    asked = draw(problems(0))
    implications = Implications(asked.problem)
    size = len(implications.choices)
    values = draw(
        st.lists(st.sampled_from([None, None, True, False]), min_size=size, max_size=size)
    )
    return asked, implications, values


@given(partly_made())
def test_the_bound_is_never_above_a_completion(
    drawn: tuple[Asked, Implications, Values],
) -> None:
    asked, implications, values = drawn
    bound, extra = implications.least(values)
    names = implications.choices
    for taken in completions(asked, names, values):
        assert bound <= asked.value(taken)
        for at, name in enumerate(names):
            if values[at] is None and name in taken:
                assert bound + extra[at] <= asked.value(taken), name
    assert 0 <= bound <= NEVER


@given(partly_made(), weights)
def test_the_bound_holds_for_any_weights(
    drawn: tuple[Asked, Implications, Values], other: dict[str, int]
) -> None:
    asked, implications, values = drawn
    names = implications.choices
    bound, extra = implications.least(values, [other[name] for name in names])
    for taken in completions(asked, names, values):
        value = sum(other[name] for name in taken)
        assert bound <= value
        for at, name in enumerate(names):
            if values[at] is None and name in taken:
                assert bound + extra[at] <= value


@given(partly_made())
def test_what_is_forced_is_so_in_every_completion(
    drawn: tuple[Asked, Implications, Values],
) -> None:
    asked, implications, values = drawn
    names = implications.choices
    every = list(completions(asked, names, values))
    settled_values = list(values)
    possible = implications.forced(settled_values)
    if not possible:
        assert not every
        return
    for before, after in zip(values, settled_values, strict=True):
        assert before is None or before is after, "what was decided stays"
    for taken in every:
        for name, value in zip(names, settled_values, strict=True):
            assert value is None or (name in taken) is value
    # All decided: then it is exact.
    if None not in settled_values:
        taken = frozenset(name for name, value in zip(names, settled_values, strict=True) if value)
        assert [taken] == every


@given(partly_made())
def test_whether_nothing_more_is_needed(drawn: tuple[Asked, Implications, Values]) -> None:
    asked, implications, values = drawn
    taken = frozenset(
        name for name, value in zip(implications.choices, values, strict=True) if value
    )
    assert implications.holds(values) is all(term.holds(taken) for term in asked.must)


@given(partly_made())
def test_a_greedy_plan_is_a_plan(drawn: tuple[Asked, Implications, Values]) -> None:
    asked, implications, values = drawn
    _, left = implications.least(values)
    found = implications.greedy(values, left)
    if found is None:
        return
    assert None not in found
    for before, after in zip(values, found, strict=True):
        assert before is None or before is after
    taken = frozenset(name for name, take in zip(implications.choices, found, strict=True) if take)
    assert all(term.holds(taken) for term in asked.must)


# --- Before the search ----------------------------------------------------------------------------


@given(problems())
def test_settled_changes_nothing(asked: Asked) -> None:
    """What every plan takes is taken, and what remains has the same plans besides."""
    rest, taken = settled(asked.problem)
    plans = asked.plans()
    if rest is None:
        assert not plans
        return
    for plan in plans:
        assert taken <= plan
    open_choices = set(rest.choices)
    assert not open_choices & taken
    for subset in SUBSETS:
        if subset <= open_choices:
            assert rest.accepts(subset) is asked.accepts(subset | taken)
    assert asked.least() is None or asked.least() == asked.value(taken) + min(
        asked.value(subset) for subset in SUBSETS if rest.accepts(subset)
    )


@given(problems(0))
def test_components_share_nothing_and_leave_nothing_out(asked: Asked) -> None:
    rest, _ = settled(asked.problem)
    assume(rest is not None)
    assert rest is not None
    parts = components(rest)
    assert sorted(root for part in parts for root in part.must) == sorted(set(rest.must))
    for one, two in itertools.combinations(parts, 2):
        assert not set(one.choices) & set(two.choices)
    for subset in SUBSETS:
        assert rest.accepts(subset) is all(part.accepts(subset) for part in parts)


def test_a_problem_with_limits_is_one_part() -> None:
    formulas = Formulas()
    must = tuple(
        formulas.disjunction([formulas.take(a), formulas.take(b)]) for a, b in ("ab", "cd")
    )
    free = Problem(formulas, must, {})
    assert [part.must for part in components(free)] == [(must[0],), (must[1],)]
    assert len(components(Problem(formulas, must, {}, (Limit({}, 1),)))) == 1
    assert components(Problem(formulas, (), {})) == []


# --- Solvers --------------------------------------------------------------------------------------


def assert_solved(asked: Asked, outcome: Outcome, below: int | None = None) -> None:
    least = asked.least()
    if least is None or (below is not None and least >= below):
        assert outcome == Infeasible()
        return
    assert isinstance(outcome, Solved)
    assert outcome.value == least
    assert asked.value(outcome.taken) == least
    assert asked.accepts(outcome.taken)
    assert outcome.taken <= set(asked.problem.choices)


@pytest.mark.parametrize("solver", SOLVERS)
@given(asked=problems())
def test_the_minimum(solver: str, asked: Asked) -> None:
    assert_solved(asked, named(solver).solve(asked.problem, Clock(None)))


@pytest.mark.parametrize("solver", SOLVERS)
@given(asked=problems(), below=st.integers(0, 20))
def test_the_minimum_below(solver: str, asked: Asked, below: int) -> None:
    assert_solved(asked, named(solver).solve(asked.problem, Clock(None), below), below)


LARGER = tuple(f"c{at:02}" for at in range(12))


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("seed", range(60))
def test_the_minimum_where_a_search_is_needed(seed: int, solver: str) -> None:
    """Twelve choices, many ways to meet each condition, all subsets tried at once as bits."""
    rng = random.Random(f"larger {seed}")
    formulas = Formulas()
    ones = (1 << (1 << len(LARGER))) - 1
    columns = {
        name: sum(1 << row for row in range(1 << len(LARGER)) if row >> at & 1)
        for at, name in enumerate(LARGER)
    }
    must: list[int] = []
    accepted = ones
    for _ in range(rng.randint(6, 14)):
        ways: list[int] = []
        met = 0
        for _ in range(rng.randint(2, 4)):
            literals: list[int] = []
            holds = ones
            for name in rng.sample(LARGER, rng.randint(1, 3)):
                take = rng.random() < 0.85
                literals.append(formulas.take(name) if take else formulas.leave(name))
                holds &= columns[name] if take else ones & ~columns[name]
            ways.append(formulas.conjunction(literals))
            met |= holds
        must.append(formulas.disjunction(ways))
        accepted &= met
    weights = {name: rng.randint(1, 20) for name in LARGER}
    own = {name: rng.randint(0, 9) for name in LARGER}
    limits = (Limit(own, rng.randint(5, 40)),) if seed % 3 == 0 else ()

    def total(row: int, of: dict[str, int]) -> int:
        return sum(of[name] for at, name in enumerate(LARGER) if row >> at & 1)

    rows = [row for row, digit in enumerate(reversed(f"{accepted:b}")) if digit == "1"]
    rows = [row for row in rows if all(total(row, own) <= limit.most for limit in limits)]
    least = min((total(row, weights) for row in rows), default=None)
    problem = Problem(formulas, tuple(must), weights, limits)
    outcome = named(solver).solve(problem, Clock(None))
    if least is None:
        assert outcome == Infeasible()
    else:
        assert isinstance(outcome, Solved)
        assert outcome.value == least == problem.value(outcome.taken)
        assert problem.accepts(outcome.taken)


@pytest.mark.parametrize("solver", SOLVERS)
@given(asked=problems(), looks=st.integers(0, 12))
def test_a_solver_out_of_time_is_honest(solver: str, asked: Asked, looks: int) -> None:
    outcome = named(solver).solve(asked.problem, Countdown(looks))
    if not isinstance(outcome, GaveUp):
        assert_solved(asked, outcome)
        return
    least = asked.least()
    assert least is None or outcome.bound <= least
    if outcome.best is not None:
        assert least is not None
        assert asked.accepts(outcome.best.taken)
        assert outcome.best.value == asked.value(outcome.best.taken) >= least


def test_a_clock_without_limit_never_stops() -> None:
    clock = Clock(None)
    for _ in range(1000):
        clock.check()
    over = Clock(0)
    sleep(0.001)
    with pytest.raises(OutOfTime):
        over.check()


def test_a_clock_tells_each_second_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("cloudrules.core.problem.monotonic", lambda: now[0])
    told: list[int] = []
    clock = Clock(3, told.append)
    for step in (0.2, 0.9, 1.1, 1.8, 2.5, 3.0):
        now[0] = 100 + step
        clock.check()
    assert told == [1, 2, 3]
    now[0] = 103.5
    with pytest.raises(OutOfTime):
        clock.check()
