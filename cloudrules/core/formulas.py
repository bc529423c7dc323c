"""Formulas over choices, negations at the leaves: what must hold of the things that are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from cloudrules.core.gates import Circuit, Input
from cloudrules.core.graph import bearing_on

Op: TypeAlias = Literal["true", "false", "take", "leave", "and", "or"]


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

    def assigned(self, roots: Sequence[int], values: Mapping[str, bool]) -> list[int]:
        """The formulas with some choices settled."""
        made: dict[int, int] = {}
        for index in self.below(roots):
            op, args, choice = self.nodes[index]
            if choice and choice in values:
                made[index] = int(values[choice] == (op == "take"))
            elif op == "and":
                made[index] = self.conjunction(made[arg] for arg in args)
            elif op == "or":
                made[index] = self.disjunction(made[arg] for arg in args)
            else:
                made[index] = index
        return [made[root] for root in roots]

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
