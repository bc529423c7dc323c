"""Clauses mean what they were written to mean: sentences made from meanings, read back in every
world of five items.
"""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from meanings import ITEMS, Said, holds

from cloudrules.core.clause_text import Language
from cloudrules.core.release import ALL_BELOW, Clause

names = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)
ends = st.tuples(st.integers(0, 3), st.integers(1, 4)).filter(lambda pair: pair[0] < pair[1])
met = st.sampled_from(
    ["を満たす", "を満たしている", "の要件を満たす", "の認証を取得している", "が充足されている"]
)
ands, ors = (
    st.sampled_from(["及び", "と", "並びに"]),
    st.sampled_from(["又は", "または", "もしくは"]),
)
ranges = st.sampled_from(["~", "〜", "～", "から", "－"])


@st.composite
def lists(draw: st.DrawFn) -> Said:
    found, verb = draw(names), draw(met)
    every = draw(st.booleans())
    joint = draw(ands if every else ors)
    comma = draw(st.booleans())
    *first, last = found
    said = ("、" if comma else joint).join(first) + (joint if first else "") + last
    kind = all if every else any
    return said + verb, lambda world: kind(world[name] for name in found)


@st.composite
def spans(draw: st.DrawFn) -> Said:
    first, last = draw(ends)
    names = ITEMS[first : last + 1]
    said = f"{ITEMS[first]}{draw(ranges)}{ITEMS[last]}"
    ways: list[Said] = [
        ("をすべて満たす", lambda world: all(world[name] for name in names)),
        ("のすべての要件を満たす", lambda world: all(world[name] for name in names)),
        ("のいずれかを満たす", lambda world: any(world[name] for name in names)),
        ("のうち2つ以上を満たす", lambda world: sum(world[name] for name in names) >= 2),
    ]
    words, meaning = draw(st.sampled_from(ways))
    return said + words, meaning


@st.composite
def groups(draw: st.DrawFn) -> Said:
    (a, b), (c, d) = (
        draw(names.filter(lambda x: len(x) == 2)),
        draw(names.filter(lambda x: len(x) == 2)),
    )
    tight, loose = draw(ands), draw(ors)
    comma = draw(st.sampled_from([f"、{loose}", f"{loose}、"]))
    if draw(st.booleans()):
        said = f"{a}{tight}{b}{comma}{c}{tight}{d}"
        return f"{said}を満たす", lambda w: (w[a] and w[b]) or (w[c] and w[d])
    return f"{a}{loose}{b}、かつ{c}を満たす", lambda w: (w[a] or w[b]) and w[c]


@st.composite
def negations(draw: st.DrawFn) -> Said:
    name = draw(st.sampled_from(ITEMS))
    verb = draw(st.sampled_from(["を満たさない", "を満たしていない", "の認証を取得していない"]))
    return name + verb, lambda world: not world[name]


conditions = lists() | spans() | groups() | negations()


@st.composite
def clauses(draw: st.DrawFn) -> Said:
    cases = draw(st.lists(conditions, min_size=1, max_size=3))
    every = draw(st.booleans())
    joint = draw(st.sampled_from(["、かつ"] if every else ["、または", "又は"]))
    head = f"場合{joint}".join(said for said, _ in cases)
    kind = all if every else any
    when = draw(st.sampled_from(["場合、", "場合は、", "場合においては、", "ときは、"]))
    end = draw(st.sampled_from(["不要", "不要。", "不要とする。", "不要です"]))
    return f"{head}{when}以下の要件は{end}", lambda world: kind(mean(world) for _, mean in cases)


@given(clauses())
def test_a_clause_means_what_it_says(clause: Said) -> None:
    said, meaning = clause
    read = Language(dict.fromkeys(ITEMS, "認証を取得していること。")).clause(said)
    assert isinstance(read, Clause), said
    assert read.target == ALL_BELOW
    assert list(read.when) == [""], said
    (formula,) = read.when.values()
    for values in product((False, True), repeat=len(ITEMS)):
        world = dict(zip(ITEMS, values, strict=True))
        assert holds(formula, world) == meaning(world), said
