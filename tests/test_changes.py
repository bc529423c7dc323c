"""What has changed in an answer, in words: nothing is lost, and items that change alike are one."""

from __future__ import annotations

import json
import re

import pytest
from engine import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_cli import HELD, NEW

from cloudrules.cli.main import main
from cloudrules.core.receipt import Change, differences
from cloudrules.render.answer_words import KEYS
from cloudrules.render.blocks import Grid, Paragraph
from cloudrules.render.pages import changes
from cloudrules.render.wording import Wording

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "item", *KEYS]) | st.text(max_size=3), inside)
    ),
    max_leaves=12,
)


def rows(found: list[Change], language: str = "en") -> list[tuple[str, ...]]:
    grid = changes.blocks(found, Wording(language))[0]
    assert isinstance(grid, Grid)
    return [tuple("".join(span.text for span in cell) for cell in row) for row in grid.rows]


@given(JSON, JSON, st.sampled_from(["ja", "en"]))
def test_any_two_answers_can_be_told(one: object, two: object, language: str) -> None:
    found = list(differences(one, two))
    told = changes.blocks(found, Wording(language)) if found else []
    assert len(told) <= 2
    assert all(isinstance(each, Grid | Paragraph) for each in told)


@given(st.text(st.sampled_from("ab.[]1"), max_size=12))
def test_a_path_is_read_as_it_is_or_not_at_all(at: str) -> None:
    steps = changes._steps(at)
    assert not steps or changes._joined(steps) == at
    assert rows([Change(at, 1, 2)])[0][1:] == ("1", "2")


def test_items_that_change_alike_are_one_row() -> None:
    found = [Change(f"assess.items[1.{n}].status", "waived", "missing") for n in (8, 9, 10, 12)]
    found.append(Change("assess.items[1.11].status", "waived", "open"))
    assert rows(found) == [
        ("items 1.8..1.10, 1.12, status", "waived", "missing"),
        ("item 1.11, status", "waived", "open"),
    ]
    assert rows(found, "ja")[0] == ("要件1.8..1.10、1.12の適用状況", "不要", "不足")


@pytest.mark.parametrize(
    ("value", "told"), [(True, "compliant"), (False, "not compliant"), (None, "unknown")]
)
def test_a_verdict_that_is_not_known_is_not_told_as_none(value: bool | None, told: str) -> None:
    assert rows([Change("compliant", value, "x")])[0][1] == told


def test_japanese_has_no_key_of_the_data() -> None:
    for key in KEYS:
        assert not re.search(
            "[A-Za-z_]", rows([Change(key.removeprefix("."), True, False)], "ja")[0][0]
        )


NAMED = frozenset({"readings", "waived", "receipt"})  # their keys are names of the rulebook's


def keys(value: object) -> set[str]:
    if isinstance(value, list):
        return {key for each in value for key in keys(each)}
    if not isinstance(value, dict):
        return set()
    inside = {key for name, each in value.items() if name not in NAMED for key in keys(each)}
    return inside | value.keys()


@pytest.mark.parametrize(
    "line",
    [
        f"assess {NEW} --all-readings",
        f"explain {NEW} 1.9",
        f"plan {NEW} --schedule 2027-04-01 --why",
        f"plan {NEW} --budget 1",
        f"timeline {HELD}",
        f"report {NEW}",
    ],
)
def test_every_key_of_an_answer_has_words(
    line: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    main([*line.split(), "--on", "2026-12-01", "--format", "json"])
    assert keys(json.loads(capfd.readouterr().out)) - KEYS.keys() == set()


def test_what_a_key_is_called_where_it_stands() -> None:
    found = [Change("events[1].on", "a", "b"), Change("on", "a", "b"), Change("until", "a", "b")]
    assert [row[0] for row in rows(found, "ja")] == [
        "期限の到来（1件目）の日",
        "基準日",
        "見通しの最後の日",
    ]
