"""Shows on a terminal that a long search is under way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cloudrules.render.help import help_text

if TYPE_CHECKING:
    from cloudrules.core.problem import Clock


@contextmanager
def clock(seconds: float, language: str) -> Iterator[Clock]:
    """A time limit that, on a terminal, counts the seconds on standard error."""
    from cloudrules.core.problem import Clock

    shown = False

    def tick(passed: int) -> None:
        nonlocal shown
        shown = True
        text = help_text("searching", language).format(seconds=passed)
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    yield Clock(seconds, tick if sys.stderr.isatty() else None)
    if shown:
        sys.stderr.write("\r\x1b[K")
