"""Click in two languages: help texts come from `cloudrules.render.help`, when they are shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from cloudrules.render.help import HELP, help_text

LANGUAGES = ("ja", "en")
USUAL = "en"
VARIABLE = "CLOUDRULES_LANG"
_META = "cloudrules.language"


def asked(args: Sequence[str]) -> str:
    """The language that arguments ask for, else the environment's, else English."""
    return named(args) or USUAL


def named(args: Sequence[str]) -> str:
    """The language that arguments ask for, else the environment's; '' where neither does.

    Looked for by hand, since help and errors need it before the arguments are understood. The
    locale has no say: the same command gives the same bytes everywhere.
    """
    found = os.environ.get(VARIABLE, "").lower()[:2]  # as in ja_JP
    for at, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" and at + 1 < len(args):
            found = args[at + 1]
        elif arg.startswith("--lang="):
            found = arg.removeprefix("--lang=")
    return found if found in LANGUAGES else ""


def language(ctx: click.Context | None = None) -> str:
    """The language of the command that is running."""
    return chosen(ctx) or USUAL


def chosen(ctx: click.Context | None = None) -> str:
    """The language that somebody has named for the command that is running, or ''."""
    return str((ctx or click.get_current_context()).find_root().meta.get(_META, ""))


def topic(ctx: click.Context) -> str:
    """What the help calls a command: `check`, `form check`; '' for the program."""
    return " ".join(ctx.command_path.split()[1:])


def _tell_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from cloudrules.cli.answers import say

        say(ctx.get_help() + "\n")
        ctx.exit()


class Option(click.Option):
    """An option whose help is found by its long name."""

    @property
    def key(self) -> str:
        return max(self.opts, key=len)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        own = f"{topic(ctx)} {self.key}"  # where the command means something else by it
        self.help = help_text(own if own in HELP else self.key, language(ctx))
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help, headings included, is in the language asked for."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = help_text("--help", language(ctx))
            option.callback = _tell_help
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        usage = help_text("usage", language(ctx))
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{usage}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(help_text(topic(ctx) or "cloudrules", language(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = language(ctx)
        arguments = [
            (param.make_metavar(ctx), help_text(str(param.name).upper(), lang))
            for param in self.get_params(ctx)
            if isinstance(param, click.Argument)
        ]
        records = [
            param.get_help_record(ctx)
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
        ]
        for heading, rows in (
            ("arguments", arguments),
            ("options", [record for record in records if record]),
        ):
            if rows:
                with formatter.section(help_text(heading, lang)):
                    formatter.write_dl(rows)


class Group(Command, click.Group):
    """Commands whose modules are imported only when they are called."""

    names: Sequence[str] = ()
    modules = "cloudrules.cli."  # what their names are put behind

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        from importlib import import_module

        command: click.Command = import_module(self.modules + cmd_name).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta.setdefault(_META, named(args))
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        lang = language(ctx)
        with formatter.section(help_text("commands", lang)):
            names = [(name, f"{topic(ctx)} {name}".strip()) for name in self.names]
            formatter.write_dl([(name, help_text(key, lang)) for name, key in names])


def option(*names: str, **settings: Any) -> Any:
    """A click option whose help is looked up."""
    return click.option(*names, cls=Option, **settings)
