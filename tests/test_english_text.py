"""English clauses mean what they were written to mean, in every world of five items."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meanings import ITEMS, Said, holds

from cloudrules.core.english_text import English
from cloudrules.core.formula_text import Item, Words
from cloudrules.core.passage import releases, sentences
from cloudrules.core.release import ALL_BELOW, ITSELF, Below, Clause, Unread

TEXTS = dict.fromkeys(ITEMS, "The provider holds a certification.")

names = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)
prefixes = st.sampled_from(["", "item ", "requirement ", "the certification of "])


@st.composite
def lists(draw: st.DrawFn) -> Said:
    found = draw(names)
    every = draw(st.booleans())
    *first, last = (draw(prefixes) + name for name in found)
    joint = " and " if every else " or "
    comma = "," if len(first) > 1 and draw(st.booleans()) else ""
    said = ", ".join(first) + (comma + joint if first else "") + last
    verb = draw(st.sampled_from(["is met", "are satisfied", "has been obtained", "are in place"]))
    kind = all if every else any
    return f"{said} {verb}", lambda world: kind(world[name] for name in found)


@st.composite
def counted(draw: st.DrawFn) -> Said:
    found = draw(names.filter(lambda some: len(some) > 1))
    said = ", ".join(found[:-1]) + " and " + found[-1]
    words, least = draw(
        st.sampled_from(
            [("any of ", 1), ("at least one of ", 1), ("all of ", len(found)), ("two of ", 2)]
        )
    )
    return f"{words}{said} are met", lambda world: sum(world[name] for name in found) >= least


@st.composite
def groups(draw: st.DrawFn) -> Said:
    a, b, c, d = (draw(st.sampled_from(ITEMS)) for _ in range(4))
    if a == b or c == d or {a, b} & {c, d}:
        return f"{a} is met", lambda world: world[a]
    return f"{a} and {b}, or {c} and {d}, are met", lambda w: (w[a] and w[b]) or (w[c] and w[d])


@st.composite
def others(draw: st.DrawFn) -> Said:
    name = draw(st.sampled_from(ITEMS))
    first, last = 1, 3
    span = ITEMS[first : last + 1]
    ways: list[Said] = [
        (f"{name} is not met", lambda world: not world[name]),
        (f"all of {span[0]} to {span[-1]} are met", lambda world: all(world[x] for x in span)),
        (f"any of {span[0]}-{span[-1]} is met", lambda world: any(world[x] for x in span)),
    ]
    return draw(st.sampled_from(ways))


@st.composite
def actives(draw: st.DrawFn) -> Said:
    one, two = draw(st.permutations(ITEMS))[:2]
    return f"the service meets {one} and {two}", lambda world: world[one] and world[two]


@given(
    st.lists(lists() | counted() | others(), min_size=1, max_size=2)
    | (groups() | actives()).map(lambda said: [said]),
    st.booleans(),
    st.sampled_from(["Where {}, the requirements below are not necessary.", "If {}, {}"]),
)
def test_a_clause_means_what_it_says(cases: list[Said], every: bool, shape: str) -> None:
    head = (" and " if every else " or ").join(said for said, _ in cases)
    kind = all if every else any
    sentence = shape.format(head, "the following items are not required")
    assert releases(sentence)
    read = English(TEXTS).clause(sentence)
    assert isinstance(read, Clause), sentence
    assert read.target == ALL_BELOW
    assert list(read.when) == [""], sentence
    (formula,) = read.when.values()
    for values in product((False, True), repeat=len(ITEMS)):
        world = dict(zip(ITEMS, values, strict=True))
        assert holds(formula, world) == kind(mean(world) for _, mean in cases), sentence


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("If 1.1 is met, items 1.2 to 1.10 are exempt.", (Item("1.2", "1.10"),)),
        ("If 1.1 is met, 1.2 and 1.9 need not be answered.", (Item("1.2"), Item("1.9"))),
        (
            "Requirements 1.2, 1.9 and 2.1 do not apply where 1.1 is met.",
            (Item("1.2"), Item("1.9"), Item("2.1")),
        ),
        ("Not required if 1.1 is met.", ITSELF),
        ("This requirement is waived when 1.1 is met.", ITSELF),
        ("(N/A if 1.1 is met.)", ITSELF),
        ("If 1.1 is met then the next item is not required.", Below(next=True)),
        ("Where 1.1 is met, 1.9 and onwards are not necessary.", Below("1.9")),
    ],
)
def test_what_is_released(sentence: str, target: object) -> None:
    read = English(TEXTS).clause(sentence, own="1.2")
    assert isinstance(read, Clause)
    assert read.target == target
    assert read.when == {"": Item("1.1")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Only if 1.1 is met, 1.2 is not required.",
        "1.2 is not required only if 1.1 is met.",
        "Even if 1.1 is met, 1.2 is not exempt.",
        "1.2 is not required unless 1.1 is met.",
        "1.2 or 1.9 is not required if 1.1 is met.",
        "Logs are not required if 1.1 is met.",
        "If 1.1 is met, 1.2 is not required until 2027.",
        "If 1.1 is met, 7.7 is not required.",
        "If so, 1.2 is not required.",
        "If the above is met, 1.2 is not required.",
    ],
)
def test_what_is_not_certain_is_not_read(sentence: str) -> None:
    assert isinstance(English(TEXTS).clause(sentence, own="2.1"), Unread)


def test_other_words_stay_words() -> None:
    read = English(TEXTS).clause("If the mayor agrees, 1.2 is not required.")
    assert isinstance(read, Clause)
    assert read.when == {"": Words("the mayor agrees")}


def test_sentences_are_verbatim() -> None:
    text = "Logs (e.g. of access) are kept. Not required if No. 1.1 is met.\n* Note: see 2.1"
    assert sentences(text) == (
        "Logs (e.g. of access) are kept.",
        "Not required if No. 1.1 is met.",
        "* Note: see 2.1",
    )
