"""Citation: the sources of the mechanisms that a scenario uses."""

from __future__ import annotations

from typing import Any

from escalation.analysis.what_mattered.switches import MECHANISMS, without_mechanism
from escalation.reports.bibliography import bibtex, keys_in
from escalation.reports.equations import mechanisms
from escalation.version import __version__
from escalation.world.commitment import Credence
from escalation.world.distributions import Elicited
from escalation.world.plain import plain
from escalation.world.scenario import Scenario

__all__ = ["BibTeX", "citation", "mechanisms_in_use", "sources_in_use"]

_WITHOUT_EFFECT_ALONE: dict[str, tuple[str, ...]] = {
    "amends-in-words": ("reassurance",),
    "assurance": ("demand",),
    "audience-cost": ("vow", "threat", "demand"),
    "belligerency": ("commitment",),
    "face": ("demand",),
    "joining-by-credence": ("commitment",),
    "leash": ("commitment",),
    "leash-on-condition": ("commitment",),
    "patron-reply": ("commitment",),
    "reputation": ("commitment",),
    "threat-credibility": ("vow", "threat", "demand"),
    "honesty": ("vow", "threat"),
    "tied-hands": ("vow", "threat"),
}
"""Mechanisms that every scenario has parameters of, but that say nothing unless one of these is in use."""


_SOFTWARE = f"""@misc{{escalation,
  author = {{{{The escalation developers}}}},
  title = {{escalation: how an international crisis climbs a ladder of escalation, or steps back}},
  note = {{Version {__version__}}},
}}"""


class BibTeX(str):
    """Text of BibTeX entries, which an interpreter shows as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def mechanisms_in_use(scenario: Scenario) -> tuple[str, ...]:
    """Names of the mechanisms that a scenario uses: it would read otherwise without them.

    Examples
    --------
    >>> import escalation as esc
    >>> "commitment" in mechanisms_in_use(esc.load("two-state-deterrence"))
    True
    >>> "mediation" in mechanisms_in_use(esc.load("two-state-deterrence"))
    False
    """
    found = {name for name in MECHANISMS if without_mechanism(scenario, name).hash != scenario.hash}
    idle = {name for name, needed in _WITHOUT_EFFECT_ALONE.items() if found.isdisjoint(needed)}
    return tuple(name for name in MECHANISMS if name in found - idle)


def sources_in_use(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Keys of the sources that a scenario's result rests on, by what rests on them.

    Returns
    -------
    dict
        Keys in the bibliography by mechanism; ``"every scenario"`` stands for what is always in use, ``"ladder"``
        for the ladder, ``"credence"`` for the default credence in commitments and ``"elicited"`` for judgements
        given as quantiles.
    """
    found = {"every scenario": [key for part in mechanisms() if part.always for key in part.sources]}
    for name in mechanisms_in_use(scenario):
        found[name] = [key for part in mechanisms() if name in part.switches for key in part.sources]
    found["ladder"] = list(keys_in(scenario.ladder.description))
    if any(pledge.credence == Credence() for pledge in scenario.commitments.values()):
        found["credence"] = list(keys_in(Credence.__doc__ or ""))
    if _holds_elicited(plain(scenario)):
        found["elicited"] = list(keys_in(Elicited.__doc__ or ""))
    return {what: tuple(dict.fromkeys(keys)) for what, keys in found.items() if keys}


def _holds_elicited(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("distribution") == "elicited" or any(_holds_elicited(part) for part in value.values())
    return isinstance(value, list) and any(_holds_elicited(part) for part in value)


def citation(scenario: Scenario) -> BibTeX:
    """BibTeX entries to cite with a result: the library, and the sources of the mechanisms that the scenario uses.

    Parameters
    ----------
    scenario
        What was played.

    Returns
    -------
    BibTeX
        Text; the library first, then the sources in the order of their keys.

    Examples
    --------
    >>> import escalation as esc
    >>> "@article{Fearon1995," in citation(esc.load("two-state-deterrence"))
    True
    """
    keys = [key for found in sources_in_use(scenario).values() for key in found]
    return BibTeX(f"{_SOFTWARE}\n\n{bibtex(keys)}")
