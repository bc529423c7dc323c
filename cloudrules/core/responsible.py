"""Why two rulebooks answer differently about one service: the clauses that say different things.

From an item that differs, the walk goes down to what its answer rests on and differs as well, until
it comes to entries whose own words differ and where the words, not what they rest on, make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from cloudrules.core.assessment import ItemAnswer, answer_of
from cloudrules.core.entry import Mapping, Node, Scalar, Sequence
from cloudrules.core.errors import Place
from cloudrules.core.evaluation import Evaluation, Truth, all_of, evaluated, said
from cloudrules.core.expression import FALSE, Expr, Name, Waived, leaves
from cloudrules.core.findings import Part
from cloudrules.core.joint import Side
from cloudrules.core.names import Value
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.situation import Situation

_Kind: TypeAlias = Literal["met", "applies", "waived", "fires"]
_Gate: TypeAlias = tuple[_Kind, str]
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


def of_item(item: str, a: Valued, b: Valued) -> tuple[Clause, ...]:
    """The clauses by which two sides answer differently for an item."""
    walk = _Walk(a, b)
    walk.item(item)
    return walk.clauses()


def of_verdict(a: Valued, b: Valued) -> tuple[Clause, ...]:
    """The clauses by which two sides come to another verdict."""
    walk = _Walk(a, b)
    for item in dict.fromkeys([*a.rules.items, *b.rules.items]):
        if a.truth("missing", item) != b.truth("missing", item):
            walk.item(item)
    return walk.clauses()


class _Walk:
    """What was found responsible, by entry and field, and the gates still to be gone into."""

    def __init__(self, a: Valued, b: Valued) -> None:
        self.a, self.b = a, b
        self.told: dict[tuple[str, str], Clause] = {}
        self.waiting: list[_Gate] = []
        self.seen: set[_Gate] = set()

    def clauses(self) -> tuple[Clause, ...]:
        """Goes as deep as the rules do, without recursion: people make them deep."""
        at = 0
        while at < len(self.waiting):
            kind, name = self.waiting[at]
            at += 1
            if not self.in_both(name):
                self.whole(name)
            elif kind == "waived":
                self.waived(name)
            else:
                self.condition(kind, name)
        return tuple(self.told.values())

    def in_both(self, name: str) -> bool:
        return self.a.side.exists(name) and self.b.side.exists(name)

    def differs(self, kind: _Kind, name: str) -> bool:
        return self.a.truth(kind, name) != self.b.truth(kind, name)

    def go(self, kind: _Kind, name: str) -> None:
        if (kind, name) not in self.seen and self.differs(kind, name):
            self.seen.add((kind, name))
            self.waiting.append((kind, name))

    def item(self, name: str) -> None:
        """From the answer for an item to the gates that it is made of."""
        if not self.in_both(name):
            self.whole(name)
            return
        self.go("met", name)
        self.go("applies", name)
        if any(each.truth("applies", name) is not False for each in (self.a, self.b)):
            self.go("waived", name)
            one, two = (each.rules.items[name].need for each in (self.a, self.b))
            waived = [each.truth("waived", name) for each in (self.a, self.b)]
            if one != two and waived != [True, True]:
                self.tell(name, "need")

    def waived(self, item: str) -> None:
        """The waivers that release it on one side and not on the other."""
        lists = [dict.fromkeys(each.releasing.get(item, ())) for each in (self.a, self.b)]
        for waiver in dict.fromkeys([*lists[0], *lists[1]]):
            fires = [each.truth("fires", waiver) for each in (self.a, self.b)]
            releases = [[all_of([waiver in listed, fire]) for fire in fires] for listed in lists]
            if releases[0][0] == releases[1][1]:
                continue
            if not self.in_both(waiver):
                self.whole(waiver)
                continue
            if any(releases[0][at] != releases[1][at] for at in (0, 1)):
                self.tell(waiver, "waives")
            if any(row[0] != row[1] for row in releases):
                self.go("fires", waiver)

    def condition(self, kind: str, name: str) -> None:
        """The condition itself, where the words make it; and what it rests on, where that does."""
        one, two = (_condition(each.rules, kind, name) for each in (self.a, self.b))
        here = [self.a.says(one, each) for each in (self.a, self.b)]
        there = [self.b.says(two, each) for each in (self.a, self.b)]
        if one != two and here != there:
            self.tell(name, _FIELDS[kind])
        if here[0] != here[1] or there[0] != there[1]:
            for leaf in (*leaves(one), *leaves(two)):
                if isinstance(leaf, Waived):
                    self.go("waived", leaf.name)
                elif isinstance(leaf, Name) and self._is_item(leaf.name):
                    self.go("met", leaf.name)
                else:
                    self.fact(getattr(leaf, "name", ""))

    def _is_item(self, name: str) -> bool:
        return name in self.a.rules.items or name in self.b.rules.items

    def fact(self, name: str) -> None:
        """A fact that a service is silent about, so that each side takes its own default."""
        one, two = (each.situation.facts.get(name) for each in (self.a, self.b))
        both = name in self.a.rules.facts and name in self.b.rules.facts
        if both and one != two:
            parts = (_default(each.side, name) for each in (self.a, self.b))
            self.told.setdefault((name, "default"), Clause("default", *parts))

    def tell(self, entry: str, field: str) -> None:
        parts = (_part(each.side, entry, field) for each in (self.a, self.b))
        self.told.setdefault((entry, field), Clause(field, *parts))

    def whole(self, entry: str) -> None:
        """An entry that one side does not have, or does not have yet, or any more."""
        there = all(each.rules.entry(entry) for each in (self.a, self.b))
        self.tell(entry, "in_force" if there else "")


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


def _default(side: Side, name: str) -> Part:
    default = side.rulebook.facts[name].default
    place: Place = default.place if default else side.rulebook.place
    return Part(name, "default", default.name if default else "false", place)


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
