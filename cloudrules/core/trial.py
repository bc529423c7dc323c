"""Which limits and items can hold together: every question is answered by the search for a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from cloudrules.core.case import Case
from cloudrules.core.gates import simulate
from cloudrules.core.planner import Planner
from cloudrules.core.problem import GaveUp, Outcome, OutOfTime

T = TypeVar("T")
BANS = ("forbid", "only", "unlike")  # kinds of limits that keep choices from being taken
CHECKS = 25  # searches for each entry of a list, after which it is cut


@dataclass(frozen=True)
class Part:
    """A limit of the user's, or an item that must be in order.

    `kind`: forbid, require, only, budget, deadline; `unlike`: nothing of the kind `name` is
    acquired, one of the parts of an `only`; `item`: of the case at place `at`.
    """

    kind: str
    name: str = ""
    at: int = 0


class Trials:
    """Plans that keep some of the parts. The formulas are made once, for all choices there are."""

    def __init__(self, planner: Planner) -> None:
        self.asked = planner.request
        free = replace(planner.request, forbid=(), require=(), only=(), budget=None, deadline=None)
        self.planner = Planner(
            planner.cases,
            free,
            planner.solver,
            planner.clock,
            planner.formulas,
            list(planner.worlds),
        )
        self.free = free
        self.items = [
            Part("item", name[1], at)
            for at, case in enumerate(planner.cases)
            for name in case.circuit.named
            if name[0] == "missing"
        ]

    @property
    def limits(self) -> list[Part]:
        asked = self.asked
        return [
            *(Part("forbid", name) for name in asked.forbid),
            *(Part("require", name) for name in asked.require),
            *([Part("only")] if asked.only else []),
            *([Part("budget")] if asked.budget is not None else []),
            *([Part("deadline")] if asked.deadline is not None else []),
        ]

    def words(self, part: Part) -> str:
        """A limit as `Request.limits` names it."""
        if part.kind == "only":
            return f"only {', '.join(self.asked.only)}"
        if part.kind in ("budget", "deadline"):
            return f"{part.kind} {getattr(self.asked, part.kind)}"
        return f"{part.kind} {part.name}"

    def best(
        self,
        parts: Iterable[Part],
        objectives: tuple[str, ...],
        budget: int | None = None,
        deadline: int | None = None,
    ) -> Outcome:
        """The least plan that keeps these parts; `budget` and `deadline` in place of those asked.

        Raises OutOfTime.
        """
        outcome = self._keeping(parts, budget, deadline).best(objectives)
        if isinstance(outcome, GaveUp):
            raise OutOfTime
        return outcome

    def _keeping(
        self, parts: Iterable[Part], budget: int | None = None, deadline: int | None = None
    ) -> Planner:
        parts, planner = list(parts), self.planner
        kinds = {part.kind for part in parts}
        planner.items = frozenset((part.at, part.name) for part in parts if part.kind == "item")
        planner.request = replace(
            self.free,
            require=tuple(part.name for part in parts if part.kind == "require"),
            budget=self.asked.budget if budget is None and "budget" in kinds else budget,
            deadline=self.asked.deadline if deadline is None and "deadline" in kinds else deadline,
        )
        bans = [part for part in parts if part.kind in BANS]
        planner.blocked = [
            planner.formulas.leave(name)
            for name in planner.choices
            if any(self._bans(part, name) for part in bans)
        ]
        return planner

    def _bans(self, part: Part, name: str) -> bool:
        if part.kind == "forbid":
            return part.name == name
        kind = self.planner.choices[name].kind
        if part.kind == "only":
            return kind not in self.asked.only
        return part.kind == "unlike" and part.name == kind

    def plan(self, parts: Sequence[Part]) -> frozenset[str] | None:
        """What some plan takes that keeps these parts; None: there is none. Raises OutOfTime."""
        return self._keeping(parts).some()

    def kept(self, taken: frozenset[str], parts: Sequence[Part]) -> int:
        """Which of the parts a plan keeps, a bit for each."""
        planner, asked = self.planner, self.asked
        missing = {
            (at, item)
            for at, case in enumerate(planner.afters(taken))
            for item in self._missing(at, case)
        }
        chosen = [planner.choices[name] for name in taken]
        known = {
            "budget": lambda part: sum(each.cost for each in chosen) <= (asked.budget or 0),
            "deadline": lambda part: planner.months(taken) <= (asked.deadline or 0),
            "require": lambda part: part.name in planner.held | taken,
            "item": lambda part: (part.at, part.name) not in missing,
        }
        found = 0
        for at, part in enumerate(parts):
            if part.kind in known:
                keeps = known[part.kind](part)
            else:
                keeps = not any(self._bans(part, name) for name in taken)
            found |= keeps << at
        return found

    def may_release(self, at: int, waiver: str, item: str) -> bool:
        """Whether a waiver releases an item, as read, with some of all that there is to acquire."""
        case, planner = self.planner.cases[at], self.planner
        name = ("releases", waiver, item)
        if name not in case.circuit.named:
            return False
        return planner.certain(at, case.situation.readings, name) != planner.formulas.FALSE

    def met_only_by(self, at: int, item: str, parts: Sequence[Part]) -> tuple[str, ...] | None:
        """Of what these parts ban, that without some of which an item, as read, cannot be met.

        Empty: it cannot be met at all. None: it could be met with other things.
        """
        case, planner = self.planner.cases[at], self.planner
        name, formulas = ("met", item), planner.formulas
        if name not in case.circuit.named:
            return None
        met = planner.certain(at, case.situation.readings, name)
        bans = [part for part in parts if part.kind in BANS]
        spoken = formulas.choices([met])
        banned = [choice for choice in spoken if any(self._bans(part, choice) for part in bans)]
        if formulas.assigned(met, dict.fromkeys(banned, False)) != formulas.FALSE:
            return None
        return tuple(choice for choice in banned if formulas.take(choice) in formulas.below([met]))

    def _missing(self, at: int, case: Case) -> list[str]:
        """The items of a case, once all is acquired, that some world may miss."""
        if self.planner.spaces:
            space = self.planner.spaces[at]
            may = [rail & space.valid for rail, _ in space.rails(case.situation)]
        else:
            may = [
                int(rail) for rail, _ in simulate(case.circuit, case.situation.rails, False, True)
            ]
        named = case.circuit.named.items()
        return [name[1] for name, node in named if name[0] == "missing" and may[node]]


class Together:
    """Which of some parts hold together, as bits; what is known of some says it of others."""

    def __init__(self, trials: Trials, parts: Sequence[Part], always: Sequence[Part] = ()) -> None:
        self.trials, self.parts, self.always = trials, list(parts), list(always)
        self.all = (1 << len(self.parts)) - 1
        self.good: list[int] = []  # sets that hold together
        self.bad: list[int] = []  # minimal sets that do not
        self.checks = 0

    def chosen(self, mask: int) -> list[Part]:
        return [part for at, part in enumerate(self.parts) if mask >> at & 1]

    def fails(self, mask: int) -> bool:
        """Raises OutOfTime."""
        if any(mask & good == mask for good in self.good):
            return False
        if any(mask & bad == bad for bad in self.bad):
            return True
        self.checks += 1
        taken = self.trials.plan([*self.always, *self.chosen(mask)])
        if taken is None:
            return True
        kept = mask | self.trials.kept(taken, self.parts)
        self.good = [*(good for good in self.good if good & kept != good), kept]
        return False

    def shrunk(self, mask: int) -> int:
        """A minimal subset that still fails. Raises OutOfTime."""
        places = [at for at in range(len(self.parts)) if mask >> at & 1]
        kept = minimal(places, lambda some: self.fails(sum(1 << at for at in some)))
        return sum(1 << at for at in kept)

    def search(self, most: int, mends: int | None = None) -> tuple[list[int], bool]:
        """Fills `bad`; gives the minimal sets to leave out so that the rest holds, smallest first.

        The tree of hitting sets of the conflicts, by size: one that leaves nothing that fails is
        a minimal mend, and what still fails without it holds another conflict. The flag: whether
        that is all. Ends early after `most` conflicts, or after `mends` where that is given, or
        when time is up.
        """
        out: list[int] = []
        level = [0]
        try:
            while level:
                later: dict[int, None] = {}
                for left in level:
                    if any(left & each == each for each in out):
                        continue
                    clash = next((bad for bad in self.bad if not bad & left), None)
                    if clash is None and self.fails(self.all & ~left):
                        clash = self.shrunk(self.all & ~left)
                        if mends is None and len(self.bad) >= most:
                            return out, False
                        self.bad.append(clash)
                    if clash is None:
                        if mends is not None and len(out) >= mends:
                            return out, False
                        out.append(left)
                        continue
                    if self.checks > CHECKS * (mends or most) or len(later) > 1000 * (
                        mends or most
                    ):
                        return out, False
                    later.update(
                        dict.fromkeys(
                            left | 1 << at for at in range(len(self.parts)) if clash >> at & 1
                        )
                    )
                level = list(later)
        except OutOfTime:
            return out, False
        return out, True


def minimal(parts: list[T], fails: Callable[[list[T]], bool]) -> list[T]:
    """A subset that still fails, none of whose parts can be taken away: by halves, then singly.

    What stands first is taken away first.
    """
    size = max(1, len(parts) // 2)
    while True:
        at = 0
        while at < len(parts):
            rest = parts[:at] + parts[at + size :]
            if fails(rest):
                parts = rest
            else:
                at += size
        if size == 1:
            return parts
        size //= 2
