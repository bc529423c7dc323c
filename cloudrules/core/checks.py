"""One check of a certificate, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError

from cloudrules.core.case import Case
from cloudrules.core.certificate import Certificate
from cloudrules.core.errors import BadInput, TooLarge, Unable
from cloudrules.core.plan import settled
from cloudrules.core.problem import Clock, OutOfTime, Solver
from cloudrules.core.recount import Thing, things
from cloudrules.core.request import Request

PASSED, FAILED, NOT = "passed", "failed", "not checked"


@dataclass(frozen=True)
class Finding:
    """What came of one check. `of` is what it was made of; `because` a key of the words why.

    Among the `values` of those words are names, numbers, and objectives with what they come to.
    """

    check: str
    status: str  # PASSED | FAILED | NOT
    because: str
    of: str = ""
    values: dict[str, object] = field(default_factory=dict)


def passed(check: str, because: str, of: str = "", /, **values: object) -> Finding:
    return Finding(check, PASSED, because, of, values)


def failed(check: str, because: str, of: str = "", /, **values: object) -> Finding:
    return Finding(check, FAILED, because, of, values)


def unchecked(check: str, because: str, of: str = "", /, **values: object) -> Finding:
    return Finding(check, NOT, because, of, values)


@dataclass(frozen=True)
class Asked:
    """What a certificate is checked by: its question, settled as a plan's is.

    `given` are the cases as they were read, `solvers` those that have to come to what is claimed.
    """

    certificate: Certificate
    given: list[Case]
    solvers: list[Solver]
    clock: Clock

    @property
    def request(self) -> Request:
        return self.certificate.question.request

    @cached_property
    def _settled(self) -> tuple[list[Case], tuple[str, ...]]:
        return settled(self.given, every=self.request.robust)

    @property
    def cases(self) -> list[Case]:
        return self._settled[0]

    @property
    def assumed(self) -> tuple[str, ...]:
        return self._settled[1]

    @cached_property
    def held(self) -> frozenset[str]:
        return frozenset(name for case in self.cases for name in case.situation.held)

    @cached_property
    def things(self) -> dict[str, Thing]:
        request = self.request
        return {
            name: thing
            for name, thing in things(self.cases, every=request.robust).items()
            if name not in request.forbid and (not request.only or thing.kind in request.only)
        }


def tried(check: str, run: Callable[[], Finding], of: str = "") -> Finding:
    """A finding, or why there is none."""
    try:
        return run()
    except OutOfTime:
        return unchecked(check, "time", of)
    except TooLarge as error:
        return unchecked(check, "large", of, what=error.what)
    except Unable as error:
        return unchecked(check, "unable", of, what=error.solver)
    except BadInput as error:
        return failed(check, "unreadable", of, what=error.faults[0].code)
    except CycleError:
        return failed(check, "cycle", of)


def listed(taken: frozenset[str]) -> str:
    return ", ".join(sorted(taken)) or "-"
