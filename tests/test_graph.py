"""The dependency graph: against the rules read by hand, and its pictures against real parsers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from time import perf_counter
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree

import generator
import networkx as nx
import pytest
import test_cli
import yaml
from engine import ROOT, engine
from hypothesis import given
from hypothesis import strategies as st
from test_cli import HELD, Run

from cloudrules.core import graph
from cloudrules.core.case import Case
from cloudrules.core.graph import Graph
from cloudrules.core.service import Holding
from cloudrules.render import graph_data, graph_dot, graph_mermaid, graph_svg, layered
from cloudrules.render.graph import View
from cloudrules.render.phrases import PHRASES
from cloudrules.render.words import LANGUAGES

run = test_cli.run
FORMS = ("mermaid", "dot", "svg", "graphml", "json")
SHIPPED = "municipal-cloud-level-2"
ON = ("--on", "2026-12-01")
RULES = {
    "rulebook": "small",
    "catalogues": ["cat.yaml"],
    "context": {"ai": {}, "level": {"options": ["low", "high"], "default": "low"}},
    "items": [
        {"id": "1.1", "need": "mandatory", "met_by": "a and not b"},
        {"id": "1.2", "need": "optional", "applies_when": "not 1.1 and ai"},
        {"id": "1.3", "need": "mandatory", "met_by": "any(1.1..1.2, waived(1.1)) or level = high"},
        {"id": "1.4", "need": "mandatory", "met_by": "a", "in_force": {"from": "2099-01-01"}},
        {"id": "1.5", "need": "mandatory", "met_by": "1.4 or c"},
    ],
    "waivers": [
        {"id": "w", "when": "1.2 or c", "waives": ["1.1", "1.3..1.5"]},
        {"id": "a", "when": "true", "waives": "1.5"},  # called as evidence is
    ],
    "readings": [
        {
            "id": "r",
            "options": [{"id": "wide"}, {"id": "narrow", "change": {"w": {"waives": ["1.1"]}}}],
        }
    ],
}
CATALOGUE = {
    "catalogue": "cat",
    "evidence": [
        {"id": "a", "kind": "control", "requires": "b or c"},
        {"id": "b", "kind": "control"},
        {"id": "c", "kind": "control", "requires": "a"},
    ],
}
SERVICE = {
    "service": "s",
    "rulebook": "rulebook.yaml",
    "holds": ["a", {"evidence": "b", "until": "2020-01-01"}],
    "unknown": ["c"],
}
EDGES = """
waiver:w needs item:1.2 met 1.2 or c
waiver:w needs evidence:c held 1.2 or c
waiver:w releases item:1.1 - 1.1
waiver:w releases item:1.3 - 1.3..1.5
waiver:w releases item:1.5 - 1.3..1.5
waiver:a releases item:1.5 - 1.5
item:1.1 needs evidence:a held a and not b
item:1.1 needs evidence:b held a and not b
item:1.2 applies-when item:1.1 met not 1.1 and ai
item:1.2 applies-when fact:ai true not 1.1 and ai
item:1.3 needs item:1.1 met any(1.1..1.2, waived(1.1)) or level = high
item:1.3 needs item:1.2 met any(1.1..1.2, waived(1.1)) or level = high
item:1.3 needs item:1.1 waived any(1.1..1.2, waived(1.1)) or level = high
item:1.3 needs fact:level value any(1.1..1.2, waived(1.1)) or level = high
item:1.5 needs evidence:c held 1.4 or c
evidence:a requires evidence:b held b or c
evidence:a requires evidence:c held b or c
evidence:c requires evidence:a held a
"""


def write(folder: Path, rules: Any = RULES, evidence: Any = CATALOGUE, held: Any = SERVICE) -> str:
    generator.write(generator.Case(rules, evidence, held), folder)
    return str(folder / "rulebook.yaml")


def said(found: Graph) -> list[str]:
    return [
        f"{source} {data['kind']} {target} {data.get('asks', '-')} {data['clause']}"
        for source, target, data in found.edges(data=True)
    ]


def of(folder: Path, seed: int, size: generator.Size = generator.SMALL) -> Case:
    made = generator.case(seed, size)
    generator.write(made, folder)
    return engine(folder, made.on)


def view(found: Case, drawn: Graph | None = None, language: str = "en") -> View:
    read = found.rulebook.under(found.situation.readings)
    shown = graph.from_rulebook(read) if drawn is None else drawn
    return View(shown, read, language, found.situation.readings, found.situation.on)


# --- What names what ------------------------------------------------------------------------------


def test_edges_by_hand(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("graph", write(tmp_path), "--format", "json", *ON).text)
    found = nx.node_link_graph(told, edges="edges")
    assert sorted(said(found)) == sorted(EDGES.strip().split("\n"))
    lines = (tmp_path / "rulebook.yaml").read_text(encoding="utf-8").split("\n")
    lines += (tmp_path / "cat.yaml").read_text(encoding="utf-8").split("\n")
    for source, _, data in found.edges(data=True):
        if not source.startswith("evidence"):
            assert data["file"] == str(tmp_path / "rulebook.yaml")
            assert data["clause"] in lines[data["line"] - 1]
    kinds = [data["kind"] for data in found.nodes.values()]
    assert kinds == ["waiver"] * 2 + ["item"] * 4 + ["evidence"] * 3 + ["fact"] * 2
    narrow = run("graph", write(tmp_path), "--format", "json", *ON, "--reading", "r=narrow")
    found = nx.node_link_graph(json.loads(narrow.text), edges="edges")
    assert [each for each in said(found) if each.startswith("waiver:w releases")] == [
        "waiver:w releases item:1.1 - 1.1"
    ]


def test_an_entry_out_of_force_is_not_there(run: Run, tmp_path: Path) -> None:
    told = run("graph", write(tmp_path), "--format", "json", "--on", "2099-01-01").text
    assert "item:1.4 needs evidence:a held a" in said(
        nx.node_link_graph(json.loads(told), edges="edges")
    )


def test_what_bears_on_an_item_by_hand(run: Run, tmp_path: Path) -> None:
    told = run("graph", write(tmp_path), "--format", "json", "--item", "1.5", *ON).text
    found = nx.node_link_graph(json.loads(told), edges="edges")
    # Of 1.2, which has to be met for `w` to fire, nothing bears but that it is attested.
    assert list(found) == ["waiver:w", "waiver:a", "item:1.2", "item:1.5", "evidence:c"]
    assert len(found.edges) == 5


@pytest.mark.parametrize("seed", range(30))
def test_nothing_else_bears_on_an_item(seed: int, tmp_path: Path) -> None:
    """Each thing left out is held or not, and each fact left out unknown or not: all the same."""
    found = of(tmp_path, seed)
    read = found.rulebook.under(found.situation.readings)
    whole = graph.from_rulebook(read)
    for item in (name for name in read.items if name not in read.absent):
        part = graph.bearing_on(whole, item)
        before = found.assessed().item(item)
        for node, data in whole.nodes(data=True):
            if node in part or data["kind"] == "waiver":
                continue
            name, now = data["name"], found.situation
            if data["kind"] == "fact":
                changed = replace(now, facts={**now.facts, name: None})
            elif name in now.held:
                changed = replace(now, held={k: v for k, v in now.held.items() if k != name})
            else:
                changed = replace(now, held={**now.held, name: Holding()})
            assert replace(found, situation=changed).assessed().item(item) == before


WORD = re.compile(r'"([^"]*)"|([\w-]+(?:\.[\w-]+)*)|(\.\.)')


def named(text: str, items: list[str]) -> set[str]:
    """The words of a condition, read without its parser; ranges with all that is in them."""
    words = [
        quoted or (bare if bare not in generator.KEYWORDS else "") or dots
        for quoted, bare, dots in WORD.findall(normalize("NFKC", text))
    ]
    found = set(words)
    for at, word in enumerate(words):
        if word == "..":
            first, last = items.index(words[at - 1]), items.index(words[at + 1])
            found.update(items[first : last + 1])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_edges_are_those_of_the_words(seed: int, tmp_path: Path) -> None:
    found = of(tmp_path, seed)
    read = found.rulebook.under(found.situation.readings)
    whole = graph.from_rulebook(read)
    fields = [("item", "met_by", "needs"), ("item", "applies_when", "applies-when")]
    fields += [("waiver", "when", "needs"), ("evidence", "requires", "requires")]
    entries = {"item": read.items, "waiver": read.waivers, "evidence": read.evidence}
    for kind, field, edge in fields:
        for name, entry in entries[kind].items():
            said = entry.entry.get(field)
            if name in read.absent:
                assert graph.key(kind, name) not in whole
                continue
            out = whole.out_edges(graph.key(kind, name), data=True)
            mine = [(target, data) for _, target, data in out if data["kind"] == edge]
            words = named(said.text, list(read.items)) if said else set()
            known = {*read.items, *read.evidence, *read.facts} - read.absent
            targets = {target.partition(":")[2] for target, _ in mine}
            # 7 is an item, and may be a number as well.
            assert targets - {"7"} == words & known - {"7"}
            assert targets <= words
            for _, data in mine:
                assert (data["clause"], data["line"]) == (said.text.strip(), said.place.line)
    for name, waiver in read.waivers.items():
        if name not in read.absent:
            out = whole.out_edges(graph.key("waiver", name), data=True)
            released = {target for _, target, data in out if data["kind"] == "releases"}
            listed = set(read.listed(waiver.waives)) - read.absent
            assert released == {graph.key("item", item) for item in listed}


def test_statuses(run: Run, tmp_path: Path) -> None:
    book = write(tmp_path)
    args = ("--service", str(tmp_path / "service.yaml"), "--format", "json", *ON)
    told = json.loads(run("graph", book, *args).text)
    assert list(told)[:4] == ["service", "rulebook", "readings", "on"]
    assert {node["id"]: node["status"] for node in told["nodes"]} == {
        "waiver:w": "unknown",
        "waiver:a": "fires",
        "item:1.1": "met",
        "item:1.2": "not_applicable",
        "item:1.3": "met",
        "item:1.5": "unknown",
        "evidence:a": "held",
        "evidence:b": "expired",
        "evidence:c": "unknown",
        "fact:ai": "false",
        "fact:level": "known",
    }


def test_statuses_are_those_of_assess(run: Run) -> None:
    asked = ("--format", "json", *ON)
    drawn = json.loads(run("graph", SHIPPED, "--service", HELD, *asked).text)
    told = json.loads(run("assess", HELD, *asked).text)
    status = {node["name"]: node["status"] for node in drawn["nodes"] if node["kind"] == "item"}
    assert status == {item["id"]: item["status"] for item in told["items"]}
    firing = {node["name"] for node in drawn["nodes"] if node["status"] == "fires"}
    assert firing == {name for item in told["items"] for name in item["waived_by"]}
    for form in FORMS:
        text = run("graph", SHIPPED, "--service", HELD, "--format", form, *ON).text
        if form in ("mermaid", "dot", "svg"):
            for mark in ("✓ met", "◇ waived", "▶ fires"):
                assert mark in text


# --- Faults, and where it goes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((SHIPPED, "--item", "1.99"), "did you mean `1.9`"),
        ((SHIPPED, "--format", "png"), "mermaid, dot, svg, graphml, json"),
        ((SHIPPED, "--reading", "hosting=litteral"), "did you mean `literal`"),
        ((SHIPPED, "--reading", "hosting"), "ID=OPTION"),
        ((SHIPPED, "--on", "soon"), "--on: "),
        (("municipal-cloud-level-3",), "municipal-cloud-level-2"),
        ((SHIPPED, "--service", "nobody.yaml"), "nobody.yaml"),
    ],
)
def test_faults(args: tuple[str, ...], words: str, run: Run) -> None:
    result = run("graph", *args)
    assert (result.code, result.text) == (2, "")
    assert words in result.err.decode().replace(" / ", ", ")


def test_the_name_of_a_file_tells_the_format(run: Run, tmp_path: Path) -> None:
    for name, start in {
        "a.svg": "<svg",
        "a.json": "{",
        "a.graphml": "<graphml",
        "a.dot": "digraph",
        "a.gv": "digraph",
        "a.mmd": "%%",
        "a.txt": "%%",
    }.items():
        path = tmp_path / name
        assert run("graph", SHIPPED, "-o", str(path), *ON).code == 0
        assert path.read_text(encoding="utf-8").startswith(start)
        assert run("graph", SHIPPED, "-o", str(path), *ON).code == 2
        assert run("graph", SHIPPED, "-o", str(path), "--force", *ON).code == 0
    book = write(tmp_path)
    assert run("graph", book, "-o", book, "--force", *ON).code == 2
    assert "waivers" in Path(book).read_text(encoding="utf-8")


# --- Hostile words --------------------------------------------------------------------------------

HOSTILE = (
    '"] end\n</text><script>alert(1)</script> & \\n \\" "x" %%{init: {}}%% \x85 \x1b[31m ]]>'
    " `md` 計画\u202e日程 -->|x| n0 #35; style:#35; \\"
)
NAMES = [
    *("end", "x or y", "AC-2(1)", "a<b>&amp;c", "back\\", "%%{init}%%", "style:#35;", "1. list"),
    *("- dash", "class", "n0", "</title><script>", "\\N \\G", "|p|", "{{x}}", "subgraph", "管理 1"),
]


def hostile(folder: Path) -> Case:
    items = [
        {
            "id": name,
            "need": "mandatory",
            "text": HOSTILE,
            "section": HOSTILE,
            "met_by": f'"e {name}"',
            "applies_when": f'not "{NAMES[at - 1]}"',
        }
        for at, name in enumerate(NAMES)
    ]
    waivers = [
        {"id": f"w {name}", "text": HOSTILE, "when": f'"{name}"', "waives": [f'"{NAMES[at - 3]}"']}
        for at, name in enumerate(NAMES)
    ]
    evidence = [{"id": f"e {name}", "kind": "control", "title": HOSTILE} for name in NAMES]
    rules = {
        "rulebook": "x",
        "title": HOSTILE,
        "catalogues": ["cat.yaml"],
        "items": items,
        "waivers": waivers,
    }
    for name, told in {
        "rulebook": rules,
        "cat": {"catalogue": "cat", "evidence": evidence},
        "service": {"service": HOSTILE, "rulebook": "rulebook.yaml"},
    }.items():
        text = yaml.safe_dump(told, allow_unicode=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return engine(folder, generator.ON)


def test_hostile_words_in_xml_and_json(tmp_path: Path) -> None:
    found = hostile(tmp_path)
    shown = replace(view(found, graph.from_case(found)), item=HOSTILE)
    drawn = ElementTree.fromstring(graph_svg.graph(shown))
    tags = {each.tag.removeprefix("{http://www.w3.org/2000/svg}") for each in drawn.iter()}
    assert tags == {"svg", "title", "rect", "text", "tspan", "path", "polygon", "g"}
    read: Graph = nx.parse_graphml(graph_data.graphml(shown), force_multigraph=True)
    assert list(read) == list(shown.graph)
    assert list(read.edges(keys=True)) == list(shown.graph.edges(keys=True))
    told = json.loads(json.dumps(graph_data.node_link(shown)))
    again = nx.node_link_graph(told, edges="edges")
    assert [data["name"] for data in again.nodes.values()] == [
        data["name"] for data in shown.graph.nodes.values()
    ]


DOT_TOKEN = re.compile(r'\s*(?:"((?:[^"\\\n]|\\.)*)"|([A-Za-z_0-9.]+)|(->|[{}\[\]=,;]))')


def dot_parsed(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The statements of a digraph, read with the grammar's tokens alone: nodes, edges."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        found = DOT_TOKEN.match(text, at)
        assert found, text[at : at + 80]
        kind = "mark" if found[3] else "word" if found[2] else "string"
        tokens.append((kind, found[3] or found[2] or found[1]))
        at = found.end()
    nodes: list[str] = []
    edges: list[tuple[str, str]] = []
    inside = False
    for place, (kind, value) in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ("", "")
        if kind == "mark" and value in "[]":
            inside = value == "["
        elif not inside and kind == "string" and tokens[place - 1][1] != "digraph":
            if following == ("mark", "->"):
                edges.append((value, tokens[place + 2][1]))
            elif following == ("mark", "[") and tokens[place - 1] != ("mark", "->"):
                nodes.append(value)
    return nodes, edges


def test_hostile_words_in_dot(tmp_path: Path) -> None:
    found = hostile(tmp_path)
    shown = view(found)

    def quoted(name: str) -> str:
        return name.replace("\\", "\\\\").replace("&", "&amp;")

    nodes, edges = dot_parsed(graph_dot.graph(shown))
    assert nodes == [quoted(node) for node in shown.graph]
    assert edges == [(quoted(one), quoted(two)) for one, two in shown.graph.edges()]


LABEL = r'"(?:[A-Za-z0-9 .,=()/-]|[^\x00-\x7f]|#\d+;|<br/>)*"'
MERMAID = re.compile(
    rf"flowchart LR|%% [^%{{}}]*|  %% [^%{{}}]*"
    rf"| +n\d+(?:\[|\(\[|\[\[|\[/){LABEL}(?:\]|\]\)|\]\]|/\]):::is_\w+"
    rf"|  n\d+ (?:-->|-\.->|==>)\|{LABEL}\| [ng]\d+"
    r"|  classDef is_\w+ fill:#[0-9a-f]{6},[a-z0-9:,.# -]+"
    rf"|  subgraph (?:legend|g\d+)\[{LABEL}\]|    l\d+\[{LABEL}\]:::is_\w+|  end"
)


def test_hostile_words_in_mermaid(tmp_path: Path) -> None:
    found = hostile(tmp_path)
    for drawn in (graph.from_rulebook(found.rulebook), graph.from_case(found)):
        shown = view(found, drawn)
        lines = graph_mermaid.graph(shown).split("\n")
        assert lines.pop() == ""
        for line in lines:
            assert MERMAID.fullmatch(line), line
            for label in re.findall(LABEL, line):
                for part in label[1:-1].split("<br/>"):
                    assert not re.match(r"[-=]|\d+\. ", part)
        edges = [line for line in lines if line.startswith("  n") and "|" in line]
        assert len(edges) == len(drawn.edges)


def test_mermaid_draws_a_range_as_one_edge(run: Run) -> None:
    lines = run("graph", SHIPPED, *ON).text.split("\n")
    frames = [line.split('"')[1] for line in lines if line.startswith("  subgraph")]
    assert frames == ["1.8..1.13", "1.14, 1.15", "1.16..1.28"]
    assert sum(" ==>" in line for line in lines) == 9
    assert sum(line.startswith("    n") for line in lines) == 6 + 2 + 13


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_in_its_label(text: str) -> None:
    assert re.fullmatch(LABEL, f'"{graph_mermaid.entities(text)}"')
    found = DOT_TOKEN.fullmatch(graph_dot.string(text))
    assert found
    assert found[1] is not None


# --- The picture ----------------------------------------------------------------------------------


def between(points: tuple[layered.Point, ...]) -> list[layered.Point]:
    """A way as many points: level stretches, and the curves between them."""
    found = list(points[:2])
    for (one, left), (two, right) in list(pairwise(points))[1::2]:
        for step in range(1, 20):
            t = step / 20
            x = one + (two - one) * (1.5 * t * (1 - t) + t**3)
            found.append((x, left + (right - left) * (3 * t * t - 2 * t**3)))
        found.append((two, right))
    return [*found, points[-1]]


def laid_out(shown: View) -> None:
    """What every drawing keeps."""
    plan = graph_svg.planned(shown)
    drawing = layered.drawn(plan.boxes, plan.ways)
    boxes = [(box.key, drawing.places[box.key]) for box in plan.boxes]
    for (_, one), (_, two) in combinations(boxes, 2):
        apart_x = one.x + one.width <= two.x or two.x + two.width <= one.x
        assert apart_x or one.y + one.height <= two.y or two.y + two.height <= one.y
    nodes = [drawing.places[node] for node in shown.graph]
    for box in plan.boxes:
        outer = drawing.places[box.key]
        rows = [drawing.places[row.key] for row in box.rows]
        for row in rows:
            assert outer.x < row.x
            assert row.x + row.width < outer.x + outer.width
            assert outer.y < row.y
            assert row.y + row.height < outer.y + outer.height
        for above, below in pairwise(rows):
            assert above.y + above.height <= below.y
    for place in nodes:
        assert place.x >= 0
        assert place.y >= 0
        assert place.x + place.width <= drawing.width
        assert place.y + place.height <= drawing.height
    column = {box.key: box.column for box in plan.boxes}
    column |= {row.key: box.column for box in plan.boxes for row in box.rows}
    for way, points in zip(plan.ways, drawing.ways, strict=True):
        for key, (x, y), right in (
            (way.source, points[0], column[way.source] <= column[way.target]),
            (way.target, points[-1], column[way.source] >= column[way.target]),
        ):
            place = drawing.places[key]
            assert x == pytest.approx(place.x + (place.width if right else 0))
            assert place.y <= y <= place.y + place.height
        assert len(points) % 2 == 0
        assert all(one[1] == two[1] for one, two in list(pairwise(points))[::2])
        for x, y in between(points)[2:-2]:
            assert -1 <= y <= drawing.height + 1
            # A way crosses no box but the frames of its own ends.
            assert not any(
                place.x < x < place.x + place.width and place.y < y < place.y + place.height
                for key, place in boxes
                if column[key] not in (column[way.source], column[way.target])
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_picture(language: str) -> None:
    found = engine(ROOT / "scenarios/services", generator.ON, "example-saas.yaml")
    whole = graph.from_case(found)
    laid_out(view(found, whole, language))
    laid_out(view(found, graph.bearing_on(whole, "1.16"), language))
    plan = graph_svg.planned(view(found, whole, language))
    # Ranges are drawn together: far fewer lines than items released.
    assert sum(kind == "releases" for _, kind in plan.told) == 9
    assert len(plan.frames) == 3


@pytest.mark.parametrize("seed", range(40))
def test_small_pictures(seed: int, tmp_path: Path) -> None:
    laid_out(view(of(tmp_path, seed, generator.WIDE if seed % 2 else generator.SMALL)))


@pytest.mark.parametrize("seed", [3, 7])
def test_large_pictures(seed: int, tmp_path: Path) -> None:
    laid_out(view(of(tmp_path, seed, generator.LARGE)))


def test_a_picture_of_300_items_takes_little_time(tmp_path: Path) -> None:
    made = generator.medium(1, 300)
    generator.write(made, tmp_path)
    shown = view(engine(tmp_path, made.on))
    start = perf_counter()
    text = graph_svg.graph(shown)
    assert perf_counter() - start < 4
    assert text == graph_svg.graph(shown)
    laid_out(shown)


def test_circles_and_loops_are_drawn(tmp_path: Path) -> None:
    rules = {
        "rulebook": "circles",
        "catalogues": ["cat.yaml"],
        "items": [
            {"id": "1", "need": "mandatory", "applies_when": "1 or 2"},
            {"id": "2", "need": "mandatory", "applies_when": "3 or 2"},
            {"id": "3", "need": "mandatory", "applies_when": "1"},
        ],
    }
    evidence = [{"id": "a", "kind": "control", "requires": "a or c"}, *CATALOGUE["evidence"][1:]]
    write(tmp_path, rules, {"catalogue": "cat", "evidence": evidence}, {**SERVICE, "holds": ["b"]})
    found = engine(tmp_path, generator.ON)
    laid_out(view(found))
    assert graph_svg.graph(view(found)).count("<polygon") == len(
        graph_svg.planned(view(found)).ways
    ) + len({"applies-when", "requires"})


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0, 20)), min_size=1, max_size=7))
def test_settled_keeps_apart_and_is_the_nearest(told: list[tuple[float, float]]) -> None:
    wanted, apart = [want for want, _ in told], [gap for _, gap in told[1:]]
    found = layered.settled(wanted, apart)

    def far(given: list[float]) -> float:
        return sum((one - two) ** 2 for one, two in zip(given, wanted, strict=True))

    for at, gap in enumerate(apart):
        assert found[at + 1] - found[at] >= gap - 1e-6
    for at in range(len(found)):  # moving any run of them is no better
        for to in range(at + 1, len(found) + 1):
            for step in (-0.5, -0.01, 0.01, 0.5):
                moved = [y + step * (at <= place < to) for place, y in enumerate(found)]
                if all(moved[k + 1] - moved[k] >= gap for k, gap in enumerate(apart)):
                    assert far(moved) >= far(found) - 1e-6


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_crossings_by_brute_force(pairs: list[tuple[int, int]]) -> None:
    count = sum(
        (one[0] < two[0] and one[1] > two[1]) or (one[0] > two[0] and one[1] < two[1])
        for one, two in combinations(pairs, 2)
    )
    assert layered.crossings(pairs) == count


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_depths_are_longest_paths(pairs: list[tuple[int, int]]) -> None:
    nodes = [str(each) for each in range(7)]
    edges = [(str(one), str(two)) for one, two in pairs]
    found = layered.depths(nodes, edges)
    assert found.keys() == set(nodes)
    drawn: nx.DiGraph[str] = nx.DiGraph(edges)
    drawn.add_nodes_from(nodes)
    if nx.is_directed_acyclic_graph(drawn):
        for node in nodes:
            below = drawn.subgraph({node, *nx.descendants(drawn, node)})
            assert found[node] == len(nx.dag_longest_path(below)) - 1


def test_every_word_of_the_graph_is_used() -> None:
    told = {key for key in PHRASES if key.startswith("graph.")}
    text = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "cloudrules/render").glob("graph*.py")
    )
    made = {f"graph.{kind}" for kind in (*graph_svg.LINES, *graph_svg.OWN.values(), "when")}
    made |= {f"graph.{status}" for status in graph_svg.LOOKS}
    made |= {f"graph.{kind}-kind" for kind in ("item", "waiver", "evidence")}
    assert {key for key in told - made if f'said("{key}"' not in text} == set()
