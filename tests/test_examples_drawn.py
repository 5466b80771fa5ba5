"""Property tests draw the same examples everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
PRINT_SETTINGS = """
import hypothesis, runpy
runpy.run_path("tests/conftest.py")
print(hypothesis.settings.get_current_profile_name(), hypothesis.settings.default)
"""
BUILD_SERVERS = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "BUILDKITE", "CIRCLECI", "TEAMCITY_VERSION")


def setting(**environment: str) -> str:
    bare = {key: value for key, value in os.environ.items() if key not in BUILD_SERVERS}
    asked = [sys.executable, "-c", PRINT_SETTINGS]
    environ = {**bare, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(asked, cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout


def test_a_build_server_has_the_setting_of_everybody() -> None:
    here = setting()
    assert here.startswith("fixed settings(")
    assert "derandomize=True" in here
    assert setting(**dict.fromkeys(BUILD_SERVERS, "true")) == here


@pytest.mark.parametrize("name", ["fixed", "search"])
def test_no_example_is_kept_and_each_failure_can_be_repeated(name: str) -> None:
    profile = hypothesis.settings.get_profile(name)
    assert profile.database is None
    assert profile.print_blob
    assert profile.derandomize == (name == "fixed")


@given(number=st.integers(0, 1))
def test_all_sources_are_imported_before_an_example_is_drawn(number: int) -> None:
    assert number in (0, 1)
    sources = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / "escalation").rglob("*.py")]
    modules = {".".join(source.parts).removesuffix(".__init__") for source in sources}
    ours = {name for name in modules if not name.startswith(("escalation.app.pa", "escalation.__main__"))}
    assert sorted(ours - sys.modules.keys()) == []
