"""The generator: everything that it is there to bring up does come up, and often enough."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml
from generator import ON, Case

SEEDS = range(300)
CASES = [generator.case(seed) for seed in SEEDS]


def asked(case: Case) -> tuple[dict, list[dict], dict, Any]:
    return case.rulebook, [case.catalogue], case.service, case.on


def dumped(*parts: Any) -> str:
    return yaml.safe_dump(parts, allow_unicode=True, sort_keys=False)


def changes(case: Case) -> Iterator[tuple[str, Any]]:
    """(entry, patch) of every option of every reading."""
    for reading in case.rulebook.get("readings", []):
        for option in reading["options"]:
            yield from option.get("change", {}).items()


def conditions(case: Case) -> list[str]:
    """Every condition of the rulebook, of its readings' changes and of the catalogue."""
    entries = [*case.rulebook["items"], *case.rulebook["waivers"], *case.catalogue["evidence"]]
    entries += [patch for _, patch in changes(case) if patch]
    keys = ("met_by", "applies_when", "when", "requires")
    texts = [entry[key] for entry in entries for key in keys if entry.get(key)]
    return [oracle.normal(text) for text in texts]


def says(pattern: str) -> Callable[[Case], bool]:
    """Whether some condition matches."""
    return lambda case: any(re.search(pattern, text) for text in conditions(case))


def ids(entries: list[dict]) -> list[str]:
    return [oracle.normal(entry["id"]) for entry in entries]


def patched(case: Case, field: str) -> bool:
    entries = {*ids(case.rulebook["items"]), *ids(case.rulebook["waivers"])}
    return any(name in entries and patch and field in patch for name, patch in changes(case))


def removes(case: Case, kind: str) -> bool:
    names = ids(case.rulebook[kind])
    return any(patch is None and name in names for name, patch in changes(case))


def adds(case: Case, field: str) -> bool:
    entries = {*ids(case.rulebook["items"]), *ids(case.rulebook["waivers"])}
    return any(name not in entries and field in patch for name, patch in changes(case))


def in_force(case: Case, kind: str, now: bool) -> bool:
    entries = [entry for entry in case.rulebook[kind] if "in_force" in entry]
    return any(oracle.exists(entry, ON) is now for entry in entries)


def held_until(case: Case, valid: bool) -> bool:
    untils = [entry["until"] for entry in case.service.get("holds", []) if "until" in entry]
    return any((until >= ON.isoformat()) is valid for until in untils if len(until) == 10)


def facts_of(case: Case) -> dict:
    return case.rulebook.get("context", {})


# What must come up, and in how many of the 300 cases at least.
CONSTRUCTS: dict[str, tuple[int, Callable[[Case], bool]]] = {
    "or": (200, says(r"\bor\b")),
    "and": (150, says(r"\band\b")),
    "not": (100, says(r"\bnot\b")),
    "any": (30, says(r"\bany\(")),
    "all": (30, says(r"\ball\(")),
    "at_least": (60, says(r"\bat_least\(")),
    "weights": (40, says(r"\d\*")),
    "range": (30, says(r"\.\.")),
    "range within all": (3, says(r"\ball\([^()]*\.\.")),
    "waived": (40, says(r"\bwaived\(")),
    "true or false": (10, says(r"\b(true|false)\b")),
    "parentheses": (50, says(r"(^|[ (])\(")),
    "quoted name": (100, says(r'"')),
    "comparison of an option": (20, says(r"level ?!?= ?\w")),
    "comparison of a number": (20, says(r"employees ?[<>!=]")),
    "comparison of a date": (20, says(r"signed ?[<>!=]")),
    "boolean fact": (60, says("generative_ai|outsourced|個人 情報")),
    "full-width condition": (
        10,
        lambda case: bool(re.search(r": [ａ-ｚ（＂]", dumped(case.rulebook["items"]))),
    ),
    "full-width id": (5, lambda case: any(e["id"] != oracle.normal(e["id"]) for e in both(case))),
    "item 1.10": (50, lambda case: "1.10" in ids(case.rulebook["items"])),
    "odd item id": (50, lambda case: bool({"AC-2(1)", "管理 1"} & set(both_ids(case)))),
    "id that is a keyword": (50, lambda case: bool({"not", "all"} & set(both_ids(case)))),
    "order that is not sorted": (
        150,
        lambda case: ids(case.rulebook["items"]) != sorted(ids(case.rulebook["items"])),
    ),
    "default of a fact": (50, lambda case: any("default" in f for f in facts_of(case).values())),
    "several facts": (50, lambda case: len(facts_of(case)) > 1),
    "optional item": (150, lambda case: "optional" in dumped(case.rulebook["items"])),
    "item in force": (10, lambda case: in_force(case, "items", True)),
    "item not in force": (10, lambda case: in_force(case, "items", False)),
    "waiver in force": (5, lambda case: in_force(case, "waivers", True)),
    "waiver not in force": (5, lambda case: in_force(case, "waivers", False)),
    "rulebook in force": (30, lambda case: "in_force" in case.rulebook),
    "two readings": (60, lambda case: len(case.rulebook.get("readings", [])) == 2),
    "changed waives": (30, lambda case: patched(case, "waives")),
    "changed when": (30, lambda case: patched(case, "when")),
    "changed need": (30, lambda case: patched(case, "need")),
    "changed met_by": (30, lambda case: patched(case, "met_by")),
    "removed field": (10, lambda case: patched(case, "applies_when")),
    "removed waiver": (20, lambda case: removes(case, "waivers")),
    "removed item": (5, lambda case: removes(case, "items")),
    "added item": (30, lambda case: adds(case, "need")),
    "added item with its place": (20, lambda case: adds(case, "after")),
    "added waiver": (10, lambda case: adds(case, "waives")),
    "requires": (150, lambda case: "requires" in dumped(case.catalogue)),
    "requires one of several": (10, lambda case: requires(case, r" or |at_least")),
    "requires the absence": (10, lambda case: requires(case, r"\bnot\b ")),
    "evidence without effort": (
        100,
        lambda case: any("effort" not in entry for entry in case.catalogue["evidence"]),
    ),
    "cost of nothing": (80, lambda case: "cost: '0'" in dumped(case.rulebook, case.catalogue)),
    "item without effort": (
        50,
        lambda case: any(not {"effort", "met_by"} & set(i) for i in case.rulebook["items"]),
    ),
    "held still": (40, lambda case: held_until(case, True)),
    "held no longer": (30, lambda case: held_until(case, False)),
    "held on the last day": (20, lambda case: f"until: '{ON}'" in dumped(case.service)),
    "attested item with met_by": (30, lambda case: attests(case)),
    "unknown evidence": (50, lambda case: unknown(case, ids(case.catalogue["evidence"]))),
    "unknown item": (50, lambda case: unknown(case, ids(case.rulebook["items"]))),
    "unknown fact": (10, lambda case: unknown(case, list(facts_of(case)))),
    "own efforts": (50, lambda case: "efforts" in case.service),
    "chosen readings": (100, lambda case: "readings" in case.service),
    "holds nothing": (30, lambda case: "holds" not in case.service),
}


def both(case: Case) -> list[dict]:
    return [*case.rulebook["items"], *case.catalogue["evidence"]]


def both_ids(case: Case) -> list[str]:
    return ids(both(case))


def requires(case: Case, pattern: str) -> bool:
    return any(re.search(pattern, e.get("requires", "")) for e in case.catalogue["evidence"])


def unknown(case: Case, names: list[str]) -> bool:
    return bool(set(case.service.get("unknown", [])) & set(names))


def attests(case: Case) -> bool:
    held = oracle.holdings(oracle.normalised(case.service), ON)
    items = oracle.normalised(case.rulebook["items"])
    return any(item["id"] in held and "met_by" in item for item in items)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_each_construct_comes_up(construct: str) -> None:
    least, present = CONSTRUCTS[construct]
    assert sum(present(case) for case in CASES) >= least


def test_sizes() -> None:
    for case in CASES:
        added = sum(1 for name, _ in changes(case) if name not in both_ids(case) and name[0] != "w")
        assert 4 <= len(case.rulebook["items"]) + bool(added) <= 10
        assert 3 <= len(case.catalogue["evidence"]) <= 7
        assert 1 <= len(case.rulebook["waivers"]) <= 4
        assert len(case.rulebook.get("readings", [])) <= 2
        assert len(facts_of(case)) <= 3
        assert len(oracle.Planner(*asked(case), robust=True).candidates) <= 12


# --- What the oracle says of them ---------------------------------------------------------------


@pytest.fixture(scope="module")
def tally() -> Counter:
    """How many cases have each kind of answer; that every case is read is tested by the way."""
    found: Counter = Counter()
    for seed, case in zip(SEEDS, CASES, strict=True):
        answer = oracle.assess(*asked(case))
        everywhere = oracle.assess_all_readings(*asked(case))
        kinds = {f"compliant {answer['compliant']}", f"verdict {everywhere['verdict']}"}
        kinds |= {f"status {item['status']}" for item in answer["items"]}
        kinds |= {f"obligation {item['obligation']}" for item in answer["items"]}
        kinds |= {
            "several waivers over an item" for i in answer["items"] if len(i["waived_by"]) > 1
        }
        kinds |= {"undecided" for _ in answer["undecided_by"]}
        kinds |= {"depends on a reading" for _ in everywhere["depends_on"]}
        kinds |= {"unset fact" for _ in oracle.unset_facts(*asked(case))}
        for item in answer["items"]:
            why = oracle.explain(*asked(case), item["id"])
            kinds |= {"two reasons" for r in why["reasons"] if len(r["because"]) > 1}
            kinds |= {"could be waived" for w in why["could_be_waived"] if w["acquire"]}
            kinds |= {"could not be waived" for w in why["could_be_waived"] if not w["acquire"]}
            kinds |= {"could be met in two ways" for _ in why["could_be_met"][1:2]}
            cited = str(why)
            kinds |= {f"cites {fact}" for fact in facts_of(case) if fact in cited}

        planner = oracle.Planner(*asked(case))
        minimal = planner.minimal()
        plan = oracle.plan(*asked(case))
        robust = oracle.plan(*asked(case), robust=True)
        limited = oracle.plan(*asked(case), **generator.plan_options(seed))
        kinds |= {f"plan {plan['status']}", f"robust plan {robust['status']}"}
        kinds |= {f"limited plan {limited['status']}"}
        kinds |= {"robust costs more"} if robust["objective"] > plan["objective"] else set()
        kinds |= {"two optimal plans" for _ in plan["plans"][1:2]}
        kinds |= {"two minimal plans" for _ in minimal[1:2]}
        kinds |= {"larger plan" for chosen in plan["plans"] if len(chosen) > 2}
        kinds |= {"two on a front"} if len(planner.front("cost", "months")) > 1 else set()
        for chosen, more in itertools.product(minimal, planner.candidates):
            if not planner.works(sorted({*chosen, more})):
                kinds.add("not monotone")
        kinds |= {"never startable" for name in planner.candidates if lonely(planner, name)}
        found.update(kinds)
    return found


def lonely(planner: oracle.Planner, name: str) -> bool:
    """Whether no set of candidates lets this one start."""
    others = [c for c in oracle.subsets(planner.candidates) if name in c]
    return all(planner.finishes(chosen)[name] == oracle.NEVER for chosen in others)


# What the answers must be, and in how many of the 300 cases at least.
LEAST = {
    "compliant True": 30,
    "compliant False": 150,
    "compliant None": 20,
    "verdict always": 20,
    "verdict never": 100,
    "verdict sometimes": 15,
    "verdict None": 10,
    "status met": 150,
    "status missing": 150,
    "status open": 60,
    "status waived": 80,
    "status unknown": 60,
    "status not_applicable": 80,
    "obligation mandatory": 150,
    "obligation optional": 80,
    "obligation waived": 80,
    "obligation unknown": 30,
    "obligation not_applicable": 80,
    "several waivers over an item": 20,
    "undecided": 20,
    "depends on a reading": 30,
    "unset fact": 3,
    "two reasons": 20,
    "could be waived": 100,
    "could not be waived": 20,
    "could be met in two ways": 150,
    "cites level": 5,
    "cites employees": 5,
    "cites signed": 5,
    "plan optimal": 150,
    "plan infeasible": 15,
    "robust plan infeasible": 15,
    "limited plan optimal": 100,
    "limited plan infeasible": 30,
    "robust costs more": 15,
    "two optimal plans": 10,
    "two minimal plans": 60,
    "larger plan": 40,
    "two on a front": 15,
    "not monotone": 30,
    "never startable": 10,
}


@pytest.mark.parametrize("kind", LEAST)
def test_each_kind_of_answer_comes_up(kind: str, tally: Counter) -> None:
    assert tally[kind] >= LEAST[kind]


def test_no_two_readings_change_the_same_field() -> None:
    for case in CASES:
        touched: list[set[tuple[str, str]]] = []
        for reading in case.rulebook.get("readings", []):
            fields = set()
            for option in reading["options"]:
                for name, patch in option.get("change", {}).items():
                    every = ("need", "met_by", "applies_when", "when", "waives")
                    fields |= {(name, key) for key in (every if patch is None else patch)}
            touched.append(fields)
        assert all(not a & b for a, b in itertools.combinations(touched, 2))
        assert all(
            "change" not in reading["options"][0] and all("change" in o for o in others)
            for reading in case.rulebook.get("readings", [])
            for others in [reading["options"][1:]]
        )


def test_plan_options() -> None:
    options = [generator.plan_options(seed) for seed in SEEDS]
    for key in ("minimize", "forbid", "require", "only", "budget", "deadline"):
        assert sum(key in chosen for chosen in options) >= 25
    assert sum(not chosen for chosen in options) >= 5


# --- Files --------------------------------------------------------------------------------------


def load(folder: Path) -> list[Any]:
    names = ("rulebook", "cat", "service")
    texts = [(folder / f"{name}.yaml").read_text("utf-8") for name in names]
    return [yaml.load(text, yaml.BaseLoader) for text in texts]


def test_files_say_what_the_case_says(tmp_path: Path) -> None:
    for seed, case in enumerate(CASES[:100]):
        generator.write(case, tmp_path / str(seed))
        assert "&id" not in dumped(case.rulebook, case.catalogue, case.service)  # no YAML alias
        rulebook, catalogue, service = load(tmp_path / str(seed))
        assert (catalogue, service) == (case.catalogue, case.service)
        again = oracle.assess_all_readings(rulebook, [catalogue], service, ON)
        assert again == oracle.assess_all_readings(*asked(case))


def test_the_same_seed_gives_the_same_case() -> None:
    """In another process too, where sets of texts come in another order."""
    program = (
        "import hashlib, generator as g; "
        "parts = [(g.case(n), g.plan_options(n)) for n in range(60)]; "
        "parts += [g.medium(1), g.case(2, g.TINY)]; "
        "print(hashlib.sha256(repr(parts).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1
    assert dumped(CASES[7].rulebook) == dumped(generator.case(7).rulebook)


# --- Medium cases -------------------------------------------------------------------------------


@pytest.mark.parametrize("family", ["easy", "dense"])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("items", [14, 28, 60])
def test_medium(seed: int, items: int, family: str) -> None:
    case = generator.medium(seed, items, family)
    assert len(case.rulebook["items"]) == items
    assert len(case.catalogue["evidence"]) == round(1.2 * items)
    assert len(case.rulebook["waivers"]) == items // 7
    assert oracle.assess(*asked(case))["compliant"] is False

    planner = oracle.Planner(*asked(case))  # far too many sets to try; but all together do
    assert planner.is_plan(planner.candidates)
    world = planner.worlds[0]
    assert all(5 <= len(world.waives[waiver]) <= 20 for waiver in world.waivers)
    own = sum(f"control.{name}" in world.inputs_of_met(name) for name in world.items)
    assert own == round({"easy": 0.9, "dense": 0.4}[family] * items)
