"""A file's content as a tree whose every node knows its place, and RFC 7396 merge patches of it.

Every scalar is text: `1.10` is the item 1.10, never a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from unicodedata import normalize

from cloudrules.core.errors import Place


class Scalar(NamedTuple):
    text: str
    place: Place
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Written without quotes as nothing, `~` or `null`."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    nodes: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """`entries` maps each key, normalised, to (the key as written, its value)."""

    entries: dict[str, tuple[Scalar, Node]]
    place: Place

    def get(self, key: str) -> Node | None:
        found = self.entries.get(key)
        return found[1] if found else None

    def __iter__(self) -> Iterator[tuple[str, Scalar, Node]]:
        for key, (scalar, node) in self.entries.items():
            yield key, scalar, node


Node: TypeAlias = "Scalar | Sequence | Mapping"


def normal(text: str) -> str:
    """The form in which names, keys and figures are read: NFKC, without surrounding space."""
    return (text if text.isascii() else normalize("NFKC", text)).strip()


def same(left: Node | None, right: Node | None) -> bool:
    """Whether two trees say the same, wherever they stand."""
    if left is right:
        return True
    match left, right:
        case Scalar(), Scalar():
            return left.text == right.text
        case Sequence(), Sequence():
            return len(left.nodes) == len(right.nodes) and all(
                same(a, b) for a, b in zip(left.nodes, right.nodes, strict=True)
            )
        case Mapping(), Mapping():
            return left.entries.keys() == right.entries.keys() and all(
                same(node, right.get(key)) for key, _, node in left
            )
    return False


def merged(target: Node | None, patch: Node) -> Node:
    """`target` under a JSON merge patch (RFC 7396); what the patch sets keeps the patch's place."""
    if not isinstance(patch, Mapping):
        return patch
    base = target if isinstance(target, Mapping) else Mapping({}, patch.place)
    entries = dict(base.entries)
    for key, scalar, node in patch:
        if isinstance(node, Scalar) and node.is_null:
            entries.pop(key, None)
        else:
            entries[key] = (scalar, merged(base.get(key), node))
    return Mapping(entries, base.place)


def leaves(patch: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """The fields that a patch sets, each as its path of keys."""
    if isinstance(patch, Mapping) and patch.entries:
        for key, _, node in patch:
            yield from leaves(node, (*path, key))
    else:
        yield path, patch
