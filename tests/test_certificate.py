"""Certificates: what is true passes by other means, and what is not is caught."""

from __future__ import annotations

import copy
import io
import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
from engine import ROOT, Countdown, engine

from cloudrules.cli.main import main
from cloudrules.core import certificate, cores, plan, seal, verification
from cloudrules.core.case import Case
from cloudrules.core.certificate import Question
from cloudrules.core.errors import BadInput
from cloudrules.core.plan import PlanAnswer
from cloudrules.core.planner import Planner
from cloudrules.core.problem import Clock
from cloudrules.core.request import checked
from cloudrules.core.service import PlanRequest
from cloudrules.files.certificate import read
from cloudrules.render.phrases import PHRASES
from cloudrules.solvers import named

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:48").split(":"))
SEEDS = range(first, last)
SOLVERS = ("auto", "clingo", "cp-sat", "python-constraint")
ON = generator.ON
NEWCOMER = ROOT / "scenarios" / "services" / "newcomer.yaml"
Json = dict[str, Any]
Verify = Callable[..., tuple[int, Json]]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOUDRULES_KNOWLEDGE_BASE", raising=False)
    monkeypatch.delenv("CLOUDRULES_LANG", raising=False)


@pytest.fixture
def verify(capsysbinary: pytest.CaptureFixture[bytes]) -> Verify:
    """The exit code, and the answer where there is one."""

    def run(path: Path, *args: str) -> tuple[int, Json]:
        capsysbinary.readouterr()
        code = main(["verify", str(path), "--format", "json", *args])
        out, err = capsysbinary.readouterr()
        assert b"Traceback" not in err
        if code == 2:
            assert out == b""
            assert err.strip()
            return code, {}
        assert err == b""
        return code, json.loads(out)

    return run


def size(seed: int) -> generator.Size:
    return generator.WIDE if seed % 5 == 4 else generator.SMALL


def options_of(seed: int) -> dict[str, Any]:
    options = generator.plan_options(seed, size(seed)) if seed % 3 else {}
    return {**options, "robust": random.Random(f"certificate {seed}").random() < 0.4}


def words(options: dict[str, Any]) -> list[str]:
    """Options of a plan as they are given."""
    given: list[str] = ["--robust"] if options.get("robust") else []
    if "minimize" in options:
        given += ["--minimize", ",".join(options["minimize"])]
    for key in ("forbid", "require", "only"):
        given += [f"--{key}={name}" for name in options.get(key, ())]
    for key in ("budget", "deadline"):
        given += [f"--{key}={options[key]}"] if options.get(key) is not None else []
    return given


def certified(folder: Path, *args: str, service: str = "service.yaml", on: str = str(ON)) -> Path:
    path = folder / "plan.json"
    fixed = ["--on", on, "--certificate", str(path), "--force", "-o", str(folder / "out")]
    assert main(["plan", str(folder / service), *fixed, *args]) in (0, 1)
    return path


def of_seed(seed: int, folder: Path, *args: str) -> tuple[generator.Case, Path]:
    case = generator.case(seed, size(seed))
    generator.write(case, folder)
    return case, certified(folder, *words(options_of(seed)), *args)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_one_solver_plans_another_verifies(seed: int, tmp_path: Path, verify: Verify) -> None:
    _, path = of_seed(seed, tmp_path, "--solver", SOLVERS[seed % 4])
    code, found = verify(path)
    assert [each for each in found["checks"] if each["status"] != "passed"] == []
    assert (code, found["passed"]) == (0, True)


# --- What is not so -------------------------------------------------------------------------------


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in list(inside):
        yield (*path, key), value
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))


OTHERS = {
    "status": ["optimal", "feasible", "infeasible", "unknown"],
    "on": ["2026-12-31", "2028-02-29", "1999-01-01"],
    "solver": list(SOLVERS),
    "objective": ["cost", "months", "actions", "certifications"],
}


def others(key: Any, value: Any) -> list[Any]:
    """Values like a value, and unlike it."""
    found: list[Any] = [None, "x", -1, True, [], {}, 1.5]
    if isinstance(value, bool):
        found.append(not value)
    elif isinstance(value, int):
        found += [value + 1, max(0, value - 1), 0, 10**12, 10**35, str(value)]
    elif isinstance(value, str):
        found += [value + "x", value[:-1], value[::-1], "../" + value, *OTHERS.get(key, ())]
        found += [{"0": "1"}.get(value[:1], "0") + value[1:]]
    elif isinstance(value, list):
        found += [value[1:], value[::-1], value + value[:1], [*value, "x"]]
    elif isinstance(value, dict):
        found += [dict(list(value.items())[1:]), {**value, "x": 1}]
    elif value is None:
        found += [0, 1, 10**12]
    return [each for each in found if (type(each), each) != (type(value), value)]


def mutated(tree: Json) -> Iterator[tuple[tuple[Any, ...], Json]]:
    for path, value in leaves(tree):
        for other in others(path[-1], value):
            changed = copy.deepcopy(tree)
            target: Any = changed
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = other
            yield path, changed
        if isinstance(path[-1], str):
            changed = copy.deepcopy(tree)
            target = changed
            for key in path[:-1]:
                target = target[key]
            del target[path[-1]]
            yield path, changed


def resealed(tree: Json) -> Json:
    rest = {key: value for key, value in tree.items() if key != "seal"}
    return {**rest, "seal": seal.of_data(rest)}


CHANGES = int(os.environ.get("CLOUDRULES_CHANGES", "80"))  # of each certificate; solving takes time
GOOD = (1, 7, 13)  # plans, one robust; of several objectives and with limits


@pytest.mark.parametrize("seed", GOOD)
def test_every_change_is_caught(seed: int, tmp_path: Path) -> None:
    """Also by the seal, so that nothing has to be solved to know."""
    _, path = of_seed(seed, tmp_path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    for _, changed in mutated(tree):
        path.write_text(json.dumps(changed), encoding="utf-8")
        with suppress(BadInput):
            claimed, whole = read(path)
            assert not whole, claimed


def is_so(case: generator.Case, tree: Json) -> bool:
    """Whether the oracle says of the question what a certificate claims."""
    asked, claim = tree["question"], tree["claim"]
    if asked["readings"] or asked["add"] or asked["remove"]:
        return False
    keys = ("forbid", "require", "only", "budget", "deadline", "robust")
    limits = {key: asked[key] for key in keys}
    parts = case.rulebook, [case.catalogue], case.service, date.fromisoformat(asked["on"])
    best = oracle.plan(*parts, asked["minimize"], **limits)
    told = tree["plan"]
    if claim["status"] == "infeasible":
        return best["status"] == "infeasible" and told is None
    if told is not None and not oracle.Planner(*parts, **limits).is_plan(tuple(told["acquire"])):
        return False
    if claim["status"] == "optimal":
        return bool(claim["objective"] == best["objective"] == claim["bound"])
    return best["status"] == "infeasible" or claim["bound"][0][1] <= best["objective"][0][1]


@pytest.mark.parametrize("seed", GOOD)
def test_what_is_sealed_anew_passes_only_where_it_is_so(
    seed: int, tmp_path: Path, verify: Verify
) -> None:
    case, path = of_seed(seed, tmp_path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    passed: set[Any] = set()
    formed: list[tuple[tuple[Any, ...], Json]] = []
    for place, changed in mutated(tree):
        path.write_text(json.dumps(resealed(changed)), encoding="utf-8")
        with suppress(BadInput):
            read(path)
            formed.append((place, changed))
    random.Random(seed).shuffle(formed)
    for place, changed in formed[:CHANGES]:
        path.write_text(json.dumps(resealed(changed)), encoding="utf-8")
        code, _ = verify(path)
        if code == 0:
            assert is_so(case, changed), place
            passed.add(place[0])
    # Who made it cannot be told from what it says; another question may have the same answer.
    assert passed <= {"cloudrules", "question", "claim", "proof", "seal", "solver"}


@pytest.mark.parametrize("seed", range(100, 112))
def test_no_other_plan_passes_for_the_least(seed: int, tmp_path: Path, verify: Verify) -> None:
    """Every minimal plan that is not the least, told as the least with all its figures right."""
    case = generator.case(seed)
    generator.write(case, tmp_path)
    path = certified(tmp_path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    parts = case.rulebook, [case.catalogue], case.service, ON
    for each in oracle.all_minimal_plans(*parts)[:6]:
        forged = copy.deepcopy(tree)
        objective = [["cost", each["cost"]], ["actions", each["actions"]]]
        forged["claim"].update(status="optimal", objective=objective, bound=objective)
        figures = {key: each[key] for key in ("cost", "certifications", "actions", "months")}
        forged["plan"] = {"acquire": sorted(each["acquire"]), **figures, "finishes": {}}
        for name in forged["plan"]["acquire"]:
            forged["plan"]["finishes"][name] = tree["plan"]["finishes"].get(name, 0)
        path.write_text(json.dumps(resealed(forged)), encoding="utf-8")
        _, found = verify(path)
        least = objective == tree["claim"]["objective"]
        told = {check["check"]: check["status"] for check in found["checks"]}
        assert told["optimum"] == ("passed" if least else "failed")
        assert (told["compliant"], told["available"], told["figures"]) == ("passed",) * 3
        forged["claim"].update(status="infeasible", objective=[], bound=[])
        forged["plan"] = None
        forged["proof"].update(cores=[], proved=0)
        path.write_text(json.dumps(resealed(forged)), encoding="utf-8")
        _, found = verify(path)
        assert found["checks"][-1]["because"] == "exists"


def test_a_file_that_changed(tmp_path: Path, verify: Verify) -> None:
    _, path = of_seed(1, tmp_path)
    assert verify(path)[0] == 0
    for name in ("service", "rulebook", "cat"):
        file = tmp_path / f"{name}.yaml"
        before = file.read_bytes()
        file.write_bytes(before + b"\n# secret\n")
        code, found = verify(path)
        failed = [each["of"] for each in found["checks"] if each["status"] == "failed"]
        assert (code, failed) == (1, [f"{name}.yaml"])
        assert found["checks"][-1]["status"] == "not checked"
        assert "secret" not in json.dumps(found)
        file.unlink()
        assert verify(path)[0] == 1
        file.write_bytes(before)


# --- What is given up -----------------------------------------------------------------------------


def test_what_was_cut_off_claims_no_more_than_it_proved(tmp_path: Path) -> None:
    told: set[str] = set()
    for seed in range(8):
        folder = tmp_path / str(seed)
        generator.write(generator.medium(seed, 30, "dense" if seed % 2 else "easy"), folder)
        told |= cut_off(engine(folder, ON), ("cost", "actions", "months")[seed % 3 :])
    assert told == {"optimal", "feasible"}


def cut_off(case: Case, minimize: tuple[str, ...]) -> set[str]:
    """How plans end that are given a few looks at the clock; each claims what passes."""
    asked = checked(PlanRequest(minimize=minimize), [case])
    question = Question("service.yaml", ("rulebook.yaml",), (), ON, (), (), (), asked)
    solver = named("python-constraint")

    def unproved(answer: PlanAnswer, clock: Clock) -> list[tuple[str, str, str]]:
        made = certificate.from_answer(answer, [case], question, {}, solver, clock, "0")
        found = verification.from_cases(made, [case], [named("clingo")], Clock(None))
        return [(e.check, e.status, e.because) for e in found if e.status != "passed"]

    best = plan.from_cases([case], asked, named("clingo"), Clock(None))
    least = best.objective[0][1]
    above = tuple((name, 0 if at else least + 1) for at, name in enumerate(minimize))
    told = set()
    for looks in (0, 2, 5, 15, 60, 300):
        clock = Countdown(looks)
        answer = plan.from_cases([case], asked, solver, clock)
        told.add(answer.status)
        assert unproved(answer, clock) == []
        if answer.status == "feasible":
            nothing = replace(answer, status="unknown", objective=(), plans=())
            assert unproved(nothing, clock) == []
            assert unproved(replace(answer, bound=above), clock) == [("bound", "failed", "below")]
    return told


def test_the_sets_are_sought_no_longer_than_the_clock_allows(tmp_path: Path) -> None:
    """A search that is over at once looks at no clock; there may be thousands of them."""
    generator.write(generator.medium(3, 30), tmp_path)
    case = engine(tmp_path, ON)
    asked = checked(PlanRequest(), [case])
    whole = cores.disjoint(Planner([case], asked, named("clingo"), Clock(None)), items=False)
    assert whole
    clock = Countdown(len(whole))
    assert len(cores.disjoint(Planner([case], asked, named("clingo"), clock))) < len(whole)
    assert clock.looks < 0


def test_no_time_is_no_verdict(tmp_path: Path, verify: Verify) -> None:
    _, path = of_seed(1, tmp_path)
    code, found = verify(path, "--time-limit", "0")
    assert code == 1
    assert {each["status"] for each in found["checks"]} <= {"passed", "not checked"}
    assert any(each["because"] == "time" for each in found["checks"])


# --- Files ----------------------------------------------------------------------------------------


def test_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "a", tmp_path / "b" / "c"):
        _, path = of_seed(7, folder)
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert str(tmp_path).encode() not in made[0]


def test_the_shipped_rules_in_all_readings(tmp_path: Path, verify: Verify) -> None:
    (tmp_path / "service.yaml").write_bytes(NEWCOMER.read_bytes())
    path = certified(tmp_path, "--robust", on="2026-12-01")
    tree = json.loads(path.read_text(encoding="utf-8"))
    files = ["service.yaml", "shipped:catalogues/japan-cloud.yaml"]
    assert list(tree["files"]) == [*files, "shipped:rulebooks/municipal-cloud-level-2.yaml"]
    code, found = verify(path)
    assert code == 0
    worlds = [each["values"] for each in found["checks"] if each["check"] == "compliant"]
    assert worlds == [{"n": 384}]


def test_several_rulebooks_a_base_and_another_folder(
    tmp_path: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate lies elsewhere, and is checked from elsewhere."""
    base = tmp_path / "base"
    (base / "rulebooks").mkdir(parents=True)
    (base / "catalogues").mkdir()
    (tmp_path / "proofs").mkdir()
    cat = "catalogue: cat\nevidence:\n  - {id: a, kind: control, effort: {cost: %d, months: 2}}\n"
    (base / "catalogues" / "cat.yaml").write_text(cat % 3, encoding="utf-8")
    book = "rulebook: %s\ncatalogues: [%s]\nitems: [{id: 1.1, need: mandatory, met_by: a}]\n"
    (base / "rulebooks" / "one.yaml").write_text(book % ("one", "cat"), encoding="utf-8")
    (tmp_path / "cat.yaml").write_text(cat % 5, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(book % ("two", "cat.yaml"), encoding="utf-8")
    service = "service: S\nrulebook: [one, two.yaml]\n"
    (tmp_path / "service.yaml").write_text(service, encoding="utf-8")
    path = tmp_path / "proofs" / "plan.json"
    monkeypatch.chdir(tmp_path)
    args = ["--certificate", str(path), "--knowledge-base", "base", "--on", str(ON)]
    assert main(["plan", "service.yaml", *args]) == 0
    monkeypatch.chdir("/")
    tree = json.loads(path.read_text(encoding="utf-8"))
    assert tree["question"]["rulebooks"] == ["../base/rulebooks/one.yaml", "../two.yaml"]
    assert tree["claim"]["objective"] == [["cost", 5], ["actions", 1]]
    code, found = verify(path)
    assert [each for each in found["checks"] if each["status"] != "passed"] == []
    assert code == 0


def test_a_derived_rulebook_with_every_option(tmp_path: Path, verify: Verify) -> None:
    (tmp_path / "service.yaml").write_bytes(NEWCOMER.read_bytes())
    city = ROOT / "scenarios" / "rulebooks" / "stricter-city.yaml"
    (tmp_path / "city.yaml").write_bytes(city.read_bytes())
    args = ["--rulebook", str(tmp_path / "city.yaml"), "--rulebook", "municipal-cloud-level-2"]
    args += ["--reading", "banner-scope=next-banner", "--add", "csp.ismap", "--remove", "1.14"]
    args += ["--forbid", "dc.tier3", "--only", "certification,attestation", "--deadline", "24"]
    path = certified(tmp_path, *args, on="2026-12-01")
    tree = json.loads(path.read_text(encoding="utf-8"))
    assert list(tree["circuits"]) == tree["question"]["rulebooks"]
    assert len(tree["files"]) == 4
    assert verify(path)[0] == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--top", "2"], "--top"),
        (["--all"], "--all"),
        (["--pareto", "cost,months"], "--pareto"),
        (["--within", "5"], "--within"),
        (["--cover", "steps"], "--cover"),
        (["-o", "plan.json"], "another file"),
    ],
)
def test_of_what_there_is_none(
    args: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["plan", str(NEWCOMER), "--certificate", "plan.json", *args]) == 2
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert said in err.decode()
    assert not list(tmp_path.iterdir())


def test_standard_input_has_none(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(NEWCOMER.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["plan", "-", "--certificate", str(tmp_path / "plan.json")]) == 2
    assert "standard input" in capsysbinary.readouterr().err.decode()


def test_none_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("mine", encoding="utf-8")
    args = ["plan", str(NEWCOMER), "--certificate", str(tmp_path / "plan.json")]
    assert main(args) == 2
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "mine"
    assert main([*args, "--force"]) == 0
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") != "mine"


def test_the_maker_is_no_judge(tmp_path: Path, verify: Verify) -> None:
    _, path = of_seed(1, tmp_path, "--solver", "clingo")
    assert verify(path, "--solver", "clingo")[0] == 2
    assert verify(path, "--solver", "auto")[0] == 2
    for solver in ("cp-sat", "python-constraint"):
        code, found = verify(path, "--solver", solver)
        assert code == 0
        assert solver in json.dumps(found)


HOSTILE = {
    "nothing": b"",
    "no JSON": b"certificate: 1",
    "binary": b"\xff\xfe\x00",
    "deep": b"[" * 2_000_000,
    "deep objects": b'{"a":' * 200_000,
    "closing": b"]" * 100_000,
    "an open quote": b'"' + b"\\" * 4_000_001,
    "a list": b"[]",
    "null": b"null",
    "NaN": b'{"certificate": NaN}',
    "infinite": b'{"certificate": -Infinity}',
    "a fraction": b'{"certificate": 1.0}',
    "an exponent": b'{"certificate": 1e400000}',
    "long": b'{"certificate": ' + b"9" * 100_000 + b"}",
    "twice": b'{"certificate": 1, "certificate": 1}',
    "of tomorrow": b'{"certificate": 2}',
    "true": b'{"certificate": true}',
    "too large": b" " * (8 * 2**20 + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_certificate(name: str, tmp_path: Path, verify: Verify) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(HOSTILE[name])
    assert verify(path) == (2, {})


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "shipped:/etc/passwd", "shipped:../../../etc/passwd", "shipped:", ""),
        *("nowhere.yaml", ".", "..", "a\0b", "\ud800", "C:/secret.yaml", "\\\\host\\secret.yaml"),
        *("../" * 40 + "etc/passwd", "../" * 40 + "dev/zero", "x" * 5000),
    ],
)
def test_paths_to_elsewhere(name: str, tmp_path: Path, verify: Verify) -> None:
    _, path = of_seed(1, tmp_path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    total = tree["files"].pop("service.yaml")
    tree["files"][name] = total
    tree["question"]["service"] = name
    path.write_text(json.dumps(resealed(tree)), encoding="utf-8")
    code, found = verify(path)
    assert code == 1
    failed = [each for each in found["checks"] if each["status"] == "failed"]
    assert [each["check"] for each in failed] == ["file"]
    assert "root:" not in json.dumps(found)


def test_every_finding_has_words() -> None:
    told: set[tuple[str, str]] = set()
    for path in (ROOT / "cloudrules").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        told |= set(re.findall(r'(?:passed|failed|unchecked)\(\s*"([\w-]+)", "([\w-]+)"', text))
    assert len(told) > 40
    for check, because in told:
        assert f"verify.check.{check}" in PHRASES
        assert {f"verify.{check}.{because}", f"verify.{because}"} & PHRASES.keys(), (check, because)


def test_both_languages_and_forms(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    _, path = of_seed(1, tmp_path)
    capsysbinary.readouterr()
    for args, said in (
        ((), "Verified: all "),
        (("--lang", "ja"), "検証済み"),
        (("--format", "markdown"), "## Verification"),
    ):
        assert main(["verify", str(path), *args]) == 0
        assert said in capsysbinary.readouterr().out.decode()
