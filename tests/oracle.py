"""A slow, obvious oracle of the rule language, for checking the engine against.

It shares no code with the engine and knows no trick: conditions are read by a small parser,
gates are evaluated by direct recursion, and every question about sets ("which inputs force
this?", "which is the cheapest plan?") is answered by trying all of them.

    text of a condition ── parse ──▶ expression          nested tuples
    rulebook, readings, date ──────▶ World               what exists, and on what it depends
    World + a value per input ─────▶ Situation           met, applies, fires, waived, owed, ...
    assess, assess_all_readings, explain, plan, pareto   the answers, as the JSON shows them

Rulebooks, catalogues and services are plain dicts, as yaml.BaseLoader gives them: every scalar
is text. A gate's value is True, False or None, where None means unknown.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

Truth = bool | None
Value = bool | str | Fraction | date | None  # of an input: the last four are of facts only
Inputs = dict[str, Value]
Expression = tuple[Any, ...]
Sets = list[list[str]]

MEASURES = ("cost", "certifications", "actions", "months")
NEVER = float("inf")


# --- Text ---------------------------------------------------------------------------------------


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def normalised(tree: Any) -> Any:
    """The same YAML with every key and scalar in NFKC and without outer blanks."""
    if isinstance(tree, dict):
        return {normal(key): normalised(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [normalised(entry) for entry in tree]
    return normal(tree) if isinstance(tree, str) else tree


# --- Conditions: the parser ---------------------------------------------------------------------
#
#   ("true",)  ("false",)  ("name", NAME)  ("compare", FACT, OP, TEXT)  ("waived", ITEM)
#   ("not", part)  ("all", [part, ...])  ("any", [part, ...])
#   ("at_least", COUNT, [(weight, part), ...])
#
# A part of any, all and at_least may also be ("range", FIRST, LAST); a World expands these.

TOKEN = re.compile(
    r"""
    \s* (?: " (?P<quoted> [^"]* ) "
          | (?P<symbol> \.\. | != | <= | >= | [=<>(),*] )
          | (?P<word> [\w-]+ (?: \. [\w-]+ )* )
        )
    """,
    re.VERBOSE,
)
KEYWORDS = ("or", "and", "not", "true", "false", "any", "all", "at_least", "waived")
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


def tokens(text: str) -> list[tuple[str, str]]:
    """(kind, text) of each token; the kinds are name, keyword, symbol and, at the end, end."""
    text, position, found = normal(text), 0, []
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"cannot read {text[position:]!r} in {text!r}")
        position = match.end()
        if match["quoted"] is not None:
            found.append(("name", normal(match["quoted"])))
        elif match["symbol"]:
            found.append(("symbol", match["symbol"]))
        else:
            found.append(("keyword" if match["word"] in KEYWORDS else "name", match["word"]))
    return [*found, ("end", ""), ("end", "")]  # two, so that one may look a token ahead


class Parser:
    """One method a rule of the grammar; each reads its rule and leaves what comes after it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.position = 0

    def at(self, *words: str) -> bool:
        kind, text = self.tokens[self.position]
        return kind in ("keyword", "symbol") and text in words

    def take(self, *words: str) -> str:
        if not self.at(*words):
            raise ValueError(f"expected {' or '.join(words)} in {self.text!r}")
        return self.advance()

    def advance(self) -> str:
        self.position += 1
        return self.tokens[self.position - 1][1]

    def name(self) -> str:
        if self.tokens[self.position][0] != "name":
            raise ValueError(f"expected a name in {self.text!r}")
        return self.advance()

    def end(self) -> None:
        if self.tokens[self.position][0] != "end":
            raise ValueError(f"unexpected {self.tokens[self.position][1]!r} in {self.text!r}")

    def alternatives(self) -> Expression:
        parts = [self.conjunction()]
        while self.at("or"):
            self.take("or")
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else ("any", parts)

    def conjunction(self) -> Expression:
        parts = [self.negation()]
        while self.at("and"):
            self.take("and")
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ("all", parts)

    def negation(self) -> Expression:
        if self.at("not"):
            self.take("not")
            return ("not", self.negation())
        return self.atom()

    def atom(self) -> Expression:
        if self.at("("):
            self.take("(")
            inner = self.alternatives()
            self.take(")")
            return inner
        if self.at("true", "false"):
            return (self.advance(),)
        if self.at("waived"):
            self.take("waived")
            self.take("(")
            item = self.name()
            self.take(")")
            return ("waived", item)
        if self.at("any", "all"):
            call = self.advance()
            self.take("(")
            parts = [self.part()]
            while self.at(","):
                self.take(",")
                parts.append(self.part())
            self.take(")")
            return (call, parts)
        if self.at("at_least"):
            self.take("at_least")
            self.take("(")
            count = int(self.name())
            weighed = []
            while self.at(","):
                self.take(",")
                weighed.append((self.weight(), self.part()))
            self.take(")")
            return ("at_least", count, weighed)
        name = self.name()
        if self.at(*COMPARISONS):
            return ("compare", name, self.advance(), self.name())
        return ("name", name)

    def weight(self) -> int:
        if self.tokens[self.position + 1] == ("symbol", "*"):
            weight = int(self.name())
            self.take("*")
            return weight
        return 1

    def part(self) -> Expression:
        if self.tokens[self.position + 1] == ("symbol", ".."):
            first = self.name()
            self.take("..")
            return ("range", first, self.name())
        return self.alternatives()


@cache
def parse(text: str) -> Expression:
    parser = Parser(text)
    expression = parser.alternatives()
    parser.end()
    return expression


# --- Strong Kleene logic ------------------------------------------------------------------------


def kleene_not(value: Truth) -> Truth:
    return None if value is None else not value


def kleene_all(values: Sequence[Truth]) -> Truth:
    if False in values:
        return False
    return None if None in values else True


def kleene_any(values: Sequence[Truth]) -> Truth:
    if True in values:
        return True
    return None if None in values else False


def kleene_at_least(count: int, weighed: Sequence[tuple[int, Truth]]) -> Truth:
    certain = sum(weight for weight, value in weighed if value is True)
    possible = sum(weight for weight, value in weighed if value is not False)
    if certain >= count:
        return True
    return False if possible < count else None


# --- Worlds: a rulebook under one reading on one date -------------------------------------------


def is_null(value: Any) -> bool:
    return value is None or value in ("", "null", "~")


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396, in its own words."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if is_null(value):
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def changed(rulebook: dict, change: dict) -> dict:
    """The rulebook with the entries that `change` names patched, removed or added."""
    items, waivers = list(rulebook.get("items", [])), list(rulebook.get("waivers", []))
    for name, patch in change.items():
        entries = next((es for es in (items, waivers) if any(e["id"] == name for e in es)), None)
        if entries is not None:
            place = next(i for i, entry in enumerate(entries) if entry["id"] == name)
            if is_null(patch):
                del entries[place]
            else:
                entries[place] = merge_patch(entries[place], patch)
            continue
        entry = {"id": name, **merge_patch({}, patch)}
        if "waives" in entry or "when" in entry:
            waivers.append(entry)
        elif "after" in entry:
            after = entry.pop("after")
            place = next(i for i, item in enumerate(items) if item["id"] == after)
            items.insert(place + 1, entry)
        else:
            items.append(entry)
    return {**rulebook, "items": items, "waivers": waivers}


def exists(entry: dict, on: date) -> bool:
    """Whether `in_force` covers the date; both its ends are included."""
    limits = entry.get("in_force", {})
    started = "from" not in limits or date.fromisoformat(limits["from"]) <= on
    ended = "until" in limits and date.fromisoformat(limits["until"]) < on
    return started and not ended


def choices(rulebook: dict) -> Iterator[dict[str, str]]:
    """Every way to choose an option of each reading; the last reading turns fastest."""
    readings = normalised(rulebook).get("readings", [])
    options = [[option["id"] for option in reading["options"]] for reading in readings]
    for chosen in itertools.product(*options):
        yield {reading["id"]: option for reading, option in zip(readings, chosen, strict=True)}


class World:
    """What exists, what each condition says, and on which inputs each gate depends.

    `order` lists every item of the changed rulebook, since an item that is not in force still
    marks its place in a range; `items` and `waivers` hold the entries that exist on the date.
    """

    def __init__(
        self, rulebook: dict, catalogues: Sequence[dict], readings: dict[str, str], on: date
    ) -> None:
        rulebook = normalised(rulebook)
        self.on = on
        if not exists(rulebook, on):
            raise ValueError(f"{rulebook['rulebook']} is not in force on {on}")
        self.readings = {}
        for reading in rulebook.get("readings", []):
            option_ids = [option["id"] for option in reading["options"]]
            chosen = readings.get(reading["id"], option_ids[0])
            self.readings[reading["id"]] = chosen
            option = reading["options"][option_ids.index(chosen)]
            rulebook = changed(rulebook, option.get("change", {}))

        self.facts: dict[str, dict] = rulebook.get("context") or {}
        self.evidence: dict[str, dict] = {
            entry["id"]: entry
            for catalogue in normalised(list(catalogues))
            for entry in catalogue["evidence"]
        }
        self.order = [item["id"] for item in rulebook["items"]]
        self.items = {item["id"]: item for item in rulebook["items"] if exists(item, on)}
        self.waivers = {w["id"]: w for w in rulebook["waivers"] if exists(w, on)}

        self.waives = {w: self.listed(entry["waives"]) for w, entry in self.waivers.items()}
        self.when = {w: self.condition(entry["when"]) for w, entry in self.waivers.items()}
        self.applies_when = {
            i: self.condition(entry.get("applies_when", "true")) for i, entry in self.items.items()
        }
        self.met_by = {
            i: self.condition(entry.get("met_by", "false")) for i, entry in self.items.items()
        }

    # Ranges and names

    def between(self, first: str, last: str) -> list[str]:
        """The existing items from first to last in the rulebook's order."""
        places = range(self.order.index(first), self.order.index(last) + 1)
        return [self.order[place] for place in places if self.order[place] in self.items]

    def listed(self, entries: Sequence[str]) -> list[str]:
        """The existing items that a `waives` list names: ids, quoted names and ranges."""
        found = []
        for entry in entries:
            if entry in self.order:
                found += self.between(entry, entry)
                continue
            parser = Parser(entry)
            first = last = parser.name()
            if parser.at(".."):
                parser.take("..")
                last = parser.name()
            parser.end()
            found += self.between(first, last)
        return found

    def condition(self, text: str) -> Expression:
        """The expression with its ranges expanded; what does not exist in it is false."""
        return self.expanded(parse(text))

    def expanded(self, expression: Expression) -> Expression:
        kind = expression[0]
        if kind in ("name", "waived"):
            name = expression[1]
            if name in self.order:
                return expression if name in self.items else ("false",)
            if kind == "waived" or (name not in self.evidence and name not in self.facts):
                raise ValueError(f"unknown name {name!r}")
            return expression
        if kind == "not":
            return ("not", self.expanded(expression[1]))
        if kind in ("any", "all"):
            return (kind, [part for _, part in self.parts([(1, p) for p in expression[1]])])
        if kind == "at_least":
            return ("at_least", expression[1], self.parts(expression[2]))
        return expression

    def parts(self, weighed: Sequence[tuple[int, Expression]]) -> list[tuple[int, Expression]]:
        found: list[tuple[int, Expression]] = []
        for weight, part in weighed:
            if part[0] == "range":
                found += [(weight, ("name", item)) for item in self.between(part[1], part[2])]
            else:
                found.append((weight, self.expanded(part)))
        return found

    # The inputs on which a gate syntactically depends

    def inputs_of(self, expression: Expression) -> set[str]:
        kind = expression[0]
        if kind == "name":
            name = expression[1]
            return self.inputs_of_met(name) if name in self.items else {name}
        if kind == "compare":
            return {expression[1]}
        if kind == "waived":
            return self.inputs_of_waived(expression[1])
        if kind == "not":
            return self.inputs_of(expression[1])
        if kind in ("any", "all"):
            return {name for part in expression[1] for name in self.inputs_of(part)}
        if kind == "at_least":
            return {name for _, part in expression[2] for name in self.inputs_of(part)}
        return set()

    def inputs_of_met(self, item: str) -> set[str]:
        return {item} | self.inputs_of(self.met_by[item])

    def inputs_of_fires(self, waiver: str) -> set[str]:
        return self.inputs_of(self.when[waiver])

    def inputs_of_waived(self, item: str) -> set[str]:
        over = [waiver for waiver in self.waivers if item in self.waives[waiver]]
        return {name for waiver in over for name in self.inputs_of_fires(waiver)}

    def inputs_of_compliant(self) -> set[str]:
        found: set[str] = set()
        for item in self.items:
            found |= self.inputs_of_met(item) | self.inputs_of_waived(item)
            found |= self.inputs_of(self.applies_when[item])
        return found

    # Facts

    def typed(self, fact: str, text: str) -> Value:
        """The value that a text stands for, by the fact's type."""
        definition = self.facts[fact]
        if "options" in definition:
            return text
        if definition.get("type") == "number":
            return Fraction(text)
        if definition.get("type") == "date":
            return date.fromisoformat(text)
        return text.lower() == "true"

    def default(self, fact: str) -> Value:
        definition = self.facts[fact]
        if "default" in definition:
            return self.typed(fact, definition["default"])
        return None if "options" in definition or "type" in definition else False

    def possible_values(self, name: str) -> list[Value]:
        """Every value of an input; of a number or a date, one of each kind the rules can tell."""
        definition = self.facts.get(name, {})
        if "options" in definition:
            return list(definition["options"])
        if "type" not in definition:
            return [False, True]
        constants: list[Any] = sorted({self.typed(name, text) for text in self.tested(name)})
        if definition["type"] == "date":
            return sorted({c + timedelta(days=n) for c in constants for n in (-1, 0, 1)})
        if not constants:
            return []
        between = [(a + b) / 2 for a, b in itertools.pairwise(constants)]
        return sorted([*constants, *between, constants[0] - 1, constants[-1] + 1])

    def tested(self, fact: str) -> set[str]:
        """The constants that any condition of this world compares the fact with."""

        def constants(expression: Expression) -> Iterator[str]:
            if expression[0] == "compare" and expression[1] == fact:
                yield expression[3]
            elif expression[0] == "not":
                yield from constants(expression[1])
            elif expression[0] in ("any", "all"):
                for part in expression[1]:
                    yield from constants(part)
            elif expression[0] == "at_least":
                for _, part in expression[2]:
                    yield from constants(part)

        conditions = [*self.when.values(), *self.met_by.values(), *self.applies_when.values()]
        return {constant for condition in conditions for constant in constants(condition)}


# --- Situations: a world, and a value for each input --------------------------------------------


class Situation:
    """The gates of the contract, one method each. An input that is not given is false."""

    def __init__(self, world: World, inputs: Inputs) -> None:
        self.world = world
        self.inputs = inputs
        self.known: dict[tuple[str, str], Truth] = {}  # what has been worked out already

    def once(self, gate: str, name: str, work_out: Callable[[], Truth]) -> Truth:
        if (gate, name) not in self.known:
            self.known[gate, name] = work_out()
        return self.known[gate, name]

    def value(self, expression: Expression) -> Truth:
        kind = expression[0]
        if kind == "true":
            return True
        if kind == "false":
            return False
        if kind == "name":
            name = expression[1]
            if name in self.world.items:
                return self.met(name)
            return self.inputs.get(name, False)  # type: ignore[return-value]
        if kind == "compare":
            return self.comparison(*expression[1:])
        if kind == "waived":
            return self.waived(expression[1])
        if kind == "not":
            return kleene_not(self.value(expression[1]))
        if kind == "all":
            return kleene_all([self.value(part) for part in expression[1]])
        if kind == "any":
            return kleene_any([self.value(part) for part in expression[1]])
        if kind == "at_least":
            weighed = [(weight, self.value(part)) for weight, part in expression[2]]
            return kleene_at_least(expression[1], weighed)
        raise ValueError(f"no such expression: {expression}")

    def comparison(self, fact: str, operator: str, text: str) -> Truth:
        value: Any = self.inputs[fact]
        if value is None:
            return None
        constant: Any = self.world.typed(fact, text)
        if operator == "=":
            return value == constant
        if operator == "!=":
            return value != constant
        if operator == "<":
            return value < constant
        if operator == "<=":
            return value <= constant
        if operator == ">":
            return value > constant
        return value >= constant

    def met(self, item: str) -> Truth:
        def work_out() -> Truth:
            attested: Any = self.inputs.get(item, False)
            return kleene_any([attested, self.value(self.world.met_by[item])])

        return self.once("met", item, work_out)

    def applies(self, item: str) -> Truth:
        return self.value(self.world.applies_when[item])

    def fires(self, waiver: str) -> Truth:
        return self.once("fires", waiver, lambda: self.value(self.world.when[waiver]))

    def waived(self, item: str) -> Truth:
        over = [w for w in self.world.waivers if item in self.world.waives[w]]
        return kleene_any([self.fires(waiver) for waiver in over])

    def owed(self, item: str) -> Truth:
        if self.world.items[item]["need"] != "mandatory":
            return False
        return kleene_all([self.applies(item), kleene_not(self.waived(item))])

    def missing(self, item: str) -> Truth:
        return kleene_all([self.owed(item), kleene_not(self.met(item))])

    def compliant(self) -> Truth:
        verdict: Truth = True
        for item in self.world.items:
            missing = self.missing(item)
            if missing is True:
                return False
            if missing is None:
                verdict = None
        return verdict

    def obligation(self, item: str) -> str:
        applies, waived = self.applies(item), self.waived(item)
        if applies is False:
            return "not_applicable"
        if applies is None:
            return "unknown"
        if waived is True:
            return "waived"
        if waived is None:
            return "unknown"
        return self.world.items[item]["need"]

    def status(self, item: str) -> str:
        met, obligation = self.met(item), self.obligation(item)
        if met is True:
            return "met"
        if met is None:
            return "unknown"
        return {"mandatory": "missing", "optional": "open"}.get(obligation, obligation)


# --- What a service holds -----------------------------------------------------------------------


def holdings(service: dict, on: date) -> list[str]:
    """The ids that the service holds on the date; `until` is the last valid day."""
    held = []
    for entry in service.get("holds", []):
        if isinstance(entry, str):
            held.append(entry)
        elif "until" not in entry or date.fromisoformat(entry["until"]) >= on:
            held.append(entry.get("evidence") or entry["item"])
    return held


def present_inputs(world: World, service: dict) -> Inputs:
    """The value of every input today: held, not held, or unknown."""
    service = normalised(service)
    inputs: Inputs = dict.fromkeys([*world.evidence, *world.order], False)
    inputs |= dict.fromkeys(holdings(service, world.on), True)
    for fact in world.facts:
        given = (service.get("context") or {}).get(fact)
        inputs[fact] = world.default(fact) if given is None else world.typed(fact, given)
    inputs |= dict.fromkeys(service.get("unknown", []), None)
    return inputs


def assumed_inputs(world: World, service: dict) -> Inputs:
    """The same, where an unknown input counts as not held and an unknown fact as its default.

    A fact without a default that nobody gave stays unknown: there is nothing to assume.
    """
    inputs = present_inputs(world, service)
    for name, value in inputs.items():
        if value is None:
            inputs[name] = world.default(name) if name in world.facts else False
    return inputs


def unset_facts(rulebook: dict, catalogues: Sequence[dict], service: dict, on: date) -> list[str]:
    """The facts of which neither a value nor a default is known."""
    world = World(rulebook, catalogues, {}, on)
    inputs = assumed_inputs(world, service)
    return sorted(fact for fact in world.facts if inputs[fact] is None)


def chosen_readings(service: dict) -> dict[str, str]:
    return normalised(service).get("readings") or {}


def with_added(service: dict, ids: Iterable[str]) -> dict:
    """The service holding some more; what was unknown of these is known now."""
    added = [normal(name) for name in ids]
    unknown = [name for name in service.get("unknown", []) if normal(name) not in added]
    kept = []
    for entry in service.get("holds", []):
        name = entry if isinstance(entry, str) else entry.get("evidence") or entry["item"]
        if normal(name) not in added:
            kept.append(entry)
    return {**service, "holds": [*kept, *added], "unknown": unknown}


# --- assess -------------------------------------------------------------------------------------


def assess(rulebook: dict, catalogues: Sequence[dict], service: dict, on: date) -> dict:
    world = World(rulebook, catalogues, chosen_readings(service), on)
    inputs = present_inputs(world, service)
    now = Situation(world, inputs)
    items = [
        {
            "id": item,
            "need": world.items[item]["need"],
            "obligation": now.obligation(item),
            "met": now.met(item),
            "status": now.status(item),
            "waived_by": [
                waiver
                for waiver in world.waivers
                if item in world.waives[waiver] and now.fires(waiver) is True
            ],
        }
        for item in world.items
    ]
    return {
        "compliant": now.compliant(),
        "items": items,
        "missing": [item["id"] for item in items if now.missing(item["id"]) is True],
        "undecided_by": undecided_by(world, inputs),
    }


def undecided_by(world: World, inputs: Inputs) -> list[str]:
    """The unknown inputs whose value alone can still turn the verdict, however that comes."""
    if Situation(world, inputs).compliant() is not None:
        return []
    unknown = sorted(n for n in world.inputs_of_compliant() if inputs[n] is None)
    verdicts = {
        values: Situation(world, {**inputs, **dict(zip(unknown, values, strict=True))}).compliant()
        for values in itertools.product(*(world.possible_values(name) for name in unknown))
    }
    found = []
    for place, name in enumerate(unknown):
        by_others: dict[tuple, set[Truth]] = {}
        for values, verdict in verdicts.items():
            others = values[:place] + values[place + 1 :]
            by_others.setdefault(others, set()).add(verdict)
        if any(len(different) > 1 for different in by_others.values()):
            found.append(name)
    return found


def assess_all_readings(
    rulebook: dict, catalogues: Sequence[dict], service: dict, on: date
) -> dict:
    worlds = []
    for readings in choices(rulebook):
        answer = assess(rulebook, catalogues, {**service, "readings": readings}, on)
        worlds.append({"readings": readings, **{k: answer[k] for k in ("compliant", "missing")}})
    return {
        "verdict": verdict_of([world["compliant"] for world in worlds]),
        "worlds": worlds,
        "depends_on": depends_on([(world["readings"], world["compliant"]) for world in worlds]),
    }


def verdict_of(values: Sequence[Truth]) -> str | None:
    if True in values and False in values:
        return "sometimes"
    if None in values:
        return None
    return "always" if True in values else "never"


def depends_on(verdicts: Sequence[tuple[dict[str, str], Truth]]) -> list[str]:
    """The readings whose choice alone changes the verdict, for some choice of the others."""
    found = set()
    for (readings, verdict), (others, other_verdict) in itertools.combinations(verdicts, 2):
        differing = [reading for reading in readings if readings[reading] != others[reading]]
        if len(differing) == 1 and verdict is not other_verdict:
            found.add(differing[0])
    return [reading for reading in verdicts[0][0] if reading in found]


# --- explain ------------------------------------------------------------------------------------

Gate = Callable[[Situation], Truth]


def explain(rulebook: dict, catalogues: Sequence[dict], service: dict, on: date, item: str) -> dict:
    """Why an item is what it is. Waivers come in the rulebook's order, sets smallest first."""
    item = normal(item)
    world = World(rulebook, catalogues, chosen_readings(service), on)
    inputs, assumed = present_inputs(world, service), assumed_inputs(world, service)
    now = Situation(world, inputs)

    def met(situation: Situation) -> Truth:
        return situation.met(item)

    met_inputs = world.inputs_of_met(item)
    answer: dict[str, Any] = {
        "item": item,
        "status": now.status(item),
        "obligation": now.obligation(item),
        "reasons": [],
        "met_because": [],
        "could_be_waived": [],
        "could_be_met": [],
    }
    for waiver in world.waivers:
        if item not in world.waives[waiver]:
            continue

        def fires(situation: Situation, waiver: str = waiver) -> Truth:
            return situation.fires(waiver)

        relevant = world.inputs_of_fires(waiver)
        if now.fires(waiver) is True:
            because = forcing_sets(world, inputs, fires, relevant)
            answer["reasons"].append({"waiver": waiver, "because": because})
        else:
            acquire = sufficient_sets(world, inputs, assumed, fires, relevant)
            answer["could_be_waived"].append({"waiver": waiver, "acquire": acquire})
    if now.met(item) is not None:
        answer["met_because"] = forcing_sets(world, inputs, met, met_inputs)
    if now.met(item) is not True:
        answer["could_be_met"] = sufficient_sets(world, inputs, assumed, met, met_inputs)
    return answer


def subsets(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every subset as a sorted tuple, smallest first, then by name."""
    names = sorted(names)
    for size in range(len(names) + 1):
        yield from itertools.combinations(names, size)


def in_order(sets: Iterable[Iterable[str]]) -> Sets:
    return sorted((sorted(names) for names in sets), key=lambda names: (len(names), names))


def forcing_sets(world: World, inputs: Inputs, gate: Gate, relevant: Iterable[str]) -> Sets:
    """The minimal sets of present inputs that force the gate to its present, known value.

    Each assignment of the relevant inputs under which the gate has another value is a
    counter-example. Fixing a set of inputs at what they are rules a counter-example out if it
    departs from the present on one of them: the set forces the gate if it rules all of them out.
    """
    relevant = sorted(relevant)
    present = gate(Situation(world, inputs))
    citable = [name for name in relevant if inputs[name] is not None]
    values = []
    for name in relevant:
        possible = world.possible_values(name)
        also_now = inputs[name] is not None and inputs[name] not in possible
        values.append([*possible, inputs[name]] if also_now else possible)
    departures = set()
    for assignment in itertools.product(*values):
        other = {**inputs, **dict(zip(relevant, assignment, strict=True))}
        if gate(Situation(world, other)) is not present:
            departures.add(frozenset(name for name in citable if other[name] != inputs[name]))
    smallest: list[frozenset[str]] = []  # ruling out a small departure rules out the larger
    for departure in sorted(departures, key=len):
        if not any(small <= departure for small in smallest):
            smallest.append(departure)

    found: list[set[str]] = []
    for names in subsets(citable):
        if any(smaller <= set(names) for smaller in found):
            continue
        if all(departure & set(names) for departure in smallest):
            found.append(set(names))
    return in_order([shown(world, inputs, name) for name in names] for names in found)


def shown(world: World, inputs: Inputs, name: str) -> str:
    """An input with its value, as an explanation cites it."""
    value = inputs[name]
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(value, Fraction):
        return f"{name} = {value if value.denominator == 1 else float(value)}"
    return f"{name} = {value}"


def sufficient_sets(
    world: World, inputs: Inputs, assumed: Inputs, gate: Gate, relevant: Iterable[str]
) -> Sets:
    """The minimal sets of evidence and attestations not held now that, added, make it true."""
    addable = [n for n in relevant if n not in world.facts and inputs[n] is not True]
    found: list[set[str]] = []
    for names in subsets(addable):
        if any(smaller <= set(names) for smaller in found):
            continue
        if gate(Situation(world, {**assumed, **dict.fromkeys(names, True)})) is True:
            found.append(set(names))
    return in_order(found)


# --- plan ---------------------------------------------------------------------------------------


class Planner:
    """Every set A of candidates, its measures, and whether it is a plan within the limits.

    Candidates are the evidence with an effort and, of the items of any of the worlds, those
    without `met_by`; none is held or forbidden, and each is of a kind that `only` allows.
    """

    def __init__(
        self,
        rulebook: dict,
        catalogues: Sequence[dict],
        service: dict,
        on: date,
        forbid: Iterable[str] = (),
        require: Iterable[str] = (),
        only: Iterable[str] = (),
        budget: int | None = None,
        deadline: int | None = None,
        robust: bool = False,
    ) -> None:
        readings = list(choices(rulebook)) if robust else [chosen_readings(service)]
        self.worlds = [World(rulebook, catalogues, chosen, on) for chosen in readings]
        self.assumed = [assumed_inputs(world, service) for world in self.worlds]
        self.held = set(holdings(normalised(service), on))
        self.required = {normal(name) for name in require}
        self.budget, self.deadline = budget, deadline

        quotes = normalised(service).get("efforts") or {}
        evidence = self.worlds[0].evidence
        self.effort: dict[str, dict[str, int]] = {}
        self.kind: dict[str, str] = {}
        self.requires: dict[str, Expression] = {}
        for name, entry in evidence.items():
            if "effort" in entry or name in quotes:
                self.effort[name] = whole(entry.get("effort"), quotes.get(name))
                self.kind[name] = entry["kind"]
                self.requires[name] = parse(entry.get("requires", "true"))
        for world in self.worlds:
            for name, entry in world.items.items():
                if "met_by" not in entry and name not in self.effort:
                    self.effort[name] = whole(entry.get("effort"), quotes.get(name))
                    self.kind[name] = "attestation"
                    self.requires[name] = ("true",)
        forbidden, kinds = {normal(name) for name in forbid}, set(only)
        self.candidates = sorted(
            name
            for name in self.effort
            if name not in self.held
            and name not in forbidden
            and (not kinds or self.kind[name] in kinds)
        )

    # Measures

    def measure(self, chosen: Sequence[str], name: str) -> float:
        if name == "cost":
            return sum(self.effort[x]["cost"] for x in chosen)
        if name == "certifications":
            return sum(self.kind[x] == "certification" for x in chosen)
        if name == "actions":
            return len(chosen)
        return max(self.finishes(chosen).values(), default=0)

    def measures(self, chosen: Sequence[str]) -> dict[str, Any]:
        return {"acquire": list(chosen)} | {name: self.measure(chosen, name) for name in MEASURES}

    def finishes(self, chosen: Sequence[str]) -> dict[str, float]:
        """When each is finished: it starts as soon as what it requires is there."""
        finish = dict.fromkeys(chosen, NEVER)
        while True:
            later = {
                x: self.ready(self.requires[x], True, finish) + self.effort[x]["months"]
                for x in chosen
            }
            if later == finish:
                return finish
            finish = later

    def ready(self, expression: Expression, wanted: bool, finish: dict[str, float]) -> float:
        """The first month in which the expression has the wanted value."""
        kind = expression[0]
        if kind in ("true", "false"):
            return 0 if wanted == (kind == "true") else NEVER
        if kind == "name":
            held, planned = expression[1] in self.held, expression[1] in finish
            if wanted:
                return 0 if held else finish.get(expression[1], NEVER)
            return NEVER if held or planned else 0
        if kind == "not":
            return self.ready(expression[1], not wanted, finish)
        if kind in ("all", "any"):
            times = [self.ready(part, wanted, finish) for part in expression[1]]
            return max(times) if (kind == "all") == wanted else min(times)
        if kind == "at_least":
            count, weighed = expression[1], expression[2]
            if not wanted:  # enough of the weight is false that the rest cannot reach the count
                count = sum(weight for weight, _ in weighed) - count + 1
            reached = 0
            month: float = 0
            ready = [(self.ready(part, wanted, finish), weight) for weight, part in weighed]
            for part_month, weight in sorted(ready):
                if reached >= count:
                    break
                reached, month = reached + weight, part_month
            return month if reached >= count else NEVER
        raise ValueError(f"not an expression over evidence: {expression}")

    # Plans

    def is_plan(self, chosen: Sequence[str]) -> bool:
        """Within the limits, all of it can be started (so each `requires` holds), and it works."""
        if not self.required <= self.held | set(chosen):
            return False
        if self.budget is not None and self.measure(chosen, "cost") > self.budget:
            return False
        months = self.measure(chosen, "months")
        if months == NEVER or (self.deadline is not None and months > self.deadline):
            return False
        return self.works(chosen)

    def works(self, chosen: Sequence[str]) -> bool:
        """With these, every world is compliant."""
        added = dict.fromkeys(chosen, True)
        return all(
            Situation(world, {**inputs, **added}).compliant() is True
            for world, inputs in zip(self.worlds, self.assumed, strict=True)
        )

    def ranked(self, names: Sequence[str]) -> list[tuple[tuple[float, ...], tuple[str, ...]]]:
        """Every set of candidates with its values of the named measures, the least first."""
        return sorted(
            (tuple(self.measure(chosen, name) for name in names), chosen)
            for chosen in subsets(self.candidates)
        )

    def best(self, names: Sequence[str]) -> tuple[tuple[float, ...], list[tuple[str, ...]]] | None:
        """The least values, and the minimal sets among all plans that reach them."""
        least, plans = None, []
        for values, chosen in self.ranked(names):
            if least is not None and values > least:
                break
            if self.is_plan(chosen):
                least = values
                plans.append(chosen)
        if least is None:
            return None
        return least, [a for a in plans if not any(set(b) < set(a) for b in plans)]

    def minimal(self) -> list[tuple[str, ...]]:
        """Every plan of which no proper subset is a plan."""
        found: list[tuple[str, ...]] = []
        for chosen in subsets(self.candidates):
            if any(set(smaller) <= set(chosen) for smaller in found):
                continue
            if self.is_plan(chosen):
                found.append(chosen)
        return found

    def front(self, a: str, b: str) -> list[tuple[float, float]]:
        """The pairs of values that some plan has and that no plan betters in one, equal or
        better in the other."""
        front: list[tuple[float, float]] = []
        for (value_a, value_b), chosen in self.ranked((a, b)):
            if front and value_b >= front[-1][1]:
                continue
            if self.is_plan(chosen):
                front.append((value_a, value_b))
        return front


def whole(*efforts: dict[str, str] | None) -> dict[str, int]:
    """The effort in whole numbers; a later one wins over an earlier, field by field."""
    merged = {"cost": "0", "months": "0"}
    for effort in efforts:
        merged |= effort or {}
    return {name: int(value) for name, value in merged.items()}


def plan(
    rulebook: dict,
    catalogues: Sequence[dict],
    service: dict,
    on: date,
    minimize: Sequence[str] = ("cost", "actions"),
    **limits: Any,
) -> dict:
    """The optimum of the asked objectives, and all minimal plans that reach it.

    The limits are forbid, require, only, budget, deadline and robust, as Planner takes them.
    A plan is minimal here when no proper subset is a plan that reaches the optimum as well. For
    cost, certifications and actions that says no more than "no proper subset is a plan", since
    a subset never measures more; it may finish later though, where `requires` has alternatives.
    """
    best = Planner(rulebook, catalogues, service, on, **limits).best(minimize)
    if best is None:
        return {"status": "infeasible", "objective": [], "plans": []}
    values, plans = best
    objective = [[name, value] for name, value in zip(minimize, values, strict=True)]
    return {"status": "optimal", "objective": objective, "plans": sorted(plans)}


def all_minimal_plans(
    rulebook: dict, catalogues: Sequence[dict], service: dict, on: date, **limits: Any
) -> list[dict]:
    """Every inclusion-minimal plan: {acquire, cost, certifications, actions, months}."""
    planner = Planner(rulebook, catalogues, service, on, **limits)
    return [planner.measures(chosen) for chosen in planner.minimal()]


def top(
    rulebook: dict,
    catalogues: Sequence[dict],
    service: dict,
    on: date,
    k: int,
    minimize: Sequence[str] = ("cost", "actions"),
    **limits: Any,
) -> list[dict]:
    """The k best inclusion-minimal plans; ties go by the default objectives, then by name."""
    plans = all_minimal_plans(rulebook, catalogues, service, on, **limits)
    keys = [*minimize, "cost", "actions", "acquire"]
    return sorted(plans, key=lambda plan: [plan[key] for key in keys])[:k]


def pareto(
    rulebook: dict,
    catalogues: Sequence[dict],
    service: dict,
    on: date,
    a: str,
    b: str,
    **limits: Any,
) -> list[tuple[float, float]]:
    """The exact front of two measures over all plans, sorted by the first."""
    return Planner(rulebook, catalogues, service, on, **limits).front(a, b)


def holds_in(
    rulebook: dict, catalogues: Sequence[dict], service: dict, on: date, acquire: Iterable[str]
) -> dict:
    """In how many of all readings the service is compliant once it holds these as well."""
    verdicts: list[tuple[dict[str, str], Truth]] = []
    for readings in choices(rulebook):
        world = World(rulebook, catalogues, readings, on)
        inputs = {**assumed_inputs(world, service), **dict.fromkeys(acquire, True)}
        verdicts.append((readings, Situation(world, inputs).compliant()))
    return {
        "worlds": sum(verdict is True for _, verdict in verdicts),
        "of": len(verdicts),
        "depends_on": depends_on(verdicts),
    }


# --- why, within --------------------------------------------------------------------------------

Outcome = tuple[frozenset[str], frozenset[str]]  # what is taken, the items not in order


def outcomes(
    rulebook: dict, catalogues: Sequence[dict], service: dict, on: date, **limits: Any
) -> list[Outcome]:
    """Every set within the limits that can be started, with the items that are not in order then.

    An item is not in order where it is missing, or may be, in one of the worlds. A set that leaves
    none is a plan.
    """
    planner = Planner(rulebook, catalogues, service, on, **limits)
    works, planner.works = planner.works, lambda chosen: True  # type: ignore[method-assign]
    found: list[Outcome] = []
    for chosen in subsets(planner.candidates):
        if not planner.is_plan(chosen):
            continue
        added = dict.fromkeys(chosen, True)
        missing = {
            item
            for world, inputs in zip(planner.worlds, planner.assumed, strict=True)
            for item in world.items
            if Situation(world, {**inputs, **added}).missing(item) is not False
        }
        assert (not missing) == works(chosen)
        found.append((frozenset(chosen), frozenset(missing)))
    return found


def doing_without(
    sets: Iterable[Outcome], names: Iterable[str], items: Iterable[str] | None = None
) -> bool:
    """Whether some set takes none of the names and puts these items (None: all) in order."""
    wanted = None if items is None else set(items)
    return any(
        taken.isdisjoint(names) and not (missing if wanted is None else missing & wanted)
        for taken, missing in sets
    )


def within(
    rulebook: dict,
    catalogues: Sequence[dict],
    service: dict,
    on: date,
    percent: Fraction,
    minimize: Sequence[str] = ("cost", "actions"),
    **limits: Any,
) -> list[tuple[str, ...]]:
    """Every plan whose first measure is so near the least, less those that hold another of them."""
    planner = Planner(rulebook, catalogues, service, on, **limits)
    plans = [chosen for chosen in subsets(planner.candidates) if planner.is_plan(chosen)]
    value = {chosen: planner.measure(chosen, minimize[0]) for chosen in plans}
    most = min(value.values(), default=0) * (1 + percent / 100)
    near = [chosen for chosen in plans if value[chosen] <= most]
    return [a for a in near if not any(set(b) < set(a) for b in near)]


# --- why there is no plan -------------------------------------------------------------------------


class Blame:
    """For every set of candidates that can be started, which limits and items it keeps.

    `planners` are Planners without limits, one a rulebook: (its id, Planner). The parts are
    ("forbid", X), ("require", X), ("unlike", KIND), ("budget",), ("deadline",) and
    ("item", rulebook, item); `only` is the parts "unlike" of all other kinds together.
    """

    def __init__(self, planners: Sequence[tuple[str, Planner]], **limits: Any) -> None:
        self.limits = limits
        self.kinds = ("certification", "hosting", "control", "commitment", "attestation")
        self.planners = planners
        first = planners[0][1]
        self.effort, self.kind, self.requires = {}, {}, {}
        for _, planner in planners:
            for name in planner.effort:
                if name not in self.effort:
                    self.effort[name] = planner.effort[name]
                    self.kind[name] = planner.kind[name]
                    self.requires[name] = planner.requires[name]
        for _, planner in planners:
            planner.effort, planner.kind, planner.requires = self.effort, self.kind, self.requires
        self.first = first
        self.names = sorted(name for name in self.effort if name not in first.held)
        self.items = [
            ("item", book, item)
            for book, planner in planners
            for item in dict.fromkeys(item for world in planner.worlds for item in world.items)
        ]
        self.all = [
            (chosen, self.kept(chosen))
            for chosen in subsets(self.names)
            if first.measure(chosen, "months") != NEVER
        ]

    def asked(self, whole_only: bool) -> list[tuple[str, ...]]:
        """The limits; `only` as one part, or kind by kind."""
        found: list[tuple[str, ...]] = [
            *(("forbid", name) for name in self.limits.get("forbid", ())),
            *(("require", name) for name in self.limits.get("require", ())),
        ]
        only = self.limits.get("only", ())
        if only and whole_only:
            found.append(("only",))
        elif only:
            found += [("unlike", kind) for kind in self.kinds if kind not in only]
        found += [(key,) for key in ("budget", "deadline") if self.limits.get(key) is not None]
        return found

    def kept(self, chosen: Sequence[str]) -> set[tuple[str, ...]]:
        found = {part for whole in (True, False) for part in self.asked(whole)}
        only, kinds = self.limits.get("only", ()), {self.kind[name] for name in chosen}
        for part in list(found):
            if part[0] == "forbid":
                keeps = part[1] not in chosen
            elif part[0] == "require":
                keeps = part[1] in self.first.held or part[1] in chosen
            elif part[0] == "only":
                keeps = kinds <= set(only)
            elif part[0] == "unlike":
                keeps = part[1] not in kinds
            else:
                measure = "cost" if part[0] == "budget" else "months"
                keeps = self.first.measure(chosen, measure) <= self.limits[part[0]]
            if not keeps:
                found.remove(part)
        added = dict.fromkeys(chosen, True)
        for book, planner in self.planners:
            missing = {
                item
                for world, inputs in zip(planner.worlds, planner.assumed, strict=True)
                for item in world.items
                if Situation(world, {**inputs, **added}).missing(item) is not False
            }
            found |= {part for part in self.items if part[1] == book and part[2] not in missing}
        return found

    def possible(self, parts: Iterable[tuple[str, ...]]) -> bool:
        return any(set(parts) <= kept for _, kept in self.all)

    def conflicts(self) -> list[tuple[tuple[str, ...], ...]]:
        """Every minimal set of parts that nothing keeps."""
        found: list[tuple[tuple[str, ...], ...]] = []
        parts = [*self.asked(True), *self.items]
        # What some set keeps beside all others is in no conflict.
        for count in range(len(parts) + 1):
            for chosen in itertools.combinations(parts, count):
                if any(set(smaller) <= set(chosen) for smaller in found):
                    continue
                if not self.possible(chosen):
                    found.append(chosen)
        return found

    def repairs(self, minimize: Sequence[str]) -> list[dict[str, Any]]:
        """Every minimal set of limits to give up, with the least that will do and its value."""
        limits, dropped, found = self.asked(False), [], []
        for count in range(len(limits) + 1):
            for given in itertools.combinations(limits, count):
                if any(set(smaller) <= set(given) for smaller in dropped):
                    continue
                rest = {*self.items, *limits} - set(given)
                plans = [chosen for chosen, kept in self.all if rest <= kept]
                if not plans:
                    continue
                dropped.append(given)
                mend: dict[str, Any] = {
                    "drop": [" ".join(part) for part in given if part[0] in ("forbid", "require")],
                    "allow": [part[1] for part in given if part[0] == "unlike"],
                    "budget": None,
                    "deadline": None,
                }
                for key, measure in (("budget", "cost"), ("deadline", "months")):
                    if (key,) in given:
                        mend[key] = min(self.first.measure(chosen, measure) for chosen in plans)
                        plans = [p for p in plans if self.first.measure(p, measure) <= mend[key]]
                mend["objective"] = list(
                    min(tuple(self.first.measure(p, name) for name in minimize) for p in plans)
                )
                found.append(mend)
        return found
