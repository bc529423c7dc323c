"""The service file that `init` writes: valid as it is, with comments that say how to fill it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cloudrules.render.clean import clean
from cloudrules.render.table import breaks, cut
from cloudrules.render.wording import Wording
from cloudrules.render.words import Phrases, pick

if TYPE_CHECKING:
    from cloudrules.core.entries import Fact
    from cloudrules.core.rulebook import Rulebook

WIDTH = 96
TITLE = 76  # columns of a title or of an item's text in a comment

WORDS: Phrases = {
    "top": (
        "{rulebook} の判定に使う、1つのサービスのファイルです。"
        "# から行末までは説明で、読み飛ばされます。"
        "あてはまる行の先頭の「# 」を消し、内容を直してください。",
        "One service, to be held against {rulebook}. What follows a # is a remark. Take away the"
        " leading `# ` of the lines that apply, and correct them.",
    ),
    "run": (
        "判定: cloudrules assess このファイル / 最小の計画: cloudrules plan このファイル",
        "Verdict: cloudrules assess FILE / least plan: cloudrules plan FILE",
    ),
    "service": ("サービスの名称", "Name of the service"),
    "provider": ("提供者の名称", "Name of the provider"),
    "context": ("前提条件: サービスの使い方など", "Facts about the service and its use"),
    "context-none": (
        "このルールブックに前提条件はありません。",
        "This rulebook asks for no facts.",
    ),
    "fact-options": ("{title}（{options} のいずれか）", "{title} (one of {options})"),
    "fact-number": ("{title}（数）", "{title} (a number)"),
    "fact-date": ("{title}（日付）", "{title} (a date)"),
    "fact-boolean": ("{title}（true か false）", "{title} (true or false)"),
    "fact-open": ("（書かなければ未確認として扱います）", " (not known unless stated)"),
    "holds": (
        "保有している認証等と、個別に確認した要件。加えるときは、まず次の行の「 []」を消し、"
        "あてはまる行の先頭の「# 」を消してください。期限や登録番号は、次の形で書けます:",
        "Evidence held, and items attested. To add some, first take away the ` []` of the next"
        " line,"
        " then the leading `# ` of the lines that apply. An end and a registration number are"
        " written so:",
    ),
    "note": ("登録番号、文書名、URL", "registration number, document, URL"),
    "evidence": ("認証等", "Evidence"),
    "kind": ("{kind}: {title}", "{kind}: {title}"),
    "attest": (
        "要件のうち、個別の資料などで確認するもの",
        "Items that are confirmed on evidence of their own",
    ),
    "unknown": (
        "まだ確認していないもの。保有していない、とは区別して扱います。",
        "What has not been asked yet; that is not the same as not held.",
    ),
    "efforts": (
        "自社の見積り。カタログの概算に代えて、計画で使います（費用の単位は{currency}、"
        "期間は月数）。",
        "Your own quotes, which win over the catalogue's (cost in {currency}, months from start to"
        " finish).",
    ),
    "readings": (
        "解釈の分かれる文言。書かなければ、それぞれ最初の選択肢（既定）を採ります。",
        "Wording that can be read in more than one way. Unless stated, the first option is taken.",
    ),
    "default": ("既定", "default"),
}

_PLAIN = re.compile(r"[^\W_](?:[\w./()+ -]*[\w.)+-])?")
_NULL = ("null", "Null", "NULL")


def service_file(rulebook: Rulebook, language: str) -> str:
    """A commented service file for a rulebook, which reads back as a service that holds nothing."""
    said = Wording(language, (rulebook,))

    word = _Words(language)
    title = clean(said.of(rulebook.title, rulebook.id))
    lines = [
        *_comment(word("top", rulebook=title)),
        *_comment(word("run")),
        "",
        f"service: {scalar(word('service'))}",
        f"provider: {scalar(word('provider'))}",
        f"rulebook: {scalar(rulebook.id)}",
        "",
        *_context(rulebook, said, word),
        "",
        *_holds(rulebook, said, word),
        "",
        *_comment(word("unknown")),
        f"# unknown: [{', '.join(_samples(rulebook))}]",
        "",
    ]
    currency = clean(rulebook.currency)
    lines += [*_comment(word("efforts", currency=currency)), *_efforts(rulebook), ""]
    if rulebook.readings:
        lines += [*_comment(word("readings")), "# readings:"]
        lines += _readings(rulebook, said, word("default"))
    return "\n".join(lines).rstrip("\n") + "\n"


def scalar(text: str) -> str:
    """A text as YAML writes it: bare where that is safe, else in quotes."""
    if _PLAIN.fullmatch(text) and text not in _NULL:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char == "\n":
        return "\\n"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _comment(text: str, indent: str = "# ") -> Iterator[str]:
    """Lines of a comment."""
    shown = clean(text)
    for start, end in breaks(shown, WIDTH - len(indent)):
        yield (indent + shown[start:end]).rstrip()


class _Words:
    """Says the phrases of WORDS in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: str) -> str:
        return pick(WORDS[key], self.language).format(**values)


def _context(rulebook: Rulebook, said: Wording, word: _Words) -> Iterator[str]:
    if not rulebook.facts:
        yield from _comment(word("context-none"))
        yield "context: {}"
        return
    yield from _comment(word("context"))
    known = {name: _default(fact) for name, fact in rulebook.facts.items()}
    # A mapping without entries would be no mapping.
    yield "context:" if any(known.values()) else "context: {}"
    for name, fact in rulebook.facts.items():
        options = " / ".join(fact.option_ids)
        kind = "options" if fact.kind == "option" else fact.kind
        about = word(f"fact-{kind}", title=said.of(fact.title, name), options=options)
        value = known[name]
        if value is None:
            example = {"number": "0", "date": "2027-04-01"}.get(fact.kind, "")
            sample = scalar(example or next(iter(fact.option_ids), ""))
            yield f"  # {scalar(name)}: {sample}  # {clean(about + word('fact-open'))}"
        else:
            yield f"  {scalar(name)}: {scalar(value)}  # {clean(about)}"


def _default(fact: Fact) -> str | None:
    if fact.default:
        return fact.default.name
    return "false" if fact.kind == "boolean" else None


def _holds(rulebook: Rulebook, said: Wording, word: _Words) -> Iterator[str]:
    yield from _comment(word("holds"))
    sample = next(iter(_samples(rulebook)), "")
    yield f"#   - {{evidence: {sample}, until: 2027-03-31, note: {scalar(word('note'))}}}"
    yield "holds: []"
    if rulebook.evidence:
        yield f"  # {word('evidence')}"
    for evidence in rulebook.evidence.values():
        kind = said.listed(said.term(each) for each in (evidence.kind, evidence.holder) if each)
        about = word("kind", kind=kind, title=said.of(evidence.title, evidence.id))
        yield f"  # - {scalar(evidence.id)}  # {_short(about)}"
    attested = [item for item in rulebook.items.values() if item.met_by is None]
    if attested:
        yield f"  # {word('attest')}"
    for item in attested:
        yield f"  # - {scalar(item.id)}  # {_short(said.of(item.text, item.id))}"


def _short(text: str) -> str:
    return cut(clean(text), TITLE)


def _samples(rulebook: Rulebook) -> list[str]:
    """Ids of evidence, or of items, to show how they are written."""
    names: Iterable[str] = rulebook.evidence or rulebook.items
    return [scalar(name) for name in names][:1]


def _efforts(rulebook: Rulebook) -> Iterator[str]:
    yield "# efforts:"
    for evidence in rulebook.evidence.values():
        effort = evidence.effort
        if effort:
            figures = f"{{cost: {effort.cost or 0}, months: {effort.months or 0}}}"
            yield f"#   {scalar(evidence.id)}: {figures}"


def _readings(rulebook: Rulebook, said: Wording, default: str) -> Iterator[str]:
    for reading in rulebook.readings:
        yield from _comment(said.of(reading.question, reading.id), "#   # ")
        for option in reading.options:
            mark = f" [{default}]" if option is reading.options[0] else ""
            because = said.of(option.because)
            about = f"{option.id}{mark}: {because}" if because else f"{option.id}{mark}"
            yield from _comment(about, "#   #   ")
        yield f"#   {scalar(reading.id)}: {scalar(reading.options[0].id)}"
