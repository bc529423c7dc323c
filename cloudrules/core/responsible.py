"""Why two rulebooks answer differently about one service: the clauses that say different things.

From an item that differs, the walk goes down to what its answer rests on and differs as well, until
it comes to entries whose own words differ and where the words, not what they rest on, make it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from cloudrules.core.assessment import ItemAnswer, answer_of
from cloudrules.core.entry import Mapping, Node, Scalar, Sequence
from cloudrules.core.errors import Place
from cloudrules.core.evaluation import Evaluation, Truth, all_of, evaluated, said
from cloudrules.core.expression import FALSE, Compare, Expr, Name, Waived, leaves
from cloudrules.core.findings import Part
from cloudrules.core.joint import Side
from cloudrules.core.names import Value
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.situation import Situation

_Kind: TypeAlias = Literal["met", "applies", "waived", "fires"]
_Gate: TypeAlias = tuple[_Kind, str]
_Clause: TypeAlias = tuple[str, str]  # an entry, by its shared name, and a field
_FIELDS = {"met": "met_by", "applies": "applies_when", "fires": "when"}


@dataclass(frozen=True)
class Clause:
    """What each side says where they differ; None: nothing."""

    field: str
    a: Part | None
    b: Part | None


@dataclass(frozen=True)
class Valued:
    """One side with what holds there for one service, under the names that both sides share."""

    side: Side
    situation: Situation

    @property
    def rules(self) -> Rulebook:
        return self.side.shared

    @cached_property
    def found(self) -> Evaluation:
        return evaluated(self.rules, self.situation)

    @cached_property
    def releasing(self) -> dict[str, list[str]]:
        """The waivers that list each item, in order."""
        listing: dict[str, list[str]] = {}
        for waiver in self.rules.waivers.values():
            for part in waiver.waives if self.side.exists(waiver.id) else ():
                assert isinstance(part, Name)
                listing.setdefault(part.name, []).append(waiver.id)
        return listing

    def truth(self, kind: str, name: str) -> Truth:
        """What holds of an item or a waiver; false where there is none."""
        values: dict[str, Truth] = getattr(self.found, kind)
        return values.get(name, False)

    def answer(self, item: str) -> ItemAnswer | None:
        """What this side says of an item, in its own names; None where there is none."""
        if not self.side.exists(item):
            return None

        def known(*gate: str) -> Truth:
            if gate[0] == "releases":
                return self.truth("fires", gate[1])
            return self.truth(gate[0], gate[1])

        answer = answer_of(item, known, self.rules.items[item].need, self.releasing.get(item, []))
        own = self.side.own
        waived_by = tuple(own[each] for each in answer.waived_by)
        return ItemAnswer(
            own[item], answer.need, answer.obligation, answer.met, answer.status, waived_by
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, under its own names."""
        return tuple(self.side.own[item] for item, value in self.found.missing.items() if value)

    def says(self, condition: Expr, there: Valued) -> Truth:
        """What a condition of this side comes to, where what it rests on is as on a side."""
        facts: dict[str, Value | None] = {**self.situation.facts, **there.situation.facts}
        inputs = Situation(
            there.situation.on, there.situation.held, {}, there.situation.unknown, facts
        )
        return said(condition, self.rules, inputs, there.found)


class Reasons:
    """The clauses by which two sides answer differently about one service."""

    def __init__(self, a: Valued, b: Valued) -> None:
        self.a, self.b = a, b
        self._steps: dict[_Gate, tuple[list[_Clause], list[_Gate]]] = {}

    def of_verdict(self) -> tuple[Clause, ...]:
        """Why they come to another verdict."""
        items = dict.fromkeys([*self.a.rules.items, *self.b.rules.items])
        return self.of_items(
            item for item in items if self.a.truth("missing", item) != self.b.truth("missing", item)
        )

    def of_items(self, items: Iterable[str]) -> tuple[Clause, ...]:
        """Why they answer differently for these items, each clause once.

        Goes as deep as the rules do, without recursion: people make them deep.
        """
        told: dict[_Clause, None] = {}
        waiting: dict[_Gate, None] = {}
        for item in items:
            clauses, gates = self._item(item)
            told.update(dict.fromkeys(clauses))
            waiting.update(dict.fromkeys(gates))
        order = list(waiting)
        for gate in order:  # which grows
            clauses, gates = self._step(gate)
            told.update(dict.fromkeys(clauses))
            order += [each for each in gates if each not in waiting]
            waiting.update(dict.fromkeys(gates))
        return tuple(self._clause(*each) for each in told)

    def _in_both(self, name: str) -> bool:
        return self.a.side.exists(name) and self.b.side.exists(name)

    def _whole(self, entry: str) -> _Clause:
        """An entry that one side does not have, or does not have yet, or any more."""
        there = all(each.rules.entry(entry) for each in (self.a, self.b))
        return entry, "in_force" if there else ""

    def _differing(self, gates: Iterable[_Gate]) -> list[_Gate]:
        return [gate for gate in gates if self.a.truth(*gate) != self.b.truth(*gate)]

    def _item(self, name: str) -> tuple[list[_Clause], list[_Gate]]:
        """From the answer for an item to the gates that it is made of."""
        if not self._in_both(name):
            return [self._whole(name)], []
        gates: list[_Gate] = [("met", name), ("applies", name)]
        told: list[_Clause] = []
        sides = (self.a, self.b)
        if any(each.truth("applies", name) is not False for each in sides):
            gates.append(("waived", name))
            one, two = (each.rules.items[name].need for each in sides)
            if one != two and any(each.truth("waived", name) is not True for each in sides):
                told.append((name, "need"))
        return told, self._differing(gates)

    def _step(self, gate: _Gate) -> tuple[list[_Clause], list[_Gate]]:
        """What is responsible here for a gate that differs, and what it rests on that differs."""
        if gate not in self._steps:
            kind, name = gate
            if not self._in_both(name):
                self._steps[gate] = [self._whole(name)], []
            else:
                found = self._waived(name) if kind == "waived" else self._conditions(kind, name)
                self._steps[gate] = found
        return self._steps[gate]

    def _waived(self, item: str) -> tuple[list[_Clause], list[_Gate]]:
        """The waivers that release an item on one side and not on the other."""
        told: list[_Clause] = []
        gates: list[_Gate] = []
        lists = [dict.fromkeys(each.releasing.get(item, ())) for each in (self.a, self.b)]
        for waiver in dict.fromkeys([*lists[0], *lists[1]]):
            fires = [each.truth("fires", waiver) for each in (self.a, self.b)]
            # By the list of each side, with the condition as it is on each side
            releases = [[all_of([waiver in listed, fire]) for fire in fires] for listed in lists]
            if releases[0][0] == releases[1][1]:
                continue
            if not self._in_both(waiver):
                told.append(self._whole(waiver))
                continue
            if releases[0] != releases[1]:
                told.append((waiver, "waives"))
            if any(one != two for one, two in releases):
                gates.append(("fires", waiver))
        return told, self._differing(gates)

    def _conditions(self, kind: str, name: str) -> tuple[list[_Clause], list[_Gate]]:
        """The condition itself, where the words make it; and what it rests on, where that does."""
        one, two = (_condition(each.rules, kind, name) for each in (self.a, self.b))
        here = [self.a.says(one, each) for each in (self.a, self.b)]
        there = [self.b.says(two, each) for each in (self.a, self.b)]
        told = [(name, _FIELDS[kind])] if one != two and here != there else []
        gates: dict[_Gate, None] = {}
        if here[0] != here[1] or there[0] != there[1]:
            for leaf in (*leaves(one), *leaves(two)):
                if isinstance(leaf, Waived):
                    gates["waived", leaf.name] = None
                elif isinstance(leaf, Name | Compare):
                    gates["met", leaf.name] = None  # false where it is no item
                    told += self._default(leaf.name)
        return told, self._differing(gates)

    def _default(self, name: str) -> list[_Clause]:
        """A fact that a service is silent about, where each side takes its own default."""
        values = [each.situation.facts.get(name) for each in (self.a, self.b)]
        both = name in self.a.rules.facts and name in self.b.rules.facts
        return [(name, "default")] if both and values[0] != values[1] else []

    def _clause(self, entry: str, field: str) -> Clause:
        part = _default_of if field == "default" else _part
        return Clause(field, part(self.a.side, entry, field), part(self.b.side, entry, field))


def _condition(rules: Rulebook, kind: str, name: str) -> Expr:
    if kind == "fires":
        return rules.waivers[name].when
    item = rules.items[name]
    return item.applies_when if kind == "applies" else item.met_by or FALSE


def _part(side: Side, name: str, field: str) -> Part | None:
    """A field of an entry in the words of the rulebook; without a field, the whole entry."""
    entry = side.read.entry(side.own[name]) if name in side.own else None
    if entry is None:
        return None
    node = entry.entry.get(field) if field else None
    return Part(entry.id, field, spelt(node), node.place if node else entry.place)


def _default_of(side: Side, name: str, field: str) -> Part | None:
    fact = side.rulebook.facts[name]
    if fact.default is None and fact.kind != "boolean":
        return None
    place: Place = fact.default.place if fact.default else fact.place
    return Part(name, field, fact.default.name if fact.default else "false", place)


def spelt(node: Node | None) -> str:
    """A part of a file on one line, as people would write it; '' where there is none."""
    match node:
        case Scalar():
            return node.text.strip()
        case Sequence(nodes):
            return ", ".join(spelt(each) for each in nodes)
        case Mapping():
            return ", ".join(f"{key}: {_nested(each)}" for key, _, each in node)
    return ""


def _nested(node: Node) -> str:
    text = spelt(node)
    if isinstance(node, Scalar):
        return text
    return f"{{{text}}}" if isinstance(node, Mapping) else f"[{text}]"
