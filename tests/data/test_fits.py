from __future__ import annotations

from pathlib import Path

import pytest

from escalation.data.fits import fitted_parameters, load_fit
from escalation.errors import StudyError


@pytest.mark.parametrize("raw", [b"name,value\nleash,0.2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_fit_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(raw)
    with pytest.raises(StudyError, match=r"table\.csv: is no fit: .* is what `escalation calibrate icb` saves"):
        load_fit(path)


def test_a_fit_without_its_parameters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fit.toml"
    path.write_text("years = [1918, 1994]\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"fit\.toml: lacks the parameters injury_other, .*; make the fit again"):
        fitted_parameters(path)
