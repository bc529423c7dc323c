"""A draft as the YAML that a person would write, with what is left to decide as comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from cloudrules.core.draft import Draft, DraftItem, DraftReading, DraftWaiver, Question
from cloudrules.core.sheet import Spot
from cloudrules.render.clean import brief, clean
from cloudrules.render.draft_words import OPTIONS, QUESTIONS, READINGS, WORDS
from cloudrules.render.standing import at_words
from cloudrules.render.table import breaks
from cloudrules.render.template import scalar
from cloudrules.render.words import LANGUAGES, pick

WIDTH = 96
QUOTED = 120  # characters of a clause that a question quotes
TOLD = 20  # questions of a kind; the draft has them all

_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")
_BLOCK = re.compile(r"[^\s#](?:.*[^\s])?")


def rulebook_file(draft: Draft, name: str, file: str, language: str) -> str:
    """The file of a rulebook with this id, which loads as it is."""
    page = _Page(draft, language)
    count = str(len(draft.questions))
    return "\n".join(
        [
            *_comment(pick(WORDS["top"], language).format(file=clean(file), count=count)),
            *_comment(pick(WORDS["check"], language)),
            *page.questions(),
            "",
            f"rulebook: {scalar(name)}",
            *_text("title", draft.title or name, ""),
            "source:",
            *_text("document", file, "  "),
            *page.context(),
            *page.items(),
            *page.waivers(),
            *page.readings(),
            "",
        ]
    )


def name_of(stem: str) -> str:
    """The id that a file's name gives a rulebook."""
    words = re.sub(r"[^\w.-]+", "-", normalize("NFKC", stem)).strip("-._")
    return words or "draft"


def told(questions: Iterable[Question], file: str, language: str) -> Iterator[str]:
    """The questions, a line each, but of very many of a kind the first; how many more there are."""
    kinds: Counter[str] = Counter()
    for question in questions:
        kinds[question.code] += 1
        if kinds[question.code] <= TOLD:
            yield sentence(question, file, language)
    if more := sum(max(0, count - TOLD) for count in kinds.values()):
        yield f"{clean(file)}: {pick(WORDS['more'], language).format(count=more)}"


def sentence(question: Question, file: str, language: str) -> str:
    """One question as one line, with its file and cell."""
    spot = question.spot
    cell = f"{spot.sheet}!{_address(spot)}" if spot.sheet else str(spot.row)
    return f"{clean(file)}:{clean(cell)}: {_said(question, language)}"


def _said(question: Question, language: str) -> str:
    values = {key: brief(value, QUOTED) for key, value in question.values.items()}
    return pick(QUESTIONS[question.code], language).format(**values)


def _address(spot: Spot) -> str:
    letters, column = "", spot.column
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{spot.row}"


# The questions that are told by the entry that they are about, and which value or cell names it.
_BY_ITEM = ("need", "applies", "number-twice", "number-order", "exception", "beside")
_BY_TEXT = ("whole", "condition")
_BY_READING = ("reach", "grouping")


class _Page:
    """The parts of the file; a question stands by the entry that it is about."""

    def __init__(self, draft: Draft, language: str) -> None:
        self.draft, self.language = draft, language
        self.about: dict[str, list[Question]] = {}
        for question in draft.questions:
            self.about.setdefault(self._subject(question), []).append(question)

    def _subject(self, question: Question) -> str:
        """The item, waiver or reading, '' for the file and `waivers` for clauses left out."""
        code, values = question.code, question.values
        if code in _BY_ITEM:
            return values["id"]
        if code in _BY_READING:
            return values["reading"]
        if code in _BY_TEXT:
            return next(
                (
                    each.id
                    for each in self.draft.waivers
                    if each.spot == question.spot
                    and (values["text"] == each.text or values.get("fact") in _names(each.when))
                ),
                "",
            )
        return (
            "waivers"
            if code.startswith(
                ("clause", "target", "unknown", "backwards", "doubtful", "stray-clause")
            )
            else ""
        )

    def questions(self, about: str = "", indent: str = "") -> Iterator[str]:
        for question in self.about.get(about, []):
            spot = question.spot
            row = pick(WORDS["row"], self.language).format(row=spot.row)
            where = f"{spot.sheet}!{_address(spot)}" if spot.sheet else row
            first, *rest = _comment(
                pick(WORDS["question"], self.language).format(
                    where=where, said=_said(question, self.language)
                ),
                indent,
                WIDTH - 2,
            )
            yield first
            yield from (f"{indent}#   {line.removeprefix(indent)[2:]}" for line in rest)

    def context(self) -> Iterator[str]:
        if not self.draft.facts:
            return
        yield ""
        yield from _comment(pick(WORDS["context"], self.language))
        yield "context:"
        for name, words in self.draft.facts.items():
            yield f"  {scalar(name)}:"
            yield from _text("title", words, "    ")

    def items(self) -> Iterator[str]:
        yield ""
        yield from _comment(pick(WORDS["attested"], self.language))
        yield "items:"
        for number, item in enumerate(self.draft.items):
            if number:
                yield ""
            yield from self._item(item)

    def _item(self, item: DraftItem) -> Iterator[str]:
        for heading in item.before:
            words = pick(WORDS["heading" if heading else "head"], self.language)
            yield from _comment(words.format(text=clean(heading)), "  ")
        yield from self.questions(item.id, "  ")
        yield f"  - id: {scalar(item.id)}"
        if item.section:
            yield from _text("section", item.section, "    ")
        yield from _text("text", item.text, "    ")
        yield f"    need: {item.need}"
        if item.applies_when:
            yield f"    applies_when: {_condition(item.applies_when)}"

    def waivers(self) -> Iterator[str]:
        if unread := list(self.questions("waivers")):
            yield from ["", *unread]
        if not self.draft.waivers:
            return
        yield from ["waivers:"] if unread else ["", "waivers:"]
        for number, waiver in enumerate(self.draft.waivers):
            if number:
                yield ""
            yield from self.questions(waiver.id, "  ")
            yield from _waiver(waiver)

    def readings(self) -> Iterator[str]:
        if not self.draft.readings:
            return
        yield ""
        yield from _comment(pick(WORDS["readings"], self.language))
        yield "readings:"
        for number, reading in enumerate(self.draft.readings):
            if number:
                yield ""
            yield from self.questions(reading.id, "  ")
            yield from _reading(reading)


def _waiver(waiver: DraftWaiver) -> Iterator[str]:
    yield f"  - id: {scalar(waiver.id)}"
    yield from _text("text", waiver.text, "    ")
    yield "    at:"
    for language in LANGUAGES:
        yield f"      {language}: {scalar(at_words(waiver.at, language))}"
    yield f"    when: {_condition(waiver.when)}"
    yield f"    waives: [{', '.join(map(_condition, waiver.waives))}]"


def _reading(reading: DraftReading) -> Iterator[str]:
    yield f"  - id: {scalar(reading.id)}"
    yield "    question:"
    for language in LANGUAGES:
        words = pick(READINGS[reading.kind], language).replace("{text}", _line(reading.text))
        yield f"      {language}: {scalar(words)}"
    yield "    options:"
    for option in reading.options:
        yield f"      - id: {scalar(option.id)}"
        yield "        because:"
        for language in LANGUAGES:
            yield f"          {language}: {scalar(pick(OPTIONS[option.id], language))}"
        if option.change:
            yield "        change:"
        for waiver, (key, value) in option.change.items():
            yield f"          {scalar(waiver)}:"
            shown = f"[{_condition(value)}]" if key == "waives" else _condition(value)
            yield f"            {key}: {shown}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _condition(text: str) -> str:
    """A condition, bare where YAML takes it so; in a list a comma would divide it."""
    bare = re.fullmatch(r"[\w.() -]+", text) and ": " not in text
    return text if bare and not text.startswith(("-", " ")) else scalar(text)


def _text(key: str, text: str, indent: str) -> Iterator[str]:
    """A text under its language; its lines are lines of the file where YAML keeps them so."""
    if _JAPANESE.search(text):
        yield f"{indent}{key}:"
        yield from _value("ja", text, indent + "  ")
    else:
        yield from _value(key, text, indent)


def _value(key: str, text: str, indent: str) -> Iterator[str]:
    lines = text.split("\n")
    block = len(lines) > 1 and all(
        not line or (line.isprintable() and _BLOCK.fullmatch(line)) for line in lines
    )
    if block and lines[0] and lines[-1]:
        yield f"{indent}{key}: |-"
        yield from (f"{indent}  {line}" if line else "" for line in lines)
    else:
        yield f"{indent}{key}: {scalar(text)}"


def _names(condition: str) -> set[str]:
    return set(re.findall(r"[\w.-]+", condition))


def _comment(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    shown = clean(text)
    mark = f"{indent}# "
    return [(mark + shown[start:end]).rstrip() for start, end in breaks(shown, width - len(mark))]
