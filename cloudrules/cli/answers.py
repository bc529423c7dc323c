"""How answers leave the program: to standard output, to a file, or to who asked for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def width() -> int:
    """Columns to fill: the terminal's, else 100, so that what is piped is always the same."""
    from shutil import get_terminal_size

    return get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def say(text: str | bytes) -> None:
    """Write an answer to standard output, in UTF-8 whatever the locale. Raises BadInput."""
    told = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from cloudrules.core.errors import BadInput, Place, fault

        # What could not be written is not to be tried again when the program ends.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        said = error.strerror or "?"
        raise BadInput([fault("output", Place("-"), path="-", said=said)]) from None


@contextmanager
def captured() -> Iterator[list[str | bytes]]:
    """Answers come in the list that this gives, and nowhere else."""
    global _kept
    before, _kept = _kept, []
    try:
        yield _kept
    finally:
        _kept = before


_kept: list[str | bytes] | None = None


def deliver(text: str | bytes, output: str | None, *, force: bool = False) -> None:
    """Write an answer to a file, or to standard output. Raises BadInput."""
    from cloudrules.files.output import write

    if _kept is not None:
        _kept.append(text)
    elif output in (None, "-"):
        say(text)
    else:
        write(Path(str(output)), text, force=force)
