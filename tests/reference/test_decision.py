"""The decision of a crisis reduces to a small game: expected utilities and choices against plain numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import softmax

from escalation.dynamics.utility import expected_utilities, weigh
from escalation.games import Chance, Decision, Outcome, agent_qre
from escalation.mechanisms.time_and_chance import logit_choice

Array = NDArray[np.float64]

G, Y, D = np.array([0.0, 0.6, 1.0]), np.array([0.0, 0.3, 0.7]), np.array([0.0, 0.2, 1.0])
WAR = 2
EXACT = 1e-12
STAKE = st.floats(0.2, 2.0)
SHARE = st.floats(0.0, 1.0)


def by_hand(
    own: dict[str, Any], other: dict[str, Any], risk: float, belief: float, price: float | None = None
) -> Array:
    """EU of each act of `own`, by type: rows resolute and irresolute.

    Destruction short of war costs its share of the cost of war, or a price of its own.

    Each side has stake v, revisionism rev, costs of war c and honour rho by type, precision, and the capability K.
    """
    victory = own["K"] / (own["K"] + other["K"])
    chance = np.zeros((3, 3))
    chance[1, 1] = risk
    chance[WAR, :] = chance[:, WAR] = 1.0
    damage = np.maximum.outer(D, D)

    def against(side: dict[str, Any], wins: float, cost: float, honour: float, injuries: Array) -> Array:
        peace = side["v"] * (side["rev"] * Y[:, None] - Y[None, :])
        war = side["v"] * (side["rev"] * wins - (1.0 - wins))
        destroyed = cost if price is None else price
        return np.asarray(
            (1.0 - chance) * (peace - destroyed * damage) + chance * (war - cost) - honour * injuries, dtype=np.float64
        )

    # The target replies as one who was injured by g and leaves unanswered what its answer falls short of.
    unanswered = np.maximum(G[None, :] - G[:, None], 0.0)
    replies = np.zeros((3, 3))
    for weight, kind in ((belief, 0), (1.0 - belief, 1)):
        value = against(other, 1.0 - victory, other["c"][kind], other["rho"][kind], unanswered)
        replies += weight * softmax(other["precision"] * value, axis=0).T
    utilities = []
    for kind in (0, 1):
        value = against(own, victory, own["c"][kind], 0.0, np.zeros((3, 3)))
        expected = (replies * value).sum(axis=1)
        expected[WAR] = own["v"] * (own["rev"] * victory - (1.0 - victory)) - own["c"][kind]
        utilities.append(expected)
    return np.array(utilities)


def crisis_of(
    bench: Any,
    own: dict[str, Any],
    other: dict[str, Any],
    belief: float,
    scale: float,
    baseline: str | None = None,
    price: float | None = None,
) -> Any:
    sides = {"a": own, "b": other}
    actors = {
        name: {
            "capability": side["K"],
            "precision": side["precision"],
            "war_cost": {"resolute": side["c"][0], "irresolute": side["c"][1]},
            "honour": {"resolute": side["rho"][0], "irresolute": side["rho"][1]},
        }
        for name, side in sides.items()
    }
    fronts = {
        "a-b": {"stake": own["v"], "revisionism": own["rev"], "resolve": belief, "baseline": baseline},
        "b-a": {"stake": other["v"], "revisionism": other["rev"], "baseline": baseline},
    }
    rules: dict[str, Any] = {"brinkmanship_scale": scale, "brinkmanship_slope": 0.8}
    if price is not None:
        rules |= {"destruction": "priced", "destruction_cost": price}
    return bench.crisis(actors=actors, fronts=fronts, rules=rules)


def side(v: float, rev: float, k: float, precision: float) -> dict[str, Any]:
    return {"v": v, "rev": rev, "K": k, "precision": precision, "c": (0.5, 1.1), "rho": (1.3, 0.4)}


@given(
    v=STAKE,
    w=STAKE,
    rev=SHARE,
    other_rev=SHARE,
    k=STAKE,
    m=STAKE,
    precision=st.floats(0.1, 8.0),
    belief=SHARE,
    scale=st.floats(0.0, 0.3),
    price=st.none() | st.floats(0.0, 2.0),
)
def test_utilities_and_choices_of_a_crisis_by_hand(
    bench: Any,
    v: float,
    w: float,
    rev: float,
    other_rev: float,
    k: float,
    m: float,
    precision: float,
    belief: float,
    scale: float,
    price: float | None,
) -> None:
    own, other = side(v, rev, k, precision), side(w, other_rev, m, 3.0)
    crisis = crisis_of(bench, own, other, belief, scale, price=price)
    risk = 1.0 - np.exp(-scale * np.exp(0.8 * 5.0 * (0.6 + 0.6 - 0.8)))
    exact = by_hand(own, other, risk, belief, price)
    found = np.zeros((2, len(crisis.options)))
    expected_utilities(crisis, crisis.front_of[0][1], found[0], found[1])
    assert found == pytest.approx(exact, abs=EXACT)
    for row, utilities in zip(found, exact, strict=True):
        chosen = [0.0] * 3
        logit_choice(precision, row.tolist(), crisis.crowding, chosen)
        assert chosen == pytest.approx(softmax(precision * utilities), abs=EXACT)


def test_two_acts_by_hand(bench: Any) -> None:
    # Hostilities go on at the strike on both sides, so that only going on or war is open to either.
    own, other = side(1.2, 0.8, 3.0, 2.0), side(0.9, 0.1, 2.0, 2.5)
    crisis = crisis_of(bench, own, other, 0.3, 0.02, "strike")
    f = crisis.front_of[0][1]
    weigh(crisis, f)
    # Going on meets going on or war; the reply leaves no injury unanswered, for nothing new was suffered.
    wins = 3.0 / 5.0
    reply_war = [0.9 * (0.1 * (1.0 - wins) - wins) - cost for cost in other["c"]]
    to_war = [1.0 / (1.0 + np.exp(-2.5 * value)) for value in reply_war]
    likely = 0.3 * to_war[0] + 0.7 * to_war[1]
    for utilities, cost in ((crisis.utility_resolute[f], 0.5), (crisis.utility_irresolute[f], 1.1)):
        war = 1.2 * (0.8 * wins - (1.0 - wins)) - cost
        assert utilities[0] == pytest.approx(likely * war, abs=EXACT)
        assert utilities[2] == pytest.approx(war, abs=EXACT)
        chosen = [0.0] * 3
        logit_choice(2.0, utilities, crisis.crowding, chosen)
        assert chosen[1] == pytest.approx(0.0, abs=1e-299)
        assert chosen[2] == pytest.approx(1.0 / (1.0 + np.exp(-2.0 * (1.0 - likely) * war)), abs=EXACT)


def test_a_crisis_of_one_ply_is_an_agent_quantal_response_game(bench: Any) -> None:
    # The same choice as a tree: the target's type by chance unseen by the actor, so that each of its acts averages.
    own, other = side(1.0, 0.7, 2.0, 4.0), side(1.0, 0.0, 1.0, 3.0)
    crisis = crisis_of(bench, own, other, 0.4, 0.05)
    f = crisis.front_of[0][1]
    weigh(crisis, f)
    risk = 1.0 - np.exp(-0.05 * np.exp(1.6))
    wins = 2.0 / 3.0

    def ends(act: int, reply: int, kind: int) -> Outcome:
        f_war = 1.0 if WAR in (act, reply) else risk if act == reply == 1 else 0.0
        damage = max(D[act], D[reply])
        hurt = max(G[act] - G[reply], 0.0)
        a = (1 - f_war) * (0.7 * Y[act] - Y[reply] - 0.5 * damage) + f_war * (0.7 * wins - (1 - wins) - 0.5)
        b = (1 - f_war) * (-Y[act] - other["c"][kind] * damage) + f_war * (-wins - other["c"][kind])
        return Outcome({"a": a, "b": b - other["rho"][kind] * hurt})

    def answered(act: int) -> Chance | Outcome:
        if act == WAR:
            return ends(WAR, WAR, 0)
        kinds = {
            name: Decision("b", {str(reply): ends(act, reply, kind) for reply in range(3)})
            for kind, name in enumerate(("resolute", "irresolute"))
        }
        return Chance({"resolute": (0.4, kinds["resolute"]), "irresolute": (0.6, kinds["irresolute"])})

    tree = Decision("a", {str(act): answered(act) for act in range(3)})
    solution = agent_qre(tree, {"a": 4.0, "b": 3.0})
    chosen = [0.0] * 3
    logit_choice(4.0, crisis.utility_resolute[f], crisis.crowding, chosen)
    assert chosen == pytest.approx(list(solution.choices[()].values()), abs=EXACT)
