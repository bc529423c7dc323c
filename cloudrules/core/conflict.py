"""Why there is no plan: limits and items that cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass

from cloudrules.core.planner import Planner
from cloudrules.core.problem import OutOfTime
from cloudrules.core.trial import Part, Together, Trials, minimal


@dataclass(frozen=True)
class Conflict:
    """A minimal set of limits asked for and of items that cannot hold together."""

    limits: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True)
class Demand:
    """An item in a conflict: the rulebook that asks for it and the waivers that speak of it.

    `met_only_by`: what the limits of the conflict ban, where the item is not met without any of
    it; empty where nothing that can be acquired meets it, None where something else could.
    """

    rulebook: str
    item: str
    need: str
    waivers: tuple[str, ...]
    met_only_by: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Clash:
    """A minimal set of limits, and of items each in its rulebook, that cannot hold together."""

    limits: tuple[str, ...]
    demands: tuple[Demand, ...]


def from_planner(planner: Planner) -> Conflict | None:
    """A minimal set of the limits and the items that no plan can keep together.

    None where time runs out before it is known to be minimal.
    """
    trials = Trials(planner)
    limits = trials.limits
    items = list(dict.fromkeys(part.name for part in trials.items))
    groups = [
        *([limit] for limit in limits),
        *([part for part in trials.items if part.name == item] for item in items),
    ]

    def fails(kept: list[int]) -> bool:
        return trials.plan([part for at in kept for part in groups[at]]) is None

    try:
        kept = minimal(list(range(len(groups))), fails)
    except OutOfTime:
        return None
    return Conflict(
        tuple(trials.words(limits[at]) for at in kept if at < len(limits)),
        tuple(items[at - len(limits)] for at in kept if at >= len(limits)),
    )


def several(trials: Trials, together: Together, most: int) -> tuple[tuple[Clash, ...], bool]:
    """All minimal conflicts, smallest first, then in the order of limits and items.

    `together` is of all limits and items; the conflicts that it knows already count as found.
    The flag: whether there may be more, be it that the list is cut or that time is up. A list
    that is cut need not hold the smallest.
    """
    _, whole = together.search(most)
    listed = ordered(together.bad)
    found = tuple(clash(trials, together.chosen(bad)) for bad in listed[:most])
    return found, not whole or len(listed) > most


def clash(trials: Trials, parts: list[Part]) -> Clash:
    return Clash(
        tuple(trials.words(part) for part in parts if part.kind != "item"),
        tuple(_demand(trials, part, parts) for part in parts if part.kind == "item"),
    )


def ordered(masks: list[int]) -> list[int]:
    """Sets of bits, smallest first, then by the places of what they hold."""
    return sorted(
        masks,
        key=lambda mask: (
            mask.bit_count(),
            [at for at in range(mask.bit_length()) if mask >> at & 1],
        ),
    )


def _demand(trials: Trials, part: Part, parts: list[Part]) -> Demand:
    """With the waivers that something plannable makes release the item, as it is read."""
    at, item = part.at, part.name
    case = trials.planner.cases[at]
    read = case.rulebook.under(case.situation.readings)
    entry = read.items.get(item) or case.rulebook.items.get(item)
    waivers = [name for name in case.rulebook.waivers if trials.may_release(at, name, item)]
    return Demand(
        case.rulebook.id,
        item,
        entry.need if entry else "mandatory",
        tuple(waivers),
        trials.met_only_by(at, item, parts),
    )
