"""cloudrules graph RULEBOOK: what rests on what, as a picture or as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cloudrules.cli.answers import deliver
from cloudrules.cli.common import BASES, FORCE, LANG, ON, OUTPUT, form_of, near, options
from cloudrules.cli.held import held, held_by_nobody
from cloudrules.cli.words import Command, language, option

if TYPE_CHECKING:
    from cloudrules.cli.held import Held
    from cloudrules.core.graph import Graph
    from cloudrules.render.graph import View

# The formats, and the files that are written in them where --format does not say.
FORMS = {
    "mermaid": (".mmd", ".mermaid", ".md", ".txt"),
    "dot": (".dot", ".gv"),
    "svg": (".svg",),
    "graphml": (".graphml",),
    "json": (".json",),
}


@click.command("graph", cls=Command)
@click.argument("rulebook")
@options(
    option("--format", "form", metavar="|".join(FORMS)),
    LANG,
    option("--service", metavar="SERVICE"),
    option("--item", metavar="ITEM"),
    option("--reading", "readings", multiple=True, metavar="ID=OPTION"),
    ON,
    OUTPUT,
    FORCE,
    BASES,
)
def command(
    rulebook: str,
    form: str | None,
    service: str | None,
    item: str | None,
    readings: tuple[str, ...],
    on: str | None,
    output: str | None,
    force: bool,
    bases: tuple[str, ...],
) -> int:
    from cloudrules.core import graph
    from cloudrules.files.output import free
    from cloudrules.render.graph import View

    form = form_of(form, output, FORMS, "mermaid")
    if output not in (None, "-"):
        free(Path(str(output)), force=force)
    if service is None:
        asked = held_by_nobody(rulebook, readings, on, bases)
    else:
        asked = held(service, (rulebook,), readings, on, (), (), bases)
    asked.spare("-o", output)
    case = asked.only()
    taken = case.situation.readings
    read = case.rulebook.under(taken)
    found = graph.from_rulebook(read) if service is None else graph.from_case(case)
    if item is not None:
        item, found = _part(found, item)
    view = View(
        _placed(found),
        read,
        language(),
        taken,
        asked.on,
        service=None if service is None else asked.service,
        item=item,
    )
    deliver(_drawn(form, view, asked), output, force=force)
    return 0


def _placed(found: Graph) -> Graph:
    """The graph with its files as they are named from the current folder."""
    placed: Graph = found.copy()
    for _, data in placed.nodes(data=True):
        data["file"] = near(data["file"])
    for *_, data in placed.edges(data=True):
        data["file"] = near(data["file"])
    return placed


def _part(found: Graph, item: str) -> tuple[str, Graph]:
    """An item's id and what bears on it. Raises BadInput where there is no such item."""
    from cloudrules.core import graph
    from cloudrules.core.entry import normal
    from cloudrules.core.errors import BadInput, Place, fault, nearest

    name = normal(item)
    if graph.key("item", name) not in found:
        known = [data["name"] for data in found.nodes.values() if data["kind"] == "item"]
        other = nearest(name, known)
        raise BadInput([fault("option-unknown-item", Place("--item"), id=name, near=other)])
    return name, graph.bearing_on(found, name)


def _drawn(form: str, view: View, asked: Held) -> str:
    if form == "svg":
        from cloudrules.render import graph_svg

        return graph_svg.graph(view)
    if form in ("json", "graphml"):
        from cloudrules.render import graph_data
        from cloudrules.render.json import dumps

        if form == "graphml":
            return graph_data.graphml(view)
        return dumps({**graph_data.node_link(view), "receipt": asked.receipt()})
    if form == "dot":
        from cloudrules.render import graph_dot

        return graph_dot.graph(view)
    from cloudrules.render import graph_mermaid

    return graph_mermaid.graph(view)
