"""Makes text that comes from files safe to show: nothing in it can steer a terminal."""

from __future__ import annotations

import re

LONGEST = 60  # characters of a quoted value

# C0, DEL and C1; marks that turn the direction of writing; what has no width; halves of characters.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_BREAK = re.compile(r" *[\t\r\n]+ *")


def clean(text: str) -> str:
    """`text` on one line, every control character written out: `\\x1b`."""
    return HIDDEN.sub(_written, _BREAK.sub(" ", text.strip("\t\r\n")))


def clean_lines(text: str) -> list[str]:
    """The lines of `text`, each clean."""
    return [clean(line) for line in text.replace("\r\n", "\n").split("\n")]


def brief(text: str, longest: int = LONGEST) -> str:
    """`text`, clean, cut at `longest` characters with an ellipsis."""
    # A value may be megabytes: what is cut away is not cleaned either.
    shown = clean(text[: longest + 1])
    if len(shown) <= longest and len(text) <= longest + 1:
        return shown
    return shown[: longest - 1] + "…"


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
