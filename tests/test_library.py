"""How rulebooks and catalogues are found: by id in knowledge bases, by path from who names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine import CASES, ROOT

from cloudrules.core.errors import BadInput, Place
from cloudrules.core.schema import Ref
from cloudrules.files import library, output, yaml
from cloudrules.files.library import Library, kind_of, read_tree, scenario_files, shipped

CATALOGUE = "catalogue: {id}\nevidence: [{{id: {evidence}, kind: control}}]\n"
RULEBOOK = """
rulebook: {id}
catalogues: [{catalogue}]
items: [{{id: 1.1, need: mandatory, met_by: {by}}}]
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def ref(name: str) -> Ref:
    return Ref(name, Place("test", 7))


def codes(call: object) -> list[str]:
    with pytest.raises(BadInput) as raised:
        call()  # type: ignore[operator]
    return [each.code for each in raised.value.faults]


def pair(name: str, folder: str = "") -> dict[str, str]:
    """A rulebook and the catalogue that it names by id."""
    nested = bool(folder)
    return {
        f"{folder}/rulebooks/{name}.yaml" if nested else f"{name}.yaml": RULEBOOK.format(
            id=name, catalogue=f"cat-{name}", by=f"e-{name}"
        ),
        f"{folder}/catalogues/cat-{name}.yaml" if nested else f"cat-{name}.yaml": CATALOGUE.format(
            id=f"cat-{name}", evidence=f"e-{name}"
        ),
    }


def test_the_shipped_one_is_found_by_id_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = Library().rulebook(ref("municipal-cloud-level-2"), tmp_path)
    assert found.id == "municipal-cloud-level-2"
    assert "asp.iso27001" in found.evidence
    assert (shipped() / "rulebooks" / "municipal-cloud-level-2.yaml").is_file()


def test_a_folder_of_ones_own_flat_or_sorted(tmp_path: Path) -> None:
    write(tmp_path, {f"flat/{name}": text for name, text in pair("one").items()})
    write(tmp_path, pair("two", "sorted"))
    for folder, name in (("flat", "one"), ("sorted", "two")):
        made = Library([tmp_path / folder])
        found = made.rulebook(ref(name))
        assert found.id == name
        assert set(found.evidence) == {f"e-{name}"}
        assert name in made.ids("rulebook")
        assert "municipal-cloud-level-2" in made.ids("rulebook"), "the shipped ones are still there"


def test_the_first_base_wins_and_ones_own_wins_over_the_shipped(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(
            tmp_path / folder,
            {
                "municipal-cloud-level-2.yaml": RULEBOOK.format(
                    id="municipal-cloud-level-2", catalogue="own", by=f"e-{folder}"
                ),
                "own.yaml": CATALOGUE.format(id="own", evidence=f"e-{folder}"),
            },
        )
    name = ref("municipal-cloud-level-2")
    for bases, evidence in ((["a", "b"], "e-a"), (["b", "a"], "e-b")):
        found = Library([tmp_path / base for base in bases]).rulebook(name)
        assert set(found.evidence) == {evidence}
    assert len(Library().rulebook(name).evidence) == 14


def test_an_id_may_differ_from_the_name_of_its_file(tmp_path: Path) -> None:
    files = pair("one")
    write(
        tmp_path,
        {"city-2026.yaml": files["one.yaml"], "evidence.yaml": files["cat-one.yaml"]},
    )
    assert Library([tmp_path]).rulebook(ref("one")).id == "one"


def test_the_folder_of_who_names_it_comes_first(tmp_path: Path) -> None:
    write(tmp_path / "near", pair("one"))
    write(tmp_path / "base", pair("one"))
    made = Library([tmp_path / "base"])
    assert made.find("rulebook", ref("one"), tmp_path / "near").parent.name == "near"
    assert made.find("rulebook", ref("one"), None).parent.name == "base"


@pytest.mark.parametrize("name", ["one.yaml", "./one.yaml", "sub/../one.yaml", "sub/two.yml"])
def test_paths_start_from_who_names_them(name: str, tmp_path: Path) -> None:
    write(tmp_path, {**pair("one"), "sub/two.yml": "rulebook: two\nextends: ../one.yaml\n"})
    if name.startswith("sub/two"):
        # A rulebook may name only what lies in its own folder.
        assert codes(lambda: Library().rulebook(ref(name), tmp_path)) == ["path-outside"]
    else:
        assert Library().rulebook(ref(name), tmp_path).id == "one"


def test_a_rulebook_extends_one_of_a_base(tmp_path: Path) -> None:
    """By id it may; from there on to another."""
    write(
        tmp_path,
        {
            "city.yaml": "rulebook: city\nextends: municipal-cloud-level-2\n"
            "change: {1.28: {need: mandatory}}\n",
            "ward.yaml": "rulebook: ward\nextends: city\nchange: {1.27: null}\n",
        },
    )
    found = Library([tmp_path]).rulebook(ref("ward"))
    assert found.items["1.28"].need == "mandatory"
    assert "1.27" not in found.items
    assert found.id == "ward"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.yaml": "rulebook: a\nextends: a.yaml\n"}, "extends-circle"),
        (
            {
                "a.yaml": "rulebook: a\nextends: b.yaml\n",
                "b.yaml": "rulebook: b\nextends: a.yaml\n",
            },
            "extends-circle",
        ),
        (
            {"a.yaml": "rulebook: a\nextends: nowhere\n"},
            "rulebook-unknown",
        ),
        (
            {"a.yaml": RULEBOOK.format(id="a", catalogue="nowhere.yaml", by="e")},
            "path-missing",
        ),
        ({"a.yaml": RULEBOOK.format(id="a", catalogue="nowhere", by="e")}, "catalogue-unknown"),
        ({"a.yaml": "catalogue: a\nevidence: [{id: e, kind: control}]\n"}, "file-kind"),
        ({"b.yaml": ""}, "path-missing"),
    ],
)
def test_what_cannot_be_found_is_said(files: dict[str, str], code: str, tmp_path: Path) -> None:
    write(tmp_path, files)
    assert codes(lambda: Library().rulebook(ref("a.yaml"), tmp_path)) == [code]


def test_a_path_on_the_command_line_is_no_path_from_a_file(tmp_path: Path) -> None:
    named = Ref("a.yaml", Place("--rulebook"))
    assert codes(lambda: Library().rulebook(named, tmp_path)) == ["path-missing-here"]


def test_a_rulebook_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, pair("one"))
    made = Library()
    first = made.rulebook(ref("one.yaml"), tmp_path)
    monkeypatch.setattr(library, "read_tree", lambda *_: pytest.fail("read again"))
    assert made.rulebook(ref("./one.yaml"), tmp_path) is first


def test_kinds() -> None:
    for path, kind in (
        (ROOT / "knowledge_base/catalogues/japan-cloud.yaml", "catalogue"),
        (ROOT / "knowledge_base/rulebooks/municipal-cloud-level-2.yaml", "rulebook"),
        (ROOT / "scenarios/services/newcomer.yaml", "service"),
        (ROOT / "scenarios/cheapest-way-in.yaml", "scenario"),
    ):
        assert kind_of(read_tree(path)) == kind
    assert kind_of(yaml.read(b"- a", "f")) is None
    assert kind_of(yaml.read(b"a: b", "f")) is None


def test_scenarios_of_a_folder() -> None:
    found = scenario_files([str(ROOT / "scenarios")])
    names = [path.relative_to(ROOT / "scenarios").as_posix() for path in found]
    assert names == sorted(names)
    assert "cheapest-way-in.yaml" in names
    assert not any(name.startswith(("services/", "rulebooks/")) for name in names)
    one = ROOT / "scenarios/cheapest-way-in.yaml"
    assert scenario_files([str(one)]) == [one]
    assert codes(lambda: scenario_files([str(CASES / "good")])) == ["no-scenarios"]


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.yaml"
    output.write(path, "first 一\n")
    assert path.read_bytes() == "first 一\n".encode()
    assert codes(lambda: output.write(path, "second")) == ["file-exists"]
    output.write(path, "third\n", force=True)
    assert path.read_text() == "third\n"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for function in ("os.replace", "os.fsync", "os.chmod"):
        with monkeypatch.context() as patch:
            patch.setattr(f"cloudrules.files.output.{function}", full)
            assert codes(lambda: output.write(path, "fourth", force=True)) == ["output"]
        assert path.read_text() == "third\n"
        assert [each.name for each in tmp_path.iterdir()] == ["out.yaml"]
    assert codes(lambda: output.write(tmp_path / "no" / "out.yaml", "x")) == ["output"]


def test_a_written_file_is_like_any_other(tmp_path: Path) -> None:
    """Readable by whom the umask allows, not private as temporary files are."""
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    output.write(tmp_path / "ours", "x")
    assert (tmp_path / "ours").stat().st_mode == ordinary.stat().st_mode
