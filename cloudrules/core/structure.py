"""What is wrong with a rulebook that can be seen without asking a solver."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import networkx as nx

from cloudrules.core import expression
from cloudrules.core.entries import Evidence, Item, Waiver
from cloudrules.core.expression import And, Arg, AtLeast, Constant, Name, Not, Or, Range
from cloudrules.core.findings import Finding, Part
from cloudrules.core.rulebook import Rulebook


def from_rulebook(rulebook: Rulebook) -> list[Finding]:
    """What holds in every reading and for every service: circles, and what nothing uses."""
    return [*circles(rulebook), *unused(rulebook)]


def circles(rulebook: Rulebook) -> list[Finding]:
    """Evidence that can never be acquired, because what it requires rests on itself."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    stuck = _stuck(rulebook.evidence)
    for name in stuck:
        needs = _positive(rulebook.evidence[name].requires)
        graph.add_edges_from((name, need) for need in needs if need in stuck)
    order = {name: at for at, name in enumerate(rulebook.evidence)}
    found = []
    for component in nx.strongly_connected_components(graph):
        names = sorted(component, key=order.__getitem__)
        if len(names) > 1 or graph.has_edge(names[0], names[0]):
            parts = tuple(_requires(rulebook.evidence[name]) for name in names)
            place = rulebook.evidence[names[0]].place
            found.append(Finding("requires-circle", names[0], place, parts=parts))
    return sorted(found, key=lambda each: order[each.id])


def unused(rulebook: Rulebook) -> list[Finding]:
    """Evidence and facts that no condition names, in any reading."""
    named = {name for each in versions(rulebook) for name in _named(each)}
    stack = [name for name in named if name in rulebook.evidence]
    while stack:
        needed = set(_names(rulebook.evidence[stack.pop()].requires)) - named
        named |= needed
        stack += needed
    return [
        *(
            Finding("evidence-unused", each.id, each.place)
            for each in rulebook.evidence.values()
            if each.id not in named
        ),
        *(
            Finding("fact-unused", name, fact.place)
            for name, fact in rulebook.facts.items()
            if name not in named
        ),
    ]


def versions(rulebook: Rulebook) -> Iterator[Item | Waiver]:
    """Every item and waiver, and besides as each option of a reading has it where it changes it.

    Of two readings no two options change the same field: each field is as one option has it.
    """
    yield from rulebook.entries()
    for reading in rulebook.readings:
        for option in reading.options[1:]:
            for entry in rulebook.under({reading.id: option.id}).entries():
                if entry is not rulebook.entry(entry.id):
                    yield entry


def _stuck(evidence: dict[str, Evidence]) -> set[str]:
    """What can never be acquired, whatever is acquired first."""
    held: set[str] = set()
    waiting: dict[str, list[str]] = {}  # by what they name: whose turn comes when it is held
    for each in evidence.values():
        for need in _positive(each.requires):
            waiting.setdefault(need, []).append(each.id)
    stack = list(evidence)
    while stack:
        name = stack.pop()
        if name not in held and _holds(evidence[name].requires, held):
            held.add(name)
            stack += waiting.get(name, ())
    return evidence.keys() - held


def _holds(requires: Arg, held: Container[str]) -> bool:
    """Whether what is held suffices; of what must not be held, it is never too much."""
    match requires:
        case Constant(value):
            return value
        case Name(name):
            return name in held
        case Not():
            return True
        case And(parts):
            return all(_holds(part, held) for part in parts)
        case Or(parts):
            return any(_holds(part, held) for part in parts)
        case AtLeast(threshold, weighed):
            return sum(weight for weight, part in weighed if _holds(part, held)) >= threshold
    raise TypeError("requires is over evidence alone")


def _positive(requires: Arg) -> Iterator[str]:
    """The names that a condition speaks of outside every `not`."""
    match requires:
        case Name(name):
            yield name
        case And(parts) | Or(parts):
            for part in parts:
                yield from _positive(part)
        case AtLeast(_, weighed):
            for _, part in weighed:
                yield from _positive(part)


def _named(entry: Item | Waiver) -> Iterator[str]:
    """What the conditions of an entry name."""
    if isinstance(entry, Waiver):
        yield from _names(entry.when)
    else:
        yield from _names(entry.applies_when)
        yield from _names(entry.met_by) if entry.met_by else ()


def _names(condition: Arg) -> Iterable[str]:
    # A range is of items, and names neither evidence nor a fact.
    leaves = expression.leaves(condition)
    return (leaf.name for leaf in leaves if not isinstance(leaf, Range))


def _requires(evidence: Evidence) -> Part:
    """The clause as the catalogue has it."""
    written = evidence.entry.get("requires")
    place = written.place if written else evidence.place
    return Part(evidence.id, "requires", getattr(written, "text", ""), place)
