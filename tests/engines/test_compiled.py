"""The compiled engine: its entry as plain Python, its cache, and what it says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crises import crisis_of

from escalation.dynamics.outcomes import Outcomes
from escalation.dynamics.state import Crisis
from escalation.engines import compiled, entry
from escalation.engines.buffers import empty_log, empty_outcomes
from escalation.engines.compiled import (
    advance,
    begin_states,
    cache_folder,
    run_block,
    run_drawn,
    run_recorded,
    source_hash,
)
from escalation.engines.entry import AS_STATED, Given, play_runs
from escalation.engines.lower import NOTHING_DRAWN, Lowered, lower
from escalation.engines.readable import readable_crisis
from escalation.engines.tables import views
from escalation.files import library_names, load
from escalation.world.distributions import LogNormal, Uniform

SCENARIO = crisis_of(
    "a-b c-b",
    horizon=15,
    front={"a-b": {"revisionism": 0.9, "stake": {"distribution": "uniform", "low": 0.5, "high": 1.5}}},
    actors={"a": {"tempo": 2.0}},
    stop_when_settled=True,
    rules={"settle_days": 2.0},
)


class Row:
    """A row of a structured array whose attributes are numbers of Python, which do not overflow."""

    def __init__(self, record: np.record) -> None:
        object.__setattr__(self, "record", record)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name).item()

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.record, name, value)


class Rows:
    """A structured array that gives its rows as records, as the tables of the readable engine do."""

    def __init__(self, array: np.recarray) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, row: int) -> Any:
        return Row(self.array[row])


def by_hand(lowered: Lowered, block: np.ndarray) -> Crisis:
    """Tables over a block of memory of which plain Python can read and write the attributes."""
    crisis = views(block, lowered)
    tables: dict[str, Any] = {}
    for name, array in crisis._asdict().items():
        tables[name] = Rows(array.view(np.recarray)) if array.dtype.names else array
    return Crisis(**tables)


def play_by_hand(monkeypatch: pytest.MonkeyPatch, crisis: Crisis) -> None:
    """Let the entry as plain Python play a crisis."""
    run_block(lower(SCENARIO), seed=0, first=0, count=0)  # what compiles must find the true one
    monkeypatch.setattr(entry, "crisis_at", lambda _: crisis)


@pytest.mark.parametrize("recording", [True, False])
def test_the_entry_is_plain_python(monkeypatch: pytest.MonkeyPatch, *, recording: bool) -> None:
    lowered = lower(SCENARIO)
    block = lowered.template.copy()
    play_by_hand(monkeypatch, by_hand(lowered, block))
    outcomes = empty_outcomes(lowered, 2)
    log = empty_log(lowered)
    starts, runs = lowered.template[np.newaxis], np.array([4, 5])
    rest = ((lowered.periods, lowered.periods, False), True, False, outcomes, log, recording, -1)
    play_runs(block, starts, np.zeros(1, np.int64), (3, 0), runs, AS_STATED, *rest)
    expected = run_block(lowered, seed=3, first=4, count=2)
    for name in Outcomes._fields:
        np.testing.assert_array_equal(getattr(outcomes, name), expected[name], err_msg=name)
    assert bool(log.count[0] > 0) is recording
    assert outcomes.ended.min() < lowered.periods, "no run stopped early, so that was not tried"


def test_a_run_can_be_drawn_at_given_probabilities_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered = lower(SCENARIO)
    block = lowered.template.copy()
    play_by_hand(monkeypatch, by_hand(lowered, block))
    outcomes, log = empty_outcomes(lowered, 2), empty_log(lowered, periods=0)
    starts, runs = np.repeat(lowered.template[np.newaxis], 2, axis=0), np.array([4, 4])
    uniforms, limits = np.array([[0.25], [0.75]]), (1, lowered.periods, False)
    given = AS_STATED._replace(uniforms=uniforms)
    ends = (outcomes, log, False, -1)
    play_runs(block, starts, np.zeros(1, np.int64), (3, 0), runs, given, limits, True, True, *ends)
    stakes = [float(views(row, lowered).fronts["stake"][0]) for row in starts]  # type: ignore[call-overload]
    assert stakes == [0.75, 1.25]
    assert outcomes.ended.tolist() == [1, 1]
    limits = (99, lowered.periods, False)
    play_runs(block, starts, np.zeros(1, np.int64), (3, 0), runs, given, limits, False, True, *ends)
    whole = run_drawn(lowered, uniforms, seed=3, runs=runs)
    for name, array in whole.items():
        np.testing.assert_array_equal(getattr(outcomes, name), array, err_msg=name)


@pytest.mark.parametrize("order", [[], [0, 3, 1, 4, 2, 5]], ids=["as-they-come", "by-number"])
def test_rows_begin_with_what_they_are_given(monkeypatch: pytest.MonkeyPatch, order: list[int]) -> None:
    lowered = lower(SCENARIO.replace("rules.settle_days", LogNormal(median=30.0, sigma=1.0)))
    paths = [parameter.path for parameter in lowered.parameters]
    block, stake = lowered.template.copy(), paths.index("fronts.a-b.stake")
    draws = np.delete(lowered.draw_records, stake)  # what is given a value is not drawn
    room = lowered.drawn_before() if order else NOTHING_DRAWN
    crisis = by_hand(lowered, block)._replace(parameters=Rows(draws.view(np.recarray)), drawn_before=room)
    play_by_hand(monkeypatch, crisis)
    outcomes, log = empty_outcomes(lowered, 6), empty_log(lowered, periods=0)
    stakes, medians = np.array([[0.6], [1.4]]), np.array([[1.0], [3.0]])
    words = np.array([lowered.parameters[stake].address])
    sigmas, places = np.full((2, 1), 0.2), np.array(order, np.int64)
    given = Given(np.empty((0, 0)), 3, words, stakes, np.array([0]), medians, sigmas, places)
    ends = ((lowered.periods, lowered.periods, False), True, False, outcomes, log, False, -1)
    runs = np.array([4, 5, 6, 4, 5, 6])
    play_runs(block, lowered.start, np.zeros(1, np.int64), (3, 0), runs, given, *ends)
    for row in range(2):
        stated = SCENARIO.replace("fronts.a-b.stake", float(stakes[row, 0]))
        stated = stated.replace("rules.settle_days", LogNormal(median=float(medians[row, 0]), sigma=0.2))
        expected = run_block(lower(stated), seed=3, first=4, count=3)
        for name in Outcomes._fields:
            found = getattr(outcomes, name)[3 * row : 3 * row + 3]
            np.testing.assert_array_equal(found, expected[name], err_msg=name)


def test_a_run_that_goes_on_from_where_it_stands_is_the_same_run() -> None:
    lowered = lower(SCENARIO)
    runs = np.arange(7, 27)
    states = begin_states(lowered, seed=3, runs=runs)
    for periods in (1, 4, 99):
        parts = advance(lowered, states, seed=3, runs=runs, periods=periods)
    for name, array in run_block(lowered, seed=3, first=7, count=20).items():
        np.testing.assert_array_equal(parts[name], array, err_msg=name)


def test_a_copy_that_goes_on_under_another_number_has_another_future() -> None:
    lowered = lower(SCENARIO)
    runs = np.arange(20)
    one = begin_states(lowered, seed=3, runs=runs)
    advance(lowered, one, seed=3, runs=runs, periods=3)
    two = one.copy()
    here = advance(lowered, one, seed=3, runs=runs, periods=99)
    there = advance(lowered, two, seed=3, runs=runs + 1000, periods=99)
    assert (here["signature"] != there["signature"]).any()


def test_blocks_may_be_cut_anywhere() -> None:
    lowered = lower(SCENARIO)
    whole = run_block(lowered, seed=3, first=0, count=30)
    for first, count in ((0, 1), (7, 23), (29, 1)):
        part = run_block(lowered, seed=3, first=first, count=count)
        for name, array in part.items():
            np.testing.assert_array_equal(array, whole[name][first : first + count], err_msg=name)


@pytest.mark.parametrize("rule", ["accident_hazard", "brinkmanship_scale", "brinkmanship_slope"])
def test_a_run_takes_no_risks_from_the_run_before_it(rule: str) -> None:
    """Risks stand in memory from run to run, and are worked out anew where one draws another hazard."""
    drawn = Uniform(low=0.0, high=3.0 if rule == "brinkmanship_slope" else 0.3)
    lowered = lower(SCENARIO.replace(f"rules.{rule}", drawn))
    whole = run_block(lowered, seed=3, first=0, count=400)
    for run in range(400):
        for name, array in run_block(lowered, seed=3, first=run, count=1).items():
            np.testing.assert_array_equal(array[0], whole[name][run], err_msg=name)


@pytest.mark.parametrize("name", library_names())
def test_a_run_finds_nothing_of_the_run_before_it(name: str) -> None:
    lowered = lower(load(name))
    whole = run_block(lowered, seed=3, first=0, count=12)
    for run in range(12):
        for outcome, array in run_block(lowered, seed=3, first=run, count=1).items():
            np.testing.assert_array_equal(array[0], whole[outcome][run], err_msg=outcome)


def test_no_runs_are_no_runs() -> None:
    assert all(len(array) == 0 for array in run_block(lower(SCENARIO), seed=3, first=0, count=0).values())


def test_large_seeds_and_runs_are_as_good_as_small_ones() -> None:
    lowered = lower(SCENARIO)
    seeds = [
        run_block(lowered, seed=seed, first=2**40 - 2, count=2)["signature"].tolist() for seed in (0, 2**64 - 1, 2**32)
    ]
    assert len({tuple(signature) for signature in seeds}) == 3


def test_threads_do_not_meet() -> None:
    lowered = lower(SCENARIO)
    expected = run_block(lowered, seed=3, first=0, count=400)
    found: dict[int, dict[str, np.ndarray]] = {}

    def work(n: int) -> None:
        found[n] = run_block(lowered, seed=3, first=100 * n, count=100)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, array in expected.items():
        np.testing.assert_array_equal(np.concatenate([found[n][name] for n in range(4)]), array)


def test_a_record_is_that_of_its_run() -> None:
    lowered = lower(SCENARIO)
    outcomes, log = run_recorded(lowered, seed=3, run=5)
    assert log.count[0] == len(log.acts) == len(log.values) == len(log.likelihoods)
    assert len(log.fronts) == outcomes.ended[0] + 1
    alone = run_block(lowered, seed=3, first=5, count=1)
    assert outcomes.signature.tolist() == alone["signature"].tolist()
    assert readable_crisis(lowered).fronts[0].stake == 0.0  # the template was left as it was


# ------------------------------------------------------------------------------------------------- cache


def copy_of_the_package(folder: Path) -> Path:
    root = Path(compiled.__file__).parents[1]
    shutil.copytree(root, folder / "escalation", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def in_a_process(code: str, *, package: Path | None = None, cache: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, in which machine code is kept in a folder of its own."""
    root = package or Path(compiled.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "XDG_CACHE_HOME": str(cache), "PYTHONWARNINGS": "default"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environment,
        cwd=cache.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


HASH = "from escalation.engines.compiled import source_hash; print(source_hash())"


def test_machine_code_is_kept_by_the_sources_it_was_made_of(tmp_path: Path) -> None:
    """Numba's own cache looks at one file alone: a change in a mechanism would go unseen."""
    package = copy_of_the_package(tmp_path)
    mechanism = package / "escalation" / "mechanisms" / "alliances.py"
    text = mechanism.read_text()
    hashes = []
    for source in (text, text.replace("leash * strength", "2.0 * leash * strength"), text):
        mechanism.write_text(source)
        found = in_a_process(HASH, package=package, cache=tmp_path / "cache")
        assert found.returncode == 0, found.stderr
        hashes.append(found.stdout)
    assert hashes[0] == hashes[2] != hashes[1]
    assert cache_folder().name.endswith(source_hash("machine code"))


RUN = """
    from concurrent.futures import ThreadPoolExecutor
    from escalation.engines.compiled import run_block
    from escalation.engines.lower import lower
    from escalation.files import load
    lowered = lower(load("two-state-deterrence").replace("horizon", 20))
    with ThreadPoolExecutor(3) as threads:
        blocks = threads.map(lambda run: run_block(lowered, seed=1, first=run, count=1), range(3))
    print([int(block["signature"][0]) for block in blocks])
"""


def expected_signature() -> str:
    lowered = lower(load("two-state-deterrence").replace("horizon", 20))
    return str(run_block(lowered, seed=1, first=0, count=3)["signature"].tolist())


@pytest.mark.slow
def test_the_first_call_says_that_it_compiles_and_the_next_reads_what_was_kept(tmp_path: Path) -> None:
    first = in_a_process(RUN, cache=tmp_path / "cache")
    assert first.stderr.count("compiling the model") == 1, first.stderr
    assert first.stdout.strip() == expected_signature()
    assert list((tmp_path / "cache").rglob("play_runs-*.code"))
    # what is kept lies in the cache folder and nowhere else
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    again = in_a_process(RUN, cache=tmp_path / "cache")
    assert "compiling" not in again.stderr
    assert again.stdout == first.stdout


@pytest.mark.slow
def test_without_a_folder_to_write_to_it_warns_and_runs(tmp_path: Path) -> None:
    obstacle = tmp_path / "cache"
    obstacle.write_text("a file where a folder should be")  # stops root too
    with pytest.raises(OSError, match="cache"):
        (obstacle / "escalation").mkdir(parents=True)
    done = in_a_process(RUN, cache=obstacle)
    assert "cannot be kept in" in done.stderr
    assert "each process will compile it again" in done.stderr
    assert done.stdout.strip() == expected_signature(), done.stderr


OWN_WAY = """
    import numba
    numba.version_info = numba.version_info._replace(short=(9, 9))
"""


@pytest.mark.slow
def test_a_numba_that_was_not_tried_compiles_the_model_its_own_way_with_the_same_results(tmp_path: Path) -> None:
    done = in_a_process(textwrap.dedent(OWN_WAY) + textwrap.dedent(RUN), cache=tmp_path / "cache")
    assert done.stdout.strip() == expected_signature(), done.stderr
