"""Vows: how a threat becomes one."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.roles import STANDING
from escalation.dynamics.state import Crisis

__all__ = ["threat_falls_due"]


@shared
def threat_falls_due(crisis: Crisis, f: int, now: float) -> None:
    """Turn the threat that the actor of front `f` has made into a vow, since what it threatened for has come.

    Parameters
    ----------
    crisis
        The crisis.
    f
        Row of the front on which the threat stands.
    now
        When it came, in days.
    """
    front = crisis.fronts[f]
    standing = front.vow_standing == STANDING
    front.vow = max(front.threat, front.vow) if standing else front.threat
    front.vow_publicity = max(front.threat_publicity, front.vow_publicity) if standing else front.threat_publicity
    front.vow_made = now
    front.vow_due = now + front.threat_due
    front.vow_standing = STANDING
    front.threat_until = -1.0
