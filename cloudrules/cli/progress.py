"""How long searches may take; shows on a terminal that a long one is under way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from cloudrules.render.help import help_text

if TYPE_CHECKING:
    from cloudrules.core.problem import Clock

_whole: ContextVar[Clock | None] = ContextVar("_whole", default=None)


@contextmanager
def clock(seconds: float, language: str) -> Iterator[Clock]:
    """A time limit that, on a terminal, counts the seconds on standard error."""
    shown = False

    def tick(passed: int) -> None:
        nonlocal shown
        shown = True
        text = help_text("searching", language).format(seconds=passed)
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    yield allowed(seconds, tick if sys.stderr.isatty() else None)
    if shown:
        sys.stderr.write("\r\x1b[K")


def allowed(seconds: float, tick: Callable[[int], None] | None = None) -> Clock:
    """A clock of so many seconds, or of those that `at_most` leaves."""
    from cloudrules.core.problem import Clock

    whole = _whole.get()
    left = None if whole is None else whole.left
    return Clock(seconds if left is None else min(seconds, left), tick)


@contextmanager
def at_most(seconds: float) -> Iterator[Clock]:
    """All that is searched for in here may take so many seconds together, whatever is asked for."""
    from cloudrules.core.problem import Clock

    whole = Clock(seconds)
    before = _whole.set(whole)
    try:
        yield whole
    finally:
        _whole.reset(before)
