from __future__ import annotations

import functools
import itertools
import math

import pytest
from crises import Play, crisis_of

from escalation.dynamics.decision import note_choice
from escalation.dynamics.prompting import prompt
from escalation.world.scenario import Scenario

CAUSE = 77
SLOW = {"response_delay": 6.0, "response_spread": 0.5}


def test_a_prompt_calls_for_a_decision_after_a_delay_of_at_least_a_day() -> None:
    scenario = crisis_of(actors={"a": {"response_delay": 0.5, "response_spread": 0.2}})
    play = Play(scenario)
    prompt(play.crisis, play.f("a-b"), 3.0, CAUSE)
    assert play.front("a-b").due == 4.0  # half a day is cut up to a whole one


def test_the_median_delay_is_that_of_the_actor() -> None:
    dues = []
    for run in range(300):
        play = Play(crisis_of(actors={"a": SLOW}), run=run)
        prompt(play.crisis, play.f("a-b"), 2.0, CAUSE)
        dues.append(play.front("a-b").due - 2.0)
    below = sum(due < 6.0 for due in dues)
    assert abs(below - 150) < 4.0 * math.sqrt(300 * 0.25)  # a false alarm in 16,000


def test_the_earliest_pending_prompt_stands_for_all() -> None:
    play = Play(crisis_of(actors={"a": SLOW}))
    play.front("a-b").due = 2.5
    prompt(play.crisis, play.f("a-b"), 3.0, CAUSE)
    assert play.front("a-b").due == 2.5
    play.front("a-b").due = 1000.0
    prompt(play.crisis, play.f("a-b"), 3.0, CAUSE)
    assert play.front("a-b").due < 1000.0


def test_the_same_cause_gives_the_same_delay_and_another_gives_another() -> None:
    one, same, other = (Play(crisis_of(actors={"a": SLOW})) for _ in range(3))
    for play, at, cause in ((one, 3.0, CAUSE), (same, 8.0, CAUSE), (other, 3.0, CAUSE + 1)):
        prompt(play.crisis, play.f("a-b"), at, cause)
    assert same.front("a-b").due - one.front("a-b").due == pytest.approx(5.0)
    assert other.front("a-b").due != one.front("a-b").due


def test_nothing_is_decided_before_the_information_date() -> None:
    for run in range(50):
        play = Play(crisis_of(actors={"a": {"response_delay": 2.0}}, as_of=12), run=run)
        prompt(play.crisis, play.f("a-b"), 3.0, CAUSE)
        assert play.front("a-b").due >= 12.0


def test_an_actor_shaken_at_home_is_slower() -> None:
    firm, shaken = (Play(crisis_of(actors={"a": SLOW})) for _ in range(2))
    shaken.actor("a").weakness = 0.5
    for play in (firm, shaken):
        prompt(play.crisis, play.f("a-b"), 3.0, CAUSE)
    assert shaken.front("a-b").due - 3.0 == pytest.approx(2.0 * (firm.front("a-b").due - 3.0))


def test_a_prompt_sets_a_resting_clock_going() -> None:
    play = Play(crisis_of())
    play.front("a-b").rested = 1
    prompt(play.crisis, play.f("a-b"), 3.0, CAUSE)
    assert play.front("a-b").rested == 0


@pytest.mark.parametrize("state", ["none", "latent", "at war"])
def test_only_a_front_that_is_open_and_not_at_war_is_prompted(state: str) -> None:
    play = Play(crisis_of())
    front = play.front("a-b")
    if state == "latent":
        front.active = 0
    if state == "at war":
        front.at_war = 1
    prompt(play.crisis, -1 if state == "none" else play.f("a-b"), 3.0, CAUSE)
    assert math.isinf(front.due)


# ------------------------------------------------------------------------------------------- one deliberation


@functools.cache
def slow_crisis(form: str) -> Scenario:
    return crisis_of(actors={"a": SLOW}, rules={"deliberations": form})


def deliberating(calls: list[tuple[float, int, bool]], *, form: str = "one", run: int = 0) -> float:
    """When the decision falls that these calls lead to: when each came, its cause and whether it is severe."""
    play = Play(slow_crisis(form), run=run)
    for at, cause, severe in calls:
        prompt(play.crisis, play.f("a-b"), at, cause, severe)
    return play.front("a-b").due


def alone(call: tuple[float, int, bool], run: int) -> float:
    return deliberating([call], run=run)


@pytest.mark.parametrize("run", range(20))
def test_a_deliberation_stands_whatever_is_said_later_and_force_can_bring_it_forward(run: int) -> None:
    first, word, force = (3.0, 1, False), (3.5, 2, False), (3.5, 3, True)
    assert deliberating([first, word], run=run) == alone(first, run)
    assert deliberating([first, force], run=run) == min(alone(first, run), alone(force, run))
    assert deliberating([first, word], form="every-prompt", run=run) == min(alone(first, run), alone(word, run))


@pytest.mark.parametrize("run", range(20))
def test_the_order_in_which_calls_are_listed_does_not_matter(run: int) -> None:
    calls = [(3.0, 1, False), (3.0, 2, False), (3.3, 3, True), (2.8, 4, run % 2 == 0), (2.8, 5, False)]
    expected = min(alone(call, run) for call in calls if call[2] or call[0] == 2.8)
    for listed in itertools.permutations(calls):
        assert deliberating(list(listed), run=run) == expected


def test_a_decision_that_was_taken_leaves_no_deliberation_behind() -> None:
    play = Play(crisis_of(actors={"a": SLOW}, rules={"deliberations": "one"}))
    prompt(play.crisis, play.f("a-b"), 3.0, 1, True)
    play.front("a-b").due = math.inf
    prompt(play.crisis, play.f("a-b"), 20.0, 2)
    assert play.front("a-b").due >= 21.0


def test_whoever_has_chosen_prepares_no_more() -> None:
    """Also where a person or a rule of one's own chose: else the background clock would never ask again."""
    play = Play(crisis_of()).at(3)
    play.front("a-b").prepared = 1
    note_choice(play.crisis, play.f("a-b"), 0)
    assert play.front("a-b").prepared == 0
