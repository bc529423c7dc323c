"""Texts in runs, some of them struck through: what is said, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cloudrules.files.excel.parts import strikes, unescaped
from cloudrules.files.excel.xml import Tag


class Said(NamedTuple):
    """What a text says, and what of it is struck through."""

    text: str
    struck: str = ""


class Run(NamedTuple):
    """A piece of a text; without a font of its own it is struck through as its cell is."""

    text: str
    struck: bool | None = None


def said(runs: Iterable[Run], *, struck: bool) -> Said:
    """What a text says in a cell whose own font is `struck` through, or is not.

    Raises Refused where no cell can hold so much.
    """
    parts: dict[bool, list[str]] = {False: [], True: []}
    for run in runs:
        parts[struck if run.struck is None else run.struck].append(run.text)
    return Said(unescaped("".join(parts[False])), unescaped("".join(parts[True])))


class Runs:
    """Collects the runs of one text from its XML; readings above the characters are left out."""

    def __init__(self) -> None:
        self.found: list[Run] = []
        self._struck: bool | None = None
        self._reading = 0
        self._open = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._struck = None
        elif name == "rPr":
            self._struck = False  # it has a font of its own
        elif name == "strike":
            self._struck = strikes(attributes)
        elif name == "rPh":
            self._reading += 1
        elif name == "t":
            self._open = not self._reading

    def text(self, data: str) -> None:
        if self._open:
            self.found.append(Run(data, self._struck))

    def end(self, name: str) -> None:
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._reading -= 1
        elif name == "r":
            self._struck = None


class Strings:
    """The shared texts, as they are in cells with and without a struck font of their own."""

    def __init__(self) -> None:
        self._plain: list[str] = []
        self._rich: dict[int, tuple[Said, Said]] = {}
        self._runs = Runs()

    def __len__(self) -> int:
        return len(self._plain)

    def of(self, index: int, *, struck: bool) -> Said:
        if index in self._rich:
            return self._rich[index][struck]
        text = self._plain[index]
        return Said("", text) if struck else Said(text)

    def start(self, tag: Tag) -> None:
        if tag.name == "si":
            self._runs = Runs()
        else:
            self._runs.start(tag.name, tag.attributes)

    def text(self, data: str) -> None:
        self._runs.text(data)

    def end(self, tag: Tag, at: int) -> None:
        if tag.name != "si":
            self._runs.end(tag.name)
            return
        found = self._runs.found
        # Made once, however many cells refer to it.
        if any(run.struck is not None for run in found):
            self._rich[len(self._plain)] = said(found, struck=False), said(found, struck=True)
        self._plain.append(unescaped("".join(run.text for run in found)))
