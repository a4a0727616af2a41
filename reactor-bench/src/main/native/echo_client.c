// SPDX-License-Identifier: Apache-2.0
/*
 * Measures echo servers by TCP ping-pong: each connection has one message on its way, and sends the next when that is
 * back whole.
 *
 *     echo_client pair PORT PID PORT PID CONNECTIONS BYTES WARM_SECONDS MAX_SECONDS PAIRS
 *
 * compares two servers, the reference and then the candidate, which share a core. One is driven for 50 ms, then the
 * other, and so on: what disturbs the machine for longer disturbs both, and the ratio of two neighbouring windows
 * stays. A pair is clean if neither the server nor this client waited for a core for more than a tenth of its windows
 * (a third with one connection, which has a core wait for each message). It ends with PAIRS clean pairs, or after
 * MAX_SECONDS with what there is: the clean ones, or the quietest few. The candidate is driven for WARM_SECONDS first.
 * Prints a name and a value a line: medians over the pairs, and p99.9 over all their messages, for one window has too
 * few of them. Times are in microseconds; a server's CPU time is all of its threads', a message.
 *
 *     echo_client steady PORT CONNECTIONS BYTES WARM_SECONDS SECONDS
 *
 * drives one server for a while, says `ready`, waits for a line, drives it again, and prints `messages` and how many.
 * The connections stay until its standard input ends.
 */
#include "bench.h"
#include "latency.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum { BATCH = 256, INPUT = 65536, MAX_PAIRS = 1000, FEWEST_PAIRS = 5, STALL_MS = 5000 };
static const double WINDOW_SECONDS = 0.05;

static void fail(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(1);
}

/* Servers and their connections. */

struct connection {
    int fd;
    int received; /* of the message on its way */
    long long sent_ns;
};

struct server {
    int pid;
    int epoll;
    struct connection *connections;
};

static int connection_count;
static int message_bytes;
static char *message;
static char input[INPUT];

static int connected(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address))
        die("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static struct server open_server(int port, int pid) {
    struct server server = {.pid = pid, .epoll = epoll_create1(EPOLL_CLOEXEC)};

    server.connections = calloc(connection_count, sizeof *server.connections);
    for (int i = 0; i < connection_count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        server.connections[i].fd = connected(port);
        epoll_ctl(server.epoll, EPOLL_CTL_ADD, server.connections[i].fd, &event);
    }
    return server;
}

static void send_message(struct connection *connection, long long ns) {
    connection->received = 0;
    connection->sent_ns = ns;
    if (write(connection->fd, message, message_bytes) != message_bytes)
        die("write of a message");
}

/* Whether its message is back whole. */
static int receive(struct connection *connection) {
    int got = read(connection->fd, input, sizeof input);
    if (got < 0 && errno == EAGAIN)
        return 0;
    if (got <= 0)
        fail("the server closed a connection");
    connection->received += got;
    if (connection->received > message_bytes)
        fail("the server sent more than it got");
    return connection->received == message_bytes;
}

/* What one window was like. */

struct window {
    double requests; /* a second */
    double p50;
    double p99;
    double server_cpu;
    double waited; /* for a core: the part of the window that server and client together spent so */
    histogram latencies;
};

/* Nanoseconds that a process's threads have run, and have waited for a core. */
static void scheduled(int pid, double *ran, double *waited) {
    char path[320];
    struct dirent *entry;

    *ran = *waited = 0;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    while (tasks && (entry = readdir(tasks))) {
        double task_ran, task_waited;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (file && fscanf(file, "%lf %lf", &task_ran, &task_waited) == 2) {
            *ran += task_ran;
            *waited += task_waited;
        }
        if (file)
            fclose(file);
    }
    if (tasks)
        closedir(tasks);
}

/* Drives a server for so long, and until all that was sent is back: how many messages that were. */
static long exchange(struct server *server, double seconds, histogram latencies) {
    struct epoll_event events[BATCH];
    long long end_ns = now_ns() + (long long)(seconds * 1e9);
    int busy = connection_count;
    long count = 0;

    for (int i = 0; i < connection_count; i++)
        send_message(&server->connections[i], now_ns());
    while (busy > 0) {
        int ready = epoll_wait(server->epoll, events, BATCH, STALL_MS);
        if (ready <= 0)
            fail("the server does not answer any more");
        for (int i = 0; i < ready; i++) {
            struct connection *connection = &server->connections[events[i].data.u32];
            if (!receive(connection))
                continue;
            long long ns = now_ns();
            count_latency(latencies, ns - connection->sent_ns);
            count++;
            if (ns < end_ns)
                send_message(connection, ns);
            else
                busy--;
        }
    }
    return count;
}

static void measure(struct server *server, struct window *window) {
    double ran[2], waited[2], own_ran, own_waited[2];

    memset(window, 0, sizeof *window);
    scheduled(server->pid, &ran[0], &waited[0]);
    scheduled(getpid(), &own_ran, &own_waited[0]);
    long long start_ns = now_ns();
    long count = exchange(server, WINDOW_SECONDS, window->latencies);
    double ns = now_ns() - start_ns;
    scheduled(server->pid, &ran[1], &waited[1]);
    scheduled(getpid(), &own_ran, &own_waited[1]);

    window->requests = count / (ns / 1e9);
    window->p50 = quantile_us(window->latencies, .5);
    window->p99 = quantile_us(window->latencies, .99);
    window->server_cpu = (ran[1] - ran[0]) / 1000 / count;
    window->waited = (waited[1] - waited[0] + own_waited[1] - own_waited[0]) / ns;
}

/* Pairs of windows, the reference's first. */

struct pair {
    struct window windows[2];
};

static struct pair *pairs;
static int pair_count;

static double disturbance(const struct pair *pair) {
    return pair->windows[0].waited > pair->windows[1].waited ? pair->windows[0].waited : pair->windows[1].waited;
}

static int by_disturbance(const void *left, const void *right) {
    double difference = disturbance(left) - disturbance(right);
    return (difference > 0) - (difference < 0);
}

static int by_value(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(double *values) {
    qsort(values, pair_count, sizeof *values, by_value);
    return (values[(pair_count - 1) / 2] + values[pair_count / 2]) / 2;
}

/* A window's figure by its place in the structure: of the reference, of the candidate, and the median of ratios. */
static void print_figure(const char *name, size_t offset) {
    double values[3][MAX_PAIRS];

    for (int i = 0; i < pair_count; i++) {
        for (int side = 0; side < 2; side++)
            values[side][i] = *(double *)((char *)&pairs[i].windows[side] + offset);
        values[2][i] = values[1][i] / values[0][i];
    }
    printf("ratio.%s %.4f\n", name, median(values[2]));
    printf("reference.%s %.3f\n", name, median(values[0]));
    printf("candidate.%s %.3f\n", name, median(values[1]));
}

static void print_p999(void) {
    static histogram all[2];
    double us[2];

    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < pair_count; i++)
            for (int j = 0; j < BUCKETS; j++)
                all[side][j] += pairs[i].windows[side].latencies[j];
        us[side] = quantile_us(all[side], .999);
    }
    printf("ratio.p99.9 %.4f\nreference.p99.9 %.3f\ncandidate.p99.9 %.3f\n", us[1] / us[0], us[0], us[1]);
}

static void compare(struct server servers[2], double warm_seconds, double max_seconds, int wanted) {
    static histogram unused;
    double most = connection_count == 1 ? 1 / 3. : .1;
    int clean = 0;

    exchange(&servers[0], WINDOW_SECONDS, unused);
    exchange(&servers[1], warm_seconds, unused);
    pairs = calloc(MAX_PAIRS, sizeof *pairs);
    long long end_ns = now_ns() + (long long)(max_seconds * 1e9);
    do {
        struct pair *pair = &pairs[pair_count++];
        measure(&servers[0], &pair->windows[0]);
        measure(&servers[1], &pair->windows[1]);
        clean += disturbance(pair) < most;
    } while (clean < wanted && pair_count < MAX_PAIRS && now_ns() < end_ns);

    printf("pairs.tried %d\npairs.clean %d\n", pair_count, clean);
    qsort(pairs, pair_count, sizeof *pairs, by_disturbance);
    pair_count = clean > FEWEST_PAIRS ? clean : pair_count < FEWEST_PAIRS ? pair_count : FEWEST_PAIRS;
    print_figure("requests", offsetof(struct window, requests));
    print_figure("p50", offsetof(struct window, p50));
    print_figure("p99", offsetof(struct window, p99));
    print_p999();
    print_figure("cpu", offsetof(struct window, server_cpu));
}

static void steady(struct server *server, double warm_seconds, double seconds) {
    static histogram unused;

    exchange(server, warm_seconds, unused);
    puts("ready");
    fflush(stdout);
    if (getchar() == EOF)
        return;
    printf("messages %ld\n", exchange(server, seconds, unused));
    fflush(stdout);
    while (getchar() != EOF)
        ;
}

static void messages(const char *connections, const char *bytes) {
    connection_count = atoi(connections);
    message_bytes = atoi(bytes);
    message = malloc(message_bytes);
    memset(message, 'x', message_bytes);
}

int main(int count, char **words) {
    raise_file_limit();
    if (count == 11 && !strcmp(words[1], "pair")) {
        messages(words[6], words[7]);
        struct server servers[2] = {
            open_server(atoi(words[2]), atoi(words[3])), open_server(atoi(words[4]), atoi(words[5]))};
        compare(servers, atof(words[8]), atof(words[9]), atoi(words[10]));
    } else if (count == 7 && !strcmp(words[1], "steady")) {
        messages(words[3], words[4]);
        struct server server = open_server(atoi(words[2]), 0);
        steady(&server, atof(words[5]), atof(words[6]));
    } else {
        fail("echo_client pair PORT PID PORT PID CONNECTIONS BYTES WARM_SECONDS MAX_SECONDS PAIRS, or\n"
             "echo_client steady PORT CONNECTIONS BYTES WARM_SECONDS SECONDS");
    }
    return 0;
}
