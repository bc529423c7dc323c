"""What scenarios show of a rulebook: by hand on a tiny one, against re-running on random ones."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import generator
import pytest
import yaml
from engine import ROOT, Countdown
from test_mutation import SIZE, loaded, means

from cloudrules.cli.main import main
from cloudrules.cli.scenarios import answered
from cloudrules.core import comparison, coverage, mutants, mutation, noticing
from cloudrules.core.checking import Means
from cloudrules.core.comparison import VariantAnswer
from cloudrules.core.coverage import Coverage
from cloudrules.core.errors import BadInput
from cloudrules.core.mutants import Mutants
from cloudrules.core.noticing import Told, Watch
from cloudrules.core.problem import Clock
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Scenario, Service
from cloudrules.files.library import Library, read_as, read_tree
from cloudrules.solvers import named

ON = generator.ON
first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:40").split(":"))
SEEDS = range(first, last)

RULES = """
rulebook: tiny
catalogues: [evidence.yaml]
context:
  employees: {type: number, default: 0}
items:
  - {id: 1.1, need: optional, met_by: cert or seal}
  - {id: 1.2, need: mandatory, applies_when: employees >= 20}
  - {id: 1.3, need: mandatory}
waivers:
  - {id: small, when: 1.1 or (cert and seal), waives: [1.2..1.3]}
readings:
  - id: reach
    options:
      - {id: both}
      - {id: one, change: {small: {waives: [1.2]}}}
"""
EVIDENCE = """
catalogue: evidence
evidence:
  - {id: cert, kind: certification}
  - {id: seal, kind: certification}
"""
SCENARIO = """
scenario: {ja: 試し, en: Trial}
service: {service: Example, rulebook: tiny.yaml}
variants:
  - name: nothing held
    context: {employees: 20}
    expect: {missing: [1.2..1.3]}
  - name: certified
    context: {employees: 20}
    add: [cert]
    expect: {compliant: true, waived: [1.2..1.3], items: {1.1: met}}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "evidence.yaml").write_text(EVIDENCE, encoding="utf-8")
    (tmp_path / "trial.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def planning(find: Callable[..., list[Rulebook]]) -> comparison.Means:
    return comparison.Means(find, lambda: named("auto"), lambda: Clock(None), ON)


def watched(*files: Path) -> tuple[list[Rulebook], list[Watch]]:
    library, told = Library(), list[Told]()
    for file in files:
        _, _, base, answers = answered(str(file), library, ON)
        told += [Told(str(file), answer, base) for answer in answers]
    books = noticing.rulebooks(told)
    return books, [Watch(book, told, planning(lambda *_: [])) for book in books]


def measured(*files: Path) -> list[tuple[Coverage, Mutants]]:
    books, watches = watched(*files)
    found: list[tuple[Coverage, Mutants]] = []
    for book, watch in zip(books, watches, strict=True):
        counted = mutants.elsewhere(book, books)
        found.append(
            (
                coverage.from_watch(watch, counted, means()),
                mutants.from_watch(watch, counted, means()),
            )
        )
    return found


def test_a_tiny_rulebook_by_hand(tiny: Path) -> None:
    ((shown, noticed),) = measured(tiny / "trial.yaml")
    (waiver,) = shown.waivers
    assert waiver.noticed_by is not None
    assert waiver.noticed_by.answer.name.source == "certified"
    # `cert and seal` decides nothing, since either alone is enough: proved, and not counted.
    assert shown.idle == 1
    disjuncts = {each.mutation.text: each.noticed_by is not None for each in shown.disjuncts}
    assert disjuncts == {"cert": True, "seal": False, "1.1": True}
    statuses = {
        item: {status: told is not None for status, told in there.items()}
        for item, there in shown.items.items()
    }
    assert statuses == {
        "1.1": {"met": True, "open": False},
        "1.2": {"met": False, "missing": True, "waived": True, "not_applicable": False},
        "1.3": {"met": False, "missing": True, "waived": True},
    }
    assert (shown.shown, shown.counted) == (8, 13)
    survivors = {(each.mutation.field, each.mutation.becomes) for each in noticed.survivors}
    assert survivors == {("met_by", "cert"), ("applies_when", "")}
    # Either alone meets 1.1, so nothing that is done to `cert and seal` makes a difference.
    assert noticed.equivalent == 4
    for each in noticed.survivors:
        assert each.contrast is not None
        assert each.equivalent is False


def test_what_is_taken_over_counts_where_it_is_stated(tiny: Path) -> None:
    (tiny / "city.yaml").write_text(
        "rulebook: city\nextends: tiny.yaml\nchange:\n  1.3: {need: optional}\n", encoding="utf-8"
    )
    (tiny / "city-trial.yaml").write_text(
        SCENARIO.replace("tiny.yaml", "city.yaml").replace("1.2..1.3]}", "1.2]}"), encoding="utf-8"
    )
    alone, _ = measured(tiny / "city-trial.yaml")[0]
    assert len(alone.waivers) == 1
    found = measured(tiny / "trial.yaml", tiny / "city-trial.yaml")
    by_id = {shown.rulebook.id: (shown, noticed) for shown, noticed in found}
    shown, noticed = by_id["city"]
    assert (shown.waivers, list(shown.items)) == ((), ["1.3"])
    assert noticed.counted == 1
    assert len(by_id["tiny"][0].items) == 3


def test_a_variant_that_fails_shows_nothing(tiny: Path) -> None:
    (tiny / "trial.yaml").write_text(SCENARIO.replace("compliant: true", "compliant: false"))
    ((shown, _),) = measured(tiny / "trial.yaml")
    assert shown.items["1.1"] == {"met": None, "open": None}


def test_out_of_time_nothing_is_called_equivalent(tiny: Path) -> None:
    ((book,), (watch,)) = watched(tiny / "trial.yaml")
    hurried = Means(means().prove, means().solver, Countdown(0))
    found = mutants.from_watch(watch, lambda _: True, hurried)
    assert found.equivalent == 0
    proved = mutants.from_watch(watch, lambda _: True, means())
    assert len(found.survivors) == proved.counted + proved.equivalent
    assert all(each.equivalent is None for each in found.survivors)
    assert coverage.from_watch(watch, lambda _: True, hurried).idle == 0
    assert book.id == "tiny"


# --- Against running every scenario again ---------------------------------------------------------


def scenario(rng: random.Random, case: generator.Case, book: Rulebook) -> dict[str, Any]:
    """A random service in random variants, nothing expected yet."""
    names = [*book.evidence, *(item for item in book.items if item not in book.added)]
    variants: list[dict[str, Any]] = []
    for number in range(rng.randint(1, 4)):
        variant: dict[str, Any] = {"name": f"variant {number}"}
        variant["on"] = str(ON + timedelta(rng.choice([0, 0, 1, 30, -30, 400])))
        variant["add"] = rng.sample(names, rng.randint(0, min(3, len(names))))
        variant["readings"] = {
            reading.id: rng.choice(reading.option_ids) for reading in book.readings
        }
        if rng.random() < 0.2:
            variant["plan"] = {"robust": str(rng.random() < 0.5).lower()}
        if rng.random() < 0.2:
            item = rng.choice([*book.items])
            variant["change"] = {item: {"need": rng.choice(["mandatory", "optional"])}}
        variants.append(variant)
    return {"scenario": "random", "service": case.service, "variants": variants}


def with_expectations(
    rng: random.Random, made: dict[str, Any], answers: Sequence[VariantAnswer]
) -> None:
    """States some of what came out."""
    for variant, answer in zip(made["variants"], answers, strict=True):
        found, expect = answer.assessment, dict[str, Any]()
        if rng.random() < 0.6:
            verdict = {True: "true", False: "false", None: "unknown"}[found.compliant]
            expect["compliant"] = verdict
        if rng.random() < 0.4:
            expect["missing"] = [f'"{item}"' for item in found.missing]
        if rng.random() < 0.4:
            some = rng.sample(found.items, rng.randint(0, len(found.items)))
            expect["items"] = {f'"{item.id}"': item.status for item in some}
        if rng.random() < 0.3 and answer.changes:
            change = rng.choice(answer.changes)
            if change.after:
                expect["changes"] = [{"item": change.item, "to": change.after}]
        if rng.random() < 0.3:
            expect["verdict"] = answer.case.in_all_readings().verdict or "unknown"
        if answer.plan and answer.plan.plans:
            expect["plan"] = {"cost": str(answer.plan.plans[0].value("cost"))}
        if rng.random() < 0.9:
            variant["expect"] = expect


def run(
    folder: Path, made: dict[str, Any], book: Rulebook
) -> tuple[Any, tuple[VariantAnswer, ...]]:
    text = yaml.safe_dump(made, allow_unicode=True, default_style='"', sort_keys=False)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    read = read_as(Scenario, read_tree(folder / "scenario.yaml"))
    service = read_as(Service, read.service)
    return comparison.from_variants(service, read.variants, planning(lambda *_: [book]))


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_notices_is_found_without_running_all_again(seed: int, tmp_path: Path) -> None:
    case = generator.case(seed, SIZE)
    book = loaded(tmp_path, case.rulebook, case.catalogue)
    rng = random.Random(f"coverage {seed}")
    made = scenario(rng, case, book)
    try:
        with_expectations(rng, made, run(tmp_path, made, book)[1])
        base, answers = run(tmp_path, made, book)
    except BadInput:
        pytest.skip("the service cannot be held against the rulebook so")
    watch = Watch(book, [Told("f", each, base) for each in answers], planning(lambda *_: []))
    tried = list(mutation.mutations(book))
    for each in mutants.judged(watch, rng.sample(tried, min(len(tried), 12)), means()):
        assert (each.noticed_by is not None) is noticed(tmp_path, made, each.mutation.rulebook), (
            each.mutation
        )
        assert each.noticed_by is None or each.equivalent is None


def noticed(folder: Path, made: dict[str, Any], mutant: Rulebook) -> bool:
    try:
        _, answers = run(folder, made, mutant)
    except BadInput:
        return True
    return any(answer.failures for answer in answers)


# --- The shipped scenarios, and the command -------------------------------------------------------


def test_the_shipped_scenarios_show_and_notice_everything() -> None:
    found = measured(*sorted((ROOT / "scenarios").glob("*.yaml")))
    assert {shown.rulebook.id for shown, _ in found} == {"municipal-cloud-level-2", "stricter-city"}
    for shown, told in found:
        assert shown.share == 1, [each.mutation for each in shown.disjuncts if not each.noticed_by]
        assert told.share == 1, [each.mutation for each in told.survivors]


Captured = pytest.CaptureFixture[bytes]


def called(capture: Captured, *args: str) -> tuple[int, bytes, str]:
    capture.readouterr()
    code = main(["test", *args, "--on", str(ON)])
    out, err = capture.readouterr()
    return code, out, err.decode()


def test_the_answer_as_json(tiny: Path, capsysbinary: Captured) -> None:
    file = str(tiny / "trial.yaml")
    code, out, _ = called(capsysbinary, file, "--coverage", "--mutants", "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert list(found) == ["passed", "failed", "cases", "coverage", "mutants", "receipt"]
    (shown,), (told,) = found["coverage"], found["mutants"]
    assert list(shown) == ["rulebook", "waivers", "disjuncts", "items", "idle", "share"]
    assert shown["waivers"] == [
        {
            "id": "small",
            "file": str(tiny / "tiny.yaml"),
            "line": 11,
            "shown_by": {"file": file, "name": "certified"},
        }
    ]
    assert list(shown["disjuncts"][0]) == ["entry", "field", "text", "file", "line", "shown_by"]
    assert shown["items"][0] == {
        "id": "1.1",
        "statuses": {"met": {"file": file, "name": "certified"}, "open": None},
    }
    keys = ["rulebook", "mutants", "noticed", "equivalent", "survivors", "share"]
    assert list(told) == keys
    assert told["mutants"] == told["noticed"] + told["equivalent"] + len(told["survivors"])
    keys = ["kind", "entry", "field", "was", "becomes", "file", "line", "witness"]
    assert list(told["survivors"][0]) == keys
    plain = json.loads(called(capsysbinary, file, "--format", "json")[1])
    assert list(plain) == ["passed", "failed", "cases", "receipt"]


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ja", ("網羅率", "検出率", "答えが変わります", "要件1.1が「任意・未充足」となる例")),
        ("en", ("% shown", "% noticed", "the answers differ", "item 1.1: open")),
    ],
)
def test_the_answer_as_a_page(
    tiny: Path, capsysbinary: Captured, form: str, language: str, wanted: tuple[str, ...]
) -> None:
    file = str(tiny / "trial.yaml")
    args = (file, "--coverage", "--mutants", "--format", form, "--lang", language)
    said = called(capsysbinary, *args)[1].decode()
    for each in wanted:
        assert each in said


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--coverage"], 0),
        (["--coverage", "--fail-under", "50"], 0),
        (["--coverage", "--fail-under", "90%"], 1),
        (["--mutants", "--fail-under", "100"], 1),
    ],
)
def test_less_than_is_asked_for_exits_with_1(
    tiny: Path, capsysbinary: Captured, args: list[str], code: int
) -> None:
    assert called(capsysbinary, str(tiny / "trial.yaml"), *args)[0] == code


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--fail-under", "90"], "--fail-under"),
        (["--coverage", "--fail-under", "all"], "'all' is no percentage"),
    ],
)
def test_what_cannot_be_asked_is_a_fault(
    tiny: Path, capsysbinary: Captured, args: list[str], said: str
) -> None:
    file = str(tiny / "trial.yaml")
    code, out, err = called(capsysbinary, file, *args, "--lang", "en")
    assert (code, out) == (2, b"")
    assert said in err
