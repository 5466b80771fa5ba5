"""Pages of the reference, made from the code: they leave nothing out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import escalation
from escalation.cli.main import app
from escalation.reports.bibliography import entries

DOCS = Path(__file__).parents[2] / "docs"

Pages = dict[str, Callable[[], str]]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    monkeypatch.syspath_prepend(DOCS)
    import made

    return made.PAGES


def test_every_page_is_in_the_index_of_the_reference(pages: Pages) -> None:
    index = (DOCS / "reference" / "index.md").read_text(encoding="utf-8")
    assert all(f"\n{name.partition('.')[0]}\n" in index for name in pages)


def test_every_key_of_every_part_of_a_scenario_file_is_told(pages: Pages) -> None:
    page = pages["scenario-file.md"]()
    for kind in (escalation.Actor, escalation.Front, escalation.Commitment, escalation.Signal, escalation.Rules):
        told = [name for name in kind.model_fields if f"| `{name}` |" in page]
        assert set(kind.model_fields) - set(told) <= {"id", "actor", "target"}
    assert "| `capability` | number" in page
    assert "or a distribution | `1.0` |" in page
    assert "| `warning` | If you act, I will defend them" in page


def test_every_command_is_told_with_its_options_and_examples(pages: Pages) -> None:
    page = pages["command-line.md"]()
    group = typer.main.get_command(app)
    assert re.findall(r"^## (\S+)$", page, re.MULTILINE) == list(group.commands)  # type: ignore[attr-defined]
    assert "| `-n, --runs <int range>` |" in page
    assert "```sh\nescalation run haniyeh-2024" in page


def test_every_public_name_is_in_the_interface_once(pages: Pages) -> None:
    listed = re.findall(r"^   (\w+)$", pages["interface.rst"]().partition("Plots\n-----")[0], re.MULTILINE)
    public = {name for name in escalation.__all__ if not inspect.ismodule(getattr(escalation, name))}
    assert sorted(listed) == sorted(public - {"__version__"})


def test_bibliography_has_every_source_and_no_tex(pages: Pages) -> None:
    page = pages["bibliography.rst"]()
    assert re.findall(r"^\.\. \[(\w+)\]", page, re.MULTILINE) == sorted(entries())
    assert not re.search(r"[\\{}]", page)
    assert "Cérou, Frédéric" in page
