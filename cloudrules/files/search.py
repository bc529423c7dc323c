"""Looks through folders for files, within bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cloudrules.core.errors import BadInput, Fault, Place, fault

MOST = 100_000  # files and folders that are looked at: far more than anyone keeps by hand


@dataclass
class Search:
    """One folder after another; `left` is how many files and folders may yet be looked at."""

    left: int = MOST

    def inside(self, folder: Path, *endings: str) -> list[Path]:
        """The files right in a folder whose names end so, by name. Raises BadInput."""
        faults: list[Fault] = []
        found = [Path(each.path) for each in self._files(folder, faults, endings, deep=False)]
        if faults:
            raise BadInput(faults)
        return sorted(found)

    def below(self, folder: Path, faults: list[Fault], *endings: str) -> list[Path]:
        """The files in a folder and all below it whose names end so, by path.

        Links to folders are not followed. A folder that cannot be searched is added to `faults`.
        Raises BadInput where there is more to look at than is allowed.
        """
        return sorted(Path(each.path) for each in self._files(folder, faults, endings, deep=True))

    def _files(
        self, top: Path, faults: list[Fault], endings: tuple[str, ...], *, deep: bool
    ) -> Iterator[os.DirEntry[str]]:
        folders = [str(top)]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        self._count(top)
                        if deep and entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        elif entry.name.endswith(endings) and not os.path.isdir(entry.path):
                            yield entry
            except OSError as error:
                said = error.strerror or "?"
                faults.append(fault("folder-unreadable", Place(folder), said=said))

    def _count(self, top: Path) -> None:
        self.left -= 1
        if self.left < 0:
            raise BadInput([fault("folder-large", Place(str(top)), most=f"{MOST:,}")])
