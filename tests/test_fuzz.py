"""Whatever a file holds, the answer is an answer or located faults: never another exception.

`CLOUDRULES_FUZZ=N` tries N examples of each kind, other ones each time; without it, the same few.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import category

import pytest
from engine import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudrules.cli.main import main

FUZZ = int(os.environ.get("CLOUDRULES_FUZZ", "0"))
SLOWEST = 2.0  # seconds of work for one answer
ON = ("--on", "2026-12-01")


def examples(few: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(
        max_examples=FUZZ or few,
        derandomize=not FUZZ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


TEXTS = {
    "book.yaml": ROOT / "knowledge_base/rulebooks/municipal-cloud-level-2.yaml",
    "city.yaml": ROOT / "scenarios/rulebooks/stricter-city.yaml",
    "cat.yaml": ROOT / "knowledge_base/catalogues/japan-cloud.yaml",
    "service.yaml": ROOT / "scenarios/services/example-saas.yaml",
    "scenario.yaml": ROOT / "scenarios/certificate-lapses.yaml",
}
# Which file says what stands beside it, so that one file is wrong and the others are good.
BESIDE = {
    "book.yaml": [("catalogues: [japan-cloud]", "catalogues: [cat.yaml]")],
    "city.yaml": [("extends: municipal-cloud-level-2", "extends: book.yaml")],
    "service.yaml": [("rulebook: municipal-cloud-level-2", "rulebook: book.yaml")],
    "scenario.yaml": [("service: services/example-saas.yaml", "service: service.yaml")],
}
COMMANDS = {
    "book.yaml": [["init", "book.yaml"], ["assess", "service.yaml", *ON]],
    "city.yaml": [["assess", "service.yaml", "--rulebook", "city.yaml", *ON]],
    "cat.yaml": [["assess", "service.yaml", *ON]],
    "service.yaml": [["assess", "service.yaml", *ON], ["explain", "service.yaml", "1.16", *ON]],
    "scenario.yaml": [["whatif", "scenario.yaml", *ON]],
}


def good(name: str) -> str:
    text = TEXTS[name].read_text("utf-8")
    for old, new in BESIDE.get(name, []):
        assert old in text
        text = text.replace(old, new)
    return text


GOOD = {name: good(name) for name in TEXTS}


@pytest.fixture(scope="module", autouse=True)
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the good files, which the tests put back after themselves."""
    folder, before = tmp_path_factory.mktemp("fuzz"), Path.cwd()
    for name, text in GOOD.items():
        (folder / name).write_text(text, "utf-8")
    os.chdir(folder)
    yield folder
    os.chdir(before)


def told(args: list[str]) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of a command, run here."""
    kept = sys.stdout, sys.stderr
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    sys.stdout, sys.stderr = streams
    try:
        code = main(args)
    finally:
        sys.stdout, sys.stderr = kept
    out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams)  # type: ignore[attr-defined]
    return code, out, err


def check(args: list[str], *, language: str = "en") -> None:
    begin = time.process_time()
    code, out, err = told([*args, "--lang", language])
    assert time.process_time() - begin < SLOWEST
    if code != 2:
        assert (code, err) in ((0, ""), (1, ""))
        return
    assert out == ""
    lines = err.split("\n")
    assert lines.pop() == ""
    assert lines
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert re.match(r"(\w+\.yaml(:\d+)?|cloudrules \w+|ITEM): .", line), line
        assert not {category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}, line
        assert len(line) < 5000


def checked(name: str, data: bytes) -> None:
    """What the commands say with one file so."""
    path = Path(name)
    path.write_bytes(data)
    try:
        for args in COMMANDS[name]:
            check(args, language="ja" if len(data) % 2 else "en")
    finally:
        path.write_text(GOOD[name], "utf-8")


names = st.sampled_from(sorted(TEXTS))
BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet=" \n-:{}[],'\"#&*!|>%@`?~.：　\t", max_size=80).map(str.encode),
)


@examples(150)
@given(names, BYTES, st.booleans())
def test_any_bytes(name: str, data: bytes, begun: bool) -> None:
    checked(name, GOOD[name].encode()[:100] + data if begun else data)


ODD = [
    *"：　、，。「」～〜…—“”‘’\t\"'#&*!|>%@`?:{}[],-~<=()./\\",
    *(" ", "\n", "\r\n", "\n\n", "  ", "- ", ": ", "..", "null", "~", "true", "yes", "<<", "---"),
    *("１", "ａ", "é", "\u200b", "\u202e", "\ufeff", "\x00", "\x1b[31m", "\x85", "\u2028", "😀"),
    *(
        "&a ",
        "*a",
        "!!int ",
        "!!python/none ",
        "<<: *a",
        "?",
        "...",
        "%YAML 1.1\n",
        "\\x",
        "\\ud800",
    ),
    *("1.1..1.28", "1.28..1.1", "1.1-1.10", "1.1~1.10", "1.1から1.10まで", '"AC-2(1)"', "AC-2(1)"),
    *(" and ", " or ", " not ", "any(", "all(", "at_least(2, ", "waived(", ")", "AND", "&&", "=="),
    *("-1", "1.5", "3,000,000", "９９９", "9" * 40, "2027-02-30", "2027/3/31", "0", "''", '""'),
    *("id: 1.1", "need: mandatory", "items:", "waives: [1.1]", "rulebook: book.yaml", "x" * 300),
    *(
        "extends: book.yaml",
        "extends: city.yaml",
        "change: {1.1: null}",
        "catalogues: [../cat.yaml]",
    ),
    *("first-banner", "asp.iso27001", "generative_ai", "hosting", "1.16", "1.1", "1.28"),
]
PLACE = st.floats(0, 1, exclude_max=True)
EDIT = st.tuples(
    st.sampled_from(["drop", "double", "swap", "token", "insert", "cut", "indent", "replace"]),
    PLACE,
    PLACE,
    st.sampled_from(ODD),
)
TOKEN = re.compile(r"[\w.-]+")


def edited(text: str, kind: str, one: float, two: float, odd: str) -> str:
    """A text after one slip of the hand."""
    lines = text.split("\n")
    a, b = int(one * len(lines)), int(two * len(lines))
    if kind == "drop":
        del lines[a]
    elif kind == "double":
        lines.insert(b if two < 0.3 else a, lines[a])
    elif kind == "swap":
        lines[a], lines[b] = lines[b], lines[a]
    elif kind == "indent":
        lines[a] = "  " + lines[a] if two < 0.5 else lines[a].removeprefix("  ")
    elif kind == "cut":
        return text[: int(one * len(text))]
    elif kind == "insert":
        at = int(one * len(lines[b]))
        lines[b] = lines[b][:at] + odd + lines[b][at:]
    else:
        tokens = list(TOKEN.finditer(text))
        if tokens:
            target = tokens[int(one * len(tokens))]
            other = tokens[int(two * len(tokens))][0] if kind == "token" else odd
            return text[: target.start()] + other + text[target.end() :]
    return "\n".join(lines)


@examples(200)
@given(names, st.lists(EDIT, min_size=1, max_size=4))
def test_any_slip_of_the_hand(name: str, edits: list[tuple[str, float, float, str]]) -> None:
    text = GOOD[name]
    for edit in edits:
        text = edited(text, *edit) or "\n"
    checked(name, text.encode("utf-8", "surrogatepass"))


SMALL = """rulebook: small
catalogues: [cat.yaml]
context:
  ai: {{title: uses AI}}
  level: {{options: [low, high], default: low}}
  staff: {{type: number}}
  signed: {{type: date}}
items:
  - {{id: 1.1, need: optional, met_by: asp.iso27001}}
  - {{id: 1.2, need: mandatory, applies_when: {one}}}
  - {{id: "AC-2(1)", need: mandatory, met_by: {two}}}
waivers:
  - {{id: w, when: {one}, waives: [{three}]}}
"""
WORDS = [
    *("1.1", "1.2", "1.3", '"AC-2(1)"', "AC-2(1)", "asp.iso27001", "csp.ismap", "ai", "level", "w"),
    *("low", "high", "staff", "signed", "20", "2027-07-01", "true", "false", "and", "or", "not"),
    *(
        "(",
        ")",
        ",",
        "..",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "*",
        "any",
        "all",
        "at_least",
        "waived",
    ),
    *("any(", "all(", "at_least(", "waived(", "3", "0", "1000000000", "99999999999", '"', "'", "~"),
    *(
        "AND",
        "&&",
        "||",
        "!",
        "==",
        "かつ",
        "又は",
        "1.1~1.2",
        "1.1から1.2まで",
        "-",
        ".",
        "…",
        "１．１",
    ),
]
CONDITION = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    st.text(max_size=40),
    st.recursive(
        st.sampled_from(WORDS[:9]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(" and ".join),
            st.tuples(inner, inner).map(" or ".join),
            inner.map("not ({})".format),
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: f"any({', '.join(parts)})"),
            st.lists(inner, min_size=1, max_size=4).map(
                lambda parts: f"at_least(2, {', '.join('3*' + part for part in parts)})"
            ),
        ),
        max_leaves=12,
    ),
    st.tuples(
        st.sampled_from(["(", "not ", "any(", "1.1 or ", "1.1, ", '"', "\u3000"]),
        st.integers(1, 3000),
    ).map(lambda pair: pair[0] * pair[1] + "1.1"),
)


@examples(200)
@given(CONDITION, CONDITION, CONDITION)
def test_any_condition(one: str, two: str, three: str) -> None:
    quoted = [json.dumps(each.encode("utf-8", "replace").decode()) for each in (one, two, three)]
    text = SMALL.format(one=quoted[0], two=quoted[1], three=quoted[2])
    checked("book.yaml", text.encode())
