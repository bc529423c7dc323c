"""The planning problem as a solver sees it, and the protocol of a solver.

Choose a set of choices such that every condition in `must` holds and the sum of weights is least.
Conditions are formulas whose negations stand at the leaves: `take` and `leave` of a choice, joined
by `and` and `or`. Everything else (readings, dates, `requires`, deadlines) has been made into such
conditions before a solver is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal, Protocol, TypeAlias

import networkx as nx

from cloudrules.core import expression
from cloudrules.core.circuit import Circuit, Input, weighed
from cloudrules.core.expression import Compare, Expr, Name, Range, Waived
from cloudrules.core.graph import bearing_on

Op: TypeAlias = Literal["true", "false", "take", "leave", "and", "or"]


@dataclass(frozen=True)
class Choice:
    """Something that can be acquired: evidence, or an item to attest. `months` is its own time."""

    id: str
    kind: str
    cost: int
    months: int
    requires: Expr
    estimate: bool = False


class Formulas:
    """Formulas over choices, each only once; an index is a formula. 0 is false, 1 is true."""

    FALSE, TRUE = 0, 1

    def __init__(self) -> None:
        self.nodes: list[tuple[Op, tuple[int, ...], str]] = [("false", (), ""), ("true", (), "")]
        self._index: dict[tuple[Op, tuple[int, ...], str], int] = {}

    def _make(self, op: Op, args: tuple[int, ...], choice: str = "") -> int:
        key = (op, args, choice)
        if key not in self._index:
            self._index[key] = len(self.nodes)
            self.nodes.append(key)
        return self._index[key]

    def take(self, choice: str) -> int:
        return self._make("take", (), choice)

    def leave(self, choice: str) -> int:
        return self._make("leave", (), choice)

    def constant(self, value: bool) -> int:
        return int(value)

    def conjunction(self, parts: Iterable[int]) -> int:
        return self._join("and", parts, self.TRUE, self.FALSE)

    def disjunction(self, parts: Iterable[int]) -> int:
        return self._join("or", parts, self.FALSE, self.TRUE)

    def _join(self, op: Literal["and", "or"], parts: Iterable[int], unit: int, zero: int) -> int:
        args: dict[int, None] = {}
        for part in parts:
            if part == zero:
                return zero
            inner = self.nodes[part]
            for arg in inner[1] if inner[0] == op else (part,):
                if arg != unit:
                    args[arg] = None
        for arg in args:
            kind, _, choice = self.nodes[arg]
            if kind == "take" and self._index.get(("leave", (), choice)) in args:
                return zero
        if len(args) < 2:
            return next(iter(args), unit)
        return self._make(op, tuple(args))

    def parts(self, root: int) -> tuple[int, ...]:
        """The conditions that a formula demands side by side."""
        op, args, _ = self.nodes[root]
        return args if op == "and" else (root,)

    def from_circuit(
        self,
        circuit: Circuit,
        node: int,
        value: Callable[[Input], int | None],
        *,
        negated: bool = False,
    ) -> int:
        """That a node is certainly true (or false): `value` gives an input's formula.

        None stands for an input that may be either: neither it nor its negation is certain.
        """
        made: dict[int, tuple[int, int]] = {}  # a gate, and its negation
        for index in bearing_on(circuit, node):
            gate = circuit.gates[index]
            if gate.input is not None:
                leaf = value(gate.input)
                made[index] = (0, 0) if leaf is None else (leaf, self._opposite(leaf))
            elif gate.op == "constant":
                made[index] = int(gate.value), int(not gate.value)
            elif gate.op == "not":
                made[index] = made[gate.args[0]][::-1]
            else:
                parts = [made[arg] for arg in gate.args]
                positive, negative = [one for one, _ in parts], [two for _, two in parts]
                if gate.op == "and":
                    made[index] = self.conjunction(positive), self.disjunction(negative)
                else:
                    made[index] = self.disjunction(positive), self.conjunction(negative)
        return made[node][int(negated)]

    def _opposite(self, leaf: int) -> int:
        return 1 - leaf if leaf < 2 else self.leave(self.nodes[leaf][2])

    def assigned(self, root: int, values: Mapping[str, bool]) -> int:
        """The formula with some choices settled."""
        made: dict[int, int] = {}
        for index in self.below([root]):
            op, args, choice = self.nodes[index]
            if choice and choice in values:
                made[index] = int(values[choice] == (op == "take"))
            elif op == "and":
                made[index] = self.conjunction(made[arg] for arg in args)
            elif op == "or":
                made[index] = self.disjunction(made[arg] for arg in args)
            else:
                made[index] = index
        return made[root]

    def below(self, roots: Iterable[int]) -> list[int]:
        """The formulas that these are made of, themselves included, parts first."""
        seen: set[int] = set()
        stack = list(roots)
        while stack:
            index = stack.pop()
            if index not in seen:
                seen.add(index)
                stack += self.nodes[index][1]
        return sorted(seen)  # a part is always made before the whole

    def choices(self, roots: Iterable[int]) -> list[str]:
        found = {self.nodes[index][2] for index in self.below(roots)}
        return sorted(found - {""})

    def holds(self, root: int, taken: frozenset[str]) -> bool:
        values: dict[int, bool] = {}
        for index in self.below([root]):
            op, args, choice = self.nodes[index]
            if op in ("take", "leave"):
                values[index] = (choice in taken) == (op == "take")
            elif op in ("true", "false"):
                values[index] = op == "true"
            else:
                join = all if op == "and" else any
                values[index] = join(values[arg] for arg in args)
        return values[root]


@dataclass(frozen=True)
class Limit:
    """The weights of what is taken sum to `most` or less."""

    weights: Mapping[str, int]
    most: int


@dataclass(frozen=True)
class Problem:
    """All of `must` hold, all `limits` are kept, and the sum of `weights` is least."""

    formulas: Formulas
    must: tuple[int, ...]
    weights: Mapping[str, int]
    limits: tuple[Limit, ...] = ()

    @property
    def choices(self) -> list[str]:
        return self.formulas.choices(self.must)

    def value(self, taken: Iterable[str]) -> int:
        return sum(self.weights.get(choice, 0) for choice in taken)

    def accepts(self, taken: frozenset[str]) -> bool:
        return all(self.formulas.holds(root, taken) for root in self.must) and all(
            sum(limit.weights.get(choice, 0) for choice in taken) <= limit.most
            for limit in self.limits
        )


@dataclass(frozen=True)
class Solved:
    """A proved minimum."""

    taken: frozenset[str]
    value: int


@dataclass(frozen=True)
class Infeasible:
    """Proved: no choice will do."""


@dataclass(frozen=True)
class GaveUp:
    """Out of time: the best found, if any, and a value below which none is."""

    best: Solved | None
    bound: int


Outcome: TypeAlias = Solved | Infeasible | GaveUp


class OutOfTime(Exception):
    """The time that a clock allows is up."""


class Clock:
    """How long a search may take, in seconds; `tick` is told of each second that has passed."""

    def __init__(self, seconds: float | None, tick: Callable[[int], None] | None = None) -> None:
        self.start = monotonic()
        self.seconds = seconds
        self.tick = tick
        self._told = 0

    def check(self) -> None:
        """To be called often; raises OutOfTime."""
        passed = monotonic() - self.start
        if self.tick is not None and int(passed) > self._told:
            self._told = int(passed)
            self.tick(self._told)
        if self.seconds is not None and passed > self.seconds:
            raise OutOfTime


class Solver(Protocol):
    """Complete: what it calls solved or infeasible is proved."""

    name: str

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """The minimum; with `below`, only among plans of a smaller value."""
        ...


def settled(problem: Problem) -> tuple[Problem | None, frozenset[str]]:
    """Unit propagation: what every plan takes, and the problem that remains (None: impossible)."""
    formulas = problem.formulas
    taken: set[str] = set()
    must = tuple(dict.fromkeys(part for root in problem.must for part in formulas.parts(root)))
    while True:
        values: dict[str, bool] = {}
        for root in must:
            op, _, choice = formulas.nodes[root]
            if op == "false" or (choice and values.get(choice, op == "take") != (op == "take")):
                return None, frozenset()
            if choice:
                values[choice] = op == "take"
        if not values:
            break
        taken |= {choice for choice, take in values.items() if take}
        rest = [formulas.assigned(root, values) for root in must]
        must = tuple(
            dict.fromkeys(
                part for root in rest for part in formulas.parts(root) if part != Formulas.TRUE
            )
        )
    limits = tuple(
        replace(limit, most=limit.most - sum(limit.weights.get(each, 0) for each in taken))
        for limit in problem.limits
    )
    if any(limit.most < 0 for limit in limits):
        return None, frozenset()
    return replace(problem, must=must, limits=limits), frozenset(taken)


def components(problem: Problem) -> list[Problem]:
    """The parts of a problem that share no choice; a problem with limits is one part."""
    if problem.limits or not problem.must:
        return [problem] if problem.must else []
    graph: nx.Graph[object] = nx.Graph()
    for root in problem.must:
        nx.add_path(graph, [("root", root), *problem.formulas.choices([root])])
    parts: list[Problem] = []
    for part in nx.connected_components(graph):
        roots = tuple(root for root in problem.must if ("root", root) in part)
        parts.append(replace(problem, must=roots))
    return sorted(parts, key=lambda part: part.must)


def started_in_time(
    formulas: Formulas, choices: Mapping[str, Choice], held: frozenset[str], deadline: int | None
) -> list[int]:
    """What `requires` demands: nothing is taken that cannot start, or that ends after the deadline.

    Without a deadline, that what is required is held or taken, and starts without itself.
    """
    months = {
        name: choice.months if deadline is not None else 0 for name, choice in choices.items()
    }
    ends = deadline or 0
    # A pair (choice, month) says: taken, and finished by that month.
    wanted: nx.DiGraph[tuple[str, int]] = nx.DiGraph()
    stack = [(name, ends) for name in choices]
    while stack:
        pair = stack.pop()
        if pair in wanted and wanted.nodes[pair].get("seen"):
            continue
        wanted.add_node(pair, seen=True)
        name, month = pair
        start = month - months[name]
        if start >= 0:
            for leaf in expression.leaves(choices[name].requires):
                if isinstance(leaf, Name) and leaf.name in choices:
                    wanted.add_edge((leaf.name, start), pair)
                    stack.append((leaf.name, start))
    done: dict[tuple[str, int], int] = {}
    order = nx.condensation(wanted)
    for group in nx.topological_sort(order):
        pairs = sorted(order.nodes[group]["members"])
        # In a circle each needs another's end: as many rounds as there are members settle it.
        for _ in pairs:
            done.update(
                {
                    (name, month): _done(
                        formulas, choices[name], month - months[name], done, held, choices
                    )
                    for name, month in pairs
                }
            )
    return [
        formulas.disjunction([formulas.leave(name), done[name, ends]])
        for name in choices
        if done[name, ends] != formulas.take(name)
    ]


def _done(
    formulas: Formulas,
    choice: Choice,
    start: int,
    done: Mapping[tuple[str, int], int],
    held: frozenset[str],
    choices: Container[str],
) -> int:
    if start < 0:
        return Formulas.FALSE
    started, _ = expression.fold(choice.requires, _Required(formulas, start, done, held, choices))
    return formulas.conjunction([formulas.take(choice.id), started])


Both: TypeAlias = tuple[int, int]  # a formula, and its negation


class _Required:
    """The interpreter of `requires`: conditions over evidence as formulas over choices."""

    def __init__(
        self,
        formulas: Formulas,
        month: int,
        done: Mapping[tuple[str, int], int],
        held: frozenset[str],
        choices: Container[str],
    ) -> None:
        self.formulas, self.month, self.done = formulas, month, done
        self.held, self.choices = held, choices

    def constant(self, value: bool) -> Both:
        return int(value), int(not value)

    def name(self, leaf: Name) -> Both:
        if leaf.name in self.held:
            return self.constant(True)
        if leaf.name in self.choices:
            done = self.done.get((leaf.name, self.month), Formulas.FALSE)
            return done, self.formulas.leave(leaf.name)
        return self.constant(False)

    def negation(self, part: Both) -> Both:
        return part[::-1]

    def conjunction(self, parts: list[Both]) -> Both:
        return (
            self.formulas.conjunction(one for one, _ in parts),
            self.formulas.disjunction(two for _, two in parts),
        )

    def disjunction(self, parts: list[Both]) -> Both:
        return self.conjunction([part[::-1] for part in parts])[::-1]

    def at_least(self, threshold: int, parts: list[tuple[int, Both]]) -> Both:
        rest = sum(weight for weight, _ in parts) - threshold + 1
        return (
            weighed(threshold, [(weight, one) for weight, (one, _) in parts], self.formulas),
            weighed(rest, [(weight, two) for weight, (_, two) in parts], self.formulas),
        )

    def compare(self, leaf: Compare) -> Both:
        raise TypeError("requires is over evidence alone")

    def waived(self, leaf: Waived) -> Both:
        raise TypeError("requires is over evidence alone")

    def items(self, leaf: Range) -> list[Both]:
        raise TypeError("requires is over evidence alone")
