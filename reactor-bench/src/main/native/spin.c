// SPDX-License-Identifier: Apache-2.0
/*
 * Keeps the core that it is pinned to awake, at the idle priority: whatever else wants the core has it at once. A
 * virtual core that has nothing to do is parked by its host, and an echo would then measure how long it takes to be
 * woken. Ends when its parent does.
 */
#include "bench.h"
#include <sched.h>

int main(void) {
    struct sched_param none = {0};
    pid_t parent = getppid();

    if (sched_setscheduler(0, SCHED_IDLE, &none))
        die("sched_setscheduler");
    while (getppid() == parent)
        for (volatile int i = 0; i < 1000000; i++)
            ;
    return 0;
}
