"""What is written into the remarks of a form: sentences that a reviewer would write."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cloudrules.core import case
from cloudrules.core import form as forms_core
from cloudrules.core.errors import Place
from cloudrules.core.form import Filled
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.service import Service
from cloudrules.files.form.remarks import Remarks
from cloudrules.files.library import Library, read_as, read_tree
from cloudrules.render import form as words

ROOT = Path(__file__).parent.parent
SERVICES = sorted(path.stem for path in (ROOT / "scenarios" / "services").glob("*.yaml"))
LANGUAGES = ("ja", "en")
ON = date(2026, 12, 1)
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def filled(path: Path) -> tuple[Filled, Rulebook]:
    """How a service's form is filled in; the service is a file."""
    service = read_as(Service, read_tree(path))
    rulebook = Library().rulebook(service.rulebook[0], path.parent)
    found = case.from_service([rulebook], service, ON)[0]
    return forms_core.from_case(found, service, set(rulebook.items)), rulebook


def remarks(name: str, language: str) -> dict[str, str]:
    made, _ = filled(ROOT / "scenarios" / "services" / f"{name}.yaml")
    return words.remarks(made, language)


def test_an_exemption_says_which_clause_why_and_until_when() -> None:
    said = remarks("example-saas", "ja")
    assert said["1.8"].splitlines() == [
        "1.8のセルの前半「1.7でISMAPへの登録が行われている場合、1.8~1.13の要件は不要」により不要。",
        "根拠: ISMAP登録基盤上での構築(利用するサービスが言明対象範囲内)〔1.7の備考参照〕。"
        "2027-03-31まで有効。",
    ]
    said = remarks("example-saas", "en")
    first = [
        'Not necessary under the clause inside 1.8: "Where registration with ISMAP under 1.7 is in'
        ' place, requirements 1.8 to 1.13 are not necessary."',
        "In the source: 「1.7でISMAPへの登録が行われている場合、1.8~1.13の要件は不要」",
        "Rests on: Built on an ISMAP-registered platform, the services used inside its statement of"
        " scope [see 1.7]. Valid until 2027-03-31.",
    ]
    assert said["1.8"].splitlines() == first
    assert said["1.9"].splitlines() == [first[0], first[2]]  # the source's words are given once


def test_a_clause_without_a_place_is_quoted_alone() -> None:
    one, two = (remarks("certified-platform", language)["1.7"] for language in LANGUAGES)
    assert one.startswith("「(明文なし)1.7と")
    assert two.startswith('Not necessary: "(No clause of its own.)')
    assert "In the source" not in two


def test_a_fact_is_said_once_and_what_nobody_stated_is_said_to_be_the_default() -> None:
    assert remarks("example-saas", "ja")["1.5"].splitlines() == [
        "前提に当たらないため対象外。",
        "「生成AIを利用したサービスに該当する」は「いいえ」（generative_ai = false）",
    ]
    assert remarks("newcomer", "ja")["1.5"].splitlines()[1] == (
        "根拠: 「生成AIを利用したサービスに該当する」は「いいえ」〔申告がないため既定の扱い〕。"
    )
    assert remarks("newcomer", "en")["1.5"].splitlines() == [
        "This item does not apply.",
        "Rests on: The service uses generative AI: no [not stated; the default].",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SERVICES)
def test_remarks_of_the_shipped_services(name: str, language: str) -> None:
    made, rulebook = filled(ROOT / "scenarios" / "services" / f"{name}.yaml")
    reader = Remarks(rulebook)
    said = words.remarks(made, language)
    for row in made.rows:
        text = said[row.answer.id]
        lines = text.splitlines()
        assert len(lines) <= 3 + len(row.statements)
        assert all(lines)
        assert not re.search(r"[。.]{2}|[.,:;)][A-Z]|  |\{|None", text)
        if language == "en":
            foreign = [line for line in lines if JAPANESE.search(line)]
            assert all(line.startswith("In the source: ") for line in foreign)
        told = reader.of(row.answer.id, text)
        assert row.status != "met" or not told.denied
        assert [each.name for each in told.statements] == [each.name for each in row.statements]
        assert not re.search(r"[（(][a-z]+[._]", told.note)  # ids stand in what is stated alone


SHORT = {"C22-0042": "〔C22-0042〕", "長い備考" * 20: "〔1.1の備考参照〕", "": "〔1.1の備考参照〕"}


@pytest.mark.parametrize("note", SHORT)
def test_a_short_number_is_repeated_and_a_long_note_referred_to(tmp_path: Path, note: str) -> None:
    path = tmp_path / "s.yaml"
    noted = f", note: {note}" if note else ""
    path.write_text(
        "service: S\nrulebook: municipal-cloud-level-2\n"
        f"holds: [{{evidence: service.ismap{noted}}}, asp.iso27001, csp.ismap]\n",
        "utf-8",
    )
    said = words.remarks(filled(path)[0], "ja")["1.16"].splitlines()
    assert said[1].endswith(f"言明対象範囲内){SHORT[note]}。")
    # A second clause is told by its place.
    assert said[2].startswith("1.15と1.16の間の行の第1文によっても不要。根拠: ")
    assert len(said) == 3


ODD = """
rulebook: odd
catalogues: [odd-evidence.yaml]
context:
  level: {title: 区分(1.2), options: [low, high], default: low}
items:
  - {id: 1.1, need: mandatory, text: a, met_by: ASP}
  - {id: 1.2, need: mandatory, text: b, met_by: CSP}
  - {id: 1.3, need: mandatory, text: c, applies_when: level = high}
waivers:
  - {id: w, text: "1.1 (ASP) のとき(1.2)は不要（CSP、2027-03-31まで）", at: (1.2), when: 1.1,
     waives: [1.2]}
"""
EVIDENCE = """
catalogue: odd-evidence
evidence:
  - {id: ASP, kind: control, holder: asp, title: 認証(CSP)}
  - {id: CSP, kind: control, holder: csp, title: 認証(1.2)}
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_brackets_in_a_quotation_state_anything(tmp_path: Path, language: str) -> None:
    (tmp_path / "odd.yaml").write_text(ODD, "utf-8")
    (tmp_path / "odd-evidence.yaml").write_text(EVIDENCE, "utf-8")
    (tmp_path / "s.yaml").write_text(
        "service: S\nrulebook: odd.yaml\nholds: [{evidence: ASP, note: (CSP)}]\n", "utf-8"
    )
    made, _ = filled(tmp_path / "s.yaml")
    rulebook = Library().rulebook(Ref(str(tmp_path / "odd.yaml"), Place("t")), Path())
    said = words.remarks(made, language)
    stated = {item: Remarks(rulebook).of(item, text).statements for item, text in said.items()}
    assert {item: [each.name for each in found] for item, found in stated.items()} == {
        "1.1": ["ASP"],
        "1.2": [],
        "1.3": [],
    }
    assert stated["1.1"][0].holding.note.source == "(CSP)"
    assert "〔1.2〕" in said["1.2"]
    low = {"ja": "「区分〔1.2〕」は「low」", "en": "区分〔1.2〕: low"}
    assert low[language] in said["1.3"]
