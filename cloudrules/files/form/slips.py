"""Names in brackets that are nearly those that a rulebook knows: （csp.ismpa、2027-03-31まで）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache

from cloudrules.core.errors import nearest
from cloudrules.core.remark import Slip

_NAMED = re.compile(
    r"[(（]\s{0,9}([A-Za-z][A-Za-z0-9_.\-]{2,60})\s{0,9}"
    r"(?:([、,，=＝:：\s])[^()（）\n]{0,200})?[)）]"
)
_LIKE = 0.75
_MOST = 20  # names looked up in one cell: a cell may hold thousands


class Slips:
    """Knows the names that remarks can state something of."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._near = cache(self._nearest)

    def of(self, lines: Iterable[str]) -> Iterator[Slip]:
        """The names that are no rulebook's, each once, with the one that was likely meant."""
        seen: set[str] = set()
        for line in lines:
            for match in _NAMED.finditer(line):
                name = match[1]
                marked = re.search(r"[._\-]", name) or match[2] in ("=", "＝")
                if not marked or name in self._names or name in seen or len(seen) >= _MOST:
                    continue
                seen.add(name)
                if near := self._near(name):
                    yield Slip("name", name, name, near)

    def _nearest(self, name: str) -> str:
        """The known name that is almost this one; '' where none is."""
        near = nearest(name, self._names)
        alike = SequenceMatcher(None, name.casefold(), near.casefold()).ratio() >= _LIKE
        return near if alike and name.count(".") == near.count(".") else ""
