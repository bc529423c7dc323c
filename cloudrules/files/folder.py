"""The rulebooks that a folder stands for."""

from __future__ import annotations

import os
from pathlib import Path

from cloudrules.core.entry import Mapping, Node
from cloudrules.core.errors import BadInput, Fault, fault
from cloudrules.core.memory import uncollected
from cloudrules.core.record import Record
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.files.library import KINDS, Library, declares, kind_of, read_tree


def is_folder(library: Library, ref: Ref, near: Path) -> bool:
    """Whether a name is that of a folder; the id of a rulebook comes first."""
    if not os.path.isdir(near / ref.name):  # False too for what cannot even be looked for
        return False
    told = "/" in ref.name or ref.name in (".", "..")
    return told or ref.name not in library.ids("rulebook", near)


@uncollected()
def rulebooks(library: Library, ref: Ref, near: Path) -> list[Rulebook]:
    """All rulebooks right in a folder, by file name. Raises BadInput with every fault.

    Files of another kind are passed over; one that cannot be told is read, so as to say why.
    """
    folder = near / ref.name
    paths = library.search.inside(folder, ".yaml", ".yml")
    found: dict[str, tuple[Path, Rulebook]] = {}
    faults: list[Fault] = []
    none = True
    for path in paths:
        try:
            if not _is_rulebook(path):
                continue
            none = False
            book = library.rulebook(Ref(str(path), ref.place), Path())
        except BadInput as error:
            faults += error.faults
            continue
        first, _ = found.setdefault(book.id, (path, book))
        if first is not path:
            faults.append(fault("rulebook-twice", book.place, id=book.id, path=first.name))
    if none and not faults:
        faults.append(fault("no-rulebooks", ref.place, path=ref.name))
    if faults:
        raise BadInput(faults)
    return [book for _, book in found.values()]


def _is_rulebook(path: Path) -> bool:
    kind = declares(path)[0]
    return (kind or _likeliest(read_tree(path))) == "rulebook"


def _likeliest(node: Node) -> str:
    """The kind of a file that does not say it in its first lines: by its keys."""
    if not isinstance(node, Mapping):
        return ""
    known = {name: len(node.entries.keys() & Record(KINDS[name]).fields) for name in KINDS}
    return kind_of(node) or max(known, key=known.__getitem__)
