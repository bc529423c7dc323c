"""What check has to say, in every format: made by hand, each finding at its worst."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import strategies  # noqa: F401 (the profile of hypothesis)
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from test_sarif import unescaped, valid

from cloudrules.core.errors import Place
from cloudrules.core.findings import RULES, Checked, Finding, Part, Share
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Service
from cloudrules.core.situation import shown
from cloudrules.core.witness import Witness
from cloudrules.files import yaml
from cloudrules.files.library import read_as
from cloudrules.render import github, sarif, text, witness, witness_files
from cloudrules.render.check_json import checks
from cloudrules.render.json import dumps
from cloudrules.render.pages.check import Report, page, percent
from cloudrules.render.rule_pages.found import FOUND
from cloudrules.render.rule_words import MARKS, MESSAGES, message

LANGUAGES = ("ja", "en")
FORMATS = ("text", "json", "sarif", "github")
ON = date(2026, 12, 1)
BOOK = Rulebook("book", {}, {}, {}, {}, place=Place("book.yaml", 1, 1))

# Text that would steer a terminal, end a line, begin a command, be a placeholder, or turn around.
HOSTILE = [
    "\x1b[31mred\x1b]0;title\x07",
    "one\r\n::error file=x,line=1::two\n##[error]three",
    "::set-output name=x::100%,a:b%0A%2C",
    "{id} {0} %s %(x)s $x `x`",
    "[a](https://example.com/) <b>&amp;</b> \\",
    "\u202egnp.exe\u2066\u200b\u2028\u0085\x9b1m\x7f\x00",
    "'\"# - a: b",
    "規則・①髙\U00020bb7",
    "half \ud800",
    "長" * 1000,
]
VARIANTS = [
    *FOUND.values(),
    replace(FOUND["clause-idle"], parts=(Part("liu", "when", "1.2", Place("rulebook.yaml", 22)),)),
    replace(FOUND["clause-idle"], parts=FOUND["rulebook-unsatisfiable"].parts),
    replace(FOUND["requires-circle"], parts=FOUND["requires-circle"].parts[:1]),
    *(
        replace(FOUND["source-unquoted"], values={"why": why, "text": "要件一覧"})
        for why in ("absent", "quoted")
    ),
]


def report(*findings: Finding, **more: Any) -> Report:
    return Report(Checked(BOOK, findings, **more), "book.yaml", {}, ON, lambda file: file)


def drawn(form: str, shown: Report, language: str) -> str:
    if form == "text":
        return text.drawn(page([shown], language), False, 100)
    if form == "json":
        return dumps(checks([shown], language))
    return (sarif.dumps if form == "sarif" else github.commands)([shown], language)


def hostile(finding: Finding, said: str) -> Finding:
    """A finding with a text wherever a rulebook can have one."""
    return replace(
        finding,
        id=said,
        values={key: value if key == "why" else said for key, value in finding.values.items()},
        parts=tuple(replace(part, entry=said, text=said) for part in finding.parts),
        witness=Witness((said,), {said: "x"}, {said: said}, (said,)),
        where=({said: said},),
    )


# Sentences


def test_every_sentence_is_tried() -> None:
    assert {each.rule for each in VARIANTS} == RULES.keys()
    assert len(MESSAGES) == len({message(each, "en") for each in VARIANTS})
    assert {key.partition(".")[0] for key in MESSAGES} == RULES.keys()


@pytest.mark.parametrize("finding", VARIANTS, ids=lambda finding: finding.rule)
def test_a_sentence_says_what_is_wrong_and_the_mend(finding: Finding) -> None:
    english, japanese = message(finding, "en"), message(finding, "ja")
    assert ";" in english or "; " in english
    assert japanese.endswith("ください")
    for said in (english, japanese):
        assert "{" not in said
        assert "\n" not in said
        assert said == said.strip()


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_the_same_things(key: str) -> None:
    japanese, english = (set(re.findall(r"\{(\w+)\}", each)) for each in MESSAGES[key])
    assert japanese == english


# All formats


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_of_a_rulebook_breaks_out(form: str, language: str, said: str) -> None:
    shown = report(*(hostile(each, said) for each in VARIANTS), undecided=(("item-moot", said),))
    answer = drawn(form, shown, language)
    answer.encode()  # nothing is left of half a character
    if form in ("text", "github"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066]", answer)
    if form == "github":
        lines = answer.splitlines()
        assert len(lines) == len(VARIANTS) + 1
        assert all(re.match("::(error|warning|notice) file=", line) for line in lines)
    if form == "json":
        told = json.loads(answer)
        assert {each["id"] for each in told["findings"]} == {said}
        assert told["undecided"] == [{"rule": "item-moot", "id": said}]
    if form == "sarif":
        assert len(valid(answer)["results"]) == len(VARIANTS)


@pytest.mark.parametrize("said", [each for each in HOSTILE if "\ud800" not in each])
def test_a_witness_of_hostile_text_can_be_read(said: str) -> None:
    (one,) = checks([report(hostile(FOUND["item-moot"], said))], "en")["findings"]
    tree = yaml_data(one["witness"]["yaml"])
    assert tree["holds"] == [said]
    assert tree["readings"] == {said: said}
    assert tree["service"] == f"item-moot {said}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("finding", VARIANTS, ids=lambda finding: finding.rule)
def test_every_format_says_the_same(finding: Finding, language: str) -> None:
    finding = replace(finding, where=({"hosting": "literal"},))
    one = report(finding)
    said, place = message(finding, language), one.place(finding.place)
    whole = "".join(drawn("text", one, language).split())
    assert "".join(f"{place}:{MARKS[finding.severity][language == 'en']}".split()) in whole
    assert f"[{finding.rule}]" in whole
    assert "".join(said.split()) in whole
    (told,) = json.loads(drawn("json", one, language))["findings"]
    assert told["message"] == said
    assert (told["file"], told["line"]) == (finding.place.file, finding.place.line)
    (result,) = valid(drawn("sarif", one, language))["results"]
    assert (result["ruleId"], result["level"]) == (finding.rule, RULES[finding.rule])
    assert result["message"]["text"] == said
    (line,) = drawn("github", one, language).splitlines()
    assert unescaped(line.split("::", 2)[2]).startswith(said)
    for part in finding.parts:
        for form in FORMATS:
            assert part.entry in drawn(form, one, language)
    for form in FORMATS:
        assert "hosting" in drawn(form, one, language)


# JSON


def test_the_keys_of_json_stand_in_their_order() -> None:
    finding = replace(
        FOUND["waiver-own-item"], where=({"a": "x"}, {"b": "y"}), witness=Witness(besides=("1.1",))
    )
    shares = (Share("a", Fraction(1, 3), 0, exact=True), Share("b", Fraction(1, 8), 64, False, 0.1))
    answer = checks([report(finding, shares=shares, undecided=(("item-moot", "1"),))], "en")
    assert list(answer) == ["rulebook", "readings", "on", "findings", "shares", "undecided"]
    (found,) = answer["findings"]
    assert list(found) == [
        *("rule", "severity", "id", "file", "line", "message", "parts", "where", "witness")
    ]
    (part,) = found["parts"]
    assert list(part) == ["entry", "field", "text", "file", "line"]
    assert found["where"] == [{"a": "x"}, {"b": "y"}]
    assert list(found["witness"]) == ["yaml", "besides"]
    assert found["witness"]["besides"] == ["1.1"]
    for share in answer["shares"]:
        assert list(share) == ["reading", "share", "of", "exact", "error"]
    assert [(each["of"], each["exact"], each["error"]) for each in answer["shares"]] == [
        (None, True, 0.0),
        (64, False, 0.1),
    ]
    assert [list(each) for each in answer["undecided"]] == [["rule", "id"]]


def test_without_a_witness_there_is_null() -> None:
    answer = checks([replace(report(FOUND["fact-unused"]), readings=None)], "ja")
    assert answer["readings"] == "all"
    assert answer["findings"][0]["witness"] is None


def test_several_rulebooks_are_a_list() -> None:
    answer = checks([report(), report(FOUND["fact-unused"])], "en")
    assert list(answer) == ["rulebooks"]
    assert [len(each["findings"]) for each in answer["rulebooks"]] == [0, 1]


# Text


def test_findings_stand_as_they_come_with_a_count_at_the_end() -> None:
    shown = drawn("text", report(*FOUND.values()), "en")
    at = [shown.index(f"[{rule}]") for rule in FOUND]
    assert at == sorted(at)
    assert "Found: 5 errors, 6 warnings, 4 notes\n" in shown
    japanese = drawn("text", report(*FOUND.values()), "ja")
    assert "結果: エラー5件、警告6件、注記4件\n" in japanese
    one = drawn("text", report(FOUND["waiver-never"]), "en")
    assert "Found: 1 error\n" in one


@pytest.mark.parametrize(
    ("language", "sound", "open_"),
    [
        ("en", "Nothing found.", "Nothing found so far"),
        ("ja", "問題は見つかりませんでした", "これまでに問題は見つかっていません"),
    ],
)
def test_what_is_not_decided_is_not_called_sound(language: str, sound: str, open_: str) -> None:
    assert sound in drawn("text", report(), language)
    shown = drawn("text", report(undecided=(("item-moot", "1.8"),)), language)
    assert sound not in shown
    assert open_ in shown
    assert "- item-moot 1.8\n" in shown


def test_an_estimate_is_called_one_and_has_its_size_and_error() -> None:
    shares = (
        Share("counted", Fraction(1, 2**40), 0, exact=True),
        Share("drawn", Fraction(1, 8), 65536, exact=False, error=0.0025),
    )
    shown = drawn("text", report(shares=shares), "en")
    counted, sampled = (line for line in shown.splitlines() if line.startswith(("coun", "dra")))
    assert "9.09e-11 %" in counted
    assert "about" not in counted
    assert re.search(
        "about 12.5 %.*estimate: 65,536 services sampled, 95 % within ±0.25 %", sampled
    )
    assert "推定: 65,536件の標本、95%の誤差は±0.25 %" in drawn("text", report(shares=shares), "ja")


@given(st.fractions(0, 1), st.integers(0, 3000))
def test_a_share_is_0_or_1_only_where_it_is(share: Fraction, halved: int) -> None:
    for each in (share / 2**halved, 1 - share / 2**halved):
        told = percent(each)
        number = checks([report(shares=(Share("x", each, 0, True),))], "en")["shares"][0]["share"]
        assert (told == "0 %", told == "100 %") == (each == 0, each == 1)
        assert (number == 0, number == 1) == (each == 0, each == 1)
        assert 0 <= number <= 1
        if not told.startswith(">"):
            assert abs(Fraction(told.removesuffix(" %")) / 100 - each) <= each / 100
        else:
            assert each > Fraction(9999, 10000)


# Witnesses

NAMES = [
    *("1.10", "no", "true", "null", "~", "2026-12-01", "0x1F", "1e3", "-", "- a", "? a", "a: b"),
    *("a #b", "#a", "*a", "&a", "!a", "%a", "@a", "`a`", "{a}", "[a]", "a,b", "'", "\\n", "|"),
    *("=", "<<", ">", "。", "要件 1", "AC-2(1)", "a'b", "\U0001f600"),
]
names = st.one_of(
    st.sampled_from(NAMES),
    # No name has a `"` in it.
    st.text(
        st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters='"'),
        min_size=1,
        max_size=8,
    ),
)


def yaml_data(written: str) -> Any:
    return pyyaml.load(written, pyyaml.BaseLoader)


def service(written: str) -> Service:
    return read_as(Service, yaml.read(written.encode(), "witness.yaml"))


@given(
    st.lists(names, unique=True, max_size=4),
    st.dictionaries(names, st.one_of(st.booleans(), st.dates(), names), max_size=3),
    st.dictionaries(names, names, max_size=3),
    names,
)
def test_a_witness_reads_back(
    holds: list[str], context: dict[str, Any], readings: dict[str, str], book: str
) -> None:
    shows = Witness(tuple(holds), context, readings)
    found = service(witness.service(shows, "name", book))
    assert [each.evidence.name for each in found.holds] == holds
    stated = {ref.name: each.name for ref, each in found.context.items()}
    assert stated == {name: shown(each) for name, each in context.items()}
    assert {ref.name: each.name for ref, each in found.readings.items()} == readings
    assert [each.name for each in found.rulebook] == [book]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_of_a_witness_says_what_it_shows(language: str) -> None:
    finding = FOUND["holding-harms"]
    ((name, written),) = files(report(finding), language=language).items()
    assert name == "holding-harms-1.1.yaml"
    said, day, more, first, *_ = written.splitlines()
    assert said == f"# {message(finding, language)}"
    assert str(ON) in day
    assert more.startswith("# ")
    assert "--add 1.1" in more
    assert first == "service: holding-harms 1.1"


def files(*reports: Report, language: str = "en") -> dict[str, str]:
    found: dict[str, str] = {}
    for each in reports:
        more = witness_files.from_report(each, "r.yaml", found, language, prefix=len(reports) > 1)
        assert not more.keys() & found.keys()
        found.update(more)
    return found


@pytest.mark.parametrize("said", [*HOSTILE, *NAMES, "..", "/", "../../etc/passwd", "CON", "a/b\\c"])
def test_the_name_of_a_file_is_safe(said: str, tmp_path: Path) -> None:
    book = replace(BOOK, id=said)
    one = replace(report(hostile(FOUND["item-unmeetable"], said)), named="r.yaml")
    two = replace(one, checked=replace(one.checked, rulebook=book))
    found = files(two, two)
    assert len(found) == 2
    for name in found:
        assert len(name.encode()) < 256
        assert re.fullmatch(r"[\w.-]+", name)
        assert not name.startswith(".")
        (tmp_path / name).touch()
    assert len(list(tmp_path.iterdir())) == 2


def test_names_that_differ_in_case_alone_are_numbered() -> None:
    finding = FOUND["item-unmeetable"]
    found = files(report(*(replace(finding, id=name) for name in ("a", "A", "a/", "b"))))
    assert list(found) == [
        "item-unmeetable-a.yaml",
        "item-unmeetable-A-2.yaml",
        "item-unmeetable-a_.yaml",
        "item-unmeetable-b.yaml",
    ]
