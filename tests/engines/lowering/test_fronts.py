from __future__ import annotations

from crises import Play, crisis_of

STAKE = {"distribution": "uniform", "low": 0.5, "high": 1.5}
PACT = {"patron": "c", "protege": "b"}


def test_a_latent_front_takes_its_stakes_from_the_commitment_and_from_the_front_to_the_protege() -> None:
    pact = {**PACT, "adversary": "a", "stake": STAKE}
    for run in range(5):
        play = Play(crisis_of(front={"a-b": {"stake": STAKE}}, commitments={"pact": pact}), run=run)
        assert play.front("c-a").stake == play.pledge("pact:a").stake
        assert play.front("a-c").stake == play.front("a-b").stake
        assert play.front("c-a").stake != play.front("a-c").stake


def test_baselines_and_wars_at_the_start() -> None:
    front = {"a-b": {"baseline": "limited-strike"}, "a-c": {"at_war": True}, "c-a": {"at_war": True}}
    play = Play(crisis_of("a-b", front=front))
    state = play.front("a-b")
    assert (state.baseline, state.baseline_gain, state.baseline_destruction) == (0.6, 0.2, 0.1)
    assert (play.front("a-c").at_war, play.front("a-c").war_period) == (1, -1)
