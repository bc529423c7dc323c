"""The same question has the same answer, byte for byte, wherever and whenever it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product

import pytest
from engine import ROOT

ON = "2026-12-01"
HELD = "scenarios/services/example-saas.yaml"
NEW = "scenarios/services/newcomer.yaml"
QUESTIONS = [
    ["assess", HELD, "--on", ON],
    ["assess", NEW, "--on", ON, "--all-readings"],
    ["explain", HELD, "1.16", "--on", ON],
    ["explain", NEW, "1.8", "--on", ON],
    ["plan", NEW, "--on", ON, "--minimize", "certifications,cost", "--top", "3"],
    ["plan", NEW, "--on", ON, "--robust", "--all"],
    ["plan", NEW, "--on", ON, "--only", "attestation"],
    ["whatif", "scenarios/certificate-lapses.yaml", "--on", ON],
    ["test", "scenarios/not-asked-yet.yaml", "--on", ON],
    [
        *("diff", "municipal-cloud-level-2", "scenarios/rulebooks/stricter-city.yaml"),
        *("--services", "scenarios", "--on", ON),
    ],
]
CHECKED = [
    f"tests/cases/check/{name}.yaml"
    for name in ("circle-of-three", "harms-two-steps", "idle-two-waivers-alike", "moot-at-least")
]
CALLS = [
    [*question, "--format", form, "--lang", lang]
    for question in QUESTIONS
    for form in ("text", "json", "markdown")
    for lang in ("ja", "en")
]
CALLS += [
    ["graph", "municipal-cloud-level-2", *more, "--format", form, "--on", ON, "--lang", lang]
    for more in ([], ["--service", HELD], ["--item", "1.16"])
    for form in ("mermaid", "dot", "svg", "graphml", "json")
    for lang in ("ja", "en")
]
CALLS += [
    [
        *("test", "scenarios/not-asked-yet.yaml", "--coverage", "--mutants"),
        *("--format", "json", "--on", ON),
    ]
]
CALLS += [
    ["check", *asked, "--on", ON]
    for asked in (
        ["municipal-cloud-level-2", "--all-readings", "--format", "json", "--lang", "ja"],
        ["municipal-cloud-level-2", "--reading", "hosting=literal", "--lang", "en"],
        [*CHECKED, "--format", "text", "--lang", "ja"],
        [*CHECKED, "--format", "sarif", "--lang", "en"],
        [*CHECKED, "--format", "github", "--lang", "ja"],
    )
]
CALLS += [["rule", *code, "--lang", lang] for code in ([], ["all"]) for lang in ("ja", "en")]
CALLS += [["init", "municipal-cloud-level-2", "--lang", lang] for lang in ("ja", "en")]
CALLS += [["assess", "scenarios/cheapest-way-in.yaml", "--lang", lang] for lang in ("ja", "en")]

# Runs every call in one process; what each prints comes after a line that names it.
DRIVER = f"""
import sys
from cloudrules.cli.main import main
for call in {CALLS!r}:
    for stream in (sys.stdout, sys.stderr):
        stream.buffer.write(b"\\0" + repr(call).encode() + b"\\n")
        stream.flush()
    main(call)
    sys.stdout.flush()
"""


def printed(seed: int, locale: str, zone: str, encoding: str | None) -> dict[bytes, bytes]:
    """What each call prints: standard output, then standard error."""
    unset = ("PYTHONIOENCODING", "PYTHONUTF8", "CLOUDRULES_LANG", "CLOUDRULES_KNOWLEDGE_BASE")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    env |= {"PYTHONHASHSEED": str(seed), "LANG": locale, "LC_ALL": locale, "TZ": zone}
    env |= {"PYTHONIOENCODING": encoding} if encoding else {}
    done = subprocess.run([sys.executable, "-c", DRIVER], cwd=ROOT, env=env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    parts = [
        dict(part.split(b"\n", 1) for part in stream.split(b"\0")[1:])
        for stream in (done.stdout, done.stderr)
    ]
    return {call: parts[0][call] + parts[1][call] for call in parts[0]}


@pytest.fixture(scope="module")
def expected() -> dict[bytes, bytes]:
    found = printed(0, "C.UTF-8", "UTC", None)
    assert len(found) == len(CALLS)
    assert all(found.values())
    return found


SETTINGS = list(product(("ja_JP.UTF-8", "C"), ("UTC", "Asia/Tokyo"), (None, "ascii")))


@pytest.mark.parametrize("seed", range(1, 11))
def test_same_bytes(expected: dict[bytes, bytes], seed: int) -> None:
    found = printed(seed, *SETTINGS[seed % len(SETTINGS)])
    for call, text in expected.items():
        assert found[call] == text, call.decode()
