from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from escalation.analysis.what_mattered.switches import MECHANISMS
from escalation.cli.main import app
from escalation.files import dumps, library_names, load
from escalation.montecarlo.events import further_names
from escalation.montecarlo.runner import run
from escalation.world.ladder import ladder_names

MAIN = "haniyeh-2024"
Offer = Callable[[str], list[str]]


def offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str) -> list[str]:
    """What a shell offers for the word that the line ends in, which may be empty."""
    words = line.split(" ")
    monkeypatch.setenv("_ESCALATION_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    with pytest.raises(SystemExit) as stopped:
        typer.main.get_command(app)(prog_name="escalation")
    assert stopped.value.code == 0
    return capsys.readouterr().out.split()


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offer:
    return lambda line: offered(monkeypatch, capsys, line)


def test_commands_and_options(offer: Offer) -> None:
    assert offer("escalation rep") == ["report"]
    assert "--runs" in offer("escalation run haniyeh-2024 --r")


def test_scenarios_of_the_library_and_files_at_hand(
    offer: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.toml").write_text("", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deep.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert offer("escalation run ") == [*library_names(), "mine.toml", "more/"]
    assert offer("escalation run han") == [MAIN]
    assert offer("escalation compare haniyeh-2024 mi") == ["mine.toml"]
    assert offer("escalation show more/") == ["more/deep.toml"]


def test_events_are_those_of_the_scenario(offer: Offer) -> None:
    known = run(load(MAIN), runs=2, progress=False)
    offered_here = offer("escalation uncertainty haniyeh-2024 --event ")
    assert sorted(offered_here) == sorted((*known.events, *further_names(known.axes)))
    assert "agreement:hzb-usa" in offered_here, "a front that opens only where a patron joins"
    assert "joint:irn+hzb" in offered_here
    assert offer("escalation rare --seed 3 haniyeh-2024 -e rung:m") == ["rung:major-strike"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("escalation run haniyeh-2024 --event joint:irn+hz", ["joint:irn+hzb"]),
        ("escalation compare haniyeh-2024 -e joint:irn+ham", ["joint:irn+hamas"]),
        ("escalation rare haniyeh-2024 --actor ir", ["irn"]),
        ("escalation run haniyeh-2024 --without us-private", ["us-private-warning"]),
        ("escalation run haniyeh-2024 --set actors.usa.hones", ["actors.usa.honesty.a=", "actors.usa.honesty.b="]),
        ("escalation plot beliefs haniyeh-2024 --front irn-i", ["irn-isr"]),
        ("escalation plot escalation-tree haniyeh-2024 --least w", ["war"]),
        ("escalation off-ramps haniyeh-2024 --sender us", ["usa"]),
        ("escalation show haniyeh-2024 --ladder ", list(ladder_names())),
        ("escalation ablate haniyeh-2024 -m ", list(MECHANISMS)),
        ("escalation leave-one-out haniyeh-2024 --item us-visit", ["us-visit-denial", "us-visit"]),
        ("escalation conditional-effect haniyeh-2024 --without usa-isr-", ["usa-isr-hezbollah"]),
    ],
)
def test_names_within_a_scenario(offer: Offer, line: str, wanted: list[str]) -> None:
    assert offer(line) == wanted


def test_a_scenario_that_is_at_fault_or_not_named_offers_nothing(offer: Offer, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(dumps(load("two-state-deterrence")).replace("horizon = 60", "horizon = -60"), encoding="utf-8")
    assert offer(f"escalation rare {bad} --actor ") == []
    assert offer("escalation rare --actor ") == []
