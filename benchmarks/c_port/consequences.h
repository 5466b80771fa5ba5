/* What acts do: escalation/dynamics/{commitments,consequences,conciliation,words,fading}.py. */
#ifndef CONSEQUENCES_H
#define CONSEQUENCES_H

#include "decision.h"

static double latest_force(const Crisis *c, int64_t f)
{
    return c->fronts[f].war_period >= 0 ? c->clock->now : c->fronts[f].chosen_force;
}

static void note_joint_force(const Crisis *c)
{
    double now = c->clock->now, window = c->rules->act_window + ALLOWANCE;
    for (int64_t k = 0; k < c->n_pairs; k++) {
        PairState *pair = &c->pairs[k];
        double one = latest_force(c, pair->one), two = latest_force(c, pair->two);
        if (pair->joint_period < 0 && greater(one, two) == now && now - lesser(one, two) <= window)
            pair->joint_period = c->clock->period;
    }
}

static void join(const Crisis *c, PledgeState *pledge, double intensity)
{
    FrontState *front = &c->fronts[pledge->patron_front];
    FrontState *back = back_of(c, front);
    pledge->joined = 1;
    pledge->joined_period = c->clock->period;
    if (!front->active) {
        front->active = back->active = 1;
        front->fear = back->fear = c->rules->fear_on_joining;
    }
    front->injury = greater(front->injury, injury_done(c, front, intensity));
    prompt(c, pledge->patron_front, c->clock->now, pledge->key, false);
    prompt(c, front->reverse, c->clock->now, pledge->key, false);
}

static double utility_of_joining(const Crisis *c, const PledgeState *pledge, double intensity, double destruction)
{
    const ActorState *patron = &c->actors[pledge->patron];
    const FrontState *front = &c->fronts[pledge->protege_front];
    double war_cost = patron->resolute ? patron->war_cost_resolute : patron->war_cost_irresolute;
    if (c->rules->destruction_priced && intensity < 1.0)
        war_cost = c->rules->destruction_cost;
    double gained = actual_victory(c, front, capability_of(c, pledge->patron)) - actual_victory(c, front, 0.0);
    double pledged = pledge->conditional && front->struck_first ? 0.0 : pledge->strength;
    return pledge->stake * gained - war_cost * destruction +
           pledged * (patron->audience_cost * pledge->publicity + c->rules->reputation);
}

static double chance_of_joining(const Crisis *c, const PledgeState *pledge, double intensity, double destruction)
{
    const ActorState *patron = &c->actors[pledge->patron];
    if (!c->rules->joins_by_credence)
        return logistic(patron->precision * utility_of_joining(c, pledge, intensity, destruction));
    double mean_cost = patron->resolve * patron->war_cost_resolute + (1.0 - patron->resolve) * patron->war_cost_irresolute;
    double cost = patron->resolute ? patron->war_cost_resolute : patron->war_cost_irresolute;
    bool undeserved = pledge->conditional && c->fronts[pledge->protege_front].struck_first;
    return joining_by_credence(pledge->credence_prior, patron->precision, mean_cost, cost, undeserved);
}

static void lose_name(const Crisis *c, const PledgeState *pledge)
{
    ActorState *patron = &c->actors[pledge->patron];
    double weight = c->rules->joins_by_credence ? pledge->strength : 1.0;
    if (pledge->warned)
        patron->honesty = after_broken_word(patron->honesty, c->rules->honesty_loss * weight);
}

static void learn(PledgeState *pledge, int64_t kept)
{
    pledge->credence_protege = credence_after(pledge->credence_protege, pledge->weight, kept);
    pledge->credence_adversary = credence_after(pledge->credence_adversary, pledge->weight, kept);
    pledge->weight += 1.0;
}

static void decide_to_join(const Crisis *c, PledgeState *pledge, double intensity, double destruction)
{
    int64_t period = pledge->shared ? c->clock->period : 0;
    double u = uniform_pair(c->clock, JOINING, pledge->promise, ticks(intensity), period).first;
    pledge->asked = intensity;
    pledge->answer = u < chance_of_joining(c, pledge, intensity, destruction);
    if (pledge->answer)
        pledge->kept++;
    else
        pledge->broken++;
    if (pledge->shared) {
        pledge->answering = 1;
        return;
    }
    if (!pledge->answer)
        lose_name(c, pledge);
    learn(pledge, pledge->answer);
}

/* One promise to several: the calls of a round are one case, and the promise broken if it was to any that called. */
static void learn_together(const Crisis *c)
{
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *promise = &c->pledges[p];
        if (!promise->answering)
            continue;
        int64_t kept = 1;
        for (int64_t q = p; q < c->n_pledges; q++) {
            PledgeState *pledge = &c->pledges[q];
            if (pledge->answering && pledge->commitment == promise->commitment) {
                pledge->answering = 0;
                kept = kept && pledge->answer;
            }
        }
        if (!kept)
            lose_name(c, promise);
        for (int64_t q = 0; q < c->n_pledges; q++)
            if (c->pledges[q].commitment == promise->commitment)
                learn(&c->pledges[q], kept);
    }
}

/* Which pledges are in force: begun, not lapsed, and not forfeited. */
static void pledges_change(const Crisis *c)
{
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *pledge = &c->pledges[p];
        bool holds = pledge->begins < c->clock->latest && c->clock->latest <= pledge->lapses && !pledge->forfeited;
        if (pledge->in_force < ALWAYS)
            pledge->in_force = holds;
    }
}

/* End the pledges to the actor of a front that hold only while its own acts stay below this intensity. */
static void forfeit(const Crisis *c, const FrontState *front, double intensity)
{
    for (int64_t p = front->support_first; p < front->support_last; p++)
        if (intensity >= c->pledges[p].while_below) {
            c->pledges[p].forfeited = 1;
            c->pledges[p].in_force = 0;
        }
}

static void forget_weights(const Crisis *c, FrontState *front)
{
    front->injury_weight = back_of(c, front)->injury_weight = front->war_odds = 0.0;
}

/* Let stakes weigh on a front that opens at least as in the quarrel that its patron joins. */
static void take_up_weights(const Crisis *c, FrontState *front, const FrontState *helped)
{
    FrontState *back = back_of(c, front);
    front->injury_weight = greater(front->injury_weight, helped->injury_weight);
    back->injury_weight = greater(back->injury_weight, back_of(c, helped)->injury_weight);
    front->war_odds = back->war_odds = greater(front->war_odds, helped->war_odds);
}

/* Call on the patrons of the target of an act, once, and again for a higher act; where allies of allies can be called,
 * they answer at the end of the period. */
static void call_patrons(const Crisis *c, const FrontState *front, double intensity, double destruction)
{
    const FrontState *back = back_of(c, front);
    for (int64_t p = back->support_first; p < back->support_last; p++) {
        PledgeState *pledge = &c->pledges[p];
        if (pledge->joined || intensity < pledge->trigger || intensity <= pledge->asked || !pledge->in_force)
            continue;
        if (c->rules->belligerency || pledge->shared) {
            if (intensity > pledge->called) {
                pledge->called = intensity;
                pledge->called_destruction = destruction;
            }
            continue;
        }
        decide_to_join(c, pledge, intensity, destruction);
        if (!pledge->answer)
            continue;
        FrontState *opened = &c->fronts[pledge->patron_front];
        if (!opened->active) {
            forget_weights(c, opened);
            take_up_weights(c, opened, &c->fronts[pledge->protege_front]);
        }
        join(c, pledge, intensity);
    }
}

static void start_war(const Crisis *c, FrontState *front, int64_t cause)
{
    FrontState *sides[2] = {front, back_of(c, front)};
    c->clock->escalated = 1;
    for (int side = 0; side < 2; side++) {
        FrontState *at = sides[side];
        int64_t *top = &c->crossed[(at - c->fronts) * c->columns_of_crossed + c->columns_of_crossed - 1];
        if (at->at_war)
            continue;
        at->at_war = 1;
        at->agreed = 0;
        at->war_period = c->clock->period;
        at->war_cause = cause;
        if (*top < 0) /* lower rungs are for acts that were chosen */
            *top = c->clock->period;
    }
    note_joint_force(c);
    call_patrons(c, sides[0], 1.0, 1.0);
    call_patrons(c, sides[1], 1.0, 1.0);
}

/* Give each front that is about to open the greatest stake of those that open it. */
static void set_stakes(const Crisis *c)
{
    for (int64_t p = 0; p < c->n_pledges; p++) {
        FrontState *front = &c->fronts[c->pledges[p].patron_front];
        if (!c->pledges[p].answer || front->active)
            continue;
        FrontState *back = back_of(c, front);
        front->stake = back->stake = 0.0;
        forget_weights(c, front);
    }
    for (int64_t p = 0; p < c->n_pledges; p++) {
        const PledgeState *pledge = &c->pledges[p];
        FrontState *front = &c->fronts[pledge->patron_front];
        if (!pledge->answer || front->active)
            continue;
        FrontState *back = back_of(c, front);
        front->stake = greater(front->stake, pledge->stake);
        back->stake = greater(back->stake, back_of(c, &c->fronts[pledge->protege_front])->stake);
        take_up_weights(c, front, &c->fronts[pledge->protege_front]);
    }
}

static bool answer_calls(const Crisis *c)
{
    bool anybody = false;
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *pledge = &c->pledges[p];
        pledge->answer = 0;
        if (!pledge->joined && pledge->called > 0.0 && pledge->in_force)
            decide_to_join(c, pledge, pledge->called, pledge->called_destruction);
    }
    if (c->rules->promises_shared)
        learn_together(c);
    set_stakes(c);
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *pledge = &c->pledges[p];
        if (pledge->answer) {
            join(c, pledge, pledge->called);
            anybody = true;
        }
        pledge->answer = 0;
        pledge->called = -1.0;
    }
    return anybody;
}

static bool widen(const Crisis *c)
{
    bool anybody = false;
    for (int64_t p = 0; p < c->n_pledges; p++) {
        const PledgeState *pledge = &c->pledges[p];
        if (!pledge->joined || c->fronts[pledge->protege_front].war_period < 0)
            continue;
        if (!c->fronts[pledge->patron_front].at_war) {
            start_war(c, &c->fronts[pledge->patron_front], BY_COMMITMENT);
            anybody = true;
        }
    }
    return anybody;
}

static void allies_go_to_war(const Crisis *c)
{
    bool goes_on = c->rules->belligerency;
    if (!goes_on && c->rules->promises_shared)
        answer_calls(c);
    while (goes_on) {
        while (widen(c))
            ;
        goes_on = answer_calls(c);
    }
}

/* ------------------------------------------------------------------------------------------------ acts */

static bool acts(const Crisis *c, const FrontState *front, int64_t role)
{
    return front->chosen >= 0 && c->options[front->chosen].role >= role;
}

static void note_first_strike(const Crisis *c, FrontState *front)
{
    if (acts(c, front, FORCE) && !front->used_force && !back_of(c, front)->used_force)
        front->struck_first = 1;
}

static bool displays(const Crisis *c, const FrontState *front)
{
    return front->chosen >= 0 && c->options[front->chosen].role == DISPLAY && !c->options[front->chosen].covert;
}

static void alarm_both(const Crisis *c, FrontState *front)
{
    FrontState *back = back_of(c, front);
    double mine = front->fear, theirs = back->fear;
    if (displays(c, front))
        back->fear = alarmed(theirs, c->rules->mobilisation_strength, mine);
    if (displays(c, back))
        front->fear = alarmed(mine, c->rules->mobilisation_strength, theirs);
}

/* Let all who watch learn from a decision about the type of its actor. */
static void reveal(const Crisis *c, FrontState *front)
{
    const Option *option = &c->options[front->chosen];
    if (option->covert || (option->role == RESTRAINT && front->deciding != PROMPTED))
        return;
    double now = c->clock->now;
    double weight = c->rules->public_act * information_weight(shock_correlation(now - front->last_seen, c->rules->shock_persistence));
    front->last_seen = now;
    const int64_t row = (front - c->fronts) * c->n_options;
    double precision = c->actors[front->actor].precision, resolute[MOST_ACTS], irresolute[MOST_ACTS];
    logit_choice(c->n_options, precision, &c->utility_resolute[row], c->crowding, resolute);
    logit_choice(c->n_options, precision, &c->utility_irresolute[row], c->crowding, irresolute);
    for (int64_t i = 0; i < c->n_actors; i++) {
        int64_t g = front_of(c, i, front->actor);
        if (g >= 0)
            c->fronts[g].resolve = updated(c->fronts[g].resolve, resolute[front->chosen], irresolute[front->chosen], weight);
    }
}

/* Enter an act into the fingerprint of the run. */
static void sign(const Crisis *c, const FrontState *front)
{
    int64_t what = (c->clock->period * 256 + front->chosen) * 4294967296 + front->key;
    c->clock->signature = (c->clock->signature * SPREAD + what) % PRIME;
}

static void carry_out(const Crisis *c, int64_t f)
{
    FrontState *front = &c->fronts[f];
    Clock *clock = c->clock;
    const Option *option = &c->options[front->chosen];
    int64_t *crossed = &c->crossed[f * c->columns_of_crossed];
    clock->last_act = clock->now;
    if (option->role >= FORCE) {
        front->agreed = back_of(c, front)->agreed = 0;
        front->conciliated = back_of(c, front)->conciliated = -INFINITY;
    }
    sign(c, front);
    for (int64_t rung = 1; rung <= option->rung; rung++)
        if (crossed[rung] < 0)
            crossed[rung] = clock->period;
    if (!option->covert) {
        front->last_open_day = clock->now;
        front->last_open_option = front->chosen;
    }
    if (option->role >= DISPLAY)
        front->last_alert = clock->now;
    if (option->role >= FORCE) {
        front->used_force = 1;
        front->last_force = clock->now;
        front->chosen_force = clock->now;
        front->force_intensity = option->intensity;
        front->rested = 1;
        note_joint_force(c);
    }
}

static void settle_own_account(const Crisis *c, FrontState *front)
{
    const Option *option = &c->options[front->chosen];
    ActorState *actor = &c->actors[front->actor];
    double answer = credited(c, option);
    front->injury = discharged(front->injury, 1.0, answer);
    for (int64_t n = actor->open_incident; n >= 0; n = c->incidents[n].next) {
        IncidentState *incident = &c->incidents[n];
        incident->level = discharged(incident->level, blame_of(c, n)[front->target], answer);
    }
    if (front->vow_standing > 0 && option->intensity * option->publicity >= front->vow) {
        if (front->vow_standing == STANDING)
            actor->vows_kept++;
        front->vow_standing = 0;
    }
}

static void injure_target(const Crisis *c, int64_t f)
{
    const FrontState *front = &c->fronts[f];
    FrontState *back = back_of(c, front);
    const RulesState *rules = c->rules;
    double now = c->clock->now;
    const Option *option = &c->options[front->chosen];
    ActorState *target = &c->actors[front->target];
    double exposed = exposure(rules->covert_discount, option->publicity);
    target->pressure = pressed(target->pressure, rules->pressure_gain * exposed, option->intensity - front->baseline);
    double level = injury_done(c, front, option->intensity);
    if (!option->covert) {
        back->injury = greater(back->injury, level);
        if (option->role >= DISPLAY)
            prompt(c, front->reverse, now, ticks(now), option->role >= FORCE);
        return;
    }
    int64_t n = c->n_incidents - 2 * c->n_fronts + f;
    IncidentState *incident = &c->incidents[n];
    suffer(c, n, greater(incident->level, level), now);
    blame_covertly(c, n, front->actor, front->target);
    for (int64_t j = 0; j < c->n_actors; j++)
        if (blame_of(c, n)[j] * exposed * incident->level >= rules->half_rung)
            prompt(c, front_of(c, front->target, j), now, ticks(now), true);
}

static void vow(FrontState *front, double promised, double publicity, double made, double within, int64_t by)
{
    bool standing = front->vow_standing == STANDING;
    if (!front->vow_standing)
        front->vow_since = made;
    front->vow = standing ? greater(promised, front->vow) : promised;
    front->vow_publicity = standing ? greater(publicity, front->vow_publicity) : publicity;
    front->vow_made = made;
    front->vow_due = made + within;
    front->vow_standing = STANDING;
    front->vow_by = by;
}

/* Turn the threat that stands on a front into a vow. */
static void threat_falls_due(FrontState *front, double now)
{
    vow(front, front->threat, front->threat_publicity, now, front->threat_due, front->threat_by);
    front->threat_until = -1.0;
}

/* Bind the sender of an ultimatum that was not met on a front. */
static void ultimatum_falls_due(const Crisis *c, const SignalState *signal, FrontState *unmet, double at)
{
    unmet->ultimatum = -1;
    int64_t own = front_of(c, signal->sender, unmet->actor);
    double promised = c->options[signal->option].intensity;
    if (own < 0 || !c->fronts[own].active || c->fronts[own].at_war || promised <= c->fronts[own].baseline)
        return;
    vow(&c->fronts[own], promised, signal->status == PUBLIC, at, signal->or_else, signal->key);
    prompt(c, own, at, signal->key, false);
}

static void ultimatums_fall_due(const Crisis *c)
{
    for (int64_t s = 0; s < c->n_signals; s++) {
        const SignalState *signal = &c->signals[s];
        double ends = signal->day + signal->due;
        for (int64_t g = 0; g < c->n_fronts && signal->or_else > 0.0 && ends < c->clock->latest; g++) {
            FrontState *front = &c->fronts[g];
            if (front->ultimatum != signal->key)
                continue;
            if (!c->rules->conciliation && front->last_open_day < signal->heard)
                front->ultimatum = -1;
            else
                ultimatum_falls_due(c, signal, front, ends);
        }
    }
}

static void end_ultimatum(const Crisis *c, const SignalState *signal, int64_t target)
{
    for (int64_t g = 0; g < c->n_fronts; g++)
        if (c->fronts[g].actor == target && c->fronts[g].ultimatum == signal->key)
            c->fronts[g].ultimatum = -1;
}

/* End the ultimatums whose sender has just done what it threatened. */
static void end_what_is_done(const Crisis *c, const FrontState *front)
{
    const Option *option = &c->options[front->chosen];
    for (int64_t s = 0; s < c->n_signals; s++) {
        const SignalState *signal = &c->signals[s];
        if (signal->or_else <= 0.0 || signal->sender != front->actor ||
            option->intensity * option->publicity < c->options[signal->option].intensity)
            continue;
        end_ultimatum(c, signal, front->target);
    }
}

static void ultimatums_are_carried_out(const Crisis *c)
{
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (acts(c, &c->fronts[f], THREAT))
            end_what_is_done(c, &c->fronts[f]);
}

/* Turn a threat by the target that this act crosses into a vow. */
static void cross_threat(const Crisis *c, const FrontState *front)
{
    FrontState *back = back_of(c, front);
    double now = c->clock->now;
    const Option *option = &c->options[front->chosen];
    if (now > back->threat_until || option->covert || option->intensity < back->threat_trigger)
        return;
    threat_falls_due(back, now);
}

static void run_the_risk(const Crisis *c, FrontState *front)
{
    const FrontState *back = back_of(c, front);
    const RulesState *rules = c->rules;
    double now = c->clock->now;
    const Option *option = &c->options[front->chosen];
    if (option->role >= FORCE && now - back->last_force <= rules->act_window && !front->at_war) {
        double total =
            hazard(rules->brinkmanship_scale, rules->brinkmanship_slope, option->intensity, back->force_intensity);
        double risk = risk_at_stake(probability(total), front->war_odds);
        if (uniform(c->clock, BRINKMANSHIP, front->key, ticks(now)) < risk)
            start_war(c, front, BY_BRINKMANSHIP);
    }
    if (!front->at_war && !option->covert)
        call_patrons(c, front, option->intensity, option->destruction);
}

static void agree(const Crisis *c, FrontState *front)
{
    forgive(c, front, c->rules->amends);
    front->vow_standing = 0;
    front->threat_until = -1.0;
    front->demand_until = -1.0;
    front->ultimatum = -1;
    front->due = INFINITY;
    front->prepared = 0;
    front->agreed = 1;
    if (front->agreed_period < 0)
        front->agreed_period = c->clock->period;
}

static void make_amends(const Crisis *c, FrontState *front)
{
    FrontState *back = back_of(c, front);
    sign(c, front);
    if (front->conceded_period < 0)
        front->conceded_period = c->clock->period;
    front->last_open_day = c->clock->now;
    front->last_open_option = front->chosen;
    if (acts(c, back, FORCE))
        return;
    forgive(c, back, amends(c, front));
    front->demand_until = -1.0;
    front->ultimatum = -1;
    back->fear = reassured(back->fear, c->rules->conciliation_strength, 1.0);
    front->conciliated = c->clock->now;
}

static void answer_amends(const Crisis *c, FrontState *front)
{
    FrontState *back = back_of(c, front);
    double now = c->clock->now;
    if (front->conciliated < now)
        return;
    if (now - back->conciliated > c->rules->act_window)
        prompt(c, front->reverse, now, ticks(now), false);
    else if (front < back || back->conciliated < now) {
        agree(c, front);
        agree(c, back);
    }
}

static bool conciliates(const Crisis *c, const FrontState *front)
{
    return front->chosen >= 0 && c->options[front->chosen].role == CONCILIATION;
}

/* Carry out all acts of the period, as if at one moment. */
static void acts_take_effect(const Crisis *c)
{
    FrontState *fronts = c->fronts;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        note_first_strike(c, &fronts[f]);
        if (c->rules->pledges_change && acts(c, &fronts[f], THREAT))
            forfeit(c, &fronts[f], c->options[fronts[f].chosen].intensity);
        if (f < fronts[f].reverse)
            alarm_both(c, &fronts[f]);
    }
    for (int64_t f = 0; f < c->n_fronts; f++) {
        if (fronts[f].chosen >= 0)
            reveal(c, &fronts[f]);
        if (acts(c, &fronts[f], THREAT)) {
            carry_out(c, f);
            settle_own_account(c, &fronts[f]);
        }
    }
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (acts(c, &fronts[f], THREAT)) {
            injure_target(c, f);
            cross_threat(c, &fronts[f]);
        }
}

static void conciliators_are_heard(const Crisis *c)
{
    FrontState *fronts = c->fronts;
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (conciliates(c, &fronts[f]))
            make_amends(c, &fronts[f]);
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (conciliates(c, &fronts[f]))
            answer_amends(c, &fronts[f]);
}

static void acts_lead_to_war(const Crisis *c)
{
    FrontState *fronts = c->fronts;
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (acts(c, &fronts[f], WAR))
            start_war(c, &fronts[f], BY_CHOICE);
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (acts(c, &fronts[f], THREAT))
            run_the_risk(c, &fronts[f]);
}

static void accidents_happen(const Crisis *c)
{
    const RulesState *rules = c->rules;
    const Clock *clock = c->clock;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        if (front->reverse < f || front->at_war || !front->active)
            continue;
        double since = lesser(front->last_alert, back_of(c, front)->last_alert);
        if (clock->now - since > rules->act_window)
            continue;
        double total = exposure_hazard(positive_part(rules->accident_hazard), clock->elapsed);
        int64_t key = front->key;
        if (c->rules->belligerency && back_of(c, front)->key < key) /* no numbering of actors may matter */
            key = back_of(c, front)->key;
        if (uniform(c->clock, ACCIDENT, key, ticks(clock->now)) < probability(total))
            start_war(c, front, BY_ACCIDENT);
    }
}

/* ---------------------------------------------------------------------------------------------- fading */

static void set_kept(const Crisis *c, double days)
{
    RulesState *rules = c->rules;
    rules->injury_kept = kept_share(days, rules->injury_half_life);
    rules->vow_kept = kept_share(days, rules->vow_half_life);
    rules->pressure_kept = kept_share(days, rules->pressure_half_life);
    rules->fear_kept = kept_share(days, rules->fear_half_life);
    for (int64_t i = 0; i < c->n_actors; i++)
        if (c->actors[i].weakness > 0.0)
            c->actors[i].weakness_kept = kept_share(days, c->actors[i].weakness_half_life);
}

static void fade_front(const Crisis *c, FrontState *front)
{
    const RulesState *rules = c->rules;
    if (front->vow_standing != STANDING) {
        front->injury = front->injury * rules->injury_kept;
        if (front->injury < HEALED)
            front->injury = 0.0;
    }
    if (front->vow_standing == OVERDUE) {
        front->vow_publicity = front->vow_publicity * rules->vow_kept;
        if (front->vow_publicity < FORGOTTEN)
            front->vow_standing = 0;
    }
    front->fear = relaxed(front->fear, front->fear_baseline, rules->fear_kept);
}

static bool vow_stands_against_a_suspect(const Crisis *c, int64_t n)
{
    for (int64_t j = 0; j < c->n_actors; j++) {
        int64_t f = front_of(c, c->incidents[n].victim, j);
        if (f >= 0 && blame_of(c, n)[j] > 0.0 && c->fronts[f].vow_standing == STANDING)
            return true;
    }
    return false;
}

/* Let the open incidents of an actor fade, and take those from its list that are over. */
static void fade_incidents(const Crisis *c, ActorState *actor)
{
    int64_t *from = &actor->open_incident;
    while (*from >= 0) {
        IncidentState *incident = &c->incidents[*from];
        if (incident->level > 0.0 && !vow_stands_against_a_suspect(c, *from)) {
            incident->level = incident->level * c->rules->injury_kept;
            if (incident->level < HEALED)
                incident->level = 0.0;
        }
        if (incident->level > 0.0) {
            from = &incident->next;
        } else {
            incident->open = 0;
            *from = incident->next;
        }
    }
}

static void fade(const Crisis *c)
{
    const RulesState *rules = c->rules;
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (c->fronts[f].active)
            fade_front(c, &c->fronts[f]);
    for (int64_t i = 0; i < c->n_actors; i++) {
        ActorState *actor = &c->actors[i];
        fade_incidents(c, actor);
        actor->pressure = relaxed(actor->pressure, actor->pressure_baseline, rules->pressure_kept);
        if (actor->weakness <= 0.0)
            continue;
        actor->weakness = actor->weakness * actor->weakness_kept;
        if (actor->weakness < HEALED)
            actor->weakness = 0.0;
    }
}

static void vows_fall_due(const Crisis *c)
{
    const Clock *clock = c->clock;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        ActorState *actor = &c->actors[front->actor];
        if (front->vow_standing != STANDING)
            continue;
        if (front->at_war) {
            front->vow_standing = 0;
            if (front->war_period >= 0)
                actor->vows_kept++;
        } else if (front->vow_due < clock->latest && clock->now >= clock->first_choice) {
            front->vow_standing = OVERDUE;
            actor->vows_broken++;
            actor->honesty = after_broken_word(actor->honesty, c->rules->honesty_loss);
        }
    }
}

#endif
