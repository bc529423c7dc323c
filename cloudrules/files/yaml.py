"""YAML text to a located tree, read through PyYAML's event stream.

The stream never recurses and builds no objects: deep nesting, aliases and tags are refused where
they stand, before anything is made of them. Every scalar is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cloudrules.core.entry import Mapping, Node, Scalar, Sequence, normal
from cloudrules.core.errors import BadInput, Fault, Place, fault

DEEPEST = 64
LARGEST = 32 * 2**20  # bytes of one file
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NODES = 2_000_000  # a file with more is refused: memory stays in proportion


def read(data: bytes, file: str) -> Node:
    """The tree of one YAML document. Raises BadInput with every fault that can be told."""
    import yaml

    text = _text(data, file)
    # libyaml where PyYAML has it: the same events twenty times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(type(event).__name__, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)
        said = " ".join(part for part in (error.context, error.problem) if part)
        builder.faults.append(_syntax(place, said, text))
    except yaml.YAMLError as error:
        builder.faults.append(fault("yaml", Place(file, 1), said=str(error).split("\n")[0]))
    except RecursionError:
        builder.faults.append(fault("yaml-deep", Place(file, 1), most=DEEPEST))
    if builder.faults:
        raise BadInput(builder.faults)
    if builder.root is None:
        raise BadInput([fault("file-empty", Place(file, 1))])
    return builder.root


def _text(data: bytes, file: str) -> str:
    """The text of a file, or BadInput saying what it is instead of UTF-8 text."""
    place = Place(file, 1)
    if len(data) > LARGEST:
        raise BadInput([fault("file-large", place, most=f"{LARGEST // 2**20} MiB")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise BadInput([fault("file-utf16", place)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            data.decode("cp932")
            code = "file-sjis"
        except UnicodeDecodeError:
            code = "file-binary"
        raise BadInput([fault(code, Place(file, line))]) from None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        raise BadInput([fault("file-control", Place(file, line), character=code)])
    if not text.strip():
        raise BadInput([fault("file-empty", place)])
    return text


def _syntax(place: Place, said: str, text: str) -> Fault:
    """A fault of syntax, with the usual causes named."""
    lines = text.splitlines()
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    if line.lstrip().startswith("\t") or (line.startswith(" ") and "\t" in line[: place.column]):
        return fault("yaml-tab", place)
    if "nesting" in said:
        return fault("yaml-deep", place, most=DEEPEST)
    if "：" in line and ":" not in line:
        return fault("yaml-colon", place)
    if "mapping values are not allowed" in said:
        return fault("yaml-mapping-value", place)
    return fault("yaml", place, said=said)


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    place: Place
    nodes: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] | None = None
    key: Scalar | None = None


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0
        self.nodes = 0

    def take(self, kind: str, event: object) -> None:
        place = Place(
            self.file,
            event.start_mark.line + 1,  # type: ignore[attr-defined]
            event.start_mark.column + 1,  # type: ignore[attr-defined]
        )
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents == 2:
                raise BadInput([*self.faults, fault("yaml-documents", place)])
            return
        if kind.startswith(("Stream", "Document")):
            return
        if kind.endswith("EndEvent"):
            self._close()
            return
        self.nodes += 1
        if self.nodes > NODES:
            raise BadInput([*self.faults, fault("file-large", place, most=f"{NODES} values")])
        if kind == "AliasEvent":
            self.faults.append(fault("yaml-alias", place, name=f"*{event.anchor}"))  # type: ignore[attr-defined]
            self._add(Scalar("alias", place))
            return
        if event.anchor is not None:  # type: ignore[attr-defined]
            self.faults.append(fault("yaml-alias", place, name=f"&{event.anchor}"))  # type: ignore[attr-defined]
        if event.tag is not None:  # type: ignore[attr-defined]
            self.faults.append(fault("yaml-tag", place, tag=event.tag))  # type: ignore[attr-defined]
        if kind == "ScalarEvent":
            plain = not event.style  # type: ignore[attr-defined]
            self._add(Scalar(event.value, place, plain))  # type: ignore[attr-defined]
            return
        if len(self.open) >= DEEPEST:
            raise BadInput([*self.faults, fault("yaml-deep", place, most=DEEPEST)])
        self.open.append(_Open(place, entries={} if kind == "MappingStartEvent" else None))

    def _close(self) -> None:
        done = self.open.pop()
        if done.entries is not None:
            self._add(Mapping(done.entries, done.place))
        else:
            self._add(Sequence(tuple(done.nodes), done.place))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if parent.entries is None:
            parent.nodes.append(node)
        elif parent.key is None:
            self._key(parent, node)
        else:
            key, parent.key = parent.key, None
            parent.entries.setdefault(normal(key.text), (key, node))

    def _key(self, parent: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):
            self.faults.append(fault("yaml-key", node.place))
            parent.key = Scalar(f"#{len(parent.entries or ())}", node.place)
            return
        parent.key = node
        name = normal(node.text)
        if node.plain and name == "<<":
            self.faults.append(fault("yaml-merge-key", node.place))
        elif parent.entries is not None and name in parent.entries:
            first = parent.entries[name][0].place.line
            self.faults.append(fault("key-twice", node.place, key=name, first=first))
