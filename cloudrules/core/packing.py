"""How many of some sets are disjoint at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

STEPS = 10_000  # of the search; then what is found so far is given


def disjoint(sets: Iterable[Iterable[str]], steps: int | None = None) -> tuple[int, bool]:
    """The most sets of which no two share a member, and whether that is certain to be the most.

    The same set twice counts once. It takes so many steps at most; by default STEPS.
    """
    distinct = {frozenset(names) for names in sets}
    each = sorted(distinct, key=lambda names: (len(names), sorted(names)))
    clash = [
        sum(1 << other for other, theirs in enumerate(each) if at != other and names & theirs)
        for at, names in enumerate(each)
    ]
    search = _Search(clash, STEPS if steps is None else steps)
    return search.most((1 << len(each)) - 1), search.exact


class _Search:
    """The most vertices of a graph that are apart from one another, by branch and bound."""

    def __init__(self, clash: list[int], steps: int) -> None:
        self.clash, self.left = clash, steps

    @property
    def exact(self) -> bool:
        return self.left > 0

    def most(self, among: int, beaten: int = -1) -> int:
        """Of the vertices of a bit vector; any number up to `beaten` if there are no more."""
        taken = 0
        while among:
            degrees = [((self.clash[at] & among).bit_count(), at) for at in _bits(among)]
            least, first = min(degrees)
            most, last = max(degrees)
            # One with a single neighbour is as good as that; late in the search, any will do.
            if least < 2 or self.left <= 0:
                among &= ~(self.clash[first] | 1 << first)
                taken += 1
            elif most == 2:  # circles alone: it does not matter where each is cut
                among &= ~(1 << last)
            elif taken + self._bound(among) <= beaten:
                return beaten
            else:
                self.left -= 1
                without = among & ~(1 << last)
                best = 1 + self.most(without & ~self.clash[last], beaten - taken - 1)
                return taken + max(best, self.most(without, max(beaten - taken, best)))
        return taken

    def _bound(self, among: int) -> int:
        """Of vertices that are all neighbours of one another, one at most can be taken."""
        count = 0
        while among:
            at = among.bit_length() - 1
            among &= ~(1 << at)
            near = among & self.clash[at]
            while near:
                at = near.bit_length() - 1
                among &= ~(1 << at)
                near &= self.clash[at]
            count += 1
        return count


def _bits(vector: int) -> Iterator[int]:
    while vector:
        at = vector.bit_length() - 1
        yield at
        vector &= ~(1 << at)
