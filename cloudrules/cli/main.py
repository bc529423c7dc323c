"""The program `cloudrules`: finds the command, and turns what goes wrong into words and exit codes.

0 is yes, 1 is no (or not known), 2 is bad input or usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from cloudrules import __version__
from cloudrules.cli.words import Group, Option, asked

COMMANDS = (
    *("assess", "explain", "plan", "timeline", "report", "verify", "whatif", "test"),
    *("check", "diff", "graph", "init", "form", "rule", "schema"),
)

MOST = 1000  # faults that are told at once


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from cloudrules.cli.answers import say

        say(f"cloudrules {__version__}\n")
        ctx.exit()


program = Group(
    "cloudrules",
    params=[
        Option(["--lang"], metavar="ja|en", expose_value=False),
        Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version),
    ],
    callback=lambda: None,
    no_args_is_help=True,
)
program.names = COMMANDS


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        status = program.main(given, prog_name="cloudrules", standalone_mode=False)
        return int(status or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.ClickException as error:
        return _explain(given, error)
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader has gone; nothing more can be said to it.
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115
        return 1
    except Exception as error:
        return _explain(given, error)


def _explain(given: list[str], error: Exception) -> int:
    """Say on stderr what is wrong with the input, all of it; anything else is a defect."""
    from cloudrules.cli.usage import fault_of
    from cloudrules.core.errors import BadInput, Place, fault
    from cloudrules.render.faults import sentence

    faults = error.faults if isinstance(error, BadInput) else fault_of(error)
    if faults is None:
        raise error
    shown = list(faults[:MOST])
    if len(faults) > MOST:
        place = Place(faults[MOST].place.file)
        shown.append(fault("faults-more", place, number=len(faults) - MOST))
    text = "".join(sentence(each, asked(given)) + "\n" for each in shown)
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
    return 2


def run() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed: nobody is to be told
            setattr(sys, name, open("/dev/null", "w"))  # noqa: SIM115
    sys.exit(main())
