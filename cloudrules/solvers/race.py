"""Solvers at work side by side, each in a process of its own: the first proof ends the others.

A process can be ended at any moment, whatever a library does, so that time limits are kept.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection, wait
from typing import TypeAlias

from cloudrules.core.errors import TooLarge
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
CONTEXT = multiprocessing.get_context(
    "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
)

Message: TypeAlias = Outcome | int | TooLarge  # an int is a bound; Solved, from a clock, a plan


class Race:
    """A solver made of others; `bound` and the best plan are those of all of them together."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.name = "+".join(names)
        self.names = names

    def solve(self, problem: Problem, clock: Clock, below: int | None = None) -> Outcome:
        """See `cloudrules.core.problem.Solver`. Raises TooLarge where none of them is able."""
        running = [_Runner(name, problem, clock.left, below) for name in self.names]
        try:
            return _ended(running, clock, below)
        finally:
            for runner in running:
                runner.end()


def _ended(running: list[_Runner], clock: Clock, below: int | None) -> Outcome:
    best: Solved | None = None
    bound = 0
    unable: TooLarge | None = None
    while True:
        by_end = {runner.connection: runner for runner in running if runner.open}
        if not by_end:
            if unable is not None and best is None:
                raise unable
            return GaveUp(best, bound)
        for end in wait(list(by_end), LOOK if clock.left is None else min(LOOK, clock.left)):
            assert isinstance(end, Connection)
            runner = by_end[end]
            done, message = runner.heard()
            if isinstance(message, TooLarge):
                unable = message
            elif isinstance(message, int):
                bound = max(bound, message)
            elif isinstance(message, GaveUp):
                bound = max(bound, message.bound)
                best = _better(best, message.best)
            elif done and message is not None:
                return message
            elif isinstance(message, Solved):
                best = _better(best, message)
        # What one has found and another has proved are together a proved minimum.
        if best is not None and best.value <= bound:
            return best if below is None or best.value < below else Infeasible()
        try:
            clock.check()
        except OutOfTime:
            return GaveUp(best, bound)


def _better(one: Solved | None, two: Solved | None) -> Solved | None:
    if one is None or two is None:
        return one or two
    return two if two.value < one.value else one


class _Runner:
    """One solver in its process. `open` while it may still be heard of."""

    def __init__(
        self, name: str, problem: Problem, seconds: float | None, below: int | None
    ) -> None:
        self.connection, theirs = CONTEXT.Pipe(duplex=False)
        self.process = CONTEXT.Process(  # type: ignore[attr-defined]
            target=_run, args=(theirs, name, problem, seconds, below), daemon=True
        )
        self.process.start()
        theirs.close()
        self.open = True

    def heard(self) -> tuple[bool, Message | None]:
        """The next message, and whether it is the last; None where there is no more."""
        try:
            done, message = self.connection.recv()
        except EOFError:
            self.open = False
            return True, None
        self.open = not done
        return done, message

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
        self.connection.send((False, best))

    def proved(self, bound: int) -> None:
        if bound > self.bound:
            self.bound = bound
            self.connection.send((False, bound))


def _run(
    connection: Connection, name: str, problem: Problem, seconds: float | None, below: int | None
) -> None:
    from cloudrules.solvers import named

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for this one ends it
    try:
        message: Message = named(name).solve(problem, _Telling(connection, seconds), below)
    except TooLarge as error:
        message = error
    connection.send((True, message))
