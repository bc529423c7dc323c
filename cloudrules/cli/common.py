"""What commands share: their options, and the way from names to files."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cloudrules.cli.answers import colour, deliver, width
from cloudrules.cli.words import LANGUAGES, option

if TYPE_CHECKING:
    from cloudrules.core.errors import Fault
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.schema import Ref, Shape
    from cloudrules.files.library import Library

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


def value(name: str, text: str | None, shape: Shape[T]) -> T | None:
    """The value of an option, read as a file's would be. Raises BadInput."""
    from cloudrules.core.entry import Scalar
    from cloudrules.core.errors import BadInput, Place

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


def form_of(
    form: str | None, output: str | None, forms: Mapping[str, Sequence[str]], usual: str
) -> str:
    """The format asked for, by --format or else by the ending of a file's name, else `usual`.

    `forms` has the endings of each. Raises BadInput for another ending: it would promise what is
    not in the file.
    """
    if form is not None:
        return choice("--format", form, tuple(forms))
    ending = Path(output or "").suffix.lower()
    known = {each: form for form, endings in forms.items() for each in endings}
    return known[choice("-o", ending, list(known))] if ending else usual


def number(name: str, text: str | None) -> int | None:
    from cloudrules.core.schema import Whole

    return value(name, text, Whole())


def positive(name: str, text: str | None) -> int | None:
    """A whole number from 1 on. Raises BadInput."""
    from cloudrules.core.errors import BadInput, Place, fault

    found = number(name, text)
    if found == 0:
        raise BadInput([fault("number-positive", Place(name), found=text)])
    return found


def seconds(name: str, text: str) -> float:
    """A number of seconds, such as 60 or 0.5. Raises BadInput."""
    from cloudrules.core.errors import BadInput, Place, fault

    read = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", read):
        raise BadInput([fault("seconds", Place(name), found=text)])
    return float(read)


def refs(name: str, words: Sequence[str]) -> tuple[Ref, ...]:
    from cloudrules.core.schema import Reference

    found = [value(name, word, Reference()) for word in words]
    return tuple(ref for ref in found if ref is not None)


def day(text: str | None) -> date:
    """The date of the answer: the one place where the clock is read."""
    from cloudrules.core.schema import Day

    return value("--on", text, Day()) or date.today()


def read(
    kind: type[T], path: str, faults: list[Fault], sums: dict[Path, str] | None = None
) -> tuple[T, Path]:
    """A file's value, or standard input's, and the folder that its paths start from.

    What is wrong is added to `faults`; raises BadInput where nothing can be read. A file's SHA-256
    is added to `sums`.
    """
    from cloudrules.core import seal
    from cloudrules.core.record import Record
    from cloudrules.files import library, yaml

    if path != "-":
        return library.read_file(kind, Path(path), faults, sums), Path(path).parent
    given = sys.stdin.buffer.read(yaml.LARGEST + 1)
    if sums is not None:
        sums[Path("-")] = seal.of_bytes(given)
    tree = yaml.read(given, "-", faults)
    library.expect_kind(tree, kind, "-")
    return Record(kind).read(tree, faults), Path()


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
        if not os.path.isdir(base)
    ]
    if faults:
        raise BadInput(faults)
    return Library([Path(base) for _, base in named])


def rulebooks_of(library: Library, wanted: Sequence[Ref], near: Path) -> list[Rulebook]:
    """The rulebooks named, each by id, by path from `near`, or as all that are in a folder.

    Each is there once. Raises BadInput.
    """
    from cloudrules.core.errors import BadInput
    from cloudrules.files import folder

    found: dict[int, Rulebook] = {}
    faults: list[Fault] = []
    for ref in wanted:
        try:
            several = folder.is_folder(library, ref, near)
            books = (
                folder.rulebooks(library, ref, near) if several else [library.rulebook(ref, near)]
            )
        except BadInput as error:
            faults += error.faults
        else:
            found.update((id(book), book) for book in books)
    if faults:
        raise BadInput(faults)
    return list(found.values())


def service_name(book: Rulebook) -> str:
    """The name by which a service names a rulebook from the current folder: its path, or its id."""
    from cloudrules.files.library import shipped

    shown = Path(book.place.file).is_relative_to(shipped())
    return book.id if shown else near(book.place.file)


def near(file: str) -> str:
    """A path as seen from the current folder, where it is in or below that.

    What is shipped is named as such elsewhere: where it is installed is nobody else's concern.
    """
    from cloudrules.core.certificate import SHIPPED
    from cloudrules.files.library import shipped

    here = os.path.relpath(file) if file else file
    if not here.startswith(".."):
        return here
    inside = Path(file).is_relative_to(shipped())
    return SHIPPED + Path(file).relative_to(shipped()).as_posix() if inside else file


def show(
    form: str,
    json: Callable[[], dict[str, Any]],
    text: Callable[[Any, dict[str, Any]], str],
    output: str | None = None,
    *,
    force: bool = False,
    receipt: Callable[[], dict[str, Any]] | None = None,
) -> None:
    """Write an answer in the format asked for; `text` is given the renderer and its settings.

    JSON ends with the receipt, where there is one.
    """
    if choice("--format", form, FORMATS) == "json":
        from cloudrules.render.json import dumps

        last = {"receipt": receipt()} if receipt else {}
        deliver(dumps({**json(), **last}), output, force=force)
    elif form == "markdown":
        from cloudrules.render import markdown

        deliver(text(markdown, {}), output, force=force)
    else:
        from cloudrules.render import text as plain

        seen = output in (None, "-")
        settings = {"colour": seen and colour(), "width": width() if seen else 100}
        deliver(text(plain, settings), output, force=force)
