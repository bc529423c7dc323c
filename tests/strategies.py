"""What hypothesis draws from: names, conditions, circuits, planning problems.

Everything drawn here is written out by hand again where a test needs it (`written`, `truth`), so
that the engine is checked against something that is not itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from hypothesis import settings
from hypothesis import strategies as st

from cloudrules.core.errors import Place
from cloudrules.core.expression import (
    And,
    Arg,
    AtLeast,
    Compare,
    Constant,
    Expr,
    Name,
    Not,
    Or,
    Range,
    Waived,
)
from cloudrules.core.gates import Circuit, Gate, Input

# The same examples in every run, and no time limit for one: machines may be busy.
settings.register_profile("cloudrules", deadline=None, derandomize=True, max_examples=120)
settings.load_profile("cloudrules")

PLACE = Place("test", 3, 5)
KEYWORDS = ("or", "and", "not", "true", "false", "any", "all", "at_least", "waived")
OPS = ("=", "!=", "<", "<=", ">", ">=")

# --- Conditions -----------------------------------------------------------------------------------

BARE = st.from_regex(r"[A-Za-z0-9_-]{1,5}(\.[A-Za-z0-9_-]{1,4}){0,2}", fullmatch=True)
JAPANESE = st.sampled_from(["第3条", "個人情報", "管理.1", "ア-1"])
ODD = st.text(
    st.characters(exclude_categories=["C"], exclude_characters='"'), min_size=1, max_size=8
)
FIXED = st.sampled_from(
    [*KEYWORDS, "AC-2(1)", "x or y", "1.6..1.28", "3*a", "a=b", "a,b", "(", ".."]
)


def _normal(text: str) -> str:
    return normalize("NFKC", text).strip()


def names() -> st.SearchStrategy[str]:
    """Names as a rulebook holds them: normalised, without outer space, without double quotes."""
    every = st.one_of(BARE, JAPANESE, FIXED, ODD).map(_normal)
    return every.filter(lambda name: name != "" and '"' not in name and "\n" not in name)


def expressions(leaves: int = 12) -> st.SearchStrategy[Expr]:
    name = names()
    leaf = st.one_of(
        name.map(lambda text: Name(text, PLACE)),
        name.map(lambda text: Waived(text, PLACE)),
        st.builds(
            lambda one, op, two: Compare(one, op, two, PLACE), name, st.sampled_from(OPS), name
        ),
        st.booleans().map(Constant),
    )
    span = st.builds(lambda one, two: Range(one, two, PLACE), name, name)

    def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        arg = st.one_of(inner, span)
        args = st.lists(arg, min_size=1, max_size=4).map(tuple)
        weight = st.integers(0, 9)
        # A range has no weight of its own: the grammar gives it the weight 1.
        weighed = st.one_of(st.tuples(weight, inner), st.tuples(st.just(1), span))
        return st.one_of(
            inner.map(Not),
            args.map(And),
            args.map(Or),
            st.builds(
                AtLeast, st.integers(0, 12), st.lists(weighed, min_size=1, max_size=4).map(tuple)
            ),
        )

    return st.recursive(leaf, grown, max_leaves=leaves)


def spelt(name: str) -> str:
    """A name as a condition has to spell it."""
    bare = re.fullmatch(r"[\w-]+(\.[\w-]+)*", name) and name not in KEYWORDS
    return name if bare else f'"{name}"'


def written(expr: Arg, around: int = 0) -> str:
    """A condition as text; `around` says how tightly what stands around it binds (3: `not`)."""

    def infix(word: str, binds: int, parts: tuple[Arg, ...]) -> str:
        text = f" {word} ".join(written(part, binds + 1) for part in parts)
        return f"({text})" if around > binds else text

    def call(word: str, parts: tuple[Arg, ...]) -> str:
        return f"{word}({', '.join(written(part) for part in parts)})"

    match expr:
        case Constant(value):
            return "true" if value else "false"
        case Name(name):
            return spelt(name)
        case Waived(name):
            return f"waived({spelt(name)})"
        case Compare(name, op, value):
            return f"{spelt(name)} {op} {spelt(value)}"
        case Range(first, last):
            return f"{spelt(first)}..{spelt(last)}"
        case Not(part):
            return f"not {written(part, 3)}"
        case And(parts) | Or(parts):
            plain = len(parts) > 1 and not any(isinstance(part, Range) for part in parts)
            if isinstance(expr, And):
                return infix("and", 2, parts) if plain else call("all", parts)
            return infix("or", 1, parts) if plain else call("any", parts)
        case AtLeast(threshold, weighed):
            texts = [
                written(part) if weight == 1 else f"{weight}*{written(part)}"
                for weight, part in weighed
            ]
            return f"at_least({', '.join([str(threshold), *texts])})"


# --- Circuits -------------------------------------------------------------------------------------


@st.composite
def circuits(draw: st.DrawFn, inputs: int = 5, gates: int = 12) -> Circuit:
    """Any circuit over `inputs` inputs, its last gate named `out`."""
    made = [Gate("input", input=Input("evidence", f"e{at}")) for at in range(inputs)]
    made += [Gate("constant", value=False), Gate("constant", value=True)]
    for _ in range(draw(st.integers(1, gates))):
        earlier = st.integers(0, len(made) - 1)
        op = draw(st.sampled_from(["not", "and", "or"]))
        if op == "not":
            made.append(Gate("not", (draw(earlier),)))
        else:
            args = draw(st.lists(earlier, min_size=0, max_size=4).map(tuple))
            made.append(Gate("and" if op == "and" else "or", args))
    return Circuit(tuple(made), {("out",): len(made) - 1})


def truth(circuit: Circuit, values: dict[str, bool]) -> list[bool]:
    """Every gate, by its definition."""
    found: list[bool] = []
    for gate in circuit.gates:
        parts = [found[arg] for arg in gate.args]
        if gate.input is not None:
            found.append(values[gate.input.name])
        elif gate.op == "constant":
            found.append(gate.value)
        elif gate.op == "not":
            found.append(not parts[0])
        else:
            found.append(all(parts) if gate.op == "and" else any(parts))
    return found


# --- Formulas over choices ------------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    """A formula as a tree: take or leave a choice, or join parts."""

    op: str  # take, leave, and, or, true, false
    choice: str = ""
    parts: tuple[Term, ...] = ()

    def holds(self, taken: frozenset[str]) -> bool:
        if self.op in ("take", "leave"):
            return (self.choice in taken) == (self.op == "take")
        if self.op in ("true", "false"):
            return self.op == "true"
        return (all if self.op == "and" else any)(part.holds(taken) for part in self.parts)


CHOICES = tuple("abcdef")


def terms(choices: tuple[str, ...] = CHOICES, leaves: int = 8) -> st.SearchStrategy[Term]:
    leaf = st.one_of(
        st.builds(Term, st.just("take"), st.sampled_from(choices)),
        st.builds(Term, st.sampled_from(["take", "take", "leave"]), st.sampled_from(choices)),
        st.builds(Term, st.sampled_from(["true", "false"])),
    )

    def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
        return st.builds(Term, st.sampled_from(["and", "or"]), st.just(""), parts)

    return st.recursive(leaf, grown, max_leaves=leaves)
