// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.CCompiler;
import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.Cores;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The C programs of these benches: who drives, the reference, and what keeps the cores awake. */
record EchoPrograms(Path client, Path reference, Path spin) {
    /** The reference's name. */
    static final String REFERENCE = "C epoll";

    /** Compiles them; empty if that can't be done here, which is printed. */
    static Optional<EchoPrograms> compile(Path directory) throws IOException, InterruptedException {
        CCompiler compiler = new CCompiler(directory);
        Optional<Path> client = compiler.compile("echo_client.c");
        if (client.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> reference = compiler.compile("echo_server.c");
        Optional<Path> spin = compiler.compile("spin.c");
        return reference.isEmpty() || spin.isEmpty()
                ? Optional.empty()
                : Optional.of(new EchoPrograms(client.get(), reference.get(), spin.get()));
    }

    EchoClient client(Cores cores) {
        return new EchoClient(client, cores);
    }

    Server startReference(Cores cores) throws IOException {
        return Server.start(REFERENCE, Figure.NATIVE, cores.forServer(List.of(reference.toString())));
    }

    /** Keeps the servers' core awake until it is closed. */
    Child spinOnServersCore(Cores cores) throws IOException {
        return Child.start(cores.forServer(List.of(spin.toString())));
    }

    /** Keeps the client's core awake until it is closed. */
    Child spinOnClientsCore(Cores cores) throws IOException {
        return Child.start(cores.forClient(List.of(spin.toString())));
    }
}
