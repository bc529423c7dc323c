"""The parts of a workbook beside its sheets: relationships, the list of sheets, texts, formats."""

from __future__ import annotations

import re
from typing import NamedTuple

from cloudrules.files.excel.xml import Tag

# The number formats that show a day, of those that have no definition of their own.
_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_USUAL = 11.0  # points of letters
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with its `_x000D_` read as the characters that they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class Relations:
    """The relationships of a part, by id."""

    class Relation(NamedTuple):
        kind: str  # the last word of its type
        target: str
        external: bool

    def __init__(self) -> None:
        self.found: dict[str, Relations.Relation] = {}

    def start(self, tag: Tag) -> None:
        if tag.name == "Relationship":
            given = tag.attributes
            kind = given.get("Type", "").rpartition("/")[2]
            external = given.get("TargetMode", "").lower() == "external"
            target = given.get("Target", "")
            self.found[given.get("Id", "")] = Relations.Relation(kind, target, external)

    def end(self, name: str, at: int) -> None: ...
    def text(self, data: str) -> None: ...


class Sheets:
    """The list of sheets, the defined names, and whether days are counted from 1904."""

    class Entry(NamedTuple):
        name: str
        relation: str
        hidden: bool

    def __init__(self) -> None:
        self.sheets: list[Sheets.Entry] = []
        self.names: dict[str, str] = {}
        self.from_1904 = False
        self._name = ""

    def start(self, tag: Tag) -> None:
        given = tag.attributes
        if tag.name == "sheet" and tag.main:
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append(Sheets.Entry(given.get("name", ""), given.get("id", ""), hidden))
        elif tag.name == "workbookPr":
            self.from_1904 = given.get("date1904", "") in ("1", "true")
        elif tag.name == "definedName":
            self._name = given.get("name", "").casefold()
            self.names[self._name] = ""

    def text(self, data: str) -> None:
        if self._name:
            self.names[self._name] += data

    def end(self, name: str, at: int) -> None:
        if name == "definedName":
            self._name = ""


class Strings:
    """The shared texts: rich text joined, readings above the characters left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._reading = 0
        self._open = False

    def start(self, tag: Tag) -> None:
        if tag.name == "si":
            self._runs = []
        elif tag.name == "rPh":
            self._reading += 1
        elif tag.name == "t":
            self._open = not self._reading

    def text(self, data: str) -> None:
        if self._open:
            self._runs.append(data)

    def end(self, name: str, at: int) -> None:
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._reading -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self._runs)))


class Styles:
    """Which formats of cells show a number as a day, break lines, and in letters of which size."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._cells: list[str] = []
        self._wraps: set[int] = set()
        self._fonts: list[str] = []
        self._sizes: list[float] = []
        self._inside = ""

    def start(self, tag: Tag) -> None:
        if tag.name == "numFmt":
            self._formats[tag.attributes.get("numFmtId", "")] = tag.attributes.get("formatCode", "")
        elif tag.name in ("cellXfs", "fonts"):
            self._inside = tag.name
        elif tag.name == "font" and self._inside == "fonts":
            self._sizes.append(_USUAL)
        elif tag.name == "sz" and self._inside == "fonts" and self._sizes:
            size = re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", tag.attributes.get("val", ""))
            self._sizes[-1] = max(1.0, float(size[0])) if size else _USUAL
        elif tag.name == "xf" and self._inside == "cellXfs":
            self._cells.append(tag.attributes.get("numFmtId", "0"))
            self._fonts.append(tag.attributes.get("fontId", "0"))
        elif tag.name == "alignment" and self._inside == "cellXfs":
            wraps = tag.attributes.get("wrapText", "0") in ("1", "true")
            self._wraps |= {len(self._cells) - 1} if wraps else set()

    def text(self, data: str) -> None: ...

    def end(self, name: str, at: int) -> None:
        if name == self._inside:
            self._inside = ""

    @property
    def usual(self) -> float:
        """The size of letters, in points, where a cell says nothing else."""
        return self._sizes[0] if self._sizes else _USUAL

    def size(self, style: int) -> float:
        font = self._fonts[style] if 0 <= style < len(self._fonts) else "0"
        known = font.isdecimal() and len(font) < 8 and int(font) < len(self._sizes)
        return self._sizes[int(font)] if known else self.usual

    def wraps(self, style: int) -> bool:
        return style in self._wraps

    def is_day(self, style: int) -> bool:
        if not 0 <= style < len(self._cells):
            return False
        number = self._cells[style]
        code = self._formats.get(number)
        if code is None:
            return number.isdecimal() and int(number) in _DAYS
        return bool(re.search(r"[ymdge]", _LITERAL.sub("", code).lower().replace("general", "")))
