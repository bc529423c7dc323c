"""The clauses and items by which remarks say that an item is released."""

from __future__ import annotations

import re
from unicodedata import normalize

from cloudrules.core.rulebook import Rulebook

_SENTENCE = re.compile(r"[。\n]")
_RELEASED = re.compile(
    r"不要|免除|対象外|\bexempt|\bwaive|\breleased|\bnot (?:necessary|required|applicable)",
    re.IGNORECASE,
)
# A condition that does not hold releases nothing: 1.7を取得していないため.
_DENIED = re.compile(r"ない|ません|ておらず|未|\bnot (?!necessary|required|applicable)|\bno\b")
_SHORTEST = 6  # characters of a clause that is known again by its text


class Citations:
    """Knows a rulebook's clauses by their texts, and its items by their numbers."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._clauses = [
            (waiver.id, said)
            for waiver in rulebook.waivers.values()
            for text in (waiver.text.words.values() if waiver.text else ())
            if len(said := _bare(text)) >= _SHORTEST
        ]
        items = "|".join(map(re.escape, sorted(rulebook.items, key=len, reverse=True))) or "(?!)"
        item = rf"(?<![A-Za-z0-9.])({items})(?![\d.]*\d)"
        self._cited = re.compile(rf"{item}(?:で|により|によって|に基づ|を満たす|を充足)")
        self._by = re.compile(rf"\b(?:by|under|because of|due to) (?:item )?{item}", re.IGNORECASE)

    def quoted(self, note: str) -> tuple[str, ...]:
        """The waivers whose text a note repeats."""
        bare = _bare(note)
        return tuple(dict.fromkeys(name for name, text in self._clauses if text in bare))

    def cited(self, note: str) -> tuple[str, ...]:
        """The items that a note names as what releases the item it is about."""
        found: dict[str, None] = {}
        for sentence in _SENTENCE.split(normalize("NFKC", note)):
            if _RELEASED.search(sentence) and not _DENIED.search(sentence):
                for pattern in (self._cited, self._by):
                    found.update((match[1], None) for match in pattern.finditer(sentence))
        return tuple(found)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", normalize("NFKC", text))
