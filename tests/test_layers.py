"""Imports run one way, and the core is pure: the map is in `cloudrules/__init__.py`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import ROOT

import cloudrules.core

LAYERS = {
    "core": {"core"},
    "solvers": {"core", "solvers"},
    "files": {"core", "files"},
    "render": {"core", "render"},
    "cli": {"core", "solvers", "files", "render", "cli"},
}
# The order of the modules of the core is told once, in the docstring of the package.
ORDER = re.findall(r"\w+", (cloudrules.core.__doc__ or "").rpartition(":")[2])
IMPURE = {"open", "print", ".environ", ".getenv", ".now", ".today", ".utcnow"}
OUTSIDE = {"os", "io", "sys", "pathlib", "random", "subprocess", "locale"}


def modules(layer: str) -> list[tuple[Path, ast.Module]]:
    paths = sorted((ROOT / "cloudrules" / layer).rglob("*.py"))
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def imports(tree: ast.Module) -> Iterator[str]:
    """What a module imports, inside functions and for type checking too: `cloudrules.core.plan`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            for alias in node.names:
                within = ROOT.joinpath(*f"{node.module}.{alias.name}".split("."))
                module = within.is_dir() or within.with_suffix(".py").is_file()
                yield f"{node.module}.{alias.name}" if module else str(node.module)


@pytest.mark.parametrize("layer", LAYERS)
def test_layers_import_one_way(layer: str) -> None:
    for path, tree in modules(layer):
        for name in imports(tree):
            room = [*name.split("."), ""][1]
            if name.startswith("cloudrules.") and room in LAYERS:
                assert room in LAYERS[layer], f"{path} imports {name}"


def test_the_core_imports_upwards_only() -> None:
    paths = [path for path, _ in modules("core")]
    assert sorted([*ORDER, "__init__"]) == [path.stem for path in sorted(paths)]
    for path, tree in modules("core"):
        above = ORDER[: ORDER.index(path.stem)] if path.stem in ORDER else []
        for name in imports(tree):
            if name.startswith("cloudrules.core."):
                assert name.split(".")[2] in above, f"{path} imports {name}"


def test_the_core_is_pure() -> None:
    allowed = (sys.stdlib_module_names | {"networkx", "cloudrules"}) - OUTSIDE
    for path, tree in modules("core"):
        assert {name.split(".")[0] for name in imports(tree)} <= allowed, path
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        named |= {f".{node.attr}" for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not named & IMPURE, path


@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (["--help"], {"yaml", "networkx", "constraint", "cloudrules.core"}),
        (["assess", "scenarios/services/example-saas.yaml"], {"networkx", "constraint"}),
    ],
)
def test_commands_start_without(args: list[str], absent: set[str]) -> None:
    code = "import sys; from cloudrules.cli.main import main\n"
    code += f"main({args!r}); found = {absent!r} & set(sys.modules); assert not found, found"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
