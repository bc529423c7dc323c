"""A circuit whose inputs are changed again and again, a few of them at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from heapq import heapify, heappop, heappush
from operator import or_

from cloudrules.core.gates import Circuit, Gate, Rails


class Flow:
    """The rails of every gate, as bit vectors, under the inputs given last.

    A change goes only where it makes a difference, so that each costs what it changes, not what
    the circuit is long.
    """

    def __init__(self, circuit: Circuit, rails: list[Rails[int]]) -> None:
        self.rails = rails
        self._gates = circuit.gates
        self._users: list[list[int]] = [[] for _ in rails]
        for at, gate in enumerate(circuit.gates):
            for arg in gate.args:
                self._users[arg].append(at)

    def change(self, inputs: Mapping[int, Rails[int]]) -> list[int]:
        """Give the inputs at these places other rails; the gates whose rails then differ."""
        changed: list[int] = []
        waiting = list(inputs)
        heapify(waiting)
        known = set(waiting)
        while waiting:  # a part is always made before the whole
            at = heappop(waiting)
            now = inputs[at] if at in inputs else self._joined(self._gates[at])
            if now == self.rails[at]:
                continue
            self.rails[at] = now
            changed.append(at)
            for user in self._users[at]:
                if user not in known:
                    known.add(user)
                    heappush(waiting, user)
        return changed

    def _joined(self, gate: Gate) -> Rails[int]:
        op, args = gate.op, gate.args
        may, may_not = self.rails[args[0]]
        if op == "not":
            return may_not, may
        if op == "and":
            for arg in args[1:]:
                one, other = self.rails[arg]
                may, may_not = may & one, may_not | other
        else:
            for arg in args[1:]:
                one, other = self.rails[arg]
                may, may_not = may | one, may_not & other
        return may, may_not


class Cones:
    """The names of the inputs of kind `evidence` and `item` that each gate rests on."""

    def __init__(self, circuit: Circuit) -> None:
        self._names: list[str] = []
        self._cones: list[int] = []  # as bits: the places of the names
        for gate in circuit.gates:
            cone = 0
            for arg in gate.args:
                cone |= self._cones[arg]
            if gate.input is not None and gate.input.kind in ("evidence", "item"):
                cone |= 1 << len(self._names)
                self._names.append(gate.input.name)
            self._cones.append(cone)

    def of(self, gates: Iterable[int]) -> frozenset[str]:
        """What any of these gates rests on."""
        cone = reduce(or_, (self._cones[at] for at in gates), 0)
        return frozenset(name for at, name in enumerate(self._names) if cone >> at & 1)
