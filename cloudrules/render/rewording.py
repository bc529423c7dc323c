"""Two versions of a text as one line: what went, in [-...-], and what came, in {+...+}.

Words are compared where a script has spaces between them, else characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from cloudrules.render.blocks import Line, Span

# A number such as 1.10 is one word.
_WORD = r"[A-Za-z0-9_À-ɏ'’]+"
_PIECE = re.compile(rf"{_WORD}(?:[.-]{_WORD})*|\s+|.", re.DOTALL)
CONTEXT = 16  # characters of what stays that are shown around a change
ISLAND = 2  # so few that stay between two changes are shown as changed as well
LONGEST = 4000  # pieces that are compared; of longer texts both are shown whole


def line(old: str | None, new: str | None) -> Line:
    """What became of a text, in tones and in marks, so that it can be read without colour."""
    if old == new:
        return (Span(old or ""),)
    if not old or not new:
        return (*_went(old or ""), *_came(new or ""))
    one, two = _PIECE.findall(old), _PIECE.findall(new)
    if len(one) + len(two) > LONGEST:
        return (*_went(old), *_came(new))
    spans: list[Span] = []
    runs = _runs(one, two)
    for at, (same, before, after) in enumerate(runs):
        if same:
            spans.append(Span(_short(before, first=at == 0, last=at == len(runs) - 1)))
        else:
            spans += [*_went(before), *_came(after)]
    return tuple(spans)


def _runs(one: list[str], two: list[str]) -> list[tuple[bool, str, str]]:
    """Stretches that stay or change, in turn; islands between changes belong to these."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    runs: list[tuple[bool, str, str]] = []
    codes = matcher.get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(codes):
        before, after = "".join(one[i1:i2]), "".join(two[j1:j2])
        inside = 0 < at < len(codes) - 1
        same = tag == "equal" and not (inside and len(before.strip()) <= ISLAND)
        if runs and runs[-1][0] == same:
            _, old, new = runs[-1]
            runs[-1] = (same, old + before, new + after)
        else:
            runs.append((same, before, after))
    return runs


def _short(text: str, *, first: bool, last: bool) -> str:
    """What stays, without its middle; at the ends of the text, without what is far away."""
    head = "" if first else text[:CONTEXT]
    tail = "" if last else text[-CONTEXT:]
    return text if len(head) + len(tail) + 1 >= len(text) else f"{head}…{tail}"


def _went(text: str) -> Iterator[Span]:
    if text:
        yield Span(f"[-{text}-]", "bad")


def _came(text: str) -> Iterator[Span]:
    if text:
        yield Span(f"{{+{text}+}}", "good")
