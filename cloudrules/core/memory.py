"""What large rulebooks ask of the memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is looked for. Also a decorator.

    For work that makes many objects and keeps them: to look for circles among them, again and
    again as they grow in number, would take longer than the work.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def kept() -> Iterator[None]:
    """As `uncollected`, and what was made is not looked at later either.

    For what lives as long as the program.
    """
    with uncollected():
        yield
        gc.freeze()
