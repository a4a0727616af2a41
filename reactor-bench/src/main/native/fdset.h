// SPDX-License-Identifier: Apache-2.0
// The fd-set load in C: pairs, an exchange of bytes, and the answers to requests. A loop brings watch, unwatch and serve.
// The load is the Java contenders' PairLoop; the answers have its names.
#pragma once
#include "bench.h"
#include <fcntl.h>
#include <sys/socket.h>

static int pairs, active, (*ends)[2];
static long events, to_read, to_write;
static long long began, took;

static void watch(void);
static void unwatch(void);
static void serve(void);

static inline void read_byte(int pair) {
    char one;
    if (read(ends[pair][0], &one, 1) != 1)
        die("read");
}

static inline void write_byte(int pair) {
    if (write(ends[pair][1], "e", 1) != 1)
        die("write");
}

static inline int after(int pair) {
    return pair + 1 == pairs ? 0 : pair + 1;
}

static inline void readable(int pair) {
    read_byte(pair);
    if (to_write > 0) {
        to_write--;
        write_byte(after(pair));
    }
    if (--to_read == 0)
        took = now_ns() - began;
}

static void exchange(void) {
    to_read = events;
    to_write = events - active;
    began = now_ns();
    for (int i = 0; i < active; i++)
        write_byte(i * (pairs / active));
    serve();
}

static double registration_ns(void) {
    int times = events / 3 > pairs ? events / 3 / pairs : 1;
    long long start = now_ns();
    for (int i = 0; i < times; i++) {
        watch();
        unwatch();
    }
    return (double)(now_ns() - start) / times / pairs;
}

static double own_io_ns(void) {
    int at[active];
    for (int i = 0; i < active; i++)
        write_byte(at[i] = i * (pairs / active));
    long long start = now_ns();
    for (long event = 0; event < events; event++) {
        int i = event % active;
        read_byte(at[i]);
        write_byte(at[i] = after(at[i]));
    }
    double ns = (double)(now_ns() - start) / events;
    for (int i = 0; i < active; i++)
        read_byte(at[i]);
    return ns;
}

static void open_pairs(int sockets) {
    ends = calloc(pairs, sizeof *ends);
    for (int i = 0; i < pairs; i++)
        if (sockets ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends[i])
                    : pipe2(ends[i], O_NONBLOCK | O_CLOEXEC))
            die("opening pairs");
}

static void close_pairs(void) {
    for (int i = 0; i < pairs; i++) {
        close(ends[i][0]);
        close(ends[i][1]);
    }
    free(ends);
}

static int answer_requests(void) {
    char kind[16];
    int warm_ms;
    while (scanf("%15s %d %d %ld %d", kind, &pairs, &active, &events, &warm_ms) == 5) {
        open_pairs(!strcmp(kind, "sockets"));
        watch();
        long long warm_end = now_ns() + warm_ms * 1000000LL;
        do
            exchange();
        while (now_ns() < warm_end);
        exchange();
        unwatch();
        double event = (double)took / events, registration = registration_ns(), io = own_io_ns();
        close_pairs();
        printf("event %f registration %f own_I/O %f\n", event, registration, io);
        fflush(stdout);
    }
    return 0;
}
