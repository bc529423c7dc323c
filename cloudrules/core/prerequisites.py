"""What `requires` demands of a plan, as formulas over choices."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from math import inf
from typing import TypeAlias

from cloudrules.core import expression
from cloudrules.core.expression import TRUE, And, Arg, Compare, Name, Range, Waived
from cloudrules.core.formulas import PACE, Formulas
from cloudrules.core.gates import weighed
from cloudrules.core.order import parts_first
from cloudrules.core.problem import Choice

Pair: TypeAlias = tuple[str, int]  # a choice and a month: taken, and finished by then


def started_in_time(
    formulas: Formulas,
    choices: Mapping[str, Choice],
    held: frozenset[str],
    deadline: int | None,
    check: Callable[[], None] | None = None,
) -> list[int]:
    """What `requires` demands: nothing is taken that cannot start, or that ends after the deadline.

    Without a deadline, that what is required is held or taken, and starts without itself. `check`
    is called again and again, and may raise.
    """
    months = {
        name: choice.months if deadline is not None else 0 for name, choice in choices.items()
    }
    needs = {
        name: _needs(choice.requires, choices)
        for name, choice in choices.items()
        if choice.requires != TRUE
    }
    ends = _Ends(needs, choices, months, held)
    wanted: dict[Pair, list[Pair]] = {}
    steps: dict[Pair, int] = {}
    stack = [(ends.pair(name, deadline or 0), 0) for name in needs]
    while stack:
        pair, step = stack.pop()
        if step >= steps.get(pair, step + 1):
            continue
        if check is not None and not len(wanted) % PACE:
            check()
        name, month = pair
        start = month - months[name]
        below: list[tuple[Pair, int]] = []
        for need in needs[name] if month >= ends.first[name] else ():
            # Nobody goes round a circle once more for anything.
            within = step + 1 if ends.circle.get(need) == ends.circle[name] else 0
            if need in needs and within < ends.size[ends.circle[need]]:
                below.append((ends.pair(need, start), within))
        steps[pair] = step
        wanted[pair] = [each for each, _ in below]
        stack += below
    done: dict[Pair, int] = {}

    def finished(name: str, month: int) -> int:
        if name in needs:
            return done.get(ends.pair(name, month), Formulas.FALSE)
        return formulas.take(name) if months[name] <= month else Formulas.FALSE

    required = _Required(formulas, finished, held, choices)
    for circle in parts_first(wanted):
        pairs = sorted(circle)
        # In a circle each needs another's end: as many rounds as there are members settle it.
        for _ in pairs:
            if check is not None:
                check()
            made = {
                (name, month): required.done(choices[name], month - months[name])
                if month >= ends.first[name]
                else Formulas.FALSE
                for name, month in pairs
            }
            settled = all(done.get(pair, Formulas.FALSE) == whole for pair, whole in made.items())
            done.update(made)
            if settled:
                break
    last = {name: finished(name, deadline or 0) for name in choices}
    return [
        formulas.disjunction([formulas.leave(name), whole])
        for name, whole in last.items()
        if whole != formulas.take(name)
    ]


def _needs(requires: Arg, choices: Container[str]) -> tuple[str, ...]:
    """The choices that a condition speaks of."""
    names = (leaf.name for leaf in expression.leaves(requires) if isinstance(leaf, Name))
    return tuple(dict.fromkeys(name for name in names if name in choices))


class _Ends:
    """When each thing is finished: no sooner than `first`, by `last` if ever.

    Things come one after another, each once; those that surely need one another never start. A
    month after the last end is as good as that end, and one before the first is none: few months
    have to be told apart, whatever the deadline. `circle` numbers the circle that each is in, of
    which `size` has the members.
    """

    def __init__(
        self,
        needs: Mapping[str, tuple[str, ...]],
        choices: Mapping[str, Choice],
        months: Mapping[str, int],
        held: frozenset[str],
    ) -> None:
        self.first: dict[str, float] = dict(months)
        sure = {
            name: [need for need in _sure(choices[name].requires) if need in needs[name]]
            for name in needs
        }
        for circle in parts_first({name: _waiting(sure[name], needs, held) for name in needs}):
            for name in circle:
                needed = [need for need in sure[name] if need not in held]
                closed = not set(circle).isdisjoint(needed)
                before = max((self.first[need] for need in needed), default=0)
                self.first[name] = inf if closed else before + months[name]
        self.last = dict(months)
        self.circle: dict[str, int] = {}
        self.size: list[int] = []
        for circle in parts_first({name: _waiting(needs[name], needs) for name in needs}):
            self.circle.update(dict.fromkeys(circle, len(self.size)))
            self.size.append(len(circle))
            outside = {need for name in circle for need in needs[name]}.difference(circle)
            latest = max((self.last[need] for need in outside), default=0)
            self.last.update(dict.fromkeys(circle, latest + sum(months[name] for name in circle)))

    def pair(self, name: str, month: int) -> Pair:
        return name, min(month, self.last[name])


def _waiting(names: Iterable[str], needs: Container[str], held: Container[str] = ()) -> list[str]:
    """Of some names those that wait for others and are not held."""
    return [name for name in names if name in needs and name not in held]


def _sure(requires: Arg) -> list[str]:
    """Names that a condition surely needs: those that it joins by `and`."""
    match requires:
        case Name(name):
            return [name]
        case And(parts):
            return [name for part in parts for name in _sure(part)]
    return []


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
