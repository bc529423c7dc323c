"""What of its document a rulebook leaves out, and how the document is found and read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudrules.core import source
from cloudrules.core.entries import Item, NotModelled
from cloudrules.core.errors import BadInput, Place
from cloudrules.core.findings import Finding
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref, Text
from cloudrules.core.source import Document, sentences
from cloudrules.files import source as files
from cloudrules.files.library import Library
from cloudrules.render.faults import sentence

# --- Sentences ------------------------------------------------------------------------------------


def split(text: str) -> list[tuple[str, int, int]]:
    return [(each.text, each.place.line, each.place.column) for each in sentences(text, "doc")]


def test_sentences_end_at_stops_tabs_and_lines() -> None:
    assert split("1.1.\t 表題 \t暗号化する。 記録する。\r\n\n次の行\r最後") == [
        ("1.1.", 1, 1),
        ("表題", 1, 7),
        ("暗号化する", 1, 11),
        ("記録する", 1, 18),
        ("次の行", 3, 1),
        ("最後", 4, 1),
    ]


def test_a_stop_before_a_bracket_that_closes_ends_nothing() -> None:
    assert [each for each, _, _ in split("データ(写しを含む。)の所在。「消す｡」こと｡残す")] == [
        "データ(写しを含む。)の所在",
        "「消す｡」こと",
        "残す",
    ]


def test_what_has_neither_letter_nor_figure_is_no_sentence() -> None:
    assert split("。\t※\t---\n・ 。\u3000\n○") == []
    assert [each for each, _, _ in split("0\t①\t５")] == ["0", "①", "５"]


# --- Documents and the items that quote them ------------------------------------------------------

WORDS = ("暗号化", "の", "ISMAP", "サーバ", "1.8~1.13", "(CSP)が", "27001:2013", "、", "「記録」")
ENDS = ("。", "\n", "\t", "。\r\n", "\t\t", "。 ")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@dataclass(frozen=True)
class Entry:
    """What a sheet has of an item: sentences as words, of which one stands nowhere else."""

    id: str
    section: str
    told: list[list[str]]

    @property
    def item(self) -> Item:
        text = "。".join("".join(words) for words in self.told)
        section = Text({"ja": self.section}) if self.section else None
        return Item(self.id, "mandatory", Text({"ja": text}), section)

    @property
    def whole(self) -> str:
        return "".join([self.id, self.section, *("".join(words) for words in self.told)])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Entry], str]:
    """Entries, and a sheet of them in lines or cells, as any hand may have typed and wrapped it."""
    entries, written = [], []
    once = iter(range(0x4E80, 0x9000, 7))
    for at in range(draw(st.integers(1, 6))):
        entry = Entry(f"1.{at}", draw(st.sampled_from(["", f"区分 第{at}"])), [])
        written += [entry.id, ".", draw(st.sampled_from(["\t", " ", "\n"]))]
        written += [entry.section.replace(" ", "\u3000"), draw(st.sampled_from(ENDS))]
        for _ in range(draw(st.integers(1, 3))):
            words = draw(st.lists(st.sampled_from(WORDS), max_size=4))
            words.insert(draw(st.integers(0, len(words))), chr(next(once)))
            entry.told.append(words)
            between = draw(st.sampled_from(["", "", " ", "\u3000", "\n"]))
            typed = [word.translate(WIDE) if draw(st.booleans()) else word for word in words]
            written += [between.join(typed), draw(st.sampled_from(ENDS))]
        written += [draw(st.sampled_from(["必須", "任意", "mandatory", ""])), "\n"]
        entries.append(entry)
    return entries, "".join(written)


def bare(text: str) -> str:
    """The letters and figures of a text."""
    return "".join(each for each in normalize("NFKC", text) if each.isalnum())


def book(items: Iterable[Item], not_modelled: tuple[NotModelled, ...] = ()) -> Rulebook:
    by_id = {item.id: item for item in items}
    return Rulebook("test", by_id, {}, {}, {}, not_modelled=not_modelled)


def found(book: Rulebook, document: str) -> list[Finding]:
    return source.from_rulebook(book, Document("doc.txt", document))


@given(sheets())
def test_where_every_sentence_is_quoted_nothing_is_found(sheet: tuple[list[Entry], str]) -> None:
    entries, document = sheet
    assert found(book(entry.item for entry in entries), document) == []


@given(sheets(), st.data())
def test_without_an_item_all_of_it_is_found_and_no_more(
    sheet: tuple[list[Entry], str], data: st.DataObject
) -> None:
    entries, document = sheet
    gone = data.draw(st.sampled_from(entries))
    told = found(book(entry.item for entry in entries if entry is not gone), document)
    # Its number and its section are those of no item any more.
    assert bare("".join(each.values["text"] for each in told)) == bare(gone.whole)
    # With the item but without its text, what it says is all that is left.
    silent = replace(gone.item, text=None)
    told = found(book(silent if entry is gone else entry.item for entry in entries), document)
    expected = bare("".join("".join(words) for words in gone.told))
    assert bare("".join(each.values["text"] for each in told)).removeprefix(bare(gone.id)) == (
        expected
    )
    # So it is where they are listed as not modelled.
    excuses = tuple(
        NotModelled(Text({"ja": each.values["text"]}), Text({"": "why"}), Place("book", 9))
        for each in told
    )
    kept = book((silent if entry is gone else entry.item for entry in entries), excuses)
    assert found(kept, document) == []
    assert {each.values["why"] for each in found(kept, "")} == {"absent"}
    whole = book((entry.item for entry in entries), excuses)
    assert {each.values["why"] for each in found(whole, document)} == {"quoted"}


def told(book: Rulebook, document: str) -> list[tuple[str, str, int]]:
    return [(each.values["why"], each.id, each.place.line) for each in found(book, document)]


def item(id_: str, text: str, section: str = "") -> Item:
    return Item(id_, "optional", Text({"ja": text}), Text({"ja": section}) if section else None)


def test_a_sentence_may_be_quoted_by_several_texts_side_by_side() -> None:
    first, second = item("1", "登録の場合、以下は不要"), item("2", "取得の場合、以下は不要。")
    document = "登録の場合、以下は不要 取得の場合、以下は不要。"
    assert told(book([first, second]), document) == []
    assert told(book([first]), document) == [("unquoted", document[:-1], 1)]
    assert told(book([second]), document) == [("unquoted", document[:-1], 1)]


def test_a_longer_text_that_the_document_does_not_have_quotes_nothing() -> None:
    assert told(book([item("1", "データを暗号化すること")]), "暗号化すること") == [
        ("unquoted", "暗号化すること", 1)
    ]


def test_words_that_differ_are_told_however_little() -> None:
    quotes = book([item("1.1", "1年間以上の保存ができること。")])
    assert told(quotes, "1.1.\t１年間以上の保存ができること。") == []
    assert told(quotes, "1.1.\t2年間以上の保存ができること。") == [
        ("unquoted", "2年間以上の保存ができること", 1)
    ]
    assert told(quotes, "1年間以上の保存ができること。\n保存ができること") == [
        ("unquoted", "保存ができること", 2)
    ]


def test_number_need_and_section_are_form_where_they_stand() -> None:
    rules = book([item("1.1", "暗号化すること", "通信 全般"), item("AC-2(1)", "記録すること")])
    assert told(rules, "1.1.\t通信全般\t暗号化すること\t必須\nAC-2(1) 記録すること 任意") == []
    assert told(rules, "（１．１）\u3000暗号化すること\u3000mandatory") == []
    # Elsewhere they are words like others, and a number that no item has is one, too.
    assert told(rules, "暗号化すること 1.1\n必須 暗号化すること\n1.2. 暗号化すること\n通信") == [
        ("unquoted", "暗号化すること 1.1", 1),
        ("unquoted", "必須 暗号化すること", 2),
        ("unquoted", "1.2. 暗号化すること", 3),
        ("unquoted", "通信", 4),
    ]


def test_every_place_of_a_sentence_is_told_and_its_id_is_short() -> None:
    long = "あ" * 41
    assert told(book([]), f"{long}\n{long[:40]}\n0\t0") == [
        ("unquoted", "あ" * 39 + "…", 1),
        ("unquoted", "あ" * 40, 2),
        ("unquoted", "0", 3),
        ("unquoted", "0", 3),
    ]


def test_what_is_not_modelled_may_be_wrapped_in_the_document() -> None:
    why = Text({"": "why"})

    def left(*texts: str) -> tuple[NotModelled, ...]:
        return tuple(NotModelled(Text({"": each}), why, Place("book", 9)) for each in texts)

    document = "この文は\n二行にわたる。\t第2\t暗号化"
    rules = [item("1", "暗号化")]
    assert told(book(rules, left("この文は 二行にわたる。", "第２")), document) == []
    assert told(book(rules, left("二行にわたる。第2。暗号化", "文は")), document) == [
        ("unquoted", "この文は", 1),
        ("quoted", "暗号化", 9),
        ("absent", "文は", 9),
    ]


def test_without_a_document_nothing_is_found() -> None:
    assert source.from_rulebook(book([item("1", "暗号化")]), None) == []


# --- Rulebooks and the documents that they name ---------------------------------------------------

SHEET = "表\t要否\n1.1\t暗号化すること。\t必須\n1.2\t記録すること。\t任意\n1.1の場合、1.2は不要\n"
BOOK = """rulebook: base
source: {document: a sheet, file: %s}
not_modelled:
  - text: "表\\t要否"
    reason: {ja: 見出し, en: the head}
items:
  - {id: 1.1, need: mandatory, text: {ja: 暗号化すること。, en: Encrypt.}}
waivers:
  - {id: w, when: 1.1, waives: 1.1, text: 1.1の場合、1.2は不要}
readings:
  - id: r
    options:
      - {id: plain}
      - {id: more, change: {1.2: {need: optional, text: 記録すること}}}
"""
DERIVED = """rulebook: mine
extends: base.yaml
not_modelled: [{text: 要否, reason: again}, {text: 備考, reason: none}]
change: {w: null}
"""
OWN = """rulebook: own
extends: base.yaml
source: {document: another, file: own.txt}
"""


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(path: Path) -> Rulebook:
    return Library().rulebook(Ref(str(path), Place("test")), Path())


def lines(path: Path) -> list[tuple[str, str, str]]:
    rulebook = read(path)
    return [
        (each.values["why"], each.id, f"{Path(each.place.file).name}:{each.place.line}")
        for each in source.from_rulebook(rulebook, files.document(rulebook))
    ]


def test_texts_of_every_reading_quote(tmp_path: Path) -> None:
    write(tmp_path, base_yaml=BOOK % "docs/sheet.txt", docs__sheet_txt=SHEET)
    assert lines(tmp_path / "base.yaml") == []


def test_a_derived_rulebook_is_held_against_the_document_of_its_base(tmp_path: Path) -> None:
    write(tmp_path / "below", base_yaml=BOOK % "sheet.txt", sheet_txt=SHEET)
    derived = DERIVED.replace("base.yaml", "below/base.yaml")
    write(tmp_path, mine_yaml=derived)
    assert lines(tmp_path / "mine.yaml") == [
        ("unquoted", "1.1の場合、1.2は不要", "sheet.txt:4"),
        ("absent", "備考", "mine.yaml:3"),
    ]


def test_a_source_of_its_own_replaces_that_of_the_base(tmp_path: Path) -> None:
    own = "表\n1.1\t暗号化すること\n"
    write(tmp_path, base_yaml=BOOK % "sheet.txt", own_yaml=OWN, own_txt=own)
    assert lines(tmp_path / "own.yaml") == [("unquoted", "表", "own.txt:1")]


def test_a_knowledge_base_has_its_documents_beside_its_rulebooks(tmp_path: Path) -> None:
    write(tmp_path, rulebooks__b_yaml=BOOK % "../sources/s.tsv", sources__s_tsv=SHEET)
    assert lines(tmp_path / "rulebooks" / "b.yaml") == []


def test_a_rulebook_need_not_name_a_document(tmp_path: Path) -> None:
    write(tmp_path, b_yaml="rulebook: b\nitems: [{id: 1.1, need: optional}]\n")
    assert files.document(read(tmp_path / "b.yaml")) is None


def faults(path: Path) -> list[str]:
    with pytest.raises(BadInput) as raised:
        files.document(read(path))
    assert all(sentence(each, "ja").endswith("。") for each in raised.value.faults)
    root = f"{path.parent}/"
    return [sentence(each, "en").replace(root, "") for each in raised.value.faults]


OUTSIDE = "b.yaml:2: `%s` lies outside the folder of this file; put it in that folder or below"


@pytest.mark.parametrize(
    "name", ["../s.txt", "/etc/hosts", "../sources/s.txt", "in/../../s.txt", "link.txt"]
)
def test_a_document_outside_is_not_read(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    write(tmp_path, home__b_yaml=BOOK % name, s_txt=SHEET, sources__s_txt=SHEET)
    (home / "link.txt").symlink_to(tmp_path / "s.txt")
    (told,) = faults(home / "b.yaml")
    assert told == OUTSIDE % name


def test_a_document_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    missing = "b.yaml:2: there is no file `%s`;%s write its path relative to this file"
    write(tmp_path, b_yaml=BOOK % "docs/sheat.txt", docs__sheet_txt=SHEET)
    near = " did you mean `docs/sheet.txt`?"
    assert faults(tmp_path / "b.yaml") == [missing % ("docs/sheat.txt", near)]
    for name in (".", "docs", "none/at-all.pdf", "x" * 5000):
        write(tmp_path, b_yaml=BOOK % name)
        shown = name if len(name) < 60 else "x" * 59 + "…"
        assert faults(tmp_path / "b.yaml") == [missing % (shown, "")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"%PDF-1.7\n\xff\x00\xfe",
            "2: this is not UTF-8 text; name a text file in UTF-8, or save",
        ),
        (SHEET.encode("cp932"), "1: the file is not UTF-8 but, it seems, Shift_JIS"),
        (SHEET.encode("utf-16"), "1: the file is not UTF-8 but, it seems, UTF-16"),
        (b" \n", "1: the file is empty"),
        (b"x" * (files.LARGEST + 1), "1: the file is too large (the most is 4 MiB)"),
    ],
)
def test_a_document_that_is_no_text_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    write(tmp_path, b_yaml=BOOK % "s.txt")
    (tmp_path / "s.txt").write_bytes(data)
    (told,) = faults(tmp_path / "b.yaml")
    assert told.startswith(f"s.txt:{said}")


# --- The shipped one ------------------------------------------------------------------------------


def test_the_shipped_rulebook_says_all_of_its_sheet() -> None:
    rulebook = Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path())
    document = files.document(rulebook)
    assert document is not None
    assert source.from_rulebook(rulebook, document) == []
    # Each item has words of its own there, and each entry of what is left out is of use.
    for name in rulebook.items:
        items = {key: each for key, each in rulebook.items.items() if key != name}
        told = source.from_rulebook(replace(rulebook, items=items, readings=()), document)
        assert told, name
    for at in range(len(rulebook.not_modelled)):
        less = rulebook.not_modelled[:at] + rulebook.not_modelled[at + 1 :]
        assert source.from_rulebook(replace(rulebook, not_modelled=less), document)
