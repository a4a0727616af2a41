// SPDX-License-Identifier: Apache-2.0
/*
 * The reference that every echo server is paired with: one thread, level-triggered epoll, one read and one write for
 * each event. A connection with something left to write is not read from until that is gone.
 *
 *     echo_server
 *
 * Listens on a free port of the loopback, says `listening: 127.0.0.1:PORT`, and ends when its standard input does.
 */
#include "bench.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum { BATCH = 256, BACKLOG = 1024, BUFFER = 65536 };

/* What a connection could not write yet: the bytes from `from` up to `to`. */
struct rest {
    char *bytes;
    int from;
    int to;
};

static int epoll;
static struct rest *rests; /* by descriptor */
static char buffer[BUFFER];

static void interest(int operation, int fd, unsigned events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    epoll_ctl(epoll, operation, fd, &event);
}

static int listening_socket(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) || listen(fd, BACKLOG)
        || getsockname(fd, (struct sockaddr *)&address, &length))
        die("listen");
    printf("listening: 127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void accept_all(int listener) {
    int one = 1;
    int fd;

    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        interest(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
}

static void end(int fd) {
    free(rests[fd].bytes);
    memset(&rests[fd], 0, sizeof rests[fd]);
    close(fd);
}

static void write_rest(int fd) {
    struct rest *rest = &rests[fd];
    int written = write(fd, rest->bytes + rest->from, rest->to - rest->from);

    if (written < 0 && errno != EAGAIN) {
        end(fd);
        return;
    }
    rest->from += written > 0 ? written : 0;
    if (rest->from == rest->to) {
        free(rest->bytes);
        memset(rest, 0, sizeof *rest);
        interest(EPOLL_CTL_MOD, fd, EPOLLIN);
    }
}

static void echo(int fd) {
    int got = read(fd, buffer, sizeof buffer);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            end(fd);
        return;
    }

    int written = write(fd, buffer, got);
    if (written == got)
        return;
    if (written < 0 && errno != EAGAIN) {
        end(fd);
        return;
    }
    struct rest *rest = &rests[fd];
    rest->to = got - (written > 0 ? written : 0);
    rest->bytes = malloc(rest->to);
    memcpy(rest->bytes, buffer + got - rest->to, rest->to);
    interest(EPOLL_CTL_MOD, fd, EPOLLOUT);
}

int main(void) {
    struct epoll_event events[BATCH];

    signal(SIGPIPE, SIG_IGN);
    rests = calloc(raise_file_limit(), sizeof *rests);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    int listener = listening_socket();
    interest(EPOLL_CTL_ADD, listener, EPOLLIN);
    interest(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN); /* epoll refuses a file: then there is no end to wait for */

    for (;;) {
        int count = epoll_wait(epoll, events, BATCH, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener)
                accept_all(listener);
            else if (fd == STDIN_FILENO && read(fd, buffer, sizeof buffer) <= 0)
                return 0;
            else if (fd != STDIN_FILENO && rests[fd].bytes)
                write_rest(fd);
            else if (fd != STDIN_FILENO)
                echo(fd);
        }
    }
}
