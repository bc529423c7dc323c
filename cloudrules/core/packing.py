"""How many of some sets are disjoint at most."""

from __future__ import annotations

from collections.abc import Iterable

STEPS = 5_000  # of the search; then what is found so far is given


def disjoint(sets: Iterable[Iterable[str]]) -> tuple[int, bool]:
    """The most sets of which no two share a member, and whether that is certain to be the most.

    The same set twice counts once.
    """
    distinct = {frozenset(names) for names in sets}
    each = sorted(distinct, key=lambda names: (len(names), sorted(names)))
    clash = [
        sum(1 << other for other, theirs in enumerate(each) if at != other and names & theirs)
        for at, names in enumerate(each)
    ]
    search = _Search(clash)
    return search.most((1 << len(each)) - 1), search.exact


class _Search:
    """The most vertices of a graph that are apart from one another, by branch and bound."""

    def __init__(self, clash: list[int]) -> None:
        self.clash, self.left = clash, STEPS

    @property
    def exact(self) -> bool:
        return self.left > 0

    def most(self, among: int) -> int:
        """Of the vertices of a bit vector."""
        taken = 0
        while among:
            degrees = [
                ((self.clash[at] & among).bit_count(), at)
                for at in range(among.bit_length())
                if among >> at & 1
            ]
            least, first = min(degrees)
            most, last = max(degrees)
            if least < 2:  # one with a single neighbour is as good as that
                among &= ~(self.clash[first] | 1 << first)
                taken += 1
                continue
            self.left -= 1
            without = among & ~(1 << last)
            if self.left <= 0:  # the first found, greedily
                among &= ~(self.clash[first] | 1 << first)
                taken += 1
                continue
            if most == 2:  # circles alone: it does not matter where each is cut
                among = without
                continue
            return taken + max(self.most(without & ~self.clash[last]) + 1, self.most(without))
        return taken
