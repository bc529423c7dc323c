"""What commands share: their options, the way from files to cases, and how answers leave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cloudrules.cli.words import LANGUAGES, option

if TYPE_CHECKING:
    from cloudrules.core.case import Case
    from cloudrules.core.entry import Node
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.schema import Ref, Shape
    from cloudrules.core.service import Service
    from cloudrules.files.library import Library
    from cloudrules.render.head import Head

T = TypeVar("T")
KNOWLEDGE_BASE = "CLOUDRULES_KNOWLEDGE_BASE"
FORMATS = ("text", "json", "markdown")


def _known_language(ctx: click.Context, param: click.Parameter, text: str | None) -> None:
    if text is not None:
        choice("--lang", text, LANGUAGES)


# The language itself is looked for before the arguments are read: see `words.asked`.
LANG = option("--lang", metavar="ja|en", expose_value=False, callback=_known_language)
FORMAT = option("--format", "form", default="text", metavar="|".join(FORMATS))
BASES = option("--knowledge-base", "bases", multiple=True, metavar="DIR", type=click.Path())
ON = option("--on", metavar="DATE")
LIMIT = option("--limit", metavar="N")
OUTPUT = option("-o", "--output", metavar="FILE", type=click.Path())
FORCE = option("--force", is_flag=True)


def options(*given: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options at once, in the order given."""

    def decorate(function: Any) -> Any:
        for each in reversed(given):
            function = each(function)
        return function

    return decorate


HELD = options(
    option("--rulebook", "rulebooks", multiple=True, metavar="ID|FILE"),
    option("--reading", "readings", multiple=True, metavar="ID=OPTION"),
    ON,
    option("--add", multiple=True, metavar="ID"),
    option("--remove", multiple=True, metavar="ID"),
    BASES,
)


def value(name: str, text: str | None, shape: Shape[T]) -> T | None:
    """The value of an option, read as a file's would be. Raises BadInput."""
    from cloudrules.core.entry import Scalar
    from cloudrules.core.errors import BadInput, Fault, Place

    if text is None:
        return None
    faults: list[Fault] = []
    read = shape.read(Scalar(text, Place(name), plain=False), faults)
    if faults:
        raise BadInput(faults)
    return read


def choice(name: str, text: str, words: Sequence[str]) -> str:
    from cloudrules.core.schema import Choice

    return value(name, text, Choice(tuple(words))) or ""


def number(name: str, text: str | None) -> int | None:
    from cloudrules.core.schema import Whole

    return value(name, text, Whole())


def refs(name: str, words: Sequence[str]) -> tuple[Ref, ...]:
    from cloudrules.core.schema import Reference

    found = [value(name, word, Reference()) for word in words]
    return tuple(ref for ref in found if ref is not None)


def day(text: str | None) -> date:
    """The date of the answer: the one place where the clock is read."""
    from cloudrules.core.schema import Day

    return value("--on", text, Day()) or date.today()


def tree(path: str, kind: str) -> tuple[Node, Path]:
    """The tree of a file, or of standard input, and the folder that its paths start from."""
    from cloudrules.files import library, yaml

    if path == "-":
        node, folder = yaml.read(sys.stdin.buffer.read(yaml.LARGEST + 1), "-"), Path()
    else:
        node, folder = library.read_tree(Path(path)), Path(path).parent
    library.expect_kind(node, kind, path)
    return node, folder


def library_of(bases: Sequence[str]) -> Library:
    """The knowledge bases named, then those of the environment, then the shipped one."""
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.files.library import Library

    named = [("--knowledge-base", base) for base in bases]
    variable = os.environ.get(KNOWLEDGE_BASE, "")
    named += [(KNOWLEDGE_BASE, base) for base in variable.split(os.pathsep) if base]
    faults = [
        fault("folder-missing", Place(where), path=base)
        for where, base in named
        if not Path(base).is_dir()
    ]
    if faults:
        raise BadInput(faults)
    return Library([Path(base) for _, base in named])


def rulebooks_of(
    library: Library, named: Sequence[Ref], folder: Path, fallback: Sequence[Ref] = ()
) -> list[Rulebook]:
    """The rulebooks named on the command line, else (relative to `folder`) by the service."""
    from cloudrules.core.errors import BadInput, Fault, Place, fault

    wanted, near = (named, Path()) if named else (fallback, folder)
    if not wanted:
        raise BadInput([fault("rulebook-needed", Place("--rulebook"))])
    found: list[Rulebook] = []
    faults: list[Fault] = []
    for ref in wanted:
        try:
            found.append(library.rulebook(ref, near))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return found


@dataclass(frozen=True)
class Held:
    """A service held against rulebooks, as a command line has it."""

    service: Service
    cases: list[Case]
    on: date

    @property
    def head(self) -> Head:
        from cloudrules.render.head import Head

        readings = {
            name: option for case in self.cases for name, option in case.situation.readings.items()
        }
        return Head(self.service, tuple(case.rulebook for case in self.cases), self.on, readings)

    def only(self) -> Case:
        """The one case. Raises BadInput where there are several."""
        from cloudrules.core.errors import BadInput, Place, fault

        if len(self.cases) > 1:
            raise BadInput([fault("rulebooks-several", Place("--rulebook"))])
        return self.cases[0]


def held(
    path: str,
    rulebooks: Sequence[str],
    readings: Sequence[str],
    on: str | None,
    add: Sequence[str],
    remove: Sequence[str],
    bases: Sequence[str],
) -> Held:
    """From the options in HELD to cases. Raises BadInput."""
    from cloudrules.core import case
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.schema import Ref, Text
    from cloudrules.core.service import Service, Variant
    from cloudrules.core.situation import holding, varied
    from cloudrules.files.library import read_as

    node, folder = tree(path, "service")
    given = read_as(Service, node)
    pairs = [pair.partition("=") for pair in readings]
    wrong = [
        fault("option-pair", Place("--reading"), found="".join(pair))
        for pair in pairs
        if not all(pair)
    ]
    if wrong:
        raise BadInput(wrong)
    place = Place("--reading")
    service = varied(
        given,
        Variant(
            name=Text({"": ""}),
            add=tuple(holding(ref.name, ref.place) for ref in refs("--add", add)),
            remove=refs("--remove", remove),
            readings={Ref(one.strip(), place): Ref(two.strip(), place) for one, _, two in pairs},
        ),
    )
    day_ = day(on)
    found = rulebooks_of(library_of(bases), refs("--rulebook", rulebooks), folder, given.rulebook)
    return Held(service, case.from_service(found, service, day_), day_)


def colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """Columns to fill: the terminal's, else 100, so that what is piped is always the same."""
    from shutil import get_terminal_size

    return get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def say(text: str) -> None:
    """Write an answer to standard output, in UTF-8 whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def show(form: str, json: Callable[[], object], text: Callable[[Any, dict[str, Any]], str]) -> None:
    """Write an answer in the format asked for; `text` is given the renderer and its settings."""
    if choice("--format", form, FORMATS) == "json":
        from cloudrules.render.json import dumps

        say(dumps(json()))
    elif form == "markdown":
        from cloudrules.render import markdown

        say(text(markdown, {}))
    else:
        from cloudrules.render import text as plain

        say(text(plain, {"colour": colour(), "width": width()}))
