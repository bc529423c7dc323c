"""The sentences of a report and of its receipt: key -> (ja, en)."""

from __future__ import annotations

from cloudrules.render.words import Phrases

REPORT: Phrases = {
    "report.title": ("判定報告書: {service}", "Report: {service}"),
    "report.table": ("判定表", "Checklist"),
    "report.foot": ("{title}（基準日 {date}）", "{title} ({date})"),
    "report.source": ("ルールの出典", "Source of the rules"),
    "report.published": ("公表場所", "Published at"),
    "report.in-force": ("ルールの適用期間", "Rules in force"),
    "report.period": ("{first}～{last}", "{first} to {last}"),
    "report.note": ("備考", "Remark"),
    # What is held
    "report.holdings": ("保有状況とその証跡", "What is held, and the papers for it"),
    "report.no-holdings": (
        "保有するもの、個別に確認したもの、未確認のものは、いずれも記載がありません。",
        "Nothing is stated to be held, attested or not known.",
    ),
    "report.col.held": ("認証・登録・確認事項", "What"),
    "report.col.kind": ("種別", "Kind"),
    "report.col.holder": ("保有者", "Held by"),
    "report.col.state": ("状態", "State"),
    "report.col.until": ("有効期限", "Last day"),
    "report.col.papers": ("番号・文書など", "Number, document"),
    "report.state-held": ("有効", "held"),
    "report.state-expired": ("期限切れ", "expired"),
    "report.state-unknown": ("未確認", "not known"),
    "report.unstated": ("記載なし", "not stated"),
    "report.claimed": (
        "{n}件には番号や文書の記載がなく、保有しているとの申告だけに基づいて判定しました。",
        "{n} of these are claimed without a number or a document; the verdict takes them as held.",
    ),
    "report.claimed.one": (
        "{n}件には番号や文書の記載がなく、保有しているとの申告だけに基づいて判定しました。",
        "{n} of these is claimed without a number or a document; the verdict takes it as held.",
    ),
    "report.facts": ("判定の前提とした事実", "Facts that the verdict assumes"),
    "report.col.fact": ("事実", "Fact"),
    "report.col.value": ("値", "Value"),
    "report.col.told": ("出所", "From"),
    "report.told": ("サービスの申告", "stated by the service"),
    "report.assumed": ("申告がないため既定値", "not stated: the default"),
    # What ends when
    "report.ends": ("期限の到来と判定の見通し", "What ends when"),
    "report.ends-unknown": (
        "後日のルールに誤りがあるため、見通しを示せません。",
        "The rules of a later day have a fault: what ends when cannot be told.",
    ),
    "report.exemptions": ("不要とした要件とその根拠", "Exemptions and their grounds"),
    "report.no-exemptions": (
        "免除規定により不要とした要件はありません。",
        "No item is exempt under a clause.",
    ),
    "report.exempt": ("要件{what}", "Items {what}"),
    "report.exempt.one": ("要件{what}", "Item {what}"),
    "report.more": (
        "組合せが多いため、一部だけを示しています。",
        "There are too many combinations; only some are shown.",
    ),
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
    "report.col.turns": ("判定への影響", "Does the verdict turn on it?"),
    "report.turns": ("左右する", "yes"),
    "report.turns-not": ("左右しない", "no"),
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
    "report.graph-left": (
        "ほかと結び付きのない要件（{what}）は省きました。",
        "Items that are joined to nothing are left out ({what}).",
    ),
    "report.graph-joined": (
        "同じ規定により同じ状態にある要件は、一つの枠にまとめました。",
        "Items in a row with the same clauses and the same status are one box.",
    ),
    "report.graph-large": (
        "図は1枚の紙に収まらないため、依存関係を表で示します。図は cloudrules graph で得られます。",
        "A drawing would be too large for one page, so a table tells what rests on what;"
        " cloudrules graph draws it.",
    ),
    "report.col.from": ("規定・要件など", "What"),
    "report.col.status": ("状態", "Status"),
    "report.col.relation": ("関係", "How"),
    "report.col.clause": ("条件・対象", "On what"),
    # Who answers for it
    "report.signed": ("確認欄", "Signatures"),
    "report.col.role": ("区分", "Role"),
    "report.col.name": ("所属・氏名", "Office and name"),
    "report.col.day": ("日付", "Date"),
    "report.col.remark": ("所見", "Remark"),
    "report.role-made": ("作成", "made by"),
    "report.role-checked": ("確認", "checked by"),
    "report.role-approved": ("承認", "approved by"),
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
    "receipt.pages": (
        "ページは未確認: 添付された答えは変わっていませんが、PDFのページがその答えを示しているかは"
        "確かめられません。",
        "Pages not confirmed: the attached answer is unchanged, but whether it is what the pages of"
        " the PDF show is not known.",
    ),
    "receipt.late": (
        "未確認: 時間切れのため、答えが変わったのかどうか分かりません。"
        "--time-limit で時間を延ばしてください。",
        "Not confirmed: time ran out, so that whether the answer has changed is not known; allow"
        " more with --time-limit.",
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
        "今は答えが得られません（{where}: {why}）。同じコマンドを実行すると理由が示されます。",
        "There is no answer now ({where}: {why}); run the command itself to see why.",
    ),
    "receipt.gone": ("ファイルがありません", "not there"),
    "receipt.fault": (
        "書かれている内容に誤りがあります〔{code}〕",
        "what it says has a fault [{code}]",
    ),
    "receipt.more": ("ほか{n}件の違いがあります。", "And {n} more differences."),
    "receipt.document": (
        "文書の文面が、同じ答えから作られるものと違います。書き換えられたおそれがあります。",
        "The words of the document are not those that this answer makes; they may have been"
        " altered.",
    ),
    "receipt.document-pdf": (
        "このPDFは、ここで作り直したPDFと一致しません。書体や typst の版の違いによるものか、"
        "書き換えによるものかは分かりません。上のコマンドで報告書を作り直して見比べてください。",
        "This PDF is not the one that is made here: whether for other fonts, for another version of"
        " typst, or since it was altered cannot be told. Make the report anew with the command"
        " above, and compare them.",
    ),
    "receipt.document-pdf-none": (
        "ここではPDFを作れないため、PDFのページを比べていません（typst パッケージと日本語の書体が"
        "必要です: pip install 'cloudrules[pdf]'）。",
        "The pages of the PDF have not been compared, since no PDF can be made here; that takes"
        " the package typst (pip install 'cloudrules[pdf]') and a Japanese font.",
    ),
    "receipt.document-program": (
        "プログラムの版が違うため、文書の文面は比べていません。",
        "The words of the document have not been compared, the program being another version.",
    ),
    "receipt.document-answer": (
        "答えが違うため、文書の文面は比べていません。",
        "The words of the document have not been compared, since the answer is another.",
    ),
    "receipt.document-files": (
        "ファイルが変わったため、文書の文面は比べていません。",
        "The words of the document have not been compared, since files have changed.",
    ),
    "receipt.document-same": ("文書の文面も同じです。", "So are the words of the document."),
    "receipt.col.what": ("項目", "What"),
    "receipt.col.then": ("作成時", "Then"),
    "receipt.col.now": ("現在", "Now"),
    "receipt.nothing": ("（なし）", "(none)"),
    "receipt.none": ("なし", "none"),
    "receipt.there": ("あり", "there"),
    "receipt.items": ("要件{what}", "items {what}"),
    "receipt.items.one": ("要件{what}", "item {what}"),
    "receipt.member": ("{what}「{name}」", "{what} {name}"),
    "receipt.nth": ("{what}（{n}件目）", "{what} {n}"),
    "receipt.within": ("の", ", "),
}
