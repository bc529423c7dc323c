"""The words of a draft: its comments, the questions that it leaves, and its readings."""

from __future__ import annotations

from cloudrules.render.words import Phrases

WORDS: Phrases = {
    "top": (
        "{file} から作ったルールブックの下書きです。読み取れたものだけを書いてあります。"
        "question と書いた注が確認の必要な点です（{count}件）。"
        "確認したら、その注を消してください。",
        "Draft of a rulebook, made from {file}. It says what could be read for certain and no more."
        " Each remark marked `question` is a point to decide ({count} in all); take it away once"
        " that is done.",
    ),
    "check": (
        "検査: cloudrules check このファイル",
        "To check the rules: cloudrules check FILE",
    ),
    "context": (
        "条件のうち、要件の番号に置き換えられなかったもの。サービスが true と書かない限り、"
        "成り立たないものとして扱います。",
        "Conditions that could not be put in terms of items. Each counts as not so unless a service"
        " says true.",
    ),
    "attested": (
        "どの要件も、個別に確認して満たすものとしてあります（met_by なし）。",
        "Every item is met by attesting it: none has a `met_by`.",
    ),
    "head": ("ここで表の見出しが繰り返される。", "The head of the table is repeated here."),
    "heading": ("見出し: {text}", "Heading: {text}"),
    "readings": (
        "各解釈の最初の選択肢が、上の規定のとおりの読み方です。",
        "The first option of each reading is the one that the rules above follow.",
    ),
    "question": ("question: {where}: {said}", "question: {where}: {said}"),
    "more": (
        "同じ種類の確認事項がほかに{count}件あります。すべて下書きに書いてあります。",
        "{count} more questions of the same kinds; the draft has them all",
    ),
    "row": ("{row}行目", "line {row}"),
}

# Each names a thing to decide, and how to write down what was decided.
QUESTIONS: Phrases = {
    "evidence": (
        "認証や登録を求めていると思われる要件: {items}。"
        "catalogues にカタログを加え、何を取得していれば満たすかを、それぞれの met_by に"
        "書いてください。",
        "these items seem to ask for a certification or registration: {items}; name a catalogue"
        " under `catalogues`, and say with `met_by` what meets each",
    ),
    "applies": (
        "{id} は「{text}」場合だけの要件ですか。そうなら、context に前提条件を加え、"
        "applies_when に書いてください。今は常に適用されます。",
        "does {id} apply only where 「{text}」? If so, add a fact under `context` and name it in"
        " `applies_when`; as it is, the item always applies",
    ),
    "whole": (
        "「{text}」の条件は、要件 {items} の全体を満たすこととしました。"
        "要件の一部でも足りるなら、when を直してください。",
        "the condition of 「{text}」 was taken to ask for all that {items} says; correct `when` if"
        " a part of the item is enough",
    ),
    "reach": (
        "「{text}」はどこまでを不要としますか。解釈 {reading} に選択肢を挙げました。"
        "ありえないものを消し、残すものに理由（because）を書いてください。",
        "how far down does 「{text}」 reach? The reading {reading} lists the options; take away"
        " those that cannot be meant, and give the reasons (`because`) of the rest",
    ),
    "grouping": (
        "「{text}」の条件は2通りに区切れます。解釈 {reading} に両方を挙げました。"
        "どちらかに決まるなら、when を直して解釈を消してください。",
        "the condition of 「{text}」 can be grouped in two ways, both under the reading {reading};"
        " if only one is meant, correct `when` and take the reading away",
    ),
    "condition": (
        "「{text}」は要件の番号だけでは表せません。前提条件 {fact} としました。"
        "認証等で表せるなら、when を直してください。",
        "「{text}」 cannot be put in terms of items; it is the fact {fact}; correct `when` if"
        " evidence tells it",
    ),
    "need": (
        "{id} の要否の欄は「{text}」です。必須か任意かを need に書いてください。"
        "今は {need} としてあります。",
        "the need of {id} is given as 「{text}」; say in `need` whether it is mandatory (必須) or"
        " optional (任意): it is {need} in the draft",
    ),
    "need-blank": (
        "要否の欄が空白です: {items}。必須か任意かを need に書いてください。"
        "今は必須としてあります。",
        "the need of these items is blank: {items}; say in `need` whether they are mandatory (必須)"
        " or optional (任意): they are mandatory in the draft",
    ),
    "need-none": (
        "必須か任意かの記載が表にありません（{count}件）。すべて必須としてあります。"
        "任意のものは need を直してください。",
        "the sheet does not say which items are mandatory (必須) or optional (任意): all {count}"
        " are mandatory in the draft; correct `need` where that is not so",
    ),
    "number-twice": (
        "番号 {written} の要件が複数あるため、これを {id} としました。"
        "id を確かめてください: 「{text}」",
        "several items have the number {written}, and this one is {id} in the draft; see which id"
        " is right: 「{text}」",
    ),
    "numbers-joined": (
        "番号が区分ごとに1から始まるため、区分の番号とつないで"
        " id としました（{written} は {id}）。",
        "the numbers begin anew in each section, so that ids have the section's number before them"
        " ({written} is {id})",
    ),
    "number-order": (
        "番号は {written} とありますが、前後の順序から {id}"
        "（数値として入力され、末尾の0が消えたもの）としました: 「{text}」",
        "the number reads {written} here; by the order of the rows it is {id}, entered as a number"
        " that has lost its last zero: 「{text}」",
    ),
    "exception": (
        "{id} のこの文は、要件を不要とする定め、または例外ですか。"
        "そうなら waivers か applies_when に書いてください: 「{text}」",
        "does this sentence of {id} release the item, or except something from it? If so, write it"
        " under `waivers` or in `applies_when`: 「{text}」",
    ),
    "beside": (
        "{id} の欄外のこの文は定めですか。"
        "そうなら waivers か applies_when に書いてください: 「{text}」",
        "is this sentence beside {id} a clause? If so, write it under `waivers` or in"
        " `applies_when`: 「{text}」",
    ),
    "clause-unread": (
        "免除の定めと思われますが、読み取れません。waivers に書いてください: 「{text}」",
        "this seems to be a clause, and could not be read; write it under `waivers`: 「{text}」",
    ),
    "clause-limited": (
        "「{text}」の後に「{limit}」とあります。あわせて読み、waivers に書いてください。",
        "「{text}」 is followed by 「{limit}」; read them together and write them under `waivers`",
    ),
    "banner-rest": (
        "要件の間のこの文は何を定めていますか。下書きには入れていません: 「{text}」",
        "what does this sentence between the items lay down? It is not in the draft: 「{text}」",
    ),
    "target-unread": (
        "何を不要とするのか読み取れません。waivers に書いてください: 「{text}」",
        "what this clause releases could not be read; write it under `waivers`: 「{text}」",
    ),
    "unknown-unread": (
        "この定めが挙げる {said} という要件は表にありません。番号を確かめ、waivers に"
        "書いてください: 「{text}」",
        "this clause names {said}, and there is no such item; find which is meant and write it"
        " under `waivers`: 「{text}」",
    ),
    "backwards-unread": (
        "この定めの範囲 {said} は順序が逆です。番号を確かめ、waivers に書いてください: 「{text}」",
        "the range {said} of this clause runs backwards; find what is meant and write it under"
        " `waivers`: 「{text}」",
    ),
    "doubtful-unread": (
        "この定めが挙げる {said} という番号の要件は複数あります。どれを指すか確かめ、waivers に"
        "書いてください: 「{text}」",
        "this clause names {said}, and several items have that number; find which is meant and"
        " write it under `waivers`: 「{text}」",
    ),
    "nothing-below": (
        "この定めの下に要件がありません: 「{text}」",
        "no item stands below this clause: 「{text}」",
    ),
    "stray-sheet": (
        "このシートには番号の付いた要件がなく、下書きに入れていません（{count}個のセル）。"
        "最初のセル: 「{text}」",
        "this sheet has no numbered items and is not in the draft ({count} cells); its first:"
        " 「{text}」",
    ),
    "stray-sample": (
        "このシートは記入例とみて、下書きに入れていません（{count}個のセル）。"
        "最初のセル: 「{text}」",
        "this sheet was taken for an example and is not in the draft ({count} cells); its first:"
        " 「{text}」",
    ),
    "stray-clause": (
        "表の要件と定めの行の外にある文です。免除の定めなら waivers に書いてください: 「{text}」",
        "these words stand apart from the items and clauses; if they release items, write them"
        " under `waivers`: 「{text}」",
    ),
    "stray-heading": (
        "要否の記載がなく、下の番号をまとめる行は、見出しとみて要件に入れていません（{count}行）。"
        "最初の行: 「{text}」",
        "rows without a need above the numbers that belong to them were taken for headings, not"
        " items ({count} rows); the first: 「{text}」",
    ),
    "stray-struck": (
        "取消線が引かれた文は下書きに入れていません。"
        "取り消されたものか確かめてください: 「{text}」",
        "these words are struck through and not in the draft; make sure that they are withdrawn:"
        " 「{text}」",
    ),
    "stray-numberless": (
        "番号のない要件です。下書きに入れていません: 「{text}」",
        "this item has no number, and is not in the draft: 「{text}」",
    ),
    "stray-row": (
        "この行は要件とも定めとも読めません。下書きに入れていません: 「{text}」",
        "this row is neither an item nor a clause, and is not in the draft: 「{text}」",
    ),
    "stray-column": (
        "この列の内容は下書きに入れていません（{count}個のセル）。最初のセル: 「{text}」",
        "what this column says is not in the draft ({count} cells); its first: 「{text}」",
    ),
    "stray-needs": (
        "要否を記した列がほかにもあります（{count}個のセル、最初のセル: 「{text}」）。"
        "下書きの need はこの列によっていません。どの列によるかを確かめてください。",
        "a further column states needs ({count} cells, the first: 「{text}」), and the draft does"
        " not follow it; decide which column `need` is to follow",
    ),
    "stray-answers": (
        "この列は記入欄とみました。記入された内容は下書きに入れていません（{count}個のセル）。",
        "this column was taken for answers, which are no part of the draft ({count} cells)",
    ),
}

READINGS: Phrases = {
    "reach": (
        "「{text}」は、どこまでを不要とするか。",
        "How far down does 「{text}」 reach?",
    ),
    "grouping": (
        "「{text}」の条件は、どのように区切って読むか。",
        "How is the condition of 「{text}」 grouped?",
    ),
}

OPTIONS: Phrases = {
    "to-end": ("表の終わりまで", "to the end of the sheet"),
    "next-banner": (
        "次に同じような定めの行があるところまで",
        "to the next row that is such a clause",
    ),
    "same-page": (
        "表の見出しが繰り返されるところまで",
        "to where the head of the table is repeated",
    ),
    "same-chapter": ("次の見出しの行まで", "to the next heading"),
    "same-group": (
        "直下の区分と、名称の初めが同じ区分の終わりまで",
        "to the end of the section right below, with those whose names begin alike",
    ),
    "same-section": ("直下の区分の終わりまで", "to the end of the section right below"),
    "next-clause": (
        "次の免除の定めの手前まで（セルの中の定めを含む）",
        "to the next clause, those inside a cell included",
    ),
    "next-item": ("すぐ下の要件だけ", "the very next item alone"),
    "after-item": (
        "定めの置かれた要件を除き、その次から",
        "from the item after the one in which it stands",
    ),
    "and-first": ("「と」「及び」を先に結ぶ", "what `and` joins belongs together first"),
    "or-first": ("「または」「もしくは」を先に結ぶ", "what `or` joins belongs together first"),
    "all": ("挙げられたすべてが必要", "all of those listed are needed"),
    "any": ("挙げられたいずれかで足りる", "any of those listed is enough"),
}
