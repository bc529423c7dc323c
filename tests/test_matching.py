"""Which items of two rulebooks are the same."""

from __future__ import annotations

import random
from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from cloudrules.core import matching
from cloudrules.core.entries import Item, Waiver
from cloudrules.core.expression import TRUE
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Text

LOGS = "アクセスログ等の証跡を1年以上保存し、国内に保管していること。"
LOGS_TWO = "アクセスログ等の証跡を2年以上保存し、国内に保管していること。"
BACKUP = "データのバックアップを毎日取得し、復元の手順を定めていること。"
STAFF = "従業員に情報セキュリティの教育を毎年行っていること。"


def rules(items: dict[str, str], waivers: dict[str, str] | None = None) -> Rulebook:
    return Rulebook(
        "r",
        {name: Item(id=name, need="mandatory", text=text(each)) for name, each in items.items()},
        {
            name: Waiver(id=name, when=TRUE, waives=(), text=text(each))
            for name, each in (waivers or {}).items()
        },
        {},
        {},
    )


def text(words: str) -> Text | None:
    return Text({"ja": words}) if words else None


def told(a: dict[str, str], b: dict[str, str]) -> list[tuple[str | None, str | None, str]]:
    pairs = matching.from_rulebooks(rules(a), rules(b)).items
    return [(x.a.id if x.a else None, x.b.id if x.b else None, x.change) for x in pairs]


def test_equal_words_come_before_equal_numbers() -> None:
    assert told({"1": LOGS, "2": BACKUP}, {"1": BACKUP, "2": LOGS}) == [
        ("1", "2", "renumbered"),
        ("2", "1", "renumbered"),
    ]


def test_spaces_and_forms_of_characters_are_no_words() -> None:
    wide = LOGS.replace("1", "１").replace("、", "、 ")
    assert told({"1": LOGS}, {"1": wide}) == [("1", "1", "unchanged")]


def test_the_same_number_is_preferred_among_equals() -> None:
    assert told({"1": LOGS, "2": LOGS}, {"2": LOGS, "3": LOGS}) == [
        ("1", "3", "renumbered"),
        ("2", "2", "unchanged"),
    ]


def test_similar_words_keep_their_number_or_change_it() -> None:
    assert told({"1": LOGS}, {"1": LOGS_TWO}) == [("1", "1", "reworded")]
    assert told({"1": LOGS, "2": BACKUP}, {"1": BACKUP, "7": LOGS_TWO}) == [
        ("1", "7", "renumbered and reworded"),
        ("2", "1", "renumbered"),
    ]


def test_other_words_under_the_same_number_are_reworded() -> None:
    assert told({"1": LOGS}, {"1": STAFF}) == [("1", "1", "reworded")]


def test_what_is_not_matched_is_added_or_removed_where_it_stands() -> None:
    assert told({"1": LOGS, "2": STAFF}, {"0": BACKUP, "1": LOGS}) == [
        (None, "0", "added"),
        ("1", "1", "unchanged"),
        ("2", None, "removed"),
    ]


def test_without_words_the_number_decides() -> None:
    assert told({"1": "", "2": ""}, {"2": "", "3": ""}) == [
        ("1", None, "removed"),
        ("2", "2", "unchanged"),
        (None, "3", "added"),
    ]


def test_waivers_go_by_their_id_first() -> None:
    one = rules({}, {"w1": LOGS, "w2": BACKUP, "w3": STAFF})
    two = rules({}, {"w1": BACKUP, "v": STAFF})
    found = matching.from_rulebooks(one, two).waivers
    assert [(x.a and x.a.id, x.b and x.b.id, x.change) for x in found] == [
        ("w1", "w1", "reworded"),
        ("w2", None, "removed"),
        ("w3", "v", "renumbered"),
    ]


def test_a_translation_alone_is_a_rewording_of_its_own() -> None:
    a, b = rules({"1": LOGS}), rules({"1": LOGS})
    a.items["1"].text.words["en"] = "Keep logs."  # type: ignore[union-attr]
    b.items["1"].text.words["en"] = "Keep the logs."  # type: ignore[union-attr]
    (pair,) = matching.from_rulebooks(a, b).items
    assert pair.change == "reworded"


WORDS = st.text(alphabet="ログ保存国内", max_size=12)
BOOKS = st.dictionaries(st.sampled_from("123456"), WORDS, max_size=5)


@given(BOOKS, BOOKS)
def test_everything_is_in_one_pair_and_equals_are_matched(
    a: dict[str, str], b: dict[str, str]
) -> None:
    found = told(a, b)
    assert sorted(one for one, _, _ in found if one) == sorted(a)
    assert sorted(two for _, two, _ in found if two) == sorted(b)
    for one, two, _ in found:
        if one is None and two is not None:
            assert two not in {x for x, y, _ in found if y is None}
            assert not any(a[x] == b[two] != "" for x, y, _ in found if x and y is None)
    in_order = [one for one, _, _ in found if one]
    assert in_order == list(a)


@given(BOOKS, st.randoms(use_true_random=False))
def test_the_same_texts_in_any_numbers_are_all_matched(
    a: dict[str, str], rng: random.Random
) -> None:
    worded = {name: each for name, each in a.items() if each}
    numbers = rng.sample([str(n) for n in range(20)], len(worded))
    b = dict(zip(numbers, worded.values(), strict=True))
    for one, two, change in told(worded, b):
        assert one is not None
        assert two is not None
        assert worded[one] == b[two]
        assert change in ("unchanged", "renumbered")


def test_a_thousand_items_all_renumbered_and_reworded_take_seconds() -> None:
    rng = random.Random(5)
    signs = [chr(code) for code in range(ord("一"), ord("一") + 400)]
    a = {
        f"1.{n}": "".join(rng.choices(signs, k=rng.randint(30, 120))) + "すること。"
        for n in range(1000)
    }
    order = rng.sample(list(a), len(a))
    b: dict[str, str] = {}
    for at, name in enumerate(order):
        letters = list(a[name])
        for _ in range(len(letters) // 10):
            letters[rng.randrange(len(letters))] = rng.choice(signs)
        b[f"2.{at}"] = "".join(letters)
    start = monotonic()
    found = {one: two for one, two, _ in told(a, b)}
    assert monotonic() - start < 20
    assert found == {name: f"2.{at}" for at, name in enumerate(order)}
