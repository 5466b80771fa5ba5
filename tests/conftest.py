"""What all tests share: examples that do not change from run to run in CI, and figures without a screen."""

from __future__ import annotations

import os

import hypothesis

# Set before anything imports matplotlib, which reads it once.
os.environ.setdefault("MPLBACKEND", "Agg")

# A first call may compile for seconds, so no deadline; in CI the examples are the same each time, so that a
# failure there is a change's doing and not the day's luck.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")
