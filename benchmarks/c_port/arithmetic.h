/* Arithmetic: escalation/arithmetic/{draws,elementary,keys}.py.
 *
 * The same operations in the same order, so the same bits: compile without fused multiply-add. */
#ifndef ARITHMETIC_H
#define ARITHMETIC_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "records.h"

static inline double greater(double a, double b) { return b > a ? b : a; }
static inline double lesser(double a, double b) { return b < a ? b : a; }
static inline double positive_part(double x) { return x > 0.0 ? x : 0.0; }

/* The bits of a number, and back: to scale by powers of 2, and to take them out. */
static inline int64_t bits_of(double x)
{
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double of_bits(int64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x * 2^n for whole n: the lowest bits of n + TO_WHOLE are n. */
static inline double scaled(double x, double n)
{
    return of_bits(bits_of(x) + (int64_t)((uint64_t)bits_of(n + TO_WHOLE) << 52));
}

static inline double bounded_exp(double x)
{
    x = lesser(greater(x, -LARGEST_EXPONENT), LARGEST_EXPONENT);
    double n = (x * PER_LN_2 + TO_WHOLE) - TO_WHOLE;
    double r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    double s = r * r, fourth = s * s;
    double low = (0.16666666666666685 + r * 0.041666666666602854) + s * (0.008333333333313991 + r * 0.0013888888927242149);
    double high = (0.00019841269904764393 + r * 2.4801508128670622e-05)
                  + s * (2.755722621305094e-06 + r * 2.7625403730094984e-07);
    double tail = low + fourth * (high + fourth * 2.5115052849588638e-08);
    return scaled(1.0 + (r + s * (0.5 + r * tail)), n);
}

static inline double bounded_log(double x)
{
    x = lesser(greater(x, SMALLEST), LARGEST);
    double n = (double)((bits_of(x) >> 52) - 1023);
    double m = scaled(x, -n);
    if (m >= ROOT_TWO) {
        n += 1.0;
        m *= 0.5;
    }
    double f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
    double odd = 0.6666666666666734 + w * (0.28571428742520627 + w * (0.1818356522877914 + w * 0.14796221720448133));
    double even = 0.3999999999941418 + w * (0.22222198557564696 + w * 0.15314025336462023);
    double rest = z * (odd + z * even), half_square = 0.5 * (f * f);
    return n * LN_2_HIGH - ((half_square - (s * (half_square + rest) + n * LN_2_LOW)) - f);
}

static inline double power(double base, double exponent)
{
    if (exponent == 0.0)
        return 1.0;
    if (base <= 0.0)
        return 0.0;
    return bounded_exp(exponent * bounded_log(base));
}

static inline double logistic(double x) { return 1.0 / (1.0 + bounded_exp(-x)); }

/* ---------------------------------------------------------------- Philox 4x32-10, and draws keyed by it */

typedef struct { double first, second; } Pair;

static inline Pair uniform_pair(const Clock *key, int64_t purpose, uint64_t entity, uint64_t index, uint64_t part)
{
    const uint64_t word = 0xFFFFFFFF, run = key->run;
    uint32_t c0 = run & word, c1 = (uint64_t)purpose << 24 | part << 8 | run >> 32, c2 = entity, c3 = index;
    uint32_t k0 = key->seed_low, k1 = key->seed_high;
    for (int round = 0; round < 10; round++) {
        uint64_t product_0 = (uint64_t)0xD2511F53 * c0;
        uint64_t product_1 = (uint64_t)0xCD9E8D57 * c2;
        c0 = (uint32_t)(product_1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product_1;
        c2 = (uint32_t)(product_0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product_0;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    uint64_t a = (uint64_t)c0 << 20 | c1 >> 12, b = (uint64_t)c2 << 20 | c3 >> 12;
    return (Pair){((double)(int64_t)a + 0.5) * UNIT, ((double)(int64_t)b + 0.5) * UNIT};
}

static inline double uniform(const Clock *key, int64_t purpose, uint64_t entity, uint64_t index)
{
    return uniform_pair(key, purpose, entity, index, 0).first;
}

static inline double exponential(double u) { return -bounded_log(u); }
static inline double gumbel(double u) { return -bounded_log(-bounded_log(u)); }
static inline int64_t ticks(double day) { return (int64_t)(day * MINUTES_PER_DAY + 0.5); }

/* ------------------------------------------------------------------------------------- distributions */

static inline double normal_cdf(double x) { return 0.5 * erfc(-x / sqrt(2.0)); }

static double polynomial(const double coefficients[8], double r)
{
    double sum = coefficients[0];
    for (int n = 1; n < 8; n++)
        sum = sum * r + coefficients[n];
    return sum;
}

/* Algorithm AS 241 (Wichura 1988): coefficients from the highest power down. */
static double normal_quantile(double p)
{
    static const double central[2][8] = {
        {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
         13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608},
        {5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
         5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0}};
    static const double middle[2][8] = {
        {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
         3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734},
        {1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
         0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0}};
    static const double far[2][8] = {
        {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
         0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772},
        {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
         0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0}};
    double q = p - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        double r = 0.180625 - q * q;
        return q * (polynomial(central[0], r) / polynomial(central[1], r));
    }
    double r = sqrt(-bounded_log(q < 0.0 ? p : 1.0 - p));
    const double(*tail)[8] = r <= 5.0 ? middle : far;
    double shifted = r <= 5.0 ? r - 1.6 : r - 5.0;
    double x = polynomial(tail[0], shifted) / polynomial(tail[1], shifted);
    return q < 0.0 ? -x : x;
}

static double triangular(double low, double mode, double high, double p)
{
    double width = high - low;
    if (p < (mode - low) / width)
        return low + sqrt(p * width * (mode - low));
    return high - sqrt((1.0 - p) * width * (high - mode));
}

static double tabulated(const double *table, int64_t nodes, double p)
{
    int64_t cells = nodes - 1;
    double place = p * (double)cells;
    int64_t cell = (int64_t)place;
    if (cell >= cells)
        cell = cells - 1;
    double share = place - (double)cell;
    return table[cell] * (1.0 - share) + table[cell + 1] * share;
}

static double metalog(double location, double scale, double skew, double p)
{
    double logit = bounded_log(p) - bounded_log(1.0 - p);
    return location + scale * logit + skew * (p - 0.5) * logit;
}

#endif
