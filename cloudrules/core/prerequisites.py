"""What `requires` demands of a plan, as formulas over choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from cloudrules.core import expression
from cloudrules.core.expression import TRUE, Compare, Name, Range, Waived
from cloudrules.core.formulas import PACE, Formulas
from cloudrules.core.gates import weighed
from cloudrules.core.graph import parts_first
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
    needs = {name: _needs(choice, choices) for name, choice in choices.items()}
    latest = _latest(needs, months)
    roots = {name: (name, min(deadline or 0, last)) for name, last in latest.items()}
    wanted: dict[Pair, list[Pair]] = {}
    stack = [pair for name, pair in roots.items() if needs[name]]
    while stack:
        if check is not None and not len(wanted) % PACE:
            check()
        pair = stack.pop()
        name, month = pair
        if pair not in wanted:
            start = month - months[name]
            # After its latest end a thing is finished or never is: no later month is told apart.
            wanted[pair] = [(need, min(start, latest[need])) for need in needs[name] if start >= 0]
            stack += wanted[pair]
    done: dict[Pair, int] = {}

    def finished(pair: Pair) -> int:
        name, month = pair
        ready = {each[0]: done.get(each, Formulas.FALSE) for each in wanted.get(pair, ())}
        return _done(formulas, choices[name], month - months[name], ready, held)

    for circle in parts_first(wanted):
        # In a circle each needs another's end: as many rounds as there are members settle it.
        for _ in circle:
            if check is not None:
                check()
            done.update({pair: finished(pair) for pair in sorted(circle)})
    found: list[int] = []
    for name, pair in roots.items():
        whole = done[pair] if pair in done else finished(pair)
        if whole != formulas.take(name):
            found.append(formulas.disjunction([formulas.leave(name), whole]))
    return found


def _needs(choice: Choice, choices: Mapping[str, Choice]) -> tuple[str, ...]:
    """The choices that what one requires speaks of."""
    if choice.requires is TRUE:
        return ()
    names = (leaf.name for leaf in expression.leaves(choice.requires) if isinstance(leaf, Name))
    return tuple(dict.fromkeys(name for name in names if name in choices))


def _latest(needs: Mapping[str, tuple[str, ...]], months: Mapping[str, int]) -> dict[str, int]:
    """By when each choice is finished if it ever is: things come one after another, each once."""
    latest: dict[str, int] = {}
    for circle in parts_first(needs):
        inside = set(circle)
        before = max(
            (latest[need] for name in circle for need in needs[name] if need not in inside),
            default=0,
        )
        latest.update(dict.fromkeys(circle, before + sum(months[name] for name in circle)))
    return {name: latest[name] for name in needs}


def _done(
    formulas: Formulas,
    choice: Choice,
    start: int,
    ready: Mapping[str, int],
    held: frozenset[str],
) -> int:
    if start < 0:
        return Formulas.FALSE
    if choice.requires is TRUE:
        return formulas.take(choice.id)
    started, _ = expression.fold(choice.requires, _Required(formulas, ready, held))
    return formulas.conjunction([formulas.take(choice.id), started])


Both: TypeAlias = tuple[int, int]  # a formula, and its negation


class _Required:
    """The interpreter of `requires`: conditions over evidence as formulas over choices.

    `ready` says of each choice that they speak of when it is finished in time.
    """

    def __init__(self, formulas: Formulas, ready: Mapping[str, int], held: frozenset[str]) -> None:
        self.formulas, self.ready, self.held = formulas, ready, held

    def constant(self, value: bool) -> Both:
        return int(value), int(not value)

    def name(self, leaf: Name) -> Both:
        if leaf.name in self.held:
            return self.constant(True)
        if leaf.name in self.ready:
            return self.ready[leaf.name], self.formulas.leave(leaf.name)
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
