"""Reads a sheet from its XML. Refuses cells that no sheet can have, or not in their place."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cloudrules.files.excel.areas import Spot
from cloudrules.files.excel.parts import Sheets, Styles, unescaped
from cloudrules.files.excel.references import COLUMNS, ROWS, address, area_of, row_of, spot_of
from cloudrules.files.excel.rich import Runs, Said, Strings, said
from cloudrules.files.excel.sheet import Cell, Height, Kind, Sheet
from cloudrules.files.excel.xml import Budget, Refused, Tag

_RUNS = frozenset({"r", "rPr", "strike", "rPh", "t"})
_AREA = 3  # elements that cost as much as an area, which is read, placed and looked for
_PARENTS = {"row": "sheetData", "c": "row", "v": "c"}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")
_TEXT: Kind = "text"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|$)")


class Reader:
    """The handler of a sheet's XML, which fills the sheet."""

    def __init__(
        self, sheet: Sheet, strings: Strings, styles: Styles, book: Sheets, budget: Budget
    ) -> None:
        self.sheet = sheet
        self._strings, self._styles, self._book, self._budget = strings, styles, book, budget
        self._spot: Spot = (0, 0)
        self._rows: set[int] = set()
        self._style, self._type, self._formula = 0, "n", False
        self._value: list[str] = []
        self._inline = Runs()
        self._into: list[str] | None = None
        self._list, self._choices, self._sqref = False, [""], [""]

    def start(self, tag: Tag) -> None:
        name, given = tag.name, tag.attributes
        if not tag.main:
            self._extended(tag)
        elif tag.inside != _PARENTS.get(name, tag.inside):
            raise Refused("excel-xml")
        elif name == "c":
            self._cell(given)
        elif name == "row":
            self._row(given)
        elif name == "v":
            self._into = self._value
        elif name == "f":
            self._formula = True
        elif name in _RUNS:
            self._inline.start(name, given)
        elif name == "mergeCell":
            self._budget.take(_AREA)
            if area := area_of(given.get("ref", "")):
                self.sheet.merged.add(area)
        elif name == "sheetProtection":
            self.sheet.protected = given.get("sheet", "0") in ("1", "true")
        elif name == "dataValidation":
            self._drop_down(given)
        elif name == "formula1":
            self._into = self._choices
        elif name == "col":
            self._columns(given)
        elif name == "sheetFormatPr":
            self.sheet.height = _size(given.get("defaultRowHeight", ""), self.sheet.height)
            self.sheet.fixed = given.get("customHeight", "0") in ("1", "true")
            usual = _size(given.get("baseColWidth", ""), 8) + 0.71
            self.sheet.usual_width = _size(given.get("defaultColWidth", ""), usual)

    def _extended(self, tag: Tag) -> None:
        """A drop-down in an extension has its own namespace, and its parts another."""
        if tag.name == "dataValidation":
            self._drop_down(tag.attributes)
        elif tag.name == "f":
            self._into = self._choices
        elif tag.name == "sqref":
            self._into = self._sqref

    def _drop_down(self, given: dict[str, str]) -> None:
        self._list = given.get("type", "") == "list"
        self._choices, self._sqref = [], [given.get("sqref", "")]

    def _row(self, given: dict[str, str]) -> None:
        row = row_of(given, self._spot[0])
        if row in self._rows or not 0 < row <= ROWS:
            raise self._refused("excel-row", row=row)
        self._rows.add(row)
        self._spot = row, 0
        if given.get("hidden", "0") in ("1", "true"):
            self.sheet.hidden_rows.add(row)
        if "ht" in given:
            fixed = given.get("customHeight", "0") in ("1", "true")
            height = _size(given["ht"], self.sheet.height)
            self.sheet.heights[row] = Height(height, fixed)

    def _columns(self, given: dict[str, str]) -> None:
        ends = given.get("min", ""), given.get("max", "")
        if all(end.isdecimal() and len(end) < 8 for end in ends):
            hidden = given.get("hidden", "0") in ("1", "true")
            width = 0 if hidden else _size(given.get("width", ""), self.sheet.usual_width)
            self.sheet.widths.append((int(ends[0]), int(ends[1]), width))

    def _cell(self, given: dict[str, str]) -> None:
        row, column = self._spot
        named = given.get("r")
        spot = spot_of(named) if named is not None else (row, column + 1)
        if spot is None or spot[0] != row or spot in self.sheet.cells or spot[1] > COLUMNS:
            raise self._refused("excel-cell", cell=named or address((row, column + 1)))
        self._spot = spot
        style = given.get("s", "0")
        self._style = int(style) if style.isdecimal() and len(style) < 8 else 0
        self._type, self._formula = given.get("t", "n"), False
        self._value = []
        if self._type == "inlineStr":
            self._inline = Runs()

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)
        else:
            self._inline.text(data)

    def end(self, tag: Tag, at: int) -> None:
        name = tag.name
        if name in ("v", "f", "sqref", "formula1"):
            self._into = None
        elif name in _RUNS and tag.main:
            self._inline.end(name)
        elif name == "c" and tag.main:
            cell = self.sheet.cells[self._spot] = self._read()
            self._budget.show(len(cell.text) + len(cell.struck))
        elif name == "dataValidation" and self._list:
            sqref = " ".join(self._sqref)
            self._budget.take(_AREA * sqref.count(" "))
            formula = "".join(self._choices).strip()
            for area in filter(None, map(area_of, sqref.split(" "))):
                self.sheet.choices.add(area, formula)

    def _refused(self, code: str, **values: object) -> Refused:
        return Refused(code, sheet=self.sheet.name, **values)

    def _read(self) -> Cell:
        struck = self._styles.struck(self._style)
        if self._type == "s":
            found, kind = self._shared("".join(self._value).strip(), struck=struck), _TEXT
        elif self._type == "inlineStr":
            found, kind = said(self._inline.found, struck=struck), _TEXT
        else:
            text, kind = self._plain("".join(self._value))
            found = Said("", text) if struck else Said(text)
        return Cell(found.text, self._formula, self._style, kind, found.struck)

    def _plain(self, value: str) -> tuple[str, Kind]:
        if self._type == "str":
            return unescaped(value), "text"
        if self._type == "b":
            return ("TRUE" if value.strip() in ("1", "true") else "FALSE"), "boolean"
        if self._type == "e":
            return value, "error"
        value = value.strip()
        if not value:
            return "", "none" if self._formula else "text"
        if self._type == "d" and _ISO.match(value):
            return value[:10], "day"
        if not _NUMBER.fullmatch(value):
            return value, "text"
        day = self._day(float(value)) if self._styles.is_day(self._style) else None
        return (day, "day") if day else (number(value), "number")

    def _shared(self, index: str, *, struck: bool) -> Said:
        if not index:
            return Said("")
        known = index.isdecimal() and len(index) < 8 and int(index) < len(self._strings)
        if not known:
            raise self._refused("excel-string", cell=address(self._spot))
        return self._strings.of(int(index), struck=struck)

    def _day(self, value: float) -> str | None:
        """The day that a number is; the 60th of 1900 is one that only Excel knows."""
        if self._book.from_1904:
            start = date(1904, 1, 1)
        else:
            start = date(1899, 12, 31 if value < 60 else 30)
        try:
            return (start + timedelta(days=int(value))).isoformat()
        except OverflowError:
            return None


def _size(value: str, other: float) -> float:
    """A measure as a file has it; `other` where it is none."""
    found = re.fullmatch(r"\s*([0-9]{1,5}(?:\.[0-9]{1,20})?)\s*", value)
    return float(found[1]) if found else other


def number(value: str) -> str:
    """A stored number as a sheet shows it: 1.1000000000000001 is 1.1, 3.0 is 3."""
    shown = f"{float(value):.15g}"
    return shown if shown.strip("-") != "inf" else value
