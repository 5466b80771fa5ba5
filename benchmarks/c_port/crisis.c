/* The Monte Carlo loop in plain C, to compare the compiled engine with.
 *
 * The algorithm is that of escalation/dynamics and escalation/mechanisms as they read, function by function and in the
 * same order of operations, on the same block of memory; nothing is remembered from one decision to the next. Where
 * Python writes to a scratch table, C has a local array. Each header names the Python modules that it follows:
 *
 *     arithmetic.h    escalation/arithmetic
 *     mechanisms.h    escalation/mechanisms
 *     crisis.h        dynamics/{state,roles}, prompts of dynamics/prompting
 *     support.h       dynamics/{support,attribution}
 *     utility.h       dynamics/{acting,replies,utility}
 *     decision.h      dynamics/decision, preparation of dynamics/prompting
 *     consequences.h  dynamics/{commitments,consequences,conciliation,words,fading}
 *     world.h         dynamics/{signals,timeline,scheduled_acts,beginning}, belief in words of dynamics/words
 *     crisis.c        dynamics/{period,outcomes}, engines/entry
 */
#include <string.h>

#include "world.h"

static void count_fronts_in_force(const Crisis *c)
{
    for (int64_t i = 0; i < c->n_actors; i++)
        c->actors[i].fronts_in_force = 0;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        const FrontState *front = &c->fronts[f];
        double latest = greater(front->last_force, back_of(c, front)->last_force);
        if (front->at_war || c->clock->now - latest <= c->rules->act_window)
            c->actors[front->actor].fronts_in_force++;
    }
}

static bool all_agreed(const Crisis *c)
{
    bool agreed = false;
    for (int64_t f = 0; f < c->n_fronts; f++) {
        const FrontState *front = &c->fronts[f];
        if (front->active && !front->at_war && !front->agreed)
            return false;
        agreed = agreed || front->agreed;
    }
    return agreed;
}

static void note_settling(const Crisis *c)
{
    Clock *clock = c->clock;
    clock->ended = clock->period;
    if (clock->settled >= 0 || clock->escalated)
        return;
    bool quiet = clock->now - clock->last_act >= c->rules->settle_days;
    if (!quiet && !(c->rules->conciliation && all_agreed(c)))
        return;
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (c->fronts[f].vow_standing == STANDING || c->fronts[f].ultimatum != -1)
            return;
    clock->settled = clock->period;
}

static void play_period(const Crisis *c)
{
    Clock *clock = c->clock;
    clock->period++;
    clock->now = (double)clock->period * clock->length;
    clock->elapsed = clock->length;
    if (clock->now > clock->horizon - SLACK * clock->length) {
        clock->elapsed = clock->horizon - (double)(clock->period - 1) * clock->length;
        clock->now = clock->horizon;
        set_kept(c, clock->elapsed);
    }
    clock->latest = clock->now + 0.5 * clock->elapsed;
    if (c->rules->pledges_change)
        pledges_change(c);
    fade(c);
    for (EventState *event = earliest_event(c), *following; event; event = following) {
        event->pending = OF_THIS_DATE;
        happen(c, event);
        following = earliest_event(c);
        if (!following || following->day > event->day)
            date_ends(c);
    }
    incidents_happen(c);
    count_fronts_in_force(c);
    for (int64_t s = 0; s < c->n_signals; s++)
        signal_arrives(c, &c->signals[s]);
    find_deciding(c);
    for (int64_t f = 0; f < c->n_fronts; f++)
        if (c->fronts[f].deciding > 0)
            decide(c, f);
    acts_take_effect(c);
    conciliators_are_heard(c);
    acts_lead_to_war(c);
    accidents_happen(c);
    allies_go_to_war(c);
    ultimatums_are_carried_out(c);
    ultimatums_fall_due(c);
    vows_fall_due(c);
    note_settling(c);
}

/* Arrays that receive the outcomes of runs, as in dynamics/outcomes.py. */
typedef struct {
    int16_t *crossed;
    int8_t *war_cause;
    int16_t *agreed, *conceded, *joint, *joined, *kept, *broken, *vows_kept, *vows_broken, *settled, *ended;
    int32_t *signature;
} Outcomes;

static void note_outcomes(const Crisis *c, const Outcomes *outcomes, int64_t n)
{
    for (int64_t f = 0; f < c->n_fronts; f++) {
        outcomes->war_cause[n * c->n_fronts + f] = c->fronts[f].war_cause;
        outcomes->agreed[n * c->n_fronts + f] = c->fronts[f].agreed_period;
        outcomes->conceded[n * c->n_fronts + f] = c->fronts[f].conceded_period;
    }
    for (int64_t k = 0; k < c->n_pairs; k++)
        outcomes->joint[n * c->n_pairs + k] = c->pairs[k].joint_period;
    for (int64_t cell = 0; cell < c->n_fronts * c->columns_of_crossed; cell++)
        outcomes->crossed[n * c->n_fronts * c->columns_of_crossed + cell] = c->crossed[cell];
    for (int64_t p = 0; p < c->n_pledges; p++) {
        outcomes->joined[n * c->n_pledges + p] = c->pledges[p].joined_period;
        outcomes->kept[n * c->n_pledges + p] = c->pledges[p].kept;
        outcomes->broken[n * c->n_pledges + p] = c->pledges[p].broken;
    }
    for (int64_t i = 0; i < c->n_actors; i++) {
        outcomes->vows_kept[n * c->n_actors + i] = c->actors[i].vows_kept;
        outcomes->vows_broken[n * c->n_actors + i] = c->actors[i].vows_broken;
    }
    outcomes->settled[n] = c->clock->settled;
    outcomes->ended[n] = c->clock->ended;
    outcomes->signature[n] = c->clock->signature;
}

/* Play `count` runs from `first` on in one block of memory, each of which begins with the same first words. */
void run_block(double *block, const double *start, int64_t words, const int64_t *header, uint64_t seed, int64_t first,
               int64_t count, int64_t periods, const Outcomes *outcomes)
{
    const Crisis crisis = crisis_at(header), *c = &crisis;
    for (int64_t n = 0; n < count; n++) {
        memcpy(block, start, words * sizeof *block);
        c->clock->seed_low = seed & 0xFFFFFFFF;
        c->clock->seed_high = seed >> 32;
        c->clock->run = first + n;
        for (int64_t p = 0; p < c->n_parameters; p++) {
            const ParameterState *parameter = &c->parameters[p];
            double u = uniform(c->clock, PARAMETER, parameter->key, 0);
            block[parameter->address] = quantile(c, (const QuantileState *)parameter, u);
        }
        begin(c);
        while (!(c->rules->stop_when_settled && c->clock->settled >= 0) && c->clock->period < periods)
            play_period(c);
        note_outcomes(c, outcomes, n);
    }
}
