"""The subcommands of `cloudrules form`, one a file."""
