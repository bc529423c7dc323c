"""A dependency graph for a page of paper: what stands alone is left out, what is alike is one box.

Items in a row that the same clauses release, that rest on nothing else and have the same status
are one box, since each of them would say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cloudrules.core.graph import Graph, key
from cloudrules.render.graph import View

Run = list[str]  # items that are one box


def brief(view: View) -> View:
    """The same view of a smaller graph; a node's `members` are the items that it stands for."""
    graph = view.graph.copy()
    items = [data["name"] for _, data in graph.nodes(data=True) if data["kind"] == "item"]
    for group in view.groups(items):
        for run in _runs(view, group):
            if len(run) > 1:
                _join(graph, run)
    graph.remove_nodes_from([node for node in graph if not graph.degree(node)])
    return replace(view, graph=graph, paper=True)


def _join(graph: Graph, run: Run) -> None:
    """Makes one box of several items; it keeps every clause that leads to one of them."""
    first = key("item", run[0])
    graph.nodes[first]["members"] = tuple(run)
    for name in run[1:]:
        for source, _, data in list(graph.in_edges(key("item", name), data=True)):
            graph.add_edge(source, first, **data)
        graph.remove_node(key("item", name))


def _runs(view: View, group: Sequence[str]) -> list[Run]:
    """A group of items in which neighbours that are alike stand together."""
    found: list[Run] = []
    for name in group:
        if found and _status(view, found[-1][-1]) == _status(view, name) != "":
            found[-1].append(name)
        else:
            found.append([name])
    return found


def _status(view: View, item: str) -> str:
    """The status of an item that only clauses lead to; '' of one that is joined to more."""
    node = key("item", item)
    edges = view.graph.in_edges(node, data=True)
    released = all(data["kind"] == "releases" for _, _, data in edges)
    alone = released and not view.graph.out_degree(node)
    return str(view.graph.nodes[node].get("status", "")) if alone else ""
