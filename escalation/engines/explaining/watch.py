"""A watch on the beliefs of a front: what moved each of them in a replay, and when."""

from __future__ import annotations

from escalation.dynamics.state import Crisis
from escalation.engines.explaining.explanation import Belief, Move
from escalation.engines.explaining.quantities import Quantity, beliefs, enters
from escalation.engines.explaining.replay import Step
from escalation.engines.lower import Lowered
from escalation.world.plain_words import front_words, item_label, rung_words

__all__ = ["Watch"]

_SOURCES = {"allies": "a patron that joined", "end": "words that fell due"}
"""Sources of moves by steps that have no name of their own."""


class Watch:
    """Follows the beliefs of a front through a replay.

    Parameters
    ----------
    crisis
        Tables of a run that has been set up and not yet played.
    lowered
        The scenario that is played.
    f
        Index of the front.
    """

    def __init__(self, crisis: Crisis, lowered: Lowered, f: int) -> None:
        self.lowered = lowered
        self.quantities = beliefs(crisis, lowered, f)
        self.start = [quantity.read(crisis) for quantity in self.quantities]
        self.values = list(self.start)
        self.moves: list[list[Move]] = [[] for _ in self.quantities]

    def see(self, crisis: Crisis, step: Step) -> None:
        """Note what a step has moved."""
        day = crisis.clock[0].now
        for k, quantity in enumerate(self.quantities):
            before, after = self.values[k], quantity.read(crisis)
            if after == before:
                continue
            self.values[k] = after
            moves = self.moves[k]
            # Days of fading that nothing interrupts are one move, else they would crowd out all others.
            if step.kind == "fading" and moves and moves[-1].kind == "fading":
                before = moves.pop().before
            source = self._acts(crisis, quantity) if step.kind == "acts" else _SOURCES.get(step.kind, step.name)
            if step.kind == "term":
                source = "the pledge begins" if after > before else "the pledge lapses"
            moves.append(Move(step.kind, source, day, before, after, self._words(crisis, step, quantity)))

    def _words(self, crisis: Crisis, step: Step, quantity: Quantity) -> str:
        """Source of a move in words; empty where it is words already."""
        scenario = self.lowered.scenario
        if step.kind in ("event", "signal"):
            return item_label(step.name, scenario)
        if step.kind == "acts":
            return ", ".join(
                f"{front_words(front, scenario)}: {rung_words(act)}" for front, act in self._chosen(crisis, quantity)
            )
        return ""

    def _acts(self, crisis: Crisis, quantity: Quantity) -> str:
        return ", ".join(f"{front} {act}" for front, act in self._chosen(crisis, quantity))

    def _chosen(self, crisis: Crisis, quantity: Quantity) -> list[tuple[str, str]]:
        """Fronts and acts of this period that can have moved a quantity; all where none does so directly."""
        acts = {
            f: (self.lowered.front_ids[f], self.lowered.option_names[front.chosen])
            for f, front in enumerate(crisis.fronts)
            if front.chosen >= 0
        }
        return [act for f, act in acts.items() if f in quantity.moved_by] or list(acts.values())

    def beliefs(self, crisis: Crisis) -> tuple[Belief, ...]:
        """The beliefs that bear on the decision, and what moved them."""
        return tuple(
            Belief(quantity.name, quantity.words, self.values[k], self.start[k], tuple(self.moves[k]))
            for k, quantity in enumerate(self.quantities)
            if enters(crisis, quantity)
        )
