"""The JSON Schemas that editors use: valid, and of one mind with what reads the files."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generator
import jsonschema
import pytest
import yaml as pyyaml
from engine import CASES, ROOT

from cloudrules.core.errors import Fault
from cloudrules.core.record import Record, document
from cloudrules.files import yaml
from cloudrules.files.library import KINDS, kind_of

FILES = sorted(
    [
        *(ROOT / "knowledge_base").rglob("*.yaml"),
        *(ROOT / "scenarios").rglob("*.yaml"),
        *(CASES / "good").rglob("*.yaml"),
    ]
)


class Editor(pyyaml.SafeLoader):
    """YAML as editors read it, by the core schema of YAML 1.2: dates and `on` are strings."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"({pattern})\Z"), first)


def edited(text: str) -> Any:
    """A file as the editor holds it against the schema: a key is always a string."""

    def keyed(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): keyed(part) for key, part in value.items()}
        return [keyed(part) for part in value] if isinstance(value, list) else value

    return keyed(pyyaml.load(text, Editor))


VALIDATORS = {
    kind: jsonschema.Draft202012Validator(document(kind, shape)) for kind, shape in KINDS.items()
}


def faults(kind: str, text: str) -> list[Fault]:
    """What the reader of a file finds wrong with its shape."""
    found: list[Fault] = []
    Record(KINDS[kind]).read(yaml.read(text.encode(), "file"), found)
    return found


def test_the_editor_reads_as_yaml_1_2_does() -> None:
    assert edited("{on: 2027-07-01, a: no, b: 1.10, c: 0.5, 1.10: 12, d: , e: true}") == {
        "on": "2027-07-01",
        "a": "no",
        "b": 1.1,
        "c": 0.5,
        "1.1": 12,
        "d": None,
        "e": True,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind: str) -> None:
    made = document(kind, KINDS[kind])
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"] == kind
    assert kind in made["required"]
    assert made["additionalProperties"] is False
    assert all(part["description"] for part in made["properties"].values())
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_good_files_fit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kind = kind_of(yaml.read(text.encode(), "file"))
    assert kind
    assert faults(kind, text) == []
    assert [error.message for error in VALIDATORS[kind].iter_errors(edited(text))] == []


@pytest.mark.parametrize("seed", range(20))
def test_generated_files_fit(seed: int, tmp_path: Path) -> None:
    generator.write(generator.case(seed), tmp_path)
    for name, kind in (("rulebook", "rulebook"), ("cat", "catalogue"), ("service", "service")):
        text = (tmp_path / f"{name}.yaml").read_text(encoding="utf-8")
        assert faults(kind, text) == []
        assert [error.message for error in VALIDATORS[kind].iter_errors(edited(text))] == []


FULL = {
    "rulebook": """
rulebook: r
title: {ja: あ, en: a}
edition: "2024"
in_force: {from: 2024-04-01, until: 2030-03-31}
source: {document: d, note: n, url: u, file: d.txt}
not_modelled: [{text: t, reason: {ja: r}}]
catalogues: [cat.yaml]
context:
  level: {title: t, options: [low, high], default: low, note: n}
  employees: {type: number, default: 0}
items:
  - id: 1.2
    section: s
    text: {ja: あ, en: a}
    need: optional
    applies_when: not 1.1
    effort: {cost: 50000, months: 0}
    in_force: {from: 2027-07-01}
    note: n
waivers:
  - id: w
    text: t
    at: after 1.5
    when: 1.1 or 1.2
    waives: [1.6..1.28, 1.2]
    in_force: {until: 2027-07-01}
readings:
  - id: r
    question: q
    options:
      - {id: a, because: b}
      - {id: b, because: b, note: n, change: {w: {waives: [1.2]}, 1.2: null}}
note: n
""",
    "catalogue": """
catalogue: c
title: t
currency: JPY
note: n
evidence:
  - id: e
    kind: certification
    holder: asp
    title: {ja: あ, en: a}
    requires: f or g
    effort: {cost: 3000000, months: 8}
    valid_months: 36
    basis: {kind: estimate, source: s}
    note: n
""",
    "service": """
service: s
provider: p
rulebook: [a, b.yaml]
context: {generative_ai: true, employees: 12, signed: 2027-07-01}
holds:
  - asp.iso27001
  - {evidence: csp.ismap, until: 2027-03-31, note: n}
  - {item: 1.14}
  - 1.10
unknown: [csp.iso27018]
efforts: {asp.iso27001: {cost: 1800000}}
readings: {banner-scope: next-banner}
note: n
""",
    "scenario": """
scenario: s
service: {service: s, holds: [1.1]}
note: n
variants:
  - name: {ja: あ, en: a}
    rulebook: other.yaml
    add: [csp.ismap, {item: 1.14, until: 2027-03-31}]
    remove: [asp.iso27001]
    unknown: 1.2
    context: {generative_ai: true}
    change: {1.10: {need: mandatory}, w: null}
    readings: {hosting: literal}
    on: 2027-04-01
    note: n
    plan:
      minimize: [cost, months]
      forbid: service.ismap
      require: [1.1]
      only: [attestation, hosting]
      budget: 100
      deadline: 12
      robust: true
    expect:
      compliant: unknown
      missing: [1.16..1.27]
      waived: 1.2
      verdict: sometimes
      items: {1.10: missing, 1.11..1.13: met}
      plan: {status: optimal, cost: 1, certifications: 1, actions: 1, months: 1, acquire: [1.1]}
""",
}


def mappings(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for part in tree.values():
            yield from mappings(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from mappings(part)


def dumped(tree: Any) -> str:
    """Back to a file, plain scalars plain, so that an editor takes 12 for a number."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{dumped(key)}: {dumped(tree[key])}" for key in tree) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(dumped(part) for part in tree) + "]"
    return tree if re.fullmatch(r"[\w.-]+", tree) else json.dumps(tree, ensure_ascii=False)


def test_dumping_keeps_scalars_plain() -> None:
    for text in FULL.values():
        tree = pyyaml.load(text, pyyaml.BaseLoader)
        assert pyyaml.load(dumped(tree), pyyaml.BaseLoader) == tree
    assert edited(dumped({"a": "12", "b": "true", "c": "2027-07-01"})) == {
        "a": 12,
        "b": True,
        "c": "2027-07-01",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_full_files_fit(kind: str) -> None:
    """Every key of every record, so that what follows meets them all."""
    assert faults(kind, FULL[kind]) == []
    assert list(VALIDATORS[kind].iter_errors(edited(FULL[kind]))) == []
    used = {key for tree in mappings(edited(FULL[kind])) for key in tree}
    assert set(document(kind, KINDS[kind])["properties"]) - {"change", "extends"} <= used


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_key_is_refused_wherever_it_stands(kind: str) -> None:
    tree = pyyaml.load(FULL[kind], pyyaml.BaseLoader)
    count = len(list(mappings(tree)))
    refused = 0
    for at in range(count):
        changed = copy.deepcopy(tree)
        list(mappings(changed))[at]["neeed"] = "x"
        text = dumped(changed)
        found = faults(kind, text)
        fits = VALIDATORS[kind].is_valid(edited(text))
        if any(fault.code == "key-unknown" for fault in found):
            assert not fits, text
            refused += 1
        elif not found:
            assert fits, text
    assert refused >= {"rulebook": 15, "catalogue": 5, "service": 4, "scenario": 7}[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_left_out_is_missed_by_both_or_neither(kind: str) -> None:
    tree = pyyaml.load(FULL[kind], pyyaml.BaseLoader)
    missed = 0
    for at, mapping in enumerate(mappings(tree)):
        for key in mapping:
            changed = copy.deepcopy(tree)
            del list(mappings(changed))[at][key]
            text = dumped(changed)
            codes = {fault.code for fault in faults(kind, text)}
            fits = VALIDATORS[kind].is_valid(edited(text))
            assert fits is ("key-missing" not in codes), text
            missed += not fits
    assert missed >= 1


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("rulebook"),
        pytest.param("catalogue"),
        "service",
        "scenario",
    ],
)
def test_what_the_reader_takes_the_schema_takes(kind: str) -> None:
    """Any value put in any place: no editor marks as wrong what would be read."""
    rng = random.Random(kind)
    tree = pyyaml.load(FULL[kind], pyyaml.BaseLoader)
    values = ["x", "12", "true", "2027-07-01", ["x"], ["1.1", "12"], {}, [], {"ja": "あ"}]
    values += [{"a": "b"}, "1.1", "not 1.1", "low", "-1", "0.5"]
    taken = refused = 0
    for at, mapping in enumerate(mappings(tree)):
        for key in mapping:
            for value in rng.sample(values, 8):
                changed = copy.deepcopy(tree)
                list(mappings(changed))[at][key] = value
                text = dumped(changed)
                fits = VALIDATORS[kind].is_valid(edited(text))
                if not faults(kind, text):
                    assert fits, text
                    taken += 1
                refused += not fits
    assert taken > 20
    assert refused > 20
