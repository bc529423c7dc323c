"""Where two rulebooks disagree: the answer, its witnesses, and the clauses responsible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from cloudrules.core.errors import Place
from cloudrules.core.situation import literal
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Span,
    Tone,
    line,
)
from cloudrules.render.pages.common import reading_of, rulebook, unusual
from cloudrules.render.pages.revision import revisions
from cloudrules.render.wording import Wording

if TYPE_CHECKING:
    from cloudrules.core.affected import Answered
    from cloudrules.core.assessment import ItemAnswer
    from cloudrules.core.difference import Difference, ItemDifference, Shown, Verdict
    from cloudrules.core.findings import Part
    from cloudrules.core.joint import Side
    from cloudrules.core.responsible import Clause
    from cloudrules.core.revision import Revision

Entries = list[tuple[int, Line]]


def page(
    found: Difference,
    changes: Sequence[Revision],
    services: Sequence[Answered] | None,
    on: date,
    language: str,
) -> list[Block]:
    """`services`: None where none were asked about; `on` is the date asked for."""
    sides = found.sides
    said = Wording(language, (sides.a.read, sides.b.read))
    pages = Pages(found, said)
    blocks: list[Block] = [pages.opening(), Paragraph(tuple(pages.summary(on)))]
    if found.verdict:
        verdict = found.verdict
        entries: Entries = [(0, pages.witness(verdict.witness))]
        answers = said(
            "diff.verdict-answers", a=pages.verdict(verdict.a), b=pages.verdict(verdict.b)
        )
        entries.append((1, line(answers)))
        entries += pages.clauses(verdict.clauses, 1)
        blocks += [Heading(line(said("diff.verdict-title"))), Bullets(tuple(entries))]
    if found.items:
        blocks += [Heading(line(said("diff.items-title"))), Bullets(tuple(pages.items()))]
    if services is not None:
        blocks += pages.services(services)
    return [*blocks, *revisions(changes, said)]


class Pages:
    """The parts of the page."""

    def __init__(self, found: Difference, said: Wording) -> None:
        self.found, self.said = found, said
        self.a, self.b = found.sides.a, found.sides.b

    def opening(self) -> Pairs:
        """Both rulebooks, and the readings that are not their first options."""
        said = self.said
        rows: list[tuple[str, Line]] = []
        for name, side in (("A", self.a), ("B", self.b)):
            rows.append((name, line(rulebook(side.rulebook, said))))
            for reading, option in unusual(side.readings, (side.rulebook,)).items():
                told = reading_of(side.rulebook, reading, option, said)
                rows.append((said("diff.reading", side=name), line(told)))
        days = dict.fromkeys(str(side.rulebook.day) for side in (self.a, self.b))
        rows.append((said("head.on"), line(" / ".join(days))))
        return Pairs(tuple(rows))

    def summary(self, on: date) -> Iterator[Line]:
        found, said, n = self.found, self.said, len(self.found.items)
        if found.equivalent:
            yield (Span(said("diff.same"), "good"),)
        elif found.equivalent is None:
            timely = not (found.undecided or found.verdict_undecided)
            yield (Span(said("diff.same-stated" if timely else "diff.open"), "warn"),)
        else:
            kind = "both" if found.verdict else "open" if found.verdict_undecided else "items"
            yield (Span(said(f"diff.differ-{kind}", n=n), "bad"),)
        undecided = [said("diff.verdict")] if found.verdict_undecided else []
        names = [self.a.own.get(each) or self.b.own[each] for each in found.undecided]
        if names:
            undecided.append(said("diff.items", what=self.ids(names), n=len(names)))
        if undecided:
            yield (Span(said("diff.undecided", what=said.listed(undecided)), "warn"),)
        if found.unstated:
            what = said.listed(found.unstated)
            yield (Span(said("diff.unstated", what=what), "warn"),)
        for name, side in (("A", self.a), ("B", self.b)):
            if side.rulebook.day != on:
                yield line(said("diff.moved", side=name, on=on, day=side.rulebook.day))

    def ids(self, names: Sequence[str], side: Side | None = None) -> str:
        return self.said.ids(names, (side or self.a).read)

    def verdict(self, verdict: Verdict, side: Side | None = None) -> str:
        said = self.said
        key = "open" if verdict.compliant is None else "yes" if verdict.compliant else "no"
        told = said(f"whatif.{key}")
        if not verdict.missing:
            return told
        return said("diff.missing", verdict=told, what=self.ids(verdict.missing, side))

    def witness(self, shown: Shown) -> Line:
        """What a service holds and states, in one line."""
        said = self.said
        parts: list[str] = []
        if shown.holds:
            parts.append(said("diff.holds", what=said.listed(map(self._held, shown.holds))))
        else:
            parts.append(said("diff.holds-nothing"))
        if shown.context:
            facts = (said.input(literal(*pair)) for pair in shown.context.items())
            parts.append(said("diff.facts", what=said.listed(facts)))
        least = "" if shown.least else said("diff.not-least")
        return (Span("; ".join(parts), "strong"), Span(least))

    def _held(self, names: tuple[str | None, str | None]) -> str:
        said = self.said
        one, two = names
        told = said.input(one or two or "")
        if one is None or two is None:
            return said("diff.only-b" if one is None else "diff.only-a", what=told)
        return told if one == two else said("diff.other-id", what=told, id=two)

    def items(self) -> Iterator[tuple[int, Line]]:
        """What differs, those of one witness and one reason together."""
        groups: dict[tuple[object, ...], list[ItemDifference]] = {}
        for each in self.found.items:
            shown = each.witness
            key = (shown.holds, tuple(shown.context.items()), each.clauses)
            groups.setdefault(key, []).append(each)
        for group in groups.values():
            yield 0, self.witness(group[0].witness)
            triples = [(each.item, each.item_b, each.a, each.b) for each in group]
            yield from ((1, each) for each in self.answers(triples))
            yield from self.clauses(group[0].clauses, 1)

    def answers(
        self,
        items: Iterable[tuple[str | None, str | None, ItemAnswer | None, ItemAnswer | None]],
    ) -> Iterator[Line]:
        """Items with what each side says; those of the same answers together."""
        said = self.said
        groups: dict[tuple[str, str, bool], list[tuple[str, str | None]]] = {}
        for one, two, a, b in items:
            key = (self.answer(a), self.answer(b), one is None)
            groups.setdefault(key, []).append((one or two or "", two))
        for (before, after, added), names in groups.items():
            same = [name for name, other in names if other in (name, None)]
            parts = [self.ids(same, self.b if added else self.a)] if same else []
            parts += [
                said("diff.other-id", what=name, id=other)
                for name, other in names
                if other not in (name, None)
            ]
            what = said("diff.items", what=said.listed(parts), n=len(names))
            yield line(said("diff.answers", what=what, a=before, b=after))

    def answer(self, answer: ItemAnswer | None) -> str:
        said = self.said
        if answer is None:
            return said("diff.no-item")
        status, obligation = said.term(answer.status), said.term(answer.obligation)
        if answer.status in ("met", "unknown") and status != obligation:
            return said("diff.status-of", status=status, obligation=obligation)
        waivers = said.listed(answer.waived_by)
        if answer.status == "waived" and waivers:
            return said("diff.status-of", status=status, obligation=waivers)
        return status

    def clauses(self, clauses: Iterable[Clause], depth: int) -> Iterator[tuple[int, Line]]:
        for each in clauses:
            yield depth, line(self.said("diff.because", what=self.clause(each)))

    def clause(self, clause: Clause) -> str:
        said = self.said
        names = dict.fromkeys(part.entry for part in (clause.a, clause.b) if part)
        entry = " / ".join(map(self._entry, names))
        one, two = clause.a, clause.b
        if clause.field and one and two and one.text == two.text:
            key = "diff.clause-days" if clause.field == "in_force" else "diff.clause-ranges"
            text, a, b = said("diff.quoted", text=one.text), _place(one), _place(two)
            return said(key, entry=entry, field=clause.field, text=text, a=a, b=b)
        a, b = (self._part(part, whole=not clause.field) for part in (one, two))
        key = "diff.clause" if clause.field else "diff.clause-whole"
        return said(key, entry=entry, field=clause.field, a=a, b=b)

    def _entry(self, name: str) -> str:
        known = name in self.a.read.items or name in self.b.read.items
        return self.said("item", id=name) if known else name

    def _part(self, part: Part | None, *, whole: bool) -> str:
        said = self.said
        if part is None:
            return said("diff.nothing")
        place = _place(part)
        if whole:
            return said("diff.there", place=place)
        text = said("diff.quoted", text=part.text) if part.text else said("diff.nothing")
        return said("diff.words", text=text, place=place)

    def services(self, services: Sequence[Answered]) -> Iterator[Block]:
        """The services that are answered differently, each with its changes and why."""
        said = self.said
        answered = [(each.file, each.answer) for each in services if each.answer]
        changed = [(file, answer) for file, answer in answered if answer.changed]
        yield Heading(line(said("diff.services-title")))
        lines = [line(said("diff.services", n=len(changed), of=len(answered)))]
        if any(name != own for name, own in self.b.own.items() if name in self.b.shared.items):
            lines.append(line(said("diff.service-numbers")))
        if any(answer.service.readings for _, answer in answered):
            lines.append(line(said("diff.service-readings")))
        unread = [each.file for each in services if not each.answer]
        if unread:
            lines.append((Span(said("diff.unread", what=said.listed(unread)), "warn"),))
        yield Paragraph(tuple(lines))
        entries: Entries = []
        for file, answer in changed:
            name = said("diff.service", name=said.of(answer.service.service), file=file)
            entries.append((0, (Span(name, "strong"),)))
            a, b = self.verdict(answer.a), self.verdict(answer.b, self.b)
            tone: Tone = "plain" if answer.a.compliant == answer.b.compliant else "warn"
            entries.append((1, (Span(said("diff.verdict-answers", a=a, b=b), tone),)))
            shifts = [(each.item, each.item_b, each.before, each.after) for each in answer.shifts]
            entries += [(1, each) for each in self.answers(shifts)]
            entries += self.clauses(answer.clauses, 1)
        if entries:
            yield Bullets(tuple(entries))


def _place(part: Part) -> str:
    """Where a clause stands, without the folder: which side it is of is said."""
    return str(Place(PurePath(part.place.file).name, part.place.line))
