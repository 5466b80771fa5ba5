from __future__ import annotations

import pytest

import escalation as esc
from escalation.engines.lower import lower_once
from escalation.reports.assumptions import assumed_numbers, numbered_source, reasons


@pytest.fixture(scope="module")
def crisis() -> esc.Scenario:
    return esc.load("haniyeh-2024")


def test_every_distribution_of_the_scenario_is_a_row(crisis: esc.Scenario) -> None:
    rows = [words for words, value, _ in assumed_numbers(crisis).rows if "(" in value]
    # The severity of an incident is drawn for each incident, and not once for a run.
    once = [words for words in rows if not words.endswith("incidents, severity")]
    assert len(rows) - len(once) == 2
    assert len(once) == len(lower_once(crisis).distributions)


def test_numbers_say_whether_they_are_judged_sourced_or_fitted(crisis: esc.Scenario) -> None:
    basis = {words: (value, rests) for words, value, rests in assumed_numbers(crisis).rows}
    assert basis["Iran: resolve"] == ("beta(a 6, b 4)", "judgement")
    assert basis["United States' pledge to Israel against Iran: credence, weight"] == ("8", "judgement on [16, 15]")
    fit = "as in the fit (icb-icbe-1918-1994)"
    assert basis["all actors: precision"] == (f"{crisis.actors['irn'].precision:g}", fit)
    assert basis["rule: leash"] == (f"{crisis.rules.leash:g}", fit)
    assert basis["killing of Haniyeh in Tehran: suspects, isr, prior"][1].startswith("judgement on [6, 5, 4]")
    assert "rule: reputation" not in basis, "the library's default"


def test_what_a_person_states_in_place_of_a_fit_is_a_judgement(crisis: esc.Scenario) -> None:
    changed = crisis.replace("rules.leash", 0.125).replace("actors.irn.precision", 7.5)
    basis = {words: (value, rests) for words, value, rests in assumed_numbers(changed).rows}
    assert basis["rule: leash"] == ("0.125", "judgement")
    assert basis["Iran: precision"] == ("7.5", "judgement")
    (others,) = [words for words in basis if words.endswith(": precision") and words != "Iran: precision"]
    assert others.startswith("Israel, United States, ")
    assert not [words for words in basis if words == "all actors: precision"]


def test_labels_are_numbered_as_the_sources_stand(crisis: esc.Scenario) -> None:
    order = list(crisis.sources)
    assert (
        numbered_source("npr, airforces: two", crisis)
        == f"[{order.index('npr') + 1}, {order.index('airforces') + 1}] two"
    )
    assert numbered_source("Harbour Post, 4 March", crisis) == "Harbour Post, 4 March"
    told = reasons(crisis)
    assert (
        "Iran: Reported to have ordered a direct strike [9], and to weigh with its allies how to answer [11]." in told
    )
    # What stands in round brackets and is no label stays.
    assert any("(general knowledge, unchecked)" in reason for reason in told)
