"""The dependency graph as data: JSON as networkx reads and writes it, and GraphML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from cloudrules.render.clean import clean

if TYPE_CHECKING:
    from cloudrules.core.graph import Graph
    from cloudrules.render.graph import View


def node_link(view: View) -> dict[str, Any]:
    """What `networkx.node_link_graph` makes the graph of, after what it is of."""
    return {
        **({"service": view.service.service.source} if view.service else {}),
        "rulebook": view.rulebook.id,
        "readings": dict(view.readings),
        "on": str(view.on),
        **({"item": view.item} if view.item is not None else {}),
        **nx.node_link_data(_titled(view), edges="edges"),
    }


def graphml(view: View) -> str:
    """GraphML; characters that cannot stand in XML are written out."""
    titled = _titled(view)
    safe: Graph = nx.MultiDiGraph()
    for name, node in titled.nodes(data=True):
        safe.add_node(clean(name), **_clean(node))
    for source, target, name, edge in titled.edges(keys=True, data=True):
        safe.add_edge(clean(source), clean(target), name, **_clean(edge))
    return "\n".join(nx.generate_graphml(safe, named_key_ids=True)) + "\n"


def _titled(view: View) -> Graph:
    """The graph whose nodes have a `title` in the language asked for, where they have one."""
    graph = view.graph.copy()
    for name, node in graph.nodes(data=True):
        if short := view.short(name):
            node["title"] = short
    return graph


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    return {key: clean(value) if isinstance(value, str) else value for key, value in data.items()}
