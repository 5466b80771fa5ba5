"""The pictures of a report: how high, when, by which steps, and between whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from escalation.plotting.escalation_tree import escalation_tree
from escalation.plotting.fan import fan
from escalation.plotting.network import network
from escalation.plotting.peaks import peaks
from escalation.plotting.saving import picture, unseen
from escalation.plotting.uncertainty import uncertainty
from escalation.reports.page import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.uncertain.uncertainty import Uncertainty
    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["report_pictures"]

_PEAKS = "The highest rung that a run reached: shares of runs, with their intervals."
_FAN = "How high runs had climbed by each day: the upper edge of a rung is the share that had reached it."
_TREE = (
    "The commonest steps from the first use of force that was chosen on: who took the crisis higher, after whom, and "
    "how often."
)
_NETWORK = "Who faces whom, and who stands by whom, when the crisis begins."


def report_pictures(ensemble: Ensemble, *, study: Uncertainty | None = None) -> tuple[Picture, ...]:
    """Draw the pictures of a report.

    Parameters
    ----------
    ensemble
        The runs that the report rests on.
    study
        What is not known and chance, told apart.
    """
    drawn: list[tuple[str, str, Callable[[], Axes]]] = [
        ("peaks", _PEAKS, lambda: peaks(ensemble)),
        ("fan", _FAN, lambda: fan(ensemble)),
        ("tree", _TREE, lambda: escalation_tree(ensemble, rows=8)),
        ("network", _NETWORK, lambda: network(ensemble.scenario)),
    ]
    if study is not None:
        known = f"How likely this is at each draw of what is not known: {study.asked}."
        drawn.append(("uncertainty", known, lambda: uncertainty(study)))
    return tuple(Picture(name, caption, picture(unseen(draw))) for name, caption, draw in drawn)
