"""What check finds: planted faults and nothing else; on random rulebooks, what brute force finds.

A case in `cases/check` begins with what is wrong with it and how it is asked, as comments:

    # expect: CODE ID LINE          or FILE:LINE; ID of source-unquoted is how the sentence begins
    # parts: ENTRY, ENTRY           the entries of its clauses
    # where: READING=OPTION, ...    the readings told, of one set; nothing: all
    # readings: READING=OPTION      or `# all-readings`; without either: the default ones
    # on: DATE

The cases in `cases/check/sound` look faulty and are not. CLOUDRULES_SEEDS=FIRST:LAST (`make fuzz`)
says how many random rulebooks there are, of each kind.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import check_oracle
import generator
import oracle
import pytest
import yaml
from check_oracle import Check, Clause, Space, Table, everything
from check_witness import WITHOUT, Shown, Witness, part_of
from engine import CASES, ROOT
from generator import ON
from sound import sound

from cloudrules.cli.main import main
from cloudrules.core import checking, counting
from cloudrules.core.checking import Means
from cloudrules.core.errors import Place
from cloudrules.core.findings import RULES, Checked
from cloudrules.core.problem import Clock
from cloudrules.core.schema import Ref
from cloudrules.files.library import Library
from cloudrules.solvers import named, prover

first, last = (int(part) for part in os.environ.get("CLOUDRULES_SEEDS", "0:200").split(":"))
SEEDS = range(first, last)
FAULTS = sorted((CASES / "check").glob("*.yaml"))
SOUND = sorted((CASES / "check" / "sound").glob("*.yaml"))
TODAY = "2026-12-01"
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")

Json: TypeAlias = Any
Told: TypeAlias = Callable[..., Json]


# --- Planted faults, and what looks like one ----------------------------------------------------


def head(path: Path, mark: str) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        line.removeprefix(f"# {mark}:").strip() for line in lines if line.startswith(f"# {mark}:")
    ]


def asked(path: Path) -> list[str]:
    """How a case is to be checked."""
    options = ["--on", (head(path, "on") or [TODAY])[0]]
    if "# all-readings" in path.read_text(encoding="utf-8").splitlines():
        options.append("--all-readings")
    for reading in head(path, "readings"):
        options += ["--reading", reading]
    return options


def loaded(path: Path) -> tuple[dict, list[dict]]:
    """A rulebook and its catalogues, as they stand in files."""
    rulebook = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    catalogues = [
        yaml.load((path.parent / name).read_text(encoding="utf-8"), yaml.BaseLoader)
        for name in rulebook.get("catalogues", [])
    ]
    return {"waivers": [], **rulebook}, catalogues


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command in a folder and gives its code and its JSON."""

    def told(folder: Path, *command: str, stdin: str = "") -> tuple[int, Json]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main([*command, "--format", "json"])
        out, err = capsys.readouterr()
        assert not err
        return code, json.loads(out)

    return told


def test_there_are_enough() -> None:
    assert len(FAULTS) >= 70
    assert len(SOUND) >= 30
    kinds = Counter(line.split()[0] for path in FAULTS for line in head(path, "expect"))
    assert kinds.keys() == RULES.keys()
    assert min(kinds.values()) >= 2


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_planted_fault_is_found_and_nothing_else(path: Path, told: Told) -> None:
    code, answer = told(path.parent, "check", path.name, *asked(path), "--lang", "en")
    expected = sorted(line.rsplit(" ", 1) for line in head(path, "expect"))
    found = sorted(answer["findings"], key=lambda each: (each["rule"], each["id"]))
    assert len(found) == len(expected)
    for each, (what, where) in zip(found, expected, strict=True):
        rule, name = what.split(" ", 1)
        file, line = where.rsplit(":", 1) if ":" in where else (path.name, where)
        assert (each["rule"], each["file"], each["line"]) == (rule, file, int(line))
        assert each["id"].startswith(name) if rule == "source-unquoted" else each["id"] == name
        assert each["severity"] == RULES[rule]
        assert each["message"]
    assert code == int(any(RULES[each["rule"]] == "error" for each in found))
    for entries in head(path, "parts"):
        assert [part["entry"] for part in found[0]["parts"]] == entries.split(", ")
    for readings in head(path, "where"):
        pairs = (pair.split("=") for pair in readings.split(", ") if pair)
        assert [each["where"] for each in found] == [[dict(pairs)]]
    assert answer["undecided"] == []


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_planted_fault_is_told_in_japanese(path: Path, told: Told) -> None:
    _, english = told(path.parent, "check", path.name, *asked(path), "--lang", "en")
    _, japanese = told(path.parent, "check", path.name, *asked(path), "--lang", "ja")
    for one, two in zip(english["findings"], japanese["findings"], strict=True):
        assert JAPANESE.search(two.pop("message"))
        one.pop("message")
    assert english.pop("receipt") != japanese.pop("receipt"), "the language is part of the command"
    assert english == japanese


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_clauses_are_told_where_they_stand(path: Path, told: Told) -> None:
    """The line of a clause has its entry or its field, and the condition there has its words."""
    _, answer = told(path.parent, "check", path.name, *asked(path))
    for part in (part for each in answer["findings"] for part in each["parts"]):
        line = (
            (path.parent / part["file"]).read_text(encoding="utf-8").splitlines()[part["line"] - 1]
        )
        if not part["field"]:
            assert re.search(rf"\bid: {re.escape(part['entry'])}\b", line)
            continue
        assert f"{part['field']}: " in line
        said = yaml.load(line.strip().removeprefix("- "), yaml.BaseLoader)[part["field"]]
        whole = Clause(part["entry"], part["field"], (), "")
        trees = [tree for _, tree in everything(whole, oracle.parse(said))]
        assert part_of(part["text"]) in trees


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_the_oracle_expects_the_same(path: Path) -> None:
    """What is expected is not what the engine happened to say."""
    rulebook, catalogues = loaded(path)
    day = date.fromisoformat((head(path, "on") or [TODAY])[0])
    given = dict(reading.split("=") for reading in head(path, "readings"))
    all_ = "--all-readings" in asked(path)
    found: set[tuple[str, str]] = set()
    for readings in check_oracle.possible(rulebook) if all_ else [given]:
        found |= check_oracle.in_one_reading(rulebook, catalogues, readings, day)
    expected = {tuple(line.split(" ")[:2]) for line in head(path, "expect")}
    assert found == {each for each in expected if each[0] != "source-unquoted"}


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
@pytest.mark.parametrize("all_", [False, True], ids=["as asked", "all readings"])
def test_what_is_sound_has_no_finding(path: Path, all_: bool, told: Told) -> None:
    options = asked(path)
    if all_ and head(path, "readings"):
        pytest.skip("it is sound in one reading")
    if all_ and "--all-readings" not in options:
        options.append("--all-readings")
    assert told(path.parent, "check", path.name, *options)[1]["findings"] == []
    assert told(path.parent, "check", path.name, *options, "--fail-level", "note")[0] == 0


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_witness_can_be_assessed_and_shows_the_fault(path: Path, told: Told) -> None:
    rulebook, catalogues = loaded(path)
    _, answer = told(path.parent, "check", path.name, *asked(path))
    on = asked(path)[:2]
    for each in answer["findings"]:
        if each["witness"] is None:
            assert each["rule"] in WITHOUT
            continue
        text, besides = each["witness"]["yaml"], each["witness"]["besides"]
        service = yaml.load(text, yaml.BaseLoader)
        parts = [(part["entry"], part["field"], part["text"]) for part in each["parts"]]
        shown = Shown(
            each["rule"], each["id"], parts, service, besides, answer["readings"] != "all"
        )
        assert Witness(shown, rulebook, catalogues, date.fromisoformat(on[1])).confirmed()
        for more in ([], besides) if besides else ([],):
            adding = [word for name in more for word in ("--add", name)]
            _, assessed = told(path.parent, "assess", "-", *on, *adding, stdin=text)
            holder = oracle.with_added(service, more)
            ours = oracle.assess(rulebook, catalogues, holder, date.fromisoformat(on[1]))
            assert assessed["compliant"] == ours["compliant"] is not None
            assert assessed["missing"] == ours["missing"]


# --- Random rulebooks ---------------------------------------------------------------------------


def checked(folder: Path, readings: dict[str, str] | None, solver: str = "auto") -> Checked:
    rulebook = Library().rulebook(Ref("rulebook.yaml", Place("test")), folder).on(ON)
    if readings is not None:
        readings = {**rulebook.defaults(), **readings}
    means = Means(lambda universe: prover(solver, universe), named(solver), Clock(None))
    return checking.from_rulebook(rulebook, readings, means)


def of_size(seed: int) -> tuple[generator.Case, dict[str, str]]:
    """A random rulebook, every other one tiny, and one of its readings."""
    case = generator.case(seed, generator.TINY if seed % 2 else generator.SMALL)
    if seed % 3 == 0:
        clashing(case.rulebook)
    return case, random.Random(seed).choice(list(check_oracle.possible(case.rulebook)))


def clashing(rulebook: dict) -> None:
    """One reading more, which changes a field that an option of another changes as well."""
    for reading in rulebook.get("readings", []):
        for name, patch in reading["options"][-1].get("change", {}).items():
            if patch and "need" in patch and any(e["id"] == name for e in rulebook["items"]):
                other = {"id": "rx-b", "change": {name: {"need": patch["need"]}}}
                more = {"id": "rx", "options": [{"id": "rx-a"}, other]}
                rulebook["readings"].append(more)
                return


def grouped(found: Checked) -> list[list[tuple[str, str, str]]]:
    """The groups of clauses that the engine tells."""
    return sorted(
        sorted((p.entry, p.field, repr(part_of(p.text)) if p.field else "") for p in each.parts)
        for each in found.findings
        if each.rule == "clause-idle"
    )


def as_told(clause: Clause) -> tuple[str, str, str]:
    return (clause.entry, clause.field, clause.tree) if clause.path else (clause.entry, "", "")


def shown_of(each: Any, alone: bool) -> Shown:
    service = {
        "service": "witness",
        "rulebook": "rulebook.yaml",
        "holds": list(each.witness.holds),
        "context": {name: as_text(value) for name, value in each.witness.context.items()},
        "readings": each.witness.readings,
    }
    parts = [(part.entry, part.field, part.text) for part in each.parts]
    return Shown(each.rule, each.id, parts, service, each.witness.besides, alone)


def as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_reading(seed: int, tmp_path: Path) -> None:
    case, readings = of_size(seed)
    generator.write(case, tmp_path)
    asked_of = case.rulebook, [case.catalogue]
    found = checked(tmp_path, readings)
    expected = check_oracle.in_one_reading(*asked_of, readings, ON)
    check = Check(check_oracle.World(*asked_of, readings, ON))
    told = {(each.rule, each.id) for each in found.findings if each.rule != "clause-idle"}
    assert told == {each for each in expected if each[0] != "clause-idle"}
    assert grouped(found) == sorted(
        sorted(as_told(clause) for clause in group) for group in check.idle()
    )
    assert found.undecided == ()
    for each in found.findings:
        if each.witness is None and each.rule == "item-moot":  # it is met wherever it is owed
            assert not check.table.missing(each.id)
        else:
            assert (each.witness is None) == (each.rule in WITHOUT)
        if each.rule == "clause-idle":
            assert each.id == each.parts[0].entry
        if each.witness:
            assert Witness(shown_of(each, True), *asked_of, ON).confirmed(), each


@pytest.mark.parametrize("seed", SEEDS)
def test_all_readings(seed: int, tmp_path: Path) -> None:
    case, _ = of_size(seed)
    generator.write(case, tmp_path)
    asked_of = case.rulebook, [case.catalogue]
    found = checked(tmp_path, None)
    choices = list(check_oracle.possible(case.rulebook))
    expected: dict[tuple[str, str], set[int]] = {}
    for at, readings in enumerate(choices):
        for each in check_oracle.in_one_reading(*asked_of, readings, ON):
            expected.setdefault(each, set()).add(at)
    told: dict[tuple[str, str], set[int]] = {}
    idle: dict[tuple[str, str], set[int]] = {}
    for finding in found.findings:
        within = covered(finding.where, choices)
        told.setdefault((finding.rule, finding.id), set()).update(within)
        for part in finding.parts if finding.rule == "clause-idle" else ():
            idle.setdefault((finding.rule, part.entry), set()).update(within)
        for readings in finding.where:  # in the fewest words
            for reading in readings:
                fewer = {name: each for name, each in readings.items() if name != reading}
                assert not covered([fewer], choices) <= within, finding
        if finding.witness:
            taken = {**choices[0], **finding.witness.readings}
            assert choices.index(taken) in within or finding.rule == "reading-idle"
            assert Witness(shown_of(finding, False), *asked_of, ON).confirmed(), finding
    for rule, name in [*told]:
        if rule == "clause-idle":  # which clause of several is the first is a matter of taste
            assert idle[rule, name] >= told.pop((rule, name))
    entries: dict[tuple[str, str], set[int]] = {}
    for at, readings in enumerate(choices):
        for group in Check(check_oracle.World(*asked_of, readings, ON)).idle():
            for clause in group:
                entries.setdefault(("clause-idle", clause.entry), set()).add(at)
    assert idle == entries
    assert told == {each: at for each, at in expected.items() if each[0] != "clause-idle"}


def covered(where: Any, choices: list[dict[str, str]]) -> set[int]:
    """The choices in which all options of one of these sets are taken."""
    return {
        at
        for at, taken in enumerate(choices)
        if any(readings.items() <= taken.items() for readings in where)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_sound_rulebooks_have_no_finding(seed: int, tmp_path: Path) -> None:
    case = sound(seed)
    generator.write(case, tmp_path)
    found = checked(tmp_path, None)
    assert found.findings == ()
    for readings in [*check_oracle.possible(case.rulebook)][-2:]:
        assert checked(tmp_path, readings).findings == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_sound_rulebooks_are_sound(seed: int) -> None:
    case = sound(seed)
    asked_of = case.rulebook, [case.catalogue]
    if check_oracle.services_of([check_oracle.World(*asked_of, {}, ON)]).size > 1 << 18:
        pytest.skip("too many services")
    for readings in check_oracle.possible(case.rulebook):
        assert check_oracle.in_one_reading(*asked_of, readings, ON) == set()


@pytest.mark.parametrize("solver", ["clingo", "cp-sat", "python-constraint"])
@pytest.mark.parametrize("seed", SEEDS[::20])
def test_other_solvers_find_the_same(seed: int, solver: str, tmp_path: Path) -> None:
    case, readings = of_size(seed)
    generator.write(case, tmp_path)
    one, two = checked(tmp_path, readings), checked(tmp_path, readings, solver)
    assert [(f.rule, f.id, f.parts) for f in one.findings] == [
        (f.rule, f.id, f.parts) for f in two.findings
    ]
    assert one.shares == two.shares


# --- How much a reading matters -----------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_are_exact(seed: int, tmp_path: Path) -> None:
    case, readings = of_size(seed)
    generator.write(case, tmp_path)
    expected = check_oracle.shares(case.rulebook, [case.catalogue], ON)
    for chosen in (readings, None):
        shares = checked(tmp_path, chosen).shares
        assert {each.reading: each.share for each in shares} == expected
        assert all(each.exact and each.error == 0 for each in shares)
        order = sorted(expected, key=lambda reading: (-expected[reading], reading))
        assert [each.reading for each in shares] == order


def test_sampled_shares_lie_within_their_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(counting, "NODES", 2)
    outside = of = 0
    for seed in range(60):
        case, _ = of_size(seed)
        generator.write(case, tmp_path / str(seed))
        expected = check_oracle.shares(case.rulebook, [case.catalogue], ON)
        for each in checked(tmp_path / str(seed), None).shares:
            if not each.exact:
                of += 1
                assert each.of > 0
                assert abs(each.share - expected[each.reading]) <= 2 * Fraction(each.error)
                outside += abs(each.share - expected[each.reading]) > each.error
    assert of >= 20
    assert outside <= of * 0.15  # one in twenty is to be expected


# --- The shipped rulebook -----------------------------------------------------------------------

SHIPPED = "municipal-cloud-level-2"
MOOT = ["1.8", "1.9", "1.11", "1.12", "1.13"]


def moot(answer: Json) -> list[str]:
    return [each["id"] for each in answer["findings"] if each["rule"] == "item-moot"]


def test_the_shipped_rulebook_has_moot_items_read_to_the_letter_only(told: Told) -> None:
    _, usual = told(ROOT, "check", SHIPPED, "--on", TODAY)
    assert moot(usual) == []
    _, literal = told(ROOT, "check", SHIPPED, "--on", TODAY, "--reading", "hosting=literal")
    assert moot(literal) == MOOT
    _, every = told(ROOT, "check", SHIPPED, "--on", TODAY, "--all-readings")
    assert moot(every) == MOOT
    for each in every["findings"]:
        if each["rule"] == "item-moot":
            assert all(readings["hosting"] == "literal" for readings in each["where"])


@pytest.mark.parametrize("options", [[], ["--reading", "hosting=literal"], ["--all-readings"]])
def test_what_is_said_of_the_shipped_rulebook_is_shown(options: list[str], told: Told) -> None:
    code, answer = told(ROOT, "check", SHIPPED, "--on", TODAY, *options)
    assert code == 0
    assert answer["undecided"] == []
    day = date.fromisoformat(TODAY)
    rulebook, catalogue = (
        yaml.load((ROOT / "knowledge_base" / path).read_text(encoding="utf-8"), yaml.BaseLoader)
        for path in (f"rulebooks/{SHIPPED}.yaml", "catalogues/japan-cloud.yaml")
    )
    for each in answer["findings"]:
        if each["witness"] is None:
            assert each["rule"] in WITHOUT
            continue
        service = yaml.load(each["witness"]["yaml"], yaml.BaseLoader)
        now = oracle.assess(rulebook, [catalogue], service, day)
        holder = oracle.with_added(service, each["witness"]["besides"])
        then = oracle.assess(rulebook, [catalogue], holder, day)
        if each["rule"] == "item-moot":
            assert each["id"] in now["missing"]
            assert now["compliant"] == then["compliant"]
        if each["rule"] == "holding-harms":
            assert (now["compliant"], then["compliant"]) == (True, False)


class Sampled:
    """What samples of the services of a world deny: that clauses are idle, that items are moot."""

    def __init__(self, world: check_oracle.World) -> None:
        self.rules = check_oracle.rules_of(world)
        whole = check_oracle.services_of([world])
        meets = [world.inputs_of_met(item) for item in world.items]
        optional = [item for item, entry in world.items.items() if entry["need"] == "optional"]
        meets += [set().union(*map(world.inputs_of_met, optional))] * 5  # what releases others
        self.samples = [check_oracle.Sample(whole, meets, 1 << 12, seed) for seed in range(2)]
        self.answers = [Table(self.rules, sample).answers() for sample in self.samples]

    def deny_idle(self, clauses: list[Clause]) -> bool:
        left = self.rules.without(clauses)
        pairs = zip(self.samples, self.answers, strict=True)
        return any(Table(left, sample).answers() != answers for sample, answers in pairs)

    def deny_moot(self, item: str) -> bool:
        for sample in self.samples:
            off = Table(self.rules, sample.with_(item, False))
            on = Table(self.rules, sample.with_(item, True))
            if (off.compliant() ^ on.compliant()) & ~off.met(item):
                return True
        return False


def shipped(readings: dict[str, str]) -> check_oracle.World:
    folder = ROOT / "knowledge_base"
    rulebook, catalogue = (
        yaml.load((folder / path).read_text(encoding="utf-8"), yaml.BaseLoader)
        for path in (f"rulebooks/{SHIPPED}.yaml", "catalogues/japan-cloud.yaml")
    )
    return check_oracle.World(rulebook, [catalogue], readings, date.fromisoformat(TODAY))


def test_nothing_of_the_shipped_rulebook_is_missed() -> None:
    """By default no clause of it is idle and no item moot: samples show it of each of them."""
    world = shipped({})
    sampled = Sampled(world)
    for clause in sampled.rules.clauses():
        assert sampled.deny_idle([clause]), clause
    for item, entry in world.items.items():
        assert entry["need"] == "optional" or sampled.deny_moot(item), item


def test_what_is_said_of_the_shipped_rulebook_is_not_denied(told: Told) -> None:
    _, answer = told(ROOT, "check", SHIPPED, "--on", TODAY, "--all-readings")
    of = 0
    for each in answer["findings"]:
        for readings in each["where"][:2]:
            sampled = Sampled(shipped(readings))
            if each["rule"] == "item-moot":
                assert not sampled.deny_moot(each["id"])
            if each["rule"] == "clause-idle":
                parts = {
                    (
                        part["entry"],
                        part["field"],
                        repr(part_of(part["text"])) if part["text"] else "",
                    )
                    for part in each["parts"]
                }
                clauses = [c for c in sampled.rules.clauses() if as_told(c) in parts]
                assert len(clauses) >= len(parts)
                for clause in clauses:
                    assert not sampled.deny_idle([clause]), (readings, clause)
                assert len(clauses) == 1 or sampled.deny_idle(clauses)
            of += 1
    assert of >= 10


# --- The oracle itself --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS[:60])
def test_the_oracle_s_table_is_what_a_situation_says(seed: int) -> None:
    """All services at once have the answers that each of them has by itself."""
    case, readings = of_size(seed)
    world = check_oracle.World(case.rulebook, [case.catalogue], readings, ON)
    space = check_oracle.services_of([world])
    table = Table(check_oracle.rules_of(world), space)
    compliant, answers = table.compliant(), table.answers()
    rng = random.Random(seed)
    for number in (rng.randrange(space.size) for _ in range(20)):
        inputs = service_of(space, number)
        now = oracle.Situation(world, inputs)
        assert now.compliant() is bool(compliant >> number & 1)
        expected = []
        for item in world.items:
            applies, waived = now.applies(item), now.waived(item)
            expected += [applies, applies and waived, now.met(item)]
        assert [bool(bits >> number & 1) for bits in answers] == expected


def service_of(space: Space, number: int) -> oracle.Inputs:
    inputs: oracle.Inputs = {name: bool(space.on(name) >> number & 1) for name in space.switches}
    for fact, values in space.values.items():
        inputs[fact] = values[number // space.strides[fact] % len(values)]
    return inputs


def test_the_oracle_tells_what_stands_in_for_what() -> None:
    """Of `a or a` either can go, of `b or (b and c)` the second whatever becomes of the rest."""
    rulebook = {
        "rulebook": "by-hand",
        "items": [
            {"id": "1", "need": "mandatory", "applies_when": "a or a"},
            {"id": "2", "need": "mandatory", "applies_when": "b or (b and c)"},
        ],
        "waivers": [],
    }
    catalogue = {"catalogue": "cat", "evidence": [{"id": name} for name in "abc"]}
    check = Check(check_oracle.World(rulebook, [catalogue], {}, ON))
    assert [[(c.entry, c.path) for c in group] for group in check.idle()] == [
        [("1", (0,)), ("1", (1,))],
        [("2", (1,))],
    ]


def test_the_oracle_counts_circles() -> None:
    requires = {"a": "b or c", "b": "a", "c": "c and not d", "d": "true", "e": "c"}
    entries = [{"id": name, "requires": text} for name, text in requires.items()]
    circles = check_oracle.circles([{"catalogue": "cat", "evidence": entries}])
    assert circles == [["a", "b"], ["c"]]
