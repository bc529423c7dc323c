"""cloudrules form COMMAND: the city's own form, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from cloudrules.cli.common import LANG, options
from cloudrules.cli.words import Command, Group, language
from cloudrules.render.help import help_text

# The module of each subcommand in `cloudrules.cli.forms`
COMMANDS = {"new": "new", "import": "draft"}


class Forms(Group):
    """The subcommands, imported only when they are called; their help is that of `form NAME`."""

    names: Sequence[str] = tuple(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"cloudrules.cli.forms.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Group.parse_args(self, ctx, args)  # the language is known by now

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        lang = language(ctx)
        with formatter.section(help_text("commands", lang)):
            formatter.write_dl([(name, help_text(f"form {name}", lang)) for name in self.names])


@click.command("form", cls=Forms, no_args_is_help=True)
@options(LANG)
def command(**_: Any) -> None:
    pass
