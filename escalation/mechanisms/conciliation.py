"""Conciliation and its spoilers: amends, concessions and agreements, and what is gained by preventing them."""

from __future__ import annotations

from escalation.arithmetic.elementary import positive_part
from escalation.arithmetic.shared import shared

__all__ = [
    "amends_share",
    "appeal_cost",
    "assured_reply",
    "bait_cost",
    "conceded_amends",
    "concession_value",
    "forgiven",
    "reply_value",
    "sincere_reply",
    "spoiler_gain",
]


# --------------------------------------------------------------------------------------------------------- conciliation
# An actor that conciliates gives something away and makes amends for what it did [Osgood1962]_; two that do so within a
# short time have an agreement. What a concession costs, what an agreement is worth and what force gains from one who
# concedes are parameters; the forms are modelling choices.
# Switches: `conciliation` (`rules.conciliation` false); `amends-in-words` (`rules.amends_in_words` 0); `assurance`
# (`rules.assurance` 0); `appeal`, `refusal`, `concession` (no signals of that kind).


@shared
def concession_value(stake: float, revisionism: float, concession: float) -> float:
    """Value −v·(k + rev·max(k, 0)) of a conciliatory act in itself, in stakes.

    Parameters
    ----------
    stake, revisionism
        Stake v of the actor on the front, and its revisionism.
    concession
        What the act gives away k, as a share of the stake; below 0 where conciliation is worth something by itself.
    """
    return -stake * (concession + revisionism * positive_part(concession))


@shared
def reply_value(
    stake: float,
    revisionism: float,
    concession: float,
    peace: float,
    exploited: float,
    conciliates: float,
    met: float,
    taken: float,
) -> float:
    """Value that conciliation by either side adds to an exchange of acts short of war, in stakes.

    v·rev·max(k, 0) where the other conciliates; v·Π more where both do; −ε·v·y where one conciliates and the other uses
    force whose gain is y.

    Parameters
    ----------
    stake, revisionism
        Stake v and revisionism of the actor.
    concession, peace, exploited
        What a conciliatory act gives away k, the worth of an agreement Π, and the loss to force ε.
    conciliates, met
        1 if the actor conciliates, and 1 if the other does; else 0.
    taken
        Gain y of the other's act if it is force; else 0.
    """
    value = met * (stake * revisionism * positive_part(concession)) + met * conciliates * (stake * peace)
    return value - (1.0 - met) * conciliates * (exploited * stake * taken)


@shared
def sincere_reply(probability: float, motive: float, refused: bool) -> float:
    """Probability (1 − w)·P of a conciliatory reply; 0 by one who has just refused.

    Whoever wants to be struck does not conciliate; what is lost goes to restraint.

    Parameters
    ----------
    probability
        Probability P of that reply.
    motive
        Belief w that the other wants to be struck.
    refused
        Whether the other has refused to yield, and the refusal stands.
    """
    return (1.0 - motive) * probability * (0.0 if refused else 1.0)


@shared
def assured_reply(probability: float, assured: float, conciliates: float) -> float:
    """Probability of a reply to a conciliatory act by one who has assured, in part, that it answers in kind.

    P + n·(1 − P) of the conciliatory reply, (1 − n)·P of any other. A demand tells what would satisfy its sender, and
    so that whoever meets it need not fear for it [Schelling1966]_ [KyddMcManus2017]_; an offer that stands needs but to
    be answered.

    Parameters
    ----------
    probability
        Probability P of the reply without assurance.
    assured
        How surely the other answers in kind n: s·ω where its demand stands, 1 where its own offer does.
    conciliates
        1 if the reply is conciliatory, else 0.
    """
    return (1.0 - assured) * probability + assured * conciliates


@shared
def forgiven(level: float, share: float, blame: float) -> float:
    """Level x·(1 − a·μ) of an injury after amends of the share a by one who is blamed for it with probability μ."""
    return level * (1.0 - share * blame)


@shared
def amends_share(amends: float, weight: float) -> float:
    """Share β·ω of an injury that a reassurance by the adversary itself makes good, believed with weight ω."""
    return amends * weight


@shared
def conceded_amends(share: float, amends: float) -> float:
    """Share s·β·ω of an injury that is made good by conceding the part s of what its holder demands."""
    return share * amends


@shared
def appeal_cost(appeal: float, weight: float) -> float:
    """Cost α·ω that an appeal believed with weight ω adds to force, in stakes per unit of intensity.

    A way out that a third party asks for makes force harder to justify, and a concession easier.
    """
    return appeal * weight


# -------------------------------------------------------------------------------------------------------------- spoiler
# Some gain from violence as such; a motive that is seen through is not served [KyddWalter2002]_.
# Switches: `spoiler` (`fronts.*.spoiler` 0, in stakes per unit of intensity); `bait` (`rules.bait` 0); `disclosure` (no
# signals of that kind).


@shared
def spoiler_gain(spoiler: float, intensity: float) -> float:
    """Gain s·g of a spoiler from an act of intensity g, in stakes."""
    return spoiler * intensity


@shared
def bait_cost(bait: float, motive: float, intensity: float) -> float:
    """Cost bait·w·g of doing what an adversary is believed, with probability w, to want done, in stakes."""
    return bait * motive * intensity
