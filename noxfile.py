"""All tests on every supported Python that is here, with the oldest and the newest Mesa: ``make test-pythons``.

The gate itself tries the other Pythons faster, by `.ci/smoke`. Arguments go to pytest:
``nox --session tests-3.13 -- tests/world``.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nox

PYTHONS = ("3.11", "3.12", "3.13")
MESAS = ("3.3.1", "3.5.1")

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False

for version in PYTHONS:
    # Where `.ci/find_python` finds one, before shims for a Python that is not there.
    found = subprocess.run([".ci/find_python", version], capture_output=True, text=True, check=False).stdout.strip()
    if found:
        os.environ["PATH"] = os.pathsep.join((str(Path(found).parent), os.environ["PATH"]))


@nox.session(python=PYTHONS)
@nox.parametrize("mesa", MESAS)
def tests(session: nox.Session, mesa: str) -> None:
    """Tests, and examples in docstrings and prose."""
    if (session.python, mesa) == ("3.11", "3.5.1"):
        session.skip("Mesa 3.5.1 is not for Python 3.11")
    session.install("--editable", ".[test]", f"mesa=={mesa}")
    session.run("pytest", "--quiet", "--numprocesses=auto", "--no-cov", *session.posargs)
