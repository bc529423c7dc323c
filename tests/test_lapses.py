"""What a timeline says of what may lapse: never a reassurance that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import test_cli
import yaml
from test_cli import Run
from test_timeline import AT, asked

run = test_cli.run

TOWN = """
rulebook: town
title: t
items:
  - {id: a, need: mandatory}
  - {id: b, need: mandatory, in_force: {from: 2027-01-01}}
  - {id: c, need: mandatory, applies_when: a}
  - {id: d, need: mandatory, in_force: {until: 2027-03-31}}
waivers:
  - {id: w, when: a, waives: [b..c], in_force: {until: 2027-06-30}}
"""
LATER = """
rulebook: town
title: t
items:
  - {id: a, need: mandatory, in_force: {until: 2027-01-31}}
  - {id: b, need: mandatory}
  - {id: c, need: mandatory, in_force: {from: 2027-04-01}}
"""


def service(folder: Path, rules: str = "municipal-cloud-level-2", **more: Any) -> str:
    """A service file; what is held is told as `name until`."""
    if "\n" in rules:
        (folder / "town.yaml").write_text(rules, encoding="utf-8")
        rules = "town.yaml"
    kind = "item" if rules == "town.yaml" else "evidence"
    holds = [
        {kind: name, "until": until} if until else name
        for name, _, until in (each.partition(" ") for each in more.pop("holds"))
    ]
    path = folder / "service.yaml"
    told = {"service": "S", "rulebook": rules, "holds": holds, **more}
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    return str(path)


def said(run: Run, path: str, lang: str = "en") -> str:
    text = run("timeline", path, *AT, "--lang", lang).text
    return " ".join(text.split()) if lang == "en" else "".join(text.split())


def test_a_verdict_that_is_not_compliant_is_no_reassurance(run: Run, tmp_path: Path) -> None:
    path = service(tmp_path, holds=["csp.ismap 2027-01-31", "1.14"])
    told = asked(run, path, *AT, code=1)
    assert (told["may_lapse"], told["open"]) == ([], [])
    assert told["moot"] == [{"id": "csp.ismap", "until": "2027-01-31"}]
    assert told["limit"]["missing"][0] == "1.16"
    text = said(run, path)
    assert "What may lapse" not in text
    assert "makes no difference to a verdict that is not compliant either way" in text
    assert "What must be renewed Nothing is listed: even with everything renewed" in text
    assert "判定は変わりません" in said(run, path, "ja")


def test_of_what_is_unknown_the_inputs_are_named(run: Run, tmp_path: Path) -> None:
    path = service(
        tmp_path,
        holds=["csp.ismap 2027-01-31", "asp.iso27001 2027-06-30", "1.14"],
        unknown=["generative_ai", "service.aspic"],
    )
    told = asked(run, path, *AT, code=1)
    assert (told["may_lapse"], told["moot"]) == ([], [])
    assert [(each["id"], each["undecided_by"]) for each in told["open"]] == [
        ("csp.ismap", ["generative_ai"]),
        ("asp.iso27001", ["generative_ai"]),
    ]
    first = told["events"][0]
    assert first["revived"] == []
    assert first["may_revive"][:2] == ["1.8", "1.9"]
    for form in ("text", "ics", "svg", "markdown"):
        out = run("timeline", path, *AT, "--format", form).text.replace("\r\n ", "")
        assert "may revive" in " ".join(out.split())
        assert "1.28 revive" not in out
    assert "再び必要になる可能性があります" in said(run, path, "ja")
    assert "0 exempt, 24 not known" in run("timeline", path, *AT, "--format", "svg").text


def test_rules_that_no_renewal_keeps_up_with(run: Run, tmp_path: Path) -> None:
    path = service(tmp_path, TOWN, holds=["a 2027-09-30", "d 2027-03-31", "c 2027-07-15"])
    told = asked(run, path, *AT, code=1)
    assert told["falls"] == "2027-07-01"
    assert (told["limit"]["compliant"], told["limit"]["missing"]) == (False, ["b"])
    assert [(each["id"], each["why"]) for each in told["may_lapse"]] == [("d", "partly")]
    assert [each["id"] for each in told["moot"]] == ["c", "a"]
    text = said(run, path)
    assert "renewing cannot keep the service compliant after 2027-06-30" in text
    assert "on 2027-07-01 it is not compliant even with everything renewed" in text


def test_from_when_until_when(run: Run, tmp_path: Path) -> None:
    path = service(tmp_path, LATER, holds=["b 2027-09-30"], unknown=["c"])
    told = asked(run, path, *AT, code=1)
    assert (told["falls"], told["limit"]["undecided_by"]) == ("2027-04-01", ["c"])
    assert [each["id"] for each in told["open"]] == ["b"]
    text = said(run, path)
    assert "The service is not compliant on 2026-12-01." in text
    assert "known to be compliant from 2027-02-01 until 2027-03-31, no longer" in text
    assert "2027-02-01から2027-03-31まで" in said(run, path, "ja")


def test_a_verdict_that_comes_back(run: Run, tmp_path: Path) -> None:
    rules = """
rulebook: town
title: t
items:
  - {id: a, need: mandatory, in_force: {from: 2027-02-01, until: 2027-02-28}}
  - {id: b, need: mandatory}
"""
    path = service(tmp_path, rules, holds=["b"])
    assert "compliant until 2027-01-31, and again from 2027-03-01 on" in said(run, path)


@pytest.mark.parametrize("aspic", ["2027-03-31", "2027-06-30"])
def test_a_stand_in_holds_until_the_first_of_it_ends(aspic: str, run: Run, tmp_path: Path) -> None:
    """Where it ends on the same day it is one only if renewed."""
    holds = ["asp.iso27001 2027-03-31", "csp.ismap 2027-03-31", f"service.aspic {aspic}", "1.14"]
    path = service(tmp_path, holds=holds)
    told = asked(run, path, *AT, code=1)
    lapses = [(each["covered_by"], each["last"]) for each in told["may_lapse"]]
    assert lapses == [(["service.aspic"], aspic)] * 2
    same = aspic == "2027-03-31"
    assert ("only if service.aspic is renewed in time" in said(run, path)) == same
    assert (f"service.aspic does its part until {aspic}" in said(run, path)) != same


def test_of_several_stand_ins_the_first_to_end_counts(run: Run, tmp_path: Path) -> None:
    path = service(
        tmp_path,
        holds=[
            *("service.aspic 2027-06-30", "asp.iso27001 2027-03-31", "csp.ismap 2027-09-30"),
            *("contractor.iso27001 2027-12-31", "1.14"),
        ],
        context={"outsourced": "true"},
    )
    told = asked(run, path, *AT, code=1)
    last = {each["id"]: (each["covered_by"], each["last"]) for each in told["may_lapse"]}
    assert last == {
        "asp.iso27001": (["contractor.iso27001"], "2027-12-31"),
        "service.aspic": (["csp.ismap", "contractor.iso27001"], "2027-09-30"),
    }
    assert "csp.ismap, contractor.iso27001 do its part until 2027-09-30" in said(run, path)
