"""The text that the bytes of a file are."""

from __future__ import annotations

from cloudrules.core.errors import BadInput, Place, fault


def text_of(data: bytes, file: str, most: int, kind: str = "YAML") -> str:
    """The text of a file of a kind, or BadInput saying what it is instead of UTF-8 text.

    It has at most `most` bytes, and says something.
    """
    place = Place(file, 1)
    if len(data) > most:
        raise BadInput([fault("file-large", place, most=f"{most // 2**20} MiB")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise BadInput([fault("file-utf16", place)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        code = "file-sjis" if _seems_sjis(data, error) else "file-binary"
        raise BadInput([fault(code, Place(file, line), wanted=kind)]) from None
    if not text.strip():
        raise BadInput([fault("file-empty", place)])
    return text


def _seems_sjis(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether bytes that are not UTF-8 are Shift_JIS from the start, rather than cut or mixed."""
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        return False
    cut = error.reason == "unexpected end of data"
    return not cut and data[: error.start].isascii() and b"\x00" not in data
