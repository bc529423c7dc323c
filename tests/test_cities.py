"""One vendor, many cities: folders of rulebooks on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine import ROOT

from cloudrules.cli.held import held
from cloudrules.cli.main import main
from cloudrules.core.cover import Cover, CoverAnswer
from cloudrules.render import text

NEW = str(ROOT / "scenarios" / "services" / "newcomer.yaml")
ON = ("--on", "2026-12-01")
CITY = """rulebook: {id}
extends: municipal-cloud-level-2
change: {change}
"""
CHANGES = {
    "b-city": "{first-banner: null}",
    "a-city": "{1.3: {need: mandatory}}",
    "c-city": "{hosting: {waives: [1.8]}, 1.3: {need: mandatory}}",
}
Run = Callable[..., Any]


@pytest.fixture
def cities(tmp_path: Path) -> Path:
    folder = tmp_path / "cities"
    folder.mkdir()
    for name, change in CHANGES.items():
        (folder / f"{name}.yaml").write_text(CITY.format(id=name, change=change), "utf-8")
    (folder / "notes.txt").write_text("no rulebook")
    (folder / "own.yaml").write_text("catalogue: own\nevidence: []\n")
    (folder / "one.yaml").write_text("service: S\nrulebook: a-city\n")
    return folder


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("CLOUDRULES_KNOWLEDGE_BASE", "CLOUDRULES_LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*args: str) -> tuple[int, str, str]:
        code = main([*args, *ON])
        out, err = capsysbinary.readouterr()
        return code or 0, out.decode("utf-8"), err.decode("utf-8")

    return run


def asked(run: Run, *args: str) -> dict[str, Any]:
    _, out, err = run(*args, "--format", "json")
    assert not err
    found: dict[str, Any] = json.loads(out)
    # How each rulebook was named is part of the command, and of the receipt.
    found.pop("receipt")
    return found


# --- Folders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["assess", "plan"])
def test_a_folder_is_all_its_rulebooks(run: Run, cities: Path, command: str) -> None:
    """In the order of their files, and the same as each named by itself."""
    found = asked(run, command, NEW, "--rulebook", str(cities))
    assert found["rulebook"] == sorted(CHANGES)
    paths = [str(cities / f"{name}.yaml") for name in sorted(CHANGES)]
    each = [part for path in paths for part in ("--rulebook", path)]
    assert asked(run, command, NEW, *each) == found
    again = asked(run, command, NEW, "--rulebook", f"{cities}/", "--rulebook", paths[1])
    assert again == found, "each rulebook counts once"


def test_a_service_may_name_a_folder(run: Run, cities: Path, tmp_path: Path) -> None:
    """By a path from its own file."""
    for wanted in ("cities", "./cities/", "[cities/a-city.yaml, cities]"):
        (tmp_path / "service.yaml").write_text(f"service: S\nrulebook: {wanted}\nholds: []\n")
        found = asked(run, "plan", str(tmp_path / "service.yaml"))
        assert found["rulebook"] == sorted(CHANGES)


def test_an_id_comes_before_a_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "municipal-cloud-level-2").mkdir()
    monkeypatch.chdir(tmp_path)
    code, _, err = run("assess", NEW, "--rulebook", "municipal-cloud-level-2")
    assert (code, err) == (1, "")
    assert (
        "--rulebook: there is no rulebook in the folder"
        in run("assess", NEW, "--rulebook", "./municipal-cloud-level-2")[2]
    )


def test_faults_of_a_folder(run: Run, cities: Path, tmp_path: Path) -> None:
    """All of its files' at once; nothing that might be a rulebook is passed over in silence."""
    (cities / "a-copy.yaml").write_text(CITY.format(id="b-city", change="{}"))
    (cities / "broken.yaml").write_text("rulebook: x\nitems: [\n")
    (cities / "slip.yaml").write_text("rulebok: y\ncatalogues: [japan-cloud]\nitems: []\n")
    (cities / "late.yml").write_text("# " + "-" * 5000 + "\nrulebook: z\nitems: nothing\n")
    code, out, err = run("plan", NEW, "--rulebook", str(cities))
    assert (code, out) == (2, "")
    for name in ("b-city.yaml:1", "broken.yaml:", "slip.yaml:1", "late.yml:3"):
        assert str(cities / name) in err
    assert "also in a-copy.yaml of the same folder" in err
    (tmp_path / "service.yaml").write_text("service: S\nrulebook: empty/\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "cat.yaml").write_text("catalogue: own\nevidence: []\n")
    code, out, err = run("assess", str(tmp_path / "service.yaml"))
    assert (code, out) == (2, "")
    assert f"{tmp_path / 'service.yaml'}:2: there is no rulebook in the folder" in err
    code, _, err = run("assess", str(tmp_path / "service.yaml"), "--lang", "ja")
    assert "ルールブックがありません" in err


# --- What each rulebook needs ---------------------------------------------------------------------


def test_needs_on_the_command_line(run: Run, cities: Path) -> None:
    """Each is compliant with what it needs alone, and not with any one thing less."""
    found = asked(run, "plan", NEW, "--rulebook", str(cities))
    (each,) = found["plans"]
    assert [world["rulebook"] for world in each["worlds"]] == sorted(CHANGES)
    for world in each["worlds"]:
        book = ("--rulebook", str(cities / f"{world['rulebook']}.yaml"))
        assert set(world["needs"]) <= set(each["acquire"])
        assert _compliant(run, book, world["needs"])
        for name in world["needs"]:
            assert not _compliant(run, book, [one for one in world["needs"] if one != name])
    assert "worlds" not in asked(run, "plan", NEW)["plans"][0]


def _compliant(run: Run, book: tuple[str, ...], names: list[str]) -> bool:
    added = [part for name in names for part in ("--add", name)]
    found: bool = asked(run, "assess", NEW, *book, *added)["compliant"]
    return found


def test_the_greatest_effort_counts(run: Run, cities: Path) -> None:
    """Where rulebooks state different ones; that it does is said."""
    change = "{1.3: {need: mandatory, effort: {cost: 150000, months: 3}}}"
    (cities / "d-city.yaml").write_text(CITY.format(id="d-city", change=change))
    found = asked(run, "plan", NEW, "--rulebook", str(cities))
    assert found["assumed"] == ["efforts differ: 1.3"]
    (step,) = (step for step in found["plans"][0]["steps"] if step["id"] == "1.3")
    assert (step["cost"], step["months"]) == (150000, 3)
    _, english, _ = run("plan", NEW, "--rulebook", str(cities))
    assert "Rulebooks state different efforts; the greatest is taken: 1.3" in english
    _, japanese, _ = run("plan", NEW, "--rulebook", str(cities), "--lang", "ja")
    assert "最も大きい値を使います: 1.3" in japanese


def test_the_page_of_many_rulebooks(run: Run, cities: Path) -> None:
    """Those of equal needs together, and no list of all names."""
    for number in range(30):
        name = f"e-{number:02}"
        (cities / f"{name}.yaml").write_text(CITY.format(id=name, change="{}"))
    for form in ("text", "markdown"):
        _, english, _ = run("plan", NEW, "--rulebook", str(cities), "--format", form)
        assert "33: a-city, b-city, c-city and 30 more" in english
        assert "What each rulebook needs of it" in english
        assert "e-00, e-01, e-02 and 27 more" in english
        _, japanese, _ = run("plan", NEW, "--rulebook", str(cities), "--format", form, "--lang=ja")
        assert "33件: a-city、b-city、c-city、ほか30件" in japanese
        assert "ルールブックごとに必要なもの" in japanese
        assert "e-00、e-01、e-02、ほか27件" in japanese


# --- The most that budgets open -------------------------------------------------------------------


def test_cover_on_the_command_line(run: Run, cities: Path) -> None:
    budgets = ("--cover", "30000000,0,300000")
    found = asked(run, "plan", NEW, "--rulebook", str(cities), *budgets)
    assert list(found)[4:] == ["status", "cover", "order", "assumed", "more"]
    assert found["status"] == "optimal"
    keys = ["budget", "open", "of", "cost", "acquire", "rulebooks", "status", "bound", "estimate"]
    assert [list(each) for each in found["cover"]] == [keys] * 3
    none, one, every = found["cover"]
    assert (none["budget"], none["open"], none["cost"], none["acquire"]) == (0, 0, 0, [])
    assert (one["open"], one["of"], one["status"]) == (len(one["rulebooks"]), 3, "optimal")
    assert every["rulebooks"] == sorted(CHANGES)
    least = asked(run, "plan", NEW, "--rulebook", str(cities))["plans"][0]
    assert every["cost"] == least["cost"]
    last = found["order"][-1]
    assert (last["cost"], last["open"]) == (every["cost"], 3)
    steps = asked(run, "plan", NEW, "--rulebook", str(cities), "--cover", "steps")
    assert steps["cover"][0] == none
    assert {**steps["cover"][-1], "budget": 30000000} == every
    opens = [each["open"] for each in steps["cover"]]
    assert opens == sorted(set(opens))


def test_cover_in_two_languages(run: Run, cities: Path) -> None:
    for form in ("text", "markdown"):
        asked_for = ("plan", NEW, "--rulebook", str(cities), "--format", form, "--cover")
        code, english, _ = run(*asked_for, "30000000")
        assert code == 0
        for words in ("proved", "a-city, b-city, c-city", "In which order", "An estimate."):
            assert words in english
        code, japanese, _ = run(*asked_for, "30000000", "--lang", "ja")
        for words in ("証明済み", "a-city、b-city、c-city", "取得の順序", "概算の金額"):
            assert words in japanese
        assert "Every cost at which" in run(*asked_for, "steps")[1]
        assert "増える費用のすべて" in run(*asked_for, "steps", "--lang", "ja")[1]


def test_a_cover_that_time_cut_short(cities: Path) -> None:
    """What is not proved says so, with what is; what is not known is not said to be none."""
    head = held(NEW, [str(cities)], [], ON[1], [], [], []).head
    some = Cover(500, "feasible", 3, 1, 300, ("1.3",), ("a-city",), bound=2)
    unknown = Cover(900, "unknown", 3, bound=3)
    answer = CoverAnswer((some, unknown), ())
    assert answer.status == "feasible"
    english = text.cover(answer, head, "en", width=300)
    for words in ("not all are proved", "1 (at most 2)", "not known (at most 3)"):
        assert words in english
    japanese = text.cover(answer, head, "ja")
    for words in ("未証明", "1（多くても2）", "不明（多くても3）"):
        assert words in japanese
    assert "larger ones are left out" in text.cover(
        CoverAnswer((some,), (), whole=False), head, "en", steps=True, width=300
    )
    nothing = CoverAnswer((unknown,), ())
    assert nothing.status == "unknown"
    assert "That does not mean that there is no plan" in text.cover(nothing, head, "en", width=300)
    never = CoverAnswer((Cover(500, "infeasible", 3),), ())
    assert never.status == "infeasible"
    assert "条件に合う計画はありません" in text.cover(never, head, "ja")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--cover", "1", "--budget", "3"), "--cover: it excludes --budget;"),
        (("--cover", "1", "--minimize", "cost", "--robust"), "excludes --minimize, --robust;"),
        (("--cover", "1", "--limit", "3", "--all"), "excludes --limit, --all;"),
        (("--cover", "1", "--top", "3"), "excludes --top;"),
        (("--cover", "1", "--pareto", "cost,months"), "excludes --pareto;"),
        (("--cover", "1,,2"), "--cover: `` is no budget;"),
        (("--cover", "step"), "--cover: `step` is no budget;"),
        (("--cover", "1,3万"), "is not a whole number; write one from 0 on"),
    ],
)
def test_faults_of_cover(run: Run, args: tuple[str, ...], said: str) -> None:
    code, out, err = run("plan", NEW, *args)
    assert (code, out) == (2, "")
    assert said in err
