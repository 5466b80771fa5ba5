"""Importing the package and asking the command line for help stay light: heavy modules wait for their use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("matplotlib", "mesa", "numba", "pandas", "scipy.special", "scipy.stats", "xarray")

IMPORT = "import escalation"
HELP = """
import contextlib, io
from escalation.cli.main import main
sys.argv = ["escalation", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):
    main()
assert "compare" in out.getvalue(), "this is not the help"
"""


def loaded_by(code: str) -> set[str]:
    """Names of the heavy modules that a fresh interpreter has loaded after running the code."""
    script = f"import sys\n{code}\nsys.stdout.write(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("code", [IMPORT, HELP], ids=["import escalation", "escalation --help"])
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert loaded_by(code) == set()


def test_a_study_loads_nothing_heavy_once_the_machine_code_is_there() -> None:
    study = "import escalation as esc\nesc.run(esc.load('two-state-deterrence'), runs=1, seed=1, progress=False)"
    loaded_by(study)  # machine code is there from now on: compiling loads the compiler
    assert loaded_by(study) == set()


def test_a_heavy_module_would_be_seen() -> None:
    assert loaded_by("import scipy.stats") >= {"scipy.stats"}


def test_public_names_resolve() -> None:
    code = "import escalation\nfor name in escalation.__all__: getattr(escalation, name)"
    assert loaded_by(code) >= {"mesa"}, "escalation.__all__ names nothing that simulates"
