"""A rulebook as a graph of what names what: items, waivers, evidence and facts.

An edge reads as a sentence, its source first: an item or a waiver `needs` what its condition names,
a waiver `releases` items, an item `applies-when` what that condition names holds, evidence
`requires` evidence. Every edge keeps its clause: the words as the file has them, and their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import networkx as nx

from cloudrules.core import expression
from cloudrules.core.case import Case
from cloudrules.core.entry import Node, Scalar, Sequence
from cloudrules.core.errors import Place
from cloudrules.core.expression import Compare, Expr, Range, Waived
from cloudrules.core.gates import simulate
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.situation import Situation, shown

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Asks: TypeAlias = Literal["met", "waived", "held", "true", "value"]
EDGES = ("needs", "releases", "applies-when", "requires")


def key(kind: str, name: str) -> str:
    """The node of an item, a waiver, evidence or a fact: a waiver may be called as evidence is."""
    return f"{kind}:{name}"


def from_rulebook(rulebook: Rulebook) -> Graph:
    """The graph of a rulebook on its day, in the reading that it is given in.

    Nodes stand in the rulebook's order and have `kind`, `name`, `file` and `line`, items also
    `need`. Edges have `kind`, `asks` (what their source asks of their target), `clause`, `file` and
    `line`; an edge's key is its own in the whole graph.
    """
    graph: Graph = nx.MultiDiGraph()
    items = [item for item in rulebook.items.values() if item.id not in rulebook.absent]
    waivers = [each for each in rulebook.waivers.values() if each.id not in rulebook.absent]
    for waiver in waivers:
        _node(graph, "waiver", waiver.id, waiver.place)
    for item in items:
        _node(graph, "item", item.id, item.place, need=item.need)
    for evidence in rulebook.evidence.values():
        _node(graph, "evidence", evidence.id, evidence.place)
    for name, fact in rulebook.facts.items():
        _node(graph, "fact", name, fact.place)
    rests = _Rests(graph, rulebook)
    for waiver in waivers:
        rests.on(key("waiver", waiver.id), "needs", waiver.when, waiver.entry.get("when"))
        for part, said in zip(waiver.waives, _each(waiver.entry.get("waives")), strict=True):
            for name in rulebook.listed([part]):
                rests.add(key("waiver", waiver.id), key("item", name), "releases", None, said)
    for item in items:
        source, entry = key("item", item.id), item.entry
        rests.on(source, "applies-when", item.applies_when, entry.get("applies_when"))
        if item.met_by is not None:
            rests.on(source, "needs", item.met_by, entry.get("met_by"))
    for evidence in rulebook.evidence.values():
        source, said = key("evidence", evidence.id), evidence.entry.get("requires")
        rests.on(source, "requires", evidence.requires, said)
    return graph


def _node(graph: Graph, kind: str, name: str, place: Place, **more: str) -> None:
    node = {"kind": kind, "name": name, **more, "file": place.file, "line": place.line}
    graph.add_node(key(kind, name), **node)


def _each(waives: Node | None) -> Iterable[Node | None]:
    """What a waiver lists: one item or range, or several."""
    return waives.nodes if isinstance(waives, Sequence) else [waives]


class _Rests:
    """Adds edges to a graph: each that says something of its own, once."""

    def __init__(self, graph: Graph, rulebook: Rulebook) -> None:
        self.graph, self.rulebook = graph, rulebook
        self.seen: set[tuple[str, str, str, Asks | None, Place]] = set()

    def on(self, source: str, kind: str, condition: Expr, said: Node | None) -> None:
        for target, asks in self._named(condition):
            self.add(source, target, kind, asks, said)

    def add(
        self, source: str, target: str, kind: str, asks: Asks | None, said: Node | None
    ) -> None:
        place = said.place if said else Place("")
        edge = (source, target, kind, asks, place)
        # An item that does not exist on this day has no node: it is never met.
        if target not in self.graph or edge in self.seen:
            return
        self.seen.add(edge)
        clause = said.text.strip() if isinstance(said, Scalar) else ""
        more = {"asks": asks} if asks else {}
        self.graph.add_edge(
            source,
            target,
            key=f"e{len(self.seen)}",
            kind=kind,
            **more,
            clause=clause,
            file=place.file,
            line=place.line,
        )

    def _named(self, condition: Expr) -> Iterator[tuple[str, Asks]]:
        """What a condition names, from left to right, and what it asks of that."""
        for leaf in expression.leaves(condition):
            if isinstance(leaf, Range):
                for item in self.rulebook.span(leaf.first, leaf.last):
                    yield key("item", item), "met"
            elif isinstance(leaf, Waived):
                yield key("item", leaf.name), "waived"
            elif isinstance(leaf, Compare):
                yield key("fact", leaf.name), "value"
            elif leaf.name in self.rulebook.items:
                yield key("item", leaf.name), "met"
            elif leaf.name in self.rulebook.evidence:
                yield key("evidence", leaf.name), "held"
            else:
                yield key("fact", leaf.name), "true"


def bearing_on(graph: Graph, item: str) -> Graph:
    """The part of a graph that the answer for an item can depend on, and nothing else.

    That is what its two conditions rest on, the waivers that release it and what they rest on. Of
    an item that a condition asks to be met, only what meets it bears; of one that it asks to be
    waived, only what releases it.
    """
    node = key("item", item)
    waiting = [(node, "met"), (node, "applies"), (node, "waived")]
    reached = set(waiting)
    edges: set[str] = set()
    while waiting:
        at, asked = waiting.pop()
        for source, target, name, kind in _rests(graph, at, asked):
            edges.add(name)
            asks = graph.edges[source, target, name].get("asks")
            further = (source, "fires") if kind == "releases" else (target, str(asks))
            if further not in reached:
                reached.add(further)
                waiting.append(further)
    nodes = {node for node, _ in reached}
    part: Graph = nx.MultiDiGraph()
    part.add_nodes_from((name, data) for name, data in graph.nodes(data=True) if name in nodes)
    for source, target, name, data in graph.edges(keys=True, data=True):
        if name in edges:
            part.add_edge(source, target, name, **data)
    return part


def _rests(graph: Graph, node: str, asked: str) -> Iterator[tuple[str, str, str, str]]:
    """The edges on which it rests whether a node is met, applies, is waived or fires."""
    along = {"met": "needs", "fires": "needs", "applies": "applies-when", "waived": "releases"}
    edges = graph.in_edges if asked == "waived" else graph.out_edges
    for source, target, name, data in edges(node, keys=True, data=True):
        if data["kind"] == along.get(asked):
            yield source, target, name, data["kind"]


def from_case(case: Case) -> Graph:
    """The graph of the rules that a service is held against, with the `status` of every node.

    Of an item it is that of its answer; of a waiver fires | idle | unknown; of evidence held |
    expired | lacking | unknown; of a fact true | false | unknown, or known, its `value` beside it.
    """
    assessed = case.assessed()
    graph = from_rulebook(assessed.rulebook)
    for answer in assessed.items:
        graph.nodes[key("item", answer.id)]["status"] = answer.status
    rails = simulate(case.circuit, case.situation.rails, False, True)
    for node in graph.nodes.values():
        if node["kind"] == "waiver":
            may, may_not = rails[case.circuit.named["fires", node["name"]]]
            node["status"] = "unknown" if may and may_not else "fires" if may else "idle"
        elif node["kind"] == "evidence":
            node["status"] = _holding(case.situation, node["name"])
        elif node["kind"] == "fact":
            value = case.situation.facts.get(node["name"])
            if value is None or isinstance(value, bool):
                node["status"] = "unknown" if value is None else str(value).lower()
            else:
                node |= {"status": "known", "value": shown(value)}
    return graph


def _holding(situation: Situation, name: str) -> str:
    if name in situation.held:
        return "held"
    if name in situation.unknown:
        return "unknown"
    return "expired" if name in situation.expired else "lacking"
