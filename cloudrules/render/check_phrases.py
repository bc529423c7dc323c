"""The sentences of `check`: key -> (ja, en), the same placeholders in both."""

from __future__ import annotations

from cloudrules.render.words import Phrases

CHECK: Phrases = {
    "check.readings": ("解釈", "Readings"),
    "check.default": ("既定", "the default ones"),
    "check.all": ("すべての組合せ", "all of them"),
    "check.part": ("{entry}の{field}: {text}（{place}）", "{entry} {field}: {text} ({place})"),
    "check.entry": ("{entry}（{place}）", "{entry} ({place})"),
    "check.where": ("次の解釈で: {options}", "where {options}"),
    "check.besides": (
        "例: 次のサービスと、同じサービスに --add {what} を付けた場合",
        "shown by this service, and by the same with --add {what}",
    ),
    "check.on": ("基準日: {day}（--on）", "as of {day} (--on)"),
    # How the service below shows a finding, where it does so by itself
    "check.lead.rulebook-unsatisfiable": (
        "例: 不足する要件が最も少ないサービス",
        "the service with the fewest items missing",
    ),
    "check.lead.condition-contradiction": (
        "例: 条件が挙げるものをすべて保有していても、条件は成り立たない",
        "a service that holds all that the condition names; it does not hold all the same",
    ),
    "check.lead.item-unmeetable": (
        "例: 不足する要件が最も少なくても、この要件は不足する",
        "the service with the fewest items missing: this one still is",
    ),
    "check.lead.item-never-owed": (
        "例: 何も保有していなくても、この要件は求められない",
        "a service that holds nothing, and still does not owe it",
    ),
    "check.lead.waiver-never": (
        "例: 条件が挙げるものをすべて保有していても、発動しない",
        "a service that holds all that the condition names; it does not fire all the same",
    ),
    "check.lead.waiver-always": (
        "例: 何も保有していなくても、発動する",
        "a service that holds nothing; it fires all the same",
    ),
    "check.lead.clause-idle": (
        "例: ここでは成り立つが、なくても答えは同じ",
        "it holds here, and without it every answer is the same",
    ),
    "check.lead.reading-idle": (
        "例: どの選択肢でも判定は同じ",
        "the verdict here is the same whichever option is taken",
    ),
    "check.shares": (
        "判定を左右する解釈（全サービスのうち、解釈によって判定が変わる割合）",
        "Share of all services whose verdict each reading changes",
    ),
    "check.reading": ("解釈", "Reading"),
    "check.share": ("割合", "Share"),
    "check.basis": ("根拠", "Basis"),
    "check.exact": ("全数を数えた値", "all counted"),
    "check.sample": (
        "推定: {n}件の標本、95%の誤差は±{error}",
        "estimate: {n} services sampled, 95 % within ±{error}",
    ),
    "check.about": ("約{figure}", "about {figure}"),
    "check.undecided": (
        "制限時間内に決まらなかった点（問題がないとは限りません）:",
        "Not decided within the time limit (there may be findings among these):",
    ),
    "check.none": ("問題は見つかりませんでした。", "Nothing found."),
    "check.none-so-far": (
        "これまでに問題は見つかっていませんが、決まっていない点があります。",
        "Nothing found so far, but not everything is decided.",
    ),
    "check.total": ("結果: {what}", "Found: {what}"),
    "check.rule": (
        "各指摘の説明: cloudrules rule コード",
        "What a finding means: cloudrules rule CODE",
    ),
    "check.error": ("エラー{n}件", "{n} errors"),
    "check.error.one": ("エラー{n}件", "{n} error"),
    "check.warning": ("警告{n}件", "{n} warnings"),
    "check.warning.one": ("警告{n}件", "{n} warning"),
    "check.note": ("注記{n}件", "{n} notes"),
    "check.note.one": ("注記{n}件", "{n} note"),
}
