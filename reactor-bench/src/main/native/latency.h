// SPDX-License-Identifier: Apache-2.0
// Latencies, each kept to one part in 128: as many buckets for each power of two nanoseconds, up to a minute.
#pragma once
#include <stdint.h>

enum { STEPS = 128, BUCKETS = 30 * STEPS };
typedef uint32_t histogram[BUCKETS];

static inline void count_latency(histogram counts, uint64_t ns) {
    int shift = ns < STEPS ? -1 : 56 - __builtin_clzll(ns);
    int bucket = shift < 0 ? (int)ns : (shift + 1) * STEPS + (int)(ns >> shift) % STEPS;
    counts[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

/* The middle of a bucket. */
static inline double latency_us(int bucket) {
    int shift = bucket / STEPS - 1;
    return shift < 0 ? bucket / 1000. : (STEPS + bucket % STEPS + .5) * (1ull << shift) / 1000.;
}

static inline double quantile_us(const histogram counts, double quantile) {
    uint64_t total = 0;
    uint64_t seen = 0;

    for (int i = 0; i < BUCKETS; i++)
        total += counts[i];
    for (int i = 0; i < BUCKETS; i++)
        if ((seen += counts[i]) > total * quantile)
            return latency_us(i);
    return 0;
}
