from __future__ import annotations

import re

import pytest

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level, interval_text
from escalation.estimates.html import table
from escalation.estimates.mean import mean
from escalation.estimates.proportion import proportion


def test_an_estimate_prints_its_interval_method_and_n() -> None:
    assert str(proportion(81, 263)) == "0.308 [0.255, 0.366] (Wilson 95 %, n = 263)"


@pytest.mark.parametrize("n", [1, 7, 20, 999, 20_000, 1_000_000, 10_000_000])
@pytest.mark.parametrize("method", ["wilson", "clopper-pearson"])
def test_none_of_n_prints_as_an_upper_bound_that_does_not_claim_too_much(n: int, method: str) -> None:
    none = proportion(0, n, method=method)
    sign, number = none.number_text().split()
    assert sign == "<"
    assert none.high <= float(number) <= none.high * 1.02
    assert "e" not in number


@pytest.mark.parametrize("n", [1, 7, 20, 999, 20_000, 1_000_000, 10_000_000])
def test_n_of_n_prints_as_a_lower_bound_that_does_not_claim_too_much(n: int) -> None:
    always = proportion(n, n)
    sign, number = always.number_text().split()
    assert sign == ">"
    assert float(number) <= always.low
    assert 1.0 - float(number) <= (1.0 - always.low) * 1.02


def test_a_mean_of_zero_is_no_bound() -> None:
    assert Estimate(0.0, -1.0, 1.0, 9, "student-t").number_text() == "0.0 [-1.0, 1.0]"


def test_an_interval_of_no_length_still_prints() -> None:
    assert interval_text(2.0, 2.0, 2.0) == "2.000 [2.000, 2.000]"


def test_a_rare_event_keeps_its_digits() -> None:
    value, low, high = map(float, re.findall(r"[\d.]+", proportion(3, 1_000_000).number_text()))
    assert (value, low > 0.0, high > value) == (3e-6, True, True)


def test_to_dict_is_what_json_prints() -> None:
    none = proportion(0, 20)
    told = {"value": 0.0, "low": 0.0, "high": none.high, "n": 20, "method": "wilson", "level": 0.95}
    assert none.to_dict() == told


def test_html_escapes_what_it_shows() -> None:
    page = proportion(0, 20, event="<war>")._repr_html_()
    assert "&lt;war&gt;" in page
    assert "&lt; 0.162" in page
    assert "<war>" not in page


def test_a_table_has_its_caption_and_rows() -> None:
    page = table(("a", "b"), [("1", "2"), ("3", "4")], caption="c & d")
    assert page.startswith("<table><caption>c &amp; d</caption>")
    assert page.count("<tr>") == 3


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0, float("nan")])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(StudyError, match="strictly between 0 and 1"):
        check_level(level)


def test_an_interval_no_longer_than_rounding_errors_is_not_told_by_them() -> None:
    assert mean([0.1, 0.1, 0.1]).number_text() == "0.100 [0.100, 0.100]"


def test_a_level_close_to_one_is_not_told_as_certain() -> None:
    assert str(proportion(1, 10, level=0.9999999)).endswith("(Wilson 99.99999 %, n = 10)")
    assert str(proportion(1, 10, level=0.57)).endswith("(Wilson 57 %, n = 10)")


def test_a_value_in_a_wide_interval_keeps_two_digits() -> None:
    assert interval_text(0.25, -52.1, 0.31) == "0.25 [-52.10, 0.31]"
    assert interval_text(-0.0421, -3.0, 2.0) == "-0.042 [-3.000, 2.000]"
    assert interval_text(0.0, -3.0, 2.0) == "0.0 [-3.0, 2.0]"
