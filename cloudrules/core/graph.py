"""The circuit as a networkx graph: what rests on what."""

from __future__ import annotations

import networkx as nx

from cloudrules.core.gates import Circuit


def from_circuit(circuit: Circuit) -> nx.DiGraph[int]:
    """One node a gate, one edge from each gate to every gate that rests on it."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(circuit.gates)))
    graph.add_edges_from(
        (arg, index) for index, gate in enumerate(circuit.gates) for arg in gate.args
    )
    return graph


def bearing_on(circuit: Circuit, node: int) -> list[int]:
    """The gates that bear on a node, itself included, in topological order."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        index = stack.pop()
        if index not in seen:
            seen.add(index)
            stack += circuit.gates[index].args
    return sorted(seen)
