"""The sentences of a report and of its receipt: key -> (ja, en)."""

from __future__ import annotations

from cloudrules.render.words import Phrases

REPORT: Phrases = {
    "report.title": ("判定報告書: {service}", "Report: {service}"),
    "report.table": ("判定表", "Checklist"),
    "report.exemptions": ("不要とした要件とその根拠", "Exemptions and their grounds"),
    "report.no-exemptions": (
        "免除規定により不要とした要件はありません。",
        "No item is exempt under a clause.",
    ),
    "report.exempt": ("要件{what}", "Items {what}"),
    "report.exempt.one": ("要件{what}", "Item {what}"),
    "report.until": (
        "この免除は{date}まで有効です（それまでに保有状況や規定が変わらない場合）。",
        "The exemption holds until {date}, unless what is held or the rules change before.",
    ),
    "report.until-open": (
        "この免除に、記録された終期はありません。",
        "No end of the exemption is recorded.",
    ),
    "report.until-first": (
        "この報告書の免除のうち、最も早く終わるのは{date}です。",
        "The first of these exemptions to end holds until {date}.",
    ),
    "report.readings": ("解釈", "Readings"),
    "report.taken": ("この報告書で採用した解釈", "Readings taken in this report"),
    "report.col.reading": ("解釈の分かれる点", "What can be read in more than one way"),
    "report.col.option": ("採用した選択肢", "Option taken"),
    "report.col.because": ("理由", "Why it can be taken"),
    "report.col.turns": ("判定への影響", "Verdict"),
    "report.turns": ("左右する", "turns on it"),
    "report.turns-not": ("左右しない", "does not"),
    "report.turns-open": ("未確定", "not known"),
    "report.worlds-many": (
        "解釈の組み合わせが多いため、すべてについては調べていません。ほかの解釈での判定は未確定です。",
        "There are too many combinations of readings to go through; how the verdict comes out in"
        " others is not known.",
    ),
    "report.default": ("{option}（既定）", "{option} (default)"),
    "report.no-readings": (
        "このルールブックに、解釈の分かれる点はありません。",
        "Nothing in this rulebook can be read in more than one way.",
    ),
    "report.plan": ("適合するための計画", "Plan to comply"),
    "report.plan-needless": ("適合しているため、計画は不要です。", "Compliant: no plan is needed."),
    "report.plan-left": (
        "計画は求めていません（--no-plan）。",
        "No plan was asked for (--no-plan).",
    ),
    "report.graph": ("依存関係の図", "What rests on what"),
    "report.receipt": ("作成の記録", "Receipt"),
    "report.receipt-why": (
        "同じファイルに対して次のコマンドを実行すると、同じ報告書が得られます。"
        "cloudrules verify にこの報告書を渡すと、作成後に変わった点を確かめられます。",
        "The command makes this report again from the same files. Give the report to cloudrules"
        " verify to see what has changed since.",
    ),
    "report.program": ("プログラム", "Program"),
    "report.command": ("コマンド", "Command"),
    "report.col.file": ("ファイル", "File"),
    "report.col.sum": ("SHA-256", "SHA-256"),
}

RECEIPT: Phrases = {
    "receipt.title": ("作成の記録の確認", "Verification of a receipt"),
    "receipt.same": (
        "変化なし: 同じファイルから同じ答えが得られました。",
        "Unchanged: the same files give the same answer.",
    ),
    "receipt.changed": (
        "変化あり: 作成したときと同じではありません。",
        "Changed: it is not as it was when the answer was made.",
    ),
    "receipt.program-other": (
        "プログラムの版が違います: {then} → {now}",
        "Another version of the program: {then} -> {now}",
    ),
    "receipt.files": ("ファイル", "Files"),
    "receipt.files-same": ("{n}件のファイルはすべて同じです。", "All {n} files are the same."),
    "receipt.files-same.one": ("{n}件のファイルは同じです。", "The {n} file is the same."),
    "receipt.other": ("内容が変わりました", "its content has changed"),
    "receipt.absent": (
        "ないか、読まれません（記録は、コマンドを実行したフォルダーからのパスです）",
        "is not there, or is not read (paths are from the folder in which the command was run)",
    ),
    "receipt.added": ("新たに読まれました", "is read now, and was not then"),
    "receipt.answer": ("答え", "Answer"),
    "receipt.answer-same": ("答えは同じです。", "The answer is the same."),
    "receipt.answer-none": (
        "今は答えが得られません（{where}: {code}）。同じコマンドを実行すると理由が示されます。",
        "There is no answer now ({where}: {code}); run the command itself to see why.",
    ),
    "receipt.more": ("ほか{n}件の違いがあります。", "And {n} more differences."),
    "receipt.document": (
        "文書の文面が、同じ答えから作られるものと違います。書き換えられたおそれがあります。",
        "The words of the document are not those that this answer makes; they may have been"
        " altered.",
    ),
    "receipt.document-pdf": (
        "PDFについては、添付された答えだけを確かめました。文面は確かめていません。",
        "Of a PDF the answer that is attached has been compared; its words have not.",
    ),
    "receipt.document-same": ("文書の文面も同じです。", "So are the words of the document."),
    "receipt.col.what": ("項目", "What"),
    "receipt.col.then": ("作成時", "Then"),
    "receipt.col.now": ("現在", "Now"),
    "receipt.nothing": ("（なし）", "(none)"),
}
