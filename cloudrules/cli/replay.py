"""Makes an answer again from its receipt, and finds what has changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from select import select
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from cloudrules.cli.answers import captured
from cloudrules.cli.progress import at_most
from cloudrules.cli.receipts import ASIDE

if TYPE_CHECKING:
    from cloudrules.core.errors import Fault
    from cloudrules.core.receipt import Receipt, Replay
    from cloudrules.files.receipts import Kept

# The commands that only tell: whoever made a receipt up, nothing is written for it.
TELLING = (
    *("assess", "explain", "plan", "timeline", "report", "whatif", "test"),
    *("check", "diff", "graph", "form check"),
)
GROUPS = ("form",)  # whose commands have two words
STANDARD = "-"
REFUSED = ("file-irregular", "folder-large")  # what no answer was ever made from


def replayed(kept: Kept, file: str, seconds: float) -> Replay:
    """What came of it. Raises BadInput where the receipt has no command that can be run.

    A receipt may come from anyone: nothing but regular files is read for it, and its searches take
    no longer than `seconds`, whatever limit it names.
    """
    from cloudrules.files.opening import regular_only

    with regular_only():
        _check(kept.receipt, kept.form, file, seconds)
        with _repeatable(kept.receipt):
            return _replayed(kept, file, seconds)


def _replayed(kept: Kept, file: str, seconds: float) -> Replay:
    from cloudrules import __version__
    from cloudrules.core.receipt import Replay, changed, data, differences

    then, program = kept.receipt, f"cloudrules {__version__}"
    # A PDF is compared by its data first: its bytes are those of the fonts there were.
    form = "json" if kept.form == "pdf" else kept.form
    with at_most(seconds) as timed:
        text, fault = _again(then, form, file)
        late = timed.left == 0
    if not isinstance(text, str) or not text:
        told = (fault.code, _where(fault)) if fault else ("", "")
        return Replay(then, program, changed(then.files, _sums(then)), None, told)
    answer = _answer(text, form)
    now = answer.pop("receipt")
    files = changed(then.files, now["files"])
    answered = {**kept.answer, **_stated(data(then))}
    found = list(differences(answered, {**answer, **_stated(now)}))
    same, told = None, ("", "")
    if kept.form != "json" and not files and not found and program == then.program:
        if kept.form == "pdf":
            same, told = _same_pdf(kept, file, seconds)
        else:
            same = text == kept.text
    return Replay(then, program, files, found, told, same, kept.form, late)


def _check(receipt: Receipt, form: str, file: str, seconds: float) -> None:
    """Raises BadInput unless the command is one that tells, with options that exist."""
    from cloudrules.cli.main import program
    from cloudrules.core.errors import BadInput, Place, fault

    name, rest = _parted(receipt)
    odd = BadInput([fault("receipt-command", Place(file), command=" ".join(receipt.command))])
    if name not in TELLING or "--help" in rest or (form != "json" and name != "report"):
        raise odd
    command: click.Command = program
    for word in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.get_current_context(), word)
        assert found is not None
        command = found
    try:
        context = command.make_context(name, list(rest))
    except click.ClickException:
        raise odd from None
    for param in command.params:
        said = context.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
        if isinstance(param, click.Option) and param.name in ASIDE and said:
            raise odd
    if _from_standard(receipt) and (sys.stdin.isatty() or not _given(seconds)):
        raise BadInput([fault("receipt-stdin", Place(file))])


def _from_standard(receipt: Receipt) -> bool:
    return STANDARD in (*receipt.files, *_parted(receipt)[1])


@contextmanager
def _repeatable(receipt: Receipt) -> Iterator[None]:
    """Standard input, where a receipt asks for it, can be gone back to the start of in here."""
    from cloudrules.files.yaml import LARGEST

    before = sys.stdin
    if _from_standard(receipt):
        sys.stdin = TextIOWrapper(BytesIO(before.buffer.read(LARGEST + 1)))
    try:
        yield
    finally:
        sys.stdin = before


def _given(seconds: float) -> bool:
    """Whether anything comes on standard input within so many seconds."""
    try:
        if not select([sys.stdin.buffer], [], [], seconds)[0]:
            return False
    except (OSError, ValueError):  # not all that it may be can be waited for
        pass
    peek = getattr(sys.stdin.buffer, "peek", None)
    return peek is None or bool(peek(1))


def _parted(receipt: Receipt) -> tuple[str, list[str]]:
    """The command's name, and its arguments."""
    words = 2 if receipt.command[0] in GROUPS else 1
    return " ".join(receipt.command[:words]), list(receipt.command[words:])


def _same_pdf(kept: Kept, file: str, seconds: float) -> tuple[bool | None, tuple[str, str]]:
    """Whether the PDF is the one that is made here; None where it is not, which may have reasons.

    Where it cannot be made here, that is None as well, with the fault that says why.
    """
    with at_most(seconds):
        again, fault = _again(kept.receipt, "pdf", file)
    told = (fault.code, _where(fault)) if fault else ("", "")
    return (True if again == kept.data else None), told


def _again(receipt: Receipt, form: str, file: str) -> tuple[str | bytes, Fault | None]:
    """The answer now, or why there is none."""
    from cloudrules.cli.main import program
    from cloudrules.core.errors import BadInput, Place, fault

    name, rest = _parted(receipt)
    if _from_standard(receipt):
        sys.stdin.buffer.seek(0)
    with captured() as told:
        try:
            args = [*name.split(), "--format", form, *rest]
            program.main(args, prog_name="cloudrules", standalone_mode=False)
        except BadInput as error:
            if refused := [each for each in error.faults if each.code in REFUSED]:
                raise BadInput(refused) from None
            # Some commands answer what they can before they say what is wrong.
            return _whole(told), error.faults[0]
        except click.ClickException:
            command = " ".join(receipt.command)
            raise BadInput([fault("receipt-command", Place(file), command=command)]) from None
    return _whole(told), None


def _whole(told: Sequence[str | bytes]) -> str | bytes:
    """What came as one; bytes come at once."""
    first = told[0] if told else ""
    return first if isinstance(first, bytes) else "".join(map(str, told))


def _answer(text: str, form: str) -> dict[str, Any]:
    """The data of an answer that was just made."""
    import json

    from cloudrules.render.report import CLOSE, OPEN

    if form != "json":
        (line,) = (each for each in text.splitlines() if each.startswith(OPEN))
        text = line.removeprefix(OPEN).removesuffix(CLOSE)
    answer: dict[str, Any] = json.loads(text)
    return answer


def _stated(receipt: dict[str, Any]) -> dict[str, Any]:
    """What a receipt says of the answer itself; the rest of it is compared apart."""
    return {"receipt": {key: receipt[key] for key in ("on", "readings")}}


def _where(fault: Fault) -> str:
    """The file and line of a fault; what is written there is not told."""
    name, at = Path(fault.place.file).name, fault.place.line
    return f"{name}:{at}" if at else name


def _sums(receipt: Receipt) -> dict[str, str]:
    """The files of a receipt as they are now."""
    from cloudrules.files.certificate import total

    known = receipt.files
    return {
        name: known[name] if name == STANDARD else total(name, Path()) for name in receipt.files
    }
