"""Conditions: what is written is what is read."""

from __future__ import annotations

from typing import Any

import oracle
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import BARE, KEYWORDS, PLACE, expressions, names, spelt, written

from cloudrules.core.entry import Scalar
from cloudrules.core.errors import BadInput
from cloudrules.core.expression import (
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
    fold,
    leaves,
    quoted,
)
from cloudrules.core.parser import DEEPEST, parse, parse_arg


def read(text: str) -> Expr:
    return parse(Scalar(text, PLACE))


def name(text: str) -> Name:
    return Name(text, PLACE)


def faults(text: str) -> list[str]:
    with pytest.raises(BadInput) as raised:
        read(text)
    return [each.code for each in raised.value.faults]


def widened(text: str) -> str:
    """In full-width characters; NFKC makes it what it was."""
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    return text.translate(wide)


@given(expressions())
def test_what_is_written_is_read_back(expr: Expr) -> None:
    assert read(written(expr)) == expr


@given(expressions())
def test_full_width_is_the_same(expr: Expr) -> None:
    text = written(expr)
    assert read(widened(text)) == expr
    assert read(f"　{text}\t") == expr


@given(expressions(6), st.data())
def test_space_and_parentheses_more_or_less_change_nothing(expr: Expr, data: st.DataObject) -> None:
    text = written(expr)
    assert read(f"( {text} )") == expr
    if '"' not in text:
        assert read(text.replace(" ", data.draw(st.sampled_from(["  ", "\n", "\t "])))) == expr
        assert read(text.replace(", ", " , ").replace("..", " .. ").replace("(", "( ")) == expr


@given(names())
@example("AC-2(1)")
@example("not")
@example("1.6..1.28")
@example("１．８")
def test_any_name_can_be_quoted(text: str) -> None:
    plain = oracle.normal(text)
    assert read(quoted(plain)) == name(plain)
    assert read(f'"{text}"') == name(plain)
    assert read(f"not {quoted(plain)} and waived({quoted(plain)})") == And(
        (Not(name(plain)), Waived(plain, PLACE))
    )
    assert quoted(plain) == spelt(plain)


@given(BARE.filter(lambda text: text not in KEYWORDS))
def test_a_plain_name_needs_no_quotes(text: str) -> None:
    assert quoted(text) == text
    assert read(text) == read(f'"{text}"') == name(text)
    assert parse_arg(Scalar(text, PLACE)) == name(text)


@pytest.mark.parametrize("word", KEYWORDS)
def test_a_keyword_as_a_name_is_quoted(word: str) -> None:
    assert quoted(word) == f'"{word}"'
    if word not in ("true", "false"):
        with pytest.raises(BadInput):
            read(word)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b or c and d", "(a and b) or (c and d)"),
        ("not a and b", "(not a) and b"),
        ("not a or b", "(not a) or b"),
        ("not not a", "not (not a)"),
        ("not a = b", "not (a = b)"),
        ("not (a or b)", "not any(a, b)"),
        ("a and b and c", "all(a, b, c)"),
        ("a or b or c", "any(a, b, c)"),
        ("at_least(1, 2*a or b)", "at_least(1, 2*(a or b))"),
        ("at_least(2, 1*a, b)", "at_least(2, a, 1*b)"),
        ("((a))", "a"),
        ("a<b", "a < b"),
        ("a<=b", "a <= b"),
        ("any(1.1..1.3)", 'any("1.1".."1.3")'),
        ("at_least(1,a,1.1..1.3)", "at_least(1, a, 1.1 .. 1.3)"),
        ("signed < 2027-07-01", 'signed < "2027-07-01"'),
        ('"a" or "b"', "a or b"),
    ],
)
def test_how_tightly_words_bind(text: str, same: str) -> None:
    assert read(text) == read(same)


def test_trees() -> None:
    assert read("true") == Constant(True)
    assert read("employees >= 20") == Compare("employees", ">=", "20", PLACE)
    assert read("at_least(88, 5*3.1.1, 3*3.1.5, 3.1.3)") == AtLeast(
        88, ((5, name("3.1.1")), (3, name("3.1.5")), (1, name("3.1.3")))
    )
    assert read("all(1.11..1.13) and not waived(1.8)") == And(
        (And((Range("1.11", "1.13", PLACE),)), Not(Waived("1.8", PLACE)))
    )
    assert read("any(a) or b") == Or((Or((name("a"),)), name("b")))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("(", ")"), ("not ", ""), ("any(", ")"), ("all(b, ", ")"), ("at_least(1, 2*", ")")],
)
def test_depth(opening: str, closing: str) -> None:
    assert DEEPEST == 64
    deepest = opening * 64 + "a" + closing * 64
    assert name("a") in list(leaves(read(deepest)))
    assert faults(opening + deepest + closing) == ["condition-deep"]
    mixed = ("(not " + opening) * 21 + "a" + (closing + ")") * 21
    assert list(leaves(read(mixed)))[-1] == name("a")
    assert faults("((" + mixed + "))") == ["condition-deep"]
    # Far too deep is refused as calmly, and what is side by side is not deep.
    assert faults(opening * 100_000 + "a" + closing * 100_000) == ["condition-deep"]
    assert len(list(leaves(read(" or ".join(["a"] * 5_000))))) == 5_000


@given(expressions())
def test_leaves_come_from_left_to_right(expr: Expr) -> None:
    def listed(part: Arg) -> list[Any]:
        match part:
            case Constant():
                return []
            case Not(inner):
                return listed(inner)
            case And(parts) | Or(parts):
                return [leaf for each in parts for leaf in listed(each)]
            case AtLeast(_, weighed):
                return [leaf for _, each in weighed for leaf in listed(each)]
        return [part]

    assert list(leaves(expr)) == listed(expr)


class _Text:
    """An interpreter that writes the condition back, every part in parentheses."""

    def constant(self, value: bool) -> str:
        return str(value).lower()

    def name(self, leaf: Name) -> str:
        return spelt(leaf.name)

    def compare(self, leaf: Compare) -> str:
        return f"{spelt(leaf.name)} {leaf.op} {spelt(leaf.value)}"

    def waived(self, leaf: Waived) -> str:
        return f"waived({spelt(leaf.name)})"

    def items(self, leaf: Range) -> list[str]:
        return [spelt(leaf.first), spelt(leaf.last)]

    def negation(self, part: str) -> str:
        return f"not ({part})"

    def conjunction(self, parts: list[str]) -> str:
        return f"all({', '.join(parts)})"

    def disjunction(self, parts: list[str]) -> str:
        return f"any({', '.join(parts)})"

    def at_least(self, threshold: int, parts: list[tuple[int, str]]) -> str:
        weighed = (f"{weight}*({part})" for weight, part in parts)
        return f"at_least({threshold}, {', '.join(weighed)})"


def spread(expr: Arg) -> Arg:
    """With each range as the two items at its ends."""

    def inside(parts: tuple[Arg, ...]) -> tuple[Arg, ...]:
        found: list[Arg] = []
        for part in parts:
            if isinstance(part, Range):
                found += [name(part.first), name(part.last)]
            else:
                found.append(spread(part))
        return tuple(found)

    match expr:
        case Not(part):
            inner = spread(part)
            assert not isinstance(inner, Range)
            return Not(inner)
        case And(parts):
            return And(inside(parts))
        case Or(parts):
            return Or(inside(parts))
        case AtLeast(threshold, weighed):
            return AtLeast(
                threshold,
                tuple((weight, each) for weight, part in weighed for each in inside((part,))),
            )
    return expr


@given(expressions())
def test_a_fold_meets_every_part_once(expr: Expr) -> None:
    assert read(fold(expr, _Text())) == spread(expr)


TOKENS = [
    "a",
    "1.10",
    '"x y"',
    "(",
    ")",
    "and",
    "or",
    "not",
    "any",
    "all",
    "at_least",
    "waived",
    ",",
]
TOKENS += ["..", "=", "<=", "2", "3*", "true", "*", "あ", "．．", "（"]


@given(expressions())
def test_the_oracle_reads_the_same_tree(expr: Expr) -> None:
    assert as_tuples(oracle.parse(written(expr))) == of_engine(expr)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=9))
def test_the_oracle_reads_what_the_engine_reads(tokens: list[str]) -> None:
    """Two parsers that know nothing of each other take the same texts, and as the same tree."""
    text = " ".join(tokens)
    try:
        expected: Any = as_tuples(oracle.parse(text))
    except ValueError:
        expected = None
    try:
        found: Any = of_engine(read(text))
    except BadInput:
        found = None
    assert found == expected, text


def as_tuples(expression: Any) -> Any:
    if isinstance(expression, list | tuple):
        return tuple(as_tuples(part) for part in expression)
    return expression


def of_engine(expr: Arg) -> Any:
    match expr:
        case Constant(value):
            return (str(value).lower(),)
        case Name(text):
            return ("name", text)
        case Compare(text, op, value):
            return ("compare", text, op, value)
        case Waived(text):
            return ("waived", text)
        case Range(first, last):
            return ("range", first, last)
        case Not(part):
            return ("not", of_engine(part))
        case And(parts):
            return ("all", tuple(of_engine(part) for part in parts))
        case Or(parts):
            return ("any", tuple(of_engine(part) for part in parts))
        case AtLeast(threshold, weighed):
            return (
                "at_least",
                threshold,
                tuple((weight, of_engine(part)) for weight, part in weighed),
            )
