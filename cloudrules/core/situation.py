"""What is known of a service on a date, under a rulebook and one reading of it: the inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from cloudrules.core.entries import Effort
from cloudrules.core.errors import BadInput, Fault, Place, fault, nearest
from cloudrules.core.gates import Input
from cloudrules.core.names import Value, name_fault, value_fault, value_of
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Holding, Service, Variant

DIFFERING = "efforts differ: "  # said of what rulebooks state different efforts for

_TESTS = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def test(value: Value, op: str, other: Value) -> bool:
    """Whether a fact's value stands in the relation `op` to another of its type."""
    return bool(_TESTS[op](value, other))


@dataclass(frozen=True)
class Situation:
    """`held` are the inputs held, by id; `facts` has None for a fact that is not known."""

    on: date
    held: dict[str, Holding] = field(default_factory=dict)
    expired: dict[str, Holding] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    facts: dict[str, Value | None] = field(default_factory=dict)
    readings: Readings = field(default_factory=dict)
    efforts: dict[str, Effort] = field(default_factory=dict)

    def value(self, leaf: Input) -> bool | None:
        """Whether an input is true; None where that is not known."""
        if leaf.kind == "reading":
            return self.readings.get(leaf.name) == leaf.value
        if leaf.kind in ("fact", "test"):
            value = self.facts.get(leaf.name)
            if value is None or leaf.kind == "fact":
                return None if value is None else bool(value)
            assert leaf.value is not None
            return test(value, leaf.op, leaf.value)
        if leaf.name in self.held:
            return True
        return None if leaf.name in self.unknown else False

    def rails(self, leaf: Input) -> tuple[bool, bool]:
        """An input for simulation: whether it may be true, and whether it may be false."""
        value = self.value(leaf)
        return value is not False, value is not True

    def with_held(self, added: dict[str, Holding]) -> Situation:
        """With these held as well."""
        return replace(self, held={**self.held, **added})

    def until(self, names: Iterable[str]) -> date | None:
        """The last day on which all of the inputs named are still held; None: no end is known."""
        ends = [self.held[name].until for name in names if name in self.held]
        return min((end for end in ends if end is not None), default=None)

    def assumed(self, rulebook: Rulebook) -> tuple[Situation, list[str]]:
        """With every unknown settled as a plan takes it, and what that assumes.

        An unknown input counts as not held, an unknown fact as its default; a fact that has no
        default stays unknown.
        """
        facts, assumed = dict(self.facts), []
        for name in sorted(self.unknown | {n for n, v in facts.items() if v is None}):
            if name not in rulebook.facts:
                if name in rulebook.items or name in rulebook.evidence:
                    assumed.append(f"not {name}")
                continue
            fact = rulebook.facts[name]
            value = value_of(fact, fact.default.name if fact.default else "false")
            if value is not None:
                facts[name] = value
                assumed.append(literal(name, value))
        return replace(self, facts=facts, unknown=frozenset()), assumed


def literal(name: str, value: Value | bool) -> str:
    """An input at a value, as answers write it: `X`, `not X`, `level = high`."""
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} = {shown(value)}"


def shown(value: Value) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value).lower() if isinstance(value, bool) else str(value)


def varied(service: Service, variant: Variant, faults: list[Fault]) -> Service:
    """The service as a variant has it; adds to `faults` where it removes what is not held."""
    added = {holding.ref.name for holding in variant.add}
    removed = {ref.name for ref in variant.remove}
    here = [holding.ref.name for holding in service.holds] + [ref.name for ref in service.unknown]
    for ref in variant.remove:
        if ref.name not in here:
            near = nearest(ref.name, here)
            faults.append(fault("remove-unheld", ref.place, id=ref.name, near=near))
        if ref.name in added:
            faults.append(fault("add-remove", ref.place, id=ref.name))
    unknown = {ref.name for ref in variant.unknown}
    return replace(
        service,
        rulebook=variant.rulebook or service.rulebook,
        holds=(
            *(
                holding
                for holding in service.holds
                if holding.ref.name not in added | removed | unknown
            ),
            *variant.add,
        ),
        unknown=(
            *(ref for ref in service.unknown if ref.name not in added | removed | unknown),
            *variant.unknown,
        ),
        context={
            ref: value
            for ref, value in _over(service.context, variant.context).items()
            if ref.name not in unknown
        },
        readings=_over(service.readings, variant.readings),
    )


def _over(base: dict[Ref, Ref], patch: dict[Ref, Ref]) -> dict[Ref, Ref]:
    names = {ref.name for ref in patch}
    return {**{ref: value for ref, value in base.items() if ref.name not in names}, **patch}


def from_service(
    rulebook: Rulebook, service: Service, on: date, others: Iterable[Rulebook] = ()
) -> Situation:
    """The inputs that a service gives a rulebook on a date.

    A name that is unknown here may be known to one of the `others`, the further rulebooks that the
    service is held against. Raises BadInput with every fault.
    """
    books = [rulebook, *others]
    faults: list[Fault] = []
    holdings: dict[str, Holding] = {}
    for holding in service.holds:
        ref = holding.ref
        faults += _holding_faults(books, holding)
        if ref.name in holdings:
            faults.append(fault("held-twice", ref.place, id=ref.name))
        holdings[ref.name] = holding
    for ref in service.unknown:
        if ref.name in holdings:
            faults.append(fault("held-unknown", ref.place, id=ref.name))
        if not any(_is_input(book, ref.name) for book in books):
            faults.append(_unknown_input(books, ref, facts=True))
    for ref in service.efforts:
        if not any(_is_holdable(book, ref.name) for book in books):
            faults.append(_unknown_input(books, ref, facts=False))
        elif (item := rulebook.items.get(ref.name)) and item.met_by is not None:
            faults.append(fault("effort-met-by", ref.place, id=ref.name))
    facts = _facts(rulebook, service, books, faults)
    readings = _readings(rulebook, service, books, faults)
    if faults:
        raise BadInput(faults)
    places = {ref.name: ref.place for ref in service.readings}
    for clash in rulebook.clashes(readings):
        taken = clash.values["two"], clash.values["one"]
        given = [places[pair] for each in taken if (pair := each.partition("=")[0]) in places]
        faults.append(replace(clash, place=(*given, clash.place)[0]))
    if faults:
        raise BadInput(faults)
    return Situation(
        on=on,
        held={name: each for name, each in holdings.items() if each.valid(on)},
        expired={name: each for name, each in holdings.items() if not each.valid(on)},
        unknown=frozenset(ref.name for ref in service.unknown),
        facts=facts,
        readings=readings,
        efforts={ref.name: effort for ref, effort in service.efforts.items()},
    )


def _is_input(rulebook: Rulebook, name: str) -> bool:
    return _is_holdable(rulebook, name) or name in rulebook.facts


def _is_holdable(rulebook: Rulebook, name: str) -> bool:
    """Whether a name is of evidence, or of an item of some reading."""
    return name in rulebook.evidence or name in rulebook.items or name in rulebook.added


def _unknown_input(books: list[Rulebook], ref: Ref, *, facts: bool) -> Fault:
    known = [name for book in books for name in (*book.evidence, *book.items)]
    known += [name for book in books for name in book.facts] if facts else []
    what = "input" if facts else "holdable"
    found = name_fault(books[0], ref.name, ref.place, what, known)
    if found.code == "range-spelling" or ".." in ref.name:
        return fault("range-here", ref.place, found=ref.name)
    return found


def _holding_faults(books: list[Rulebook], holding: Holding) -> list[Fault]:
    ref = holding.ref
    if any(ref.name in book.facts for book in books):
        return [fault("fact-held", ref.place, fact=ref.name)]
    if not any(_is_holdable(book, ref.name) for book in books):
        return [_unknown_input(books, ref, facts=False)]
    return []


def _facts(
    rulebook: Rulebook, service: Service, books: list[Rulebook], faults: list[Fault]
) -> dict[str, Value | None]:
    given = {ref.name: (ref, value) for ref, value in service.context.items()}
    for name, (ref, _) in given.items():
        if not any(name in book.facts for book in books):
            known = [each for book in books for each in book.facts]
            faults.append(name_fault(rulebook, name, ref.place, "fact", known))
    unknown = {ref.name: ref for ref in service.unknown}
    facts: dict[str, Value | None] = {}
    for name, fact in rulebook.facts.items():
        if name in given and name in unknown:
            faults.append(fault("fact-unknown-given", unknown[name].place, fact=name))
        if name in given:
            text = given[name][1]
            facts[name] = value_of(fact, text.name)
            if facts[name] is None:
                faults.append(value_fault(name, fact, text.name, text.place))
        elif name in unknown:
            facts[name] = None
        elif fact.default:
            facts[name] = value_of(fact, fact.default.name)
        else:
            facts[name] = False if fact.kind == "boolean" else None
    return facts


def _readings(
    rulebook: Rulebook, service: Service, books: list[Rulebook], faults: list[Fault]
) -> Readings:
    chosen = rulebook.defaults()
    for ref, option in service.readings.items():
        several = [each for book in books for each in book.readings if each.id == ref.name]
        # Rulebooks may have readings of the same name; each takes the option that it knows.
        found = next((each for each in several if option.name in each.option_ids), None)
        found = found or next(iter(several), None)
        if found is None:
            known = [each.id for book in books for each in book.readings]
            faults.append(name_fault(rulebook, ref.name, ref.place, "reading", known))
        elif option.name not in found.option_ids:
            near = nearest(option.name, found.option_ids)
            options = " / ".join(found.option_ids)
            faults.append(
                fault("choice", option.place, found=option.name, near=near, known=options)
            )
        elif any(found is each for each in rulebook.readings):
            chosen[ref.name] = option.name
        else:
            own = [each for each in rulebook.readings if each.id == ref.name]
            if own and option.name in own[0].option_ids:
                chosen[ref.name] = option.name
    return chosen


def holding(name: str, place: Place) -> Holding:
    """A holding of nothing but its id, for what is added on the command line."""
    return Holding(evidence=Ref(name, place), place=place)
