"""Colour on a terminal."""

from __future__ import annotations

from cloudrules.render.blocks import Tone

_CODES: dict[Tone, str] = {
    "plain": "",
    "strong": "1",
    "good": "32",
    "bad": "31",
    "warn": "33",
    "dim": "2",
    "code": "",
}


def paint(text: str, tone: Tone, colour: bool) -> str:
    """`text`, which is clean already, in the colour of its tone."""
    code = _CODES[tone]
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code and text else text
