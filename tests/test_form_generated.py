"""Forms of generated rulebooks, with every odd id and construct: filled in, and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import generator
import pytest
from test_excel import packed, parts, sheet
from test_form import known

from cloudrules.core import case, follow, hearing, statement
from cloudrules.core import form as forms_core
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Service
from cloudrules.files.excel import cells, workbook
from cloudrules.files.form import layout, replies
from cloudrules.files.form.filling import Filling
from cloudrules.files.library import Library, read_as, read_tree
from cloudrules.render import form as words

HEADS = ("番号", "適用状況", "備考")


def blank(rulebook: Rulebook) -> bytes:
    """The plainest form of a rulebook."""
    grid = [HEADS, *((item, "", "") for item in forms_core.every_item(rulebook))]
    fields = [("サービス名称", "", ""), ("提供者名称", "", ""), ("記入日", "", "")]
    rows = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row)
        + "</row>"
        for row in [*fields, *grid]
    )
    return packed(parts(sheet=sheet(rows)))


@pytest.mark.parametrize("seed", range(100))
def test_fill_then_read_gives_a_generated_service_back(seed: int, tmp_path: Path) -> None:
    made = generator.case(seed)
    generator.write(made, tmp_path)
    service = read_as(Service, read_tree(tmp_path / "service.yaml"))
    rulebook = Library().rulebook(service.rulebook[0], tmp_path)
    found = case.from_service([rulebook], service, made.on)[0]
    book = workbook.from_bytes(blank(found.rulebook), "f")
    form = layout.find(book, forms_core.every_item(found.rulebook))
    filled = forms_core.from_case(found, service, set(form.rows))
    filling = Filling(form)
    remarks = words.remarks(filled, "ja")
    for row in filled.rows:
        filling.answer(row.answer.id, words.answer(row.status, "ja"))
        filling.remark(row.answer.id, remarks[row.answer.id])
    for name, text in words.fields(service, made.on, None, "ja").items():
        filling.field(name, text)
    assert not filling.told
    again = workbook.from_bytes(cells.written(book, filling.texts), "g")
    form = layout.find(again, forms_core.every_item(found.rulebook))
    rows = replies.read(form, found.rulebook)
    base = replies.named(form, rulebook.id, "-")
    back = hearing.read(rulebook, rows, base, made.on)
    told = [each for row in filled.rows for each in row.statements]
    carried = known(statement.stated(replace(service, readings={}), told))
    assert known(back.service)["holds"] == carried["holds"]
    if not filled.untold:  # what is not told can decide what is asked
        assert known(back.service) == carried
        assert not back.doubts
        city = replace(base, readings=service.readings)
        assert not follow.check(rulebook, rows, city, made.on).findings
