from __future__ import annotations

from typing import Any

import pytest

from escalation.engines.explaining.explain import decisions
from escalation.engines.explaining.explanation import Explanation
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.simulate import simulate
from escalation.engines.situation import Situation
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError
from escalation.world.scenario import Scenario


def otherwise(path: Trajectory, decision: Explanation, **given: float) -> Explanation:
    (found,) = path.explain(decision.day, decision.actor, target=decision.target, given=given)
    return found


def test_every_change_that_is_told_does_what_is_said_of_it(path: Trajectory, threat: Explanation) -> None:
    """Both as it was found and as it is written, rounded; and at what it was, nothing changes."""
    given = [change for change in threat.changes if change.kind != "signal"]
    assert given
    for change in given:
        after = otherwise(path, threat, **{change.name: change.after})
        assert next(act for act in after.acts if act.name == change.act).probability == pytest.approx(
            change.probability, abs=1e-12
        )
        assert after.peace_likelier
        assert otherwise(path, threat, **{change.name: change.rounded}).peace_likelier
        before = otherwise(path, threat, **{change.name: change.before})
        assert not before.peace_likelier
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


def patron(**pledge: Any) -> Scenario:
    """A crisis in which p stands by a against b, and lets it act from day 1 on."""
    said = {"kind": "authorisation", "sender": "p", "receivers": ["a"], "date": 1, "credence": 1.0, "alignment": 1.0}
    return Scenario.from_dict(
        {
            "name": "leave",
            "horizon": 30,
            "actors": {"a": {"response_delay": 3.0}, "b": {}, "c": {}, "p": {}},
            "fronts": {"a-b": {"revisionism": 0.9}, "b-a": {}, "a-c": {"revisionism": 0.9}, "c-a": {}},
            "rules": {"leash": 1.5},
            "commitments": {
                "pact": {"patron": "p", "protege": "a", "adversary": "b", "strength": 0.9, "conditional": True} | pledge
            },
            "signals": {} if pledge else {"leave": said},
        }
    )


def test_leave_that_was_heard_in_the_course_of_the_run_can_be_given() -> None:
    """Without it the patron holds its protégé back as before."""
    path = simulate(patron(), seed=1, run=0)
    first = next(row for row in decisions(path) if row.front == "a-b" and row.day > 1)
    (free,) = path.explain(first.day, "a", target="b")
    held = otherwise(path, free, **{"commitments.pact:b.leave": 0.0})
    assert held.sentences[0].startswith("Suppose a's belief that p lets a act were 0. Then, on ")
    assert held.restraint.probability > free.restraint.probability


def test_a_pledge_that_has_not_begun_cannot_be_given() -> None:
    path = simulate(patron(begins=29), seed=1, run=0)
    first = next(row for row in decisions(path) if row.front == "a-b" and row.day < 29)
    with pytest.raises(StudyError, match=r"does not depend on 'commitments\.pact:b\.credence'"):
        path.explain(first.day, "a", target="b", given={"commitments.pact:b.credence": 0.2})


def test_on_a_front_on_which_nothing_given_bears_the_act_is_the_one_that_was_chosen() -> None:
    """The rule chooses displays. On day 7 both decisions fall, and toward c the model would have been conciliatory."""
    scenario, preferred = patron().replace("period", 7.0), {}

    def display(situation: Situation) -> str:
        preferred[situation.day, situation.target] = situation.preferred
        return "display"

    model = CrisisModel(scenario, seed=1, run=6, decision_rules={"a": display}, recorded=True).play()
    path = Trajectory.from_record(model.lowered, 1, 6, *model.finished())
    assert preferred[7.0, "c"] == "conciliation"
    on_b, on_c = path.explain(7, "a", given={"fronts.a-b.fear": 0.5})
    assert [part.name for part in on_b.given] == ["fronts.a-b.fear"]
    assert (on_c.given, on_c.chosen.name) == ((), "display")
