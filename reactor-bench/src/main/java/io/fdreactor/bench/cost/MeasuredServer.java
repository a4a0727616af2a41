// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import com.sun.management.ThreadMXBean;
import io.fdreactor.bench.harness.Answers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Map;

/**
 * A child that runs a server's {@code main} and says, when asked, how many bytes of its heap are alive ({@link #LIVE}), or
 * how many the loop's thread has allocated so far ({@link #ALLOCATED}). Ends with its standard input. Its arguments: the
 * beginning of the thread's name, the server's class, and the server's own.
 */
public final class MeasuredServer {
    static final String LIVE = "live";
    static final String ALLOCATED = "allocated";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private MeasuredServer() {}

    /** Starts the server, and answers requests. */
    public static void main(String[] args) throws Exception {
        Thread server = new Thread(() -> serve(args), "server");
        server.start();
        Answers.serve(request -> {
            long bytes = request.equals(LIVE) ? Heap.live() : THREADS.getThreadAllocatedBytes(idOf(args[0]));
            return Map.of(request, (double) bytes);
        });
        Runtime.getRuntime().halt(0);
    }

    private static void serve(String[] args) {
        try {
            String[] own = Arrays.copyOfRange(args, 2, args.length);
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) own);
        } catch (ReflectiveOperationException e) {
            System.err.println(e.getCause() == null ? e : e.getCause());
            Runtime.getRuntime().halt(1);
        }
    }

    private static long idOf(String name) {
        for (ThreadInfo thread : THREADS.dumpAllThreads(false, false)) {
            if (thread.getThreadName().startsWith(name)) {
                return thread.getThreadId();
            }
        }
        throw new IllegalStateException("no thread's name begins with [" + name + "]");
    }
}
