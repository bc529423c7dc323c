"""The conditions of a plan: made in the right order, in few steps, and stopped when time is up."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import networkx as nx
import pytest
from engine import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import PLACE, circuits

from cloudrules.cli.main import main
from cloudrules.core import formulas as formulas_module
from cloudrules.core import planner
from cloudrules.core.expression import TRUE, Name, Or
from cloudrules.core.formulas import Formulas
from cloudrules.core.gates import Circuit, Input
from cloudrules.core.order import parts_first
from cloudrules.core.prerequisites import started_in_time
from cloudrules.core.problem import Choice

SERVICES = ROOT / "scenarios" / "services"
NEW = str(SERVICES / "newcomer.yaml")


class Stopped(Exception):
    pass


def stopping(after: int) -> Callable[[], None]:
    """What may be called so often, and then raises."""
    left = [after]

    def check() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped

    return check


# --- What rests on what -------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_parts_come_first_and_circles_together(edges: list[tuple[int, int]]) -> None:
    graph: dict[int, list[int]] = {node: [] for node in range(9)}
    for node, part in edges:
        graph[node].append(part)
    found = list(parts_first(graph))
    whole = nx.DiGraph(edges)
    whole.add_nodes_from(range(9))
    circles = {frozenset(each) for each in nx.strongly_connected_components(whole)}
    assert {frozenset(each) for each in found} == circles
    assert sorted(node for circle in found for node in circle) == list(range(9))
    place = {node: at for at, circle in enumerate(found) for node in circle}
    assert all(place[part] <= place[node] for node, part in edges)


def test_nothing_recurses_over_a_long_chain() -> None:
    graph = {node: [node + 1] for node in range(100_000)} | {100_000: []}
    assert [circle for (circle,) in parts_first(graph)] == list(range(100_000, -1, -1))


# --- What a deadline demands --------------------------------------------------------------------


def chain(length: int, *, closed: bool = False) -> dict[str, Choice]:
    """Each requires the one before it; `closed`: the first requires the last."""

    def requires(at: int) -> Name | None:
        return Name(f"c{(at - 1) % length}", PLACE) if at or closed else None

    return {
        f"c{at}": Choice(f"c{at}", "control", 1, 1 + at % 12, requires(at) or TRUE)
        for at in range(length)
    }


@pytest.mark.parametrize("deadline", [0, 100, 650, 1_000_000])
def test_few_months_have_to_be_told_apart(deadline: int) -> None:
    """One formula for each thing, not one for each month in which it could be finished."""
    formulas = Formulas()
    made = started_in_time(formulas, chain(200), frozenset(), deadline)
    assert len(made) >= 199
    assert len(formulas.nodes) < 5 * 200


@pytest.mark.parametrize("deadline", [None, 30, 1_000_000])
def test_long_circles_are_settled_at_once(deadline: int | None) -> None:
    formulas = Formulas()
    count = 0

    def check() -> None:
        nonlocal count
        count += 1

    names = [f"c{at}" for at in range(1000)]
    made = started_in_time(formulas, chain(1000, closed=True), frozenset(), deadline, check)
    assert made == [formulas.leave(name) for name in names]
    assert count < 10_000


@pytest.mark.parametrize("deadline", [300, 1_000_000_000])
def test_nobody_goes_round_a_circle_again(deadline: int) -> None:
    """Two of a month that may wait for one another, and for something very long."""
    ways = {"a": "a b c x", "b": "a x", "c": "a x"}
    months = {"a": 1, "b": 1, "c": 1_000_000}
    made = {"x": Choice("x", "control", 1, 3, TRUE)}
    for name, others in ways.items():
        requires = Or(tuple(Name(other, PLACE) for other in others.split()))
        made[name] = Choice(name, "control", 1, months[name], requires)
    formulas = Formulas()
    must = started_in_time(formulas, made, frozenset(), deadline)
    assert len(formulas.nodes) < 50
    for taken, works in (("abx", True), ("x", True), ("ab", False), ("acx", deadline > 1_000_000)):
        assert all(formulas.all_hold(must, frozenset(taken))) is works


def test_a_late_deadline_is_none() -> None:
    """Where everything can be done one after another in time, only the order is demanded."""
    made = chain(6)
    made["d"] = Choice("d", "control", 1, 7, Or((Name("c5", PLACE), Name("c1", PLACE))))
    whole = sum(choice.months for choice in made.values())
    formulas = Formulas()
    none, late, tight = (
        started_in_time(formulas, made, frozenset(), deadline)
        for deadline in (None, whole, whole - 8)
    )
    assert none == late != tight


@given(st.integers(0, 40))
def test_demands_can_be_stopped(after: int) -> None:
    """What was stopped is made again, and is the same."""
    made, formulas = chain(30), Formulas()
    with suppress(Stopped):
        started_in_time(formulas, made, frozenset(), 90, stopping(after))
    again = started_in_time(formulas, made, frozenset(), 90)
    fresh = Formulas()
    other = started_in_time(fresh, made, frozenset(), 90)
    taken = [frozenset(f"c{at}" for at in range(size)) for size in range(31)]
    for some in [*taken, frozenset({"c3"}), frozenset({"c0", "c2"})]:
        assert formulas.all_hold(again, some) == fresh.all_hold(other, some)


# --- Formulas of a circuit ----------------------------------------------------------------------


@given(circuits(gates=8), st.integers(0, 30), st.booleans())
def test_what_was_made_serves_later(circuit: Circuit, after: int, negated: bool) -> None:
    """Many gates of a circuit, one after another, with what was stopped on the way."""

    def value(formulas: Formulas) -> Callable[[Input], int | None]:
        return lambda leaf: None if leaf.name == "e0" else formulas.take(leaf.name)

    shared, apart = Formulas(), Formulas()
    made: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formulas_module, "PACE", 1)
        for node in range(len(circuit.gates)):
            with suppress(Stopped):
                other, check = not negated, stopping(after)
                shared.from_circuit(
                    circuit, node, value(shared), negated=other, made=made, check=check
                )
            one = shared.from_circuit(circuit, node, value(shared), negated=negated, made=made)
            two = apart.from_circuit(circuit, node, value(apart), negated=negated)
            for taken in (frozenset(), frozenset({"e1", "e3"}), frozenset({"e2", "e4"})):
                assert shared.holds(one, taken) is apart.holds(two, taken)


# --- When time is up ----------------------------------------------------------------------------


MODES = [
    [],
    ["--all"],
    ["--top", "3"],
    ["--pareto", "cost,months"],
    ["--robust"],
    ["--minimize", "months,cost"],
    ["--deadline", "1000000", "--budget", "1"],
    ["--forbid", "asp.iso27001"],
]


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_no_conditions_in_time(
    mode: list[str], capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is `unknown`, in JSON and on pages: never that there is no plan."""
    monkeypatch.setattr(planner, "GRACE", -1.0)
    args = ["plan", NEW, "--on", "2026-12-01", "--time-limit", "0", *mode]
    assert main([*args, "--format", "json"]) == 1
    told = capsysbinary.readouterr()
    answer = json.loads(told.out)
    assert (answer["status"], answer["plans"], answer["conflict"]) == ("unknown", [], None)
    assert told.err == b""
    for form in ("text", "markdown"):
        for language in ("ja", "en"):
            assert main([*args, "--format", form, "--lang", language]) == 1
            told = capsysbinary.readouterr()
            assert (bool(told.out), told.err) == (True, b"")
