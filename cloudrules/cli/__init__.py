"""The command line: one file a command, each from arguments to files, core, render, exit code."""
