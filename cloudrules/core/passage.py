"""The sentences of a cell and what each does: release items, limit a clause, lay down a condition.

Japanese and English each have words of their own; a text without Japanese is read as English.
The same text is asked about again and again, and stands in many cells: what was found is kept.
"""

from __future__ import annotations

from functools import lru_cache

from cloudrules.core import clause_words, english_words
from cloudrules.core.hints import japanese

KEPT = 2**16  # texts


@lru_cache(KEPT)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a cell, verbatim."""
    words = clause_words if japanese(text) else english_words
    return tuple(words.sentences(text))


@lru_cache(KEPT)
def limits(sentence: str) -> bool:
    """Whether a sentence says something of the one before it."""
    return clause_words.limits(sentence) or english_words.limits(sentence)


@lru_cache(KEPT)
def releases(sentence: str) -> bool:
    """Whether a sentence is built as one is that releases items."""
    if japanese(sentence):
        return clause_words.releases(sentence)
    return english_words.releases(sentence)


@lru_cache(KEPT)
def condition_of(sentence: str) -> str:
    """The condition that a sentence begins with, or ''."""
    if japanese(sentence):
        return clause_words.condition_of(sentence)
    return english_words.condition_of(sentence)
