"""A witness as a service file, which `assess` takes with the rulebook and the readings named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cloudrules.core.situation import shown
from cloudrules.render.template import scalar

if TYPE_CHECKING:
    from cloudrules.core.witness import Witness


def service(witness: Witness) -> str:
    """The YAML of the service that a witness is."""
    return "".join(f"{line}\n" for line in _lines(witness))


def _lines(witness: Witness) -> Iterator[str]:
    yield "service: witness"
    if witness.context:
        yield "context:"
        for name, value in witness.context.items():
            yield f"  {scalar(name)}: {scalar(shown(value))}"
    if witness.holds:
        yield "holds:"
        yield from (f"  - {scalar(name)}" for name in witness.holds)
    if witness.readings:
        yield "readings:"
        for reading, option in witness.readings.items():
            yield f"  {scalar(reading)}: {scalar(option)}"
