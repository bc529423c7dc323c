"""Further forms, with what users of Excel put into theirs; see `form_writers`."""

from __future__ import annotations

import io
import re
import zipfile

import forms
from form_writers import WRITERS, edited, picture, writer

__all__ = ["WRITERS"]

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def with_parts(data: bytes, more: dict[str, bytes], types: str = "") -> bytes:
    """A workbook with further parts, and what [Content_Types].xml says of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            body = old.read(info)
            if info.filename == "[Content_Types].xml":
                body = body.replace(b"</Types>", types.encode() + b"</Types>")
            new.writestr(info, body)
        for name, body in more.items():
            new.writestr(name, body)
    return out.getvalue()


@writer
def lists_by_range_and_on_another_sheet() -> bytes:
    from openpyxl.worksheet.datavalidation import DataValidation

    def change(book, sheet):
        lists = book.create_sheet("一覧 (1)")
        for row, word in enumerate(forms.ANSWERS.split(","), 1):
            lists.cell(row, 3, word)
        for area, formula in (("E5:E20", "'一覧 (1)'!$C$1:$C$5"), ("E21:E60", "$T$1:$T$5")):
            choice = DataValidation(type="list", formula1=formula)
            choice.add(area)
            sheet.add_data_validation(choice)
        for row, word in enumerate(forms.ANSWERS.split(","), 1):
            sheet.cell(row, 20, word)
        dates = DataValidation(type="date", operator="greaterThan", formula1="40000")
        dates.add("F2")
        sheet.add_data_validation(dates)

    return forms.by_openpyxl(change)


@writer
def groups_filters_and_breaks() -> bytes:
    from openpyxl.worksheet.pagebreak import Break

    def change(book, sheet):
        sheet.row_dimensions.group(8, 12, hidden=True)
        sheet.column_dimensions.group("G", "I", outline_level=1, hidden=True)
        sheet.auto_filter.ref = "A4:F40"
        sheet.row_breaks.append(Break(id=20))
        sheet.sheet_properties.tabColor = "FF8800"
        sheet.sheet_view.zoomScale = 85

    return forms.by_openpyxl(change)


@writer
def workbook_protected_with_very_hidden_sheet() -> bytes:
    from openpyxl.workbook.protection import WorkbookProtection

    def change(book, sheet):
        book.security = WorkbookProtection(lockStructure=True)
        book.create_sheet("マスタ").sheet_state = "veryHidden"

    return forms.by_openpyxl(change)


@writer
def formulas_arrays_and_tables() -> bytes:
    def change(book, sheet):
        sheet.write_dynamic_array_formula("H4:H6", "=UNIQUE(E5:E8)")
        sheet.write_formula("I4", '=COUNTIF(E5:E40,"○")', None, 0)
        data = book.add_worksheet("一覧")
        data.add_table("A1:C4", {"columns": [{"header": name} for name in "abc"]})

    return forms.by_xlsxwriter(change)


@writer
def the_form_is_a_table() -> bytes:
    from openpyxl.worksheet.table import Table

    def change(book, sheet):
        sheet["B4"] = "小区分"
        sheet.add_table(Table(displayName="form", ref="A4:F30"))

    return forms.by_openpyxl(change)


@writer
def text_boxes_pictures_and_shapes() -> bytes:
    def change(book, sheet):
        sheet.insert_textbox(1, 7, "注意", {"url": "https://example.com/"})
        sheet.insert_image("H20", "a.png", {"image_data": picture(), "object_position": 3})
        sheet.embed_image("H30", "b.png", {"image_data": picture()})
        sheet.write_url("I2", "https://example.com/", string="手引")
        sheet.set_row(6, 60)
        sheet.repeat_rows(3)
        sheet.print_area("A1:F40")

    return forms.by_xlsxwriter(change)


@writer
def rows_and_cells_left_out() -> bytes:
    """Only cells with a text are there, as some writers have it."""
    return edited(
        forms.by_xlsxwriter(), lambda xml: re.sub(r'<c r="[A-Z]+\d+"( s="\d+")?/>', "", xml)
    )


@writer
def rows_and_columns_with_formats() -> bytes:
    """Cells that are not there have the format of their row or column."""

    def change(book, sheet):
        box = book.add_format({"bg_color": "#FFFFCC", "text_wrap": True})
        sheet.set_column("E:F", 24, box)
        sheet.set_row(7, None, book.add_format({"bold": True}))

    data = forms.by_xlsxwriter(change)
    return edited(data, lambda xml: re.sub(r'<c r="[EF]\d+"( s="\d+")?/>', "", xml))


@writer
def spans_and_a_wrong_dimension() -> bytes:
    def change(xml: str) -> str:
        xml = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)
        return re.sub(r'spans="[^"]*"', 'spans="1:2"', xml)

    return edited(forms.by_xlsxwriter(), change)


@writer
def named_in_capitals_without_spaces_and_with_comments() -> bytes:
    def change(xml: str) -> str:
        xml = xml.replace("<sheetData>", "<!-- <row r='5'> --><sheetData >")
        return xml.replace("</c>", "</c ><!-- c -->").replace("<row ", "<row\n  ")

    return edited(forms.by_openpyxl(), change)


@writer
def threaded_comments_and_people() -> bytes:
    people = b"<personList xmlns='urn:p'><person displayName='a'/></personList>"
    kind = '<Override PartName="/xl/persons/person.xml" ContentType="application/xml"/>'
    return with_parts(forms.by_openpyxl(), {"xl/persons/person.xml": people}, kind)


@writer
def custom_xml_and_printer_settings() -> bytes:
    parts = {
        "customXml/item1.xml": b"<?xml version='1.0'?><a xmlns='urn:a'/>",
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 4,
        "docProps/custom.xml": "<a>独自</a>".encode(),
    }
    kind = '<Default Extension="bin" ContentType="application/octet-stream"/>'
    return with_parts(forms.by_openpyxl(), parts, kind)


@writer
def form_controls() -> bytes:
    """Check boxes as Excel writes them: anchors have rows and columns of another language."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="x14" xmlns:x14="{X14}"><controls><control shapeId="1025" name="Check'
        f' Box 1"><controlPr><anchor><from xmlns:xdr="{drawing}"><xdr:col>6</xdr:col><xdr:row>4'
        "</xdr:row></from></anchor></controlPr></control></controls></mc:Choice>"
        "</mc:AlternateContent></worksheet>"
    )
    return edited(forms.by_openpyxl(), lambda xml: xml.replace("</worksheet>", control))


@writer
def furigana_in_place() -> bytes:
    """Texts in their cells, with runs and readings."""

    def change(xml: str) -> str:
        read = '<is><r><t>要</t></r><r><t>件</t></r><rPh sb="0" eb="2"><t>ヨウケン</t></rPh></is>'
        return re.sub(r"<is><t>要件</t></is>", read, xml)

    return edited(forms.by_xlsxwriter(options={"constant_memory": True}), change)


@writer
def byte_order_marks_and_no_declaration() -> bytes:
    def change(xml: str) -> str:
        return "\ufeff" + re.sub(r"^<\?xml.*?\?>\s*", "", xml)

    return edited(edited(forms.by_openpyxl(), change), change, "xl/sharedStrings.xml")


@writer
def stored_without_packing() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(forms.by_openpyxl())) as old,
        zipfile.ZipFile(out, "w", 0) as new,
    ):
        for info in reversed(old.infolist()):
            new.writestr(info.filename, old.read(info))
        new.comment = "市役所".encode()
    return out.getvalue()


@writer
def streamed_with_sizes_behind() -> bytes:
    """As it is written into a pipe: each part's size stands behind it."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    out = Pipe()
    with (
        zipfile.ZipFile(io.BytesIO(forms.by_openpyxl())) as old,
        zipfile.ZipFile(out, "w", 8) as new,
    ):
        for name in old.namelist():
            with new.open(name, "w", force_zip64=True) as part:
                part.write(old.read(name))
    return out.getvalue()


@writer
def macros() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data = edited(forms.by_openpyxl(), lambda xml: xml.replace(kind, macro), "[Content_Types].xml")
    link = (
        '<Relationship Id="vba" Type="http://schemas.microsoft.com/office/2006/relationships/'
        'vbaProject" Target="vbaProject.bin"/></Relationships>'
    )
    part = "xl/_rels/workbook.xml.rels"
    data = edited(data, lambda xml: xml.replace("</Relationships>", link), part)
    binary = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    return with_parts(data, {"xl/vbaProject.bin": bytes(range(256)) * 9}, binary)


@writer
def links_to_other_workbooks() -> bytes:
    part = b"<externalLink xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
    return with_parts(forms.by_openpyxl(), {"xl/externalLinks/externalLink1.xml": part})


@writer
def a_signature() -> bytes:
    return with_parts(forms.by_openpyxl(), {"_xmlsignatures/sig1.xml": b"<Signature/>"})
