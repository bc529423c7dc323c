"""The one line that says what is wrong with an input: `file:line: what is wrong, and the mend`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cloudrules.render.clean import brief, clean
from cloudrules.render.fault_words import FAULTS
from cloudrules.render.words import Phrases, pick

if TYPE_CHECKING:
    from cloudrules.core.errors import Fault

LONG = 1500  # characters of a list of names or a path through the rules

# What is to be written, or is written, at a place.
FORMS: Phrases = {
    "text": ("文章", "a text"),
    "name": ("名前", "a name"),
    "value": ("1つの値", "a single value"),
    "list": ("リスト（「- 」で始まる行）", "a list (lines that begin with `- `)"),
    "mapping": ("「項目: 値」の組", "a mapping (`key: value`)"),
    "whole number": ("0以上の整数", "a whole number from 0 on"),
    "YYYY-MM-DD": ("2027-03-31 の形の日付", "a date, YYYY-MM-DD"),
    "condition": ("条件", "a condition"),
    "item or range": ("要件の番号か範囲（1.6..1.28 の形）", "an item or a range such as 1.6..1.28"),
    "path or service": (
        "サービスのファイルのパスか、サービスの内容",
        "the path of a service's file, or the service itself",
    ),
    "and / or": (
        "「and」か「or」（空白を含む名前なら、全体を二重引用符で囲みます）",
        "`and` or `or` (or double quotes around a name with spaces in it)",
    ),
    ", or )": ("コンマか「)」", "`,` or `)`"),
    "end": ("何も続けず、別の行", "nothing, but a new entry,"),
}

# What something is.
KINDS: Phrases = {
    "name": ("要件、認証等、前提条件", "item, evidence or fact"),
    "item": ("要件", "item"),
    "evidence": ("認証等", "evidence"),
    "waiver": ("免除規定", "waiver"),
    "fact": ("前提条件", "fact"),
    "input": ("認証等、要件、前提条件", "evidence, item or fact"),
    "holdable": ("認証等、要件", "evidence or item"),
    "reading": ("解釈", "reading"),
    "option": ("選択肢", "option"),
    "double quote": ("二重引用符", "a double quote"),
    "boolean": ("真偽値", "boolean"),
    "number": ("数", "number"),
    "date": ("日付", "date"),
    "rulebook": ("ルールブック", "rulebook"),
    "catalogue": ("カタログ", "catalogue"),
    "service": ("サービス", "service"),
    "scenario": ("シナリオ", "scenario"),
    "text": ("テキスト", "text"),
    "list": ("「項目: 値」の形でないもの", "without `key: value` lines"),
    "at_least": ("at_least の重みの組合せ", "weights in an at_least"),
    "readings": (
        "1つの規定にかかわる解釈の組合せ",
        "combinations of readings that bear on one rule",
    ),
    "worlds": ("解釈の組合せ", "combinations of readings"),
    "reasons": ("考えられる理由", "possible reasons"),
}
SHAPES: Phrases = {
    "value": ("単独の値", "a single value"),
    "list": ("リスト", "a list"),
    "mapping": ("「項目: 値」の組", "a mapping"),
}
SIZES: Phrases = {"values": ("個の値", "values")}

_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def sentence(fault: Fault, language: str) -> str:
    """One fault as one line. Raises KeyError for a code that has no words."""
    said = _filled(pick(FAULTS[fault.code], language), fault.values, language)
    file = brief(fault.place.file, LONG)
    line = f":{fault.place.line}" if fault.place.line else ""
    return f"{file}{line}: {said}" if file else said


def _filled(template: str, values: Mapping[str, str], language: str) -> str:
    def optional(found: re.Match[str]) -> str:
        names = [name for name, _ in _PLACE.findall(found[1])]
        return found[1] if all(values.get(name) for name in names) else ""

    def value(found: re.Match[str]) -> str:
        return _value(values.get(found[1], ""), found[2] or "", language)

    return _PLACE.sub(value, _OPTIONAL.sub(optional, template))


def _value(value: str, spec: str, language: str) -> str:
    if spec == "long":
        return brief(value, LONG)
    if spec == "form":
        return _form(value, language)
    if spec == "a":
        kind = _value(value, "kind", language)
        bare = language == "ja" or kind.startswith("evidence")
        return kind if bare else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    if spec in ("kind", "shape"):
        known = KINDS if spec == "kind" else SHAPES
        return pick(known[value], language) if value in known else brief(value)
    if spec == "size":
        number, _, unit = clean(value).partition(" ")
        between = "" if language == "ja" and unit in SIZES else " "
        return number + between + (pick(SIZES[unit], language) if unit in SIZES else unit)
    return brief(value)


def _form(value: str, language: str) -> str:
    """A key of FORMS, a list of words ` / ` of which one is to be written, or a mark."""
    if value in FORMS:
        return pick(FORMS[value], language)
    shown = brief(value, LONG)
    if " / " in shown:
        return pick(("次のいずれか（{}）", "one of ({})"), language).replace("{}", shown)
    return f"「{shown}」" if language == "ja" else f"`{shown}`"
