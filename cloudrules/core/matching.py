"""Which entries of two rulebooks are the same: by their words first, then by their ids.

Two editions number their items anew and mend their wording. What the words say decides; the id is
asked where they do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Generic, Literal, TypeAlias, TypeVar
from unicodedata import normalize

from cloudrules.core.entries import Item, Waiver
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Text

ALIKE = 0.6  # from this likeness on, two texts are taken for one that was reworded
CANDIDATES = 8  # texts that one is compared with in full: those that share most of its trigrams
COMMON = 64  # a trigram in more texts than this tells none of them from another

Change: TypeAlias = Literal[
    "unchanged", "reworded", "renumbered", "renumbered and reworded", "added", "removed"
]
E = TypeVar("E", Item, Waiver)


@dataclass(frozen=True)
class Pair(Generic[E]):
    """An entry of each rulebook, or of one of them alone."""

    a: E | None
    b: E | None

    @property
    def change(self) -> Change:
        """What became of it from A to B, as far as its id and its words go."""
        if self.a is None or self.b is None:
            return "added" if self.a is None else "removed"
        if self.a.id == self.b.id:
            return "unchanged" if self._worded_alike else "reworded"
        return "renumbered" if self._worded_alike else "renumbered and reworded"

    @property
    def _worded_alike(self) -> bool:
        assert self.a is not None
        assert self.b is not None
        return self.a.text == self.b.text or _differ_nowhere(self.a.text, self.b.text)


@dataclass(frozen=True)
class Matching:
    """The entries of two rulebooks in pairs, in the order of A; what B adds, where it stands."""

    items: tuple[Pair[Item], ...]
    waivers: tuple[Pair[Waiver], ...]

    @property
    def pairs(self) -> Iterator[Pair[Item] | Pair[Waiver]]:
        yield from self.items
        yield from self.waivers


def from_rulebooks(a: Rulebook, b: Rulebook) -> Matching:
    """The items of A and B matched, and the waivers.

    Items of equal text first, the same id preferred among equals; then the same id with a similar
    text; then any others of similar text, the most similar first; then the same id whatever the
    text. Waivers by id first, since nothing but their id names them; then by text in the same way.
    """
    return Matching(
        tuple(_ordered(a.items, b.items, _items(a.items, b.items))),
        tuple(_ordered(a.waivers, b.waivers, _waivers(a.waivers, b.waivers))),
    )


def _items(a: Mapping[str, Item], b: Mapping[str, Item]) -> dict[str, str]:
    """The ids of B's items by those of A's."""
    match = _Match(a, b)
    match.equals()
    match.where(lambda one, two: likeness(one, two) >= ALIKE)
    match.similar()
    match.where(lambda one, two: True)
    return match.found


def _waivers(a: Mapping[str, Waiver], b: Mapping[str, Waiver]) -> dict[str, str]:
    match = _Match(a, b)
    match.where(lambda one, two: True)
    match.equals()
    match.similar()
    return match.found


class _Match:
    """What is matched so far: `left` and `right` are the words of what is not."""

    def __init__(self, a: Mapping[str, Item | Waiver], b: Mapping[str, Item | Waiver]) -> None:
        self.left = {name: words(entry.text) for name, entry in a.items()}
        self.right = {name: words(entry.text) for name, entry in b.items()}
        self.found: dict[str, str] = {}

    def take(self, one: str, two: str) -> None:
        self.found[one] = two
        del self.left[one], self.right[two]

    def equals(self) -> None:
        """Match what has the same words; among several, the same id, then in order."""
        for name in [name for name, text in self.left.items() if text]:
            if self.right.get(name) == self.left[name]:
                self.take(name, name)
        same: dict[str, list[str]] = {}
        for name, text in self.right.items():
            same.setdefault(text, []).append(name)
        for name, text in list(self.left.items()):
            if text and (others := same.get(text)):
                self.take(name, others.pop(0))

    def where(self, test: Callable[[str, str], bool]) -> None:
        """Match what has the same id and passes a test of its words."""
        for name in [name for name in self.left if name in self.right]:
            if test(self.left[name], self.right[name]):
                self.take(name, name)

    def similar(self) -> None:
        """Match what is similar, the most similar first."""
        places = {name: at for at, name in enumerate([*self.left, *self.right])}
        for _, one, two in sorted(
            _similar(self.left, self.right),
            key=lambda each: (-each[0], places[each[1]], places[each[2]]),
        ):
            if one in self.left and two in self.right:
                self.take(one, two)


def _similar(left: Mapping[str, str], right: Mapping[str, str]) -> Iterator[tuple[float, str, str]]:
    """The pairs that are alike, with how alike. Only what shares rare trigrams is compared."""
    grams = {name: trigrams(text) for name, text in right.items()}
    places = {name: at for at, name in enumerate(right)}
    holders: dict[str, list[str]] = {}
    for name, found in grams.items():
        for gram in found:
            holders.setdefault(gram, []).append(name)
    for one, text in left.items():
        shared: Counter[str] = Counter()
        for gram in trigrams(text):
            names = holders.get(gram, ())
            if len(names) <= COMMON:
                shared.update(names)
        own = len(text)
        near = [
            two
            for two in shared
            if 2 * min(own, len(right[two])) >= ALIKE * (own + len(right[two]))
        ]
        closest = nlargest(
            CANDIDATES, near, key=lambda two: (shared[two] / (1 + len(grams[two])), -places[two])
        )
        for two in closest:
            alike = likeness(text, right[two])
            if alike >= ALIKE:
                yield alike, one, two


def likeness(one: str, two: str) -> float:
    """How alike two texts are, from 0 to 1; 0 as well for what is surely not ALIKE."""
    if one == two:
        return 1.0
    if not one or not two or not _of_like_length(len(one), len(two)):
        return 0.0
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _of_like_length(one: int, two: int) -> bool:
    """Whether texts of these lengths can be alike at all."""
    return 2 * min(one, two) >= ALIKE * (one + two)


def words(text: Text | None) -> str:
    """What a text says, however it is spaced and whatever forms of characters it is written in."""
    said = text.in_("ja") if text else ""
    return "".join(normalize("NFKC", said).split())


def trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(max(len(text) - 2, 1))} if text else set()


def _differ_nowhere(one: Text | None, two: Text | None) -> bool:
    """Whether two texts say the same in every language that both have."""
    if one is None or two is None:
        return words(one) == words(two)
    both = [language for language in one.words if language in two.words]
    if not both:
        return words(one) == words(two)
    return all(words(_only(one, each)) == words(_only(two, each)) for each in both)


def _only(text: Text, language: str) -> Text:
    return Text({language: text.words[language]})


def _ordered(a: Mapping[str, E], b: Mapping[str, E], found: Mapping[str, str]) -> Iterable[Pair[E]]:
    """All pairs in A's order; what B alone has comes after what stands before it in B."""
    rows = [Pair[E](entry, b[found[name]] if name in found else None) for name, entry in a.items()]
    at = {pair.b.id: place for place, pair in enumerate(rows) if pair.b is not None}
    after: dict[int, list[Pair[E]]] = {}
    last = -1
    for name, entry in b.items():
        if name in at:
            last = at[name]
        else:
            after.setdefault(last, []).append(Pair[E](None, entry))
    yield from after.get(-1, ())
    for place, pair in enumerate(rows):
        yield pair
        yield from after.get(place, ())
