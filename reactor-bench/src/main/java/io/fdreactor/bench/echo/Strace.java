// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** strace(1) as it counts: {@code strace -c}. */
final class Strace {
    /** Which calls failed, most of them with EAGAIN, is counted under this name. */
    static final String FAILED = "(failed)";

    /** Share of time, seconds, microseconds a call, calls, errors if there are any, name. */
    private static final Pattern LINE =
            Pattern.compile("\\s*[\\d.]+\\s+[\\d.]+\\s+\\d+\\s+(\\d+)\\s+(?:(\\d+)\\s+)?(\\w+)");

    private Strace() {}

    /** It may not trace. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String said) {
            super(said + " (as root it may; or see /proc/sys/kernel/yama/ptrace_scope)");
        }
    }

    /**
     * Attaches it to a thread. It counts from the moment at which this returns until it is closed, and then writes the
     * summary.
     */
    static Child attach(Path strace, long thread, Path summary) throws IOException {
        // It says on its standard error that it is attached; this reads standard output.
        String command = "exec \"$0\" -c -o \"$1\" -p \"$2\" 2>&1";
        Child tracer = Child.start(
                List.of("sh", "-c", command, strace.toString(), summary.toString(), String.valueOf(thread)));
        try {
            String said = tracer.readLine();
            if (!said.endsWith("attached")) {
                throw new Refused(said);
            }
            return tracer;
        } catch (IOException e) {
            tracer.close();
            throw e;
        }
    }

    /** How often each was called, and how many of all calls failed. */
    static Map<String, Long> calls(Path summary) throws IOException {
        Map<String, Long> calls = new LinkedHashMap<>();
        long failed = 0;
        for (String line : Files.readAllLines(summary)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && !matcher.group(3).equals("total")) {
                calls.put(matcher.group(3), Long.valueOf(matcher.group(1)));
                failed += matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
            }
        }
        calls.put(FAILED, failed);
        return calls;
    }
}
