"""Clauses of a sheet, read as conditions and what they release; what is not certain is not read.

The shapes: 「XでYの場合、A~Bの要件は不要」, several 「…場合」 joined by または or かつ,
lists of items joined by 、と及び・もしくは・または, and 「以下の要件」 for all that is below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from cloudrules.core.clause_reader import ClauseReader, Listed
from cloudrules.core.clause_words import (
    AND,
    BELOW,
    CALLED,
    CONDITIONAL,
    DEICTIC,
    EFFECT_END,
    LONGEST,
    NAMED,
    NEXT,
    ONWARDS,
    OR,
    OWN,
    RANGE,
    SEVERAL,
    TAIL,
    TURNED,
    WHEN,
    bare,
    clause_words,
    compact,
    quantity,
)
from cloudrules.core.formula_text import (
    Every,
    Formula,
    Item,
    Some,
    Words,
    joined,
)
from cloudrules.core.grouping import chained, combined
from cloudrules.core.release import fault_of

_RANGE = re.compile(RANGE)
_JOINT = re.compile(rf"(?P<before>、)?(?:(?P<and>{AND}|と)|(?P<or>{OR}|か))(?P<after>、)?|[、・]")
_CASES = re.compile(rf"{WHEN}(?P<joint>、?(?:{OR}|{AND})、?|、?[・•]|、)")
_CHAIN = re.compile(rf"、?(?:(?P<or>{OR})|(?P<and>{AND})|か、?)?、?")


class Language(ClauseReader):
    """Clauses in Japanese."""

    OWN, BELOW, NEXT, ONWARDS = OWN, BELOW, NEXT, ONWARDS

    def _plain(self, sentence: str) -> str:
        return clause_words(sentence)

    def _leans(self, words: str) -> bool:
        return bool(DEICTIC.match(words) or SEVERAL.search(words))

    def applies(self, text: str, own: str) -> Formula | None:
        found = CONDITIONAL.match(normalize("NFKC", text))
        if not found or len(found[1]) > LONGEST:
            return None
        return self._only(self._case(compact(found[1])), own)

    def _halves(self, said: str) -> Iterator[tuple[str, str]]:
        turned = TURNED.fullmatch(said)
        if turned:
            yield turned["when"], turned["target"]
        for found in reversed(list(re.finditer(rf"{WHEN}、?", said))):
            effect = said[found.end() :]
            if ending := EFFECT_END.search(effect):
                yield said[: found.start()], effect[: ending.start()]

    def _listed(self, said: str) -> Listed | None:
        return self._refs(said, 0)

    def _conditions(self, said: str) -> dict[str, Formula]:
        """All that stands before the last 場合, each case read or kept as words."""
        pieces, kinds, start = [], [], 0
        for found in _CASES.finditer(said):
            pieces.append(said[start : found.start()])
            sign = found["joint"].strip("、")
            kinds.append(
                "or" if re.fullmatch(OR, sign) else "and" if re.fullmatch(AND, sign) else ""
            )
            start = found.end()
        pieces.append(said[start:])
        cases = [self._case(bare(piece)) for piece in pieces]
        if len(pieces) == 1:
            return cases[0] or {"": Words(said)}
        mixed = {"and", "or"} <= set(kinds)
        if mixed or any(case and len(case) > 1 for case in cases):
            return {"": Words(said)}
        parts: list[Formula] = [
            next(iter(case.values())) if case else Words(bare(piece))
            for case, piece in zip(cases, pieces, strict=True)
        ]
        if kinds[-1] == "or":
            return {"": joined(Some, parts)}
        if kinds[-1] == "and":
            return {"": joined(Every, parts)}
        return {"all": joined(Every, parts), "any": joined(Some, parts)}

    def _case(self, said: str) -> dict[str, Formula] | None:
        """One condition about items, in each way in which it can be grouped; None: not read."""
        pieces: list[dict[str, Formula]] = []
        kinds: list[str] = []
        at = 0
        while True:
            refs = self._refs(said, at)
            if refs is None:
                return None
            parts, joints, at = refs
            if fault_of(parts, self.mentions):
                return None
            many, at = quantity(said, at)
            tail = TAIL.match(said, at)
            if not tail or not self._names(tail["words"], parts):
                return None
            at = tail.end()
            read = combined(parts, joints, many, negated=tail["not_held"] is not None)
            if read is None:
                return None
            pieces.append(read)
            if at == len(said):
                return chained(pieces, kinds) if tail["more"] is None else None
            joint = _CHAIN.match(said, at)
            assert joint
            kind = "or" if joint["or"] else "and" if joint["and"] else ""
            if not kind and tail["more"] is not None and joint[0]:
                kind = "and"
            if not kind:
                return None
            kinds.append(kind)
            at = joint.end()

    def _refs(self, said: str, at: int) -> Listed | None:
        """A list of items: its parts, how they are joined (and whether with a 、), its end."""
        parts: list[Item] = []
        joints: list[tuple[str, bool]] = []
        while found := self._ref(said, at):
            part, at = found
            parts.append(part)
            joint = _JOINT.match(said, at)
            if not joint or not self.mentions.at(said, joint.end()):
                return parts, joints, at
            kind = "or" if joint["or"] else "and" if joint["and"] else "comma"
            joints.append((kind, bool(joint["before"] or joint["after"])))
            at = joint.end()
        return None

    def _ref(self, said: str, at: int) -> tuple[Item, int] | None:
        """An item or a range of items."""
        first = self.mentions.at(said, at)
        if first is None:
            return None
        name, end = first
        if (range_ := _RANGE.match(said, end)) and (last := self.mentions.at(said, range_.end())):
            to, end = last
            return Item(name, to), end + 2 * said.startswith("まで", end)
        return Item(name), end

    def _names(self, words: str, parts: list[Item]) -> bool:
        """Whether words such as でISMAPへの登録が name what each of the items is about."""
        words = re.sub("^(?:について(?:は)?|に(?:係る|関する|おいて)|の|で|が|を|に)", "", words)
        name = CALLED.sub("", words)
        name = name[1:-1] if re.fullmatch(r"\([^()]*\)|「[^「」]*」", name) else name
        if not NAMED.fullmatch(name):
            return False
        if not name:
            if re.search("認証|登録|認定|資格", words):
                # Some of an item's alternatives may be no certification.
                self.whole += [
                    part.first
                    for part in parts
                    if re.search(OR, compact(self.texts[part.first])) and not part.last
                ]
            return True
        for part in parts:
            text = compact(self.texts[part.first])
            # Of an item with alternatives the words may mean one.
            if part.last or name.casefold() not in text.casefold() or re.search(OR, text):
                return False
            self.whole.append(part.first)
        return True
