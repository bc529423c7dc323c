"""What a partly made choice implies: what it forces, and how little the rest can cost.

The bound is a cost partitioning: each condition in turn is charged the least that can meet it, and
that charge is taken off the weights that later conditions see, so that the charges add up to no
more than the minimum (dual ascent; Wedelin 1995, Katz and Domshlak 2010).
"""

from __future__ import annotations

from cloudrules.core.formulas import Formulas
from cloudrules.core.problem import Problem

NEVER = 1 << 200  # more than any sum of weights


class Implications:
    """The conditions of a problem in arrays; `choices[k]` is the choice with number k."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        formulas = problem.formulas
        order = problem.below
        position = {index: at for at, index in enumerate(order)}
        self.choices = problem.choices
        self.number = {choice: at for at, choice in enumerate(self.choices)}
        self.ops = [formulas.nodes[index][0] for index in order]
        self.args = [tuple(position[arg] for arg in formulas.nodes[index][1]) for index in order]
        self.leaf = [self.number.get(formulas.nodes[index][2], -1) for index in order]
        self.roots = [position[root] for root in problem.must]
        self.cones = [
            [position[index] for index in formulas.below([root])] for root in problem.must
        ]
        self.disjoint = self._disjoint(formulas, order)
        self.weights = [problem.weights.get(choice, 0) for choice in self.choices]
        # Conditions that few choices can meet are charged first: they leave least to dispute.
        ranked = sorted(range(len(self.roots)), key=lambda at: len(self.cones[at]))
        self.ranked = [(self.roots[at], self.cones[at]) for at in ranked]
        # The conditions in which each choice stands
        self.standing: list[list[int]] = [[] for _ in self.choices]
        for at, (_, cone) in enumerate(self.ranked):
            for number in sorted({self.leaf[part] for part in cone} - {-1}):
                self.standing[number].append(at)

    def _disjoint(self, formulas: Formulas, order: list[int]) -> list[bool]:
        """For each `and`, whether its parts take from choices of their own."""
        supports: list[int] = []
        found: list[bool] = []
        for at, _ in enumerate(order):
            if self.ops[at] == "take":
                support, apart = 1 << self.leaf[at], True
            else:
                support, apart = 0, True
                for arg in self.args[at]:
                    apart = apart and not support & supports[arg]
                    support |= supports[arg]
            supports.append(support)
            found.append(apart)
        return found

    def forced(self, values: list[bool | None]) -> bool:
        """Settle in `values` what the conditions force. False where they cannot all hold."""
        size = len(values)
        while True:
            take_mask = leave_mask = 0
            for at, value in enumerate(values):
                if value:
                    take_mask |= 1 << at
                elif value is False:
                    leave_mask |= 1 << at
            needs = self._needs(
                take_mask | leave_mask << size, leave_mask | take_mask << size, size
            )
            if needs is None:
                return False
            takes, leaves = needs & ((1 << size) - 1), needs >> size
            if takes & leaves:
                return False
            if not needs:
                return True
            for at in range(size):
                if takes >> at & 1:
                    values[at] = True
                elif leaves >> at & 1:
                    values[at] = False

    def holds(self, values: list[bool | None]) -> bool:
        """Whether every condition holds when all open choices are left."""
        size = len(values)
        takes = sum(1 << at for at, value in enumerate(values) if value)
        leaves = ((1 << size) - 1) & ~takes
        return self._needs(takes | leaves << size, leaves | takes << size, size) is not None

    def greedy(self, values: list[bool | None], left: list[int]) -> list[bool | None] | None:
        """A completion that takes what the bound has paid for in full, less what is not needed.

        None where neither that nor taking all that is open meets every condition.
        """
        open_ = [at for at, value in enumerate(values) if value is None]
        for paid in (True, False):
            found = list(values)
            for at in open_:
                found[at] = not paid or left[at] == 0
            if self.holds(found):
                break
        else:
            return None
        for at in sorted(open_, key=lambda at: (-self.weights[at], at)):
            if found[at]:
                found[at] = False
                found[at] = not all(self._met(root, found) for root in self.standing[at])
        return found

    def _met(self, number: int, found: list[bool | None]) -> bool:
        """Whether one condition holds, nothing being open."""
        root, cone = self.ranked[number]
        truth: dict[int, bool] = {}
        for at in cone:
            op, args = self.ops[at], self.args[at]
            if op in ("take", "leave"):
                truth[at] = found[self.leaf[at]] is (op == "take")
            elif op in ("and", "or"):
                truth[at] = (all if op == "and" else any)(truth[arg] for arg in args)
            else:
                truth[at] = op == "true"
        return truth[root]

    def _needs(self, known: int, barred: int, size: int) -> int | None:
        """The literals without which some condition fails: bit k takes, bit size + k leaves."""
        needs: list[int | None] = []
        for op, args, leaf in zip(self.ops, self.args, self.leaf, strict=True):
            need: int | None
            if op == "or":
                need = None
                for arg in args:
                    part = needs[arg]
                    if part is not None:
                        need = part if need is None else need & part
                        if not need:
                            break
            elif op == "and":
                need = 0
                for arg in args:
                    part = needs[arg]
                    if part is None:
                        need = None
                        break
                    need |= part
            elif op in ("take", "leave"):
                bit = 1 << (leaf if op == "take" else size + leaf)
                need = None if barred & bit else 0 if known & bit else bit
            else:
                need = 0 if op == "true" else None
            needs.append(need)
        total = 0
        for root in self.roots:
            part = needs[root]
            if part is None:
                return None
            total |= part
        return total

    def least(
        self, values: list[bool | None], weights: list[int] | None = None
    ) -> tuple[int, list[int]]:
        """A bound below every completion, and what each open choice would add to it if taken."""
        weights = self.weights if weights is None else weights
        left = [
            0 if value else NEVER if value is False else weight
            for value, weight in zip(values, weights, strict=True)
        ]
        total = sum(weight for value, weight in zip(values, weights, strict=True) if value)
        costs = [0] * len(self.ops)
        for root, cone in self.ranked:
            for at in cone:
                costs[at] = self._cost(at, costs, left, values)
            charge = costs[root]
            if charge >= NEVER:
                return NEVER, left
            if charge:
                total += charge
                self._take_off(root, charge, costs, left)
        return total, left

    def _cost(self, at: int, costs: list[int], left: list[int], values: list[bool | None]) -> int:
        op = self.ops[at]
        if op == "take":
            return left[self.leaf[at]]
        if op == "or":
            return min(costs[arg] for arg in self.args[at])
        if op == "and":
            parts = [costs[arg] for arg in self.args[at]]
            return min(NEVER, sum(parts) if self.disjoint[at] else max(parts))
        if op == "leave":
            return NEVER if values[self.leaf[at]] else 0
        return 0 if op == "true" else NEVER

    def _take_off(self, root: int, charge: int, costs: list[int], left: list[int]) -> None:
        """Lower the weights by what a condition was charged for them."""
        stack = [(root, charge)]
        done: dict[int, int] = {}
        while stack:
            at, due = stack.pop()
            due = min(due, costs[at])
            if due <= done.get(at, 0):
                continue
            done[at] = due
            op = self.ops[at]
            if op == "take":
                number = self.leaf[at]
                if left[number] < NEVER:
                    left[number] = costs[at] - due
            elif op == "or":
                stack += [(arg, due) for arg in self.args[at]]
            elif op == "and" and self.disjoint[at]:
                for arg in self.args[at]:
                    share = min(due, costs[arg])
                    if share:
                        stack.append((arg, share))
                    due -= share
            elif op == "and":
                stack.append((max(self.args[at], key=costs.__getitem__), due))
