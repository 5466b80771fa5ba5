from __future__ import annotations

import pytest

from escalation.app.game import begin
from escalation.app.saving import dumps as game_text
from escalation.app.uploads import MOST_BYTES, faults_of, game_of, scenario_of
from escalation.errors import ScenarioError, StoreError
from escalation.files import dumps
from escalation.world.scenario import Scenario


def test_a_scenario_is_what_was_written(busy: Scenario) -> None:
    assert scenario_of("busy.toml", dumps(busy).encode()) == busy
    assert scenario_of("busy.toml", b"\xef\xbb\xbf" + dumps(busy).encode()) == busy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#" * (MOST_BYTES + 1), "larger than 1,048,576 bytes"),
        (b"name = 'x'\n# \xff", "not UTF-8 text: see line 2"),
        ("name = 'x'".encode("utf-16"), "is UTF-16 text"),
        (b"\x00\x01\x02", "control character"),
        (b"import os", "not valid TOML"),
    ],
)
def test_what_is_no_scenario_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ScenarioError, match=said) as refused:
        scenario_of("mine.toml", content)
    assert refused.value.file == "mine.toml"


def test_the_largest_file_is_taken(busy: Scenario) -> None:
    text = dumps(busy).encode()
    assert scenario_of("x.toml", text + b"#" * (MOST_BYTES - len(text))) == busy


def test_all_faults_are_told() -> None:
    text = "name = 'x'\nhorizon = 0\nhonsty = 1\n[actors.a]\n[actors.b]\n[fronts.a-b]\n[fronts.b-a]\n"
    with pytest.raises(ScenarioError, match="2 faults") as refused:
        scenario_of("x.toml", text.encode())
    refusal = faults_of("x.toml", refused.value)
    assert refusal.file == "x.toml"
    assert [fault.where for fault in refusal.faults] == ["horizon", "honsty"]
    assert "line 2" in refusal.faults[0].what


def test_other_errors_have_one_message() -> None:
    (fault,) = faults_of("g.json", StoreError("the replay differs")).faults
    assert (fault.where, fault.what) == ("", "the replay differs")


def test_a_game_is_replayed(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3).choose("restraint")
    assert game_of("g.json", game_text(here).encode()).trajectory == here.trajectory
    with pytest.raises(ScenarioError, match=r"g\.json"):
        game_of("g.json", b"{")
