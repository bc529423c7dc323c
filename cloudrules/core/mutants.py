"""Which single-clause mutations of a rulebook scenarios notice, and which could be noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cloudrules.core import mutation
from cloudrules.core.checking import Means
from cloudrules.core.contrast import Contrast, Contrasts
from cloudrules.core.errors import Place, TooLarge
from cloudrules.core.mutation import Mutation
from cloudrules.core.noticing import Told, Watch
from cloudrules.core.problem import OutOfTime
from cloudrules.core.rulebook import Rulebook

Counted = Callable[[Place], bool]


@dataclass(frozen=True)
class Judged:
    """A mutation with the variant that notices it.

    Where none does, `equivalent` says whether it is proved that none could: no service, in any
    reading, is answered differently for any item. None: that is not known, for want of time or
    because there are too many readings.
    """

    mutation: Mutation
    noticed_by: Told | None = None
    equivalent: bool | None = None
    contrast: Contrast | None = None


@dataclass(frozen=True)
class Mutants:
    """`survivors` are those that no variant notices and that are not proved equivalent."""

    rulebook: Rulebook
    noticed: int
    equivalent: int
    survivors: tuple[Judged, ...]

    @property
    def counted(self) -> int:
        return self.noticed + len(self.survivors)

    @property
    def share(self) -> Fraction:
        """Of the mutants that could be noticed, those that are."""
        return Fraction(self.noticed, self.counted) if self.counted else Fraction(1)


def from_watch(watch: Watch, counted: Counted, means: Means) -> Mutants:
    """All mutants of the clauses whose place counts."""
    found = [each for each in mutation.mutations(watch.rulebook) if counted(each.place)]
    verdicts = judged(watch, found, means, witness=True)
    return Mutants(
        watch.rulebook,
        sum(each.noticed_by is not None for each in verdicts),
        sum(each.equivalent is True for each in verdicts),
        tuple(each for each in verdicts if each.noticed_by is None and not each.equivalent),
    )


def elsewhere(rulebook: Rulebook, rulebooks: Iterable[Rulebook]) -> Counted:
    """Which places count: what one rulebook takes over from another that is tested too does not."""
    others = {book.place.file for book in rulebooks} - {rulebook.place.file}
    return lambda place: place.file not in others


def judged(
    watch: Watch, found: Sequence[Mutation], means: Means, *, witness: bool = False
) -> list[Judged]:
    """Each mutation with the first variant that notices it; with `witness`, or how one could.

    Only of what no answer in a variant's own reading shows is anything proved, and only what is
    not proved equivalent is assessed in all readings, or planned for, again.
    """
    verdicts = [Judged(each) for each in found]
    try:
        for at, each in enumerate(found):
            means.clock.check()
            verdicts[at] = Judged(each, watch.under(each.rulebook).by_answer())
        waiting = [at for at, each in enumerate(verdicts) if each.noticed_by is None]
        contrasts = _contrasts(watch, [found[at].rulebook for at in waiting], means)
        for number, at in enumerate(waiting):
            means.clock.check()
            verdicts[at] = _judged(watch, verdicts[at], contrasts, number, witness)
    except OutOfTime:  # of the others it is not known
        pass
    return verdicts


def _contrasts(watch: Watch, mutants: Sequence[Rulebook], means: Means) -> Contrasts | None:
    """None where the readings are too many to prove anything about all of them."""
    try:
        return Contrasts(watch.rulebook, mutants, means)
    except TooLarge:
        return None


def _judged(
    watch: Watch, given: Judged, contrasts: Contrasts | None, number: int, witness: bool
) -> Judged:
    if contrasts is not None and contrasts.alike(number):
        return replace(given, equivalent=True)
    under = watch.under(given.mutation.rulebook)
    noticed = under.by_verdict() or under.by_plan(_planning(watch, contrasts, number))
    if noticed or contrasts is None:
        return replace(given, noticed_by=noticed)
    return replace(given, equivalent=False, contrast=contrasts.find(number) if witness else None)


def _planning(watch: Watch, contrasts: Contrasts | None, number: int) -> Iterable[Told]:
    """The variants whose plans could be others: those in whose readings some answer differs."""
    for told in watch.told:
        asked = told.answer.asked
        plan = asked.variant.plan
        if plan is None or asked.variant.expect is None or asked.variant.expect.plan is None:
            continue
        own = not (plan.robust or asked.variant.change)
        if own and contrasts and contrasts.alike(number, asked.case.situation.readings):
            continue
        yield told
