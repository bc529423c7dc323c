"""How cells are named: B7, B7:C9, and the numbers of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cloudrules.files.excel.areas import Area, Spot

ROWS, COLUMNS = 1_048_576, 16_384
_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def letters(column: int) -> str:
    """A column's name: 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(spot: Spot) -> str:
    return f"{letters(spot[1])}{spot[0]}"


def spot_of(reference: str) -> Spot | None:
    """The cell that `B7` names; None where it names none that a sheet can have."""
    found = _A1.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if 1 <= row <= ROWS and column <= COLUMNS else None


def area_of(reference: str) -> Area | None:
    """The rectangle that `B7:C9` names, or `B7`."""
    first, _, last = reference.partition(":")
    one, two = spot_of(first), spot_of(last or first)
    if one is None or two is None:
        return None
    return Area(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))


def row_of(given: Mapping[str, str], before: int) -> int:
    """The number of a row by its attributes, after one with the number `before`; 0 for none."""
    number = given.get("r")
    if number is None:
        return before + 1
    return int(number) if number.isdecimal() and number.isascii() and len(number) < 8 else 0
