"""One check of whole numbers, found wherever one is asked for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crises import crisis_of

import escalation as esc
from escalation.analysis.rare.splitting import Process, split
from escalation.analysis.score.scores import calibration_curve, cluster_difference
from escalation.app.game import begin
from escalation.errors import StudyError
from escalation.estimates.proportion import proportion
from escalation.games import Hawkes, Side, cumulative_risk, matrix_qre
from escalation.whole_numbers import whole, whole_run, whole_seed

CRISIS = crisis_of(horizon=4)
QUIET: dict[str, Any] = {"progress": False}


@pytest.mark.parametrize("value", [0, -1, 2.0, True, "3", None, np.int64(0), np.float64(2.0), np.bool_(True)])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(StudyError, match=r"draws is .*; it must be a whole number, 1 or more"):
        whole("draws", value, least=1)


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8, np.array])
def test_whole_numbers_of_every_kind_become_pythons(kind: Callable[[int], Any]) -> None:
    assert type(whole("draws", kind(3))) is int
    assert (whole("draws", kind(3)), whole_seed(kind(3)), whole_run(kind(3))) == (3, 3, 3)


@pytest.mark.parametrize(
    ("below", "words"), [(4, "from 0 to 3"), (2**20, "from 0 to 1,048,575"), (10**6, "from 0 to 999,999")]
)
def test_the_last_number_allowed_is_said(below: int, words: str) -> None:
    assert whole("run", below - 1, below=below) == below - 1
    with pytest.raises(StudyError, match=words):
        whole("run", below, below=below)


@pytest.mark.parametrize(
    "call",
    [
        lambda n: esc.simulate(CRISIS, seed=n(3), run=n(2)).acts.tolist(),
        lambda n: esc.simulate(CRISIS, seed=n(3), run=n(2), engine="mesa").acts.tolist(),
        lambda n: esc.run(CRISIS, runs=n(8), seed=n(3), workers=n(1), **QUIET).summary(),
        lambda n: esc.compare(CRISIS, CRISIS, runs=n(8), seed=n(3), **QUIET).summary(),
        lambda n: esc.compare(CRISIS, CRISIS, runs=8, **QUIET).first_parting(n(3)),
        lambda n: esc.ablate(CRISIS, runs=n(8), seed=n(3), mechanisms=["leash"], **QUIET).summary(),
        lambda n: esc.leave_one_out(
            esc.load("two-state-deterrence"), runs=n(8), seed=n(3), sample=n(2), workers=n(1), **QUIET
        ).summary(),
        lambda n: esc.conditional_effect(
            esc.load("two-state-deterrence"), "horizon", [n(9)], without="threat", runs=n(8), seed=n(3), **QUIET
        ).summary(),
        lambda n: esc.branch(esc.simulate(CRISIS), n(1), runs=n(8), workers=n(1)).summary(),
        lambda n: esc.rare_event(CRISIS, "war", seed=n(3), particles=n(100), repetitions=n(2), workers=n(1)).summary(),
        lambda n: esc.prior_predictive(CRISIS, runs=n(8), seed=n(3), **QUIET).summary(),
        lambda n: begin(CRISIS, "a", seed=n(3), run=n(2)).game.seed,
        lambda n: CRISIS.replace("horizon", n(5)).hash,
        lambda n: Hawkes(0.1, 0.1, 1.0).simulate(30.0, seed=n(3), run=n(2)).tolist(),
        lambda n: cumulative_risk(0.1, n(3)),
        lambda n: Side(1.0, fronts=n(2)),
        lambda n: proportion(n(3), n(7)),
        lambda n: cluster_difference(np.ones(4), np.zeros(4), np.arange(4.0), draws=n(20), seed=n(3)),
        lambda n: calibration_curve(np.linspace(0.1, 0.9, 9), np.arange(9) > 4, bins=n(3)),
    ],
)  # fmt: skip
def test_numbers_of_numpy_are_taken_as_pythons_own(call: Callable[[Any], object]) -> None:
    assert repr(call(np.int64)) == repr(call(int))


@pytest.mark.parametrize(
    "call",
    [
        lambda: esc.run(CRISIS, runs=8, seed=2.0, **QUIET),  # type: ignore[arg-type]
        lambda: esc.rare_event(CRISIS, "war", seed=1.5),  # type: ignore[arg-type]
        lambda: esc.rare_event(CRISIS, "war", particles=1000.5),  # type: ignore[arg-type]
        lambda: esc.rare_event(CRISIS, "war", workers=-1),
        lambda: esc.branch(esc.simulate(CRISIS), 1, runs=8, workers=0),
        lambda: esc.prior_predictive(CRISIS, runs=8, seed=-1),
        lambda: esc.plot.network(CRISIS, seed=2.5),  # type: ignore[arg-type]
        lambda: esc.plot.escalation_tree(esc.run(CRISIS, runs=8, **QUIET), rows=2.5),  # type: ignore[arg-type]
        lambda: esc.plot.beliefs(esc.simulate(CRISIS).traces("a-b"), most=-1),
        lambda: esc.calibrate(CRISIS, {"war": (1.5, 40)}, parameters=[]),  # type: ignore[dict-item]
        lambda: split(Process(lambda k: k, lambda s, _: s, lambda s: s), target=1.0, particles=2.5),  # type: ignore[arg-type,return-value]
        lambda: proportion(1.5, 3),  # type: ignore[arg-type]
    ],
)
def test_what_is_not_whole_is_refused_everywhere(call: Callable[[], object]) -> None:
    with pytest.raises(StudyError, match="whole number"):
        call()


def test_precisions_and_patrons_may_be_arrays() -> None:
    payoffs = ([[1, 0], [0, 1]], [[0, 1], [1, 0]])
    assert matrix_qre(*payoffs, precision=np.array([1.0, 2.0])) == matrix_qre(*payoffs, precision=(1.0, 2.0))
    assert matrix_qre(*payoffs, precision=np.array(2.0)) == matrix_qre(*payoffs, precision=2.0)
    assert Side(2.0, patrons=np.array([[4.0, 0.75]])) == Side(2.0, patrons=[(4.0, 0.75)])  # type: ignore[arg-type]
    with pytest.raises(StudyError, match="one number or two"):
        matrix_qre(*payoffs, precision=np.array([1.0, 2.0, 3.0]))
    with pytest.raises(StudyError, match="finite number"):
        matrix_qre(*payoffs, precision=10**400)


def test_nobody_checks_whole_numbers_by_another_rule() -> None:
    """`operator.index` and `Integral` stand in the check alone, and in what makes numbers of a scenario Python's."""
    package = Path(esc.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Attribute) and ast.unparse(node) == "operator.index"
            if named or (isinstance(node, ast.Name) and node.id == "Integral"):
                found.add(path.relative_to(package).as_posix())
    assert found == {"whole_numbers.py", "world/base.py"}
