"""Clingo as a prover: one growing program, each question asked under assumptions.

What a question teaches is kept for the next.
"""

from __future__ import annotations

from collections.abc import Iterable

from clingo import Control
from clingo.backend import Backend

from cloudrules.core.gates import Input
from cloudrules.core.problem import Clock, OutOfTime
from cloudrules.core.universe import Universe

LOOK = 0.05  # seconds between looks at the clock


class Proving:
    """See `cloudrules.core.prover.Prover`."""

    name = "clingo"

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.control = Control(["--warn=none"])
        self._atoms: dict[str, int] = {}  # of the keys
        self._literals: dict[int, int] = {}  # of the gates

    def find(self, wanted: Iterable[int], clock: Clock) -> frozenset[str] | None:
        """See `cloudrules.core.prover.Prover`."""
        gates = list(wanted)
        with self.control.backend() as backend:
            self._encode(gates, backend)
        assumptions = [self._literals[gate] for gate in gates]
        found: list[frozenset[str]] = []

        with self.control.solve(
            assumptions=assumptions,
            on_model=lambda model: found.append(
                frozenset(key for key, atom in self._atoms.items() if model.is_true(atom))
            ),
            async_=True,
        ) as handle:
            try:
                while not handle.wait(LOOK if clock.left is None else min(LOOK, clock.left)):
                    clock.check()
            except OutOfTime:
                handle.cancel()
                raise
            result = handle.get()
        if not found and not result.unsatisfiable:
            raise OutOfTime
        return found[0] if found else None

    def _encode(self, gates: list[int], backend: Backend) -> None:
        """Rules for gates and what they rest on, so far as there are none yet."""
        nodes, made = self.universe.builder.gates, self._literals
        asked: set[int] = set()
        stack = [gate for gate in gates if gate not in made]
        while stack:
            gate = stack.pop()
            if gate not in asked:
                asked.add(gate)
                stack += [arg for arg in nodes[gate].args if arg not in made]
        for gate in sorted(asked):
            op, args, leaf, value = nodes[gate]
            if op == "not":
                made[gate] = -made[args[0]]
            elif leaf is not None:
                made[gate] = self._leaf(leaf, backend)
            else:
                atom = made[gate] = backend.add_atom()
                if op == "constant":
                    if value:
                        backend.add_rule([atom], [])
                elif op == "and":
                    backend.add_rule([atom], [made[arg] for arg in args])
                else:
                    for arg in args:
                        backend.add_rule([atom], [made[arg]])

    def _leaf(self, leaf: Input, backend: Backend) -> int:
        keys, negated = self.universe.leaf(leaf)
        atom = backend.add_atom()
        for key in keys:
            backend.add_rule([atom], [self._key(key, backend)])
        return -atom if negated else atom

    def _key(self, key: str, backend: Backend) -> int:
        if key not in self._atoms:
            group = self.universe.group_of.get(key)
            keys = group.keys[1:] if group else (key,)
            atoms = [backend.add_atom() for _ in keys]
            backend.add_rule(atoms, [], choice=True)
            for at, one in enumerate(atoms):
                for two in atoms[at + 1 :]:
                    backend.add_rule([], [one, two])
            self._atoms.update(zip(keys, atoms, strict=True))
        return self._atoms[key]


def make(universe: Universe) -> Proving:
    return Proving(universe)
