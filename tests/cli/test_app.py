"""``escalation app``: what is checked before the page is served."""

from __future__ import annotations

import importlib
import socket
from types import SimpleNamespace
from typing import Any

import pytest

from .conftest import Escalation


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server was started with, instead of starting it."""
    calls: list[dict[str, Any]] = []
    stand_in = SimpleNamespace(serve=lambda scenario, **options: calls.append({"scenario": scenario, **options}))
    whole = importlib.import_module

    def by_name(name: str) -> Any:
        return stand_in if name == "escalation.app.serve" else whole(name)

    monkeypatch.setattr("escalation.cli.app.importlib.import_module", by_name)
    monkeypatch.setattr("escalation.cli.app.find_spec", lambda _: object())
    return calls


def test_it_listens_to_this_machine_alone(escalation: Escalation, served: list[dict[str, Any]]) -> None:
    done = escalation("app", "--port", "0")
    assert done.exit_code == 0, done.stderr
    (call,) = served
    assert (call["scenario"], call["host"], call["browser"]) == ("haniyeh-2024", "127.0.0.1", True)
    assert call["port"] > 0
    assert "Warning" not in done.stderr


def test_other_addresses_come_with_a_warning(escalation: Escalation, served: list[dict[str, Any]]) -> None:
    done = escalation("app", "two-state-deterrence", "--host", "0.0.0.0", "--port", "0", "--no-browser")
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stderr.split())
    assert "Warning: 0.0.0.0 can be reached from other machines" in said
    assert "Nothing is encrypted: whoever listens on the way can read codes and games." in said
    (call,) = served
    assert (call["scenario"], call["browser"]) == ("two-state-deterrence", False)


def test_a_scenario_at_fault_is_said_before_anything_is_served(
    escalation: Escalation, served: list[dict[str, Any]]
) -> None:
    done = escalation("app", "haniyeh-2025", "--port", "0")
    assert done.exit_code == 2
    assert "did you mean 'haniyeh-2024'" in done.stderr
    assert served == []


def test_a_port_in_use_is_said(escalation: Escalation, served: list[dict[str, Any]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = escalation("app", "--port", str(port))
    assert done.exit_code == 2
    assert f"cannot listen on 127.0.0.1, port {port}" in done.stderr
    assert served == []


def test_an_address_of_another_machine_is_said(escalation: Escalation, served: list[dict[str, Any]]) -> None:
    done = escalation("app", "--host", "192.0.2.1", "--port", "0")
    assert done.exit_code == 2
    assert "cannot listen on 192.0.2.1" in done.stderr
    assert served == []


def test_the_extra_that_is_missing_is_named(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalation.cli.app.find_spec", lambda _: None)
    done = escalation("app", "--port", "0")
    assert done.exit_code == 2
    assert "pip install '.[app]' in a clone's folder" in done.stderr


def test_help_has_examples(escalation: Escalation) -> None:
    done = escalation("app", "--help")
    assert done.exit_code == 0
    assert "For example:" in done.stdout
    for option in ("--port", "--host", "--no-browser"):
        assert option in done.stdout
