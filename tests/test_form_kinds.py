"""Forms that are more than a workbook: with macros, signatures, formulas, or too much in them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import test_cli
from test_cli import Run

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
import forms
from form_writers import edited
from form_writers_more import WRITERS

SERVICE = str(forms.scenario("example-saas"))
run = test_cli.run
BOOK = "xl/workbook.xml"


def fill(run: Run, data: bytes, folder: Path, out: str = "g.xlsx", lang: str = "en"):
    form = folder / "f.bin"
    form.write_bytes(data)
    return run("form", "fill", str(form), SERVICE, "-o", str(folder / out), "--lang", lang)


def test_macros_stay_and_ask_for_their_ending(run: Run, tmp_path: Path) -> None:
    form = WRITERS["macros"]()
    for lang, word in (("ja", ".xlsm"), ("en", "ends in .xlsm")):
        result = fill(run, form, tmp_path, lang=lang)
        assert result.code == 2
        assert word in result.said
        assert result.said.count("\n") == 1
    assert not (tmp_path / "g.xlsx").exists()
    assert fill(run, form, tmp_path, "g.XLSM").code == 0
    old, new = (zipfile.ZipFile(each) for each in (io.BytesIO(form), tmp_path / "g.XLSM"))
    assert old.read("xl/vbaProject.bin") == new.read("xl/vbaProject.bin")


@pytest.mark.parametrize("out", ["g.xlsm", "g.xls", "g.csv", "g"])
def test_a_workbook_without_macros_is_no_other_file(run: Run, tmp_path: Path, out: str) -> None:
    result = fill(run, WRITERS["plain"](), tmp_path, out)
    assert result.code == 2
    assert result.said.startswith("-o: what is written is a workbook that ends in .xlsx; name it")
    assert not (tmp_path / out).exists()


def test_a_signature_is_said_to_be_lost(run: Run, tmp_path: Path) -> None:
    result = fill(run, WRITERS["a-signature"](), tmp_path)
    assert result.code == 0
    assert "digital signature, which is not valid for the file that was written" in result.said
    assert "digital" not in fill(run, WRITERS["plain"](), tmp_path, "h.xlsx").said


def test_results_of_formulas_are_said_to_be_old(run: Run, tmp_path: Path) -> None:
    form = WRITERS["formulas-arrays-and-tables"]()
    assert "Ctrl" not in fill(run, form, tmp_path).said
    still = edited(form, lambda xml: xml.replace('fullCalcOnLoad="1"', ""), BOOK)
    assert "press Ctrl+Alt+F9" in fill(run, still, tmp_path, "h.xlsx").said
    assert "Ctrl+Alt+F9" in fill(run, still, tmp_path, "i.xlsx", "ja").said


@pytest.mark.parametrize(
    ("name", "text", "most"),
    [
        ("f.tsv", "1.1\t必須\tx\n" * 5001, "5,000 rows"),
        ("f.tsv", "a\t" * 50_000, "40,000 cells"),
        ("f.csv", "a,b\n" * 50_000, "40,000 cells"),
    ],
)
def test_a_table_that_is_too_large_to_import_is_told(
    run: Run, tmp_path: Path, name: str, text: str, most: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    for lang in ("ja", "en"):
        result = run("form", "import", str(path), "--lang", lang)
        assert result.code == 2
        assert result.said.startswith(f"{path}: ")
        assert result.said.count("\n") == 1
    assert most in result.said


@pytest.mark.parametrize("mark", ['"', '""', '"a\t'])
def test_quotes_that_do_not_end_cost_little(run: Run, tmp_path: Path, mark: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text('"' + mark * (2_000_000 // len(mark)), encoding="utf-8")
    assert run("form", "import", str(path)).code == 2
