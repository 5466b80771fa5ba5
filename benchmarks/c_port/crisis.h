/* A crisis: pointers into one block of memory, and the questions that all steps ask of it.
 *
 * records.h is written by the driver from escalation/dynamics/state.py, so that a struct and its Python record
 * cannot fall out of step. */
#ifndef CRISIS_H
#define CRISIS_H

#include "mechanisms.h"
#include "records.h"

enum { CONCILIATION = -1, RESTRAINT, THREAT, DISPLAY, FORCE, MAJOR, WAR };
enum { THREAT_SIGNAL, VOW, WARNING, REASSURANCE, DENIAL, DISCLOSURE, DEMAND, APPEAL, REFUSAL, WITHDRAWAL, CONCESSION };
enum { PROVOCATION_EVENT, ACCIDENT_EVENT, SHOCK_EVENT, MEDIATION_EVENT };
enum { NEVER_SAID = 1, HEARD, PUBLIC };
enum { STANDING = 1, OVERDUE };
enum { BACKGROUND_CLOCK = 1, PROMPTED };
enum { BY_CHOICE = 1, BY_BRINKMANSHIP, BY_ACCIDENT, BY_COMMITMENT };

#define MOST_ACTS 128

typedef struct {
    RulesState *rules;
    Clock *clock;
    Option *options;
    double *crowding;
    ParameterState *parameters;
    QuantileState *severities;
    double *tables;
    ActorState *actors;
    FrontState *fronts;
    PledgeState *pledges;
    SignalState *signals;
    EventState *events;
    IncidentState *incidents;
    HypothesisState *hypotheses;
    double *blame, *risk, *shocks, *value, *utility_resolute, *utility_irresolute, *own_replies, *other_replies;
    int64_t *front_of, *crossed;
    int64_t n_options, n_parameters, n_nodes, n_actors, n_fronts, n_pledges, n_signals, n_events, n_incidents, n_rungs;
} Crisis;

/* Address, rows and columns of each table, in the order of the fields of the Python `Crisis`. */
static Crisis crisis_at(const int64_t *header)
{
    Crisis c;
    void *at[25];
    for (int table = 0; table < 25; table++)
        at[table] = (void *)header[3 * table];
#define ROWS(table) header[3 * (table) + 1]
#define COLUMNS(table) header[3 * (table) + 2]
    c.rules = at[0], c.clock = at[1], c.options = at[2], c.crowding = at[3], c.parameters = at[4];
    c.severities = at[5], c.tables = at[6], c.actors = at[7], c.fronts = at[8], c.pledges = at[9];
    c.signals = at[10], c.events = at[11], c.incidents = at[12], c.hypotheses = at[13], c.blame = at[14];
    c.risk = at[15], c.shocks = at[16], c.value = at[17], c.utility_resolute = at[18];
    c.utility_irresolute = at[19], c.own_replies = at[20], c.other_replies = at[21];
    c.front_of = at[22], c.crossed = at[23];
    c.n_options = ROWS(2), c.n_parameters = ROWS(4), c.n_nodes = COLUMNS(6), c.n_actors = ROWS(7);
    c.n_fronts = ROWS(8), c.n_pledges = ROWS(9), c.n_signals = ROWS(10), c.n_events = ROWS(11);
    c.n_incidents = ROWS(12), c.n_rungs = COLUMNS(23);
    return c;
}

static inline int64_t front_of(const Crisis *c, int64_t actor, int64_t target)
{
    return c->front_of[actor * c->n_actors + target];
}

static inline FrontState *back_of(const Crisis *c, const FrontState *front) { return &c->fronts[front->reverse]; }

static inline double *blame_of(const Crisis *c, int64_t n) { return &c->blame[n * c->n_actors]; }

static inline Pair draw_pair(const Crisis *c, enum purpose purpose, int64_t entity, int64_t index, int64_t part)
{
    const Clock *clock = c->clock;
    return uniform_pair(clock->seed_low, clock->seed_high, clock->run, purpose, entity, index, part);
}

static inline double draw(const Crisis *c, enum purpose purpose, int64_t entity, int64_t index)
{
    return draw_pair(c, purpose, entity, index, 0).first;
}

typedef struct {
    int64_t kind;
    double a, b, c, low, high, p_low, p_high;
    int64_t table;
} Quantile;

static double quantile(const Crisis *c, const Quantile *q, double u)
{
    double p = q->p_low + (q->p_high - q->p_low) * u, x;
    switch (q->kind) {
    case CONSTANT:
        x = q->a;
        break;
    case UNIFORM:
        x = q->low + (q->high - q->low) * u;
        break;
    case NORMAL:
        x = q->a + q->b * normal_quantile(p);
        break;
    case LOGNORMAL:
        x = q->a * bounded_exp(q->b * normal_quantile(p));
        break;
    case TRIANGULAR:
        x = triangular(q->low, q->a, q->high, u);
        break;
    case TABLE:
        x = tabulated(&c->tables[q->table * c->n_nodes], c->n_nodes, p);
        break;
    case METALOG:
        x = metalog(q->a, q->b, q->c, u);
        break;
    case METALOG_ABOVE:
        x = q->low + bounded_exp(metalog(q->a, q->b, q->c, u));
        break;
    case METALOG_BELOW:
        x = q->high - bounded_exp(-metalog(q->a, q->b, q->c, u));
        break;
    default:
        x = q->low + (q->high - q->low) * logistic(metalog(q->a, q->b, q->c, u));
    }
    if (x < q->low)
        return q->low;
    return x > q->high ? q->high : x;
}

/* Call for a decision on front `f`: the earliest stands, or the pending one unless the call is severe. */
static void prompt(const Crisis *c, int64_t f, double at, int64_t cause, bool severe)
{
    if (f < 0)
        return;
    FrontState *front = &c->fronts[f];
    if (!front->active || front->at_war)
        return;
    const ActorState *actor = &c->actors[front->actor];
    double known_quiet = c->clock->as_of - at;
    double u = draw(c, DELAY, front->key, cause);
    double delay = response_delay(actor->response_delay, actor->response_spread, known_quiet, c->rules->least_delay, u);
    double due = at + slowed(delay, actor->weakness);
    front->rested = 0;
    if (!c->rules->one_deliberation) {
        front->due = lesser(front->due, due);
        return;
    }
    if (front->due == INFINITY) {
        front->opened = at;
        front->hastened = INFINITY;
        front->due = due;
    } else if (at < front->opened) {
        front->opened = at;
        front->due = lesser(due, front->hastened);
    } else if (severe || at == front->opened)
        front->due = lesser(front->due, due);
    if (severe)
        front->hastened = lesser(front->hastened, due);
}

#endif
