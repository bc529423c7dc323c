"""Minimal sets of inputs: those that force a node, and those that would make it true.

Exact for any circuit, monotone or not: decided on decision diagrams, never by the shape of the
condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from cloudrules.core.decision import Diagrams
from cloudrules.core.domain import values_of
from cloudrules.core.entries import Fact
from cloudrules.core.gates import Circuit, Input, simulate
from cloudrules.core.names import Value
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.situation import Situation, literal, test

LIMIT = 100


@dataclass(frozen=True)
class Sets:
    """Minimal sets, smallest first, then by name; `more`: there are others beyond the limit."""

    sets: tuple[tuple[str, ...], ...]
    more: bool = False


def forcing(
    circuit: Circuit,
    node: int,
    situation: Situation,
    rulebook: Rulebook,
    limit: int = LIMIT,
    *,
    value: bool | None = None,
    largest: int | None = None,
) -> Sets:
    """The minimal sets of present inputs that give a node its present value, whatever the others.

    Inputs read `X`, `not X` or `fact = value`. The node's value must be known. Unknown inputs are
    in no set: they may turn out either way. `value` is the node's, where that has been found out.
    Raises TooLarge where it takes diagrams of more than `largest` nodes.
    """
    if value is None:
        value, may_not = simulate(circuit, situation.rails, False, True)[node]
        assert value != may_not, "the value of the node must be known"
    # Each variable says: this input is as it is now.
    diagram = _Diagram(
        circuit,
        node,
        lambda leaf: situation.value(leaf) if leaf.kind == "reading" else None,
        lambda leaf: leaf.kind != "test" and situation.value(leaf) is False,
        largest=largest,
    )
    function = diagram.root if value else diagram.diagrams.negation(diagram.root)
    names: dict[int, str] = {}
    free: set[int] = set()
    for leaf, variable in diagram.inputs():
        now = situation.value(leaf)
        if now is None:
            free.add(variable)
        else:
            names[variable] = literal(leaf.name, now)
    for name, tests in diagram.tests().items():
        fact = situation.facts.get(name)
        function = _keep_fact(diagram, function, fact, tests, rulebook.facts[name])
        if fact is not None:
            names[min(tests.values())] = literal(name, fact)
    family = diagram.diagrams.forcing(function, frozenset(free))
    return _first(diagram.diagrams.sets(family, names.__getitem__), limit)


def additions(circuit: Circuit, node: int, situation: Situation, limit: int = LIMIT) -> Sets:
    """The minimal sets of inputs that, held besides, make a node true, all else staying as it is.

    What is unknown counts as not held; a fact that is unknown may be anything.
    """

    def fixed(leaf: Input) -> bool | None:
        if leaf.kind in ("evidence", "item") and leaf.name not in situation.held:
            return None
        return situation.value(leaf)

    diagram = _Diagram(circuit, node, fixed, certain=True)
    names = {variable: leaf.name for leaf, variable in diagram.inputs()}
    family = diagram.diagrams.minimal(diagram.root)
    return _first(diagram.diagrams.sets(family, names.__getitem__), limit)


def undecided(
    circuit: Circuit, node: int, situation: Situation, rulebook: Rulebook
) -> tuple[str, ...]:
    """The unknown inputs on which a node's value can still turn, by name."""
    diagram = _Diagram(circuit, node, situation.value)
    functions = {diagram.root}
    found: set[str] = set()
    for name, tests in diagram.tests().items():
        regions = list(_regions(rulebook.facts[name], tests))
        spread: set[int] = set()
        for function in functions:
            parts = {diagram.diagrams.restrict(function, region) for region in regions}
            if len(parts) > 1:
                found.add(name)
            spread |= parts
        functions = spread
    support = {each for function in functions for each in diagram.diagrams.support(function)}
    found |= {leaf.name for leaf, variable in diagram.inputs() if variable in support}
    return tuple(sorted(found))


def _first(sets: Iterator[tuple[str, ...]], limit: int) -> Sets:
    found = tuple(islice(sets, limit + 1))
    return Sets(found[:limit], len(found) > limit)


class _Diagram:
    """The function of one node over the inputs that `fixed` leaves open (None).

    The variable of an input for which `flipped` holds stands for its opposite. With `certain`, the
    function says where the node is certainly true, the facts that are left open being unknown.
    """

    def __init__(
        self,
        circuit: Circuit,
        node: int,
        fixed: Callable[[Input], bool | None],
        flipped: Callable[[Input], bool] = lambda leaf: False,
        *,
        certain: bool = False,
        largest: int | None = None,
    ) -> None:
        self.diagrams = diagrams = Diagrams(largest)
        self.leaves: dict[Input, int] = {}
        made: dict[int, tuple[int, int]] = {}  # a gate, and its negation
        stack = [node]
        while stack:
            at = stack[-1]
            gate = circuit.gates[at]
            waiting = [arg for arg in reversed(gate.args) if arg not in made]
            if waiting and at not in made:
                stack += waiting
                continue
            stack.pop()
            if gate.op == "constant":
                made[at] = int(gate.value), int(not gate.value)
            elif gate.op == "not":
                made[at] = made[gate.args[0]][::-1]
            elif gate.input is not None:
                made[at] = self._leaf(gate.input, fixed(gate.input), flipped, certain)
            else:
                one, other = int(gate.op == "and"), int(gate.op == "or")
                join, meet = diagrams.conjunction, diagrams.disjunction
                if gate.op == "or":
                    join, meet = meet, join
                for arg in reversed(gate.args):
                    one, other = join(made[arg][0], one), meet(made[arg][1], other)
                made[at] = one, other
        self.root = made[node][0]

    def _leaf(
        self, leaf: Input, value: bool | None, flipped: Callable[[Input], bool], certain: bool
    ) -> tuple[int, int]:
        if value is not None:
            return int(value), int(not value)
        if certain and leaf.kind in ("fact", "test"):
            return 0, 0
        number = self.leaves.setdefault(leaf, len(self.leaves))
        negated = flipped(leaf)
        variable = self.diagrams.variable
        return variable(number, negated=negated), variable(number, negated=not negated)

    def inputs(self) -> Iterator[tuple[Input, int]]:
        """The inputs that are true or false, with their variables."""
        return ((leaf, number) for leaf, number in self.leaves.items() if leaf.kind != "test")

    def tests(self) -> dict[str, dict[Input, int]]:
        """The tests of each fact, with their variables."""
        found: dict[str, dict[Input, int]] = {}
        for leaf, number in self.leaves.items():
            if leaf.kind == "test":
                found.setdefault(leaf.name, {})[leaf] = number
        return found


def _keep_fact(
    diagram: _Diagram,
    function: int,
    value: Value | None,
    tests: dict[Input, int],
    fact: Fact,
) -> int:
    """Turn the tests of a fact into one variable: the fact is as it is now, or it is anything."""
    diagrams = diagram.diagrams
    anything = 1
    for region in _regions(fact, tests):
        anything = diagrams.conjunction(anything, diagrams.restrict(function, region))
    if value is None:
        return anything
    now = diagrams.restrict(function, _region(value, tests))
    return diagrams.ite(diagrams.variable(min(tests.values())), now, anything)


def _region(value: Value, tests: dict[Input, int]) -> dict[int, bool]:
    return {
        variable: test(value, leaf.op, leaf.value)
        for leaf, variable in tests.items()
        if leaf.value is not None
    }


def _regions(fact: Fact, tests: dict[Input, int]) -> Iterator[dict[int, bool]]:
    """How the tests of a fact can come out together, each way once."""
    seen: set[tuple[bool, ...]] = set()
    for value in values_of(fact, [leaf.value for leaf in tests if leaf.value is not None]):
        region = _region(value, tests)
        if tuple(region.values()) not in seen:
            seen.add(tuple(region.values()))
            yield region
