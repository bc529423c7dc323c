"""The sentences of `diff`: key -> (ja, en), the same placeholders in both."""

from __future__ import annotations

from cloudrules.render.words import Phrases

DIFFERENCE: Phrases = {
    "diff.reading": ("{side}の解釈", "Reading of {side}"),
    "diff.moved": (
        "{side}は基準日{on}には施行されていないため、最も近い日（{day}）の内容で比べています。",
        "{side} is not in force on {on}; it is taken on the nearest day on which it is, {day}.",
    ),
    # The answer
    "diff.same": (
        "同等: どのサービスについても、規定が問う点がすべて分かっていれば、判定と各要件の"
        "適用状況が一致します（証明済み）。",
        "Equivalent: no service of which all is known that the rules ask about is answered"
        " differently, neither in the verdict nor in any item; proved.",
    ),
    "diff.same-stated": (
        "一部のサービスについてのみ同等: 前提条件をすべて記入したサービスについては、判定と"
        "各要件の適用状況が一致します（証明済み）。",
        "Equivalent only in part: services that state all their facts are answered alike, in the"
        " verdict and in every item; proved.",
    ),
    "diff.unstated": (
        "記入がないとき、一方では既定値があり、他方では未確認となる前提条件: {what}。"
        "これを記入していないサービスは比べていません。",
        "Where a service is silent about these facts, one side knows the answer and the other does"
        " not: {what}. Such services are not compared.",
    ),
    "diff.differ-both": (
        "相違あり: 判定が異なるサービスがあります。適用状況が異なりうる要件は{n}件です。",
        "They differ: in the verdict, and in {n} items.",
    ),
    "diff.differ-both.one": (
        "相違あり: 判定が異なるサービスがあります。適用状況が異なりうる要件は{n}件です。",
        "They differ: in the verdict, and in {n} item.",
    ),
    "diff.differ-items": (
        "相違あり: 適用状況が異なりうる要件は{n}件です。"
        "判定はどのサービスでも一致します（証明済み）。",
        "They differ in {n} items; the verdict is the same for every service, proved.",
    ),
    "diff.differ-items.one": (
        "相違あり: 適用状況が異なりうる要件は{n}件です。"
        "判定はどのサービスでも一致します（証明済み）。",
        "They differ in {n} item; the verdict is the same for every service, proved.",
    ),
    "diff.differ-open": (
        "相違あり: 適用状況が異なりうる要件が、確かめた範囲で{n}件あります。",
        "They differ: in {n} items, as far as is known.",
    ),
    "diff.differ-open.one": (
        "相違あり: 適用状況が異なりうる要件が、確かめた範囲で{n}件あります。",
        "They differ: in {n} item, as far as is known.",
    ),
    "diff.open": (
        "未確定: 制限時間内に、同等かどうかを確かめられませんでした。",
        "Not decided: time ran out before it was known whether they are equivalent.",
    ),
    "diff.undecided": (
        "制限時間内に確かめられなかったもの: {what}。--time-limit を長くしてください。",
        "Not decided within the time limit: {what}; give a longer --time-limit.",
    ),
    "diff.verdict": ("判定", "the verdict"),
    # Witnesses
    "diff.verdict-title": (
        "判定が異なる最小のサービス",
        "The smallest service with another verdict",
    ),
    "diff.items-title": (
        "適用状況が異なりうる要件と、異なる最小のサービス",
        "The items that can be answered differently, each with the smallest such service",
    ),
    "diff.holds": ("保有: {what}", "holds: {what}"),
    "diff.holds-nothing": ("何も保有していないサービス", "holds nothing"),
    "diff.facts": ("前提: {what}", "facts: {what}"),
    "diff.not-least": (
        "（時間切れのため、最小とは未証明）",
        " (time ran out: not proved to be the smallest)",
    ),
    "diff.other-id": ("{what}（Bでは{id}）", "{what} ({id} in B)"),
    "diff.only-b": ("{what}（Bのみ）", "{what} (in B alone)"),
    "diff.only-a": ("{what}（Aのみ）", "{what} (in A alone)"),
    "diff.answers": ("{what}: A {a} → B {b}", "{what}: A {a} -> B {b}"),
    "diff.verdict-answers": ("A {a} → B {b}", "A {a} -> B {b}"),
    "diff.missing": ("{verdict}（不足: {what}）", "{verdict} (missing: {what})"),
    "diff.status-of": ("{status}（{obligation}）", "{status} ({obligation})"),
    "diff.no-item": ("要件なし", "no such item"),
    "diff.items": ("要件{what}", "items {what}"),
    "diff.items.one": ("要件{what}", "item {what}"),
    "diff.because": ("違いのもと: {what}", "because: {what}"),
    "diff.clause": ("{entry}の{field}: A {a}／B {b}", "{field} of {entry}: A {a}; B {b}"),
    "diff.clause-whole": ("{entry}: A {a}／B {b}", "{entry}: A {a}; B {b}"),
    "diff.clause-ranges": (
        "{entry}の{field}: 文言は同じ{text}だが、範囲に入る要件が異なる（A {a}、B {b}）",
        "{field} of {entry}: {text} in both, but its ranges cover other items (A {a}, B {b})",
    ),
    "diff.clause-days": (
        "{entry}の{field}: 文言は同じ{text}だが、比べる日が異なる（A {a}、B {b}）",
        "{field} of {entry}: {text} in both, but they are compared on other days (A {a}, B {b})",
    ),
    "diff.words": ("{text}（{place}）", "{text} ({place})"),
    "diff.quoted": ("「{text}」", "`{text}`"),
    "diff.there": ("あり（{place}）", "has it ({place})"),
    "diff.nothing": ("なし", "none"),
    # The words of the rulebooks
    "diff.words-title": ("規定と文言の変更", "What changed in the rulebook"),
    "diff.words-none": ("規定と文言の変更はありません。", "Nothing changed in the rulebook."),
    "diff.rulebook": ("ルールブック", "Rulebook"),
    "diff.item": ("要件", "Items"),
    "diff.waiver": ("免除規定", "Waivers"),
    "diff.fact": ("前提条件", "Facts"),
    "diff.evidence": ("認証等", "Evidence"),
    "diff.reading-kind": ("解釈", "Readings"),
    "diff.added": ("{id} を追加", "{id} added"),
    "diff.removed": ("{id} を削除", "{id} removed"),
    "diff.added-text": ("{id} を追加: ", "{id} added: "),
    "diff.removed-text": ("{id} を削除: ", "{id} removed: "),
    "diff.reworded": ("{id} の文言を変更", "{id} reworded"),
    "diff.renumbered": ("{id} → {other}（番号の変更）", "{id} -> {other}, renumbered"),
    "diff.renumbered and reworded": (
        "{id} → {other}（番号と文言の変更）",
        "{id} -> {other}, renumbered and reworded",
    ),
    "diff.changed": ("{id} を変更", "{id} changed"),
    "diff.field": ("{field}: ", "{field}: "),
    "diff.legend": (
        "[-削除された部分-]、{{+追加された部分+}}",
        "[-removed-], {{+added+}}",
    ),
    # Services
    "diff.services-title": ("サービスごとの違い", "What it makes of the services"),
    "diff.services": (
        "{of}件のサービスのうち、{n}件の答えが変わります。",
        "Answered differently: {n} of {of} services.",
    ),
    "diff.service-readings": (
        "サービスに書かれた解釈ではなく、AとBについて指定した解釈で判定しました。",
        "They are read as A and B are read here, not as the services' own files say.",
    ),
    "diff.service-numbers": (
        "サービスに書かれた要件の番号は、Aの番号として読みました。",
        "The numbers of items in the services are read as A's.",
    ),
    "diff.unread": (
        "誤りがあるため判定できなかったファイル: {what}",
        "Not answered, as something is wrong with the file: {what}",
    ),
    "diff.service": ("{name}（{file}）", "{name} ({file})"),
}
