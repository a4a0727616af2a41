// SPDX-License-Identifier: Apache-2.0
// The fd-set load on libevent, with a persistent event for each pair.
#include "fdset.h"
#include <event2/event.h>

static struct event_base *base;
static struct event **watched;

static void on_readable(evutil_socket_t fd, short what, void *pair) {
    (void)fd;
    (void)what;
    readable((int)(long)pair);
}

static void watch(void) {
    watched = calloc(pairs, sizeof *watched);
    for (int i = 0; i < pairs; i++) {
        watched[i] = event_new(base, ends[i][0], EV_READ | EV_PERSIST, on_readable, (void *)(long)i);
        if (event_add(watched[i], NULL))
            die("event_add");
    }
}

static void unwatch(void) {
    for (int i = 0; i < pairs; i++)
        event_free(watched[i]);
    free(watched);
}

static void serve(void) {
    while (to_read > 0)
        event_base_loop(base, EVLOOP_ONCE);
}

int main(void) {
    base = event_base_new();
    return answer_requests();
}
