"""YAML as a tree in which every scalar is text and knows its place, whichever parser there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import generator
import pytest
import yaml as pyyaml
from engine import CASES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from cloudrules.core.entry import Mapping, Node, Scalar, Sequence
from cloudrules.core.errors import BadInput
from cloudrules.files import yaml

GOOD = sorted(
    [
        *(ROOT / "knowledge_base").rglob("*.yaml"),
        *(ROOT / "scenarios").rglob("*.yaml"),
        *(CASES / "good").rglob("*.yaml"),
    ]
)


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(part) for part in node.nodes]
    return {key: plain(value) for key, _, value in node}


def places(node: Node) -> list[Any]:
    """Every place, depth first, those of keys too."""
    if isinstance(node, Scalar):
        return [(node.place, node.plain)]
    if isinstance(node, Sequence):
        return [node.place, *(place for part in node.nodes for place in places(part))]
    return [
        node.place,
        *(place for _, key, value in node for place in [(key.place, key.plain), *places(value)]),
    ]


def by_both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Node, Node]:
    """By libyaml, and by PyYAML's own parser."""
    pytest.importorskip("yaml._yaml", reason="PyYAML without libyaml")
    fast = yaml.read(data, "file")
    with monkeypatch.context() as patch:
        patch.delattr(pyyaml, "CSafeLoader")
        return fast, yaml.read(data, "file")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_either_parser_reads_good_files_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    fast, slow = by_both(data, monkeypatch)
    assert plain(fast) == plain(slow)
    assert places(fast) == places(slow)
    # And as PyYAML's loader of plain text has it, but for the keys being normalised.
    assert plain(fast) == pyyaml.load(data, pyyaml.BaseLoader)


@pytest.mark.parametrize("seed", range(0, 40))
def test_either_parser_reads_generated_files_alike(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator.write(generator.case(seed), tmp_path)
    for path in tmp_path.iterdir():
        fast, slow = by_both(path.read_bytes(), monkeypatch)
        assert plain(fast) == plain(slow)
        assert places(fast) == places(slow)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_line_ends_and_a_mark_in_front_change_nothing(path: Path) -> None:
    data = path.read_bytes()
    expected = yaml.read(data, "file")
    for other in (b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n"), data + b"\n\n# end\n"):
        found = yaml.read(other, "file")
        assert plain(found) == plain(expected)
        first, second = places(found), places(expected)
        assert first[1:] == second[1:]


words = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
trees = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), inner, max_size=3),
    ),
    max_leaves=12,
)


def told(tree: Any) -> bool:
    """Whether a file may hold that alone: something, and no word that looks like a key."""
    return not isinstance(tree, str) or (bool(tree) and ":" not in tree)


@given(trees.filter(told), st.sampled_from([True, False]))
def test_what_is_dumped_is_read_back(tree: Any, flow: bool) -> None:
    text = pyyaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    assert plain(yaml.read(text.encode(), "file")) == tree


def test_every_scalar_is_text() -> None:
    text = "{1.10: 1.10, yes: no, a: 2027-07-01, b: 0x10, c: 1_000, d: ~, e: 010, f: 1e3, g: .inf}"
    assert plain(yaml.read(text.encode(), "f")) == {
        "1.10": "1.10",
        "yes": "no",
        "a": "2027-07-01",
        "b": "0x10",
        "c": "1_000",
        "d": "~",
        "e": "010",
        "f": "1e3",
        "g": ".inf",
    }


def test_places_count_from_one() -> None:
    node = yaml.read("# a\n\nitems:\n  - id: 1.1\n    text: 三\n".encode(), "dir/file.yaml")
    assert isinstance(node, Mapping)
    items = node.get("items")
    assert isinstance(items, Sequence)
    (item,) = items.nodes
    assert isinstance(item, Mapping)
    key, value = item.entries["text"]
    assert (key.place.file, key.place.line, key.place.column) == ("dir/file.yaml", 5, 5)
    assert (value.place.line, value.place.column) == (5, 11)
    assert str(value.place) == "dir/file.yaml:5"


def test_as_deep_as_allowed() -> None:
    assert yaml.DEEPEST == 64
    deep = "[" * 64 + "a" + "]" * 64
    assert isinstance(yaml.read(deep.encode(), "f"), Sequence)
    with pytest.raises(BadInput):
        yaml.read(f"[{deep}]".encode(), "f")


def test_a_file_as_large_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "LARGEST", 100)
    assert plain(yaml.read(b"a: " + b"x" * 97, "f")) == {"a": "x" * 97}
    with pytest.raises(BadInput):
        yaml.read(b"a: " + b"x" * 98, "f")
    monkeypatch.setattr(yaml, "NODES", 4)
    assert plain(yaml.read(b"[a, b, c]", "f")) == ["a", "b", "c"]
    with pytest.raises(BadInput):
        yaml.read(b"[a, b, c, d]", "f")
