"""Parts before the wholes that rest on them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def parts_first(graph: Mapping[Node, Iterable[Node]]) -> Iterator[list[Node]]:
    """The nodes, each after those that it has edges to; the nodes of a circle come together.

    Tarjan's algorithm, with a stack of its own: nothing recurses over a depth that users make.
    """
    number: dict[Node, int] = {}  # in the order in which nodes are entered
    low: dict[Node, int] = {}  # the lowest number that can be come back to
    entered: list[Node] = []
    for root in graph:
        stack = [] if root in number else [(root, iter(graph[root]))]
        while stack:
            node, parts = stack[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                entered.append(node)
            for part in parts:
                if part not in number:
                    stack.append((part, iter(graph[part])))
                    break
                low[node] = min(low[node], low[part])
            else:
                stack.pop()
                if low[node] == number[node]:
                    circle: list[Node] = []
                    while not circle or circle[-1] != node:
                        circle.append(entered.pop())
                    low.update(dict.fromkeys(circle, len(graph)))  # nothing comes back to them
                    yield circle
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
