"""From a scenario's file to its answers, for the commands that take scenarios."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cloudrules.cli.common import rulebooks_of
from cloudrules.core import comparison
from cloudrules.core.entry import Node, Scalar
from cloudrules.core.errors import BadInput, fault
from cloudrules.core.service import Scenario, Service
from cloudrules.files.library import Library, expect_kind, read_as, read_tree
from cloudrules.render.head import Head
from cloudrules.solvers import SOLVERS, named

if TYPE_CHECKING:
    from cloudrules.core.assessment import Assessment
    from cloudrules.core.comparison import VariantAnswer

SECONDS = 60.0


def answered(
    node: Node, folder: Path, library: Library, on: date
) -> tuple[Scenario, Head, Assessment, tuple[VariantAnswer, ...]]:
    """A scenario, what it is about, the service as it is, and each variant. Raises BadInput."""
    scenario = read_as(Scenario, node)
    service, near = _service(scenario, folder)
    means = comparison.Means(
        find=lambda refs, own: rulebooks_of(library, (), folder if own else near, refs),
        solver=lambda: named(next(iter(SOLVERS))),
        seconds=SECONDS,
        on=on,
    )
    base, answers = comparison.from_variants(service, scenario.variants, means)
    head = Head(service, (base.rulebook,), on, base.situation.readings)
    return scenario, head, base, answers


def _service(scenario: Scenario, folder: Path) -> tuple[Service, Path]:
    """The service of a scenario, inline or in a file, and the folder its paths start from."""
    if not isinstance(scenario.service, Scalar):
        return read_as(Service, scenario.service), folder
    name = scenario.service.text.strip()
    path = folder / name
    if not path.is_file():
        raise BadInput([fault("path-missing", scenario.service.place, path=name)])
    node = read_tree(path)
    expect_kind(node, "service", str(path))
    return read_as(Service, node), path.parent
