"""Domestic pressure: injuries raise the public's wish to respond [WeissDafoe2019]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["pressed"]


@shared
def pressed(pressure: float, gain: float, intensity: float) -> float:
    """Pressure D' = D + (1 − D)·ΔD·g after suffering an act of intensity g; stays within [0, 1]."""
    raised = pressure + (1.0 - pressure) * gain * intensity
    if raised > 1.0:
        return 1.0
    return raised
