from __future__ import annotations

import datetime

from escalation.world.distributions import Normal
from escalation.world.plain import plain
from escalation.world.signal import Signal

SIGNAL = Signal(
    id="s",
    kind="vow",
    date=datetime.date(2024, 7, 31),
    sender="a",
    receivers=("b",),
    credence=Normal(mean=0.5, sd=0.1, low=0.0, high=1.0),
)


def test_all_of_it() -> None:
    data = plain(SIGNAL)
    assert type(data["kind"]) is str
    assert data["receivers"] == ["b"]
    assert data["date"] == datetime.date(2024, 7, 31)
    assert data["leak"] == 0.0
    assert Signal(**data) == SIGNAL


def test_what_differs_from_the_defaults() -> None:
    assert plain([SIGNAL], brief=True, iso=True) == [
        {
            "id": "s",
            "kind": "vow",
            "date": "2024-07-31",
            "sender": "a",
            "receivers": ["b"],
            "credence": {"low": 0.0, "high": 1.0, "distribution": "normal", "mean": 0.5, "sd": 0.1},
        }
    ]
