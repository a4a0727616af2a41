// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.regex.Pattern;

/**
 * What a test leaves behind. The process's files are compared before and after, where {@code /proc} tells them
 * and no other test of the kit runs at the same time; only files of the kinds that reactors open count, since
 * the JVM opens jars and libraries as it likes.
 *
 * <p>A thread belongs to the group of the thread that has started it, unless somebody says otherwise, and each test has
 * a group of its own. Those that say otherwise are found if they carry their reactor's name.
 */
public final class Leaks {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Pattern OPENED_BY_REACTORS = Pattern.compile(
            "(socket|pipe|anon_inode):.*|/dev/(null|zero|ptmx|tty|pts/).*|.*/" + SentFile.PREFIX + ".*");

    /** Started by whoever is the first to need it, and kept for all. */
    private static final Set<String> SHARED_THREADS = Set.of("JNA Cleaner");

    /** Guarded by the class: tests that are running, and tests that ever began. */
    private static int running;

    private static long begun;

    private final boolean alone;
    private final long number;
    private final Map<Integer, String> before;

    private Leaks(boolean alone, long number, Map<Integer, String> before) {
        this.alone = alone;
        this.number = number;
        this.before = before;
    }

    public static Leaks before() {
        synchronized (Leaks.class) {
            if (begun == 0) {
                letTheJvmOpenItsOwn();
            }
            begun++;
            running++;
            boolean alone = running == 1 && Files.isDirectory(OPEN_FILES);
            return new Leaks(alone, begun, alone ? openFiles() : Map.of());
        }
    }

    public void done() {
        synchronized (Leaks.class) {
            running--;
        }
    }

    /** On the thread of the test, all helpers of which have ended. */
    public void check(List<String> reactors, long patienceNanos) throws InterruptedException {
        long start = System.nanoTime();
        List<String> left = left(reactors);
        while (!left.isEmpty()) {
            if (System.nanoTime() - start > patienceNanos) {
                fail("expected: nothing is left behind; seen: " + left);
            }
            Thread.sleep(10);
            left = left(reactors);
        }
    }

    private List<String> left(List<String> reactors) {
        List<String> left = new ArrayList<>();
        synchronized (Leaks.class) {
            if (alone && begun == number) {
                openFiles().forEach((number, file) -> {
                    if (!file.equals(before.get(number))) {
                        left.add("descriptor " + number + " of " + file);
                    }
                });
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (isOfThisTest(thread) || reactors.stream().anyMatch(thread.getName()::contains)) {
                left.add("thread " + thread.getName());
            }
        }
        return left;
    }

    private static boolean isOfThisTest(Thread thread) {
        Thread test = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        return thread != test
                && group != null
                && test.getThreadGroup().parentOf(group)
                && !(thread instanceof ForkJoinWorkerThread)
                && !SHARED_THREADS.contains(thread.getName());
    }

    /** Those of the kinds that reactors open, by number. */
    public static Map<Integer, String> openFiles() {
        Map<Integer, String> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path entry : entries) {
                String file = target(entry);
                if (OPENED_BY_REACTORS.matcher(file).matches()) {
                    files.put(Integer.valueOf(entry.getFileName().toString()), file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("can't list [" + OPEN_FILES + "]", e);
        }
        return files;
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** The first socket, pipe and selector make the JDK open files that it keeps. */
    private static void letTheJvmOpenItsOwn() {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open().bind(null);
                SocketChannel client = SocketChannel.open()) {
            selector.selectNow();
            client.configureBlocking(false);
            client.connect(server.getLocalAddress());
            server.accept().close();
            Pipe pipe = Pipe.open();
            pipe.sink().close();
            pipe.source().close();
        } catch (IOException e) {
            throw new IllegalStateException("this machine has no loopback network to test with", e);
        }
    }
}
