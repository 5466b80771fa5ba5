/* What comes from outside: escalation/dynamics/{signals,timeline,scheduled_acts,beginning}.py. */
#ifndef WORLD_H
#define WORLD_H

#include "consequences.h"

static inline bool in_mask(int64_t mask, int64_t i) { return mask >> i & 1; }

static double weight_of(const Crisis *c, const SignalState *signal)
{
    bool ties_hands = signal->kind == VOW || signal->kind == THREAT_SIGNAL || signal->kind == DEMAND ||
                      signal->kind == REFUSAL;
    if (ties_hands && !signal->private)
        return c->rules->public_word;
    double share = signal->private ? c->rules->private_word : c->rules->public_word;
    return share * (signal->credence * c->actors[signal->sender].honesty * signal->alignment);
}

static double assures(const Crisis *c, const SignalState *signal)
{
    double share = signal->private ? c->rules->private_word : c->rules->public_word;
    return c->rules->assurance * share * (signal->credence * c->actors[signal->sender].honesty * signal->alignment);
}

/* Let the actors in a mask learn about the type of the actor of a front, which binds itself to an act there. */
static void reveal_resolve(const Crisis *c, int64_t own, int64_t o, int64_t mask, double weight)
{
    if (c->options[o].intensity <= c->fronts[own].baseline)
        return;
    double resolute[MOST_ACTS], irresolute[MOST_ACTS];
    expected_utilities(c, &c->fronts[own], resolute, irresolute);
    double precision = c->rules->signal_precision;
    double if_resolute = logistic(precision * (resolute[o] - resolute[0]));
    double if_irresolute = logistic(precision * (irresolute[o] - irresolute[0]));
    for (int64_t i = 0; i < c->n_actors; i++) {
        int64_t f = front_of(c, i, c->fronts[own].actor);
        if (in_mask(mask, i) && f >= 0)
            c->fronts[f].resolve = updated(c->fronts[f].resolve, if_resolute, if_irresolute, weight);
    }
}

static void reveal_by_signal(const Crisis *c, const SignalState *signal, int64_t mask, double weight)
{
    int64_t own = front_of(c, signal->sender, signal->target);
    if (own >= 0 && signal->option >= 0)
        reveal_resolve(c, own, signal->option, mask, weight);
}

static void bind_sender(const Crisis *c, const SignalState *signal)
{
    int64_t own = front_of(c, signal->sender, signal->target);
    if (own < 0 || signal->option < 0 || c->options[signal->option].intensity <= c->fronts[own].baseline)
        return; /* ongoing hostilities do as much already */
    FrontState *front = &c->fronts[own];
    double publicity = 1.0 - (double)signal->private;
    double promised = c->options[signal->option].intensity;
    if (signal->kind == VOW) {
        if (!front->vow_standing)
            front->vow_since = signal->day;
        front->vow = front->vow_standing == STANDING ? greater(promised, front->vow) : promised;
        front->vow_publicity = front->vow_standing > 0 ? greater(publicity, front->vow_publicity) : publicity;
        front->vow_made = signal->day;
        front->vow_due = signal->day + signal->due;
        front->vow_standing = STANDING;
        front->vow_by = signal->key;
    } else {
        front->threat = promised;
        front->threat_trigger = signal->trigger;
        front->threat_due = signal->due;
        front->threat_until = signal->day + signal->due;
        front->threat_publicity = publicity;
        front->threat_by = signal->key;
    }
}

static void demand(const Crisis *c, const SignalState *signal, double publicity)
{
    for (int64_t i = 0; i < c->n_actors; i++) {
        int64_t f = front_of(c, i, signal->about_actor);
        if (!in_mask(signal->receivers, i) || f < 0)
            continue;
        c->fronts[f].demand_until = signal->day + signal->due;
        c->fronts[f].demand_publicity = publicity;
        c->fronts[f].demand_by = signal->key;
        c->fronts[f].demand_left = 1.0;
        c->fronts[f].demand_direct = signal->sender == signal->about_actor;
        if (c->fronts[f].demand_direct)
            c->fronts[f].demand_assurance = assures(c, signal);
    }
}

static void set_ultimatum(const Crisis *c, const SignalState *signal)
{
    for (int64_t i = 0; i < c->n_actors; i++) {
        int64_t f = front_of(c, i, signal->about_actor);
        if (in_mask(signal->receivers, i) && f >= 0 && front_of(c, signal->sender, i) >= 0)
            c->fronts[f].ultimatum = signal->key;
    }
}

static void appeal(const Crisis *c, const SignalState *signal)
{
    double added = c->rules->appeal * weight_of(c, signal);
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        bool named = signal->about_actor < 0 || front->target == signal->about_actor;
        if (named && front->target != signal->sender && in_mask(signal->receivers, front->actor)) {
            if (front->appeal > added && c->clock->now <= front->appeal_until)
                continue;
            front->appeal = added;
            front->appeal_until = signal->day + signal->due;
        }
    }
}

static void refuse(const Crisis *c, const SignalState *signal)
{
    for (int64_t i = 0; i < c->n_actors; i++) {
        int64_t f = front_of(c, signal->sender, i);
        if (f < 0 || !in_mask(signal->receivers, i))
            continue;
        FrontState *back = back_of(c, &c->fronts[f]);
        if (signal->day <= back->threat_until && c->fronts[f].demand_direct && signal->day <= c->fronts[f].demand_until)
            threat_falls_due(back, signal->day);
        c->fronts[f].refused_until = signal->day + signal->due;
        c->fronts[f].demand_until = -1.0;
    }
    for (int64_t s = 0; s < c->n_signals; s++)
        for (int64_t g = 0; g < c->n_fronts; g++)
            if (c->signals[s].or_else > 0.0 && c->fronts[g].ultimatum == c->signals[s].key &&
                c->fronts[g].actor == signal->sender && in_mask(signal->receivers, c->signals[s].sender))
                ultimatum_falls_due(c, &c->signals[s], &c->fronts[g], signal->day);
}

static void take_back(const Crisis *c, const SignalState *signal)
{
    SignalState *word = &c->signals[signal->about_signal];
    word->withdrawn = 1;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        if (front->threat_by == word->key)
            front->threat_until = -1.0;
        if (front->demand_by == word->key)
            front->demand_until = -1.0;
        if (front->ultimatum == word->key)
            front->ultimatum = -1;
        if (front->vow_by == word->key && front->vow_standing == STANDING) {
            front->vow_publicity *= elapsed_share(signal->day, front->vow_made, front->vow_due);
            front->vow_due = signal->day;
            front->vow_standing = OVERDUE;
        }
    }
}

static void concede(const Crisis *c, const SignalState *signal)
{
    const SignalState *demanded = &c->signals[signal->about_signal];
    if (demanded->heard <= 0.0 || demanded->withdrawn)
        return;
    FrontState *front = &c->fronts[front_of(c, signal->sender, demanded->about_actor)];
    bool whole = signal->share >= 1.0;
    if (front->demand_by == demanded->key && signal->day <= front->demand_until) {
        front->demand_left *= 1.0 - signal->share;
        if (whole)
            front->demand_until = -1.0;
    }
    if (whole && front->ultimatum == demanded->key && signal->day <= demanded->day + demanded->due)
        front->ultimatum = -1;
    int64_t hurt = front_of(c, demanded->sender, signal->sender);
    if (hurt >= 0)
        forgive(c, &c->fronts[hurt], signal->share * (c->rules->amends_in_words * weight_of(c, signal)));
}

static void commit(const Crisis *c, const SignalState *signal)
{
    if (signal->withdrawn)
        return;
    if (signal->kind == WITHDRAWAL)
        take_back(c, signal);
    if (signal->kind == CONCESSION)
        concede(c, signal);
    double publicity = 1.0 - (double)signal->private;
    if (signal->kind == APPEAL)
        appeal(c, signal);
    if (signal->kind == REFUSAL)
        refuse(c, signal);
    if (signal->kind == VOW || signal->kind == THREAT_SIGNAL)
        bind_sender(c, signal);
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *pledge = &c->pledges[p];
        if (signal->kind == WARNING && pledge->commitment == signal->about_commitment) {
            pledge->warned = 1;
            pledge->publicity = greater(pledge->publicity, publicity);
        }
    }
    if (signal->kind == DEMAND)
        demand(c, signal, publicity);
    if (signal->kind == DEMAND && signal->or_else > 0.0)
        set_ultimatum(c, signal);
    for (int64_t s = 0; signal->kind == DEMAND && s < c->n_signals; s++) /* said before it, in its own period */
        if (c->signals[s].kind == CONCESSION && &c->signals[c->signals[s].about_signal] == signal && c->signals[s].heard > 0.0)
            concede(c, &c->signals[s]);
}

static void expose_demand(const Crisis *c, const SignalState *signal)
{
    for (int64_t i = 0; i < c->n_actors; i++) {
        int64_t f = front_of(c, i, signal->about_actor);
        if (!in_mask(signal->receivers, i) || f < 0)
            continue;
        FrontState *front = &c->fronts[f];
        if (front->demand_by != signal->key || front->demand_until < 0.0)
            continue;
        front->demand_publicity = 1.0;
        if (front->demand_direct)
            front->demand_assurance = assures(c, signal);
    }
}

/* Make public, by a leak, what a sender is bound to. */
static void expose(const Crisis *c, const SignalState *signal)
{
    if (signal->withdrawn)
        return;
    int64_t own = front_of(c, signal->sender, signal->target);
    if (own >= 0 && signal->kind == VOW && c->fronts[own].vow_standing > 0 && signal->day >= c->fronts[own].vow_since)
        c->fronts[own].vow_publicity = 1.0;
    if (own >= 0 && signal->kind == THREAT_SIGNAL) {
        if (c->fronts[own].threat_by == signal->key)
            c->fronts[own].threat_publicity = 1.0;
        if (c->fronts[own].vow_standing > 0 && c->fronts[own].vow_by == signal->key)
            c->fronts[own].vow_publicity = 1.0;
    }
    for (int64_t p = 0; p < c->n_pledges; p++)
        if (signal->kind == WARNING && c->pledges[p].commitment == signal->about_commitment)
            c->pledges[p].publicity = 1.0;
    if (signal->kind == DEMAND)
        expose_demand(c, signal);
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        if (signal->kind == DEMAND && front->actor == signal->sender && in_mask(signal->receivers, front->target) &&
            front->vow_standing > 0 && front->vow_by == signal->key)
            front->vow_publicity = 1.0;
    }
}

static void warn(const Crisis *c, const SignalState *signal, int64_t mask, double weight)
{
    double if_kept = likelihood_if_true(signal->strength), if_not = likelihood_if_false(signal->strength);
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *pledge = &c->pledges[p];
        if (pledge->commitment != signal->about_commitment)
            continue;
        if (in_mask(mask, pledge->adversary)) {
            pledge->known = 1;
            pledge->credence_adversary = lesser(updated(pledge->credence_adversary, if_kept, if_not, weight), BY_LAW);
        }
        if (in_mask(mask, pledge->protege))
            pledge->credence_protege = lesser(updated(pledge->credence_protege, if_kept, if_not, weight), BY_LAW);
    }
}

static void deny_all(const Crisis *c, const SignalState *signal, int64_t mask, double weight)
{
    double if_innocent = likelihood_if_true(signal->strength), if_guilty = likelihood_if_false(signal->strength);
    if (signal->about_signal >= 0) {
        SignalState *denied = &c->signals[signal->about_signal];
        denied->credence = updated(denied->credence, if_guilty, if_innocent, weight);
        return;
    }
    const EventState *event = &c->events[signal->about_event];
    if (event->pending)
        return;
    for (int64_t n = event->incident_first; n < event->incident_last; n++)
        if (in_mask(mask, c->incidents[n].victim))
            deny(c, n, signal->sender, if_guilty, if_innocent, weight);
}

static void move_front_belief(const Crisis *c, const SignalState *signal, int64_t i, double weight)
{
    int64_t f = front_of(c, i, signal->about_actor);
    if (f < 0)
        return;
    FrontState *front = &c->fronts[f];
    double if_true = likelihood_if_true(signal->strength), if_false = likelihood_if_false(signal->strength);
    if (signal->kind == REASSURANCE) {
        front->fear = reassured(front->fear, signal->strength, weight);
        if (signal->sender == signal->about_actor)
            forgive(c, front, c->rules->amends_in_words * weight);
    } else
        front->motive = updated(front->motive, if_true, if_false, weight);
}

static bool replaces(const Crisis *c, const SignalState *signal, int64_t other)
{
    return other < 0 || signal->day >= c->signals[other].day;
}

static void give_leave(const Crisis *c, const SignalState *signal, int64_t mask, double weight)
{
    for (int64_t p = 0; p < c->n_pledges; p++) {
        PledgeState *pledge = &c->pledges[p];
        bool against = signal->about_actor < 0 || signal->about_actor == pledge->adversary;
        if (pledge->patron != signal->sender || !against || !in_mask(signal->receivers, pledge->protege))
            continue;
        if (in_mask(mask, pledge->protege) && replaces(c, signal, pledge->leave)) {
            pledge->leave = signal - c->signals;
            pledge->leave_weight = weight;
        }
        if (in_mask(mask, pledge->adversary) && replaces(c, signal, pledge->leave_adversary)) {
            pledge->leave_adversary = signal - c->signals;
            pledge->leave_weight_adversary = weight;
        }
    }
}

static void prompt_receivers(const Crisis *c, const SignalState *signal)
{
    if (signal->kind != THREAT_SIGNAL && signal->kind != VOW && signal->kind != DEMAND && signal->kind != REFUSAL)
        return;
    if (signal->withdrawn)
        return;
    int64_t facing = signal->kind == DEMAND ? signal->about_actor : signal->sender;
    for (int64_t i = 0; i < c->n_actors; i++)
        if (in_mask(signal->receivers, i))
            prompt(c, front_of(c, i, facing), signal->day, signal->key, false);
}

static void hear(const Crisis *c, const SignalState *signal, int64_t mask)
{
    double weight = weight_of(c, signal);
    switch (signal->kind) {
    case WARNING:
        warn(c, signal, mask, weight);
        break;
    case DENIAL:
        deny_all(c, signal, mask, weight);
        break;
    case AUTHORISATION:
        give_leave(c, signal, mask, weight);
        break;
    case APPEAL:
    case WITHDRAWAL:
    case CONCESSION:
        break;
    case REASSURANCE:
    case DISCLOSURE:
        for (int64_t i = 0; i < c->n_actors; i++)
            if (in_mask(mask, i))
                move_front_belief(c, signal, i, weight);
        break;
    default:
        reveal_by_signal(c, signal, mask, weight);
    }
}

static void signal_arrives(const Crisis *c, SignalState *signal)
{
    double latest = c->clock->latest;
    int64_t everybody_else = ((1LL << c->n_actors) - 1) & ~(1LL << signal->sender);
    if (signal->status == 0 && signal->day < latest) {
        signal->heard = c->clock->now;
        signal->status = signal->private ? HEARD : PUBLIC;
        hear(c, signal, signal->private ? signal->receivers : everybody_else);
        commit(c, signal);
        prompt_receivers(c, signal);
    }
    bool leaks = signal->status == HEARD && signal->leaks_at < latest;
    bool reported = (signal->status == HEARD || signal->status == NEVER_SAID) && signal->reported < latest;
    if (leaks || reported) {
        if (signal->status == HEARD)
            expose(c, signal);
        signal->status = PUBLIC;
        hear(c, signal, everybody_else & ~signal->receivers);
    }
}

/* ---------------------------------------------------------------------------------------------- events */

#define OF_THIS_DATE 2 /* pending, of an event that has happened, until all events of its date have */

static void injure(const Crisis *c, int64_t n, double level, double at, int64_t cause)
{
    IncidentState *incident = &c->incidents[n];
    ActorState *victim = &c->actors[incident->victim];
    double exposed = exposure(c->rules->covert_discount, incident->publicity);
    suffer(c, n, level, at);
    victim->pressure = pressed(victim->pressure, c->rules->pressure_gain * exposed, level);
    for (int64_t j = 0; j < c->n_actors; j++)
        if (blame_of(c, n)[j] * exposed * level >= c->rules->half_rung)
            prompt(c, front_of(c, incident->victim, j), at, cause, true);
}

static void excuse_or_war(const Crisis *c, const EventState *event)
{
    const RulesState *rules = c->rules;
    if (event->day <= c->clock->as_of)
        return;
    for (int64_t n = event->incident_first; n < event->incident_last; n++) {
        const IncidentState *incident = &c->incidents[n];
        int64_t f = front_of(c, incident->victim, event->actor);
        if (f < 0 || !c->fronts[f].active)
            continue;
        FrontState *front = &c->fronts[f];
        if (event->day - front->last_force > rules->act_window)
            continue;
        double total =
            hazard(rules->brinkmanship_scale, rules->brinkmanship_slope, incident->severity, front->force_intensity);
        double risk = risk_at_stake(probability(total), front->war_odds);
        if (uniform(c->clock, BRINKMANSHIP, event->key, n - event->incident_first) < risk)
            start_war(c, front, BY_ACCIDENT);
    }
}

static void mediate(const Crisis *c, const EventState *event)
{
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        if (!in_mask(event->parties, front->actor) || !in_mask(event->parties, front->target))
            continue;
        bool going_on = event->day <= front->mediation_until;
        front->mediation = going_on ? greater(event->strength, front->mediation) : event->strength;
        front->mediation_until = greater(event->day + event->duration, front->mediation_until);
        prompt(c, f, event->day, event->key, false);
    }
}

/* Whether a rung is stated for incident n of an event: for the victim whom it was meant for, the first one faced. */
static bool has_rung(const Crisis *c, const EventState *event, int64_t n)
{
    return event->option >= 0 && c->fronts[event->front].target == c->incidents[n].victim;
}

/* Front on which incident n is an act of an author of an event; NULL where it is none above what goes on there. */
static FrontState *front_of_event(const Crisis *c, const EventState *event, int64_t n, int64_t author)
{
    int64_t f = front_of(c, author, c->incidents[n].victim);
    if (f < 0 || !c->fronts[f].active || c->fronts[f].at_war)
        return NULL;
    double intensity = has_rung(c, event, n) ? c->options[event->option].intensity : c->incidents[n].severity;
    return intensity > c->fronts[f].baseline ? &c->fronts[f] : NULL;
}

/* Let all who face the author of an event learn about its type from the act that it openly did. */
static void reveal_by_event(const Crisis *c, const EventState *event)
{
    if (!c->fronts[event->front].at_war)
        reveal_resolve(c, event->front, event->option, ((int64_t)1 << c->n_actors) - 1, c->rules->public_act);
}

/* Put the author of an event on alert by the act that it openly did, and alarm the victims that it faces. */
static void alarm_by_event(const Crisis *c, const EventState *event)
{
    const Option *option = &c->options[event->option];
    if (option->role < DISPLAY)
        return;
    int64_t author = c->fronts[event->front].actor;
    for (int64_t n = event->incident_first; n < event->incident_last; n++) {
        int64_t f = front_of(c, author, c->incidents[n].victim);
        if (f < 0)
            continue;
        FrontState *front = &c->fronts[f];
        if (!front->active || front->at_war || option->intensity <= front->baseline)
            continue;
        front->last_alert = c->clock->now;
        if (option->role == DISPLAY) {
            FrontState *back = back_of(c, front);
            back->fear = alarmed(back->fear, c->rules->mobilisation_strength, front->fear);
        }
    }
}

/* Intensity with which an open act of a severity answers: of the rungs on either side of it, in proportion. */
static double credit_between_rungs(const Crisis *c, double severity)
{
    double below = 0.0, above = INFINITY, least = 0.0, most = 0.0;
    for (int64_t o = 0; o < c->n_options; o++) {
        const Option *option = &c->options[o];
        if (option->covert)
            continue;
        if (below <= option->intensity && option->intensity <= severity) {
            below = option->intensity;
            least = credited(c, option);
        }
        if (severity <= option->intensity && option->intensity < above) {
            above = option->intensity;
            most = credited(c, option);
        }
    }
    if (above == INFINITY)
        return least;
    return above <= below ? most : least + (most - least) * ((severity - below) / (above - below));
}

/* Intensity with which an event answers by its incident n, as far as an actor is held to have done it. */
static double answer_of_event(const Crisis *c, const EventState *event, int64_t n, int64_t author)
{
    double blame = blame_of(c, n)[author];
    if (has_rung(c, event, n))
        return blame * credited(c, &c->options[event->option]);
    const IncidentState *incident = &c->incidents[n];
    double exposed = c->rules->covert_credit ? exposure(c->rules->covert_discount, incident->publicity) : 1.0;
    return blame * credit_between_rungs(c, incident->severity) * exposed;
}

/* Whether an event openly reaches a rung, by an actor that more likely than not did it; a severity is less exact. */
static bool event_reaches(const Crisis *c, const EventState *event, int64_t n, int64_t author, double intensity)
{
    if (blame_of(c, n)[author] <= 0.5)
        return false;
    if (event->option >= 0)
        return has_rung(c, event, n) && c->options[event->option].intensity >= intensity;
    const IncidentState *incident = &c->incidents[n];
    return incident->severity * incident->publicity + c->rules->half_rung > intensity;
}

static void carry_out_by_event(const Crisis *c, const EventState *event, int64_t n, FrontState *front)
{
    if (front->vow_standing > 0 && event_reaches(c, event, n, front->actor, front->vow))
        front->vow_standing = 0;
    for (int64_t s = 0; s < c->n_signals; s++) {
        const SignalState *signal = &c->signals[s];
        if (signal->or_else > 0.0 && signal->sender == front->actor &&
            event_reaches(c, event, n, front->actor, c->options[signal->option].intensity))
            end_ultimatum(c, signal, front->target);
    }
}

/* Front on which an event is an act of a stated rung; NULL where it is none above what goes on there. */
static FrontState *stated_front(const Crisis *c, const EventState *event)
{
    if (event->option < 0)
        return NULL;
    FrontState *front = &c->fronts[event->front];
    bool no_act = !front->active || front->at_war || c->options[event->option].intensity <= front->baseline;
    return no_act ? NULL : front;
}

/* Turn the threats by its victims that an event crosses into vows. */
static void cross_threats(const Crisis *c, const EventState *event)
{
    for (int64_t i = 0; i < c->n_actors; i++)
        for (int64_t n = event->incident_first; n < event->incident_last; n++) {
            FrontState *front = front_of_event(c, event, n, i);
            if (!front)
                continue;
            FrontState *back = back_of(c, front);
            if (event->day <= back->threat_until && event_reaches(c, event, n, i, back->threat_trigger))
                threat_falls_due(back, event->day);
        }
}

static bool ended(const Crisis *c, const EventState *event)
{
    return event->pending == OF_THIS_DATE && event->kind == PROVOCATION_EVENT && c->rules->scheduled_answers;
}

/* Draw whether the force of an event gets out of hand; what came by the information date is known not to have. */
static void run_the_risk_by_event(const Crisis *c, const EventState *event, FrontState *front)
{
    const RulesState *rules = c->rules;
    const Option *option = &c->options[event->option];
    FrontState *back = back_of(c, front);
    if (option->role < FORCE || event->day <= c->clock->as_of || event->day - back->last_force > rules->act_window)
        return;
    double total =
        hazard(rules->brinkmanship_scale, rules->brinkmanship_slope, option->intensity, back->force_intensity);
    double risk = risk_at_stake(probability(total), front->war_odds);
    if (uniform(c->clock, BRINKMANSHIP, event->key, 0) < risk)
        start_war(c, front, BY_BRINKMANSHIP);
}

/* Whether no other act of the date states a higher rung on the same front. */
static bool highest_of_date(const Crisis *c, const EventState *event)
{
    for (int64_t e = 0; e < c->n_events; e++) {
        const EventState *other = &c->events[e];
        if (ended(c, other) && other->front == event->front && other->option > event->option)
            return false;
    }
    return true;
}

/* Once all acts of a date have carried out what was said: note first force and forfeits, then bind threats and call. */
static void date_ends(const Crisis *c)
{
    for (int64_t e = 0; e < c->n_events; e++) {
        const EventState *event = &c->events[e];
        FrontState *front = ended(c, event) ? stated_front(c, event) : NULL;
        if (!front)
            continue;
        const Option *option = &c->options[event->option];
        if (option->role >= FORCE && !front->used_force && !back_of(c, front)->used_force)
            front->struck_first = 1;
        forfeit(c, front, option->intensity);
    }
    for (int64_t e = 0; e < c->n_events; e++) {
        const EventState *event = &c->events[e];
        FrontState *front = ended(c, event) ? stated_front(c, event) : NULL;
        if (!front || c->options[event->option].role < FORCE || !highest_of_date(c, event))
            continue;
        front->used_force = 1;
        front->last_force = event->day;
        front->force_intensity = c->options[event->option].intensity;
    }
    for (int64_t e = 0; e < c->n_events; e++) {
        const EventState *event = &c->events[e];
        if (ended(c, event))
            cross_threats(c, event);
    }
    for (int64_t e = 0; e < c->n_events; e++) {
        const EventState *event = &c->events[e];
        FrontState *front = ended(c, event) ? stated_front(c, event) : NULL;
        if (front)
            run_the_risk_by_event(c, event, front);
    }
    for (int64_t e = 0; e < c->n_events; e++) {
        const EventState *event = &c->events[e];
        FrontState *front = ended(c, event) && highest_of_date(c, event) ? stated_front(c, event) : NULL;
        if (front)
            call_patrons(c, front, c->options[event->option].intensity, c->options[event->option].destruction);
    }
    for (int64_t e = 0; e < c->n_events; e++)
        if (c->events[e].pending == OF_THIS_DATE)
            c->events[e].pending = 0;
}

/* Enter incident n of an event as the latest act on a front, by the highest rung that it reaches; force ends what was
 * agreed there. */
static void enter_by_event(const Crisis *c, const EventState *event, int64_t n, FrontState *front)
{
    double highest = front->baseline;
    if (front->last_open_day == event->day && front->last_open_option >= 0)
        highest = greater(highest, c->options[front->last_open_option].intensity);
    for (int64_t o = 0; o < c->n_options; o++) {
        const Option *option = &c->options[o];
        if (option->covert || option->role == WAR || option->intensity <= highest ||
            !event_reaches(c, event, n, front->actor, option->intensity))
            continue;
        highest = option->intensity;
        front->last_open_day = event->day;
        front->last_open_option = o;
        if (option->role >= FORCE) {
            front->agreed = back_of(c, front)->agreed = 0;
            front->conciliated = back_of(c, front)->conciliated = -INFINITY;
        }
    }
}

/* Let an act of the timeline answer, as far as an actor is held to have done it, what that actor has suffered on earlier
 * days, and carry out what it has said. */
static void settle_by_event(const Crisis *c, const EventState *event, int64_t author)
{
    for (int64_t n = event->incident_first; n < event->incident_last; n++) {
        FrontState *front = front_of_event(c, event, n, author);
        if (!front || blame_of(c, n)[author] <= 0.0)
            continue;
        front->injury = discharged(front->injury, 1.0, answer_of_event(c, event, n, author));
        carry_out_by_event(c, event, n, front);
        enter_by_event(c, event, n, front);
    }
    for (int64_t i = c->actors[author].open_incident; i >= 0; i = c->incidents[i].next) {
        double most = 0.0;
        for (int64_t n = event->incident_first; n < event->incident_last; n++)
            if (c->incidents[i].day < event->day && front_of_event(c, event, n, author))
                most = greater(most,
                               blame_of(c, i)[c->incidents[n].victim] * answer_of_event(c, event, n, author));
        c->incidents[i].level = discharged(c->incidents[i].level, 1.0, most);
    }
}

/* The event of this period that is the next to happen, by days and then as listed. */
static EventState *earliest_event(const Crisis *c)
{
    EventState *first = NULL;
    for (int64_t e = 0; e < c->n_events; e++) {
        EventState *event = &c->events[e];
        if (event->pending == 1 && event->day < c->clock->latest && (!first || event->day < first->day))
            first = event;
    }
    return first;
}

static void happen(const Crisis *c, const EventState *event)
{
    if (event->kind == SHOCK_EVENT) {
        ActorState *actor = &c->actors[event->actor];
        actor->weakness = 1.0 - (1.0 - actor->weakness) * (1.0 - event->severity);
        actor->weakness_half_life = event->duration;
        actor->weakness_kept = kept_share(c->clock->elapsed, event->duration);
    } else if (event->kind == MEDIATION_EVENT) {
        mediate(c, event);
    } else {
        c->clock->last_act = greater(c->clock->last_act, event->day);
        if (event->option >= 0) {
            reveal_by_event(c, event);
            alarm_by_event(c, event);
        }
        for (int64_t n = event->incident_first; n < event->incident_last; n++) {
            if (event->kind == PROVOCATION_EVENT)
                weigh_evidence(c, n);
            else
                blame_author(c, n, event->actor, event->strength);
        }
        if (event->kind == PROVOCATION_EVENT && c->rules->scheduled_answers)
            for (int64_t i = 0; i < c->n_actors; i++)
                settle_by_event(c, event, i);
        for (int64_t n = event->incident_first; n < event->incident_last; n++)
            injure(c, n, c->incidents[n].severity, event->day, event->key);
        if (event->kind == ACCIDENT_EVENT)
            excuse_or_war(c, event);
    }
}

static void await_incident(const Crisis *c, FrontState *front, double since)
{
    Pair u = uniform_pair(c->clock, INCIDENT_TIME, front->key, front->incident_count, 0);
    front->incident_next =
        since + waiting_time(front->incident_rate, front->excitation, front->incident_decay, u.first, u.second);
}

static void incidents_happen(const Crisis *c)
{
    int64_t first = c->n_incidents - c->n_fronts;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        if (!front->active || front->at_war)
            continue;
        for (int times = 0; times < MOST_INCIDENTS && front->incident_next < c->clock->latest; times++) {
            double at = front->incident_next;
            double left = excitation_after(front->excitation, front->incident_decay, at - front->incident_last);
            front->excitation = left + front->incident_excitation;
            front->incident_last = at;
            front->incident_count++;
            double u = uniform(c->clock, INCIDENT_SEVERITY, front->key, front->incident_count);
            double severity = quantile(c, &c->severities[front->incident_severity], u);
            int64_t n = first + f;
            if (severity > front->baseline && severity > c->incidents[n].level) {
                blame_author(c, n, front->actor, front->incident_blame);
                injure(c, n, severity, at, front->incident_count);
            }
            await_incident(c, front, at);
        }
    }
}

/* ------------------------------------------------------------------------------------------- beginning */

static void set_risks(const Crisis *c)
{
    const RulesState *rules = c->rules;
    double alert = exposure_hazard(rules->accident_hazard, rules->act_window), *known = c->risk_of;
    if (known[0] == alert && known[1] == rules->brinkmanship_scale && known[2] == rules->brinkmanship_slope)
        return; /* they stand there from an earlier run */
    known[0] = alert;
    known[1] = rules->brinkmanship_scale;
    known[2] = rules->brinkmanship_slope;
    for (int64_t o = 0; o < c->n_options; o++)
        for (int64_t k = 0; k < c->n_options; k++) {
            const Option *own = &c->options[o], *other = &c->options[k];
            double total = 0.0;
            if (own->role >= DISPLAY && other->role >= DISPLAY)
                total += alert;
            if (own->role >= FORCE && other->role >= FORCE)
                total +=
                    hazard(rules->brinkmanship_scale, rules->brinkmanship_slope, own->intensity, other->intensity);
            c->risk[o * c->columns_of_risk + k] = own->role == WAR || other->role == WAR ? 1.0 : probability(total);
        }
}

static void set_timeline(const Crisis *c)
{
    for (int64_t s = 0; s < c->n_signals; s++) {
        SignalState *signal = &c->signals[s];
        if (uniform(c->clock, OCCURRENCE, signal->occasion, 0) >= signal->probability)
            signal->status = NEVER_SAID;
        signal->leaks_at = INFINITY;
        if (signal->private)
            signal->leaks_at = greater(signal->day, c->clock->as_of) +
                               days_until_leak(signal->leak, uniform(c->clock, LEAK, signal->key, 0));
    }
    for (int64_t e = 0; e < c->n_events; e++) {
        EventState *event = &c->events[e];
        if (uniform(c->clock, OCCURRENCE, event->key, 0) >= event->probability)
            event->pending = 0;
        if (event->days > 0.0)
            event->day += event->days * uniform(c->clock, EVENT_DAY, event->key, 0);
    }
}

static void begin(const Crisis *c)
{
    set_kept(c, c->clock->length);
    set_risks(c);
    set_timeline(c);
    for (int64_t i = 0; i < c->n_actors; i++) {
        ActorState *actor = &c->actors[i];
        actor->pressure = actor->pressure_baseline;
        actor->resolute = uniform(c->clock, TYPE, actor->key, 0) < actor->resolve;
    }
    for (int64_t p = 0; p < c->n_pledges; p++)
        c->pledges[p].credence_prior = c->pledges[p].credence_protege;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        FrontState *front = &c->fronts[f];
        FrontState *back = back_of(c, front);
        front->fear_baseline = front->fear;
        front->reasons = f;
        if (c->rules->shared_reasons > 0.0) {
            double u = uniform(c->clock, SHARING, front->key, 0);
            if (u * u < c->rules->shared_reasons)
                front->reasons = c->n_fronts + front->target;
        }
        front->injury_weight = injury_weight(front->stake, c->rules->injury_stakes);
        if (front < back)
            front->war_odds = back->war_odds = stakes_odds(front->stake, back->stake, c->rules->brinkmanship_stakes);
        schedule_background(c, front);
        await_incident(c, front, greater(c->clock->as_of, 0.0));
    }
}

#endif
