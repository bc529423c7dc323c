"""The parts of a workbook beside its sheets: relationships, the list of sheets, texts, formats."""

from __future__ import annotations

import re
from typing import NamedTuple

from cloudrules.files.excel.xml import Refused, Tag

# The number formats that show a day, of those that have no definition of their own.
_DAYS = {*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)}
_USUAL = 11.0  # points of letters
# What of a format is no part of a day: minutes, words, gaps, colours, exponents.
_LITERAL = re.compile(
    r"""\[?h+\]?[^a-z]*m+|\[?m+\]?[^a-z]*s+|"[^"]*"|[\\_*].|\[[^\[\]]*\]|g/標準|general|e[+-]""",
    re.IGNORECASE,
)
_LONGEST = 255  # characters of a format
LONGEST = 32_767  # characters that a cell can hold; one beyond U+FFFF counts as two
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A cell's text with its `_x000D_` read as the characters that they stand for.

    Raises Refused where no cell can hold so much.
    """
    if len(text) > 7 * LONGEST:  # each may be written in seven
        raise Refused("excel-many")
    if "_x" not in text:
        return text
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Two halves of a character are one; half a character is none.
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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

    def end(self, tag: Tag, at: int) -> None: ...
    def text(self, data: str) -> None: ...


class Types:
    """What kind of content a file says that its parts have."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: Tag) -> None:
        if tag.name == "Override":
            name = tag.attributes.get("PartName", "").removeprefix("/").lower()
            self.found[name] = tag.attributes.get("ContentType", "")

    def end(self, tag: Tag, at: int) -> None: ...
    def text(self, data: str) -> None: ...


class Sheets:
    """The list of sheets, the defined names, and whether days are counted from 1904.

    `calculates` tells that whatever opens the workbook is to calculate all its formulas.
    """

    class Entry(NamedTuple):
        name: str
        relation: str
        hidden: bool

    def __init__(self) -> None:
        self.sheets: list[Sheets.Entry] = []
        self.names: dict[str, str] = {}
        self.from_1904 = self.calculates = False
        self._name = ""
        self._said: list[str] = []

    def start(self, tag: Tag) -> None:
        given = tag.attributes
        if tag.name == "sheet" and tag.main:
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append(Sheets.Entry(given.get("name", ""), given.get("id", ""), hidden))
        elif tag.name == "workbookPr":
            self.from_1904 = given.get("date1904", "") in ("1", "true")
        elif tag.name == "calcPr":
            self.calculates = given.get("fullCalcOnLoad", "") in ("1", "true")
        elif tag.name == "definedName":
            self._name, self._said = given.get("name", "").casefold(), []

    def text(self, data: str) -> None:
        if self._name:
            self._said.append(data)

    def end(self, tag: Tag, at: int) -> None:
        if tag.name == "definedName":
            self.names[self._name] = "".join(self._said)
            self._name = ""


def strikes(attributes: dict[str, str]) -> bool:
    """Whether an element `strike` says that it does."""
    return attributes.get("val", "1") not in ("0", "false")


class Styles:
    """Which formats of cells show a number as a day, break lines, and in letters of which kind."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._cells: list[str] = []
        self._wraps: set[int] = set()
        self._fonts: list[str] = []
        self._sizes: list[float] = []
        self._struck: set[int] = set()  # fonts
        self._inside = ""
        self._days: dict[str, bool] = {}

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
        elif tag.name == "strike" and self._inside == "fonts" and strikes(tag.attributes):
            self._struck.add(len(self._sizes) - 1)
        elif tag.name == "xf" and self._inside == "cellXfs":
            self._cells.append(tag.attributes.get("numFmtId", "0"))
            self._fonts.append(tag.attributes.get("fontId", "0"))
        elif tag.name == "alignment" and self._inside == "cellXfs":
            wraps = tag.attributes.get("wrapText", "0") in ("1", "true")
            self._wraps |= {len(self._cells) - 1} if wraps else set()

    def text(self, data: str) -> None: ...

    def end(self, tag: Tag, at: int) -> None:
        if tag.name == self._inside:
            self._inside = ""

    @property
    def usual(self) -> float:
        """The size of letters, in points, where a cell says nothing else."""
        return self._sizes[0] if self._sizes else _USUAL

    def size(self, style: int) -> float:
        font = self._font(style)
        return self._sizes[font] if font < len(self._sizes) else self.usual

    def struck(self, style: int) -> bool:
        """Whether a cell of this format is struck through, so far as its own font tells."""
        return bool(self._struck) and self._font(style) in self._struck

    def _font(self, style: int) -> int:
        font = self._fonts[style] if 0 <= style < len(self._fonts) else "0"
        return int(font) if font.isascii() and font.isdecimal() and len(font) < 8 else 0

    def wraps(self, style: int) -> bool:
        return style in self._wraps

    def is_day(self, style: int) -> bool:
        if not 0 <= style < len(self._cells):
            return False
        number = self._cells[style]
        if number not in self._days:
            self._days[number] = self._shows_day(number)
        return self._days[number]

    def _shows_day(self, number: str) -> bool:
        code = self._formats.get(number)
        if code is None:
            return len(number) < 8 and number.isdecimal() and int(number) in _DAYS
        return bool(re.search(r"[ymdge]", _LITERAL.sub("", code[:_LONGEST]), re.IGNORECASE))
