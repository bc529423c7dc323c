"""Random rulebooks that have no fault, made so that none can come in.

Every condition is read-once: it names evidence, optional items and facts that no other condition
names, each once, so that no clause stands in for another and each of them can be turned by itself.
Only facts stand behind a `not` in a waiver, and only `applies_when` of an item has evidence there:
holding more never harms. What a waiver rests on is optional and not its own to release, so that
nobody must have it; then every mandatory item decides for some service.
"""

from __future__ import annotations

import random
from typing import Any

from generator import Case, quoted, widened

ITEMS = ("1.1", "1.2", "1.3", "1.10", "2.1", "AC-2(1)", "管理 1", "第3条", "not", "10.1")
KINDS = ("certification", "hosting", "control", "commitment")


class Leaves:
    """Names that no condition has used yet."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.evidence: list[str] = []
        self.context: dict[str, Any] = {}

    def held(self) -> str:
        self.evidence.append(
            self.rng.choice((f"asp.e{len(self.evidence)}", f"証 {len(self.evidence)}"))
        )
        return quoted(self.evidence[-1])

    def fact(self) -> str:
        """A test of a new fact, or two that leave something between them."""
        rng, number = self.rng, len(self.context)
        name, kind = f"f{number}", rng.choice(("boolean", "option", "number", "date"))
        fact: dict[str, Any] = {"title": name}
        self.context[name] = fact
        if kind == "boolean":
            return rng.choice((name, f"not {name}"))
        if kind == "option":
            fact |= {"options": ["low", "moderate", "high"], "default": "low"}
            return f"{name} {rng.choice(('=', '!='))} {rng.choice(fact['options'])}"
        fact["type"] = kind
        low, high = {"number": ("20", "20.5"), "date": ("2027-04-01", "2027-04-03")}[kind]
        fact["default"] = rng.choice((low, high))
        if rng.random() < 0.5:
            return f"{name} {rng.choice(('<', '>=', '=', '!='))} {low}"
        return f"({name} > {low} and {name} < {high})"

    def some(self, most: int, facts: float) -> list[str]:
        count = self.rng.randint(1, most)
        return [self.fact() if self.rng.random() < facts else self.held() for _ in range(count)]


def condition(rng: random.Random, leaves: list[str]) -> str:
    """A condition over all leaves, each once, that each of them can turn."""
    if len(leaves) == 1:
        return leaves[0]
    cut = rng.randint(1, len(leaves) - 1)
    kind = rng.choice(("and", "or", "any", "all", "at_least"))
    if kind in ("and", "or"):
        return " ".join(f"({condition(rng, part)})" for part in (leaves[:cut],)) + (
            f" {kind} ({condition(rng, leaves[cut:])})"
        )
    parts = [condition(rng, leaves[:cut]), *leaves[cut:]]
    if kind != "at_least":
        return f"{kind}({', '.join(parts)})"
    return f"at_least({rng.randint(1, len(parts))}, {', '.join(parts)})"


def sound(seed: int) -> Case:
    rng = random.Random(f"sound {seed}")
    leaves = Leaves(rng)
    ids = rng.sample(ITEMS, rng.randint(2, 7))
    mandatory = ids[: rng.randint(1, len(ids) - 1)]
    triggers = [name for name in ids if name not in mandatory and rng.random() < 0.7]
    order = rng.sample(ids, len(ids))
    items = [item(rng, leaves, name, name in mandatory) for name in order]
    waivers = []
    for number in range(rng.randint(0, 3)):
        own = [triggers.pop() for _ in range(min(len(triggers), rng.randint(0, 2)))]
        names = [quoted(name) for name in own] + leaves.some(2, facts=0.4)
        rng.shuffle(names)
        could = [name for name in order if name not in own]
        waives = rng.sample(could, rng.randint(1, len(could)))
        waivers.append(
            {
                "id": f"w{number}",
                "text": f"以下の要件は不要 {number}",
                "when": written(rng, condition(rng, names)),
                "waives": [quoted(name) for name in waives],
            }
        )
    rules: dict[str, Any] = {
        "rulebook": "sound",
        "catalogues": ["cat.yaml"],
        "context": leaves.context,
        "items": items,
        "waivers": waivers,
    }
    if not leaves.context:
        del rules["context"]
    rules["readings"] = readings(rng, mandatory, waivers)
    if not leaves.evidence:
        leaves.held()
        items[0]["met_by"] = quoted(leaves.evidence[0])
    holder = {"service": "sound", "rulebook": "rulebook.yaml"}
    return Case(rules, catalogue(rng, leaves.evidence), holder)


def written(rng: random.Random, text: str) -> str:
    return widened(text) if rng.random() < 0.05 else text


def item(rng: random.Random, leaves: Leaves, name: str, mandatory: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": name, "text": f"要件 {name}"}
    entry["need"] = "mandatory" if mandatory else "optional"
    if rng.random() < 0.4:
        there = condition(rng, leaves.some(2, facts=0.7))
        # What comes to be held may end that an item applies; to begin it may be the start of harm.
        harmless = not mandatory or not any(quoted(each) in there for each in leaves.evidence)
        entry["applies_when"] = written(rng, there if harmless else f"not ({there})")
    if rng.random() < 0.5:
        entry["met_by"] = written(rng, condition(rng, leaves.some(3, facts=0)))
    return entry


def readings(
    rng: random.Random, mandatory: list[str], waivers: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each takes a mandatory item for optional, or a waiver of one for none: that is no trifle."""
    changes: list[dict[str, Any]] = [{name: {"need": "optional"}} for name in mandatory]
    needed = {quoted(name) for name in mandatory}
    for waiver in waivers:
        if needed & set(waiver["waives"]):
            changes.append({waiver["id"]: None})
    count = min(rng.choice((0, 0, 1, 2)), len(changes))
    return [
        {
            "id": f"r{number}",
            "options": [{"id": f"r{number}-a"}, {"id": f"r{number}-b", "change": change}],
        }
        for number, change in enumerate(rng.sample(changes, count))
    ]


def catalogue(rng: random.Random, ids: list[str]) -> dict[str, Any]:
    evidence = []
    for place, name in enumerate(ids):
        entry = {"id": name, "kind": rng.choice(KINDS), "holder": "asp", "title": name}
        if place and rng.random() < 0.3:
            entry["requires"] = " or ".join(quoted(each) for each in rng.sample(ids[:place], 1))
        evidence.append(entry)
    rng.shuffle(evidence)
    return {"catalogue": "cat", "evidence": evidence}
