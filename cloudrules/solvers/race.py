"""Solvers at work side by side, each in a process of its own: the first proof ends the others.

A process can be ended at any moment, whatever a library does, so that time limits are kept.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection, wait
from typing import Any

from cloudrules.core.problem import (
    Clock,
    GaveUp,
    Infeasible,
    Outcome,
    OutOfTime,
    Problem,
    Solved,
)

LOOK = 0.02  # seconds between looks at the clock
# A fork shares the problem as it stands; elsewhere it is sent.
_WAYS = multiprocessing.get_all_start_methods()
_CONTEXT: Any = multiprocessing.get_context("fork" if "fork" in _WAYS else "spawn")


class Race:
    """A solver made of others: the bound and the best plan are those of all of them together."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.name = "+".join(names)
        self.names = names

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`. Raises Unable where all of them are."""
        running = [_Runner(name, problem, clock.left, below) for name in self.names]
        course = _Course(below)
        try:
            while course.outcome is None:
                by_end = {runner.connection: runner for runner in running if runner.running}
                if not by_end:
                    return course.abandoned()
                clock.check()
                for end in wait(
                    list(by_end), LOOK if clock.left is None else min(LOOK, clock.left)
                ):
                    assert isinstance(end, Connection)
                    course.heard(by_end[end].message())
        except OutOfTime:
            return GaveUp(course.best, course.bound)
        finally:
            for runner in running:
                runner.end()
        return course.outcome


class _Course:
    """How far the solvers have come together."""

    def __init__(self, below: int | None) -> None:
        self.below = below
        self.best: Solved | None = None
        self.bound = 0
        self.outcome: Outcome | None = None
        self.failure: Exception | None = None

    def heard(self, message: object) -> None:
        """An outcome, a plan or a bound on the way, or the exception that a solver ended with."""
        if isinstance(message, _Final):
            self.outcome = message.outcome
        elif isinstance(message, Solved):
            if self.best is None or message.value < self.best.value:
                self.best = message
        elif isinstance(message, int):
            self.bound = max(self.bound, message)
        elif isinstance(message, Exception):
            self.failure = message
        # What one has found and another has proved are together a proved minimum.
        if self.outcome is None and self.best is not None and self.best.value <= self.bound:
            good = self.below is None or self.best.value < self.below
            self.outcome = self.best if good else Infeasible()

    def abandoned(self) -> Outcome:
        """What is left where every solver has given up."""
        if self.failure is not None and self.best is None:
            raise self.failure
        return GaveUp(self.best, self.bound)


class _Final:
    """A proof, as the last that a solver says."""

    def __init__(self, outcome: Solved | Infeasible) -> None:
        self.outcome = outcome


class _Runner:
    """One solver in its process. `running` while it may still be heard of."""

    def __init__(
        self, name: str, problem: Problem, seconds: float | None, below: int | None
    ) -> None:
        self.connection, theirs = _CONTEXT.Pipe(duplex=False)
        self.process = _CONTEXT.Process(
            target=_run, args=(theirs, name, problem, seconds, below), daemon=True
        )
        self.process.start()
        theirs.close()
        self.running = True

    def message(self) -> object:
        """What it says next; None where there is no more."""
        try:
            return self.connection.recv()
        except EOFError:
            self.running = False
            return None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


class _Telling(Clock):
    """A clock that sends on what a solver has reached, and is up once nobody listens."""

    def __init__(self, connection: Connection, seconds: float | None) -> None:
        super().__init__(seconds)
        self.connection = connection
        self.parent = os.getppid()
        self.bound = 0

    def check(self) -> None:
        super().check()
        if os.getppid() != self.parent:
            raise OutOfTime

    def found(self, best: Solved) -> None:
        self.connection.send(best)

    def proved(self, bound: int) -> None:
        if bound > self.bound:
            self.bound = bound
            self.connection.send(bound)


def _run(
    connection: Connection, name: str, problem: Problem, seconds: float | None, below: int | None
) -> None:
    from cloudrules.solvers import made

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for this one ends it
    clock = _Telling(connection, seconds)
    try:
        outcome = made(name).solve(problem, clock, below)
    except Exception as error:
        connection.send(error)
        return
    if not isinstance(outcome, GaveUp):
        connection.send(_Final(outcome))
        return
    clock.proved(outcome.bound)
    if outcome.best is not None:
        clock.found(outcome.best)
