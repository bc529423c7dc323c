"""The page of each finding of check: what it means, an example, how it is mended.

`page` is one of them, `listing` a table of all, `document` the whole of `docs/rules.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cloudrules.core.findings import RULES
from cloudrules.render import text
from cloudrules.render.blocks import (
    Block,
    Code,
    Column,
    Grid,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Span,
    line,
)
from cloudrules.render.json import Json
from cloudrules.render.pages.check import TONES, told
from cloudrules.render.rule_pages import en, found, ja
from cloudrules.render.rule_pages.examples import EXAMPLES
from cloudrules.render.rule_pages.words import Words
from cloudrules.render.rule_words import MARKS
from cloudrules.render.wording import Wording
from cloudrules.render.words import Phrases, pick

WIDTH = 76  # columns of what check prints
WORDS = {"ja": ja.WORDS, "en": en.WORDS}

PHRASES: Phrases = {
    "severity": ("重大度", "Severity"),
    "code": ("コード", "Code"),
    "title": ("指摘の内容", "What is found"),
    "why": ("なぜ問題か", "Why it matters"),
    "example": ("例", "Example"),
    "found": ("`check` は次のように示します。", "`check` says of it:"),
    "mend": ("直し方", "How to mend it"),
    "leave": ("そのままでよい場合", "When it is fine to leave"),
    "mended": (
        "この例は、`{file}` を次のように直します（`-` の行を除き、`+` の行を加えます）。{mended}",
        "The example is mended in `{file}` (lines with `-` go, lines with `+` come). {mended}",
    ),
    "document": ("ルールの検査（check）の指摘", "What check finds in a rulebook"),
    "about": (
        "`cloudrules check` が示す指摘の一覧です。"
        "同じ説明は `cloudrules rule CODE` で表示できます。"
        "例はいずれも、その指摘が1つだけ示されるルールブックであり、"
        "直し方のとおりに直すと指摘はなくなります。",
        "All that `cloudrules check` looks for. `cloudrules rule CODE` prints the same text. Each"
        " example is a rulebook with that one finding, and none is left once it is mended.",
    ),
}


def words(code: str, language: str) -> Words:
    """What the page of a finding says. Raises KeyError for an unknown code."""
    return WORDS.get(language, en.WORDS)[code]


def marked(text: str) -> Line:
    """A text, and what stands between backticks in it, as it is written in files."""
    return tuple(
        Span(part, "code" if part.startswith("`") else "plain")
        for part in re.split("(`[^`]*`)", text)
        if part
    )


def page(code: str, language: str, level: int = 1) -> list[Block]:
    """The page of a finding, its heading at a level. Raises KeyError for an unknown code."""
    return list(_page(code, language, level))


def listing(language: str) -> list[Block]:
    """Every code with its severity and title."""
    columns = (
        Column(_said("code", language)),
        Column(_said("severity", language)),
        Column(_said("title", language), "wrap"),
    )
    rows = (
        (line(code), _severity(code, language), marked(words(code, language).title))
        for code in RULES
    )
    return [Grid(columns, tuple(rows))]


def document(language: str) -> list[Block]:
    """All pages, and before them the list."""
    return [
        Heading(line(_said("document", language)), 0),
        Paragraph((marked(_said("about", language)),)),
        *listing(language),
        *(block for code in RULES for block in page(code, language)),
    ]


def data(codes: Sequence[str], language: str) -> Json:
    """Pages as JSON."""
    return {"rules": [_data(code, language) for code in codes]}


def _data(code: str, language: str) -> Json:
    said, example = words(code, language), EXAMPLES[code]
    return {
        "rule": code,
        "severity": RULES[code],
        "title": said.title,
        "means": said.means,
        "why": said.why,
        "example": {"about": said.example, "files": example.files},
        "mend": said.mend,
        "mended": {"about": said.mended, "files": example.mended},
        "leave": said.leave,
    }


def _page(code: str, language: str, level: int) -> Iterator[Block]:
    said, example = words(code, language), EXAMPLES[code]

    def heading(key: str) -> Heading:
        return Heading(line(_said(key, language)), level + 1)

    yield Heading(line(code), level)
    yield Pairs(
        (
            (_said("title", language), marked(said.title)),
            (_said("severity", language), _severity(code, language)),
        )
    )
    yield Paragraph((marked(said.means),))
    yield heading("why")
    yield Paragraph((marked(said.why),))
    yield heading("example")
    yield Paragraph((marked(said.example),))
    for name, content in example.files.items():
        yield Paragraph((marked(f"`{name}`"),))
        yield Code(content, name.rpartition(".")[2])
    yield Paragraph((marked(_said("found", language)),))
    yield Code(printed(code, language), "text")
    yield heading("mend")
    yield Paragraph((marked(said.mend),))
    for name, changes in example.changes.items():
        phrase = _said("mended", language).format(file=name, mended=said.mended)
        yield Paragraph((marked(phrase),))
        yield Code(changes, "diff")
    yield heading("leave")
    yield Paragraph((marked(said.leave),))


def printed(code: str, language: str) -> str:
    """What check prints of the example of a finding."""
    report = found.report(code)
    blocks = [
        block
        for finding in report.checked.findings
        for block in told(finding, report, Wording(language))
    ]
    return text.drawn(blocks, False, WIDTH).rstrip("\n")


def _severity(code: str, language: str) -> Line:
    return line(Span(pick(MARKS[RULES[code]], language), TONES[RULES[code]]))


def _said(key: str, language: str) -> str:
    return pick(PHRASES[key], language)
