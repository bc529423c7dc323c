"""The dependency graph in the language of Graphviz.

Nothing that a rulebook says can end the string that it stands in.
"""

from __future__ import annotations

from cloudrules.render.clean import clean
from cloudrules.render.graph import LOOKS, Look, View, edge_kind

SHAPES = {
    "item": "box",
    "waiver": "box, style=rounded",
    "evidence": "note",
    "fact": "tab",
}
LINES = {
    "needs": 'color="#444444"',
    "needs-waived": 'color="#444444", style=dashed',
    "releases": 'color="#b07d0a", penwidth=2',
    "applies-when": 'color="#6a3d9a", style=dashed',
    "requires": 'color="#1d4e89", style=dotted',
}


def graph(view: View) -> str:
    """A digraph; pointing at an edge tells the place of its clause."""
    lines = [f"digraph {string(view.rulebook.id)} {{"]
    title = "\n".join([view.title, *view.notes()])
    lines.append(f"  graph [rankdir=LR, labelloc=t, label={string(title)}, fontname=sans]")
    lines.append('  node [fontname=sans, style=filled, fillcolor="#ffffff"]')
    lines.append("  edge [fontname=sans, fontsize=9]")
    for node, data in view.graph.nodes(data=True):
        shape, _, rounded = SHAPES[data["kind"]].partition(", style=")
        label = string("\n".join(view.label(node)))
        tooltip = string(view.text(node) or data["name"])
        style = _dot_style(view.look(node), rounded)
        lines.append(f"  {string(node)} [shape={shape}, label={label}, tooltip={tooltip}, {style}]")
    for source, target, data in view.graph.edges(data=True):
        label, tooltip = string(view.edge(data)), string(f"{data['file']}:{data['line']}")
        told = f"label={label}, tooltip={tooltip}, {LINES[edge_kind(data)]}"
        lines.append(f"  {string(source)} -> {string(target)} [{told}]")
    found = view.statuses()
    if found:
        lines.append(f"  subgraph cluster_legend {{ label={string(view.said('graph.legend'))}")
        for status in found:
            label = string(f"{LOOKS[status].mark} {view.status_word(status)}")
            style = _dot_style(LOOKS[status], "")
            lines.append(f"    {string('legend ' + status)} [shape=box, label={label}, {style}]")
        lines.append("  }")
    return "\n".join([*lines, "}"]) + "\n"


def _dot_style(look: Look, rounded: str) -> str:
    styles = ["filled", *([rounded] if rounded else [])]
    if look.dash:
        styles.append("dotted" if look.dash == "2 3" else "dashed")
    colours = f'fillcolor="{look.fill}", color="{look.stroke}"'
    return f'style="{",".join(styles)}", {colours}, penwidth={look.thick}'


def string(text: str) -> str:
    """A string of Graphviz: no escape, and no entity, but those written here."""
    lines = [clean(line) for line in text.split("\n")]
    safe = [line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines]
    return '"' + "\\n".join(safe) + '"'
