"""The shapes of the values in files: each reads a node of a tree, and describes itself.

What is wrong is added to the faults, and the value is None.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from cloudrules.core import expression, parser
from cloudrules.core.entry import Mapping, Node, Scalar, Sequence, normal
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.figures import LARGEST, date_meant, day, figure_meant

Json: TypeAlias = dict[str, Any]
T = TypeVar("T")
Read = TypeVar("Read", covariant=True)
Faults: TypeAlias = list[Fault]

LANGUAGES = ("ja", "en")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
SCALAR: Json = {"type": ["string", "number", "boolean"]}


def letters_of(words: str) -> str:
    """The language of words, as their letters tell it."""
    return "ja" if _JAPANESE.search(words) else "en"


class Shape(Protocol[Read]):
    """Reads one node. A node that does not fit adds its faults and gives None."""

    def read(self, node: Node, faults: Faults) -> Read | None: ...
    def schema(self) -> Json: ...


@dataclasses.dataclass(frozen=True)
class Text:
    """Words for people, by language; `words` has at least one, the first being the source's."""

    words: dict[str, str]

    def in_(self, language: str) -> str:
        """The words in `language`, else in the language that there is."""
        return self.words.get(language) or next(iter(self.words.values()), "")

    @property
    def source(self) -> str:
        return next(iter(self.words.values()), "")


def scalar(node: Node, faults: Faults, wanted: str) -> Scalar | None:
    if isinstance(node, Scalar) and not node.is_null and node.text.strip():
        return node
    faults.append(misfit(node, wanted))
    return None


def misfit(node: Node, wanted: str) -> Fault:
    """Why a node cannot be what is wanted."""
    if isinstance(node, Scalar) and (node.is_null or not node.text.strip()):
        return fault("value-empty", node.place, wanted=wanted)
    names = {Scalar: "value", Sequence: "list", Mapping: "mapping"}
    return fault("shape", node.place, wanted=wanted, found=names[type(node)])


class Words:
    """A string, or a mapping of languages."""

    def read(self, node: Node, faults: Faults) -> Text | None:
        if not isinstance(node, Mapping):
            text = scalar(node, faults, "text")
            # A text without a language stands for every language.
            return Text({"": text.text.strip()}) if text else None
        words: dict[str, str] = {}
        for key, written, value in node:
            if key not in LANGUAGES:
                near = nearest(key, LANGUAGES)
                known = " / ".join(LANGUAGES)
                faults.append(fault("key-unknown", written.place, key=key, near=near, known=known))
            elif text := scalar(value, faults, "text"):
                words[key] = text.text.strip()
        if not node.entries:
            faults.append(fault("value-empty", node.place, wanted="text"))
        return Text(words) if words else None

    def schema(self) -> Json:
        languages = dict.fromkeys(LANGUAGES, SCALAR)
        either = {"type": "object", "properties": languages, "additionalProperties": False}
        return {"anyOf": [SCALAR, either]}


# What nobody can see, or what a condition could not name: quotes, controls, marks without width.
_UNNAMEABLE = re.compile(
    '["\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)


def _nameable(name: str, place: Place, faults: Faults) -> bool:
    odd = _UNNAMEABLE.search(name)
    if odd:
        character = "double quote" if odd[0] == '"' else f"U+{ord(odd[0]):04X}"
        faults.append(fault("name-character", place, found=name, character=character))
    return not odd


class Word:
    """An id or another name: NFKC, without surrounding space."""

    def read(self, node: Node, faults: Faults) -> str | None:
        found = scalar(node, faults, "name")
        if found is None:
            return None
        name = normal(found.text)
        return name if _nameable(name, node.place, faults) else None

    def schema(self) -> Json:
        return SCALAR


@dataclasses.dataclass(frozen=True, slots=True)
class Ref:
    """A name together with where it stands, so that what it refers to can be checked later."""

    name: str
    place: Place


class Reference:
    def read(self, node: Node, faults: Faults) -> Ref | None:
        name = Word().read(node, faults)
        return Ref(name, node.place) if name is not None else None

    def schema(self) -> Json:
        return SCALAR


@dataclasses.dataclass(frozen=True)
class Choice:
    """One of a few words. `meant` gives, for words that people write instead, the right one."""

    words: tuple[str, ...]
    meant: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)

    def read(self, node: Node, faults: Faults) -> str | None:
        found = scalar(node, faults, " / ".join(self.words))
        if found is None:
            return None
        word = normal(found.text)
        if word in self.words:
            return word
        near = self.meant.get(word.lower()) or nearest(word, self.words)
        known = " / ".join(self.words)
        faults.append(fault("choice", node.place, found=word, near=near, known=known))
        return None

    def schema(self) -> Json:
        truths: list[Any] = [word == "true" for word in self.words if word in ("true", "false")]
        return {"enum": [*self.words, *truths]}


_YES = dict.fromkeys(("yes", "y", "on", "1", "はい", "有"), "true")
_NO = dict.fromkeys(("no", "n", "off", "0", "いいえ", "無"), "false")
FLAG = Choice(("true", "false"), {**_YES, **_NO})


class Flag:
    """true or false."""

    def read(self, node: Node, faults: Faults) -> bool | None:
        word = FLAG.read(node, faults)
        return None if word is None else word == "true"

    def schema(self) -> Json:
        return {"enum": [True, False, "true", "false"]}


class Whole:
    """A whole number from 0 on."""

    def read(self, node: Node, faults: Faults) -> int | None:
        found = scalar(node, faults, "whole number")
        if found is None:
            return None
        text = normal(found.text)
        if re.fullmatch(r"[0-9]{1,16}", text) and int(text) <= LARGEST:
            return int(text)
        if re.fullmatch(r"[-−][0-9.,]+", text):
            faults.append(fault("number-negative", node.place, found=text))
        elif re.fullmatch(r"[0-9]{16,}", text):
            faults.append(fault("number-large", node.place, found=text, most=LARGEST))
        else:
            faults.append(fault("number-whole", node.place, found=text, mend=figure_meant(text)))
        return None

    def schema(self) -> Json:
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}]}


class Day:
    """A date, YYYY-MM-DD."""

    def read(self, node: Node, faults: Faults) -> date | None:
        found = scalar(node, faults, "YYYY-MM-DD")
        if found is None:
            return None
        value = day(normal(found.text))
        if value is None:
            text = normal(found.text)
            faults.append(fault("date", node.place, found=text, mend=date_meant(text)))
        return value

    def schema(self) -> Json:
        return {"type": "string", "format": "date"}


class Condition:
    def read(self, node: Node, faults: Faults) -> expression.Expr | None:
        found = scalar(node, faults, "condition")
        return _parsed(parser.parse, found, faults) if found else None

    def schema(self) -> Json:
        return SCALAR


class ItemOrRange:
    def read(self, node: Node, faults: Faults) -> expression.Name | expression.Range | None:
        found = scalar(node, faults, "item or range")
        return _parsed(parser.parse_arg, found, faults) if found else None

    def schema(self) -> Json:
        return SCALAR


def _parsed(rule: Callable[[Scalar], T], found: Scalar, faults: Faults) -> T | None:
    try:
        return rule(found)
    except BadInput as error:
        faults += error.faults
        return None


@dataclasses.dataclass(frozen=True)
class Many(Generic[T]):
    """A list; with `alone`, a single value may stand for a list of one."""

    shape: Shape[T]
    alone: bool = False
    least: int = 0

    def read(self, node: Node, faults: Faults) -> tuple[T, ...] | None:
        if isinstance(node, Sequence):
            if len(node.nodes) < self.least:
                faults.append(fault("list-short", node.place, least=self.least))
                return None
            values = [self.shape.read(part, faults) for part in node.nodes]
            return tuple(value for value in values if value is not None)
        if self.alone and not (isinstance(node, Scalar) and node.is_null):
            value = self.shape.read(node, faults)
            return None if value is None else (value,)
        faults.append(misfit(node, "list"))
        return None

    def schema(self) -> Json:
        many = {"type": "array", "items": self.shape.schema(), "minItems": self.least}
        return {"anyOf": [many, self.shape.schema()]} if self.alone else many


@dataclasses.dataclass(frozen=True)
class Table(Generic[T]):
    """A mapping from names to values; each value comes with the place of its name.

    With `own`, the names are those that the mapping gives, rather than names of what is elsewhere.
    """

    shape: Shape[T]
    own: bool = False

    def read(self, node: Node, faults: Faults) -> dict[Ref, T] | None:
        if not isinstance(node, Mapping):
            faults.append(misfit(node, "mapping"))
            return None
        values = {
            Ref(key, written.place): self.shape.read(value, faults)
            for key, written, value in node
            if not self.own or _nameable(key, written.place, faults)
        }
        return {name: value for name, value in values.items() if value is not None}

    def schema(self) -> Json:
        return {"type": "object", "additionalProperties": self.shape.schema()}


class Tree:
    """Any node as it is: a patch, or a value whose type is known only later."""

    def __init__(self, kind: type[Node] | tuple[type[Node], ...] = (), wanted: str = "") -> None:
        self.kind, self.wanted = kind, wanted

    def read(self, node: Node, faults: Faults) -> Node | None:
        empty = isinstance(node, Scalar) and node.is_null
        if self.kind and (empty or not isinstance(node, self.kind)):
            faults.append(misfit(node, self.wanted))
            return None
        return node

    def schema(self) -> Json:
        if isinstance(self.kind, tuple):
            return {"anyOf": [SCALAR, {"type": "object"}]} if self.kind else {}
        return {"type": "object"} if self.kind is Mapping else SCALAR
