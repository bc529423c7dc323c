"""English clauses of a sheet, read as conditions and what they release.

The shapes: `Where X is met, A to B are not necessary`, `A is not required if X`, `Exempt if X`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudrules.core import english_words as words
from cloudrules.core.clause_reader import ClauseReader, Listed
from cloudrules.core.clause_words import LONGEST
from cloudrules.core.formula_text import Formula, Item, Words
from cloudrules.core.grouping import chained, combined
from cloudrules.core.release import fault_of


class English(ClauseReader):
    """Clauses in English."""

    OWN, BELOW, NEXT, ONWARDS = words.OWN, words.BELOW, words.NEXT, words.ONWARDS

    def _plain(self, sentence: str) -> str:
        return words.spaced(sentence)

    def _conditions(self, said: str) -> dict[str, Formula]:
        return self._case(said) or {"": Words(said)}

    def _leans(self, words_: str) -> bool:
        return bool(words.DEICTIC.match(words_)) or " " not in words_

    def applies(self, text: str, own: str) -> Formula | None:
        found = words.CONDITIONAL.fullmatch(words.spaced(text[: 2 * LONGEST]))
        for end in re.finditer("[:,] ", found["rest"]) if found else ():
            read = self._case(end.string[: end.start()])
            if read is not None and len(read) == 1:
                return self._only(read, own)
        return None

    def _halves(self, said: str) -> Iterator[tuple[str, str]]:
        if found := words.ALONE.fullmatch(said):
            yield found["when"], ""
        if found := words.BEHIND.fullmatch(said):
            yield found["when"], found["target"]
        if found := words.AHEAD.fullmatch(said):
            rest = found["rest"]
            for comma in re.finditer(r", (?:then )?| then ", rest):
                yield rest[: comma.start()], rest[comma.end() :]

    def _listed(self, said: str) -> Listed | None:
        opening = words.LISTED.match(said)
        return self._list(said, opening.end() if opening else 0, bare=True)

    def _case(self, said: str) -> dict[str, Formula] | None:
        """A condition about items, in each way in which it can be grouped; None: not read."""
        whole = len(self.whole)
        pieces: list[dict[str, Formula]] = []
        kinds: list[str] = []
        at = 0
        while read := self._piece(said, at):
            piece, at = read
            pieces.append(piece)
            if at == len(said):
                return chained(pieces, kinds)
            joint = words.JOINT.match(said, at)
            if not joint or not (joint["or"] or joint["and"]):
                break
            kinds.append("or" if joint["or"] else "and")
            at = joint.end()
        del self.whole[whole:]
        return None

    def _piece(self, said: str, at: int) -> tuple[dict[str, Formula], int] | None:
        """Items and that they are met: `1.1 and 1.2 are met`, `the service meets 1.1`."""
        active = words.ACTIVE.match(said, at)
        at = active.end() if active else at
        count = words.COUNT.match(said, at)
        read = self._list(said, count.end() if count else at)
        if read is None:
            return None
        parts, joints, at = read
        held = None if active else words.HELD.match(said, at)
        if fault_of(parts, self.mentions) or not (held or active):
            return None
        negated = held is not None and held["no"] is not None
        piece = combined(parts, joints, words.many(count), negated=negated)
        return (piece, held.end() if held else at) if piece else None

    def _list(self, said: str, at: int, *, bare: bool = False) -> Listed | None:
        """A list of items: its parts, how they are joined (and whether with a comma), its end."""
        parts: list[Item] = []
        joints: list[tuple[str, bool]] = []
        start = at
        while found := self._element(said, start, bare=bare):
            part, at = found
            parts.append(part)
            joint = words.JOINT.match(said, at)
            if not joint or not joint[0].strip():
                break
            kind = "or" if joint["or"] else "and" if joint["and"] else "comma"
            if not self._element(said, joint.end(), bare=bare, quiet=True):
                break
            joints.append((kind, joint["comma"] is not None))
            start = joint.end()
        return (parts, joints, at) if parts else None

    def _element(
        self, said: str, at: int, *, bare: bool, quiet: bool = False
    ) -> tuple[Item, int] | None:
        """An item or a range; in a condition, with what is said of it before its number."""
        named = None
        if not bare:
            for named in _openings(said, at):
                if self.mentions.at(said, named.end()):
                    break
            at = named.end() if named else at
        first = self.mentions.at(said, at)
        if first is None:
            return None
        name, end = first
        part = Item(name)
        if (to := words.RANGE.match(said, end)) and (last := self.mentions.at(said, to.end())):
            part, end = Item(name, last[0]), last[1]
        if named and not self._names(named, part, quiet=quiet):
            return None
        return part, end

    def _names(self, named: re.Match[str], part: Item, *, quiet: bool) -> bool:
        """Whether `registration with ISMAP` is what the item is about."""
        name = (named["name"] or "").removeprefix("the ").strip()
        text = self.texts.get(part.first, "")
        several = re.search(r"\bor\b", text, re.IGNORECASE) is not None
        if name and (part.last or several or name.casefold() not in text.casefold()):
            return False
        if not quiet and not part.last and (name or (named["called"] and several)):
            self.whole.append(part.first)
        return True


def _openings(said: str, at: int) -> Iterator[re.Match[str]]:
    """What may stand before the number of an item, the shortest name first."""
    found = words.ELEMENT.match(said, at)
    if found and not found["name"]:
        yield found
    for end in re.finditer(r" (?:under|of|in|for) ", said[at : at + 120]):
        part = words.ELEMENT.fullmatch(said, at, at + end.end())
        if part and part["name"]:
            yield part
