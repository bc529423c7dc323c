"""A compiled rulebook in which clauses are changed, or inputs settled, and what that changes.

Gates that stay as they were are shared, so that a change costs what it touches and no more.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from cloudrules.core import circuit
from cloudrules.core.circuit import either
from cloudrules.core.expression import Expr
from cloudrules.core.gates import Builder, Circuit, Named
from cloudrules.core.part import Part
from cloudrules.core.rulebook import Rulebook

KINDS = {"met_by": "met", "applies_when": "applies", "when": "fires"}


@dataclass(frozen=True)
class Edit:
    """A condition of an entry that says `new` wherever it said `old`.

    Without a field: the waiver `entry` is gone.
    """

    entry: str
    field: str = ""
    old: Expr | None = None
    new: Expr | None = None


class Compilation:
    """The circuit of a rulebook in all its readings, kept so that it can be varied.

    Raises as `circuit.from_rulebook`.
    """

    def __init__(self, rulebook: Rulebook, builder: Builder) -> None:
        self.rulebook, self.builder = rulebook, builder
        self.parts = circuit.parts_of(rulebook, builder)
        self.circuit: Circuit = circuit.joined(self.parts)

    @property
    def named(self) -> dict[Named, int]:
        return self.circuit.named

    def varied(self, edits: tuple[Edit, ...]) -> dict[Named, int]:
        """The named gates that differ under some edits; `compliant` is not among them."""
        changed = [(guard, part, _varied(part, edits)) for guard, part in self.parts]
        names = dict.fromkeys(name for _, _, gates in changed for name in gates)
        if len(self.parts) == 1:
            return changed[0][2]
        each = [(guard, {**part.named, **gates}) for guard, part, gates in changed]
        return {name: either(name, each, self.builder) for name in names}

    @cached_property
    def _users(self) -> list[list[int]]:
        users: list[list[int]] = [[] for _ in self.circuit.gates]
        for at, gate in enumerate(self.circuit.gates):
            for arg in gate.args:
                users[arg].append(at)
        return users

    def settled(self, values: dict[int, bool]) -> dict[int, int]:
        """The gates that become others where some inputs are settled, with what they become."""
        gates, builder = self.circuit.gates, self.builder
        made = {gate: builder.constant(value) for gate, value in values.items()}
        waiting: list[int] = []
        queued: set[int] = set()

        def wake(gate: int) -> None:
            for user in self._users[gate] if gate < len(gates) else ():
                if user not in queued:
                    queued.add(user)
                    heappush(waiting, user)

        for gate in values:
            wake(gate)
        while waiting:
            at = heappop(waiting)
            op, args, _, _ = gates[at]
            parts = [made.get(arg, arg) for arg in args]
            if op == "not":
                made[at] = builder.negation(parts[0])
            elif op == "and":
                made[at] = builder.conjunction(parts)
            else:
                made[at] = builder.disjunction(parts)
            if made[at] != at:
                wake(at)
        return made


def _varied(part: Part, edits: tuple[Edit, ...]) -> dict[Named, int]:
    """The named gates of one part that differ, the verdict on the items included."""
    other = _edited(part, edits)
    ranks = part.ranks
    waiting = sorted({ranks[gate] for edit in edits for gate in _touched(part, edit)})
    queued = set(waiting)
    order = list(part.rests_on)
    changed: dict[Named, int] = {}
    items: set[str] = set()
    while waiting:
        at = heappop(waiting)
        gate = order[at]
        other.gate(gate)
        if other.named[gate] == part.named[gate]:
            continue
        changed[gate] = other.named[gate]
        if gate[0] != "fires":
            items.add(gate[1])
        for user in part.users[gate]:
            if ranks[user] not in queued:
                queued.add(ranks[user])
                heappush(waiting, ranks[user])
    for item in sorted(items):
        other.verdict_on(item)
        for kind in ("owed", "missing"):
            if other.named[kind, item] != part.named[kind, item]:
                changed[kind, item] = other.named[kind, item]
    return changed


def _edited(part: Part, edits: tuple[Edit, ...]) -> Part:
    """The part with what its conditions say changed, its gates being those of before."""
    other = copy(part)
    other.named = dict(part.named)
    other.said = dict(part.said)
    other.releases = dict(part.releases)
    for edit in edits:
        if edit.field:
            said = other.said.get((edit.entry, edit.field), [])
            other.said[edit.entry, edit.field] = [
                (guard, edit.new if each == edit.old else each) for guard, each in said
            ]
            continue
        for _, item in _touched(part, edit):
            kept = [pair for pair in other.releases[item] if pair[0] != edit.entry]
            other.releases[item] = kept
    return other


def _touched(part: Part, edit: Edit) -> list[tuple[str, str]]:
    if edit.field:
        gate = (KINDS[edit.field], edit.entry)
        return [gate] if gate in part.rests_on else []
    return [
        ("waived", item)
        for item, releases in part.releases.items()
        if any(waiver == edit.entry for waiver, _ in releases)
    ]
