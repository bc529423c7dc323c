"""Rulebooks of any size, by seed: as files that cloudrules reads, and as plain data for others.

Two families, both of n items, 1.2 n evidence and n / 7 waivers of 5 to 20 consecutive items, each
fired by 1 to 3 alternatives of 1 to 3 items. In the easy one, 90 % of the items have a control of
their own beside 0 to 2 certifications that others share. In the dense one 40 % have, beside 2 to 4
shared alternatives, and few certifications serve many items each: a set covering. A tenth of the
evidence requires another. There is no negation, and the service holds nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FAMILIES = ("easy", "dense")
REACH = {"easy": 1, "dense": 7}  # of the shared evidence, one in so many is asked for by items


@dataclass(frozen=True)
class Evidence:
    cost: int
    months: int
    requires: str | None
    shared: bool


@dataclass(frozen=True)
class Item:
    """`ways` is evidence, any of which meets it; with none it is attested, for `cost`."""

    mandatory: bool
    ways: tuple[str, ...]
    cost: int


@dataclass(frozen=True)
class Waiver:
    """Fired by any of `triggers`, all of whose items are met; `first` and `last` are positions."""

    triggers: tuple[tuple[str, ...], ...]
    first: int
    last: int


@dataclass(frozen=True)
class Instance:
    items: dict[str, Item]
    waivers: tuple[Waiver, ...]
    evidence: dict[str, Evidence]


def instance(family: str, n: int, seed: int = 0) -> Instance:
    """The same for the same arguments, on every machine."""
    rng = random.Random(f"{family} {n} {seed}")
    share, (fewest, most) = {"easy": (0.9, (0, 2)), "dense": (0.4, (2, 4))}[family]
    ids = [f"{at // 10 + 1}.{at % 10 + 1}" for at in range(n)]
    controlled = set(rng.sample(ids, round(share * n)))
    shared = [f"shared.{at}" for at in range(max(round(1.2 * n) - len(controlled), 4))]
    asked = shared[: max(len(shared) // REACH[family], 4)]
    items: dict[str, Item] = {}
    for name in ids:
        ways = rng.sample(asked, rng.randint(fewest, most))
        if name in controlled:
            ways.append(f"control.{name}")
        items[name] = Item(rng.random() < 0.9, tuple(ways), rng.randint(1, 20))
    waivers = []
    for _ in range(max(n // 7, 1)):
        length = min(rng.randint(5, 20), n)
        first = rng.randint(0, n - length)
        triggers = (tuple(rng.sample(ids, rng.randint(1, 3))) for _ in range(rng.randint(1, 3)))
        waivers.append(Waiver(tuple(triggers), first, first + length - 1))
    evidence: dict[str, Evidence] = {}
    earlier: list[str] = []
    for name in [*shared, *(f"control.{name}" for name in ids if name in controlled)]:
        requires = rng.choice(earlier) if earlier and rng.random() < 0.1 else None
        cost, months = rng.randint(1, 20), rng.randint(1, 12)
        evidence[name] = Evidence(cost, months, requires, name.startswith("shared."))
        earlier.append(name)
    return Instance(items, tuple(waivers), evidence)


def write(made: Instance, folder: Path) -> Path:
    """rulebook.yaml, catalogue.yaml and service.yaml in a folder; the service's path."""
    for name, lines in (
        ("rulebook", _rulebook(made)),
        ("catalogue", _catalogue(made)),
        ("service", iter(["service: nothing yet", "rulebook: rulebook.yaml"])),
    ):
        (folder / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "service.yaml"


def _rulebook(made: Instance) -> Iterator[str]:
    yield "rulebook: generated\nedition: '2026'\ntitle: generated\ncatalogues: [catalogue.yaml]"
    yield "items:"
    for name, item in made.items.items():
        need = "mandatory" if item.mandatory else "optional"
        yield f"  - id: {name}\n    text: item {name}\n    need: {need}"
        if item.ways:
            yield f"    met_by: {' or '.join(item.ways)}"
        else:
            yield f"    effort: {{cost: {item.cost}, months: 1}}"
    yield "waivers:"
    ids = list(made.items)
    for number, waiver in enumerate(made.waivers):
        when = " or ".join(" and ".join(trigger) for trigger in waiver.triggers)
        yield f"  - id: w{number}\n    text: waiver {number}\n    when: {when}"
        yield f"    waives: [{ids[waiver.first]}..{ids[waiver.last]}]"


def _catalogue(made: Instance) -> Iterator[str]:
    yield "catalogue: catalogue\ncurrency: JPY\nevidence:"
    for name, each in made.evidence.items():
        kind = "certification" if each.shared else "control"
        yield f"  - id: {name}\n    kind: {kind}\n    holder: asp\n    title: {name}"
        yield f"    effort: {{cost: {each.cost}, months: {each.months}}}"
        if each.requires:
            yield f"    requires: {each.requires}"
