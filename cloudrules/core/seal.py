"""Sums by which others can tell that they have the same circuit, or the same data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from cloudrules.core.gates import Circuit


def of_bytes(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def of_data(value: object) -> str:
    """Of plain data, whatever the order of its keys and however it was laid out."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return of_bytes(text.encode("utf-8", "surrogatepass"))


def of_circuit(circuit: Circuit) -> str:
    """Of the gates in their order, what each is made of, and the named ones by name."""
    total = sha256()
    for line in _lines(circuit):
        total.update(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        total.update(b"\n")
    return total.hexdigest()


def _lines(circuit: Circuit) -> Iterable[list[object]]:
    yield [circuit.one_reading]
    for gate in circuit.gates:
        if gate.input is not None:
            leaf = gate.input
            value = [type(leaf.value).__name__, str(leaf.value)]
            yield [gate.op, leaf.kind, leaf.name, leaf.op, *value]
        else:
            yield [gate.op, *gate.args] if gate.op != "constant" else [gate.op, gate.value]
    for name in sorted(circuit.named):
        yield [*name, circuit.named[name]]
