"""The shipped rulebook: what it says, what it answers, and what it takes to comply.

Its content is held against a table of facts written down here; its answers against
`checklist.answers`, written by hand from the sheet, and against the oracle, which reads the YAML.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import checklist
import oracle
import pytest
import yaml
from engine import ROOT

from cloudrules.core import circuit, plan
from cloudrules.core.assessment import Assessment
from cloudrules.core.case import Case, from_service
from cloudrules.core.errors import Place
from cloudrules.core.gates import Circuit, Input, Rails, simulate
from cloudrules.core.part import combinations_of
from cloudrules.core.problem import Clock
from cloudrules.core.request import Request, choices
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding, Service
from cloudrules.files.library import Library
from cloudrules.solvers import SOLVERS, named

RULEBOOK = "municipal-cloud-level-2"
CATALOGUE = "japan-cloud"
ON = date(2026, 12, 1)
SHEET = (ROOT / "knowledge_base" / "sources" / f"{RULEBOOK}.txt").read_text(encoding="utf-8")

# id: (kind, holder, requires, cost, months, valid_months)
EVIDENCE: dict[str, tuple[str, str, str | None, int | None, int | None, int | None]] = {
    "service.ismap": ("certification", "service", None, 40_000_000, 18, 16),
    "service.ismap_liu": ("certification", "service", None, 20_000_000, 12, 16),
    "service.aspic": ("certification", "service", None, 300_000, 2, 24),
    "service.ismap_listed": ("certification", "service", None, None, None, 16),
    "asp.iso27001": ("certification", "asp", None, 3_000_000, 8, 36),
    "csp.ismap": ("certification", "csp", None, 2_000_000, 3, 16),
    "csp.ismap_listed": ("certification", "csp", None, None, None, 16),
    "csp.iso27001": ("certification", "csp", None, 3_000_000, 8, 36),
    "csp.iso27017": ("certification", "csp", "csp.iso27001", 1_000_000, 4, 36),
    "csp.pci_dss": ("certification", "csp", None, 5_000_000, 9, 12),
    "csp.equivalent_27017": ("control", "csp", None, 1_500_000, 3, None),
    "csp.iso27018": ("certification", "csp", "csp.iso27001", 1_000_000, 4, 36),
    "dc.tier3": ("hosting", "dc", None, 1_000_000, 3, None),
    "contractor.iso27001": ("certification", "contractor", None, 3_000_000, 8, 36),
}
# What the sources publish of an entry, by a word that its basis has to say.
PUBLISHED = {
    "service.ismap": "KB0010010",
    "service.aspic": "ASPIC",
    "asp.iso27001": "3 years",
    "csp.iso27017": "JIPDEC",
    "csp.pci_dss": "yearly",
    "csp.iso27018": "ISO/IEC 27001",
}
MET_BY = {
    "1.1": "service.ismap",
    "1.2": "service.ismap_liu",
    "1.4": "service.aspic",
    "1.6": "asp.iso27001",
    "1.7": "csp.ismap",
    "1.8": "csp.iso27001",
    "1.9": "csp.iso27017 or csp.pci_dss or csp.equivalent_27017",
    "1.10": "csp.iso27018",
    "1.11": "dc.tier3",
}
APPLIES_WHEN = {"1.2": "not 1.1", "1.5": "generative_ai"}
EFFORTS = {  # (cost, months) of attesting an item
    **dict.fromkeys(["1.3", "1.5", "1.12", "1.13", "1.14", "1.15", "1.16"], (100_000, 1)),
    **dict.fromkeys(["1.17", "1.18", "1.19", "1.21", "1.22"], (300_000, 1)),
    **dict.fromkeys(["1.20", "1.23", "1.24", "1.25", "1.26", "1.27"], (1_000_000, 3)),
    "1.28": (500_000, 2),
}
WAIVERS = {  # when, waives
    "first-banner": ("1.1 or 1.2 or 1.4", ["1.6..1.28"]),
    "hosting": ("1.7", ["1.8..1.13"]),
    "in-lieu": ("1.8 and 1.9 and all(1.11..1.13)", ["1.7"]),
    "second-banner": ("(1.6 and 1.7) or (1.6 and 1.10)", ["1.16..1.28"]),
    "contractor": ("outsourced and contractor.iso27001", ["1.16..1.28"]),
}
READINGS: dict[str, dict[str, dict[str, Any]]] = {  # options, the default first, and their changes
    "banner-scope": {
        "to-end": {},
        "next-banner": {"first-banner": {"waives": ["1.6..1.15"]}},
        "certifications": {"first-banner": {"waives": ["1.6..1.10"]}},
        "next-clause": {"first-banner": {"waives": ["1.6..1.7"]}},
    },
    "hosting": {"alternative": {}, "literal": {"in-lieu": "null"}},
    "contractor": {"separate-firm": {}, "provider-itself": {"contractor": {"when": "1.6"}}},
    "page-scope": {
        "to-end": {},
        "same-page": {
            "second-banner": {"waives": ["1.16..1.23"]},
            "contractor": {"waives": ["1.16..1.23"]},
        },
        "same-group": {
            "second-banner": {"waives": ["1.16..1.19"]},
            "contractor": {"waives": ["1.16..1.19"]},
        },
    },
    "waived-counts": {
        "held-only": {},
        "waived-too": {
            "second-banner": {
                "when": "(1.6 or waived(1.6)) and (1.7 or waived(1.7) or 1.10 or waived(1.10))"
            }
        },
    },
    "hosting-range": {
        "whole-range": {},
        "certifications": {"hosting": {"waives": ["1.8..1.10"]}},
    },
    "registration": {
        "in-scope": {},
        "listed": {
            "first-banner": {"when": "1.1 or 1.2 or 1.4 or service.ismap_listed"},
            "hosting": {"when": "1.7 or csp.ismap_listed"},
        },
    },
}
JAPANESE = "[ぁ-んァ-ヶ一-龠]"
TEXTS = (
    *("title", "text", "section", "at", "note", "question", "because", "document", "source"),
    "reason",
)


def loaded(kind: str, name: str) -> dict[str, Any]:
    """A file of the knowledge base as plain YAML, every scalar text."""
    text = (ROOT / "knowledge_base" / kind / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return found


RULES = loaded("rulebooks", RULEBOOK)
HOLDABLE = loaded("catalogues", CATALOGUE)


@cache
def rulebook() -> Rulebook:
    return Library().rulebook(Ref(RULEBOOK, Place("test")), Path()).on(ON)


@cache
def gates() -> Circuit:
    return circuit.from_rulebook(rulebook())


def holding(*held: str, readings: Mapping[str, str] = checklist.DEFAULT, **facts: str) -> Case:
    """A service that holds these, under the shipped rulebook."""
    place = Place("test")
    service = Service(
        service=Text({"": "test"}),
        rulebook=(Ref(RULEBOOK, place),),
        holds=tuple(Holding(evidence=Ref(name, place)) for name in held),
        context={Ref(name, place): Ref(value, place) for name, value in facts.items()},
        readings={Ref(name, place): Ref(value, place) for name, value in readings.items()},
    )
    return from_service([rulebook()], service, ON)[0]


# --- What it says ---------------------------------------------------------------------------------


def test_evidence_is_as_the_facts_say() -> None:
    found = {}
    for entry in HOLDABLE["evidence"]:
        effort = entry.get("effort", {})
        figures = [effort.get("cost"), effort.get("months"), entry.get("valid_months")]
        cost, months, valid = (None if figure is None else int(figure) for figure in figures)
        found[entry["id"]] = (
            *(entry["kind"], entry["holder"], entry.get("requires")),
            *(cost, months, valid),
        )
    assert found == EVIDENCE
    assert HOLDABLE["catalogue"] == CATALOGUE
    assert HOLDABLE["currency"] == "JPY"
    assert tuple(found) == tuple(EVIDENCE), "the order of the catalogue"


def test_every_estimate_is_marked() -> None:
    for entry in HOLDABLE["evidence"]:
        if "effort" in entry:
            assert entry["basis"]["kind"] == "estimate", entry["id"]
        assert entry["basis"]["source"]["en"], entry["id"]
    for name, word in PUBLISHED.items():
        entry = next(each for each in HOLDABLE["evidence"] if each["id"] == name)
        assert "published" in entry["basis"]["source"]["en"]
        assert word in entry["basis"]["source"]["en"]
    found = choices([holding()], every=True)
    assert set(found) == {name for name in EVIDENCE if EVIDENCE[name][3] is not None} | set(EFFORTS)
    assert all(choice.estimate for choice in found.values())


def test_items_are_as_the_facts_say() -> None:
    entries = {entry["id"]: entry for entry in RULES["items"]}
    assert tuple(entries) == checklist.ITEMS
    for name, entry in entries.items():
        assert entry["need"] == ("optional" if name in checklist.OPTIONAL else "mandatory"), name
        assert entry.get("met_by") == MET_BY.get(name), name
        assert entry.get("applies_when") == APPLIES_WHEN.get(name), name
        effort = EFFORTS.get(name)
        expected = {"cost": str(effort[0]), "months": str(effort[1])} if effort else None
        assert entry.get("effort") == expected, name
    assert set(MET_BY) | set(EFFORTS) == set(checklist.ITEMS)
    assert tuple(RULES["context"]) == checklist.FACTS
    assert all(set(fact) == {"title"} for fact in RULES["context"].values()), "boolean, false"
    assert RULES["rulebook"] == RULEBOOK
    assert RULES["catalogues"] == [CATALOGUE]


def test_waivers_are_as_the_facts_say() -> None:
    found = {each["id"]: (each["when"], each["waives"]) for each in RULES["waivers"]}
    assert found == WAIVERS
    assert tuple(found) == checklist.WAIVERS


def test_readings_are_as_the_facts_say() -> None:
    found = {
        reading["id"]: {option["id"]: option.get("change", {}) for option in reading["options"]}
        for reading in RULES["readings"]
    }
    assert found == READINGS
    assert [list(options) for options in found.values()] == [
        list(options) for options in READINGS.values()
    ]
    assert rulebook().defaults() == checklist.DEFAULT
    assert len(list(combinations_of(rulebook().readings))) == 384


def test_items_repeat_the_sheet_character_for_character() -> None:
    section = ""
    rows = re.findall(r"^1\.(\d+)\.\t([^\t]*)\t([^\t]*)\t(必須|任意)\t*$", SHEET, re.MULTILINE)
    assert len(rows) == 28
    for row, entry in zip(rows, RULES["items"], strict=True):
        number, own_section, text, need = row
        section = own_section or section  # merged cells: the section above goes on
        assert entry["id"] == f"1.{number}"
        assert entry["text"]["ja"] == text
        assert entry["section"]["ja"] == section
        assert entry["need"] == {"必須": "mandatory", "任意": "optional"}[need]


def test_clauses_repeat_the_sheet() -> None:
    for waiver in RULES["waivers"]:
        clause = waiver["text"]["ja"]
        if waiver["id"] == "in-lieu":  # it has no clause of its own, and says so
            assert clause.startswith("(明文なし)")
            assert clause not in SHEET
        else:
            assert clause in SHEET, waiver["id"]
            assert clause.rstrip("。").endswith("要件は不要"), waiver["id"]
    for slip in ("入手できるように\t", "ファシリティアンダー"):
        assert slip in SHEET
    by_id = {entry["id"]: entry for entry in RULES["items"]}
    assert by_id["1.3"]["text"]["ja"].endswith("入手できるように")
    assert "ファシリティアンダー" in by_id["1.11"]["text"]["ja"]
    assert "途切れ" in by_id["1.3"]["note"]["ja"]
    assert "ファシリティスタンダード" in by_id["1.11"]["note"]["ja"]


def texts(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every text for people, with where it stands."""
    if isinstance(tree, list):
        for at, part in enumerate(tree):
            name = part.get("id", at) if isinstance(part, dict) else at
            yield from texts(part, f"{path}/{name}")
    elif isinstance(tree, dict):
        for key, part in tree.items():
            if path.startswith("/not_modelled") and key == "text":
                continue  # the words of the sheet, which need no translation
            if key in TEXTS and not (key == "source" and "document" in part):
                yield f"{path}/{key}", part
            elif key != "change":
                yield from texts(part, f"{path}/{key}")


@pytest.mark.parametrize("tree", [RULES, HOLDABLE], ids=["rulebook", "catalogue"])
def test_every_text_is_in_both_languages(tree: dict[str, Any]) -> None:
    found = dict(texts(tree))
    assert len(found) > 40
    for path, text in found.items():
        assert isinstance(text, dict), path
        assert set(text) == {"ja", "en"}, path
        assert all(words.strip() for words in text.values()), path
        assert re.search(f"{JAPANESE}|SLA", text["ja"]), path
        # Words of the sheet may be quoted in the English, and stand in brackets beside it.
        plain = re.sub(r"「[^」]*」|\([^()]*\)", "", text["en"])
        assert not re.search(JAPANESE, plain), path


def test_all_that_should_have_a_text_has_one() -> None:
    for item in RULES["items"]:
        assert {"section", "text"} <= set(item), item["id"]
    for waiver in RULES["waivers"]:
        assert {"text", "at"} <= set(waiver), waiver["id"]
    for reading in RULES["readings"]:
        assert "question" in reading
        assert all("because" in option for option in reading["options"]), reading["id"]
    assert all("title" in fact for fact in RULES["context"].values())
    assert all("title" in entry for entry in HOLDABLE["evidence"])


# --- What it answers ------------------------------------------------------------------------------

LOW = 18  # variables inside one vector of bits; the others are constant through a chunk
ONES = (1 << (1 << LOW)) - 1
ATTESTED_ONLY = [item for item in checklist.ITEMS if item not in MET_BY]


def column(variable: int, chunk: int) -> int:
    """The values of one variable in a chunk of the truth table, row by row."""
    if variable >= LOW:
        return ONES if chunk >> variable - LOW & 1 else 0
    run = 1 << variable
    found = ((1 << run) - 1) << run  # zeros, then ones
    while run < 1 << LOW - 1:
        run *= 2
        found |= found << run
    return found


def engine_gates(
    held: Mapping[str, int], ones: int, readings: Mapping[str, str]
) -> list[Rails[int]]:
    def value(leaf: Input) -> tuple[int, int]:
        if leaf.kind == "reading":
            return (ones, 0) if readings[leaf.name] == leaf.value else (0, ones)
        bits = held.get(leaf.name, 0)
        return bits, ones & ~bits

    return simulate(gates(), value, 0, ones)


def assert_same(held: Mapping[str, int], ones: int, readings: Mapping[str, str]) -> None:
    """The engine answers like the checklist written by hand, gate by gate, service by service."""
    rails = engine_gates(held, ones, readings)
    named = gates().named
    expected = checklist.answers(held, ones, readings)
    for name, bits in expected.items():
        if name not in named:
            assert name[0] == "releases", name
            assert not bits, name
            continue
        may, may_not = rails[named[name]]
        assert may == bits, (name, readings)
        assert may_not == ones & ~bits, (name, readings)
    for item in checklist.ITEMS:
        mandatory = 0 if item in checklist.OPTIONAL else ones
        assert rails[named["mandatory", item]] == (mandatory, ones & ~mandatory)
        assert rails[named["exists", item]] == (ones, 0)
    # The engine has no release of its own besides.
    for name in named:
        if name[0] == "releases" and name not in expected:
            assert rails[named[name]] == (0, ones), name


# Attestations that decide alike are set together. Which do: 1.16 to 1.27 are all mandatory, listed
# by the same three waivers, and named in no condition; 1.3, 1.15 and 1.28 are optional and named in
# no condition, so each decides nothing but whether it is met itself. 1.5, 1.12, 1.13 and 1.14
# differ in what releases them. Of 1.16 to 1.27 each in turn has a variable of its own.
GROUP = checklist.items(16, 27)
VARIABLES = (*checklist.EVIDENCE, *checklist.FACTS, "1.5", "1.12", "1.13", "1.14")
GROUPED = (*VARIABLES, "optional", "group", "alone")


def table(chunk: int, alone: str) -> dict[str, int]:
    """A chunk of the truth table over GROUPED, `alone` being the item with its own variable."""
    columns = {name: column(at, chunk) for at, name in enumerate(GROUPED)}
    held = {name: columns[name] for name in VARIABLES}
    held |= dict.fromkeys(["1.3", "1.15", "1.28"], columns["optional"])
    held |= dict.fromkeys(GROUP, columns["group"])
    held[alone] = columns["alone"]
    return held


CHUNKS = 1 << len(GROUPED) - LOW


def test_the_table_is_whole() -> None:
    """Each combination of a small table is there once: the columns count in binary."""
    columns = [column(variable, 0) for variable in range(LOW)]
    for row in (0, 1, 2, 5, 1000, (1 << LOW) - 1):
        assert sum((bits >> row & 1) << at for at, bits in enumerate(columns)) == row
    assert all(bits.bit_count() == 1 << LOW - 1 for bits in columns)
    assert [column(LOW + 1, chunk) for chunk in range(4)] == [0, 0, ONES, ONES]
    assert set(GROUPED) >= {*checklist.EVIDENCE, *checklist.FACTS}
    assert set(ATTESTED_ONLY) == {*VARIABLES[16:], "1.3", "1.15", "1.28", *GROUP}


@pytest.mark.parametrize("alone", GROUP)
def test_default_reading_on_every_combination(alone: str) -> None:
    """2^23 services for each item of the group that is set apart."""
    for chunk in range(CHUNKS):
        assert_same(table(chunk, alone), ONES, checklist.DEFAULT)


def test_attesting_is_as_good_as_what_an_item_is_met_by() -> None:
    """The same table, each item with evidence of its own met by that, by attesting it, or both."""
    rng = random.Random(1)
    for chunk in range(CHUNKS):
        held = table(chunk, rng.choice(GROUP))
        for item, met_by in MET_BY.items():
            one, two = rng.getrandbits(1 << LOW), rng.getrandbits(1 << LOW)
            names = met_by.split(" or ")
            held[item] = held[rng.choice(names)] & (one | ~two)
            for name in names:
                held[name] &= one | two
        assert_same(held, ONES, checklist.DEFAULT)


ALL_READINGS = list(combinations_of(rulebook().readings))


def test_every_reading_on_a_sample() -> None:
    """2,000 random services in each of the 384 readings; half hold little, half hold most."""
    rng = random.Random(2)
    ones = (1 << 2000) - 1
    most = (1 << 1000) - 1
    names = [*checklist.EVIDENCE, *checklist.FACTS, *checklist.ITEMS]

    def bits() -> int:
        one, two, three = (rng.getrandbits(2000) for _ in range(3))
        return one & two & three | most & (one | two | three)

    for readings in ALL_READINGS:
        held = {name: bits() for name in names}
        assert_same(held, ones, readings)
        verdicts = checklist.answers(held, ones, readings)["compliant",]
        assert 0 < verdicts < ones, "a sample that says both yes and no"


def sampled_services(rng: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        share, attested = rng.choice((0.1, 0.3, 0.6)), rng.choice((0.0, 0.2, 0.7, 0.95))
        holds = [name for name in checklist.EVIDENCE if rng.random() < share]
        holds += [name for name in checklist.ITEMS if rng.random() < attested]
        context = {name: rng.choice(("true", "false")) for name in checklist.FACTS}
        yield {"holds": holds, "context": context}


SERVICES_EACH = 40


@pytest.mark.parametrize("part", range(6))
def test_every_reading_against_the_oracle(part: int) -> None:
    """40 services in each reading, all gates, against the oracle, which reads the YAML itself."""
    rng = random.Random(f"oracle {part}")
    ones = (1 << SERVICES_EACH) - 1
    for readings in ALL_READINGS[part::6]:
        world = oracle.World(RULES, [HOLDABLE], readings, ON)
        services = list(sampled_services(rng, SERVICES_EACH))
        held: dict[str, int] = {}
        situations = []
        for at, service in enumerate(services):
            facts = [name for name, value in service["context"].items() if value == "true"]
            for name in [*service["holds"], *facts]:
                held[name] = held.get(name, 0) | 1 << at
            situations.append(oracle.Situation(world, oracle.present_inputs(world, service)))
        rails = engine_gates(held, ones, readings)
        named = gates().named

        expected: dict[tuple[str, ...], list[oracle.Truth]] = {
            (kind, item): [getattr(each, kind)(item) for each in situations]
            for item in checklist.ITEMS
            for kind in ("met", "applies", "waived", "owed", "missing")
        }
        for waiver in checklist.WAIVERS:
            exists = waiver in world.waivers
            expected["fires", waiver] = [exists and each.fires(waiver) for each in situations]
        expected["compliant",] = [each.compliant() for each in situations]
        for name, values in expected.items():
            bits = sum(bool(value) << at for at, value in enumerate(values))
            assert rails[named[name]] == (bits, ones & ~bits), (name, readings)


def test_one_circuit_for_all_readings_says_what_one_for_each_does() -> None:
    rng = random.Random(3)
    ones = (1 << 200) - 1
    names = [*checklist.EVIDENCE, *checklist.FACTS, *checklist.ITEMS]
    for readings in ALL_READINGS[::16]:
        own = circuit.from_rulebook(replace(rulebook().under(readings), readings=()))
        assert not any(leaf.kind == "reading" for _, leaf in own.inputs())
        held = {name: rng.getrandbits(200) for name in names}
        joined = engine_gates(held, ones, readings)
        alone = simulate(own, lambda leaf: (held[leaf.name], ones & ~held[leaf.name]), 0, ones)  # noqa: B023
        for name, node in own.named.items():
            assert alone[node] == joined[gates().named[name]], (name, readings)


# --- What the checklist must answer ---------------------------------------------------------------

CERTIFIED = ("asp.iso27001", "csp.iso27001", "csp.iso27017", "csp.iso27018", "dc.tier3")
PROMISES = ("1.12", "1.13")
CONTROLS = checklist.items(16, 27)
LISTED_STRICT = ("1.8", "1.9", *checklist.items(11, 13), *CONTROLS)

# held besides 1.14; facts that are true; missing in the default readings, in the strictest
ANSWERS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "the service registered": (("service.ismap",), (), (), LISTED_STRICT),
    "the service certified by ASPIC": (("service.aspic",), (), (), LISTED_STRICT),
    "platform and firm": (
        ("csp.ismap", "asp.iso27001"),
        (),
        (),
        (*checklist.items(11, 13), *checklist.items(20, 27)),
    ),
    "platform, the rest attested": (
        ("csp.ismap", *CONTROLS),
        (),
        (),
        checklist.items(11, 13),
    ),
    "platform alone": (("csp.ismap",), (), CONTROLS, (*checklist.items(11, 13), *CONTROLS)),
    "certificates instead": (
        (*CERTIFIED, *PROMISES),
        (),
        (),
        ("1.7", *checklist.items(20, 27)),
    ),
    "certificates without 27018": (
        (*(name for name in CERTIFIED if name != "csp.iso27018"), *PROMISES),
        (),
        CONTROLS,
        ("1.7", *CONTROLS),
    ),
    "platform and contractor": (
        ("csp.ismap", "contractor.iso27001"),
        ("outsourced",),
        (),
        (*checklist.items(11, 13), *checklist.items(20, 27)),
    ),
}


def assessed(*held: str, readings: Mapping[str, str], **facts: str) -> Assessment:
    return holding(*held, readings=readings, **facts).assessed()


@pytest.mark.parametrize("row", ANSWERS)
def test_what_the_checklist_must_answer(row: str) -> None:
    held, facts, by_default, strictest = ANSWERS[row]
    context = dict.fromkeys(facts, "true")
    found = assessed("1.14", *held, readings=checklist.DEFAULT, **context)
    assert found.missing == by_default
    assert found.compliant is (not by_default)
    if row.startswith("the service"):
        assert found.waived == checklist.items(6, 28)
        assert len(found.waived) == 23
    strict = assessed("1.14", *held, readings=checklist.STRICTEST, **context)
    assert strict.missing == strictest
    assert strict.compliant is False


def test_generative_ai_needs_its_own_attestation() -> None:
    held = ("1.14", "service.aspic")
    found = assessed(*held, readings=checklist.DEFAULT, generative_ai="true")
    assert found.missing == ("1.5",)
    assert assessed(*held, "1.5", readings=checklist.DEFAULT, generative_ai="true").compliant


def test_without_1_14() -> None:
    found = assessed("service.aspic", readings=checklist.DEFAULT)
    assert found.compliant
    assert found.item("1.14").status == "waived"
    strict = assessed("service.aspic", readings=checklist.STRICTEST)
    assert strict.missing == ("1.8", "1.9", *checklist.items(11, 14), *CONTROLS)


# --- What it takes to comply ----------------------------------------------------------------------

OBJECTIVES = (
    ("cost",),
    ("cost", "actions"),
    ("certifications",),
    ("actions",),
    ("months",),
    ("cost", "months"),
)
PLANNABLE = [name for name in checklist.EVIDENCE if EVIDENCE[name][3] is not None]
BASE = (*PLANNABLE, *PROMISES)  # 1.12 and 1.13 alone, of all attested items, stand in a condition


@cache
def least(index: int) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The least values of every list of objectives in one reading, by trying everything.

    What is tried: every set of the evidence that has an effort, with or without attesting 1.12 and
    1.13. No condition of the checklist names another attested item, so once these are chosen,
    each attested item that is then missing has to be attested, and attesting more adds nothing.
    Nothing waives or meets an item that is met by evidence but what has been chosen.
    """
    ones = (1 << (1 << len(BASE))) - 1
    held = {name: _column(at) for at, name in enumerate(BASE)}
    gates = checklist.answers(held, ones, ALL_READINGS[index])
    able = ones
    for item in MET_BY:
        able &= ~gates["missing", item]
    together: dict[int, list[str]] = {}  # items that the same sets leave missing
    for item in EFFORTS:
        together.setdefault(gates["missing", item], []).append(item)
    further = [
        (
            _digits(bits),
            sum(EFFORTS[item][0] for item in names),
            len(names),
            max(EFFORTS[item][1] for item in names),
        )
        for bits, names in together.items()
        if bits
    ]
    digits = _digits(able)
    best: dict[tuple[str, ...], tuple[int, ...]] = {}
    for row, (cost, certifications, actions, months) in _measured():
        if digits[row] == "0":
            continue
        for missing, own_cost, own_actions, own_months in further:
            if missing[row] == "1":
                cost += own_cost
                actions += own_actions
                months = max(months, own_months)
        figures = {
            "cost": cost,
            "certifications": certifications,
            "actions": actions,
            "months": months,
        }
        for objectives in OBJECTIVES:
            if objectives in best and figures[objectives[0]] > best[objectives][0]:
                continue
            values = tuple(figures[each] for each in (*objectives, "cost", "actions"))
            if objectives not in best or values < best[objectives]:
                best[objectives] = values
    return best


def _digits(bits: int) -> str:
    return format(bits, f"0{1 << len(BASE)}b")[::-1]


def _column(variable: int) -> int:
    run, size = 1 << variable, 1 << len(BASE)
    found = ((1 << run) - 1) << run
    while run < size // 2:
        run *= 2
        found |= found << run
    return found


@cache
def _measured() -> list[tuple[int, tuple[int, int, int, int]]]:
    """The sets of BASE that can be started, cheapest first, each with its own measures."""
    found = []
    for row in range(1 << len(BASE)):
        names = [name for at, name in enumerate(BASE) if row >> at & 1]
        needed = {EVIDENCE[name][2] for name in names if name in EVIDENCE} - {None}
        if not needed <= set(names):
            continue
        cost = months = 0
        for name in names:
            own_cost, own_months = EFFORTS.get(name) or EVIDENCE[name][3:5]
            cost += own_cost or 0
            first = EVIDENCE[name][2] if name in EVIDENCE else None
            before = EVIDENCE[first][4] if first else 0
            months = max(months, (before or 0) + (own_months or 0))
        certifications = sum(
            name in EVIDENCE and EVIDENCE[name][0] == "certification" for name in names
        )
        found.append((row, (cost, certifications, len(names), months)))
    return sorted(found, key=lambda pair: pair[1])


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("turn", range(len(OBJECTIVES)))
def test_plan_from_nothing_is_optimal_in_every_reading(turn: int, solver: str) -> None:
    """All readings, each with one list of objectives; every sixth with all of them, in turn."""
    for index, readings in enumerate(ALL_READINGS):
        objectives = OBJECTIVES[(index + turn) % len(OBJECTIVES)]
        if index % 6 and turn:
            continue
        case = holding(readings=readings)
        answer = plan.from_cases([case], Request(objectives), named(solver), Clock(None))
        assert answer.status == "optimal"
        assert answer.bound == answer.objective
        (found,) = answer.plans
        expected = least(index)[objectives]
        figures = tuple(found.value(each) for each in (*objectives, "cost", "actions"))
        assert figures == expected, (readings, objectives, found.acquire)
        assert answer.objective == tuple(zip(objectives, expected, strict=False))
        assert assessed(*found.acquire, readings=readings).compliant
