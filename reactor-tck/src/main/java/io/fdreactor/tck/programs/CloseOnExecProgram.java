// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.programs;

import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.Leaks;
import io.fdreactor.tck.context.NetFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process with a reactor that has everything open; it says which descriptors another program would inherit. It
 * asks the kernel for their flags: the JDK closes what it doesn't want to pass on when it starts a process, so a child
 * of its own would show nothing, but a native library that starts one doesn't.
 */
public final class CloseOnExecProgram {
    /** Before each line that counts. */
    public static final String MARK = "heirless: ";

    /** The last line, and the only one that counts if all is well. */
    public static final String DONE = MARK + "done";

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Path FLAGS = Path.of("/proc/self/fdinfo");

    /** FD_CLOEXEC as proc(5) shows it. */
    private static final int CLOSE_ON_EXEC = 02000000;

    private static int connections;

    private CloseOnExecProgram() {}

    /**
     * @param arguments the provider's class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        ReactorProvider provider =
                (ReactorProvider) Class.forName(arguments[0]).getConstructor().newInstance();
        // The JDK's own sockets aren't close-on-exec, and asking for the address opens one: not between the two looks.
        String loopback = NetFixtures.LOOPBACK;
        if (Files.isDirectory(FLAGS)) {
            Map<Integer, String> before = Leaks.openFiles();
            Reactor reactor = provider.open(ReactorConfig.DEFAULT);
            openEverything(reactor, loopback);
            Map<Integer, String> opened = Leaks.openFiles();
            opened.entrySet().removeAll(before.entrySet());
            for (Map.Entry<Integer, String> each : opened.entrySet()) {
                if (isInherited(each.getKey())) {
                    System.out.println(MARK + "descriptor " + each.getKey() + " of " + each.getValue());
                }
            }
        }
        System.out.println(DONE);
        System.exit(0);
    }

    private static void openEverything(Reactor reactor, String loopback) throws IOException {
        DescriptorIO io = reactor.facet(DescriptorIO.class).orElse(null);
        if (io != null) {
            io.dup(io.pipe().readEnd());
            io.open(Path.of("/dev/null"));
        }
        IReactorTCP tcp = reactor.facet(IReactorTCP.class).orElse(null);
        if (tcp != null) {
            ListeningPort port =
                    tcp.listenTCP(0, peer -> new Counted(), ListenOptions.DEFAULT.withBindAddress(loopback));
            ClientFactory clients = peer -> new Counted();
            tcp.connectTCP(loopback, NetFixtures.portOf(port), clients);
            while (connections < 2) {
                reactor.iterate(TURN_NANOS);
            }
        }
        reactor.iterate(0);
    }

    private static final class Counted extends Protocol {
        @Override
        public void connectionMade() {
            connections++;
        }
    }

    private static boolean isInherited(int number) throws IOException {
        for (String line : Files.readAllLines(FLAGS.resolve(String.valueOf(number)))) {
            if (line.startsWith("flags:")) {
                return (Integer.parseInt(line.substring(6).strip(), 8) & CLOSE_ON_EXEC) == 0;
            }
        }
        return false;
    }
}
