"""From a scenario's file to its answers, for the commands that take scenarios."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cloudrules.cli.common import read, rulebooks_of
from cloudrules.cli.progress import allowed
from cloudrules.core import comparison
from cloudrules.core.comparison import Means
from cloudrules.core.entry import Scalar
from cloudrules.core.errors import BadInput, Fault, fault
from cloudrules.core.record import Record
from cloudrules.core.schema import Ref, Word
from cloudrules.core.service import Scenario, Service
from cloudrules.files.library import Library, read_file
from cloudrules.render.head import Head
from cloudrules.solvers import SOLVERS, named

if TYPE_CHECKING:
    from cloudrules.core.assessment import Assessment
    from cloudrules.core.comparison import VariantAnswer
    from cloudrules.core.rulebook import Rulebook

SECONDS = 60.0


def answered(
    path: str, library: Library, on: date
) -> tuple[Scenario, Head, Assessment, tuple[VariantAnswer, ...]]:
    """A scenario, what it is about, the service as it is, and each variant. Raises BadInput.

    The SHA-256 of what is read for it are added to those of the library.
    """
    faults: list[Fault] = []
    scenario, folder = read(Scenario, path, faults, library.sums)
    try:
        service, near = _service(scenario, folder, library, faults)
    except BadInput as error:
        raise BadInput([*faults, *error.faults]) from None

    def find(refs: tuple[Ref, ...], own: bool) -> list[Rulebook]:
        if not refs and "rulebook" not in service.unread:
            raise BadInput([fault("rulebook-needed", service.place)])
        return rulebooks_of(library, refs, folder if own else near)

    means = means_of(find, on)
    base, answers = comparison.from_variants(service, scenario.variants, means, faults)
    head = Head(service, (base.rulebook,), on, base.situation.readings)
    return scenario, head, base, answers


def means_of(find: Callable[[tuple[Ref, ...], bool], list[Rulebook]], on: date) -> Means:
    """How variants are answered, given where their rulebooks are found."""
    return Means(find, lambda: named(next(iter(SOLVERS))), lambda: allowed(SECONDS), on)


def _service(
    scenario: Scenario, folder: Path, library: Library, faults: list[Fault]
) -> tuple[Service, Path]:
    """The service of a scenario, inline or in a file, and the folder its paths start from."""
    source = scenario.service
    if not isinstance(source, Scalar):
        return Record(Service).read(source, faults), folder
    name = Word().read(source, faults) if source.place.file else None
    if name is None:
        raise BadInput(faults)
    path = library.beside(Ref(name, source.place), folder)
    return read_file(Service, path, faults, library.sums), path.parent
