"""What is said of a form that was filled in: what was not written, and what was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cloudrules.render.clean import brief, clean
from cloudrules.render.form_lines import finding, places, rows
from cloudrules.render.form_phrases import FIELDS, LEFT_OUT, SERVICE, TOLD
from cloudrules.render.template import scalar
from cloudrules.render.wording import Wording
from cloudrules.render.words import pick

if TYPE_CHECKING:
    from cloudrules.core.form import Filled
    from cloudrules.core.hearing import Read
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.service import Holding, Service

_LONG = 100  # characters of a text that was not written


def told(code: str, values: Mapping[str, str], language: str) -> str:
    """Something that was not written, as one line."""
    shown = {key: brief(value, _LONG) for key, value in values.items() if key != "path"}
    if "field" in shown:
        shown["field"] = pick(FIELDS[shown["field"]], language)
    return pick(TOLD[code], language).format(**{**values, **shown})


def all_told(found: Iterable[tuple[str, dict[str, str]]], language: str) -> Iterator[str]:
    """What was not written, with one line for what is the same but for its cell."""
    alike: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    for code, values in found:
        rest = tuple((key, value) for key, value in values.items() if key != "cell")
        alike.setdefault((code, rest), []).append(values.get("cell", ""))
    for (code, rest), cells in alike.items():
        cell = {"cell": places(cells)} if cells[0] else {}
        yield told(code, {**dict(rest), **cell}, language)


def left(filled: Filled, rows: Collection[str], language: str) -> Iterator[str]:
    """What a form has no row for: items, and things stated."""
    for answer in filled.assessment.items:
        if answer.id not in rows:
            yield told("no-row", {"item": answer.id}, language)
    for each in filled.untold:
        yield told("untold", {"name": each.name}, language)


def apart(items: Collection[str], rulebook: Rulebook, language: str) -> Iterator[str]:
    """The rows that were left as they are because they are of other items."""
    if items:
        yield told("left-rows", {"items": Wording(language).ids(items, rulebook)}, language)


def cut(rows: Mapping[str, Collection[str]], language: str) -> Iterator[str]:
    """The rows in which remarks will be cut on paper, a line for each reason."""
    for code, names in rows.items():
        if names:
            shown = (", " if language == "en" else "、").join(names)
            yield pick(TOLD[code], language).format(rows=clean(shown))


def left_out(service: Service, notes: Mapping[str, Iterable[str]], language: str) -> Iterator[str]:
    """What a service's file holds that is not read again from its form, a line each way.

    `notes` are the names of what is held by a note that says otherwise, by how it does.
    """
    for code, held in notes.items():
        if names := Wording(language).listed(held):
            yield told(code, {"names": names}, language)
    texts = [service.service, service.provider, *(each.note for each in service.holds)]
    several = any(len(set(text.words.values())) > 1 for text in texts if text)
    there = {"efforts": service.efforts, "note": service.note, "languages": several}
    parts = [pick(LEFT_OUT[key], language) for key, value in there.items() if value]
    if parts:
        yield told("left-out", {"parts": Wording(language).listed(parts)}, language)


def taken(read: Read, language: str) -> Iterator[str]:
    """What a form was taken at its word for."""
    if read.claims:
        claimed = (each.reply for each in read.claims)
        yield f"{pick(SERVICE['claims'], language)}: {rows(claimed, language)}"
    if read.left:
        yield f"{pick(SERVICE['left'], language)}: {places(each.cell for each in read.left)}"


def service_file(read: Read, path: str, fields: Mapping[str, str], language: str) -> str:
    """The YAML of the service that a form tells of; each doubt is a comment.

    `fields` are those of the form that no service's file has a place for.
    """
    service = read.service
    lines = [f"# {clean(pick(SERVICE['from'], language).format(path=path))}"]
    lines += [
        f"# {pick(FIELDS[name], language)}: {clean(text)}" for name, text in fields.items() if text
    ]
    if read.doubts:
        lines += ["#", f"# {pick(SERVICE['doubts'], language)}:"]
        lines += [f"#   {clean(finding(each, language))}" for each in read.doubts]
    if read.apart:
        lines += ["#", f"# {pick(SERVICE['apart'], language)}:"]
        lines += [f"#   {clean(finding(each, language))}" for each in read.apart]
    for line in taken(read, language):
        lines += ["#", f"# {line}"]
    lines += [f"service: {scalar(service.service.source)}"]
    if service.provider:
        lines.append(f"provider: {scalar(service.provider.source)}")
    lines += [f"rulebook: {scalar(ref.name)}" for ref in service.rulebook]
    lines += _table("context", {ref.name: value.name for ref, value in service.context.items()})
    lines += ["holds:" if service.holds else "holds: []"]
    lines += map(_holding, service.holds)
    lines += _list("unknown", (ref.name for ref in service.unknown))
    lines += _table("readings", {ref.name: value.name for ref, value in service.readings.items()})
    return "".join(f"{line}\n" for line in lines)


def _holding(holding: Holding) -> str:
    name = scalar(holding.ref.name)
    if holding.until is None and holding.note is None:
        return f"  - {name}"
    parts = [f"{'item' if holding.item else 'evidence'}: {name}"]
    if holding.until:
        parts.append(f"until: {holding.until}")
    if holding.note:
        parts.append(f"note: {_quoted(holding.note.source)}")
    return f"  - {{{', '.join(parts)}}}"


def _quoted(text: str) -> str:
    """A note as it stands in a flow mapping, in which a bare text could end early."""
    found = scalar(text)
    return found if found[:1] in "'\"" else f"'{found}'"


def _table(key: str, values: Mapping[str, str]) -> Iterator[str]:
    if values:
        yield f"{key}:"
        yield from (f"  {scalar(name)}: {scalar(value)}" for name, value in values.items())


def _list(key: str, names: Iterable[str]) -> Iterator[str]:
    found = [f"  - {scalar(name)}" for name in names]
    if found:
        yield from (f"{key}:", *found)
