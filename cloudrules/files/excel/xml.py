"""XML as events with their places, read by expat: no document type, no entities, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol
from xml.parsers import expat

from cloudrules.core.errors import BadInput
from cloudrules.files.excel.package import Package

ELEMENTS = 200_000  # of all parts of one file together
DEPTH = 100
_CHUNK = 2**16
MAIN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)


class Tag(NamedTuple):
    """A start tag: its name, without and with its prefix, its attributes and its place.

    `main` tells whether it is of the language of sheets; an attribute is known by its local name.
    """

    name: str
    prefix: str
    main: bool
    attributes: dict[str, str]
    at: int


class Handler(Protocol):
    def start(self, tag: Tag) -> None: ...
    def end(self, name: str, at: int) -> None: ...
    def text(self, data: str) -> None: ...


@dataclass
class Budget:
    """How many elements may yet be read."""

    left: int = ELEMENTS


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        self.code = code


def parse(package: Package, part: str, handler: Handler, budget: Budget) -> None:
    """Tell the handler what a part holds. Raises BadInput where that is refused."""
    data = package.read(part)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    depth = 0
    known = cache(_parts)  # a part has few names, and hands each over again and again

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        budget.left -= 1
        if budget.left < 0 or depth > DEPTH:
            raise _Refused("excel-many")
        space, local, prefix = known(name)
        if any(" " in key for key in attributes):
            attributes = {known(key)[1]: text for key, text in attributes.items()}
        handler.start(Tag(local, prefix, space in MAIN, attributes, parser.CurrentByteIndex))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(known(name)[1], parser.CurrentByteIndex)

    def refuse(*_: object) -> None:
        raise _Refused("excel-entities")

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            raise _Refused("excel-encoding")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if data.count(b"<") > 3 * ELEMENTS:  # comments and the like stand for none
        raise package.refused("excel-many", part=part)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise package.refused("excel-encoding", part=part)
    with _worded(package, part):
        for at in range(0, len(data), _CHUNK):
            parser.Parse(data[at : at + _CHUNK], False)
        parser.Parse(b"", True)


@contextmanager
def _worded(package: Package, part: str) -> Iterator[None]:
    try:
        yield
    except _Refused as error:
        raise package.refused(error.code, part=part) from None
    except (expat.ExpatError, UnicodeError):
        raise package.refused("excel-xml", part=part) from None
    except BadInput:
        raise


def _parts(name: str) -> tuple[str, str, str]:
    """The namespace, the local name and the prefix of a name as expat gives it."""
    space, _, rest = name.rpartition(" ") if name.count(" ") < 2 else name.partition(" ")
    local, _, prefix = rest.partition(" ")
    return space, local, prefix
