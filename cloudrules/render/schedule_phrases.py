"""The sentences of a plan on real days, and of the pictures of plans: key -> (ja, en)."""

from __future__ import annotations

from cloudrules.render.words import Phrases

SCHEDULE: Phrases = {
    "schedule.title": ("日程", "Schedule"),
    "schedule.start": ("着手", "Start"),
    "schedule.finish": ("すべて取得", "All acquired"),
    "schedule.compliant": ("適合する日", "Compliant on"),
    "schedule.not": ("適合しない", "not compliant"),
    "schedule.untold": ("判定できない", "cannot be told"),
    "schedule.missing": (
        "注意: すべて取得しても、{date}に有効な規定では適合しません。不足: {what}。",
        "Note: even with all acquired, the service is not compliant under the rules in force on"
        " {date}. Missing: {what}.",
    ),
    "schedule.undecided": (
        "注意: {date}に有効な規定では、分かっていない点があるため、適合するかどうか未確定です。"
        "未確定: {what}。",
        "Note: under the rules in force on {date}, whether the service is compliant is not decided,"
        " as some inputs are unknown. Not decided: {what}.",
    ),
    "schedule.outdated": (
        "注意: ルールブック {what} は{date}には有効でないため、"
        "その日に適合するかどうかは判定できません。",
        "Note: the rulebook {what} is not in force on {date}, so whether the service is then"
        " compliant cannot be told.",
    ),
    "schedule.assumed": (
        "置いた仮定（未確認のもの）: {what}",
        "Assumed, as it is not known: {what}",
    ),
    "schedule.overdue": (
        "注意: {what} は、更新に着手すべき日を過ぎています。"
        "期限までに更新できない可能性があります。",
        "Note: the day to begin renewing {what} has passed, so it may not be renewed in time.",
    ),
    "schedule.begun": (
        "完了までに有効になる要件・規定: {what}",
        "Come into force before all is acquired: {what}",
    ),
    "schedule.ended": (
        "完了までに効力を失う要件・規定: {what}",
        "Go out of force before all is acquired: {what}",
    ),
    "schedule.estimate": (
        "* 概算の期間から計算した日付です。",
        "* A date that rests on an estimated time.",
    ),
    "schedule.slack": (
        "余裕は、その手順だけが遅れても完了が遅れない月数です。"
        "余裕のない手順（●）が遅れると、完了も遅れます。",
        "Slack: the months by which a step alone may be late without delaying the end. Steps"
        " without any (●) are critical.",
    ),
    "schedule.critical": ("● なし", "● none"),
    "schedule.renewals": ("完了までに更新が必要なもの", "To renew before all is acquired"),
    "schedule.renewals-why": (
        "計画の前提でありながら、完了前に期限が切れるものです。"
        "期限までに更新することが、適合の条件です。",
        "The plan rests on these, and they end before it is completed: the service is compliant"
        " only if they are renewed in time.",
    ),
    "schedule.next": ("完了後の次の更新", "Next renewals after that"),
    "schedule.lapse": ("更新しなくてもよいもの", "What may lapse"),
    "schedule.lapse-free": (
        "{what}（{until}まで）: なくても、残りのもので適合は保たれます",
        "{what} (until {until}): what remains is enough",
    ),
    "schedule.lapse-covered": (
        "{what}（{until}まで）: {cover}が{last}まで代わりになります",
        "{what} (until {until}): {cover} does its part until {last}",
    ),
    "schedule.words": (
        "更新しないと不足する要件",
        "The items that are missing unless renewed",
    ),
    "schedule.word": ("{id}: {text}", "{id}: {text}"),
    "schedule.unknown": ("不明（期間の記載なし）", "not known (no time stated)"),
    "schedule.late": ("{date}（過ぎています）", "{date} (has passed)"),
    "schedule.lost-items": ("要件{what}が不足", "{what} missing"),
    "schedule.lost-undecided": ("要件{what}が未確定", "{what} not decided"),
    "schedule.lost-steps": ("{what}の前提がなくなる", "{what} without what is required first"),
    "schedule.instead": ("または{what}を更新", "or renew {what} instead"),
    "schedule.acquired": ("{what}（この計画で取得）", "{what} (acquired by this plan)"),
    "col.start": ("着手", "Start"),
    "col.finish": ("取得", "Held from"),
    "col.slack": ("余裕", "Slack"),
    "col.valid": ("有効期限", "Valid until"),
    "col.renew": ("更新するもの", "To renew"),
    "col.by": ("更新の期限", "Renew by"),
    "col.begin": ("着手の期限", "Begin by"),
    "col.else": ("更新しない場合", "Otherwise"),
    # Calendar entries
    "event.step": ("取得: {what}", "Acquire: {what}"),
    "event.renewal": ("更新: {what}（{date}まで）", "Renew: {what} (by {date})"),
    "event.compliant": ("適合: {what}", "Compliant: {what}"),
    "event.done": (
        "すべて取得（ただし適合の確認ができない）: {what}",
        "All acquired, but not shown to be compliant: {what}",
    ),
    "event.held": ("{date}から保有。", "Held from {date} on."),
    "event.slack": ("余裕 {months}。", "Slack: {months}."),
    "event.critical": ("遅れると完了が遅れます。", "Critical: if it is late, the end is late."),
    "event.begin": ("{date}までに着手。", "Begin by {date}."),
    "event.begin-unknown": ("着手の期限は不明。", "By when to begin is not known."),
    "event.late": ("着手の期限は過ぎています。", "The day to begin has passed."),
    "event.else": ("更新しない場合: {what}。", "Otherwise: {what}."),
    "event.estimate": ("概算の期間による日付です。", "The dates rest on an estimate."),
    "event.calendar": ("{service}の日程", "Schedule of {service}"),
    # Pictures
    "gantt.title": ("{service}: 適合までの日程", "{service}: schedule to compliance"),
    "gantt.compliant": (
        "{start}に着手し、{finish}に適合",
        "start {start}, compliant on {finish}",
    ),
    "gantt.not": (
        "{start}に着手し、{finish}にすべて取得（適合しない: 不足 {what}）",
        "start {start}, all acquired {finish} (not compliant: missing {what})",
    ),
    "gantt.undecided": (
        "{start}に着手し、{finish}にすべて取得（適合するかは未確定: {what}）",
        "start {start}, all acquired {finish} (whether compliant is not decided: {what})",
    ),
    "gantt.outdated": (
        "{start}に着手し、{finish}にすべて取得（その日に有効なルールブックがなく、判定できない）",
        "start {start}, all acquired {finish} (the rulebook is not in force then)",
    ),
    "gantt.done": ("完了", "done"),
    "gantt.critical": ("● 余裕なし（遅れると完了が遅れる）", "● critical (no slack)"),
    "gantt.other": ("□ 余裕あり（点線は余裕）", "□ with slack (dashed line)"),
    "gantt.instant": ("すぐ済むもの", "takes no time"),
    "gantt.requires": ("前提", "required first"),
    "gantt.renewal": ("▼ 更新の期限（線は着手から）", "▼ renew by (line: from its start)"),
    "gantt.unknown": ("着手の期限は不明", "begin: not known"),
    "gantt.late": ("着手の期限切れ", "begin: has passed"),
    "gantt.estimate": ("* 概算", "* estimate"),
    "gantt.next": ("完了後の次の更新:", "Next renewals after that:"),
    "gantt.next-row": ("{what}: {until}まで", "{what}: by {until}"),
    "front.title": ("{service}: {one}と{two}", "{service}: {one} against {two}"),
    "front.beats": (
        "網掛けの範囲は、示した計画のどれかに劣ります。線より左下に計画はありません（証明済み）。",
        "Shaded: no better than a plan shown. Left of the line and below it there is no plan"
        " (proved).",
    ),
    "front.open": (
        "網掛けの範囲は、示した計画のどれかに劣ります。"
        "これで全部とは証明されておらず、より良い計画がある可能性があります。",
        "Shaded: no better than a plan shown. Not proved complete: there may be better plans.",
    ),
    "front.axis-cost": ("費用（{unit}）", "cost ({unit})"),
    "front.axis-months": ("期間（か月）", "time (months)"),
    "front.axis-actions": ("取得するものの数（件）", "things to acquire"),
    "front.axis-certifications": ("認証・登録の数（件）", "certifications"),
    "front.plan": ("計画 {number}: {what}", "Plan {number}: {what}"),
}
