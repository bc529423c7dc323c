"""The dependency graph as a picture: waivers, items and evidence in columns, from left to right.

Items keep the order of the checklist. Those that the same waivers release share a frame, to which a
single line leads from each of these waivers. Conditions stand in the boxes whose they are; every
line tells its clause and place to whoever points at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cloudrules.core.expression import quoted
from cloudrules.core.graph import key
from cloudrules.render import svg
from cloudrules.render.graph import LOOKS, Look, View, edge_kind
from cloudrules.render.layered import Box, Drawing, Placed, Point, Row, Way, depths, drawn

EDGE = 48  # around the picture: room for a line that turns back
WIDTH, PAD, INSET, BETWEEN = 250.0, 9.0, 7.0, 5.0
SLIM = 180.0  # a box on paper
MANY = 80  # items from which on a box has a line for its name and few for its conditions
BIG, SIZE, SMALL = 16, 13, 11
GREY = "#555"
LINES = {  # colour, thickness, dashes
    "needs": ("#444444", 1.2, ""),
    "needs-waived": ("#444444", 1.2, "9 3 2 3"),
    "releases": ("#b07d0a", 2.0, ""),
    "applies-when": ("#6a3d9a", 1.4, "5 3"),
    "requires": ("#1d4e89", 1.2, "1.5 3"),
}
OWN = {"needs": "met-by", "applies-when": "applies", "requires": "required"}


class Line(NamedTuple):
    """One line of text in a box."""

    text: str
    size: float
    fill: str = "#222"
    bold: bool = False


@dataclass(frozen=True)
class Planned:
    """What is laid out; `told` are the words and the kind of each way."""

    boxes: list[Box]
    ways: list[Way]
    told: list[tuple[str, str]]
    lines: dict[str, list[Line]]
    frames: list[str]


def graph(view: View) -> str:
    plan = planned(view)
    drawing = drawn(plan.boxes, plan.ways)
    top, head = _head(view, drawing.width, bool(plan.frames))
    parts = [*head, *_columns(view, plan, drawing, top)]
    for frame in plan.frames:
        parts.append(_frame(drawing.places[frame], top))
    # What releases many is drawn below what needs one thing.
    order = sorted(range(len(plan.ways)), key=lambda at: plan.told[at][1] != "releases")
    for at in order:
        parts += _way(drawing.ways[at], *plan.told[at], top)
    for node in view.graph:
        parts += _node(view, node, plan.lines[node], drawing.places[node], top)
    across = max(drawing.width + 2 * EDGE, 640)
    below = EDGE / 4 if view.paper else EDGE
    return svg.picture(across, round(top + drawing.height + below), view.title, parts)


def planned(view: View) -> Planned:
    """What there is to lay out: a column of waivers, of items, of what they rest on, or several."""
    nodes = view.graph.nodes
    lines = {node: list(_lines(view, node)) for node in nodes}
    column, wide = _column_of(view), _wide(view)
    boxes: list[Box] = []
    frames: list[str] = []
    into = {node: node for node in nodes}  # where what releases an item leads
    items: dict[int, list[str]] = {}
    for node, data in nodes(data=True):
        if data["kind"] == "item":
            items.setdefault(column[node], []).append(data["name"])
        else:
            boxes.append(Box(node, column[node], wide, _height(lines[node])))
    # What nothing is joined to goes below the rest.
    boxes.sort(key=lambda box: not view.graph.degree(box.key))
    for at, names in items.items():
        for group in view.groups(names):
            members = [key("item", name) for name in group]
            if len(members) == 1:
                height = _height(lines[members[0]])
                boxes.append(Box(members[0], at, wide, height, keeps_order=True))
                continue
            frames.append(f"frame:{members[0]}")
            into.update(dict.fromkeys(members, frames[-1]))
            boxes.append(_framed(frames[-1], at, members, lines, wide))
    ways: dict[tuple[str, str, str], list[str]] = {}
    for source, target, data in view.graph.edges(data=True):
        kind = edge_kind(data)
        end = into[target] if kind == "releases" else target
        ways.setdefault((source, end, kind), []).append(view.edge_at(data))
    return Planned(
        boxes,
        [Way(source, target, kind) for source, target, kind in ways],
        [(" / ".join(dict.fromkeys(said)), kind) for (_, _, kind), said in ways.items()],
        lines,
        frames,
    )


def _column_of(view: View) -> dict[str, int]:
    """Each node's column, by longest paths among its kind: items lead rightwards to what they need.

    An item that others need stands as far to the right as it can, evidence as far to the left.
    """
    nodes = view.graph.nodes.items()
    edges = list(view.graph.edges())
    waivers = [node for node, data in nodes if data["kind"] == "waiver"]
    items = [node for node, data in nodes if data["kind"] == "item"]
    rest = [node for node, data in nodes if data["kind"] in ("evidence", "fact")]
    column = dict.fromkeys(waivers, 0)
    first = 1 if waivers else 0
    below = depths(items, edges)
    deepest = max(below.values(), default=-1)
    column |= {node: first + deepest - depth for node, depth in below.items()}
    above = depths(rest, [(target, source) for source, target in edges])
    return column | {node: first + deepest + 1 + depth for node, depth in above.items()}


def _wide(view: View) -> float:
    return SLIM if view.paper else WIDTH


def _framed(
    name: str, column: int, members: list[str], lines: dict[str, list[Line]], wide: float
) -> Box:
    rows: list[Row] = []
    top = INSET
    for member in members:
        rows.append(Row(member, top, _height(lines[member])))
        top += rows[-1].height + BETWEEN
    height = top - BETWEEN + INSET
    return Box(name, column, wide + 2 * INSET, height, tuple(rows), INSET, keeps_order=True)


def _lines(view: View, node: str) -> Iterator[Line]:
    """The texts in a box, one below the other."""
    data, said, room = view.graph.nodes[node], view.said, _wide(view) - 2 * PAD
    # Several items in a row may have one section: only its words tell one from the next.
    short = view.text(node) if data["kind"] == "item" else view.short(node)
    many = len(view.rulebook.items) > MANY
    few = 1 if view.paper else 2  # lines of words
    beside = room - svg.width(_tag(view, node), SMALL) - 8
    if many or (view.paper and data["kind"] == "item"):
        ruled = data["kind"] in ("item", "waiver")
        name = view.name(node)
        name = name if short in ("", name) else f"{name}  {short}"
        yield Line(svg.wrapped(name, beside, SMALL, most=1)[0], SMALL, bold=ruled)
    elif data["kind"] in ("item", "waiver"):
        big = SMALL if view.paper else SIZE
        yield Line(svg.wrapped(view.name(node), beside, big, most=1)[0], big, bold=True)
        for text in svg.wrapped(short, room, SMALL, most=few) if short else ():
            yield Line(text, SMALL, GREY)
    else:
        yield Line(svg.wrapped(data["name"], beside, SMALL, most=1)[0], SMALL, GREY)
        if short and short != data["name"]:
            for text in svg.wrapped(short, room, SMALL if view.paper else 12, most=few):
                yield Line(text, 12)
    most = 1 if many and data["kind"] == "item" else 3
    for kind, clause in view.clauses(node):
        targets = {
            view.graph.nodes[target]["name"]
            for _, target, edge in view.graph.out_edges(node, data=True)
            if edge["kind"] == kind
        }
        # A condition that is one name is told by the line to it; of a waiver it is the point.
        if (
            kind == "applies-when"
            or data["kind"] == "waiver"
            or clause not in {*targets, *map(quoted, targets)}
        ):
            own = "when" if data["kind"] == "waiver" else OWN[kind]
            label = said(f"graph.{own}", clause=clause)
            for text in svg.wrapped(label, room, SMALL, most=most):
                yield Line(text, SMALL)
    if data["kind"] == "waiver" and (released := view.released(node)):
        label = said("graph.waives", clause=released)
        for text in svg.wrapped(label, room, SMALL, most=2):
            yield Line(text, SMALL)


def _tag(view: View, node: str) -> str:
    """What stands in the corner of a box: its status, else what sets it apart from its like."""
    data = view.graph.nodes[node]
    status = view.status(node)
    if status and view.paper and data["status"] != "known":
        return view.look(node).mark  # names are short of room, and the legend says what it means
    if status:
        return svg.wrapped(status, _wide(view) / 2, SMALL, most=1)[0]
    if data["kind"] == "item":
        return view.said.term(data["need"])
    return view.said("graph.fact") if data["kind"] == "fact" else ""


def _height(lines: list[Line]) -> float:
    return sum(line.size * svg.LEADING for line in lines) + 2 * PAD - 4


def _head(view: View, across: float, framed: bool) -> tuple[float, list[str]]:
    """Title, notes and legend, and where the drawing begins."""
    room = max(across, 560)
    parts, y = [], 4.0
    if not view.paper:
        lines = svg.wrapped(view.title, room, BIG, most=2)
        parts.append(svg.block(EDGE, 34, lines, BIG, view.title, font_weight="bold"))
        y = 34 + len(lines) * BIG * svg.LEADING
    for note in () if view.paper else view.notes():
        told = svg.wrapped(note, room, SIZE, most=2)
        parts.append(svg.block(EDGE, y, told, SIZE, note))
        y += len(told) * SIZE * svg.LEADING
    x, y = float(EDGE), y + 8
    for sample, label in _legend(view, framed):
        wide = 34 + svg.width(label, SMALL) + 22
        if x > EDGE and x + wide > EDGE + room:
            x, y = float(EDGE), y + 20
        move = f"translate({_at((x, y - 4))})"
        parts.append(svg.element("g", *sample, transform=move))
        parts.append(svg.text(x + 34, y, label, SMALL, fill=GREY))
        x += wide
    return y + 46, parts


def _legend(view: View, framed: bool) -> Iterator[tuple[list[str], str]]:
    """What lines, frames and looks mean, of those that there are, each beside a sample at 0, 0."""
    kinds = {edge_kind(data) for _, _, data in view.graph.edges(data=True)}
    for kind in LINES:
        if kind in kinds:
            points = ((-EDGE, 0), (-EDGE, 0), (26 - EDGE, 0), (26 - EDGE, 0))
            yield list(_way(points, "", kind, 0)), view.said(f"graph.{kind}")
    if framed:
        yield [_frame(Placed(2 - EDGE, -7, 24, 14), 0)], view.said("graph.group")
    found = {data.get("status") for data in view.graph.nodes.values()}
    for status, look in LOOKS.items():
        if status in found:
            mark = svg.text(14, 4, look.mark, SMALL, fill=look.stroke, text_anchor="middle")
            yield [_box(2, -7, 24, 14, look, 2), mark], view.status_word(status)


def _columns(view: View, plan: Planned, drawing: Drawing, top: float) -> Iterator[str]:
    """A heading above the first column of each kind."""
    told: set[str] = set()
    for box in sorted(plan.boxes, key=lambda box: box.column):
        kind = "item" if box.key.startswith("frame:") else view.graph.nodes[box.key]["kind"]
        kind = "evidence" if kind == "fact" else kind
        if kind not in told:
            told.add(kind)
            x = EDGE + drawing.places[box.key].x
            yield svg.text(x, top - 14, view.said(f"graph.{kind}-kind"), SIZE, font_weight="bold")


def _frame(place: Placed, top: float) -> str:
    return svg.element(
        "rect",
        x=EDGE + place.x,
        y=top + place.y,
        width=place.width,
        height=place.height,
        rx=6,
        fill="#fdf7e6",
        stroke="#b07d0a",
        stroke_width=1,
    )


def _way(points: tuple[Point, ...], told: str, kind: str, top: float) -> Iterator[str]:
    colour, thick, dash = LINES[kind]
    at = [(EDGE + x, top + y) for x, y in points]
    # What comes from the right, or from beside the column, ends at a box's right side.
    back = 7 if at[-1][0] < at[-2][0] or at[-3][0] >= at[-1][0] == at[-2][0] else -7
    tip = at[-1]
    at[-1] = (tip[0] + back, tip[1])
    path = [f"M{_at(at[0])}"]
    for number, (one, two) in enumerate(pairwise(at)):
        if number % 2 == 0:
            path.append(f"L{_at(two)}")
        elif number == len(at) - 3 and len(at) == 4 and one[0] == two[0]:
            out = one[0] + 34  # beside the column, and back into it
            path.append(f"C{_at((out, one[1]))} {_at((out, two[1]))} {_at(two)}")
        else:
            middle = (one[0] + two[0]) / 2
            path.append(f"C{_at((middle, one[1]))} {_at((middle, two[1]))} {_at(two)}")
    dashes = {"stroke_dasharray": dash} if dash else {}
    yield svg.element(
        "path",
        *([svg.element("title", svg.words(told))] if told else []),
        d=" ".join(path),
        fill="none",
        stroke=colour,
        stroke_width=thick,
        **dashes,
    )
    x, y = tip
    points_ = f"{_at(tip)} {_at((x + back, y - 3.5))} {_at((x + back, y + 3.5))}"
    yield svg.element("polygon", points=points_, fill=colour)


def _node(view: View, node: str, lines: list[Line], place: Placed, top: float) -> Iterator[str]:
    data, look = view.graph.nodes[node], view.look(node)
    x, y = EDGE + place.x, top + place.y
    full = view.text(node)
    told = " — ".join(part for part in (view.name(node), view.status(node), full) if part)
    yield _box(x, y, place.width, place.height, look, 12 if data["kind"] == "waiver" else 2, told)
    base = y + PAD - 3
    for line in lines:
        base += line.size * svg.LEADING
        weight = {"font_weight": "bold"} if line.bold else {}
        yield svg.text(x + PAD, base - 4, line.text, line.size, fill=line.fill, **weight)
    tag = _tag(view, node)
    if tag:
        right = x + place.width - PAD
        first = lines[0].size if lines else SIZE
        yield svg.text(
            right,
            y + PAD - 7 + first * svg.LEADING,
            tag,
            SMALL,
            fill=look.stroke,
            text_anchor="end",
        )


def _box(
    x: float, y: float, width: float, height: float, look: Look, rx: float, told: str = ""
) -> str:
    dashes = {"stroke_dasharray": look.dash} if look.dash else {}
    return svg.element(
        "rect",
        *([svg.element("title", svg.words(told))] if told else []),
        x=x,
        y=y,
        width=width,
        height=height,
        rx=rx,
        fill=look.fill,
        stroke=look.stroke,
        stroke_width=look.thick,
        **dashes,
    )


def _at(point: Point) -> str:
    return f"{svg.number(point[0])},{svg.number(point[1])}"
