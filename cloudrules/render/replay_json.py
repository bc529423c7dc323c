"""What has changed since an answer was made, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cloudrules.core.receipt import NOTHING

if TYPE_CHECKING:
    from cloudrules.core.receipt import Replay


def replay(found: Replay) -> dict[str, Any]:
    """A value that there is not is left out, so that it is told from null.

    `same` is null where it is not known: then `late` says that time ran out, else the pages of a
    PDF are not those that are made here.
    """
    then, (code, where) = found.then, found.fault
    changes = None if found.answer is None else [_change(each) for each in found.answer]
    return {
        "command": list(then.command),
        "on": str(then.on),
        "same": found.same,
        "program": {"then": then.program, "now": found.program},
        "files": [{"file": name, "change": change} for name, change in found.files],
        "answer": changes,
        "document": found.document,
        "late": found.late,
        "fault": {"code": code, "where": where} if found.answer is None or code else None,
    }


def _change(change: Any) -> dict[str, Any]:
    sides = {"then": change.then, "now": change.now}
    told = {name: value for name, value in sides.items() if value is not NOTHING}
    return {"at": change.at, **told}
