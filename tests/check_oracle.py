"""What `check` is to find, by brute force over all services of a small rulebook.

It shares no code with the engine: conditions and worlds are those of oracle.py. A gate's value is
the set of services in which it holds, written as an integer with one bit a service, so that
`a and b` is `a & b` and to try all services is to work a gate out once.

    World ──▶ Rules      conditions by entry and field, from which clauses can be left out
    World ──▶ Space      every service: what it holds, what it attests, its facts
    Rules + Space ──▶ Table    the gates

    in_one_reading(world)            (code, id) of what is found in one reading
    of_all_readings(rulebook, ...)   (code, id) of what is found across the readings
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import oracle
from oracle import Expression, Value, World

Bits = int
Place = tuple[str, str]  # an entry and the field that holds a condition
Found = tuple[str, str]  # a code and an id
Readings = dict[str, str]

FALSE: Expression = ("false",)


# --- Trees --------------------------------------------------------------------------------------


def parts(tree: Expression) -> list[Expression]:
    """The parts of a tree, in the order written."""
    if tree[0] == "not":
        return [tree[1]]
    if tree[0] in ("any", "all"):
        return list(tree[1])
    return [part for _, part in tree[2]] if tree[0] == "at_least" else []


def leaves(tree: Expression) -> Iterator[Expression]:
    inner = parts(tree)
    if not inner and tree[0] not in ("any", "all", "at_least", "true", "false"):
        yield tree
    for part in inner:
        yield from leaves(part)


def without(tree: Expression, gone: set[tuple[int, ...]], path: tuple[int, ...] = ()) -> Expression:
    """The tree without the operands at some paths."""
    kind = tree[0]
    inner = [
        (n, without(part, gone, (*path, n)))
        for n, part in enumerate(parts(tree))
        if (*path, n) not in gone
    ]
    if kind == "not":
        return ("not", inner[0][1])
    if kind in ("any", "all"):
        return (kind, [part for _, part in inner])
    if kind == "at_least":
        return (kind, tree[1], [(tree[2][n][0], part) for n, part in inner])
    return tree


@dataclass(frozen=True)
class Clause:
    """An operand of and, or, any or all by its path; a whole waiver has no path."""

    entry: str
    field: str
    path: tuple[int, ...]
    tree: str  # as text, so that clauses can stand in sets

    def within(self, other: Clause) -> bool:
        """Whether it stands inside the other, or is it."""
        same = (self.entry, self.field) == (other.entry, other.field)
        return same and self.path[: len(other.path)] == other.path


def operands(entry: str, field: str, tree: Expression) -> Iterator[Clause]:
    """Every operand of and, or, any, all that has others beside it, outer before inner ones."""

    def walk(inner: Expression, path: tuple[int, ...]) -> Iterator[Clause]:
        for n, part in enumerate(parts(inner)):
            if inner[0] in ("any", "all") and len(parts(inner)) > 1:
                yield Clause(entry, field, (*path, n), repr(part))
            yield from walk(part, (*path, n))

    yield from walk(tree, ())


def everything(whole: Clause, tree: Expression) -> Iterator[tuple[Clause, Expression]]:
    """Every part of a condition, the outer before the inner."""
    yield whole, tree
    for n, part in enumerate(parts(tree)):
        inner = Clause(whole.entry, whole.field, (*whole.path, n), repr(part))
        yield from everything(inner, part)


# --- Rules and services -------------------------------------------------------------------------


@dataclass(frozen=True)
class Rules:
    """The conditions of a world as written, and the waivers that there are."""

    world: World
    conditions: dict[Place, Expression]
    waivers: tuple[str, ...]

    def without(self, clauses: Iterable[Clause]) -> Rules:
        clauses = list(clauses)
        whole = {clause.entry for clause in clauses if not clause.path}
        conditions = {}
        for place, tree in self.conditions.items():
            gone = {c.path for c in clauses if (c.entry, c.field) == place and c.path}
            conditions[place] = without(tree, gone)
        left = tuple(waiver for waiver in self.waivers if waiver not in whole)
        return replace(self, conditions=conditions, waivers=left)

    def clauses(self) -> list[Clause]:
        """Everything that could be left out: operands, and whole waivers."""
        found = [Clause(w, "when", (), repr(self.conditions[w, "when"])) for w in self.waivers]
        for (entry, field), tree in self.conditions.items():
            found += operands(entry, field, tree)
        return found


def rules_of(world: World) -> Rules:
    conditions: dict[Place, Expression] = {}
    for name, entry in world.items.items():
        for field in ("applies_when", "met_by"):
            if field in entry:
                conditions[name, field] = oracle.parse(entry[field])
    for name, entry in world.waivers.items():
        conditions[name, "when"] = oracle.parse(entry["when"])
    return Rules(world, conditions, tuple(world.waivers))


class Space:
    """Every combination of what may be so: switches that are on or off, facts with their values.

    Bit number n of an integer is one combination: its last binary digits are the switches, what
    stands before them counts through the values of the facts.
    """

    def __init__(self, switches: Iterable[str], facts: Mapping[str, Sequence[Value]]) -> None:
        self.switches = list(dict.fromkeys(switches))
        self.values = {fact: list(values) or [None] for fact, values in facts.items()}
        self.size = 1 << len(self.switches)
        self.strides: dict[str, int] = {}
        for fact, values in self.values.items():
            self.strides[fact] = self.size
            self.size *= len(values)
        self._on: dict[str, Bits] = {}

    @cached_property
    def all(self) -> Bits:
        return (1 << self.size) - 1

    def repeated(self, pattern: Bits, length: int) -> Bits:
        while length < self.size:
            pattern |= pattern << length
            length *= 2
        return pattern & self.all

    def on(self, name: str) -> Bits:
        if name not in self._on:
            width = 1 << self.switches.index(name)
            self._on[name] = self.repeated(((1 << width) - 1) << width, 2 * width)
        return self._on[name]

    def where(self, fact: str, holds: Callable[[Value], bool]) -> Bits:
        """The combinations in which the value of a fact is one for which this holds."""
        stride, values = self.strides[fact], self.values[fact]
        pattern = 0
        for n, value in enumerate(values):
            if holds(value):
                pattern |= ((1 << stride) - 1) << (n * stride)
        # The length is no power of two: repeat it as often as it fits.
        length, whole = stride * len(values), 0
        for start in range(0, self.size, length):
            whole |= pattern << start
        return whole

    def turned_on(self, name: str, bits: Bits) -> Bits:
        """Of the combinations where `name` is off: those that are in `bits` once it is on."""
        return (bits >> (1 << self.switches.index(name))) & (self.all & ~self.on(name))

    def at_least(self, count: int, weighed: Iterable[tuple[int, Bits]]) -> Bits:
        reached = [self.all, *([0] * count)]  # reached[n]: where the sum is n or more
        for weight, bits in weighed:
            reached = [had | (bits & reached[max(n - weight, 0)]) for n, had in enumerate(reached)]
        return reached[count]

    def fewest(self, bits: Bits) -> int:
        """How many switches are on, at the least, in these combinations."""
        count = 0
        while not bits & ~self.at_least(count + 1, ((1, self.on(s)) for s in self.switches)):
            count += 1
        return count


class Sample(Space):
    """Some random combinations, for what has too many to try them all: it can only refute.

    What is on is on in most of them, in few, or in half, so that rare verdicts come up as well;
    and of some of the sets of switches in `together` none is.
    """

    def __init__(self, whole: Space, together: Sequence[set[str]], count: int, seed: int) -> None:
        self.switches, self.size = whole.switches, count
        rng = random.Random(seed)
        drawn: dict[str, list[bool]] = {name: [] for name in self.switches}
        for _ in range(count):
            likely, out = rng.choice((0.03, 0.5, 0.97, 1)), rng.choice((0.02, 0.1, 0.4))
            off = set().union(*(names for names in together if rng.random() < out))
            for name, truths in drawn.items():
                truths.append(name not in off and rng.random() < likely)
        self._on = {name: packed(truths) for name, truths in drawn.items()}
        self.drawn = {
            fact: [rng.choice(values) for _ in range(count)]
            for fact, values in whole.values.items()
        }

    def where(self, fact: str, holds: Callable[[Value], bool]) -> Bits:
        return packed(map(holds, self.drawn[fact]))

    def with_(self, name: str, held: bool) -> Sample:
        """The same with one switch on in all of them, or off."""
        other = copy(self)
        other._on = {**self._on, name: self.all * held}
        return other


def packed(truths: Iterable[bool]) -> Bits:
    return int("0" + "".join("01"[truth] for truth in truths)[::-1], 2)


def services_of(worlds: Sequence[World]) -> Space:
    """All services that some of these worlds can tell from others."""
    first = worlds[0]
    names = [*first.evidence, *(item for world in worlds for item in world.items)]
    return Space(names, {fact: values_of(worlds, fact) for fact in first.facts})


def values_of(worlds: Sequence[World], fact: str) -> list[Value]:
    """One value of a fact of each kind that some test, in some of these worlds, can tell apart."""
    values = [value for world in worlds for value in world.possible_values(fact)]
    definition = worlds[0].facts[fact]
    if "options" not in definition and "type" not in definition:
        return [False, True]
    if definition.get("type") == "number":  # what lies between constants of two worlds
        values += [(a + b) / 2 for a, b in itertools.pairwise(sorted(set(values)))]
    tests = sorted(
        {
            leaf
            for world in worlds
            for tree in rules_of(world).conditions.values()
            for leaf in leaves(tree)
            if leaf[0] == "compare" and leaf[1] == fact
        }
    )
    kinds: dict[tuple[bool, ...], Value] = {}
    for value in values:
        kinds.setdefault(tuple(compared(worlds[0], test, value) for test in tests), value)
    return list(kinds.values())


def compared(world: World, test: Expression, value: Value) -> bool:
    _, fact, operator, text = test
    return oracle.Situation(world, {fact: value}).comparison(fact, operator, text) is True


# --- Gates --------------------------------------------------------------------------------------


class Table:
    """The gates of rules over a space: for each, the services in which it holds."""

    def __init__(self, rules: Rules, space: Space) -> None:
        self.rules, self.space, self.world = rules, space, rules.world
        self.known: dict[tuple[str, str], Bits] = {}

    def value(self, tree: Expression) -> Bits:
        kind, space = tree[0], self.space
        if kind in ("true", "false"):
            return space.all if kind == "true" else 0
        if kind == "name":
            return self.name(tree[1])
        if kind == "compare":
            return space.where(tree[1], lambda value: compared(self.world, tree, value))
        if kind == "waived":
            return self.waived(tree[1])
        if kind == "not":
            return space.all & ~self.value(tree[1])
        if kind == "at_least":
            return space.at_least(tree[1], [(w, v) for w, p in tree[2] for v in self.spread(p)])
        found = space.all if kind == "all" else 0
        for part in tree[1]:
            for value in self.spread(part):
                found = found & value if kind == "all" else found | value
        return found

    def spread(self, part: Expression) -> list[Bits]:
        """A part, or every item of a range."""
        if part[0] == "range":
            return [self.name(item) for item in self.world.between(part[1], part[2])]
        return [self.value(part)]

    def name(self, name: str) -> Bits:
        if name in self.world.order:
            return self.met(name) if name in self.world.items else 0
        if name in self.world.facts:
            return self.space.where(name, lambda value: value is True)
        return self.space.on(name)

    def condition(self, entry: str, field: str, absent: bool) -> Bits:
        place = (entry, field)
        if place not in self.known:
            tree = self.rules.conditions.get(place)
            self.known[place] = (self.space.all * absent) if tree is None else self.value(tree)
        return self.known[place]

    def met(self, item: str) -> Bits:
        return self.space.on(item) | self.condition(item, "met_by", absent=False)

    def applies(self, item: str) -> Bits:
        return self.condition(item, "applies_when", absent=True)

    def fires(self, waiver: str) -> Bits:
        return self.condition(waiver, "when", absent=False)

    def waived(self, item: str) -> Bits:
        found = 0
        for waiver in self.rules.waivers:
            if item in self.world.waives[waiver]:
                found |= self.fires(waiver)
        return found

    def owed(self, item: str) -> Bits:
        if self.world.items[item]["need"] != "mandatory":
            return 0
        return self.applies(item) & ~self.waived(item)

    def missing(self, item: str) -> Bits:
        return self.owed(item) & ~self.met(item)

    def compliant(self) -> Bits:
        found = self.space.all
        for item in self.world.items:
            found &= ~self.missing(item)
        return found

    def answers(self) -> list[Bits]:
        """What the obligation and the status of every item rest on."""
        found = []
        for item in self.world.items:
            applies = self.applies(item)
            found += [applies, applies & self.waived(item), self.met(item)]
        return found


# --- What is found in one reading ---------------------------------------------------------------


class Check:
    """The definitions, one method each, of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rules = rules_of(world)
        self.space = services_of([world])
        self.table = Table(self.rules, self.space)
        self.compliant = self.table.compliant()
        self.mandatory = [i for i, entry in world.items.items() if entry["need"] == "mandatory"]
        self.planners = self.space.all  # who attest only items without `met_by`
        for item, entry in world.items.items():
            if "met_by" in entry:
                self.planners &= ~self.space.on(item)

    def found(self) -> set[Found]:
        """All of it, save what follows from another finding and is not told again."""
        named = {
            "condition-contradiction": {clause.entry for clause in self.contradictions()},
            "item-unmeetable": self.unmeetable() - self.void("met_by"),
            "item-never-owed": self.never_owed() - self.void("applies_when"),
            "item-moot": self.moot(),
            "waiver-never": self.never_fire() - self.void("when"),
            "waiver-always": self.always_fire(),
            "waiver-own-item": set(self.own_items()),
            "clause-idle": {group[0].entry for group in self.idle()},
            "holding-harms": set(self.harms()),
        }
        found = {(code, name) for code, names in named.items() for name in names}
        if self.unsatisfiable() and not self.unmeetable():
            found.add(("rulebook-unsatisfiable", ""))
        return found

    def unsatisfiable(self) -> bool:
        return not self.compliant & self.planners

    def minimal_conflicts(self) -> list[set[str]]:
        """The minimal sets of items that no planner's service has in order together."""
        found: list[set[str]] = []
        for names in oracle.subsets(self.mandatory):
            together = self.planners
            for name in names:
                together &= ~self.table.missing(name)
            if not together and not any(smaller <= set(names) for smaller in found):
                found.append(set(names))
        return found

    def fewest_missing(self) -> int:
        """How many items are missing, at the least, in a planner's service."""
        missing = [(1, self.table.missing(item)) for item in self.mandatory]
        count = 0
        while not self.planners & ~self.space.at_least(count + 1, missing):
            count += 1
        return count

    def contradictions(self) -> list[Clause]:
        found: list[Clause] = []
        conditions = dict(self.rules.conditions)
        for name, entry in self.world.evidence.items():
            if "requires" in entry:
                conditions[name, "requires"] = oracle.parse(entry["requires"])
        for (entry_id, field), tree in conditions.items():
            whole = Clause(entry_id, field, (), repr(tree))
            for clause, part in everything(whole, tree):
                if any(clause.within(told) for told in found):
                    continue
                if part != FALSE and self.contradicts(part):
                    found.append(clause)
        return found

    def contradicts(self, tree: Expression) -> bool:
        """Whether it holds for no values of its leaves, each leaf by itself as free."""
        free: dict[str, None] = {}
        facts = [leaf[1] for leaf in leaves(tree) if leaf[0] == "compare"]

        def opened(part: Expression) -> Expression:
            """The same with every leaf as a switch of its own name."""
            kind = part[0]
            if kind in ("any", "all"):
                return (kind, [inner for p in part[1] for inner in spread(p)])
            if kind == "at_least":
                return (kind, part[1], [(w, inner) for w, p in part[2] for inner in spread(p)])
            if kind == "not":
                return (kind, opened(part[1]))
            if kind in ("name", "waived"):
                free[f"{kind} {part[1]}"] = None
                return ("switch", f"{kind} {part[1]}")
            return part

        def spread(part: Expression) -> list[Expression]:
            if part[0] == "range":
                order = self.world.order
                span = order[order.index(part[1]) : order.index(part[2]) + 1]
                return [opened(("name", item)) for item in span]
            return [opened(part)]

        (whole,) = spread(tree) if tree[0] != "range" else [opened(("any", [tree]))]
        space = Space(free, {fact: self.space.values[fact] for fact in dict.fromkeys(facts)})
        return not Switches(self.rules, space).value(whole)

    def unmeetable(self) -> set[str]:
        return {i for i in self.mandatory if not self.planners & ~self.table.missing(i)}

    def never_owed(self) -> set[str]:
        return {i for i in self.mandatory if not self.table.owed(i)}

    def moot(self) -> set[str]:
        found = set()
        for item in self.mandatory:
            met = self.table.met(item)
            unmet = self.space.all & ~met & ~self.space.on(item)
            turned = self.space.turned_on(item, self.compliant) ^ self.compliant
            if self.table.owed(item) and not turned & unmet:
                found.add(item)
        return found

    def void(self, field: str) -> set[str]:
        """The entries of which this condition as a whole contradicts itself."""
        return {c.entry for c in self.contradictions() if not c.path and c.field == field}

    def never_fire(self) -> set[str]:
        return {w for w in self.rules.waivers if not self.table.fires(w)}

    def always_fire(self) -> set[str]:
        return {w for w in self.rules.waivers if self.table.fires(w) == self.space.all}

    def own_items(self) -> dict[str, list[str]]:
        """By waiver, the items that it waives and whose attestation can turn it."""
        found: dict[str, list[str]] = {}
        for waiver in self.rules.waivers:
            fires = self.table.fires(waiver)
            for item in self.world.waives[waiver]:
                off = self.space.all & ~self.space.on(item)
                if (self.space.turned_on(item, fires) ^ fires) & off:
                    found.setdefault(waiver, []).append(item)
        return found

    def things(self) -> list[str]:
        """What a service can come to hold: evidence, and items that are met by attesting only."""
        return [
            *self.world.evidence,
            *(item for item, entry in self.world.items.items() if "met_by" not in entry),
        ]

    def harms(self) -> dict[str, Bits]:
        """By thing, the compliant services that are not when they hold it as well."""
        found = {}
        for thing in self.things():
            off = self.compliant & ~self.space.on(thing)
            harmed = off & ~self.space.turned_on(thing, self.compliant)
            if harmed:
                found[thing] = harmed
        return found

    # Clauses that could be left out

    def removable(self, clauses: Iterable[Clause]) -> bool:
        after = Table(self.rules.without(clauses), self.space)
        return after.answers() == self.table.answers()

    def each_idle(self) -> list[Clause]:
        """The clauses that could be left out by themselves, as far as they are told."""
        found: list[Clause] = []
        told, never = self.contradictions(), self.never_fire()
        for clause in self.rules.clauses():
            above = [*told, *found]
            if clause.entry in never or any(clause.within(other) for other in above):
                continue
            if self.removable([clause]):
                found.append(clause)
        return found

    def idle(self) -> list[list[Clause]]:
        """Those that could go whatever becomes of the others, each alone; the others in groups.

        Clauses are of one group when some of them could all go but one, and not all.
        """
        each = self.each_idle()
        conflicts: list[set[Clause]] = []
        for size in range(2, len(each) + 1):
            for names in itertools.combinations(each, size):
                if any(smaller <= set(names) for smaller in conflicts):
                    continue
                if not self.removable(names):
                    conflicts.append(set(names))
        groups: list[set[Clause]] = [{clause} for clause in each]
        for conflict in conflicts:
            joined = [group for group in groups if group & conflict]
            groups = [group for group in groups if not group & conflict]
            groups.append(set().union(*joined))
        ordered = [sorted(group, key=each.index) for group in groups]
        return sorted(ordered, key=lambda group: each.index(group[0]))


class Switches(Table):
    """A table whose leaves are switches by themselves."""

    def value(self, tree: Expression) -> Bits:
        return self.space.on(tree[1]) if tree[0] == "switch" else super().value(tree)


# --- What is found across readings --------------------------------------------------------------


def worlds_of(rulebook: dict, catalogues: Sequence[dict], on: date) -> list[tuple[Readings, World]]:
    return [(chosen, World(rulebook, catalogues, chosen, on)) for chosen in possible(rulebook)]


def possible(rulebook: dict) -> Iterator[Readings]:
    """Every choice of options of which no two change the same field of the same entry."""
    changes = {
        (reading["id"], option["id"]): set(changed_fields(option.get("change", {})))
        for reading in oracle.normalised(rulebook).get("readings", [])
        for option in reading["options"]
    }
    for chosen in oracle.choices(rulebook):
        fields = [changes[taken] for taken in chosen.items()]
        pairs = itertools.combinations(fields, 2)
        if not any(same(a, b) for one, two in pairs for a in one for b in two):
            yield chosen


def changed_fields(change: dict) -> Iterator[tuple[str, str]]:
    """The entry and the field of all that a change says; no field is the entry as a whole."""
    for name, patch in change.items():
        if oracle.is_null(patch):
            yield name, ""
        else:
            yield from ((name, field) for field in patch)


def same(one: tuple[str, str], two: tuple[str, str]) -> bool:
    return one[0] == two[0] and (one[1] == two[1] or "" in (one[1], two[1]))


def verdicts(worlds: Sequence[tuple[Readings, World]]) -> tuple[Space, list[Bits]]:
    space = services_of([world for _, world in worlds])
    return space, [Table(rules_of(world), space).compliant() for _, world in worlds]


def turned(worlds: Sequence[tuple[Readings, World]], reading: str) -> tuple[int, int]:
    """In how many services, times options of the others, its options differ; and of how many."""
    space, compliant = verdicts(worlds)
    by_others: dict[tuple, list[Bits]] = {}
    for (readings, _), bits in zip(worlds, compliant, strict=True):
        others = tuple(option for other, option in readings.items() if other != reading)
        by_others.setdefault(others, []).append(bits)
    differing = 0
    for same in by_others.values():
        some, every = 0, space.all
        for bits in same:
            some, every = some | bits, every & bits
        differing += (some & ~every).bit_count()
    return differing, space.size * len(by_others)


def shares(rulebook: dict, catalogues: Sequence[dict], on: date) -> dict[str, Fraction]:
    worlds = worlds_of(rulebook, catalogues, on)
    return {reading: Fraction(*turned(worlds, reading)) for reading in worlds[0][0]}


def idle_readings(rulebook: dict, catalogues: Sequence[dict], on: date) -> set[str]:
    found = shares(rulebook, catalogues, on)
    return {reading for reading, share in found.items() if not share}


def written(rulebook: dict, readings: Readings) -> Iterator[str]:
    """Every condition of items and waivers in one reading."""
    read = oracle.normalised(rulebook)
    for reading in read.get("readings", []):
        option = next(o for o in reading["options"] if o["id"] == readings[reading["id"]])
        read = oracle.changed(read, option.get("change", {}))
    for entry in [*read["items"], *read["waivers"]]:
        yield from (entry[field] for field in ("applies_when", "met_by", "when") if field in entry)


def unused(rulebook: dict, catalogues: Sequence[dict], on: date) -> tuple[set[str], set[str]]:
    """The evidence and the facts that no condition names, in any reading, in force or not."""
    worlds = [world for _, world in worlds_of(rulebook, catalogues, on)]
    named = {
        leaf[1]
        for chosen in possible(rulebook)
        for text in written(rulebook, chosen)
        for leaf in leaves(oracle.parse(text))
    }
    evidence = worlds[0].evidence
    waiting = [name for name in evidence if name in named]
    while waiting:
        for leaf in leaves(oracle.parse(evidence[waiting.pop()].get("requires", "true"))):
            if leaf[1] not in named:
                named.add(leaf[1])
                waiting.append(leaf[1])
    return set(evidence) - named, set(worlds[0].facts) - named


def circles(catalogues: Sequence[dict]) -> list[list[str]]:
    """Evidence that cannot be acquired because what it requires rests on itself, by circle."""
    requires = {
        entry["id"]: oracle.parse(entry.get("requires", "true"))
        for catalogue in oracle.normalised(list(catalogues))
        for entry in catalogue["evidence"]
    }
    acquired: set[str] = set()

    def possible(tree: Expression) -> bool:
        """`not` counts as true."""
        if tree[0] == "not":
            return True
        if tree[0] == "name":
            return tree[1] in acquired
        if tree[0] == "at_least":
            return sum(weight for weight, part in tree[2] if possible(part)) >= tree[1]
        if tree[0] in ("any", "all"):
            return (any if tree[0] == "any" else all)([possible(part) for part in tree[1]])
        return bool(tree[0] == "true")

    def needed(tree: Expression) -> set[str]:
        if tree[0] == "name":
            return {tree[1]}
        if tree[0] == "not":
            return set()
        return {name for part in parts(tree) for name in needed(part)}

    while more := {e for e, tree in requires.items() if e not in acquired and possible(tree)}:
        acquired |= more
    stuck = [name for name in requires if name not in acquired]
    reach = {name: needed(requires[name]) & set(stuck) for name in stuck}
    for _ in stuck:
        reach = {
            name: near.union(*(reach[other] for other in near)) for name, near in reach.items()
        }
    found: list[list[str]] = []
    for name in stuck:
        circle = [other for other in stuck if other in reach[name] and name in reach[other]]
        if circle and circle not in found:
            found.append(circle)
    return found


def of_all_readings(rulebook: dict, catalogues: Sequence[dict], on: date) -> set[Found]:
    """What is found whatever the reading."""
    evidence, facts = unused(rulebook, catalogues, on)
    found = {("reading-idle", reading) for reading in idle_readings(rulebook, catalogues, on)}
    found |= {("requires-circle", circle[0]) for circle in circles(catalogues)}
    found |= {("evidence-unused", name) for name in evidence}
    return found | {("fact-unused", name) for name in facts}


def in_one_reading(
    rulebook: dict, catalogues: Sequence[dict], readings: Readings, on: date
) -> set[Found]:
    """What is found in one reading, the rulebook's own id standing for itself."""
    found = Check(World(rulebook, catalogues, readings, on)).found()
    whole = oracle.normal(rulebook["rulebook"])
    return {(code, name or whole) for code, name in found} | of_all_readings(
        rulebook, catalogues, on
    )
