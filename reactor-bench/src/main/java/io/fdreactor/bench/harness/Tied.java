// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs another class's {@code main} until standard input ends: a server, so that it doesn't outlive the bench that
 * started it, however that ended.
 */
public final class Tied {
    private Tied() {}

    /** The command that runs a class in this way, as {@link ChildJvm#command} makes them. */
    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        String[] tied =
                Stream.concat(Stream.of(main.getName()), Stream.of(arguments)).toArray(String[]::new);
        return ChildJvm.command(options, Tied.class, tied);
    }

    /** Takes the other class's name, and its arguments. */
    public static void main(String[] args) throws Exception {
        Thread watch = new Thread(Tied::endWithInput, "standard input");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            System.err.println(e.getCause());
            System.exit(1);
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // An input that can't be read has no end to wait for.
            return;
        }
        Runtime.getRuntime().halt(0);
    }
}
