"""YAML text to a located tree, read through PyYAML's event stream.

The stream never recurses and builds no objects: deep nesting, aliases and tags are refused where
they stand, before anything is made of them. Every scalar is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from cloudrules.core.entry import Mapping, Node, Scalar, Sequence, normal
from cloudrules.core.errors import BadInput, Fault, Place, fault
from cloudrules.files import syntax, utf8
from cloudrules.files.syntax import DEEPEST

LARGEST = 32 * 2**20  # bytes of one file
NODES = 2_000_000  # a file with more is refused: memory stays in proportion
# What YAML does not let a file hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def read(data: bytes, file: str, faults: list[Fault] | None = None) -> Node:
    """The tree of one YAML document. Raises BadInput with every fault that can be told.

    What leaves the tree whole (a key written twice, a tag, an anchor) is added to `faults` where
    that is given, so that the rest of the file can be judged as well.
    """
    import yaml

    text = _text(data, file)
    # libyaml where PyYAML has it: the same events twenty times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(file, text)
    try:
        builder.take(yaml.parse(text, Loader=loader), yaml.ScalarEvent)
    except yaml.MarkedYAMLError as error:
        said = " ".join(part for part in (error.context, error.problem) if part)
        marks = error.context_mark, error.problem_mark
        opened = next((each.place for each in reversed(builder.open) if each.flow), None)
        found = syntax.mistake(file, text, said, *marks, opened)
        raise BadInput([*builder.faults, found]) from None
    except yaml.YAMLError as error:
        found = fault("yaml", Place(file, 1), said=str(error).split("\n")[0])
        raise BadInput([*builder.faults, found]) from None
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
        raise BadInput([*builder.faults, fault("file-empty", Place(file, 1))])
    if builder.faults and (builder.broken or faults is None):
        raise BadInput(builder.faults)
    if faults is not None:
        faults += builder.faults
    return root


def _text(data: bytes, file: str) -> str:
    """The text of a file, or BadInput saying what it is instead of text that YAML may be."""
    text = utf8.text_of(data, file, LARGEST)
    if controls := list(islice(_CONTROL.finditer(text), 100)):
        lines = [text.count("\n", 0, each.start()) + 1 for each in controls]
        raise BadInput(
            fault("file-control", Place(file, line), character=f"U+{ord(each[0]):04X}")
            for line, each in zip(lines, controls, strict=True)
        )
    return text


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; `skip`: the next value has no usable key."""

    place: Place
    flow: bool
    nodes: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] | None = None
    key: Scalar | None = None
    name: str = ""
    skip: bool = False


class _Builder:
    """`broken`: what was made so far is not what the file means."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Fault] = []
        self.broken = False
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0
        self.nodes = 0

    @cached_property
    def lines(self) -> list[str]:
        return syntax.lines_of(self.text)

    def take(self, events: Iterable[Any], scalar: type[Any]) -> None:
        """Take a whole stream; nearly all of a file are scalars without anchors and tags."""
        file = self.file
        for event in events:
            mark = event.start_mark
            place = Place(file, mark.line + 1, mark.column + 1)
            if type(event) is not scalar or event.anchor is not None or event.tag is not None:
                self._take(type(event).__name__, event, place)
            else:
                self._count(place)
                self._scalar(event, place)

    def _scalar(self, event: Any, place: Place) -> None:
        plain = not event.style
        if plain:
            self._plain(event)
        self._add(Scalar(event.value, place, plain))

    def _count(self, place: Place) -> None:
        self.nodes += 1
        if self.nodes > NODES:
            raise BadInput([*self.faults, fault("file-large", place, most=f"{NODES} values")])

    def _take(self, kind: str, event: Any, place: Place) -> None:
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
        self._count(place)
        if kind == "AliasEvent":
            self._wrong(fault("yaml-alias", place, name=f"*{event.anchor}"), broken=True)
            self._add(Scalar("alias", place))
            return
        if event.anchor is not None:
            self._wrong(fault("yaml-alias", place, name=f"&{event.anchor}"))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._wrong(fault("yaml-tag", place, tag=tag))
        if kind == "ScalarEvent":
            self._scalar(event, place)
            return
        if len(self.open) >= DEEPEST:
            raise BadInput([*self.faults, fault("yaml-deep", place, most=DEEPEST)])
        entries: dict[str, tuple[Scalar, Node]] | None = {} if kind.startswith("Map") else None
        self.open.append(_Open(place, bool(event.flow_style), entries=entries))

    def _wrong(self, found: Fault, *, broken: bool = False) -> None:
        self.faults.append(found)
        self.broken = self.broken or broken

    def _plain(self, event: Any) -> None:
        """A value without quotes may have swallowed lines that were meant to be keys."""
        first, last = event.start_mark.line, event.end_mark.line
        alone = not self.open or (self.open[-1].entries is None and "：" in event.value)
        if last == first and not alone:
            return
        if last > first:
            inside = [(row, self.lines[row]) for row in range(first + (not alone), last + 1)]
        else:
            inside = [(first, event.value)]
        for row, line in inside:
            if found := syntax.colon(line.rstrip(), Place(self.file, row + 1)):
                self._wrong(found, broken=True)

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
        elif parent.skip:
            parent.skip = False
        elif parent.key is None:
            self._key(parent, parent.entries, node)
        else:
            parent.entries[parent.name] = (parent.key, node)
            parent.key = None

    def _key(self, parent: _Open, entries: dict[str, tuple[Scalar, Node]], node: Node) -> None:
        if not isinstance(node, Scalar):
            parent.skip = True
            self._wrong(fault("yaml-key", node.place))
            return
        name = normal(node.text)
        if node.plain and name == "<<":
            parent.skip = True
            self._wrong(fault("yaml-merge-key", node.place), broken=True)
        elif node.plain and node.text.startswith("\u3000"):
            parent.skip = True
            self._wrong(fault("yaml-space", node.place), broken=True)
        elif parent.flow and node.plain and (last := _cut_figure(entries, name)):
            # The first part keeps its place and grows: 3 becomes 3000 and then 3000000.
            key, figure = entries[last]
            assert isinstance(figure, Scalar)
            whole = normal(figure.text) + name
            entries[last] = key, Scalar(whole, figure.place)
            parent.skip = True
            self.faults = [each for each in self.faults if each.place != figure.place]
            found = f"{int(whole):,}"
            self._wrong(fault("yaml-commas", figure.place, found=found, mend=whole))
        elif name in entries:
            parent.skip = True
            first = entries[name][0].place.line
            self._wrong(fault("key-twice", node.place, key=name, first=first))
        else:
            parent.key, parent.name = node, name


def _cut_figure(entries: dict[str, tuple[Scalar, Node]], name: str) -> str | None:
    """The key whose figure `name` belongs to: `{cost: 3,000}` reads as `cost: 3` and `000`."""
    last = next(reversed(entries), None)
    node = entries[last][1] if last else None
    if re.fullmatch("[0-9]{3}", name) and isinstance(node, Scalar) and node.plain:
        return last if re.fullmatch("[0-9]{1,15}", normal(node.text)) else None
    return None
