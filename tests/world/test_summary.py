from __future__ import annotations

from typing import Any

from escalation.world.scenario import Scenario


def test_a_line(data: dict[str, Any]) -> None:
    scenario = Scenario.from_dict(data)
    line = "quarrel: 2000-01-01 to 2000-01-31, 4 actors, 4 fronts, 1 commitment, 7 signals, 4 events"
    assert str(scenario) == line
    assert repr(scenario) == f"Scenario({line})"


def test_html_is_escaped_and_dated(data: dict[str, Any]) -> None:
    data |= {"title": "<b>A & B</b>"}
    data["actors"]["a"]["name"] = "<script>"
    html = Scenario.from_dict(data)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html
    assert html.index("<td>killing</td>") < html.index("<td>purge</td>") < html.index("<td>halt</td>")
    assert "<td>2000-01-10</td><td>halt</td><td>threat</td>" in html
