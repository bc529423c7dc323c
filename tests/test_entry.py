"""Merge patches, by the examples of RFC 7396 and against the oracle's own words for it."""

from __future__ import annotations

import json
from typing import Any

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudrules.core.entry import Mapping, Node, Scalar, Sequence, leaves, merged, normal, same
from cloudrules.files import yaml

# Appendix A of RFC 7396: original, patch, result. JSON is YAML in flow style.
APPENDIX = [
    ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
    ('{"a":"b"}', '{"a":null}', "{}"),
    ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
    ('["a","b"]', '["c","d"]', '["c","d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'),
    ('{"a":"foo"}', "null", "null"),
    ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
    ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
    ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
]


def tree(text: str, file: str = "file") -> Node:
    return yaml.read(text.encode(), file)


def plain(node: Node) -> Any:
    """A tree as Python values; an unquoted null is None."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [plain(part) for part in node.nodes]
    return {key: plain(value) for key, _, value in node}


@pytest.mark.parametrize(("original", "patch", "result"), APPENDIX)
def test_the_examples_of_rfc_7396(original: str, patch: str, result: str) -> None:
    found = merged(tree(original), tree(patch))
    assert same(found, tree(result))
    assert plain(found) == plain(tree(result))


values = st.recursive(
    st.one_of(st.none(), st.sampled_from(["b", "c", "null", "~", ""])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)


def words(value: Any) -> Any:
    """The same for the oracle, which takes these words for null however they are written."""
    if isinstance(value, dict):
        return {key: words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [words(part) for part in value]
    return f"text {value}" if isinstance(value, str) else value


@given(values, values)
def test_a_patch_against_the_oracle(target: Any, patch: Any) -> None:
    target, patch = words(target), words(patch)
    found = merged(tree(json.dumps(target)), tree(json.dumps(patch)))
    assert plain(found) == oracle.merge_patch(target, patch)


@given(values, values)
def test_patching_twice_is_patching_once(target: Any, patch: Any) -> None:
    original, change = tree(json.dumps(target)), tree(json.dumps(patch))
    once = merged(original, change)
    assert same(merged(once, change), once)
    assert same(merged(original, tree("{}")), original) or not isinstance(original, Mapping)


def test_null_is_what_is_written_without_quotes() -> None:
    for text in ("{a: }", "{a: null}", "{a: ~}", "{a: Null}", "{a: NULL}"):
        assert plain(merged(tree("{a: b, c: d}"), tree(text))) == {"c": "d"}
    for text in ("{a: 'null'}", '{a: "~"}', "{a: ''}", "{a: none}", "{a: false}"):
        assert set(plain(merged(tree("{a: b, c: d}"), tree(text)))) == {"a", "c"}


def test_what_a_patch_sets_keeps_the_place_of_the_patch() -> None:
    base = tree("a: 1\nb: 2\nc: {d: 3}\n", "base.yaml")
    patch = tree("# nothing\nb: 4\nc: {e: 5}\n", "patch.yaml")
    found = merged(base, patch)
    assert isinstance(found, Mapping)
    inner = found.get("c")
    assert isinstance(inner, Mapping)
    places = {
        "a": found.entries["a"][1].place,
        "b": found.entries["b"][1].place,
        "d": inner.entries["d"][1].place,
        "e": inner.entries["e"][1].place,
    }
    assert {name: str(place) for name, place in places.items()} == {
        "a": "base.yaml:1",
        "b": "patch.yaml:2",
        "d": "base.yaml:3",
        "e": "patch.yaml:3",
    }
    # Neither of the two is changed by it.
    assert plain(base) == {"a": "1", "b": "2", "c": {"d": "3"}}
    assert plain(patch) == {"b": "4", "c": {"e": "5"}}


def test_the_fields_that_a_patch_sets() -> None:
    patch = tree("{need: optional, effort: {cost: 1, months: null}, note: {}, waives: [a, b]}")
    assert [path for path, _ in leaves(patch)] == [
        ("need",),
        ("effort", "cost"),
        ("effort", "months"),
        ("note",),
        ("waives",),
    ]


def test_names_are_normalised() -> None:
    assert normal("　１．８ ") == "1.8"
    assert normal("ＡＣ－２（１）") == "AC-2(1)"
    assert list(tree("{１．１０: a, 1.1: b}").entries) == ["1.10", "1.1"]  # type: ignore[union-attr]
