from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from escalation.analysis.what_mattered.ladders import on_ladder
from escalation.cli.show import _befallen, _text
from escalation.files import load, loads
from escalation.world.distributions import Beta, Distribution, Elicited, LogNormal, Uniform
from escalation.world.event import Suspect
from escalation.world.plain_words import item_label
from escalation.world.scenario import Scenario

from .conftest import Escalation


def test_every_part_of_a_scenario_is_shown(escalation: Escalation) -> None:
    done = escalation("show", "haniyeh-2024")
    scenario = load("haniyeh-2024")
    assert done.exit_code == 0
    assert scenario.hash in done.stdout
    assert "known as of 2024-08-02" in done.stdout
    first_words = {line.split()[0] for line in done.stdout.splitlines() if line}
    assert first_words >= {*scenario.actors, *scenario.fronts, *scenario.commitments}
    rows = [re.split("  +", line) for line in done.stdout.splitlines()]
    for item in (*scenario.signals, *scenario.events):
        assert [row[2] for row in rows if row[-1] == item] == [item_label(item, scenario)]


def test_the_timeline_is_in_order_of_days(escalation: Escalation) -> None:
    _, _, timeline = escalation("show", "haniyeh-2024").stdout.partition("Timeline\n")
    days = [float(line.split()[0]) for line in timeline.splitlines()[1:]]
    assert len(days) > 10
    assert days == sorted(days)


def test_parts_that_are_not_there_have_no_table(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "bare.toml"
    path.write_text('name = "bare"\n[actors.a]\n[actors.b]\n[fronts.a-b]\n[fronts.b-a]\n', encoding="utf-8")
    done = escalation("show", str(path))
    assert done.stdout.startswith("bare (bare)\n")
    assert "Fronts" in done.stdout
    assert "Commitments" not in done.stdout
    assert "Timeline" not in done.stdout


def test_as_a_file_to_edit(escalation: Escalation) -> None:
    done = escalation("show", "two-state-deterrence", "--toml")
    assert loads(done.stdout) == load("two-state-deterrence")


def test_with_a_figure(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "network.png"
    done = escalation("show", "two-state-deterrence", "--plot", str(path))
    assert done.exit_code == 0
    assert path.read_bytes().startswith(b"\x89PNG")
    assert str(path) in done.stderr
    assert str(path) not in done.stdout


def test_a_name_nobody_knows(escalation: Escalation) -> None:
    done = escalation("show", "haniyeh-2042")
    assert done.exit_code == 2
    assert "did you mean 'haniyeh-2024'" in done.stderr


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (0.5, "0.5"),
        (Beta(a=2.0, b=3.0, high=0.9), "beta(2, 3)"),
        (Uniform(low=0.1, high=0.2), "uniform(0.1, 0.2)"),
        (LogNormal(median=1.0, sigma=0.25), "lognormal(1, 0.25)"),
        (Elicited(probabilities=(0.1, 0.9), values=(1.0, 3.0), low=0.0), "elicited(1, 3)"),
    ],
)
def test_quantities_are_short(quantity: float | Distribution, text: str) -> None:
    assert _text(quantity) == text


def test_changed_and_told_on_another_ladder(escalation: Escalation) -> None:
    words = ["--without", "threat", "--set", "horizon=20", "--ladder", "kahn-44"]
    answer = json.loads(escalation("show", "two-state-deterrence", *words, "--json").stdout)
    wanted = on_ladder(load("two-state-deterrence").without("threat").replace("horizon", 20), "kahn-44")
    assert answer["hash"] == wanted.hash
    assert Scenario.from_dict(answer["scenario"]) == wanted


def test_one_form_at_a_time(escalation: Escalation) -> None:
    done = escalation("show", "two-state-deterrence", "--toml", "--json")
    assert (done.exit_code, done.stdout) == (2, "")


def test_the_timeline_says_by_which_day_a_vow_is_due_and_an_ultimatum_to_be_met(
    escalation: Escalation, tmp_path: Path
) -> None:
    path = tmp_path / "words.toml"
    path.write_text(
        'name = "words"\n[actors.a]\n[actors.b]\n[fronts.a-b]\n[fronts.b-a]\n'
        '[signals.order]\nkind = "demand"\ndate = 2\nsender = "a"\nreceivers = ["b"]\nrung = "display"\ndue = 10\n'
        'or_else = 5\n[signals.vow]\nkind = "vow"\ndate = 3\nsender = "a"\nreceivers = ["b"]\n'
        '[signals.plain]\nkind = "demand"\ndate = 4\nsender = "a"\nreceivers = ["b"]\n',
        encoding="utf-8",
    )
    rows = escalation("show", str(path)).stdout.splitlines()[-3:]
    kinds = [re.split(r" {2,}", row)[3] for row in rows]
    assert kinds == ["ultimatum, by day 12", "vow, by day 17", "demand"]


def test_a_provocation_is_shown_with_its_author_and_then_its_victims(escalation: Escalation) -> None:
    timeline = escalation("show", "haniyeh-2024").stdout.partition("Timeline\n")[2]
    (row,) = (re.split("  +", line) for line in timeline.splitlines() if line.endswith("haniyeh-killed"))
    event = load("haniyeh-2024").events["haniyeh-killed"]
    assert event.kind == "provocation"
    assert row[4] == f"{event.author or 'unknown'} to {', '.join(hit.actor for hit in event.victims)}"
    assert _befallen(
        event.model_copy(update={"suspects": (*event.suspects, Suspect(actors=("usa",), prior=0.1))})
    ).startswith("unknown to ")
