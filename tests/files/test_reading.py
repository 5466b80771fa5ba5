from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import ScenarioError, StudyError
from escalation.files import library_names, load, loads
from escalation.files.names import library_text

SOUND = """
name = "quarrel"
[actors.irn]
[actors.isr]
[fronts.irn-isr]
[fronts.isr-irn]
"""


def refusal(path: str | os.PathLike[str]) -> str:
    with pytest.raises(ScenarioError, match=r".") as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize("name", library_names())
def test_the_library_is_sound(name: str) -> None:
    assert load(name).name == name


def test_a_path_of_either_kind(tmp_path: Path) -> None:
    file = tmp_path / "quarrel.toml"
    file.write_text(SOUND)
    assert load(file) == load(str(file)) == loads(SOUND)


@pytest.mark.parametrize("name", [3, None, b"july-1914", ["july-1914"]])
def test_what_is_neither_a_name_nor_a_path(name: object) -> None:
    with pytest.raises(StudyError, match="load takes a name in the library or the path of a TOML file, not "):
        load(name)  # type: ignore[arg-type]


def test_a_name_of_the_library_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = library_names()[0]
    Path(name).write_text(SOUND)
    assert load(name).name == name
    assert load(f"./{name}").name == "quarrel"


def test_neither_name_nor_path() -> None:
    said = refusal("hanyeh-2024")
    assert said.startswith("hanyeh-2024: no scenario 'hanyeh-2024' in the library, and no such file")
    assert "did you mean 'haniyeh-2024'?" in said
    assert "did you mean 'haniyeh-2024'?" in refusal("somewhere/hanyeh-2024.toml")


def test_a_file_that_is_misspelt_is_looked_for_beside_it(tmp_path: Path) -> None:
    (tmp_path / "island.toml").write_text(SOUND)
    assert "did you mean 'island.toml'? Allowed: island.toml, " in refusal(tmp_path / "isl.toml")
    assert "did you mean 'haniyeh-2024'?" in refusal(tmp_path / "hanyeh-2024")
    assert "did you mean 'haniyeh-2024'?" in refusal(tmp_path / "hanyeh-2024.toml")


def test_only_files_that_may_be_scenarios_are_offered(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "mine"\n')
    (tmp_path / "empty.toml").mkdir()
    assert "pyproject" not in refusal(tmp_path / "isl.toml")
    assert "empty" not in refusal(tmp_path / "isl.toml")
    (tmp_path / "island.toml").write_text(SOUND)
    said = refusal(tmp_path / "pyproj.toml")
    assert "allowed: island.toml, agadir-1911" in said


def test_what_is_no_readable_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: is a folder; a scenario is a TOML file"
    assert "cannot be read: File name too long" in refusal(tmp_path / ("x" * 300))
    assert "cannot be read: Not a directory" in refusal(Path(__file__) / "x")
    assert "no path is 'a\\x00b'" in refusal("a\0b")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_text(SOUND + "#" * (2**20 - len(SOUND)))
    assert load(file).name == "quarrel"
    file.write_text(SOUND + "#" * (2**20 - len(SOUND) + 1))
    assert "is larger than 1,048,576 bytes" in refusal(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name = 'x'\n\xff", "is not UTF-8 text: see line 2; save it as UTF-8"),
        (b"name = 'x'\na = \xe2\x80\xa6", "is not valid TOML: Invalid value (line 2: a = …)"),
        (b"a = " + b"[" * 100_000, "is nested too deeply"),
        (b"a = " + b"1" * 5000, "is not valid TOML: Exceeds the limit"),
        (b"a = 2024-13-01", "'2024-13-01' is no date of the calendar"),
        (b"a = 1\na = 2", "'a' stands twice in its table, first on line 1"),
        ("a = 1".encode("utf-16"), "is UTF-16 text, which some programs call Unicode; save it as UTF-8"),
        ("a = 1".encode("utf-16-le"), "is UTF-16 text"),
        ("a = 1".encode("utf-16-be"), "is UTF-16 text"),
    ],
)
def test_what_is_no_toml(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    assert refusal(file).startswith(f"{file}: {said}")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "marked.toml"
    file.write_text(SOUND, encoding="utf-8-sig")
    assert load(file) == loads(SOUND)


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        """name = "quarrel"
horizonn = 90
[actors.irn]
honesty = 1.4
[actors.isr]
[fronts.irn-isr]
baseline = "thraet"
[fronts.isr-irn]
incidents = { rate = 0.1, blame = 2.0 }
[signals.vow]
kind = "vow"
date = 1
sender = "irm"
receivers = ["isr"]
[[observed]]
date = 2
actor = "irn"
target = "isr"
rung = "war"
[[observed]]
date = 3
actor = "usa"
"""
    )
    assert (
        refusal(file)
        == f"""{file}: 8 faults
  - horizonn: is not a known key; did you mean 'horizon'? Allowed: name, title, description, start, as_of, \
horizon, period, stop_when_settled, sources, ladder, fit, rules, actors, fronts, commitments, signals, events, \
observed (line 2)
  - actors.irn.honesty: must be within [0, 1], not 1.4 (line 4)
  - fronts.irn-isr.baseline: no rung 'thraet' on the ladder; did you mean 'threat'? Allowed: restraint, \
threat, display, limited-strike, major-strike (line 7)
  - fronts.isr-irn.incidents.blame: must be within [0, 1], not 2 (line 9)
  - signals.vow.sender: no actor 'irm'; did you mean 'irn'? Allowed: irn, isr (line 13)
  - observed.1.actor: no actor 'usa'; allowed: irn, isr (line 22)
  - observed.1.target: is missing; it must be given (line 20)
  - observed.1.rung: is missing; it must be given (line 20)"""
    )


def test_text_without_a_file() -> None:
    with pytest.raises(ScenarioError, match=r"^name: is missing; it must be given$"):
        loads(SOUND.replace('name = "quarrel"', ""))


def test_nothing_in_a_file_is_executed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    hostile = f"{{__import__('pathlib').Path('{mark}').touch()}}"
    keys = ("note", "baseline", "stake")
    text = SOUND + "".join(f'{key} = "{hostile}"\n' for key in keys)
    with pytest.raises(ScenarioError, match="3 faults"):
        loads(f'{text}fear = {{ distribution = "{hostile}" }}\n')
    assert not mark.exists()


@given(st.binary(max_size=300))
def test_random_bytes_raise_scenario_errors_only(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "random.toml"
    file.write_bytes(content)
    assert refusal(file).startswith(f"{file}: ")


LIBRARY = library_text("two-state-deterrence").decode()


@given(st.integers(0, len(LIBRARY) - 1), st.integers(0, 30), st.text(st.characters(codec="utf-8"), max_size=5))
def test_a_damaged_file_loads_or_raises_a_scenario_error(start: int, length: int, patch: str) -> None:
    damaged = LIBRARY[:start] + patch + LIBRARY[start + length :]
    try:
        scenario = loads(damaged, file="damaged.toml")
    except ScenarioError as error:
        assert str(error).startswith("damaged.toml: ")  # noqa: PT017 - whether it loads is up to the draw
    else:
        assert scenario.actors


def test_faults_of_a_file_saved_on_windows_name_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "quarrel.toml"
    file.write_bytes((SOUND + 'baseline = "raid"\n[rules]\nleash = -1\n').replace("\n", "\r\n").encode())
    said = refusal(file)
    assert "fronts.isr-irn.baseline: no rung 'raid'" in said
    assert "(line 7)" in said
    assert "rules.leash: must be at least 0, not -1 (line 9)" in said
