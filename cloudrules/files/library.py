"""Finds rulebooks and catalogues, by id in knowledge bases or by path, and reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cloudrules.core import resolution
from cloudrules.core.entries import Catalogue, RulebookFile
from cloudrules.core.entry import Mapping, Node
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Record, Ref, unknown_key
from cloudrules.core.service import Scenario, Service
from cloudrules.files import yaml

KINDS: dict[str, type] = {
    "rulebook": RulebookFile,
    "catalogue": Catalogue,
    "service": Service,
    "scenario": Scenario,
}
DEEPEST = 16  # rulebooks that extend one another
T = TypeVar("T")


def shipped() -> Path:
    """The knowledge base that comes with the package."""
    inside = Path(__file__).parent.parent / "knowledge_base"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "knowledge_base"


def kind_of(node: Node) -> str | None:
    """Which kind of file a tree is, told by its first characteristic key."""
    if not isinstance(node, Mapping):
        return None
    # A service names its rulebook: `rulebook` tells only where nothing else does.
    for kind in ("scenario", "service", "catalogue", "rulebook"):
        if kind in node.entries:
            return kind
    return None


def read_as(kind: type[T], node: Node) -> T:
    """The core value of a file's tree. Raises BadInput with every fault."""
    faults: list[Fault] = []
    value = Record(kind).read(node, faults)
    if faults or value is None:
        raise BadInput(faults)
    return value


def read_tree(path: Path, shown: str | None = None) -> Node:
    """The tree of a file. Raises BadInput where it cannot be read."""
    name = shown or str(path)
    try:
        if path.is_dir():
            raise BadInput([fault("file-folder", Place(name))])
        if path.stat().st_size > yaml.LARGEST:
            raise BadInput([fault("file-large", Place(name), most=f"{yaml.LARGEST // 2**20} MiB")])
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadInput([fault("file-missing", Place(name))]) from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "?"
        raise BadInput([fault("file-unreadable", Place(name), said=said)]) from None
    return yaml.read(data, name)


def scenario_files(paths: Iterable[str]) -> list[tuple[str, Node]]:
    """The scenarios that paths name: files, or folders with all that is below them.

    Raises BadInput for a path with none, and for files that cannot be read.
    """
    found: list[tuple[str, Node]] = []
    faults: list[Fault] = []
    for name in paths:
        before = len(found) + len(faults)
        path = Path(name)
        folder = path.is_dir()
        for file in sorted(path.rglob("*.yaml")) if folder else [path]:
            if folder and not _declares(file, "scenario"):
                continue
            try:
                node = read_tree(file)
                expect_kind(node, "scenario", str(file))
                found.append((str(file), node))
            except BadInput as error:
                faults += error.faults
        if len(found) + len(faults) == before:
            faults.append(fault("no-scenarios", Place(name), path=name))
    if faults:
        raise BadInput(faults)
    return found


@dataclass
class Library:
    """`bases` are folders of rulebooks and catalogues, searched in order; the shipped one last."""

    bases: list[Path] = field(default_factory=list)
    _catalogues: dict[Path, Catalogue] = field(default_factory=dict)
    _rulebooks: dict[Path, Rulebook] = field(default_factory=dict)

    def folders(self, kind: str, near: Path | None) -> Iterator[Path]:
        """Where ids are looked up: the folder of the file that names them, then the bases."""
        for base in [*([near] if near else []), *self.bases, shipped()]:
            yield base / f"{kind}s"
            if base != shipped():
                yield base

    def ids(self, kind: str, near: Path | None = None) -> list[str]:
        found = {
            path.stem
            for folder in self.folders(kind, near)
            if folder.is_dir()
            for path in folder.glob("*.yaml")
            if _declares(path, kind)
        }
        return sorted(found)

    def find(self, kind: str, ref: Ref, near: Path | None, inside: Path | None = None) -> Path:
        """The file of a rulebook or a catalogue; a path must stay within `inside`, where given."""
        name = ref.name
        if "/" in name or name.endswith((".yaml", ".yml")):
            path = (near or Path()) / name
            if inside and not path.resolve().is_relative_to(inside.resolve()):
                raise BadInput([fault("path-outside", ref.place, path=name)])
            if not path.is_file():
                raise BadInput([fault("path-missing", ref.place, path=name)])
            return path
        for folder in self.folders(kind, near):
            for path in (folder / f"{name}.yaml", folder / f"{name}.yml"):
                if re.fullmatch(r"[^/\\\0]+", name) and path.is_file():
                    return path
        for folder in self.folders(kind, near):
            for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
                if _declares(path, kind, name):
                    return path
        known = self.ids(kind, near)
        code = f"{kind}-unknown"
        raise BadInput(
            [fault(code, ref.place, id=name, near=nearest(name, known), known=", ".join(known))]
        )

    def rulebook(self, ref: Ref, near: Path | None = None, inside: Path | None = None) -> Rulebook:
        """A rulebook with all that it names, resolved. Raises BadInput with every fault."""
        return self._rulebook(self.find("rulebook", ref, near, inside), ref.place, ())

    def _rulebook(self, path: Path, asked: Place, above: tuple[Path, ...]) -> Rulebook:
        key = path.resolve()
        if key in above or len(above) >= DEEPEST:
            names = " -> ".join(each.name for each in (*above, key))
            raise BadInput([fault("extends-circle", asked, path=names)])
        if key not in self._rulebooks:
            tree = read_tree(path)
            expect_kind(tree, "rulebook", str(path))
            file, faults = _partly(RulebookFile, tree)
            folder = path.parent
            # What the file names is read even where the file has faults: all are told at once.
            base: Rulebook | None = None
            catalogues: list[Catalogue] = []
            for ref in file.catalogues if file else ():
                try:
                    catalogues.append(self.catalogue(ref, folder))
                except BadInput as error:
                    faults += error.faults
            if file and file.extends:
                try:
                    found = self.find("rulebook", file.extends, folder, folder)
                    base = self._rulebook(found, file.extends.place, (*above, key))
                except BadInput as error:
                    faults += error.faults
            if faults or file is None:
                raise BadInput(faults)
            self._rulebooks[key] = resolution.assemble(file, catalogues, base)
        return self._rulebooks[key]

    def catalogue(self, ref: Ref, near: Path) -> Catalogue:
        path = self.find("catalogue", ref, near, near)
        key = path.resolve()
        if key not in self._catalogues:
            tree = read_tree(path)
            expect_kind(tree, "catalogue", str(path))
            catalogue = read_as(Catalogue, tree)
            self._catalogues[key] = catalogue
        return self._catalogues[key]


def _partly(kind: type[T], tree: Node) -> tuple[T | None, list[Fault]]:
    """A file's value as far as it can be read, with its faults."""
    faults: list[Fault] = []
    return Record(kind).read(tree, faults), faults


def expect_kind(tree: Node, kind: str, file: str) -> None:
    """Raises BadInput where a file is of another kind than the one wanted."""
    found = kind_of(tree)
    if found == kind:
        return
    if found is None and isinstance(tree, Mapping):
        fields = Record(KINDS[kind]).fields
        faults = [
            unknown_key(key, written.place, fields) for key, written, _ in tree if key not in fields
        ]
        missing = fault("key-missing", tree.place, key=kind)
        raise BadInput([*faults, missing])
    raise BadInput([fault("file-kind", Place(file, 1), wanted=kind, found=found or "list")])


def _declares(path: Path, kind: str, name: str | None = None) -> bool:
    """Whether a file says that it is of a kind (and has an id), told without reading all of it."""
    try:
        with path.open("rb") as file:
            head = file.read(4096).decode("utf-8", "replace")
    except OSError:
        return False
    wanted = re.escape(name) if name else r"[^#\n]+?"
    return bool(re.search(rf"""(?m)^{kind}:\s*["']?{wanted}["']?\s*(#.*)?$""", head))
