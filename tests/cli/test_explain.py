from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from escalation.engines.explaining.explain import decisions
from escalation.engines.simulate import simulate
from escalation.files import load
from escalation.world.plain_words import front_words, rung_words

from .conftest import Escalation

NAME = "haniyeh-2024"
RUN = ("--run", "17", "--seed", "1")


def test_it_lists_decisions_and_explains_the_highest(escalation: Escalation) -> None:
    done = escalation("explain", NAME, *RUN)
    assert done.exit_code == 0, done.stderr
    path = simulate(load(NAME), seed=1, run=17)
    listed = decisions(path)
    lines = done.stdout.splitlines()
    start = (
        next(n for n, line in enumerate(lines) if line.split() == ["day", "date", "front", "act", "probability", "id"])
        + 1
    )
    for row, line in zip(listed, lines[start:], strict=False):
        cells = [f"{row.day:g}", str(row.date), front_words(row.front, path.scenario), rung_words(row.act)]
        assert re.split("  +", line) == [*cells, f"{row.probability:.3f}", row.front]
    highest = max(listed, key=lambda row: row.rung)
    (found,) = path.explain(highest.day, highest.actor, target=highest.target)
    assert "\n".join(found.sentences) in done.stdout
    assert sum(line.startswith("On ") for line in lines) == 1
    for act in found.acts:
        assert any(line.startswith(rung_words(act.name)) and f"{act.probability:.3f}" in line for line in lines)
    assert any(found.beliefs[0].words in line and found.beliefs[0].moved_by in line for line in lines)


def test_json_is_one_object(escalation: Escalation) -> None:
    done = escalation("explain", NAME, *RUN, "--day", "20", "--actor", "irn", "--target", "isr", "--json")
    data = json.loads(done.stdout)
    path = simulate(load(NAME), seed=1, run=17)
    (found,) = path.explain(20, "irn", target="isr")
    assert data["explanations"] == [json.loads(json.dumps(found.to_dict()))]
    assert {key: data[key] for key in ("scenario", "seed", "run")} == {"scenario": NAME, "seed": 1, "run": 17}
    assert data["hash"] == path.scenario.hash
    assert [row["front"] for row in data["decisions"]] == [
        row.front for row in decisions(path) if row.front == "irn-isr"
    ]


@pytest.mark.parametrize("day", ["20", "2024-08-19"])
def test_a_day_explains_all_who_decided(escalation: Escalation, day: str) -> None:
    done = escalation("explain", NAME, *RUN, "--day", day)
    path = simulate(load(NAME), seed=1, run=17)
    fronts = [row.front for row in decisions(path) if row.day == 20]
    sentences = [line for line in done.stdout.splitlines() if line.startswith("On 19 August")]
    assert len(sentences) == len(fronts) > 1
    assert "probability\n" not in done.stdout.split("On 19")[0]  # no list of all decisions
    assert "One change alone, smallest first" in done.stdout
    assert "without the signal" in done.stdout


def test_signals_that_moved_nothing_are_left_out(escalation: Escalation) -> None:
    """The first to decide had heard of no signal when it did."""
    world = load("two-state-deterrence")
    first = min(world.day(signal.date) for signal in world.signals.values())
    late = world
    for name in world.signals:
        late = late.replace(f"signals.{name}.date", world.horizon - 1.0)
    assert first < world.horizon - 1.0
    words = [f"signals.{name}.date={world.horizon - 1.0}" for name in world.signals]
    done = escalation("explain", world.name, *(part for word in words for part in ("--set", word)))
    assert done.exit_code == 0, done.stderr
    assert decisions(simulate(late))
    assert "\nOn " in done.stdout
    assert "without the signal" not in done.stdout


def test_a_figure(escalation: Escalation, tmp_path: Path) -> None:
    figure = tmp_path / "why.svg"
    done = escalation("explain", NAME, *RUN, "--day", "6", "--actor", "irn", "--plot", str(figure))
    assert done.exit_code == 0
    assert figure.read_bytes().startswith(b"<?xml")
    assert str(figure) in done.stderr


def test_a_scenario_can_be_changed(escalation: Escalation) -> None:
    done = escalation("explain", NAME, *RUN, "--set", "rules.leash=0.3", "--without", "khamenei-vow", "--json")
    changed = load(NAME).without("khamenei-vow").replace("rules.leash", 0.3)
    assert json.loads(done.stdout)["hash"] == changed.hash


def test_nothing_decided_is_said(escalation: Escalation, tmp_path: Path) -> None:
    figure = tmp_path / "why.png"
    done = escalation("explain", NAME, *RUN, "--actor", "omn", "--plot", str(figure))
    assert done.exit_code == 0
    assert "No such decision fell in this run." in done.stdout
    assert not figure.exists()
    done = escalation("explain", NAME, *RUN, "--actor", "omn", "--json")
    assert json.loads(done.stdout)["explanations"] == []


def test_a_day_with_no_decision_lists_those_that_have_one(escalation: Escalation) -> None:
    done = escalation("explain", NAME, *RUN, "--day", "2")
    assert done.exit_code == 2
    days = dict.fromkeys(f"{row.day:g}" for row in decisions(simulate(load(NAME), seed=1, run=17)))
    assert f"days on which one did: {', '.join(days)}\n" in done.stderr
    done = escalation("explain", NAME, *RUN, "--day", "2", "--target", "omn")
    assert "days on which one did: none" in done.stderr
    done = escalation("explain", NAME, *RUN, "--day", "2", "--actor", "irn")
    assert "no decision of irn fell on day 2; days on which one did: 6 (2024-08-05)" in done.stderr


def test_what_if_a_belief_had_been_otherwise(escalation: Escalation) -> None:
    row = next(row for row in decisions(simulate(load(NAME), seed=1, run=17)) if row.front == "irn-isr")
    asked = ("--day", f"{row.day:g}", "--actor", "irn", "--target", "isr", "--json")
    plain, afraid = (
        json.loads(escalation("explain", NAME, *RUN, *asked, *more).stdout)["explanations"][0]
        for more in ((), ("--given", "fronts.irn-isr.fear=1.0", "--given", "rules.face = 0"))
    )
    found = simulate(load(NAME), seed=1, run=17).explain(
        row.day, "irn", target="isr", given={"fronts.irn-isr.fear": 1.0, "rules.face": 0.0}
    )
    assert afraid == json.loads(json.dumps(found[0].to_dict()))
    assert afraid["acts"] != plain["acts"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--day", "6", "--given", "rules.face=0"), "--given asks about one decision: name its --day and --actor"),
        (("--day", "6", "--actor", "irn", "--given", "rules.face"), "--given rules.face: must be NAME=NUMBER"),
        (("--day", "soon"), "--day soon: must be a date such as 2024-08-05, or days after the start"),
        (("--actor", "irm"), "did you mean 'irn'"),
        (("--target", "irm"), "did you mean 'irn'"),
        (("--plot", "why.xyz"), "no figure can be saved as '.xyz'"),
    ],
)
def test_bad_input(escalation: Escalation, words: tuple[str, ...], said: str) -> None:
    done = escalation("explain", NAME, *RUN, *words)
    assert done.exit_code == 2
    assert said in done.stderr


def closing(stdout: str) -> list[str]:
    """What stands below the last heading."""
    return stdout.split("\nWhat came of it\n")[1].splitlines()


def test_it_ends_with_the_wars_and_the_allies_that_joined(escalation: Escalation) -> None:
    path = simulate(load("july-1914"), seed=1, run=15)
    told = [came.sentence for came in path.consequences]
    assert {came.kind for came in path.consequences} == {"war", "joined"}
    run = ("--run", "15", "--seed", "1")
    assert closing(escalation("explain", "july-1914", *run).stdout) == told
    data = json.loads(escalation("explain", "july-1914", *run, "--json").stdout)
    assert [row["sentence"] for row in data["consequences"]] == told
    assert [row["cause"] for row in data["consequences"]] == [
        "act", "exchange of force", "commitment", "war", "commitment", "war", "war", "commitment", "war", "commitment"
    ]  # fmt: skip


def test_of_a_day_it_tells_only_what_came_then_or_later(escalation: Escalation) -> None:
    path = simulate(load("july-1914"), seed=1, run=15)
    row = next(row for row in decisions(path) if 30 < row.day < 65)
    asked = ("explain", "july-1914", "--run", "15", "--seed", "1", "--day", f"{row.day:g}", "--actor", row.actor)
    told = [came.sentence for came in path.consequences if came.day >= row.day]
    assert closing(escalation(*asked).stdout) == told != [came.sentence for came in path.consequences]
    supposed = escalation(*asked, "--target", row.target, "--given", f"fronts.{row.front}.fear=0.9").stdout
    assert "Suppose" in supposed
    assert "What came of it" not in supposed


def test_that_no_war_came_is_said(escalation: Escalation) -> None:
    quiet = simulate(load("two-state-deterrence"), seed=1, run=3)
    assert quiet.consequences == ()
    done = escalation("explain", "two-state-deterrence", "--run", "3", "--seed", "1")
    assert closing(done.stdout) == ["No war came, and no ally joined."]


def test_after_the_last_war_it_does_not_say_that_none_ever_came(escalation: Escalation) -> None:
    path = simulate(load("haniyeh-2024"), seed=1, run=2)
    assert [came.day for came in path.consequences][-1] == 4.0
    asked = ("--run", "2", "--seed", "1", "--day", "5", "--actor", "usa", "--target", "irn")
    done = escalation("explain", "haniyeh-2024", *asked)
    assert closing(done.stdout) == ["No war came, and no ally joined, on that day or later."]


def test_json_names_those_who_stood_aside_too(escalation: Escalation) -> None:
    scenario = load("haniyeh-2024")
    run = next(run for run in range(200) if simulate(scenario, seed=1, run=run).stood_aside)
    data = json.loads(escalation("explain", "haniyeh-2024", "--run", str(run), "--seed", "1", "--json").stdout)
    assert data["stood_aside"] == list(simulate(scenario, seed=1, run=run).stood_aside)
