"""The shape of each file kind, declared once beside its dataclass: reads a tree, describes itself.

A dataclass field made by `shaped` says how its entry is read; `Record` reads the whole mapping,
collecting every fault, and gives the JSON Schema that editors use.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Generic, TypeVar

from cloudrules.core.entry import Mapping, Node, Scalar
from cloudrules.core.errors import Fault, Place, fault, nearest
from cloudrules.core.schema import SCALAR, Faults, Json, Shape, misfit

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class _Field:
    shape: Shape[Any]
    doc: str
    required: bool
    instead: Any


def shaped(
    shape: Shape[Any],
    doc: str,
    default: Any = dataclasses.MISSING,
    factory: Any = None,
    instead: Any = None,
) -> Any:
    """A dataclass field that is read by `shape`; without a default it must be given.

    `instead` is what it has where it had to be given and could not be read: enough for judging the
    rest of the file.
    """
    required = default is dataclasses.MISSING and factory is None
    metadata = {"entry": _Field(shape, doc, required, instead)}
    if factory is not None:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@dataclasses.dataclass(frozen=True)
class _Plan:
    """How a dataclass is read: its fields by key, the attribute of each, what must be given."""

    fields: dict[str, _Field]
    attributes: dict[str, str]
    required: tuple[str, ...]
    place: bool  # whether it has an attribute of this name
    entry: bool
    unread: bool


@cache
def _plan(kind: type[Any]) -> _Plan:
    shaped_ = [each for each in dataclasses.fields(kind) if "entry" in each.metadata]
    fields: dict[str, _Field] = {each.name.rstrip("_"): each.metadata["entry"] for each in shaped_}
    names = {each.name for each in dataclasses.fields(kind)}
    return _Plan(
        fields,
        {each.name.rstrip("_"): each.name for each in shaped_},
        tuple(key for key, field in fields.items() if field.required),
        *(name in names for name in ("place", "entry", "unread")),
    )


@dataclasses.dataclass(frozen=True)
class Record(Generic[T]):
    """A mapping with fixed keys, read into the dataclass `kind`.

    What cannot be read is left at its default, or at what the field has `instead`, so that there is
    always a value; it is worth something only if no fault was added. The dataclass may have fields
    `place`, `entry` for the tree that it was read from, and `unread` for the keys with a fault.
    """

    kind: type[T]
    short: Callable[[Scalar], Node] | None = None  # a single value that stands for a mapping

    @property
    def fields(self) -> dict[str, _Field]:
        return _plan(self.kind).fields  # type: ignore[arg-type]

    def read(self, node: Node, faults: Faults, like: T | None = None) -> T:
        """The value of a tree; what is the same node as in the tree of `like` is taken from it."""
        if self.short and isinstance(node, Scalar) and not node.is_null:
            node = self.short(node)
        plan = _plan(self.kind)  # type: ignore[arg-type]
        fields = plan.fields
        values: dict[str, Any] = {}
        unread: set[str] = set()
        known = self._sound(like)
        if not isinstance(node, Mapping):
            faults.append(misfit(node, "mapping"))
            node = Mapping({}, node.place)
            unread.update(fields)
        for key, (written, value) in node.entries.items():
            name = key
            if key not in fields:
                found = unknown_key(key, written.place, fields)
                faults.append(found)
                # A misspelt key is read as the one that was meant, and not told as missing too.
                name = found.values["near"]
                if not name or name in node.entries or plan.attributes[name] in values:
                    continue
            attribute = plan.attributes[name]
            if name is key and key in known and known[key][1] is value:
                values[attribute] = getattr(like, attribute)
                continue
            told = len(faults)
            read = fields[name].shape.read(value, faults)
            if len(faults) > told:
                unread.add(name)
                if name != key:
                    del faults[told:]
            if read is not None:
                values[attribute] = read
        for key in plan.required:
            attribute = plan.attributes[key]
            if attribute not in values:
                if key not in node.entries and key not in unread:
                    faults.append(fault("key-missing", node.place, key=key))
                values[attribute] = fields[key].instead
        if plan.place:
            values["place"] = node.place
        if plan.entry:
            values["entry"] = node
        if plan.unread and unread:
            values["unread"] = frozenset(unread)
        return self.kind(**values)

    @staticmethod
    def _sound(like: Any) -> dict[str, tuple[Scalar, Node]]:
        """The part of its tree that a value was read from without a fault."""
        entries: dict[str, tuple[Scalar, Node]] = like.entry.entries if like is not None else {}
        if like is not None and like.unread:
            return {key: each for key, each in entries.items() if key not in like.unread}
        return entries

    def schema(self) -> Json:
        properties = {
            key: {**field.shape.schema(), "description": field.doc}
            for key, field in self.fields.items()
        }
        whole: Json = {
            "type": "object",
            "properties": properties,
            "required": [key for key, field in self.fields.items() if field.required],
            "additionalProperties": False,
        }
        return {"anyOf": [SCALAR, whole]} if self.short else whole


def document(name: str, kind: type[Any]) -> Json:
    """The JSON Schema of a file kind. Editors read plain scalars as numbers: both are allowed."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name}
    return {**head, **Record(kind).schema()}


def unknown_key(key: str, place: Place, known: Iterable[str]) -> Fault:
    words = list(known)
    near = nearest(key, words)
    return fault("key-unknown", place, key=key, near=near, known=", ".join(words))
