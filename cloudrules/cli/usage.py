"""What is wrong with a command line, as faults: click's own complaints and questions too large."""

from __future__ import annotations

import click

from cloudrules.core.errors import Fault, Place, TooLarge, Unable, fault, nearest


def fault_of(error: Exception) -> list[Fault] | None:
    """The fault that an error stands for; None where it is a defect of the program."""
    context = getattr(error, "ctx", None)
    place = Place(context.command_path if context else "cloudrules")
    if isinstance(error, TooLarge):
        return [fault("too-large", place, what=error.what)]
    if isinstance(error, Unable):
        return [fault("solver-unable", Place("--solver"), id=error.solver)]
    if isinstance(error, click.NoSuchOption):
        near = nearest(error.option_name, error.possibilities or ())
        return [fault("usage-option", place, name=error.option_name, near=near)]
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return [fault("usage-missing", place, name=name.upper())]
    if isinstance(error, click.BadOptionUsage):
        return [fault("usage-value", place, name=error.option_name)]
    if isinstance(error, click.UsageError):
        return [_other(error, place)]
    return None


def _other(error: click.UsageError, place: Place) -> Fault:
    """Click tells a wrong command and an argument too many by its words alone."""
    said = error.format_message()
    if said.startswith("Got unexpected extra argument"):
        return fault("usage-extra", place, found=said.partition("(")[2].removesuffix(")"))
    words = said.split("'")
    if said.startswith("No such command") and len(words) > 1:
        names = getattr(error.ctx and error.ctx.command, "names", ())
        near = nearest(words[1], names)
        return fault("usage-command", place, name=words[1], near=near, known=", ".join(names))
    return fault("usage", place, said=said)
