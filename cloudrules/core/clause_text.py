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

from cloudrules.core.formula_text import (
    Every,
    Formula,
    Item,
    Negation,
    Some,
    Words,
    items_in,
    joined,
)

BELOW, OWN = "below", "own"

_OR = "または|又は|もしくは|若しくは|あるいは|或いは"
_AND = "及び|および|並びに|ならびに|かつ|且つ"
_RANGE = "(?:~|〜|から|ないし|乃至|→|[-‐‑–—―−ー])"
_WHEN = "(?:の)?(?:場合|とき)(?:に(?:は|おいては|おいて|限り)|は|で|のみ)?"
_RELEASE = (
    "(?:不要|免除|対象外|適用除外|適用しない|省略可|省略できる"
    "|求めない|要しない|必要(?:が|は)?ない)"
)
_ENDING = "(?:と(?:する|します|なる|なります|みなす)|する|します|です|である)?[。.]?"
LONGEST = 1000  # characters of a sentence that is read
_OF = "(?:の(?:各|全て|すべて)?(?:の)?(?:要件|項目|事項|要求事項|条件|認証))?(?:について)?"
_EFFECT = re.compile(rf"{_OF}(?:は|を|も)?、?{_RELEASE}{_ENDING}")
_BELOW = re.compile("(?:以下|下記|以降|これ以降)(?:の(?:全て|すべて))?")
_OWN = re.compile("(?:本|当該|この)(?=要件|項目|項)(?:要件|項目|項)")
_BULLET = re.compile(r"[・•※*■●○◆\-–]+|\(\d+\)(?![をでのがはとか、~])")

_HELD = (
    "(?:取得|登録|保有|充足|適合|満足)(?:を)?(?:している|されている|する|済み?(?:の|である)?|した)"
    "|(?:行われて|なされて|得て|受けて|有して|満たして|満たされて)いる|有する|満たす"
    "|が?「?(?:[○◯〇]|適合|充足|適|はい)」?(?=の?$|の?、|の?場合|である)(?:である)?"
    "|(?:が|の)?(?:ある|あり)"
)
_NOT_HELD = (
    "(?:取得|登録|保有|充足|適合|満足)(?:を)?(?:していない|されていない|しない)"
    "|未(?:取得|登録|充足)(?:の|である)?"
    "|(?:行われて|なされて|得て|受けて|有して|満たして|満たされて)いない|有しない|満たさない"
    "|が?「?[×✕✖]」?(?:である)?|が?ない"
)
_HELD_AND = (
    "(?:取得|登録|保有|充足|適合|満足)(?:を)?(?:し|され)(?:て(?:おり)?)?"
    "|(?:行われ|なされ|満たし|満たされ|受け|有し|得)(?:て(?:おり)?)?"
)
_WORDS = r"[^、。]*?"
_TAIL = re.compile(
    rf"(?P<words>(?:について(?:は)?|に(?:係る|関する|おいて)|の|で|が|を|に)?{_WORDS})"
    rf"(?:(?P<held>{_HELD})|(?P<not_held>{_NOT_HELD})|(?P<more>{_HELD_AND}))"
    rf"(?=$|、|{_OR}|{_AND})"
)
_NAMED = re.compile(r"[A-Za-z0-9/+.&()「」\- ァ-ヶー一-鿿]*")
_CALLED = re.compile(
    "(?:への|の|における)?(?:登録|認証|認定|資格|要件|項目|基準|条件|全項目)?(?:の)?(?:が|を|に|も)?$"
)
_ALL = re.compile(
    "の?(?:全て|すべて|全部|いずれも|両方|双方)|(?:を|が)(?:全て|すべて|いずれも|ともに|共に)"
)
_ANY = re.compile("(?:のうち)?の?(?:いずれか|どちらか|どれか)(?:(?:1|一|ひと)つ)?(?:以上)?")
_SOME = re.compile("(?:のうち|の中から)(?:の)?、?([2-9]|二|三|四)(?:つ|個|項目)以上")
_NUMERALS = {"二": 2, "三": 3, "四": 4}

# Where a sentence ends: at a stop outside brackets, or with its line after what it releases.
_SENTENCE = re.compile(
    rf"[。｡](?![)）」』】])|(?<=不要)(?=\s)|(?:{_RELEASE}{_ENDING})(?=\s|$)|\n(?=※)"
)
_CONDITIONAL = re.compile(
    r"(?:なお、|ただし、|また、)?([^。]+?)(?:の)?(?:場合|とき)"
    r"(?:(?:に(?:は|おいては)|は)[、,\s]*|[、,\s]+)"
)
_LIMITS = re.compile("^(?:※|\\()?(?:ただし|但し|なお)|除く|除き|限る|この限り")
_CLAUSE = re.compile(rf"{_RELEASE}{_ENDING}$")


def compact(text: str) -> str:
    """What is compared: half width, without space but between words of letters and figures."""
    spaced = normalize("NFKC", text).replace("，", "、").replace(",", "、")
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", re.sub(r"\s+", " ", spaced))


def sentences(text: str) -> list[str]:
    """The sentences of a cell, verbatim."""
    found: list[str] = []
    start = 0
    for each in _SENTENCE.finditer(text):
        found.append(text[start : each.end()].strip())
        start = each.end()
    return [each for each in [*found, text[start:].strip()] if each]


def limits(sentence: str) -> bool:
    """Whether a sentence says something of the one before it."""
    return bool(_LIMITS.search(compact(sentence)))


def releases(sentence: str) -> bool:
    """Whether a sentence ends as one does that releases items."""
    return bool(_CLAUSE.search(compact(sentence)))


def condition_of(text: str) -> str:
    """The condition that a sentence of an item begins with, or ''."""
    for sentence in sentences(text):
        if found := _CONDITIONAL.match(normalize("NFKC", sentence)):
            return compact(found[1])
    return ""


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
            rf"(?:{_RANGE}{prefix}(?P<last>{self._id})\.?(?:まで)?)?(?![0-9])"
        )

    @cached_property
    def _joint(self) -> re.Pattern[str]:
        ref = self._ref.pattern.replace("?P<first>", "").replace("?P<last>", "")
        return re.compile(
            rf"(?P<before>、)?(?:(?P<or>{_OR}|か)|(?P<and>{_AND}|と))(?P<after>、)?(?={ref})"
            rf"|(?P<comma>[、・])(?={ref})"
        )

    def clause(self, sentence: str, own: str = "") -> Clause | Unread:
        """A sentence that releases items, in the cell of item `own` if any."""
        self.whole = []
        said = _bare(compact(sentence))
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
        found = _CONDITIONAL.match(normalize("NFKC", text))
        if not found or len(found[1]) > LONGEST:
            return None
        read = self._case(compact(found[1]))
        if read is None or len(read) > 1:
            return None
        (formula,) = read.values()
        return None if own in items_in(formula) else formula

    def _halves(self, said: str) -> Iterator[tuple[str, str]]:
        """The conditions and the target of a clause, in either order."""
        turned = _TURNED.fullmatch(said)
        if turned:
            yield turned["when"], turned["target"]
        for found in reversed(list(re.finditer(rf"{_WHEN}、?", said))):
            effect = said[found.end() :]
            if ending := _EFFECT_END.search(effect):
                yield said[: found.start()], effect[: ending.start()]

    def _target(self, said: str, own: str) -> str | tuple[Item, ...] | Unread | None:
        if not said or _OWN.fullmatch(said):
            return OWN if own else Unread("target", said)
        if _BELOW.fullmatch(said):
            return BELOW
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
        joint = rf"{_WHEN}(?P<j>、?(?:{_OR}|{_AND})、?|、?[・•]|、)"
        pieces, kinds, start = [], [], 0
        for found in re.finditer(joint, said):
            pieces.append(said[start : found.start()])
            bare = found["j"].strip("、")
            kinds.append(
                "or" if re.fullmatch(_OR, bare) else "and" if re.fullmatch(_AND, bare) else ""
            )
            start = found.end()
        pieces.append(said[start:])
        cases = [self._case(_bare(piece)) for piece in pieces]
        if len(pieces) == 1:
            return cases[0] or {"": Words(said)}
        mixed = {"and", "or"} <= set(kinds)
        if mixed or any(case and len(case) > 1 for case in cases):
            return {"": Words(said)}
        parts: list[Formula] = [
            next(iter(case.values())) if case else Words(_bare(piece))
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
            quantity, at = _quantity(said, at)
            tail = _TAIL.match(said, at)
            if not tail or not self._names(tail["words"], parts):
                return None
            at = tail.end()
            read = _combined(parts, joints, quantity, negated=tail["not_held"] is not None)
            if read is None:
                return None
            pieces.append(read)
            if at == len(said):
                return _chained(pieces, kinds) if tail["more"] is None else None
            joint = re.compile(rf"、?(?:(?P<or>{_OR})|(?P<and>{_AND})|か、?)?、?").match(said, at)
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
        name = _CALLED.sub("", words)
        if not _NAMED.fullmatch(name):
            return False
        if not name:
            if re.search("認証|登録|認定|資格", words):
                # Some of an item's alternatives may be no certification.
                self.whole += [
                    part.first
                    for part in parts
                    if re.search(_OR, compact(self.texts[part.first])) and not part.last
                ]
            return True
        for part in parts:
            text = compact(self.texts[part.first])
            # Of an item with alternatives the words may mean one.
            if part.last or name.casefold() not in text.casefold() or re.search(_OR, text):
                return False
            self.whole.append(part.first)
        return True


_EFFECT_END = re.compile(_EFFECT.pattern + "$")
_TURNED = re.compile(rf"(?P<target>.{{1,200}}?){_OF}は、(?P<when>.+){_WHEN}、?{_RELEASE}{_ENDING}")


def _bare(piece: str) -> str:
    """A case without a mark of a list before it."""
    found = _BULLET.match(piece)
    return piece[found.end() :] if found else piece


def _quantity(said: str, at: int) -> tuple[int | None, int]:
    """How many of a list are meant: 0 for all, None where nothing is said."""
    if found := _SOME.match(said, at):
        return _NUMERALS.get(found[1]) or int(found[1]), found.end()
    if found := _ANY.match(said, at):
        return 1, found.end()
    if found := _ALL.match(said, at):
        return 0, found.end()
    return None, at


def _combined(
    parts: list[Item], joints: list[tuple[str, bool]], quantity: int | None, *, negated: bool
) -> dict[str, Formula] | None:
    """A list of items as a condition, in each way in which it can be grouped."""
    listed: list[Formula] = list(parts)
    kinds = [kind for kind, _ in joints]
    if negated:
        if quantity is None and len(parts) == 1 and not parts[0].last:
            return {"": Negation(parts[0])}
        return None
    if quantity is not None:
        if quantity == 0:
            return None if "or" in kinds else {"": joined(Every, listed)}
        if quantity == 1:
            return None if "and" in kinds and "or" in kinds else {"": joined(Some, listed)}
        return {"": Some(tuple(listed), quantity)}
    if not kinds or set(kinds) == {"and"}:
        return {"": joined(Every, listed)}
    single = not any(part.last for part in parts)
    if not single and "or" in kinds:
        return None
    if set(kinds) == {"or"} or (set(kinds) == {"or", "comma"} and kinds[-1] == "or"):
        return {"": joined(Some, listed)}
    if set(kinds) == {"and", "comma"} and kinds[-1] == "and":
        return {"": joined(Every, listed)}
    if set(kinds) == {"and", "or"}:
        return _grouped(listed, joints)
    if {"and", "or"} <= set(kinds) or not single:
        return None
    return {"all": joined(Every, listed), "any": joined(Some, listed)}


def _grouped(parts: list[Formula], joints: list[tuple[str, bool]]) -> dict[str, Formula]:
    """`A and B or C`: both ways, but one where a 、 or what is repeated tells which is meant."""
    ands = [comma for kind, comma in joints if kind == "and"]
    ors = [comma for kind, comma in joints if kind == "or"]
    groups = _parted(parts, joints, "or")
    inner = joined(Some, [joined(Every, group) for group in groups])
    outer = joined(Every, [joined(Some, group) for group in _parted(parts, joints, "and")])
    repeated = set.intersection(*map(set, groups))
    if (all(ors) and not any(ands)) or (repeated and min(map(len, groups)) > 1):
        return {"": inner}
    if all(ands) and not any(ors):
        return {"": outer}
    return {"and-first": inner, "or-first": outer}


def _parted(parts: list[Formula], joints: list[tuple[str, bool]], at: str) -> list[list[Formula]]:
    groups = [[parts[0]]]
    for part, (kind, _) in zip(parts[1:], joints, strict=True):
        if kind == at:
            groups.append([part])
        else:
            groups[-1].append(part)
    return groups


def _chained(pieces: list[dict[str, Formula]], kinds: list[str]) -> dict[str, Formula] | None:
    """Conditions one after another, each about items of its own."""
    if len(pieces) == 1:
        return pieces[0]
    if len(set(kinds)) > 1 or any(len(piece) > 1 for piece in pieces):
        return None
    parts = [next(iter(piece.values())) for piece in pieces]
    return {"": joined(Some if kinds[0] == "or" else Every, parts)}
