"""A bound below every plan, a plan above it, and what the gap between them rules out.

The bound is a cost partitioning: each condition in turn is charged the least that can meet it, and
that charge is taken off the weights that later conditions see, so that the charges add up to no
more than the minimum (dual ascent; Wedelin 1995, Katz and Domshlak 2010).
"""

from __future__ import annotations

from cloudrules.core.net import OPEN, Net


class Ascent:
    """The charges of a net's conditions. `spare`: what is left of the weight of each open choice.

    `bound` is of what is still open alone; a plan that takes a choice is worth at least `bound`
    and the choice's `spare`.
    """

    def __init__(self, net: Net) -> None:
        self.net = net
        self.spare = {name: net.source.weights.get(name, 0) for name in net.choices()}
        self.bound = 0
        self._own: dict[int, frozenset[str]] = {}
        self._apart: dict[int, bool] = {}
        self._parts: dict[int, list[int]] = {}
        for root in sorted(net.roots, key=lambda at: (net.left[at], at)):
            self._charge(root)

    def _charge(self, root: int) -> None:
        costs: dict[int, int] = {}
        charge = self.cost(root, costs)
        if charge > 0:
            self.bound += charge
            self._take_off(root, charge, costs)

    def parts(self, at: int) -> list[int]:
        if at not in self._parts:
            self._parts[at] = self.net.open_parts(at)
        return self._parts[at]

    def cost(self, root: int, costs: dict[int, int]) -> int:
        """The least that meets a formula, of what is spare; `costs` is filled for its parts."""
        net, ops = self.net, self.net.ops
        stack = [root]
        while stack:
            at = stack[-1]
            if at in costs:
                stack.pop()
                continue
            op = ops[at]
            if op == "take":
                costs[at] = self.spare[net.names[at]]
            elif op == "leave":
                costs[at] = 0
            else:
                parts = self.parts(at)
                missing = [part for part in parts if part not in costs]
                if missing:
                    stack += missing
                    continue
                each = [costs[part] for part in parts]
                if op == "or":
                    costs[at] = min(each)
                else:
                    costs[at] = sum(each) if self._disjoint(at) else max(each)
        return costs[root]

    def _disjoint(self, at: int) -> bool:
        """Whether the parts of a conjunction take from choices of their own."""
        if at not in self._apart:
            supports = [self._support(part) for part in self.parts(at)]
            self._apart[at] = len(frozenset().union(*supports)) == sum(map(len, supports))
        return self._apart[at]

    def _support(self, root: int) -> frozenset[str]:
        """The choices that a formula asks to take."""
        stack = [root]
        while stack:
            at = stack[-1]
            if at in self._own:
                stack.pop()
                continue
            if self.net.ops[at] == "take":
                self._own[at] = frozenset((self.net.names[at],))
                continue
            missing = [part for part in self.parts(at) if part not in self._own]
            if missing:
                stack += missing
            else:
                self._own[at] = frozenset().union(*(self._own[part] for part in self.parts(at)))
        return self._own[root]

    def _take_off(self, root: int, charge: int, costs: dict[int, int]) -> None:
        """Lower what is spare by what a condition was charged for it."""
        net = self.net
        stack = [(root, charge)]
        done: dict[int, int] = {}
        while stack:
            at, due = stack.pop()
            if due <= done.get(at, 0):
                continue
            done[at] = due
            op = net.ops[at]
            if op == "take":
                self.spare[net.names[at]] = costs[at] - due
            elif op == "or":
                stack += [(part, due) for part in self.parts(at)]
            elif self._disjoint(at):
                for part in self.parts(at):
                    share = min(due, costs[part])
                    if share:
                        stack.append((part, share))
                    due -= share
            else:
                stack.append((max(self.parts(at), key=costs.__getitem__), due))


class Trial:
    """A full assignment of a net's open choices, and what holds under it, kept up to date."""

    def __init__(self, net: Net, taken: set[str]) -> None:
        self.net = net
        self.taken = taken
        self.met = [0] * len(net.ops)  # parts that hold
        self.need = [1] * len(net.ops)
        self.failing: dict[int, None] = {}
        for at, op in enumerate(net.ops):
            if not net.alive[at]:
                continue
            if op in ("take", "leave"):
                self.met[at] = int((net.names[at] in taken) == (op == "take"))
            else:
                parts = net.open_parts(at)
                self.need[at] = 1 if op == "or" else len(parts)
                self.met[at] = sum(self.holds(part) for part in parts)
            if at in net.roots and not self.holds(at):
                self.failing[at] = None

    def holds(self, at: int) -> bool:
        return self.met[at] >= self.need[at]

    def flip(self, name: str) -> None:
        self.taken ^= {name}
        net = self.net
        changed: list[tuple[int, int]] = []
        for literals in (net.takes, net.leaves):
            at = net.literal(literals, name)
            if at is not None:
                self.met[at] ^= 1
                changed.append((at, 1 if self.met[at] else -1))
        while changed:
            at, step = changed.pop()
            for whole in net.parents[at]:
                if not net.alive[whole]:
                    continue
                before = self.holds(whole)
                self.met[whole] += step
                if self.holds(whole) == before:
                    continue
                if net.state[whole] == OPEN:
                    changed.append((whole, step))
                elif before:
                    self.failing[whole] = None
                else:
                    self.failing.pop(whole, None)


def greedy(ascent: Ascent) -> frozenset[str] | None:
    """A plan for what is open, the limits aside; None where none was found.

    It starts from nothing, or from what the bound has paid for in full; what fails is met in the
    way of which least is spare, and what turns out needless goes. The better of the two.
    """
    net, spare, weights = ascent.net, ascent.spare, ascent.net.source.weights
    best: tuple[int, list[str]] | None = None
    for start in (set[str](), {name for name in spare if not spare[name]}, set(spare)):
        if best is not None and len(start) == len(spare):
            break
        trial = Trial(net, start)
        _mend(trial, ascent)
        if trial.failing:
            continue
        for name in sorted(trial.taken, key=lambda name: (-weights.get(name, 0), name)):
            trial.flip(name)
            if trial.failing:
                trial.flip(name)
        value = sum(weights.get(name, 0) for name in trial.taken)
        if best is None or value < best[0]:
            best = value, sorted(trial.taken)
    return None if best is None else frozenset(best[1])


def _mend(trial: Trial, ascent: Ascent) -> None:
    """Meet the conditions that still fail, each in the cheapest way."""
    net = trial.net
    effort = 4 * len(net.ops)
    while trial.failing and effort > 0:
        root = next(iter(trial.failing))
        costs: dict[int, int] = {}
        ascent.cost(root, costs)
        effort -= len(costs)
        stack = [root]
        while stack:
            at = stack.pop()
            if trial.holds(at):
                continue
            if net.names[at]:
                trial.flip(net.names[at])
            elif net.ops[at] == "and":
                stack += ascent.parts(at)
            else:
                # To leave again what was taken for another condition may go on for ever.
                stack.append(
                    min(
                        ascent.parts(at),
                        key=lambda part: (net.ops[part] == "leave", costs[part], part),
                    )
                )
