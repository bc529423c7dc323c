"""Receipts: every JSON answer has one, it can be made again from it, and what changed is told."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from math import inf
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from engine import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudrules.cli.main import main
from cloudrules.core import plan
from cloudrules.core.errors import BadInput
from cloudrules.core.planner import GRACE
from cloudrules.core.problem import Clock
from cloudrules.core.receipt import differences
from cloudrules.files import opening
from cloudrules.files.certificate import found
from cloudrules.files.search import Search

NEW = "scenarios/services/newcomer.yaml"
HELD = "scenarios/services/example-saas.yaml"
STRICT = "scenarios/rulebooks/stricter-city.yaml"
COMMANDS = [
    f"assess {NEW}",
    f"assess {NEW} --all-readings --add service.aspic --reading page-scope=same-page",
    f"explain {NEW} 1.9 --limit 3",
    f"plan {NEW}",
    f"plan {NEW} --all --minimize certifications,cost --forbid service.aspic --robust",
    f"plan {NEW} --budget 1",
    f"plan {NEW} --schedule 2027-01-01 --why",
    f"plan {NEW} --rulebook municipal-cloud-level-2 --rulebook {STRICT} --cover steps",
    "timeline scenarios/services/example-saas.yaml --until 2028-01-01",
    "whatif scenarios/own-quotes.yaml",
    "test scenarios/own-quotes.yaml scenarios/not-asked-yet.yaml",
    f"check {STRICT} --lang ja",
    f"check {STRICT} municipal-cloud-level-2 --all-readings",
    f"diff municipal-cloud-level-2 {STRICT} --services scenarios/services --reading-b "
    "page-scope=same-page",
    f"graph {STRICT} --service {NEW} --item 1.9",
    "graph municipal-cloud-level-2",
    "form check filled.xlsx",
    f"report {NEW}",
    f"report {NEW} --no-plan --lang ja",
]
ON = ("--on", "2026-12-01")
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Call:
    """Runs a command in a folder with a copy of the scenarios: code, output, errors."""
    for name in ("CLOUDRULES_KNOWLEDGE_BASE", "CLOUDRULES_LANG"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)

    def run(*args: str, given: str | None = None) -> tuple[int, str, str]:
        if given is not None:
            stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(given.encode("utf-8"))))
            monkeypatch.setattr(sys, "stdin", stream)
        capsysbinary.readouterr()
        code = main(list(args))
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return run


def kept(call: Call, command: str, *more: str, name: str = "answer.json") -> dict[str, Any]:
    """An answer as JSON, which is kept in a file too."""
    if "filled.xlsx" in command:
        pytest.importorskip("xlsxwriter")
        call("form", "new", "municipal-cloud-level-2", "-o", "blank.xlsx", "--lang", "ja")
        call("form", "fill", "blank.xlsx", HELD, "-o", "filled.xlsx", *ON)
    _, out, err = call(*command.split(), *more, *ON, "--format", "json")
    assert not err
    Path(name).write_text(out, encoding="utf-8")
    answer: dict[str, Any] = json.loads(out)
    return answer


def verified(call: Call, name: str = "answer.json") -> tuple[int, dict[str, Any]]:
    code, out, err = call("verify", name, "--format", "json")
    assert not err
    return code, json.loads(out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_json_answer_has_a_receipt_that_verifies(command: str, call: Call) -> None:
    answer = kept(call, command)
    assert list(answer)[-1] == "receipt"
    receipt = answer["receipt"]
    assert list(receipt) == ["program", "command", "on", "readings", "files"]
    assert receipt["on"] == "2026-12-01"
    assert receipt["command"][0] == command.split()[0]
    assert not {"-o", "--output", "--format"} & set(receipt["command"])
    for name, total in receipt["files"].items():
        path = found(name, Path())
        assert path is not None
        assert hashlib.sha256(path.read_bytes()).hexdigest() == total
    assert list(receipt["files"]) == sorted(receipt["files"])
    code, told = verified(call)
    assert (code, told["same"], told["files"], told["answer"]) == (0, True, [], [])


def test_every_command_that_shows_json_has_been_asked() -> None:
    from cloudrules.cli.replay import TELLING

    asked = {command.split()[0] for command in COMMANDS} - {"form"}
    assert asked | {"form check"} == set(TELLING)


def test_the_command_of_a_receipt_can_be_typed(call: Call) -> None:
    answer = kept(call, f"plan {NEW} --only certification --limit 2")
    _, out, _ = call(*answer["receipt"]["command"], "--format", "json")
    assert json.loads(out) == answer


def test_a_changed_file_is_noticed_with_what_it_changes(call: Call) -> None:
    kept(call, f"assess {NEW}")
    path = Path(NEW)
    path.write_text(path.read_text(encoding="utf-8") + "  - service.aspic\n", encoding="utf-8")
    code, told = verified(call)
    assert (code, told["same"]) == (1, False)
    assert told["files"] == [{"file": NEW, "change": "other"}]
    changes = {each["at"]: (each["then"], each["now"]) for each in told["answer"]}
    assert changes["compliant"] == (False, True)
    assert changes["items[1.4].status"] == ("open", "met")
    assert changes["items[1.20].status"] == ("missing", "waived")
    code, out, _ = call("verify", "answer.json", "--lang", "ja")
    assert code == 1
    assert f"{NEW}: 内容が変わりました" in out


def test_a_remark_in_a_file_changes_the_file_alone(call: Call) -> None:
    kept(call, f"assess {NEW}")
    with Path(NEW).open("a", encoding="utf-8") as file:
        file.write("# looked through\n")
    code, told = verified(call)
    assert (code, told["answer"]) == (1, [])
    assert [each["file"] for each in told["files"]] == [NEW]


def test_a_file_that_is_gone_or_broken(call: Call) -> None:
    kept(call, f"assess {NEW}")
    Path(NEW).write_text("service: [", encoding="utf-8")
    code, told = verified(call)
    assert (code, told["answer"]) == (1, None)
    assert told["fault"]["where"] == "newcomer.yaml:1"
    Path(NEW).unlink()
    code, told = verified(call)
    assert told["files"] == [{"file": NEW, "change": "absent"}]
    assert (code, told["fault"]["code"]) == (1, "file-missing")


def test_a_file_that_has_come(call: Call) -> None:
    kept(call, "test scenarios")
    shutil.copy("scenarios/own-quotes.yaml", "scenarios/more.yaml")
    code, told = verified(call)
    assert code == 1
    assert told["files"] == [{"file": "scenarios/more.yaml", "change": "added"}]
    assert {each["at"] for each in told["answer"]} >= {"passed"}


def test_another_version_of_the_program(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(call, f"assess {NEW}")
    monkeypatch.setattr("cloudrules.__version__", "99.0")
    code, told = verified(call)
    assert (code, told["files"], told["answer"]) == (1, [], [])
    assert told["program"]["now"] == "cloudrules 99.0"


def test_an_answer_that_was_altered(call: Call) -> None:
    answer = kept(call, f"assess {NEW}")
    answer["items"][8]["status"] = "waived"
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    code, told = verified(call)
    assert code == 1
    assert told["answer"] == [{"at": "items[1.9].status", "then": "waived", "now": "missing"}]


def test_a_date_that_is_not_that_of_the_command(call: Call) -> None:
    answer = kept(call, f"assess {NEW}")
    answer["receipt"]["on"] = "2020-01-01"
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    code, told = verified(call)
    assert (code, [each["at"] for each in told["answer"]]) == (1, ["receipt.on"])


@pytest.mark.parametrize(
    ("key", "value"),
    [("on", "2026-12-02"), ("readings", {"hosting": "literal"}), ("readings", "all")],
)
def test_a_receipt_that_was_altered(key: str, value: Any, call: Call) -> None:
    answer = kept(call, f"assess {NEW} --rulebook {STRICT}")
    answer["receipt"][key] = value
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    code, told = verified(call)
    assert (code, told["same"]) == (1, False)
    assert {each["at"].split(".")[:2] == ["receipt", key] for each in told["answer"]} == {True}


@pytest.mark.parametrize(
    "command",
    [
        ["init", "municipal-cloud-level-2", "-o", "evil"],
        ["plan", NEW, "-o", "evil"],
        ["plan", NEW, "-oevil", "--force"],
        ["plan", NEW, "--output=evil"],
        ["plan", NEW, "--certificate", "evil"],
        ["check", STRICT, "--witness", "evil"],
        ["report", NEW, "--format", "pdf", "-o", "evil"],
        ["verify", "answer.json"],
        ["assess", "--help"],
        ["--version"],
        ["assess"],
        ["assess", NEW, "--nothing"],
        ["assess", NEW, "--format", "text"],
        [""],
    ],
)
def test_a_receipt_from_a_stranger_has_nothing_written(command: list[str], call: Call) -> None:
    answer = kept(call, f"assess {NEW}")
    answer["receipt"]["command"] = command
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    before = sorted(Path().rglob("*"))
    code, out, err = call("verify", "answer.json")
    assert (code, out) == (2, "")
    assert err.startswith("answer.json: ")
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("program", 1),
        ("command", "assess"),
        ("command", []),
        ("command", [1]),
        ("on", "yesterday"),
        ("on", None),
        ("files", []),
        ("files", {NEW: "0"}),
        ("files", {NEW: 0}),
        ("readings", None),
        ("readings", "some"),
        ("readings", {"hosting": 1}),
        ("readings", {"city": {"hosting": []}}),
    ],
)
def test_what_is_no_receipt_is_said(key: str, value: Any, call: Call) -> None:
    answer = kept(call, f"assess {NEW}")
    answer["receipt"][key] = value
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    code, _, err = call("verify", "answer.json")
    assert code == 2
    assert f"receipt.{key}" in err


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing of the kind",
        "{",
        '{"receipt": null}',
        '{"receipt": {}, "receipt": {}}',
        '{"a": ' + "[" * 5000 + "]" * 5000 + ', "receipt": {}}',
        '{"receipt": {"program": NaN}}',
        "<!-- cloudrules-report {} -->\n<!-- cloudrules-report {} -->\n",
        "<!-- cloudrules-report {]} -->\n",
        "%PDF-1.7\n",
        "\udcff\udcfe",
    ],
)
def test_what_cannot_be_read_is_said(text: str, call: Call) -> None:
    Path("odd").write_bytes(text.encode("utf-8", "surrogateescape"))
    code, out, err = call("verify", "odd")
    assert (code, out) == (2, "")
    assert err.startswith("odd:")
    assert "Traceback" not in err


def test_options_that_have_no_bearing_are_refused(call: Call) -> None:
    kept(call, f"assess {NEW}")
    code, _, err = call("verify", "answer.json", "--solver", "clingo")
    assert (code, "--solver" in err) == (2, True)


def test_a_service_from_standard_input(call: Call) -> None:
    text = Path(NEW).read_text(encoding="utf-8")
    _, out, _ = call("assess", "-", *ON, "--format", "json", given=text)
    Path("answer.json").write_text(out, encoding="utf-8")
    total = hashlib.sha256(text.encode()).hexdigest()
    assert json.loads(out)["receipt"]["files"]["-"] == total
    assert call("verify", "answer.json", given=text)[0] == 0
    code, out, err = call("verify", "answer.json", given="")
    assert (code, out) == (2, "")
    assert "made from standard input" in err
    code, out, _ = call("verify", "answer.json", "--format", "json", given=text + "# more\n")
    assert (code, json.loads(out)["files"]) == (1, [{"file": "-", "change": "other"}])


def test_what_the_environment_said_is_kept(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree("scenarios/rulebooks", "base/rulebooks")
    monkeypatch.setenv("CLOUDRULES_KNOWLEDGE_BASE", "base")
    answer = kept(call, f"assess {NEW} --rulebook stricter-city")
    assert answer["receipt"]["command"][-2:] == ["--knowledge-base", "base"]
    monkeypatch.delenv("CLOUDRULES_KNOWLEDGE_BASE")
    assert verified(call)[0] == 0


def test_the_day_is_kept_where_it_was_not_said(call: Call) -> None:
    _, out, _ = call("assess", NEW, "--format", "json")
    receipt = json.loads(out)["receipt"]
    at = receipt["command"].index("--on")
    assert receipt["command"][at + 1] == receipt["on"] == json.loads(out)["on"]


def test_a_file_whose_name_looks_like_an_option(call: Call) -> None:
    shutil.copy(NEW, "--robust")
    _, out, _ = call("plan", *ON, "--format", "json", "--", "--robust")
    Path("answer.json").write_text(out, encoding="utf-8")
    assert json.loads(out)["receipt"]["command"] == ["plan", *ON, "--", "--robust"]
    assert verified(call)[0] == 0


WORDS = st.sampled_from(
    [NEW, STRICT, "--on", "--lang", "--all", "-", "--", "\0", "\ud800", "..", ""]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from([each.split()[0] for each in COMMANDS]),
    st.lists(WORDS | st.text(max_size=8), max_size=4),
    st.sampled_from(["json", "html", "md"]),
)
def test_no_receipt_is_too_odd(
    call: Call, monkeypatch: pytest.MonkeyPatch, name: str, words: list[str], form: str
) -> None:
    receipt = {"program": "", "command": [name, *words], "on": "2026-12-01", "files": {}}
    text = json.dumps({"a": 1e300, "receipt": receipt})
    if form != "json":
        text = (
            "<!DOCTYPE html>\n" if form == "html" else ""
        ) + f"<!-- cloudrules-report {text} -->"
    Path("odd").write_text(text, encoding="utf-8")
    before = sorted(Path().rglob("*"))
    code, out, err = call("verify", "odd", given="service: s")
    assert code in (1, 2)
    assert out or err
    assert sorted(Path().rglob("*")) == before


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(PLAIN, PLAIN)
def test_differences_are_none_only_where_there_are_none(then: Any, now: Any) -> None:
    # As text, 1 and true are two things.
    same = json.dumps(then, sort_keys=True) == json.dumps(now, sort_keys=True)
    assert bool(list(differences({"it": then}, {"it": now}))) is not same


# --- What is replayed for a stranger --------------------------------------------------------------

SPECIAL = [
    "assess FILE",
    f"assess {NEW} --rulebook FILE",
    f"assess {NEW} --rulebook DIR",
    f"assess {NEW} --rulebook unheard-of --knowledge-base DIR",
    "plan FILE",
    f"plan {NEW} --rulebook DIR",
    "explain FILE 1.9",
    "timeline FILE",
    "report FILE",
    "whatif FILE",
    "test FILE",
    "test DIR",
    "check FILE",
    "check DIR",
    "check FILE --skip-others",
    f"diff FILE {STRICT}",
    f"diff {STRICT} {STRICT} --services DIR",
    "graph FILE",
    f"graph {STRICT} --service FILE",
    "form check FILE",
]


def claimed(command: list[str], name: str = "answer.json") -> None:
    """Writes an answer that says that it was made by a command."""
    receipt = {"program": "", "command": command, "on": "2026-12-01", "files": {}, "readings": {}}
    Path(name).write_text(json.dumps({"a": 1, "receipt": receipt}), encoding="utf-8")


@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("command", SPECIAL)
def test_only_regular_files_are_read_for_a_stranger(command: str, kind: str, call: Call) -> None:
    folder = Path("searched")
    folder.mkdir()
    file = folder / "special.yaml"
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    given = command.replace("FILE", str(file)).replace("DIR", str(folder))
    claimed([*given.split(), *ON])
    code, out, err = call("verify", "answer.json")
    assert (code, out) == (2, "")
    assert err.startswith(f"{file}: this is no regular file")
    code, _, err = call("verify", "answer.json", "--lang", "ja")
    assert (code, err.startswith(f"{file}: 通常のファイルではありません")) == (2, True)


def test_a_command_that_is_typed_may_read_a_pipe(call: Call) -> None:
    pipe = Path("pipe")
    os.mkfifo(pipe)
    data = Path(NEW).read_bytes()
    writer = Thread(target=pipe.write_bytes, args=(data,))
    writer.start()
    code, out, err = call("assess", "pipe", *ON, "--format", "json")
    writer.join()
    assert (code, err) == (1, "")
    assert json.loads(out)["receipt"]["files"]["pipe"] == hashlib.sha256(data).hexdigest()


def test_a_file_that_has_nothing_to_give_yet(tmp_path: Path) -> None:
    """Some files of the kernel call themselves regular, and have their reader wait."""

    class Waiting(io.BytesIO):
        def read(self, most: int | None = -1) -> bytes:
            return None  # type: ignore[return-value]

    with pytest.raises(BadInput):
        opening.read(Waiting(), tmp_path, 1)


def test_a_form_is_read_once(call: Call) -> None:
    pytest.importorskip("xlsxwriter")
    kept(call, "form check filled.xlsx")
    data, pipe = Path("filled.xlsx").read_bytes(), Path("pipe.xlsx")
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(data,))
    writer.start()
    _, out, _ = call("form", "check", "pipe.xlsx", *ON, "--format", "json")
    writer.join()
    files = json.loads(out)["receipt"]["files"]
    assert files["pipe.xlsx"] == hashlib.sha256(data).hexdigest()


def test_a_search_without_end_is_refused(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search.__init__, "__defaults__", (20,))
    for command in (["test", "/usr"], ["diff", STRICT, STRICT, "--services", "/usr"]):
        claimed([*command, *ON])
        code, out, err = call("verify", "answer.json")
        assert (code, out) == (2, "")
        assert err.startswith("/usr: there are too many files")


LIMITED = [
    f"plan {NEW}",
    f"check {STRICT}",
    f"diff municipal-cloud-level-2 {STRICT}",
    "test scenarios/own-quotes.yaml --mutants",
    f"report {NEW}",
]


@pytest.mark.parametrize("command", LIMITED)
def test_no_search_takes_longer_than_verify_allows(
    command: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[float] = []
    made = Clock.__init__

    def noted(clock: Clock, seconds: float | None, tick: Any = None) -> None:
        limits.append(inf if seconds is None else seconds)
        made(clock, seconds, tick)

    claimed([*command.split(), "--time-limit", "100000", *ON])
    monkeypatch.setattr(Clock, "__init__", noted)
    call("verify", "answer.json")
    assert len(limits) > 1
    assert max(limits) <= 60 + GRACE
    limits.clear()
    call("verify", "answer.json", "--time-limit", "0.5")
    assert max(limits) <= 0.5 + GRACE


def test_a_plan_of_a_scenario_has_its_share_of_the_time(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(["whatif", "scenarios/own-quotes.yaml", *ON])
    spans: list[float | None] = []
    made = plan.from_cases

    def noted(cases: Any, asked: Any, solver: Any, clock: Clock) -> Any:
        spans.append(clock.seconds)
        return made(cases, asked, solver, clock)

    monkeypatch.setattr(plan, "from_cases", noted)
    call("verify", "answer.json", "--time-limit", "5")
    assert spans
    assert all(span is not None and span < 5 for span in spans)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_where_time_ran_out_an_answer_is_not_called_changed(lang: str, call: Call) -> None:
    answer = kept(call, f"plan {NEW} --robust --time-limit 300")
    assert answer["status"] == "optimal"
    code, told = verified(call)
    assert (code, told["same"], told["late"]) == (0, True, False)
    code, out, err = call("verify", "answer.json", "--time-limit", "0", "--format", "json")
    told = json.loads(out)
    assert (code, err, told["same"], told["late"]) == (1, "", None, True)
    assert told["answer"]
    out = call("verify", "answer.json", "--time-limit", "0", "--lang", lang)[1]
    assert {"ja": "未確認: 時間切れ", "en": "Not confirmed: time ran out"}[lang] in out
    with Path(NEW).open("a", encoding="utf-8") as file:
        file.write("# looked through\n")
    code, out, _ = call("verify", "answer.json", "--time-limit", "0", "--format", "json")
    assert (code, json.loads(out)["same"]) == (1, False)


def test_standard_input_on_which_nothing_comes_is_not_waited_for(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(["assess", "-", *ON])
    there, idle = os.pipe()
    with os.fdopen(there, "rb") as stream, os.fdopen(idle, "wb"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(stream.raw)))
        code, out, err = call("verify", "answer.json", "--time-limit", "0.2")
    assert (code, out) == (2, "")
    assert "made from standard input" in err
