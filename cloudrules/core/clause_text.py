"""Clauses of a sheet, read as conditions and what they release; what is not certain is not read.

The shapes: 「XでYの場合、A~Bの要件は不要」, several 「…場合」 joined by または or かつ,
lists of items joined by 、と及び・もしくは・または, and 「以下の要件」 for all that is below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from cloudrules.core.clause_words import (
    AND,
    BELOW,
    CALLED,
    CONDITIONAL,
    EFFECT_END,
    LONGEST,
    NAMED,
    OR,
    OWN,
    RANGE,
    TAIL,
    TURNED,
    WHEN,
    bare,
    compact,
    quantity,
)
from cloudrules.core.formula_text import Every, Formula, Item, Some, Words, items_in, joined
from cloudrules.core.grouping import chained, combined

# What a clause releases, where it names no items
ALL_BELOW, ITSELF = "below", "own"


@dataclass(frozen=True)
class Clause:
    """`when` has several entries where the words can be grouped so; `target` is what it releases.

    `whole` are the items of which the condition names one part (ISMAPへの登録) and the item more.
    """

    when: dict[str, Formula]
    target: str | tuple[Item, ...]
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A sentence that releases something; `why` is a code, `said` the words that it is about."""

    why: str
    said: str = ""


@dataclass
class Language:
    """Reads clauses about these items, of which `texts` has the words."""

    texts: Mapping[str, str]
    whole: list[str] = field(default_factory=list)

    @cached_property
    def _id(self) -> str:
        known = "|".join(re.escape(name) for name in sorted(self.texts, key=len, reverse=True))
        any_ = r"\d+(?:\.\d+)+"
        return rf"(?:(?:{known})(?![0-9]|\.[0-9]|-[0-9])|{any_})" if known else any_

    @cached_property
    def _ref(self) -> re.Pattern[str]:
        prefix = r"(?:要件|項番|項目|番号|上記の?|以下の|No\.?)?"
        return re.compile(
            rf"{prefix}(?<![0-9.])(?P<first>{self._id})\.?"
            rf"(?:{RANGE}{prefix}(?P<last>{self._id})\.?(?:まで)?)?(?![0-9])"
        )

    @cached_property
    def _joint(self) -> re.Pattern[str]:
        ref = self._ref.pattern.replace("?P<first>", "").replace("?P<last>", "")
        return re.compile(
            rf"(?P<before>、)?(?:(?P<or>{OR}|か)|(?P<and>{AND}|と))(?P<after>、)?(?={ref})"
            rf"|(?P<comma>[、・])(?={ref})"
        )

    def clause(self, sentence: str, own: str = "") -> Clause | Unread:
        """A sentence that releases items, in the cell of item `own` if any."""
        self.whole = []
        said = bare(compact(sentence))
        if len(said) > LONGEST:
            return Unread("clause")
        for conditions, target in self._halves(said):
            found = self._target(target, own)
            if found is None:
                continue
            if isinstance(found, Unread):
                return found
            when = self._conditions(conditions)
            return Clause(when, found, tuple(dict.fromkeys(self.whole)))
        return Unread("clause")

    def applies(self, text: str, own: str) -> Formula | None:
        """The condition that the text of an item begins with, where it is certain."""
        found = CONDITIONAL.match(normalize("NFKC", text))
        if not found or len(found[1]) > LONGEST:
            return None
        read = self._case(compact(found[1]))
        if read is None or len(read) > 1:
            return None
        (formula,) = read.values()
        return None if own in items_in(formula) else formula

    def _halves(self, said: str) -> Iterator[tuple[str, str]]:
        """The conditions and the target of a clause, in either order."""
        turned = TURNED.fullmatch(said)
        if turned:
            yield turned["when"], turned["target"]
        for found in reversed(list(re.finditer(rf"{WHEN}、?", said))):
            effect = said[found.end() :]
            if ending := EFFECT_END.search(effect):
                yield said[: found.start()], effect[: ending.start()]

    def _target(self, said: str, own: str) -> str | tuple[Item, ...] | Unread | None:
        if not said or OWN.fullmatch(said):
            return ITSELF if own else Unread("target", said)
        if BELOW.fullmatch(said):
            return ALL_BELOW
        refs = self._refs(said, 0)
        if refs is None or refs[2] != len(said):
            return None
        parts, joints, _ = refs
        if any(kind == "or" for kind, *_ in joints):
            return Unread("target", said)
        return self._known(parts) or tuple(parts)

    def _known(self, parts: list[Item]) -> Unread | None:
        """What is wrong with items that a clause names."""
        order = list(self.texts)
        for part in parts:
            for name in (part.first, part.last):
                if name and name not in self.texts:
                    return Unread("unknown", name)
            if part.last and order.index(part.first) > order.index(part.last):
                return Unread("backwards", f"{part.first}~{part.last}")
        return None

    def _conditions(self, said: str) -> dict[str, Formula]:
        """All that stands before the last 場合, each case read or kept as words."""
        joint = rf"{WHEN}(?P<j>、?(?:{OR}|{AND})、?|、?[・•]|、)"
        pieces, kinds, start = [], [], 0
        for found in re.finditer(joint, said):
            pieces.append(said[start : found.start()])
            sign = found["j"].strip("、")
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
            if self._known(parts):
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
            joint = re.compile(rf"、?(?:(?P<or>{OR})|(?P<and>{AND})|か、?)?、?").match(said, at)
            assert joint
            kind = "or" if joint["or"] else "and" if joint["and"] else ""
            if not kind and tail["more"] is not None and joint[0]:
                kind = "and"
            if not kind:
                return None
            kinds.append(kind)
            at = joint.end()

    def _refs(self, said: str, at: int) -> tuple[list[Item], list[tuple[str, bool]], int] | None:
        """A list of items: its parts, how they are joined (and whether with a 、), its end."""
        parts: list[Item] = []
        joints: list[tuple[str, bool]] = []
        while found := self._ref.match(said, at):
            parts.append(Item(found["first"], found["last"] or ""))
            at = found.end()
            joint = self._joint.match(said, at)
            if not joint:
                return parts, joints, at
            kind = "or" if joint["or"] else "and" if joint["and"] else "comma"
            joints.append((kind, bool(joint["before"] or joint["after"])))
            at = joint.end()
        return None

    def _names(self, words: str, parts: list[Item]) -> bool:
        """Whether words such as でISMAPへの登録が name what each of the items is about."""
        words = re.sub("^(?:について(?:は)?|に(?:係る|関する|おいて)|の|で|が|を|に)", "", words)
        name = CALLED.sub("", words)
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
