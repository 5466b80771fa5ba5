from __future__ import annotations

import runpy
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "03_your_own_decision_rule.py"


def test_rules_of_ones_own_change_what_happens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [EXAMPLE.name, "--runs", "12", "--seed", "2"])
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    header, *rows = capsys.readouterr().out.splitlines()
    assert "in 12 runs" in header
    counts = {row[:20].strip(): [int(word) for word in row[20:].split()] for row in rows}
    assert set(counts) == {"the model's own", "answers in kind", "asks an adviser"}
    for reached in counts.values():
        assert 12 >= reached[0] >= reached[1] >= reached[2] >= 0
    assert len({tuple(reached) for reached in counts.values()}) > 1
