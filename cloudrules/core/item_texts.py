"""Whether a text that stands beside an item's number is the text of that item, or of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from cloudrules.core.matching import ALIKE, likeness, trigrams
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import letters_of

_SHARED = 0.4  # from this share of trigrams in common on, a longer text was only reworded
_PART = 0.7  # the same of the shorter text alone: the other has a note beside it, or is cut short
_LONG = 40  # letters up to which texts are compared letter by letter
_TELLING = 5  # letters below which a text is too short to be of another item
_MOST = 2000  # letters of a text that are looked at: a cell holds many more than an item says
_NUMBER = re.compile(r"^\W*\d+(?:[.\-]\d+)*\W*")


class ItemTexts:
    """Knows the texts of a rulebook's items, in each language and under each reading."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._own: dict[str, dict[str, str]] = {}  # for each item its texts, by what they say
        self._holders: dict[str, set[str]] = {}
        self._said: dict[str, str] = {}
        for item, text in _texts(rulebook):
            if said := _bare(text):
                self._own.setdefault(item, {}).setdefault(said, text)
                self._holders.setdefault(said, set()).add(item)

    def compared(self, item: str, text: str) -> bool:
        """Whether a text says enough to be told from that of an item, in a language it has."""
        said = self._bare(text)
        if said in self._holders:
            return item in self._own
        return len(said) >= _TELLING and any(self._in_language(item, text))

    def other(self, item: str, text: str) -> str:
        """The text that an item has, where this one is another's; '' where it is its own.

        A text that was reworded is the item's own, unless it is, to the letter, that of another.
        """
        said = self._bare(text)
        own = self._own.get(item, {})
        if not self.compared(item, text) or said in own:
            return ""
        if said not in self._holders and any(_same(said, each) for each in own):
            return ""
        return next(self._in_language(item, text), "") or next(iter(own.values()))

    def _in_language(self, item: str, text: str) -> Iterator[str]:
        """The item's own texts that are in the language of a text."""
        letters = letters_of(text)
        own = self._own.get(item, {}).values()
        yield from (each for each in own if letters_of(each) == letters)

    def _bare(self, text: str) -> str:
        """The same text may stand in thousands of cells."""
        if text not in self._said:
            self._said[text] = _bare(text)
        return self._said[text]


def _texts(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """The texts of the items as the rulebook has them, then as some reading words them."""
    books = [rulebook]
    for reading in rulebook.readings:
        worded = any(fields & {"", "text"} for fields in reading.sets.values())
        options = reading.option_ids[1:] if worded else ()
        books += (rulebook.under({reading.id: option}) for option in options)
    for book in books:
        for item in book.items.values():
            for text in item.text.words.values() if item.text else ():
                yield item.id, text


def _bare(text: str) -> str:
    """The letters and digits of a text, without a number at its start."""
    letters = re.sub(r"[\W_]+", "", _NUMBER.sub("", normalize("NFKC", text)))
    return letters.casefold()[:_MOST]


def _same(one: str, two: str) -> bool:
    """Whether one text holds the other, or they are as alike as a small rewording leaves them."""
    if one in two or two in one:
        return True
    if max(len(one), len(two)) <= _LONG:
        return likeness(one, two) >= ALIKE
    first, second = _trigrams(one), _trigrams(two)
    shared = len(first & second)
    part = shared >= _PART * min(len(first), len(second)) and min(len(one), len(two)) > _LONG // 2
    return part or 2 * shared >= _SHARED * (len(first) + len(second))


@lru_cache(256)
def _trigrams(text: str) -> set[str]:
    return trigrams(text)
