"""Incidents: what a victim has suffered, whom it blames for that, and what amends by a suspect make good."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.state import Crisis
from escalation.mechanisms.beliefs_and_signals import denied_weight, posterior_weight
from escalation.mechanisms.conciliation import forgiven
from escalation.mechanisms.honour_and_audiences import covert_blame

__all__ = [
    "blame_author",
    "blame_covertly",
    "deny",
    "forgive",
    "suffer",
    "weigh_evidence",
]


@shared
def suffer(crisis: Crisis, n: int, level: float, at: float) -> None:
    """Set the level and the day of incident `n`, and list it among those that its victim has not answered."""
    incident = crisis.incidents[n]
    incident.level = level
    incident.day = at
    # Open incidents form a list for each victim: few of all rows are open, and every weighing goes through them.
    if incident.open == 0:
        incident.open = 1
        incident.next = crisis.actors[incident.victim].open_incident
        crisis.actors[incident.victim].open_incident = n


@shared
def _normalise(crisis: Crisis, n: int) -> None:
    """Make the probabilities of the hypotheses on incident `n` add up to 1, and sum them to blame.

    μ_j = Σ P(H) over H ∋ j.
    """
    incident = crisis.incidents[n]
    total = 0.0
    for h in range(incident.first, incident.last):
        total += crisis.hypotheses[h].probability
    if total <= 0.0:
        return
    for j in range(len(crisis.actors)):
        crisis.blame[n][j] = 0.0
    for h in range(incident.first, incident.last):
        hypothesis = crisis.hypotheses[h]
        hypothesis.probability = hypothesis.probability / total
        for j in range(len(crisis.actors)):
            if (hypothesis.members >> j) & 1 == 1:
                crisis.blame[n][j] += hypothesis.probability


@shared
def weigh_evidence(crisis: Crisis, n: int) -> None:
    """Give incident `n` its blame from the evidence: P(H|evidence) ∝ prior·likelihood, μ_j = Σ P(H) over H ∋ j."""
    incident = crisis.incidents[n]
    for h in range(incident.first, incident.last):
        hypothesis = crisis.hypotheses[h]
        hypothesis.probability = posterior_weight(hypothesis.prior, hypothesis.likelihood)
    _normalise(crisis, n)


@shared
def deny(crisis: Crisis, n: int, denier: int, if_guilty: float, if_innocent: float, weight: float) -> None:
    """Move the blame for incident `n` by a denial that is believed with a weight."""
    incident = crisis.incidents[n]
    for h in range(incident.first, incident.last):
        hypothesis = crisis.hypotheses[h]
        guilty = (hypothesis.members >> denier) & 1 == 1
        hypothesis.probability = denied_weight(hypothesis.probability, if_guilty, if_innocent, weight, guilty)
    _normalise(crisis, n)


@shared
def blame_author(crisis: Crisis, n: int, author: int, blame: float) -> None:
    """Blame one actor for incident `n`; the rest of the belief is that it was not meant."""
    for j in range(len(crisis.actors)):
        crisis.blame[n][j] = 0.0
    crisis.blame[n][author] = blame


@shared
def blame_covertly(crisis: Crisis, n: int, author: int, victim: int) -> None:
    """Blame all who face the victim for a covert act, its author most."""
    detection = crisis.rules[0].covert_detection
    suspects = 0
    for j in range(len(crisis.actors)):
        crisis.blame[n][j] = 0.0
        f = crisis.front_of[j][victim]
        if f >= 0 and crisis.fronts[f].active == 1:
            suspects += 1
    blame = covert_blame(detection, suspects)
    for j in range(len(crisis.actors)):
        f = crisis.front_of[j][victim]
        if f >= 0 and crisis.fronts[f].active == 1:
            crisis.blame[n][j] = 1.0 / (detection + suspects)
    crisis.blame[n][author] = blame


@shared
def forgive(crisis: Crisis, f: int, share: float) -> None:
    """Make good a share of what the actor of front `f` holds against its target."""
    front = crisis.fronts[f]
    front.injury = forgiven(front.injury, share, 1.0)
    n = crisis.actors[front.actor].open_incident
    while n >= 0:
        incident = crisis.incidents[n]
        incident.level = forgiven(incident.level, share, crisis.blame[n][front.target])
        n = incident.next
