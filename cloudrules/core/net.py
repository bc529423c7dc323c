"""A problem as a net of its formulas in which choices are settled: what that forces, at once.

Every formula knows those it is a part of, and how many of its parts are still open, so that all
that follows from a choice is found in time linear in what it touches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cloudrules.core.formulas import Formulas
from cloudrules.core.problem import Problem

OPEN, TRUE, FALSE = range(3)


class Impossible(Exception):
    """The conditions cannot hold together."""


class Net:
    """The formulas of a problem by number, parts first. `roots` are the conditions still to meet.

    A condition counts as true wherever else it is a part, since it has to hold. `alive` is what
    some condition still depends on. Raises Impossible, as does all that settles something.
    """

    def __init__(self, problem: Problem) -> None:
        formulas = problem.formulas
        order = problem.below
        number = {index: at for at, index in enumerate(order)}
        self.source = problem
        self.ops: list[str] = []
        self.args: list[list[int]] = []
        self.names: list[str] = []
        self.parents: list[list[int]] = [[] for _ in order]
        self.takes: dict[str, int] = {}
        self.leaves: dict[str, int] = {}
        self.values: dict[str, bool] = {}
        self.roots: dict[int, None] = {}
        size = len(order)
        self.state = [OPEN] * size
        self.alive = [True] * size
        self.uses = [0] * size
        self.left = [0] * size  # the parts that are open
        self._settled: list[int] = []
        constants: list[tuple[int, int]] = []
        for at, index in enumerate(order):
            op, args, name = formulas.nodes[index]
            parts = [number[arg] for arg in args]
            self.ops.append(op)
            self.args.append(parts)
            self.names.append(name)
            for part in parts:
                self.parents[part].append(at)
                self.uses[part] += 1
            self.left[at] = len(parts)
            if op == "take":
                self.takes[name] = at
            elif op == "leave":
                self.leaves[name] = at
            elif not parts:
                constants.append((at, TRUE if op in ("true", "and") else FALSE))
        for at, state in constants:
            self._put(at, state)
        self.parent_sets = [set(parents) for parents in self.parents]
        for root in dict.fromkeys(problem.must):
            self._demand(number[root])
        self._follow()

    # What is settled

    def settle(self, name: str, value: bool) -> None:
        """A choice is taken or left, and so is all that this forces."""
        self._assign(name, value)
        self._follow()

    def hold(self, at: int) -> None:
        """A formula is known to hold wherever the conditions do."""
        if at in self.roots:
            del self.roots[at]
            self._release(at)
        elif self.state[at] == OPEN:
            self._put(at, TRUE)
            self._follow()

    def _assign(self, name: str, value: bool) -> None:
        if self.values.setdefault(name, value) != value:
            raise Impossible
        for literals, holds in ((self.takes, value), (self.leaves, not value)):
            if name in literals:
                self._put(literals[name], TRUE if holds else FALSE)

    def _put(self, at: int, state: int) -> None:
        if self.state[at] == OPEN:
            self.state[at] = state
            self._settled.append(at)
            self._release(at)
        elif self.state[at] != state:
            raise Impossible

    def _demand(self, at: int) -> None:
        """A formula has to hold: a condition, or what it comes to."""
        stack = [at]
        while stack:
            at = stack.pop()
            if self.state[at] == FALSE:
                raise Impossible
            if self.state[at] == TRUE:
                continue
            if self.names[at]:
                self._assign(self.names[at], self.ops[at] == "take")
            elif self.ops[at] == "and" or self.left[at] == 1:
                parts = [part for part in self.args[at] if self.state[part] != FALSE]
                if not parts:
                    raise Impossible
                stack += parts
                self.state[at] = TRUE
                self._settled.append(at)
                # Its parts are demanded before they are let go of.
                for part in self.args[at]:
                    self.uses[part] += 1
                self._release(at)
            else:
                self.state[at] = TRUE
                self._settled.append(at)
                self.roots[at] = None

    def _follow(self) -> None:
        while self._settled:
            at = self._settled.pop()
            if self.state[at] == TRUE:
                for parent in self.parents[at]:
                    if self.ops[parent] == "or":
                        if parent in self.roots:
                            del self.roots[parent]
                            self._release(parent)
                        elif self.state[parent] == OPEN:
                            self._put(parent, TRUE)
                    else:
                        self.left[parent] -= 1
                        if not self.left[parent] and self.state[parent] == OPEN:
                            self._put(parent, TRUE)
            else:
                for parent in self.parents[at]:
                    if self.ops[parent] == "and":
                        self._put(parent, FALSE)
                        continue
                    self.left[parent] -= 1
                    if self.left[parent] > 1:
                        continue
                    if parent in self.roots:
                        last = [part for part in self.args[parent] if self.state[part] != FALSE]
                        if not last:
                            raise Impossible
                        for part in last:
                            self._demand(part)
                        if parent in self.roots:
                            del self.roots[parent]
                            self._release(parent)
                    elif not self.left[parent] and self.state[parent] == OPEN:
                        self._put(parent, FALSE)

    def _release(self, at: int) -> None:
        """A formula no longer matters, nor do parts that only it depends on."""
        stack = [at]
        while stack:
            at = stack.pop()
            if not self.alive[at]:
                continue
            self.alive[at] = False
            for part in self.args[at]:
                self.uses[part] -= 1
                if not self.uses[part] and part not in self.roots:
                    stack.append(part)

    # What remains

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(name for name, value in self.values.items() if value)

    def open_parts(self, at: int) -> list[int]:
        return [part for part in self.args[at] if self.state[part] == OPEN]

    def wholes(self, at: int) -> list[int]:
        """The formulas that matter and that this is a part of."""
        return [parent for parent in self.parents[at] if self.alive[parent]]

    def literal(self, literals: Mapping[str, int], name: str) -> int | None:
        """The leaf of an open choice in `takes` or `leaves`, where it matters."""
        at = literals.get(name)
        return at if at is not None and self.alive[at] and self.state[at] == OPEN else None

    def choices(self) -> list[str]:
        """The choices that are open and matter, in order."""
        names = {**self.takes, **self.leaves}
        return [
            name
            for name in sorted(names)
            if self.literal(self.takes, name) is not None
            or self.literal(self.leaves, name) is not None
        ]

    def problem(self) -> Problem:
        """The problem that remains. Raises Impossible where a limit is passed already."""
        taken = self.taken
        limits = tuple(
            replace(limit, most=limit.most - sum(limit.weights.get(each, 0) for each in taken))
            for limit in self.source.limits
        )
        if any(limit.most < 0 for limit in limits):
            raise Impossible
        formulas = Formulas()
        made: dict[int, int] = {}
        for at, op in enumerate(self.ops):
            if not self.alive[at]:
                continue
            if op == "take":
                made[at] = formulas.take(self.names[at])
            elif op == "leave":
                made[at] = formulas.leave(self.names[at])
            elif op == "and":
                made[at] = formulas.conjunction(made[part] for part in self.open_parts(at))
            else:
                made[at] = _shortest(formulas, [made[part] for part in self.open_parts(at)])
        must = dict.fromkeys(made[root] for root in sorted(self.roots))
        must.pop(Formulas.TRUE, None)  # a choice that is either taken or left
        if Formulas.FALSE in must:
            raise Impossible
        return replace(self.source, formulas=formulas, must=tuple(must), limits=limits)


def _shortest(formulas: Formulas, parts: list[int]) -> int:
    """The disjunction without conjunctions that some other part follows from."""
    whole = formulas.disjunction(parts)
    op, args, _ = formulas.nodes[whole]
    if op != "or" or all(formulas.nodes[arg][0] != "and" for arg in args):
        return whole
    there = set(args)

    def needless(part: int) -> bool:
        inner, demands, _ = formulas.nodes[part]
        return inner == "and" and any(
            demand in there
            or (formulas.nodes[demand][0] == "or" and there.issuperset(formulas.nodes[demand][1]))
            for demand in demands
        )

    return formulas.disjunction(part for part in args if not needless(part))
