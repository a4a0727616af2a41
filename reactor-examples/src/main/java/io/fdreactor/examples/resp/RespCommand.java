// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.Printable;
import io.fdreactor.examples.command.ServerOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves {@link RespProtocol} until it is told to end. */
@Command(
        name = "resp",
        description = {
            "Keeps keys and values in memory for Redis's clients, until Ctrl-C or SIGTERM.",
            "PING, ECHO, SET (with EX and PX), GET, DEL, EXISTS, INCR, EXPIRE, TTL, PTTL, KEYS, DBSIZE, CONFIG GET, QUIT."
        })
public final class RespCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption("tcp:6379:interface=127.0.0.1");

    @Option(
            names = "--maxmemory",
            paramLabel = "BYTES",
            description = "How much keys, values and requests may take, with kb, mb or gb behind it; 0 is no limit"
                    + " (default: half of the Java heap). Beyond it, what needs more gets an error.")
    private String maxMemory = Runtime.getRuntime().maxMemory() / 2 + "b";

    /** For the command line's parser. */
    public RespCommand() {}

    @Override
    public Integer call() throws Exception {
        MemoryLimit memory = new MemoryLimit(maxBytes());
        Commands commands = new Commands(new Keyspace(System::nanoTime, memory), memory);
        return server.serve("resp", reactor -> peer -> new RespProtocol(reactor, commands));
    }

    private long maxBytes() {
        try {
            return MemoryLimit.parse(maxMemory);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--maxmemory is a number of bytes, with kb, mb or gb behind it if you like, not ["
                            + Printable.text(maxMemory) + "]");
        }
    }
}
