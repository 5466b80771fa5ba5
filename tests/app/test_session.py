"""Sessions never change, and take no name of a file from a visitor."""

from __future__ import annotations

from pathlib import Path

import pytest

import escalation as esc
from escalation.app.edits import Edits
from escalation.app.session import DEFAULT, Session, whole_number
from escalation.errors import ScenarioError, StudyError
from escalation.files import dumps
from escalation.world.scenario import Scenario


def test_it_opens_with_a_name_or_a_file(busy: Scenario, tmp_path: Path) -> None:
    assert Session.opened().scenario == esc.load(DEFAULT)
    path = tmp_path / "mine.toml"
    esc.save(busy, path)
    mine = Session.opened(str(path))
    assert (mine.scenario, mine.origin) == (busy, str(path))
    with pytest.raises(ScenarioError, match="no such file"):
        Session.opened("nowhere")


def test_a_visitor_names_scenarios_of_the_library_alone(busy: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "secret.toml"
    esc.save(busy, path)
    session = Session.opened("two-state-deterrence")
    assert session.chosen(DEFAULT).scenario == esc.load(DEFAULT)
    for name in (str(path), "../x", "/etc/passwd"):
        with pytest.raises(StudyError, match="in the library"):
            session.chosen(name)


def test_a_new_scenario_leaves_edits_behind_and_keeps_the_seed(busy: Scenario) -> None:
    session = Session.opened("two-state-deterrence").seeded(5, 7).edited(Edits(without=("threat",)))
    other = session.uploaded("busy.toml", dumps(busy).encode())
    assert (other.scenario, other.origin, other.edits, other.refusal) == (busy, "busy.toml", Edits(), None)
    assert (other.seed, other.run) == (5, 7)
    assert session.edits.without == ("threat",)


def test_what_is_at_fault_changes_nothing_else() -> None:
    session = Session.opened("two-state-deterrence").edited(Edits(without=("threat",)))
    refused = session.uploaded("bad.toml", b"horizon = 0")
    assert refused.refusal is not None
    assert (refused.refusal.file, len(refused.refusal.faults)) == ("bad.toml", 4)
    assert (refused.scenario, refused.edits) == (session.scenario, session.edits)
    assert refused.chosen(DEFAULT).refusal is None


def test_the_alternative_can_become_the_scenario() -> None:
    session = Session.opened("two-state-deterrence").edited(Edits(without=("threat",)))
    assert session.alternative == session.scenario.without("threat")
    adopted = session.adopted()
    assert (adopted.scenario, adopted.origin, adopted.edits) == (
        session.alternative, "two-state-deterrence, edited", Edits(),
    )  # fmt: skip
    assert adopted.edited(Edits((("rules.face", 0.4),))).adopted().origin == "two-state-deterrence, edited"


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 1 000 ", 1000), ("1,000", 1000), ("", None), ("0", None), ("1e3", None), ("٣", None),
     ("5001", None), ("9" * 30, None), ("-3", None), ("2.5", None)],
)  # fmt: skip
def test_whole_numbers_as_they_are_typed(text: str, number: int | None) -> None:
    assert whole_number(text, least=1, most=5000) == number
