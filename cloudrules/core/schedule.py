"""When each thing acquired can start and finish, given what must be held first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cloudrules.core.expression import Compare, Name, Range, Waived, fold
from cloudrules.core.problem import Choice

NEVER = 10**30  # months; later than any plan


def finishes(
    taken: frozenset[str], choices: Mapping[str, Choice], held: frozenset[str]
) -> dict[str, int]:
    """The month in which each thing taken is finished, from now; NEVER where it cannot start.

    Each starts when what it requires is finished, all others side by side.
    """
    return _ends(dict.fromkeys(sorted(taken), NEVER), choices, lambda ends: _Start(ends, held))


def earliest(choices: Mapping[str, Choice], held: frozenset[str]) -> dict[str, int]:
    """For each choice a month before which no plan finishes it; NEVER where it cannot start."""
    return _ends(dict.fromkeys(sorted(choices), NEVER), choices, lambda ends: _Earliest(ends, held))


def _ends(
    ends: dict[str, int],
    choices: Mapping[str, Choice],
    start: Callable[[Mapping[str, int]], _Start],
) -> dict[str, int]:
    changed = True
    while changed:  # ends only move earlier, each round settling at least one more
        changed = False
        for name in ends:
            begin = fold(choices[name].requires, start(ends))[0]
            end = min(NEVER, begin + choices[name].months)
            if end < ends[name]:
                ends[name], changed = end, True
    return ends


class _Start:
    """The interpreter that says from when a condition holds, and from when its negation does."""

    def __init__(self, ends: Mapping[str, int], held: frozenset[str]) -> None:
        self.ends, self.held = ends, held

    def constant(self, value: bool) -> tuple[int, int]:
        return (0, NEVER) if value else (NEVER, 0)

    def name(self, leaf: Name) -> tuple[int, int]:
        if leaf.name in self.held:
            return 0, NEVER
        if leaf.name in self.ends:
            return self.ends[leaf.name], NEVER
        return NEVER, 0

    def negation(self, part: tuple[int, int]) -> tuple[int, int]:
        return part[::-1]

    def conjunction(self, parts: list[tuple[int, int]]) -> tuple[int, int]:
        return max(one for one, _ in parts), min(two for _, two in parts)

    def disjunction(self, parts: list[tuple[int, int]]) -> tuple[int, int]:
        return min(one for one, _ in parts), max(two for _, two in parts)

    def at_least(self, threshold: int, parts: list[tuple[int, tuple[int, int]]]) -> tuple[int, int]:
        rest = sum(weight for weight, _ in parts) - threshold + 1
        return (
            _reached(threshold, [(one, weight) for weight, (one, _) in parts]),
            _reached(rest, [(two, weight) for weight, (_, two) in parts]),
        )

    def compare(self, leaf: Compare) -> tuple[int, int]:
        raise TypeError("requires is over evidence alone")

    def waived(self, leaf: Waived) -> tuple[int, int]:
        raise TypeError("requires is over evidence alone")

    def items(self, leaf: Range) -> list[tuple[int, int]]:
        raise TypeError("requires is over evidence alone")


class _Earliest(_Start):
    """The same where all may be taken and all may be left."""

    def name(self, leaf: Name) -> tuple[int, int]:
        start, opposite = super().name(leaf)
        return start, 0 if leaf.name in self.ends and leaf.name not in self.held else opposite


def _reached(threshold: int, times: list[tuple[int, int]]) -> int:
    """When the weights of what is finished first sum to a threshold."""
    if threshold <= 0:
        return 0
    for time, weight in sorted(times):
        threshold -= weight
        if threshold <= 0:
            return time
    return NEVER
