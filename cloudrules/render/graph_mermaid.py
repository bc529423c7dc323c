"""The dependency graph as a Mermaid flowchart, which many places that show Markdown draw.

Nothing that a rulebook says can end the label that it stands in: nodes have names of our own, and
what means something to Mermaid is written as an entity. Items that the same waivers release share a
frame, to which one edge leads: Mermaid draws 500 edges and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from cloudrules.core.graph import key
from cloudrules.render.clean import clean
from cloudrules.render.graph import LOOKS, PLAIN, Look, View, edge_kind

CLASS = "is_"  # so that no class is a word of Mermaid, such as `end`
SHAPES = {
    "item": ("[", "]"),
    "waiver": ("([", "])"),
    "evidence": ("[[", "]]"),
    "fact": ("[/", "/]"),
}
ARROWS = {
    "needs": "-->",
    "needs-waived": "-.->",
    "releases": "==>",
    "applies-when": "-.->",
    "requires": "-->",
}


def graph(view: View) -> str:
    """A flowchart; the place of each clause stands in a comment above its edges."""
    names = {node: f"n{at}" for at, node in enumerate(view.graph)}
    frames = _frames(view)
    into = {node: name for name, members in frames.items() for node in members}
    lines = [f"%% {_comment(view.title)}"]
    lines += [f"%% {_comment(note)}" for note in view.notes()]
    lines.append("flowchart LR")
    lines += [f"  {_node(view, node, names[node])}" for node in names if node not in into]
    for name, members in frames.items():
        ids = (item for node in members for item in view.members(node))
        lines.append(f'  subgraph {name}["{entities(view.said.ids(ids, view.rulebook))}"]')
        lines += [f"    {_node(view, node, names[node])}" for node in members]
        lines.append("  end")
    lines += _edges(view, names, into)
    used = {data.get("status", data["kind"]) for data in view.graph.nodes.values()}
    for status, look in {**PLAIN, **LOOKS}.items():
        if status in used:
            lines.append(f"  classDef {CLASS}{status} {_style(look)}")
    lines += _legend(view)
    return "\n".join(lines) + "\n"


def _frames(view: View) -> dict[str, list[str]]:
    """The groups of items that have a frame, by its name."""
    items = [data["name"] for data in view.graph.nodes.values() if data["kind"] == "item"]
    groups = [group for group in view.groups(items) if len(group) > 1]
    return {f"g{at}": [key("item", name) for name in group] for at, group in enumerate(groups)}


def _node(view: View, node: str, name: str) -> str:
    data = view.graph.nodes[node]
    opening, closing = SHAPES[data["kind"]]
    label = "<br/>".join(map(entities, view.label(node)))
    return f'{name}{opening}"{label}"{closing}:::{CLASS}{data.get("status", data["kind"])}'


def _edges(view: View, names: dict[str, str], into: dict[str, str]) -> Iterator[str]:
    """The edges by their clauses; what releases a frame of items is one edge."""
    told = ""
    found: set[str] = set()
    for source, target, data in view.graph.edges(data=True):
        kind, end = edge_kind(data), names[target]
        if kind == "releases":
            end = into.get(target, end)
        edge = f'  {names[source]} {ARROWS[kind]}|"{entities(view.edge(data))}"| {end}'
        if edge in found:
            continue
        found.add(edge)
        place = _comment(f"{PurePath(data['file']).name}:{data['line']}")
        if place != told:
            told = place
            yield f"  %% {place}"
        yield edge


def _legend(view: View) -> list[str]:
    found = view.statuses()
    if not found:
        return []
    lines = [f'  subgraph legend["{entities(view.said("graph.legend"))}"]']
    for at, status in enumerate(found):
        label = entities(f"{LOOKS[status].mark} {view.status_word(status)}")
        lines.append(f'    l{at}["{label}"]:::{CLASS}{status}')
    return [*lines, "  end"]


def _style(look: Look) -> str:
    dashes = f",stroke-dasharray:{look.dash}" if look.dash else ""
    thick = f"stroke-width:{look.thick}px"
    return f"fill:{look.fill},stroke:{look.stroke},{thick},color:#222222{dashes}"


def _comment(text: str) -> str:
    # Mermaid takes `%%{` for the beginning of a directive wherever it stands.
    return re.sub("[%{}]", "_", clean(text))


# `\ufb02` and `\xb6` are how Mermaid itself marks entities on its way.
_PLAIN = re.compile("[A-Za-z0-9 .,=()/-]|[^\x00-\x7f\ufb02\xb6]")


def entities(text: str) -> str:
    """Text for a Mermaid label: of ASCII, all but letters, digits and a few marks are entities.

    A leading mark or a point before a space would make a list of it.
    """
    written = "".join(each if _PLAIN.match(each) else f"#{ord(each)};" for each in clean(text))
    written = re.sub(r"\.(?= |$)", "#46;", written)
    return re.sub(r"^[-=]", lambda found: f"#{ord(found[0])};", written)
