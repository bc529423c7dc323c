"""Writes files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from cloudrules.core.errors import BadInput, Place, fault


def free(path: Path, *, force: bool = False) -> None:
    """Raises BadInput where there is a file already, unless `force` says to write over it."""
    try:
        os.stat(path)
        there = True
    except (FileNotFoundError, NotADirectoryError):
        there = False
    except OSError as error:  # links that lead in a circle among them
        raise _unwritable(path, error) from None
    if there and not force:
        raise BadInput([fault("file-exists", Place(str(path)), path=str(path))])


def write(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write beside, then put in place, so that an interruption leaves the old file or the new.

    Raises BadInput where the file exists (without `force`) or cannot be written.
    """
    free(path, force=force)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path = path.resolve()  # what a link points to is written, not the link
        if path.exists() and not path.is_file():
            # A device or a pipe cannot be put in place.
            path.write_bytes(data)
            return
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                # A temporary file is private; this one is to be like the old, or like any other.
                umask = os.umask(0)
                os.umask(umask)
                mode = path.stat().st_mode if path.exists() else 0o666 & ~umask
                os.chmod(file.name, mode & 0o777)
                os.replace(file.name, path)
            except BaseException:
                os.unlink(file.name)
                raise
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> BadInput:
    said = error.strerror or "?"
    return BadInput([fault("output", Place(str(path)), path=str(path), said=said)])
