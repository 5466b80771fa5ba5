"""The bibliography as a page, so that citations in docstrings and pages have a target."""

from __future__ import annotations

from escalation.reports.bibliography import entries, reference

__all__ = ["bibliography"]


def bibliography() -> str:
    """Write the page, in the order of the keys."""
    head = "Bibliography\n============\n\nDocstrings and pages cite these sources by their keys.\n\n"
    return head + "\n".join(f".. [{key}] {reference(key, mark='*')}" for key in sorted(entries())) + "\n"
