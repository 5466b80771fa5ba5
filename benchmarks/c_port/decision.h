/* Decisions: escalation/dynamics/{decision,prompting}.py. */
#ifndef DECISION_H
#define DECISION_H

#include "utility.h"

static void schedule_background(const Crisis *c, FrontState *front)
{
    const ActorState *actor = &c->actors[front->actor];
    double u = uniform(c->clock, BACKGROUND, front->key, front->background_count);
    front->background += slowed(background_gap(actor->tempo, u), actor->weakness);
    front->background_count++;
}

static void renew_shocks(const Crisis *c, int64_t f)
{
    FrontState *front = &c->fronts[f];
    ReasonsState *reasons = &c->reasons[front->reasons];
    double now = c->clock->now;
    double *shocks = &c->shocks[front->reasons * c->n_options];
    if (reasons->next > now)
        return;
    while (reasons->next <= now) {
        reasons->epoch++;
        double u = uniform(c->clock, SHOCK_TIME, reasons->key, reasons->epoch);
        reasons->next += background_gap(c->rules->shock_persistence, u);
    }
    for (int64_t pair = 0; 2 * pair < c->n_options; pair++) {
        Pair drawn = uniform_pair(c->clock, SHOCK, reasons->key, reasons->epoch, pair);
        shocks[2 * pair] = gumbel(drawn.first);
        if (2 * pair + 1 < c->n_options)
            shocks[2 * pair + 1] = gumbel(drawn.second);
    }
}

static bool account_open(const Crisis *c, const FrontState *front)
{
    if (front->vow_standing > 0 || front->revisionism >= REVISIONIST)
        return true;
    return open_injury(c, front) >= c->rules->half_rung;
}

static int64_t falls_due(const Crisis *c, FrontState *front)
{
    const Clock *clock = c->clock;
    bool ticked = false;
    while (front->background < clock->latest) {
        schedule_background(c, front);
        ticked = true;
    }
    if (!front->active || front->at_war || clock->now < clock->first_choice)
        return 0;
    bool vow_due = front->vow_standing == STANDING && front->vow_due < clock->latest;
    if (front->due < clock->latest || vow_due)
        return PROMPTED;
    if (ticked && !front->rested && !front->prepared && account_open(c, front))
        return BACKGROUND_CLOCK;
    return 0;
}

/* A principal's proxies decide with it. */
static void join_principal(const Crisis *c, const FrontState *front)
{
    for (int64_t i = 0; i < c->n_actors; i++) {
        if (c->actors[i].principal != front->actor)
            continue;
        int64_t g = front_of(c, i, front->target);
        if (g >= 0 && c->fronts[g].active && !c->fronts[g].at_war)
            c->fronts[g].deciding = PROMPTED;
    }
}

static void find_deciding(const Crisis *c)
{
    for (int64_t f = 0; f < c->n_fronts; f++) {
        c->fronts[f].chosen = -1;
        c->fronts[f].deciding = falls_due(c, &c->fronts[f]);
    }
    for (int64_t f = 0; f < c->n_fronts; f++) {
        const FrontState *front = &c->fronts[f];
        bool own_decision = front->deciding > 0 && c->actors[front->actor].principal < 0;
        if (own_decision && open_injury(c, front) >= c->rules->half_rung)
            join_principal(c, front);
    }
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (c->fronts[f].deciding == PROMPTED) {
            c->fronts[f].due = INFINITY;
            c->fronts[f].rested = 0;
        }
}

/* Front of a proxy's principal to the same target; NULL where no principal has a say. */
static const FrontState *principal_front(const Crisis *c, const FrontState *front)
{
    const ActorState *actor = &c->actors[front->actor];
    if (actor->principal < 0 || actor->control <= 0.0)
        return NULL;
    int64_t p = front_of(c, actor->principal, front->target);
    return p < 0 || !c->fronts[p].active ? NULL : &c->fronts[p];
}

static void heed_principal(const Crisis *c, const FrontState *front, double *resolute, double *irresolute)
{
    const FrontState *principal = principal_front(c, front);
    if (!principal)
        return;
    double if_resolute[MOST_ACTS], if_irresolute[MOST_ACTS];
    expected_utilities(c, principal, if_resolute, if_irresolute);
    const double *theirs = c->actors[principal->actor].resolute ? if_resolute : if_irresolute;
    double control = c->actors[front->actor].control;
    for (int64_t o = 0; o < c->n_options; o++) {
        if (!available(c, front, o))
            continue;
        /* what is below a principal's ongoing hostilities changes nothing for it */
        double worth = available(c, principal, o) ? theirs[o] : theirs[0];
        resolute[o] = mixed_utility(control, resolute[o], worth);
        irresolute[o] = mixed_utility(control, irresolute[o], worth);
    }
}

static void weigh(const Crisis *c, int64_t f)
{
    const FrontState *front = &c->fronts[f];
    const int64_t row = f * c->n_options;
    double *resolute = &c->utility_resolute[row], *irresolute = &c->utility_irresolute[row];
    expected_utilities(c, front, resolute, irresolute);
    heed_principal(c, front, resolute, irresolute);
    const double *own = c->actors[front->actor].resolute ? resolute : irresolute;
    for (int64_t o = 0; o < c->n_options; o++)
        c->value[row + o] = own[o];
    renew_shocks(c, f);
}

static int64_t prefer(const Crisis *c, int64_t f)
{
    double precision = c->actors[c->fronts[f].actor].precision;
    const double *value = &c->value[f * c->n_options], *shocks = &c->shocks[c->fronts[f].reasons * c->n_options];
    int64_t best = 0;
    double most = precision * value[0] - c->crowding[0] + shocks[0];
    for (int64_t o = 1; o < c->n_options; o++) {
        double score = precision * value[o] - c->crowding[o] + shocks[o];
        if (score > most && available(c, &c->fronts[f], o)) {
            most = score;
            best = o;
        }
    }
    return best;
}

/* Whether force can be used at once. */
static bool ready(const Crisis *c, const FrontState *front)
{
    if (front->prepared || front->used_force || c->fronts[front->reverse].used_force || front->baseline > 0.0)
        return true;
    return front->vow_standing == STANDING && front->vow_due < c->clock->latest;
}

/* Whether the preferred act has to be prepared first; if so, put its decision off. */
static bool prepare(const Crisis *c, FrontState *front, int64_t o)
{
    double ratio = c->rules->force_preparation;
    const Clock *clock = c->clock;
    if (ratio != 1.0 && c->options[o].role >= FORCE && !ready(c, front)) {
        const ActorState *actor = &c->actors[front->actor];
        double since = slowed(actor->response_delay, actor->weakness);
        if (front->deciding == PROMPTED && c->rules->one_deliberation)
            since = clock->now - greater(front->opened, clock->as_of);
        double until = clock->now + (ratio - 1.0) * since;
        if (until >= clock->latest) {
            front->prepared = 1;
            front->deciding = 0;
            front->due = until;
            front->hastened = INFINITY;
            return true;
        }
    }
    front->prepared = 0;
    return false;
}

static void decide(const Crisis *c, int64_t f)
{
    FrontState *front = &c->fronts[f];
    weigh(c, f);
    int64_t preferred = prefer(c, f);
    if (prepare(c, front, preferred))
        return;
    front->chosen = preferred;
}

#endif
