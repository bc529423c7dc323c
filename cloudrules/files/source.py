"""The document that a rulebook is written from, as its `source.file` names it."""

from __future__ import annotations

import os
from pathlib import Path

from cloudrules.core.errors import BadInput, fault, nearest
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.source import Document
from cloudrules.files import opening, utf8
from cloudrules.files.library import is_file, names_in, read_bytes, within

LARGEST = 4 * 2**20  # bytes


def document(rulebook: Rulebook) -> Document | None:
    """The document that a rulebook is written from; None where it names no file.

    Raises BadInput where there is none that can be read. A rulebook may come from anyone: what it
    names lies in its own folder, or is a source of the knowledge base in whose `rulebooks` it lies.
    """
    ref = rulebook.source.file if rulebook.source else None
    if ref is None:
        return None
    folder = Path(ref.place.file).parent
    path = Path(os.path.normpath(folder / ref.name))
    if not any(within(path, room) for room in _rooms(folder)):
        raise BadInput([fault("path-outside", ref.place, path=ref.name)])
    if not is_file(path):
        opening.refuse_irregular(path)
        found = nearest(path.name, names_in(path.parent, ""))
        near = "" if found in ("", path.name) else os.path.relpath(path.with_name(found), folder)
        raise BadInput([fault("path-missing", ref.place, path=ref.name, near=near)])
    data = read_bytes(path, LARGEST)
    return Document(str(path), utf8.text_of(data, str(path), LARGEST, "text"))


def _rooms(folder: Path) -> list[Path]:
    """Where the document of a rulebook in a folder may lie."""
    home = folder.resolve()
    return [home, *([home.parent / "sources"] if home.name == "rulebooks" else [])]
