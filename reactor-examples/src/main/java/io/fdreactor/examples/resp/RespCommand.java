// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import io.fdreactor.examples.command.ServerOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves {@link RespProtocol} until it is told to end. */
@Command(
        name = "resp",
        description = {
            "Keeps keys and values in memory for Redis's clients, until Ctrl-C or SIGTERM.",
            "PING, ECHO, SET (with EX and PX), GET, DEL, EXISTS, INCR, EXPIRE, TTL, PTTL, KEYS, DBSIZE, QUIT."
        })
public final class RespCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption("tcp:6379:interface=127.0.0.1");

    /** For the command line's parser. */
    public RespCommand() {}

    @Override
    public Integer call() throws Exception {
        Commands commands = new Commands(new Keyspace(System::nanoTime));
        return server.serve("resp", reactor -> peer -> new RespProtocol(reactor, commands));
    }
}
