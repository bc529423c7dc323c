"""The sentences of what scenarios show and notice: key -> (ja, en), the same placeholders."""

from __future__ import annotations

from cloudrules.render.words import Phrases

COVERAGE: Phrases = {
    "coverage.title": ("網羅の状況: {rulebook}", "Coverage: {rulebook}"),
    "coverage.share": (
        "網羅率 {percent}%（{of}件中{n}件）",
        "{percent}% shown ({n} of {of})",
    ),
    "coverage.waivers": ("免除規定", "Waivers"),
    "coverage.disjuncts": ("「or」の各条件", "Operands of `or`"),
    "coverage.statuses": ("要件の適用状況", "Statuses of items"),
    "coverage.counts": ("{of}件中{n}件", "{n} of {of}"),
    "coverage.missing": ("示されていないもの", "Not shown by any scenario"),
    "coverage.waiver": (
        "免除規定 {id} が答えを左右する例（{place}）",
        "waiver {id} deciding ({place})",
    ),
    "coverage.disjunct": (
        "{entry} の {field} のうち「{text}」が答えを左右する例（{place}）",
        "`{text}` deciding in {field} of {entry} ({place})",
    ),
    "coverage.disjunct-read": (
        "解釈 {option} における {entry} の {field} のうち「{text}」が答えを左右する例（{place}）",
        "`{text}` deciding in {field} of {entry}, in the reading {option} ({place})",
    ),
    "coverage.items": ("要件{ids}が「{status}」となる例", "items {ids}: {status}"),
    "coverage.items.one": ("要件{ids}が「{status}」となる例", "item {ids}: {status}"),
    "coverage.idle": (
        "どの答えも左右しえないと証明された{n}件は数えていません"
        "（check --all-readings が示します）。",
        "{n} clauses are proved to decide nothing in any reading, and are not counted;"
        " `check --all-readings` tells them.",
    ),
    "coverage.idle.one": (
        "どの答えも左右しえないと証明された{n}件は数えていません"
        "（check --all-readings が示します）。",
        "{n} clause is proved to decide nothing in any reading, and is not counted;"
        " `check --all-readings` tells it.",
    ),
    "mutants.title": ("規定の書き換えの検出: {rulebook}", "Mutants: {rulebook}"),
    "mutants.share": (
        "検出率 {percent}%（{of}件中{n}件）",
        "{percent}% noticed ({n} of {of})",
    ),
    "mutants.equivalent": (
        "どのサービスの答えも変わらないと証明された{n}件は数えていません。",
        "{n} more change no answer on any service, proved, and are not counted.",
    ),
    "mutants.equivalent.one": (
        "どのサービスの答えも変わらないと証明された{n}件は数えていません。",
        "{n} more changes no answer on any service, proved, and is not counted.",
    ),
    "mutants.survivor": ("{what}（{place}）", "{what} ({place})"),
    "mutants.field": ("{entry} の {field}", "{field} of {entry}"),
    "mutants.read": ("{what}（解釈 {option}）", "{what}, in the reading {option}"),
    "mutants.was": ("元: {text}", "was: {text}"),
    "mutants.becomes": ("変更後: {text}", "becomes: {text}"),
    "mutants.differs": (
        "次のサービスでは要件{items}の答えが変わります。シナリオに加える例になります。",
        "Of this service the answers differ in {items}; a scenario could say what they are.",
    ),
    "mutants.differs-on": (
        "{on}には、次のサービスで要件{items}の答えが変わります。シナリオに加える例になります。",
        "On {on}, of this service the answers differ in {items};"
        " a scenario could say what they are.",
    ),
    "mutants.undecided": (
        "答えが変わるサービスがあるかどうかは未確定です（時間切れ、または解釈の組合せが多すぎます）。",
        "It is not known whether any service is answered differently: time ran out, or there are"
        " too many readings.",
    ),
    # What was done to a clause
    "mutants.waiver-dropped": ("免除規定を削除", "waiver dropped"),
    "mutants.removal-dropped": ("解釈による削除を取消し", "removal by a reading dropped"),
    "mutants.condition-dropped": ("条件を削除", "condition dropped"),
    "mutants.operand-dropped": ("条件の一部「{text}」を削除", "`{text}` dropped"),
    "mutants.negation-dropped": ("否定（not）を削除", "`not` dropped"),
    "mutants.join-swapped": ("and と or を交換", "`and` and `or` swapped"),
    "mutants.range-shortened": ("範囲「{text}」を短縮", "range `{text}` shortened"),
    "mutants.threshold-moved": ("at_least の数を変更", "threshold moved by one"),
    "mutants.comparison-turned": ("比較「{text}」を変更", "comparison `{text}` turned"),
    "mutants.need-flipped": ("必須と任意を交換", "need flipped"),
}
