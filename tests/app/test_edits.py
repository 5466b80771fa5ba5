"""Edits: every slider's whole range is allowed, and what is changed is what was asked for."""

from __future__ import annotations

import pytest

from escalation.app.edits import Dial, Edits, dials, removable
from escalation.errors import StudyError
from escalation.world.plain import plain
from escalation.world.scenario import Scenario


def dial(scenario: Scenario, path: str) -> Dial:
    return next(row for row in dials(scenario) if row.path == path)


def test_a_slider_can_stand_at_both_ends(busy: Scenario) -> None:
    for row in dials(busy):
        assert row.low <= row.value <= row.high, row
        for value in (row.low, row.high):
            edited = plain(busy.replace(row.path, value))
            for key in row.path.split("."):
                edited = edited[key]
            assert edited == value


def test_paths_are_unique_and_come_from_every_table(busy: Scenario) -> None:
    paths = [row.path for row in dials(busy)]
    assert len(set(paths)) == len(paths)
    assert {path.partition(".")[0] for path in paths} == {
        "actors", "fronts", "commitments", "signals", "events", "rules",
    }  # fmt: skip


def test_a_dial_says_what_it_moves(busy: Scenario) -> None:
    resolve = dial(busy, "actors.cal.resolve")
    assert (resolve.group, resolve.label, resolve.stated, resolve.value) == ("cal", "resolve", "0.9", 0.9)
    assert (resolve.low, resolve.high, resolve.step) == (0.0, 1.0, 0.01)
    cost = dial(busy, "actors.ara.war_cost.resolute")
    assert (cost.group, cost.label) == ("Ara & Sons", "war cost resolute")
    assert cost.help == "Cost of war c by private type, in stakes. Value if the actor is resolute."
    fear = dial(busy, "fronts.ara-bor.fear")
    assert fear.group == "Ara & Sons against Bor"
    assert fear.stated == f"median {fear.value:.3g} (beta)"
    assert fear.value == pytest.approx(0.2285, abs=1e-3)


def test_ends_without_a_limit_are_round_and_well_above(busy: Scenario) -> None:
    stake = dial(busy, "fronts.ara-bor.stake")
    assert (stake.low, stake.high) == (0.05, 5.0)  # above 0, so not from 0
    assert dial(busy, "fronts.ara-bor.spoiler").high == 1.0  # from 0, where there is nothing to go by
    assert dial(busy, "fronts.ara-bor.spoiler").low == 0.0


@pytest.mark.parametrize(("value", "end"), [(0.0, 1.0), (-0.0048, 1.0), (-0.5, 2.0), (0.5, 2.0)])
def test_a_number_that_may_be_below_0_reaches_as_far_on_either_side(busy: Scenario, value: float, end: float) -> None:
    concession = dial(busy.replace("rules.concession", value), "rules.concession")
    assert (concession.low, concession.high, concession.step) == (-end, end, end / 50)


def test_what_would_say_nothing_is_not_offered(busy: Scenario) -> None:
    paths = {row.path for row in dials(busy)}
    assert "actors.ara.control" not in paths
    assert "signals.call.leak" not in paths
    assert "signals.whisper.leak" in paths


def test_edits_together_make_the_alternative(busy: Scenario) -> None:
    edits = Edits().with_value("actors.cal.resolve", 0.2).with_dropped("whisper").with_value("actors.cal.resolve", 0.3)
    assert edits
    assert edits.apply(busy) == busy.without("whisper").replace("actors.cal.resolve", 0.3)
    assert edits.words(busy) == (
        ("actors.cal.resolve", "cal, resolve: 0.3 instead of 0.9"),
        ("whisper", "without the reassurance whisper by cal"),
    )
    assert edits.undo("whisper").apply(busy) == busy.replace("actors.cal.resolve", 0.3)
    assert edits.undo("whisper").undo("actors.cal.resolve") == Edits()
    assert not Edits()
    assert Edits().apply(busy) is busy
    assert edits.with_dropped("whisper") == edits


def test_what_goes_with_what_is_left_out_is_no_error(busy: Scenario) -> None:
    both = Edits().with_dropped("oath").with_dropped("leaked")  # the warning is about the commitment
    assert both.apply(busy) == busy.without("oath")
    assert both.words(busy)[1] == ("leaked", "without the warning leaked by cal")


def test_a_number_of_what_is_left_out_changes_nothing(busy: Scenario) -> None:
    edits = Edits().with_value("signals.whisper.strength", 9.0).with_dropped("whisper")
    assert edits.apply(busy) == busy.without("whisper")


def test_all_that_can_be_left_out_is_offered(busy: Scenario) -> None:
    assert set(removable(busy)) == {*busy.signals, *busy.events, *busy.commitments}
    for item in removable(busy):
        assert item not in removable(busy.without(item))


def test_an_unknown_place_is_named(busy: Scenario) -> None:
    with pytest.raises(StudyError, match=r"actors\.cal\.resolv"):
        Edits().with_value("actors.cal.resolv", 0.1).apply(busy)
    with pytest.raises(StudyError, match="did you mean"):
        Edits().with_value("actors.cal.resolv", 0.1).words(busy)
