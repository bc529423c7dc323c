"""What a form itself says of its items, held against the rulebook: their texts and their need.

Another checklist may number other items alike: an answer in such a form says nothing of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from cloudrules.core.assessment import Assessment
from cloudrules.core.item_texts import ItemTexts
from cloudrules.core.reply import Finding
from cloudrules.core.rulebook import Rulebook

Need: TypeAlias = Literal["mandatory", "optional"]


class Said(NamedTuple):
    """What stands in a cell."""

    cell: str
    text: str


@dataclass(frozen=True)
class Line:
    """An item's row as it was printed: its texts, what it says of the need, and what that means."""

    item: str
    texts: tuple[Said, ...] = ()
    need: Said | None = None
    means: Need | None = None


@dataclass(frozen=True)
class Printed:
    """`others` are the rows with the text of another item, by their item, of `compared` rows.

    `needs` are the rows whose need is not the one that the rulebook has by default, `extra` the
    numbers of rows that are of no item.
    """

    others: dict[str, Finding] = field(default_factory=dict)
    compared: int = 0
    needs: tuple[Line, ...] = ()
    extra: tuple[Said, ...] = ()

    @property
    def foreign(self) -> bool:
        """Whether this is the form of another checklist: most rows have another item's text."""
        return 2 * len(self.others) > self.compared

    def findings(self, assessment: Assessment) -> Iterator[Finding]:
        """Where the form is at odds with the rulebook, also as it was read for this assessment."""
        yield from self.others.values()
        needs = {answer.id: answer.need for answer in assessment.items}
        for line in self.needs:
            need = needs.get(line.item, line.means)
            if line.need and need and need != line.means:
                yield Finding("need-other", line.item, *line.need, need)
        yield from (Finding("row-extra", text, cell) for cell, text in self.extra)


NOTHING = Printed()


def from_lines(rulebook: Rulebook, lines: Iterable[Line], extra: Iterable[Said] = ()) -> Printed:
    """The rows of a form held against the items that they are numbered as.

    A row is of another item where all of its texts are that can be compared.
    """
    texts = ItemTexts(rulebook)
    others: dict[str, Finding] = {}
    needs: list[Line] = []
    compared = 0
    for line in lines:
        found = [each for each in line.texts if texts.compared(line.item, each.text)]
        own = [texts.other(line.item, each.text) for each in found]
        compared += bool(found)
        usual = rulebook.items.get(line.item)
        if found and all(own):
            cell, text = found[0]
            others[line.item] = Finding("text-other", line.item, cell, said=text, own=own[0])
        elif usual and line.means not in (None, usual.need):
            needs.append(line)
    return Printed(others, compared, tuple(needs), tuple(extra))
