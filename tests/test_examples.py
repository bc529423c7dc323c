"""The good cases, through the command line: each a rulebook, a service and what must come out.

`expected.json` maps a command, without the service, to parts of its answer. What a case is about,
and why this must come out, stands at the top of its rulebook.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import oracle
import pytest
import yaml
from engine import CASES
from generator import ON

from cloudrules.cli.main import main

GOOD = sorted((CASES / "good").iterdir())


def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found


QUESTIONS = [(case, question) for case in GOOD for question in expected(case)]


def asked(case: Path, question: str) -> list[str]:
    """The arguments of a question; an item may have spaces and parentheses in its name."""
    command, _, rest = question.partition(" ")
    more = [rest] if command == "explain" else shlex.split(rest)
    service = str(case / "service.yaml")
    return [command, service, *more, "--format", "json", "--on", ON.isoformat()]


def stated(answer: Any, wanted: Any) -> Any:
    """The parts of an answer of which something is expected."""
    if isinstance(wanted, dict):
        return {key: stated(answer[key], wanted[key]) for key in wanted}
    if isinstance(wanted, list) and len(wanted) == len(answer):
        return [stated(one, two) for one, two in zip(answer, wanted, strict=True)]
    return answer


def exit_code(command: str, answer: dict[str, Any]) -> int:
    if command == "explain":
        return 0
    if command == "plan":
        return 0 if answer["plans"] else 1
    yes = answer["verdict"] == "always" if "verdict" in answer else answer["compliant"] is True
    return 0 if yes else 1


@pytest.mark.parametrize(
    ("case", "question"), QUESTIONS, ids=[f"{case.name}-{question}" for case, question in QUESTIONS]
)
def test_good_cases(case: Path, question: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code = main(asked(case, question))
    out, err = capsysbinary.readouterr()
    assert err == b""
    answer = json.loads(out)
    wanted = expected(case)[question]
    if "acquire" in wanted:
        plans = [plan["acquire"] for plan in answer["plans"]]
        assert (plans if "--all" in question else plans[0]) == wanted.pop("acquire")
    assert stated(answer, wanted) == wanted
    assert code == exit_code(question.split()[0], answer)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_the_oracle_expects_the_same(case: Path) -> None:
    """What is expected is not what the engine happened to say."""

    def loaded(name: str) -> Any:
        return yaml.load((case / name).read_text(encoding="utf-8"), yaml.BaseLoader)

    rules, cat, service = (loaded(f"{name}.yaml") for name in ("rulebook", "cat", "service"))
    if "extends" in rules:
        base = loaded(rules["extends"])
        derived = oracle.changed(base, rules["change"])
        rules = {
            **derived,
            "rulebook": rules["rulebook"],
            "context": {**base["context"], **rules["context"]},
            "readings": [*base["readings"], *rules["readings"]],
        }
    whole = {"waivers": [], **rules}
    wanted = expected(case)["assess"]
    found = oracle.assess(whole, [cat], service, ON)
    assert {key: found[key] for key in wanted} == wanted
    best = oracle.plan(whole, [cat], service, ON) if len(cat["evidence"]) < 10 else None
    if best:
        wanted = expected(case)["plan"]
        assert {key: best[key] for key in ("status", "objective")} == {
            key: wanted[key] for key in ("status", "objective")
        }


def test_each_case_says_what_it_is_about() -> None:
    for case in GOOD:
        text = (case / "rulebook.yaml").read_text(encoding="utf-8")
        if not case.name.startswith("example-"):
            assert text.startswith("# "), case.name
            assert "# By hand: " in text, case.name
