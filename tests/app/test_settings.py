from __future__ import annotations

from escalation.app.session import DEFAULT
from escalation.app.settings import SCENARIO, environment, first_scenario


def test_nothing_is_fetched_and_nothing_is_reported() -> None:
    found = environment("two-state-deterrence")
    assert found["SOLARA_ASSETS_CDN"].startswith("http://127.0.0.1:")
    assert found["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "false"
    assert found["SOLARA_MODE"] == "production"
    assert found["SOLARA_APP"] == "escalation.app.page"


def test_the_first_scenario_is_the_one_named() -> None:
    assert first_scenario(environment("mine.toml")) == "mine.toml"
    assert first_scenario({}) == DEFAULT
    assert first_scenario({SCENARIO: ""}) == DEFAULT
