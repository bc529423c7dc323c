"""A workbook as values: sheets of cells, each cell with its text as it is shown or nearly so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cloudrules.core.errors import BadInput
from cloudrules.files import library
from cloudrules.files.excel import package as packages
from cloudrules.files.excel.package import Package, resolved
from cloudrules.files.excel.parts import Relations, Sheets, Strings, Styles
from cloudrules.files.excel.sheet import Reader, Sheet
from cloudrules.files.excel.xml import Budget, parse

_ROOT = "_rels/.rels"


@dataclass
class Workbook:
    """The sheets in order. `names` are defined names with what they stand for."""

    file: str
    sheets: list[Sheet]
    package: Package
    names: dict[str, str] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)

    def sheet(self, name: str) -> Sheet | None:
        folded = name.casefold()
        return next((each for each in self.sheets if each.name.casefold() == folded), None)


def open(path: Path) -> Workbook:  # noqa: A001
    """Read a workbook. Raises BadInput, which names what the file is instead of one."""
    return from_bytes(library.read_bytes(path, packages.LARGEST), str(path))


def from_bytes(data: bytes, file: str) -> Workbook:
    """The workbook that a file's bytes are. Raises BadInput."""
    package = packages.from_bytes(data, file)
    budget = Budget()
    main = _main(package, budget)
    folder = main.rpartition("/")[0]
    relations = _relations(package, main, budget)
    listed = Sheets()
    parse(package, main, listed, budget)
    strings, styles = Strings(), Styles()
    for kind, handler in (("sharedStrings", strings), ("styles", styles)):
        target = next((each for each in relations.values() if each.kind == kind), None)
        if target and not target.external:
            parse(package, resolved(folder, target.target), handler, budget)
    sheets: list[Sheet] = []
    for entry in listed.sheets:
        relation = relations.get(entry.relation)
        if relation is None or relation.external:
            raise package.refused("excel-sheet-outside", sheet=entry.name)
        if relation.kind == "worksheet":
            part = resolved(folder, relation.target)
            if any(part == each.part or entry.name == each.name for each in sheets):
                raise package.refused("excel-damaged")
            reader = Reader(Sheet(entry.name, part, entry.hidden), strings.texts, styles, listed)
            parse(package, part, reader, budget)
            sheets.append(reader.sheet)
    if not sheets:
        raise package.refused("excel-no-sheet")
    return Workbook(file, sheets, package, listed.names, styles)


def _main(package: Package, budget: Budget) -> str:
    """The part that lists the sheets."""
    if "mimetype" in package and b"opendocument" in package.read("mimetype"):
        raise package.refused("excel-ods")
    if _ROOT not in package:
        raise package.refused("excel-other")
    root = Relations()
    parse(package, _ROOT, root, budget)
    found = next((each for each in root.found.values() if each.kind == "officeDocument"), None)
    name = resolved("", found.target) if found and not found.external else ""
    if name.endswith(".bin"):
        raise package.refused("excel-xlsb")
    if name not in package or not name.startswith("xl/"):
        raise package.refused("excel-other")
    return name


def _relations(package: Package, part: str, budget: Budget) -> dict[str, Relations.Relation]:
    folder, _, name = part.rpartition("/")
    found = Relations()
    try:
        parse(package, f"{folder}/_rels/{name}.rels", found, budget)
    except BadInput:
        raise package.refused("excel-damaged") from None
    return found.found
