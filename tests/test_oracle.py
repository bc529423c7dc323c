"""The oracle itself, on rulebooks small enough to work out by hand."""

from __future__ import annotations

import itertools
import json
import operator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml

ON = date(2026, 4, 1)
EXAMPLES = sorted((Path(__file__).parent / "cases" / "good").glob("example-*"))

Case = tuple[dict, list[dict], dict, date]  # what every question of the oracle takes


def read(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


def case(rulebook: str, evidence: str = "[]", service: str = "{}", on: date = ON) -> Case:
    """A case of three texts; the rulebook may leave its waivers out."""
    rules = {"rulebook": "tiny", "waivers": [], **read(rulebook)}
    return rules, [{"catalogue": "cat", "evidence": read(evidence)}], read(service), on


def item_of(answer: dict, name: str) -> dict:
    return next(item for item in answer["items"] if item["id"] == name)


def value(condition: str, on: date = ON, **inputs: Any) -> oracle.Truth:
    """A condition over three evidences a, b, c, three items 1.1, 1.2, 1.10 and three facts."""
    rulebook = """
    context: {level: {options: [low, high]}, staff: {type: number}, signed: {type: date}}
    items:
      - {id: "1.1", need: optional}
      - {id: "1.2", need: optional}
      - {id: "1.10", need: optional}
      - {id: "AC-2(1)", need: optional}
    waivers: [{id: w, when: a, waives: ["1.2"]}]
    """
    evidence = "[{id: a, kind: control}, {id: b, kind: control}, {id: c, kind: control}]"
    rules, catalogues, _, _ = case(rulebook, evidence)
    world = oracle.World(rules, catalogues, {}, on)
    facts = {"level": None, "staff": None, "signed": None}
    held = {name.replace("_", "."): held for name, held in inputs.items()}
    return oracle.Situation(world, facts | held).value(world.condition(condition))


# --- Conditions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("not not a or b", "(not (not a)) or b"),
        ("not a or b and not c", "(not a) or (b and (not c))"),
        ("（a　ｏｒ　ｂ）　ａｎｄ　ｃ", "(a or b) and c"),
        ('any("a", b)', "a or b"),
        ("all(a, b or c)", "a and (b or c)"),
        ("at_least(2, a, b, c)", "a and b or a and c or b and c"),
        ("at_least(5, 3*a, 2*b, c)", "a and b"),
        ("at_least(3, 3*not a, 2*b, c)", "not a or b and c"),
        ("at_least(0, a)", "true"),
        ("at_least(2, a)", "false"),
        ("waived(1.2)", "a"),
        ("waived(1.1)", "false"),
        ("true and not false", "true"),
    ],
)
def test_conditions_that_mean_the_same(condition: str, same: str) -> None:
    for a, b, c in itertools.product((True, False, None), repeat=3):
        assert value(condition, a=a, b=b, c=c) is value(same, a=a, b=b, c=c)


def test_an_expression_tree() -> None:
    assert oracle.parse('at_least(2, 3*"AC-2(1)", 1.1..1.10, not x = y)') == (
        "at_least",
        2,
        [
            (3, ("name", "AC-2(1)")),
            (1, ("range", "1.1", "1.10")),
            (1, ("not", ("compare", "x", "=", "y"))),
        ],
    )


@pytest.mark.parametrize("text", ["", "a b", "a and", "(a", "not", "any()", "a..b", "1.1.", "all"])
def test_what_is_no_condition(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|unexpected|cannot read"):
        oracle.parse(text)


def test_a_range_is_in_the_order_of_the_rulebook() -> None:
    attested: dict[str, Any] = {"1_1": True, "1_2": True, "1_10": False}
    assert value("all(1.1..1.2)", **attested) is True
    assert value("all(1.1..1.10)", **attested) is False
    assert value("any(1.2..1.10)", **attested) is True
    assert value("at_least(2, 1.1..1.10)", **attested) is True
    assert value("at_least(3, 1.1..1.10)", **attested) is False


def test_comparisons() -> None:
    assert value("level = high", level="high") is True
    assert value("level != high", level="high") is False
    assert value("level = high") is None
    assert value("staff < 20", staff=Fraction(19)) is True
    assert value("staff<20", staff=Fraction(20)) is False
    assert value("staff <= 20", staff=Fraction(20)) is True
    assert value("staff >= 12.5", staff=Fraction(25, 2)) is True
    assert value("staff > 9", staff=Fraction(10)) is True  # as numbers, not as texts
    assert value("signed < 2027-07-01", signed=date(2027, 6, 30)) is True
    assert value("signed < 2027-07-01", signed=date(2027, 7, 1)) is False


@pytest.mark.parametrize(
    ("condition", "inputs", "expected"),
    [
        ("a and b", {"a": None, "b": False}, False),
        ("a and b", {"a": None, "b": True}, None),
        ("a or b", {"a": None, "b": True}, True),
        ("not a", {"a": None}, None),
        ("a or not a", {"a": None}, None),
        ("at_least(2, a, b, c)", {"a": True, "b": None, "c": True}, True),
        ("at_least(2, a, b, c)", {"a": True, "b": None, "c": False}, None),
        ("at_least(2, a, b, c)", {"a": False, "b": None, "c": False}, False),
        ("at_least(3, 2*a, b)", {"a": None, "b": False}, False),
    ],
)
def test_unknown_is_strong_kleene(condition: str, inputs: dict, expected: oracle.Truth) -> None:
    assert value(condition, **inputs) is expected


# --- Changes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": "null"}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": "~"}}, {"a": {"b": "d"}}),
        ({"a": "foo"}, {"a": {"bb": {"ccc": ""}}}, {"a": {"bb": {}}}),
    ],
)
def test_merge_patch(target: dict, patch: dict, result: dict) -> None:
    assert oracle.merge_patch(target, patch) == result


CHANGES = """
items:
  - {id: "1.1", need: mandatory, applies_when: "false"}
  - {id: "1.2", need: mandatory, in_force: {from: 2026-04-02}}
  - {id: "1.3", need: mandatory, in_force: {from: 2026-04-01, until: 2026-04-01}}
waivers:
  - {id: w, when: "true", waives: [1.1..1.3]}
  - {id: v, when: "1.2 or waived(1.2)", waives: ["1.3"]}
readings:
  - id: r
    options:
      - id: as-is
      - {id: less, change: {w: null}}
      - id: more
        change:
          "1.1": {applies_when: null, need: optional}
          "1.9": {need: mandatory, after: "1.1"}
          "1.10": {need: mandatory}
  - id: s
    options: [{id: as-is}, {id: new, change: {u: {when: "true", waives: ["1.3"]}}}]
"""


def test_what_is_not_in_force_does_not_exist() -> None:
    answer = oracle.assess(*case(CHANGES))
    assert [item["id"] for item in answer["items"]] == ["1.1", "1.3"]
    assert item_of(answer, "1.3")["waived_by"] == ["w"]  # v hangs on 1.2, which does not exist
    later = oracle.assess(*case(CHANGES, on=date(2026, 4, 2)))
    assert [item["id"] for item in later["items"]] == ["1.1", "1.2"]


def test_readings_change_remove_and_add() -> None:
    def statuses(readings: str) -> dict[str, str]:
        answer = oracle.assess(*case(CHANGES, service=f"readings: {readings}"))
        return {item["id"]: item["status"] for item in answer["items"]}

    assert statuses("{}") == {"1.1": "not_applicable", "1.3": "waived"}
    assert statuses("{r: less}") == {"1.1": "not_applicable", "1.3": "missing"}
    assert statuses("{r: less, s: new}") == {"1.1": "not_applicable", "1.3": "waived"}
    more = statuses("{r: more}")  # 1.9 stands inside the range 1.1..1.3 now, 1.10 behind it
    assert more == {"1.1": "waived", "1.9": "waived", "1.3": "waived", "1.10": "missing"}
    assert list(more) == ["1.1", "1.9", "1.3", "1.10"]


def test_every_reading() -> None:
    answer = oracle.assess_all_readings(*case(CHANGES))
    assert answer["verdict"] == "sometimes"
    assert answer["depends_on"] == ["r", "s"]
    assert answer["worlds"] == [
        {"readings": {"r": "as-is", "s": "as-is"}, "compliant": True, "missing": []},
        {"readings": {"r": "as-is", "s": "new"}, "compliant": True, "missing": []},
        {"readings": {"r": "less", "s": "as-is"}, "compliant": False, "missing": ["1.3"]},
        {"readings": {"r": "less", "s": "new"}, "compliant": True, "missing": []},
        {"readings": {"r": "more", "s": "as-is"}, "compliant": False, "missing": ["1.10"]},
        {"readings": {"r": "more", "s": "new"}, "compliant": False, "missing": ["1.10"]},
    ]
    added = oracle.holds_in(*case(CHANGES), ["1.3", "1.10"])
    assert added == {"worlds": 6, "of": 6, "depends_on": []}


def test_the_date_must_be_in_force() -> None:
    with pytest.raises(ValueError, match="not in force"):
        oracle.assess(*case("{items: [], in_force: {until: 2026-03-31}}"))
    assert oracle.assess(*case("{items: [], in_force: {until: 2026-04-01}}"))["compliant"] is True


# --- assess, explain and plan, on one rulebook --------------------------------------------------

RULES = """
items:
  - {id: "1.1", need: optional, met_by: reg}
  - {id: "1.2", need: mandatory, effort: {cost: 5}}
  - {id: "1.10", need: mandatory, met_by: iso}
waivers:
  - {id: w, when: "1.1", waives: [1.2..1.10]}
readings:
  - id: scope
    options: [{id: wide}, {id: narrow, change: {w: {waives: ["1.2"]}}}]
"""
EVIDENCE = """
- {id: reg, kind: certification, effort: {cost: 6, months: 2}}
- {id: iso, kind: certification, effort: {cost: 3, months: 8}, requires: base}
- {id: base, kind: control, effort: {cost: 1, months: 4}}
- {id: gift, kind: control}
"""


def asked(service: str = "{}") -> Case:
    return case(RULES, EVIDENCE, service)


def test_assess_with_nothing_held() -> None:
    answer = oracle.assess(*asked())
    assert answer["compliant"] is False
    assert answer["missing"] == ["1.2", "1.10"]
    assert answer["undecided_by"] == []
    assert answer["items"][0] == {
        "id": "1.1",
        "need": "optional",
        "obligation": "optional",
        "met": False,
        "status": "open",
        "waived_by": [],
    }


def test_until_is_the_last_valid_day() -> None:
    held = oracle.assess(*asked("holds: [{evidence: reg, until: 2026-04-01}]"))
    assert held["compliant"] is True
    assert item_of(held, "1.10")["status"] == "waived"
    assert item_of(held, "1.10")["waived_by"] == ["w"]
    lapsed = oracle.assess(*asked("holds: [{evidence: reg, until: 2026-03-31}]"))
    assert lapsed["missing"] == ["1.2", "1.10"]


def test_unknown_inputs() -> None:
    answer = oracle.assess(*asked("unknown: [reg, iso]"))
    assert answer["compliant"] is None
    assert answer["undecided_by"] == ["reg"]  # without reg, 1.2 is missing whatever iso is
    assert item_of(answer, "1.1") == {
        "id": "1.1",
        "need": "optional",
        "obligation": "optional",
        "met": None,
        "status": "unknown",
        "waived_by": [],
    }
    assert item_of(answer, "1.2")["obligation"] == "unknown"
    assert item_of(answer, "1.2")["status"] == "unknown"
    settled = oracle.assess(*asked("{unknown: [reg], holds: [1.2, iso]}"))
    assert settled["compliant"] is True
    assert settled["undecided_by"] == []
    assert oracle.assess_all_readings(*asked("unknown: [reg]"))["verdict"] is None


def test_an_unknown_that_decides_nothing() -> None:
    rules = "items: [{id: i, need: mandatory, met_by: a or not a}]"
    answer = oracle.assess(*case(rules, "[{id: a, kind: control}]", "unknown: [a]"))
    assert answer["compliant"] is None
    assert answer["undecided_by"] == []


def test_an_unknown_fact() -> None:
    rules = """
    context: {staff: {type: number}, level: {options: [low, mid, high], default: low}}
    items: [{id: i, need: mandatory, applies_when: staff >= 20 and level != low}]
    """
    assert oracle.assess(*case(rules))["compliant"] is True
    answer = oracle.assess(*case(rules, service="{context: {level: high}}"))
    assert answer["undecided_by"] == ["staff"]
    assert item_of(answer, "i")["obligation"] == "unknown"
    both = oracle.assess(*case(rules, service="{unknown: [level]}"))
    assert both["undecided_by"] == ["level", "staff"]
    assert oracle.unset_facts(*case(rules)) == ["staff"]


def test_explain_a_waived_item() -> None:
    assert oracle.explain(*asked("holds: [reg]"), "1.2") == {
        "item": "1.2",
        "status": "waived",
        "obligation": "waived",
        "reasons": [{"waiver": "w", "because": [["reg"]]}],
        "met_because": [["not 1.2"]],
        "could_be_waived": [],
        "could_be_met": [["1.2"]],
    }


def test_explain_a_missing_item() -> None:
    assert oracle.explain(*asked(), "1.10") == {
        "item": "1.10",
        "status": "missing",
        "obligation": "mandatory",
        "reasons": [],
        "met_because": [["not 1.10", "not iso"]],
        "could_be_waived": [{"waiver": "w", "acquire": [["1.1"], ["reg"]]}],
        "could_be_met": [["1.10"], ["iso"]],
    }


def test_explain_an_unknown_item() -> None:
    answer = oracle.explain(*asked("unknown: [reg]"), "1.1")
    assert (answer["status"], answer["obligation"]) == ("unknown", "optional")
    assert answer["met_because"] == []
    assert answer["could_be_met"] == [["1.1"], ["reg"]]


def test_reasons_are_minimal_and_cite_facts() -> None:
    rules = """
    context: {out: {}, staff: {type: number, default: 12}, level: {options: [low, high]}}
    items:
      - {id: i, need: mandatory}
      - {id: j, need: mandatory, met_by: staff < 20 or staff >= 20}
    waivers:
      - {id: w, when: "at_least(2, a, b, not c) and not out", waives: [i]}
      - {id: v, when: staff < 20 and (level != high or out), waives: [i, j]}
      - {id: u, when: level = high and staff > 50, waives: [i]}
    """
    evidence = "[{id: a, kind: control}, {id: b, kind: control}, {id: c, kind: control}]"
    holds = "{holds: [a, b], context: {level: low}}"
    answer = oracle.explain(*case(rules, evidence, holds), "i")
    assert answer["reasons"] == [
        {
            "waiver": "w",
            "because": [
                ["a", "b", "not out"],
                ["a", "not c", "not out"],
                ["b", "not c", "not out"],
            ],
        },
        {"waiver": "v", "because": [["level = low", "staff = 12"]]},
    ]
    assert answer["could_be_waived"] == [{"waiver": "u", "acquire": []}]
    # j is met whatever the facts are
    assert oracle.explain(*case(rules, evidence, holds), "j")["met_because"] == [[]]


def test_what_could_be_added_when_holding_more_may_hurt() -> None:
    rules = """
    items: [{id: i, need: mandatory, met_by: a and not b or a and b and c}]
    """
    evidence = "[{id: a, kind: control}, {id: b, kind: control}, {id: c, kind: control}]"
    with_b = oracle.explain(*case(rules, evidence, "holds: [b]"), "i")
    assert with_b["could_be_met"] == [["i"], ["a", "c"]]
    assert oracle.explain(*case(rules, evidence), "i")["could_be_met"] == [["a"], ["i"]]


def test_plan() -> None:
    assert oracle.plan(*asked()) == {
        "status": "optimal",
        "objective": [["cost", 6], ["actions", 1]],
        "plans": [("reg",)],
    }
    robust = oracle.plan(*asked(), robust=True)
    assert robust["objective"] == [["cost", 9], ["actions", 3]]
    assert robust["plans"] == [("1.2", "base", "iso")]
    assert oracle.plan(*asked("holds: [reg]"))["plans"] == [()]
    infeasible = {"status": "infeasible", "objective": [], "plans": []}
    assert oracle.plan(*asked(), budget=5) == infeasible
    assert oracle.plan(*asked(), only=["attestation"]) == infeasible
    assert oracle.plan(*asked(), only=["certification"])["plans"] == [("reg",)]
    assert oracle.plan(*asked(), forbid=["reg"], deadline=11) == infeasible
    assert oracle.plan(*asked(), forbid=["reg"], deadline=12)["plans"] == [("1.2", "base", "iso")]
    assert oracle.plan(*asked(), require=["1.2"])["objective"] == [["cost", 9], ["actions", 3]]
    assert oracle.plan(*asked("holds: [base]"), require=["base"])["plans"] == [("reg",)]
    assert oracle.plan(*asked(), require=["gift"]) == infeasible  # it has no effort
    assert oracle.plan(*asked("efforts: {gift: {cost: 0}}"), require=["gift"])["objective"] == [
        ["cost", 6],
        ["actions", 2],
    ]
    quoted = asked("efforts: {iso: {cost: 0}}")  # both ways cost 6 now
    assert oracle.plan(*quoted)["plans"] == [("reg",)]
    assert oracle.plan(*quoted, minimize=["cost"])["plans"] == [("1.2", "base", "iso"), ("reg",)]
    assert oracle.plan(*quoted, forbid=["reg"], minimize=["months"])["objective"] == [
        ["months", 12]
    ]


def test_all_minimal_plans() -> None:
    by_hand = [
        {"acquire": ["reg"], "cost": 6, "certifications": 1, "actions": 1, "months": 2},
        {
            "acquire": ["1.2", "base", "iso"],
            "cost": 9,
            "certifications": 1,
            "actions": 3,
            "months": 12,
        },
    ]
    assert oracle.all_minimal_plans(*asked()) == by_hand
    assert oracle.top(*asked(), 1) == by_hand[:1]
    assert oracle.top(*asked(), 5, minimize=["certifications"]) == by_hand
    assert oracle.pareto(*asked(), "cost", "months") == [(6, 2)]


def test_pareto() -> None:
    rules = "items: [{id: i, need: mandatory, met_by: a or b or c or d}]"
    evidence = """
    - {id: a, kind: control, effort: {cost: 1, months: 9}}
    - {id: b, kind: control, effort: {cost: 5, months: 3}}
    - {id: c, kind: control, effort: {cost: 5, months: 4}}
    - {id: d, kind: control, effort: {cost: 9, months: 3}}
    """
    assert oracle.pareto(*case(rules, evidence), "cost", "months") == [(1, 9), (5, 3)]
    assert oracle.pareto(*case(rules, evidence), "months", "cost") == [(3, 5), (9, 1)]
    assert oracle.pareto(*case(rules, evidence), "cost", "months", budget=4) == [(1, 9)]
    assert oracle.pareto(*case(rules, evidence), "cost", "months", budget=0) == []


def test_every_optimal_plan_is_given() -> None:
    rules = "items: [{id: i, need: mandatory, met_by: a or b}]"
    evidence = """
    - {id: a, kind: control, effort: {cost: 2}}
    - {id: b, kind: control, effort: {cost: 2}}
    - {id: c, kind: control, effort: {cost: 0}}
    """
    answer = oracle.plan(*case(rules, evidence), minimize=["cost"])
    assert answer == {"status": "optimal", "objective": [["cost", 2]], "plans": [("a",), ("b",)]}


def test_holding_more_may_switch_a_duty_on() -> None:
    rules = """
    items:
      - {id: i, need: mandatory, met_by: a or b}
      - {id: j, need: mandatory, applies_when: a, effort: {cost: 9}}
    """
    evidence = """
    - {id: a, kind: control, effort: {cost: 1}}
    - {id: b, kind: control, effort: {cost: 5}}
    """
    assert oracle.plan(*case(rules, evidence))["plans"] == [("b",)]
    assert [p["acquire"] for p in oracle.all_minimal_plans(*case(rules, evidence))] == [
        ["b"],
        ["a", "j"],
    ]


def months(requires: str, chosen: list[str], held: str = "[]") -> float:
    """Of the plan `chosen`, where e takes 5 months, fast 1 and slow 10."""
    rules = "items: [{id: i, need: mandatory, met_by: e and slow}]"
    evidence = f"""
    - {{id: e, kind: control, effort: {{months: 5}}, requires: "{requires}"}}
    - {{id: fast, kind: control, effort: {{months: 1}}}}
    - {{id: slow, kind: control, effort: {{months: 10}}}}
    - {{id: ring, kind: control, effort: {{months: 0}}, requires: gnir}}
    - {{id: gnir, kind: control, effort: {{months: 0}}, requires: ring}}
    """
    planner = oracle.Planner(*case(rules, evidence, f"holds: {held}"))
    return planner.measure(chosen, "months")


def test_months() -> None:
    all_three = ["e", "fast", "slow"]
    assert months("true", ["e"]) == 5
    assert months("fast", ["e", "fast"]) == 6
    assert months("fast or slow", all_three) == 10
    assert months("fast or slow", ["e", "slow"]) == 15
    assert months("fast and slow", all_three) == 15
    assert months("fast and slow", ["e", "fast"], held="[slow]") == 6
    assert months("at_least(1, fast, slow)", all_three) == 10
    assert months("at_least(2, fast, slow)", all_three) == 15
    assert months("at_least(2, fast, 2*slow)", all_three) == 15
    assert months("not slow", ["e"]) == 5
    assert months("not slow", ["e", "slow"]) == oracle.NEVER
    assert months("not slow", ["e"], held="[slow]") == oracle.NEVER
    assert months("fast", ["e"]) == oracle.NEVER
    assert months("ring", ["e", "gnir", "ring"]) == oracle.NEVER
    assert months("ring", ["e"], held="[ring]") == 5


def test_more_may_finish_sooner() -> None:
    rules = "items: [{id: i, need: mandatory, met_by: e and slow}]"
    evidence = """
    - {id: e, kind: control, effort: {cost: 1, months: 5}, requires: fast or slow}
    - {id: fast, kind: control, effort: {cost: 1, months: 1}}
    - {id: slow, kind: control, effort: {cost: 1, months: 10}}
    """
    asked = case(rules, evidence)
    soonest = oracle.plan(*asked, minimize=["months"], deadline=14)
    assert soonest["objective"] == [["months", 10]]
    assert soonest["plans"] == [("e", "fast", "slow")]
    minimal = oracle.all_minimal_plans(*asked)
    assert [plan["acquire"] for plan in minimal] == [["e", "slow"]]
    assert oracle.pareto(*asked, "cost", "months") == [(2, 15), (3, 10)]


# --- Against the definition, and against the worked examples ------------------------------------


def forces(world: oracle.World, inputs: oracle.Inputs, names: set[str], item: str) -> bool:
    """Whether met(item) is what it is for every value of the inputs that are not named."""
    free = sorted(world.inputs_of_met(item) - names)
    values = [[*world.possible_values(name), *[inputs[name]]] for name in free]
    values = [[value for value in possible if value is not None] for possible in values]
    present = oracle.Situation(world, inputs).met(item)
    return all(
        oracle.Situation(world, inputs | dict(zip(free, assignment, strict=True))).met(item)
        is present
        for assignment in itertools.product(*values)
    )


@pytest.mark.parametrize("seed", range(40))
def test_reasons_by_their_definition(seed: int) -> None:
    made = generator.case(seed, generator.TINY)
    world = oracle.World(made.rulebook, [made.catalogue], {}, generator.ON)
    inputs = oracle.present_inputs(world, made.service)
    for item in world.items:
        relevant = world.inputs_of_met(item)
        if oracle.Situation(world, inputs).met(item) is None or len(relevant) > 6:
            continue
        citable = [name for name in relevant if inputs[name] is not None]
        forcing = [set(s) for s in oracle.subsets(citable) if forces(world, inputs, set(s), item)]
        minimal = [s for s in forcing if not any(other < s for other in forcing)]
        expected = [[oracle.shown(world, inputs, name) for name in s] for s in minimal]
        gate = operator.methodcaller("met", item)
        found = oracle.forcing_sets(world, inputs, gate, relevant)
        assert found == oracle.in_order(expected)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_examples(folder: Path) -> None:
    rulebook, catalogue, service = (
        read((folder / f"{name}.yaml").read_text("utf-8"))
        for name in ("rulebook", "cat", "service")
    )
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    asked = rulebook, [catalogue], service, ON
    answers = {
        "assess": oracle.assess(*asked),
        "plan": oracle.plan(*asked),
        "plan --robust": oracle.plan(*asked, robust=True),
    }
    for question, parts in expected.items():
        assert {key: answers[question][key] for key in parts} == parts


def test_there_are_six_examples() -> None:
    assert len(EXAMPLES) == 6
