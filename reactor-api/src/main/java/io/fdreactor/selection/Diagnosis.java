// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes what ServiceLoader, the VM or a provider threw, for the person who installed the jar. */
final class Diagnosis {
    private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");
    /** What ServiceLoader says begins with the service's class, whose last name is the first group. */
    private static final Pattern SERVICE_AND_MESSAGE = Pattern.compile("(?s)[\\w.$]*?(\\w+): (.*)");
    /** Java 1's class files are version 45. */
    private static final int CLASS_FILE_OFFSET = 44;

    private Diagnosis() {}

    /** Rethrows errors of the VM that can't be survived. A stack overflow can: it is over once it has been thrown. */
    static void rethrowIfFatal(Throwable thrown) {
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (link instanceof VirtualMachineError fatal && !(link instanceof StackOverflowError)) {
                throw fatal;
            }
        }
    }

    /** What is behind it: ServiceLoader and static initialisers wrap what they caught. */
    static Throwable rootOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wraps = thrown instanceof ServiceConfigurationError
                || thrown instanceof ExceptionInInitializerError
                || thrown instanceof ProviderCalls.Bad;
        return wraps && cause != null ? rootOf(cause) : thrown;
    }

    static String reason(Throwable thrown) {
        if (thrown instanceof ProviderCalls.Bad bad) {
            return Objects.requireNonNull(bad.getMessage());
        }
        if (thrown instanceof ServiceConfigurationError error) {
            return ofServiceLoader(error);
        }
        if (thrown instanceof ExceptionInInitializerError) {
            return "its static initialiser failed: " + rootOf(thrown);
        }
        if (thrown instanceof UnsupportedClassVersionError) {
            return ofClassVersion(thrown);
        }
        if (thrown instanceof NoClassDefFoundError) {
            return ofMissingClass(thrown);
        }
        if (thrown instanceof LinkageError) {
            return "it doesn't fit the other jars (" + thrown + "): use versions that belong together";
        }
        return thrown.toString();
    }

    private static String ofServiceLoader(ServiceConfigurationError error) {
        Matcher said = SERVICE_AND_MESSAGE.matcher(messageOf(error));
        boolean namesService = said.matches();
        String message = namesService ? said.group(2) : messageOf(error);
        Throwable cause = error.getCause();
        if (cause instanceof LinkageError) {
            return reason(cause);
        }
        if (cause != null) {
            return (message.endsWith("could not be instantiated") ? "its constructor failed: " : message + ": ")
                    + cause;
        }
        if (message.endsWith(" not found")) {
            return "META-INF/services names this class, but there is none: the jar is incomplete, or its entry is stale";
        }
        if (namesService && message.endsWith(" not a subtype")) {
            return "it isn't a " + said.group(1) + " of ours: its jar was built for another version, or brings its own";
        }
        return message;
    }

    private static String ofClassVersion(Throwable thrown) {
        Matcher version = CLASS_FILE_VERSION.matcher(messageOf(thrown));
        int running = Runtime.version().feature();
        int needed = version.find() ? Integer.parseInt(version.group(1)) - CLASS_FILE_OFFSET : 0;
        if (needed <= running) {
            return messageOf(thrown);
        }
        return "needs Java %d or newer (class file %d), this is Java %d: run on a newer JVM or take the jar off the class path"
                .formatted(needed, needed + CLASS_FILE_OFFSET, running);
    }

    private static String ofMissingClass(Throwable thrown) {
        String message = messageOf(thrown);
        if (message.startsWith("Could not initialize class")) {
            Throwable cause = thrown.getCause();
            return "its static initialiser has failed before" + (cause == null ? "" : ": " + cause.getMessage());
        }
        return "it needs the class [" + message.replace('/', '.') + "], which isn't there: add the jar that has it";
    }

    private static String messageOf(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null ? thrown.toString() : message;
    }
}
