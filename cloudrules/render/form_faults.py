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
    "excel-parts": (
        "ファイルの中の部品が多すぎます（{count}個、上限: {most}個）。"
        "様式のシートだけのファイルにしてください。",
        "there are too many parts in the file ({count}; the most is {most}); make it one of the"
        " form's sheets alone",
    ),
    "grid-cells": (
        "表が大きすぎます（上限: {most}セル）。チェックシートの部分だけのファイルにしてください。",
        "the table is too large (the most is {most} cells); make the file one of the checklist"
        " alone",
    ),
    "grid-rows": (
        "表が大きすぎます（上限: 文字のある行が{most}行）。"
        "チェックシートの部分だけのファイルにしてください。",
        "the table is too large (the most is {most} rows that say something); make the file one of"
        " the checklist alone",
    ),
    "grid-long": (
        "表の文字が多すぎます（上限: {most}字）。"
        "チェックシートの部分だけのファイルにしてください。",
        "the table has too many letters (the most is {most}); make the file one of the checklist"
        " alone",
    ),
    "form-questions": (
        "免除の定めと、読み取れない箇所とが多すぎます（上限: 合わせて{most}件）。"
        "チェックシートの部分だけのファイルにしてください。",
        "there are too many clauses and places that cannot be read (the most is {most} together);"
        " make the file one of the checklist alone",
    ),
    "form-sentences": (
        "文が多すぎます（上限: {most}文）。チェックシートの部分だけのファイルにしてください。",
        "there are too many sentences (the most is {most}); make the file one of the checklist"
        " alone",
    ),
    "excel-row": (
        "シート「{sheet}」の行が、Excelの範囲の外にあるか、重なっています（行番号: {row}）。"
        "Excelで開いて修復し、保存し直してください。",
        "a row of the sheet {sheet} is none that a sheet can have, or stands twice (row {row});"
        " open the file in Excel, let it be repaired, and save it anew",
    ),
    "excel-cell": (
        "シート「{sheet}」のセル {cell} が、Excelの範囲の外か別の行にあるか、重なっています。"
        "Excelで開いて修復し、保存し直してください。",
        "the cell {cell} of the sheet {sheet} lies outside what a sheet can have or in another row,"
        " or stands twice; open the file in Excel, let it be repaired, and save it anew",
    ),
    "excel-string": (
        "シート「{sheet}」のセル {cell} の文字列がファイルの中にありません。"
        "Excelで開いて修復し、保存し直してください。",
        "the text of the cell {cell} of the sheet {sheet} is not in the file; open the file in"
        " Excel, let it be repaired, and save it anew",
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
    "excel-letters": (
        "セルの文字が合わせて多すぎます（{part} まで、上限: {most}字。同じ文字列を使うセルも"
        "それぞれ数えます）。様式のシートだけのファイルにしてください。",
        "the cells hold too many letters together (reached in {part}; the most is {most}, and cells"
        " that share a text each count); make the file one of the form's sheets alone",
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
    "excel-text-long": (
        "シート「{sheet}」の {cell} に書く文が長すぎます（上限: {most}文字）。"
        "サービスのファイルの note を短くしてください。",
        "the text for {sheet}!{cell} is too long (the most is {most} characters); shorten the notes"
        " in the service's file",
    ),
    "excel-formula-shared": (
        "シート「{sheet}」の {cell} の数式は他のセルと共有されており、単独では置き換えられません。"
        "Excelで数式を消してください。",
        "the formula in {sheet}!{cell} is shared with other cells and cannot be replaced alone;"
        " clear it in Excel",
    ),
    # Forms
    "form-heading": (
        "シート「{sheet}」に要件の番号はありますが、見出し「適用状況」が見つかりません。"
        "見出しのある様式を指定するか、見出しを「適用状況」にしてください。",
        "the sheet {sheet} has the items' numbers, but no heading 適用状況 above them; name a form"
        " with that heading, or add it",
    ),
    "form-remark": (
        "シート「{sheet}」に見出し「備考」が見つかりません。見出しを「備考」にしてください。",
        "the sheet {sheet} has no heading 備考 beside 適用状況; add it",
    ),
    "form-columns": (
        "同じ見出しの列がいくつもあり、どれに記入するのか分かりません（{cells:long}）。"
        "記入する列の見出しを「適用状況」「備考」だけにしてください。",
        "several columns have the same heading ({cells:long}); let that of the column to fill in be"
        " 適用状況 or 備考 alone",
    ),
    "form-shifted": (
        "見出し「適用状況」の下の列に「必須」「任意」が並んでいます（{cell} など）。"
        "見出しを、回答の列の上に移してください。",
        "the column under 適用状況 holds 必須/任意, not answers ({cell} the first); move the"
        " headings over their own columns",
    ),
    "form-items": (
        "シート「{sheet}」の見出し「適用状況」の下に、要件の番号（{first} など）が見つかりません。"
        "様式とルールブックの組合せを確かめてください。",
        "the sheet {sheet} has no numbers of items, such as {first}, below a heading 適用状況;"
        " check that form and rulebook belong together",
    ),
    "form-item-twice": (
        "同じシートに要件{item}の行が複数あります（{one} と {two}）。"
        "余分な行を消すか、番号を直してください。",
        "item {item} has several rows on one sheet: {one} and {two}; delete one, or correct its"
        " number",
    ),
    "form-more": ("同じような誤りがほかに{n}件あります。", "{n} more such faults"),
    "form-sheet-twice": (
        "シート「{one}」と「{two}」の両方に同じ要件の行があります（{item} など{n}件）。"
        "--sheet で読むシートを指定してください（例: --sheet '{one}'）。",
        "the sheets {one} and {two} have rows of the same items ({n}, {item} the first); name the"
        " sheet to use, such as --sheet '{one}'",
    ),
    "form-other-service": (
        "{cell} のサービスの名称は「{found}」で、サービスのファイルの「{name}」と異なります。"
        "同じサービスならどちらかを直し、すべてを書き直すなら --force を付けてください。",
        "{cell} names another service ({found}) than the file ({name}); correct one of them if they"
        " are the same, or write the form anew with --force",
    ),
    "form-other-provider": (
        "{cell} の提供者の名称は「{found}」で、サービスのファイルの「{name}」と異なります。"
        "同じ提供者ならどちらかを直し、すべてを書き直すなら --force を付けてください。",
        "{cell} names another provider ({found}) than the service's file ({name}); correct one of"
        " them if they are the same, or write the form anew with --force",
    ),
    "form-apart": (
        "この様式は {rulebook} とは別のチェックリストのものです。"
        "文のある{of}行のうち{n}行で、要件の文が異なります"
        "（例: {cell}「{said}」、ルールブックでは「{own}」）。"
        "--rulebook で正しいルールブックを指定してください。",
        "this form is of another checklist than {rulebook}: of {of} rows with a text, {n} have that"
        " of another item ({cell}: {said}; in the rulebook: {own}); name the right one with"
        " --rulebook",
    ),
    "form-apart-fill": (
        "この様式は {rulebook} とは別のチェックリストのものです。"
        "文のある{of}行のうち{n}行で、要件の文が異なります"
        "（例: {cell}「{said}」、ルールブックでは「{own}」）。"
        "--rulebook で正しいルールブックを指定し、このまま書き込むなら --force を付けてください。",
        "this form is of another checklist than {rulebook}: of {of} rows with a text, {n} have that"
        " of another item ({cell}: {said}; in the rulebook: {own}); name the right one with"
        " --rulebook, or fill it in all the same with --force",
    ),
    "form-sample": (
        "シート「{sheet}」は記入例のようなので、書き込みません。"
        "--sheet で書き込むシートを指定してください（シート: {known:long}）。",
        "the sheet {sheet} seems to be an example of how to fill the form in, and is left alone;"
        " name the sheet to fill with --sheet ({known:long})",
    ),
    "form-sheet": (
        "シート「{sheet}」はありません。次のいずれかを指定してください: {known:long}",
        "there is no sheet {sheet}; name one of: {known:long}",
    ),
    "form-rulebook": (
        "どのルールブックの様式か分かりません（候補: {known:long}）。"
        "--rulebook で指定してください。",
        "it cannot be told which rulebook the form is of ({known:long}); name it with --rulebook",
    ),
}
