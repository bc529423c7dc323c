"""Two versions of a text as one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cloudrules.render import rewording
from cloudrules.render.blocks import Line

TEXTS = st.text(alphabet="ab1. 国内、保存", max_size=15)  # so short that nothing is left out


def told(old: str | None, new: str | None) -> str:
    return "".join(span.text for span in rewording.line(old, new))


def side(line: Line, tone: str) -> str:
    """What one version says, by the tones."""
    return "".join(
        span.text if span.tone == "plain" else span.text[2:-2]
        for span in line
        if span.tone in ("plain", tone)
    )


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read(old: str, new: str) -> None:
    line = rewording.line(old, new)
    assert side(line, "bad") == old
    assert side(line, "good") == new


def test_words_change_as_a_whole_and_characters_where_there_are_no_spaces() -> None:
    assert told("kept for a year", "kept for two years") == "kept for [-a year-]{+two years+}"
    assert told("国内に保管", "国外に保管") == "国[-内-]{+外+}に保管"
    assert told("1.1 or 1.10", "1.1 or 1.11") == "1.1 or [-1.10-]{+1.11+}"


def test_what_is_only_there_is_told_whole() -> None:
    assert told(None, "x and y") == "{+x and y+}"
    assert told("x", None) == "[-x-]"


def test_long_stretches_that_stay_are_cut() -> None:
    long = "これは変わらない長い文の一部で、要件の前と後にある。" * 3
    line = told(f"{long}古い{long}", f"{long}新しい{long}")
    assert "[-古-]{+新し+}い" in line
    assert len(line) < 60


def test_texts_too_long_to_compare_are_shown_both() -> None:
    old, new = "古" * 3000, "新" * 3000
    assert told(old, new) == f"[-{old}-]{{+{new}+}}"
