"""A witness as the file of a service, to be assessed like any other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudrules.core.situation import shown
from cloudrules.render.template import scalar

if TYPE_CHECKING:
    from cloudrules.core.witness import Witness


def service(witness: Witness, name: str = "witness", rulebook: str = "") -> str:
    """The YAML text; `rulebook` is an id, or a path as seen from where the file will be."""
    return "".join(f"{line}\n" for line in _lines(witness, name, rulebook))


def _lines(witness: Witness, name: str, rulebook: str) -> Iterator[str]:
    yield f"service: {scalar(name)}"
    if rulebook:
        yield f"rulebook: {scalar(rulebook)}"
    yield from _table("context", {key: shown(value) for key, value in witness.context.items()})
    if witness.holds:
        yield "holds:"
        yield from (f"  - {scalar(each)}" for each in witness.holds)
    yield from _table("readings", witness.readings)


def _table(key: str, values: dict[str, str]) -> Iterator[str]:
    if values:
        yield f"{key}:"
        yield from (f"  {scalar(name)}: {scalar(value)}" for name, value in values.items())
