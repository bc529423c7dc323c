"""Reads conditions.

expr := expr "or" expr | expr "and" expr | "not" expr | "(" expr ")" | atom
atom := "true" | "false" | NAME | NAME OP VALUE | call        OP: = != < <= > >=
call := ("any" | "all") "(" args ")" | "at_least" "(" INT "," args ")" | "waived" "(" NAME ")"
args := arg ("," arg)*         arg := [INT "*"] expr | NAME ".." NAME
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeVar

from cloudrules.core.entry import Scalar, normal
from cloudrules.core.errors import BadInput, Fault, fault
from cloudrules.core.expression import (
    WORD,
    And,
    Arg,
    AtLeast,
    Compare,
    Constant,
    Expr,
    Name,
    Not,
    Or,
    Range,
    Waived,
    is_plain,
)
from cloudrules.core.slips import END, KEYWORDS, Slip, Token, around, at_character, at_token

DEEPEST = 64  # parentheses, calls and `not` inside one another; bounds the recursion of every fold
LARGEST = 10**9  # the largest weight or threshold


_TOKEN = re.compile(
    rf'\s*(?:(?P<quoted>"[^"\n]*")|(?P<word>{WORD})|(?P<mark>\.\.|!=|<=|>=|[=<>(),*]))'
)


class _Syntax(Exception):
    def __init__(self, found: Fault) -> None:
        self.fault = found


@lru_cache(maxsize=1024)  # what readings say is read again for every variant of a rulebook
def parse(source: Scalar) -> Expr:
    """The condition that a scalar holds. Raises BadInput naming what is wrong and where."""
    text = normal(source.text)
    if is_plain(text):
        return Name(text, source.place)
    return _run(source, lambda parser: parser.expression(0), "and / or")


def parse_arg(source: Scalar) -> Name | Range:
    """One entry of a list of items: `1.10`, `"AC-2(1)"` or `1.6..1.28`."""
    # Outside a condition an odd id needs no quotes: the scalar itself is the name.
    text = normal(source.text)
    if text and '"' not in text and ".." not in text:
        return Name(text, source.place)
    return _run(source, lambda parser: parser.item_or_range(), "end")


R = TypeVar("R")


def _run(source: Scalar, rule: Callable[[_Parser], R], after: str) -> R:
    """What a rule reads of the whole source; `after` is what else could follow it."""
    try:
        parser = _Parser(source)
        value = rule(parser)
        if parser.token is not END:
            raise parser.unexpected(after)
        return value
    except _Syntax as error:
        raise BadInput([error.fault]) from None


class _Parser:
    def __init__(self, source: Scalar) -> None:
        self.place = source.place
        self.text = normal(source.text)
        self.tokens = list(self._tokens())
        self.ended = [*self.tokens, END]
        self.at = 0

    def _tokens(self) -> Iterator[Token]:
        offset = 0
        while offset < len(self.text):
            found = _TOKEN.match(self.text, offset)
            if not found or found.lastgroup is None:
                raise self.slip(at_character(self.text, offset))
            yield found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)
            offset = found.end()
            while offset < len(self.text) and self.text[offset].isspace():
                offset += 1

    def slip(self, found: Slip) -> _Syntax:
        code, values = found
        return _Syntax(Fault(code, self.place, values))

    def unexpected(self, wanted: str) -> _Syntax:
        return self.slip(at_token(self.text, self.tokens, self.at, wanted))

    def wrong(self, code: str, **values: object) -> _Syntax:
        return _Syntax(fault(code, self.place, **values))

    @property
    def token(self) -> Token:
        return self.ended[self.at]

    def is_mark(self, *marks: str) -> bool:
        kind, text, _ = self.ended[self.at]
        return kind == "mark" and text in marks

    def is_keyword(self, *words: str) -> bool:
        kind, text, _ = self.ended[self.at]
        return kind == "word" and text in words

    def advance(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def need(self, mark: str) -> None:
        if not self.is_mark(mark):
            raise self.unexpected(mark)
        self.at += 1

    def expression(self, depth: int) -> Expr:
        parts = [self.conjunction(depth)]
        while self.is_keyword("or"):
            self.at += 1
            parts.append(self.conjunction(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self, depth: int) -> Expr:
        parts = [self.negation(depth)]
        while self.is_keyword("and"):
            self.at += 1
            parts.append(self.negation(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self, depth: int) -> Expr:
        if depth > DEEPEST:
            raise self.wrong("condition-deep", most=DEEPEST)
        if self.is_keyword("not"):
            self.at += 1
            return Not(self.negation(depth + 1))
        if self.is_mark("("):
            self.at += 1
            inner = self.expression(depth + 1)
            self.need(")")
            return inner
        return self.atom(depth)

    def atom(self, depth: int) -> Expr:
        if self.is_keyword("true", "false"):
            return Constant(self.advance()[1] == "true")
        if self.is_keyword("any", "all", "at_least", "waived"):
            return self.call(depth + 1)
        name = self.name()
        if self.is_mark("=", "!=", "<", "<=", ">", ">="):
            op = self.advance()[1]
            kind, value, _ = self.token
            if kind not in ("word", "quoted"):
                raise self.unexpected("value")
            self.at += 1
            return Compare(name, op, value.strip('"').strip(), self.place)
        if self.is_mark(".."):
            last = self.tokens[self.at + 1][1] if self.at + 1 < len(self.tokens) else ""
            raise self.wrong("range-outside", found=f"{name}..{last}")
        return Name(name, self.place)

    def name(self) -> str:
        kind, text, _ = self.token
        if kind == "quoted":
            self.at += 1
            if not text.strip('"').strip():
                raise self.wrong("name-empty")
            return text.strip('"').strip()
        if kind != "word" or text in KEYWORDS:
            if kind == "word":
                raise self.wrong("keyword-name", found=text, text=around(self.text, self.token[2]))
            raise self.unexpected("name")
        self.at += 1
        return text

    def call(self, depth: int) -> Expr:
        _, word, offset = self.advance()
        if not self.is_mark("("):
            raise self.wrong("keyword-name", found=word, text=around(self.text, offset))
        self.at += 1
        if word == "waived":
            item = Waived(self.name(), self.place)
            self.need(")")
            return item
        threshold = self.integer() if word == "at_least" else 0
        if word == "at_least":
            self.need(",")
        parts = [self.arg(depth, weighed=word == "at_least")]
        while self.is_mark(","):
            self.at += 1
            parts.append(self.arg(depth, weighed=word == "at_least"))
        if not self.is_mark(")"):
            raise self.unexpected(", or )")
        self.at += 1
        if word == "at_least":
            return AtLeast(threshold, tuple(parts))
        plain = tuple(part for _, part in parts)
        return And(plain) if word == "all" else Or(plain)

    def integer(self) -> int:
        kind, text, _ = self.token
        if kind == "end":
            raise self.unexpected("whole number")
        if kind != "word" or not (text.isascii() and text.isdigit()) or len(text) > 10:
            raise self.wrong("integer-expected", found=text)
        self.at += 1
        if int(text) > LARGEST:
            raise self.wrong("integer-expected", found=text)
        return int(text)

    def arg(self, depth: int, *, weighed: bool) -> tuple[int, Arg]:
        following = self.tokens[self.at + 1][1:2] if self.at + 1 < len(self.tokens) else ()
        if following == ("*",):
            if not weighed:
                raise self.wrong("weight-outside", found=self.token[1] + "*")
            weight = self.integer()
            self.at += 1
            return weight, self.expression(depth)
        if following == ("..",):
            return 1, self.item_or_range()
        return 1, self.expression(depth)

    def item_or_range(self) -> Name | Range:
        first = self.name()
        if not self.is_mark(".."):
            return Name(first, self.place)
        self.at += 1
        return Range(first, self.name(), self.place)
