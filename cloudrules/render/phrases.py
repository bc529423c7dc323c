"""The sentences of the answers: key -> (ja, en), the same placeholders in both.

`key.one` is the form for `n` = 1, where English needs another.
"""

from __future__ import annotations

from cloudrules.render.check_phrases import CHECK
from cloudrules.render.coverage_phrases import COVERAGE
from cloudrules.render.difference_phrases import DIFFERENCE
from cloudrules.render.graph_phrases import GRAPH
from cloudrules.render.report_phrases import RECEIPT, REPORT
from cloudrules.render.schedule_phrases import SCHEDULE
from cloudrules.render.timeline_phrases import TIMELINE
from cloudrules.render.verification_phrases import VERIFICATION
from cloudrules.render.words import Phrases

PHRASES: Phrases = {
    # Parts of sentences
    "item": ("要件{id}", "item {id}"),
    "titled": ("{title}（{id}）", "{title} ({id})"),
    "with": ("{what}〔{details}〕", "{what} [{details}]"),
    "clause": ("{at}（{id}）", "{id} ({at})"),
    "attest-several": ("要件{what}の個別確認", "attestation of the items {what}"),
    "attest": ("要件{id}の個別確認", "attestation of item {id}"),
    "attest-section": ("要件{id}（{section}）の個別確認", "attestation of item {id} ({section})"),
    "and": ("{one} ＋ {two}", "{one} + {two}"),
    "until": ("{date}まで", "until {date}"),
    "no-end": ("終期の記載なし", "no end recorded"),
    "months": ("{n}か月", "{n} months"),
    "months.one": ("{n}か月", "{n} month"),
    "count": ("{n}件", "{n}"),
    "value.cost": ("費用{value}", "{value}"),
    "value.actions": ("取得するもの{n}件", "{n} things to acquire"),
    "value.actions.one": ("取得するもの{n}件", "{n} thing to acquire"),
    "value.certifications": ("認証・登録{n}件", "{n} certifications"),
    "value.certifications.one": ("認証・登録{n}件", "{n} certification"),
    "value.months": ("期間{value}", "{value}"),
    "input.item": ("要件{id}を個別に確認済み", "item {id} attested"),
    "input.not-item": ("要件{id}は個別に確認されていない", "item {id} not attested"),
    "input.evidence": ("{title}", "{title}"),
    "input.not-evidence": ("{title}を保有していない", "{title} not held"),
    "input.fact": ("{title}: はい", "{title}: yes"),
    "input.not-fact": ("{title}: いいえ", "{title}: no"),
    "input.value": ("{title}: {value}", "{title}: {value}"),
    # The top of every page
    "head.service": ("サービス", "Service"),
    "head.provider": ("提供者", "Provider"),
    "head.rulebook": ("ルールブック", "Rulebook"),
    "head.edition": ("{title}、{edition}版", "{title}, edition {edition}"),
    "head.on": ("基準日", "Date"),
    "head.reading": ("採用した解釈", "Reading taken"),
    "head.scenario": ("シナリオ", "Scenario"),
    "option": ("{question} → {option}", "{question} -> {option}"),
    "option.because": ("{question} → {option}（{because}）", "{question} -> {option} ({because})"),
    # assess
    "verdict.yes": ("適合: 不足している要件はありません。", "Compliant: nothing is missing."),
    "verdict.no": (
        "不適合: {n}件の要件が不足しています。",
        "Not compliant: {n} items are missing.",
    ),
    "verdict.no.one": (
        "不適合: {n}件の要件が不足しています。",
        "Not compliant: {n} item is missing.",
    ),
    "verdict.open": (
        "未確定: 次の点が分かるまで判定できません。",
        "Not decided: it depends on these.",
    ),
    "verdict.open-alone": (
        "未確定: 分かっていない点があります。",
        "Not decided: some inputs are unknown.",
    ),
    "col.item": ("番号", "Item"),
    "col.text": ("要件", "Requirement"),
    "col.need": ("要否", "Need"),
    "col.status": ("適用状況", "Status"),
    "col.why": ("根拠", "Why"),
    "why.attested": ("個別に確認済み", "attested"),
    "why.not-attested": ("個別の確認がない", "not attested"),
    "why.not-held": ("未保有: {what}", "not held: {what}"),
    "why.unknown": ("未確認: {what}", "not known: {what}"),
    "why.condition": ("充足の条件が成り立つ", "its condition holds"),
    "why.no-condition": ("充足の条件が成り立たない", "its condition does not hold"),
    "why.item-met": ("要件{id}を充足", "item {id} is met"),
    "why.item-unmet": ("要件{id}は未充足", "item {id} is not met"),
    "why.item-unknown": ("要件{id}は未確定", "item {id} is not decided"),
    "why.waived": ("要件{id}は不要", "item {id} is waived"),
    "why.not-waived": ("要件{id}は不要とされていない", "item {id} is not waived"),
    "expired": (
        "期限切れのため、保有していないものとして扱っています: {what}。",
        "Expired, so not counted as held: {what}.",
    ),
    "missing": ("不足している要件: {what}", "Missing: {what}"),
    "undecided": ("未確定の要件: {what}", "Not decided: {what}"),
    "in-reading": (
        "この判定は、採用した解釈によるものです。解釈により変わるかどうかは --all-readings で"
        "確かめられます。",
        "The verdict is for the readings taken; --all-readings shows whether it depends on them.",
    ),
    "none": ("なし", "none"),
    # assess --all-readings
    "worlds.always": (
        "適合: {n}通りの解釈のすべてで適合します。",
        "Compliant in every one of {n} readings.",
    ),
    "worlds.always.one": ("適合: 解釈は1通りです。", "Compliant; there is one reading."),
    "worlds.sometimes": (
        "解釈により分かれます: {n}通りの解釈のうち{yes}通りで適合します。",
        "It depends on the reading: compliant in {yes} of {n} readings.",
    ),
    "worlds.never": (
        "不適合: {n}通りの解釈のどれでも適合しません。",
        "Not compliant in any of {n} readings.",
    ),
    "worlds.never.one": (
        "不適合: 解釈は1通りで、それに適合しません。",
        "Not compliant; there is one reading.",
    ),
    "worlds.open": (
        "未確定: {n}通りの解釈のうち、適合は{yes}通り、不適合は{no}通り、"
        "分かっていない点があり未確定なのは{open}通りです。",
        "Not decided: of {n} readings, compliant in {yes}, not compliant in {no}, and not decided"
        " in {open}, as some inputs are unknown.",
    ),
    "books.always": ("適合: すべてのルールブックで適合します。", "Compliant throughout."),
    "books.sometimes": (
        "ルールブックにより分かれます: {n}件のうち{yes}件で適合します。",
        "It depends: compliant in {yes} of {n} cases.",
    ),
    "books.never": ("不適合: どのルールブックでも適合しません。", "Not compliant in any case."),
    "books.open": (
        "未確定: {n}件のうち、適合は{yes}件、不適合は{no}件、"
        "分かっていない点があり未確定なのは{open}件です。",
        "Not decided: of {n} cases, compliant in {yes}, not compliant in {no}, and not decided"
        " in {open}, as some inputs are unknown.",
    ),
    "worlds.depends": ("判定を左右する解釈", "The verdict depends on"),
    "worlds.independent": (
        "判定を左右する解釈はありません。",
        "The verdict depends on no reading.",
    ),
    "worlds.option-open": ("{text}、{n}通りで未確定", "{text}, not decided in {n}"),
    "worlds.option": (
        "{option}: {of}通りのうち{yes}通りで適合",
        "{option}: compliant in {yes} of {of}",
    ),
    "worlds.groups": ("不足する要件ごとの内訳", "What is missing, in how many readings"),
    "col.rulebook": ("ルールブック", "Rulebook"),
    "col.readings": ("解釈の数", "Readings"),
    "col.verdict": ("判定", "Verdict"),
    "col.missing": ("不足している要件", "Missing"),
    "col.example": ("解釈の例（既定と異なるもの）", "One such reading (where not default)"),
    "all-default": ("既定の解釈", "the default reading"),
    "more-rows": ("ほかに{n}通りあります。", "{n} more."),
    # explain
    "explain.title": ("要件{id}（{need}）: ", "Item {id} ({need}): "),
    "explain.title-section": (
        "要件{id} {section}（{need}）: ",
        "Item {id} {section} ({need}): ",
    ),
    "explain.notice": ("備考欄への記載", "For the remarks column"),
    "explain.exempt": (
        "要件{id}は、次の規定により不要です。",
        "Item {id} is exempt, because:",
    ),
    "explain.not-owed": (
        "要件{id}には未確定の点がありますが、次の規定により、いずれにしても充足は求められません。",
        "Item {id} is not owed either way, though not all about it is known: where it applies, it"
        " is exempt, because:",
    ),
    "explain.clause": ("規定: {text}（{at}、{id}）", "Clause: {text} ({id}, {at})"),
    "explain.clause-id": ("規定: {text}（{id}）", "Clause: {text} ({id})"),
    "explain.clause-bare": ("規定: {at}（明文の規定なし）", "Clause: {at} (no clause of its own)"),
    "explain.clause-unquoted": ("規定: {at}（引用なし）", "Clause: {at} (clause not quoted)"),
    "explain.translation": ("訳: {text}", "In English: {text}"),
    "explain.through": ("充足している要件: {what}", "Items met: {what}"),
    "explain.rests": ("根拠:", "It rests on:"),
    "explain.rests-any": (
        "根拠（次のいずれか1つで足ります）:",
        "It rests on any one of:",
    ),
    "explain.always": ("前提によらず常に成り立つ", "nothing: it always holds"),
    "explain.set": ("{what}（合わせて{until}有効）", "{what}; together {until}"),
    "explain.set-bare": ("{what}", "{what}"),
    "explain.until": (
        "以上により、要件{id}は少なくとも{date}まで不要です（前提条件が変わらない限り）。",
        "Item {id} therefore stays exempt at least until {date}, as long as the facts stay as"
        " stated.",
    ),
    "explain.until-open": (
        "根拠に終期の記載がないため、要件{id}は、根拠が保たれる限り不要です。",
        "No end is recorded for what it rests on: item {id} stays exempt for as long as that"
        " lasts.",
    ),
    "explain.until-met": (
        "要件{id}は少なくとも{date}までは充足した状態が続きます（前提条件が変わらない限り）。",
        "Item {id} therefore stays met at least until {date}, as long as the facts stay as stated.",
    ),
    "explain.depends": (
        "不要かどうかは、次の解釈によって変わります（示したのは採用した解釈）。",
        "Whether it is exempt depends on how these are read (as taken here):",
    ),
    "explain.met": ("充足している根拠", "Met, because of"),
    "explain.met-any": (
        "充足している根拠（次のいずれか1つで足ります）",
        "Met, because of any one of",
    ),
    "explain.owed": ("不足している理由", "Why it is missing"),
    "explain.open": ("任意の要件", "An optional item"),
    "explain.open-why": (
        "任意の要件なので、充足しなくても判定に影響しません。",
        "It is optional: leaving it unmet does not change the verdict.",
    ),
    "explain.mandatory": ("必須の要件です。", "It is mandatory."),
    "explain.applies-always": ("どのサービスにも適用されます。", "It applies to every service."),
    "explain.applies": ("適用される理由: {what}", "It applies, because: {what}"),
    "explain.not-applies": ("適用されない理由: {what}", "It does not apply, because: {what}"),
    "explain.never-applies": ("どのサービスにも適用されません。", "It applies to no service."),
    "explain.no-waiver": (
        "この要件を不要とする規定はありません。",
        "No waiver speaks of this item.",
    ),
    "explain.no-fire": (
        "この要件を不要とする規定は{n}件ありますが、いずれも条件を満たしていません。",
        "Of the {n} waivers that speak of this item, none holds.",
    ),
    "explain.no-fire.one": (
        "この要件を不要とする規定が{n}件ありますが、条件を満たしていません。",
        "The one waiver that speaks of this item does not hold.",
    ),
    "explain.met-not": ("充足を示すものがありません。", "Nothing shows that it is met."),
    "explain.ran-out": ("{what}は{date}で期限が切れました。", "{what} ran out on {date}."),
    "explain.could-met": ("充足するには", "It would be met by"),
    "explain.could-met-any": ("充足するには（いずれか1つ）", "It would be met by any one of"),
    "explain.could-waive": ("不要となるには", "It would be exempt"),
    "explain.could-clause": (
        "{at}による場合（いずれか1つ）",
        "under {at}, with any one of",
    ),
    "explain.could-clause-one": ("{at}による場合", "under {at}, with"),
    "explain.could-none": (
        "{at}: 何を取得しても条件を満たせません",
        "under {at}: nothing that could be acquired makes it hold",
    ),
    "explain.could-cut": (
        "{at}による場合（組合せは示していません）",
        "under {at}, in ways that are not shown",
    ),
    "explain.others-items": (
        "または、要件{what}そのものの個別確認による組合せ",
        "or in ways that rest on attesting items {what} themselves",
    ),
    "explain.others-items.one": (
        "または、要件{what}そのものの個別確認による組合せ",
        "or in ways that rest on attesting item {what} itself",
    ),
    "explain.others-evidence": (
        "または、費用と期間が示されていないものによる組合せ: {what}",
        "or in ways that rest on things whose effort is not stated: {what}",
    ),
    "explain.rest": ("ほかに{n}通り", "{n} more"),
    "explain.more": (
        "組合せが多いため、一部だけを示しています（--limit で増やせます）。",
        "There are more ways than are shown; --limit gives more.",
    ),
    "explain.unknown": ("未確定の理由", "Why it is not decided"),
    "explain.unknown-why": (
        "要件{id}は、次のことが分かるまで決まりません。",
        "Item {id} is not decided until these are known:",
    ),
    # plan
    "plan.optimal": (
        "最小の計画（最小であることを証明済み）: {what}",
        "Least plan, proved: {what}",
    ),
    "plan.feasible": (
        "時間内に見つかった最もよい計画: {what}。最小であることは未証明です。{bound}",
        "Best plan found in the time allowed: {what}; not proved to be the least.{bound}",
    ),
    "plan.least": (
        "最小の計画（最小であることを証明済み）: {what}。時間切れのため、"
        "同じ値の計画がほかにもある可能性があります。",
        "Least plan, proved: {what}. Time ran out, so others as good may be left out.",
    ),
    "front.optimal": (
        "{one}と{two}の兼ね合いで選べる計画（これで全部であることを証明済み）: {n}件",
        "The trade-off between {one} and {two}, proved complete: {n} plans",
    ),
    "front.optimal.one": (
        "{one}と{two}の兼ね合いで選べる計画（これで全部であることを証明済み）: {n}件",
        "The trade-off between {one} and {two}, proved complete: {n} plan",
    ),
    "front.feasible": (
        "{one}と{two}の兼ね合いで選べる計画のうち、時間内に見つかったもの: {n}件。"
        "ほかにもある可能性があります。",
        "The trade-off between {one} and {two}, as far as time allowed: {n} plans; there may be"
        " more",
    ),
    "plan.gap": ("最小との差は多くても{percent}%です。", " The least is at most {percent}% less."),
    "plan.bound": ("少なくとも{what}は必要です。", " Any plan takes at least {what}."),
    "plan.infeasible": ("条件に合う計画はありません。", "No plan exists."),
    "plan.unknown": (
        "時間内に答えが出ませんでした。計画がないという意味ではありません。"
        "--time-limit を長くしてください。{bound}",
        "No answer within the time limit. That does not mean that there is no plan:"
        " give a longer --time-limit.{bound}",
    ),
    "plan.nothing": (
        "取得するものはありません。すでに適合しています。",
        "Nothing to acquire: it is compliant already.",
    ),
    "plan.conflict": (
        "次の条件は同時に成り立ちません。どれか1つを緩めれば計画が見つかる可能性があります。",
        "These cannot all hold together; relaxing any one of them may give a plan.",
    ),
    "plan.conflict.one": (
        "次の条件は、それだけで満たせません。緩めれば計画が見つかる可能性があります。",
        "This alone cannot be met; relaxing it may give a plan.",
    ),
    "limit.forbid": ("{what}を取得しないこと（--forbid）", "{what} is not acquired (--forbid)"),
    "limit.require": ("{what}を取得すること（--require）", "{what} is acquired (--require)"),
    "limit.only": (
        "取得できる種別を{what}に限ること（--only）",
        "only the kind {what} is acquired (--only)",
    ),
    "limit.budget": ("費用を{what}以内とすること（--budget）", "at most {what} (--budget)"),
    "limit.deadline": ("期間を{what}以内とすること（--deadline）", "at most {what} (--deadline)"),
    "conflict.items": ("要件{what}を充足するか不要とすること", "items {what} are met or waived"),
    "conflict.items.one": (
        "要件{what}を充足するか不要とすること",
        "item {what} is met or waived",
    ),
    "conflict.title": ("両立しない条件の組合せ", "What cannot hold together"),
    "conflict.number": ("矛盾 {number}", "Conflict {number}"),
    "conflict.numbers": ("矛盾 {first}～{last}", "Conflicts {first} to {last}"),
    "conflict.each": (
        "要件{what}のそれぞれを、充足するか不要とすること",
        "each of the items {what} by itself is met or waived",
    ),
    "conflict.each.one": (
        "要件{what}を、それだけで充足するか不要とすること",
        "item {what} by itself is met or waived",
    ),
    "conflict.item": ("要件{id}（{need}）: {text}", "item {id} ({need}): {text}"),
    "conflict.item-bare": ("要件{id}（{need}）", "item {id} ({need})"),
    "conflict.book": ("{id}: {text}", "{id}: {text}"),
    "conflict.waiver": (
        "不要とする規定: {clause}（ほかの条件と同時には働かせられない）",
        "{clause} would release it, but cannot be made to fire together with the rest",
    ),
    "conflict.only": (
        "充足できるのは次のどれかだけ（取得しない条件）: {what}",
        "met only by one of these, which may not be acquired: {what}",
    ),
    "conflict.only.one": (
        "充足できるのは{what}だけ（取得しない条件）",
        "met only by {what}, which may not be acquired",
    ),
    "conflict.unmet": (
        "取得できるものでは充足できない",
        "nothing that can be acquired meets it",
    ),
    "conflict.more": (
        "矛盾はほかにもある可能性があります（--limit で増やせます）。",
        "There may be more conflicts; --limit gives more.",
    ),
    "repair.title": ("計画が見つかるようにするには", "What would give a plan"),
    "repair.none": (
        "条件をすべて外しても計画はありません。取得できるものだけでは要件を満たせません。",
        "Giving up limits does not help: what can be acquired does not meet the rules themselves.",
    ),
    "repair.more": (
        "これで全部とは限りません（時間切れ、または --limit による）。",
        "This may not be all: time ran out, or --limit cut it.",
    ),
    "repair.unknown": (
        "何を緩めればよいかは分かりませんでした（時間切れ、または --limit による）。",
        "That could not be found: time ran out, or --limit cut the search.",
    ),
    "repair.forbid": ("{what}の取得を認める（--forbid をやめる）", "allow {what} (no --forbid)"),
    "repair.require": (
        "{what}を必ず取得することにしない（--require をやめる）",
        "do not insist on {what} (no --require)",
    ),
    "repair.allow": ("種別{what}も認める", "also allow the kind {what}"),
    "repair.budget": ("予算を{what}にする（{by}増）", "raise the budget to {what} (by {by})"),
    "repair.deadline": (
        "期限を{what}に延ばす（{by}延長）",
        "extend the deadline to {what} (by {by})",
    ),
    "repair.hold": ("{what}を保有していれば", "if it could be had: {what}"),
    "repair.plan": ("{ways} → {value}: {what}", "{ways} -> {value}: {what}"),
    "blocked.title": ("それだけでは足りないもの", "Not enough by itself"),
    "blocked.even": (
        "次のどれか1つをやめるだけでは足りません: {what}。次は両立しないままです。",
        "Even without any one of these there is no plan: {what}. These still cannot hold together:",
    ),
    "blocked.even.one": (
        "「{what}」をやめても、次は両立しません。",
        "Even without this there is no plan: {what}. These still cannot hold together:",
    ),
    "held.more": (
        "2つ以上を同時に保有する場合や、条件も緩める場合は調べていません。",
        "Whether two things held together would help, or one with a limit given up, was not asked.",
    ),
    "held.title": (
        "計画の対象外でも、保有していれば計画が見つかるもの",
        "What no plan can acquire, but would give a plan if held",
    ),
    "plan.one": ("計画", "Plan"),
    "plan.number": ("計画 {number}／{of}", "Plan {number} of {of}"),
    "plan.total": ("費用の合計", "Total cost"),
    "plan.duration": ("期間", "Duration"),
    "plan.certifications": ("うち認証・登録", "Certifications among them"),
    "plan.all": ("計画の一覧", "The plans"),
    "plan.more": (
        "ほかにも同じ条件の計画があります（示したのは{n}件）。",
        "There are more plans than the {n} shown.",
    ),
    "plan.more.one": (
        "ほかにも同じ条件の計画があります（示したのは{n}件）。",
        "There are more plans than the {n} shown.",
    ),
    "col.number": ("計画", "Plan"),
    "col.what": ("取得するもの", "To acquire"),
    "col.kind": ("種別", "Kind"),
    "col.cost": ("費用", "Cost"),
    "col.certifications": ("認証・登録", "Certifications"),
    "col.actions": ("件数", "Things"),
    "col.months": ("期間", "Time"),
    "col.when": ("時期", "Months"),
    "col.for": ("目的", "What for"),
    "plan.when": ("{start}～{finish}か月", "{start} to {finish}"),
    "plan.now": ("すぐ", "at once"),
    "for.met": ("要件{what}を充足", "meets {what}"),
    "for.fires": ("{clause}が働く", "fires {clause}"),
    "for.fires-items": ("{clause}により{what}が不要", "fires {clause}, which waives {what}"),
    "for.released": ("{what}が不要", "waives {what}"),
    "for.required": ("{what}の前提", "required by {what}"),
    "plan.estimate": (
        "* 概算の金額・期間です。実際の見積りをサービスの efforts に書くと、そちらを使います。",
        "* An estimate. Your own quotes, as efforts in the service's file, win over it.",
    ),
    "plan.source": ("{id}の出所: {source}", "{id}, from: {source}"),
    "plan.waived": ("計画の完了後に不要となる要件", "Waived once the plan is done"),
    "plan.waived-row": ("{clause}により: {what}", "by {clause}: {what}"),
    "plan.holds": ("解釈への依存", "How far it rests on readings"),
    "plan.holds-all": (
        "この計画は、{of}通りの解釈のすべてで適合します。",
        "This plan makes the service compliant in every one of {of} readings.",
    ),
    "plan.holds-in": (
        "注意: この計画で適合するのは、{of}通りの解釈のうち{n}通りだけです。",
        "Note: with this plan the service is compliant in {n} of {of} readings only.",
    ),
    "plan.holds-unknown": (
        "注意: 解釈の組合せが多いため、何通りの解釈で適合するかは数えていません。",
        "Note: there are too many readings to count those in which this plan holds.",
    ),
    "plan.depends": (
        "次の解釈しだいで結論が変わります。提出先に確認してください。",
        "The conclusion turns on how these are read; ask whoever decides:",
    ),
    "plan.robust": (
        "すべての解釈で適合する計画は、--robust を付けると探せます。",
        "--robust looks for a plan that holds in every reading.",
    ),
    "plan.taken": (
        "各手順の目的と、不要となる要件は、選んだ解釈によるものです。",
        "What each thing is for, and what is waived, is told for the readings taken.",
    ),
    "plan.assumed": ("置いた仮定（未確認のもの）", "Assumed, as it is not known"),
    "plan.efforts-differ": (
        "対応の費用か期間がルールブックによって異なるため、最も大きい値を使います: {what}",
        "Rulebooks state different efforts; the greatest is taken: {what}",
    ),
    # Many rulebooks
    "head.rulebooks": ("{n}件: {what}", "{n}: {what}"),
    "and-more": ("{names}、ほか{n}件", "{names} and {n} more"),
    "needs": ("ルールブックごとに必要なもの", "What each rulebook needs of it"),
    "needs.unknown": ("時間内に特定できませんでした", "not known within the time limit"),
    "col.rulebooks": ("件数", "Rulebooks"),
    "col.needs": ("必要なもの", "Needs"),
    "col.namely": ("ルールブック", "Which"),
    "cover.optimal": (
        "予算ごとの、適合できるルールブックの最多件数（証明済み。全{of}件）",
        "The most rulebooks, of {of}, that the service can comply with on each budget; proved",
    ),
    "cover.feasible": (
        "予算ごとの、適合できるルールブックの件数（全{of}件）。"
        "時間切れのため、最多であることが未証明のものがあります。",
        "The most rulebooks found, of {of}, that the service can comply with on each budget; as"
        " time ran out, not all are proved to be the most",
    ),
    "cover.steps.optimal": (
        "適合できるルールブックが増える費用のすべて（証明済み。全{of}件）",
        "Every cost at which the service can comply with more rulebooks, of {of}; proved complete",
    ),
    "cover.steps.feasible": (
        "適合できるルールブックが増える費用（全{of}件）。時間切れのため、途中までです。",
        "The costs at which the service can comply with more rulebooks, of {of}; as time ran out,"
        " larger ones are left out",
    ),
    "cover.at-most": ("{n}（多くても{most}）", "{n} (at most {most})"),
    "cover.at-most-unknown": ("不明（多くても{most}）", "not known (at most {most})"),
    "cover.order": (
        "最後の行に至る取得の順序",
        "In which order, on the way to the last of these",
    ),
    "cover.readings": (
        "どのルールブックも、選んだ解釈によります（--reading で変えられます）。",
        "Each rulebook is read as the readings taken have it; --reading takes others.",
    ),
    "col.budget": ("予算", "Budget"),
    "col.open": ("適合件数", "Compliant"),
    "col.so-far": ("費用の累計", "Cost so far"),
    # plan --why and --within
    "reasons.title": ("この計画の理由", "Why this plan"),
    "reasons.each": ("それぞれがない場合の最小の計画", "The least plan without each thing"),
    "reasons.without": ("取得しないもの", "Without"),
    "col.least": ("最小", "Least"),
    "col.more": ("差", "More"),
    "col.instead": ("計画の違い", "What changes"),
    "change.plus": ("追加: {what}", "adds {what}"),
    "change.minus": ("不要: {what}", "drops {what}"),
    "change.both": ("{one}／{two}", "{one}; {two}"),
    "reasons.none": ("計画なし", "no plan"),
    "reasons.indispensable": ("代わりになるものはありません。", "nothing can stand in for it"),
    "reasons.unknown": ("時間切れで不明", "not known: time ran out"),
    "reasons.more-unproved": ("{more}以下", "{more} or less"),
    "reasons.unproved": ("{what}以下（最小とは未証明）", "{what} or less, not proved"),
    "reasons.must": ("どの計画にも必要なもの", "What every plan needs"),
    "reasons.any-of": (
        "{what}のいずれか（{price}以上）",
        "one of {what}: {price} or more",
    ),
    "reasons.any-of.one": ("{what}（{price}）", "{what}: {price}"),
    "reasons.items": (
        "要件{what}のすべてを充足または不要とする方法は、ほかにありません",
        "nothing else gets items {what} all met or waived",
    ),
    "reasons.items.one": (
        "要件{what}を充足または不要とする方法は、ほかにありません",
        "nothing else gets item {what} met or waived",
    ),
    "reasons.limits": ("指定した条件により必要です", "the options given demand it"),
    "reasons.proved-all": (
        "以上だけで、どの計画も{proved}以上になることが証明されます。",
        "These alone prove that any plan takes at least {proved}: none is smaller.",
    ),
    "reasons.proved": (
        "以上だけで、{of}のうち{proved}までが証明されます。残りは探索により証明しました。",
        "These alone prove {proved} of {of}; the rest is proved by the search.",
    ),
    "reasons.proved-found": (
        "以上だけで、どの計画も{proved}以上になることが証明されます。見つかった計画は{of}です。",
        "These prove that any plan takes at least {proved}; the plan found takes {of}.",
    ),
    "reasons.cut": (
        "時間切れのため、どの計画にも必要なものがほかにもある可能性があります。",
        "Time ran out: every plan may need more than is listed here.",
    ),
    "within.title": ("最小から{percent}%以内の計画", "Plans within {percent}% of the least"),
    "within.best": ("最小の計画", "the least"),
    "within.none": (
        "最小から{percent}%以内の計画は、ほかにありません（証明済み）。",
        "No other plan is within {percent}% of the least; proved.",
    ),
    "within.unknown": (
        "時間切れまたは件数の上限のため、ほかにあるかどうかは分かりません。",
        "Whether there are others is not known: time ran out, or no more were to be listed.",
    ),
    "within.count": (
        "ほかに{n}件。これで全部であることを証明済みです。",
        "{n} others; proved to be all.",
    ),
    "within.count.one": (
        "ほかに{n}件。これで全部であることを証明済みです。",
        "{n} other; proved to be all.",
    ),
    "within.more": ("{more}（+{percent}%）", "{more} (+{percent}%)"),
    # whatif and test
    "col.variant": ("ケース", "Variant"),
    "col.changes": ("変化", "Changes"),
    "col.plan": ("計画", "Plan"),
    "change": ("{what}: {before}→{after}", "{what}: {before} -> {after}"),
    "change.absent": ("なし", "not there"),
    "whatif.base": ("現状", "as it stands"),
    "whatif.yes": ("適合", "compliant"),
    "whatif.no": ("不適合", "not compliant"),
    "whatif.open": ("未確定", "not decided"),
    "whatif.expected": ("期待どおりでない点", "Not as expected"),
    "failure": (
        "{what}: 期待は{expected}、実際は{got}（{place}）",
        "{what}: expected {expected}, got {got} ({place})",
    ),
    "failure.bare": (
        "{what}: 期待は{expected}、実際は{got}",
        "{what}: expected {expected}, got {got}",
    ),
    "test.pass": ("合格", "pass"),
    "test.fail": ("不合格", "FAIL"),
    "test.case": ("{file}: {name}", "{file}: {name}"),
    "test.total": ("合格 {passed}件、不合格 {failed}件", "{passed} passed, {failed} failed"),
    **GRAPH,
    **REPORT,
    **RECEIPT,
    **CHECK,
    **COVERAGE,
    **DIFFERENCE,
    **SCHEDULE,
    **TIMELINE,
    **VERIFICATION,
}
