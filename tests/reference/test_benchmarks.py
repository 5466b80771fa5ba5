"""Known solutions of small games and processes, by the functions that a crisis itself runs on.

The numbers of `benchmarks.json` were computed independently, with mpmath and scipy; agreement is to 8 digits or more,
or to the digits given.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruin import gambler

from escalation.analysis.rare.splitting import split
from escalation.baselines import Richardson
from escalation.dynamics.attribution import deny, weigh_evidence
from escalation.dynamics.support import actual_victory, expected_victory
from escalation.games import (
    Decision,
    Denial,
    Hawkes,
    Message,
    Outcome,
    Side,
    agent_qre,
    attribution,
    bayesian_receiver,
    contest,
    critical_risk,
    cumulative_risk,
    public_threat,
)
from escalation.mechanisms.beliefs_and_signals import updated

KNOWN: dict[str, Any] = json.loads((Path(__file__).parent / "benchmarks.json").read_text(encoding="utf-8"))
DIGITS = 5e-11
"""Agreement to the ten decimals that most of the numbers are given to."""


def cases(name: str) -> list[Any]:
    return [pytest.param(key, value, id=key) for key, value in KNOWN[name]["values"].items()]


@pytest.mark.parametrize(("precision", "known"), cases("agent_qre_deterrence"))
def test_deterrence_game(precision: str, known: dict[str, float]) -> None:
    def pays(challenger: float, defender: float) -> Outcome:
        return Outcome({"challenger": challenger, "defender": defender})

    reply = Decision("defender", {"resist": pays(-0.5, -0.7), "yield": pays(1.0, -1.0)})
    game = Decision("challenger", {"attack": reply, "wait": pays(0.0, 0.0)})
    solution = agent_qre(game, float(precision))
    assert solution.choices["attack",]["resist"] == pytest.approx(known["pR"], abs=1e-14)
    assert solution.choices[()]["attack"] == pytest.approx(known["pA"], abs=1e-14)


@pytest.mark.parametrize(("case", "known"), cases("extended_deterrence"))
def test_extended_deterrence_game(case: str, known: dict[str, float]) -> None:
    precision, reputation = (float(part.lstrip("lamrep")) for part in case.split("_"))

    def pays(challenger: float, protege: float, patron: float) -> Outcome:
        return Outcome({"challenger": challenger, "protege": protege, "patron": patron})

    ally = Decision("patron", {"intervene": pays(-1.0, -0.3, -0.6), "abandon": pays(0.6, -1.2, -0.4 - reputation)})
    reply = Decision("protege", {"resist": ally, "concede": pays(1.0, -1.0, -0.4)})
    game = Decision("challenger", {"attack": reply, "wait": pays(0.0, 0.0, 0.0)})
    solution = agent_qre(game, precision)
    found = {
        "pI": solution.choices["attack", "resist"]["intervene"],
        "pR": solution.choices["attack",]["resist"],
        "pA": solution.choices[()]["attack"],
        "concede": solution.outcomes["attack", "concede"],
        "abandon": solution.outcomes["attack", "resist", "abandon"],
        "bigwar": solution.outcomes["attack", "resist", "intervene"],
    }
    assert found == pytest.approx(known, abs=1e-14)


@pytest.mark.parametrize(
    ("weight", "known"), list(zip((0.0, 0.25, 0.5, 1.0), KNOWN["bayes"]["posterior_omega_0_.25_.5_1"], strict=True))
)
def test_discounted_bayes(weight: float, known: float) -> None:
    assert updated(0.3, 0.9, 0.2, weight) == pytest.approx(known, abs=DIGITS)
    assert bayesian_receiver(0.3, [Message(0.9, 0.2, weight)])[-1] == pytest.approx(known, abs=DIGITS)


def test_three_public_signals() -> None:
    assert bayesian_receiver(0.3, [Message(0.9, 0.2)] * 3)[-1] == pytest.approx(
        KNOWN["bayes"]["three_public_signals"], abs=DIGITS
    )


def test_public_threat_as_tied_hands() -> None:
    known = KNOWN["audience_cost_logit_likelihood"]
    threat = public_threat(2.0, 0.8, cost_if_resolute=0.2, cost_if_irresolute=1.0)
    assert threat.if_true == pytest.approx(known["lR"], abs=1e-14)
    assert threat.if_false == pytest.approx(known["lI"], abs=1e-14)
    assert bayesian_receiver(0.3, [threat])[-1] == pytest.approx(known["posterior"], abs=1e-14)


def test_critical_risk() -> None:
    known = KNOWN["brinkmanship_critical_risk"]
    assert critical_risk(1.0, 0.0, -10.0) == pytest.approx(known["W=1,S=0,D=-10"], abs=DIGITS)
    assert cumulative_risk(0.02, 13) == pytest.approx(known["cumulative_.02_over_13"], abs=DIGITS)


RACE = Richardson(defence=(0.2, 0.3), fatigue=(0.5, 0.4), grievance=(1.0, 2.0))


def test_richardson_equilibrium() -> None:
    assert RACE.stable
    assert RACE.equilibrium == pytest.approx(KNOWN["richardson"]["equilibrium"], abs=DIGITS)


@pytest.mark.parametrize("time", [1, 5, 20])
def test_richardson_path(time: int) -> None:
    known = KNOWN["richardson"][f"t={time}"]
    assert RACE.path([time])[0] == pytest.approx(known, abs=5e-9)


PROCESS = Hawkes(rate=0.2, jump=0.4, decay=1.0)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("branching", PROCESS.branching_ratio),
        ("mean_rate", PROCESS.mean_rate),
        ("cluster_size", PROCESS.cluster_size),
        ("fano", PROCESS.fano_factor),
        ("EN(10)_from_empty", PROCESS.expected_count(10.0)),
        ("loglik_events_1_2_3.5_4_7_T10", PROCESS.log_likelihood([1.0, 2.0, 3.5, 4.0, 7.0], 10.0)),
    ],
)
def test_hawkes(name: str, found: float) -> None:
    assert found == pytest.approx(KNOWN["hawkes"][name], abs=DIGITS)


def test_attribution() -> None:
    # A likelihood of 0.15 for the first, which is told of this case elsewhere, does not give its posterior; 0.2 does.
    known = KNOWN["attribution"]
    prior = {"b": 0.5, "c": 0.3, "d": 0.2}
    found = attribution(prior, {"b": 0.2, "c": 0.75, "d": 0.25})
    assert list(found.values()) == pytest.approx(known["posterior"], abs=DIGITS)
    other = attribution(prior, {"b": 0.15, "c": 0.75, "d": 0.25})
    assert list(other.values()) == pytest.approx([3 / 14, 9 / 14, 2 / 14], abs=1e-14)
    denied = attribution({"c": 0.6, "others": 0.4}, {"c": 1.0, "others": 1.0}, denials=[Denial("c", 0.9, 0.98)])
    assert denied["c"] == pytest.approx(known["denial_.9_vs_.98_on_.6"], abs=5e-9)


def test_attribution_within_a_crisis(bench: Any) -> None:
    # Three suspects with the given priors; "other" has none, so that the posterior is over these alone.
    suspects = [
        {"actors": [name], "prior": prior, "likelihood": likelihood}
        for name, prior, likelihood in (("b", 0.5, 0.2), ("c", 0.3, 0.75), ("d", 0.2, 0.25))
    ]
    killing = {
        "kind": "provocation",
        "date": 1.0,
        "victims": [{"actor": "a", "severity": 0.6}],
        "suspects": suspects,
        "other": {"prior": 0.0},
    }
    crisis = bench.crisis(actors={"c": {}, "d": {}}, events={"killing": killing})
    weigh_evidence(crisis, 0)
    known = KNOWN["attribution"]
    assert crisis.blame[0][1:] == pytest.approx(known["posterior"], abs=DIGITS)
    deny(crisis, 0, 2, 0.9, 0.98, 1.0)
    assert crisis.blame[0][2] == pytest.approx(known["denial_.9_vs_.98_on_.6"], abs=5e-9)
    assert math.fsum(crisis.blame[0]) == pytest.approx(1.0)


CONTESTS = [(1.0, KNOWN["contest"]["values"][0]), (2.0, KNOWN["contest"]["values"][2])]


@pytest.mark.parametrize(("exponent", "known"), CONTESTS)
def test_contest(exponent: float, known: float) -> None:
    assert contest(Side(3.0), Side(2.0), exponent=exponent) == pytest.approx(known, abs=1e-14)


def test_contest_with_a_patron_that_may_join() -> None:
    assert contest(Side(3.0), Side(2.0, patrons=[(4.0, 0.75)])) == pytest.approx(
        KNOWN["contest"]["values"][1], abs=1e-14
    )


@pytest.mark.parametrize(("exponent", "known"), CONTESTS)
def test_contest_within_a_crisis(bench: Any, exponent: float, known: float) -> None:
    capable = {"a": {"capability": 3.0}, "b": {"capability": 2.0}}
    crisis = bench.crisis(actors=capable, rules={"contest_exponent": exponent})
    f = crisis.front_of[0][1]
    assert expected_victory(crisis, f).as_things_are == pytest.approx(known, abs=1e-14)
    assert actual_victory(crisis, crisis.fronts[f].reverse, 0.0) == pytest.approx(1.0 - known, abs=1e-14)


@pytest.mark.parametrize(("p", "most", "first", "digits"), [(0.4, 7, 3, "p=.4,N=7,i=3"), (0.3, 20, 1, "p=.3,N=20,i=1")])
def test_gamblers_ruin(p: float, most: int, first: int, digits: str) -> None:
    # The closed form to the digits given; splitting is an estimate, within 4 standard errors of it on fixed keys.
    known = KNOWN["gamblers_ruin"][digits]
    ratio = (1.0 - p) / p
    assert (1.0 - ratio**first) / (1.0 - ratio**most) == pytest.approx(known, rel=1e-9)
    process = gambler(p, most, first)
    found = [split(process, target=most, particles=500, first_key=k << 32).probability for k in range(20)]
    error = float(np.std(found, ddof=1)) / math.sqrt(20)
    assert error < 0.1 * known
    assert np.mean(found) == pytest.approx(known, abs=4.0 * error)
