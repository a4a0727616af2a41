// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.chat;

import io.fdreactor.examples.command.ServerOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps a {@link ChatServer} open until it is told to end. */
@Command(
        name = "chat",
        description = {
            "A room for talking in lines, until Ctrl-C or SIGTERM: try it with nc.",
            "The first line is one's name, /who tells who is there, /quit ends it."
        })
public final class ChatCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption("tcp:6667:interface=127.0.0.1");

    /** For the command line's parser. */
    public ChatCommand() {}

    @Override
    public Integer call() throws Exception {
        ChatServer house = new ChatServer();
        return server.serve("chat", reactor -> {
            ChatRoom room = house.room(reactor);
            return peer -> new ChatProtocol(room);
        });
    }
}
