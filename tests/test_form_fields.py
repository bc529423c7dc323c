"""The fields at the top of a form: where each is, and what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import Run
from test_form_cli import ON, SERVICE, made, run, texts

__all__ = ["made", "run"]

pytest.importorskip("openpyxl")
import forms

from cloudrules.files.excel import workbook
from cloudrules.files.form import layout, replies


def field(change, name: str = "service") -> tuple[str, str]:
    """The cell of a field, and its text as it is read."""
    book = workbook.from_bytes(forms.by_openpyxl(change), "f.xlsx")
    form = layout.find(book, [*forms.rulebook().items])
    return str(form.fields[name]).partition("!")[2], replies.field(form, name)


def cells(**values: object):
    """Sets cells in a form whose labels have the whole row to themselves."""

    def change(book, sheet):
        sheet["D1"] = sheet["D2"] = None
        for name, value in values.items():
            sheet[name] = value

    return change


@pytest.mark.parametrize("far", ["D1", "F1", "I1"])
@pytest.mark.parametrize("value", ["=1&2", '=IF(1=1,"a","b")', True, 5])
def test_what_nobody_typed_further_on_is_no_field(far: str, value: object) -> None:
    assert field(cells(**{far: value})) == ("C1", "")


@pytest.mark.parametrize(("far", "shown"), [("E1", 5), ("E1", "しろ"), ("I1", 5), ("I1", "しろ")])
def test_what_a_formula_shows_further_on_is_no_field(far: str, shown: object) -> None:
    def change(book, sheet):
        sheet.write("D1", "")
        sheet.write_formula(far, "=Z1", None, shown)

    book = workbook.from_bytes(forms.by_xlsxwriter(change), "f.xlsx")
    form = layout.find(book, [*forms.rulebook().items])
    assert (str(form.fields["service"]), replies.field(form, "service")) == ("様式1!B1", "")


def test_a_text_near_by_is_the_field_where_the_cell_beside_is_empty() -> None:
    assert field(cells(E1="しろ")) == ("E1", "しろ")
    assert field(cells(D1="=1&2", F1="しろ")) == ("F1", "しろ")
    assert field(cells(C1="あか", E1="しろ")) == ("C1", "あか")
    assert field(cells(C1="=A1", E1="しろ"))[0] == "C1"
    assert field(cells(M1="しろ")) == ("C1", "")


@pytest.mark.parametrize(("far", "value"), [("I1", "=A1"), ("E1", "=A1"), ("J1", True)])
def test_a_cell_further_on_is_not_written_over(
    run: Run, made, tmp_path: Path, far: str, value: object
) -> None:
    form, out = made(forms.by_openpyxl(cells(**{far: value}))), tmp_path / "g.xlsx"
    for force in ((), ("--force",)):
        result = run("form", "fill", form, SERVICE, "-o", str(out), *ON, *force)
        assert result.code != 2, result.said
        found = workbook.open(out).sheets[0].cells
        column = "ABCDEFGHIJ".index(far[0]) + 1
        assert found[1, column].formula == isinstance(value, str)
        assert found[1, column].text != texts(out)["C1"] == "Example SaaS"


def test_a_service_called_zero_keeps_its_name(run: Run, made, tmp_path: Path) -> None:
    service = tmp_path / "s.yaml"
    text = Path(SERVICE).read_text().replace("Example SaaS", "'0'").replace("Example KK", "'0'")
    service.write_text(text)
    form, filled, back = made(forms.by_openpyxl()), tmp_path / "g.xlsx", tmp_path / "b.yaml"
    assert run("form", "fill", form, str(service), "-o", str(filled), *ON).code == 0
    assert run("form", "read", str(filled), "-o", str(back), *ON).code == 0
    assert "service: 0\nprovider: 0\n" in back.read_text()
    result = run("form", "fill", str(filled), SERVICE, "-o", str(tmp_path / "h.xlsx"), *ON)
    assert (result.code, "names another service (0)" in result.said) == (2, True)


@pytest.mark.parametrize("zero", [0, 0.0, "=B9"])
def test_a_zero_that_shows_that_there_is_nothing_is_no_name(
    run: Run, made, tmp_path: Path, zero: object
) -> None:
    assert field(cells(C1=zero)) == ("C1", "")
    form, out = made(forms.by_openpyxl(cells(C1=zero))), tmp_path / "g.xlsx"
    assert run("form", "fill", form, SERVICE, "-o", str(out), *ON).code == 1
    assert workbook.open(out).sheets[0].cells[1, 3].formula == (zero == "=B9")
    assert zero == "=B9" or texts(out)["C1"] == "Example SaaS"
