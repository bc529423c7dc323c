"""A form as the commands of `form` are given it: found in its workbook, and read by a rulebook."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cloudrules.cli.common import day, library_of, refs
from cloudrules.cli.words import language, option

if TYPE_CHECKING:
    from cloudrules.core.printed import Printed
    from cloudrules.core.reply import Reply
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.files.excel.workbook import Workbook
    from cloudrules.files.form.layout import Form

SHEET = option("--sheet", "sheets", multiple=True, metavar="NAME")
RULEBOOK = option("--rulebook", metavar="ID|FILE")

_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")


@dataclass(frozen=True)
class Returned:
    """A form that came back: its rulebook on the date, its rows, and the rulebook as named.

    `printed` is what it says itself, held against the rulebook.
    """

    form: Form
    rulebook: Rulebook
    named: str
    replies: list[Reply]
    on: date
    sums: dict[Path, str]  # the SHA-256 of the files read
    printed: Printed


def returned(
    path: str, rulebook: str | None, on: str | None, sheets: Sequence[str], bases: Sequence[str]
) -> Returned:
    """Read a form by the rulebook named, else by the one that it fits. Raises BadInput."""
    from cloudrules.core import seal
    from cloudrules.core.form import every_item
    from cloudrules.files.excel import package, workbook
    from cloudrules.files.form import layout, printed, replies
    from cloudrules.files.library import read_bytes

    day_ = day(on)
    library = library_of(bases)
    data = read_bytes(Path(path), package.LARGEST)
    book = workbook.from_bytes(data, str(Path(path)))
    if rulebook:
        (ref,) = refs("--rulebook", [rulebook])
        found = library.rulebook(ref, Path()).on(day_)
        form, named = layout.find(book, every_item(found), sheets), rulebook
    else:
        every = [library.rulebook(ref, Path()) for ref in refs("", library.ids("rulebook"))]
        form, found = _fitting(book, every, sheets)
        found, named = found.on(day_), found.id
    tell_unseen(form)
    sums = {Path(path): seal.of_bytes(data), **library.sums}
    said = printed.read(form, found)
    printed.same_checklist(form, found, said, "form-apart")
    rows = replies.read(form, found, said.others)
    return Returned(form, found, named, rows, day_, sums, said)


def _fitting(
    book: Workbook, rulebooks: Iterable[Rulebook], sheets: Sequence[str]
) -> tuple[Form, Rulebook]:
    """The rulebook of whose items the form has the most. Raises BadInput where that leaves open."""
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.core.form import every_item
    from cloudrules.files.form import layout

    found: list[tuple[Form, Rulebook]] = []
    wrong: BadInput | None = None
    for rulebook in rulebooks:
        try:
            found.append((layout.find(book, every_item(rulebook), sheets), rulebook))
        except BadInput as error:
            wrong = wrong or error
    if not found and wrong:
        raise wrong
    most = max((len(form.rows) for form, _ in found), default=0)
    best = [each for each in found if len(each[0].rows) == most]
    if len(best) != 1:
        known = ", ".join(rulebook.id for _, rulebook in best)
        raise BadInput([fault("form-rulebook", Place(book.file), known=known)])
    return best[0]


def tell_unseen(form: Form) -> None:
    """Tells which sheets with rows of the form were not read, as they are hidden."""
    from cloudrules.render import form_told

    lines = (form_told.told("unseen", {"sheet": name}, language()) for name in form.unseen)
    warn(f"{form.book.file}: {line}" for line in lines)


def spare(option: str, output: str | None, form: str) -> None:
    """Raises BadInput where the file to write is the form that is read."""
    from cloudrules.core.errors import BadInput, Place, fault

    if output is not None and Path(output).resolve() == Path(form).resolve():
        raise BadInput([fault("output-input", Place(option), path=output)])


def ending(form: Path) -> str:
    """How the name of a form that is filled in ends: as that of the form, which may hold macros."""
    found = form.suffix.lower()
    return found if found in _ENDINGS else _ENDINGS[0]


def ended(path: Path, ending: str) -> None:
    """Raises BadInput where the name of a workbook to write ends otherwise: Excel opens no such."""
    from cloudrules.core.errors import BadInput, Place, fault

    ordinary = path.is_file() or not path.exists()
    if ordinary and path.suffix.lower() != ending:
        better = str(path.with_suffix(ending))
        raise BadInput([fault("form-ending", Place("-o"), ending=ending, better=better)])


def warn(lines: Iterable[str]) -> None:
    """Tell of something on standard error, a line each."""
    from cloudrules.render.clean import clean

    for line in lines:
        sys.stderr.buffer.write(f"{clean(line)}\n".encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()
