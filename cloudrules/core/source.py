"""Whether a rulebook says all that the document says which it is written from.

A sentence ends at 。, at a tab, or with its line; one without letters and figures is none. It is
quoted where each letter and figure of it stands in a sentence of some text of an item or a waiver,
in any reading. Where lines break, what space there is, and whether characters are half or full
width makes no difference. Not to be quoted are what an item has as its `id`, `need` and `section`:
the number that a sentence begins with, the need that it ends with, and a section as a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from unicodedata import normalize

from cloudrules.core.entries import NEED, Item, Waiver
from cloudrules.core.errors import Place
from cloudrules.core.findings import Finding
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Text
from cloudrules.core.structure import versions

LONGEST = 40  # characters of a sentence as the id of a finding
_LINE_END = re.compile("\r\n|[\r\n]")
# A stop before a bracket that closes ends nothing: (バックアップデータを含む。)
_END = re.compile("[\t\v\f\x85\u2028\u2029]|[。｡](?![)）」』】〕])")
_NEEDS = frozenset((*NEED.words, *NEED.meant))


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is written, and where it begins."""

    text: str
    place: Place

    @cached_property
    def words(self) -> list[str]:
        return [_normal(word) for word in self.text.split()]

    @cached_property
    def said(self) -> str:
        """What is compared."""
        return "".join(self.words)


@dataclass(frozen=True)
class Document:
    """What a rulebook is written from: text, or a table whose cells tabs divide."""

    file: str
    text: str

    @cached_property
    def parts(self) -> list[Sentence]:
        return list(_parts(self.text, self.file))

    @cached_property
    def said(self) -> str:
        return "".join(part.said for part in self.parts)

    @cached_property
    def starts(self) -> dict[int, int]:
        """Which part begins where in what is said; the end counts as one more."""
        lengths = (len(part.said) for part in self.parts)
        return {start: at for at, start in enumerate(accumulate(lengths, initial=0))}

    def where(self, said: str) -> set[int]:
        """The parts that say this, alone or one after another."""
        found: set[int] = set()
        start = self.said.find(said)
        while start >= 0:
            first, end = self.starts.get(start), self.starts.get(start + len(said))
            if first is not None and end is not None:
                found.update(range(first, end))
            start = self.said.find(said, start + 1)
        return found


def from_rulebook(rulebook: Rulebook, document: Document | None) -> list[Finding]:
    """The sentences of the document that nothing quotes, and what is listed as such wrongly.

    `why` among the values says which it is: `unquoted`, for a sentence of the document; `absent`
    and `quoted`, for one under `not_modelled` that the document does not have, or that need not
    be listed. `text` is the whole of it.
    """
    if document is None:
        return []
    unquoted = _unquoted(document, list(versions(rulebook)))
    excused: set[int] = set()
    idle: list[Finding] = []
    for each in rulebook.not_modelled:
        for sentence in sentences(each.text.source):
            stands = document.where(sentence.said)
            excused |= stands
            if stands.isdisjoint(unquoted):
                why = "quoted" if stands else "absent"
                idle.append(_finding(sentence.text, each.place, why))
    left = (document.parts[at] for at in unquoted if at not in excused)
    return [*(_finding(part.text, part.place, "unquoted") for part in left), *idle]


def sentences(text: str, file: str = "") -> Iterator[Sentence]:
    """The sentences of a text, in order."""
    return (part for part in _parts(text, file) if any(map(str.isalnum, part.said)))


def _parts(text: str, file: str = "") -> Iterator[Sentence]:
    """What ends divide: sentences, and marks that stand alone where a line was broken."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        start = 0
        for end in [*(each.start() for each in _END.finditer(line)), len(line)]:
            part = line[start:end]
            column = start + len(part) - len(part.lstrip()) + 1
            sentence = Sentence(part.strip(), Place(file, number, column))
            if sentence.said:
                yield sentence
            start = end + 1


def _unquoted(document: Document, entries: list[Item | Waiver]) -> list[int]:
    """The parts of which some letter or figure stands in no text, and is no form either."""
    quotes = {each.said for entry in entries for each in _sentences(entry.text)}
    items = [entry for entry in entries if isinstance(entry, Item)]
    ids = {_bare(_normal(item.id)) for item in items}
    sections = {each.said for item in items for each in _sentences(item.section)}
    known = {"", *sections, *quotes}
    open_: dict[int, tuple[int, int]] = {}
    for (start, at), part in zip(document.starts.items(), document.parts, strict=False):
        first, last = _inner(part.words, ids)
        if part.said[first:last] not in known:
            open_[at] = start + first, start + last
    said = document.said
    quoted = _quoted(said, list(open_.values()), quotes)
    return [
        at
        for at, (first, last) in open_.items()
        if any(said[each].isalnum() and not quoted[each] for each in range(first, last))
    ]


def _quoted(whole: str, open_: list[tuple[int, int]], quotes: set[str]) -> bytearray:
    """Which characters stand in a quote; only near what is open are quotes looked for."""
    near = max(map(len, quotes), default=0)
    stretches: list[tuple[int, int]] = []
    for first, last in open_:
        if stretches and first - near <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], last + near
        else:
            stretches.append((max(0, first - near), last + near))
    quoted = bytearray(len(whole))
    for first, last in stretches:
        for quote in quotes:
            at = whole.find(quote, first, last)
            while at >= 0:
                quoted[at : at + len(quote)] = b"\1" * len(quote)
                at = whole.find(quote, at + len(quote), last)
    return quoted


def _inner(words: list[str], ids: set[str]) -> tuple[int, int]:
    """Where a sentence begins after its number, and where it ends before its need."""
    first, last = 0, sum(map(len, words))
    if words and _bare(words[0]) in ids:
        first = len(words[0])
        words = words[1:]
    if words and _bare(words[-1]) in _NEEDS:
        last -= len(words[-1])
    return first, last


def _sentences(text: Text | None) -> Iterable[Sentence]:
    """Those of a text, in the language of the source."""
    return sentences(text.source) if text else ()


def _normal(word: str) -> str:
    return "".join(normalize("NFKC", word).split())


def _bare(word: str) -> str:
    """A word without what is neither letter nor figure around it: `1.1` for `1.1.`."""
    first, last = 0, len(word)
    while first < last and not word[first].isalnum():
        first += 1
    while last > first and not word[last - 1].isalnum():
        last -= 1
    return word[first:last]


def _finding(text: str, place: Place, why: str) -> Finding:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return Finding("source-unquoted", short, place, {"why": why, "text": text})
