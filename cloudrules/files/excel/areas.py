"""Rectangles of cells, and which of very many of them a cell lies in."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeAlias, TypeVar

Spot: TypeAlias = tuple[int, int]  # row and column, from 1
T = TypeVar("T")


class Area(NamedTuple):
    """A rectangle of cells, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right


class Areas(Generic[T]):
    """Areas with something said of each; of the same area twice, what was said first counts.

    Each lies in the few squares of a grid that is about as wide as it is, and is looked for there.
    """

    def __init__(self) -> None:
        self._grids: dict[Spot, dict[Spot, dict[Area, T | None]]] = {}

    def add(self, area: Area, value: T | None = None) -> None:
        tall, wide = grid = _level(area.top, area.bottom), _level(area.left, area.right)
        squares = self._grids.setdefault(grid, {})
        for row in {area.top >> tall, area.bottom >> tall}:
            for column in {area.left >> wide, area.right >> wide}:
                squares.setdefault((row, column), {}).setdefault(area, value)

    def at(self, spot: Spot) -> tuple[Area, T | None] | None:
        """An area that a cell lies in, and what is said of it."""
        for (tall, wide), squares in self._grids.items():
            square = squares.get((spot[0] >> tall, spot[1] >> wide), {})
            for area, value in square.items():
                if area.holds(spot):
                    return area, value
        return None

    def __contains__(self, spot: Spot) -> bool:
        return self.at(spot) is not None


def _level(first: int, last: int) -> int:
    """The least power of two that is no shorter than this: it lies in two squares at the most."""
    return (last - first).bit_length()
