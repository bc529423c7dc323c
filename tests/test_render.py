"""What people and programs read: words in both languages, alignment, safety, keys in order."""

from __future__ import annotations

import json as standard_json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest

from cloudrules.core import case, comparison, explanation, plan
from cloudrules.core.case import Case
from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.problem import Clock
from cloudrules.core.request import checked
from cloudrules.core.service import OBJECTIVES, PlanRequest, Scenario, Service
from cloudrules.files import yaml
from cloudrules.files.library import Library, read_as
from cloudrules.render import (
    fault_words,
    faults,
    form_phrases,
    json,
    markdown,
    phrases,
    rule_pages,
    table,
    template,
    text,
    words,
)
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Grid,
    Heading,
    Paragraph,
    Quote,
    Span,
    line,
)
from cloudrules.render.clean import brief, clean
from cloudrules.render.head import Head, VariantOutcome
from cloudrules.render.help import HELP, help_text
from cloudrules.render.wording import Wording, ranges
from cloudrules.solvers import SOLVERS, named

SOURCE = Path(words.__file__).parents[1]
ON = date(2026, 12, 1)
LANGUAGES = ("ja", "en")

CATALOGUE = """
catalogue: cat
evidence:
  - id: asp.cert
    kind: certification
    holder: asp
    title: {ja: 組織の認証, en: Certification of the firm}
    effort: {cost: 3000000, months: 8}
    basis: {kind: estimate, source: {ja: 概算, en: a guess}}
  - {id: csp.cert, kind: certification, holder: csp, requires: asp.cert, effort: {cost: 5}}
  - {id: listed, kind: certification, holder: csp}
"""
RULEBOOK = """
rulebook: book
edition: "2"
title: {ja: 試験用の規程, en: Rules to test with}
catalogues: [cat.yaml]
context:
  ai: {title: {ja: 生成AIを使う, en: AI is used}}
  level: {title: {ja: 区分, en: Level}, options: [low, high], default: low}
  staff: {title: {ja: 人数, en: Staff}, type: number, default: 5}
  signed: {title: {ja: 契約日, en: Signed}, type: date, default: 2026-04-01}
items:
  - {id: 1.1, need: optional, text: {ja: 認証を持つ, en: It is certified}, met_by: asp.cert}
  - {id: 1.2, need: mandatory, text: {ja: 基盤, en: Platform}, met_by: csp.cert or listed}
  - {id: 1.3, need: mandatory, section: {ja: 管理, en: Management}, text: 管理すること}
  - {id: 1.4, need: mandatory, applies_when: ai, text: "| pipe *star* <b>"}
  - {id: 1.5, need: mandatory, effort: {cost: 7, months: 1}}
  - {id: 1.6, need: mandatory, applies_when: level = high or staff > 20}
  - {id: "AC-2(1)", need: optional}
waivers:
  - id: clause
    text: {ja: 1.1の認証を取得している場合、以下の要件は不要, en: "Where 1.1 is met, these go"}
    at: {ja: 1.2の後, en: after 1.2}
    when: 1.1
    waives: [1.3..1.5]
readings:
  - id: scope
    question: {ja: どこまでか, en: How far}
    options:
      - {id: all, because: {ja: 全部, en: all of it}}
      - {id: one, because: {ja: 一つ, en: one of it}, change: {clause: {waives: [1.3]}}}
"""


@dataclass
class Answered:
    """A service with its case and the head of its answers."""

    case: Case
    head: Head


Answer: TypeAlias = Callable[..., Answered]


@pytest.fixture
def answered(tmp_path: Path) -> Answer:
    (tmp_path / "cat.yaml").write_text(CATALOGUE, "utf-8")

    def answer(rest: str = "", rulebook: str = RULEBOOK) -> Answered:
        (tmp_path / "book.yaml").write_text(rulebook, "utf-8")
        source = f"service: Example\nprovider: KK\nrulebook: book.yaml\n{rest}"
        service = read_as(Service, yaml.read(source.encode(), "s.yaml"))
        book = Library().rulebook(service.rulebook[0], tmp_path)
        here = case.from_service([book], service, ON)[0]
        return Answered(here, Head(service, (here.rulebook,), ON, here.situation.readings))

    return answer


def planned(found: Answered, **asked: object) -> plan.PlanAnswer:
    request = checked(PlanRequest(**asked), [found.case])  # type: ignore[arg-type]
    return plan.from_cases([found.case], request, named(next(iter(SOLVERS))), Clock(10))


def explained(found: Answered, item: str) -> explanation.Explanation:
    return explanation.from_assessment(found.case.circuit, found.case.assessed(), item)


# Words


def raised() -> set[str]:
    """Every fault code that the source names."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "render" not in path.parts:
            source = path.read_text("utf-8")
            found.update(re.findall(r"""\b(?:fault|wrong|slip)\(\s*"([a-z0-9-]+)\"""", source))
            for line_of_code in re.findall(r"""\bcode = ("[a-z0-9-]+".*)""", source):
                parts = re.sub(r" if .* else ", " ", line_of_code)
                found.update(re.findall(r"""\"([a-z0-9-]+)\"""", parts))
    found |= {f"fact-{kind}" for kind in ("boolean", "number", "date")}
    return found | {"rulebook-unknown", "catalogue-unknown"}


def test_every_fault_that_is_raised_has_words() -> None:
    codes = raised()
    assert len(codes) > 70
    assert sorted(codes - fault_words.FAULTS.keys()) == []


def test_the_words_of_a_fault_name_values_that_it_carries() -> None:
    for path in SOURCE.rglob("*.py"):
        for code, rest in re.findall(
            r"""\bfault\(\s*"([a-z0-9-]+)",((?:[^()]|\([^()]*\))*)\)""", path.read_text("utf-8")
        ):
            given = set(re.findall(r"\b(\w+)=", rest))
            assert words.placeholders(fault_words.FAULTS[code][0]) <= given, code


@pytest.mark.parametrize(
    "table_of_words",
    [
        fault_words.FAULTS,
        faults.FORMS,
        faults.KINDS,
        faults.SHAPES,
        faults.SIZES,
        phrases.PHRASES,
        words.TERMS,
        template.WORDS,
        rule_pages.PHRASES,
        HELP,
        form_phrases.ANSWERS,
        form_phrases.REMARKS,
        form_phrases.TOLD,
        form_phrases.FIELDS,
        form_phrases.FINDINGS,
        form_phrases.FINDING,
        form_phrases.SERVICE,
        form_phrases.LEFT_OUT,
    ],
)
def test_both_languages_say_everything_with_the_same_values(
    table_of_words: dict[str, tuple[str, str]],
) -> None:
    for key, (ja, en) in table_of_words.items():
        assert ja.strip(), key
        assert en.strip(), key
        # A form for one may leave the number out.
        one = {"n"} if key.endswith(".one") else set()
        assert words.placeholders(ja) - one == words.placeholders(en) - one, key


def test_every_phrase_that_a_page_uses_exists() -> None:
    for path in (SOURCE / "render").rglob("*.py"):
        for key in re.findall(r"""\bsaid\(\s*"([\w.-]+)\"""", path.read_text("utf-8")):
            assert key in phrases.PHRASES, (path.name, key)


def test_a_code_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        faults.sentence(fault("no-such-code", Place("f.yaml", 1)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(fault_words.FAULTS))
def test_a_fault_is_one_line_with_its_place(code: str, language: str) -> None:
    names = words.placeholders(fault_words.FAULTS[code][0])
    said = faults.sentence(fault(code, Place("f.yaml", 3), **dict.fromkeys(names, "v")), language)
    assert said.startswith("f.yaml:3: ")
    assert "\n" not in said
    assert not re.search(r"[{}]|\[\[|\]\]", said)


def test_a_fault_names_the_nearest_name_only_where_there_is_one() -> None:
    place = Place("f.yaml", 3, 1)
    with_near = fault("name-unknown", place, name="1.99", near="1.9", what="item")
    assert faults.sentence(with_near, "en") == (
        "f.yaml:3: there is no item `1.99`; did you mean `1.9`? correct the name or define it"
    )
    without = fault("name-unknown", Place("--add"), name="1.99", near="", what="item")
    assert faults.sentence(without, "ja") == (
        "--add: 「1.99」という要件はありません。つづりを直すか、先に定義してください。"
    )


# Safety


HOSTILE = "a\x1b[31mred\x07\x9b1m\u202egnp.exe\u2066\r\nnext\ud800"


def test_nothing_from_a_file_reaches_the_terminal_as_a_control() -> None:
    shown = clean(HOSTILE)
    assert shown.isprintable()
    assert shown == r"a\x1b[31mred\x07\x9b1m\u202egnp.exe\u2066 next\ud800"
    hostile = fault("choice", Place(HOSTILE, 1), found=HOSTILE, near="", known=HOSTILE)
    said = faults.sentence(hostile, "ja")
    assert said.isprintable()


def test_blocks_are_clean_whatever_they_hold() -> None:
    hostile = line(HOSTILE)
    blocks: list[Block] = [
        Heading(hostile),
        Paragraph((hostile,)),
        Quote(HOSTILE),
        Code(HOSTILE, "yaml"),
        Bullets(((0, hostile),)),
        Grid((Column(HOSTILE), Column("x", "cut")), ((hostile, hostile),)),
    ]
    for drawn in (text.drawn(blocks, False, 60), markdown.drawn(blocks)):
        assert all(each.isprintable() for each in drawn.split("\n"))
        drawn.encode("utf-8")


def test_a_quoted_value_is_cut() -> None:
    assert brief("x" * 61) == "x" * 59 + "…"
    assert brief("x" * 60) == "x" * 60
    long = fault("date", Place("f.yaml", 1), found="9" * 10_000_000, mend="")
    assert len(faults.sentence(long, "en")) < 200


def test_markdown_shows_text_as_it_is_written() -> None:
    assert markdown.escaped("a|b *c* <b> [x](y) `z`") == (r"a\|b \*c\* \<b\> \[x\](y) \`z\`")
    assert markdown.escaped("1. first") == r"1\. first"
    assert markdown.escaped("- no list") == r"\- no list"
    assert markdown.escaped("1.16 stays") == "1.16 stays"


# Alignment


def test_markdown_keeps_code_apart() -> None:
    blocks: list[Block] = [
        Code("a: *b*\n```\n", "yaml"),
        Paragraph((line(Span("`_x_`", "code"), Span("`a|b`", "code"), Span("_y_", "code")),)),
    ]
    shown = markdown.drawn(blocks)
    # A bar would end a cell of a table, and what has no backticks around it is no code.
    assert shown == "````yaml\na: *b*\n```\n````\n\n`_x_`\\`a\\|b\\`\\_y\\_\n"


def test_full_width_characters_take_two_columns() -> None:
    assert table.columns("abc") == 3
    assert table.columns("要件１") == 6
    assert table.columns("e\u0301") == 1  # a combining mark takes none
    assert table.cut("要件の番号", 7) == "要件の…"


def test_a_table_stays_aligned() -> None:
    columns = (
        Column("番号"),
        Column("要件", "cut"),
        Column("根拠", "wrap"),
        Column("費用", right=True),
    )
    rows = (
        (line("1.1"), line("セキュリティ" * 9), line("word " * 9), line("1,000円")),
        (line("1.10"), line("short"), line("認証"), line("20円")),
    )
    for width in (60, 80, 120):
        lines = table.drawn(Grid(columns, rows), False, width)
        assert all(table.columns(each) <= width for each in lines)
        rule = lines[1]
        assert rule.strip("- ") == ""
        money = [each for each in lines if each.endswith("円")]
        assert {table.columns(each) for each in money} == {len(rule)}


def test_lines_break_where_japanese_may() -> None:
    said = "これは、とても長い文です。「引用」もあります。"
    lines = [said[start:end] for start, end in table.breaks(said, 11)]
    assert "".join(lines) == said
    assert all(table.columns(each) <= 11 for each in lines)
    assert not any(each[0] in "、。」" or each[-1] == "「" for each in lines)
    english = "one two three"
    assert [english[start:end].strip() for start, end in table.breaks(english, 8)] == [
        "one two",
        "three",
    ]


def test_ranges_join_three_or_more_in_a_row() -> None:
    places = {str(number): number for number in range(1, 7)}
    assert ranges(["6", "2", "4", "3"], places) == ["2..4", "6"]
    assert ranges(["1", "2", "9"], places) == ["1", "2", "9"]
    order = ["1.2", "1.9", "1.3", "1.8", "1.9a", "1.9b", "AC-2(9)", "AC-2(10)", "AC-2(11)"]
    places = {name: place for place, name in enumerate(order)}
    assert ranges(order[:3], places) == order[:3]
    assert ranges(order, places) == [*order[:6], "AC-2(9)..AC-2(11)"]


# Answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_assess(answered: Answer, language: str) -> None:
    rest = """
holds: [{evidence: asp.cert, until: 2026-11-30}, {item: 1.5, note: doc 7, until: 2027-01-31}]
unknown: [csp.cert]
"""
    found = answered(rest)
    answer = found.case.assessed()
    said = text.assessment(answer, found.head, language)
    want = {
        "ja": ("試験用の規程、2版", "不適合: 1件", "不足している要件: 1.3", "期限切れ", "doc 7"),
        "en": ("Rules to test with, edition 2", "Not compliant: 1 item", "Missing: 1.3", "Expired"),
    }
    for each in want[language]:
        assert each in said
    assert "\x1b" not in said
    coloured = text.assessment(answer, found.head, language, colour=True)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == said
    shown = markdown.assessment(answer, found.head, language)
    assert r"\| pipe \*star\* \<b\>" in shown
    rows = [each for each in shown.split("\n") if each.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", each)) for each in rows} == {6}


def test_an_open_verdict_names_what_it_depends_on(answered: Answer) -> None:
    found = answered("holds: [asp.cert]\nunknown: [csp.cert]")
    said = text.assessment(found.case.assessed(), found.head, "ja")
    assert "未確定: 次の点が分かるまで判定できません。\n\n- csp.cert\n" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_readings(answered: Answer, language: str) -> None:
    found = answered("holds: [asp.cert, listed]\ncontext: {ai: true}")
    answer = found.case.in_all_readings()
    said = text.worlds(answer, found.head, language)
    wanted = {"ja": ("解釈により分かれます: 2通り", "全部"), "en": ("1 of 2 readings", "all of it")}
    for each in (*wanted[language], "scope=one"):
        assert each in said
    assert markdown.worlds(answer, found.head, language)
    made = json.worlds(answer, found.head)
    assert list(made) == [
        *("service", "rulebook", "readings", "on"),
        *("verdict", "worlds", "depends_on"),
    ]
    assert list(made["worlds"][0]) == ["readings", "compliant", "missing"]
    several = Head(found.head.service, found.head.rulebooks * 2, ON)
    keys = ["rulebook", "readings", "on", "compliant", "missing"]
    assert list(json.worlds(answer, several)["worlds"][0]) == keys


def test_an_exempt_item_reads_as_a_notice(answered: Answer) -> None:
    found = answered("holds: [{evidence: asp.cert, until: 2027-03-31, note: IS 1}, listed]")
    answer = explained(found, "1.3")
    ja = text.explanation(replace(answer, depends_on=("scope",)), found.head, "ja")
    assert "要件1.3 管理（必須）: 不要" in ja
    assert "「1.1の認証を取得している場合、以下の要件は不要」（1.2の後、clause）" in ja
    assert "組織の認証（asp.cert）〔IS 1、2027-03-31まで〕" in ja
    assert "少なくとも2027-03-31まで不要です" in ja
    assert "どこまでか → scope=all（全部）" in ja
    en = text.explanation(answer, found.head, "en", width=200)
    assert "「1.1の認証を取得している場合、以下の要件は不要」" in en
    assert "In English: Where 1.1 is met, these go" in en
    assert "at least until 2027-03-31" in en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "AC-2(1)"])
def test_every_item_is_explained(answered: Answer, item: str, language: str) -> None:
    for rest in (
        "holds: [listed]",
        "holds: [1.1]\nunknown: [csp.cert, ai, staff]",
        "unknown: [asp.cert, 1.5]\ncontext: {level: high}",
    ):
        found = answered(f"{rest}\n")
        answer = explained(found, item)
        assert item in text.explanation(answer, found.head, language)
        assert markdown.explanation(answer, found.head, language)
        made = json.explain(answer, found.head)
        assert list(made) == [
            *("service", "rulebook", "readings", "on", "item", "status", "obligation"),
            *("reasons", "met_because", "could_be_waived", "could_be_met"),
            *("met_until", "applies_because", "depends_on", "more"),
        ]
        for reason in made["reasons"]:
            assert list(reason) == ["waiver", "text", "because", "until"]
            assert list(reason["text"]) == ["ja", "en"]


def test_what_is_missing_says_how_to_mend_it(answered: Answer) -> None:
    found = answered()
    said = text.explanation(explained(found, "1.2"), found.head, "en")
    assert "It is mandatory." in said
    assert "- csp.cert" in said
    assert "or in ways that rest on attesting item 1.2 itself" in said
    assert "or in ways that rest on things whose effort is not stated: listed" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_says_what_it_is_for_and_rests_on(answered: Answer, language: str) -> None:
    found = answered("unknown: [1.6]")
    answer = planned(found)
    said = text.plan(answer, found.head, language, width=160)
    wanted = {
        "ja": ("証明済み", "3,000,005円*", "要件1.2を充足", "概算", "2通りの解釈のうち1", "仮定"),
        "en": ("Least plan, proved", "¥3,000,005*", "meets 1.2", "a guess", "1 of 2", "Assumed"),
    }
    for each in (*wanted[language], "scope=all"):
        assert each in said
    assert markdown.plan(answer, found.head, language)


def test_the_keys_of_a_plan(answered: Answer) -> None:
    found = answered()
    made = json.plan(planned(found), found.head)
    assert list(made) == [
        *("service", "rulebook", "readings", "on", "status", "objective", "plans", "bound"),
        *("conflict", "assumed", "more"),
    ]
    best = made["plans"][0]
    keys = ["acquire", "cost", "certifications", "actions", "months", "waived", "holds_in", "steps"]
    assert list(best) == keys
    assert list(best["holds_in"]) == ["worlds", "of", "depends_on"]
    assert list(best["steps"][0]) == [
        *("id", "kind", "cost", "months", "start", "finish", "estimate"),
        *("items_met", "waivers_fired", "items_released", "required_by"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_plan_and_no_answer_are_told_apart(answered: Answer, language: str) -> None:
    found = answered()
    none = planned(found, budget=10)
    said = text.plan(none, found.head, language)
    assert {"ja": "条件に合う計画はありません", "en": "No plan exists"}[language] in said
    assert {"ja": "費用を10円以内", "en": "at most ¥10"}[language] in said
    assert json.plan(none, found.head)["conflict"]["limits"] == ["budget 10"]
    late = plan.PlanAnswer("unknown", bound=(("cost", 12), ("actions", 0)))
    said = text.plan(late, found.head, language)
    assert {"ja": "計画がないという意味ではありません", "en": "does not mean"}[language] in said
    assert "12" in said
    some = plan.PlanAnswer("feasible", (("cost", 20),), planned(found).plans, (("cost", 12),))
    said = text.plan(some, found.head, language)
    assert {"ja": "未証明", "en": "not proved"}[language] in said
    least = replace(some, bound=some.objective)
    said = text.plan(least, found.head, language)
    assert {"ja": "証明済み", "en": "Least plan, proved"}[language] in said
    alone = plan.PlanAnswer("infeasible", conflict=plan.Conflict(("budget 1",), ()))
    said = text.plan(alone, found.head, language)
    assert {"ja": "それだけで", "en": "This alone"}[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ran_out_is_named(answered: Answer, language: str) -> None:
    found = answered("holds: [{evidence: listed, until: 2026-11-30}]")
    said = text.explanation(explained(found, "1.2"), found.head, language)
    wanted = {"ja": "listedは2026-11-30で期限が切れました", "en": "listed ran out on 2026-11-30"}
    assert wanted[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_that_is_exempt_either_way_is_not_called_exempt(
    answered: Answer, language: str
) -> None:
    found = answered("holds: [asp.cert]\nunknown: [ai]")
    said = text.explanation(explained(found, "1.4"), found.head, language)
    wanted = {"ja": "いずれにしても充足は求められません", "en": "not owed either way"}
    assert wanted[language] in said.replace("\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_and_objective_has_words(answered: Answer, language: str) -> None:
    found = answered()
    conflict = plan.Conflict(
        ("forbid asp.cert", "require 1.5", "only hosting, control", "budget 1", "deadline 1"),
        ("1.3",),
    )
    answer = plan.PlanAnswer("infeasible", conflict=conflict)
    said = text.plan(answer, found.head, language)
    options = ("--forbid", "--require", "--only", "--budget", "--deadline")
    assert all(each in said for each in options)
    wording = Wording(language, found.head.rulebooks)
    assert all(wording.value(each, 2) for each in OBJECTIVES)
    trade = plan.PlanAnswer("optimal", (("cost", 1), ("months", 2)), planned(found).plans)
    assert text.plan(trade, found.head, language, front=("cost", "months"))


SCENARIO = """
scenario: {ja: 失効, en: Lapse}
service: {service: Example, rulebook: book.yaml, holds: [asp.cert, listed]}
variants:
  - {name: today, expect: {compliant: true}}
  - name: {ja: 失効する, en: it lapses}
    remove: [asp.cert]
    plan: {}
    expect: {compliant: true, items: {1.3: met}, verdict: always}
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_variants_and_outcomes(answered: Answer, tmp_path: Path, language: str) -> None:
    found = answered()
    scenario = read_as(Scenario, yaml.read(SCENARIO.encode(), "lapse.yaml"))
    means = comparison.Means(
        lambda refs, own: [Library().rulebook(ref, tmp_path) for ref in refs],
        lambda: named(next(iter(SOLVERS))),
        lambda: Clock(10),
        ON,
    )
    service = read_as(Service, scenario.service)
    base, answers = comparison.from_variants(service, scenario.variants, means)
    said = text.whatif(base, answers, found.head, scenario.scenario, language, width=160)
    wanted = {
        "ja": ("失効する", "不適合", "期待はtrue、実際はfalse（lapse.yaml:"),
        "en": ("it lapses", "not compliant", "expected true, got false (lapse.yaml:"),
    }
    for each in wanted[language]:
        assert each in said
    assert markdown.whatif(base, answers, found.head, scenario.scenario, language)
    made = json.whatif(answers, found.head)["variants"][1]
    assert list(made)[:6] == ["name", "compliant", "missing", "changes", "plan", "failures"]
    assert list(made["changes"][0]) == ["item", "from", "to"]
    assert list(made["plan"]) == ["status", "objective", "plans", "bound"]
    assert list(made["failures"][0]) == ["what", "expected", "got"]

    cases = [
        VariantOutcome("lapse.yaml", each.name.in_(language), each.failures) for each in answers
    ]
    said = text.outcomes(cases, language)
    assert {"ja": "合格 1件、不合格 1件", "en": "1 passed, 1 failed"}[language] in said
    assert markdown.outcomes(cases, language)
    result = json.outcomes(cases)
    assert list(result) == ["passed", "failed", "cases"]
    assert list(result["cases"][0]) == ["file", "name", "passed", "failures"]


def test_the_keys_of_an_assessment(answered: Answer) -> None:
    found = answered()
    made = json.assess(found.case.assessed(), found.head)
    assert list(made) == [
        *("service", "rulebook", "readings", "on"),
        *("compliant", "items", "missing", "undecided_by"),
    ]
    keys = ["id", "need", "obligation", "met", "status", "waived_by"]
    assert list(made["items"][0]) == keys
    assert made["rulebook"] == "book"
    assert made["on"] == "2026-12-01"


def test_json_text_is_utf8_and_ends_its_line() -> None:
    said = json.dumps({"名": "値\ud800"})
    assert said == '{\n  "名": "値\\ud800"\n}\n'
    assert standard_json.loads(said) == {"名": "値\ud800"}


def test_nothing_in_json_can_steer_a_terminal() -> None:
    value = {"a\x9b31m": "b\u202e\x85\u2028\x7f\U000e0041 c"}
    said = json.dumps(value)
    assert said.replace("\n", "").isprintable()
    assert standard_json.loads(said) == value


# The service file to start from


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_reads_back(answered: Answer, language: str) -> None:
    book = answered(rulebook=RULEBOOK.replace(", default: 2026-04-01", "")).case.rulebook
    said = template.service_file(book, language)
    service = read_as(Service, yaml.read(said.encode(), "t.yaml"))
    assert [ref.name for ref in service.rulebook] == ["book"]
    assert {ref.name: value.name for ref, value in service.context.items()} == {
        "ai": "false",
        "level": "low",
        "staff": "5",
    }
    assert service.holds == ()
    assert "  # signed: 2027-04-01" in said
    case.from_service([book], service, ON)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_filled_in_reads_back(answered: Answer, language: str) -> None:
    book = answered(rulebook=RULEBOOK.replace(", default: 2026-04-01", "")).case.rulebook
    said = template.service_file(book, language).replace("holds: []", "holds:")
    # As its first lines say: take away the `# ` before what applies.
    said = re.sub(r"^(\s*)# (- \S+  #|signed:)", r"\1\2", said, flags=re.MULTILINE)
    said = re.sub(r"(?m)^# ((?:efforts|readings):|  \S+: (?:\{.*|\S+)$)", r"\1", said)
    service = read_as(Service, yaml.read(said.encode(), "t.yaml"))
    held = [holding.ref.name for holding in service.holds]
    assert held == ["asp.cert", "csp.cert", "listed", "1.3", "1.4", "1.5", "1.6", "AC-2(1)"]
    assert [ref.name for ref in service.readings] == ["scope"]
    assert [ref.name for ref in service.efforts] == ["asp.cert", "csp.cert"]
    case.from_service([book], service, ON)


@pytest.mark.parametrize(
    "name",
    ["1.10", "AC-2(1)", "null", "~", "- x", "a: b", "#c", "it's", "é\u0301", "a\x1bb", "日本", ""],
)
def test_any_name_is_written_so_that_it_reads_back(name: str) -> None:
    node = yaml.read(f"k: {template.scalar(name)}".encode(), "t.yaml")
    found = node.get("k")  # type: ignore[union-attr]
    assert found.text == name  # type: ignore[union-attr]
    assert not found.is_null or not name  # type: ignore[union-attr]


def test_the_shipped_rulebook_has_a_template() -> None:
    from cloudrules.core.schema import Ref

    book = Library().rulebook(Ref("municipal-cloud-level-2", Place("")))
    for language in LANGUAGES:
        service = read_as(Service, yaml.read(template.service_file(book, language).encode(), "t"))
        assert not service.holds


def test_help_imports_nothing() -> None:
    source = (SOURCE / "render" / "help.py").read_text("utf-8")
    assert re.findall(r"^(?:from|import) .*", source, re.MULTILINE) == [
        "from __future__ import annotations"
    ]
    assert help_text("plan", "ja") != help_text("plan", "en")
    with pytest.raises(KeyError):
        help_text("no-such-command", "ja")


def test_a_bad_file_is_told_in_both_languages() -> None:
    with pytest.raises(BadInput) as caught:
        read_as(Service, yaml.read(b"service: x\nhold: [1.1]\n", "s.yaml"))
    said = [faults.sentence(each, "en") for each in caught.value.faults]
    assert said[0].startswith("s.yaml:2: there is no key `hold` here; did you mean `holds`?")
