"""Rows of a form and what is found of them, in few lines: what is alike is told together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cloudrules.render.clean import brief, clean
from cloudrules.render.form_phrases import FINDING, FINDINGS
from cloudrules.render.wording import Wording
from cloudrules.render.words import TERMS, pick

if TYPE_CHECKING:
    from cloudrules.core.reply import Finding, Reply
    from cloudrules.core.rulebook import Rulebook

_CELL = re.compile(r"(.*)!([A-Z]+)([0-9]+)", re.DOTALL)


def finding(each: Finding, language: str) -> str:
    """A finding with its cell first: `Sheet1!E14: item 1.9 says ...`."""
    line = pick(FINDING["line"], language).format(item=each.item, said=_said(each, language))
    return f"{clean(each.cell)}: {line}" if each.cell else line


def findings(found: Iterable[Finding], rulebook: Rulebook, language: str) -> Iterator[str]:
    """Findings, those of several rows that say the same in one line."""
    alike: dict[Finding, list[Finding]] = {}
    for each in found:
        alike.setdefault(replace(each, item="", cell=""), []).append(each)
    for each, same in alike.items():
        if len(same) == 1:
            yield finding(same[0], language)
            continue
        items = Wording(language).ids((one.item for one in same), rulebook)
        line = pick(FINDING["lines"], language).format(items=items, said=_said(each, language))
        cells = places(one.cell for one in same if one.cell)
        yield f"{cells}: {line}" if cells else line


def _said(each: Finding, language: str) -> str:
    values = {"answer": brief(each.answer), "name": each.name, "until": each.until or ""}
    values |= {"said": brief(each.said), "other": clean(each.other)}
    values["own"] = brief(each.own)
    values["value"] = values["other"] or pick(FINDING["unknown"], language)
    values["near"] = pick(FINDING["near"], language).format(near=each.near) if each.near else ""
    if each.name in TERMS:
        values["status"] = pick(TERMS[each.name], language)
    if not each.until:
        values["until"] = pick(FINDING["always"], language)
    return pick(FINDINGS[each.code], language).format(**values)


def places(cells: Iterable[str]) -> str:
    """Cells, those below one another as `Sheet1!E8:E13`; a sheet is named where it changes."""
    runs: list[tuple[str, str, int, int]] = []
    for cell in cells:
        found = _CELL.fullmatch(cell)
        if not found:
            runs.append((cell, "", 0, 0))
            continue
        sheet, column, row = found[1], found[2], int(found[3])
        if runs and runs[-1][:2] == (sheet, column) and runs[-1][3] + 1 == row:
            runs[-1] = (*runs[-1][:3], row)
        else:
            runs.append((sheet, column, row, row))
    told: list[str] = []
    before = ""
    for sheet, column, first, last in runs:
        spot = f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"
        told.append(clean(sheet if not column else spot if sheet == before else f"{sheet}!{spot}"))
        before = sheet if column else ""
    return ", ".join(told)


def rows(replies: Iterable[Reply], language: str) -> str:
    """Items, each with the cell of its answer."""
    return Wording(language).listed(f"{each.item} ({clean(each.cell)})" for each in replies)
