"""These run the compiled engine."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

import escalation as esc
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.reports.estimate_table import (
    EstimateTable,
    table_of_comparison,
    table_of_ensemble,
    table_of_leave_one_out,
    table_of_sensitivity,
)

SPOILER = "fronts.challenger-defender.spoiler"


@pytest.fixture(scope="module")
def pair() -> esc.Comparison:
    crisis = esc.load("two-state-deterrence")
    return esc.compare(crisis, crisis.without("threat"), runs=200, seed=1, progress=False)


def read(table: EstimateTable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.csv())))


def body(table: EstimateTable) -> list[list[str]]:
    """Cells of the rows between the rules of a table in LaTeX."""
    lines = table.latex().partition("\\midrule\n")[2].partition("\\bottomrule")[0].splitlines()
    assert all(line.endswith(r" \\") for line in lines)
    return [line.removesuffix(r" \\").split(" & ") for line in lines]


def test_a_csv_has_every_number_in_full(pair: esc.Comparison) -> None:
    ensemble = pair.first
    rows = read(table_of_ensemble(ensemble, events=["joint:defender+patron"]))
    assert [row["what"] for row in rows] == [*ensemble.events, "joint:defender+patron"]
    for row in rows:
        one = ensemble.probability(row["what"])
        assert (float(row["value"]), float(row["low"]), float(row["high"])) == (one.value, one.low, one.high)
        assert (int(row["n"]), row["method"], float(row["level"])) == (200, "wilson", 0.95)
    assert rows[0]["words"] == "somebody chooses force"


def test_a_comparison_has_both_worlds_and_the_difference(pair: esc.Comparison) -> None:
    table = table_of_comparison(pair)
    rows = {(row["what"], row["quantity"]): row for row in read(table)}
    assert len(rows) == 3 * len(pair.differences)
    gap = pair.differences["war"]
    assert float(rows["war", "difference"]["value"]) == gap.value
    assert float(rows["war", "difference"]["p_value"]) == gap.p_value
    assert float(rows["war", "unchanged"]["value"]) == pair.first.probability("war").value
    assert float(rows["war", "changed"]["value"]) == pair.second.probability("war").value
    assert rows["war", "changed"]["p_value"] == ""
    assert "changed minus unchanged; changed: signals.threat" in table.notes[-1]


def test_latex_has_a_row_an_event_and_a_cell_an_estimate(pair: esc.Comparison) -> None:
    table = table_of_comparison(pair)
    text = table.latex()
    assert r"\begin{tabular}{lrrr}" in text
    assert text.count(r"\begin{tabular}") == text.count(r"\end{tabular}") == 1
    rows = body(table)
    assert [len(row) for row in rows] == [4] * len(pair.differences)
    for row, gap in zip(rows, pair.differences.values(), strict=True):
        assert row[3].replace("$-$", "-") == gap.number_text()
        assert re.search(r"(?<!\$)-\d", row[3]) is None, "a hyphen in place of a minus"
    assert "200 pairs of runs, seed 1" in text
    shown = [line for line in text.splitlines() if not line.startswith("% ")]
    assert len(text.splitlines()) - len(shown) == len(table.notes) + 1
    assert re.search(r"(?<!\\)%", "\n".join(shown)) is None, "a percent sign would hide what follows it"


def test_what_tex_would_take_for_commands_is_made_harmless() -> None:
    one = Estimate(-0.25, -0.31, 0.0, 200, "wilson")
    table = EstimateTable("event", (("a_b", r"50 % & \half {of} #1_x~^ → 2024-07-30", {"gap": one}),), ("a_b",))
    (row,) = table.latex().partition("\\midrule\n")[2].splitlines()[:1]
    assert row == (
        r"50 \% \& \textbackslash{}half \{of\} \#1\_x\textasciitilde{}\textasciicircum{} $\to$ 2024-07-30"
        r" & $-$0.25 [$-$0.31, 0.00] \\"
    )
    assert r"\footnotesize a\_b" in table.latex()


def test_indices_have_a_column_each_and_too_few_samples_are_said() -> None:
    study = esc.sensitivity(
        esc.load("two-state-deterrence"), event="initiation", parameters={SPOILER: (0.0, 1.0)}, samples=4, runs=20,
        seed=1, progress=False,
    )  # fmt: skip
    table = table_of_sensitivity(study)
    assert [row["quantity"] for row in read(table)] == ["first order", "total"]
    assert read(table)[0]["words"] == "challenger → defender: spoiler"
    assert study.warning in table.notes


def test_items_left_out_have_their_share_and_both_effects() -> None:
    study = esc.leave_one_out(esc.load("two-state-deterrence"), runs=200, sample=0, seed=1, progress=False)
    table = table_of_leave_one_out(study)
    rows = {(row["what"], row["quantity"]): row for row in read(table)}
    for left in study.rows:
        assert float(rows[left.item.name, "came"]["value"]) == left.came.value
        assert float(rows[left.item.name, "effect"]["value"]) == left.effect.value
        assert float(rows[left.item.name, "effect"]["p_value"]) == left.effect.p_value
        given = left.effect_where_it_came
        assert given is None or float(rows[left.item.name, "effect where it came"]["value"]) == given.value
    assert study.baseline.number_text() in table.notes[-1]
    assert len(body(table)) == len(study.rows)


def test_a_table_is_saved_in_the_form_of_its_ending(pair: esc.Comparison, tmp_path: Path) -> None:
    table = table_of_comparison(pair)
    for name, text in (("a.csv", table.csv()), ("a.TEX", table.latex())):
        table.save(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == text
    with pytest.raises(StudyError, match=r"saved as \.csv or \.tex"):
        table.save(tmp_path / "a.xlsx")
    with pytest.raises(StudyError, match="there is no folder"):
        table.save(tmp_path / "nowhere" / "a.csv")
