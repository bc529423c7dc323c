"""The sentences of a cell and what each does: release items, limit a clause, lay down a condition.

Japanese and English each have words of their own; a text without Japanese is read as English.
"""

from __future__ import annotations

from cloudrules.core import clause_words, english_words
from cloudrules.core.hints import japanese


def sentences(text: str) -> list[str]:
    """The sentences of a cell, verbatim."""
    return clause_words.sentences(text) if japanese(text) else english_words.sentences(text)


def limits(sentence: str) -> bool:
    """Whether a sentence says something of the one before it."""
    return clause_words.limits(sentence) or english_words.limits(sentence)


def releases(sentence: str) -> bool:
    """Whether a sentence is built as one is that releases items."""
    if japanese(sentence):
        return clause_words.releases(sentence)
    return english_words.releases(sentence)


def condition_of(sentence: str) -> str:
    """The condition that a sentence begins with, or ''."""
    if japanese(sentence):
        return clause_words.condition_of(sentence)
    return english_words.condition_of(sentence)
