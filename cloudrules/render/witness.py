"""A witness as the file of a service, to be assessed like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudrules.core.situation import shown
from cloudrules.render.template import scalar

if TYPE_CHECKING:
    from cloudrules.core.witness import Witness


def service(witness: Witness, name: str, rulebooks: list[str]) -> str:
    """The YAML text; `rulebooks` are ids or paths, as seen from where the file will be."""
    one = [scalar(each) for each in rulebooks]
    lines = [
        f"service: {scalar(name)}",
        f"rulebook: {one[0] if len(one) == 1 else '[' + ', '.join(one) + ']'}",
    ]
    if witness.context:
        lines.append("context:")
        for fact, value in witness.context.items():
            lines.append(f"  {scalar(fact)}: {scalar(shown(value))}")
    lines.append("holds:" if witness.holds else "holds: []")
    lines += [f"  - {scalar(each)}" for each in witness.holds]
    if witness.readings:
        lines.append("readings:")
        lines += [f"  {scalar(one)}: {scalar(two)}" for one, two in witness.readings.items()]
    return "\n".join(lines) + "\n"
