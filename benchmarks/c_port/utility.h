/* Expected utility of every act on a front: escalation/dynamics/{acting,replies,utility}.py. */
#ifndef UTILITY_H
#define UTILITY_H

#include "support.h"


/* What each act on a front is worth in itself, and does: one side's rows of the scratch tables in Python. */
typedef struct {
    double value[MOST_ACTS];
    double war_share[MOST_ACTS];
    double injury[MOST_ACTS];
    double gain[MOST_ACTS];
    double loss[MOST_ACTS];
} Side;

/* Probability of winning a war, by who is the first to use force. */
typedef struct { double as_things_are, own_first, other_first; } Victory;

/* A value that is the same for both types, and the share of the cost of war that it bears. */
typedef struct { double value, war_share; } Worth;

static inline bool available(const Crisis *c, const FrontState *front, int64_t o)
{
    const Option *option = &c->options[o];
    return option->role <= RESTRAINT || (option->intensity > front->baseline && option->covert <= front->deniable);
}

static inline double net_intensity(const Crisis *c, const FrontState *front, int64_t o)
{
    return c->options[o].role <= RESTRAINT ? 0.0 : c->options[o].intensity - front->baseline;
}

static inline double net_gain(const Crisis *c, const FrontState *front, int64_t o)
{
    return c->options[o].role <= RESTRAINT ? 0.0 : c->options[o].gain - front->baseline_gain;
}

static inline double net_destruction(const Crisis *c, const FrontState *front, int64_t o)
{
    return c->options[o].role <= RESTRAINT ? 0.0 : c->options[o].destruction - front->baseline_destruction;
}

static double audience_term(const Crisis *c, const FrontState *front, const Option *option)
{
    if (front->vow_standing != STANDING && front->vow_standing != OVERDUE)
        return 0.0;
    double shown = greater(option->intensity * option->publicity, front->baseline);
    double elapsed = elapsed_share(c->clock->now, front->vow_made, front->vow_due);
    return -audience_cost(c->actors[front->actor].audience_cost, front->vow_publicity, elapsed, front->vow, shown);
}

/* Share of a patron's leash that its authorisation leaves while it stands. */
static double leash_left(const Crisis *c, const SignalState *leave, double weight, const Option *option)
{
    if (leave->withdrawn || c->clock->now > leave->day + leave->due)
        return 1.0;
    bool allowed = leave->option < 0 || option->intensity <= c->options[leave->option].intensity;
    return 1.0 - weight * (double)allowed;
}

static double leash_term(const Crisis *c, const FrontState *front, const Option *option, double intensity,
                         int64_t observer)
{
    double total = 0.0;
    if (c->rules->leash_on_condition) {
        if (back_of(c, front)->used_force)
            return total;
        intensity *= (double)(option->role >= FORCE);
    }
    for (int64_t p = front->support_first; p < front->support_last; p++) {
        const PledgeState *pledge = &c->pledges[p];
        if (!pledge->in_force || !pledge->restrains)
            continue;
        double held = c->rules->leash * pledge->strength * intensity;
        bool own = observer == front->actor;
        int64_t leave = own ? pledge->leave : pledge->leave_adversary;
        if (leave >= 0)
            held *= leash_left(c, &c->signals[leave], own ? pledge->leave_weight : pledge->leave_weight_adversary, option);
        total -= held;
    }
    return total;
}

static double patrons_credence(const Crisis *c, const FrontState *front, const Option *option, int64_t observer)
{
    if (option->covert || option->role <= RESTRAINT)
        return 0.0;
    const FrontState *back = back_of(c, front);
    double total = 0.0;
    for (int64_t p = back->support_first; p < back->support_last; p++) {
        const PledgeState *pledge = &c->pledges[p];
        if (pledge->joined || !pledge->known || option->intensity < pledge->trigger)
            continue;
        total += credence_where(c, pledge, observer, back->struck_first);
    }
    return total;
}

static Worth act_value(const Crisis *c, const FrontState *front, int64_t o, int64_t observer)
{
    const RulesState *rules = c->rules;
    const Option *option = &c->options[o];
    const ActorState *actor = &c->actors[front->actor];
    double g = net_intensity(c, front, o);
    double discount = rules->limited_force_discount;
    double at_home = felt_at_home(option->intensity, discount, option->role == FORCE && !option->covert);
    double borne = felt_at_home(front->baseline, discount, front->baseline_limited > 0.0);
    double seen = option->role <= RESTRAINT ? 0.0 : positive_part(at_home - borne);
    seen *= exposure(rules->covert_discount, option->publicity);
    double mediation = c->clock->now <= front->mediation_until ? front->mediation : 0.0;
    if (c->clock->now <= front->appeal_until)
        mediation += front->appeal;
    int64_t yields = RESTRAINT;
    if (rules->conciliation)
        yields = front->demand_direct ? -2 : CONCILIATION;
    double value = 0.0;
    value += audience_term(c, front, option);
    value += -belligerence_cost(actor->belligerence_cost, actor->pressure, mediation, seen);
    value += front->spoiler * g;
    value += -(rules->bait * front->motive * g);
    value += option->role >= MAJOR ? front->first_strike_advantage * front->fear : 0.0;
    if (option->role == yields && c->clock->now <= front->demand_until)
        value += -(rules->face * front->demand_publicity * front->demand_left);
    value += leash_term(c, front, option, g, observer);
    double credence = patrons_credence(c, front, option, observer);
    double reply = -(rules->patron_reply * credence * front->stake * net_gain(c, front, o));
    double ruin = rules->patron_reply * credence * net_destruction(c, front, o);
    bool priced = rules->destruction_priced && option->role < WAR;
    value += priced ? reply - rules->destruction_cost * ruin : reply;
    if (option->role == CONCILIATION)
        value += mediation + concession_value(front->stake, front->revisionism, rules->concession);
    if (option->role == THREAT)
        value += -rules->threat_cost;
    return (Worth){value, priced ? 0.0 : ruin};
}

static void look_at_side(const Crisis *c, const FrontState *front, int64_t observer, Side *side)
{
    for (int64_t o = 0; o < c->n_options; o++) {
        Worth worth = {UNAVAILABLE, 0.0};
        if (available(c, front, o))
            worth = act_value(c, front, o, observer);
        side->value[o] = worth.value;
        side->war_share[o] = worth.war_share;
        side->gain[o] = positive_part(net_gain(c, front, o));
        side->loss[o] = positive_part(net_destruction(c, front, o));
    }
    injuries(c, front, side->injury);
    for (int64_t o = 0; o < c->n_options; o++)
        side->injury[o] = front->injury_weight * side->injury[o];
}

static double felt(const Crisis *c, const FrontState *front, const Option *option)
{
    if (option->role <= RESTRAINT)
        return 0.0;
    if (!option->covert)
        return 1.0;
    const RulesState *rules = c->rules;
    return covert_blame(rules->covert_detection, suspects_of(c, front->target)) *
           exposure(rules->covert_discount, option->publicity);
}

static double utility(const Crisis *c, const ActorState *actor, bool resolute, Worth worth, double injury)
{
    double war_cost = resolute ? actor->war_cost_resolute : actor->war_cost_irresolute;
    double honour = resolute ? actor->honour_resolute : actor->honour_irresolute;
    return worth.value - war_cost * worth.war_share -
           retaliation_cost(honour, c->rules->pressure_weight, actor->pressure, injury);
}

static double victory_after(const Crisis *c, const FrontState *front, int64_t o, int64_t k, Victory victory)
{
    bool own_force = c->options[o].role >= FORCE;
    if (own_force && !back_of(c, front)->used_force)
        return victory.own_first;
    if (c->options[k].role >= FORCE && !own_force && !front->used_force)
        return victory.other_first;
    return victory.as_things_are;
}

static Worth payoff(const RulesState *rules, const FrontState *front, double risk, double won, double own_gain, double own_loss,
                    double other_gain, double other_loss)
{
    double value = (1.0 - risk) * exchange_value(front->stake, front->revisionism, own_gain, other_gain);
    value += risk * war_value(front->stake, front->revisionism, won);
    if (rules->destruction_priced) {
        value += (1.0 - risk) * destruction_value(rules->destruction_cost, own_loss, other_loss);
        return (Worth){value, risk};
    }
    return (Worth){value, (1.0 - risk) * greater(own_loss, other_loss) + risk};
}

/* What conciliation by either side adds, short of war, for the actor of a front that does `o` and meets `k`. */
static double by_conciliation(const Crisis *c, const FrontState *front, int64_t o, int64_t k, double other_gain)
{
    const RulesState *rules = c->rules;
    int64_t own = c->options[o].role, other = c->options[k].role;
    double value = 0.0;
    if (other == CONCILIATION) {
        value += front->stake * front->revisionism * positive_part(rules->concession);
        if (own == CONCILIATION)
            value += front->stake * rules->peace;
    } else if (own == CONCILIATION)
        value -= rules->exploited * front->stake * (other >= FORCE ? other_gain : 0.0);
    return value;
}

/* Probability of war in a pair of acts, whose odds the stakes raise where both are force. */
static inline double risk_between(const Crisis *c, const FrontState *front, int64_t o, int64_t k)
{
    double risk = c->risk[o * c->columns_of_risk + k];
    if (c->options[o].role < FORCE || c->options[k].role < FORCE)
        return risk;
    return risk_at_stake(risk, front->war_odds);
}

/* Value to the target of its reply `k`, over the counter-replies that it expects. */
static Worth foreseen(const Crisis *c, const FrontState *front, int64_t k, Victory victory, const Side *target,
                      const double *counter)
{
    const FrontState *back = back_of(c, front);
    Worth total = {0.0, 0.0};
    for (int64_t m = 0; m < c->n_options; m++) {
        if (counter[m] <= 0.0) /* not on offer: in Python nothing is added, which changes no bit */
            continue;
        double won = 1.0 - victory_after(c, front, m, k, victory);
        Worth worth = payoff(c->rules, back, risk_between(c, front, m, k), won, target->gain[k], target->loss[k],
                             positive_part(net_gain(c, front, m)), positive_part(net_destruction(c, front, m)));
        if (c->rules->conciliation)
            worth.value += (1.0 - risk_between(c, front, m, k)) *
                          by_conciliation(c, back, k, m, positive_part(net_gain(c, front, m)));
        total.value += counter[m] * worth.value;
        total.war_share += counter[m] * worth.war_share;
    }
    return total;
}

/* What falling short of its word by reply `k` is expected to cost the target after act `o`, beyond its vow's cost now. */
static double cost_of_falling_short(const Crisis *c, const FrontState *front, int64_t o, int64_t k)
{
    const FrontState *back = back_of(c, front);
    double cost = c->actors[back->actor].audience_cost, share = c->rules->threat_credibility;
    const Option *act = &c->options[o], *reply = &c->options[k];
    double shown = greater(reply->intensity * reply->publicity, back->baseline);
    bool seen = act->role > RESTRAINT && !act->covert;
    double most = 0.0, counted = 0.0;
    if (back->vow_standing == STANDING || back->vow_standing == OVERDUE) {
        double elapsed = elapsed_share(c->clock->now, back->vow_made, back->vow_due);
        double expected = back->vow_standing == STANDING ? greater(elapsed, share) : elapsed;
        most = audience_cost(cost, back->vow_publicity, expected, back->vow, shown);
        counted = audience_cost(cost, back->vow_publicity, elapsed, back->vow, shown);
    }
    if (c->clock->now <= back->threat_until && seen && act->intensity >= back->threat_trigger)
        most = greater(most, audience_cost(cost, back->threat_publicity, share, back->threat, shown));
    for (int64_t s = 0; front->ultimatum != -1 && s < c->n_signals; s++) {
        const SignalState *signal = &c->signals[s];
        bool by_restraint = !c->rules->conciliation && front->last_open_day < signal->heard;
        bool unmet = by_restraint ? seen : act->role != CONCILIATION;
        if (unmet && signal->key == front->ultimatum && signal->sender == front->target && signal->status == PUBLIC)
            most = greater(most, audience_cost(cost, 1.0, share, c->options[signal->option].intensity, shown));
    }
    return most - counted;
}

/* Probability of each reply to act `o` by a resolute and by an irresolute target. Without `counters`, the target
 * looks no further than its reply. */
static void replies_by_type(const Crisis *c, const FrontState *front, int64_t o, Victory victory, const Side *target,
                            const double *counters, double *if_resolute, double *if_irresolute)
{
    const int64_t acts = c->n_options;
    const FrontState *back = back_of(c, front);
    const ActorState *other = &c->actors[back->actor];
    double act_gain = net_gain(c, front, o), act_loss = net_destruction(c, front, o);
    double feels = back->injury_weight * felt(c, front, &c->options[o]);
    double level = injury_done(c, front, c->options[o].intensity), floor = hostility(c, front);
    double resolute[MOST_ACTS], irresolute[MOST_ACTS];
    for (int64_t k = 0; k < acts; k++) {
        if (!available(c, back, k)) {
            resolute[k] = irresolute[k] = UNAVAILABLE;
            continue;
        }
        double answer = greater(credited(c, &c->options[k]), floor);
        double injury = greater(target->injury[k], unanswered(feels, 1.0, level, answer));
        Worth worth;
        if (counters)
            worth = foreseen(c, front, k, victory, target, &counters[k * acts]);
        else {
            worth = payoff(c->rules, back, risk_between(c, front, o, k), 1.0 - victory_after(c, front, o, k, victory), target->gain[k],
                           target->loss[k], act_gain, act_loss);
            if (c->rules->conciliation)
                worth.value += (1.0 - risk_between(c, front, o, k)) * by_conciliation(c, back, k, o, positive_part(act_gain));
        }
        if (c->options[o].role == CONCILIATION)
            injury = c->options[k].role == CONCILIATION ? 0.0 : forgiven(injury, amends(c, front), 1.0);
        worth.value -= cost_of_falling_short(c, front, o, k);
        worth.value += target->value[k];
        worth.war_share += target->war_share[k];
        resolute[k] = utility(c, other, true, worth, injury);
        irresolute[k] = utility(c, other, false, worth, injury);
    }
    logit_choice(acts, other->precision, resolute, c->crowding, if_resolute);
    logit_choice(acts, other->precision, irresolute, c->crowding, if_irresolute);
}

/* The highest act below war that is on offer, else war. */
static int64_t attack_of(const Crisis *c, const FrontState *front)
{
    int64_t attack = 0;
    for (int64_t o = 0; o < c->n_options; o++)
        if (!c->options[o].covert && available(c, front, o) && c->options[o].role != CONCILIATION &&
            (c->options[o].role < WAR || attack == 0))
            attack = o;
    return attack;
}

/* How surely the target answers act `o` in kind: its demand or its own offer has said so. */
static double assured_answer(const Crisis *c, const FrontState *front, int64_t o)
{
    if (!c->rules->conciliation || c->options[o].role != CONCILIATION)
        return 0.0;
    if (c->clock->now - back_of(c, front)->conciliated <= c->rules->act_window)
        return 1.0;
    return front->demand_direct && c->clock->now <= front->demand_until ? front->demand_assurance : 0.0;
}

static void expect_reply(const Crisis *c, const FrontState *front, int64_t o, Victory victory, const Side *target,
                         const double *counters, double *expected)
{
    for (int64_t k = 0; k < c->n_options; k++)
        expected[k] = 0.0;
    if (c->rules->depth == 0) {
        expected[0] = 1.0;
        return;
    }
    const FrontState *back = back_of(c, front);
    double if_resolute[MOST_ACTS], if_irresolute[MOST_ACTS];
    replies_by_type(c, front, o, victory, target, counters, if_resolute, if_irresolute);
    int64_t attack = attack_of(c, back);
    double assured = assured_answer(c, front, o);
    for (int64_t k = 0; k < c->n_options; k++)
        if (available(c, back, k)) {
            double probability = front->resolve * if_resolute[k] + (1.0 - front->resolve) * if_irresolute[k];
            if (assured > 0.0)
                probability = (1.0 - assured) * probability + (k == c->n_options - 1 ? assured : 0.0);
            expected[k] = feared_reply(probability, front->fear, k == attack);
        }
    if (c->rules->conciliation) {
        double *last = &expected[c->n_options - 1];
        double sincere = c->clock->now <= back->refused_until ? 0.0 : (1.0 - front->motive) * *last;
        expected[0] += *last - sincere;
        *last = sincere;
    }
}

/* Move the expected replies to act `o` half-way to what they would be, and return the greatest step. */
static double approach(const Crisis *c, const FrontState *front, int64_t o, Victory victory, const Side *target,
                       const double *counters, double *replies)
{
    double expected[MOST_ACTS], greatest = 0.0;
    expect_reply(c, front, o, victory, target, counters, expected);
    for (int64_t k = 0; k < c->n_options; k++) {
        double step = 0.5 * (expected[k] - replies[k]);
        replies[k] += step;
        greatest = greater(greatest, fabs(step));
    }
    return greatest;
}

static void foresee(const Crisis *c, const FrontState *front, Victory victory, const Side *own, const Side *other)
{
    const int64_t acts = c->n_options;
    const FrontState *back = back_of(c, front);
    const Victory theirs = {1.0 - victory.as_things_are, 1.0 - victory.other_first, 1.0 - victory.own_first};
    double *own_replies = c->own_replies, *other_replies = c->other_replies;
    for (int64_t k = 0; k < acts; k++) {
        expect_reply(c, back, k, theirs, own, NULL, &own_replies[k * acts]);
        expect_reply(c, front, k, victory, other, NULL, &other_replies[k * acts]);
    }
    if (c->rules->depth < FIXED_POINT)
        return;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        double greatest = 0.0;
        for (int64_t o = 0; o < acts; o++)
            greatest = greater(greatest, approach(c, front, o, victory, other, own_replies, &other_replies[o * acts]));
        for (int64_t k = 0; k < acts; k++)
            greatest = greater(greatest, approach(c, back, k, theirs, own, other_replies, &own_replies[k * acts]));
        if (greatest < AGREED)
            break;
    }
}

/* Value of act `o` over the expected replies. */
static Worth exchange(const Crisis *c, const FrontState *front, int64_t o, Victory victory, const Side *own, const Side *other)
{
    if (c->options[o].role == WAR) {
        double value = war_value(front->stake, front->revisionism, victory_after(c, front, o, o, victory));
        return (Worth){own->value[o] + 0.0 + 0.0 + value + 0.0, own->war_share[o] + 0.0 + 1.0};
    }
    double own_gain = net_gain(c, front, o), own_loss = net_destruction(c, front, o);
    double gain = 0.0, loss = 0.0, war = 0.0, destroyed = 0.0, destruction = 0.0, war_probability = 0.0;
    double expected[MOST_ACTS];
    expect_reply(c, front, o, victory, other, c->rules->depth > 1 ? c->own_replies : NULL, expected);
    for (int64_t k = 0; k < c->n_options; k++) {
        double probability = expected[k];
        if (probability <= 0.0)
            continue;
        double risk = probability * risk_between(c, front, o, k);
        double without_war = probability - risk;
        gain += without_war * exchange_value(front->stake, front->revisionism, own_gain, 0.0);
        loss += without_war * exchange_value(front->stake, front->revisionism, 0.0, other->gain[k]);
        if (c->rules->conciliation)
            loss += without_war * by_conciliation(c, front, o, k, other->gain[k]);
        war += risk * war_value(front->stake, front->revisionism, victory_after(c, front, o, k, victory));
        destruction += without_war * greater(own_loss, other->loss[k]);
        war_probability += risk;
    }
    if (c->rules->destruction_priced) {
        destroyed = -c->rules->destruction_cost * destruction;
        destruction = 0.0;
    }
    return (Worth){own->value[o] + gain + loss + war + destroyed, own->war_share[o] + destruction + war_probability};
}

/* Expected utility of every act on a front, if its actor is resolute and if it is irresolute. */
static void expected_utilities(const Crisis *c, const FrontState *front, double *resolute, double *irresolute)
{
    Side own, other;
    look_at_side(c, front, front->actor, &own);
    look_at_side(c, back_of(c, front), front->actor, &other);
    Victory victory = {
        expected_victory(c, front, false, false),
        expected_victory(c, front, true, false),
        expected_victory(c, front, false, true),
    };
    if (c->rules->depth > 1)
        foresee(c, front, victory, &own, &other);
    const ActorState *actor = &c->actors[front->actor];
    for (int64_t o = 0; o < c->n_options; o++) {
        if (!available(c, front, o)) {
            resolute[o] = irresolute[o] = UNAVAILABLE;
            continue;
        }
        Worth worth = exchange(c, front, o, victory, &own, &other);
        resolute[o] = utility(c, actor, true, worth, own.injury[o]);
        irresolute[o] = utility(c, actor, false, worth, own.injury[o]);
    }
}

#endif
