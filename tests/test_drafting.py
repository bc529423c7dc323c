"""Drafts of rulebooks: what is certain is read, the rest is asked, and the file always loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from engine import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudrules.cli.main import main
from cloudrules.core import drafting, hints, sheet, tabular
from cloudrules.core.draft import Draft
from cloudrules.core.errors import Place
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.sheet import Grid
from cloudrules.files import grids
from cloudrules.files.library import Library
from cloudrules.render import draft as page

SOURCE = ROOT / "knowledge_base" / "sources" / "municipal-cloud-level-2.txt"
CASES = ROOT / "tests" / "cases" / "import"
LANGUAGES = ("ja", "en")


def shipped() -> Rulebook:
    return Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path())


def drafted(*found: Grid) -> Draft:
    return drafting.from_sheet(tabular.from_grids(found))


def loaded(draft: Draft, folder: Path, language: str = "ja") -> Rulebook:
    path = folder / "draft.yaml"
    path.write_text(page.rulebook_file(draft, "draft", "sheet.xlsx", language), "utf-8")
    return Library().rulebook(Ref(str(path), Place("test")), Path())


@pytest.fixture(scope="module")
def seed() -> Draft:
    return drafted(*grids.read(SOURCE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_sheet_gives_the_shipped_items(
    seed: Draft, tmp_path: Path, language: str
) -> None:
    book, wanted = loaded(seed, tmp_path, language), shipped()
    assert len(book.items) == 28

    def said(each: Rulebook) -> list[tuple[str, ...]]:
        return [
            (item.id, item.need, item.text.source, item.section.source)
            for item in each.items.values()
            if item.text and item.section
        ]

    assert said(book) == said(wanted)
    assert {item.id: item.entry.get("applies_when") for item in book.items.values()}["1.2"]
    assert all(item.met_by is None for item in book.items.values())


# in-lieu has no clause; who the contractor is, and the names, were decided by people.
CLAUSES = {
    "first-banner": "after-1.5",
    "hosting": "inside-1.8",
    "second-banner": "after-1.15-1",
    "contractor": "after-1.15-2",
}


def test_the_shipped_sheet_gives_the_shipped_waivers(seed: Draft, tmp_path: Path) -> None:
    book, wanted = loaded(seed, tmp_path), shipped()
    assert list(book.waivers) == list(CLAUSES.values())
    for name, other in CLAUSES.items():
        one, two = wanted.waivers[name], book.waivers[other]
        assert one.text
        assert two.text
        assert one.text.source == two.text.source
        assert wanted.listed(one.waives) == book.listed(two.waives)
        if name != "contractor":
            # The same condition in the same words of the language
            spelled = [str(each.entry.get("when").text) for each in (one, two)]  # type: ignore[union-attr]
            assert spelled[0] == spelled[1]
    assert seed.facts == {"condition-1": "業務委託サービス提供事業者が1.6の認証を取得している"}


def test_the_reach_of_below_is_left_open(seed: Draft) -> None:
    first, second = seed.readings
    spans = [
        {option.id: [value for _, value in option.change.values()] for option in reading.options}
        for reading in (first, second)
    ]
    # What facts were decided of: to the end, the next banner, the certifications, the next clause
    assert spans[0] == {
        "to-end": [],
        "next-banner": ["1.6..1.15"],
        "same-page": ["1.6..1.23"],
        "same-group": ["1.6..1.10"],
        "same-section": ["1.6"],
        "next-clause": ["1.6..1.7"],
    }
    assert spans[1] == {
        "to-end": [],
        "same-page": ["1.16..1.23"] * 2,
        "same-group": ["1.16..1.19"] * 2,
    }


def test_what_could_not_be_read_is_asked(seed: Draft) -> None:
    asked = [(question.code, question.spot.row) for question in seed.questions]
    assert asked == [
        ("evidence", 8),
        ("applies", 12),
        ("whole", 13),
        ("reach", 13),
        ("whole", 16),
        ("exception", 23),
        ("reach", 24),
        ("condition", 24),
        ("applies", 36),
        ("applies", 39),
    ]


def wordings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyyaml.load(
        (CASES / "clauses.yaml").read_text("utf-8"), pyyaml.BaseLoader
    )
    return found


def with_clause(says: str, inside: str | None) -> Grid:
    """The items of the shipped sheet, and one clause."""
    rows: list[list[str]] = [["項番", "区分", "要件", "要否"]]
    for item in shipped().items.values():
        text = item.text.source if item.text else ""
        if item.id in ("1.2", "1.5", "1.8", "1.24", "1.27"):
            text = text.rpartition(" ")[2].rpartition("、")[2]
        if item.id == inside:
            text = f"{says}\n{text}"
        if item.id == "1.16" and not inside:
            rows.append([says])
        section = item.section.source if item.section else ""
        rows.append([item.id, section, text, "必須" if item.need == "mandatory" else "任意"])
    return sheet.grid(rows)


@pytest.mark.parametrize("case", wordings(), ids=lambda case: case["says"][:40])
def test_a_wording(case: dict[str, Any], tmp_path: Path) -> None:
    draft = drafted(with_clause(case["says"], case.get("inside")))
    asked = [
        question.code
        for question in draft.questions
        # 1.15 says where data may be used: ところを除き
        if question.code != "evidence" and question.values.get("id") != "1.15"
    ]
    assert asked == case.get("asks", [])
    assert list(draft.facts.values()) == case.get("words", [])
    book = loaded(draft, tmp_path)
    if "when" not in case:
        assert not book.waivers
        return
    (waiver,) = draft.waivers
    assert waiver.text == case["says"]
    assert ", ".join(waiver.waives) == case["waives"]
    given = case["when"]
    ways = given if isinstance(given, dict) else {"": given}
    facts = {str(number): name for number, name in enumerate(draft.facts, 1)}
    wanted = {key: when.replace("{1}", facts.get("1", "")) for key, when in ways.items()}
    assert waiver.when == next(iter(wanted.values()))
    if len(wanted) > 1:
        (reading,) = [each for each in draft.readings if each.kind == "grouping"]
        assert [option.id for option in reading.options] == list(wanted)
        changed = [option.change[waiver.id][1] for option in reading.options[1:]]
        assert changed == list(wanted.values())[1:]


def test_sections_are_inherited_and_sheets_follow_one_another() -> None:
    one = sheet.grid(
        [
            ["大区分", "小区分", "No.", "要件", "要否"],
            ["A", "a", "1", "甲であること。", "必須"],
            ["", "", "2", "乙であること。", "任意"],
            ["", "b", "3", "丙であること。", "必須"],
        ],
        "一",
    )
    two = sheet.grid(
        [
            ["大区分", "小区分", "No.", "要件", "要否"],
            ["B", "", "4", "丁であること。", "必須"],
        ],
        "二",
    )
    notes = sheet.grid([["記入要領"]], "説明")
    draft = drafted(one, two, notes)
    assert [(item.id, item.section) for item in draft.items] == [
        ("1", "A / a"),
        ("2", "A / a"),
        ("3", "A / b"),
        ("4", "B"),
    ]
    assert [item.before for item in draft.items] == [(), (), (), ("",)]
    assert [(each.code, each.spot.sheet) for each in draft.questions] == [("stray-sheet", "説明")]


def test_numbers_in_the_cell_of_the_text() -> None:
    draft = drafted(
        sheet.grid(
            [
                ["要件", "要否"],
                ["1.1 甲であること。", "必須"],
                ["１．２．乙であること。", "任意"],
                ["1.1を満たす場合、1.2の要件は不要"],
            ]
        )
    )
    assert [(item.id, item.text, item.need) for item in draft.items] == [
        ("1.1", "甲であること。", "mandatory"),
        ("1.2", "乙であること。", "optional"),
    ]
    assert [waiver.when for waiver in draft.waivers] == ["1.1"]


def test_what_is_no_item_is_told() -> None:
    draft = drafted(
        sheet.grid(
            [
                ["No.", "区分", "要件", "要否", "補足", "適用状況"],
                ["1", "甲", "1つめ", "必須", "例", "○"],
                ["", "", "番号がない", "必須"],
                ["1", "", "2度め", "任意"],
                ["2", "", "要否がない", "要相談"],
                ["3", "", "注が付く", "任意(※1)"],
                ["4", "乙(1を満たす場合は不要)", "区分に定め", "任意"],
                ["2026-01-02", "", "Excelが日付にした番号", "任意"],
                ["※1 別に定める。"],
            ]
        )
    )
    assert [(each.code, each.spot.row) for each in draft.questions] == [
        ("stray-column", 2),
        ("stray-answers", 2),
        ("stray-numberless", 3),
        ("number-twice", 4),
        ("need", 5),
        ("need", 6),
        ("clause-unread", 7),
        ("stray-numberless", 8),
        ("banner-rest", 9),
    ]
    assert [(item.id, item.need) for item in draft.items] == [
        ("1", "mandatory"),
        ("1_2", "optional"),
        ("2", "mandatory"),
        ("3", "optional"),
        ("4", "optional"),
    ]


def test_text_with_quoted_cells(tmp_path: Path) -> None:
    path = tmp_path / "sheet.tsv"
    path.write_text('1.1\t"二行の\n""要件"""\t必須\r\n1.2\t"開く\t任意\n', "utf-8")
    (found,) = grids.read(path)
    assert found.texts == {
        (1, 1): "1.1",
        (1, 2): '二行の\n"要件"',
        (1, 3): "必須",
        (3, 1): "1.2",
        (3, 2): '"開く',
        (3, 3): "任意",
    }


TEXT = st.text(
    st.sampled_from(
        "1.2.3~、と又は場合以下の要件は不要。ただし\n「」()#:-'\"\\ \t\x1b\u202e㈱ｶ🀄ab"
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)
CELL = st.sampled_from(["", "1.1", "1.2", "2", "必須", "任意", "区分", "要件"]) | TEXT
CLAUSE = st.lists(
    st.sampled_from(
        [
            "1.1",
            "1.2",
            "1.3",
            "と",
            "又は",
            "、",
            "~",
            "を満たす",
            "場合",
            "、以下の",
            "要件は",
            "不要",
            "でISMAPへの登録が",
            "行われている",
            "いない",
            "のいずれか",
            "。",
            "もしくは",
            "かつ",
            "し、",
            "次の要件は",
            "以降の要件は",
            "ていれば",
            "(",
            ")",
            "ただし、",
            "If ",
            " is met, ",
            "the requirements below ",
            "the next item ",
            "are not required",
            " or ",
            ". ",
        ]
    ),
    max_size=14,
).map("".join)


@settings(deadline=None)
@given(st.lists(st.lists(CELL, max_size=5), max_size=8))
def test_any_table_gives_a_draft_that_loads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    draft = drafted(sheet.grid(rows))
    if draft.items:
        book = loaded(draft, tmp_path_factory.getbasetemp())
        read = [item.text.source if item.text else "" for item in book.items.values()]
        assert read == [item.text for item in draft.items]
    for question in draft.questions:
        for language in LANGUAGES:
            assert "\n" not in page.sentence(question, "F.xlsx", language)


@given(st.lists(CLAUSE, max_size=3), CLAUSE)
def test_any_clause_gives_a_draft_that_loads(
    tmp_path_factory: pytest.TempPathFactory, banners: list[str], head: str
) -> None:
    rows = [["No.", "要件", "要否"], ["1.1", f"{head} ISMAPの甲であること。", "必須"]]
    for number, banner in enumerate(banners, 2):
        rows += [[banner], [banner[::2]], [f"1.{number}", "乙であること。", "必須", banner]]
    draft = drafted(sheet.grid(rows))
    book = loaded(draft, tmp_path_factory.getbasetemp())
    assert list(book.waivers) == [waiver.id for waiver in draft.waivers]
    # Each clause is a waiver, or is asked about.
    for banner in banners:
        if hints.hinted(banner):
            told = [waiver.text for waiver in draft.waivers]
            told += [question.values.get("text", "") for question in draft.questions]
            assert any(text and text in banner.strip() for text in told)


def test_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "draft.yaml"
    assert main(["form", "import", str(SOURCE), "-o", str(out)]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == out.read_text("utf-8").count("# question: ")
    assert main(["form", "import", str(SOURCE), "-o", str(out)]) == 2
    assert "--force" in capfd.readouterr().err
    assert main(["check", str(out), "--fail-level", "error"]) == 0


def test_a_draft_without_questions_is_a_yes(tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text("番号\t要件\t要否\n1\t通信を暗号化すること。\t必須\n", "utf-8")
    assert main(["form", "import", str(path), "-o", str(tmp_path / "draft.yaml")]) == 0


def test_of_very_many_questions_the_first_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, draft = tmp_path / "sheet.txt", tmp_path / "draft.yaml"
    banners = "".join(f"区分{n}は省略することがある。\n2.{n}\t乙\t必須\n" for n in range(1, 51))
    path.write_text(f"番号\t要件\t要否\n1.1\t甲\t必須\n{banners}", "utf-8")
    assert main(["form", "import", str(path), "--lang", "en", "-o", str(draft)]) == 1
    *told, last = capfd.readouterr().err.splitlines()
    assert len(told) == page.TOLD
    assert last == f"{path}: 30 more questions of the same kinds; the draft has them all"
    assert draft.read_text("utf-8").count("question:") == 50


def test_a_file_without_items(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("拝啓\n", "utf-8")
    assert main(["form", "import", str(path), "--lang", "ja"]) == 2
    assert "番号の付いた要件" in capfd.readouterr().err
    assert main(["form", "import", str(tmp_path)]) == 2


def test_the_draft_is_written_as_a_person_would(seed: Draft) -> None:
    text = page.rulebook_file(seed, "draft", "checklist.txt", "en")
    assert "    when: (1.6 and 1.7) or (1.6 and 1.10)\n    waives: [1.16..1.28]\n" in text
    assert "    applies_when: not 1.1\n" in text
    lines = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert max(map(len, lines)) <= 100
