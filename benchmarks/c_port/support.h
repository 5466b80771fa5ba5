/* Support and blame: escalation/dynamics/{support,attribution}.py. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "crisis.h"

static inline double capability_of(const Crisis *c, int64_t i)
{
    return shaken(c->actors[i].capability, c->actors[i].weakness);
}

static int64_t fronts_of_force(const Crisis *c, const FrontState *front)
{
    int64_t count = c->actors[front->actor].fronts_in_force;
    double latest = greater(front->last_force, back_of(c, front)->last_force);
    if (front->at_war || c->clock->now - latest <= c->rules->act_window)
        return count > 1 ? count : 1;
    return count + 1;
}

static double believed_credence(const PledgeState *pledge, int64_t observer)
{
    if (pledge->joined)
        return 1.0;
    if (!pledge->in_force)
        return 0.0;
    if (observer == pledge->adversary)
        return pledge->known ? pledge->credence_adversary : 0.0;
    return pledge->credence_protege;
}

static double credence_where(const Crisis *c, const PledgeState *pledge, int64_t observer, bool undeserved)
{
    if (pledge->joined || !pledge->conditional || !undeserved)
        return believed_credence(pledge, observer);
    return c->rules->joins_by_credence ? doubted(believed_credence(pledge, observer)) : 0.0;
}

static double expected_support(const Crisis *c, const FrontState *front, int64_t observer, bool unprovoked)
{
    double total = 0.0;
    for (int64_t p = front->support_first; p < front->support_last; p++) {
        const PledgeState *pledge = &c->pledges[p];
        double credence = credence_where(c, pledge, observer, unprovoked || front->struck_first);
        if (credence > 0.0)
            total += credence * capability_of(c, pledge->patron);
    }
    return total;
}

static double success_of(const Crisis *c, const FrontState *front, double own_support, double other_support)
{
    const FrontState *back = back_of(c, front);
    double own = strength(capability_of(c, front->actor), fronts_of_force(c, front), own_support);
    double other = strength(capability_of(c, front->target), fronts_of_force(c, back), other_support);
    return success(own, other, c->rules->contest_exponent);
}

static double expected_victory(const Crisis *c, const FrontState *front, bool own_first, bool other_first)
{
    double own = expected_support(c, front, front->actor, own_first);
    double other = expected_support(c, back_of(c, front), front->actor, other_first);
    return success_of(c, front, own, other);
}

static double joined_support(const Crisis *c, const FrontState *front, double extra)
{
    double total = extra;
    for (int64_t p = front->support_first; p < front->support_last; p++)
        if (c->pledges[p].joined)
            total += capability_of(c, c->pledges[p].patron);
    return total;
}

static double actual_victory(const Crisis *c, const FrontState *front, double extra)
{
    return success_of(c, front, joined_support(c, front, extra), joined_support(c, back_of(c, front), 0.0));
}

/* ----------------------------------------------------------------------------------------------- blame */

static void normalise(const Crisis *c, int64_t n)
{
    const IncidentState *incident = &c->incidents[n];
    double *blame = blame_of(c, n);
    double total = 0.0;
    for (int64_t h = incident->first; h < incident->last; h++)
        total += c->hypotheses[h].probability;
    if (total <= 0.0)
        return;
    for (int64_t j = 0; j < c->n_actors; j++)
        blame[j] = 0.0;
    for (int64_t h = incident->first; h < incident->last; h++) {
        HypothesisState *hypothesis = &c->hypotheses[h];
        hypothesis->probability = hypothesis->probability / total;
        for (int64_t j = 0; j < c->n_actors; j++)
            if (hypothesis->members >> j & 1)
                blame[j] += hypothesis->probability;
    }
}

static void weigh_evidence(const Crisis *c, int64_t n)
{
    for (int64_t h = c->incidents[n].first; h < c->incidents[n].last; h++)
        c->hypotheses[h].probability = c->hypotheses[h].prior * c->hypotheses[h].likelihood;
    normalise(c, n);
}

static void deny(const Crisis *c, int64_t n, int64_t denier, double if_guilty, double if_innocent, double weight)
{
    for (int64_t h = c->incidents[n].first; h < c->incidents[n].last; h++) {
        HypothesisState *hypothesis = &c->hypotheses[h];
        bool guilty = hypothesis->members >> denier & 1;
        hypothesis->probability = denied_weight(hypothesis->probability, if_guilty, if_innocent, weight, guilty);
    }
    normalise(c, n);
}

static void blame_author(const Crisis *c, int64_t n, int64_t author, double blame)
{
    for (int64_t j = 0; j < c->n_actors; j++)
        blame_of(c, n)[j] = 0.0;
    blame_of(c, n)[author] = blame;
}

static bool faces(const Crisis *c, int64_t j, int64_t target)
{
    int64_t f = front_of(c, j, target);
    return f >= 0 && c->fronts[f].active;
}

static int64_t suspects_of(const Crisis *c, int64_t victim)
{
    int64_t suspects = 0;
    for (int64_t j = 0; j < c->n_actors; j++)
        suspects += faces(c, j, victim);
    return suspects;
}

static void blame_covertly(const Crisis *c, int64_t n, int64_t author, int64_t victim)
{
    double detection = c->rules->covert_detection;
    int64_t suspects = suspects_of(c, victim);
    for (int64_t j = 0; j < c->n_actors; j++)
        blame_of(c, n)[j] = faces(c, j, victim) ? 1.0 / (detection + (double)suspects) : 0.0;
    blame_of(c, n)[author] = covert_blame(detection, suspects);
}

static double hostility(const Crisis *c, const FrontState *front)
{
    return greater(front->baseline, back_of(c, front)->baseline);
}

/* Set the level of an incident, and list it among those that its victim has not answered. */
static void suffer(const Crisis *c, int64_t n, double level, double at)
{
    IncidentState *incident = &c->incidents[n];
    incident->level = level;
    incident->day = at;
    if (incident->open)
        return;
    incident->open = 1;
    incident->next = c->actors[incident->victim].open_incident;
    c->actors[incident->victim].open_incident = n;
}

static void forgive(const Crisis *c, FrontState *front, double share)
{
    front->injury = forgiven(front->injury, share, 1.0);
    for (int64_t n = c->actors[front->actor].open_incident; n >= 0; n = c->incidents[n].next)
        c->incidents[n].level = forgiven(c->incidents[n].level, share, blame_of(c, n)[front->target]);
}

/* Level at which an act on a front injures its target. */
static double injury_done(const Crisis *c, const FrontState *front, double intensity)
{
    return c->rules->act_injury * intensity + (1.0 - c->rules->act_injury) * hostility(c, front);
}

/* Share of the target's injury that a conciliatory act makes good. */
static inline double amends(const Crisis *c, const FrontState *front)
{
    return front->demand_direct && c->clock->now <= front->demand_until ? 1.0 : c->rules->amends;
}

/* Intensity with which an act answers an injury. */
static inline double credited(const Crisis *c, const Option *option)
{
    if (option->role == THREAT)
        return c->rules->threat_relief * option->intensity;
    if (c->rules->covert_credit)
        return option->intensity * exposure(c->rules->covert_discount, option->publicity);
    return option->intensity;
}

/* Injury that each act on a front would leave unanswered. */
static void injuries(const Crisis *c, const FrontState *front, double *answers)
{
    double floor = hostility(c, front);
    for (int64_t o = 0; o < c->n_options; o++)
        answers[o] = unanswered(1.0, 1.0, front->injury, greater(credited(c, &c->options[o]), floor));
    for (int64_t n = c->actors[front->actor].open_incident; n >= 0; n = c->incidents[n].next) {
        const IncidentState *incident = &c->incidents[n];
        double blame = blame_of(c, n)[front->target];
        if (incident->level <= 0.0 || blame <= 0.0)
            continue;
        double exposed = exposure(c->rules->covert_discount, incident->publicity);
        for (int64_t o = 0; o < c->n_options; o++) {
            double left = unanswered(blame, exposed, incident->level, greater(credited(c, &c->options[o]), floor));
            if (left > answers[o])
                answers[o] = left;
        }
    }
}

/* Injury on a front that restraint would leave unanswered. */
static double open_injury(const Crisis *c, const FrontState *front)
{
    double floor = hostility(c, front);
    double most = unanswered(1.0, 1.0, front->injury, floor);
    for (int64_t n = c->actors[front->actor].open_incident; n >= 0; n = c->incidents[n].next) {
        const IncidentState *incident = &c->incidents[n];
        if (incident->level <= 0.0)
            continue;
        double exposed = exposure(c->rules->covert_discount, incident->publicity);
        double left = unanswered(blame_of(c, n)[front->target], exposed, incident->level, floor);
        if (left > most)
            most = left;
    }
    return most;
}

#endif
