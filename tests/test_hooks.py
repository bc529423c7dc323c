"""What pre-commit is offered: the hook names a command there is, and is given rulebooks alone."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from engine import ROOT

from cloudrules.cli.main import COMMANDS, main, program

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

RULEBOOK = """rulebook: {id}
items:
  - {{id: 1.1, need: mandatory, text: 通信を暗号化すること。{more}}}
"""


def test_it_has_what_a_hook_needs() -> None:
    (hook,) = HOOKS
    assert hook["id"] == "cloudrules-check"
    assert hook["language"] == "python"
    assert {"name", "entry", "files"} <= hook.keys()
    assert all(isinstance(hook[key], str) for key in ("name", "description", "entry", "files"))


def test_it_names_a_command_and_options_that_exist() -> None:
    (hook,) = HOOKS
    name, command, *options = shlex.split(hook["entry"]) + hook.get("args", [])
    assert (name, command) == ("cloudrules", "check")
    assert command in COMMANDS
    found = program.get_command(click.Context(program), command)
    assert found is not None
    known = {option for param in found.params for option in param.opts}
    assert {option.partition("=")[0] for option in options if option.startswith("-")} <= known
    # The comment of the file names options, too.
    comment = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert set(re.findall(r"--[a-z-]+", comment)) <= known


def test_it_is_given_rulebooks_and_no_other_files() -> None:
    wanted = re.compile(HOOKS[0]["files"])
    given: list[Path] = []
    for path in sorted([*ROOT.glob("knowledge_base/**/*.yaml"), *ROOT.glob("scenarios/**/*.yaml")]):
        if wanted.search(path.relative_to(ROOT).as_posix()):  # as pre-commit does
            given.append(path)
            assert re.search("(?m)^(rulebook|extends):", path.read_text("utf-8")), path
    assert set(ROOT.glob("knowledge_base/rulebooks/*.yaml")) <= set(given)
    for name in ("services/mine.yaml", "catalogues/x.yaml", "rulebooks/notes.md", "x.yaml"):
        assert not wanted.search(name)
    for name in ("rulebooks/a.yaml", "kb/rulebooks/a.yml"):
        assert wanted.search(name)


def test_it_fails_on_a_bad_rulebook_among_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "rulebooks"
    folder.mkdir()
    (folder / "good.yaml").write_text(RULEBOOK.format(id="good", more=""), "utf-8")
    bad = RULEBOOK.format(id="bad", more=', met_by: "false"')
    (folder / "bad.yaml").write_text(bad, "utf-8")
    monkeypatch.chdir(tmp_path)
    _, *entry = shlex.split(HOOKS[0]["entry"])
    assert main([*entry, "rulebooks/good.yaml"]) == 0
    (folder / "cat.yaml").write_text(
        "catalogue: cat\nevidence: [{id: a, kind: control}]\n", "utf-8"
    )
    assert main([*entry, "rulebooks/good.yaml", "rulebooks/cat.yaml"]) == 0
    assert main([*entry, "rulebooks/cat.yaml"]) == 0
    assert main([*entry, "rulebooks/good.yaml", "rulebooks/bad.yaml"]) == 1
    assert b"rulebooks/bad.yaml:3: " in capfdbinary.readouterr().out
