"""What is said of a form: what was not written, and what is wrong with its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cloudrules.core.expression import Name, leaves
from cloudrules.render.clean import brief, clean
from cloudrules.render.form_phrases import FIELDS, FINDING, FINDINGS, LEFT_OUT, SERVICE, TOLD
from cloudrules.render.template import scalar
from cloudrules.render.wording import Wording
from cloudrules.render.words import TERMS, pick

if TYPE_CHECKING:
    from cloudrules.core.follow import Checked
    from cloudrules.core.form import Filled
    from cloudrules.core.reply import Finding, Read, Reply
    from cloudrules.core.rulebook import Rulebook
    from cloudrules.core.service import Holding, Service

_LONG = 100  # characters of a text that was not written


def told(code: str, values: Mapping[str, str], language: str) -> str:
    """Something that was not written, as one line."""
    shown = {key: brief(value, _LONG) for key, value in values.items() if key != "path"}
    if "field" in shown:
        shown["field"] = pick(FIELDS[shown["field"]], language)
    return pick(TOLD[code], language).format(**{**values, **shown})


def left(filled: Filled, rows: Collection[str], language: str) -> Iterator[str]:
    """What a form has no row for: items, and things stated."""
    for answer in filled.assessment.items:
        if answer.id not in rows:
            yield told("no-row", {"item": answer.id}, language)
    for each in filled.untold:
        yield told("untold", {"name": each.name}, language)


def left_out(service: Service, not_held: Iterable[str], language: str) -> Iterator[str]:
    """What a service's file holds that is not read again from its form, a line each way."""
    if names := Wording(language).listed(not_held):
        yield told("not-held", {"names": names}, language)
    texts = [service.service, service.provider, *(each.note for each in service.holds)]
    several = any(len(set(text.words.values())) > 1 for text in texts if text)
    there = {"efforts": service.efforts, "note": service.note, "languages": several}
    parts = [pick(LEFT_OUT[key], language) for key, value in there.items() if value]
    if parts:
        yield told("left-out", {"parts": Wording(language).listed(parts)}, language)


def finding(each: Finding, language: str) -> str:
    """A finding with its cell first: `Sheet1!E14: item 1.9 says ...`."""
    values = {"answer": brief(each.answer), "name": each.name, "until": each.until or ""}
    if each.name in TERMS:
        values["status"] = pick(TERMS[each.name], language)
    if not each.until:
        values["until"] = pick(FINDING["always"], language)
    said = pick(FINDINGS[each.code], language).format(**values)
    line = pick(FINDING["line"], language).format(item=each.item, said=said)
    return f"{clean(each.cell)}: {line}" if each.cell else line


def check_text(path: str, checked: Checked, replies: int, language: str) -> str:
    """The findings and the verdict."""
    lines = [f"{clean(path)}: {finding(each, language)}" for each in checked.findings]
    numbers = {"items": str(replies), "findings": str(len(checked.findings))}
    lines.append(told("checked", numbers, language))
    lines += _claims(checked, language)
    lines.append(told("verdict", {"verdict": _verdict(checked, language)}, language))
    return "".join(f"{line}\n" for line in lines)


def _verdict(checked: Checked, language: str) -> str:
    grounds = checked.grounds
    if grounds.verdict != "claimed":
        return pick(TERMS[grounds.verdict], language)
    said = Wording(language)
    rulebook = checked.assessment.rulebook
    return pick(TOLD["claimed"], language).format(claims=said.ids(grounds.rests_on, rulebook))


def _claims(checked: Checked, language: str) -> Iterator[str]:
    """What is claimed without evidence, and the exemptions that rest on it."""
    grounds, rulebook = checked.grounds, checked.assessment.rulebook
    if not grounds.claims:
        return
    said = Wording(language)
    yield pick(TOLD["claims"], language).format(claims=rows(grounds.claims, language))
    if grounds.exempt:
        items = said.ids(grounds.exempt, rulebook)
        yield pick(TOLD["claims-exempt"], language).format(items=items)
    example = next(filter(None, (_evidence(rulebook, each.item) for each in grounds.claims)), "")
    if example:
        yield pick(TOLD["claims-mend"], language).format(example=example)


def rows(replies: Iterable[Reply], language: str) -> str:
    """Items, each with the cell of its answer."""
    return Wording(language).listed(f"{each.item} ({clean(each.cell)})" for each in replies)


def _evidence(rulebook: Rulebook, item: str) -> str:
    """The first evidence that meets an item."""
    met_by = rulebook.items[item].met_by
    found = (leaf.name for leaf in leaves(met_by) if isinstance(leaf, Name)) if met_by else ()
    return next((name for name in found if name in rulebook.evidence), "")


def check_json(service: str, checked: Checked, language: str) -> dict[str, object]:
    assessment, grounds = checked.assessment, checked.grounds
    return {
        "service": service,
        "rulebook": assessment.rulebook.id,
        "readings": assessment.situation.readings,
        "on": assessment.situation.on.isoformat(),
        "compliant": None if grounds.verdict == "claimed" else assessment.compliant,
        "verdict": grounds.verdict,
        "rests_on": list(grounds.rests_on),
        "claims": [_claim_json(each) for each in grounds.claims],
        "exempt_by_claims": [
            {"item": item, "claims": list(claims)} for item, claims in grounds.exempt.items()
        ],
        "attested": list(grounds.attested),
        "findings": [_finding_json(each, language) for each in checked.findings],
    }


def _claim_json(each: Reply) -> dict[str, object]:
    return {"item": each.item, **_cell(each.cell), "answer": each.answer, "remark": each.note}


def _finding_json(each: Finding, language: str) -> dict[str, object]:
    found: dict[str, object] = {"code": each.code, "item": each.item}
    found |= {**_cell(each.cell), "answer": each.answer}
    return {**found, "message": finding(each, language)}


def _cell(said: str) -> dict[str, object]:
    sheet, _, cell = said.rpartition("!")
    return {"sheet": sheet or None, "cell": cell or None}


def taken(read: Read, language: str) -> Iterator[str]:
    """What a form was taken at its word for."""
    if read.claims:
        yield f"{pick(SERVICE['claims'], language)}: {rows(read.claims, language)}"


def service_file(read: Read, path: str, language: str) -> str:
    """The YAML of the service that a form tells of; each doubt is a comment."""
    service = read.service
    lines = [f"# {clean(pick(SERVICE['from'], language).format(path=path))}"]
    if read.doubts:
        lines += ["#", f"# {pick(SERVICE['doubts'], language)}:"]
        lines += [f"#   {clean(finding(each, language))}" for each in read.doubts]
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
