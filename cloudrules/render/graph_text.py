"""The dependency graph in the languages of Mermaid and Graphviz.

Nothing that a rulebook says can end the label that it stands in: nodes have names of our own, and
of texts only what means nothing to the language is written as it is.
"""

from __future__ import annotations

import re

from cloudrules.render.clean import clean
from cloudrules.render.graph import LOOKS, PLAIN, Look, View, edge_kind

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
DOT_SHAPES = {
    "item": "box",
    "waiver": "box, style=rounded",
    "evidence": "note",
    "fact": "parallelogram",
}
DOT_LINES = {
    "needs": 'color="#444444"',
    "needs-waived": 'color="#444444", style=dashed',
    "releases": 'color="#b07d0a", penwidth=2',
    "applies-when": 'color="#6a3d9a", style=dashed',
    "requires": 'color="#1d4e89", style=dotted',
}


def mermaid(view: View) -> str:
    """A flowchart; the place of each clause stands in a comment above its edges."""
    names = {node: f"n{at}" for at, node in enumerate(view.graph)}
    lines = [f"%% {_comment(view.title)}"]
    lines += [f"%% {_comment(note)}" for note in view.notes()]
    lines.append("flowchart LR")
    for node, data in view.graph.nodes(data=True):
        opening, closing = SHAPES[data["kind"]]
        label = "<br/>".join(map(_entities, _label(view, node)))
        look = data.get("status", data["kind"])
        lines.append(f'  {names[node]}{opening}"{label}"{closing}:::{CLASS}{look}')
    told = ""
    for source, target, data in view.graph.edges(data=True):
        place = _comment(f"{data['file']}:{data['line']}")
        if place != told:
            told = place
            lines.append(f"  %% {place}")
        arrow, label = ARROWS[edge_kind(data)], _entities(view.edge(data))
        lines.append(f'  {names[source]} {arrow}|"{label}"| {names[target]}')
    used = {data.get("status", data["kind"]) for data in view.graph.nodes.values()}
    for name, look in {**PLAIN, **LOOKS}.items():
        if name in used:
            lines.append(f"  classDef {CLASS}{name} {_style(look)}")
    lines += _mermaid_legend(view)
    return "\n".join(lines) + "\n"


CLASS = "is_"  # so that no class is a word of Mermaid, such as `end`


def _mermaid_legend(view: View) -> list[str]:
    found = _statuses(view)
    if not found:
        return []
    lines = [f'  subgraph legend["{_entities(view.said("graph.legend"))}"]']
    for at, status in enumerate(found):
        label = _entities(f"{LOOKS[status].mark} {view.status_word(status)}")
        lines.append(f'    l{at}["{label}"]:::{CLASS}{status}')
    return [*lines, "  end"]


def _style(look: Look) -> str:
    dashes = f",stroke-dasharray:{look.dash}" if look.dash else ""
    thick = f"stroke-width:{look.thick}px"
    return f"fill:{look.fill},stroke:{look.stroke},{thick},color:#222222{dashes}"


def _statuses(view: View) -> list[str]:
    """The statuses that there are, in the order of the legend."""
    used = {data.get("status") for data in view.graph.nodes.values()}
    return [status for status in LOOKS if status in used]


def _label(view: View, node: str) -> list[str]:
    """The lines of a node's label: its name with its status, and what it is in a few words."""
    data = view.graph.nodes[node]
    status = view.status(node)
    lines = [f"{data['name']}  {status}" if status else data["name"]]
    short = view.short(node)
    return [clean(line) for line in (*lines, *([short] if short != data["name"] else [])) if line]


def _comment(text: str) -> str:
    # Mermaid takes `%%{` for the beginning of a directive wherever it stands.
    return re.sub("[%{}]", "_", clean(text))


# `\ufb02` and `\xb6` are how Mermaid itself marks entities on its way.
_PLAIN = re.compile("[A-Za-z0-9 .,=()/-]|[^\x00-\x7f\ufb02\xb6]")


def _entities(text: str) -> str:
    """Text for a Mermaid label: of ASCII, all but letters, digits and a few marks are entities.

    A leading mark or a point before a space would make a list of it.
    """
    written = "".join(each if _PLAIN.match(each) else f"#{ord(each)};" for each in clean(text))
    written = re.sub(r"\.(?= |$)", "#46;", written)
    return re.sub(r"^[-=]", lambda found: f"#{ord(found[0])};", written)


def dot(view: View) -> str:
    """A digraph; pointing at an edge tells the place of its clause."""
    lines = [f"digraph {_string(view.rulebook.id)} {{"]
    title = "\n".join([view.title, *view.notes()])
    lines.append(f"  graph [rankdir=LR, labelloc=t, label={_string(title)}, fontname=sans]")
    lines.append('  node [fontname=sans, style=filled, fillcolor="#ffffff"]')
    lines.append("  edge [fontname=sans, fontsize=9]")
    for node, data in view.graph.nodes(data=True):
        shape, _, rounded = DOT_SHAPES[data["kind"]].partition(", style=")
        label = _string("\n".join(_label(view, node)))
        tooltip = _string(view.text(node) or data["name"])
        style = _dot_style(view.look(node), rounded)
        lines.append(
            f"  {_string(node)} [shape={shape}, label={label}, tooltip={tooltip}, {style}]"
        )
    for source, target, data in view.graph.edges(data=True):
        label, tooltip = _string(view.edge(data)), _string(f"{data['file']}:{data['line']}")
        told = f"label={label}, tooltip={tooltip}, {DOT_LINES[edge_kind(data)]}"
        lines.append(f"  {_string(source)} -> {_string(target)} [{told}]")
    found = _statuses(view)
    if found:
        lines.append(f"  subgraph cluster_legend {{ label={_string(view.said('graph.legend'))}")
        for status in found:
            label = _string(f"{LOOKS[status].mark} {view.status_word(status)}")
            style = _dot_style(LOOKS[status], "")
            lines.append(f"    {_string('legend ' + status)} [shape=box, label={label}, {style}]")
        lines.append("  }")
    return "\n".join([*lines, "}"]) + "\n"


def _dot_style(look: Look, rounded: str) -> str:
    styles = ["filled", *([rounded] if rounded else [])]
    if look.dash:
        styles.append("dotted" if look.dash == "2 3" else "dashed")
    colours = f'fillcolor="{look.fill}", color="{look.stroke}"'
    return f'style="{",".join(styles)}", {colours}, penwidth={look.thick}'


def _string(text: str) -> str:
    """A string of Graphviz: no escape, and no entity, but those written here."""
    lines = [clean(line) for line in text.split("\n")]
    safe = [line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines]
    return '"' + "\\n".join(safe) + '"'
