"""How a sheet marks the need of an item: in words, by marks of a legend, or one column a need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cloudrules.core.entry import normal
from cloudrules.core.sheet import LONGEST_TITLE, Row, need, number

_MARK = "[◎○◯〇●△▲□■☆★×✕]|(?<![A-Za-z])[A-CMRO](?![A-Za-z])"
_NEED = r"必須|任意|推奨|mandatory|optional|recommended"
_PAIR = re.compile(rf"({_MARK})\s*(?:[:：…=＝は]|印は?)?\s*「?({_NEED})", re.IGNORECASE)
_HEAD = re.compile(rf"({_NEED}|required)(?:要件|項目|事項)?", re.IGNORECASE)
_TICK = re.compile("[◎○◯〇●■☑✓✔レ√xX]")
_CROSS = re.compile("[×✕✖‐–—―－ー-]")
_RINGS = str.maketrans("◯〇", "○○")


@dataclass(frozen=True)
class Legend:
    """`marks` gives the need of each mark; `columns` that of each column to tick."""

    marks: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)

    def marked(self, text: str) -> bool:
        """Whether a cell is a mark of the legend."""
        return text.translate(_RINGS) in self.marks

    def written(self, row: Row, at: int | None) -> str:
        """The need that a row states, in words where it has but a mark."""
        if self.columns:
            ticked = [at for at in self.columns if at in row and _TICK.fullmatch(row[at].text)]
            said = [
                at for at in self.columns if at in row and not _CROSS.fullmatch(row[at].text)
            ] or [at for at in self.columns if at in row]
            if len(ticked) == 1 == len(said):
                return self.columns[ticked[0]]
            return " ".join(f"{self.columns[at]}:{row[at].text}" for at in said)
        text = row[at].text if at in row else ""
        return self.marks.get(text.translate(_RINGS), text)


def is_key(text: str) -> bool:
    """Whether a text only says what marks mean: ◎:必須 ○:任意."""
    rest = re.sub(
        r"(?i)[\s、,/()・※;]+|(?:凡例|注|note)[:：]?", "", _PAIR.sub("", text.translate(_RINGS))
    )
    return not rest and len(_PAIR.findall(text.translate(_RINGS))) > 1


def of(rows: list[Row]) -> Legend:
    """What the rows of a sheet say of how needs are marked."""
    marks: dict[str, set[str]] = {}
    for row in rows:
        for cell in row.values():
            if len(cell.text) <= LONGEST_TITLE:
                for mark, word in _PAIR.findall(cell.text.translate(_RINGS)):
                    marks.setdefault(mark, set()).add(word)
    return Legend(
        {mark: words.pop() for mark, words in marks.items() if len(words) == 1}, _columns(rows)
    )


def _columns(rows: list[Row]) -> dict[int, str]:
    """The columns headed 必須 and 任意, or one of them, where items have nothing but ticks."""
    for row in rows:
        heads = {
            at: found[1]
            for at, cell in row.items()
            if (found := _HEAD.fullmatch(normal(cell.text)))
        }
        if not heads or any(number(cell.text) for cell in row.values()):
            continue
        texts = [
            other[at].text for other in rows if other is not row for at in heads if at in other
        ]
        # One column is told from the heading of a chapter by ticks alone.
        if len(set(heads.values())) < 2 and (
            len(row) < 2
            or not all(_TICK.fullmatch(text) or _CROSS.fullmatch(text) for text in texts)
        ):
            continue
        ticks = sum(_TICK.fullmatch(text) is not None for text in texts)
        if ticks and not any(need(text) for text in texts if text not in heads.values()):
            return heads
    return {}
