"""What each finding of check says: what is wrong, and the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudrules.render.clean import brief, clean
from cloudrules.render.words import Phrases, pick

if TYPE_CHECKING:
    from cloudrules.core.findings import Finding, Severity

LONG = 160  # characters of a clause or of a list of items

MARKS: dict[Severity, tuple[str, str]] = {
    "error": ("エラー", "error"),
    "warning": ("警告", "warning"),
    "note": ("注記", "note"),
}

# By code; a code with a variant has it after a dot.
MESSAGES: Phrases = {
    "rulebook-unsatisfiable": (
        "このルールブックは、何を取得しても満たせません。要件{items}は同時には満たせないためです。"
        "そのいずれかを直してください",
        "nothing can satisfy this rulebook: the items {items} cannot all be met or released; mend"
        " one of them",
    ),
    "condition-contradiction": (
        "「{id}」の{field}の条件「{text}」は、それ自体が矛盾しており、成り立つことがありません。"
        "条件を直してください",
        "the condition `{text}` in `{field}` of {id} contradicts itself: it never holds; mend it",
    ),
    "item-unmeetable": (
        "必須の要件{id}は、満たすことも免除されることもできません。met_byを直すか、"
        "免除規定を設けてください",
        "mandatory item {id} can neither be met nor released; mend its `met_by`, or add a waiver",
    ),
    "item-never-owed": (
        "必須の要件{id}は、どのサービスでも対象外または不要となり、求められることがありません。"
        "適用の条件か免除規定を直すか、要件を任意にしてください",
        "mandatory item {id} is owed by no service: it never applies, or is always waived; mend"
        " what releases it, or make it optional",
    ),
    "item-moot": (
        "必須の要件{id}は、満たしても満たさなくても、適合・不適合の判定が変わりません。"
        "意図した規定か確かめてください",
        "mandatory item {id} is moot: whether it is met never changes the verdict; see whether the"
        " rules are meant so",
    ),
    "waiver-never": (
        "免除規定「{id}」は、どのサービスでも発動しません。条件を直すか、規定を削ってください",
        "waiver `{id}` can never fire; mend its condition, or drop it",
    ),
    "waiver-always": (
        "免除規定「{id}」は、すべてのサービスで発動します。条件を直すか、免除する要件を"
        "任意にしてください",
        "waiver `{id}` always fires; mend its condition, or make the items that it waives optional",
    ),
    "waiver-own-item": (
        "免除規定「{id}」は、自らの条件のよりどころである要件{items}を免除しています。"
        "免除の範囲を確かめてください",
        "waiver `{id}` releases what its own condition rests on: {items}; see whether its range is"
        " meant so",
    ),
    "clause-idle.waiver": (
        "免除規定「{id}」は、なくても答えがまったく変わりません。条件か範囲を直すか、"
        "規定を削ってください",
        "waiver `{id}` changes nothing: without it every answer is the same; mend it, or drop it",
    ),
    "clause-idle.part": (
        "「{id}」の条件のうち「{text}」は、なくても答えがまったく変わりません。直すか、"
        "削ってください",
        "`{text}` in the condition of {id} changes nothing: without it every answer is the same;"
        " mend it, or drop it",
    ),
    "clause-idle.several": (
        "次の{n}つの規定は互いに代わりとなり、どれか1つはなくても答えが変わりません"
        "（すべてを削ることはできません）。どれを残すかを決めてください",
        "these {n} clauses stand in for one another: any one of them could go, but not all; decide"
        " which to keep",
    ),
    "reading-idle": (
        "解釈「{id}」は、どの選択肢でも適合・不適合の判定が変わりません。選択肢のchangeを直すか、"
        "この解釈を削ってください",
        "reading `{id}` never changes a verdict, whichever option is taken; mend what its options"
        " change, or drop it",
    ),
    "holding-harms": (
        "適合しているサービスが「{id}」も保有すると、要件{item}が不足して不適合になります。"
        "否定（not）の条件が意図どおりか確かめてください",
        "a compliant service that comes to hold {id} as well is compliant no more: item {item}"
        " becomes missing; see whether the `not` is meant so",
    ),
    "requires-circle.one": (
        "「{id}」は、取得の前提（requires）が自分自身であるため、取得できません。"
        "requiresを直してください",
        "{id} can never be acquired: what it requires rests on itself; mend its `requires`",
    ),
    "requires-circle.several": (
        "{names}は、取得の前提（requires）が互いに循環しているため、取得できません。"
        "いずれかのrequiresを直してください",
        "{names} can never be acquired: each waits for the other; mend one `requires`",
    ),
    "evidence-unused": (
        "認証等「{id}」は、どの条件にも現れません。使うか、カタログから削ってください",
        "evidence {id} is used by no condition; use it, or take it out of the catalogue",
    ),
    "fact-unused": (
        "前提条件「{id}」は、どの条件にも現れません。使うか、contextから削ってください",
        "fact {id} is used by no condition; use it, or take it out of `context`",
    ),
    "source-unquoted.unquoted": (
        "原文の「{text}」は、どの要件にも免除規定にも引用されていません。規定にするか、"
        "not_modelledに理由とともに挙げてください",
        "no item and no waiver quotes `{text}`; model it, or list it under `not_modelled` with a"
        " reason",
    ),
    "source-unquoted.absent": (
        "not_modelledの「{text}」は、原文にありません。文言を原文に合わせてください",
        "`{text}` under `not_modelled` is not in the document; write it as the document does",
    ),
    "source-unquoted.quoted": (
        "not_modelledの「{text}」は、要件か免除規定に引用されています。not_modelledから"
        "削ってください",
        "`{text}` under `not_modelled` is quoted by an item or a waiver; take it out there",
    ),
}


def message(finding: Finding, language: str) -> str:
    """One sentence: what is wrong, and the mend."""
    values = {key: brief(value, LONG) for key, value in finding.values.items()}
    names = (", " if language == "en" else "、").join(clean(part.entry) for part in finding.parts)
    template = pick(MESSAGES[_variant(finding)], language)
    given = {"id": clean(finding.id), "names": names, **values, "n": len(finding.parts)}
    return template.format(**given)


def _variant(finding: Finding) -> str:
    rule = finding.rule
    several = len(finding.parts) > 1
    if rule == "clause-idle":
        one = "part" if finding.parts and finding.parts[0].field else "waiver"
        return f"{rule}.{'several' if several else one}"
    if rule == "requires-circle":
        return f"{rule}.{'several' if several else 'one'}"
    if rule == "source-unquoted":
        return f"{rule}.{finding.values['why']}"
    return rule
