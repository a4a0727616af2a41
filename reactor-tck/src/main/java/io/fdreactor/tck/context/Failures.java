// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.tck.contract.RuleBook;
import io.fdreactor.tck.contract.RuleBook.RuleText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Words for what went wrong: what was expected and seen, then what the rule says and which mistakes lead here, then how
 * it came to that.
 */
public final class Failures {
    private static final int EVENTS = 40;
    private static final int FRAMES = 10;
    private static final String JUNITS_WORDS = "^Assumption failed: ";

    private Failures() {}

    /** Where it happened, and what had happened before. */
    public record Scene(String rule, String backend, List<String> events, String pollerCalls) {
        String headline(String what) {
            return rule + ": " + what;
        }

        String message(String what) {
            StringBuilder text = new StringBuilder(headline(what)).append('\n');
            RuleText words = RuleBook.rules().get(rule);
            if (words != null) {
                text.append("rule: ").append(words.text()).append("\nlook at:\n");
                words.lookAt().forEach(item -> text.append("- ").append(item).append('\n'));
            }
            text.append("backend: [").append(backend).append("]\n");
            List<String> last = events.subList(Math.max(0, events.size() - EVENTS), events.size());
            if (!last.isEmpty()) {
                text.append("last events: ").append(String.join(", ", last)).append('\n');
            }
            return text.append(pollerCalls).toString();
        }
    }

    /** Why a test was given up. */
    public static String reasonOf(Throwable aborted) {
        return String.valueOf(aborted.getMessage()).replaceFirst(JUNITS_WORDS, "");
    }

    public static Throwable explain(Scene scene, Throwable failure) {
        if (failure instanceof TestAbortedException) {
            TckContext.print(scene.headline("could not be tested: " + reasonOf(failure)));
            return failure;
        }
        String what =
                failure instanceof AssertionError ? String.valueOf(failure.getMessage()) : "unexpected: " + failure;
        StringBuilder more = new StringBuilder();
        for (Throwable other : failure.getSuppressed()) {
            more.append("\nand then: ").append(other);
        }
        // A report has no room for stacks, and where an exception comes from is half of what it says.
        String origin =
                failure instanceof AssertionError ? "" : "thrown at:\n" + frames(failure.getStackTrace(), FRAMES);
        String message = scene.message(what + more) + origin;
        AssertionFailedError explained =
                failure instanceof AssertionFailedError failed && failed.isExpectedDefined() && failed.isActualDefined()
                        ? new AssertionFailedError(message, failed.getExpected(), failed.getActual(), failure)
                        : new AssertionFailedError(message, failure);
        explained.setStackTrace(failure.getStackTrace());
        return explained;
    }

    public static Throwable hang(Scene scene, String limit, List<Thread> threads) {
        StringBuilder text = new StringBuilder(scene.message("hangs: not finished after " + limit));
        for (Thread thread : threads) {
            text.append('"')
                    .append(thread.getName())
                    .append("\" is ")
                    .append(thread.getState())
                    .append('\n');
            text.append(frames(thread.getStackTrace(), Integer.MAX_VALUE));
        }
        return new AssertionFailedError(text.toString());
    }

    private static String frames(StackTraceElement[] stack, int limit) {
        return Arrays.stream(stack)
                .limit(limit)
                .map(frame -> "    at " + frame + "\n")
                .collect(Collectors.joining());
    }
}
