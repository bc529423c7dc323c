"""Certificates: the names that they give files, and their JSON read within bounds.

A certificate may come from anyone. What is not exactly of its form is refused where it stands.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NoReturn, TypeVar

from cloudrules.core import figures, seal
from cloudrules.core.certificate import (
    FIGURES,
    FORM,
    MAKERS,
    SHIPPED,
    STATUSES,
    Certificate,
    Claim,
    Claimed,
    MustHave,
    Proof,
    Question,
    data,
)
from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.plan import Values
from cloudrules.core.request import Request
from cloudrules.core.service import KINDS, OBJECTIVES
from cloudrules.files.library import read_bytes, shipped

LARGEST = 8 * 2**20  # bytes
DIGITS = 40  # of a number
DEEPEST = 8  # lists and objects inside one another
_MARKS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
SOLVERS = ("auto", *MAKERS["auto"])


def named(path: Path, folder: Path) -> str:
    """How a certificate in a folder names a file.

    The links of folders are followed, that of a file is not: a rulebook finds others beside it.
    """
    whole, base = path.parent.resolve() / path.name, shipped().resolve()
    if whole.is_relative_to(base):
        return SHIPPED + whole.relative_to(base).as_posix()
    return Path(os.path.relpath(whole, folder.resolve())).as_posix()


def found(name: str, folder: Path) -> Path | None:
    """The file or folder of that name; None where no certificate names one so."""
    inside = name.removeprefix(SHIPPED)
    path, other = PurePosixPath(inside), PureWindowsPath(inside)
    if not inside or "\0" in inside or path.is_absolute() or other.drive or other.root:
        return None
    if inside == name:
        return folder.resolve() / path
    return None if ".." in path.parts else shipped().resolve() / path


def total(name: str, folder: Path) -> str:
    """The SHA-256 of a file as it is now; '' where there is none that can be read."""
    path = found(name, folder)
    if path is None or not os.path.isfile(path):  # nothing that has no end
        return ""
    try:
        return seal.of_bytes(read_bytes(path))
    except BadInput:
        return ""


def read(path: Path) -> tuple[Certificate, bool]:
    """A certificate, and whether its seal is that of what it says. Raises BadInput."""
    text = read_bytes(path, LARGEST)
    place = Place(str(path))
    if len(text) > LARGEST:
        raise BadInput([fault("file-large", place, most=f"{LARGEST // 2**20} MiB")])
    told = tree(text, str(path))
    form = told.get("certificate") if isinstance(told, dict) else None
    if type(form) is int and form != FORM:
        raise BadInput([fault("certificate-form", place, found=form, known=FORM)])
    try:
        certificate = _certificate(_Part(told, ""))
    except _Odd as odd:
        raise BadInput([fault("certificate-shape", place, at=str(odd) or ".")]) from None
    return certificate, data(certificate)["seal"] == told["seal"]


class _Odd(Exception):
    """Something that no certificate has; told by the path of keys to it."""


def tree(
    text: bytes,
    file: str,
    deepest: int = DEEPEST,
    figures: Callable[[str], float | str] | None = None,
) -> Any:
    """JSON of which nothing is lost and nothing overflows. Raises BadInput.

    `figures` reads a number that is not whole, where there may be such.
    """

    def refuse(said: str, line: int = 1) -> NoReturn:
        raise BadInput([fault("certificate-json", Place(file, line), said=said)])

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) < len(pairs):
            refuse("duplicate key")
        return told

    def whole(digits: str) -> int:
        return int(digits) if len(digits) <= DIGITS else refuse("number too long")

    try:
        said = text.decode("utf-8")
        if _depth(said) > deepest:
            refuse("nested too deep")
        return json.loads(
            said,
            object_pairs_hook=once,
            parse_int=whole,
            parse_float=figures or (lambda _: refuse("not a whole number")),
            parse_constant=lambda _: refuse("not a whole number"),
        )
    except json.JSONDecodeError as error:
        refuse(error.msg, error.lineno)
    except UnicodeDecodeError:
        refuse("not UTF-8")


def _depth(text: str) -> int:
    """How many lists and objects stand inside one another, at most."""
    depth = most = 0
    for mark in _MARKS.findall(text):
        if mark in "[{":
            depth += 1
            most = max(most, depth)
        elif mark in "]}":
            depth -= 1
    return most


T = TypeVar("T")


class _Part:
    """A value of the tree, read as what it has to be. Every method raises _Odd."""

    def __init__(self, value: Any, at: str) -> None:
        self.value, self.at = value, at

    def of(self, kind: type[T]) -> T:
        if type(self.value) is not kind:  # a truth value is no number
            raise _Odd(self.at)
        return self.value

    def keys(self, *wanted: str) -> list[_Part]:
        """The values of an object with exactly these keys."""
        given: dict[str, Any] = self.of(dict)
        for key in (*wanted, *given):
            if key not in given or key not in wanted:
                raise _Odd(f"{self.at}.{key}".lstrip("."))
        return [_Part(given[key], f"{self.at}.{key}".lstrip(".")) for key in wanted]

    def parts(self) -> list[_Part]:
        listed: list[Any] = self.of(list)
        return [_Part(each, f"{self.at}[{at}]") for at, each in enumerate(listed)]

    def text(self, *words: str) -> str:
        text = self.of(str)
        if words and text not in words:
            raise _Odd(self.at)
        return text

    def texts(self, *words: str) -> tuple[str, ...]:
        """Texts, each once."""
        told = tuple(part.text(*words) for part in self.parts())
        if len(set(told)) < len(told):
            raise _Odd(self.at)
        return told

    def number(self) -> int:
        number = self.of(int)
        if number < 0:
            raise _Odd(self.at)
        return number

    def most(self) -> int | None:
        return None if self.value is None else self.number()

    def values(self) -> Values:
        pairs = [part.parts() for part in self.parts()]
        if any(len(pair) != 2 for pair in pairs):
            raise _Odd(self.at)
        return tuple((name.text(*OBJECTIVES), number.number()) for name, number in pairs)

    def table(self) -> dict[str, _Part]:
        given: dict[str, Any] = self.of(dict)
        return {key: _Part(value, f"{self.at}.{key}") for key, value in given.items()}

    def sums(self) -> dict[str, str]:
        table = self.table()
        for part in table.values():
            if not re.fullmatch("[0-9a-f]{64}", part.text()):
                raise _Odd(part.at)
        return {key: part.text() for key, part in table.items()}


def _certificate(tree: _Part) -> Certificate:
    form, program, question, files, circuits, claim, plan, proof, solver, makers, _ = tree.keys(
        *("certificate", "cloudrules", "question", "files", "circuits", "claim", "plan", "proof"),
        *("solver", "makers", "seal"),
    )
    if form.number() != FORM:
        raise _Odd("certificate")
    status, objective, bound, assumed = claim.keys("status", "objective", "bound", "assumed")
    first, cores, proved = proof.keys("objective", "cores", "proved")
    return Certificate(
        program.text(),
        _question(question),
        files.sums(),
        circuits.sums(),
        Claim(status.text(*STATUSES), objective.values(), bound.values(), assumed.texts()),
        None if plan.value is None else _plan(plan),
        Proof(
            first.text(*OBJECTIVES),
            tuple(_must_have(core) for core in cores.parts()),
            proved.number(),
        ),
        solver.text(*SOLVERS),
        makers.texts(*SOLVERS),
    )


def _question(part: _Part) -> Question:
    service, rulebooks, bases, on, readings, add, remove, *limits = part.keys(
        *("service", "rulebooks", "knowledge_bases", "on", "readings", "add", "remove"),
        *("minimize", "forbid", "require", "only", "budget", "deadline", "robust"),
    )
    minimize, forbid, require, only, budget, deadline, robust = limits
    day = figures.day(on.text())
    if day is None:
        raise _Odd(on.at)
    for needed in (minimize, rulebooks):
        if not needed.texts():
            raise _Odd(needed.at)
    request = Request(
        minimize.texts(*OBJECTIVES),
        forbid.texts(),
        require.texts(),
        only.texts(*KINDS),
        budget.most(),
        deadline.most(),
        robust.of(bool),
    )
    return Question(
        service.text(),
        rulebooks.texts(),
        bases.texts(),
        day,
        readings.texts(),
        add.texts(),
        remove.texts(),
        request,
    )


def _plan(part: _Part) -> Claimed:
    acquire, *numbers, finishes = part.keys("acquire", *FIGURES, "finishes")
    stated: Mapping[str, int] = {
        name: number.number() for name, number in zip(FIGURES, numbers, strict=True)
    }
    ends = {name: month.number() for name, month in finishes.table().items()}
    return Claimed(acquire.texts(), **stated, finishes=ends)


def _must_have(part: _Part) -> MustHave:
    any_of, price = part.keys("any_of", "price")
    return MustHave(any_of.texts(), price.number())
