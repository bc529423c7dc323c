"""What an answer was made from, so that anyone can have it made again, and see what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

Readings: TypeAlias = "Mapping[str, str] | Mapping[str, Mapping[str, str]] | Literal['all']"


@dataclass(frozen=True)
class Receipt:
    """The program, the command with its arguments, and every file read with its SHA-256.

    `command` holds all that the answer turns on, the date included, and nothing of where it goes.
    """

    program: str
    command: tuple[str, ...]
    on: date
    readings: Readings
    files: Mapping[str, str]


def data(receipt: Receipt) -> dict[str, Any]:
    """The receipt as plain data, the same for the same files whatever the order of reading."""
    return {
        "program": receipt.program,
        "command": list(receipt.command),
        "on": str(receipt.on),
        "readings": receipt.readings if isinstance(receipt.readings, str) else _plain(receipt),
        "files": dict(sorted(receipt.files.items())),
    }


def _plain(receipt: Receipt) -> dict[str, Any]:
    assert not isinstance(receipt.readings, str)
    return {
        name: value if isinstance(value, str) else dict(value)
        for name, value in receipt.readings.items()
    }


def changed(then: Mapping[str, str], now: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """The files that differ, as (name, `other` | `absent` | `added`), by name."""
    found: list[tuple[str, str]] = []
    for name in sorted({*then, *now}):
        if not now.get(name):
            found.append((name, "absent"))
        elif name not in then:
            found.append((name, "added"))
        elif then[name] != now[name]:
            found.append((name, "other"))
    return found
