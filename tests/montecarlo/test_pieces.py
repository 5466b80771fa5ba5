"""Studies that are not held in memory: their outcomes are in a store alone, and read from it in pieces."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StoreError, StudyError
from escalation.montecarlo import pieces as pieces_module
from escalation.montecarlo import stored_block
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.compare import compare
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.paths import paths
from escalation.montecarlo.pieces import StoredOutcomes, pieces, total
from escalation.montecarlo.progress import Progress, amount
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

from .test_runner import press_during_block_150

Asked = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "study"


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalation.montecarlo.runner.GREAT_BLOCK_RUNS", 70)


def answers(ensemble: Ensemble) -> Asked:
    """All that is estimated from an ensemble."""
    return {
        "summary": ensemble.summary(),
        "days": [ensemble.first_day(event).tolist() for event in ("initiation", "war")],
        "by": ensemble.probability("war", by=3.0).value,
        "curve": ensemble.first_passage("war").probability.tolist(),
        "peak": ensemble.peak().tolist(),
        "peaks": ensemble.peaks(),
        "fan": ensemble.fan().tolist(),
        "paths": [(branch.path, branch.runs) for branch in paths(ensemble).walk()],
    }


def test_a_store_alone_gives_the_answers_that_memory_gives(scenario: Scenario, folder: Path) -> None:
    held = run(scenario, runs=230, seed=7)
    stored = run(scenario, runs=230, seed=7, store=folder, in_memory=False)
    assert isinstance(stored.outcomes, StoredOutcomes)
    assert stored == held
    assert answers(stored) == answers(held)
    assert stored.to_dataframe().equals(held.to_dataframe())
    assert sorted(path.name for path in folder.glob("*.npz"))[1] == "runs-0000000000070-0000000000140.npz"


def test_pieces_in_memory_add_up_to_the_whole(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    ensemble = run(scenario, runs=230, seed=7)
    whole = answers(ensemble)
    monkeypatch.setattr(pieces_module, "PIECE_RUNS", 37)
    assert [len(piece["settled"]) for piece in pieces(ensemble.outcomes)] == [37] * 6 + [8]
    assert answers(ensemble) == whole


def test_a_store_is_read_once_for_all_events(scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ensemble = run(scenario, runs=230, seed=7, store=folder, in_memory=False)
    read = []
    plain = stored_block.decode

    def counted(content: bytes) -> tuple[Outcomes, Mapping[str, Any]]:
        read.append(len(content))
        return plain(content)

    monkeypatch.setattr("escalation.montecarlo.store.decode", counted)
    assert len(ensemble.probabilities()) == len(ensemble.events) > 3
    assert len(read) == 4


def test_memory_does_not_grow_with_the_runs(folder: Path, engine: SimpleNamespace, scenario: Scenario) -> None:
    one = engine.run_block(engine.lower(scenario), seed=7, first=0, count=1)
    bytes_a_run = sum(array.nbytes for array in one.values())

    def repeated(lowered: Any, *, seed: int, first: int, count: int) -> Asked:
        return {name: np.repeat(array, count, axis=0) for name, array in one.items()}

    def peak(runs: int) -> int:
        tracemalloc.start()
        ensemble = run(
            scenario, runs=runs, seed=7, store=folder / str(runs), in_memory=False, progress=False, workers=1
        )
        ensemble.summary()
        ensemble.fan()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    engine.run_block = repeated
    peak(70)  # what is imported and remembered once
    few, many = peak(1_000), peak(15_000)
    # A byte a run notes that it is finished; held in memory the outcomes would take these bytes a run.
    assert many - few < 14_000 * bytes_a_run / 8


def test_by_default_outcomes_are_held_up_to_a_size(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(run(scenario, runs=60, seed=7, store=folder).outcomes, dict)
    assert isinstance(Ensemble.load(folder).outcomes, dict)
    for user in ("runner", "store"):
        monkeypatch.setattr(f"escalation.montecarlo.{user}.MOST_HELD", 1_000)
    assert isinstance(run(scenario, runs=60, seed=7, store=folder).outcomes, StoredOutcomes)
    assert isinstance(Ensemble.load(folder).outcomes, StoredOutcomes)
    assert isinstance(Ensemble.load(folder, in_memory=True).outcomes, dict)
    assert isinstance(run(scenario, runs=60, seed=7).outcomes, dict)  # nowhere else to be
    assert isinstance(run(scenario, runs=60, seed=7, store=folder, until="war:0.5").outcomes, dict)


def test_a_stopped_study_is_taken_up(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    plain = engine.run_block
    press_during_block_150(engine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("escalation.montecarlo.runner.GREAT_BLOCK_RUNS", 50)
        cut = run(scenario, runs=230, seed=7, store=folder, in_memory=False, workers=1)
        engine.run_block = plain
        assert cut.interrupted
        assert 50 <= cut.runs < 230
        assert cut.summary()["probabilities"] == run(scenario, runs=cut.runs, seed=7).summary()["probabilities"]
        assert run(scenario, runs=230, seed=7, store=folder, in_memory=False) == run(scenario, runs=230, seed=7)


def test_blocks_of_all_sizes_are_read(scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=120, seed=7, store=folder)
    assert run(scenario, runs=300, seed=7, store=folder, in_memory=False) == run(scenario, runs=300, seed=7)
    assert Ensemble.load(folder, in_memory=False) == run(scenario, runs=300, seed=7)


def test_a_damaged_block_is_told_and_played_again(scenario: Scenario, folder: Path) -> None:
    stored = run(scenario, runs=230, seed=7, store=folder, in_memory=False)
    path = folder / "runs-0000000000070-0000000000140.npz"
    path.write_bytes(path.read_bytes()[:-100])
    with (
        pytest.warns(RuntimeWarning, match="is damaged"),
        pytest.raises(StoreError, match="runs from 70 on are missing or damaged, of 230; the call"),
    ):
        stored.probability("war")
    with pytest.warns(RuntimeWarning, match="is damaged"):
        again = run(scenario, runs=230, seed=7, store=folder, in_memory=False)
    assert again == run(scenario, runs=230, seed=7)


def test_where_nothing_can_be_stored_the_study_ends_and_goes_on_later(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    plain = os.fsync

    def full(file: int) -> None:
        written.append(file)
        if len(written) == 4:  # the manifest and two blocks went before
            raise OSError(28, "No space left on device")
        plain(file)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\); runs that were finished"):
        run(scenario, runs=230, seed=7, store=folder, in_memory=False, workers=1)
    assert len(list(folder.glob("runs-*.npz"))) == 2
    assert run(scenario, runs=230, seed=7, store=folder, in_memory=False) == run(scenario, runs=230, seed=7)


def test_what_does_not_go_together_is_refused(scenario: Scenario, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="in_memory=False needs a store"):
        run(scenario, runs=10, in_memory=False)
    with pytest.raises(StudyError, match="in_memory=False does not go with until"):
        run(scenario, in_memory=False, store=folder, until="war:0.5")
    with pytest.raises(StudyError, match="only from a store can outcomes be read in pieces"):
        Ensemble.load(tmp_path / "outcomes.nc", in_memory=False)


def test_stored_ensembles_are_compared(scenario: Scenario, tmp_path: Path) -> None:
    one = run(scenario, runs=230, seed=7, store=tmp_path / "one", in_memory=False)
    two = run(scenario, runs=230, seed=7)
    assert compare(one, two).differences["war"].value == 0.0


def test_an_unknown_array_is_a_key_error(scenario: Scenario, folder: Path) -> None:
    stored = run(scenario, runs=80, seed=7, store=folder, in_memory=False)
    assert set(stored.outcomes) == set(run(scenario, runs=80, seed=7).outcomes)
    assert len(stored.outcomes) == len(list(stored.outcomes))
    with pytest.raises(KeyError, match="crossing"):
        stored.outcomes["crossing"]


def test_no_runs_count_as_none() -> None:
    assert total({"settled": np.empty(0, np.int16)}, lambda piece: len(piece["settled"])) == 0


def test_how_much_disk_it_takes_is_said_before(
    scenario: Scenario, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from escalation.montecarlo.store import Store

    opened = []
    plain = Store.open.__func__  # type: ignore[attr-defined]

    def noted(cls: type[Store], *arguments: Any, **named: Any) -> Store:
        opened.append(plain(cls, *arguments, **named))
        return opened[-1]

    monkeypatch.setattr(Store, "open", classmethod(noted))
    run(scenario, runs=210, seed=7, store=folder, in_memory=False)
    size = sum(path.stat().st_size for path in folder.glob("*.npz"))
    said = opened[0].disk(2_100_000)
    assert said == f", and about {amount(size * 10_000)} in {folder}"
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=3e6))
    assert opened[0].disk(2_100_000).endswith(f" in {folder}, where only 3 MB are free")
    clock = iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))
    with Progress(100_000, show=True, disk=lambda rest: f", and {rest} on disk") as bar:
        for _ in range(3):
            bar.advance(500)
    assert "more runs: about" in (err := capsys.readouterr().err)
    assert " on disk" in err


def test_gathered_counts_blocks_of_a_given_size() -> None:
    gathered = Gathered(100, worlds=1, block=40)
    assert [(block.first, block.count) for block in gathered.missing()] == [(0, 40), (40, 40), (80, 20)]
