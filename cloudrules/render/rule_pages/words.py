"""What the page of a finding says, in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`example` says where the fault in the example lies, `mended` what the change to it does.

    What stands between backticks is written so in files or on the command line.
    """

    title: str
    means: str
    why: str
    example: str
    mend: str
    mended: str
    leave: str
