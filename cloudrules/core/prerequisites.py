"""What `requires` demands of a plan, as formulas over choices."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import TypeAlias

import networkx as nx

from cloudrules.core import expression
from cloudrules.core.expression import TRUE, Compare, Name, Range, Waived
from cloudrules.core.formulas import Formulas
from cloudrules.core.gates import weighed
from cloudrules.core.problem import Choice


def started_in_time(
    formulas: Formulas, choices: Mapping[str, Choice], held: frozenset[str], deadline: int | None
) -> list[int]:
    """What `requires` demands: nothing is taken that cannot start, or that ends after the deadline.

    Without a deadline, that what is required is held or taken, and starts without itself.
    """
    months = {
        name: choice.months if deadline is not None else 0 for name, choice in choices.items()
    }
    # All of them one after the other take no longer than that.
    last = min(deadline or 0, sum(months.values()))
    waiting = {name: choice for name, choice in choices.items() if choice.requires != TRUE}
    # A pair (choice, month) says: taken, and finished by that month.
    wanted: nx.DiGraph[tuple[str, int]] = nx.DiGraph()
    stack = [(name, last) for name in waiting]
    while stack:
        pair = stack.pop()
        if pair in wanted and wanted.nodes[pair].get("seen"):
            continue
        wanted.add_node(pair, seen=True)
        name, month = pair
        start = month - months[name]
        if start >= 0:
            for leaf in expression.leaves(choices[name].requires):
                if isinstance(leaf, Name) and leaf.name in waiting:
                    wanted.add_edge((leaf.name, start), pair)
                    stack.append((leaf.name, start))
    done: dict[tuple[str, int], int] = {}

    def finished(name: str, month: int) -> int:
        if name in waiting:
            return done.get((name, month), Formulas.FALSE)
        return formulas.take(name) if months[name] <= month else Formulas.FALSE

    required = _Required(formulas, finished, held, choices)
    order = nx.condensation(wanted)
    for group in nx.topological_sort(order):
        pairs = sorted(order.nodes[group]["members"])
        # In a circle each needs another's end: as many rounds as there are members settle it.
        for _ in pairs:
            done.update(
                {
                    (name, month): required.done(choices[name], month - months[name])
                    for name, month in pairs
                }
            )
    return [
        formulas.disjunction([formulas.leave(name), finished(name, last)])
        for name in choices
        if finished(name, last) != formulas.take(name)
    ]


def bearing(formulas: Formulas, started: Sequence[int], must: Iterable[int]) -> list[int]:
    """Of the demands in `started` those that matter where only `must` is asked for.

    The others hold where nothing is taken of which neither they that matter nor `must` speak.
    """
    spoken = set(formulas.choices(must))
    waiting: dict[str, list[int]] = {}
    found: list[int] = []
    stack = list(started)
    while stack:
        clause = stack.pop()
        op, args, _ = formulas.nodes[clause]
        parts = [formulas.nodes[part] for part in (args if op == "or" else (clause,))]
        left = next((c for op, _, c in parts if op == "leave" and c not in spoken), None)
        if left is not None:
            waiting.setdefault(left, []).append(clause)
            continue
        found.append(clause)
        for choice in formulas.choices([clause]):
            if choice not in spoken:
                spoken.add(choice)
                stack += waiting.pop(choice, ())
    kept = set(found)
    return [clause for clause in started if clause in kept]


Both: TypeAlias = tuple[int, int]  # a formula, and its negation


class _Required:
    """The interpreter of `requires`: conditions over evidence as formulas over choices."""

    def __init__(
        self,
        formulas: Formulas,
        finished: Callable[[str, int], int],
        held: frozenset[str],
        choices: Container[str],
    ) -> None:
        self.formulas, self.finished = formulas, finished
        self.held, self.choices = held, choices
        self.month = 0

    def done(self, choice: Choice, start: int) -> int:
        """That a choice is taken, and that what it requires is there by its start."""
        if start < 0:
            return Formulas.FALSE
        self.month = start
        started, _ = expression.fold(choice.requires, self)
        return self.formulas.conjunction([self.formulas.take(choice.id), started])

    def constant(self, value: bool) -> Both:
        return int(value), int(not value)

    def name(self, leaf: Name) -> Both:
        if leaf.name in self.held:
            return self.constant(True)
        if leaf.name in self.choices:
            return self.finished(leaf.name, self.month), self.formulas.leave(leaf.name)
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
