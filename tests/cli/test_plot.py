"""These run the compiled engine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib import pyplot

from escalation.cli.plot import Name, _label
from escalation.files import load
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.runner import run

from .conftest import Escalation

TWO = "two-state-deterrence"
MORE: dict[str, list[str]] = {
    "small-multiples": ["haniyeh-2024"],
    "policies": ["--policy", "threat", "--policy", "actors.patron.capability=1; rules.leash=0.4"],
    "beliefs": ["--front", "challenger-defender"],
    "escalation-tree": ["--least", "threat"],
    "first-passage": ["-e", "initiation", "-e", "settled"],
}


@pytest.mark.parametrize("name", list(Name))
def test_every_figure_can_be_had(escalation: Escalation, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.png"
    done = escalation("plot", name, TWO, *MORE.get(name, []), "-n", "40", "--save", str(path))
    assert done.exit_code == 0, done.output
    assert path.read_bytes().startswith(b"\x89PNG")
    assert done.stdout == ""
    assert str(path) in done.stderr
    assert not pyplot.get_fignums()


def test_json_says_what_was_drawn(escalation: Escalation, tmp_path: Path) -> None:
    path = str(tmp_path / "a.pdf")
    answer = json.loads(escalation("plot", "fan", TWO, "-n", "40", "-s", "3", "-o", path, "--json").stdout)
    known = {"scenario": TWO, "hash": load(TWO).hash}
    assert answer == {"figure": "fan", "file": path, "scenarios": [known], "seed": 3, "runs": 40}


def test_saved_outcomes_are_drawn_without_running(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes, path = tmp_path / "outcomes.nc", str(tmp_path / "a.svg")
    run(load(TWO), runs=60, seed=2, progress=False).save(outcomes)

    def never(*_: object, **__: object) -> None:
        pytest.fail("it ran")

    monkeypatch.setattr("escalation.montecarlo.runner.run", never)
    words = ["plot", "peaks", TWO, "--outcomes", str(outcomes), "--save", path]
    told = json.loads(escalation(*words, "--json").stdout)
    assert (told["runs"], told["seed"]) == (60, 2)
    done = escalation(*words, "--without", "threat")
    assert done.exit_code == 2
    assert "other content" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["beliefs", TWO], "--front, one of challenger-defender"),
        (["policies", TWO], "--policy"),
        (["peaks", TWO, "haniyeh-2024"], "one scenario"),
        (["small-multiples", TWO, TWO], "different names"),
        (["pekas", TWO], "pekas"),
        (["policies", TWO, "--policy", ";"], "changes nothing"),
        (["fan", TWO, "--event", "war"], "--event: does not go with fan, but with first-passage, policies"),
        (["policies", TWO, "--policy", "threat", "--outcomes", "runs.nc"], "--outcomes: does not go with policies"),
        (["network", TWO, "--actor", "patron"], "--actor: does not go with network"),
        (["peaks", TWO, "--front", "challenger-defender"], "--front: does not go with peaks"),
        (["fan", TWO, "--least", "threat"], "--least: does not go with fan"),
        (["timeline", TWO, "--policy", "threat"], "--policy: does not go with timeline"),
        (["beliefs", TWO, "--front", "challenger-defender", "--target", "patron"], "--target: does not go with"),
    ],
)
def test_what_cannot_be_drawn(escalation: Escalation, tmp_path: Path, words: list[str], said: str) -> None:
    done = escalation("plot", *words, "-n", "10", "--save", str(tmp_path / "a.png"))
    assert done.exit_code == 2
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["beliefs", "--front", "challenger-nobody"], "no front 'challenger-nobody'"),
        (["fan", "--actor", "nobody"], "no actor 'nobody'"),
        (["escalation-tree", "--least", "restraint"], "no rung 'restraint' above the lowest"),
        (["first-passage", "-e", "wra"], "did you mean 'war'"),
        (["policies", "--policy", "threat", "-e", "wra"], "did you mean 'war'"),
    ],
)
def test_a_wrong_name_is_told_before_any_run_is_played(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("it ran")

    for place in ("montecarlo.runner.run", "montecarlo.compare.compare", "engines.simulate.simulate"):
        monkeypatch.setattr(f"escalation.{place}", never)
    done = escalation("plot", words[0], TWO, *words[1:], "--save", str(tmp_path / "a.png"))
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize("words", [["beliefs", TWO], ["policies", TWO], ["fan", TWO, TWO]])
def test_a_missing_option_is_told_before_anything_heavy_is_loaded(words: list[str]) -> None:
    code = (
        "import sys, contextlib\n"
        "from escalation.cli.main import main\n"
        f"sys.argv = ['escalation', 'plot', *{words!r}, '--save', 'a.png']\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "print([m for m in ('matplotlib', 'mesa', 'numba', 'numpy', 'xarray') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Error" in done.stderr
    assert done.stdout.strip() == "[]"


def test_ctrl_c_draws_what_was_finished(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(progress: Progress, runs: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    path = tmp_path / "a.png"
    done = escalation("plot", "peaks", TWO, "-n", "100000", "--workers", "1", "--save", str(path))
    assert done.exit_code == 130
    assert "of 100,000 runs" in done.stderr
    assert path.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["policies", TWO, "--policy", "threat", "--policy", "alliance"],
        ["small-multiples", TWO, "haniyeh-2024"],
    ],
)
def test_ctrl_c_leaves_as_many_runs_of_each_world(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    blocks: list[int] = []

    def interrupt(progress: Progress, runs: int) -> None:
        blocks.append(runs)
        if len(blocks) == 8:  # once, when each world has some
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    path = tmp_path / "a.png"
    done = escalation("plot", *words, "-n", "20000", "--workers", "1", "--save", str(path))
    assert done.exit_code == 130
    assert "of 20,000 runs" in done.stderr
    assert path.exists()


def test_a_policy_is_labelled_with_what_is_done() -> None:
    assert _label("no-attack") == "without 'no-attack'"
    assert _label("threat; rules.leash=0.4") == "without 'threat'; rules.leash=0.4"
