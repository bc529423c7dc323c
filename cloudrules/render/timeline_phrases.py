"""The sentences of a timeline: key -> (ja, en)."""

from __future__ import annotations

from cloudrules.render.words import Phrases

TIMELINE: Phrases = {
    "timeline.title": (
        "{service}: {on}から{until}までの見通し",
        "{service}: timeline from {on} to {until}",
    ),
    "timeline.now": ("{on}の判定", "Verdict on {on}"),
    "timeline.exempt": ("不要な要件", "Exempt items"),
    "timeline.none": ("なし", "none"),
    "timeline.past": (
        "{what}（{date}に終了済み）",
        "{what} (ended {date})",
    ),
    "timeline.past-title": ("すでに期限切れのもの", "Already ended"),
    "timeline.stays": (
        "更新しなくても、{until}まで適合します。",
        "Even if nothing is renewed, the service stays compliant until {until}.",
    ),
    "timeline.until": (
        "何も更新しなければ、適合が確かなのは{date}までです。",
        "If nothing is renewed, the service is known to be compliant until {date}, no longer.",
    ),
    "timeline.until-again": (
        "何も更新しなければ、適合が確かなのは{date}までで、{again}から再び適合します。",
        "If nothing is renewed, the service is known to be compliant until {date}, and again from"
        " {again} on.",
    ),
    "timeline.never": (
        "{until}まで、適合する日はありません。",
        "The service is not compliant on any day until {until}.",
    ),
    "timeline.later-no": (
        "{on}の時点では適合していません。{then}",
        "The service is not compliant on {on}. {then}",
    ),
    "timeline.later-unknown": (
        "{on}の時点では適合するかどうかが未確定です。{then}",
        "Whether the service is compliant on {on} is not known. {then}",
    ),
    "timeline.then-until": (
        "何も更新しなければ、適合が確かなのは{date}から{last}までです。",
        "If nothing is renewed, it is known to be compliant from {date} until {last}, no longer.",
    ),
    "timeline.then-again": (
        "何も更新しなければ、適合が確かなのは{date}から{last}までで、{again}から再び適合します。",
        "If nothing is renewed, it is known to be compliant from {date} until {last}, and again"
        " from {again} on.",
    ),
    "timeline.then-stays": (
        "更新しなくても、{date}から{until}まで適合します。",
        "Even if nothing is renewed, it is compliant from {date} until {until}.",
    ),
    "timeline.untold": (
        "{until}まで、適合すると言える日はありません（未確認の項目があります）。",
        "On no day until {until} is the service known to be compliant: some inputs are unknown.",
    ),
    "timeline.events": ("変化", "What changes"),
    "timeline.no-events": (
        "{until}までに、終了するものも、変わる規定もありません。",
        "Nothing that is held ends and no rule changes until {until}.",
    ),
    # The parts of an event
    "timeline.on": ("{date}: {parts}", "{date}: {parts}."),
    "timeline.ends": ("{what}の期限が切れます。", "{what} end"),
    "timeline.ends.one": ("{what}の期限が切れます。", "{what} ends"),
    "timeline.gone": ("{what}が効力を失います。", "{what} are no longer in force"),
    "timeline.gone.one": ("{what}が効力を失います。", "{what} is no longer in force"),
    "timeline.came": ("{what}が有効になります。", "{what} come into force"),
    "timeline.came.one": ("{what}が有効になります。", "{what} comes into force"),
    "timeline.item": ("要件{id}", "item {id}"),
    "timeline.waiver": ("免除規定 {id}", "the waiver {id}"),
    "timeline.rulebook": ("ルールブック {id}", "the rulebook {id}"),
    "timeline.outdated": (
        "この日以後は、判定のよりどころがないため、示せません。",
        "from then on nothing can be told, so the timeline ends here",
    ),
    "timeline.revive": ("要件{items}が再び必要になります。", "{items} revive"),
    "timeline.revive.one": ("要件{items}が再び必要になります。", "{items} revives"),
    "timeline.may-revive": ("要件{items}が再び必要になる可能性があります。", "{items} may revive"),
    "timeline.release": ("要件{items}が不要になります。", "{items} become exempt"),
    "timeline.release.one": ("要件{items}が不要になります。", "{items} becomes exempt"),
    "timeline.quiet": ("ほかに変わるものはありません。", "nothing else changes"),
    "timeline.turn-yes-yes": ("適合のままです。", "the service stays compliant"),
    "timeline.turn-yes-no": ("適合しなくなります。", "the service is no longer compliant"),
    "timeline.turn-yes-unknown": (
        "適合するかどうかが未確定になります。",
        "whether the service is still compliant is not known",
    ),
    "timeline.turn-no-yes": ("適合するようになります。", "the service becomes compliant"),
    "timeline.turn-no-no": ("不適合のままです。", "the service stays not compliant"),
    "timeline.turn-no-unknown": (
        "適合するかどうかが未確定になります。",
        "whether the service is then compliant is not known",
    ),
    "timeline.turn-unknown-yes": (
        "適合することが確定します。",
        "the service is then known to be compliant",
    ),
    "timeline.turn-unknown-no": (
        "不適合であることが確定します。",
        "the service is then known not to be compliant",
    ),
    "timeline.turn-unknown-unknown": (
        "適合するかどうかは未確定のままです。",
        "whether the service is compliant stays unknown",
    ),
    "timeline.thing": ("{what}: {details}", "{what}: {details}"),
    "timeline.last": ("{date}まで有効", "last valid day {date}"),
    "timeline.holder": ("保有者: {holder}", "held by: {holder}"),
    "timeline.stops": ("適用されなくなる免除規定: {what}", "No longer fires: {what}"),
    "timeline.fires": ("適用されるようになる免除規定: {what}", "Fires from then on: {what}"),
    "timeline.may-fire": (
        "適用されるかどうかが未確定になる免除規定: {what}",
        "Whether it fires is then not known: {what}",
    ),
    "timeline.translated": ("{what}（日本語訳: {text}）", "{what} (in English: {text})"),
    "timeline.words": ("{what}{text}", "{what} {text}"),
    "timeline.clause-revives": (
        "{told}（再び必要になる要件: {items}）",
        "{told}, which exempted {items}",
    ),
    "timeline.clause-may-revive": (
        "{told}（再び必要になる可能性がある要件: {items}）",
        "{told}, which exempted {items}; whether they are exempt is then not known",
    ),
    "timeline.clause-releases": (
        "{told}（不要になる要件: {items}）",
        "{told}, which exempts {items}",
    ),
    "timeline.change": ("要件{items}: {before} → {after}", "{items}: {before} → {after}"),
    "timeline.both": ("{status}（{obligation}）", "{status} ({obligation})"),
    "timeline.absent": ("規定なし", "not in the rules"),
    "timeline.hint": (
        "取得すべきものは plan --on {date} で求められます。",
        "What to acquire for it: plan --on {date}.",
    ),
    # Renewals
    "timeline.renew": ("更新が必要なもの", "What must be renewed"),
    "timeline.renew-none": (
        "適合を保つために更新が必要なものは、{until}までにありません。",
        "Nothing has to be renewed for the service to stay compliant until {until}.",
    ),
    "timeline.renew-fall": (
        "{until}までは、適合を保つために更新が必要なものはありません。",
        "Nothing has to be renewed for the service to be compliant until {until}.",
    ),
    "timeline.renew-never": (
        "すべてを更新しても{until}までに適合する日がないため、示すものはありません。",
        "Nothing is listed: even with everything renewed the service is not compliant on any day"
        " until {until}.",
    ),
    "timeline.renew-untold": (
        "すべてを更新しても{until}までに適合すると言える日がないため、示すものはありません。",
        "Nothing is listed: even with everything renewed the service is not known to be compliant"
        " on any day until {until}.",
    ),
    "timeline.renew-why": (
        "期限までに更新すれば適合が保たれるものです。"
        "どれか1つでも更新しないと、適合しなくなるか、未確定になります。",
        "Renewed in time, these keep the service compliant as far as renewing can; without any one"
        " of them it is no longer compliant, or not known to be.",
    ),
    "timeline.alone": (
        "ほかのものをすべて更新しても、それだけで適合が失われるもの: {what}",
        "Ends the compliance by itself, all else renewed: {what}",
    ),
    "timeline.first": (
        "何も更新しない場合に、最初に適合を失わせるもの: {what}",
        "Ends the compliance if nothing at all is renewed: {what}",
    ),
    "timeline.falls-no": (
        "注意: 更新しても適合を保てるのは{last}までです。すべてを更新しても、{date}には"
        "適合しなくなります。",
        "Note: renewing cannot keep the service compliant after {last}: on {date} it is not"
        " compliant even with everything renewed.",
    ),
    "timeline.falls-unknown": (
        "注意: 更新しても適合が確かなのは{last}までです。すべてを更新しても、{date}には"
        "適合するかどうかが未確定になります。",
        "Note: renewing cannot keep the service known to be compliant after {last}: on {date} it is"
        " not known to be so even with everything renewed.",
    ),
    "timeline.limit-missing": (
        "それでも不足する要件（{date}）: {items}",
        "Missing even so, on {date}: {items}",
    ),
    "timeline.limit-undecided": (
        "判定を左右する未確認の項目（{date}）: {what}",
        "The verdict on {date} turns on what is not known: {what}",
    ),
    "col.then": ("更新後の期限", "Then valid until"),
    "timeline.endless-title": (
        "期限の記載がないもの（期限なしとして扱う）",
        "No end recorded, so taken to last",
    ),
    "timeline.endless-months": (
        "{what}: 有効期間は通常{months}*。実際の期限を until に記入してください",
        "{what}: valid for {months}* as a rule; write its last day as `until`",
    ),
    "timeline.lapse-given": (
        "上に挙げたものを更新する場合です。",
        "Provided that what is listed above is renewed.",
    ),
    "timeline.lapse-enough": (
        "{what}（{until}まで）: なくても、残りのもので適合は保たれます",
        "{what} (until {until}): what remains is enough",
    ),
    "timeline.lapse-partly": (
        "{what}（{until}まで）: 更新によって適合を保てる日については、残りのもので足ります",
        "{what} (until {until}): what remains is enough on the days on which renewing can keep the"
        " service compliant",
    ),
    "timeline.lapse-covered": (
        "{what}（{until}まで）: {cover}が{last}まで代わりになります"
        "（その後は、更新する場合に限ります）",
        "{what} (until {until}): {cover} do its part until {last}, and after that only if renewed",
    ),
    "timeline.lapse-covered.one": (
        "{what}（{until}まで）: {cover}が{last}まで代わりになります"
        "（その後は、更新する場合に限ります）",
        "{what} (until {until}): {cover} does its part until {last}, and after that only if"
        " renewed",
    ),
    "timeline.lapse-if": (
        "{what}（{until}まで）: {cover}を更新する場合に限り、更新しなくても適合は保たれます",
        "{what} (until {until}): only if {cover} is renewed in time; by itself it stands in on no"
        " further day",
    ),
    "timeline.moot": (
        "更新しても判定が変わらないもの",
        "What makes no difference",
    ),
    "timeline.lapse-moot": (
        "{what}（{until}まで）: 期限後は更新の有無によらず不適合のため、判定は変わりません",
        "{what} (until {until}): makes no difference to a verdict that is not compliant either way",
    ),
    "timeline.open": (
        "更新の要否が未確定のもの",
        "Whether these have to be renewed is not known",
    ),
    "timeline.lapse-open": (
        "{what}（{until}まで）: 期限後は、すべてを更新しても適合が確かではありません",
        "{what} (until {until}): after that, the service is not known to be compliant even with"
        " everything renewed",
    ),
    "timeline.lapse-turns": (
        "{what}（{until}まで）: 更新の要否は、次の未確認の項目が分かるまで判断できません: {inputs}",
        "{what} (until {until}): it can be told once these are known: {inputs}",
    ),
    "timeline.lapse-together": (
        "{what}（{until}まで）: 先に期限が切れるものを更新しない場合に限り、更新しなくても"
        "適合は保たれます",
        "{what} (until {until}): may lapse only if what ends before it is not renewed either",
    ),
    "timeline.then-unknown": ("不明", "not known"),
    "timeline.lapse": ("更新しなくてもよいもの", "What may lapse"),
    # Robustness
    "timeline.robust": ("{on}の不要の根拠の強さ", "How firmly the exemptions stand on {on}"),
    "timeline.robust-why": (
        "独立した根拠の数は、互いに共通の前提を持たない根拠がいくつあるかを示します。"
        "1 なら、1つを失うだけで不要でなくなる場合があります。",
        "Independent reasons share nothing with one another. With one alone, a single loss may end"
        " the exemption.",
    ),
    "timeline.independent": ("独立した根拠", "Independent reasons"),
    "timeline.reasons": ("根拠（最小の組合せ）", "Reasons (minimal sets)"),
    "timeline.at-least": ("{n}以上", "{n} or more"),
    "timeline.uncounted": ("多すぎて数えられない", "too many to count"),
    "timeline.always": ("保有するものによらず不要", "exempt whatever is held"),
    "timeline.or": ("{one}、または {two}", "{one}; or {two}"),
    "timeline.reasons-more": ("ほか{n}組", "{n} more sets"),
    "timeline.reasons-many": ("ほか多数", "many more"),
    "timeline.no-exempt": ("不要な要件はありません。", "No item is exempt."),
    "timeline.losses": ("1つ失うだけで判定を変えるもの", "Single losses that break the verdict"),
    "timeline.no-loss": (
        "どれか1つを失っても、適合のままです。",
        "Whichever single thing is lost, the service stays compliant.",
    ),
    "timeline.loss-moot": (
        "この日は適合が確かではないため、失わせるものはありません。",
        "The service is not known to be compliant on that day, so there is nothing to break.",
    ),
    "timeline.loss-doubt": (
        "{what}（失うと未確定になる）",
        "{what} (without it the verdict is not known)",
    ),
    # The picture
    "timeline.strip": ("判定", "Verdict"),
    "timeline.yes": ("○ 適合", "○ compliant"),
    "timeline.no": ("× 不適合", "× not compliant"),
    "timeline.unknown": ("? 未確定", "? not known"),
    "timeline.no-rules": ("ルールブックなし", "no rulebook"),
    "timeline.exempt-count": ("不要 {n}件", "{n} exempt"),
    "timeline.exempt-open": ("不要 {n}件、未確定 {open}件", "{n} exempt, {open} not known"),
    "timeline.legend-yes": ("○ 適合", "○ compliant"),
    "timeline.legend-no": ("× 不適合（下辺が太線）", "× not compliant (thick lower edge)"),
    "timeline.legend-unknown": ("? 未確定（上辺が太線）", "? not known (thick upper edge)"),
    "timeline.legend-renew": (
        "▼ 更新が必要な期限（破線は着手から）",
        "▼ must be renewed by (dashed: from the day to begin)",
    ),
    "timeline.legend-endless": (
        "▷ 期限の記載なし（破線の枠）",
        "▷ no end recorded (dashed edge)",
    ),
    "timeline.legend-beyond": (
        "▶ 図に示す期間のあとに期限が切れる",
        "▶ ends after the days that are shown",
    ),
    "timeline.last-day": ("最終日", "last day"),
    "timeline.due": (
        "{what}は{date}までに更新が必要です。",
        "{what} must be renewed by {date}.",
    ),
    "timeline.legend-turn": ("破線: 判定が変わる日", "dashed line: the verdict changes"),
    "timeline.legend-break": (
        "● 失うと適合しなくなる（または未確定になる）",
        "● its loss alone breaks the verdict, or leaves it open",
    ),
    "timeline.legend-rules": (
        "点線: 規定が変わる日",
        "dotted line: the rules change, the verdict does not",
    ),
    "timeline.rows-cut": ("ほか{n}件", "{n} more"),
    # Calendar entries
    "timeline.calendar": ("{service}の見通し", "Timeline of {service}"),
    "timeline.event-yes": ("適合になる: {what}", "Compliant: {what}"),
    "timeline.event-no": ("不適合になる: {what}", "No longer compliant: {what}"),
    "timeline.event-unknown": ("適合するか未確定になる: {what}", "Verdict not known: {what}"),
    "timeline.event-outdated": (
        "ルールブックの効力が終わる: {what}",
        "Rulebook no longer in force: {what}",
    ),
    "timeline.event-same": ("変化: {what}（{things}）", "Change: {what} ({things})"),
}
