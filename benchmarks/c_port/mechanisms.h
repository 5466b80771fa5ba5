/* Mechanisms: the functions of escalation/mechanisms that have a part in a run. */
#ifndef MECHANISMS_H
#define MECHANISMS_H

#include "arithmetic.h"

static inline double exposure_hazard(double hazard, double days) { return hazard * days; }

static inline double discounted(double likelihood, double other, double weight)
{
    return (1.0 - weight) * 0.5 * (likelihood + other) + weight * likelihood;
}

static inline double updated(double prior, double likelihood_if_true, double likelihood_if_false, double weight)
{
    double if_true = prior * discounted(likelihood_if_true, likelihood_if_false, weight);
    double if_false = (1.0 - prior) * discounted(likelihood_if_false, likelihood_if_true, weight);
    double total = if_true + if_false;
    return total <= 0.0 ? prior : if_true / total;
}

static inline double denied_weight(double probability, double if_guilty, double if_innocent, double weight, bool guilty)
{
    if (guilty)
        return probability * discounted(if_guilty, if_innocent, weight);
    return probability * discounted(if_innocent, if_guilty, weight);
}

static inline double covert_blame(double detection, int64_t suspects)
{
    return suspects == 0 ? 1.0 : detection / (detection + (double)suspects);
}

static inline double elapsed_share(double now, double made, double due)
{
    if (now >= due || due <= made)
        return 1.0;
    if (now <= made)
        return 0.0;
    return (now - made) / (due - made);
}

static inline double audience_cost(double cost, double publicity, double elapsed, double vowed, double intensity)
{
    return cost * publicity * elapsed * positive_part(vowed - intensity);
}

static inline double exchange_value(double stake, double revisionism, double own_gain, double other_gain)
{
    return stake * (revisionism * own_gain - other_gain);
}

static inline double war_value(double stake, double revisionism, double victory)
{
    return stake * (revisionism * victory - (1.0 - victory));
}

static inline double belligerence_cost(double cost, double pressure, double mediation, double intensity)
{
    return (cost * (1.0 - pressure) + mediation) * intensity;
}

static inline double felt_at_home(double intensity, double discount, bool limited)
{
    return limited ? (1.0 - discount) * intensity : intensity;
}

static inline double destruction_value(double price, double own, double other) { return -price * greater(own, other); }

static inline double forgiven(double level, double share, double blame) { return level * (1.0 - share * blame); }

static inline double concession_value(double stake, double revisionism, double concession)
{
    return -stake * (concession + revisionism * positive_part(concession));
}

static inline double joining_by_credence(double credence, double precision, double mean_cost, double cost,
                                         bool undeserved)
{
    double held = lesser(greater(credence, LEAST_CREDENCE), 1.0 - LEAST_CREDENCE);
    double shift = 0.5 * precision * (mean_cost - cost);
    if (undeserved)
        shift -= UNDESERVED;
    return logistic(bounded_log(held / (1.0 - held)) + shift);
}

static inline double doubted(double credence)
{
    double kept = credence * UNDESERVED_ODDS;
    return kept / (kept + (1.0 - credence));
}

static inline double hazard(double scale, double slope, double intensity, double other_intensity)
{
    return scale * bounded_exp(slope * STEPS * (intensity + other_intensity - ONSET));
}

static inline double probability(double total_hazard) { return 1.0 - bounded_exp(-total_hazard); }

static inline double injury_weight(double stake, double elasticity)
{
    return bounded_exp(elasticity * bounded_log(stake));
}

static inline double stakes_odds(double stake, double other_stake, double elasticity)
{
    return bounded_exp(0.5 * elasticity * (bounded_log(stake) + bounded_log(other_stake)));
}

static inline double risk_at_stake(double risk, double odds)
{
    double raised = odds * risk;
    return raised / (1.0 - risk + raised);
}

static inline double response_delay(double median, double spread, double not_before, double least, double u)
{
    double passed = 0.0;
    if (not_before > 0.0)
        passed = normal_cdf((bounded_log(not_before) - bounded_log(median)) / spread);
    double p = passed + (1.0 - passed) * u;
    if (p > MOST_CERTAIN)
        p = MOST_CERTAIN;
    double delay = median * bounded_exp(spread * normal_quantile(p));
    if (delay < not_before)
        delay = not_before;
    return delay < least ? least : delay;
}

static inline double background_gap(double tempo, double u)
{
    return (tempo < LEAST_GAP ? LEAST_GAP : tempo) * exponential(u);
}

static inline double credence_after(double credence, double weight, double kept)
{
    return (weight * credence + kept) / (weight + 1.0);
}

static inline double strength(double capability, int64_t fronts_in_force, double support)
{
    return capability / (double)fronts_in_force + support;
}

static inline double success(double own, double other, double exponent)
{
    if (own > 0.0 && other > 0.0 && exponent != 0.0)
        return logistic(exponent * bounded_log(own / other));
    double mine = power(own, exponent);
    double total = mine + power(other, exponent);
    return total <= 0.0 ? 0.5 : mine / total;
}

static inline double kept_share(double days, double half_life)
{
    return bounded_exp(-LN_2 * days / half_life);
}

static inline double relaxed(double value, double baseline, double share)
{
    return baseline + (value - baseline) * share;
}

static inline double pressed(double pressure, double gain, double intensity)
{
    double raised = pressure + (1.0 - pressure) * gain * intensity;
    return raised > 1.0 ? 1.0 : raised;
}

static inline double likelihood_if_true(double strength_of_signal)
{
    return strength_of_signal / (1.0 + strength_of_signal);
}

static inline double likelihood_if_false(double strength_of_signal) { return 1.0 / (1.0 + strength_of_signal); }

static inline double alarmed(double fear, double strength_of_signal, double security_motive)
{
    double attacker = likelihood_if_true(strength_of_signal);
    double unafraid = likelihood_if_false(strength_of_signal);
    double defender = security_motive * attacker + (1.0 - security_motive) * unafraid;
    return updated(fear, attacker, defender, 1.0);
}

static inline double reassured(double fear, double strength_of_signal, double weight)
{
    return updated(fear, likelihood_if_false(strength_of_signal), likelihood_if_true(strength_of_signal), weight);
}

static inline double feared_reply(double likely, double fear, bool is_attack)
{
    return is_attack ? (1.0 - fear) * likely + fear : (1.0 - fear) * likely;
}

static inline double after_broken_word(double honesty, double loss) { return honesty * (1.0 - loss); }

static inline double excitation_after(double excitation, double decay, double days)
{
    return excitation * bounded_exp(-decay * days);
}

static inline double waiting_time(double rate, double excitation, double decay, double u_background, double u_excited)
{
    double wait = INFINITY;
    if (rate > 0.0)
        wait = exponential(u_background) / rate;
    if (excitation > 0.0) {
        double left = 1.0 - decay * exponential(u_excited) / excitation;
        if (left > 0.0) {
            double excited = -bounded_log(left) / decay;
            if (excited < wait)
                wait = excited;
        }
    }
    return wait;
}

static inline double exposure(double covert_discount, double publicity)
{
    return 1.0 - covert_discount * (1.0 - publicity);
}

static inline double unanswered(double blame, double exposed, double level, double intensity)
{
    return blame * exposed * positive_part(level - intensity);
}

static inline double discharged(double level, double blame, double intensity)
{
    return positive_part(level - blame * intensity);
}

static inline double retaliation_cost(double honour, double pressure_weight, double pressure, double injury)
{
    return (honour + pressure_weight * pressure) * injury;
}

static inline double shaken(double capability, double weakness) { return capability * (1.0 - weakness); }

static inline double slowed(double days, double weakness)
{
    double left = 1.0 - weakness;
    return days / (left < 0.01 ? 0.01 : left);
}

static inline double days_until_leak(double hazard_a_day, double u)
{
    return hazard_a_day <= 0.0 ? INFINITY : exponential(u) / hazard_a_day;
}

static inline double shock_correlation(double days, double mean_persistence)
{
    return bounded_exp(-days / mean_persistence);
}

static inline double information_weight(double correlation) { return sqrt(1.0 - correlation); }

static inline double mixed_utility(double control, double own, double principal)
{
    return (1.0 - control) * own + control * principal;
}

/* P(act) proportional to exp(precision * utility - crowding). */
static inline void logit_choice(int64_t acts, double precision, const double *utilities, const double *crowding,
                                double *probabilities)
{
    double best = precision * utilities[0] - crowding[0];
    for (int64_t act = 1; act < acts; act++) {
        double score = precision * utilities[act] - crowding[act];
        if (score > best)
            best = score;
    }
    double total = 0.0;
    for (int64_t act = 0; act < acts; act++) {
        probabilities[act] = bounded_exp(precision * utilities[act] - crowding[act] - best);
        total += probabilities[act];
    }
    for (int64_t act = 0; act < acts; act++)
        probabilities[act] = probabilities[act] / total;
}

#endif
