"""Expected utility against a second reckoning, written from the equations in numpy, one matrix a quantity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of, replies_to
from numpy.typing import NDArray

from escalation.dynamics.acting import UNAVAILABLE
from escalation.dynamics.replies import expect_replies, foresee_counter_replies
from escalation.dynamics.support import turned
from escalation.dynamics.utility import exchange_terms, expected_utilities, look_ahead

Array = NDArray[np.float64]
CONDITIONAL = {"patron": "c", "protege": "a", "adversary": "b", "conditional": True, "credence": {"mean": 0.6}}
PACT = {"patron": "c", "protege": "b", "adversary": "a", "credence": {"mean": 0.4}}
FINE = [
    {
        "name": f"r{n}",
        "intensity": n / 9.0,
        "gain": 0.08 * n,
        "destruction": (n / 9.0) ** 2,
        "role": role,
        "covert": n in (2, 4, 6),
    }
    for n, role in enumerate(
        ("restraint", "threat", "display", "display", "force", "force", "force", "major", "major", "war")
    )
]

CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "revisionist": {"front": {"a-b": {"revisionism": 0.9, "stake": 1.7}}},
    "afraid": {"front": {"a-b": {"fear": 0.7, "first_strike_advantage": 0.3}, "b-a": {"fear": 0.4}}},
    "hostilities": {"front": {"a-b": {"baseline": "limited-strike"}, "b-a": {"baseline": "display"}}},
    "only war is left": {"front": {"a-b": {"fear": 0.6}, "b-a": {"baseline": "major-strike"}}},
    "patrons": {"commitments": {"one": CONDITIONAL, "two": PACT}, "actors": {"c": {"capability": 3.0}}},
    "partial injury": {"rules": {"act_injury": 0.4}, "front": {"a-b": {"baseline": "display"}, "b-a": {"fear": 0.2}}},
    "stakes": {
        "front": {"a-b": {"stake": 1.6, "revisionism": 0.4}, "b-a": {"stake": 0.6}},
        "rules": {"injury_stakes": 0.5, "brinkmanship_stakes": 2.0, "act_injury": 1.0},
        "actors": {"b": {"domestic_pressure": 0.3}},
    },
    "limited force goes on": {
        "front": {"a-b": {"baseline": "limited-strike"}, "b-a": {"baseline": "display"}},
        "rules": {"limited_force_discount": 0.7},
        "actors": {"a": {"belligerence_cost": 0.5}, "b": {"belligerence_cost": 0.8, "domestic_pressure": 0.4}},
    },
    "held from force": {
        "commitments": {"one": {**CONDITIONAL, "credence": {"mean": 0.0}}},
        "rules": {"leash": 0.5, "leash_holds": "on-condition"},
    },
    "uneven": {"actors": {"a": {"capability": 2.5, "precision": 9.0}, "b": {"precision": 1.5, "resolve": 0.9}}},
    "fine ladder": {"ladder": {"name": "fine", "rungs": FINE}, "front": {"a-b": {"baseline": "r2"}}},
}


class Reckoning:
    """Everything about one front that the expected utility of its actor needs."""

    def __init__(self, play: Play, front: str) -> None:
        self.play, self.front = play, play.front(front)
        self.back = play.crisis.fronts[self.front.reverse]
        options = play.crisis.options
        self.g, self.y, self.d, self.role, self.covert = (
            np.array([getattr(option, name) for option in options])
            for name in ("intensity", "gain", "destruction", "role", "covert")
        )
        self.crowding = np.array(play.crisis.crowding)

    def net(self, values: Array, baseline: float) -> Array:
        return np.where(self.role == 0, 0.0, values - baseline)

    def offered(self, front: Any) -> NDArray[np.bool_]:
        return (self.role == 0) | (self.g > front.baseline)

    def victory(self, *, own_first: bool, other_first: bool) -> float:
        crisis, front = self.play.crisis, self.front

        def side(one: Any, first: bool) -> float:
            total = crisis.actors[one.actor].capability
            for pledge in crisis.pledges:
                if (pledge.protege, pledge.adversary) == (one.actor, one.target) and not (first and pledge.conditional):
                    total += pledge.credence_protege * crisis.actors[pledge.patron].capability
            return total

        mine, theirs = side(front, own_first), side(self.back, other_first)
        return mine / (mine + theirs)

    def act_terms(self, one: Any, other: Any) -> tuple[Array, Array]:
        """act(ℓ) of a front on which nobody vowed, demanded or mediates: free of type, and times the cost of war."""
        play, rules = self.play, self.play.rules
        actor = play.crisis.actors[one.actor]
        g = self.net(self.g, one.baseline)
        limited = (self.role == 3) & (self.covert == 0)
        felt = self.g * np.where(limited, 1.0 - rules.limited_force_discount, 1.0)
        going_on = np.flatnonzero((self.g == one.baseline) & (self.covert == 0))[0]
        added = np.where(self.role > 0, (felt - felt[going_on]).clip(0.0), 0.0)
        seen = np.where(self.covert == 1, 1.0 - rules.covert_discount, 1.0) * added
        free = -actor.belligerence_cost * (1.0 - actor.pressure) * seen + one.spoiler * g - rules.bait * one.motive * g
        free = free + np.where(self.role >= 4, one.first_strike_advantage * one.fear, 0.0)
        war = np.zeros_like(free)
        for pledge in play.crisis.pledges:
            held = not rules.leash_on_condition or (pledge.conditional and not other.used_force)
            if (pledge.protege, pledge.adversary) == (one.actor, one.target) and held:
                forfeits = (self.role >= 3) | (not rules.leash_on_condition)
                free = free - np.where(forfeits, rules.leash * pledge.strength * g, 0.0)
            if (pledge.protege, pledge.adversary) == (other.actor, other.target):
                called = (self.covert == 0) & (self.role > 0) & (self.g >= pledge.trigger)
                weight = rules.patron_reply * pledge.credence_adversary
                free = free - np.where(called, weight * one.stake * self.net(self.y, one.baseline_gain), 0.0)
                war = war - np.where(called, weight * self.net(self.d, one.baseline_destruction), 0.0)
        return free, war

    def by_type(self, actor: Any, stake: float, free: Array, war: Array, injury: Array) -> tuple[Array, Array]:
        injury = stake**self.play.rules.injury_stakes * injury
        anger = self.play.rules.pressure_weight * actor.pressure
        resolute = free + actor.war_cost_resolute * war - (actor.honour_resolute + anger) * injury
        irresolute = free + actor.war_cost_irresolute * war - (actor.honour_irresolute + anger) * injury
        return resolute, irresolute

    def logit(self, precision: float, utility: Array, offered: NDArray[np.bool_]) -> Array:
        weight = np.where(offered, np.exp(precision * (utility - utility[offered].max()) - self.crowding), 0.0)
        return weight / weight.sum(axis=-1, keepdims=True)

    def risk(self, o: int) -> Array:
        rules = self.play.rules
        alert = np.where((self.role[o] >= 2) & (self.role >= 2), rules.accident_hazard * rules.act_window, 0.0)
        steps = 5.0 * (self.g[o] + self.g - 0.8)
        clash = rules.brinkmanship_scale * np.exp(rules.brinkmanship_slope * steps)
        hazard = alert + np.where((self.role[o] >= 3) & (self.role >= 3), clash, 0.0)
        risk = 1.0 - np.exp(-hazard)
        raised = (self.front.stake * self.back.stake) ** (rules.brinkmanship_stakes / 2.0) * risk / (1.0 - risk)
        risk = np.where((self.role[o] >= 3) & (self.role >= 3), raised / (1.0 + raised), risk)
        return np.where((self.role == 5) | (self.role[o] == 5), 1.0, risk)

    def suspects(self) -> int:
        victim = self.front.target
        return sum(front.target == victim and front.active == 1 for front in self.play.crisis.fronts)

    def felt(self, o: int) -> float:
        if self.role[o] == 0:
            return 0.0
        if self.covert[o] == 0:
            return 1.0
        rules = self.play.rules
        return rules.covert_detection / (rules.covert_detection + self.suspects()) * (1.0 - rules.covert_discount)

    def utilities(self) -> tuple[Array, Array]:
        front, back, play = self.front, self.back, self.play
        me, other = play.crisis.actors[front.actor], play.crisis.actors[front.target]
        gain, loss = self.net(self.y, front.baseline_gain), self.net(self.d, front.baseline_destruction)
        their_gain = self.net(self.y, back.baseline_gain).clip(0.0)
        their_loss = self.net(self.d, back.baseline_destruction).clip(0.0)
        mine, theirs = self.offered(front), self.offered(back)
        floor = max(front.baseline, back.baseline)
        own_free, own_war = self.act_terms(front, back)
        other_free, other_war = self.act_terms(back, front)
        own_injury = (front.injury - np.maximum(self.g, floor)).clip(0.0)
        other_injury = (back.injury - np.maximum(self.g, floor)).clip(0.0)
        attack = max(o for o in range(len(self.g)) if theirs[o] and self.role[o] < 5 and self.covert[o] == 0)
        if attack == 0:
            attack = int(np.flatnonzero(self.role == 5)[0])
        free, war = np.zeros(len(self.g)), np.zeros(len(self.g))
        for o in np.flatnonzero(mine):
            force = self.role[o] >= 3
            odds = np.where(
                force,
                self.victory(own_first=True, other_first=False),
                np.where(
                    self.role >= 3,
                    self.victory(own_first=False, other_first=True),
                    self.victory(own_first=False, other_first=False),
                ),
            )
            my_war = front.stake * (front.revisionism * odds - (1.0 - odds))
            if self.role[o] == 5:
                free[o], war[o] = my_war[o], -1.0
                continue
            risk = self.risk(o)
            destroyed = (1.0 - risk) * np.maximum(loss[o], their_loss) + risk
            their_war = back.stake * (back.revisionism * (1.0 - odds) - odds)
            share = play.rules.act_injury
            level = share * self.g[o] + (1.0 - share) * floor
            injury = np.maximum(other_injury, self.felt(o) * (level - np.maximum(self.g, floor)).clip(0.0))
            exchange = back.stake * (back.revisionism * their_gain - gain[o])
            theirs_free = other_free + (1.0 - risk) * exchange + risk * their_war
            reply = self.by_type(other, back.stake, theirs_free, other_war - destroyed, injury)
            likely = front.resolve * self.logit(other.precision, reply[0], theirs)
            likely = likely + (1.0 - front.resolve) * self.logit(other.precision, reply[1], theirs)
            likely = (1.0 - front.fear) * likely
            likely[attack] += front.fear
            value = (1.0 - risk) * front.stake * (front.revisionism * gain[o] - their_gain) + risk * my_war
            free[o], war[o] = likely @ value, -(likely @ destroyed)
        resolute, irresolute = self.by_type(me, front.stake, own_free + free, own_war + war, own_injury)
        return np.where(mine, resolute, UNAVAILABLE), np.where(mine, irresolute, UNAVAILABLE)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("front", ["a-b", "b-a"])
def test_expected_utility_is_that_of_the_equations(case: str, front: str) -> None:
    play = Play(crisis_of(**CASES[case]))
    play.front("a-b").injury, play.front("b-a").injury = 0.8, 0.2 if case == "partial injury" else 0.6
    play.at(3)
    options = len(play.crisis.options)
    resolute, irresolute = [0.0] * options, [0.0] * options
    expected_utilities(play.crisis, play.f(front), resolute, irresolute)
    by_hand = Reckoning(play, front).utilities()
    np.testing.assert_allclose(resolute, by_hand[0], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(irresolute, by_hand[1], rtol=1e-12, atol=1e-12)


def value_of(play: Play, front: str, act: str) -> float:
    options = len(play.crisis.options)
    resolute, irresolute = [0.0] * options, [0.0] * options
    expected_utilities(play.crisis, play.f(front), resolute, irresolute)
    return resolute[play.o(act)]


def test_a_covert_act_calls_for_less_of_an_answer_the_more_suspects_there_are() -> None:
    few, many = Play(crisis_of("a-b")), Play(crisis_of("a-b c-b"))
    act = "limited-strike (covert)"
    assert value_of(many, "a-b", act) > value_of(few, "a-b", act)
    assert value_of(many, "a-b", "limited-strike") == value_of(few, "a-b", "limited-strike")


def test_a_front_not_yet_open_adds_no_suspect() -> None:
    pact = {"pact": {"patron": "c", "protege": "a", "adversary": "b", "strength": 0.0, "credence": {"mean": 0.0}}}
    alone, latent = Play(crisis_of("a-b")), Play(crisis_of("a-b", commitments=pact))
    act = "limited-strike (covert)"
    assert value_of(latent, "a-b", act) == pytest.approx(value_of(alone, "a-b", act))


@pytest.mark.parametrize("who", ["own", "other"])
def test_conditional_support_holds_for_who_answers_force(who: str) -> None:
    """Once the other side has used force, an answer no longer loses the patron."""
    protege, adversary = ("a", "b") if who == "own" else ("b", "a")
    pact = {"patron": "c", "protege": protege, "adversary": adversary, "conditional": True}
    scenario = crisis_of(commitments={"pact": pact}, actors={"c": {"capability": 5.0}})
    before, after = Play(scenario), Play(scenario)
    after.front(f"{adversary}-{protege}").used_force = 1
    act = "war" if who == "own" else "restraint"
    assert value_of(after, "a-b", act) != value_of(before, "a-b", act)
    if who == "own":
        assert value_of(after, "a-b", act) > value_of(before, "a-b", act)


def looking_ahead(depth: object) -> Play:
    play = Play(crisis_of(front={"a-b": {"revisionism": 0.8}, "b-a": {"fear": 0.3}}, rules={"depth": depth}))
    play.front("a-b").injury = 0.5
    play.at(3)
    return play


def test_without_foresight_no_reply_is_expected() -> None:
    play = looking_ahead(0)
    f = play.f("a-b")
    terms = exchange_terms(play.crisis, f, 3, look_ahead(play.crisis, f))
    assert replies_to(play.crisis, f, 3) == [1.0] + [0.0] * (len(play.crisis.options) - 1)
    assert terms.gain == pytest.approx(0.8 * play.crisis.options[3].gain)
    assert terms.replies == 0.0


def test_two_plies_expect_the_counter_reply_that_one_ply_would_make() -> None:
    play = looking_ahead(2)
    f = play.f("a-b")
    victory = look_ahead(play.crisis, f)
    counter = np.array(play.crisis.own_replies)
    back = play.crisis.fronts[f].reverse
    expected = rows_of(play)
    for k in range(len(play.crisis.options)):
        expect_replies(play.crisis, back, k, turned(victory), False, expected)
    np.testing.assert_array_equal(counter, expected)
    acts = len(play.crisis.options)
    np.testing.assert_allclose(np.sum(expected, axis=0)[:acts], 1.0, rtol=1e-12)


def test_at_the_fixed_point_replies_and_counter_replies_agree() -> None:
    play = looking_ahead("fixed-point")
    f = play.f("a-b")
    victory = look_ahead(play.crisis, f)
    back = play.crisis.fronts[f].reverse
    own, other = play.crisis.own_replies, play.crisis.other_replies
    for front, war, counters, replies in ((f, victory, own, other), (back, turned(victory), other, own)):
        expected = rows_of(play)
        acts = len(play.crisis.options)
        for k in range(acts):
            foresee_counter_replies(play.crisis, front, war, counters, k)
        for o in range(acts):
            expect_replies(play.crisis, front, o, war, True, expected)
        np.testing.assert_allclose(np.array(expected)[:, :acts], np.array(replies)[:, :acts], atol=1e-7)


def rows_of(play: Play) -> list[list[float]]:
    """Rows for the probability of each reply to each act, in lanes."""
    return [[0.0] * len(row) for row in play.crisis.expected_reply]
