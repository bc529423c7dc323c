"""Reports: one document, safe whatever a rulebook says, the same bytes every time."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import generator
import pytest
from engine import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudrules.cli.main import main
from cloudrules.core.errors import BadInput
from cloudrules.files import receipts
from cloudrules.render import html, svg
from cloudrules.render import report as drawn
from cloudrules.render import typst as typeset
from cloudrules.render.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Divider,
    Grid,
    Heading,
    Pairs,
    Paragraph,
    Quote,
    Span,
    line,
)
from cloudrules.render.clean import clean

HELD = str(ROOT / "scenarios" / "services" / "example-saas.yaml")
NEW = str(ROOT / "scenarios" / "services" / "newcomer.yaml")
ON = ("--on", "2026-12-01")
HOSTILE = [
    "</title><script>alert(1)</script>",
    "--> <!-- cloudrules-report {} --> ]]> <img src=x onerror=alert(1)>",
    '#panic("x") $ * _ ` \\ " @ref <label> // /* \\u{0} #set page(width: 1pt)',
    "| cell | ``` ~~~ [link](javascript:x) &lt; &#60; &amp;",
    "\u202eturned\u202c \x07bell \u3000全角｜表「」《》",
]
Call = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Call:
    for name in ("CLOUDRULES_KNOWLEDGE_BASE", "CLOUDRULES_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> tuple[int, bytes, str]:
        capsysbinary.readouterr()
        code = main(list(args))
        out, err = capsysbinary.readouterr()
        return code, out, err.decode("utf-8")

    return run


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A service under a rulebook, both of which try to break out wherever they have words."""
    one, two, three, four, five = (json.dumps(each) for each in HOSTILE)
    (tmp_path / "rules.yaml").write_text(
        f"""
rulebook: rules
title: {one}
edition: {two}
catalogues: [cat.yaml]
context: {{large: {{title: {three}, default: true}}}}
items:
  - {{id: 1.1, section: {one}, need: mandatory, text: {two}, met_by: a}}
  - {{id: 1.2, section: {three}, need: mandatory, text: {four}, applies_when: large}}
  - {{id: 1.3, section: {five}, need: mandatory, text: {three}}}
waivers:
  - {{id: w, at: {two}, text: {{ja: {three}, en: {one}}}, when: b, waives: [1.2]}}
readings:
  - id: r
    question: {one}
    options:
      - {{id: x, because: {four}}}
      - {{id: y, because: {five}, change: {{w: {{waives: [1.3]}}}}}}
""",
        encoding="utf-8",
    )
    (tmp_path / "cat.yaml").write_text(
        f"""
catalogue: cat
evidence:
  - {{id: a, title: {four}, kind: certification, effort: {{cost: 5, months: 6}}}}
  - {{id: b, title: {five}, kind: control}}
""",
        encoding="utf-8",
    )
    (tmp_path / "service.yaml").write_text(
        f"""
service: {one}
provider: {three}
rulebook: rules.yaml
holds: [{{evidence: b, until: 2027-03-31, note: {two}}}]
""",
        encoding="utf-8",
    )
    return "service.yaml"


class Page(HTMLParser):
    """What a browser would see. Fails for what does not nest."""

    EMPTY = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.words: list[str] = []
        self.remarks: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.remarks.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "br", "span"),
    *("dl", "dt", "dd", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote"),
    *("code", "pre", "figure", "svg", "g", "rect", "text", "tspan", "path", "polygon"),
    *("main", "section", "figcaption"),
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_words_stay_words(lang: str, hostile: str, call: Call) -> None:
    code, out, err = call("report", hostile, "--lang", lang, *ON)
    assert (code, err) == (1, "")
    page = Page(out.decode("utf-8"))
    assert page.tags <= TAGS
    names = {name for name, _ in page.attributes}
    assert not names & {"src", "href", "style", "action", "srcset", "data"}
    assert not any(name.startswith("on") or ":" in name for name in names)
    assert ("lang", lang) in page.attributes
    for text in HOSTILE:
        assert clean(text) in page.text
    (remark,) = page.remarks
    assert remark.startswith(" cloudrules-report {")
    assert "--" not in remark


def test_nothing_comes_from_outside(call: Call) -> None:
    text = call("report", NEW, *ON)[1].decode("utf-8")
    addresses = set(re.findall(r"https?://[^\"\s<]+", text.split("<!-- cloudrules")[0]))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(|<script|<link|<iframe", text)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_prints(lang: str, call: Call) -> None:
    text = call("report", NEW, "--lang", lang, *ON)[1].decode("utf-8")
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{lang}">\n')
    for rule in ("size: A4", "table-header-group", "tr { break-inside: avoid; }"):
        assert rule in text
    assert text.count("<thead>") == len(re.findall("<table[ >]", text)) >= 4
    assert re.search(r"@bottom-left \{ content: \"[^\"]*Newcomer[^\"]*2026-12-01", text)
    sheet = text[text.index('<section class="sheet">') : text.index("</section>")]
    assert sheet.count("<h2>") == sheet.count("<svg") == 1
    svg = text[text.index("<svg") : text.index("</svg>") + 6]
    assert ET.fromstring(svg).tag.endswith("svg")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_everything_is_in_it(form: str, lang: str, call: Call) -> None:
    code, out, _ = call("report", HELD, "--lang", lang, "--format", form, *ON)
    assert code == 0
    text = out.decode("utf-8")
    data = json.loads(text.split("<!-- cloudrules-report ")[1].split(" -->")[0])
    shown = Page(text).text if form == "html" else text.replace("\\", "")
    for item in data["assess"]["items"]:
        assert item["id"] in shown
    waived = [item["id"] for item in data["assess"]["items"] if item["obligation"] == "waived"]
    assert [each["item"] for each in data["exemptions"]] == waived
    assert len(waived) > 10
    for each in data["exemptions"]:
        for reason in each["reasons"]:
            assert reason["text"]["ja"] in shown, "the clause as it is written"
            assert reason["text"][lang] in shown
            assert all(day in shown for day in reason["until"])
    for name in data["all_readings"]["depends_on"]:
        assert name in shown
    for name, total in data["receipt"]["files"].items():
        assert name in shown
        assert total in shown


def test_the_plan_is_that_of_plan(call: Call) -> None:
    told = json.loads(call("report", NEW, *ON, "--format", "json")[1])
    alone = json.loads(call("plan", NEW, *ON, "--format", "json")[1])
    for key in ("status", "objective", "plans", "bound"):
        assert told["plan"][key] == alone[key]
    assess = json.loads(call("assess", NEW, *ON, "--format", "json")[1])
    assert told["assess"]["items"] == assess["items"]
    assert list(told)[:4] == list(assess)[:4]
    left = json.loads(call("report", NEW, *ON, "--no-plan", "--format", "json")[1])
    assert left["plan"] is None
    assert "--no-plan" in left["receipt"]["command"]


def test_markdown_has_one_remark_and_no_tags(hostile: str, call: Call) -> None:
    text = call("report", hostile, *ON, "--format", "markdown")[1].decode("utf-8")
    body, _, last = text.rstrip("\n").rpartition("\n")
    assert last.startswith("<!-- cloudrules-report {")
    outside = re.sub(r"```mermaid\n.*?\n```", "", body, flags=re.DOTALL)
    assert not re.search(r"(?<!\\)<", outside)
    assert text.startswith("# ")


def test_the_format_is_that_of_the_file(call: Call) -> None:
    for name, start in (
        ("a.html", b"<!DOCTYPE"),
        ("a.md", b"# "),
        ("a.json", b"{"),
        ("a", b"<!DOCTYPE"),
    ):
        code, out, _ = call("report", NEW, *ON, "-o", name)
        assert (code, out) == (1, b"")
        assert Path(name).read_bytes().startswith(start)
        assert call("report", NEW, *ON, "-o", name)[0] == 2
        assert call("report", NEW, *ON, "-o", name, "--force")[0] == 1
    for name in ("a.docx", "a.txt"):
        code, _, err = call("report", NEW, *ON, "-o", name)
        assert (code, Path(name).exists()) == (2, False)
        assert ".pdf" in str(err)


@pytest.mark.parametrize("name", ["r.html", "r.md"])
def test_a_report_verifies_until_something_changes(name: str, call: Call) -> None:
    Path("service.yaml").write_bytes(Path(NEW).read_bytes())
    call("report", "service.yaml", *ON, "-o", name, "--lang", "ja")
    assert call("verify", name)[0] == 0
    text = Path(name).read_text(encoding="utf-8")
    # Line ends that a version control system has changed are no change.
    Path(name).write_bytes(text.replace("\n", "\r\n").encode())
    assert call("verify", name)[0] == 0
    Path(name).write_text(text.replace("不足", "充足", 1), encoding="utf-8")
    code, out, _ = call("verify", name, "--format", "json")
    told = json.loads(out)
    assert (code, told["document"], told["answer"]) == (1, False, [])
    Path(name).write_text(text, encoding="utf-8")
    with Path("service.yaml").open("a", encoding="utf-8") as file:
        file.write("  - service.aspic\n")
    code, out, _ = call("verify", name, "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert [each["file"] for each in told["files"]] == ["service.yaml"]
    assert "assess.compliant" in {each["at"] for each in told["answer"]}


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    forms = ["html", "markdown", "json"]
    seen: dict[str, set[bytes]] = {form: set() for form in forms}
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        for form in forms:
            args = ["report", NEW, *ON, "--format", form]
            done = subprocess.run(
                [sys.executable, "-m", "cloudrules", *args],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 1, done.stderr
            seen[form].add(done.stdout)
    assert {len(each) for each in seen.values()} == {1}


def many(tmp_path: Path, readings: int) -> str:
    """A service under a rulebook that can be read in 2 ** readings ways."""
    (tmp_path / "rules.yaml").write_text(
        "rulebook: rules\nitems:\n  - {id: 1.1, need: mandatory, text: t}\n"
        "waivers:\n"
        + "".join(f"  - {{id: w{n}, when: 'true', waives: [1.1]}}\n" for n in range(readings))
        + "readings:\n"
        + "".join(
            f"  - {{id: r{n}, options: [{{id: a}}, {{id: b, change: {{w{n}: null}}}}]}}\n"
            for n in range(readings)
        ),
        encoding="utf-8",
    )
    (tmp_path / "s.yaml").write_text("service: s\nrulebook: rules.yaml\n", encoding="utf-8")
    return "s.yaml"


def test_the_readings_are_counted(tmp_path: Path, call: Call) -> None:
    code, out, _ = call("report", many(tmp_path, 3), *ON, "--format", "json")
    found = json.loads(out)["all_readings"]
    assert (code, found["verdict"], found["depends_on"]) == (0, "sometimes", ["r0", "r1", "r2"])
    assert found["outcomes"] == [
        {"compliant": True, "missing": [], "worlds": 7},
        {"compliant": False, "missing": ["1.1"], "worlds": 1},
    ]


def test_more_readings_than_can_be_gone_through_are_not_known(tmp_path: Path, call: Call) -> None:
    path = many(tmp_path, 30)
    code, out, _ = call("report", path, *ON, "--format", "json")
    assert (code, json.loads(out)["all_readings"]) == (0, None)
    shown = Page(call("report", path, *ON)[1].decode("utf-8")).text
    assert "too many combinations of readings" in shown
    assert shown.count("not known") >= 30


def test_what_is_not_known_is_not_told_as_no(tmp_path: Path, call: Call) -> None:
    text = Path(NEW).read_text(encoding="utf-8") + "unknown: [service.aspic]\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    code, out, _ = call("report", "s.yaml", *ON)
    shown = Page(out.decode("utf-8")).text
    data = json.loads(call("report", "s.yaml", *ON, "--format", "json")[1])
    assert (code, data["assess"]["compliant"]) == (1, None)
    assert "Not decided" in shown
    assert "Not compliant: " not in shown


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_what_a_verdict_rests_on_is_told_with_its_papers(
    form: str, tmp_path: Path, call: Call
) -> None:
    (tmp_path / "s.yaml").write_text(
        """
service: s
note: told by telephone
rulebook: municipal-cloud-level-2
context: {outsourced: true}
holds:
  - {evidence: asp.iso27001, until: 2026-10-31, note: IS 1}
  - {evidence: csp.ismap, until: 2027-03-31, note: C 2}
  - csp.iso27001
  - 1.14
unknown: [csp.iso27018, generative_ai]
""",
        encoding="utf-8",
    )
    out = call("report", "s.yaml", *ON, "--format", form)[1].decode("utf-8")
    shown = Page(out).text if form == "html" else out.replace("\\", "")
    told = re.sub(r"\s*\|\s*|\n", " ", shown)
    assert "told by telephone" in told
    papers = told[told.index("What is held, and the papers") : told.index("Exemptions and")]
    for words in ("IS 1", "expired", "2026-10-31", "C 2", "2027-03-31", "not stated", "not known"):
        assert words in papers
    assert "2 of these are claimed without a number or a document" in papers
    facts = papers[papers.index("Facts that the verdict assumes") :]
    assert "stated by the service" in facts
    ends = told[told.index("What ends when") : told.index("Readings taken")]
    assert "2027-04-01" in ends


def test_rows_to_fill_in_by_hand_are_there(call: Call) -> None:
    text = call("report", NEW, *ON, "--lang", "ja")[1].decode("utf-8")
    assert text.count('<tr class="blank">') == 3
    assert "承認" in Page(text).text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("service", sorted((ROOT / "scenarios" / "services").glob("*.yaml")))
def test_the_drawing_can_be_read_on_paper(service: Path, lang: str, call: Call) -> None:
    text = call("report", str(service), *ON, "--no-plan", "--lang", lang)[1].decode("utf-8")
    drawing = text[text.index("<svg") : text.index("</svg>") + 6]
    least = min(float(size) for size in re.findall(r'font-size="([0-9.]+)"', drawing))
    assert svg.legible(drawing, least)


def test_what_no_page_has_room_for_is_a_table(tmp_path: Path, call: Call) -> None:
    generator.write(generator.medium(3, 300), tmp_path)
    path = str(tmp_path / "service.yaml")
    text = call("report", path, *ON, "--no-plan")[1].decode("utf-8")
    assert "<svg" not in text
    table = text[text.rindex("<table") :]
    rulebook = generator.medium(3, 300).rulebook
    for waiver in rulebook["waivers"]:
        assert f"<td>{waiver['when']}</td>" in table
    for item in rulebook["items"]:
        assert f"<td>{item.get('met_by', '')}</td>" in table or "met_by" not in item


def test_no_machine_is_told(call: Call) -> None:
    for form in ("html", "markdown"):
        text = call("report", HELD, *ON, "--format", form)[1].decode("utf-8")
        assert str(ROOT) not in text.split("<!-- cloudrules-report ")[0].split("Receipt")[0]


def test_several_rulebooks_are_several_reports(call: Call) -> None:
    strict = str(ROOT / "scenarios" / "rulebooks" / "stricter-city.yaml")
    both = ("--rulebook", "municipal-cloud-level-2", "--rulebook", strict)
    code, out, err = call("report", NEW, *both, *ON)
    assert (code, out) == (2, b"")
    assert "--rulebook" in err


# --- PDF ------------------------------------------------------------------------------------------


def test_without_typst_it_is_said_how_to_get_it(call: Call, monkeypatch: Any) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, out, err = call("report", NEW, "-o", "a.pdf")
    assert (code, out) == (2, b"")
    assert "pip install 'cloudrules[pdf]'" in err
    assert not Path("a.pdf").exists()


def test_without_a_font_it_is_said_what_to_install(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("typst")
    monkeypatch.setattr(typeset, "JAPANESE", ("No such font",))
    code, _, err = call("report", NEW, "-o", "a.pdf")
    assert (code, "fonts-noto-cjk" in err) == (2, True)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_pdf_is_the_same_every_time(lang: str, hostile: str, call: Call) -> None:
    japanese()
    for name in ("a.pdf", "b.pdf"):
        assert call("report", hostile, "--lang", lang, *ON, "-o", name)[0] == 1
    made = Path("a.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert made == Path("b.pdf").read_bytes()
    assert b"D:20261201" in made
    code, out, _ = call("verify", "a.pdf", "--format", "json")
    told = json.loads(out)
    assert (code, told["same"], told["document"]) == (0, True, True)
    altered = made.replace(b"D:20261201", b"D:20261202")
    Path("c.pdf").write_bytes(altered)
    unconfirmed("c.pdf", call)
    assert "cannot be told" in call("verify", "c.pdf", "--lang", "en")[1].decode()
    with Path(hostile).open("a", encoding="utf-8") as file:
        file.write("unknown: [a]\n")
    code, out, _ = call("verify", "a.pdf", "--format", "json")
    assert (code, json.loads(out)["files"][0]["file"]) == (1, "service.yaml")


def unconfirmed(name: str, call: Call) -> dict[str, Any]:
    """What is told of a PDF whose attached answer is as it was, and its pages may be anything."""
    for lang, same, said in (
        ("en", "Unchanged", "Pages not confirmed: the attached answer is unchanged"),
        ("ja", "変化なし", "ページは未確認: 添付された答えは変わっていません"),
    ):
        code, out, err = call("verify", name, "--lang", lang)
        assert (code, err) == (1, "")
        assert said in " ".join(out.decode().split())
        assert same not in out.decode()
    code, out, _ = call("verify", name, "--format", "json")
    told: dict[str, Any] = json.loads(out)
    assert (code, told["same"], told["document"]) == (1, None, None)
    assert (told["answer"], told["files"]) == ([], [])
    return told


def test_a_pdf_without_its_pages_is_not_called_unchanged(call: Call) -> None:
    japanese()
    call("report", NEW, *ON, "-o", "a.pdf")
    call("report", NEW, *ON, "-o", "a.json")
    data = Path("a.json").read_bytes()
    head = f"%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Length {len(data)}>>\nstream\n".encode()
    Path("forged.pdf").write_bytes(head + data + b"\nendstream\nendobj\n")
    assert unconfirmed("forged.pdf", call)["fault"] is None
    made = Path("a.pdf").read_bytes()
    for name, altered in (("more.pdf", made + b"\n"), ("less.pdf", made[:-1])):
        Path(name).write_bytes(altered)
        unconfirmed(name, call)
    assert call("verify", "a.pdf")[0] == 0


def test_where_no_pdf_can_be_made_one_is_not_called_unchanged(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    japanese()
    call("report", NEW, *ON, "-o", "a.pdf")
    assert call("verify", "a.pdf")[0] == 0
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert unconfirmed("a.pdf", call)["fault"] == {"code": "typst-missing", "where": "--format"}
    assert "pip install 'cloudrules[pdf]'" in call("verify", "a.pdf", "--lang", "en")[1].decode()


def test_a_pdf_of_what_came_on_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    japanese()
    data = Path(NEW).read_bytes()
    for command in (("report", "-", *ON, "-o", "a.pdf"), ("verify", "a.pdf")):
        stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdin", stream)
        code, _, err = call(*command)
        assert (code, err) == (int(command[0] == "report"), "")


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_pdf_is_too_odd(one: bytes, two: bytes) -> None:
    start = b"%PDF-1.7\n<</Length 50/Type/EmbeddedFile/Filter/FlateDecode"
    with NamedTemporaryFile() as file:
        file.write(start + one + b">>\nstream\n" + two)
        file.flush()
        with pytest.raises(BadInput):
            receipts.read(Path(file.name))


def japanese() -> None:
    """Skips a test where no PDF can be set here, which is not so where all is to be tested."""
    typst = pytest.importorskip("typst")
    lacking = not set(typeset.JAPANESE) & set(typst.Fonts().families())
    if lacking and os.environ.get("CI") != "true":
        pytest.skip("no font for Japanese")


ODD = st.text(alphabet=st.characters() | st.sampled_from('#$*_`\\"@<>[]{}/&\n-'), max_size=40)


@settings(max_examples=20, deadline=None)
@given(ODD)
def test_no_text_is_markup_of_typst(text: str) -> None:
    japanese()
    assert typeset.pdf(text, "ja", blocks(text), date(2026, 12, 1)).startswith(b"%PDF-")


@given(ODD)
def test_no_text_is_markup_of_html(text: str) -> None:
    page = Page(html.document(text, "en", blocks(text)))
    assert page.tags <= TAGS
    assert page.text.count(clean(text)) >= 8 or not clean(text)


@given(ODD)
def test_no_text_ends_the_foot_of_a_page(text: str) -> None:
    style = html.document("t", "en", [], "", text).split("<style>")[1].split("</style>")[0]
    rule = style.rstrip().rpartition("\n")[2]
    assert re.fullmatch(
        r'@page \{ @bottom-left \{ content: "([^"\\<\n]|\\[0-9a-f]+ )*"; .*\} \}', rule
    )


def test_a_row_longer_than_a_page_may_be_cut() -> None:
    columns = (Column("a"), Column("b", "wrap"))
    for n, cut in ((10, False), (5000, True)):
        grid = Grid(columns, ((line("x"), line("y" * n)),))
        text = typeset.source("t", "ja", [grid], date(2026, 12, 1))
        assert ("table.cell(breakable: true" in text) is cut
        assert ("block(breakable: false, table(" in text) is not cut


@given(st.dictionaries(st.text(max_size=10) | ODD, ODD, max_size=3))
def test_a_remark_ends_where_it_ends(value: dict[str, str]) -> None:
    remark = drawn.remark(value)
    inside = remark.removeprefix(drawn.OPEN).removesuffix(drawn.CLOSE)
    assert json.loads(inside) == value
    assert "\n" not in inside
    assert inside.isascii()
    assert not re.search("--|[<>]", inside)


def blocks(text: str) -> list[Block]:
    """A page with a text wherever one can stand."""
    said = line(text, Span(text, "strong"), Span(f"`{text}`", "code"))
    return [
        Heading(said, 0),
        Heading(said, 3),
        Paragraph((said, line(Span(text, "bad")))),
        Paragraph((line(Span(text, "bad")),)),
        Quote(text),
        Code(text, "yaml"),
        Pairs(((text, said),)),
        Bullets(((0, said), (2, said), (1, said), (0, said))),
        Grid(
            (Column(text), Column(text, "wrap", right=True)),
            ((said, said), Divider(said), (said, said)),
        ),
    ]
