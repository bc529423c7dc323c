"""Layered drawing of a graph, after Sugiyama: boxes in columns, smooth ways between them.

A way that passes columns goes through a gap of its own in each of them, so that no way crosses a
box; ways of one bundle that end at the same place share those gaps. Boxes that keep their order
stay in it; all else is ordered by barycentres, for few crossings. The same input always gives the
same drawing.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

SWEEPS = 12
EFFORT = 600_000  # joints looked at while sweeping; beyond, there are fewer sweeps
APART, CLOSE = 12.0, 5.0  # between boxes; between the gaps of ways
NARROW, WIDE = 70.0, 420.0  # between columns, by the number of ways there
PORTS = 9.0  # between the ends of ways at one side of a row, at most


@dataclass(frozen=True)
class Row:
    """A part of a box at which ways begin and end; `top` is from the top of the box."""

    key: str
    top: float
    height: float


@dataclass(frozen=True)
class Box:
    """Something drawn in a column. Ways end at its rows, or at the box as a whole by its key."""

    key: str
    column: int
    width: float
    height: float
    rows: tuple[Row, ...] = ()
    inset: float = 0  # of its rows, from its left and its right side
    keeps_order: bool = False


@dataclass(frozen=True)
class Way:
    """From a box or row to one in a later column, or in an earlier one, or in the same."""

    source: str
    target: str
    bundle: Hashable = None


@dataclass(frozen=True)
class Placed:
    x: float
    y: float
    width: float
    height: float


Point = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """Where everything is: boxes and rows by key, and the points of each way in the order given.

    Points come in pairs: a way goes level from the first to the second of a pair, within a column,
    and in a curve from one pair to the next, between columns.
    """

    width: float
    height: float
    places: dict[str, Placed]
    ways: list[tuple[Point, ...]]


def depths(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many steps the longest path from each node takes; edges that close a circle are left out.

    They are found going through the nodes in the order given, without recursion.
    """
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        if source in after and target in after:
            after[source].append(target)
    found: dict[str, int] = {}
    open_: set[str] = set()
    for root in nodes:
        stack = [root]
        while stack:
            node = stack[-1]
            if node in found:
                stack.pop()
                continue
            if node not in open_:
                open_.add(node)
                stack += [each for each in reversed(after[node]) if each not in open_]
                continue
            # What is still open is on the way to this node: an edge to it would close a circle.
            found[node] = max((found[each] + 1 for each in after[node] if each in found), default=0)
            stack.pop()
    return found


def settled(wanted: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Positions in the order given, nearest to those wanted (least squares).

    `apart[k]` is the least distance from k to k + 1. Neighbours that would come too close are
    pooled until none do, which gives the optimum.
    """
    offset = [0.0]
    for each in apart:
        offset.append(offset[-1] + each)
    pools: list[tuple[float, int]] = []  # the sum of what is wanted, of how many
    for want, shift in zip(wanted, offset, strict=False):
        pools.append((want - shift, 1))
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            total, count = pools.pop()
            pools[-1] = pools[-1][0] + total, pools[-1][1] + count
    levels = [total / count for total, count in pools for _ in range(count)]
    return [level + shift for level, shift in zip(levels, offset, strict=False)]


def crossings(pairs: Iterable[tuple[float, float]]) -> int:
    """How many pairs of straight lines cross, each from one height to another."""
    seen: list[float] = []
    count = 0
    for _, right in sorted(pairs):
        count += len(seen) - bisect_right(seen, right)
        insort(seen, right)
    return count


_Joint: TypeAlias = "tuple[float, _Unit, float]"


@dataclass(eq=False)
class _Unit:
    """What takes room in a column: a box, or the gap that ways of one bundle pass through."""

    box: Box | None
    column: int
    height: float
    y: float = 0.0
    # Where ways end, from the top, and what they lead to, with where they end there
    before: list[_Joint] = field(default_factory=list)
    after: list[_Joint] = field(default_factory=list)

    def wanted(self, joints: Sequence[_Joint]) -> float:
        """The height at which its ways are level on the whole; its own where it has none."""
        ends = [unit.y + its - own for own, unit, its in joints]
        return sum(ends) / len(ends) if ends else self.y


def drawn(boxes: Sequence[Box], ways: Sequence[Way]) -> Drawing:
    """The drawing of boxes, in their order from top to bottom at first, and of the ways."""
    return _Layout(boxes, ways).drawing()


class _Layout:
    def __init__(self, boxes: Sequence[Box], ways: Sequence[Way]) -> None:
        self.ways = ways
        self.columns: list[list[_Unit]] = [
            [] for _ in range(max((box.column for box in boxes), default=0) + 1)
        ]
        self.units: dict[str, _Unit] = {}
        self.ends: dict[str, tuple[_Unit, float]] = {}  # the middle of each box and row
        for box in boxes:
            unit = _Unit(box, box.column, box.height)
            self.columns[box.column].append(unit)
            self.ends[box.key] = unit, box.height / 2
            for row in box.rows:
                self.ends[row.key] = unit, row.top + row.height / 2
        self.gaps: dict[tuple[str, Hashable, int], _Unit] = {}
        self.chains = [self._chain(way) for way in ways]
        joints = sum(len(unit.after) for column in self.columns for unit in column)
        self.sweeps = max(min(SWEEPS, EFFORT // max(joints, 1)), 2)

    def _chain(self, way: Way) -> list[_Unit]:
        """The units that a way passes, from its source to its target."""
        (source, own), (target, its) = self.ends[way.source], self.ends[way.target]
        step = 1 if source.column <= target.column else -1
        chain, at = [source], own
        for column in range(source.column + step, target.column, step):
            # The same bundle may reach a target from both sides.
            name = (way.target, (way.bundle, step), column)
            gap = self.gaps.get(name)
            if gap is None:
                gap = self.gaps[name] = _Unit(None, column, 0)
                self.columns[column].append(gap)
            _join(chain[-1], at, gap, 0, step)
            chain.append(gap)
            at = 0
        _join(chain[-1], at, target, its, step if source.column != target.column else 0)
        return [*chain, target]

    def drawing(self) -> Drawing:
        for column in self.columns:
            self._stack(column)
        self._order()
        self._settle()
        sides = self._sides()
        top = min((unit.y for column in self.columns for unit in column), default=0)
        places: dict[str, Placed] = {}
        down = 0.0
        for column, (left, _) in zip(self.columns, sides, strict=True):
            for unit in column:
                unit.y -= top
                down = max(down, unit.y + unit.height)
                if box := unit.box:
                    places[box.key] = Placed(left, unit.y, box.width, box.height)
                    for row in box.rows:
                        width = box.width - 2 * box.inset
                        y = unit.y + row.top
                        places[row.key] = Placed(left + box.inset, y, width, row.height)
        return Drawing(sides[-1][1], down, places, self._routes(places, sides))

    def _stack(self, column: list[_Unit]) -> None:
        y = 0.0
        for unit, apart in zip(column, [*_apart(column), 0.0], strict=True):
            unit.y = y
            y += apart

    def _order(self) -> None:
        """Orders each column by the barycentres of its neighbours, and keeps the best found."""
        best = [list(column) for column in self.columns]
        fewest = self._crossings()
        for sweep in range(self.sweeps):
            forward = sweep % 2 == 0
            for column in self.columns if forward else reversed(self.columns):
                wanted = {
                    id(unit): unit.wanted(unit.before if forward else unit.after) for unit in column
                }
                fixed = [unit for unit in column if unit.box and unit.box.keeps_order]
                kept = settled([wanted[id(unit)] for unit in fixed], [1e-6] * (len(fixed) - 1))
                wanted |= {id(unit): at for unit, at in zip(fixed, kept, strict=False)}
                column.sort(key=lambda unit: wanted[id(unit)])
                self._stack(column)
            count = self._crossings()
            if count < fewest:
                fewest, best = count, [list(column) for column in self.columns]
        self.columns = best
        for column in self.columns:
            self._stack(column)

    def _crossings(self) -> int:
        return sum(
            crossings(
                (unit.y + own, other.y + its) for unit in column for own, other, its in unit.after
            )
            for column in self.columns
        )

    def _settle(self) -> None:
        """Moves boxes towards what they are joined to; the tallest column stays as it is."""
        heights = [column[-1].y + column[-1].height if column else 0 for column in self.columns]
        middle = heights.index(max(heights))
        right, left = self.columns[middle + 1 :], self.columns[:middle][::-1]
        for side, forward in ((right, True), (left, False)):
            for column in side:
                self._move(column, [unit.before if forward else unit.after for unit in column])
        for _ in range(self.sweeps):
            for side in (right, left):
                for column in side:
                    self._move(column, [unit.before + unit.after for unit in column])

    def _move(self, column: list[_Unit], sides: Sequence[list[_Joint]]) -> None:
        wanted = [unit.wanted(side) for unit, side in zip(column, sides, strict=True)]
        for unit, y in zip(column, settled(wanted, _apart(column)), strict=True):
            unit.y = y

    def _sides(self) -> list[tuple[float, float]]:
        """The left and the right side of each column."""
        found: list[tuple[float, float]] = []
        x = 0.0
        for column in self.columns:
            width = max((unit.box.width for unit in column if unit.box), default=0)
            found.append((x, x + width))
            x += width + min(NARROW + 1.5 * sum(len(unit.after) for unit in column), WIDE)
        return found

    def _routes(
        self, places: Mapping[str, Placed], sides: Sequence[tuple[float, float]]
    ) -> list[tuple[Point, ...]]:
        ports = _ports(self.ways, self.chains, places)
        found: list[tuple[Point, ...]] = []
        for at, (way, chain) in enumerate(zip(self.ways, self.chains, strict=True)):
            first, last = chain[0].column, chain[-1].column
            out, into = ports[at, False], ports[at, True]
            near, far = sides[first][first <= last], sides[last][first >= last]
            points: list[Point] = [(_edge(places[way.source], first <= last), out), (near, out)]
            for unit in chain[1:-1]:
                left, right = sides[unit.column]
                ends = [(left, unit.y), (right, unit.y)]
                points += ends if first < last else ends[::-1]
            points += [(far, into), (_edge(places[way.target], first >= last), into)]
            found.append(tuple(points))
        return found


def _edge(place: Placed, right: bool) -> float:
    return place.x + (place.width if right else 0)


def _ports(
    ways: Sequence[Way], chains: Sequence[list[_Unit]], places: Mapping[str, Placed]
) -> dict[tuple[int, bool], float]:
    """The heights at which each way begins (False) and ends (True).

    They are spread over a side in the order of what they lead to; a bundle ends at one.
    """
    sides: dict[tuple[str, bool], dict[Hashable, list[tuple[float, int, bool]]]] = {}
    for at, (way, chain) in enumerate(zip(ways, chains, strict=True)):
        rightwards = chain[0].column - chain[-1].column
        for key, next_, end in ((way.source, chain[1], False), (way.target, chain[-2], True)):
            right = rightwards >= 0 if end else rightwards <= 0
            other = places[way.source if end else way.target]
            leads = other.y + other.height / 2 if next_.box else next_.y
            port: Hashable = ("bundle", way.bundle) if end else ("way", at)
            sides.setdefault((key, right), {}).setdefault(port, []).append((leads, at, end))
    found: dict[tuple[int, bool], float] = {}
    for (key, _), told in sides.items():
        place = places[key]
        groups = sorted(told.values(), key=lambda ends: (sum(e[0] for e in ends) / len(ends), ends))
        step = min(PORTS, (place.height - 8) / len(groups))
        first = place.y + (place.height - step * (len(groups) - 1)) / 2
        for number, ends in enumerate(groups):
            for _, at, end in ends:
                found[at, end] = first + number * step
    return found


def _join(source: _Unit, own: float, target: _Unit, its: float, step: int) -> None:
    """Notes that two units in neighbouring columns are joined, each once a bundle."""
    if step < 0:
        source, own, target, its = target, its, source, own
    if step and (own, target, its) not in source.after:
        source.after.append((own, target, its))
        target.before.append((its, source, own))


def _apart(column: Sequence[_Unit]) -> list[float]:
    """The least distance from the top of each unit of a column to the top of the next."""
    return [one.height + (APART if one.box and two.box else CLOSE) for one, two in pairwise(column)]
