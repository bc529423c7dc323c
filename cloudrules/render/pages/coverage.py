"""What scenarios show of rulebooks, and which slips in them no scenario notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cloudrules.render import witness
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Heading,
    Line,
    Pairs,
    Quote,
    Span,
    line,
    paragraph,
)
from cloudrules.render.pages.common import rulebook
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.coverage import Coverage
    from cloudrules.core.errors import Place
    from cloudrules.core.mutants import Judged, Mutants
    from cloudrules.core.rulebook import Rulebook


@dataclass(frozen=True)
class Measured:
    """What was asked for, a value for each rulebook; None: it was not asked for.

    `near` gives a path as it is to be shown, `named` how a service names a rulebook.
    """

    coverage: Sequence[Coverage] | None
    mutants: Sequence[Mutants] | None
    near: Callable[[str], str]
    named: Callable[[Rulebook], str]

    @property
    def shares(self) -> list[Fraction]:
        shown = [each.share for each in self.coverage or ()]
        return [*shown, *(each.share for each in self.mutants or ())]

    def place(self, place: Place) -> str:
        return str(place._replace(file=self.near(place.file)))

    def witness(self, survivor: Judged, book: Rulebook) -> str | None:
        """A service on which a mutant is answered differently, as a file."""
        if survivor.contrast is None:
            return None
        return witness.service(survivor.contrast.witness, "witness", self.named(book))


def percent(share: Fraction) -> str:
    """Rounded down, so that nothing but all of it is 100."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def page(measured: Measured, language: str) -> list[Block]:
    blocks: list[Block] = []
    for coverage in measured.coverage or ():
        blocks += _coverage(coverage, measured, Wording(language, [coverage.rulebook]))
    for mutants in measured.mutants or ():
        blocks += _mutants(mutants, measured, Wording(language, [mutants.rulebook]))
    return blocks


def _share(key: str, share: Fraction, n: int, of: int, said: Wording) -> Line:
    text = said(key, percent=percent(share), n=n, of=of)
    return line(Span(text, "good" if share == 1 else "warn"))


def _coverage(found: Coverage, measured: Measured, said: Wording) -> Iterator[Block]:
    title = said("coverage.title", rulebook=rulebook(found.rulebook, said))
    yield Heading(line(title))
    yield paragraph(*_share("coverage.share", found.share, found.shown, found.counted, said))
    statuses = [told for there in found.items.values() for told in there.values()]
    counts = (
        ("coverage.waivers", [each.noticed_by for each in found.waivers]),
        ("coverage.disjuncts", [each.noticed_by for each in found.disjuncts]),
        ("coverage.statuses", statuses),
    )
    rows: list[tuple[str, Line]] = []
    for key, each in counts:
        n = sum(told is not None for told in each)
        rows.append((said(key), line(said("coverage.counts", n=n, of=len(each)))))
    yield Pairs(tuple(rows))
    missing = [(0, line(text)) for text in _missing(found, measured, said)]
    if missing:
        yield paragraph(said("coverage.missing"))
        yield Bullets(tuple(missing))
    if found.idle:
        yield paragraph(Span(said("coverage.idle", n=found.idle), "dim"))


def _missing(found: Coverage, measured: Measured, said: Wording) -> Iterator[str]:
    for each in found.waivers:
        if each.noticed_by is None:
            place = measured.place(each.mutation.place)
            yield said("coverage.waiver", id=each.mutation.entry, place=place)
    for each in found.disjuncts:
        if each.noticed_by is None:
            given = each.mutation
            yield said(
                "coverage.disjunct-read" if given.option else "coverage.disjunct",
                entry=given.entry,
                field=given.field,
                text=given.text,
                place=measured.place(given.place),
                option=_option(given.option),
            )
    lacking: dict[str, list[str]] = {}
    for item, there in found.items.items():
        for status, told in there.items():
            if told is None:
                lacking.setdefault(status, []).append(item)
    for status, items in lacking.items():
        ids = said.ids(items, found.rulebook)
        yield said("coverage.items", n=len(items), ids=ids, status=said.term(status))


def _option(option: tuple[str, str] | None) -> str:
    return "=".join(option or ())


def _mutants(found: Mutants, measured: Measured, said: Wording) -> Iterator[Block]:
    title = said("mutants.title", rulebook=rulebook(found.rulebook, said))
    yield Heading(line(title))
    yield paragraph(*_share("mutants.share", found.share, found.noticed, found.counted, said))
    if found.equivalent:
        yield paragraph(Span(said("mutants.equivalent", n=found.equivalent), "dim"))
    for survivor in found.survivors:
        yield from _survivor(survivor, found.rulebook, measured, said)


def _survivor(
    survivor: Judged, book: Rulebook, measured: Measured, said: Wording
) -> Iterator[Block]:
    given, shown = survivor.mutation, survivor.contrast
    where = given.entry
    if given.field:
        where = said("mutants.field", entry=given.entry, field=given.field)
    if given.option:
        where = said("mutants.read", what=where, option=_option(given.option))
    what = said(f"mutants.{given.kind}", text=given.text)
    told = said("mutants.survivor", what=where, place=measured.place(given.place))
    entries: list[tuple[int, Line]] = [(0, line(Span(what, "warn"), ": ", told))]
    if given.field:
        entries += [
            (1, line(said("mutants.was", text=given.was or "-"))),
            (1, line(said("mutants.becomes", text=given.becomes or "-"))),
        ]
    if shown is None:
        entries.append((1, line(said("mutants.undecided"))))
    else:
        key = "mutants.differs" if shown.on is None else "mutants.differs-on"
        entries.append((1, line(said(key, items=said.ids(shown.items, book), on=shown.on))))
    yield Bullets(tuple(entries))
    if text := measured.witness(survivor, book):
        yield Quote(text.rstrip("\n"))
