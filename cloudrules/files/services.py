"""The services that a folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cloudrules.core.errors import BadInput, Fault, fault
from cloudrules.core.schema import Ref
from cloudrules.core.service import Service
from cloudrules.files.library import declares, kind_of, read_file, read_tree
from cloudrules.files.search import Search


def services(
    ref: Ref, sums: dict[Path, str] | None = None
) -> Iterator[tuple[Path, Service | None, list[Fault]]]:
    """Every service file in a folder and below it, by path, or what is wrong with it.

    Files of another kind are passed over; one that cannot be told is read, so as to say why. A
    folder that cannot be searched comes first, with why. Raises BadInput where there is no such
    folder, no service in it, or too much to look at. See `library.read_tree` for `sums`.
    """
    folder = Path(ref.name)
    if not os.path.isdir(folder):  # False too for what cannot even be looked for
        raise BadInput([fault("folder-missing", ref.place, path=ref.name)])
    unsearched: list[Fault] = []
    paths = Search().below(folder, unsearched, ".yaml", ".yml")
    for each in sorted(unsearched, key=lambda each: each.place):
        yield Path(each.place.file), None, [each]
    none = not unsearched
    for path in paths:
        faults: list[Fault] = []
        service: Service | None = None
        try:
            if (declares(path)[0] or kind_of(read_tree(path))) != "service":
                continue
            service = read_file(Service, path, faults, sums)
        except BadInput as error:
            faults += error.faults
        none = False
        yield path, service, faults
    if none:
        raise BadInput([fault("no-services", ref.place, path=ref.name)])
