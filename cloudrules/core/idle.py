"""Clauses that change nothing: what could be left out, and what stands in for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from cloudrules.core.clauses import Path, at, walk, with_part
from cloudrules.core.expression import And, Arg, Expr, Or
from cloudrules.core.gates import Named
from cloudrules.core.inquiry import Inquiry
from cloudrules.core.variation import KINDS, Edit

FEW = 8  # clauses, of which every set is tried; of more each two, and one chain for each


@dataclass(frozen=True)
class Clause:
    """A waiver, or with a condition of an entry and a path a part of that condition.

    `exists` is the gate that says in which readings the rules have it.
    """

    entry: str
    field: str = ""
    condition: Expr | None = None
    path: Path = ()
    exists: int = 0

    @property
    def part(self) -> Arg | None:
        return None if self.condition is None else at(self.condition, self.path)

    def within(self, other: Clause) -> bool:
        """Whether it is a part of another clause, and another one."""
        if self.entry != other.entry or self == other:
            return False
        if not other.field:
            return self.field == "when"
        here = (self.field, self.condition) == (other.field, other.condition)
        return here and self.path[: len(other.path)] == other.path


def conditions(inquiry: Inquiry) -> Iterator[Clause]:
    """The conditions of items and waivers, as each is in some reading."""
    builder = inquiry.builder
    found: dict[tuple[str, str, Expr], list[int]] = {}
    for here, part in inquiry.compilation.parts:
        for (entry, field), variants in part.said.items():
            for guard, condition in variants:
                if condition is not None:
                    both = builder.conjunction([here, guard])
                    found.setdefault((entry, field, condition), []).append(both)
    for (entry, field, condition), guards in found.items():
        yield Clause(entry, field, condition, (), builder.disjunction(guards))


def waivers(inquiry: Inquiry) -> Iterator[Clause]:
    """The waivers, each with the gate that says in which readings there is one."""
    there: dict[str, list[int]] = {}
    for each in conditions(inquiry):
        if each.field == "when":
            there.setdefault(each.entry, []).append(each.exists)
    for entry, guards in there.items():
        yield Clause(entry, exists=inquiry.builder.disjunction(guards))


def operands(condition: Clause) -> Iterator[Clause]:
    """The parts of a condition that are one of several of an `and` or an `or`, outermost first."""
    assert condition.condition is not None
    for path, part in walk(condition.condition):
        if isinstance(part, And | Or) and len(part.parts) > 1:
            for step, _ in enumerate(part.parts):
                yield Clause(
                    condition.entry,
                    condition.field,
                    condition.condition,
                    (*path, step),
                    condition.exists,
                )


def edits(clauses: Iterable[Clause]) -> tuple[Edit, ...]:
    """What leaves some clauses out."""
    found: list[Edit] = []
    paths: dict[tuple[str, str, Expr], list[Path]] = {}
    for each in clauses:
        if each.condition is None:
            found.append(Edit(each.entry))
        else:
            paths.setdefault((each.entry, each.field, each.condition), []).append(each.path)
    for (entry, field, condition), gone in paths.items():
        left = condition
        for path in sorted(gone, reverse=True):  # the paths of what stands before stay as they are
            left = _without(left, path)
        found.append(Edit(entry, field, condition, left))
    return tuple(found)


def _without(condition: Expr, path: Path) -> Expr:
    """Without one operand; an `and` or an `or` may be left with one or none."""
    whole = at(condition, path[:-1])
    assert isinstance(whole, And | Or)
    kept = (*whole.parts[: path[-1]], *whole.parts[path[-1] + 1 :])
    return with_part(condition, path[:-1], type(whole)(kept))


def differs(inquiry: Inquiry, changed: dict[Named, int]) -> int:
    """The gate that says that some answer on some item is another one under changed gates."""
    builder, named = inquiry.builder, inquiry.compilation.named

    found: list[int] = []
    touched = (name[1] for name in changed if name[0] in ("met", "applies", "waived"))
    for item in dict.fromkeys(touched):
        met, applies, waived = (
            (named[kind, item], changed.get((kind, item), named[kind, item]))
            for kind in ("met", "applies", "waived")
        )
        found += [builder.difference(*met), builder.difference(*applies)]
        before, after = (builder.conjunction(each) for each in zip(applies, waived, strict=True))
        found.append(builder.difference(before, after))
    return builder.disjunction(found)


def idle(inquiry: Inquiry, clauses: Iterable[Clause], among: int) -> int:
    """The worlds in which clauses could be left out together, and no answer would be another."""
    inquiry.clock.check()
    changed = inquiry.compilation.varied(edits(clauses))
    return inquiry.none([differs(inquiry, changed)], among)


class _Unlike(Exception):
    """Worlds in which what is asked is not the same in all."""

    def __init__(self, some: int) -> None:
        self.some = some


def groups(inquiry: Inquiry, found: dict[Clause, int]) -> dict[tuple[Clause, ...], int]:
    """Idle clauses, each with those that stand in for it, and the worlds in which that is so.

    `found` has the worlds in which each clause could be left out. Of a group any one could, and not
    all of them.
    """
    waiting: list[int] = []
    left = 0
    for worlds in found.values():
        left |= worlds
    if left:
        waiting.append(left)
    grouped: dict[tuple[Clause, ...], int] = {}
    while waiting:
        worlds = waiting.pop()
        try:
            for group in _groups_in(inquiry, found, worlds):
                grouped[group] = grouped.get(group, 0) | worlds
        except _Unlike as split:
            waiting += [worlds & ~split.some, worlds & split.some]
    order = list(found)
    return dict(sorted(grouped.items(), key=lambda each: [order.index(one) for one in each[0]]))


def _groups_in(inquiry: Inquiry, found: dict[Clause, int], worlds: int) -> list[tuple[Clause, ...]]:
    """The groups in some worlds. Raises _Unlike where they are not the same in all of them."""
    clauses: list[Clause] = []
    for clause, there in found.items():
        if there & worlds not in (0, worlds):
            raise _Unlike(there & worlds)
        if there & worlds:
            clauses.append(clause)
    grouped: list[tuple[Clause, ...]] = []
    for family in _families(inquiry, clauses):
        # All can go, and still two may not: without some an `and` holds more, an `or` less.
        if len(family) == 1 or (len(family) > FEW and _can_go(inquiry, family, worlds)):
            grouped += [(each,) for each in family]
            continue
        together: dict[Clause, list[Clause]] = {each: [each] for each in family}
        for bound in _bound_sets(inquiry, family, worlds):
            _unite(together, bound)
        if len(family) > FEW:
            for each in family:
                if len(together[each]) == 1:
                    _unite(together, _bound(inquiry, each, family, worlds))
        groups_ = {id(group): group for group in together.values()}
        grouped += [tuple(sorted(group, key=family.index)) for group in groups_.values()]
    return grouped


def _can_go(inquiry: Inquiry, clauses: list[Clause], worlds: int) -> bool:
    some = idle(inquiry, clauses, worlds)
    if some not in (0, worlds):
        raise _Unlike(some)
    return some == worlds


def _unite(together: dict[Clause, list[Clause]], bound: list[Clause]) -> None:
    joined = [*dict.fromkeys(each for one in bound for each in together[one])]
    for each in joined:
        together[each] = joined


def _bound_sets(inquiry: Inquiry, family: list[Clause], worlds: int) -> Iterator[list[Clause]]:
    """The minimal sets of clauses of which not all can go; of many clauses, those of two."""
    found: list[set[Clause]] = []
    for size in range(2, len(family) + 1 if len(family) <= FEW else 3):
        known = list(found)
        for some in combinations(family, size):
            if any(smaller.issubset(some) for smaller in known):
                continue
            if not _can_go(inquiry, list(some), worlds):
                found.append(set(some))
                yield list(some)


def _bound(inquiry: Inquiry, each: Clause, family: list[Clause], worlds: int) -> list[Clause]:
    """A minimal set of clauses with `each` of which not all can go; itself alone: there is none."""
    gone: list[Clause] = []
    for other in family:
        if other is not each and _can_go(inquiry, [*gone, other], worlds):
            gone.append(other)
    if _can_go(inquiry, [*gone, each], worlds):
        return [each]
    for other in list(gone):
        left = [one for one in gone if one is not other]
        if not _can_go(inquiry, [*left, each], worlds):
            gone = left
    return [*gone, each]


def _families(inquiry: Inquiry, clauses: list[Clause]) -> Iterator[list[Clause]]:
    """Clauses that bear on the same items: others cannot stand in for one another."""
    reach = {each: _reach(inquiry, each) for each in clauses}
    left = list(clauses)
    while left:
        family = [left.pop(0)]
        items = set(reach[family[0]])
        while more := [each for each in left if not items.isdisjoint(reach[each])]:
            family += more
            left = [each for each in left if each not in more]
            items.update(*(reach[each] for each in more))
        yield sorted(family, key=clauses.index)


def _reach(inquiry: Inquiry, clause: Clause) -> set[str]:
    """The items whose gates rest on a clause."""
    found: set[str] = set()
    for _, part in inquiry.compilation.parts:
        start: Named = (KINDS[clause.field or "when"], clause.entry)
        seen: set[Named] = set()
        pending = [start] if start in part.users else []
        while pending:
            gate = pending.pop()
            if gate not in seen:
                seen.add(gate)
                pending += part.users[gate]
        found |= {gate[1] for gate in seen if gate[0] != "fires"}
    return found
