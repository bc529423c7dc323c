"""XML as events with their places, read by expat: no document type, no entities, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol
from xml.parsers import expat

from cloudrules.files.excel.package import Package

ELEMENTS = 120_000  # of all parts of one file together
LETTERS = 10_000_000  # of all its cells, each as often as it is shown: many may share one text
DEPTH = 100
_LINKS = "/relationships "
MAIN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)


class Tag(NamedTuple):
    """A start tag: its name, without and with its prefix, its attributes and its place.

    `main` tells whether it is of the language of sheets. Of the attributes that have a namespace,
    those that name relationships are told, by their local names.
    """

    name: str
    prefix: str
    main: bool
    attributes: dict[str, str]
    at: int
    inside: str  # the name of the element that it stands in


class Handler(Protocol):
    def start(self, tag: Tag) -> None: ...
    def end(self, tag: Tag, at: int) -> None: ...
    def text(self, data: str) -> None: ...


@dataclass
class Budget:
    """How many elements, and what else costs as much, may yet be read; how many letters shown."""

    left: int = ELEMENTS
    letters: int = LETTERS

    def take(self, number: int = 1) -> None:
        """Raises Refused where so many are too many."""
        self.left -= number
        if self.left < 0:
            raise Refused("excel-many")

    def show(self, letters: int) -> None:
        """Raises Refused where so many letters more are too many for the cells of one file."""
        self.letters -= letters
        if self.letters < 0:
            raise Refused("excel-letters", most=f"{LETTERS:,}")


class Refused(Exception):
    """What a handler or the parser does not accept of a part: a fault's code, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values


def parse(package: Package, part: str, handler: Handler, budget: Budget) -> None:
    """Tell the handler what a part holds. Raises BadInput where that is refused."""
    data = package.read(part)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    opened: list[Tag] = []
    known = cache(_parts)  # a part has few names, and hands each over again and again

    def start(name: str, attributes: dict[str, str]) -> None:
        budget.take(1 + len(attributes) // 8)
        if len(opened) == DEPTH:
            raise Refused("excel-many")
        space, local, prefix = known(name)
        if " " in "".join(attributes):
            kept = [key for key in attributes if " " not in key or _LINKS in key]
            attributes = {known(key)[1]: attributes[key] for key in kept}
        inside = opened[-1].name if opened else ""
        tag = Tag(local, prefix, space in MAIN, attributes, parser.CurrentByteIndex, inside)
        opened.append(tag)
        handler.start(tag)

    def end(_: str) -> None:
        handler.end(opened.pop(), parser.CurrentByteIndex)

    def refuse(*_: object) -> None:
        raise Refused("excel-entities")

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            raise Refused("excel-encoding")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    # Comments and the like stand for no element; attributes for a part of one.
    if data.count(b"<") > 3 * ELEMENTS or data.count(b"=") > 5 * ELEMENTS:
        raise package.refused("excel-many", part=part)
    # UTF-16, which has a mark at its start, or a zero in every other byte.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise package.refused("excel-encoding", part=part)
    with _worded(package, part):
        # In one piece: expat begins a long token again with each piece that it is given.
        parser.Parse(data, True)


@contextmanager
def _worded(package: Package, part: str) -> Iterator[None]:
    try:
        yield
    except Refused as error:
        raise package.refused(error.code, part=part, **error.values) from None
    except (expat.ExpatError, UnicodeError):
        raise package.refused("excel-xml", part=part) from None


def _parts(name: str) -> tuple[str, str, str]:
    """The namespace, the local name and the prefix of a name as expat gives it."""
    space, _, rest = name.rpartition(" ") if name.count(" ") < 2 else name.partition(" ")
    local, _, prefix = rest.partition(" ")
    return space, local, prefix
