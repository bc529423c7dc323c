"""A service held against rulebooks, as the command line has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cloudrules.cli.common import BASES, ON, day, library_of, options, read, refs, rulebooks_of
from cloudrules.cli.words import option

if TYPE_CHECKING:
    from cloudrules.core.case import Case
    from cloudrules.core.errors import Fault
    from cloudrules.core.schema import Ref
    from cloudrules.core.service import Service
    from cloudrules.render.head import Head

HELD = options(
    option("--rulebook", "rulebooks", multiple=True, metavar="ID|FILE|FOLDER"),
    option("--reading", "readings", multiple=True, metavar="ID=OPTION"),
    ON,
    option("--add", multiple=True, metavar="ID"),
    option("--remove", multiple=True, metavar="ID"),
    BASES,
)


@dataclass(frozen=True)
class Held:
    """A service held against rulebooks, as a command line has it.

    `sums` are the SHA-256 of the files read; `bases` the folders in which ids were looked up.
    """

    service: Service
    cases: list[Case]
    on: date
    sums: dict[Path, str] = field(default_factory=dict)
    bases: tuple[Path, ...] = ()

    @property
    def head(self) -> Head:
        from cloudrules.render.head import Head

        readings = {
            name: option for case in self.cases for name, option in case.situation.readings.items()
        }
        return Head(self.service, tuple(case.rulebook for case in self.cases), self.on, readings)

    def receipt(self) -> dict[str, Any]:
        """The receipt of the answer that the command gives."""
        from cloudrules.cli.receipts import made

        return made(self.on, self.head.readings, self.sums)

    def spare(self, option: str, path: str | None) -> None:
        """Raises BadInput where a file to write is one of those that the answer is made from."""
        from cloudrules.core.errors import BadInput, Place, fault

        if path not in (None, "-") and Path(path).resolve() in {
            each.resolve() for each in self.sums
        }:
            raise BadInput([fault("output-input", Place(option), path=path)])

    def only(self) -> Case:
        """The one case. Raises BadInput where there are several."""
        from cloudrules.core.errors import BadInput, Place, fault

        if len(self.cases) > 1:
            raise BadInput([fault("rulebooks-several", Place("--rulebook"))])
        return self.cases[0]


def held(
    path: str,
    rulebooks: Sequence[str],
    readings: Sequence[str],
    on: str | None,
    add: Sequence[str],
    remove: Sequence[str],
    bases: Sequence[str],
) -> Held:
    """From the options in HELD to cases. Raises BadInput with all that is wrong."""
    from cloudrules.core import case
    from cloudrules.core.errors import BadInput, fault
    from cloudrules.core.schema import Text
    from cloudrules.core.service import Service, Variant
    from cloudrules.core.situation import holding, varied

    faults: list[Fault] = []
    sums: dict[Path, str] = {}
    given, folder = read(Service, path, faults, sums)
    variant = Variant(
        name=Text({"": ""}),
        add=tuple(holding(ref.name, ref.place) for ref in refs("--add", add)),
        remove=refs("--remove", remove),
        readings=taken(readings, faults),
    )
    service = varied(given, variant, faults)
    named = refs("--rulebook", rulebooks)
    wanted, near = (named, Path()) if named else (given.rulebook, folder)
    try:
        day_ = day(on)
        if not wanted and "rulebook" not in given.unread:
            raise BadInput([fault("rulebook-needed", given.place)])
        library = library_of(bases)
        found = rulebooks_of(library, wanted, near)
        cases = case.from_service(found, service, day_)
    except BadInput as error:
        raise BadInput([*faults, *error.faults]) from None
    if faults:
        raise BadInput(faults)
    return Held(service, cases, day_, sums | library.sums, tuple(library.bases))


def held_by_nobody(
    rulebook: str, readings: Sequence[str], on: str | None, bases: Sequence[str]
) -> Held:
    """A rulebook on a date in one reading, and a service without a name that holds nothing.

    Raises BadInput with all that is wrong.
    """
    from cloudrules.core import case
    from cloudrules.core.errors import BadInput
    from cloudrules.core.schema import Text
    from cloudrules.core.service import Service

    faults: list[Fault] = []
    (ref,) = refs("RULEBOOK", [rulebook])
    nobody = Service(service=Text({"": ""}), rulebook=(ref,), readings=taken(readings, faults))
    try:
        day_ = day(on)
        library = library_of(bases)
        cases = case.from_service([library.rulebook(ref, Path())], nobody, day_)
    except BadInput as error:
        raise BadInput([*faults, *error.faults]) from None
    if faults:
        raise BadInput(faults)
    return Held(nobody, cases, day_, library.sums, tuple(library.bases))


def taken(readings: Sequence[str], faults: list[Fault]) -> dict[Ref, Ref]:
    """The options that --reading takes; what is wrong is added to `faults`."""
    from cloudrules.core.errors import Place, fault
    from cloudrules.core.schema import Ref

    place = Place("--reading")
    pairs = [pair.partition("=") for pair in readings]
    faults += [fault("option-pair", place, found="".join(pair)) for pair in pairs if not all(pair)]
    return {Ref(one.strip(), place): Ref(two.strip(), place) for one, sign, two in pairs if sign}
