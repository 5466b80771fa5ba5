"""Rules: the global parameters of the model, the same for every actor."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import field_validator

from escalation.world.base import Flag, Part
from escalation.world.quantities import AtLeastOne, NonNegative, Positive, Probability, Signed

__all__ = ["Rules"]


class Rules(Part):
    """Global parameters of the model.

    Examples
    --------
    >>> Rules(leash=0.3).leash
    0.3
    """

    depth: Literal[0, 1, 2, "fixed-point"] = 1
    """How far actors look ahead: 0 expects no reply, 1 the target's replies, 2 counter-replies too, and at the fixed
    point replies and counter-replies agree."""
    contest_exponent: NonNegative = 1.0
    """Exponent m of the contest for victory: how decisive capability is."""
    brinkmanship_scale: NonNegative = 0.01
    """Risk scale f0: hazard of war in an exchange of the lowest acts of force."""
    brinkmanship_slope: NonNegative = 0.8
    """Slope f1: growth of the logarithm of that hazard with a fifth of the scale of intensity."""
    brinkmanship_stakes: NonNegative = 3.0
    """Elasticity ζ of the odds of war in an exchange of force to the geometric mean of the two stakes."""
    accident_hazard: NonNegative = 0.0002
    """Hazard of war by accident while both sides are on alert, per day."""
    leash: NonNegative = 0.2
    """Weight of a patron's wish for restraint, in stakes per unit of intensity and of commitment strength."""
    leash_holds: Literal["on-condition", "always"] = "on-condition"
    """When a patron holds its protégé back: under a pledge on condition, from force, until the adversary uses force; or
    always, from any act."""
    bait: NonNegative = 0.6
    """Weight of refusing a bait, in stakes per unit of intensity."""
    face: NonNegative = 0.2
    """Loss of face for yielding to a third party's public demand, in stakes; where actors cannot conciliate, to any
    public demand."""
    reputation: NonNegative = 0.2
    """Loss of reputation for breaking a commitment, in stakes; it counts where patrons join by utility."""
    patron_reply: NonNegative = 0.5
    """Weight χ_m of the expected reply of a target's patrons."""
    covert_discount: Probability = 0.5
    """Discount χ of an injury that nobody admits to in public."""
    covert_detection: NonNegative = 3.0
    """Likelihood ratio Λ_c of evidence for the author of a covert act against any other suspect."""
    covert_acts: Literal["everywhere", "declared"] = "declared"
    """Where a rung that has a covert variant can be done by an undisclosed hand: everywhere, or only on fronts that are
    declared `deniable`. A covert act then answers an injury as far as it is felt, and no further."""
    limited_force_discount: Probability = 0.6
    """Discount η of limited force at home: the part of its intensity that belligerence does not count."""
    destruction: Literal["priced", "as-war"] = "priced"
    """What destruction short of war costs: a price of its own, or its share of the cost of war."""
    destruction_cost: NonNegative = 0.5
    """Cost ψ of destruction short of war where it has a price of its own, in stakes."""
    signal_precision: NonNegative = 2.0
    """Precision λ_s with which a vow, a threat or an open act of the timeline is taken to reveal resolve, per stake."""
    honesty_loss: Probability = 0.3
    """Share of honesty lost by a vow broken or a bluff caught."""
    pressure_gain: NonNegative = 0.3
    """Gain ΔD of domestic pressure per unit of intensity suffered."""
    pressure_weight: NonNegative = 0.5
    """Weight δ of domestic pressure in the cost of an injury left unanswered."""
    act_injury: Probability = 0.6
    """Share γ of its intensity above ongoing hostilities with which an act injures its target."""
    scheduled_answers: Flag = True
    """Whether what the timeline has an actor do answers what it has suffered, carries out what it has said, crosses
    threats, ends agreements and, where its rung is stated, bears on pledges."""
    injury_stakes: NonNegative = 0.25
    """Elasticity ν of the cost of leaving an injury unanswered to the stake of the injured."""
    mobilisation_strength: NonNegative = 2.0
    """Likelihood ratio of a display of force for an intention to attack."""
    injury_half_life: Positive = 40.0
    """Half-life of an injury, in days."""
    vow_half_life: Positive = 30.0
    """Half-life of a vow after its due date, in days."""
    pressure_half_life: Positive = 30.0
    """Half-life of domestic pressure above its baseline, in days."""
    fear_half_life: Positive = 45.0
    """Half-life of fear above or below its start, in days."""
    shock_persistence: Positive = 6.0
    """Mean time τ for which an actor's private reasons persist, in days."""
    shared_reasons: Probability = 0.4
    """Probability ς that two actors which face one target share their private reasons toward it in a run."""
    deliberations: Literal["every-prompt", "one"] = "one"
    """What several prompts on a front do: the earliest decision that any of them calls for stands; or one deliberation
    stands, which only force or an injury brings forward."""
    least_delay: NonNegative = 0.0
    """Least delay from a prompt to the decision, in days; 0 lets an actor decide on the day of the prompt."""
    force_preparation: AtLeastOne = 1.0
    """How many times as long an actor takes to use force where its target has used none against it; 1 means as long as
    for any other act."""
    joining: Literal["utility", "credence"] = "credence"
    """What decides whether a patron joins: what it gains and loses by it, or the credence of its pledge."""
    belligerency: Flag = True
    """Whether a patron that joined a protégé at war is itself at war, and its own allies and adversaries are called."""
    appeal: NonNegative = 0.2
    """Weight α of a third party's appeal for restraint, in stakes per unit of intensity."""
    amends_in_words: Probability = 0.5
    """Share β of an injury that a reassurance by the adversary itself makes good, if it is believed in full."""
    assurance: Probability = 0.5
    """Share s of its credibility with which a demand assures that whoever meets it is met in kind."""
    threat_credibility: Probability = 0.5
    """Share ξ of its whole audience cost with which a vow is at least expected to bear on its sender's reply; so is a
    threat that an act crosses, and an ultimatum that it does not meet."""
    public_word: Probability = 0.65
    """Weight of what is said in public, as a share of the weight that its credibility gives it."""
    private_word: Probability = 1.0
    """Weight of what is said in private, as a share of the weight that its credibility gives it."""
    public_act: Probability = 1.0
    """Weight with which an open act reveals resolve, as a share of its full weight."""
    threat_cost: NonNegative = 0.05
    """Cost of a threatening act at home, where it ties hands, in stakes."""
    threat_relief: Probability = 0.5
    """Share of its intensity with which a threat answers an injury."""
    conciliation: Flag = True
    """Whether actors can conciliate: make amends, meet a demand, agree."""
    concession: Signed = 0.0
    """What a conciliatory act gives away k, as a share of the stake."""
    amends: Probability = 0.5
    """Share a of the other's injury that a conciliatory act makes good; all of it where it is what was demanded."""
    peace: NonNegative = 0.1
    """Worth Π of an agreement to either side, as a share of the stake."""
    exploited: NonNegative = 1.0
    """Loss ε to force for one who conciliates, as a share of the gain from that force."""
    conciliation_strength: NonNegative = 3.0
    """Likelihood ratio Λ of a conciliatory act for having no intention to attack."""
    settle_days: Positive = 30.0
    """Days without an act above restraint after which a crisis has settled."""
    act_window: Positive = 14.0
    """Days for which an act counts as going on."""

    @field_validator("depth", mode="before")
    @classmethod
    def _no_truth_value(cls, depth: Any) -> Any:
        # In Python true equals 1, so that pydantic would take it; to the JSON Schema it is something else.
        if isinstance(depth, bool):
            raise ValueError("must be 0, 1, 2 or 'fixed-point', not a truth value")
        return depth
