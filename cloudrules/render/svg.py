"""Pictures as SVG: elements with escaped text, widths of text, numbers always written alike.

A picture has no scripts, no fonts of its own, nothing from outside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from cloudrules.render.clean import clean
from cloudrules.render.table import breaks, columns, cut

FONT = "'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, Arial, sans-serif"
COLUMN = 0.56  # of the size of the type; a full-width character takes two columns
LEADING = 1.3
# A page of A4 on its side without its margins and a heading, and a pixel of a screen, in mm.
PAGE, PIXEL = (269.0, 164.0), 0.2646
POINT = 0.3528  # in mm
SMALLEST = 6  # points of printed type


def number(value: float) -> str:
    """At most two decimals, none where there are none."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(tag: str, *inside: str, **attributes: str | float) -> str:
    """An element; `_` in the name of an attribute stands for `-`. What is inside is XML already."""
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}="
        + quoteattr(value if isinstance(value, str) else number(value))
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def words(text: str) -> str:
    """Text as XML, without characters that cannot stand in XML."""
    return escape(clean(text))


def width(text: str, size: float) -> float:
    """About how wide text is; full-width characters count in full."""
    return columns(clean(text)) * size * COLUMN


def text(x: float, y: float, content: str, size: float = 12, **attributes: str | float) -> str:
    """One line of text; `y` is its base line."""
    return element("text", words(content), x=x, y=y, font_size=size, **attributes)


def wrapped(content: str, room: float, size: float, most: int = 0) -> list[str]:
    """Lines of text, each within `room`; with `most`, so many at most, the last one cut."""
    content = clean(content)
    fit = max(int(room / (size * COLUMN)), 4)
    ends = breaks(content, fit)
    lines = [content[start:end].rstrip() for start, end in ends]
    if most and len(lines) > most:
        rest = content[ends[most - 1][0] :]
        lines = [*lines[: most - 1], cut(rest, fit - 1)]
    return lines


def block(
    x: float, y: float, lines: Sequence[str], size: float, full: str = "", **attributes: str | float
) -> str:
    """Several lines of text under one another; `full` is what a reader points at to see."""
    spans = [
        element("tspan", words(line), x=x, y=y + at * size * LEADING)
        for at, line in enumerate(lines)
    ]
    title = [element("title", words(full))] if full else []
    return element("text", *title, *spans, font_size=size, **attributes)


def picture(across: float, down: float, title: str, inside: Sequence[str]) -> str:
    """A whole picture on white."""
    return (
        element(
            "svg",
            "\n",
            element("title", words(title)) + "\n",
            element("rect", width=across, height=down, fill="#fff") + "\n",
            *(part + "\n" for part in inside),
            xmlns="http://www.w3.org/2000/svg",
            width=across,
            height=down,
            viewBox=f"0 0 {number(across)} {number(down)}",
            role="img",
            font_family=FONT,
            fill="#222",
        )
        + "\n"
    )


def size(drawn: str) -> tuple[float, float]:
    """How wide and high a picture is, as it says of itself."""
    found = re.search(r'<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"', drawn)
    assert found is not None
    return float(found[1]), float(found[2])


def paper(drawn: str) -> tuple[float, float, float]:
    """How wide and high a picture is, and how many millimetres a pixel of it is on a page."""
    across, down = size(drawn)
    return across, down, min(PIXEL, PAGE[0] / across, PAGE[1] / down)


def legible(drawn: str, type_size: float) -> bool:
    """Whether a page has room for a picture with type of this size in it."""
    return paper(drawn)[2] * type_size >= SMALLEST * POINT
