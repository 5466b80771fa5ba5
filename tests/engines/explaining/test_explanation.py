from __future__ import annotations

import json
from dataclasses import replace

from escalation.engines.explaining.explanation import Explanation
from escalation.world.plain_words import rung_words


def test_the_table_has_an_act_a_row_and_a_term_a_column(threat: Explanation) -> None:
    head, rows = threat.table()
    assert [row[0].removesuffix(" *") for row in rows] == [rung_words(act.name) for act in threat.acts]
    assert [row[0] for row in rows if row[0].endswith(" *")] == [f"{rung_words(threat.chosen.name)} *"]
    assert all(len(row) == len(head) for row in rows)
    column = head.index("honour")
    assert [row[column] for row in rows] == [
        f"{act.terms['honour']:+.3f}" if abs(act.terms["honour"]) >= 0.0005 else "0" for act in threat.acts
    ]
    assert "principal" not in head  # Iran has none


def test_parts_by_name(threat: Explanation) -> None:
    assert threat.restraint.name == "restraint"
    assert threat.chosen.chosen
    assert threat.likeliest.probability == max(act.probability for act in threat.acts)
    assert threat.smallest is threat.changes[0]
    assert replace(threat, changes=()).smallest is None


def test_json_holds_everything(threat: Explanation) -> None:
    data = json.loads(json.dumps(threat.to_dict(), allow_nan=False))
    assert data["date"] == threat.date.isoformat()
    assert data["sentence"] == threat.sentence
    assert str(threat).startswith(threat.sentence)
    assert data["chosen"] == threat.chosen.name
    assert data["restraint_likelier"] is False
    assert [act["terms"] for act in data["acts"]] == [act.terms for act in threat.acts]
    assert [belief["name"] for belief in data["beliefs"]] == [belief.name for belief in threat.beliefs]
    assert data["beliefs"][0]["moves"][0]["source"] == threat.beliefs[0].moves[0].source
    assert [change["size"] for change in data["changes"]] == [change.size for change in threat.changes]
    assert [row["signal"] for row in data["signals"]] == [row.signal for row in threat.signals]


def test_a_notebook_shows_the_sentence_and_both_tables(threat: Explanation) -> None:
    html = threat._repr_html_()
    assert html.count("<table>") == 2
    assert "<caption>On " in html
    assert f"<td>{rung_words(threat.chosen.name)} *</td>" in html
    assert "Israel&#x27;s threat against Iran on day 1" in html
