"""The words that are written into a form, and those said of it."""

from __future__ import annotations

from cloudrules.render.words import Phrases

# The answer to each status, where no drop-down limits the choice.
ANSWERS: Phrases = {
    "met": ("○", "○"),
    "missing": ("×", "×"),
    "waived": ("対象外", "N/A"),
    "not_applicable": ("対象外", "N/A"),
    "open": ("－", "－"),
    "unknown": ("未確認", "not confirmed"),
}

REMARKS: Phrases = {
    "day": ("{year}年{month}月{day}日", "{year}-{month:02}-{day:02}"),
    "released": ("{clause}により不要。", "Not necessary: {clause}"),
    "released-at": ("{at}{clause}により不要。", "Not necessary under the clause {at}: {clause}"),
    "released-id": ("規定{id}により不要。", "Not necessary under {id}."),
    "also": ("{clause}によっても不要。", "Also not necessary: {clause}"),
    "also-at": ("{at}によっても不要。", "Also not necessary under the clause {at}."),
    "anyway": ("{clause}により、満たさなくても可。", "Not necessary in any case: {clause}"),
    "anyway-at": (
        "{at}により、満たさなくても可。",
        "Not necessary in any case under the clause {at}.",
    ),
    "source": ("原文: {clause}", "In the source: {clause}"),
    "basis": ("根拠: {what}。", "Rests on: {what}."),
    "basis-none": ("根拠: 条件なし。", "It holds without condition."),
    "valid": ("{date}まで有効。", "Valid until {date}."),
    "others": ("ほかにも根拠がある。", "There are other grounds too."),
    "not-applies": ("前提に当たらないため対象外。", "This item does not apply."),
    "and": ("、", "; "),
    "value": ("「{title}」は「{value}」", "{title}: {value}"),
    "True": ("はい", "yes"),
    "False": ("いいえ", "no"),
    "by-default": ("申告がないため既定の扱い", "not stated; the default"),
    "see": ("{item}の備考参照", "see {item}"),
    # What is stated, in brackets that a reader of the form finds again
    "attested": ("個別に確認済み", "Attested"),
    "this": ("この要件", "This item"),
    "expired": ("期限切れ: {title}", "Ended: {title}"),
    "reading": ("解釈: {title}", "Reading: {title}"),
    "stated": ("{title}（{id}）", "{title} ({id})"),
    "stated-until": ("{title}（{id}、{date}まで）", "{title} ({id}, until {date})"),
    "stated-unknown": ("{title}（{id}、未確認）", "{title} ({id}, not confirmed)"),
    "stated-value": ("{title}（{id} = {value}）", "{title} ({id} = {value})"),
}

# What is told of a form that was filled in.
TOLD: Phrases = {
    "kept-formula": (
        "{cell} は数式のため、書きませんでした（書こうとした内容: {text}）。"
        "置き換えるなら --force を付けてください。",
        "{cell} holds a formula and was left as it is (it would be: {text}); --force replaces it",
    ),
    "kept-answer": (
        "{cell} には「{found}」と記入済みのため、書きませんでした（書こうとした内容: {text}）。"
        "置き換えるなら --force を付けてください。",
        "{cell} says {found} already and was left as it is (it would be: {text}); --force replaces"
        " it",
    ),
    "kept-remark": (
        "{cell} には「{found}」と記入済みで、サービスのファイルにはその記載がありません。"
        "消すなら --force を付けてください。",
        "{cell} says {found}, which the service's file does not say, and was left as it is;"
        " --force empties it",
    ),
    "kept-struck": (
        "{cell} は取消線が引かれているため、書きませんでした（書こうとした内容: {text}）。"
        "取り消された内容と取消線を消してください。",
        "{cell} is struck through and was left as it is (it would be: {text}); clear it, its"
        " strikethrough too",
    ),
    "shown-struck": (
        "{cell} の書式には取消線があり、書いた内容も取り消されたものとして表示されます"
        "（{text}）。取消線を外してください。",
        "{cell} has a format that strikes through what is written into it ({text}), which counts as"
        " withdrawn; take the strikethrough away",
    ),
    "no-word": (
        "{cell} の選択肢（{known}）に「{text}」に当たる語がないため、空けました。"
        "確かめて選んでください。",
        "{cell} left empty: its drop-down ({known}) has no word for {text}; choose one",
    ),
    "shared": (
        "{cell} は要件{other}のセルと結合されているため、要件{item}の答えを書けませんでした。",
        "{cell} is merged with the cell of item {other}: there was no room for item {item}",
    ),
    "no-row": (
        "要件{item}の行が様式にありません。",
        "the form has no row for item {item}",
    ),
    "left-rows": (
        "文の異なる行には書きませんでした（要件{items}）。"
        "それでも書き込むなら --force を付けてください。",
        "the rows of other items were left as they are ({items}); --force fills them in all the"
        " same",
    ),
    "unseen": (
        "シート「{sheet}」は非表示のため読んでいません。要件の行があるので、使うなら --sheet で"
        "指定してください。",
        "the sheet {sheet} is hidden and was left out, though it has rows of items; name it with"
        " --sheet to use it",
    ),
    "untold": (
        "{name} は、様式のどの行にも関わらないため書きませんでした。",
        "{name} was not written: no row of the form is about it",
    ),
    "left-out": (
        "次のものは様式に書く場所がないため、書いていません: {parts}",
        "a form has no place for these, which were left out: {parts}",
    ),
    "not-held": (
        "注記によれば、そうではない、まだである、または確かでないため、"
        "様式からは未確認と読み取られます: {names}",
        "will be read from the form as not known, as its note says that it is not so, not yet, or"
        " not for certain: {names}",
    ),
    "dated": (
        "期限のないものとされていますが、注記に終わりや始まりの日があります。"
        "期限があれば until に書いてください: {names}",
        "stated without an end, while the note speaks of a day on which it ends or begins; if it"
        " has an end, write it as `until`: {names}",
    ),
    "no-field": (
        "「{field}」の欄が見つからないため、書きませんでした。",
        "no field for the {field} was found",
    ),
    "cut": (
        "行の高さが固定されているため、印刷すると文が切れます: {rows}。"
        "--fit-rows を付けると、これらの行を高くします。",
        "texts will be cut on paper, as the height of these rows is fixed: {rows}; --fit-rows makes"
        " them taller",
    ),
    "tall": (
        "文が行の高さの上限（409ポイント）に収まらず、印刷すると切れます: {rows}。"
        "サービスのファイルの note を短くしてください。",
        "texts will be cut on paper, as no row can be tall enough: {rows}; shorten the notes in the"
        " service's file",
    ),
    "signed": (
        "様式には電子署名があります。書き込んだファイルでは、その署名は無効になります。",
        "the form has a digital signature, which is not valid for the file that was written",
    ),
    "stale": (
        "様式には数式があります。その結果は書き込み前のままです。"
        "Excelで開き、Ctrl+Alt+F9で計算し直してください。",
        "the form has formulas, whose results are those from before; open the file in Excel and"
        " press Ctrl+Alt+F9 to calculate them anew",
    ),
    "written": (
        "{cells}個のセルに書きました: {path}",
        "{cells} cells written: {path}",
    ),
    "checked": (
        "{items}件の回答を確かめました。指摘: {findings}件。",
        "{items} answers checked; findings: {findings}.",
    ),
    "empty": ("空欄: {items}（{cells}）", "Left empty: {items} ({cells})"),
    "misplaced": (
        "別の要件の行とみなし、答えを数えません: {items}（{cells}）",
        "Not counted, as these rows are of other items: {items} ({cells})",
    ),
    "verdict": ("判定: {verdict}", "Verdict: {verdict}"),
    "verdict-claimed": (
        "証拠の示されていない回答のとおりなら適合",
        "compliant only if what is claimed is true",
    ),
    "head": ("{key}: {value}", "{key}: {value}"),
    "readings": ("解釈", "Readings"),
    "readings-usual": ("すべて既定", "all by default"),
    "readings-others": ("ほかは既定", "the others by default"),
    "otherwise": (
        "解釈が {reading}={option} なら、判定は「{verdict}」となります。",
        "Under the reading {reading}={option} the verdict would be: {verdict}",
    ),
    "missing": ("満たしていない必須の要件:", "Mandatory, and not met:"),
    "undecided": (
        "判定を左右する、分かっていないこと:",
        "Not known, and the verdict turns on it:",
    ),
    # What the verdict rests on
    "claims": (
        "証拠の示されていない回答: {claims}",
        "Claimed without evidence that the rulebook knows: {claims}",
    ),
    "claims-exempt": (
        "そのとおりの場合に限り不要な要件: {items}",
        "Exempt only if that is true: {items}",
    ),
    "claims-mend": (
        "証拠は、備考に（{example}、2027-03-31まで）のように書くと読み取れます。",
        "Evidence is read where the remarks state it, such as ({example}, until 2027-03-31).",
    ),
    "claims-fact": (
        "対象に当たらないことは、備考に（{example} = false）のように書くと読み取れます。",
        "That an item does not apply is read where the remarks state why, such as"
        " ({example} = false).",
    ),
    "claimed": (
        "{claims}が回答のとおりなら適合（証拠は示されていません）",
        "compliant only if what is claimed of {claims} is true; no evidence of it is stated",
    ),
}

FIELDS: Phrases = {
    "service": ("名称", "name of the service"),
    "provider": ("提供者名称", "name of the provider"),
    "day": ("記入日", "date"),
    "writer": ("記入者", "name of the writer"),
}

# What a service's file holds that a form has no place for.
LEFT_OUT: Phrases = {
    "efforts": ("見積り（efforts）", "quotes (efforts)"),
    "note": ("サービスについての注記（note）", "the service's note (note)"),
    "languages": ("ほかの言語の文", "texts in another language"),
}

# Answers that cannot be read for certain, or that do not follow.
FINDINGS: Phrases = {
    "partly": (
        "「{answer}」では、満たしているかどうか分かりません。",
        "says {answer}, which leaves open whether it is met",
    ),
    "unclear": (
        "「{answer}」の意味が分かりません。○、×、対象外などで答えてください。",
        "says {answer}, which is not understood; answer ○, × or 対象外",
    ),
    "blank": ("答えがありません。", "has no answer"),
    "exempt-not": (
        "「{answer}」とありますが、不要とする規定も、対象から外れる理由もありません。",
        "says {answer}, but nothing releases it",
    ),
    "exempt-unknown": (
        "「{answer}」とありますが、不要となるかどうかは未確認のことによります。",
        "says {answer}, but whether it is released rests on what is not confirmed",
    ),
    "exempt-met": (
        "「{answer}」とありますが、不要とする規定はなく、示されたものによれば満たしています。",
        "says {answer}, but nothing releases it, and what is held meets it",
    ),
    "unknown-met": (
        "「{answer}」とありますが、示されたものによれば満たしています。未確認とみなします。",
        "says {answer}, but what is stated meets it; it counts as not known",
    ),
    "met-not": (
        "「{answer}」とありますが、これを満たすものがありません。",
        "says {answer}, but nothing that is held meets it",
    ),
    "met-bare": (
        "「{answer}」とありますが、根拠が示されていません。",
        "says {answer}, but names no evidence",
    ),
    "met-denied": (
        "「{answer}」とありますが、備考に「{said}」とあり、確かではありません。",
        "says {answer}, but its remarks, with `{said}`, leave that uncertain",
    ),
    "note-begins": (
        "「{answer}」とありますが、備考によれば{until}からのことです。",
        "says {answer}, but by its remarks that is so from {until} on",
    ),
    "met-expired": (
        "「{answer}」とありますが、{name} の期限は{until}で切れています。",
        "says {answer}, but {name} ended on {until}",
    ),
    "met-other": (
        "「{answer}」とありますが、示された {name} はこの要件を満たすものではありません。",
        "says {answer}, but {name}, which it states, does not meet it",
    ),
    "note-expired": (
        "「{answer}」とありますが、備考によれば{until}で期限が切れています。",
        "says {answer}, but by its remarks that ended on {until}",
    ),
    "uncomputed": (
        "数式の計算結果がありません。Excelで開いて保存し直してください。",
        "holds a formula without a computed value; open the form in Excel and save it",
    ),
    "struck": (
        "「{answer}」に取消線が引かれており、答えがありません。改めて答えてください。",
        "says {answer}, which is struck through and so no answer; answer anew",
    ),
    "remark-struck": (
        "備考のすべてに取消線が引かれています。根拠がないものとみなします。",
        "has remarks all of which are struck through; they count as none",
    ),
    "remark-uncomputed": (
        "備考の数式の計算結果がなく、読み取れません。Excelで開いて保存し直してください。",
        "has remarks that are a formula without a computed value, and cannot be read; open the form"
        " in Excel and save it",
    ),
    "cites-other": (
        "備考は {said} を理由としますが、それによっては不要となりません。"
        "不要とするのは別の規定です。",
        "names {said} as its reason, which does not release it; another clause does",
    ),
    "met-unknown": (
        "「{answer}」とありますが、根拠とされるものは未確認です。",
        "says {answer}, but what it rests on is not confirmed",
    ),
    "missing-met": (
        "「{answer}」とありますが、示されたものによれば満たしています。",
        "says {answer}, but what is held meets it",
    ),
    "open-mandatory": (
        "「{answer}」とありますが、必須の要件です。",
        "says {answer}, but the item is mandatory",
    ),
    "differs": (
        "「{answer}」とありますが、サービスのファイルによれば「{status}」です。",
        "says {answer}, but by the service's file it is: {status}",
    ),
    "stated-both": (
        "{name} が、保有とも未確認とも書かれています。",
        "{name} is stated both as held and as not confirmed",
    ),
    "stated-denied": (
        "備考に {name} とありますが、「{said}」とあり、確かではありません。",
        "states {name}, but what stands beside it, `{said}`, leaves that uncertain",
    ),
    "stated-end": (
        "備考の {name} の期限を読み取れません。2027-03-31まで のように書いてください。",
        "states an end of {name} that cannot be read; write it as: until 2027-03-31",
    ),
    "stated-value": (
        "備考の（{name} = {said}）は読み取れません。{name} にその値はありません。{near}",
        "states ({name} = {said}), which is no value of {name}{near}",
    ),
    "stated-name": (
        "備考の（{said}）は読み取れません。その名前のものはありません。{near}",
        "states ({said}), which the rulebook does not know{near}",
    ),
    "stated-two": (
        "{name} について、{other} の行と異なることが書かれています。",
        "states of {name} what the row of {other} contradicts",
    ),
    "stated-ends": (
        "{name} の期限（{until}）が、{other} の行と異なります。早い方とみなします。",
        "states an end of {name} ({until}) other than the row of {other}; the earlier counts",
    ),
    "reading-chosen": (
        "{name}={said} という解釈を自ら採っています。認めるなら --reading {name}={said} とし、"
        "認めないなら別の解釈を指定してください。",
        "takes the reading {name}={said} by its own word; give --reading {name}={said} to accept"
        " it, or another option",
    ),
    "stated-not": (
        "備考に {name} とありますが、サービスのファイルにはありません。",
        "states {name} in its remarks, which the service does not hold",
    ),
    "stated-until": (
        "備考の {name} の期限が、サービスのファイル（{until}）と異なります。",
        "states in its remarks another end of {name} than the service has ({until})",
    ),
    "stated-other": (
        "備考には {name} = {said} とありますが、サービスのファイルによれば {value} です。",
        "states {name} = {said} in its remarks; by the service's file it is {value}",
    ),
    "fact-unstated": (
        "「{answer}」とあるので対象のようですが、{name} が様式からは分かりません。",
        "says {answer}, as if the item applied, but the form does not tell {name}",
    ),
    "text-other": (
        "様式の文は「{said}」で、ルールブックの「{own}」とは別の要件です。",
        "is another in the form ({said}) than in the rulebook ({own})",
    ),
    "need-other": (
        "様式では「{answer}」ですが、ルールブックでは{status}です。",
        "is {answer} by the form, but {status} by the rulebook",
    ),
    "row-extra": (
        "様式に行がありますが、ルールブックにはない要件です。判定に含めていません。",
        "has a row in the form, but is none of the rulebook's; the verdict leaves it out",
    ),
    "no-row": ("様式に行がありません。", "has no row in the form"),
    "hidden": ("行が非表示です。", "stands in a hidden row"),
}
FINDING: Phrases = {
    "line": ("要件{item}: {said}", "item {item} {said}"),
    "lines": ("要件{items}: {said}", "each of the items {items} {said}"),
    "near": ("「{near}」ではありませんか。", "; did you mean {near}?"),
    "always": ("なし", "none"),
    "unknown": ("未確認", "not known"),
}
SERVICE: Phrases = {
    "doubts": (
        "様式から確かには読み取れなかったもの（未確認として扱います）",
        "What could not be read for certain from the form; it counts as not known",
    ),
    "apart": (
        "様式とルールブックの食い違い（文の異なる行の答えは未確認として扱います）",
        "Where the form itself is at odds with the rulebook; what a row of another item answers"
        " counts as not known",
    ),
    "claims": (
        "証拠の示されていない回答（満たすものとして扱うので、確かめてください）",
        "Claimed without evidence that the rulebook knows; taken at its word, so confirm it",
    ),
    "left": (
        "不要な要件のため空欄とみたセル（不要でなくなれば未確認）",
        "Left empty, as nothing is owed for these items today; what they would say is not known",
    ),
    "unnamed": ("名称の記載なし", "no name given"),
    "from": ("{path} から読み取りました。", "Read from {path}."),
}
