"""The graph for a page of paper tells what the whole graph tells, in fewer boxes."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import generator
import pytest
from engine import engine

from cloudrules.core import graph
from cloudrules.core.graph import key
from cloudrules.render import graph_mermaid, graph_svg
from cloudrules.render.graph import View
from cloudrules.render.graph_brief import brief


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_lost(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed), tmp_path)
    case = engine(tmp_path, generator.ON)
    readings = case.situation.readings
    book = case.rulebook.under(readings)
    whole = View(graph.from_case(case), book, "en", readings, generator.ON)
    small = brief(whole)
    stands = {
        key(data["kind"], name): node
        for node, data in small.graph.nodes(data=True)
        for name in small.members(node)
    }
    assert len(stands) == sum(len(small.members(node)) for node in small.graph)
    for node, data in whole.graph.nodes(data=True):
        if node in stands:
            assert small.status(stands[node]) == whole.status(node)
        else:
            assert not whole.graph.degree(node)
        if stands.get(node, node) != node:
            assert data["kind"] == "item"
    edges = {
        (stands[source], stands[target], data["kind"], data["clause"])
        for source, target, data in whole.graph.edges(data=True)
    }
    assert edges == {
        (source, target, data["kind"], data["clause"])
        for source, target, data in small.graph.edges(data=True)
    }
    assert ElementTree.fromstring(graph_svg.graph(small)).tag.endswith("svg")
    assert graph_mermaid.graph(small).startswith("%%")
