"""Numbers of items, as a cell has them and as a sentence mentions them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from unicodedata import normalize

_CIRCLED = re.compile("(?<![-.．－])[①-⑳]")
_DASH = re.compile("[‐‑‒–—−](?=[0-9A-Za-z(])")
_PREFIX = re.compile(
    r"(?:上記|前記|下記|以下)?の?(?:(?:チェック|確認)?(?:要件|項番|項目|番号|事項|設問|質問)|Nos?\.?)*の?",
    re.IGNORECASE,
)
_RUN = re.compile(r"[0-9A-Za-zア-ン._()\-条章節項号の第問]{1,40}")
_TOKEN = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*|[ア-ン]")
_GENERIC = re.compile(r"\d+(?:\.\d+)+")
# What makes of a figure a count: 2つ以上, 1年間
_COUNTED = re.compile("[つ年月日回名人件個%割種社者級類時分歳円]|[かヶケ]月")


def figures(text: str) -> str:
    """A text in half width; ① is (1), and 1 where it follows a dash or dot."""
    ringed = _CIRCLED.sub(lambda found: f"({normalize('NFKC', found[0])})", text)
    return _DASH.sub("-", normalize("NFKC", ringed))


class Mentions:
    """The items of a sheet, found in sentences that are in half width."""

    def __init__(self, names: Iterable[str], doubtful: Collection[str] = ()) -> None:
        self.places = {name: place for place, name in enumerate(names)}
        self.doubtful = doubtful  # the numbers that several items have
        self._names = {*self.places, *doubtful}
        self._dashed = any("-" in name for name in self._names)

    def at(self, said: str, start: int) -> tuple[str, int] | None:
        """The item that is mentioned there, or a number like one; and where the words go on."""
        prefixed = _PREFIX.match(said, start)
        after = prefixed.end() if prefixed else start
        for at in dict.fromkeys((start, after)):
            if at == start and start and re.match("[0-9A-Za-z.]", said[start - 1]):
                continue
            if found := self._known(said, at) or self._unknown(said, at):
                name, end = found
                return name, end + bool(re.match(r"\.(?![0-9A-Za-z])", said[end : end + 2]))
        return None

    def doubtful_in(self, kept: Iterable[str]) -> str:
        """A number that several items have, in words of a condition; or ''."""
        said = (name for each in kept for name in _TOKEN.findall(figures(each)))
        return next((name for name in said if name in self.doubtful), "")

    def _known(self, said: str, at: int) -> tuple[str, int] | None:
        run = _RUN.match(said, at)
        for length in range(len(run[0]) if run else 0, 0, -1):
            name, end = said[at : at + length], at + length
            if name.startswith("(") and name.endswith(")") and name[1:-1] in self._names:
                return name[1:-1], end
            if name in self._names and self._ends(said, end, counts=name.isdigit()):
                return name, end
        return None

    def _ends(self, said: str, end: int, *, counts: bool = False) -> bool:
        """Whether a number ends there: 1.1 does not in 1.10, nor does 2 in 2つ."""
        more = r"[0-9]|[.-][0-9]" if self._dashed else r"[0-9]|\.[0-9]"
        return not (re.match(more, said[end : end + 2]) or (counts and _COUNTED.match(said, end)))

    def _unknown(self, said: str, at: int) -> tuple[str, int] | None:
        found = _GENERIC.match(said, at)
        return (found[0], found.end()) if found and self._ends(said, found.end()) else None
