"""Shares of words that deeds bore out, and how they are told."""

from __future__ import annotations

import dataclasses
import json
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from escalation.analysis.what_if.branching import branch
from escalation.engines.simulate import simulate
from escalation.errors import StudyError
from escalation.estimates.clustered import clustered_proportion
from escalation.estimates.proportion import proportion
from escalation.files import load
from escalation.montecarlo import deeds
from escalation.montecarlo.deeds import Verdict
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.montecarlo.store import Store
from escalation.montecarlo.words import WordsAndDeeds

RUNS = 300


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return run(load("haniyeh-2024"), runs=RUNS, seed=1, progress=False)


@pytest.fixture(scope="module")
def words(ensemble: Ensemble) -> WordsAndDeeds:
    return ensemble.words_and_deeds()


def test_every_actor_that_gives_its_word_has_a_row_a_kind(words: WordsAndDeeds) -> None:
    scenario = load("haniyeh-2024")
    kinds = {"vow", "threat", "warning", "reassurance"}
    said = {name: signal for name, signal in scenario.signals.items() if signal.kind in kinds}
    assert [word.signals for word in words.signals] == [(name,) for name in said]
    assert {(word.actor, word.kind) for word in words.actors} == {(s.sender, s.kind.value) for s in said.values()}
    for word in words.actors:
        assert word.signals == tuple(n for n, s in said.items() if (s.sender, s.kind) == (word.actor, word.kind))


def test_counts_are_those_of_the_verdicts(words: WordsAndDeeds) -> None:
    assert words.verdicts.shape == (RUNS, len(words.signals))
    for word in words.actors:
        found = np.stack([words.verdict(name) for name in word.signals], axis=1)
        assert word.said == (found >= Verdict.UNTESTED).sum()
        assert word.tested == (found >= Verdict.BELIED).sum()
        assert word.borne_out == (found == Verdict.BORNE_OUT).sum()
        cases, hits = (found >= Verdict.BELIED).sum(axis=1), (found == Verdict.BORNE_OUT).sum(axis=1)
        assert word.share == (clustered_proportion(hits, cases, event=word.share.event) if cases.any() else None)


def test_a_single_signal_is_a_plain_proportion(words: WordsAndDeeds) -> None:
    word = next(word for word in words.signals if 0 < word.tested < word.said)
    plain = proportion(word.borne_out, word.tested)
    assert word.share is not None
    assert (word.share.value, word.share.low, word.share.high, word.share.n) == (
        plain.value,
        plain.low,
        plain.high,
        word.tested,
    )


def test_a_pair_of_vows_that_share_their_luck_counts_by_run(words: WordsAndDeeds) -> None:
    vows = words.share("irn", "vow")
    assert vows is not None
    assert vows.method == "clustered-wilson"
    together = next(word for word in words.actors if (word.actor, word.kind) == ("irn", "vow"))
    assert vows.n < together.tested
    plain = proportion(together.borne_out, together.tested)
    assert vows.high - vows.low > 1.2 * (plain.high - plain.low)


def test_what_nothing_tested_has_no_share(words: WordsAndDeeds) -> None:
    threat = next(word for word in words.signals if word.kind == "threat")
    assert (threat.said, threat.tested, threat.share, threat.share_text()) == (RUNS, 0, None, "not tested")
    assert words.share(threat.actor, "threat") is None


def test_the_first_runs_alone(ensemble: Ensemble, words: WordsAndDeeds) -> None:
    few = ensemble.words_and_deeds(runs=40, method="clopper-pearson", level=0.8)
    assert np.array_equal(few.verdicts, words.verdicts[:40])
    assert {word.share.method.removeprefix("clustered-") for word in few.actors if word.share} == {"clopper-pearson"}
    assert {word.share.level for word in few.actors if word.share} == {0.8}
    assert (few.runs, few.interrupted, words.interrupted) == (40, False, False)


def test_runs_set_up_in_several_lots_are_the_same(ensemble: Ensemble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds, "CHUNK", 7)
    few = ensemble.words_and_deeds(runs=40)
    monkeypatch.setattr(deeds, "CHUNK", 500)
    assert np.array_equal(few.verdicts, ensemble.words_and_deeds(runs=40).verdicts)


def test_a_study_that_stopped_at_a_precision_keeps_its_sequence() -> None:
    stopped = run(load("two-state-deterrence"), runs=2_000, seed=1, until="initiation:0.3", progress=False)
    found = stopped.words_and_deeds()
    assert found.method == "beta-binomial-sequence"
    assert {word.share.method for word in found.signals if word.share} <= {"beta-binomial-sequence"}


def test_nobody_who_gives_a_word() -> None:
    silent = run(load("two-state-deterrence").without("threat"), runs=20, seed=1, progress=False)
    found = silent.words_and_deeds()
    assert (found.actors, found.signals, found.verdicts.shape) == ((), (), (20, 0))
    assert found.summary() == {"runs": 20, "interrupted": False, "actors": [], "signals": []}


def test_the_summary_is_json(words: WordsAndDeeds) -> None:
    told = json.loads(json.dumps(words.summary()))
    assert told["runs"] == RUNS
    assert [row["signals"] for row in told["signals"]] == [list(word.signals) for word in words.signals]
    vow = next(row for row in told["actors"] if row["kind"] == "vow")
    assert set(vow) == {"actor", "kind", "signals", "said", "tested", "borne_out", "share"}
    assert vow["share"]["value"] == vow["borne_out"] / vow["tested"]
    assert next(row for row in told["actors"] if row["kind"] == "threat")["share"] is None


def test_a_notebook_shows_counts_and_shares(words: WordsAndDeeds) -> None:
    shown = words._repr_html_()
    for word in words.actors:
        assert f"<td>{word.share_text().replace('<', '&lt;').replace('>', '&gt;')}</td>" in shown
        assert f"<td>{escape(word.words)}</td><td>{word.said:,}</td><td>{word.tested:,}</td>" in shown
        assert f"<td>{', '.join(word.signals)}</td></tr>" in shown
    assert repr(words) == f"<WordsAndDeeds of 'haniyeh-2024': {len(words.signals)} signals, 300 runs, seed 1>"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"runs": 0}, "runs"),
        ({"runs": RUNS + 1}, "runs"),
        ({"level": 95}, "level is 95"),
        ({"method": "wilsn"}, "did you mean 'wilson'"),
    ],
)
def test_bad_arguments_are_told(ensemble: Ensemble, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        ensemble.words_and_deeds(**arguments)


def test_a_bad_method_is_told_where_nothing_was_tested_too() -> None:
    silent = run(load("two-state-deterrence").without("threat"), runs=20, seed=1, progress=False)
    with pytest.raises(StudyError, match="did you mean 'wilson'"):
        silent.words_and_deeds(method="wilsn")


def test_misspelt_names_are_told(words: WordsAndDeeds) -> None:
    with pytest.raises(StudyError, match="no vow by 'irm'; did you mean 'irn vow'"):
        words.share("irm", "vow")
    with pytest.raises(StudyError, match="did you mean 'khamenei-vow'"):
        words.verdict("khamenei-vo")


def test_runs_of_another_model_are_refused(ensemble: Ensemble) -> None:
    outcomes = {name: array.copy() for name, array in ensemble.outcomes.items()}
    acted = int(np.flatnonzero((outcomes["crossed"][:, :, 1:] >= 0).any(axis=(1, 2)))[3])
    outcomes["signature"][acted] += 1
    with pytest.raises(StudyError, match=f"run {acted} of 'haniyeh-2024' does otherwise .* another version"):
        dataclasses.replace(ensemble, outcomes=outcomes).words_and_deeds()


def test_runs_that_go_on_from_a_branch_are_refused() -> None:
    path = simulate(load("two-state-deterrence"), seed=1, run=17)
    with pytest.raises(StudyError, match=r"goes on from another run as escalation\.branch has it"):
        branch(path, 12, changes=[("actors.patron.capability", 4.0)], runs=50).words_and_deeds()


def test_what_comes_back_from_disk_is_judged_alike(ensemble: Ensemble, words: WordsAndDeeds, tmp_path: Path) -> None:
    ensemble.save(tmp_path / "outcomes.nc")
    assert np.array_equal(Ensemble.load(tmp_path / "outcomes.nc").words_and_deeds().verdicts, words.verdicts)


def test_ctrl_c_keeps_what_was_looked_at(
    ensemble: Ensemble, words: WordsAndDeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = deeds._deeds

    def broken_off(at: int) -> Any:
        def one(*given: Any, seed: int, run: int, always: bool) -> Any:
            if run == at:
                raise KeyboardInterrupt
            return judge(*given, seed=seed, run=run, always=always)

        return one

    monkeypatch.setattr(deeds, "_deeds", broken_off(25))
    found = ensemble.words_and_deeds()
    assert (found.runs, found.interrupted) == (25, True)
    assert np.array_equal(found.verdicts, words.verdicts[:25])
    assert "interrupted" in repr(found)
    monkeypatch.setattr(deeds, "_deeds", broken_off(0))
    with pytest.raises(KeyboardInterrupt):
        ensemble.words_and_deeds()


def test_runs_in_which_somebody_followed_a_rule_of_its_own_are_refused() -> None:
    scenario = load("two-state-deterrence")
    ruled = run(scenario, runs=3, seed=1, decision_rules={"challenger": lambda situation: situation.acts[0]})
    with pytest.raises(StudyError, match="runs in which challenger followed a rule of your own cannot be replayed"):
        ruled.words_and_deeds()


def test_a_store_that_is_not_in_memory_is_read_once_and_judged_alike(
    ensemble: Ensemble, words: WordsAndDeeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(ensemble.scenario, runs=60, seed=ensemble.seed, store=tmp_path / "study")
    stored = run(ensemble.scenario, runs=90, seed=ensemble.seed, store=tmp_path / "study", in_memory=False)
    read: list[int] = []
    whole = Store.read
    monkeypatch.setattr(Store, "read", lambda store, block: (read.append(block.first), whole(store, block))[1])
    monkeypatch.setattr(deeds, "CHUNK", 25)
    assert np.array_equal(stored.words_and_deeds().verdicts, words.verdicts[:90])
    assert read == [0, 60]
    assert np.array_equal(stored.words_and_deeds(runs=70).verdicts, words.verdicts[:70])
