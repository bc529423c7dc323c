"""check on the command line: its exit codes, its options, and the files that it writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from engine import CASES

from cloudrules.cli.main import main
from cloudrules.core.variation import Compilation
from cloudrules.render.rule_pages.examples import EXAMPLES, RULEBOOK

ON = ["--on", "2026-12-01"]
SHIPPED = "municipal-cloud-level-2"
FORMATS = ("text", "json", "sarif", "github")

Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Runs a command in a folder of its own, in English; gives its code and what it prints."""
    monkeypatch.chdir(tmp_path)

    def run(*command: str) -> tuple[int, str, str]:
        code = main([*command, "--lang", "en"])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def example(rule: str, folder: str = ".", book: str = "example") -> str:
    """The path of a rulebook that has this finding and no other."""
    Path(folder).mkdir(exist_ok=True)
    for name, content in EXAMPLES[rule].files.items():
        text = content.replace("rulebook: example\n", f"rulebook: {book}\n")
        (Path(folder) / name).write_text(text, "utf-8")
    return str(Path(folder) / RULEBOOK)


def sound(folder: str = ".") -> str:
    path = Path(folder) / "sound.yaml"
    path.write_text("rulebook: s\nitems: [{id: 1.1, need: mandatory, text: t}]\n", "utf-8")
    return str(path)


# Exit codes

FAILS = {
    "item-unmeetable": {"error", "warning", "note"},
    "item-moot": {"warning", "note"},
    "fact-unused": {"note"},
    "": set[str](),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("rule", FAILS)
def test_the_code_is_1_from_the_level_on(rule: str, form: str, run: Run) -> None:
    path = example(rule) if rule else sound()
    for level in ("error", "warning", "note", "never"):
        code, out, err = run("check", path, *ON, "--fail-level", level, "--format", form)
        assert code == (level in FAILS[rule])
        assert err == ""
        assert out or form == "github"
    assert run("check", path, *ON)[0] == ("error" in FAILS[rule])


def test_one_bad_rulebook_of_several_is_enough(run: Run) -> None:
    assert run("check", sound(), example("waiver-never"), *ON)[0] == 1
    assert run("check", example("waiver-never"), sound(), *ON)[0] == 1


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_decided_in_time_is_listed(form: str, run: Run) -> None:
    code, out, _ = run("check", SHIPPED, *ON, "--time-limit", "0", "--format", form)
    assert code == 1  # there may be errors among what is not decided
    assert "item-moot" in out
    assert "Nothing found." not in out
    if form == "json":
        undecided = [(each["rule"], each["id"]) for each in json.loads(out)["undecided"]]
        assert undecided
        assert len(set(undecided)) == len(undecided)


def test_out_of_time_no_question_is_worked_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are thousands of items, to pose a question takes long too."""
    asked = ["check", str(CASES / "check" / "moot-two-steps.yaml"), *ON]
    posed: list[str] = []
    for name in ("settled", "varied"):
        monkeypatch.setattr(Compilation, name, noted(name, getattr(Compilation, name), posed))
    run(*asked)
    assert {*posed} == {"settled", "varied"}
    posed.clear()
    run(*asked, "--time-limit", "0")
    assert posed == []


def noted(name: str, method: Callable[..., Any], names: list[str]) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        names.append(name)
        return method(*args)

    return call


# Bad input

BAD = {
    ("--reading", "hostin=literal"): "did you mean `hosting`?",
    ("--reading", "hosting=litteral"): "did you mean `literal`?",
    ("--reading", "hosting"): "ID=OPTION",
    ("--reading", "hosting=literal", "--all-readings"): "do not go together",
    ("--readin", "hosting=literal"): "did you mean `--reading`?",
    ("--fail-level", "warnin"): "did you mean `warning`?",
    ("--format", "sariff"): "did you mean `sarif`?",
    ("--solver", "clingoo"): "did you mean `clingo`?",
    ("--time-limit", "soon"): "number of seconds",
    ("--on", "2026-02-30"): "not a date",
    ("--witness", ""): "--witness: there is no folder",
    ("--knowledge-base", "nowhere"): "there is no folder `nowhere`",
    ("municipal-cloud-levl-2",): f"did you mean `{SHIPPED}`?",
    ("none.yaml",): "none.yaml",
    ("-",): "there is no rulebook `-`",
}


@pytest.mark.parametrize("given", BAD)
def test_bad_input_is_told_with_the_mend(given: tuple[str, ...], run: Run) -> None:
    code, out, err = run("check", SHIPPED, *given)
    assert (code, out) == (2, "")
    assert BAD[given] in err
    assert len(err.splitlines()) == 1


def test_no_rulebook_at_all(run: Run) -> None:
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert "RULEBOOK is missing" in err


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_read_has_the_usual_faults(form: str, run: Run) -> None:
    Path("bad.yaml").write_text("rulebook: b\nitems:\n  - {id: 1.1, need: mandatry, text: t}\n")
    Path("worse.yaml").write_text("rulebook: [\n")
    code, out, err = run("check", sound(), "bad.yaml", "worse.yaml", "--format", form)
    assert (code, out) == (2, "")
    assert "bad.yaml:3: " in err
    assert "did you mean `mandatory`?" in err
    assert "worse.yaml:" in err


# Files


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_is_written_to_a_file(form: str, run: Run) -> None:
    asked = ("check", example("item-moot"), *ON, "--format", form)
    _, printed, _ = run(*asked)
    assert run(*asked, "-o", "answer") == (0, "", "")
    assert Path("answer").read_text("utf-8") == printed
    Path("answer").write_text("kept")
    code, out, err = run(*asked, "-o", "answer")
    assert (code, out) == (2, "")
    assert "--force" in err
    assert Path("answer").read_text() == "kept"
    assert run(*asked, "-o", "answer", "--force") == (0, "", "")
    assert Path("answer").read_text("utf-8") == printed


def test_witnesses_are_services_that_show_the_finding(run: Run) -> None:
    path = example("item-moot", "rules")
    assert run("check", path, *ON, "--witness", "new/folder")[0] == 0
    (file,) = Path("new/folder").iterdir()
    assert file.name == "item-moot-1.2.yaml"
    for more in ([], ["--add", "1.2"]):
        code, out, _ = run("assess", str(file), *ON, "--format", "json", *more)
        assert code == 1
        assert ("1.2" in json.loads(out)["missing"]) == (not more)


def test_a_witness_of_the_shipped_rulebook_names_it_by_id(run: Run) -> None:
    run("check", SHIPPED, *ON, "--reading", "hosting=literal", "--witness", "w")
    moot = {f"item-moot-{item}.yaml" for item in ("1.8", "1.9", "1.11", "1.12", "1.13")}
    assert {path.name for path in Path("w").iterdir()} == moot
    for name in moot:
        assert f"rulebook: {SHIPPED}\n" in (Path("w") / name).read_text("utf-8")
        code, out, _ = run("assess", f"w/{name}", *ON, "--format", "json")
        assert code == 1
        assert json.loads(out)["readings"]["hosting"] == "literal"


def test_a_witness_is_not_written_over_another_file(run: Run) -> None:
    asked = ("check", example("item-unmeetable"), *ON, "--witness", "w")
    assert run(*asked)[0] == 1
    (file,) = Path("w").iterdir()
    written = file.read_text("utf-8")
    file.write_text("kept")
    code, out, err = run(*asked)
    assert (code, out) == (2, "")
    assert err.startswith("w/item-unmeetable-1.1.yaml: ")
    assert "--force" in err
    assert file.read_text() == "kept"
    assert run(*asked, "--force")[0] == 1
    assert file.read_text("utf-8") == written
    assert list(Path("w").iterdir()) == [file]


def test_a_file_is_no_folder_of_witnesses(run: Run) -> None:
    code, out, err = run("check", sound(), "--witness", "sound.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("--witness: ")


def test_rulebooks_of_one_id_keep_their_witnesses(run: Run) -> None:
    paths = [example("item-unmeetable", folder) for folder in ("one", "two")]
    assert run("check", *paths, *ON, "--witness", "w")[0] == 1
    written = {path.name: path.read_text("utf-8") for path in Path("w").iterdir()}
    first, second = "example-item-unmeetable-1.1.yaml", "example-item-unmeetable-1.1-2.yaml"
    assert written.keys() == {first, second}
    assert "../one/rulebook.yaml" in written[first]
    assert "../two/rulebook.yaml" in written[second]


def test_long_names_are_cut(run: Run) -> None:
    paths = [example("item-unmeetable", str(each), "規" * 90 + str(each)) for each in (1, 2)]
    assert run("check", *paths, *ON, "--witness", "w")[0] == 1
    assert len(list(Path("w").iterdir())) == 2


def test_a_witness_in_a_linked_folder_finds_its_rulebook(run: Run) -> None:
    path = example("item-unmeetable")
    Path("deep/er").mkdir(parents=True)
    Path("link").symlink_to("deep/er")
    assert run("check", path, *ON, "--witness", "link")[0] == 1
    assert run("assess", "link/item-unmeetable-1.1.yaml", *ON)[0] == 1
    assert run("assess", "deep/er/item-unmeetable-1.1.yaml", *ON)[0] == 1


@pytest.mark.parametrize("named", ["規則 a,b/c%23#:d.yaml", "sub/ö' #.yml"])
def test_a_rulebook_of_any_name(named: str, run: Run) -> None:
    Path(named).parent.mkdir()
    Path(named).write_text(EXAMPLES["item-moot"].files[RULEBOOK], "utf-8")
    code, out, _ = run("check", named, *ON, "--format", "json", "--witness", "w")
    assert code == 0
    assert json.loads(out)["findings"][0]["file"] == named
    assert run("assess", "w/item-moot-1.2.yaml", *ON)[0] == 1
    Path("here.yaml").write_text(json.loads(out)["findings"][0]["witness"]["yaml"], "utf-8")
    assert run("assess", "here.yaml", *ON)[0] == 1


def test_a_folder_is_all_its_rulebooks(run: Run) -> None:
    example("item-moot", "rules")
    sound("rules")
    _, out, _ = run("check", "rules", *ON, "--format", "json")
    told = json.loads(out)["rulebooks"]
    assert [(each["rulebook"], len(each["findings"])) for each in told] == [
        ("example", 1),
        ("s", 0),
    ]


def test_a_rulebook_named_twice_is_checked_once(run: Run) -> None:
    path = example("item-moot")
    once = run("check", path, *ON)
    assert run("check", path, path, *ON) == once


@pytest.mark.parametrize("option", [["--all-readings"], ["--reading", "hosting=literal"]])
def test_json_says_which_readings_were_asked_about(option: list[str], run: Run) -> None:
    _, out, _ = run("check", SHIPPED, *ON, *option, "--format", "json")
    told = json.loads(out)
    if option == ["--all-readings"]:
        assert told["readings"] == "all"
    else:
        assert told["readings"]["hosting"] == "literal"
        assert {each["id"] for each in told["findings"]} == {"1.8", "1.9", "1.11", "1.12", "1.13"}
    assert told["on"] == "2026-12-01"
    shares = [each["share"] for each in told["shares"]]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] > 0


def test_every_planted_fault_is_told_in_every_format(run: Run) -> None:
    """Several rulebooks at once, with everything that check looks for among them."""
    paths = [str(path) for path in sorted((CASES / "check").glob("*.yaml"))[::6]]
    found = {}
    for form in FORMATS:
        code, out, err = run("check", *paths, *ON, "--format", form)
        assert (code, err) == (1, "")
        found[form] = out
    told = [each for book in json.loads(found["json"])["rulebooks"] for each in book["findings"]]
    assert len(json.loads(found["sarif"])["runs"][0]["results"]) == len(told)
    assert len(found["github"].splitlines()) == len(told)
    assert all(found["text"].count(f"[{each['rule']}]") for each in told)


def test_what_is_not_decided_is_not_taken_for_sound(capfd: pytest.CaptureFixture[str]) -> None:
    call = ["check", "municipal-cloud-level-2", "--time-limit", "0"]
    assert main([*call, "--format", "json", "--fail-level", "warning"]) == 1
    undecided = json.loads(capfd.readouterr().out)["undecided"]
    assert undecided
    assert len({tuple(each.items()) for each in undecided}) == len(undecided)
    assert main([*call, "--fail-level", "never"]) == 0
    assert "Nothing found so far" in capfd.readouterr().out


def test_a_rulebook_out_of_force_is_checked_on_its_nearest_day(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.yaml"
    old.write_text(
        "rulebook: old\nin_force: {until: 2020-03-31}\nitems:\n  - {id: 1, need: mandatory}\n"
    )
    assert main(["check", str(old), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["on"] == "2020-03-31"
