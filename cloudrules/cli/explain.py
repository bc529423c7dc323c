"""cloudrules explain SERVICE ITEM: why one item is exempt, met or owed."""

from __future__ import annotations

from typing import Any

import click

from cloudrules.cli.common import FORMAT, LANG, LIMIT, options, positive, show
from cloudrules.cli.held import HELD, held
from cloudrules.cli.words import Command, language


@click.command("explain", cls=Command)
@click.argument("service")
@click.argument("item")
@options(FORMAT, LANG, LIMIT, HELD)
def command(service: str, item: str, form: str, limit: str, **given: Any) -> int:
    from cloudrules.core import explanation
    from cloudrules.core.entry import normal
    from cloudrules.core.errors import BadInput, Place, fault, nearest
    from cloudrules.core.implicants import LIMIT
    from cloudrules.render import json

    asked = held(service, **given)
    case = asked.only()
    assessed = case.assessed()
    name = normal(item)
    known = [each.id for each in assessed.items]
    if name not in known:
        near = nearest(name, known)
        raise BadInput([fault("option-unknown-item", Place("ITEM"), id=name, near=near)])
    most = positive("--limit", limit)
    answer = explanation.from_assessment(
        case.circuit, assessed, name, LIMIT if most is None else most
    )
    tongue, head = language(), asked.head
    show(
        form,
        lambda: json.explain(answer, head),
        lambda to, s: to.explanation(answer, head, tongue, **s),
        receipt=asked.receipt,
    )
    return 0
