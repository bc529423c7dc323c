"""What if: the variants of a scenario, what each changes and why it is not as expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cloudrules.core import case, plan, request
from cloudrules.core.assessment import Assessment, Worlds
from cloudrules.core.case import Case
from cloudrules.core.entry import Scalar
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.names import item_faults, name_fault
from cloudrules.core.parser import parse_arg
from cloudrules.core.plan import PlanAnswer
from cloudrules.core.problem import Clock, Solver
from cloudrules.core.resolution import changed_by_hand
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Expectation, PlanExpectation, Service, Variant
from cloudrules.core.situation import varied


@dataclass(frozen=True)
class StatusChange:
    """An item whose status differs; None: the item is not in that rulebook."""

    item: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Failure:
    """An expectation that does not hold, in the words of the scenario."""

    what: str
    expected: str
    got: str
    place: Place


@dataclass(frozen=True)
class Asked:
    """A variant held against its rulebook; `origin` is that before what the variant changes."""

    variant: Variant
    origin: Rulebook
    case: Case


@dataclass(frozen=True)
class VariantAnswer:
    """`worlds` only where the variant expects a verdict over all readings.

    `base` is the service as it is, which the changes are from.
    """

    asked: Asked
    base: Asked
    assessment: Assessment
    changes: tuple[StatusChange, ...]
    plan: PlanAnswer | None
    worlds: Worlds | None
    failures: tuple[Failure, ...]

    @property
    def name(self) -> Text:
        return self.asked.variant.name

    @property
    def case(self) -> Case:
        return self.asked.case


@dataclass(frozen=True)
class Means:
    """How variants are answered: where rulebooks are found, which solver, what clock for each plan.

    `find` is also told whether the scenario names the rulebooks, rather than the service.
    """

    find: Callable[[tuple[Ref, ...], bool], list[Rulebook]]
    solver: Callable[[], Solver]
    clock: Callable[[], Clock]
    on: date


def from_variants(
    service: Service, variants: tuple[Variant, ...], means: Means, unread: Iterable[Fault] = ()
) -> tuple[Assessment, tuple[VariantAnswer, ...]]:
    """The service as it is, and each variant.

    Raises BadInput with the faults of all variants, and those of reading them, before any answer
    is worked out.
    """
    faults = list(unread)
    asked: list[Asked] = []
    for variant in (Variant(Text({"": ""})), *variants):
        try:
            here = _asked(service, variant, means)
        except BadInput as error:
            faults += error.faults
            continue
        asked.append(here)
        faults += _variant_faults(variant, asked[0].case, here.case)
    if faults:
        raise BadInput(faults)
    base = asked[0].case.assessed()
    return base, tuple(_answer(base, asked[0], here, means) for here in asked[1:])


def _asked(service: Service, variant: Variant, means: Means) -> Asked:
    faults: list[Fault] = []
    own = varied(service, variant, faults)
    try:
        rulebooks = means.find(own.rulebook, bool(variant.rulebook))
        if len(rulebooks) != 1:
            raise BadInput([fault("scenario-several", own.rulebook[1].place)])
        origin = rulebook = rulebooks[0]
        if variant.change:
            rulebook = changed_by_hand(rulebook, variant.change, faults)
        (here,) = case.from_service([rulebook], own, variant.on or means.on)
    except BadInput as error:
        raise BadInput([*faults, *error.faults]) from None
    if faults:
        raise BadInput(faults)
    return Asked(variant, origin, here)


def _variant_faults(variant: Variant, base: Case, here: Case) -> Iterator[Fault]:
    """What is wrong with the plan and the expectations of a variant."""
    rulebook = here.rulebook.under(here.situation.readings)
    if variant.plan:
        try:
            request.checked(variant.plan, [here])
        except BadInput as error:
            yield from error.faults
    expect = variant.expect or Expectation()
    for part in (*(expect.missing or ()), *(expect.waived or ())):
        yield from item_faults(rulebook, part)
    for ref in expect.items:
        try:
            yield from item_faults(rulebook, parse_arg(Scalar(ref.name, ref.place)))
        except BadInput as error:
            yield from error.faults
    items = base.rulebook.items | rulebook.items
    for change in expect.changes:
        ref = change.item
        if ref.name and ref.name not in items:
            yield name_fault(rulebook, ref.name, ref.place, "item", items)
    if expect.plan and not variant.plan:
        yield fault("expect-plan", expect.plan.place)
    names = items | rulebook.evidence
    for ref in (expect.plan and expect.plan.acquire) or ():
        if ref.name not in names:
            yield fault("plan-id", ref.place, id=ref.name, near=nearest(ref.name, names))


def _answer(base: Assessment, service: Asked, asked: Asked, means: Means) -> VariantAnswer:
    here, variant = asked.case, asked.variant
    found = here.assessed()
    expect = variant.expect
    worlds = here.in_all_readings() if expect and expect.verdict else None
    made = planned(asked.variant, here, means) if variant.plan else None
    failures: list[Failure] = []
    if expect:
        failures += unfulfilled(expect, base, found)
        failures += verdict_failures(expect, worlds)
        failures += plan_failures(expect, made)
    differing = tuple(changes(base, found))
    return VariantAnswer(asked, service, found, differing, made, worlds, tuple(failures))


def planned(variant: Variant, here: Case, means: Means) -> PlanAnswer:
    """The plan that a variant asks for."""
    assert variant.plan is not None
    asked = request.checked(variant.plan, [here])
    return plan.from_cases([here], asked, means.solver(), means.clock())


def changes(before: Assessment, after: Assessment) -> Iterator[StatusChange]:
    """The items whose status differs between two answers, in the order of the later rulebook."""
    old = {item.id: item.status for item in before.items}
    new = {item.id: item.status for item in after.items}
    for item in [*new, *(item for item in old if item not in new)]:
        if old.get(item) != new.get(item):
            yield StatusChange(item, old.get(item), new.get(item))


def unfulfilled(expect: Expectation, base: Assessment, found: Assessment) -> Iterator[Failure]:
    """What is stated of the service in its own reading, and does not hold."""
    place = expect.place

    def unless_same(what: str, expected: object, got: object) -> Iterator[Failure]:
        if expected != got:
            yield Failure(what, str(expected), str(got), place)

    if expect.compliant is not None:
        got = {True: "true", False: "false", None: "unknown"}[found.compliant]
        yield from unless_same("compliant", expect.compliant, got)
    for what, expected, items in (
        ("missing", expect.missing, found.missing),
        ("waived", expect.waived, found.waived),
    ):
        if expected is not None:
            listed = found.rulebook.listed(expected)
            yield from unless_same(what, ", ".join(listed), ", ".join(items))
    for ref, status in expect.items.items():
        part = parse_arg(Scalar(ref.name, ref.place))
        for item in found.rulebook.listed((part,)):
            if item in found.rulebook.absent:
                yield Failure(f"items {item}", status, "-", ref.place)
            else:
                yield from unless_same(f"items {item}", status, found.item(item).status)
    if expect.changes:
        yield from _change_failures(expect, tuple(changes(base, found)))


def verdict_failures(expect: Expectation, worlds: Worlds | None) -> Iterator[Failure]:
    """What is stated of the verdict in all readings, and does not hold."""
    if worlds is not None and expect.verdict != (got := worlds.verdict or "unknown"):
        yield Failure("verdict", str(expect.verdict), got, expect.place)


def _change_failures(expect: Expectation, found: tuple[StatusChange, ...]) -> Iterator[Failure]:
    there = {change.item: change for change in found}
    for wanted in expect.changes:
        got = there.get(wanted.item.name, StatusChange(wanted.item.name, None, None))
        pair = f"{wanted.from_ or '*'} -> {wanted.to or '*'}"
        differs = [
            one for one in ((wanted.from_, got.before), (wanted.to, got.after)) if one[0] != one[1]
        ]
        if wanted.item.name not in there or any(expected for expected, _ in differs):
            found_pair = f"{got.before or '-'} -> {got.after or '-'}"
            yield Failure(f"changes {wanted.item.name}", pair, found_pair, wanted.place)


def plan_failures(expect: Expectation, made: PlanAnswer | None) -> Iterator[Failure]:
    """What is stated of the plan, and does not hold."""
    if expect.plan and made:
        yield from _plan_failures(expect.plan, made)


def _plan_failures(expect: PlanExpectation, made: PlanAnswer) -> Iterator[Failure]:
    best = made.plans[0] if made.plans else None
    for what in ("status", "cost", "certifications", "actions", "months"):
        expected = getattr(expect, what)
        if expected is not None:
            got = made.status if what == "status" else best.value(what) if best else "-"
            if expected != got:
                yield Failure(f"plan {what}", str(expected), str(got), expect.place)
    if expect.acquire is not None:
        wanted = ", ".join(sorted(ref.name for ref in expect.acquire))
        acquired = ", ".join(best.acquire) if best else "-"
        if wanted != acquired:
            yield Failure("plan acquire", wanted, acquired, expect.place)
