// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.chat;

import io.fdreactor.Reactor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rooms of all reactors, between which one hears everything, and the names of those who are there. For any thread. */
final class ChatServer {
    private final List<ChatRoom> rooms = new CopyOnWriteArrayList<>();

    /** By the name in lower case, in order of arrival. */
    private final Map<String, String> names = Collections.synchronizedMap(new LinkedHashMap<>());

    /** Another room, for those whom this reactor serves. */
    ChatRoom room(Reactor reactor) {
        ChatRoom room = new ChatRoom(this, reactor);
        rooms.add(room);
        return room;
    }

    List<ChatRoom> rooms() {
        return rooms;
    }

    /** @return false if somebody else has that name, whatever its case */
    boolean take(String name) {
        return names.putIfAbsent(key(name), name) == null;
    }

    void release(String name) {
        names.remove(key(name));
    }

    List<String> names() {
        synchronized (names) {
            return new ArrayList<>(names.values());
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
