/* A crisis: pointers into one block of memory, and the questions that all steps ask of it.
 *
 * records.h is written by the driver from escalation/dynamics/state, so that a struct and its Python record
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

/* Address, rows and columns of each table, in the order of the fields of the Python `Crisis`, see records.h. */
static Crisis crisis_at(const int64_t *header)
{
    Crisis c;
#define AT(table) ((void *)header[3 * AT_##table])
#define ROWS(table) header[3 * AT_##table + 1]
#define COLUMNS(table) header[3 * AT_##table + 2]
    c.rules = AT(rules), c.clock = AT(clock), c.options = AT(options), c.crowding = AT(crowding);
    c.parameters = AT(parameters), c.severities = AT(severities), c.tables = AT(tables);
    c.actors = AT(actors), c.fronts = AT(fronts), c.pledges = AT(pledges), c.signals = AT(signals);
    c.events = AT(events), c.incidents = AT(incidents), c.hypotheses = AT(hypotheses), c.blame = AT(blame);
    c.risk = AT(risk), c.shocks = AT(shocks), c.value = AT(value);
    c.utility_resolute = AT(utility_resolute), c.utility_irresolute = AT(utility_irresolute);
    c.own_replies = AT(own_replies), c.other_replies = AT(other_replies);
    c.front_of = AT(front_of), c.crossed = AT(crossed);
    c.n_options = ROWS(options), c.n_parameters = ROWS(parameters), c.n_nodes = COLUMNS(tables);
    c.n_actors = ROWS(actors), c.n_fronts = ROWS(fronts), c.n_pledges = ROWS(pledges), c.n_signals = ROWS(signals);
    c.n_events = ROWS(events), c.n_incidents = ROWS(incidents), c.n_rungs = COLUMNS(crossed);
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

static double quantile(const Crisis *c, const QuantileState *q, double u)
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
