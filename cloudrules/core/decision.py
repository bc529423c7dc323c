"""Decision diagrams: Boolean functions (BDD) and families of sets (ZDD), each canonical.

A node is an integer; 0 and 1 are the ends. Both kinds share one table of (variable, low, high).
The recursive operations run on an explicit stack, so that no rulebook is too deep for them.
Sources: Bryant 1986; Minato 1993; Coudert and Madre 1992 for the minimal sets.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from fractions import Fraction
from typing import Any, TypeAlias

from cloudrules.core.errors import TooLarge

LARGEST = 400_000  # nodes; a question that needs more is refused
Step: TypeAlias = Generator[Any, int, int]


def _run(step: Step) -> int:
    """Drive a recursion written as generators: each yields its sub-steps and returns a node."""
    stack, value = [step], 0
    fresh = True
    while stack:
        try:
            sub = next(stack[-1]) if fresh else stack[-1].send(value)
            stack.append(sub)
            fresh = True
        except StopIteration as done:
            stack.pop()
            value, fresh = done.value, False
    return value


class Diagrams:
    """Variables are numbered from 0, the lowest nearest the root.

    Raises TooLarge where it takes more than `largest` nodes; by default LARGEST.
    """

    def __init__(self, largest: int | None = None) -> None:
        self._largest = LARGEST if largest is None else largest
        end = 1 << 60  # below every variable
        self.nodes: list[tuple[int, int, int]] = [(end, 0, 0), (end, 1, 1)]
        self._index: dict[tuple[int, int, int], int] = {}
        self._memo: dict[tuple[Any, ...], int] = {}

    def _make(self, variable: int, low: int, high: int) -> int:
        key = (variable, low, high)
        index = self._index.get(key)
        if index is None:
            if len(self.nodes) > self._largest:
                raise TooLarge("reasons")
            index = self._index[key] = len(self.nodes)
            self.nodes.append(key)
        return index

    def _branch(self, variable: int, low: int, high: int) -> int:
        """A BDD node: a test that decides nothing is none."""
        return low if low == high else self._make(variable, low, high)

    def _member(self, variable: int, low: int, high: int) -> int:
        """A ZDD node: a variable that is in no set is not there."""
        return low if high == 0 else self._make(variable, low, high)

    # Boolean functions

    def variable(self, number: int, *, negated: bool = False) -> int:
        return self._make(number, int(negated), int(not negated))

    def ite(self, test: int, then: int, other: int) -> int:
        return _run(self._ite(test, then, other))

    def negation(self, one: int) -> int:
        return self.ite(one, 0, 1)

    def conjunction(self, one: int, two: int) -> int:
        return self.ite(one, two, 0)

    def disjunction(self, one: int, two: int) -> int:
        return self.ite(one, 1, two)

    def _cofactors(self, node: int, variable: int) -> tuple[int, int]:
        top, low, high = self.nodes[node]
        return (low, high) if top == variable else (node, node)

    def _ite(self, test: int, then: int, other: int) -> Step:
        if test < 2:
            return then if test else other
        if then == other or (then == 1 and other == 0):
            return test if then != other else then
        key = ("ite", test, then, other)
        if key not in self._memo:
            top = min(self.nodes[node][0] for node in (test, then, other))
            test0, test1 = self._cofactors(test, top)
            then0, then1 = self._cofactors(then, top)
            other0, other1 = self._cofactors(other, top)
            low = yield self._ite(test0, then0, other0)
            high = yield self._ite(test1, then1, other1)
            self._memo[key] = self._branch(top, low, high)
        return self._memo[key]

    def restrict(self, node: int, values: dict[int, bool]) -> int:
        """The function with some variables fixed."""
        memo: dict[int, int] = {}

        def step(node: int) -> Step:
            if node < 2:
                return node
            if node not in memo:
                top, low, high = self.nodes[node]
                if top in values:
                    memo[node] = yield step(high if values[top] else low)
                else:
                    new_low = yield step(low)
                    new_high = yield step(high)
                    memo[node] = self._branch(top, new_low, new_high)
            return memo[node]

        return _run(step(node))

    def support(self, node: int) -> set[int]:
        """The variables on which a function depends."""
        seen, stack, found = {0, 1}, [node], set()
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                top, low, high = self.nodes[node]
                found.add(top)
                stack += (low, high)
        return found

    def density(self, node: int) -> Fraction:
        """The share of all values of the variables at which a function is true."""
        memo = {0: Fraction(0), 1: Fraction(1)}
        stack = [node]
        while stack:
            here = stack[-1]
            _, low, high = self.nodes[here]
            waiting = [part for part in (low, high) if part not in memo]
            if here in memo or not waiting:
                stack.pop()
                if here not in memo:
                    memo[here] = (memo[low] + memo[high]) / 2
            else:
                stack += waiting
        return memo[node]

    # Families of sets

    def forcing(self, node: int, free: frozenset[int]) -> int:
        """The minimal sets of variables that, being true, make the function true.

        The `free` variables take any value and are in no set.
        """
        return _run(self._forcing(node, free))

    def _forcing(self, node: int, free: frozenset[int]) -> Step:
        if node < 2:
            return node
        key = ("forcing", node, free)
        if key not in self._memo:
            top, low, high = self.nodes[node]
            both = yield self._ite(low, high, 0)
            without = yield self._forcing(both, free)
            if top in free:
                self._memo[key] = without
            else:
                within = yield self._forcing(high, free)
                within = yield self._not_above(within, without)
                self._memo[key] = self._member(top, without, within)
        return self._memo[key]

    def minimal(self, node: int) -> int:
        """The minimal sets of variables at which the function is true, all others false."""
        return _run(self._minimal(node))

    def _minimal(self, node: int) -> Step:
        if node < 2:
            return node
        key = ("minimal", node)
        if key not in self._memo:
            top, low, high = self.nodes[node]
            without = yield self._minimal(low)
            within = yield self._minimal(high)
            within = yield self._not_above(within, without)
            self._memo[key] = self._member(top, without, within)
        return self._memo[key]

    def _not_above(self, family: int, others: int) -> Step:
        """The sets of a family that hold no set of the others."""
        if family == 0 or others == 0:
            return family
        if self._has_empty(others):
            return 0
        if family == 1:
            return 1
        key = ("above", family, others)
        if key not in self._memo:
            top, low, high = self.nodes[family]
            other, other_low, other_high = self.nodes[others]
            if top < other:
                new_low = yield self._not_above(low, others)
                new_high = yield self._not_above(high, others)
                self._memo[key] = self._member(top, new_low, new_high)
            elif other < top:
                self._memo[key] = yield self._not_above(family, other_low)
            else:
                new_low = yield self._not_above(low, other_low)
                new_high = yield self._not_above(high, other_low)
                new_high = yield self._not_above(new_high, other_high)
                self._memo[key] = self._member(top, new_low, new_high)
        return self._memo[key]

    def _has_empty(self, family: int) -> bool:
        while family > 1:
            family = self.nodes[family][1]
        return family == 1

    def _split(self, family: int, variable: int) -> tuple[int, int]:
        """The sets without a variable, and those with it, it taken out."""

        def step(node: int, keep: bool) -> Step:
            top, low, high = self.nodes[node]
            if top > variable:
                return 0 if keep else node
            if top == variable:
                return high if keep else low
            key = ("with" if keep else "without", node, variable)
            if key not in self._memo:
                new_low = yield step(low, keep)
                new_high = yield step(high, keep)
                self._memo[key] = self._member(top, new_low, new_high)
            return self._memo[key]

        return _run(step(family, False)), _run(step(family, True))

    def _sizes(self, family: int, memo: dict[int, int]) -> int:
        """The sizes of the sets of a family, as the bits of a number."""
        memo.setdefault(0, 0)
        memo.setdefault(1, 1)
        stack = [family]
        while stack:
            node = stack[-1]
            _, low, high = self.nodes[node]
            waiting = [part for part in (low, high) if part not in memo]
            if node in memo or not waiting:
                stack.pop()
                memo.setdefault(node, memo.get(low, 0) | memo.get(high, 0) << 1)
            else:
                stack += waiting
        return memo[family]

    def sets(self, family: int, name: Callable[[int], str]) -> Iterator[tuple[str, ...]]:
        """The sets of a family, smallest first, then by the names of their members."""
        sizes: dict[int, int] = {}
        names = sorted((name(variable), variable) for variable in self.support(family))
        bits = self._sizes(family, sizes)
        for size in range(bits.bit_length()):
            start: tuple[int, int, int, tuple[str, ...]] = (family, size, 0, ())
            stack = [start] if bits >> size & 1 else []
            while stack:
                node, left, at, members = stack.pop()
                if not self._sizes(node, sizes) >> left & 1:
                    continue
                if left == 0:
                    yield members
                    continue
                word, variable = names[at]
                without, within = self._split(node, variable)
                # The sets with the earlier name come first: they go on top of the stack.
                stack.append((without, left, at + 1, members))
                stack.append((within, left - 1, at + 1, (*members, word)))
