// SPDX-License-Identifier: Apache-2.0
// The fd-set load on raw epoll or poll: fdset epoll|poll
#include "fdset.h"
#include <poll.h>
#include <sys/epoll.h>

enum { CAPACITY = 256 };
static int set = -1;
static struct pollfd *polled;

static void watch(void) {
    if (set < 0) {
        polled = calloc(pairs, sizeof *polled);
        for (int i = 0; i < pairs; i++)
            polled[i] = (struct pollfd){.fd = ends[i][0], .events = POLLIN};
        return;
    }
    for (int i = 0; i < pairs; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = i};
        if (epoll_ctl(set, EPOLL_CTL_ADD, ends[i][0], &event))
            die("epoll_ctl");
    }
}

static void unwatch(void) {
    if (set < 0) {
        free(polled);
        return;
    }
    for (int i = 0; i < pairs; i++)
        if (epoll_ctl(set, EPOLL_CTL_DEL, ends[i][0], NULL))
            die("epoll_ctl");
}

static void serve_epoll(void) {
    struct epoll_event ready[CAPACITY];
    while (to_read > 0) {
        int count = epoll_wait(set, ready, CAPACITY, -1);
        if (count < 0)
            die("epoll_wait");
        for (int i = 0; i < count; i++)
            readable(ready[i].data.u64);
    }
}

static void serve_poll(void) {
    while (to_read > 0) {
        int count = poll(polled, pairs, -1);
        if (count < 0)
            die("poll");
        for (int i = 0; count > 0; i++)
            if (polled[i].revents) {
                count--;
                readable(i);
            }
    }
}

static void serve(void) {
    if (set < 0)
        serve_poll();
    else
        serve_epoll();
}

int main(int count, char **arguments) {
    if (count == 2 && !strcmp(arguments[1], "epoll"))
        set = epoll_create1(EPOLL_CLOEXEC);
    return answer_requests();
}
