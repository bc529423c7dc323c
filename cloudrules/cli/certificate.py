"""What `plan --certificate` writes: the certificate of an answer, for `verify` or anyone else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cloudrules.cli.held import Held

if TYPE_CHECKING:
    from cloudrules.cli.planning import Question
    from cloudrules.core.plan import PlanAnswer

STANDARD = "-"


def writable(path: str, service: str, output: str | None, modes: list[str], force: bool) -> Path:
    """Where the certificate goes. Raises BadInput where none can be made of what is asked."""
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.files.output import free

    place = Place("--certificate")
    faults = []
    if modes:
        faults.append(fault("certificate-modes", place, options=", ".join(modes)))
    if service == STANDARD:
        faults.append(fault("certificate-stdin", place))
    if path == STANDARD or (
        output is not None and os.path.realpath(path) == os.path.realpath(output)
    ):
        faults.append(fault("certificate-output", place))
    if faults:
        raise BadInput(faults)
    free(Path(path), force=force)
    return Path(path)


def write(
    path: Path,
    asking: Question,
    answer: PlanAnswer,
    asked: Held,
    given: dict[str, Any],
    *,
    force: bool,
) -> None:
    """Write the certificate of an answer. Raises BadInput.

    `given` are the options as they were given: service, readings, add, remove.
    """
    from cloudrules import __version__
    from cloudrules.core import certificate
    from cloudrules.files.certificate import named
    from cloudrules.files.output import write as put
    from cloudrules.render.json import dumps

    folder = path.parent
    files = {named(each, folder): total for each, total in asked.sums.items()}
    bases = [
        named(base, folder)
        for base in asked.bases
        if any(each.is_relative_to(base) for each in asked.sums)
    ]
    question = certificate.Question(
        named(Path(given["service"]), folder),
        tuple(named(Path(case.rulebook.place.file), folder) for case in asked.cases),
        tuple(bases),
        asked.on,
        tuple(given["readings"]),
        tuple(given["add"]),
        tuple(given["remove"]),
        asking.asked,
    )
    made = certificate.from_answer(
        answer, asked.cases, question, files, asking.solver, asking.clock, __version__
    )
    put(path, dumps(certificate.data(made)), force=force)
