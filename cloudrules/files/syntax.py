"""What an error of YAML's syntax most likely means, told in the terms of whoever wrote the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from cloudrules.core.errors import Fault, Place, fault

DEEPEST = 64  # lists and mappings inside one another
# A key whose colon YAML does not know for one: `need：optional`, `need:optional`, but not a URL.
_WIDE = re.compile(r"\s*(?:- +)?[\w.-]+\s*：")
_TIGHT = re.compile(r"\s*(?:- +)?[A-Za-z_]+:(?![\s/])")
_VALUE = re.compile(r"""\s*(?:- +)*(?:[\w.-]+:\s+)?(?P<value>\S.*\S)""")


class Mark(Protocol):
    """A position in the text, counted from 0."""

    line: int
    column: int


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return re.split("\r\n|[\n\r\x85\u2028\u2029]", text)


def colon(line: str, place: Place) -> Fault | None:
    """The fault of a line whose key has no colon that YAML knows for one."""
    if ": " in line or line.endswith(":"):
        return None
    if _WIDE.match(line):
        return fault("yaml-colon", place)
    return fault("yaml-colon-space", place, found=line.strip()) if _TIGHT.match(line) else None


def mistake(
    file: str,
    text: str,
    said: str,
    context: Mark | None,
    problem: Mark | None,
    opened: Place | None = None,
) -> Fault:
    """The fault that an error stands for: what the parser said, what it was at, where it failed.

    `opened` is where the innermost bracket that is open stands.
    """
    lines = lines_of(text)
    at, began = (
        _Spot(file, lines, mark.line, mark.column) if mark else None for mark in (problem, context)
    )
    at = at or began
    if at is None:
        return fault("yaml", Place(file, 1), said=said)
    if opened and "flow" in said:
        began = _Spot(file, lines, opened.line - 1, opened.column - 1)
    return _told(said, at, began or at)


@dataclass(frozen=True)
class _Spot:
    file: str
    lines: list[str]
    row: int
    column: int

    @property
    def place(self) -> Place:
        return Place(self.file, max(1, min(self.row + 1, len(self.lines))), self.column + 1)

    @property
    def line(self) -> str:
        return self.lines[self.row] if self.row < len(self.lines) else ""

    @property
    def before(self) -> str:
        return self.line[: self.column]

    @property
    def character(self) -> str:
        return self.line[self.column : self.column + 1]

    def previous(self) -> _Spot:
        """The start of the last line before that says something."""
        row = self.row - 1
        while row > 0 and not self.lines[row].split("#")[0].strip():
            row -= 1
        return _Spot(self.file, self.lines, max(row, 0), 0)


def _told(said: str, at: _Spot, began: _Spot) -> Fault:
    indent = at.line[: len(at.line) - len(at.line.lstrip())]
    if "\t" in indent:
        return fault("yaml-tab", at.place)
    if "nesting" in said:
        return fault("yaml-deep", at.place, most=DEEPEST)
    if "escape" in said:
        return fault("yaml-escape", at.place)
    if "quoted scalar" in said and "end of stream" in said:
        return fault("yaml-quote-open", began.place, found=began.character)
    if "simple key" in said:
        line = began.line
        return colon(line, began.place) or fault("yaml-key-colon", began.place, found=line.strip())
    if "mapping values are not allowed" in said or "unexpected ':'" in said:
        return _second_colon(at)
    if "entries are not allowed" in said:
        return fault("yaml-dash", at.place)
    if "cannot start any token" in said:
        return fault("yaml-start", at.place, found=at.character)
    if re.search("block scalar|an alias|an anchor|a tag", said):
        return fault("yaml-start", began.place, found=began.character)
    if "document start" in said:
        return fault("yaml-documents", at.place)
    if at.before.rstrip().endswith(('"', "'")) or ("block" in said and at.before.strip(" -")):
        if at.character in tuple("]}"):
            return fault("yaml-closed", at.place, found=at.character)
        value = _VALUE.fullmatch(at.line) if "block" in said else None
        mend = _quoted(value["value"]) if value else ""
        return fault("yaml-after", at.place, found=at.line[at.column :], mend=mend)
    if "flow" in said and at.character == ",":
        return fault("yaml-comma", at.place)
    if "flow" in said and began.character in tuple("[{"):
        return fault("yaml-bracket", began.place, found=began.character, line=at.place.line)
    if "block" in said:
        return fault("yaml-indent", at.place, line=began.place.line)
    return fault("yaml", at.place, said=said.split(" (")[0])


def _quoted(value: str) -> str:
    """A value in single quotes; those that it stands in already are not doubled."""
    whole = len(value) > 1 and value[0] == value[-1] == "'"
    return "'{}'".format((value[1:-1] if whole else value).replace("'", "''"))


def _second_colon(at: _Spot) -> Fault:
    """A colon where none can stand: the line before lacks its own, or the value holds one."""
    before = at.previous()
    if before.row < at.row and before.line.strip():
        line = before.line.rstrip()
        if found := colon(line, before.place):
            return found
        if not re.search(r":(\s|$)|^\s*#|^---", line):
            return fault("yaml-key-colon", before.place, found=line.strip())
    return fault("yaml-mapping-value", at.place)
