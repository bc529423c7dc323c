"""The values of a context fact that conditions can tell from one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from cloudrules.core.entries import Fact
from cloudrules.core.names import Value


def values_of(fact: Fact, constants: Sequence[Value]) -> Iterator[Value]:
    """Values of a fact, one at least of each kind that tests against the constants can tell."""
    if fact.kind == "option":
        yield from fact.option_ids
        return
    for constant in constants:
        yield constant
        if isinstance(constant, date):
            if constant > date.min:
                yield constant - timedelta(1)
            if constant < date.max:
                yield constant + timedelta(1)
    numbers = sorted(each for each in constants if isinstance(each, Decimal))
    for one, two in pairwise(numbers):
        yield (one + two) / 2
    if numbers:
        yield numbers[0] - 1
        yield numbers[-1] + 1
