"""What rests on what, as a drawing where a page has room for it, else as a table of the clauses."""

from __future__ import annotations

from collections.abc import Iterator

from cloudrules.render import graph_mermaid, graph_svg, svg
from cloudrules.render.blocks import Block, Column, Grid, Line, Picture, line, paragraph
from cloudrules.render.graph import View
from cloudrules.render.graph_brief import brief

MOST = 120  # boxes, beyond which no page has room


def blocks(view: View) -> list[Block]:
    said, small = view.said, brief(view)
    if len(small.graph) <= MOST:
        drawn = graph_svg.graph(small)
        if svg.legible(drawn, graph_svg.SMALL):
            return [Picture(drawn, graph_mermaid.graph(small), " ".join(_remarks(view, small)))]
    columns = (
        Column(said("report.col.from"), "wrap"),
        Column(said("report.col.status")),
        Column(said("report.col.relation")),
        Column(said("report.col.clause"), "wrap"),
    )
    return [paragraph(said("report.graph-large")), Grid(columns, tuple(_rows(view)))]


def _remarks(view: View, small: View) -> Iterator[str]:
    """What the drawing leaves out, and what stands together in it."""
    said = view.said
    left = [
        data["name"]
        for node, data in view.graph.nodes(data=True)
        if data["kind"] == "item" and not view.graph.degree(node)
    ]
    if left:
        yield said("report.graph-left", what=said.ids(left, view.rulebook))
    if any("members" in data for data in small.graph.nodes.values()):
        yield said("report.graph-joined")


def _rows(view: View) -> Iterator[tuple[Line, ...]]:
    """Each condition, and what each waiver releases."""
    said = view.said
    for node in view.graph:
        told = [(said(f"graph.{kind}"), clause) for kind, clause in view.clauses(node)]
        if view.graph.nodes[node]["kind"] == "waiver" and (released := view.released(node)):
            told.append((said("graph.releases"), released))
        for kind, clause in told:
            yield line(view.name(node)), line(view.status(node)), line(kind), line(clause)
