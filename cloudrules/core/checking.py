"""Check: what is wrong with the rules of a rulebook, and how much its readings matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cloudrules.core import counting, source, structure, universe
from cloudrules.core.assessment import Space
from cloudrules.core.entries import Reading
from cloudrules.core.errors import TooLarge
from cloudrules.core.findings import RULES, Checked, Finding, Severity, Share
from cloudrules.core.gates import Builder, Input
from cloudrules.core.inquiry import Inquiry
from cloudrules.core.memory import uncollected
from cloudrules.core.problem import Clock, OutOfTime, Solver
from cloudrules.core.prover import Prover
from cloudrules.core.rulebook import Readings, Rulebook
from cloudrules.core.rules import Rules
from cloudrules.core.source import Document
from cloudrules.core.universe import Universe
from cloudrules.core.variation import Compilation

ORDER: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Means:
    """Who is asked: a prover for the services of a universe, a solver for the smallest of them."""

    prove: Callable[[Universe], Prover]
    solver: Solver
    clock: Clock


@uncollected()
def from_rulebook(
    rulebook: Rulebook,
    readings: Readings | None,
    means: Means,
    document: Document | None = None,
) -> Checked:
    """The findings on a rulebook in one reading, or with None in all of them together.

    Raises BadInput for a cycle among gates, and TooLarge for too many readings at once.
    """
    read = rulebook if readings is None else rulebook.fixed(readings)
    asked = _inquiry(read, means)
    rules = Rules(asked)
    found = [
        *rules.findings(),
        *structure.from_rulebook(rulebook),
        *source.from_rulebook(rulebook, document),
    ]
    if readings is not None:
        unusual = {
            name: each for name, each in readings.items() if each != rulebook.defaults()[name]
        }
        found = [_stating(each, unusual) for each in found]
    shares: list[Share] = []
    undecided = list(rules.undecided)
    try:
        everywhere = asked if readings is None else _inquiry(rulebook, means)
        for reading in rulebook.readings:
            _judge(reading, everywhere, found, shares, undecided)
    except TooLarge:
        undecided += [("reading-idle", reading.id) for reading in rulebook.readings]
    found.sort(key=lambda each: (ORDER.index(each.severity), each.place, each.rule, each.id))
    shares.sort(key=lambda each: (-each.share, each.reading))
    order = list(RULES)
    # Several clauses of one entry may be open: the entry is told once.
    still = sorted(set(undecided), key=lambda each: (order.index(each[0]), each[1]))
    return Checked(rulebook, tuple(found), tuple(shares), tuple(still))


def _inquiry(rulebook: Rulebook, means: Means) -> Inquiry:
    compilation = Compilation(rulebook, Builder())
    space = Space(rulebook, compilation.circuit)
    services = universe.of_rulebook(compilation.builder, rulebook, {})
    return Inquiry(
        rulebook,
        compilation,
        space,
        services,
        means.prove(services),
        means.solver,
        means.clock,
    )


def _stating(finding: Finding, readings: Readings) -> Finding:
    """The finding with a witness that takes the readings asked about."""
    if finding.witness is None or not readings:
        return finding
    return replace(finding, witness=replace(finding.witness, readings=readings))


# Readings


def _judge(
    reading: Reading,
    asked: Inquiry,
    found: list[Finding],
    shares: list[Share],
    undecided: list[tuple[str, str]],
) -> None:
    """Whether a reading ever turns the verdict, and how often."""
    turns = _turning(reading, asked)
    try:
        if turns == asked.builder.false or asked.find([turns]) is None:
            witness = asked.universe.witness(frozenset())
            found.append(Finding("reading-idle", reading.id, reading.place, witness=witness))
        shares.append(_share(reading, turns, asked))
    except OutOfTime:
        undecided.append(("reading-idle", reading.id))


def _turning(reading: Reading, asked: Inquiry) -> int:
    """The gate that says that some option of a reading gives another verdict than its first.

    Only options that the others' do not clash with; the first, which changes nothing, never does.
    """
    builder = asked.builder
    compliant = asked.compilation.named["compliant",]
    verdicts = [settled.get(compliant, compliant) for settled in _taken(reading, asked.compilation)]
    return builder.disjunction(
        builder.conjunction(
            [builder.difference(verdicts[0], each), _possible(reading, option, asked)]
        )
        for option, each in list(zip(reading.option_ids, verdicts, strict=True))[1:]
    )


def _possible(reading: Reading, option: str, asked: Inquiry) -> int:
    """The gate that says that no option taken of another reading clashes with this one."""
    builder, taken = asked.builder, (reading.id, option)
    return builder.conjunction(
        builder.negation(builder.input(Input("reading", name, "=", other)))
        for pair in asked.rulebook.clashing
        if taken in pair
        for name, other in pair
        if name != reading.id
    )


def _taken(reading: Reading, compilation: Compilation) -> Iterator[dict[int, int]]:
    """What gates become where each option of a reading is taken."""
    leaves = {
        option: compilation.builder.input(Input("reading", reading.id, "=", option))
        for option in reading.option_ids
    }
    for option in reading.option_ids:
        yield compilation.settled({leaf: name == option for name, leaf in leaves.items()})


def _share(reading: Reading, turns: int, asked: Inquiry) -> Share:
    """The options of the others count alike, however many of its own go with them."""
    first = {reading.id: reading.option_ids[0]}
    services = universe.of_rulebook(asked.builder, asked.rulebook, first)
    try:
        share = counting.exactly(services, turns)
        return Share(reading.id, share, 0, exact=True)
    except TooLarge:
        share, of, error = counting.sampled(services, turns)
        return Share(reading.id, share, of, exact=False, error=error)
