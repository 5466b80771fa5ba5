/* A crisis: pointers into one block of memory, and the questions that all steps ask of it.
 *
 * The struct itself is in records.h, which the driver writes from the Python sources. */
#ifndef CRISIS_H
#define CRISIS_H

#include "mechanisms.h"

#define MOST_ACTS 128

static inline int64_t front_of(const Crisis *c, int64_t actor, int64_t target)
{
    return c->front_of[actor * c->n_actors + target];
}

static inline FrontState *back_of(const Crisis *c, const FrontState *front) { return &c->fronts[front->reverse]; }

static inline double *blame_of(const Crisis *c, int64_t n) { return &c->blame[n * c->n_actors]; }

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
        x = tabulated(&c->tables[q->table * c->columns_of_tables], c->columns_of_tables, p);
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
    front->rested = 0;
    if (c->rules->one_deliberation && !severe && front->due < INFINITY && at > front->opened)
        return; /* the deliberation that is pending stands, whatever delay would be drawn */
    const ActorState *actor = &c->actors[front->actor];
    double known_quiet = c->clock->as_of - at;
    double u = uniform(c->clock, DELAY, front->key, cause);
    double delay = response_delay(actor->response_delay, actor->response_spread, known_quiet, c->rules->least_delay, u);
    double due = at + slowed(delay, actor->weakness);
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
