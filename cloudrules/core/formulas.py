"""Formulas over choices, negations at the leaves: what must hold of the things that are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from cloudrules.core.gates import Circuit, Input

Op: TypeAlias = Literal["true", "false", "take", "leave", "and", "or"]
Side: TypeAlias = int  # twice a gate's index; one more: its negation
PACE = 1024  # gates between two looks at the clock


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
        nodes = self.nodes
        args: dict[int, None] = {}
        for part in parts:
            if part == zero:
                return zero
            inner = nodes[part]
            if inner[0] == op:
                args.update(dict.fromkeys(inner[1]))
            elif part != unit:
                args[part] = None
        for arg in args:
            kind, _, choice = nodes[arg]
            if kind == "leave" and self._index.get(("take", (), choice)) in args:
                return zero
        if len(args) < 2:
            return next(iter(args), unit)
        return self._make(op, tuple(args))

    def from_circuit(
        self,
        circuit: Circuit,
        node: int,
        value: Callable[[Input], int | None],
        *,
        negated: bool = False,
        made: dict[Side, int] | None = None,
        check: Callable[[], None] | None = None,
    ) -> int:
        """That a node is certainly true (or false): `value` gives an input's formula.

        None stands for an input that may be either: neither it nor its negation is certain.
        `made` holds what was made with the same inputs before, and is added to; `check` is called
        again and again, and may raise.
        """
        gates = circuit.gates
        made = {} if made is None else made
        root = 2 * node + negated
        asked = set() if root in made else {root}
        stack = list(asked)
        while stack:
            wanted = stack.pop()
            gate = gates[wanted >> 1]
            flip = (wanted & 1) ^ (gate.op == "not")
            for arg in gate.args:
                side = 2 * arg + flip
                if side not in asked and side not in made:
                    asked.add(side)
                    stack.append(side)
        for count, wanted in enumerate(sorted(asked)):
            if check is not None and not count % PACE:
                check()
            gate, negative = gates[wanted >> 1], wanted & 1
            if gate.input is not None:
                leaf = value(gate.input)
                if leaf is None:
                    made[wanted] = self.FALSE
                else:
                    made[wanted] = self._opposite(leaf) if negative else leaf
            elif gate.op == "constant":
                made[wanted] = int(gate.value != bool(negative))
            elif gate.op == "not":
                made[wanted] = made[2 * gate.args[0] + 1 - negative]
            else:
                parts = [made[2 * arg + negative] for arg in gate.args]
                join = self.conjunction if (gate.op == "and") != negative else self.disjunction
                made[wanted] = join(parts)
        return made[root]

    def _opposite(self, leaf: int) -> int:
        """The negation of what an input stands for, which is never deep."""
        op, args, choice = self.nodes[leaf]
        if op in ("and", "or"):
            join = self.disjunction if op == "and" else self.conjunction
            return join([self._opposite(arg) for arg in args])
        if op == "take":
            return self.leave(choice)
        return 1 - leaf if leaf < 2 else self.take(choice)

    def assigned(self, root: int, values: Mapping[str, bool]) -> int:
        """The formula with some choices settled."""
        return self.all_assigned([root], values)[0]

    def all_assigned(self, roots: Sequence[int], values: Mapping[str, bool]) -> list[int]:
        """Several formulas with some choices settled; what they share is gone through once."""
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
        return self.all_hold([root], taken)[0]

    def all_hold(self, roots: Sequence[int], taken: frozenset[str]) -> list[bool]:
        """Whether each of several formulas holds; what they share is gone through once."""
        values = self.holding(self.below(roots), taken)
        return [values[root] for root in roots]

    def holding(self, order: Iterable[int], taken: frozenset[str]) -> dict[int, bool]:
        """Whether each of these holds; `order` has every part before its whole."""
        values: dict[int, bool] = {}
        for index in order:
            op, args, choice = self.nodes[index]
            if op in ("take", "leave"):
                values[index] = (choice in taken) == (op == "take")
            elif op in ("true", "false"):
                values[index] = op == "true"
            else:
                join = all if op == "and" else any
                values[index] = join(values[arg] for arg in args)
        return values
