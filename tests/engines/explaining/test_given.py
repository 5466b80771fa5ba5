from __future__ import annotations

import pytest

from escalation.engines.explaining.explanation import Explanation
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError


def otherwise(path: Trajectory, decision: Explanation, **given: float) -> Explanation:
    (found,) = path.explain(decision.day, decision.actor, target=decision.target, given=given)
    return found


def test_every_change_that_is_told_does_what_is_said_of_it(path: Trajectory, threat: Explanation) -> None:
    """Both as it was found and as it is written, rounded; and at what it was, nothing changes."""
    given = [change for change in threat.changes if change.kind != "signal"]
    assert given
    for change in given:
        after = otherwise(path, threat, **{change.name: change.after})
        assert after.restraint.probability == pytest.approx(change.probability, abs=1e-12)
        assert after.restraint_likelier
        assert otherwise(path, threat, **{change.name: change.rounded}).restraint_likelier
        before = otherwise(path, threat, **{change.name: change.before})
        assert not before.restraint_likelier
        assert before.acts == threat.acts


def test_beliefs_are_shown_as_they_were_given(path: Trajectory, threat: Explanation) -> None:
    name = f"fronts.{threat.front}.fear"
    found = otherwise(path, threat, **{name: 0.9})
    assert {belief.name: belief.value for belief in found.beliefs}[name] == 0.9
    assert found.signals == ()
    others = {belief.name: belief.value for belief in found.beliefs if belief.name != name}
    assert others == {belief.name: belief.value for belief in threat.beliefs if belief.name != name}


def test_the_act_is_the_one_that_would_have_been_chosen(path: Trajectory, threat: Explanation) -> None:
    kind = "resolute" if threat.resolute else "irresolute"
    found = otherwise(path, threat, **{f"actors.{threat.actor}.honour.{kind}": 9.0})
    assert found.chosen is max(found.acts, key=lambda act: act.score)
    assert found.chosen.name != threat.chosen.name


def test_the_run_goes_on_as_it_did(path: Trajectory, threat: Explanation) -> None:
    otherwise(path, threat, **{f"fronts.{threat.front}.fear": 0.9})
    (again,) = path.explain(threat.day, threat.actor, target=threat.target)
    assert again == threat


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("fronts.irn-isr.feer", 0.5, "does not depend on 'fronts.irn-isr.feer'.*did you mean 'fronts.irn-isr.fear'"),
        ("fronts.irn-isr.injury", 0.5, "does not depend on"),
        ("fronts.irn-isr.fear", 1.5, "must be a number from 0 to 1"),
        ("rules.face", -1.0, "must be a number from 0 up"),
        ("rules.face", float("nan"), "must be a number from 0 up"),
        ("fronts.irn-isr.stake", -0.1, "must be a number from 0 to 1e\\+09"),
        ("fronts.isr-irn.stake", 1e10, "must be a number from 0 to 1e\\+09"),
    ],
)
def test_what_cannot_be_given_is_refused(path: Trajectory, name: str, value: float, said: str) -> None:
    day = next(float(act["period"]) for act in path.acts if path.front_ids[act["front"]] == "irn-isr")
    with pytest.raises(StudyError, match=said):
        path.explain(day, "irn", target="isr", given={name: value})


def test_what_is_assumed_is_said_and_not_told_as_if_it_had_happened(path: Trajectory, threat: Explanation) -> None:
    found = otherwise(path, threat, **{"fronts.irn-isr.fear": 0.9})
    assert found.sentences[0].startswith("Suppose Iran's fear of attack by Israel were 0.9. Then, on ")
    assert " Iran would have chosen " in found.sentences[0]
    (assumed,) = found.to_dict()["given"]
    assert assumed == {"name": "fronts.irn-isr.fear", "words": "Iran's fear of attack by Israel", "value": 0.9}
    assert threat.given == ()
    assert threat.to_dict()["given"] == []
    assert f"{threat.actor_name} chose " in threat.sentences[0]
