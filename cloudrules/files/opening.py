"""Opens files for reading.

A pipe or a device may have no end, or make whoever opens it wait for ever. Those who name one know
it; where the names come from others, or are found in a folder, only regular files are opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from cloudrules.core.errors import BadInput, Place, fault

_regular = ContextVar("_regular", default=False)


@contextmanager
def regular_only() -> Iterator[None]:
    """Nothing but regular files is opened in here, whoever names them."""
    before = _regular.set(True)
    try:
        yield
    finally:
        _regular.reset(before)


def opened(path: Path, *, regular: bool = False) -> BinaryIO:
    """A file to read bytes from. Raises OSError or ValueError.

    Raises BadInput for what is no regular file where that is asked for, or `regular_only` holds.
    """
    if not (regular or _regular.get()):
        return path.open("rb")
    # Opening may itself wait, or do something: it is looked at before, and without waiting.
    _expect_regular(path, os.stat(path))
    waiting = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, os.O_RDONLY | waiting), "rb")
    try:
        _expect_regular(path, os.fstat(file.fileno()))  # it may be another by now
    except BadInput:
        file.close()
        raise
    return file


def refuse_irregular(path: Path) -> None:
    """Raises BadInput where there is something that is neither a file nor a folder."""
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        raise _irregular(path)


def read(file: BinaryIO, path: Path, most: int) -> bytes:
    """What a file holds, `most` bytes at most. Raises OSError; BadInput where it has to be awaited.

    Some that call themselves regular, such as those of the kernel, hand out what comes with time.
    """
    found: bytes | None = file.read(most)
    if found is None:
        raise _irregular(path)
    return found


def _expect_regular(path: Path, stat: os.stat_result) -> None:
    if not S_ISREG(stat.st_mode):
        raise _irregular(path)


def _irregular(path: Path) -> BadInput:
    return BadInput([fault("file-irregular", Place(str(path)))])
