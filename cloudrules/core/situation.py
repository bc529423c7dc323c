"""What is known of a service on a date, under a rulebook and one reading of it: the inputs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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

    def doubting(self, names: Collection[str]) -> Situation:
        """With these not known: facts, and inputs that are held."""
        held = {name: each for name, each in self.held.items() if name not in names}
        facts = {name: None if name in names else value for name, value in self.facts.items()}
        unknown = self.unknown | self.held.keys() - held.keys()
        return replace(self, held=held, unknown=unknown, facts=facts)

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


class Known:
    """The names that any of the rulebooks knows that a service is held against."""

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        self.inputs: set[str] = set()  # evidence and items
        self.added: set[str] = set()  # items of some reading alone
        self.facts: set[str] = set()
        self.options: dict[str, tuple[str, ...]] = {}  # of the first reading of that name
        self.any_options: dict[str, set[str]] = {}  # of all of them
        for book in rulebooks:
            self.inputs.update(book.evidence, book.items)
            self.added |= book.added
            self.facts.update(book.facts)
            for reading in book.readings:
                self.options.setdefault(reading.id, reading.option_ids)
                self.any_options.setdefault(reading.id, set()).update(reading.option_ids)

    def is_holdable(self, name: str) -> bool:
        """Whether a name is of evidence, or of an item of some reading."""
        return name in self.inputs or name in self.added


def from_service(
    rulebook: Rulebook, service: Service, on: date, known: Known | None = None
) -> Situation:
    """The inputs that a service gives a rulebook on a date.

    A name that is unknown here may be `known` to another of the rulebooks that the service is held
    against. Raises BadInput with every fault.
    """
    known = known or Known([rulebook])
    faults: list[Fault] = []
    holdings: dict[str, Holding] = {}
    for holding in service.holds:
        ref = holding.ref
        faults += _holding_faults(rulebook, known, holding)
        if ref.name in holdings:
            faults.append(fault("held-twice", ref.place, id=ref.name))
        holdings[ref.name] = holding
    for ref in service.unknown:
        if ref.name in holdings:
            faults.append(fault("held-unknown", ref.place, id=ref.name))
        if not known.is_holdable(ref.name) and ref.name not in known.facts:
            faults.append(_unknown_input(rulebook, known, ref, facts=True))
    for ref in service.efforts:
        if not known.is_holdable(ref.name):
            faults.append(_unknown_input(rulebook, known, ref, facts=False))
        elif (item := rulebook.items.get(ref.name)) and item.met_by is not None:
            faults.append(fault("effort-met-by", ref.place, id=ref.name))
    facts = _facts(rulebook, service, known, faults)
    readings = _readings(rulebook, service, known, faults)
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


def _unknown_input(rulebook: Rulebook, known: Known, ref: Ref, *, facts: bool) -> Fault:
    names = known.inputs | known.facts if facts else known.inputs
    what = "input" if facts else "holdable"
    found = name_fault(rulebook, ref.name, ref.place, what, names)
    if found.code == "range-spelling" or ".." in ref.name:
        return fault("range-here", ref.place, found=ref.name)
    return found


def _holding_faults(rulebook: Rulebook, known: Known, holding: Holding) -> list[Fault]:
    ref = holding.ref
    if ref.name in known.facts:
        return [fault("fact-held", ref.place, fact=ref.name)]
    if not known.is_holdable(ref.name):
        return [_unknown_input(rulebook, known, ref, facts=False)]
    return []


def _facts(
    rulebook: Rulebook, service: Service, known: Known, faults: list[Fault]
) -> dict[str, Value | None]:
    given = {ref.name: (ref, value) for ref, value in service.context.items()}
    for name, (ref, _) in given.items():
        if name not in known.facts:
            faults.append(name_fault(rulebook, name, ref.place, "fact", known.facts))
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


def _readings(rulebook: Rulebook, service: Service, known: Known, faults: list[Fault]) -> Readings:
    chosen = rulebook.defaults()
    for ref, option in service.readings.items():
        own = next((each for each in rulebook.readings if each.id == ref.name), None)
        if own and option.name in own.option_ids:
            chosen[ref.name] = option.name
        elif ref.name not in known.options:
            faults.append(name_fault(rulebook, ref.name, ref.place, "reading", known.options))
        # Rulebooks may have readings of the same name; each takes the option that it knows.
        elif option.name not in known.any_options[ref.name]:
            words = own.option_ids if own else known.options[ref.name]
            faults.append(
                fault(
                    "choice",
                    option.place,
                    found=option.name,
                    near=nearest(option.name, words),
                    known=" / ".join(words),
                )
            )
    return chosen


def holding(name: str, place: Place) -> Holding:
    """A holding of nothing but its id, for what is added on the command line."""
    return Holding(evidence=Ref(name, place), place=place)
