"""What an answer was made from, so that anyone can have it made again, and see what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
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


@dataclass(frozen=True)
class Change:
    """A value of an answer that is another now; `at` is where it stands: `items[1.5].status`."""

    at: str
    then: Any
    now: Any


NOTHING = object()  # stands for a value that there is not
_NAMING = ("id", "item", "waiver", "name", "file", "rulebook")


def differences(then: Any, now: Any, at: str = "") -> Iterator[Change]:
    """Where two plain values differ. What has a name is told by it, and then the order of names."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            inside = f"{at}.{key}" if at else str(key)
            yield from differences(then.get(key, NOTHING), now.get(key, NOTHING), inside)
    elif isinstance(then, list) and isinstance(now, list) and (pairs := _paired(then, now)):
        for name, one, other in pairs:
            yield from differences(one, other, f"{at}[{name}]")
        stay = [name for name, one, two in pairs if one is not NOTHING and two is not NOTHING]
        order = [name for name, _, two in _paired(now, then) if name in set(stay)]
        if order != stay:
            yield Change(f"{at}[]", stay, order)
    elif then != now or type(then) is not type(now):
        yield Change(at, then, now)


def _paired(then: list[Any], now: list[Any]) -> list[tuple[str, Any, Any]]:
    """The members of two lists that go together; none where a list is a value by itself."""
    if not any(isinstance(each, dict | list) for each in (*then, *now)):
        return []
    for key in _NAMING:
        one, two = _named(then, key), _named(now, key)
        if one is not None and two is not None:
            names = dict.fromkeys((*one, *two))
            return [(name, one.get(name, NOTHING), two.get(name, NOTHING)) for name in names]
    both = zip_longest(then, now, fillvalue=NOTHING)
    return [(str(place), one, two) for place, (one, two) in enumerate(both, 1)]


def _named(values: list[Any], key: str) -> dict[str, Any] | None:
    """The members of a list by their names; None unless each has one of its own."""
    found: dict[str, Any] = {}
    for value in values:
        name = value.get(key) if isinstance(value, dict) else None
        if not isinstance(name, str) or name in found:
            return None
        found[name] = value
    return found


@dataclass(frozen=True)
class Replay:
    """What came of making an answer again.

    `answer` is None where there is none now, and `fault` says why, as (code, place). `document`: is
    it as this answer makes it? None where that cannot be told: other things have changed, or it is
    a PDF that is not the one made here, or of which none can be made here, as `fault` then says.
    `shown` is the format of what was kept. `late`: time ran out before all had been searched for,
    which may be why an answer is another.
    """

    then: Receipt
    program: str
    files: Sequence[tuple[str, str]]
    answer: Sequence[Change] | None
    fault: tuple[str, str] = ("", "")
    document: bool | None = None
    shown: str = "json"
    late: bool = False

    @property
    def same(self) -> bool | None:
        """Whether nothing has changed; None where that is not known."""
        if self.program != self.then.program or self.files or self.answer is None:
            return False
        if self.answer:
            return None if self.late else False
        if self.document is None and self.shown == "pdf":
            return None
        return self.document is not False
