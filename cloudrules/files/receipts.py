"""Answers that were kept, read with their receipts: JSON, and reports of every format.

What is kept may come from anyone: it is read within bounds, and nothing in it is believed.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, TypeGuard

from cloudrules.core import figures
from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.receipt import Readings, Receipt
from cloudrules.files.certificate import tree
from cloudrules.files.library import read_bytes

LARGEST = 64 * 2**20  # bytes
DEEPEST = 40  # lists and objects inside one another
_ATTACHED = re.compile(rb"<<([^\n]*/Type/EmbeddedFile[^\n]*)>>\r?\nstream\r?\n")
_REMARK = re.compile(rb"^<!-- cloudrules-report (\{.*\}) -->\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Kept:
    """An answer as it was made, and the document that shows it: as text, and its bytes."""

    form: str  # json, html, markdown or pdf
    text: str
    answer: dict[str, Any]
    receipt: Receipt
    data: bytes = b""


def read(path: Path) -> Kept | None:
    """What a file keeps; None where it is neither a report nor an answer with a receipt.

    Raises BadInput.
    """
    data = read_bytes(path, LARGEST)
    place = Place(str(path))
    if len(data) > LARGEST:
        raise BadInput([fault("file-large", place, most=f"{LARGEST // 2**20} MiB")])
    form = _form(data)
    whole = form == "json"
    found = [] if whole else _attached(data) if form == "pdf" else _REMARK.findall(data)
    if form == "pdf" and not found:
        raise BadInput([fault("receipt-pdf", place)])
    if not whole and not found:
        return None
    if len(found) > 1:
        raise BadInput([fault("receipt-several", place)])
    answer = tree(found[0] if found else data, str(path), DEEPEST, figures=_figure)
    if not isinstance(answer, dict) or "receipt" not in answer:
        return None
    receipt = _receipt(answer.pop("receipt"), place)
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return Kept(form, text, answer, receipt, data)


def _form(data: bytes) -> str:
    start = data[:1024].lstrip()
    for form, mark in (("pdf", b"%PDF"), ("json", b"{"), ("html", b"<!DOCTYPE")):
        if start.startswith(mark):
            return form
    return "markdown"


def _attached(data: bytes) -> list[bytes]:
    """The files that a PDF has with it, as `report` writes them."""
    found: list[bytes] = []
    for each in _ATTACHED.finditer(data):
        length = re.search(rb"/Length (\d{1,9})\b", each[1])
        part = data[each.end() : each.end() + int(length[1])] if length else b""
        if b"/FlateDecode" in each[1]:
            try:
                part = zlib.decompressobj().decompress(part, LARGEST)
            except zlib.error:
                part = b""
        found.append(part)
    return found


def _receipt(value: Any, place: Place) -> Receipt:
    """Raises BadInput where it is not one."""

    def odd(at: str) -> BadInput:
        return BadInput([fault("receipt-shape", place, at=f"receipt.{at}")])

    given = value if isinstance(value, dict) else {}
    program, command, files = given.get("program"), given.get("command"), given.get("files")
    if not isinstance(program, str):
        raise odd("program")
    if not (isinstance(command, list) and command and all(isinstance(w, str) for w in command)):
        raise odd("command")
    told = given.get("on")
    on = figures.day(told) if isinstance(told, str) else None
    if on is None:
        raise odd("on")
    if not isinstance(files, dict) or not all(_is_sum(each) for each in files.values()):
        raise odd("files")
    readings = given.get("readings")
    if not _are_readings(readings):
        raise odd("readings")
    return Receipt(program, tuple(command), on, readings, files)


def _figure(text: str) -> float | str:
    """A number; the words of one that is too large to be one."""
    found = float(text)
    return found if isfinite(found) else text


def _are_readings(value: Any) -> TypeGuard[Readings]:
    """Whether it says which readings were taken: those of a rulebook, of several, or all."""

    def taken(part: Any) -> bool:
        return isinstance(part, dict) and all(isinstance(each, str) for each in part.values())

    return (
        value == "all"
        or taken(value)
        or (isinstance(value, dict) and all(map(taken, value.values())))
    )


def _is_sum(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None
