"""What several pages have in common: the head, readings, and why an item stands as it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cloudrules.core.entries import Reading
from cloudrules.core.expression import Compare, Expr, Name, Range, leaves
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.render.blocks import Bullets, Line, Pairs, Span, Tone, line
from cloudrules.render.head import Head
from cloudrules.render.wording import Wording

MANY = 8  # rulebooks; of more than that only a FEW are named
FEW = 3
MARK = "*"  # beside every figure that is an estimate
STATUS_TONES: dict[str, Tone] = {
    "met": "good",
    "missing": "bad",
    "unknown": "warn",
    "waived": "plain",
    "open": "dim",
    "not_applicable": "dim",
}


def status(word: str, said: Wording) -> Line:
    return (Span(said.term(word), STATUS_TONES.get(word, "plain")),)


def verdict_tone(compliant: bool | None) -> Tone:
    return "warn" if compliant is None else "good" if compliant else "bad"


def opening(head: Head, said: Wording, *first: tuple[str, Line], readings: bool = True) -> Pairs:
    """Service, provider, rulebook, date, and the readings taken that are not the default."""
    service = head.service
    rows = [*first, (said("head.service"), line(said.of(service.service)))]
    if service.provider:
        rows.append((said("head.provider"), line(said.of(service.provider))))
    if len(head.rulebooks) > MANY:
        names = said.listed(book.id for book in head.rulebooks[:FEW])
        what = said("and-more", names=names, n=len(head.rulebooks) - FEW)
        text = said("head.rulebooks", n=len(head.rulebooks), what=what)
        rows.append((said("head.rulebook"), line(text)))
    else:
        rows += [(said("head.rulebook"), line(rulebook(book, said))) for book in head.rulebooks]
    rows.append((said("head.on"), line(str(head.on))))
    taken = unusual(head.readings, head.rulebooks) if readings else {}
    for name, option in taken.items():
        rows.append((said("head.reading"), line(reading(head, name, option, said))))
    return Pairs(tuple(rows))


def rulebook(book: Rulebook, said: Wording) -> str:
    title = said.of(book.title, book.id)
    if book.edition:
        title = said("head.edition", title=title, edition=said.of(book.edition))
    return said("titled", title=title, id=book.id) if book.title else title


def unusual(readings: Readings, rulebooks: Iterable[Rulebook]) -> Readings:
    """The options taken that are not the first of their reading."""
    defaults = {name: option for book in rulebooks for name, option in book.defaults().items()}
    return {name: each for name, each in readings.items() if defaults.get(name) != each}


def reading(head: Head, name: str, option: str, said: Wording) -> str:
    """A reading's question, the option taken and why."""
    return _reading(head.reading(name), name, option, said)


def reading_of(book: Rulebook, name: str, option: str, said: Wording) -> str:
    """The same, of a reading of one rulebook."""
    found = next((each for each in book.readings if each.id == name), None)
    return _reading(found, name, option, said)


def _reading(found: Reading | None, name: str, option: str, said: Wording) -> str:
    if found is None:
        return said("option", question=name, option=option)
    question, taken, because = said.option(found, option)
    key = "option.because" if because else "option"
    return said(key, question=question, option=f"{name}={taken}", because=because)


def depends(head: Head, names: Iterable[str], said: Wording) -> Bullets:
    """The readings that something turns on, each with the option taken."""
    entries: list[tuple[int, Line]] = []
    for name in names:
        found = head.reading(name)
        option = head.taken(found) if found else ""
        entries.append((0, line(reading(head, name, option, said))))
    return Bullets(tuple(entries))


def named(condition: Expr, book: Rulebook) -> Iterator[tuple[str, str]]:
    """What a condition speaks of, as (kind, id), each once."""
    seen: set[tuple[str, str]] = set()
    for leaf in leaves(condition):
        if isinstance(leaf, Range):
            found = [("item", name) for name in book.span(leaf.first, leaf.last)]
        elif isinstance(leaf, Compare):
            found = [("fact", leaf.name)]
        elif not isinstance(leaf, Name):
            found = [("waived", leaf.name)]
        elif leaf.name in book.items:
            found = [("item", leaf.name)]
        else:
            found = [("fact" if leaf.name in book.facts else "evidence", leaf.name)]
        yield from (each for each in found if each not in seen)
        seen.update(found)


def amount(objective: str, n: int, said: Wording, mark: str = "") -> str:
    """A figure of an objective by itself; `mark` stands behind one that is an estimate."""
    if objective == "cost":
        return said.money(n) + mark
    return said.months(n) + mark if objective == "months" else said("count", n=n)


def change(before: Iterable[str], after: Iterable[str], head: Head, said: Wording) -> str:
    """What is acquired besides, and what no longer: `+ x, y; - z`."""
    old, new = set(before), set(after)
    signs = {"change.plus": sorted(new - old), "change.minus": sorted(old - new)}
    parts = [said(key, what=said.ids(ids, head.rulebooks[0])) for key, ids in signs.items() if ids]
    return said("change.both", one=parts[0], two=parts[1]) if len(parts) == 2 else "".join(parts)
