"""Takes the calculation chain out of a workbook, each mention of it cut out of the XML."""

from __future__ import annotations

import re

from cloudrules.files.excel.package import Package, resolved

_TAG = re.compile(rb"""<(?:\w+:)?(?:Override|Relationship)\b[^>]*>""")
_GIVEN = re.compile(rb"""\b(PartName|Target)\s*=\s*["']([^"']*)["']""")


def without(package: Package, parts: dict[str, bytes]) -> frozenset[str]:
    """The parts that go with the calculation chain; what names them is changed in `parts`."""
    gone = frozenset(name for name in package.entries if re.fullmatch(r"xl/calcChain\.\w+", name))
    if not gone:
        return gone
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        folder = "xl" if name.startswith("xl/") else ""
        if name in package:
            parts[name] = _without(package.read(name), folder, gone)
    return gone


def _without(data: bytes, folder: str, gone: frozenset[str]) -> bytes:
    def kept(found: re.Match[bytes]) -> bytes:
        named = _GIVEN.search(found[0])
        target = resolved(folder, named[2].decode("utf-8", "replace")) if named else ""
        return b"" if target in gone and found[0].endswith(b"/>") else found[0]

    return _TAG.sub(kept, data)
