"""The words for what is wrong with a workbook or a form; see `fault_words` for their shape."""

from __future__ import annotations

from cloudrules.render.words import Phrase

FORM_FAULTS: dict[str, Phrase] = {
    # Workbooks
    "excel-empty": (
        "ファイルが空です。元のファイルを入手し直してください。",
        "the file is empty; get it anew",
    ),
    "excel-other": (
        "Excelブックではありません。Excelで「Excel ブック（.xlsx）」として保存し直してください。",
        "this is no Excel workbook; save it in Excel as an Excel Workbook (.xlsx)",
    ),
    "excel-xls": (
        "古い形式のExcelブック（.xls）です。"
        "Excelで「Excel ブック（.xlsx）」として保存し直してください。",
        "this is a workbook of the old kind (.xls); save it in Excel as an Excel Workbook (.xlsx)",
    ),
    "excel-xlsb": (
        "バイナリ形式のExcelブック（.xlsb）です。"
        "Excelで「Excel ブック（.xlsx）」として保存し直してください。",
        "this is a binary workbook (.xlsb); save it in Excel as an Excel Workbook (.xlsx)",
    ),
    "excel-ods": (
        "OpenDocument形式の表計算ファイルです。"
        "「Excel ブック（.xlsx）」として保存し直してください。",
        "this is an OpenDocument spreadsheet; save it as an Excel Workbook (.xlsx)",
    ),
    "excel-password": (
        "パスワードで保護（暗号化）されたファイルです。"
        "Excelで開き、パスワードを外して保存し直してください。",
        "the file is locked with a password; open it in Excel, and save it without one",
    ),
    "excel-damaged": (
        "ファイルが途中で切れているか、壊れています。元のファイルを入手し直してください。",
        "the file is cut short or damaged; get it anew",
    ),
    "excel-part-missing": (
        "ファイルが壊れています（中に {part} がありません）。元のファイルを入手し直してください。",
        "the file is damaged (there is no {part} in it); get it anew",
    ),
    "excel-large": (
        "展開すると大きすぎるファイルです（{part}、上限: {most}）。"
        "様式のシートだけのファイルにしてください。",
        "the file is too large once unpacked ({part}; the most is {most}); make it one of the"
        " form's sheets alone",
    ),
    "excel-many": (
        "要素が多すぎるか、入れ子が深すぎます（{part}）。様式のシートだけのファイルにしてください。",
        "there is too much in {part}, or it is nested too deeply; make the file one of the form's"
        " sheets alone",
    ),
    "excel-entities": (
        "{part} に、Excelが書かない文書型宣言があります。"
        "安全のため読みません。Excelで保存し直してください。",
        "{part} declares a document type, which Excel never writes; it is not read, for safety:"
        " save the file anew in Excel",
    ),
    "excel-encoding": (
        "{part} の文字コードがUTF-8ではありません。Excelで保存し直してください。",
        "{part} is not in UTF-8; save the file anew in Excel",
    ),
    "excel-xml": (
        "ファイルが壊れています（{part} を読めません）。元のファイルを入手し直してください。",
        "the file is damaged ({part} cannot be read); get it anew",
    ),
    "excel-sheet-outside": (
        "シート「{sheet}」の内容がファイルの外にあるか、ありません。"
        "シートを含むファイルを入手し直してください。",
        "the content of the sheet {sheet} lies outside the file, or is missing; get a file that"
        " holds it",
    ),
    "excel-no-sheet": (
        "ワークシートがありません。様式のあるExcelブックを指定してください。",
        "there is no worksheet in it; name a workbook with the form in it",
    ),
}
