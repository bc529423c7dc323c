"""From rules to gates: cycles named with their places, readings that exclude one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml
from engine import engine

from cloudrules.core import part, plan
from cloudrules.core.case import Case
from cloudrules.core.errors import BadInput, Fault, TooLarge
from cloudrules.core.problem import Clock
from cloudrules.core.request import Request
from cloudrules.solvers import SOLVERS, named

ON = generator.ON
CAT = """
catalogue: cat
evidence:
  - {id: a, kind: control, effort: {cost: 1}}
  - {id: b, kind: control, effort: {cost: 2}}
"""


def write(folder: Path, rules: str, service: str = "") -> Path:
    (folder / "rulebook.yaml").write_text(f"rulebook: r\ncatalogues: [cat.yaml]\n{rules}")
    (folder / "cat.yaml").write_text(CAT)
    (folder / "service.yaml").write_text(f"service: s\nrulebook: rulebook.yaml\n{service}")
    return folder


def made(folder: Path, rules: str, service: str = "") -> Case:
    return engine(write(folder, rules, service), ON)


def faults(folder: Path, rules: str, service: str = "") -> tuple[Fault, ...]:
    with pytest.raises(BadInput) as raised:
        made(folder, rules, service)
    return raised.value.faults


def answers_like_the_oracle(folder: Path, case: Case) -> None:
    """In every reading."""
    rules, cat, service = (
        yaml.load((folder / f"{name}.yaml").read_text(), yaml.BaseLoader)
        for name in ("rulebook", "cat", "service")
    )
    expected = oracle.assess_all_readings({"waivers": [], **rules}, [cat], service, ON)
    found = case.in_all_readings()
    assert [
        {"readings": w.readings, "compliant": w.compliant, "missing": list(w.missing)}
        for w in found.worlds
    ] == expected["worlds"]
    assert list(found.depends_on) == expected["depends_on"]


# --- Cycles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "steps"),
    [
        (
            """
items:
  - id: 1.1
    need: mandatory
    met_by: a and 1.2
  - id: 1.2
    need: mandatory
    met_by: any(1.3..1.4)
  - {id: 1.3, need: optional, met_by: b}
  - id: 1.4
    need: optional
    met_by: not 1.1
""",
            {"met(1.1)": 7, "met(1.2)": 10, "met(1.4)": 14},
        ),
        (
            """
items:
  - {id: 1.1, need: mandatory}
  - {id: 1.2, need: mandatory}
waivers:
  - id: v
    when: waived(1.2)
    waives:
      - 1.1
  - id: w
    when: a and waived(1.1)
    waives:
      - 1.1..1.2
""",
            {"fires(w)": 13},
        ),
        ("items:\n  - {id: 1.1, need: mandatory, met_by: 1.1}\n", {"met(1.1)": 4}),
    ],
    ids=["among items", "through waivers", "of one"],
)
def test_a_cycle_is_named_with_its_places(
    rules: str, steps: dict[str, int], tmp_path: Path
) -> None:
    found, *others = faults(tmp_path, rules)
    assert {each.code for each in (found, *others)} == {"cycle"}
    path = found.values["path"].split(" -> ")
    assert path[0] == path[-1], "it comes back to where it starts"
    said = dict(step.removesuffix("]").split(" [") for step in path)
    for step, line in steps.items():
        assert said[step] == f"{tmp_path / 'rulebook.yaml'}:{line}"
    assert found.place.file.endswith("rulebook.yaml")
    assert found.place.line in {int(place.rpartition(":")[2]) for place in said.values()}
    if "fires(w)" not in steps:
        assert set(said) == set(steps)


def test_applies_when_may_name_anything(tmp_path: Path) -> None:
    """No condition can name whether an item applies, so that is on no cycle."""
    rules = """
items:
  - {id: 1.1, need: mandatory, met_by: a, applies_when: not 1.1}
  - {id: 1.2, need: mandatory, applies_when: waived(1.2) or 1.1}
waivers: [{id: w, when: 1.1, waives: [1.2]}]
"""
    case = made(tmp_path, rules, "holds: [a]")
    assert [item.status for item in case.assessed().items] == ["met", "waived"]


def test_a_cycle_through_two_options_of_one_reading_is_none(tmp_path: Path) -> None:
    rules = """
items:
  - {id: 1.1, need: mandatory, met_by: a}
  - {id: 1.2, need: mandatory, met_by: b}
readings:
  - id: r
    options:
      - {id: neither}
      - {id: one, change: {1.1: {met_by: 1.2}}}
      - {id: two, change: {1.2: {met_by: 1.1}}}
"""
    for held in ("[]", "[a]", "[b]", "[a, b]"):
        answers_like_the_oracle(tmp_path, made(tmp_path, rules, f"holds: {held}"))


def test_a_cycle_through_options_of_two_readings_is_one(tmp_path: Path) -> None:
    rules = """
items:
  - {id: 1.1, need: mandatory, met_by: a}
  - {id: 1.2, need: mandatory, met_by: b}
readings:
  - {id: r, options: [{id: no}, {id: yes, change: {1.1: {met_by: 1.2}}}]}
  - {id: s, options: [{id: no}, {id: yes, change: {1.2: {met_by: 1.1}}}]}
"""
    found, *others = faults(tmp_path, rules)
    assert {each.code for each in (found, *others)} == {"cycle"}
    assert "met(1.1)" in found.values["path"]
    assert "met(1.2)" in found.values["path"]


# --- Readings -------------------------------------------------------------------------------------


def test_a_reading_that_moves_an_item(tmp_path: Path) -> None:
    """Ranges follow: 1.2, put before 1.1, is no longer between 1.1 and 1.3."""
    rules = """
items:
  - {id: 1.0, need: optional}
  - {id: 1.1, need: mandatory}
  - {id: 1.2, need: mandatory}
  - {id: 1.3, need: mandatory}
waivers: [{id: w, when: a, waives: [1.1..1.3]}]
readings:
  - {id: r, options: [{id: as-written}, {id: moved, change: {1.2: {after: 1.0}}}]}
"""
    case = made(tmp_path, rules, "holds: [a]")
    here, there = case.in_all_readings().worlds
    assert (here.missing, there.missing) == ((), ("1.2",))
    moved = engine(write(tmp_path, rules, "holds: [a]\nreadings: {r: moved}"), ON)
    assert [item.id for item in moved.assessed().items] == ["1.0", "1.2", "1.1", "1.3"]
    assert moved.assessed().missing == ("1.2",)


def test_a_reading_that_turns_a_range_round(tmp_path: Path) -> None:
    rules = """
items:
  - {id: 1.0, need: optional}
  - {id: 1.1, need: mandatory}
  - {id: 1.2, need: mandatory}
waivers: [{id: w, when: a, waives: [1.1..1.2]}]
readings:
  - {id: r, options: [{id: as-written}, {id: moved, change: {1.2: {after: 1.0}}}]}
"""
    assert [fault.code for fault in faults(tmp_path, rules)] == ["range-backwards"]


def test_an_item_out_of_force_is_no_member_of_a_range(tmp_path: Path) -> None:
    """Named alone it is not met; in a range it is not asked for."""
    rules = """
items:
  - {id: 1.1, need: optional, met_by: a}
  - {id: 1.2, need: optional, met_by: a, in_force: {from: 2030-04-01}}
  - {id: 1.3, need: optional, met_by: a}
  - {id: 1.4, need: mandatory, met_by: "all(1.1..1.3)"}
  - {id: 1.5, need: mandatory, met_by: "all(1.1, 1.2, 1.3)"}
  - {id: 1.6, need: mandatory, met_by: "at_least(3, 1.1..1.3)"}
"""
    assert made(tmp_path, rules, "holds: [a]").assessed().missing == ("1.5", "1.6")


ADDS = """
items:
  - {id: 1.1, need: mandatory, met_by: a}
readings:
  - {id: r, options: [{id: no}, {id: yes, change: {1.2: {need: mandatory}}}]}
  - {id: s, options: [{id: no}, {id: yes, change: {1.2: {need: optional}}}]}
"""


def test_an_item_that_a_reading_adds_can_be_held(tmp_path: Path) -> None:
    case = made(tmp_path, ADDS, "holds: [a, 1.2]")
    assert [item.id for item in case.assessed().items] == ["1.1"]
    assert case.in_all_readings().verdict == "always"
    there = made(tmp_path, ADDS, "holds: [a, 1.2]\nreadings: {r: yes}").assessed()
    assert there.item("1.2").status == "met"
    assert made(tmp_path, ADDS, "holds: [a]").in_all_readings().verdict == "sometimes"


def test_a_robust_plan_sees_what_every_reading_adds(tmp_path: Path) -> None:
    """Also where the option that adds it clashes with the one that is taken."""
    for taken in ("{}", "{r: yes}", "{s: yes}"):
        case = made(tmp_path, ADDS, f"holds: [a]\nreadings: {taken}")
        for solver in SOLVERS:
            request = Request(("cost",), robust=True)
            found = plan.from_cases([case], request, named(solver), Clock(None))
            assert found.status == "optimal", taken
            assert found.plans[0].acquire == ("1.2",)


CLASH = """
items:
  - {id: 1.1, need: mandatory, met_by: a}
  - {id: 1.2, need: mandatory, met_by: a}
readings:
  - {id: r, options: [{id: no}, {id: yes, change: {1.1: {met_by: b}}}]}
  - {id: s, options: [{id: no}, {id: yes, change: {1.1: {met_by: a or b}}}]}
  - {id: t, options: [{id: no}, {id: yes, change: {1.1: {need: optional}, 1.2: null}}]}
"""


def test_options_that_clash_make_no_world(tmp_path: Path) -> None:
    """Two options that change the same field of the same entry cannot be taken together."""
    case = made(tmp_path, CLASH, "holds: [b]")
    found = case.in_all_readings()
    assert len(found.worlds) == 6
    assert not any(w.readings["r"] == w.readings["s"] == "yes" for w in found.worlds)
    verdicts = {tuple(w.readings.values()): w.compliant for w in found.worlds}
    assert verdicts == {
        ("no", "no", "no"): False,
        ("no", "no", "yes"): True,
        ("no", "yes", "no"): False,
        ("no", "yes", "yes"): True,
        ("yes", "no", "no"): False,
        ("yes", "no", "yes"): True,
    }
    assert found.depends_on == ("t",)
    for solver in SOLVERS:
        robust = plan.from_cases(
            [case], Request(("cost",), robust=True), named(solver), Clock(None)
        ).plans[0]
        assert robust.acquire == ("a",)
        assert robust.holds_in == plan.HoldsIn(6, 6, ())
    (fault,) = faults(tmp_path, CLASH, "readings: {r: yes, s: yes}")
    assert fault.code == "readings-clash"
    assert {fault.values["one"], fault.values["two"]} == {"r=yes", "s=yes"}
    assert (fault.values["entry"], fault.values["field"]) == ("1.1", "met_by")


def test_an_entry_removed_by_one_option_and_changed_by_another(tmp_path: Path) -> None:
    rules = CLASH.replace("{1.1: {need: optional}, 1.2: null}", "{1.1: null}")
    found = made(tmp_path, rules).in_all_readings()
    assert len(found.worlds) == 4  # no two of the three options go together
    (fault,) = faults(tmp_path, rules, "readings: {s: yes, t: yes}")
    assert fault.code == "readings-clash"


def many(count: int, change: str) -> str:
    """A rulebook with so many readings of two options."""
    readings = "\n".join(
        f"  - {{id: r{at}, options: [{{id: no}}, {{id: yes, change: {{{change}}}}}]}}".replace(
            "NUMBER", str(at)
        )
        for at in range(count)
    )
    items = "\n".join(
        f"  - {{id: 1.{at}, need: mandatory, met_by: a, applies_when: b}}" for at in range(count)
    )
    return f"items:\n{items}\nreadings:\n{readings}\n"


@pytest.mark.parametrize(
    "change",
    ["1.NUMBER: {met_by: a or b}", "2.NUMBER: {need: mandatory, met_by: b}"],
    ids=["that change items", "that add items"],
)
def test_more_readings_than_can_be_counted(change: str, tmp_path: Path) -> None:
    """The reading that is taken is answered all the same; all at once is refused."""
    case = made(tmp_path, many(20, change), "holds: [b]\nreadings: {r1: yes}")
    found = case.assessed()
    missing = [f"1.{at}" for at in range(20)]
    if change.startswith("1."):
        missing.remove("1.1")
    assert found.missing == tuple(missing)
    with pytest.raises(TooLarge):
        case.in_all_readings()
    for solver in SOLVERS:
        best = plan.from_cases([case], Request(("cost",)), named(solver), Clock(None))
        assert best.plans[0].acquire == ("a",)
        assert best.plans[0].holds_in is None
        robust = Request(("cost",), robust=True)
        with pytest.raises(TooLarge):
            plan.from_cases([case], robust, named(solver), Clock(None))


def test_places_of_gates(tmp_path: Path) -> None:
    rules = """
items:
  - id: 1.1
    need: mandatory
    met_by: a
    applies_when: b
  - {id: 1.2, need: mandatory}
waivers:
  - id: w
    when: b
    waives: [1.2]
"""
    case = made(tmp_path, rules)
    lines = {name: place.line for name, place in case.circuit.places.items()}
    expected: dict[tuple[str, ...], int] = {
        ("met", "1.1"): 7,
        ("applies", "1.1"): 8,
        ("owed", "1.1"): 5,
        ("missing", "1.1"): 5,
        ("met", "1.2"): 9,
        ("fires", "w"): 12,
    }
    assert {name: lines[name] for name in expected} == expected
    assert all(place.file.endswith("rulebook.yaml") for place in case.circuit.places.values())


def test_gates_stand_in_topological_order(tmp_path: Path) -> None:
    for seed in range(30):
        folder = tmp_path / str(seed)
        generator.write(generator.case(seed), folder)
        found = engine(folder, ON).circuit
        for at, gate in enumerate(found.gates):
            assert all(arg < at for arg in gate.args)
        assert len(set(found.gates)) == len(found.gates), "each gate is made once"


def test_combinations_count_like_a_clock(tmp_path: Path) -> None:
    case = made(tmp_path, CLASH)
    every: list[Any] = list(part.combinations_of(case.rulebook.readings))
    assert [tuple(each.values()) for each in every[:3]] == [
        ("no", "no", "no"),
        ("no", "no", "yes"),
        ("no", "yes", "no"),
    ]
    assert len(every) == 8
