"""The table of symbols names every parameter, and says of it what the code says."""

from __future__ import annotations

import re
from importlib import import_module

import numpy as np
import pytest
from crisis_rows import crisis_rows

from escalation.data.covariates import covariates
from escalation.data.fits import defaults_of
from escalation.data.generic_crisis import OF_SIDES, OF_STAKES, crisis_scenario, quantities
from escalation.data.parameters import PARAMETERS, prior_means
from escalation.data.signal_crisis import signal_quantities
from escalation.reports.bibliography import entries, keys_in
from escalation.reports.parameters import MODELS, SOURCES
from escalation.reports.symbols import BY_CODE, ENTERS, SYMBOLS, paths, symbol_table
from escalation.world.plain import plain
from escalation.world.rules import Rules

TABLE = symbol_table()
STATED = {row[3].strip("`"): dict(zip(TABLE.columns, row, strict=True)) for row in TABLE.rows}
ROWS = covariates(crisis_rows(200))
SHARES = {"democratic": 0.4, "military": 0.2, "nuclear": 0.1}
ENDINGS = {
    "severity": "victim.severity",
    "revisionism": "front.revisionism",
    "resolute": "actor.war_cost",
    "irresolute": "actor.war_cost",
}


def test_every_fitted_parameter_is_in_the_table_with_its_prior() -> None:
    told = " ".join(row["prior"] for row in STATED.values())
    for name, parameter in PARAMETERS.items():
        own = STATED.get(f"rules.{name}", STATED.get(f"actors.*.{name}"))
        (said,) = [own["prior"]] if own else re.findall(rf"`{name}` ([^,;]+)", told)
        if parameter.informed_by == "lag":
            assert said.startswith("fitted to delays alone")
        elif parameter.informed_by in ("next-act", "stakes", "allies"):
            assert said == f"held at {parameter.prior:g}, without a prior"
        else:
            middle, sign, spread = re.match(r"(\S+) (×/÷ e\^|± logit |± )([\d.]+)", said).groups()  # type: ignore[union-attr]
            assert (float(middle), float(spread)) == (parameter.prior, parameter.spread)
            assert {"×/÷ e^": "log", "± logit ": "logit", "± ": "linear"}[sign] == parameter.scale


def test_every_number_of_the_rules_is_in_the_table_with_its_default() -> None:
    numbers = {name for name in Rules.model_fields if type(getattr(Rules(), name)) is float}
    assert {f"rules.{name}" for name in numbers} == {path for path in STATED if path.startswith("rules.")}
    for name in numbers - set(PARAMETERS):
        assert STATED[f"rules.{name}"]["prior"].partition(";")[0] == f"not fitted, {getattr(Rules(), name):g}"


def field_of(path: str) -> str:
    """Table and field of a place in a scenario."""
    table, *_, last = path.split(".")
    return ENDINGS.get(last) or f"{table.removesuffix('s') if table != 'rules' else table}.{last}"


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_bears_on_the_field_that_the_table_names(name: str) -> None:
    """Move the parameter, and see which numbers of the fit's scenarios move."""
    before = prior_means()
    after = {**before, name: PARAMETERS[name].value(0.3)}
    moved = set()
    for made in (lambda at: quantities(at, ROWS), lambda at: signal_quantities(at, SHARES)):
        first, then = made(before), made(after)
        moved |= {field_of(path) for path in first if not np.array_equal(first[path], then[path])}
    if name in OF_STAKES:  # which bear on nothing where all stakes are 1
        first, then = (getattr(crisis_scenario(at, ROWS, 0).rules, name) for at in (before, after))
        moved |= {f"rules.{name}"} if first != then else set()
    if name in OF_SIDES:  # of which a row's crisis has one actor each
        first, then = (defaults_of(at, SHARES)["rules"][name] for at in (before, after))
        moved |= {f"rules.{name}"} if first != then else set()
    if name == "settle_spread":  # of what is drawn anew for each run
        first, then = (crisis_scenario(at, ROWS, 0).rules.settle_days for at in (before, after))
        moved |= {"rules.settle_days"} if plain(first) != plain(then) else set()
    assert moved == {paths()[name]}


def test_places_of_the_registries_are_fields() -> None:
    fields = {f"{part}.{name}" for part, model in MODELS.items() for name in model.model_fields}
    assert {*SYMBOLS, *ENTERS.values()} <= fields
    assert set(ENTERS) <= set(PARAMETERS)


@pytest.mark.parametrize("field", SYMBOLS)
def test_a_symbol_is_the_one_that_the_field_itself_names(field: str) -> None:
    part, _, name = field.partition(".")
    assert SYMBOLS[field] in re.findall(r"[\w]+", MODELS[part].descriptions()[name])  # type: ignore[attr-defined]


@pytest.mark.parametrize("each", BY_CODE, ids=lambda each: each.symbol)
def test_a_symbol_that_the_code_works_out_is_told_by_its_function(each: object) -> None:
    module, _, function = each.function.partition(".")  # type: ignore[attr-defined]
    words = getattr(import_module(f"escalation.mechanisms.{module}"), function).__doc__
    own = {"x": "Injury", "μ": "prior·likelihood"}
    assert own.get(each.symbol, f" {each.symbol} ") in words  # type: ignore[attr-defined]


def test_symbols_of_the_second_version_are_there() -> None:
    named = {row[0]: row[3] for row in TABLE.rows}
    for symbol, name in {
        "η": "limited_force_discount",
        "ψ": "destruction_cost",
        "β": "amends_in_words",
        "k": "concession",
        "Π": "peace",
        "ε": "exploited",
    }.items():
        assert named[symbol] == f"`rules.{name}`"
    assert {"v", "rev", "y", "d", "g", "W", "x", "μ", "ρ", "D", "c", "λ", "h", "w", "ω", "q", "M", "α", "a"} <= set(
        named
    )


def test_sources_are_keys_of_the_bibliography_or_a_modelling_choice() -> None:
    for row in TABLE.rows:
        assert row[-1] == "modelling choice" or (keys_in(row[-1]) and set(keys_in(row[-1])) <= set(entries()))
    assert STATED["rules.appeal"]["source"] == "modelling choice"
    assert STATED["rules.leash"]["source"] == SOURCES["rules.leash"]


def test_units_are_those_that_fields_and_parameters_tell() -> None:
    assert STATED["actors.*.precision"]["unit"] == "1/stakes"
    assert STATED["rules.accident_hazard"]["unit"] == "1/day"
    assert STATED["rules.peace"]["unit"] == "1"
    for name, parameter in PARAMETERS.items():
        if (row := STATED.get(f"rules.{name}")) and name not in ("concession", "peace"):  # shares of a stake of 1
            assert row["unit"] == parameter.unit
