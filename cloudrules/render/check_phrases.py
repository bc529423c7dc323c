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
        "例は次のサービスと、それが加えて保有する場合（--add）: {what}",
        "shown by this service, and by the same with --add: {what}",
    ),
    "check.on": ("基準日: {day}（--on）", "as of {day} (--on)"),
    "check.shares": (
        "判定を左右する解釈（全サービスのうち、解釈によって判定が変わる割合）",
        "How often each reading turns the verdict, of all services",
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
