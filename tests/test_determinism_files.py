"""Files that are written are the same, byte for byte, under any hash seed, zone, locale, folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import generator
import pytest
from engine import ROOT

from cloudrules.cli.main import main
from cloudrules.files.library import shipped

ON = generator.ON.isoformat()
BOOK = "municipal-cloud-level-2"
# Each call is run in a folder with the files of a case.
CALLS = [
    "form new rulebook.yaml -o new.xlsx",
    "form fill new.xlsx service.yaml -o filled.xlsx",
    "form read filled.xlsx --rulebook rulebook.yaml -o read.yaml",
    "report service.yaml -o report.html",
    "report service.yaml -o report.md",
    "report service.yaml -o report.json",
    "report service.yaml -o report.pdf",
    *(
        f"timeline service.yaml --format {form} > timeline.{form}"
        for form in ("ics", "svg", "json")
    ),
    "plan service.yaml --schedule 2027-04-01 --format svg > plan.svg",
    "plan service.yaml --schedule 2027-04-01 --format ics > plan.ics",
    "plan service.yaml --pareto cost,months --format svg > pareto.svg",
    "graph rulebook.yaml --service service.yaml --format svg > graph.svg",
    "form check filled.xlsx --rulebook rulebook.yaml --format json > check.json",
]
DRIVER = f"""
import sys
from cloudrules.cli.main import main
for call in {CALLS!r}:
    args, _, shown = call.partition(" > ")
    kept = sys.stdout
    with open(shown or "told", "a", encoding="utf-8", newline="") as sys.stdout:
        main([*args.split(), "--on", {ON!r}, "--lang", "ja"])
    sys.stdout = kept
"""
SETTINGS = [
    ("0", "UTC", "C.UTF-8"),
    ("1", "Asia/Tokyo", "C"),
    ("2", "America/New_York", "ja_JP.UTF-8"),
]


def test_the_same_files_wherever_they_are_written(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    found: list[dict[str, bytes]] = []
    for hashing, zone, locale in SETTINGS:
        folder = tmp_path / f"at-{hashing}" / ("deeper" * int(hashing))
        generator.write(generator.case(22), folder)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hashing, "TZ": zone}
        env |= {"LC_ALL": locale, "LANG": locale}
        command = [sys.executable, "-c", DRIVER]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        made = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        found.append({**made, "standard error": done.stderr})
    expected = {"filled.xlsx", "report.html", "timeline.svg", "check.json"}
    if os.environ.get("CI") == "true":  # where there is a font for it
        expected.add("report.pdf")
    assert expected <= found[0].keys()
    for name, data in found[0].items():
        assert [each[name] == data for each in found] == [True] * len(found), name


@pytest.mark.parametrize(
    "line",
    [
        *(f"graph {BOOK} --format {form}" for form in ("json", "dot", "graphml", "mermaid", "svg")),
        f"diff {BOOK} {BOOK} --reading-b hosting=literal --format json",
        f"check {BOOK} --reading hosting=literal --format json",
        f"check {BOOK} --reading hosting=literal --format sarif",
    ],
)
def test_no_answer_tells_where_the_program_is(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(line.split()) in (0, 1)
    out = capfd.readouterr().out
    assert out
    assert str(shipped()) not in out
