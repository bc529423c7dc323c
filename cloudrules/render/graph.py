"""What a dependency graph says in one language: labels, clauses, marks; every format shares it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from cloudrules.core.graph import key
from cloudrules.render.clean import clean
from cloudrules.render.wording import Wording
from cloudrules.render.words import TERMS

if TYPE_CHECKING:
    from datetime import date

    from cloudrules.core.graph import Graph
    from cloudrules.core.rulebook import Readings, Rulebook
    from cloudrules.core.service import Service


class Look(NamedTuple):
    """How a status is shown: never by colour alone, but by a mark and a border as well."""

    mark: str
    fill: str
    stroke: str
    dash: str = ""  # as SVG has it
    thick: float = 1.2


PLAIN: Mapping[str, Look] = {
    "item": Look("", "#ffffff", "#444444"),
    "waiver": Look("", "#fff6dc", "#8a6d1a"),
    "evidence": Look("", "#e8f1fa", "#1d4e89"),
    "fact": Look("", "#f3ecfa", "#6a3d9a"),
}
LOOKS: Mapping[str, Look] = {
    "met": Look("✓", "#dcf0dc", "#2e7d32", thick=1.6),
    "missing": Look("✗", "#fadcd9", "#a3261e", thick=3),
    "open": Look("○", "#ffffff", "#666666"),
    "waived": Look("–", "#dde9f7", "#1d4e89", "7 3", 1.6),
    "not_applicable": Look("/", "#eeeeee", "#777777", "2 3"),
    "unknown": Look("?", "#fdf0c8", "#8a6d1a", "9 3 2 3", 1.6),
    "fires": Look("▶", "#dcf0dc", "#2e7d32", thick=1.6),
    "idle": Look("▷", "#ffffff", "#666666", "2 3"),
    "held": Look("✓", "#dcf0dc", "#2e7d32", thick=1.6),
    "lacking": Look("□", "#ffffff", "#666666", "2 3"),
    "expired": Look("!", "#fadcd9", "#a3261e", "7 3", 1.6),
    "true": Look("✓", "#dcf0dc", "#2e7d32", thick=1.6),
    "false": Look("□", "#ffffff", "#666666", "2 3"),
    "known": Look("=", "#f3ecfa", "#6a3d9a"),
}


@dataclass(frozen=True)
class View:
    """A graph with what is told of it. `on` is the day where that bears on what there is.

    `paper`: it is for a page that says what it is of already.
    """

    graph: Graph
    rulebook: Rulebook
    language: str
    readings: Readings
    on: date
    service: Service | None = None
    item: str | None = None
    paper: bool = False

    @cached_property
    def said(self) -> Wording:
        return Wording(self.language, [self.rulebook])

    @property
    def title(self) -> str:
        return self.said("graph.title", title=self.said.of(self.rulebook.title, self.rulebook.id))

    def notes(self) -> Iterator[str]:
        """What the picture is of, where it is not of all rules as they stand."""
        said = self.said
        if self.item is not None:
            yield said("graph.item", id=self.item)
        if self.service is not None:
            yield said("graph.service", service=said.of(self.service.service))
        defaults = self.rulebook.defaults()
        taken = [f"{name}={it}" for name, it in self.readings.items() if it != defaults[name]]
        if taken:
            yield said("graph.reading", what=said.listed(taken))
        periods = [entry.in_force for entry in self.rulebook.entries()]
        if self.service is not None or any(each.from_ or each.until for each in periods):
            yield said("graph.on", date=self.on)

    def name(self, node: str) -> str:
        """A node's name; of several items in one, all of theirs, as a range."""
        return self.said.ids(self.members(node), self.rulebook)

    def members(self, node: str) -> tuple[str, ...]:
        """The items of a node that stands for some."""
        data = self.graph.nodes[node]
        found: tuple[str, ...] = data.get("members", (data["name"],))
        return found

    def text(self, node: str) -> str:
        """In full what a node stands for, or ''."""
        data, said = self.graph.nodes[node], self.said
        if "members" in data:
            sections = (said.of(self.rulebook.items[name].section) for name in data["members"])
            return said.listed(dict.fromkeys(each for each in sections if each))
        entry = self.rulebook.entry(data["name"]) if data["kind"] in ("item", "waiver") else None
        if entry is not None:
            return said.of(entry.text)
        known = self.rulebook.evidence if data["kind"] == "evidence" else self.rulebook.facts
        return said.of(known[data["name"]].title)

    def short(self, node: str) -> str:
        """In a few words: an item's section, a waiver's place in the source, a title; or ''."""
        data = self.graph.nodes[node]
        if data["kind"] == "item" and "members" not in data:
            item = self.rulebook.items[data["name"]]
            return self.said.of(item.section) or self.said.of(item.text)
        if data["kind"] == "waiver":
            return self.said.of(self.rulebook.waivers[data["name"]].at)
        return self.text(node)

    def label(self, node: str) -> list[str]:
        """The lines of a node's label: its name with its status, and what it is in short."""
        name, status, short = self.name(node), self.status(node), self.short(node)
        lines = [f"{name}  {status}" if status else name, short if short != name else ""]
        return [clean(line) for line in lines if line]

    def statuses(self) -> list[str]:
        """The statuses that there are, in the order of a legend."""
        found = {data.get("status") for data in self.graph.nodes.values()}
        return [status for status in LOOKS if status in found]

    def look(self, node: str) -> Look:
        data = self.graph.nodes[node]
        return LOOKS[data["status"]] if "status" in data else PLAIN[data["kind"]]

    def status(self, node: str) -> str:
        """A node's status with its mark, or ''."""
        data = self.graph.nodes[node]
        if "status" not in data:
            return ""
        if data["status"] == "known":
            return f"= {data['value']}"
        return f"{LOOKS[data['status']].mark} {self.status_word(data['status'])}"

    def status_word(self, status: str) -> str:
        return self.said.term(status) if status in TERMS else self.said(f"graph.{status}")

    def clauses(self, node: str) -> list[tuple[str, str]]:
        """The conditions of a node that drawn edges come from, as (kind, words)."""
        found = (
            (data["kind"], data["clause"])
            for _, _, data in self.graph.out_edges(node, data=True)
            if data["kind"] != "releases"
        )
        return list(dict.fromkeys(found))

    def released(self, waiver: str) -> str:
        """All items that a waiver releases, drawn or not, as ranges."""
        parts = self.rulebook.waivers[self.graph.nodes[waiver]["name"]].waives
        names = (item for item in self.rulebook.listed(parts) if item not in self.rulebook.absent)
        return self.said.ids(names, self.rulebook)

    def releasing(self, item: str) -> tuple[str, ...]:
        """The waivers that release an item, in order."""
        node = key("item", item)
        found = self.graph.in_edges(node, data=True)
        waivers = (source for source, _, data in found if data["kind"] == "releases")
        return tuple(dict.fromkeys(waivers))

    def groups(self, items: list[str]) -> list[list[str]]:
        """Items in order; neighbours that the same waivers release are together."""
        found: list[list[str]] = []
        for item in items:
            waivers = self.releasing(item)
            if found and waivers and waivers == self.releasing(found[-1][-1]):
                found[-1].append(item)
            else:
                found.append([item])
        return found

    def edge(self, data: Mapping[str, Any]) -> str:
        """An edge's kind and its clause."""
        return self.said("graph.edge", kind=self.kind(data), clause=data["clause"])

    def edge_at(self, data: Mapping[str, Any]) -> str:
        """The same with the place of the clause, its file by its name alone."""
        place = f"{PurePath(data['file']).name}:{data['line']}"
        kind = self.kind(data)
        return self.said("graph.edge-at", kind=kind, clause=data["clause"], place=place)

    def kind(self, data: Mapping[str, Any]) -> str:
        return self.said(f"graph.{edge_kind(data)}")


def edge_kind(data: Mapping[str, Any]) -> str:
    """The kind of an edge, where what needs an item to be waived is a kind of its own."""
    waived = data["kind"] == "needs" and data.get("asks") == "waived"
    return "needs-waived" if waived else str(data["kind"])
