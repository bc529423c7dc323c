"""cloudrules form: the round trip of a city's Excel form; each command is a module `form_NAME`."""

from __future__ import annotations

from cloudrules.cli.words import Group, Option

command = Group(
    "form",
    params=[Option(["--lang"], metavar="ja|en", expose_value=False)],
    callback=lambda: None,
    no_args_is_help=True,
)
command.names = ("new", "fill", "read", "check", "import")
command.modules = "cloudrules.cli.form_"
