"""The rules of a crisis, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RulesState"]


@dataclass(slots=True)
class RulesState:
    """The scenario's rules, with the shares that half-lives leave after a period."""

    # Contest and the risks of force
    contest_exponent: float
    """Exponent m of the contest for victory."""
    brinkmanship_scale: float
    """Risk scale f0: hazard of war in an exchange of the lowest acts of force."""
    brinkmanship_slope: float
    """Slope f1 of the logarithm of that hazard, per fifth of the scale of intensity."""
    brinkmanship_stakes: float
    """Elasticity ζ of the odds of war in an exchange of force to the geometric mean of the two stakes."""
    accident_hazard: float
    """Hazard of war by accident while both sides are on alert, per day."""

    # Alliances, and what moves an actor
    leash: float
    """Weight of a patron's wish for restraint, in stakes per unit of intensity and of commitment strength."""
    bait: float
    """Weight of refusing a bait, in stakes per unit of intensity."""
    face: float
    """Loss of face for yielding to a third party's public demand, in stakes."""
    reputation: float
    """Loss of reputation for breaking a commitment, in stakes."""
    patron_reply: float
    """Weight χ_m of the expected reply of a target's patrons."""

    # Covert acts, limited force and destruction
    covert_discount: float
    """Discount χ of an injury that nobody admits to in public."""
    covert_detection: float
    """Likelihood ratio Λ_c of evidence for the author of a covert act against any other suspect."""
    limited_force_discount: float
    """Discount η of limited force at home."""
    destruction_cost: float
    """Cost ψ of destruction short of war where it has a price of its own, in stakes."""
    destruction_priced: int
    """1 where destruction short of war has a price of its own; else it costs its share of the cost of war."""
    covert_credit: int
    """1 where a covert act answers an injury only as far as it is felt."""

    # Words
    signal_precision: float
    """Precision λ_s with which a public vow or threat is taken to reveal resolve, per stake."""
    public_word: float
    """Weight of what is said in public, as a share of that by its credibility."""
    private_word: float
    """Weight of what is said in private, as a share of that by its credibility."""
    public_act: float
    """Weight with which an open act reveals resolve, as a share of its full weight."""
    appeal: float
    """Weight α of a third party's appeal for restraint, in stakes per unit of intensity."""
    amends_in_words: float
    """Share β of an injury that a reassurance by the adversary makes good, if believed in full."""
    assurance: float
    """Share s of its credibility with which a demand assures that whoever meets it is met in kind."""
    threat_credibility: float
    """Share ξ of its whole audience cost with which a word that binds is at least expected to bear on the reply."""
    ultimatums: int
    """1 where a demand binds its sender if it is not met."""

    # Threats
    threat_cost: float
    """Cost of a threatening act at home, where it ties hands, in stakes."""
    threat_relief: float
    """Share of its intensity with which a threat answers an injury."""

    # Conciliation
    conciliation: int
    """1 where actors can conciliate."""
    concession: float
    """What a conciliatory act gives away k, as a share of the stake."""
    amends: float
    """Share a of the other's injury that a conciliatory act makes good."""
    peace: float
    """Worth Π of an agreement to either side, as a share of the stake."""
    exploited: float
    """Loss ε to force for one who conciliates, as a share of the gain from that force."""
    conciliation_strength: float
    """Likelihood ratio Λ of a conciliatory act for having no intention to attack."""

    # When actors decide
    one_deliberation: int
    """1 where one deliberation stands on a front, whatever prompts follow, unless force or injury hastens it."""
    least_delay: float
    """Least delay from a prompt to the decision, in days."""
    force_preparation: float
    """How many times as long an actor takes to use force where its target has used none against it."""

    # Commitments
    joins_by_credence: int
    """1 where a patron joins with the probability that its pledge's credence gives."""
    leash_on_condition: int
    """1 where only a pledge on condition holds a protégé back."""
    belligerency: int
    """1 where a patron that joined a protégé at war is at war itself."""
    promises_shared: int
    """1 where a commitment is one promise to several protégés."""
    pledges_change: int
    """1 where a pledge begins or lapses on a day, or lapses by what its protégé does."""

    # What is learnt and felt
    honesty_loss: float
    """Share of honesty lost by a vow broken or a bluff caught."""
    pressure_gain: float
    """Gain ΔD of domestic pressure per unit of intensity suffered."""
    pressure_weight: float
    """Weight δ of domestic pressure in the cost of an injury left unanswered."""
    act_injury: float
    """Share γ of its intensity above ongoing hostilities with which an act injures its target."""
    scheduled_answers: int
    """1 where what the timeline has an actor do answers what it has suffered, and settles what was said."""
    injury_stakes: float
    """Elasticity ν of the cost of leaving an injury unanswered to the stake of the injured."""
    mobilisation_strength: float
    """Likelihood ratio Λ of a display of force for an intention to attack."""

    # Times, in days
    injury_half_life: float
    """Half-life of an injury, in days."""
    vow_half_life: float
    """Half-life of a vow after its due date, in days."""
    pressure_half_life: float
    """Half-life of domestic pressure above its baseline, in days."""
    fear_half_life: float
    """Half-life of fear above or below its start, in days."""
    shock_persistence: float
    """Mean time τ for which an actor's private reasons persist, in days."""
    shared_reasons: float
    """Probability ς that two actors which face one target share their private reasons."""
    settle_days: float
    """Days without an act above restraint after which a crisis has settled."""
    act_window: float
    """Days for which an act counts as going on."""

    # What half-lives leave after the present period, and the risk of accident in it
    injury_kept: float
    """Share of an injury that its half-life leaves after the present period."""
    vow_kept: float
    """Share of an overdue vow's publicity that its half-life leaves after the present period."""
    pressure_kept: float
    """Share of domestic pressure above its baseline that its half-life leaves after it."""
    fear_kept: float
    """Share of fear's distance from its start that its half-life leaves after it."""
    accident_probability: float
    """Probability of war by accident in the present period, where both sides stand on alert."""

    # Thresholds and choices of form
    half_rung: float
    """Half a rung of the default ladder, on the scale of intensity: an injury below it opens no account."""
    fear_on_joining: float
    """Fear with which a patron's new front begins."""
    depth: int
    """Plies of foresight: 0 expects no reply, 1 replies, 2 counter-replies, 3 their fixed point."""
    stop_when_settled: int
    """1 where a run ends once the crisis has settled."""
