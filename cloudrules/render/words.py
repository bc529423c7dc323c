"""How a phrase is looked up and filled in, and the terms that every answer shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

LANGUAGES = ("ja", "en")
Phrase: TypeAlias = tuple[str, str]  # in ja, in en
Phrases: TypeAlias = Mapping[str, Phrase]


def pick(phrase: Phrase, language: str) -> str:
    return phrase[0] if language == "ja" else phrase[1]


def placeholders(template: str) -> set[str]:
    """The names that a template fills in."""
    return set(re.findall(r"\{(\w+)(?::\w+)?\}", template))


TERMS: dict[str, Phrase] = {
    # of items
    "mandatory": ("必須", "mandatory"),
    "optional": ("任意", "optional"),
    "met": ("充足", "met"),
    "missing": ("不足", "missing"),
    "open": ("任意・未充足", "open"),
    "waived": ("不要", "waived"),
    "not_applicable": ("対象外", "not applicable"),
    "unknown": ("未確定", "unknown"),
    # of verdicts
    "compliant": ("適合", "compliant"),
    "not-compliant": ("不適合", "not compliant"),
    "always": ("すべての解釈で適合", "compliant in every reading"),
    "sometimes": ("解釈により分かれる", "compliant in some readings"),
    "never": ("どの解釈でも不適合", "compliant in no reading"),
    # kinds of evidence
    "certification": ("認証・登録", "certification"),
    "hosting": ("設置環境", "hosting"),
    "control": ("対策", "control"),
    "commitment": ("確約", "commitment"),
    "attestation": ("個別確認", "attestation"),
    # holders
    "service": ("サービス", "service"),
    "asp": ("サービス提供事業者", "service provider"),
    "csp": ("クラウド基盤の事業者", "cloud platform"),
    "dc": ("データセンター", "data centre"),
    "contractor": ("業務委託先", "contractor"),
    # objectives
    "cost": ("費用", "cost"),
    "certifications": ("認証・登録の数", "certifications"),
    "actions": ("取得するものの数", "things to acquire"),
    "months": ("期間", "months"),
    # how a search ended
    "optimal": ("最小と証明済み", "proved minimum"),
    "feasible": ("最小とは未証明", "not proved"),
    "infeasible": ("計画なし", "no plan"),
}
