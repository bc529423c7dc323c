"""The words of English clauses: how they begin, join, release and end."""

from __future__ import annotations

import re

from cloudrules.core.mentions import figures

_IF = r"(?:where|if|when|once|provided(?: that)?|in case|in the event that|as long as|so long as)"
_RELEASED = (
    r"(?:not (?:be )?(?:necessary|required|needed|applicable|mandatory)|unnecessary|exempt(?:ed)?"
    r"|waived|inapplicable|n/a)"
)
_VERB = (
    rf"(?:(?:is|are|shall be|will be|becomes?) {_RELEASED}"
    r"|need not be (?:met|satisfied|fulfilled|answered|completed)"
    r"|(?:does|do|shall|will) not (?:apply|need to be (?:met|satisfied|fulfilled|answered))"
    r"|(?:may|can) be (?:omitted|skipped|waived))"
)
_OPENING = r"(?:(?:however|also|in addition|note)[,:] )?"
NOUN = r"(?:requirements?|items?|rows?|questions?|conditions?|controls?)"

# A condition and what it releases, in either order; the first comma between them is not known.
AHEAD = re.compile(rf"{_OPENING}{_IF} (?P<rest>.+?) {_VERB}", re.IGNORECASE)
BEHIND = re.compile(rf"{_OPENING}(?P<target>.+?) {_VERB},? {_IF} (?P<when>.+)", re.IGNORECASE)
ALONE = re.compile(rf"{_OPENING}(?:{_RELEASED}) {_IF} (?P<when>.+)", re.IGNORECASE)
CONDITIONAL = re.compile(
    r"(?:where|if|in case|in the event that) (?P<rest>.+)", re.IGNORECASE | re.DOTALL
)

BELOW = re.compile(
    rf"(?:all (?:of )?)?(?:the )?(?:(?:requirements|items|rows|questions|conditions|controls)"
    r" (?:below|(?:that|which) follow|from here on|listed below)"
    rf"|following {NOUN}|{NOUN} as follows)",
    re.IGNORECASE,
)
NEXT = re.compile(
    r"the (?:next|following) (?:requirement|item|row|question|condition|control)"
    r"|the (?:requirement|item|row|question|condition|control) below",
    re.IGNORECASE,
)
OWN = re.compile(rf"(?:this|the present) {NOUN}|it|this", re.IGNORECASE)
ONWARDS = re.compile(r" (?:onwards?|and (?:onwards?|all that follow|those that follow))")
LISTED = re.compile(rf"(?:all (?:of )?)?(?:the )?(?:{NOUN} )?(?:nos?\. ?)?", re.IGNORECASE)
RANGE = re.compile(r" ?(?:to|through|thru|[-‐‑–—~〜]) ?", re.IGNORECASE)
JOINT = re.compile(r"(?P<comma>,)? ?(?:(?P<or>or)|(?P<and>and|&))? ?", re.IGNORECASE)

# What a list in a condition begins with: how many of it are meant
COUNT = re.compile(
    r"(?:(?P<any>(?:(?:at least )?(?:one|1)|any(?: one)?|either)(?: or more)?)"
    r"|(?P<all>all|both|each|every one)"
    r"|(?:at least )?(?P<some>two|three|four|[2-9])(?: or more)?)(?: of)? ",
    re.IGNORECASE,
)
_NUMERALS = {"two": 2, "three": 3, "four": 4}
# One of it: `registration with ISMAP under 1.1`, `the certification of 1.6`, `requirement 1.6`
ELEMENT = re.compile(
    r"(?:the )?(?:(?P<called>registrations?|certifications?|certificates?|listings?)|"
    rf"{NOUN}|nos?\.)? ?(?:(?:with|by|to|as) (?P<name>[^,]{{1,60}}?) )?"
    r"(?:(?:under|of|in|for|with) )?(?:(?:requirement|item|no\.) )?",
    re.IGNORECASE,
)
HELD = re.compile(
    r",? (?:(?:is|are|has|have)(?P<no> not)?(?: both| all| each)?(?: been)? )"
    r"(?:met|satisfied|fulfilled|in place|held|obtained|complied with|achieved|valid)"
    r"(?=$|,| and | or )",
    re.IGNORECASE,
)
ACTIVE = re.compile(
    r"(?:the service|it|you) (?:meets?|satisf(?:y|ies)|fulfils?|fulfills?) ", re.IGNORECASE
)

_ABBREVIATED = re.compile(r"\b(?:nos?|e\.g|i\.e|cf|art|sec|vs|approx|incl)\.$", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9(\"'“•*※-])|(?<=[.!?])[)\"”]\s+|\n+(?=\s*[•*※(-])")
_ONLY = re.compile(
    r"\b(?:only|appl(?:ies|y|icable)) (?:\w+ ){0,3}?(?:if|where|when|for) (?P<rest>.+)"
    r"|\((?:if|where|when) (?P<bracketed>[^()]+)\)",
    re.IGNORECASE,
)
_LIMITS = re.compile(r"\b(?:however|except|unless|this does not apply|excluding)\b", re.IGNORECASE)
_MARK = re.compile(r"(?:[•*※-]+|\(?(?:note)?\s*\d{0,2}[):]|note\b:?)\s*", re.IGNORECASE)
DEICTIC = re.compile(
    r"(?:so|not|it|this|that|these|those|such|any|none|the above)\b", re.IGNORECASE
)


def spaced(sentence: str) -> str:
    """What is compared: half width, single spaces, no mark before it and no stop after."""
    said = re.sub(r"\s+", " ", figures(sentence)).strip().replace(" ,", ",")
    while len(said) > 1 and said[0] == "(" and said.rstrip(".")[-1:] == ")":
        said = said[1:].rstrip(".)").strip()
    mark = _MARK.match(said)
    return (said[mark.end() :] if mark else said).rstrip(".; ")


def sentences(text: str) -> list[str]:
    """The sentences of a cell, verbatim."""
    found: list[str] = []
    start = 0
    for each in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(0, each.start() - 8) : each.start()]):
            found.append(text[start : each.end()].strip())
            start = each.end()
    return [each for each in [*found, text[start:].strip()] if each]


def limits(sentence: str) -> bool:
    """Whether a sentence says something of the one before it."""
    return bool(_LIMITS.search(sentence))


def releases(sentence: str) -> bool:
    """Whether a sentence is built as one is that releases items."""
    said = spaced(sentence)
    return any(shape.fullmatch(said) for shape in (AHEAD, BEHIND, ALONE))


def many(count: re.Match[str] | None) -> int | None:
    """How many of a list are meant: 0 for all, None where nothing is said."""
    if count is None:
        return None
    if some := count["some"]:
        return _NUMERALS.get(some.lower()) or int(some)
    return 1 if count["any"] else 0


def condition_of(sentence: str) -> str:
    """The condition that a sentence begins with, or that it applies only under; else ''."""
    said = spaced(sentence)
    if found := CONDITIONAL.fullmatch(said):
        return re.split(r"[:,] ", found["rest"], maxsplit=1)[0]
    only = _ONLY.search(said)
    return (only["rest"] or only["bracketed"]) if only else ""
