"""A concrete service that shows what is said of the rules: a finding, or a difference."""

from __future__ import annotations

from dataclasses import dataclass, field

from cloudrules.core.names import Value
from cloudrules.core.rulebook import Readings


@dataclass(frozen=True)
class Witness:
    """What the service holds, by id, in order; the facts and options it states beside defaults.

    `besides` is held as well by a second service, where it takes two to show something.
    """

    holds: tuple[str, ...] = ()
    context: dict[str, Value] = field(default_factory=dict)
    readings: Readings = field(default_factory=dict)
    besides: tuple[str, ...] = ()
