"""A workbook as values: sheets of cells, each cell with its text as it is shown or nearly so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cloudrules.core.errors import BadInput
from cloudrules.files import library
from cloudrules.files.excel import package as packages
from cloudrules.files.excel.package import Package
from cloudrules.files.excel.parts import Relations, Sheets, Styles, Types
from cloudrules.files.excel.reader import Reader
from cloudrules.files.excel.rich import Strings
from cloudrules.files.excel.sheet import Sheet
from cloudrules.files.excel.xml import Budget, parse

SHEETS = 255
LONGEST = 255  # characters of a sheet's name
_TYPES = "[Content_Types].xml"
_ENDINGS = {  # by what the part with the list of sheets says that it is
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
}
_ROOT = "_rels/.rels"


@dataclass
class Workbook:
    """The sheets in order. `names` are defined names with what they stand for.

    `ending` is the one that a file of its kind must have for Excel to open it; '' where that is
    not told. `stale`: it has formulas whose results stay as they are when cells change.
    """

    file: str
    sheets: list[Sheet]
    package: Package
    names: dict[str, str] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)
    ending: str = ""
    stale: bool = False

    @property
    def signed(self) -> bool:
        return any(name.lower().startswith("_xmlsignatures/") for name in self.package.entries)

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
    types = Types()
    parse(package, _TYPES, types, budget)
    relations = _relations(package, main, budget)
    listed = Sheets()
    parse(package, main, listed, budget)
    if len(listed.sheets) > SHEETS or any(len(each.name) > LONGEST for each in listed.sheets):
        raise package.refused("excel-many", part=main)
    strings, styles = Strings(), Styles()
    for kind, handler in (("sharedStrings", strings), ("styles", styles)):
        target = next((each for each in relations.values() if each.kind == kind), None)
        if target and not target.external:
            parse(package, package.named(folder, target.target), handler, budget)
    sheets: dict[str, Sheet] = {}
    names: set[str] = set()
    for entry in listed.sheets:
        relation = relations.get(entry.relation)
        if relation is None or relation.external:
            raise package.refused("excel-sheet-outside", sheet=entry.name)
        if relation.kind == "worksheet":
            part = package.named(folder, relation.target)
            if part not in package:
                raise package.refused("excel-sheet-outside", sheet=entry.name)
            if part in sheets or entry.name.casefold() in names:
                raise package.refused("excel-damaged")
            names.add(entry.name.casefold())
            sheet = sheets[part] = Sheet(entry.name, part, entry.hidden)
            parse(package, part, Reader(sheet, strings, styles, listed, budget), budget)
    if not sheets:
        raise package.refused("excel-no-sheet")
    ending = _ENDINGS.get(types.found.get(main.lower(), ""), "")
    formulas = any(cell.formula for sheet in sheets.values() for cell in sheet.cells.values())
    stale = formulas and not listed.calculates
    return Workbook(file, [*sheets.values()], package, listed.names, styles, ending, stale)


def _main(package: Package, budget: Budget) -> str:
    """The part that lists the sheets."""
    if "mimetype" in package and b"opendocument" in package.read("mimetype"):
        raise package.refused("excel-ods")
    if _ROOT not in package:
        raise package.refused("excel-other")
    root = Relations()
    parse(package, _ROOT, root, budget)
    found = next((each for each in root.found.values() if each.kind == "officeDocument"), None)
    name = package.named("", found.target) if found and not found.external else ""
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
