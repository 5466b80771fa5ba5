"""The hypotheses: every comparative static that the model must reproduce, and the worlds on which it is tried."""

from __future__ import annotations

from hypotheses.acts import ACTS
from hypotheses.binding import BINDING
from hypotheses.blame import BLAME
from hypotheses.conciliation import CONCILIATION
from hypotheses.measuring import Hypothesis
from hypotheses.numerics import NUMERICS
from hypotheses.pieces import PIECES
from hypotheses.pledges import PLEDGES
from hypotheses.positions import POSITIONS
from hypotheses.words import WORDS

__all__ = ["HYPOTHESES"]

HYPOTHESES: tuple[Hypothesis, ...] = (
    POSITIONS + BLAME + WORDS + CONCILIATION + PIECES + BINDING + ACTS + PLEDGES + NUMERICS
)
"""Every hypothesis, in the order of the page."""
