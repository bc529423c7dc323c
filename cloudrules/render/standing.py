"""Where a clause stands, in words that `core.placing` reads back."""

from __future__ import annotations

from cloudrules.core.draft import Stands
from cloudrules.render.words import Phrases, pick

WORDS: Phrases = {
    "inside": ("{inside}のセル", "inside {inside}"),
    "between": ("{after}と{before}の間の行", "after {after}"),
    "after": ("{after}の後の行", "after {after}"),
    "before": ("{before}の前の行", "before {before}"),
    "nth": ("{at}の第{nth}文", "{at}, sentence {nth}"),
}


def at_words(stands: Stands, language: str) -> str:
    """The words for a place: `after 1.15, sentence 2`."""
    if stands.inside:
        key = "inside"
    elif stands.after and stands.before:
        key = "between"
    else:
        key = "after" if stands.after else "before"
    values = {"inside": stands.inside, "after": stands.after, "before": stands.before}
    at = pick(WORDS[key], language).format(**values)
    return pick(WORDS["nth"], language).format(at=at, nth=stands.nth) if stands.nth else at
