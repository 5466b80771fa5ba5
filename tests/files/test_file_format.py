"""Format of scenario files: what a file says of it, and what is told of one that says none or an earlier one."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from escalation.errors import ScenarioError
from escalation.files import dumps, load, loads, schema
from escalation.files.names import library_names

CRISIS = """
name = "asked"
[actors.a]
[actors.b]
[actors.c]
[fronts.a-b]
[fronts.b-a]
[signals.call]
kind = "demand"
date = 3
sender = "c"
receivers = ["a"]
subject = "b"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "crisis.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_call_for_restraint_is_told_unless_the_file_is_of_this_format(tmp_path: Path) -> None:
    for head in ("", "format = 1\n"):
        with pytest.warns(UserWarning, match=r"crisis.toml: .* signals.call.kind: .* an appeal now"):
            found = load(written(tmp_path, head + CRISIS))
    with pytest.warns(
        UserWarning, match="threatens 'limited-strike': if it only calls for restraint, it is an appeal now"
    ):
        load(written(tmp_path, CRISIS + 'rung = "limited-strike"\n'))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load(written(tmp_path, "format = 2\n" + CRISIS)).hash == found.hash
        load(written(tmp_path, CRISIS.replace('kind = "demand"', 'kind = "appeal"')))
        ultimatum = CRISIS.replace("[signals.call]", "[fronts.c-a]\n[fronts.a-c]\n[signals.call]")
        load(
            written(tmp_path, ultimatum.replace('subject = "b"', 'subject = "b"\nrung = "limited-strike"\nor_else = 5'))
        )


def test_covert_acts_that_no_front_declares_are_told_of_a_file_of_the_first_format(tmp_path: Path) -> None:
    plain = CRISIS.partition("[signals.call]")[0]
    with pytest.warns(UserWarning, match="no front is declared deniable: nobody can act covertly"):
        load(written(tmp_path, "format = 1\n" + plain))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load(written(tmp_path, plain))
        load(written(tmp_path, "format = 1\n" + plain.replace("[fronts.a-b]", "[fronts.a-b]\ndeniable = true")))


@pytest.mark.parametrize("said", ["3", "0", "true", "'2'", "2.0", "[2]"])
def test_a_format_that_is_none_is_refused_with_its_line(tmp_path: Path, said: str) -> None:
    with pytest.raises(
        ScenarioError, match=r"format: must be 1 or 2, the formats of files, not .*\(line 2\)"
    ) as refused:
        load(written(tmp_path, f"\nformat = {said}\n{CRISIS}"))
    assert ("a later version" in str(refused.value)) is (said == "3")


def test_files_are_written_in_this_format_and_no_library_file_is_told_of() -> None:
    text = dumps(loads(CRISIS))
    assert text.startswith("format = 2\n")
    assert loads(text) == loads(CRISIS)
    assert schema()["properties"]["format"]["enum"] == [1, 2]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in library_names():
            load(name)
