"""The README says what is: its examples come out as shown, and it leaves nothing out."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from engine import ROOT

from cloudrules.cli.main import program
from cloudrules.core.record import document
from cloudrules.files.library import KINDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
# A block of YAML whose first line is a file's name is that file, for the examples to use.
FILES = dict(re.findall(r"```yaml\n# (\S+\.yaml)\n(.*?)```", README, re.DOTALL))
ENV = {name: value for name, value in os.environ.items() if not name.startswith("CLOUDRULES_")}
ENV["PYTHONPATH"] = str(ROOT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The repository's folder as the examples see it: with the README's own files in it."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *args: str) -> str:
    """What a command prints; its errors too."""
    call = [sys.executable, "-m", "cloudrules", *args]
    done = subprocess.run(
        call, cwd=folder, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode()


def shown(block: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a block, each with the output shown for it."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, output = part.partition("\n")
        name, *args = shlex.split(command)
        assert name == "cloudrules"
        yield args, output


@pytest.mark.parametrize("block", CONSOLE, ids=range(len(CONSOLE)))
def test_examples_come_out_as_shown(block: str, folder: Path) -> None:
    for args, expected in shown(block):
        # A line `...` stands for any number of lines.
        parts = [re.escape(part) for part in re.split(r"(?m)^\.\.\.\n", expected)]
        printed = run(folder, *args)
        if not re.fullmatch(r"(?:.*\n)*".join(parts), printed):
            assert printed == expected


def test_every_file_of_the_readme_can_be_used(folder: Path) -> None:
    assert "2 passed, 0 failed" in run(folder, "test", "till-grows.yaml")
    other = run(folder, "assess", "till.yaml", "--rulebook", "other-shop", "--format", "json")
    assert json.loads(other)["missing"] == ["1.5", "1.4"]


def mentioned(word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", README) is not None


def test_every_command_and_option_is_told() -> None:
    context = click.Context(program, info_name="cloudrules")
    for name in program.list_commands(context):
        assert mentioned(f"cloudrules {name}")
        command = program.get_command(context, name)
        assert command is not None
        for param in command.get_params(context):
            if isinstance(param, click.Option):
                assert all(mentioned(option) for option in param.opts), (name, param.opts)
    assert mentioned("--version")


def keys(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name == "properties":
                yield from value
            yield from keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_file_is_told(kind: str) -> None:
    for key in keys(document(kind, KINDS[kind])):
        assert mentioned(key), key


def names(value: Any) -> Iterator[str]:
    """The keys of a JSON answer, but for those that are ids."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in ("readings", "waived", "text", "files"):
                yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


@pytest.mark.parametrize(
    "args",
    [
        "assess scenarios/services/newcomer.yaml",
        "assess scenarios/services/newcomer.yaml --all-readings",
        "explain scenarios/services/example-saas.yaml 1.16 --on 2026-12-01",
        "explain scenarios/services/newcomer.yaml 1.16",
        "plan scenarios/services/newcomer.yaml",
        "plan scenarios/services/newcomer.yaml --budget 1",
        "whatif scenarios/cheapest-way-in.yaml",
        "test scenarios/certificate-lapses.yaml",
    ],
)
def test_every_key_of_an_answer_is_told(args: str) -> None:
    answer = json.loads(run(ROOT, *args.split(), "--format", "json"))
    for name in names(answer):
        assert mentioned(name), name


def test_what_it_points_to_exists() -> None:
    for path in re.findall(r"(?:scenarios|knowledge_base)/[\w/.-]*\w/?", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([\w.]+)\)", README):
        assert (ROOT / path).exists(), path
    headings = re.findall(r"(?m)^#+ (.*)$", README)
    anchors = {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", README)) <= anchors
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?m)(?:`|^)make ([a-z]+)", README):
        assert re.search(rf"(?m)^{target}:", makefile), target
