"""What the keys of an answer's data are called where a change of it is told: key -> (ja, en).

A key that is not here is told as it is.
"""

from __future__ import annotations

from cloudrules.render.words import Phrases

KEYS: Phrases = {
    # the head
    "service": ("サービス", "service"),
    "rulebook": ("ルールブック", "rulebook"),
    "rulebooks": ("ルールブック", "rulebooks"),
    "readings": ("採用した解釈", "readings taken"),
    "on": ("基準日", "date"),
    # the parts of a report
    "assess": ("判定", "assessment"),
    "all_readings": ("すべての解釈", "all readings"),
    "exemptions": ("免除", "exemptions"),
    "plan": ("計画", "plan"),
    "receipt": ("作成の記録", "receipt"),
    # assess
    "compliant": ("判定", "verdict"),
    "verdict": ("判定", "verdict"),
    "items": ("要件", "items"),
    "need": ("要否", "need"),
    "obligation": ("義務", "obligation"),
    "met": ("充足", "met"),
    "status": ("適用状況", "status"),
    "waived_by": ("不要とする規定", "waived by"),
    "missing": ("不足している要件", "missing"),
    "undecided_by": ("判定を左右する未確認のもの", "undecided by"),
    "worlds": ("解釈", "worlds"),
    "outcomes": ("内訳", "outcomes"),
    "depends_on": ("判定を左右する解釈", "depends on"),
    # explain
    "reasons": ("根拠", "reasons"),
    "waiver": ("規定", "waiver"),
    "text": ("文言", "text"),
    "because": ("根拠とするもの", "because"),
    "until": ("期限", "until"),
    "met_because": ("充足の根拠", "met because"),
    "met_until": ("充足の期限", "met until"),
    "could_be_waived": ("不要とする方法", "could be waived"),
    "could_be_met": ("充足する方法", "could be met"),
    # plan
    "plans": ("計画", "plans"),
    "objective": ("最小にした値", "objective"),
    "bound": ("下限", "bound"),
    "acquire": ("取得するもの", "to acquire"),
    "cost": ("費用", "cost"),
    "certifications": ("認証・登録の数", "certifications"),
    "actions": ("取得するものの数", "things to acquire"),
    "months": ("期間（月）", "months"),
    "waived": ("不要となる要件", "waived"),
    "holds_in": ("適合する解釈", "holds in"),
    "conflict": ("計画がない理由", "conflict"),
    "assumed": ("置いた仮定", "assumed"),
    # timeline
    "events": ("期限の到来", "events"),
    "renew": ("更新するもの", "to renew"),
    "may_lapse": ("更新しなくてよいもの", "may lapse"),
    "outdated": ("ルールの終了日", "outdated"),
    "falls": ("適合しなくなる日", "falls"),
    "breaks": ("失うと適合しなくなるもの", "breaks the verdict"),
    # whatif, test, check, diff
    "variants": ("場合", "variants"),
    "changes": ("変化", "changes"),
    "failures": ("期待との違い", "failures"),
    "passed": ("合格", "passed"),
    "failed": ("不合格", "failed"),
    "cases": ("事例", "cases"),
    "findings": ("指摘", "findings"),
    "differences": ("違い", "differences"),
    "equivalent": ("同等", "equivalent"),
}
