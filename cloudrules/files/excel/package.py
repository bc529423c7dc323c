"""The zip file that a workbook is: its parts, each unpacked within limits or copied as packed.

The directory is read here rather than by `zipfile`, for two reasons: what it claims is checked
before anything is made of it, and a part that does not change is copied as the bytes it is.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from cloudrules.core.errors import BadInput, Fault, Place, fault

LARGEST = 32 * 2**20  # bytes of a file
PART = 16 * 2**20  # bytes of a part, unpacked
TOTAL = 32 * 2**20  # bytes of all parts that are read, unpacked
PARTS = 5000

STORED, DEFLATED = 0, 8
_ENCRYPTED, _DESCRIPTOR = 0x1, 0x8
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_SATURATED = 0xFFFFFFFF
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Entry:
    """One part as the directory lists it; `start` to `end` is its record, header included."""

    name: str
    raw: bytes
    made: int  # version made by
    needs: int  # version needed
    flags: int
    method: int
    stamp: tuple[int, int]  # time and date
    crc: int
    packed: int
    size: int
    inside: int  # internal attributes
    outside: int  # external attributes
    extra: bytes
    comment: bytes
    start: int
    body: int = 0
    end: int = 0


class Broken(Exception):
    """The directory does not fit the file."""


@dataclass
class Package:
    """The parts of a workbook by name. `file` is what faults call it."""

    file: str
    data: bytes
    entries: dict[str, Entry]
    tail: int  # where the directory starts
    comment: bytes
    unpacked: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {_folded(name): name for name in self.entries}

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def named(self, folder: str, target: str) -> str:
        """The part that a relationship of a part in `folder` points to, as the directory has it."""
        name = resolved(folder, target)
        return self._names.get(_folded(name)) or self._names.get(_folded(unquote(name)), name)

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises BadInput where it is missing, damaged or too large."""
        if name in self.unpacked:
            return self.unpacked[name]
        entry = self.entries.get(name)
        if entry is None:
            raise self.refused("excel-part-missing", part=name)
        room = min(PART, TOTAL - sum(map(len, self.unpacked.values())))
        if entry.size > room:
            raise self.refused("excel-large", part=name, most=f"{PART:,} bytes")
        packed = self.data[entry.body : entry.body + entry.packed]
        found = packed
        if entry.method == DEFLATED:
            try:
                # What is unpacked is counted, whatever the directory says it will be.
                found = zlib.decompressobj(-15).decompress(packed, room + 1)
            except zlib.error:
                raise self.refused("excel-damaged") from None
        if len(found) > room:
            raise self.refused("excel-large", part=name, most=f"{PART:,} bytes")
        if len(found) != entry.size or zlib.crc32(found) != entry.crc:
            raise self.refused("excel-damaged")
        self.unpacked[name] = found
        return found

    def refused(self, code: str, **values: object) -> BadInput:
        return BadInput([self.fault(code, **values)])

    def fault(self, code: str, **values: object) -> Fault:
        return fault(code, Place(self.file), **values)

    def written(self, parts: Mapping[str, bytes], without: frozenset[str] = frozenset()) -> bytes:
        """The file with other bytes in these parts; every other part stays packed as it was."""
        out = bytearray()
        kept: list[Entry] = []
        for entry in sorted(self.entries.values(), key=lambda each: each.start):
            if entry.name in without:
                continue
            at = len(out)
            if entry.name in parts:
                entry, record = _packed(entry, parts[entry.name])
                out += record
            else:
                out += self.data[entry.start : entry.end]
            kept.append(replace(entry, start=at))
        at = len(out)
        order = {name: place for place, name in enumerate(self.entries)}
        for entry in sorted(kept, key=lambda each: order[each.name]):
            out += _listed(entry)
        count, size = len(kept), len(out) - at
        out += _END.pack(b"PK\5\6", 0, 0, count, count, size, at, len(self.comment))
        return bytes(out + self.comment)


def _packed(entry: Entry, data: bytes) -> tuple[Entry, bytes]:
    """A part with other bytes, and its record."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    found = replace(
        entry,
        flags=entry.flags & ~_DESCRIPTOR,
        method=DEFLATED,
        needs=20,
        crc=zlib.crc32(data),
        packed=len(body),
        size=len(data),
    )
    head = _LOCAL.pack(
        *(b"PK\3\4", found.needs, found.flags, found.method, *found.stamp),
        *(found.crc, found.packed, found.size, len(found.raw), 0),
    )
    return found, head + found.raw + body


def _listed(entry: Entry) -> bytes:
    """A part's entry in the directory."""
    head = _CENTRAL.pack(
        *(b"PK\1\2", entry.made, entry.needs, entry.flags, entry.method, *entry.stamp),
        *(entry.crc, entry.packed, entry.size, len(entry.raw), len(entry.extra)),
        *(len(entry.comment), 0, entry.inside, entry.outside, entry.start),
    )
    return head + entry.raw + entry.extra + entry.comment


def from_bytes(data: bytes, file: str) -> Package:
    """The parts of a workbook. Raises BadInput, which names what the file is instead of one."""

    def refuse(code: str, **values: object) -> BadInput:
        return BadInput([fault(code, Place(file), **values)])

    if len(data) > LARGEST:
        raise refuse("file-large", most=f"{LARGEST:,} bytes")
    if data.startswith(_OLE):
        raise refuse(_ole(data))
    if not data.startswith(b"PK"):
        raise refuse("excel-empty" if not data else "excel-other")
    try:
        package = _directory(data, file)
    except (Broken, struct.error):
        raise refuse("excel-damaged") from None
    if any(entry.flags & _ENCRYPTED for entry in package.entries.values()):
        raise refuse("excel-password")
    return package


def _ole(data: bytes) -> str:
    """What a compound file is: a workbook behind a password, an old one, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "excel-password"
    old = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    return "excel-xls" if old else "excel-other"


def _directory(data: bytes, file: str) -> Package:
    at = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - 0xFFFF))
    if at < 0:
        raise Broken
    *_, count, size, start, _ = _END.unpack_from(data, at)
    before = at - _LOCATOR.size
    if before >= 0 and data[before : before + 4] == b"PK\6\7":
        where = _LOCATOR.unpack_from(data, before)[2]
        if where > before or data[where : where + 4] != b"PK\6\6":
            raise Broken
        count, size, start = _END64.unpack_from(data, where)[7:]
    if count > PARTS:
        raise BadInput([fault("excel-parts", Place(file), count=f"{count:,}", most=f"{PARTS:,}")])
    if not count or start + size > at:
        raise Broken
    listed = [*_entries(data, start, start + size, count)]
    entries = {entry.name: entry for entry in listed}
    if len({_folded(name) for name in entries}) != len(listed):
        raise Broken
    return Package(file, data, _placed(data, entries, start), start, data[at + _END.size :])


def _entries(data: bytes, at: int, end: int, count: int) -> list[Entry]:
    found: list[Entry] = []
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, at)
        mark, made, needs, flags, method, time, date, crc, packed, size = fields[:10]
        named, extra, comment, disk, inside, outside, start = fields[10:]
        at += _CENTRAL.size
        if mark != b"PK\1\2" or disk or method not in (STORED, DEFLATED):
            raise Broken
        raw, at = data[at : at + named], at + named
        more, at = data[at : at + extra], at + extra
        said, at = data[at : at + comment], at + comment
        if at > end:
            raise Broken
        more, (size, packed, start) = _wide(more, size, packed, start)
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        name = name.replace("\\", "/").removeprefix("/")
        found.append(
            Entry(
                *(name, raw, made, needs, flags, method, (time, date), crc),
                *(packed, size, inside, outside, more, said, start),
            )
        )
    return found


def _wide(extra: bytes, *values: int) -> tuple[bytes, list[int]]:
    """The sizes and the start of a part, from the zip64 field where they stand there.

    That field is not kept: no file that is read needs it.
    """
    kept, found, at = b"", list(values), 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if kind != 1:
            kept += extra[at : at + 4 + size]
        else:
            wide = [each[0] for each in struct.iter_unpack("<Q", body[: size // 8 * 8])]
            for index, value in enumerate(values):
                if value == _SATURATED:
                    if not wide:
                        raise Broken
                    found[index] = wide.pop(0)
        at += 4 + size
    return kept, found


def _placed(data: bytes, entries: dict[str, Entry], tail: int) -> dict[str, Entry]:
    """The entries with the places of their records, none of which lies over another."""
    order = sorted(entries.values(), key=lambda each: each.start)
    ends = [*(entry.start for entry in order[1:]), tail]
    placed: dict[str, Entry] = {}
    for entry, end in zip(order, ends, strict=True):
        mark, *_, named, extra = _LOCAL.unpack_from(data, entry.start)
        head = entry.start + _LOCAL.size
        body = head + named + extra
        # Readers that go by the record are to see the same part.
        alike = data[head : head + named] == entry.raw
        if mark != b"PK\3\4" or not alike or body + entry.packed > end:
            raise Broken
        placed[entry.name] = replace(entry, body=body, end=end)
    return {name: placed[name] for name in entries}


def _folded(name: str) -> str:
    """A part's name as names are compared: by whatever case of its letters."""
    return name.lower()


def resolved(folder: str, target: str) -> str:
    """The name of the part that a relationship of a part in `folder` points to."""
    parts = [] if target.startswith("/") else folder.split("/")
    for step in re.split(r"[/\\]", target):
        if step == "..":
            del parts[-1:]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(part for part in parts if part)
