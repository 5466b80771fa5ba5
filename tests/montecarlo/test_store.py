from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StoreError, StudyError
from escalation.montecarlo import store as store_module
from escalation.montecarlo import stored_block
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.montecarlo.stored_block import DamagedError, decode, encode
from escalation.version import __version__
from escalation.world.scenario import Scenario

from .test_runner import Inline, Lossy, press_ctrl_c, press_during_block_150


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "study"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def block(first: int, stop: int) -> str:
    return f"runs-{first:013d}-{stop:013d}.npz"


def test_finished_blocks_are_kept_and_none_is_repeated(
    engine: SimpleNamespace, scenario: Scenario, folder: Path
) -> None:
    got = run(scenario, runs=120, seed=7, store=folder)
    assert got == run(scenario, runs=120, seed=7)
    assert names(folder) == [block(0, 50), block(50, 100), block(100, 120), "study.json"]
    engine.blocks.clear()
    assert run(scenario, runs=120, seed=7, store=str(folder)) == got
    assert engine.blocks == []


def test_more_runs_extend_it_without_repeating_any(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=120, seed=7, store=folder)
    run(scenario, runs=130, seed=7, store=folder)
    engine.blocks.clear()
    got = run(scenario, runs=230, seed=7, store=folder, workers=1)
    assert engine.blocks == [(130, 20), (150, 50), (200, 30)]
    assert got == run(scenario, runs=230, seed=7)


def test_fewer_runs_are_taken_from_what_is_there(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=230, seed=7, store=folder)
    engine.blocks.clear()
    got = run(scenario, runs=70, seed=7, store=folder)
    assert engine.blocks == []
    assert got == run(scenario, runs=70, seed=7)


def test_a_block_that_is_missing_is_played_alone(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, runs=230, seed=7, store=folder)
    (folder / block(50, 100)).unlink()
    engine.blocks.clear()
    assert run(scenario, runs=230, seed=7, store=folder) == whole
    assert engine.blocks == [(50, 50)]


@pytest.mark.parametrize("executor", [Inline, pytest.param(Lossy, marks=pytest.mark.filterwarnings("ignore"))])
def test_blocks_of_any_executor_are_kept(scenario: Scenario, folder: Path, executor: Any) -> None:
    got = run(scenario, runs=120, seed=7, store=folder, executor=executor())
    assert len(names(folder)) == 4
    assert got == run(scenario, runs=120, seed=7, store=folder) == run(scenario, runs=120, seed=7)


def test_an_interrupted_study_keeps_what_was_finished_and_goes_on(
    engine: SimpleNamespace, scenario: Scenario, folder: Path
) -> None:
    plain = engine.run_block
    press_during_block_150(engine)
    cut = run(scenario, runs=2_000, seed=7, workers=2, store=folder)
    assert cut.interrupted
    kept = [path for path in names(folder) if path.startswith("runs")]
    assert len(kept) >= cut.runs // 50
    engine.run_block = plain
    engine.blocks.clear()
    assert run(scenario, runs=2_000, seed=7, store=folder) == run(scenario, runs=2_000, seed=7)
    assert sum(first in (0, 50, 100) for first, _ in engine.blocks) == 3  # of the second of the two alone


def test_ctrl_c_while_a_block_is_written_loses_nothing(
    engine: SimpleNamespace, scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, pressed = store_module.encode, []

    def pressing(outcomes: Any, header: dict[str, Any]) -> bytes:
        if header["first"] == 150 and not pressed:
            pressed.append(True)
            press_ctrl_c()
            time.sleep(0.1)
        return plain(outcomes, header)

    monkeypatch.setattr(store_module, "encode", pressing)
    cut = run(scenario, runs=2_000, seed=7, workers=1, store=folder)
    assert cut.interrupted
    assert cut.runs >= 200
    with pytest.warns(RuntimeWarning, match=r"runs \d+ to 1,999 are missing, of 2,000"):
        kept = Ensemble.load(folder)
    assert kept.outcomes["crossed"][: cut.runs].tolist() == cut.outcomes["crossed"].tolist()
    assert not [name for name in names(folder) if name.endswith(".part")]


def test_a_stopping_rule_goes_on_where_it_was(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, seed=2, until="rung:limited-strike:0.12")
    run(scenario, seed=2, runs=170, until="rung:limited-strike:0.12", store=folder)
    engine.blocks.clear()
    assert run(scenario, seed=2, until="rung:limited-strike:0.12", store=folder) == whole
    assert min(engine.blocks)[0] == 170
    engine.blocks.clear()
    # What is there is enough: nothing is played, and of a longer study no more is used.
    assert run(scenario, seed=2, until="rung:limited-strike:0.12", store=folder) == whole
    assert engine.blocks == []


def test_its_provenance_can_be_read_by_anybody(scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=60, seed=2**64 - 1, store=folder)
    study = json.loads((folder / "study.json").read_text())
    assert study["key"] == {
        "scenario": {"name": "drawn", "hash": scenario.hash},
        "seed": 2**64 - 1,
        "method": "run",
        "sources": "drawn",
    }
    assert Scenario.from_dict(study["scenario"]) == scenario
    assert study["begun"]["version"] == __version__
    assert {"numba", "numpy"} <= set(study["begun"]["packages"])
    assert study["begun"].keys() == {"written", "version", "python", "machine", "packages"}
    with np.load(folder / block(50, 60)) as archive:
        header = json.loads(archive["study"].item())
        assert archive["crossed"].shape[0] == 10
    assert header["key"] == study["key"]
    assert (header["first"], header["count"]) == (50, 10)
    assert header["packages"] == study["begun"]["packages"]


def test_another_scenario_or_seed_is_refused(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=60, seed=7, store=folder)
    before = names(folder)
    engine.blocks.clear()
    with pytest.raises(StoreError, match=r"study: holds runs of another .* differs in seed \(7 there, 8 here\);"):
        run(scenario, runs=60, seed=8, store=folder)
    with pytest.raises(
        StoreError, match=r"differs in scenario \('drawn', hash \w{12} there, 'drawn', hash \w{12} here\); give"
    ):
        run(scenario.replace("rules.leash", 0.4), runs=60, seed=7, store=folder)
    assert engine.blocks == []
    assert names(folder) == before
    # What cannot change a result makes no other scenario.
    assert run(scenario.replace("title", "another"), runs=60, seed=7, store=folder).runs == 60


def test_runs_of_another_engine_are_not_mixed_in(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=60, store=folder)
    engine.source_hash = "redrawn"
    with pytest.raises(StoreError, match=r"differs in sources \(drawn there, redrawn here\)"):
        run(scenario, runs=60, store=folder)
    # They can still be read, with a word.
    with pytest.warns(RuntimeWarning, match=rf"another version .* \({__version__}, sources drawn; here red") as said:
        assert Ensemble.load(folder).runs == 60
    assert said[0].filename == __file__


@pytest.mark.parametrize("harm", ["cut", "emptied", "flipped", "lengthened"])
def test_a_damaged_block_is_played_again(engine: SimpleNamespace, scenario: Scenario, folder: Path, harm: str) -> None:
    whole = run(scenario, runs=120, seed=7, store=folder)
    path = folder / block(50, 100)
    content = bytearray(path.read_bytes())
    if harm == "cut":
        del content[len(content) // 2 :]
    elif harm == "emptied":
        content.clear()
    elif harm == "flipped":
        content[len(content) // 2] ^= 1
    else:
        content += b"\0"
    path.write_bytes(content)
    engine.blocks.clear()
    with pytest.warns(RuntimeWarning, match="is damaged .* played again") as said:
        assert run(scenario, runs=120, seed=7, store=folder) == whole
    assert said[0].filename == __file__
    assert engine.blocks == [(50, 50)]
    assert run(scenario, runs=120, seed=7, store=folder) == whole


def test_a_damaged_piece_of_what_is_there_is_not_looked_at(scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, runs=120, seed=7, store=folder)
    (folder / block(50, 70)).write_bytes(b"a part of the second block")
    assert run(scenario, runs=120, seed=7, store=folder) == whole


def test_no_damage_of_a_byte_passes(engine: SimpleNamespace, scenario: Scenario) -> None:
    outcomes = engine.run_block(engine.lower(scenario), seed=7, first=0, count=3)
    content = encode(outcomes, {"hash": "x"})
    back, header = decode(content)
    assert (engine.digest(back), header) == (engine.digest(outcomes), {"hash": "x"})
    for place in range(len(content)):
        harmed = bytearray(content)
        harmed[place] ^= 1 << place % 8
        with pytest.raises(DamagedError):
            decode(bytes(harmed))
        with pytest.raises(DamagedError):
            decode(content[:place])


def test_a_block_of_another_study_is_found_out(scenario: Scenario, tmp_path: Path) -> None:
    run(scenario, runs=100, seed=1, store=tmp_path / "one")
    run(scenario, runs=100, seed=2, store=tmp_path / "two")
    shutil.copy(tmp_path / "one" / block(0, 50), tmp_path / "two" / block(0, 50))
    with pytest.raises(StoreError, match=r"is of another study, or bears another block's name"):
        run(scenario, runs=100, seed=2, store=tmp_path / "two")
    shutil.copy(tmp_path / "one" / block(0, 50), tmp_path / "one" / block(50, 100))
    with pytest.raises(StoreError, match="bears another block's name"):
        run(scenario, runs=100, seed=1, store=tmp_path / "one")


def test_what_a_killed_process_left_is_no_block_and_is_swept(scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, runs=120, seed=7, store=folder)
    old, new = folder / f".{block(0, 50)}.0.part", folder / f".{block(0, 50)}.1.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert run(scenario, runs=120, seed=7, store=folder) == whole
    # The younger may be another process's, which is about to rename it.
    assert (old.exists(), new.exists()) == (False, True)


def test_a_parent_that_is_a_file(engine: SimpleNamespace, scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotADirectoryError):
        (tmp_path / "file" / "study").mkdir()
    with pytest.raises(StoreError, match=r"file/study: .*Not a directory"):
        run(scenario, runs=60, store=tmp_path / "file" / "study")
    with pytest.raises(StoreError, match=r"file: is a file; a store is a folder"):
        run(scenario, runs=60, store=tmp_path / "file")
    assert engine.blocks == []


def test_a_folder_of_other_things_is_refused(scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("...")
    with pytest.raises(StoreError, match="neither empty nor a store"):
        run(scenario, runs=60, store=tmp_path)
    assert names(tmp_path) == ["thesis.tex"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form": "escalation store 99"}'])
def test_a_manifest_of_another_form_is_refused(scenario: Scenario, tmp_path: Path, text: str) -> None:
    (tmp_path / "study.json").write_text(text)
    with pytest.raises(StoreError, match=r"study\.json: is not"):
        run(scenario, runs=60, store=tmp_path)


def test_a_manifest_of_a_later_form_says_which(tmp_path: Path) -> None:
    (tmp_path / "study.json").write_text('{"form": "escalation store 99"}')
    with pytest.raises(
        StoreError, match="of the form 'escalation store 3', but of 'escalation store 99'; of older ones"
    ):
        Ensemble.load(tmp_path)


def test_a_block_that_cannot_be_stored_is_said_once_and_nothing_is_lost(
    engine: SimpleNamespace, scenario: Scenario, folder: Path
) -> None:
    run(scenario, runs=50, seed=7, store=folder)
    # A folder in the place of a file binds everybody.
    (folder / block(100, 150)).mkdir()
    with pytest.raises(IsADirectoryError):
        (folder / block(0, 50)).replace(folder / block(100, 150))
    (folder / block(100, 150)).rename(folder / "aside")
    plain = engine.run_block

    def hindering(lowered: Any, *, seed: int, first: int, count: int) -> Any:
        if first == 100:
            (folder / "aside").rename(folder / block(100, 150))
        return plain(lowered, seed=seed, first=first, count=count)

    engine.run_block = hindering
    with pytest.warns(RuntimeWarning, match=r"cannot be written \(Is a directory\); .* kept in memory") as said:
        got = run(scenario, runs=230, seed=7, store=folder, workers=1)
    assert len(said) == 1
    assert said[0].filename == __file__
    engine.run_block = plain
    assert got == run(scenario, runs=230, seed=7)
    assert not [name for name in names(folder) if name.endswith(".part")]
    with pytest.raises(StoreError, match=r"cannot be read \(Is a directory\)"):
        run(scenario, runs=230, seed=7, store=folder)
    (folder / block(100, 150)).rmdir()
    assert run(scenario, runs=230, seed=7, store=folder) == got


def test_a_failed_write_leaves_the_older_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "block.npz"
    stored_block.replace(path, b"older")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        stored_block.replace(path, b"newer")
    assert (path.read_bytes(), names(tmp_path)) == (b"older", ["block.npz"])


def test_two_studies_at_once_share_a_store(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    plain, both = engine.run_block, threading.Barrier(2)

    def together(lowered: Any, *, seed: int, first: int, count: int) -> Any:
        if first == 0:
            both.wait(10.0)
        return plain(lowered, seed=seed, first=first, count=count)

    engine.run_block = together
    got: dict[int, Ensemble] = {}
    threads = [
        threading.Thread(target=lambda runs=runs: got.update({runs: run(scenario, runs=runs, seed=7, store=folder)}))
        for runs in (320, 480)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.run_block = plain
    for runs in (320, 480):
        assert got[runs] == run(scenario, runs=runs, seed=7)
    assert run(scenario, runs=480, seed=7, store=folder) == got[480]


def test_the_second_to_begin_keeps_the_manifest_of_the_first(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(scenario, runs=50, seed=1, store=folder)
    held = (folder / "study.json").read_bytes()
    # As seen by a process that looked just before the first one wrote it.
    shown = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: False if path.name == "study.json" else shown(path))
    assert run(scenario, runs=50, seed=1, store=folder).runs == 50
    with pytest.raises(StoreError, match=r"seed \(1 there, 2 here\)"):
        run(scenario, runs=50, seed=2, store=folder)
    assert (folder / "study.json").read_bytes() == held


def test_where_files_cannot_be_linked_it_begins_all_the_same(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    run(scenario, runs=50, seed=1, store=folder)
    assert names(folder) == [block(0, 50), "study.json"]


def test_a_store_is_an_ensemble(engine: SimpleNamespace, scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, runs=230, seed=7, store=folder)
    assert Ensemble.load(folder) == whole


@pytest.mark.parametrize(
    ("gone", "words", "left"),
    [
        ([(100, 150)], "runs 100 to 149 are missing, of 230; these are the first 100 runs", 100),
        ([(50, 100), (150, 200)], "runs 50 to 99 and 150 to 199 are missing, of 230", 50),
        ([(200, 230)], "runs 200 to 229 are missing, of 230; these are the first 200 runs", 200),
        ([(50, 100), (150, 200), (200, 230)], "runs 50 to 99 and 150 to 229 are missing, of 230", 50),
    ],
)
def test_a_store_says_which_runs_are_missing_and_run_fills_the_gap(
    engine: SimpleNamespace, scenario: Scenario, folder: Path, gone: list[tuple[int, int]], words: str, left: int
) -> None:
    whole = run(scenario, runs=230, seed=7, store=folder)
    for first, stop in gone:
        (folder / block(first, stop)).unlink()
    with pytest.warns(RuntimeWarning, match=words) as said:
        cut = Ensemble.load(str(folder))
    assert said[0].filename == __file__
    assert (cut.runs, cut.interrupted) == (left, True)
    engine.blocks.clear()
    assert run(scenario, runs=230, seed=7, store=folder) == whole
    assert sorted(engine.blocks) == [(first, stop - first) for first, stop in gone]
    assert Ensemble.load(folder) == whole


def test_a_store_without_its_first_runs_is_no_ensemble(scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=230, seed=7, store=folder)
    (folder / block(0, 50)).unlink()
    with pytest.raises(StoreError, match="its first runs are missing, runs 0 to 49;"):
        Ensemble.load(folder)


def test_a_damaged_block_of_a_store_that_is_read_counts_as_missing(scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=230, seed=7, store=folder)
    (folder / block(200, 230)).write_bytes(b"harmed")
    with pytest.warns(RuntimeWarning) as said:
        assert Ensemble.load(folder).runs == 200
    texts = [str(one.message) for one in said]
    assert len(texts) == 2
    assert "its runs count as missing" in texts[0]
    assert "runs 200 to 229 are missing" in texts[1]


def test_a_study_that_stopped_where_it_was_precise_misses_nothing(scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, seed=2, runs=5_000, until="rung:limited-strike:0.12", store=folder, workers=1)
    assert whole.runs < 5_000
    assert Ensemble.load(folder).runs >= whole.runs


def test_a_store_of_the_earlier_form_is_read(scenario: Scenario, folder: Path) -> None:
    whole = run(scenario, runs=60, seed=7, store=folder)
    study = json.loads((folder / "study.json").read_text())
    key = study.pop("key")
    earlier = {"hash": key["scenario"]["hash"], "seed": key["seed"], "engine": "an earlier one"}
    (folder / "study.json").write_text(json.dumps(study | earlier | {"form": "escalation store 1"}))
    for path in folder.glob("runs-*"):
        outcomes, header = decode(path.read_bytes())
        rest = {name: header[name] for name in ("first", "count", "version")}
        stored_block.replace(path, encode(outcomes, earlier | rest))
    with pytest.warns(RuntimeWarning, match="sources an earlier one; here drawn"):
        assert Ensemble.load(folder) == whole
    with pytest.raises(StoreError, match=r"differs in sources \(an earlier one there, drawn here\)"):
        run(scenario, runs=60, seed=7, store=folder)


def test_a_folder_that_is_no_store_is_no_ensemble(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"study\.json: cannot be read"):
        Ensemble.load(tmp_path)


def test_a_stored_scenario_that_is_not_valid_any_more(scenario: Scenario, folder: Path) -> None:
    run(scenario, runs=50, store=folder)
    text = (folder / "study.json").read_text().replace('"leash"', '"laesh"')
    (folder / "study.json").write_text(text)
    with pytest.raises(StoreError, match=rf"saved by {__version__}, is not valid.*laesh"):
        Ensemble.load(folder)


def test_a_store_needs_no_more_than_the_ensemble_itself(
    engine: SimpleNamespace, scenario: Scenario, folder: Path
) -> None:
    import tracemalloc

    run(scenario, runs=4_000, store=folder)
    tracemalloc.start()
    try:
        kept = sum(array.nbytes for array in run(scenario, runs=4_000, store=folder).outcomes.values())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < kept + 400_000


def test_a_study_that_its_results_stopped_reads_back_with_its_confidence_sequence(
    scenario: Scenario, folder: Path
) -> None:
    whole = run(scenario, seed=2, runs=5_000, until="rung:limited-strike:0.12", store=folder, workers=1)
    held = Ensemble.load(folder)
    assert held.until == whole.until is not None
    assert held.probability("war").method == "beta-binomial-sequence"
    assert held.runs < 4_000
    run(scenario, seed=2, runs=4_000, store=folder, workers=1)
    assert Ensemble.load(folder) == run(scenario, seed=2, runs=4_000)  # as many as were asked for from the first


def test_a_great_store_that_was_extended_and_broken_off_says_so(
    engine: SimpleNamespace, scenario: Scenario, folder: Path
) -> None:
    run(scenario, runs=100, seed=7, store=folder)
    press_during_block_150(engine)
    cut = run(scenario, runs=1_000, seed=7, store=folder, workers=1)
    assert 100 < cut.runs < 1_000
    for in_memory in (True, False):
        with pytest.warns(RuntimeWarning, match=f"runs {cut.runs} to 999 are missing, of 1,000"):
            held = Ensemble.load(folder, in_memory=in_memory)
        assert (held.runs, held.interrupted) == (cut.runs, True)
    (folder / block(cut.runs - 50, cut.runs)).write_bytes(b"harmed")
    with pytest.warns(RuntimeWarning) as said:
        assert Ensemble.load(folder, in_memory=False).runs == cut.runs - 50
    assert "its runs count as missing" in str(said[0].message)


def test_an_event_that_is_not_known_leaves_no_store_behind(scenario: Scenario, folder: Path) -> None:
    with pytest.raises(StudyError, match="no event 'wars'"):
        run(scenario, until="wars:0.1", store=folder)
    assert not folder.exists()


def test_a_name_that_is_too_long_is_told(scenario: Scenario, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"a store cannot be begun there \(File name too long\)"):
        run(scenario, runs=50, store=tmp_path / ("x" * 300))
    with pytest.raises(StoreError, match=r"cannot be read as NetCDF-4 \(File name too long\)"):
        Ensemble.load(tmp_path / ("x" * 300))
