"""The numbers of items on a sheet, alone in a cell or at the start of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from cloudrules.files.excel.sheet import Cell, Sheet
from cloudrules.files.form.words import bare

LONGEST = 60  # characters of a cell that has a number alone
_NUMBER = re.compile(r"(?:no\.?|[(\[])?(.+?)[)\]]?[.,。、]*")  # of a text that is bare
_FIRST = re.compile(r"([0-9]+(?:[.-][0-9]+)+)(?:[.)]\s*|\s+)\S")


def number_alone(text: str) -> str:
    """The text of a cell without what stands around a number: `No. 1.1`, `(1.1)`, `1.1.`."""
    said = bare(text)
    number = _NUMBER.fullmatch(said)
    return number[1] if number else said


def number_before(text: str) -> str:
    """The number at the start of a text; '' where there is none."""
    number = _FIRST.match(normalize("NFKC", text[:LONGEST]).strip())
    return number[1] if number else ""


class Numbers:
    """Which item a row is of, told by its number.

    A number stored as such has lost its last zeros: 1.1 is item 1.1 or 1.10. It is the one that has
    no row yet on the sheet, then the one that has none on another, then the one that comes next.
    """

    def __init__(self, items: Sequence[str]) -> None:
        self.places = {item: place for place, item in enumerate(items)}
        self.known = {bare(item): item for item in items}
        self.alike: dict[float, list[str]] = {}
        for item in items:
            if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", item):
                self.alike.setdefault(float(item), []).append(item)
        self.last = -1
        self.here: set[str] = set()
        self.elsewhere: set[str] = set()

    def rows(self, sheet: Sheet, below: int) -> dict[int, tuple[str, int]]:
        """The items of a sheet's rows below one of them, each with the column of its number."""
        self.elsewhere |= self.here
        self.here, self.last = set(), -1
        found: dict[int, tuple[str, int]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if row <= below or row in found or not cell.text or len(cell.text) > LONGEST:
                continue
            if item := self._item(cell):
                found[row] = item, column
        return found or self._within(sheet, below)

    def _within(self, sheet: Sheet, below: int) -> dict[int, tuple[str, int]]:
        """The items whose number stands at the start of their text."""
        found: dict[int, tuple[str, int]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            item = self.known.get(number_before(cell.text))
            if item and row > below and row not in found and item not in self.here:
                found[row] = self._take(item), column
        return found

    def _item(self, cell: Cell) -> str | None:
        said = bare(cell.text)
        if said not in self.known:
            said = number_alone(cell.text)
        exact = self.known.get(said)
        alike: list[str] = []
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", said):
            alike = self.alike.get(float(said), [])
        # A text is what it says, unless that item has its row already.
        if exact and cell.kind != "number" and (exact not in self.here or len(alike) < 2):
            return self._take(exact)
        if cell.kind == "number" and "." not in said and not exact:
            return None
        first = min(alike, key=self._far, default=exact)
        return self._take(exact if exact and first in self.here else first) if first else None

    def _far(self, item: str) -> tuple[bool, bool, bool, int]:
        place = self.places[item]
        return item in self.here, item in self.elsewhere, place <= self.last, place

    def _take(self, item: str) -> str:
        self.here.add(item)
        self.last = self.places[item]
        return item
