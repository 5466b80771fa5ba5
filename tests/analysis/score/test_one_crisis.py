from __future__ import annotations

from escalation.analysis.score.hindcasts.hindcast import hindcast


def test_a_hindcast_of_one_crisis_has_no_intervals() -> None:
    overall = hindcast(["cuba-1962"], runs=50, seed=1, progress=False).summary()["scores"]
    rows = [row for each in overall["war"].values() for name, row in each.items() if name != "model"]
    assert rows
    assert {row["model_less_this"]["low"] for row in rows} == {None}
    assert {row["skill"]["level"] for row in rows} == {None}
