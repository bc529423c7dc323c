"""What is another in an answer now, in words: items that change alike are one row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cloudrules.core.receipt import NOTHING
from cloudrules.render.answer_words import KEYS
from cloudrules.render.blocks import Block, Column, Grid, Line, line, paragraph
from cloudrules.render.clean import brief
from cloudrules.render.wording import Wording, ranges
from cloudrules.render.words import pick

if TYPE_CHECKING:
    from cloudrules.core.receipt import Change

SHOWN = 40  # rows
LONGEST = 80  # characters of a value
ITEMS = ("items", "exemptions")  # lists whose members are named after items
VERDICTS = ("compliant", "verdict")
ASSESSED = ("assess", "")  # the part of a report that most changes are in
_PART = re.compile(r"\.?([^.\[\]]+)|\[([^\[\]]*)\]")

Step = tuple[str, str]  # a key, and the name of the member of a list that comes after it, or ''


def blocks(changes: Sequence[Change], said: Wording) -> list[Block]:
    columns = (
        Column(said("receipt.col.what"), "wrap"),
        Column(said("receipt.col.then"), "wrap"),
        Column(said("receipt.col.now"), "wrap"),
    )
    rows = list(_rows(changes, said))
    found: list[Block] = [Grid(columns, tuple(rows[:SHOWN]))]
    rest = len(rows) - SHOWN
    return [*found, paragraph(said("receipt.more", n=rest))] if rest > 0 else found


def _rows(changes: Sequence[Change], said: Wording) -> Iterator[tuple[Line, ...]]:
    groups: dict[object, tuple[str, list[Step], tuple[str, ...], list[str]]] = {}
    for change in changes:
        steps = _steps(change.at)
        last = steps[-1][0] if steps else ""
        sides = tuple(_value(each, last, said) for each in (change.then, change.now))
        alike = [(key, "" if key in ITEMS else name) for key, name in steps]
        group = (*alike, *sides) if steps else change.at
        names = [name for key, name in steps if key in ITEMS and name]
        groups.setdefault(group, (change.at, steps, sides, []))[3].extend(names)
    for at, steps, sides, names in groups.values():
        yield line(_what(at, steps, names, said)), *map(line, sides)


def _steps(at: str) -> list[Step]:
    """A path as its keys; none where it has names that make it ambiguous."""
    steps: list[Step] = []
    for part in _PART.finditer(at):
        if part[1] is not None:
            steps.append((part[1], ""))
        elif steps:
            key, before = steps[-1]
            steps[-1] = key, f"{before}.{part[2]}" if before else part[2]
    return steps if _joined(steps) == at else []


def _joined(steps: Sequence[Step]) -> str:
    return ".".join(f"{key}[{name}]" if name else key for key, name in steps)


def _what(at: str, steps: Sequence[Step], names: Sequence[str], said: Wording) -> str:
    """A path in words; `names` are the items that it stands for."""
    if not steps:
        return at
    parts: list[str] = []
    above = ""
    for key, name in steps[1:] if steps[0] == ASSESSED and len(steps) > 1 else steps:
        words = KEYS.get(f"{above}.{key}") or KEYS.get(key)
        word = pick(words, said.language) if words else key
        above = key
        if key in ITEMS and name:
            items = said("receipt.items", what=_listed(names, said), n=len(set(names)))
            parts += [items] if key == "items" else [word, items]
        elif name.isdecimal():
            parts.append(said("receipt.nth", what=word, n=name))
        else:
            parts.append(said("receipt.member", what=word, name=name) if name else word)
    return said("receipt.within").join(parts)


def _listed(names: Sequence[str], said: Wording) -> str:
    """Names with those that are numbered in turn as ranges."""
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return said.listed(ranges(names, places))


def _value(value: Any, key: str, said: Wording) -> str:
    if value is NOTHING:
        return said("receipt.nothing")
    if value is None:
        return said.term("unknown") if key in (*VERDICTS, "met") else said("receipt.none")
    if isinstance(value, bool):
        if key in VERDICTS:
            return said.term("compliant" if value else "not-compliant")
        return said("graph.true" if value else "graph.false")
    if isinstance(value, str):
        return brief(said.term(value), LONGEST)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return brief(_listed(value, said), LONGEST) if value else said("receipt.none")
    if isinstance(value, list):
        return said("count", n=len(value))
    if isinstance(value, dict):
        return said("receipt.there")
    return brief(json.dumps(value, ensure_ascii=False), LONGEST)
