"""Forms of rulebooks whose ids look like what remarks say: made, filled in, read and checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generator
import oracle
import pytest
import yaml

from cloudrules.cli.main import main

pytest.importorskip("xlsxwriter")

Ask = Callable[..., tuple[int, str, str]]
ITEMS = (
    *("1.1", "1.10", "1", "10", "a=b", "x、未確認", "(1)", "AC-2 (1)", "true", "注)", "2027-01-01"),
    *("1.1、2027-01-01まで", "○", "対象外", "-", "a,b", "A|B", "<i>", "※1", "#x", "'q'", "@at"),
)
EVIDENCE = ("e", "(e)", "e (x)", "e = f", "=e", "e,2027-01-01", "until", "e)", "[e]", "{e", "&e")
BOOLEANS = ("fact = true", "f=1", "(f)")


@pytest.fixture
def ask(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Ask:
    """Runs a command beside the files of a case with odd ids: code, output, errors."""
    monkeypatch.setattr(generator, "ITEM_IDS", ITEMS)
    monkeypatch.setattr(generator, "EVIDENCE_IDS", EVIDENCE)
    monkeypatch.setattr(generator, "BOOLEANS", BOOLEANS)
    monkeypatch.chdir(tmp_path)

    def ask(*args: str) -> tuple[int, str, str]:
        code = main([*args, "--on", generator.ON.isoformat()])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return ask


def stated(service: dict[str, Any]) -> dict[str, Any]:
    """What a service states, by the name and kind of what it is stated of."""
    service = oracle.normalised(service)
    found: dict[str, Any] = dict.fromkeys(service.get("unknown") or (), "unknown")
    for each in service.get("holds") or ():
        entry = each if isinstance(each, dict) else {"item": each}
        name = entry.get("evidence") or entry["item"]
        found[name] = ("held", entry.get("until"), entry.get("note"))
    found |= service.get("context") or {}
    return found | (service.get("readings") or {})


@pytest.mark.parametrize("seed", range(60))
def test_what_is_filled_in_is_read_again_or_told(seed: int, ask: Ask) -> None:
    made = generator.case(seed)
    generator.write(made, Path())
    lang = ("--lang", ("ja", "en")[seed % 2])
    assert ask("form", "new", "rulebook.yaml", "-o", "new.xlsx", *lang)[0] == 0
    code, _, told = ask("form", "fill", "new.xlsx", "service.yaml", "-o", "filled.xlsx", *lang)
    rules = ("--rulebook", "rulebook.yaml")
    _, out, doubts = ask("form", "read", "filled.xlsx", *rules, *lang)
    due, found = stated(made.service), stated(yaml.load(out, Loader=yaml.BaseLoader))
    other = {name for name in {**due, **found} if due.get(name) != found.get(name)}
    assert [name for name in other if name not in told + doubts] == []
    whole = "--service", "service.yaml", "--format", "json"
    _, out, _ = ask("form", "check", "filled.xlsx", *rules, *whole)
    answer = json.loads(out)
    asked = made.rulebook, [made.catalogue], made.service, made.on
    assert answer["compliant"] == oracle.assess(*asked)["compliant"]
    if code == 0:
        assert found == due
        assert answer["findings"] == []


def test_an_item_that_a_reading_makes_mandatory_can_be_answered_with_no(ask: Ask) -> None:
    Path("rules.yaml").write_text(
        "rulebook: rules\nitems:\n  - {id: 1.1, need: optional, text: t}\n"
        "readings:\n  - {id: r, options: [{id: a}, {id: b, change: {1.1: {need: mandatory}}}]}\n",
        encoding="utf-8",
    )
    Path("s.yaml").write_text("service: s\nrulebook: rules.yaml\nreadings: {r: b}\n", "utf-8")
    assert ask("form", "new", "rules.yaml", "-o", "new.xlsx", "--lang", "en")[0] == 0
    code, _, told = ask("form", "fill", "new.xlsx", "s.yaml", "-o", "filled.xlsx", "--lang", "en")
    assert "drop-down" not in told
    assert code == 0, told
