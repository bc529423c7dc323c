"""Random rulebooks, catalogues and services, for checking the engine against the oracle.

`case(seed)` is small enough for brute force and holds every construct of the language now and
then; `medium(seed)` is larger and plain, for timing solvers. The same seed gives the same case.

No generated rulebook has a cycle. Only two gates stand in conditions: met(item) and, through
waived(item), the waivers that list the item. So every item and every waiver gets a random rank,
and what decides it (`met_by`, `when`, in every reading) mentions lower ranks only: met(j) where j
ranks lower, and waived(j) where every waiver that lists j in any reading does. Nothing mentions
applies(item), so `applies_when` may mention anything.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

ON = date(2026, 4, 1)  # the date on which every generated case is to be assessed

ITEM_IDS = (
    *("1.1", "1.2", "1.3", "1.9", "1.10", "1.11", "2.1", "2.2", "2.10", "3.1.1", "3.1.10"),
    *("10.1", "7", "AC-2", "A.5_1", "AC-2(1)", "管理 1", "not", "x or y", "第3条"),
)
EVIDENCE_IDS = (
    *("asp.iso27001", "csp.ismap", "csp.iso27017", "csp.iso27018", "dc.tier3", "service.aspic"),
    *("h0.e1", "h1.e10", "dc-2", "mfa", "証明 1", "all", "SOC 2 (type II)"),
)
KINDS = ("certification", "hosting", "control", "commitment")
HOLDERS = ("service", "asp", "csp", "dc", "contractor")
BOOLEANS = ("generative_ai", "outsourced", "個人 情報")
KEYWORDS = ("or", "and", "not", "true", "false", "any", "all", "at_least", "waived")
BARE = re.compile(r"[\w-]+(\.[\w-]+)*")
ORDERS = ["=", "!=", "<", "<=", ">", ">="]
DAY = timedelta(days=1)


@dataclass
class Case:
    """One case. Every scalar is text; only where `change` removes something stands None."""

    rulebook: dict[str, Any]
    catalogue: dict[str, Any]
    service: dict[str, Any]
    on: date = ON


@dataclass(frozen=True)
class Size:
    """The least and the greatest number of each."""

    items: tuple[int, int] = (4, 9)
    evidence: tuple[int, int] = (3, 7)
    waivers: tuple[int, int] = (1, 4)
    readings: tuple[int, int] = (0, 2)
    facts: tuple[int, int] = (0, 3)
    candidates: int = 12  # at most so many things that a plan may choose


SMALL = Size()
WIDE = Size(items=(10, 28), evidence=(4, 8), waivers=(2, 7))  # a whole checklist, brute force
LARGE = Size(items=(30, 300), evidence=(20, 60), waivers=(4, 40), candidates=400)
TINY = Size(items=(1, 4), evidence=(1, 3), waivers=(0, 2), facts=(0, 2), candidates=6)


def names(odd: tuple[str, ...], most: int) -> list[str]:
    """The odd names, and plain ones where there are not enough of them."""
    stem = odd[0].split(".")[0]
    return [*odd, *(f"{stem}.x{n}" for n in range(len(odd), most))]


def write(case: Case, folder: Path) -> None:
    """The case as files: rulebook.yaml, cat.yaml and service.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = (("rulebook", case.rulebook), ("cat", case.catalogue), ("service", case.service))
    for name, content in parts:
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


# --- Writing conditions -------------------------------------------------------------------------


def quoted(name: str) -> str:
    """A name as it is written in a condition: in double quotes where it must be."""
    return name if BARE.fullmatch(name) and name not in KEYWORDS else f'"{name}"'


def widened(text: str) -> str:
    """The same text in full-width characters; NFKC makes it what it was."""
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    return text.translate(wide)


@dataclass
class Words:
    """What one condition may mention, each kind of leaf as ready texts."""

    evidence: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    waived: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)  # for any and at_least
    whole_ranges: list[str] = field(default_factory=list)  # for all as well


@dataclass
class Phrase:
    """A text and how loosely it binds: 0 an atom, 1 not, 2 and, 3 or."""

    text: str
    looseness: int = 0

    def within(self, looseness: int, rng: random.Random) -> str:
        """The text as a part of something, in parentheses where needed and sometimes besides."""
        if self.looseness > looseness or rng.random() < 0.06:
            return f"({self.text})"
        return self.text


def leaf(rng: random.Random, words: Words) -> Phrase:
    """One atom; evidence is the likeliest and a constant is rare."""
    pools = [
        (words.evidence, 50),
        (words.items, 22),
        (words.waived, 9),
        (words.facts, 17),
        (["true", "false"], 2),
    ]
    choices = [(pool, weight) for pool, weight in pools if pool]
    pool = rng.choices([pool for pool, _ in choices], [weight for _, weight in choices])[0]
    return Phrase(rng.choice(pool))


def call(rng: random.Random, words: Words, depth: int) -> Phrase:
    """any(...), all(...) or at_least(...), sometimes over a range, sometimes weighed."""
    kind = rng.choice(("any", "all", "at_least", "at_least"))
    ranges = words.whole_ranges if kind == "all" else words.ranges
    count = rng.choice((1, 2, 2, 3))
    parts = [phrase(rng, words, depth - 1).within(3, rng) for _ in range(count)]
    weights = [1] * count
    if kind == "at_least" and rng.random() < 0.5:
        weights = [rng.randint(1, 5) for _ in parts]
        parts = [p if w == 1 else f"{w}*{p}" for w, p in zip(weights, parts, strict=True)]
    if ranges and rng.random() < 0.4:
        place = rng.randint(0, count)
        parts.insert(place, rng.choice(ranges))
        weights.insert(place, 2)  # the fewest items that a range has
    if kind == "at_least":
        parts.insert(0, str(rng.randint(1, sum(weights))))
    return Phrase(f"{kind}({', '.join(parts)})")


def phrase(rng: random.Random, words: Words, depth: int) -> Phrase:
    chance = rng.random()
    if depth == 0 or chance < 0.35:
        return leaf(rng, words)
    if chance < 0.46:
        return Phrase("not " + phrase(rng, words, depth - 1).within(1, rng), 1)
    if chance < 0.66:
        return call(rng, words, depth)
    word, looseness = rng.choice((("and", 2), ("and", 2), ("or", 3), ("or", 3), ("or", 3)))
    parts = [
        phrase(rng, words, depth - 1).within(looseness, rng) for _ in range(rng.choice((2, 2, 3)))
    ]
    return Phrase(f" {word} ".join(parts), looseness)


def condition(rng: random.Random, words: Words, depth: int = 2) -> str:
    text = phrase(rng, words, depth).text
    return widened(text) if rng.random() < 0.04 else text


# --- Facts, evidence ----------------------------------------------------------------------------


def facts(rng: random.Random, size: Size) -> tuple[dict[str, Any], list[str], dict[str, list[str]]]:
    """The context; how conditions may mention it; and the values that a service may give."""
    context: dict[str, Any] = {}
    mentions: list[str] = []
    values: dict[str, list[str]] = {}
    kinds = ["boolean", "boolean", "option", "number", "date"]
    for kind in rng.sample(kinds, rng.randint(*size.facts)):
        if kind == "boolean":
            name = rng.choice([fact for fact in BOOLEANS if fact not in context])
            context[name] = {"title": f"fact {name}"}
            values[name] = ["true", "false"]
            mentions += [quoted(name)] * 2
            if rng.random() < 0.2:
                context[name]["default"] = rng.choice(("true", "false"))
            continue
        if kind == "option":
            name, values[kind] = "level", ["low", "moderate", "high"][: rng.choice((2, 3, 3))]
            context[name] = {"title": {"ja": "水準", "en": "level"}, "options": values[kind]}
            operators, constants = ORDERS[:2], values[kind]
        elif kind == "number":
            name, values[kind] = "employees", ["0", "10", "15", "20", "35", "50", "300"]
            context[name] = {"title": "employees", "type": "number"}
            operators = ORDERS
            constants = rng.sample(["10", "20", "50"], 2)
        else:
            days = [date(2025, 1, 1), ON - DAY, ON, ON + DAY, date(2027, 7, 1), date(2028, 1, 1)]
            name, values[kind] = "signed", [day.isoformat() for day in days]
            context[name] = {"title": "signed", "type": "date"}
            operators = ORDERS
            constants = rng.sample([ON.isoformat(), "2027-07-01"], rng.choice((1, 2)))
        values[name] = list(values.pop(kind))
        for _ in range(2):
            comparison = f"{quoted(name)} {rng.choice(operators)} {rng.choice(constants)}"
            mentions.append(comparison if rng.random() < 0.8 else comparison.replace(" ", ""))
        if rng.random() < 0.7:
            context[name]["default"] = rng.choice(values[name])
    return context, mentions, values


def requirement(rng: random.Random, earlier: Sequence[str]) -> str:
    """An expression over evidence."""
    names = [quoted(name) for name in rng.sample(list(earlier), min(len(earlier), 3))]
    if len(names) == 1 or rng.random() < 0.5:
        return names[0] if rng.random() < 0.85 else f"not {names[0]}"
    if rng.random() < 0.2:
        return f"{names[0]} and not {names[1]}"
    if rng.random() < 0.3:
        return f"at_least({rng.randint(1, len(names))}, {', '.join(names)})"
    return rng.choice((" or ", " or ", " and ")).join(names)


def effort(rng: random.Random, most: int) -> dict[str, str]:
    """A cost and a time, either sometimes left out. Few figures, so that plans are as good."""
    cost = rng.choice([cost for cost in (0, 2, 2, 4, 4, 6, 10, 15, 20) if cost <= most])
    months = rng.choice((0, 0, 1, 2, 3, 4, 6, 6, 9, 12))
    both = {"cost": str(cost), "months": str(months)}
    if rng.random() < 0.1:
        del both[rng.choice(("cost", "months"))]
    return both


def catalogue(rng: random.Random, ids: Sequence[str]) -> dict[str, Any]:
    evidence: list[dict[str, Any]] = []
    for place, name in enumerate(ids):
        entry: dict[str, Any] = {
            "id": name,
            "kind": rng.choice((*KINDS, "certification")),
            "holder": rng.choice(HOLDERS),
            "title": name if rng.random() < 0.5 else {"ja": f"証跡 {name}", "en": name},
        }
        if place and rng.random() < 0.35:
            entry["requires"] = requirement(rng, ids[:place])
        elif rng.random() < 0.05 and len(ids) > place + 1:  # may close a circle: never startable
            entry["requires"] = quoted(ids[place + 1])
        if rng.random() < 0.85:
            entry["effort"] = effort(rng, 20)
            entry["basis"] = {"kind": rng.choice(("published", "estimate")), "source": "none"}
        if rng.random() < 0.3:
            entry["valid_months"] = rng.choice(("12", "16", "36"))
        evidence.append(entry)
    rng.shuffle(evidence)
    return {"catalogue": "cat", "currency": "JPY", "evidence": evidence}


def in_force(rng: random.Random) -> dict[str, str]:
    """Limits that often include the date, sometimes only just, and sometimes do not."""
    first = rng.choice((date(2024, 4, 1), ON, ON, ON + DAY, date(2027, 7, 1)))
    last = rng.choice((date(2025, 3, 31), ON - DAY, ON, ON, date(2030, 3, 31)))
    if first > last or rng.random() < 0.6:
        return rng.choice(({"from": first.isoformat()}, {"until": last.isoformat()}))
    return {"from": first.isoformat(), "until": last.isoformat()}


# --- The rulebook -------------------------------------------------------------------------------


class Rules:
    """The items and waivers of one rulebook, with the ranks that keep it free of cycles.

    Items that a reading adds or removes are never named outside that reading, so every name
    stands for something in every reading; ranges may well run over them. An item that may be
    out of force stands in no range inside all(...), the one place where it would matter
    whether a range passes over it or holds it as false. What decides an added item is evidence
    and facts only, as if it ranked below all others, so that any range may run over it.
    """

    def __init__(self, rng: random.Random, size: Size, evidence: list[str], mentions: list[str]):
        self.rng = rng
        self.evidence, self.mentions = evidence, mentions
        ids = rng.sample(names(ITEM_IDS, size.items[1]), rng.randint(*size.items))
        if rng.random() < 0.3:
            ids.sort()
        self.added = ids.pop() if len(ids) > 4 and rng.random() < 0.5 else None
        self.order = ids
        self.waiver_ids = [f"w{n}" for n in range(rng.randint(*size.waivers))]
        rng.shuffle(self.waiver_ids)
        self.rank = {name: rng.random() for name in [*ids, *self.waiver_ids, "extra"]}
        self.removed = rng.choice(ids) if len(ids) > 4 and rng.random() < 0.08 else None
        self.named = [name for name in ids if name != self.removed]
        self.dated = {name for name in [*ids, *self.waiver_ids] if rng.random() < 0.07}
        self.listed_by: dict[str, set[str]] = {name: set() for name in ids}

    # Lists of items

    def reach(self, waiver: str) -> list[str]:
        """A `waives` list: ids and ranges of the rulebook's order."""
        rng, entries = self.rng, []
        for _ in range(rng.choice((1, 1, 2))):
            first, last = sorted(rng.choices(range(len(self.named)), k=2))
            last = min(last, first + 2)
            names = self.named[first], self.named[last]
            start, stop = (self.order.index(name) for name in names)
            for name in self.order[start : stop + 1]:
                self.listed_by[name].add(waiver)
            if first == last and rng.random() < 0.8:
                entries.append(names[0] if rng.random() < 0.5 else quoted(names[0]))
            else:
                entries.append("..".join(quoted(name) for name in names))
        return list(dict.fromkeys(entries))

    def runs(self, below: float, whole: bool) -> list[str]:
        """Ranges of two or three items that all rank below; `whole`: and are always in force."""
        found = []
        for start, first in enumerate(self.order):
            for last in self.order[start + 1 : start + 3]:
                run = self.order[start : self.order.index(last) + 1]
                if first not in self.named or last not in self.named:
                    continue
                if any(self.rank[name] >= below for name in run):
                    continue
                if whole and any(name in self.dated for name in run):
                    continue
                found.append(f"{quoted(first)}..{quoted(last)}")
        return found

    # Conditions

    def words(self, below: float) -> Words:
        """What the conditions of an entry of that rank may mention."""
        waived = [
            name
            for name in self.named
            if self.listed_by[name] and all(self.rank[w] < below for w in self.listed_by[name])
        ]
        return Words(
            evidence=[quoted(name) for name in self.evidence],
            items=[quoted(name) for name in self.named if self.rank[name] < below],
            waived=[f"waived({quoted(name)})" for name in waived],
            facts=self.mentions,
            ranges=self.runs(below, whole=False),
            whole_ranges=self.runs(below, whole=True),
        )

    def when(self, waiver: str) -> str:
        words = self.words(self.rank[waiver])
        if self.rng.random() < 0.8:  # a waiver mostly hangs on items
            words.items = words.items * 3
        return condition(self.rng, words)

    def met_by(self, item: str) -> str:
        words, depth = self.words(self.rank[item]), self.rng.choice((0, 1, 1, 2))
        if self.rng.random() < 0.45:  # alternatives, that a plan may choose among
            parts = [phrase(self.rng, words, depth - 1 if depth else 0) for _ in "ab"]
            return " or ".join(part.text for part in parts)
        return condition(self.rng, words, depth)

    def applies_when(self) -> str:
        return condition(self.rng, self.words(below=2.0), self.rng.choice((0, 1, 2)))

    # Entries

    def item(self, name: str, met_by: str | None) -> dict[str, Any]:
        rng = self.rng
        entry: dict[str, Any] = {
            "id": widened(name) if rng.random() < 0.02 else name,
            "section": {"ja": "節", "en": "section"},
            "text": f"item {name}",
            "need": "mandatory" if rng.random() < 0.76 else "optional",
        }
        if rng.random() < 0.25:
            entry["applies_when"] = self.applies_when()
        if met_by is not None:
            entry["met_by"] = met_by
        elif rng.random() < 0.8:
            entry["effort"] = effort(rng, 9)
        if name in self.dated:
            entry["in_force"] = in_force(rng)
        return entry

    def waiver(self, name: str, waives: list[str]) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "id": name,
            "text": {"ja": f"以下の要件は不要 {name}", "en": f"{name} releases"},
            "when": self.when(name),
            "waives": waives,
        }
        if self.rng.random() < 0.4:
            entry["at"] = f"after {self.rng.choice(self.named)}"
        if name in self.dated:
            entry["in_force"] = in_force(self.rng)
        return entry

    def added_item(self) -> dict[str, Any]:
        rng = self.rng
        words = Words(evidence=[quoted(name) for name in self.evidence], facts=self.mentions)
        met_by = condition(rng, words, 1) if rng.random() < 0.6 else None
        entry = self.item(self.added or "", met_by)
        del entry["id"]
        entry.pop("in_force", None)
        if rng.random() < 0.75:
            entry["after"] = rng.choice(self.named)
        return entry


Patch = tuple[str, Callable[[], Any]]  # the id of an entry, and what makes a patch of one field


def rulebook(
    rng: random.Random, size: Size, evidence: list[str], attestable: int
) -> tuple[dict[str, Any], dict[str, list[str]], list[str]]:
    """The rulebook, the values of its facts, and the items that a service may name."""
    context, mentions, values = facts(rng, size)
    rules = Rules(rng, size, evidence, mentions)

    # First who waives what, in every reading: the ranks of these bound what waived() may mention.
    waives = {waiver: rules.reach(waiver) for waiver in rules.waiver_ids}
    count = rng.randint(*size.readings)
    if rules.removed or rules.added:
        count = max(count, 1)
    options = [
        [f"r{n}-{letter}" for letter in "abc"[: rng.choice((2, 2, 3))]] for n in range(count)
    ]
    other_waives = {waiver: rules.reach(waiver) for waiver in rules.waiver_ids}
    extra_waives = rules.reach("extra") if count and rng.random() < 0.3 else None

    # Then the entries.
    by_attestation = rng.sample(rules.order, min(attestable, len(rules.order)))
    by_attestation = [name for name in by_attestation if rng.random() < 0.75]
    items = [
        rules.item(name, None if name in by_attestation else rules.met_by(name))
        for name in rules.order
    ]
    waivers = [rules.waiver(name, waives[name]) for name in rules.waiver_ids]

    # Then what the readings change. A field is the business of one reading only.
    def other_reach(waiver: str) -> dict[str, Any]:
        return {"waives": list(other_waives[waiver])}

    stated = dict(zip((*rules.order, *rules.waiver_ids), (*items, *waivers), strict=True))

    def unlike(name: str, field: str, made: str) -> dict[str, Any]:
        """An option that changed nothing would be an error: say the opposite instead."""
        return {field: f"not ({made})" if stated[name][field] == made else made}

    def other_when(waiver: str) -> dict[str, Any]:
        return unlike(waiver, "when", rules.when(waiver))

    def other_need(item: dict[str, Any]) -> dict[str, Any]:
        return {"need": "optional" if item["need"] == "mandatory" else "mandatory"}

    def other_met_by(item: str) -> dict[str, Any]:
        return unlike(item, "met_by", rules.met_by(item))

    patches: list[Patch] = []
    rare: list[Patch] = []
    for waiver in rules.waiver_ids:
        if other_waives[waiver] != waives[waiver]:
            patches.append((waiver, partial(other_reach, waiver)))
        patches.append((waiver, partial(other_when, waiver)))
    for entry, name in zip(items, rules.order, strict=True):
        if name == rules.removed:
            continue
        patches.append((name, partial(other_need, entry)))
        if "met_by" in entry:
            patches.append((name, partial(other_met_by, name)))
        if "applies_when" in entry:
            patches.append((name, lambda: {"applies_when": None}))
    if rules.waiver_ids and rng.random() < 0.4:
        doomed = rng.choice(rules.waiver_ids)
        patches = [(name, make) for name, make in patches if name != doomed]
        rare.append((doomed, lambda: None))
    if extra_waives:
        rare.append(("extra", lambda: without_id(rules.waiver("extra", list(extra_waives)))))
    if rules.added:
        added = rules.added_item()  # the same entry, should two options add it
        rare.append((rules.added, lambda: deepcopy(added)))
    if rules.removed:
        rare.append((rules.removed, lambda: None))
    rng.shuffle(patches)
    rng.shuffle(rare)
    patches = rare + patches  # so that a reading is likelier to have the rare ones

    readings = []
    for number, option_ids in enumerate(options):
        share = len(patches) // (count - number)
        own, patches = patches[:share], patches[share:]
        if not own:
            continue  # nothing left to change
        reading: dict[str, Any] = {
            "id": f"r{number}",
            "question": {"ja": f"問い {number}", "en": f"question {number}"},
            "options": [],
        }
        for place, option in enumerate(option_ids[: 1 + len(own)]):
            made: dict[str, Any] = {"id": option, "because": {"ja": "理由", "en": "because"}}
            if place:
                chosen = [own[place - 1]]
                chosen += rng.sample(own[2:], min(len(own[2:]), rng.choice((0, 1, 2))))
                made["change"] = combined([(name, make()) for name, make in chosen])
            reading["options"].append(made)
        readings.append(reading)

    made_of: dict[str, Any] = {
        "rulebook": "generated",
        "edition": "2026",
        "title": {"ja": "要件", "en": "requirements"},
        "catalogues": ["cat.yaml"],
    }
    if rng.random() < 0.2:
        made_of["in_force"] = rng.choice(({"from": ON.isoformat()}, {"until": ON.isoformat()}))
    if context:
        made_of["context"] = context
    made_of |= {"items": items, "waivers": waivers}
    if readings:
        made_of["readings"] = readings
    return made_of, values, rules.named


def without_id(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("id", "in_force")}


def combined(patches: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """One `change` of several patches, of which no two touch the same field."""
    change: dict[str, Any] = {}
    for name, patch in patches:
        change[name] = None if patch is None else {**change.get(name, {}), **patch}
    return change


# --- The service --------------------------------------------------------------------------------


def service(
    rng: random.Random,
    rules: dict[str, Any],
    evidence: list[str],
    items: list[str],
    values: dict[str, list[str]],
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "service": "generated",
        "provider": "Example KK",
        "rulebook": "rulebook.yaml",
    }
    with_unknowns = rng.random() < 0.38
    context, holds, unknown = {}, [], []
    for fact, possible in values.items():
        definition, chance = rules["context"][fact], rng.random()
        unset = "default" not in definition and ("type" in definition or "options" in definition)
        if chance < 0.75 or (unset and not with_unknowns):
            context[fact] = rng.choice(possible)
        elif with_unknowns and chance < 0.9:
            unknown.append(fact)
    generous = rng.choice((0.0, 0.1, 0.3, 0.6))
    for name in [*evidence, *items]:
        chance = rng.random()
        if chance < (generous if name in evidence else generous / 2):
            holds.append(holding(rng, name, "evidence" if name in evidence else "item"))
        elif with_unknowns and rng.random() < 0.3:
            unknown.append(name)
    if context:
        made["context"] = context
    if holds:
        rng.shuffle(holds)
        made["holds"] = holds
    if unknown:
        rng.shuffle(unknown)
        made["unknown"] = unknown
    quotes = {name: effort(rng, 20) for name in evidence if rng.random() < 0.08}
    if quotes:
        made["efforts"] = quotes
    chosen = {
        reading["id"]: rng.choice(reading["options"])["id"]
        for reading in rules.get("readings", [])
        if rng.random() < 0.5
    }
    if chosen:
        made["readings"] = chosen
    return made


def holding(rng: random.Random, name: str, kind: str) -> str | dict[str, str]:
    chance = rng.random()
    if chance < 0.7:
        return widened(name) if chance < 0.02 else name
    entry = {kind: name}
    if chance < 0.95:
        until = rng.choice((ON - DAY, ON, ON, ON + DAY, date(2025, 3, 31), date(2028, 3, 31)))
        entry["until"] = until.isoformat()
    if rng.random() < 0.5:
        entry["note"] = "registration 123"
    return entry


# --- Whole cases --------------------------------------------------------------------------------


def case(seed: int, size: Size = SMALL) -> Case:
    rng = random.Random(seed)
    evidence = rng.sample(names(EVIDENCE_IDS, size.evidence[1]), rng.randint(*size.evidence))
    if rng.random() < 0.3:
        evidence.sort()
    stated = catalogue(rng, evidence)
    attestable = size.candidates - len(evidence) - 1  # one for an item that a reading adds
    rules, values, items = rulebook(rng, size, evidence, attestable)
    return Case(rules, stated, service(rng, rules, evidence, items, values))


def plan_options(seed: int, size: Size = SMALL) -> dict[str, Any]:
    """What else may be asked of the plan of case(seed): minimize and some of the limits.

    What is forbidden or required exists in every reading and could be planned, or is held.
    """
    made, rng = case(seed, size), random.Random(f"plan {seed}")
    evidence = [entry["id"] for entry in made.catalogue["evidence"] if "effort" in entry]
    items = [
        unicodedata.normalize("NFKC", entry["id"])
        for entry in made.rulebook["items"]
        if "met_by" not in entry and "in_force" not in entry
    ]
    changes = [
        option.get("change", {})
        for reading in made.rulebook.get("readings", [])
        for option in reading["options"]
    ]
    names = evidence + [
        name for name in items if all(change.get(name, {}) is not None for change in changes)
    ]
    rng.shuffle(names)
    options: dict[str, Any] = {}
    if rng.random() < 0.7:
        measures = ["cost", "certifications", "actions", "months"]
        options["minimize"] = tuple(rng.sample(measures, rng.randint(1, 4)))
    if names and rng.random() < 0.35:
        options["forbid"] = tuple(names.pop() for _ in range(min(len(names), rng.choice((1, 2)))))
    if names and rng.random() < 0.3:
        options["require"] = (names.pop(),)
    if rng.random() < 0.15:
        kinds = [*KINDS, "attestation"]
        options["only"] = tuple(rng.sample(kinds, rng.randint(2, 4)))
    if rng.random() < 0.25:
        options["budget"] = rng.randint(5, 60)
    if rng.random() < 0.25:
        options["deadline"] = rng.randint(4, 24)
    return options


def medium(seed: int, items: int = 28, family: str = "easy") -> Case:
    """A larger rulebook for timing solvers, without negation; the service holds nothing.

    In the easy family 90% of the items have a control of their own beside 0 to 2 certifications
    that items share; in the dense one 40% have, beside 2 to 4 shared alternatives.
    """
    rng = random.Random(f"{family} {seed}")
    share, alternatives = {"easy": (0.9, (0, 2)), "dense": (0.4, (2, 4))}[family]
    ids = [f"{place // 10 + 1}.{place % 10 + 1}" for place in range(items)]
    controlled = set(rng.sample(ids, round(share * items)))
    controls = {name: f"control.{name}" for name in ids if name in controlled}
    shared = [f"shared.{n}" for n in range(max(round(1.2 * items) - len(controls), 2))]
    entries: list[dict[str, Any]] = []
    for name in ids:
        ways = rng.sample(shared, min(rng.randint(*alternatives), len(shared)))
        if name in controls:
            ways.append(controls[name])
        rng.shuffle(ways)
        entry: dict[str, Any] = {"id": name, "text": f"item {name}"}
        entry["need"] = "mandatory" if rng.random() < 0.9 else "optional"
        if ways:
            entry["met_by"] = " or ".join(ways)
        else:
            entry["effort"] = {"cost": str(rng.randint(1, 20)), "months": "1"}
        entries.append(entry)

    waivers = []
    for number in range(max(items // 7, 1)):
        length = min(rng.randint(5, 20), items)
        first = rng.randint(0, items - length)
        triggers = [
            " and ".join(rng.sample(ids, rng.randint(1, 3))) for _ in range(rng.randint(1, 3))
        ]
        waivers.append(
            {
                "id": f"w{number}",
                "text": f"waiver {number}",
                "when": " or ".join(triggers),
                "waives": [f"{ids[first]}..{ids[first + length - 1]}"],
            }
        )

    evidence: list[dict[str, Any]] = []
    for name in [*shared, *controls.values()]:
        entry = {
            "id": name,
            "kind": "certification" if name in shared else "control",
            "holder": "asp",
            "title": name,
            "effort": {"cost": str(rng.randint(1, 20)), "months": str(rng.randint(1, 12))},
        }
        if evidence and rng.random() < 0.1:
            entry["requires"] = rng.choice(evidence)["id"]
        evidence.append(entry)
    rules = {
        "rulebook": f"{family}-{seed}",
        "edition": "2026",
        "title": f"{family} {seed}",
        "catalogues": ["cat.yaml"],
        "items": entries,
        "waivers": waivers,
    }
    holder = {"service": "nothing yet", "provider": "Example KK", "rulebook": "rulebook.yaml"}
    return Case(rules, {"catalogue": "cat", "currency": "JPY", "evidence": evidence}, holder)
