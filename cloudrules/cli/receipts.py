"""The receipt of an answer: the command that is running, without where its answer goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cloudrules.cli.words import language

if TYPE_CHECKING:
    from cloudrules.core.receipt import Readings

# What says where and how an answer is shown, or has more files written; the answer is the same.
ASIDE = ("form", "shape", "output", "force", "certificate", "witnesses")
WORDED = ("check", "report")  # commands whose data have sentences in the language asked for


def made(on: date, readings: Readings, sums: Mapping[Path, str]) -> dict[str, Any]:
    """The receipt of the command that is running, as plain data.

    `sums` are the SHA-256 of the files read, which are named from the current folder.
    """
    from cloudrules import __version__
    from cloudrules.core.receipt import Receipt, data
    from cloudrules.files.certificate import named

    files = {named(path, Path()): total for path, total in sums.items()}
    command = tuple(arguments(click.get_current_context(), on))
    return data(Receipt(f"cloudrules {__version__}", command, on, readings, files))


def arguments(context: click.Context, on: date) -> Iterator[str]:
    """The command with all that its answer turns on, as it can be typed."""
    name, command = context.info_name or "", context.command
    yield from context.command_path.split()[1:]  # the first is the program
    given = [param for param in command.params if isinstance(param, click.Argument)]
    words = [word for param in given for word in _values(context.params[param.name or ""])]
    late = any(word.startswith("-") and word != "-" for word in words)
    if not late:
        yield from words
    for param in command.params:
        if isinstance(param, click.Option) and param.expose_value and param.name not in ASIDE:
            yield from _option(param, context, on)
    if name in WORDED:
        yield from ("--lang", language())
    if late:
        yield from ("--", *words)


def _option(param: click.Option, context: click.Context, on: date) -> Iterator[str]:
    name = max(param.opts, key=len)
    value = context.params[param.name or ""]
    if param.name == "on":
        value = str(on)  # not said, it is another on another day
    elif param.name == "bases":
        value = _bases(value)
    if param.is_flag:
        if value != (param.default is True):
            yield name if value else max(param.secondary_opts, key=len)
    elif param.multiple:
        for each in value:
            yield from (name, str(each))
    elif value is not None and value != param.default:
        yield from (name, str(value))


def _values(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def _bases(named: Sequence[str]) -> list[str]:
    """The knowledge bases named, and those of the environment, which may be another elsewhere."""
    from cloudrules.cli.common import KNOWLEDGE_BASE

    own = os.environ.get(KNOWLEDGE_BASE, "").split(os.pathsep)
    return [*named, *(each for each in own if each and each not in named)]
