// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.chat;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Those who are there on one reactor, and what they hear, from here and from the other rooms. Belongs to its reactor's
 * thread; what is told in one room goes to the others by calls from this thread, so each speaker's lines keep their order.
 *
 * <p>A member may have to leave because of what he is told, which is news, too, and may be too much for the next one. So
 * what is to be told waits in a queue: all in a room hear the same order, however many go on the way.
 */
final class ChatRoom {
    private record News(@Nullable ChatProtocol from, String line) {}

    private final ChatServer house;
    private final Reactor reactor;
    private final Set<ChatProtocol> members = new LinkedHashSet<>();
    private final Deque<News> news = new ArrayDeque<>();
    private boolean telling;

    ChatRoom(ChatServer house, Reactor reactor) {
        this.house = house;
        this.reactor = reactor;
    }

    /** @return false if somebody else has that name, whatever its case */
    boolean join(String name, ChatProtocol visitor) {
        if (!house.take(name)) {
            return false;
        }
        members.add(visitor);
        tell(visitor, "* " + name + " has joined");
        return true;
    }

    /** Tells the others how he has left; does nothing if he isn't there. */
    void leave(String name, ChatProtocol visitor, String how) {
        if (members.remove(visitor)) {
            house.release(name);
            tell(visitor, "* " + name + " " + how);
        }
    }

    /** Of all who are there, in any room. */
    List<String> names() {
        return house.names();
    }

    /** Tells all but the one from whom it comes, in every room. */
    void tell(ChatProtocol from, String line) {
        for (ChatRoom room : house.rooms()) {
            if (room != this) {
                room.call(() -> room.tellHere(null, line));
            }
        }
        tellHere(from, line);
    }

    private void tellHere(@Nullable ChatProtocol from, String line) {
        news.add(new News(from, line));
        if (telling) {
            return;
        }
        telling = true;
        try {
            for (News next = news.poll(); next != null; next = news.poll()) {
                tellEach(next);
            }
        } finally {
            telling = false;
        }
    }

    private void tellEach(News next) {
        for (ChatProtocol member : List.copyOf(members)) {
            if (member != next.from()) {
                member.hear(next.line());
            }
        }
    }

    /** Calls in a later turn, when what was told until now has been heard in every room. */
    void whenHeard(Runnable call) {
        List<ChatRoom> rooms = List.copyOf(house.rooms());
        AtomicInteger left = new AtomicInteger(rooms.size());
        for (ChatRoom room : rooms) {
            room.call(() -> {
                if (left.decrementAndGet() == 0) {
                    call(call);
                }
            });
        }
    }

    /** Calls on this room's thread, after all that was called from the same thread before. */
    private void call(Runnable call) {
        try {
            reactor.callFromThread(call);
        } catch (ReactorClosed e) {
            // Then all have left this room, and are about to leave the others.
        }
    }
}
