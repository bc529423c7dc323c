"""What would give a plan, and what is told where there is none: held against the search itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from engine import ROOT, Countdown, engine
from test_agreement import request_of
from test_conflict import MANY, ON, cases_of, parted, tight

from cloudrules.cli.main import main
from cloudrules.core import plan, within
from cloudrules.core.case import Case
from cloudrules.core.conflict import Clash
from cloudrules.core.plan import PlanAnswer
from cloudrules.core.problem import Clock
from cloudrules.core.repair import Reasons, Repair
from cloudrules.core.request import Request, checked
from cloudrules.core.service import KINDS
from cloudrules.solvers import SOLVERS, named

NEW = str(ROOT / "scenarios" / "services" / "newcomer.yaml")
STRICT = str(ROOT / "scenarios" / "rulebooks" / "stricter-city.yaml")
Run = Callable[..., tuple[int, str]]


def answered(cases: list[Case], asked: Request, clock: Clock, solver: str = "auto") -> PlanAnswer:
    return plan.from_cases(cases, asked, named(solver), clock, reasons=MANY)


def mended(asked: Request, mend: Repair) -> Request:
    """The request as a mend has it."""
    return replace(
        asked,
        forbid=tuple(name for name in asked.forbid if f"forbid {name}" not in mend.drop),
        require=tuple(name for name in asked.require if f"require {name}" not in mend.drop),
        only=tuple(kind for kind in KINDS if kind in (*asked.only, *mend.allow)),
        budget=asked.budget if mend.budget is None else mend.budget,
        deadline=asked.deadline if mend.deadline is None else mend.deadline,
    )


def reasons_of(answer: PlanAnswer) -> Reasons:
    assert answer.status == "infeasible"
    assert answer.reasons is not None
    return answer.reasons


@pytest.mark.parametrize("seed", range(80))
def test_what_would_do_if_it_were_held(seed: int, tmp_path: Path) -> None:
    made = generator.case(seed)
    generator.write(made, tmp_path)
    options, robust = tight(seed)
    case = engine(tmp_path, ON)
    answer = answered([case], checked(request_of(options, robust), [case]), Clock(None))
    if answer.status != "infeasible":
        return
    found = reasons_of(answer)
    minimize = options.pop("minimize", ("cost", "actions"))
    parts = made.rulebook, [made.catalogue]
    planner = oracle.Planner(*parts, made.service, ON, robust=robust)
    expected = []
    for entry in made.catalogue["evidence"]:
        name = oracle.normal(entry["id"])
        if name in planner.effort or name in planner.held:
            continue
        service = oracle.with_added(made.service, [name])
        best = oracle.plan(*parts, service, ON, minimize, robust=robust, **options)
        if best["status"] == "optimal":
            expected.append((name, best["objective"]))
    told = [(each.hold, [list(pair) for pair in each.objective]) for each in found.if_held]
    assert sorted(told) == (sorted(expected) if not found.repairs else [])
    # Several things held together are not looked for.
    unplanned = [
        oracle.normal(entry["id"])
        for entry in made.catalogue["evidence"]
        if oracle.normal(entry["id"]) not in {*planner.effort, *planner.held}
    ]
    assert found.more_if_held is (not found.repairs and not expected and bool(unplanned))


@pytest.mark.parametrize("seed", range(40))
def test_time_that_runs_out(seed: int, tmp_path: Path) -> None:
    """What is told is true all the same, and a list that may lack some says so."""
    made = generator.case(seed)
    options, robust = tight(seed)
    cases = cases_of(made, parted(made.rulebook, seed), tmp_path)
    asked = checked(request_of(options, robust), cases)
    answer = answered(cases, asked, Clock(None))
    if answer.status != "infeasible":
        return
    whole = reasons_of(answer)
    cut = False
    for looks in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144):
        for solver in ("auto", "python-constraint"):
            early = answered(cases, asked, Countdown(looks), solver)
            assert early.status in ("infeasible", "unknown")
            if early.status == "unknown":
                assert early.reasons is early.conflict is None
                continue
            found = reasons_of(early)
            cut = cut or found != whole
            told = ("conflicts", "repairs", "blocked", "if_held")
            flags = ("more", "more_repairs", "more_blocked", "more_if_held")
            for key, flag in zip(told, flags, strict=True):
                some, all_of = set(shown(found, key)), set(shown(whole, key))
                if key == "blocked":
                    some, all_of = {each for each, _ in some}, {each for each, _ in all_of}
                if key == "if_held" and whole.repairs:
                    all_of = some  # not looked for where a mend is known
                assert some <= all_of
                assert some == all_of or getattr(found, flag) or found.more_repairs
            assert {each.because for each in found.blocked} <= set(whole.conflicts)
    assert cut


def shown(found: Reasons, key: str) -> list[Any]:
    """What a list says that does not rest on which of several best plans is found."""
    if key == "conflicts":
        return list(found.conflicts)
    if key == "blocked":
        return [(each.limit, each.because) for each in found.blocked]
    return [replace(each, acquire=(), estimate=False) for each in getattr(found, key)]


def test_where_an_item_is_met(tmp_path: Path) -> None:
    """By nothing else than what is banned; by nothing at all; or by something else as well."""
    case = small(tmp_path)
    every = Request(("cost",), forbid=("x", "y"))
    demands = {
        demand.item: demand.met_only_by
        for clash in reasons_of(answered([case], every, Clock(None))).conflicts
        for demand in clash.demands
    }
    assert demands == {"a": ("x",), "b": ("x", "y"), "d": (), "e": ("y",)}
    poor = Request(("cost",), budget=0)
    for clash in reasons_of(answered([case], poor, Clock(None))).conflicts:
        for demand in clash.demands:
            assert demand.met_only_by == (() if demand.item == "d" else None)


RULES = """rulebook: small
title: Small
catalogues: [cat]
items:
  - {id: a, need: mandatory, text: The first, met_by: x}
  - {id: b, need: mandatory, text: The second, met_by: x or y}
  - {id: c, need: mandatory, text: The third, met_by: x or z}
  - {id: d, need: mandatory, text: The fourth, met_by: never}
  - {id: e, need: mandatory, text: The fifth, met_by: y and (x or z)}
waivers:
  - {id: w, text: Released, waives: [b], when: z and y}
"""
CATALOGUE = """catalogue: cat
evidence:
  - {id: x, kind: certification, title: Ex, effort: {cost: 5, months: 2}}
  - {id: y, kind: control, title: Why, effort: {cost: 3, months: 1}}
  - {id: z, kind: hosting, title: Zed, effort: {cost: 1, months: 1}}
  - {id: never, kind: control, title: Never}
"""


def small(folder: Path, rules: str = RULES) -> Case:
    (folder / "rulebook.yaml").write_text(rules, "utf-8")
    (folder / "cat.yaml").write_text(CATALOGUE, "utf-8")
    (folder / "service.yaml").write_text("service: S\nrulebook: ./rulebook.yaml\n", "utf-8")
    return engine(folder, ON)


def test_two_rulebooks_whose_items_have_the_same_ids(tmp_path: Path, run: Run) -> None:
    small(tmp_path)
    other = RULES.replace("rulebook: small", "rulebook: other").replace("met_by: x}", "met_by: z}")
    other = other.replace("The first", "Another first").replace("met_by: never", "met_by: x")
    (tmp_path / "other.yaml").write_text(other.replace("text: Released,", ""), "utf-8")
    books = [f"--rulebook={tmp_path / name}.yaml" for name in ("rulebook", "other")]
    args = [str(tmp_path / "service.yaml"), *books, "--forbid", "z"]
    code, out = run(*args, "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["rulebook"] == ["small", "other"]
    assert [clash["clauses"] for clash in found["conflicts"]] == [
        [
            {
                "rulebook": "small",
                "item": "d",
                "need": "mandatory",
                "waivers": [],
                "met_only_by": [],
            }
        ],
        [
            {
                "rulebook": "other",
                "item": "a",
                "need": "mandatory",
                "waivers": [],
                "met_only_by": ["z"],
            }
        ],
    ]
    assert found["conflicts"][1]["items"] == [{"rulebook": "other", "item": "a"}]
    assert found["repairs"] == found["if_held"] == []
    assert [each["limit"] for each in found["blocked"]] == ["forbid z"]
    _, text = run(*args, "--lang", "en")
    assert "- small: item d (mandatory): The fourth\n  - nothing that can be acquired" in text
    assert "- other: item a (mandatory): Another first\n  - met only by Zed (z), which" in text
    assert "Giving up limits does not help" in text
    assert "Not enough by itself" not in text
    _, text = run(*args[:-2], "--budget", "0", "--add", "never", "--lang", "en")
    assert "raise the budget to ¥9*" in text


# --- The shipped checklist, on the command line ---------------------------------------------------


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def run(*args: str) -> tuple[int, str]:
        code = main(["plan", *args, "--on", "2026-12-01"])
        out, err = capsysbinary.readouterr()
        assert not err, err
        return code or 0, out.decode("utf-8")

    return run


def test_what_json_says(run: Run) -> None:
    code, out = run(NEW, "--only", "control", "--limit", "2", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert list(found)[-8:] == [
        "conflicts",
        "repairs",
        "more_repairs",
        "blocked",
        "more_blocked",
        "if_held",
        "more_if_held",
        "receipt",
    ]
    assert found["more"]
    assert len(found["conflicts"]) == 2
    for clash in found["conflicts"]:
        assert list(clash) == ["limits", "items", "clauses"]
        assert [each["item"] for each in clash["clauses"]] == clash["items"]
        for each in clash["clauses"]:
            assert list(each) == ["item", "need", "waivers", "met_only_by"]
    (mend,) = found["repairs"]
    assert mend == {
        "drop": [],
        "allow": ["certification"],
        "objective": [["cost", 300_000], ["actions", 1]],
        "acquire": ["service.aspic"],
    }
    _, out = run(NEW, "--only", "control", "--budget", "299999", "--deadline", "1", *JSON)
    (mend,) = json.loads(out)["repairs"]
    assert list(mend) == [
        *("drop", "budget", "budget_by", "deadline", "deadline_by", "allow"),
        *("objective", "acquire"),
    ]
    assert (mend["budget_by"], mend["deadline_by"]) == (1, 1)


JSON = ("--format", "json")
TIGHT = [
    ["--deadline", "0"],
    ["--budget", "0"],
    ["--only", "control"],
    ["--budget", "1000", "--deadline", "1"],
    ["--forbid", "service.aspic", "--budget", "300000"],
    ["--forbid", "service.aspic", "--require", "service.aspic"],
    ["--robust", "--budget", "1000", "--only", "certification"],
    ["--robust", "--forbid", "dc.tier3"],
    ["--rulebook", "municipal-cloud-level-2", "--rulebook", STRICT, "--budget", "1000"],
    ["--only", "certification", "--rulebook", STRICT, "--deadline", "6"],
]


@pytest.mark.parametrize("options", TIGHT, ids=" ".join)
def test_every_mend_does(options: list[str], run: Run) -> None:
    """The command as each mend has it finds the plan it tells of, and nothing less does."""
    code, out = run(NEW, *options, *JSON)
    found = json.loads(out)
    assert code == 1
    assert found["repairs"]
    for mend in found["repairs"]:
        args = list(options)
        for dropped in mend["drop"]:
            key, _, name = dropped.partition(" ")
            at = args.index(name)
            if args[at - 1] != f"--{key}":
                at = args.index(name, at + 1)
            del args[at - 1 : at + 1]
        for key in ("budget", "deadline"):
            if key in mend:
                args[args.index(f"--{key}") + 1] = str(mend[key])
        args += [word for kind in mend.get("allow", ()) for word in ("--only", kind)]
        code, out = run(NEW, *args, *JSON)
        plans = json.loads(out)
        assert code == 0
        assert plans["objective"] == mend["objective"]
        for key in ("budget", "deadline"):
            if key in mend:
                args[args.index(f"--{key}") + 1] = str(mend[key] - 1)
                assert run(NEW, *args, *JSON)[0] == 1
    for each in found["blocked"]:
        assert each["limit"] not in each["because"]["limits"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "What would give a plan",
                "- also allow the kind certification -> ¥300,000*, 1 thing to acquire: ASPIC",
                "What cannot hold together",
                "Conflict 3",
                "- item 1.8 (mandatory): Where registration with ISMAP",
                "  - met only by ISO/IEC 27001 of the organisation that provides the servers",
                "  - hosting (inside 1.8) would release it, but cannot be made to",
                "Conflicts 4 to 10",
                "- each of the items 1.12, 1.13, 1.16, 1.24..1.27 by itself is met or waived",
                "There may be more conflicts; --limit gives more.",
            ],
        ),
        (
            "ja",
            [
                "計画が見つかるようにするには",
                "- 種別認証・登録も認める → 費用300,000円*、取得するもの1件",
                "両立しない条件の組合せ",
                "矛盾 3",
                "- 要件1.8（必須）: 1.7でISMAPへの登録が行われている場合",
                "（csp.iso27001）だけ",
                "  - 不要とする規定: 1.8のセルの前半（hosting）",
                "矛盾 4～10",
                "- 要件1.12、1.13、1.16、1.24..1.27のそれぞれを、充足するか不要とすること",
                "矛盾はほかにもある可能性があります（--limit で増やせます）。",
            ],
        ),
    ],
)
def test_pages(language: str, lines: list[str], run: Run) -> None:
    _, text = run(NEW, "--only", "control", "--lang", language)
    for each in lines:
        assert each in text
    _, page = run(NEW, "--only", "control", "--lang", language, "--format", "markdown")
    assert f"## {lines[0]}" in page
    assert f"### {lines[3]}" in page


def test_limits_that_are_not_enough_to_give_up_are_told_once(run: Run) -> None:
    names = ("csp.iso27001", "csp.ismap", "service.ismap", "service.ismap_liu", "service.aspic")
    words = [
        word for name in (*names, "csp.iso27018", "csp.pci_dss") for word in ("--forbid", name)
    ]
    _, text = run(NEW, *words, "--lang", "en")
    assert text.count("Even without") == 1
    assert "Even without any one of these there is no plan: " in text
    _, text = run(NEW, *words, "--lang", "ja")
    assert text.count("次のどれか1つをやめるだけでは足りません") == 1


def test_every_way_to_ask_tells_why(run: Run) -> None:
    """A front, near plans and several plans say what one plan says where there is none."""
    one = json.loads(run(NEW, "--budget", "0", *JSON)[1])
    del one["receipt"]
    for mode in (["--within", "10"], ["--all"], ["--top", "2"], ["--pareto", "cost,actions"]):
        code, out = run(NEW, "--budget", "0", *mode, *JSON)
        assert code == 1
        found = json.loads(out)
        assert found.pop("receipt")["command"][0] == "plan"
        assert found == one
    front = json.loads(run(NEW, "--budget", "0", "--pareto", "months,cost", *JSON)[1])
    assert [clash["items"] for clash in front["conflicts"]]
    assert front["repairs"][0]["budget"] == 300_000


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    generator.write(generator.medium(3, 20, "dense"), tmp_path)
    args = ["--budget", "30", "--deadline", "2", "--robust", "--limit", "4", "--format", "json"]
    calls = [
        [str(tmp_path / "service.yaml"), *args],
        [NEW, "--rulebook", "municipal-cloud-level-2", "--rulebook", STRICT, *args],
    ]
    for call in calls:
        command = [sys.executable, "-m", "cloudrules", "plan", *call, "--on", "2026-12-01"]
        out = {
            subprocess.run(
                command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True
            ).stdout
            for seed in ("0", "1")
        }
        assert len(out) == 1
        assert json.loads(out.pop())["status"] == "infeasible"


@pytest.mark.parametrize("seed", range(30))
def test_a_list_that_is_cut(seed: int, tmp_path: Path) -> None:
    made = generator.case(seed)
    options, robust = tight(seed)
    cases = cases_of(made, parted(made.rulebook, seed), tmp_path)
    asked = checked(request_of(options, robust), cases)
    whole = answered(cases, asked, Clock(None))
    if whole.reasons is None:
        return
    for most in (1, 2, 3):
        cut = plan.from_cases(cases, asked, named("auto"), Clock(None), reasons=most)
        found = reasons_of(cut)
        assert len(found.conflicts) == min(most, len(whole.reasons.conflicts))
        assert set(found.conflicts) <= set(whole.reasons.conflicts)
        assert found.more == cut.more == (len(whole.reasons.conflicts) > most)
        assert shown(found, "repairs") == shown(whole.reasons, "repairs")[:most]
        assert found.more_repairs == (len(whole.reasons.repairs) > most)
        near = within.from_cases(
            cases, asked, Fraction(seed), named("auto"), Clock(None), reasons=most
        )
        assert near.reasons == found


@pytest.mark.parametrize("solver", [name for name in SOLVERS if name != "auto"])
def test_conflicts_are_the_same_with_every_solver(solver: str, tmp_path: Path) -> None:
    for seed in range(25):
        made = generator.case(seed)
        options, robust = tight(seed)
        cases = cases_of(made, parted(made.rulebook, seed), tmp_path / str(seed))
        asked = checked(request_of(options, robust), cases)
        one, two = (answered(cases, asked, Clock(None), each) for each in ("auto", solver))
        if one.reasons is None:
            assert two.reasons is None
            continue
        assert keyed(one.reasons) == keyed(reasons_of(two))


def keyed(found: Reasons) -> tuple[tuple[Clash, ...], list[Any]]:
    return found.conflicts, shown(found, "repairs")
