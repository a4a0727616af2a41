// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that listens on the loopback, in a process of its own. {@link #close} ends it.
 *
 * @param who the contender's name
 * @param jdk {@link Figure#THIS_JDK}, or {@link Figure#NATIVE}
 */
public record Server(String who, String jdk, Child child, int port) implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening: .*:(\\d+)");

    /**
     * Starts one that takes a free port, and waits until it says {@code listening: 127.0.0.1:PORT}.
     *
     * @throws IOException if it ends instead
     */
    public static Server start(String who, String jdk, List<String> command) throws IOException {
        Child child = Child.start(command);
        try {
            return new Server(
                    who, jdk, child, Integer.parseInt(await(child, LISTENING).group(1)));
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    /**
     * Starts one that is told its port, and waits for a line that says it listens there.
     *
     * @throws IOException if it ends instead
     */
    public static Server start(String who, List<String> command, int port, Pattern ready) throws IOException {
        Child child = Child.start(command);
        try {
            await(child, ready);
            return new Server(who, Figure.NATIVE, child, port);
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    private static Matcher await(Child child, Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(child.readLine());
        while (!matcher.matches()) {
            matcher.reset(child.readLine());
        }
        return matcher;
    }

    /** The process's number. */
    public long pid() {
        return child.pid();
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
