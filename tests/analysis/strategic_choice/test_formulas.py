from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.analysis.strategic_choice.designs import build_designs, checked_formulas, usable_rows
from escalation.analysis.strategic_choice.fit import strategic_choice
from escalation.errors import StudyError

ROWS = 24
TABLE = pd.DataFrame(
    {
        "x": np.sin(np.arange(ROWS)) + 2.0,
        "z": np.cos(2.0 * np.arange(ROWS)),
        "regime1": ["a", "b", "c"] * (ROWS // 3),
        "s.wt.re1": np.sin(3.0 * np.arange(ROWS)) + 2.0,
        "regime.type": ["a", "b"] * (ROWS // 2),
        "two words": np.sin(5.0 * np.arange(ROWS)),
        "day": pd.date_range("2000-01-01", periods=ROWS),
    }
)


def columns(formula: str, table: pd.DataFrame = TABLE) -> tuple[str, ...]:
    """Names of the columns that a formula makes."""
    formulas = checked_formulas({"u2_war": formula})
    rows = usable_rows(table, formulas, [])
    return build_designs(table[rows].reset_index(drop=True), formulas).names[4]


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("as.factor(regime1)", "categories are written C(regime1)"),
        ("z + factor(`regime.type`)", "categories are written C(`regime.type`)"),
        ("factor(regime1)", "categories are written C(regime1)"),
        ("as.numeric(x)", "a column of numbers is named alone: x"),
        ("relevel(regime1, ref='b')", "C(regime1, Treatment('name'))"),
        ("ifelse(x > 0, 1, 0)", "a condition is written I(a > 0)"),
        ("cut(x, 3)", "make classes of x in the table"),
        ("ns(x, 3)", "a spline is written cr(x, df=3)"),
        ("offset(x)", "there are no offsets"),
        ("sqrt(x)", "write np.sqrt(x)"),
        ("expp(x)", "there is no function 'expp'; did you mean 'exp'?"),
        ("__import__('os')", "there is no function '__import__'"),
        ("x^2", "x^2 is x alone, for a power crosses terms here; write I(x**2)"),
        ("x**2", "x**2 is x alone, for a power crosses terms here; write I(x**2)"),
        ("I(x)**2", "write I((x)**2)"),
        ("I(x^2)", "a power is written **, as in I(a**2)"),
        ("x²", "a number is raised to a power by I(a**2)"),
        ("(x + z)**50", "those of a formula may be 4 together"),
        ("(x + z)^x", "those of a formula may be 4 together"),
        ("((x + z)**3)**2", "those of a formula may be 4 together"),
        ("y ~ x", "write what follows ~ alone; outcome= says what is explained"),
        ("~ x", "write what follows ~ alone"),
        ("x | z", "each utility has a formula of its own, as u1_sq='a' and u1_war='b'"),
        ("x %in% z", "an interaction is written a:b; whether a value is one of several, I(a.isin(['x', 'y']))"),
        ("x %% 2", "the rest of a division is written I(a % b)"),
        ("x & z", "'and' is written I((a > 0) & (b > 0))"),
        ("x > 0", "a condition is written within I(), as I(a > 0)"),
        ("x == 1", "a condition is written within I(), as I(a > 0)"),
        ("df$x", "name the column alone, without its table and $"),
        ("TRUE", "Python writes True, False and None"),
        (".", "a point does not stand for all columns"),
        ("x, z", "terms are joined by +"),
        ("x – z", "this is a dash; the minus is the keyboard's -"),
        ("“x”", "these quotes are a word processor's"),
        ("1 / x", "a ratio of numbers is written I(1 / a)"),
        ("3*x", "each term has a coefficient already, so a number scales nothing"),
        ("'x'", "a column is named without quotes, or in backticks"),
        ("two words", "nothing joins `two` and `words`; + joins terms, and a name of several words needs backticks"),
        ("x +", "something is missing beside `+`"),
        ("log(x", ") is missing"),
        ("log(x))", "a bracket is closed that was not opened"),
        ("log(s.wt.re1 + 2)", "within a call a name with dots needs backticks: `s.wt.re1`"),
        ("s.wt.re2", "no column 's.wt.re2'; did you mean 's.wt.re1'?"),
        ("`s.wt.re2`", "no column 's.wt.re2'; did you mean 's.wt.re1'?"),
        ("log(`two wrods`)", "no column 'two wrods'; did you mean 'two words'?"),
        ("log(nowhere)", "no column 'nowhere'"),
        ("day", "'day' holds dates, and I(day.dt.year) their years"),
        ("I(x * 1j)", "cannot be computed"),
        ("I('a')", "cannot be computed: could not convert string to float: 'a'"),
        ("I(x.values[:3])", "cannot be computed: Length of values (3) does not match"),
        ("log()", "cannot be computed: log() takes"),
        ("x.y.z()", "cannot be computed: 'Series' object has no attribute 'y'"),
        ("(" * 5000 + "x" + ")" * 5000, "it has more than 10,000 characters"),
    ],
)
def test_a_habit_from_elsewhere_is_told_what_to_write(formula: str, says: str) -> None:
    with pytest.raises(StudyError, match=re.escape(says)) as caught:
        columns(formula)
    assert str(caught.value).startswith("u2_war: ")
    assert repr(formula) in str(caught.value) or "no column" in says or len(formula) > 400


@pytest.mark.parametrize(
    ("formula", "made"),
    [
        ("C(regime1)", ("Intercept", "C(regime1)[T.b]", "C(regime1)[T.c]")),
        ("C(regime1, Treatment('b')) - 1", None),
        ("I(x**2)", ("Intercept", "I(x ** 2)")),
        ("(x + z)**2", ("Intercept", "x", "z", "x:z")),
        ("(x + z)^2", ("Intercept", "x", "z", "x:z")),
        ("s.wt.re1 + x", ("Intercept", "s.wt.re1", "x")),
        ("`s.wt.re1` + x", ("Intercept", "s.wt.re1", "x")),
        ("log(`s.wt.re1`)", ("Intercept", "log(`s.wt.re1`)")),
        ("scale(`two words`)", ("Intercept", "scale(`two words`)")),
        ("C(`regime.type`)", ("Intercept", "C(`regime.type`)[T.b]")),
        ("`s.wt.re1`:`two words`", ("Intercept", "s.wt.re1:two words")),
        ("Q('s.wt.re1')", ("Intercept", "Q('s.wt.re1')")),
        ("np.sqrt(x)", ("Intercept", "np.sqrt(x)")),
        ("I(regime1.isin(['a', 'b']))", ("Intercept", "I(regime1.isin(['a', 'b']))")),
        ("I((x > 2) | (z > 0))", ("Intercept", "I((x > 2) | (z > 0))")),
        ("I(day.dt.dayofyear)", ("Intercept", "I(day.dt.dayofyear)")),
        ("I(x.apply(lambda one: one + 1))", ("Intercept", "I(x.apply(lambda one: one + 1))")),
    ],
)
def test_what_is_told_to_be_written_is_read(formula: str, made: tuple[str, ...] | None) -> None:
    assert made is None or columns(formula) == made
    assert columns(formula)


def test_a_row_is_left_out_where_a_named_column_misses_a_value_and_only_there() -> None:
    table = TABLE.copy()
    table.loc[3, "s.wt.re1"] = np.nan
    table.loc[5, "z"] = np.nan
    formulas = checked_formulas({"u2_war": "log(`s.wt.re1`) + scale(x)", "u1_war": "Q('two words')"})
    assert np.flatnonzero(~usable_rows(table, formulas, [])).tolist() == [3]
    # A word within a string is no column, nor is a keyword of a call.
    formulas = checked_formulas({"u2_war": "I(regime1.isin(['z', 'a'])) + np.clip(x, a_min=0, a_max=1)"})
    assert usable_rows(table, formulas, []).all()


def test_a_column_that_hides_a_function_is_said() -> None:
    with pytest.raises(StudyError, match="the column 'log' of the table hides the function; rename it"):
        columns("log(x)", TABLE.assign(log=1.0))


def test_a_table_with_a_name_twice_is_refused() -> None:
    table = pd.concat([TABLE, TABLE[["x"]]], axis=1).assign(came=["sq", "cap", "war"] * (ROWS // 3))
    with pytest.raises(StudyError, match="two columns 'x'; rename one"):
        strategic_choice(table, {"u2_war": "x"}, outcome="came")


def test_a_column_with_dots_is_fitted_and_predicted_with() -> None:
    rng = np.random.default_rng(2)
    table = pd.DataFrame({"came": rng.choice(["sq", "cap", "war"], 200), "s.wt.re1": rng.normal(size=200)})
    fit = strategic_choice(table, {"u1_sq": "`s.wt.re1`", "u2_war": "exp(`s.wt.re1`)"}, outcome="came")
    assert fit.parameters == ("u1_sq:Intercept", "u1_sq:s.wt.re1", "u2_war:Intercept", "u2_war:exp(`s.wt.re1`)")
    assert fit.predict(table.iloc[[7]]).iloc[0].to_numpy() == pytest.approx(fit.predict().iloc[7].to_numpy())


PIECES: list[Any] = [
    *("x", "z", "regime1", "`s.wt.re1`", "s.wt.re1", "`two words`", "day", "nowhere", "`", "df$x", "x.y"),
    *("0", "1", "2", "'a'", '"', "'", "None", "True", "lambda", "if", "for", "in", "not"),
    *(
        "+",
        "-",
        "*",
        "**",
        "^",
        ":",
        "/",
        "%",
        "%in%",
        "~",
        "|",
        "&",
        "=",
        "==",
        ">",
        ",",
        ";",
        ".",
        "@",
        "\\",
        "$",
        "#",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "I(",
        "C(",
        "log(",
        "scale(",
        "poly(",
        "bs(",
        "lag(",
        "as.factor(",
        "Q(",
        "np.sqrt(",
    ),
    *(" ", "\n", "\t", "\0", "–", "²", "é", "\u00a0", "1j", "1e400", "x.mean()", "...", ":="),
]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(max_size=12))
def test_a_formula_ends_in_columns_or_in_words(formula: str) -> None:
    """Whatever formulaic, pandas or Python says of it comes as a StudyError."""
    with suppress(StudyError):
        columns(formula)
