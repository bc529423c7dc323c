"""Finds rulebooks and catalogues, by id in knowledge bases or by path, and reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cloudrules.core import resolution, seal
from cloudrules.core.entries import Catalogue, RulebookFile
from cloudrules.core.entry import Mapping, Node, normal
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.memory import uncollected
from cloudrules.core.record import Record
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Scenario, Service
from cloudrules.files import opening, yaml
from cloudrules.files.search import Search

KINDS: dict[str, type] = {
    "rulebook": RulebookFile,
    "catalogue": Catalogue,
    "service": Service,
    "scenario": Scenario,
}
# A service names its rulebook: `rulebook` tells the kind only where nothing else does.
TELLING = ("scenario", "service", "catalogue", "rulebook")
DEEPEST = 16  # rulebooks that extend one another
SHOWN = 12  # ids that are listed where one is unknown
T = TypeVar("T")


def shipped() -> Path:
    """The knowledge base that comes with the package."""
    inside = Path(__file__).parent.parent / "knowledge_base"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "knowledge_base"


def kind_of(node: Node) -> str | None:
    """Which kind of file a tree is, told by its first characteristic key."""
    if not isinstance(node, Mapping):
        return None
    return next((kind for kind in TELLING if kind in node.entries), None)


def read_as(kind: type[T], node: Node) -> T:
    """The core value of a file's tree. Raises BadInput with every fault."""
    faults: list[Fault] = []
    value = Record(kind).read(node, faults)
    if faults:
        raise BadInput(faults)
    return value


def read_bytes(path: Path, most: int = yaml.LARGEST) -> bytes:
    """What a file holds, one byte more than `most` at most. Raises BadInput."""
    name = str(path)
    try:
        if path.is_dir():
            raise BadInput([fault("file-folder", Place(name))])
        with opening.opened(path) as file:
            return opening.read(file, path, most + 1)
    except FileNotFoundError:
        raise BadInput([fault("file-missing", Place(name))]) from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "?"
        raise BadInput([fault("file-unreadable", Place(name), said=said)]) from None


def read_tree(
    path: Path, faults: list[Fault] | None = None, sums: dict[Path, str] | None = None
) -> Node:
    """The tree of a file; see `yaml.read` for `faults`. Raises BadInput where it cannot be read.

    What was read has its SHA-256 added to `sums`.
    """
    data = read_bytes(path)
    if sums is not None:
        sums[path] = seal.of_bytes(data)
    return yaml.read(data, str(path), faults)


def read_file(
    kind: type[T], path: Path, faults: list[Fault], sums: dict[Path, str] | None = None
) -> T:
    """A file's value as far as it can be read; what is wrong is added to `faults`.

    Raises BadInput where nothing can be read. For `sums` see `read_tree`.
    """
    tree = read_tree(path, faults, sums)
    expect_kind(tree, kind, str(path))
    return Record(kind).read(tree, faults)


def scenario_files(paths: Iterable[str]) -> list[Path]:
    """The scenarios that paths name: files, or folders with all that is below them.

    Raises BadInput for a path with none.
    """
    found: list[Path] = []
    faults: list[Fault] = []
    search = Search()
    for name in paths:
        path, told = Path(name), len(faults)
        if not os.path.isdir(path):  # False too for what cannot even be looked for
            found.append(path)
            continue
        inside = [
            file for file in search.below(path, faults, ".yaml") if _is_scenario(file, faults)
        ]
        found += inside
        if not inside and len(faults) == told:
            faults.append(fault("no-scenarios", Place(name), path=name))
    if faults:
        raise BadInput(faults)
    return found


def _is_scenario(path: Path, faults: list[Fault]) -> bool:
    """Whether a file says that it is a scenario; one that cannot be read is added to `faults`."""
    try:
        return _declared(path)[0] == "scenario"
    except FileNotFoundError:  # a link to nothing, or gone meanwhile
        return False
    except BadInput as error:
        faults += error.faults
        return False
    except OSError as error:
        faults.append(fault("file-unreadable", Place(str(path)), said=error.strerror or "?"))
        return False


def is_file(path: Path) -> bool:
    return os.path.isfile(path)  # False too for what cannot even be looked for


def within(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, lies in a folder or below it."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


@dataclass
class Library:
    """`bases` are folders of rulebooks and catalogues, searched in order; the shipped one last."""

    bases: list[Path] = field(default_factory=list)
    sums: dict[Path, str] = field(default_factory=dict)  # the SHA-256 of each file read
    search: Search = field(default_factory=Search)
    _catalogues: dict[Path, Catalogue] = field(default_factory=dict)
    _rulebooks: dict[Path, Rulebook] = field(default_factory=dict)
    _declared: dict[Path, list[tuple[Path, tuple[str, str]]]] = field(default_factory=dict)

    def folders(self, kind: str, near: Path | None) -> Iterator[Path]:
        """Where ids are looked up: the folder of the file that names them, then the bases."""
        for base in [*([near] if near else []), *self.bases, shipped()]:
            yield base / f"{kind}s"
            if base != shipped():
                yield base

    def ids(self, kind: str, near: Path | None = None) -> list[str]:
        folders = self.folders(kind, near)
        declared = (said for folder in folders for _, said in self._declaring(folder))
        return sorted({name for found, name in declared if found == kind})

    def _declaring(self, folder: Path) -> list[tuple[Path, tuple[str, str]]]:
        """The files right in a folder, by name, each with what it declares. Raises BadInput."""
        if folder not in self._declared:
            there = os.path.isdir(folder)
            files = self.search.inside(folder, ".yaml") if there else []
            self._declared[folder] = [(path, declares(path)) for path in files]
        return self._declared[folder]

    def find(self, kind: str, ref: Ref, near: Path | None, inside: Path | None = None) -> Path:
        """The file of a rulebook or a catalogue; a path must stay within `inside`, where given."""
        name = ref.name
        if "/" in name or name.endswith((".yaml", ".yml")):
            if inside and not within((near or Path()) / name, inside):
                raise BadInput([fault("path-outside", ref.place, path=name)])
            return self.beside(ref, near or Path())
        for folder in self.folders(kind, near):
            for path in (folder / f"{name}.yaml", folder / f"{name}.yml"):
                if re.fullmatch(r"[^/\\\0]+", name) and is_file(path):
                    if inside and folder.is_relative_to(inside) and not within(path, inside):
                        raise BadInput([fault("path-outside", ref.place, path=path.name)])
                    return path
        for folder in self.folders(kind, near):
            for path, declared in self._declaring(folder):
                if declared == (kind, name):
                    return path
        known = self.ids(kind, near)
        shown = ", ".join([*known[:SHOWN], *(["…"] if len(known) > SHOWN else [])])
        code = f"{kind}-unknown"
        raise BadInput([fault(code, ref.place, id=name, near=nearest(name, known), known=shown)])

    def beside(self, ref: Ref, folder: Path) -> Path:
        """The file at a path relative to a folder."""
        path = folder / ref.name
        if not is_file(path):
            opening.refuse_irregular(path)
            found = nearest(path.name, names_in(path.parent, ".yaml", ".yml"))
            near = str(Path(ref.name).with_name(found)) if found else ""
            code = "path-missing" if ref.place.line else "path-missing-here"  # of a command line
            raise BadInput([fault(code, ref.place, path=ref.name, near=near)])
        return path

    @uncollected()
    def rulebook(self, ref: Ref, near: Path | None = None, inside: Path | None = None) -> Rulebook:
        """A rulebook with all that it names, resolved. Raises BadInput with every fault."""
        return self._rulebook(self.find("rulebook", ref, near, inside), ref.place, ())

    def _rulebook(self, path: Path, asked: Place, above: tuple[Path, ...]) -> Rulebook:
        key = path.resolve()
        if key in above or len(above) >= DEEPEST:
            names = " -> ".join(each.name for each in (*above, key))
            raise BadInput([fault("extends-circle", asked, path=names)])
        if key not in self._rulebooks:
            faults: list[Fault] = []
            file, folder = read_file(RulebookFile, path, faults, self.sums), path.parent
            # What the file names is read even where the file has faults: all are told at once.
            catalogues: list[Catalogue] = []
            for ref in file.catalogues:
                try:
                    catalogues.append(self.catalogue(ref, folder, faults))
                except BadInput as error:
                    faults += error.faults
            base: Rulebook | None = None
            if file.extends:
                try:
                    found = self.find("rulebook", file.extends, folder, folder)
                    base = self._rulebook(found, file.extends.place, (*above, key))
                except BadInput as error:
                    # Without what it varies, nothing can be said of what it names.
                    raise BadInput([*faults, *error.faults]) from None
            self._rulebooks[key] = resolution.assemble(file, catalogues, base, faults)
        return self._rulebooks[key]

    def catalogue(self, ref: Ref, near: Path, faults: list[Fault]) -> Catalogue:
        """A catalogue as far as it can be read; what is wrong is added to `faults`."""
        path = self.find("catalogue", ref, near, near)
        key = path.resolve()
        if key not in self._catalogues:
            told: list[Fault] = []
            catalogue = read_file(Catalogue, path, told, self.sums)
            if told:
                faults += told
                return catalogue
            self._catalogues[key] = catalogue
        return self._catalogues[key]


def expect_kind(tree: Node, kind: type, file: str) -> None:
    """Raises BadInput where a file is of another kind than the one wanted."""
    found = kind_of(tree) or "list"
    wanted = next(name for name, each in KINDS.items() if each is kind)
    if isinstance(tree, Mapping):
        keys = {name: len(tree.entries.keys() & Record(KINDS[name]).fields) for name in KINDS}
        # What tells the kind may be misspelt: the file is of the kind that more keys belong to.
        if found in (wanted, "list") or keys[wanted] > keys[found]:
            return
    raise BadInput([fault("file-kind", Place(file, 1), wanted=wanted, found=found)])


def names_in(folder: Path, *endings: str) -> list[str]:
    """The names of the files in a folder that end so; none of a folder that cannot be searched."""
    try:
        return [each.name for each in Search().inside(folder, *endings)]
    except BadInput:
        return []


_HEAD = re.compile(
    r"""(?m)^(scenario|service|catalogue|rulebook):[ \t]*["']?([^#\n]*?)["']?[ \t]*(?:#.*)?\r?$"""
)


def declares(path: Path) -> tuple[str, str]:
    """The kind of file that it says it is, and its id, told without reading all of it.

    Raises BadInput for what is no regular file.
    """
    try:
        return _declared(path)
    except OSError:
        return "", ""


def _declared(path: Path) -> tuple[str, str]:
    """See `declares`. Raises OSError, and BadInput."""
    with opening.opened(path, regular=True) as file:
        head = opening.read(file, path, 4096).decode("utf-8-sig", "replace")
    said = {found[1]: normal(found[2]) for found in reversed(list(_HEAD.finditer(head)))}
    return next(((kind, said[kind]) for kind in TELLING if kind in said), ("", ""))
