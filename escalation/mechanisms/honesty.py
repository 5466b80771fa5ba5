"""Honesty: a vow broken or a bluff caught costs belief in the next word [Sartori2002]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["after_broken_word"]


@shared
def after_broken_word(honesty: float, loss: float) -> float:
    """Honesty H·(1 − loss) after a word was broken."""
    return honesty * (1.0 - loss)
