from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pandas as pd
import pytest
from deterrence_tables import FORMULAS, cases

from escalation.analysis.strategic_choice.fit import strategic_choice
from escalation.errors import StudyError


def fitted(table: Any, formulas: dict[str, str]) -> Any:
    return strategic_choice(table, formulas, outcome="y", outcomes=(0, 1, 2))


@pytest.mark.parametrize(
    ("formulas", "says"),
    [
        ({"u3_war": "1"}, "no utility 'u3_war'; they are u1_sq, u1_cap, u1_war, u2_cap, u2_war"),
        ({"u1_war": 1}, "u1_war: a formula is text"),
        ({"u1_war": "a +"}, r"u1_war: 'a \+' is no formula"),
        ({"u2_war": "balanse"}, "u2_war: the table has no column 'balanse'; did you mean 'balance'"),
        ({"u2_war": "scale(nowhere)"}, "u2_war: the table has no column 'nowhere'"),
        ({"u2_war": "log(zero)"}, r"'log\(zero\)' is not finite in rows 1, 2, 3, 4, 5, …"),
    ],
)
def test_formulas_that_cannot_be_computed_are_refused(formulas: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        fitted({**cases(1, 60), "balance": np.ones(60), "zero": np.zeros(60)}, formulas)


def test_a_row_that_cannot_be_computed_is_named_by_its_place_in_the_whole_table() -> None:
    """Row 1 is left out, since a value is missing there; of 0 the logarithm is infinite, of -1 it is no number."""
    table = pd.DataFrame({**cases(1, 60), "level": np.ones(60)})
    table["a"] = table["a"].where(table.index > 0)
    formulas = {"u1_war": "1", "u2_war": "a + log(level)"}
    table.loc[[9, 19], "level"] = 0.0, -1.0
    with pytest.raises(StudyError, match=r"is not finite in rows 10, 20$"):
        fitted(table, formulas)
    table["level"] = table["level"].astype(object)
    table.loc[9, "level"] = "?"
    with pytest.raises(StudyError, match=r"column level, row 10: '\?' is not a number"):
        fitted(table, formulas)


def test_formulas_cannot_reach_what_is_not_in_the_table() -> None:
    secret = np.ones(60)  # noqa: F841 - what a formula must not see
    with pytest.raises(StudyError, match="no column 'secret'"):
        fitted(cases(1, 60), {"u1_war": "1", "u2_war": "secret"})


def test_categories_transforms_and_names_with_blanks_are_regressors() -> None:
    rng = np.random.default_rng(3)
    table = pd.DataFrame(cases(3, 400))
    table["regime"] = rng.choice(["autocracy", "democracy", "mixed"], 400)
    table["balance of forces"] = rng.uniform(size=400)
    fit = fitted(table, {"u1_sq": "scale(a) - 1", "u1_war": "regime", "u2_war": "`balance of forces` + c"})
    assert fit.parameters == (
        "u1_sq:scale(a)",
        "u1_war:Intercept",
        "u1_war:regime[T.democracy]",
        "u1_war:regime[T.mixed]",
        "u2_war:Intercept",
        "u2_war:balance of forces",
        "u2_war:c",
    )
    # A transform keeps the mean and spread of the rows fitted to, whatever rows it is asked about.
    one = fit.predict(table.iloc[[7]])
    assert one.iloc[0].to_numpy() == pytest.approx(fit.predict().iloc[7].to_numpy())
    row = {"a": 0.1, "regime": "mixed", "balance of forces": 0.5, "c": 0.0}
    assert fit.predict(row).shape == (1, 15)
    with pytest.raises(StudyError, match=r"'regime' cannot be computed: .*theocracy"):
        fit.predict({**row, "regime": "theocracy"})
    with pytest.raises(StudyError, match="u1_war: a value is missing in row 1"):
        fit.predict({**row, "regime": None})
    with pytest.raises(StudyError, match="u2_war: the table has no column 'c'"):
        fit.predict({name: value for name, value in row.items() if name != "c"})


def test_a_missing_value_within_a_transform_leaves_its_row_out() -> None:
    table = pd.DataFrame(cases(4, 200))
    table.loc[10, "a"] = np.nan
    fit = fitted(table, {**FORMULAS, "u1_sq": "scale(a) - 1"})
    assert fit.dropped == 1


@pytest.mark.parametrize("package", ["formulaic", "pandas"])
def test_what_has_to_be_installed_is_said(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == package:
            raise ImportError(name)
        return real(name, *rest)

    table = pd.DataFrame(cases(5, 60))
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StudyError, match=rf"{package}: pip install '\.\[estimate\]'"):
        fitted(table, FORMULAS)
