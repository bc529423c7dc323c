"""`cloudrules diff` as a user calls it: exit codes, JSON, witnesses that run, services, words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine import ROOT

from cloudrules.cli.main import main

SHIPPED = "municipal-cloud-level-2"
STRICTER = str(ROOT / "scenarios" / "rulebooks" / "stricter-city.yaml")
SERVICES = str(ROOT / "scenarios" / "services")
ON = ("--on", "2026-12-01")
Ran = tuple[int, str, str]
Run = Callable[..., Ran]

CATALOGUE = "catalogue: cat\nevidence:\n  - {id: x, kind: control}\n  - {id: y, kind: control}\n"
OLD = """
rulebook: old
edition: "2024"
catalogues: [cat.yaml]
context: {large: {title: It is large}}
items:
  - {id: 1.1, need: mandatory, text: Access logs are kept for a year, met_by: x}
  - {id: 1.2, need: mandatory, text: Staff are trained every year}
  - {id: 1.3, need: optional, text: Backups are restored now and then}
waivers:
  - {id: w, text: Released, when: 1.1, waives: [1.2..1.3]}
"""
NEW = """
rulebook: new
edition: "2026"
catalogues: [cat.yaml]
context: {large: {title: It is large}}
items:
  - {id: 1.1, need: mandatory, text: A contract names the court, applies_when: large}
  - {id: 1.2, need: mandatory, text: Access logs are kept for two years, met_by: x}
  - {id: 1.3, need: mandatory, text: Staff are trained every year}
  - {id: 1.4, need: optional, text: Backups are restored now and then}
waivers:
  - {id: w, text: Released, when: 1.2 and y, waives: [1.3..1.4]}
"""


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("CLOUDRULES_KNOWLEDGE_BASE", "CLOUDRULES_LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: str) -> Ran:
        capsysbinary.readouterr()
        code = main(list(args))
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return call


def asked(run: Run, *args: str, code: int = 1) -> dict[str, Any]:
    given, out, err = run("diff", *args, "--format", "json", *(() if "--on" in args else ON))
    assert (given, err) == (code, "")
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture
def editions(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("cat", CATALOGUE), ("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml")


def assessed(run: Run, folder: Path, text: str, *args: str) -> dict[str, Any]:
    path = folder / "witness.yaml"
    path.write_text(text, encoding="utf-8")
    code, out, err = run("assess", str(path), "--format", "json", *ON, *args)
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    assert code == (0 if found["compliant"] else 1)
    return found


def check(
    run: Run, folder: Path, found: dict[str, Any], a: tuple[str, ...], b: tuple[str, ...]
) -> None:
    """Every witness, run by `assess`, shows what is said of each side."""
    for each in [*filter(None, [found["verdict"]]), *found["differences"]]:
        files = each["witness"]["yaml"], each["witness"]["yaml_b"] or each["witness"]["yaml"]
        for side, text, args in zip("ab", files, (a, b), strict=True):
            shown, said = assessed(run, folder, text, *args), each[side]
            if "item" not in each:
                assert {key: shown[key] for key in said} == said
                continue
            name = each["item" if side == "a" else "item_b"]
            items = [item for item in shown["items"] if item["id"] == name]
            assert [{key: item[key] for key in said} for item in items] == ([said] if said else [])


def test_a_rulebook_is_equivalent_to_itself(run: Run) -> None:
    found = asked(run, SHIPPED, SHIPPED, code=0)
    assert list(found) == [
        *("a", "b", "equivalent", "verdict", "differences", "undecided", "unstated", "changes"),
        "receipt",
    ]
    assert found["a"] == found["b"]
    assert list(found["a"]) == ["rulebook", "edition", "readings", "on"]
    assert found["equivalent"] is True
    assert found["verdict"] is None
    assert found["differences"] == found["undecided"] == []
    assert not any(found["changes"].values())


def test_one_rulebook_under_two_readings(run: Run, tmp_path: Path) -> None:
    found = asked(run, SHIPPED, SHIPPED, "--reading-b", "hosting=literal")
    assert found["equivalent"] is False
    assert [each["item"] for each in found["differences"]] == ["1.7"]
    (clause,) = found["differences"][0]["clauses"]
    assert clause["a"]["entry"] == "in-lieu"
    assert clause["b"] is None
    base = ("--rulebook", SHIPPED)
    check(run, tmp_path, found, base, (*base, "--reading", "hosting=literal"))


def test_a_reading_holds_for_both_sides_but_where_b_has_its_own(run: Run) -> None:
    both = asked(run, SHIPPED, SHIPPED, "--reading", "hosting=literal", code=0)
    assert both["a"]["readings"]["hosting"] == both["b"]["readings"]["hosting"] == "literal"
    given = ("--reading", "hosting=literal", "--reading-b", "hosting=alternative")
    other = asked(run, SHIPPED, SHIPPED, *given)
    assert other["a"]["readings"]["hosting"] == "literal"
    assert other["b"]["readings"]["hosting"] == "alternative"


def test_every_witness_between_two_cities_runs(run: Run, tmp_path: Path) -> None:
    found = asked(run, SHIPPED, STRICTER)
    assert len(found["differences"]) == 24
    check(run, tmp_path, found, ("--rulebook", SHIPPED), ("--rulebook", STRICTER))
    added = next(each for each in found["differences"] if each["item"] is None)
    assert (added["item_b"], added["a"]) == ("1.29", None)
    changes = found["changes"]
    assert [(each["change"], each["b"]) for each in changes["items"]] == [
        ("changed", "1.28"),
        ("added", "1.29"),
    ]
    assert changes["items"][0]["fields"] == [{"field": "need", "a": "optional", "b": "mandatory"}]


def test_items_under_other_numbers_are_compared_with_each_other(
    run: Run, tmp_path: Path, editions: tuple[str, str]
) -> None:
    found = asked(run, *editions)
    pairs = [(each["item"], each["item_b"]) for each in found["differences"]]
    # Trained staff and backups are released by one thing more; the logs are as they were.
    assert pairs == [(None, "1.1"), ("1.2", "1.3"), ("1.3", "1.4")]
    check(run, tmp_path, found, ("--rulebook", editions[0]), ("--rulebook", editions[1]))
    (clause,) = found["differences"][1]["clauses"]
    assert (clause["field"], clause["a"]["text"], clause["b"]["text"]) == (
        *("when", "1.1", "1.2 and y"),
    )
    changes = [(each["change"], each["a"], each["b"]) for each in found["changes"]["items"]]
    assert changes == [
        ("added", None, "1.1"),
        ("renumbered and reworded", "1.1", "1.2"),
        ("renumbered", "1.2", "1.3"),
        ("renumbered", "1.3", "1.4"),
    ]


def test_a_witness_in_other_numbers_is_a_file_for_each_side(
    run: Run, tmp_path: Path, editions: tuple[str, str]
) -> None:
    changes = (
        ("when: 1.1, waives: [1.2..1.3]", "when: 1.2, waives: [1.3]"),
        ("1.2 and y", "false"),
    )
    for path, (old, new) in zip(editions, changes, strict=True):
        text = Path(path).read_text(encoding="utf-8")
        Path(path).write_text(text.replace(old, new), encoding="utf-8")
    found = asked(run, *editions)
    other = next(each for each in found["differences"] if each["item"] == "1.3")
    assert other["witness"]["yaml"] == "service: witness\nholds:\n  - 1.2\n"
    assert other["witness"]["yaml_b"] == "service: witness\nholds:\n  - 1.3\n"
    check(run, tmp_path, found, ("--rulebook", editions[0]), ("--rulebook", editions[1]))


def test_rulebooks_are_taken_on_their_own_nearest_day(run: Run, editions: tuple[str, str]) -> None:
    for path, period in zip(editions, ("until: 2026-03-31", "from: 2027-04-01"), strict=True):
        text = Path(path).read_text(encoding="utf-8")
        Path(path).write_text(f"{text}in_force: {{{period}}}\n", encoding="utf-8")
    found = asked(run, *editions)
    assert (found["a"]["on"], found["b"]["on"]) == ("2026-03-31", "2027-04-01")
    code, out, _ = run("diff", *editions, *ON)
    assert code == 1
    assert "A is not in force on 2026-12-01; it is taken on the nearest day" in out
    assert "2027-04-01" in out


def test_services_that_are_answered_differently(run: Run) -> None:
    found = asked(run, SHIPPED, STRICTER, "--services", SERVICES)
    services = found["services"]
    assert [Path(each["file"]).name for each in services] == [
        *("certified-platform.yaml", "example-saas.yaml", "newcomer.yaml", "quoted-saas.yaml"),
    ]
    first = services[0]
    assert (first["a"]["compliant"], first["b"]["compliant"]) == (True, False)
    assert first["b"]["missing"] == ["1.28", "1.29"]
    assert [(each["item"], each["item_b"]) for each in first["items"]] == [
        ("1.28", "1.28"),
        (None, "1.29"),
    ]
    assert first["items"][0]["from"]["status"] == "waived"
    assert first["items"][0]["to"]["status"] == "missing"
    assert {clause["field"] for clause in first["clauses"]} == {"need", "", "waives"}
    same = asked(run, SHIPPED, SHIPPED, "--services", SERVICES, code=0)
    assert not any(each["changed"] for each in same["services"])


def test_a_service_with_a_fault_is_told_after_the_others_were_answered(
    run: Run, tmp_path: Path, editions: tuple[str, str]
) -> None:
    below = tmp_path / "services" / "deep"
    below.mkdir(parents=True)
    (below / "good.yaml").write_text("service: good\nholds: [1.1]\n", encoding="utf-8")
    (below / "bad.yml").write_text("service: bad\nholds: [z]\n", encoding="utf-8")
    (below / "rules.yaml").write_text(OLD, encoding="utf-8")
    folder = str(tmp_path / "services")
    code, out, err = run("diff", *editions, "--services", folder, "--format", "json", *ON)
    assert code == 2
    assert err.startswith(f"{below / 'bad.yml'}:2: there is no evidence or item `z`")
    bad, good = json.loads(out)["services"]
    assert (bad["changed"], bad["faults"][0]["line"]) == (None, 2)
    # 1.1 is A's number, and B's 1.2
    assert [(each["item"], each["item_b"]) for each in good["items"]] == [
        (None, "1.1"),
        ("1.2", "1.3"),
        ("1.3", "1.4"),
    ]
    text = run("diff", *editions, "--services", folder, *ON)[1]
    assert "Answered differently: 1 of 1 services." in text
    assert "read as A's" in text
    assert "bad.yml" in text


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("nope", SHIPPED), "A: there is no rulebook `nope`"),
        ((SHIPPED, "nope"), "B: there is no rulebook `nope`"),
        ((SHIPPED, SHIPPED, "--reading", "hosting"), "--reading: `hosting` is not of the form"),
        ((SHIPPED, SHIPPED, "--reading", "x=y"), "--reading: there is no reading `x`"),
        ((SHIPPED, SHIPPED, "--reading-b", "hosting=x"), "--reading-b: `x` cannot stand here"),
        ((SHIPPED, SHIPPED, "--services", "nope"), "--services: there is no folder `nope`"),
        ((SHIPPED, SHIPPED, "--services", str(ROOT / "bench")), "--services: there is no service"),
        ((SHIPPED, SHIPPED, "--solver", "x"), "--solver: `x` cannot stand here"),
        ((SHIPPED, SHIPPED, "--time-limit", "x"), "--time-limit: "),
        ((SHIPPED, SHIPPED, "--format", "svg"), "--format: `svg` cannot stand here"),
    ],
)
def test_bad_input_is_told(run: Run, args: tuple[str, ...], words: str) -> None:
    code, out, err = run("diff", *args)
    assert (code, out) == (2, "")
    assert err.startswith(words)
    assert err.count("\n") == 1


def test_facts_of_two_types_name_both(run: Run, tmp_path: Path, editions: tuple[str, str]) -> None:
    text = Path(editions[1]).read_text(encoding="utf-8")
    other = text.replace("large: {title", "large: {type: number, title")
    Path(editions[1]).write_text(other.replace("when: large", "when: large > 2"), encoding="utf-8")
    code, _, err = run("diff", *editions)
    assert code == 2
    assert err.startswith(f"{editions[1]}:2: the fact `large` is of another type in each rulebook")
    assert "old.yaml" in err
    assert "型が、比べるルールブックどうしで" in run("diff", *editions, "--lang", "ja")[2]


def test_out_of_time_is_not_equivalent(run: Run) -> None:
    found = asked(run, SHIPPED, SHIPPED, "--reading-b", "hosting=literal", "--time-limit", "0")
    assert found["equivalent"] is not True
    code, out, _ = run("diff", SHIPPED, STRICTER, "--time-limit", "0", *ON)
    assert code == 1
    assert "Equivalent" not in out


def test_the_same_words_of_other_items_are_told_so(run: Run, tmp_path: Path) -> None:
    """A range covers what stands between its ends, and that changed."""
    base = """
rulebook: r
catalogues: [cat.yaml]
items:
  - {id: 1, need: optional, text: Access logs are kept for a year, met_by: x}
  - {id: 2, need: optional, text: Staff are trained, met_by: y}
  - {id: 3, need: optional, text: Backups are restored now and then}
  - {id: 4, need: optional, text: A contract names the court, met_by: "any(1..2)"}
"""
    moved = base.replace("{id: 2,", "{id: 5,").replace("{id: 3,", "{id: 2,").replace("5,", "3,")
    lines = moved.splitlines()
    lines[5], lines[6] = lines[6], lines[5]
    for name, text in (("cat", CATALOGUE), ("a", base), ("b", "\n".join(lines))):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    code, out, _ = run("diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), *ON)
    assert code == 1
    same = "met_by of item 4: `any(1..2)` in both, but its ranges cover other items"
    assert same in out.replace("\n    ", " ")
    text = (
        (tmp_path / "a.yaml")
        .read_text(encoding="utf-8")
        .replace("for a year,", "for a year, in_force: {from: 2026-06-01},")
    )
    (tmp_path / "a.yaml").write_text(f"{text}in_force: {{until: 2026-05-31}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    _, out, _ = run("diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), *ON)
    assert "but they are compared on other days" in out.replace("\n    ", " ")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_pages_tell_the_words_that_changed(
    run: Run, editions: tuple[str, str], lang: str, form: str
) -> None:
    code, out, err = run("diff", *editions, "--lang", lang, "--format", form, *ON)
    assert (code, err) == (1, "")
    plain = out.replace("\\", "").replace("**", "").replace("\n  ", " ")
    assert "[-a year-]{+two years+}" in plain
    assert "1.1 -> 1.2" in plain or "1.1 → 1.2" in plain
    assert "1.2 and y" in plain


def test_text_of_rulebooks_cannot_steer_a_page(
    run: Run, tmp_path: Path, editions: tuple[str, str]
) -> None:
    text = Path(editions[1]).read_text(encoding="utf-8")
    hostile = text.replace("for two years", "\\x1b[2J <b>for</b> | two years")
    quoted = hostile.replace("text: Access", 'text: "Access').replace("years, met", 'years", met')
    Path(editions[1]).write_text(quoted, encoding="utf-8")
    assert "\x1b" not in run("diff", *editions, *ON)[1]
    markdown = run("diff", *editions, "--format", "markdown", *ON)[1]
    assert "\x1b" not in markdown
    assert "<b>" not in markdown.replace("\\<", "")


def test_the_answer_goes_to_a_file(run: Run, tmp_path: Path, editions: tuple[str, str]) -> None:
    path = tmp_path / "out.json"
    given = ("--format", "json", "-o", str(path), *ON)
    assert run("diff", *editions, *given) == (1, "", "")
    assert json.loads(path.read_text(encoding="utf-8"))["equivalent"] is False
    code, _, err = run("diff", *editions, *given)
    assert (code, str(path) in err) == (2, True)
    assert run("diff", *editions, *given, "--force")[0] == 1


@pytest.mark.parametrize("solver", ["clingo", "python-constraint", "cp-sat"])
def test_any_solver_finds_as_small_a_witness(
    run: Run, editions: tuple[str, str], solver: str
) -> None:
    def sizes(*args: str) -> list[int]:
        found = asked(run, *editions, *args)
        return [len(each["witness"]["holds"]) for each in found["differences"]]

    assert sizes("--solver", solver) == sizes()
