// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Those who are there, each under another name, and what they hear.
 *
 * <p>A member may have to leave because of what he is told, which is news, too, and may be too much for the next one. So
 * what is to be told waits in a queue: each hears all in the same order, however many go on the way.
 */
final class Room {
    private record News(Visitor from, String line) {}

    /** By the name in lower case, in order of arrival. */
    private final Map<String, Visitor> members = new LinkedHashMap<>();

    private final Deque<News> news = new ArrayDeque<>();
    private boolean telling;

    /** @return false if somebody else has that name, whatever its case */
    boolean join(String name, Visitor visitor) {
        if (members.putIfAbsent(key(name), visitor) != null) {
            return false;
        }
        tell(visitor, "* " + name + " has joined");
        return true;
    }

    /** Tells the others how he has left; does nothing if he isn't there. */
    void leave(String name, Visitor visitor, String how) {
        if (members.remove(key(name), visitor)) {
            tell(visitor, "* " + name + " " + how);
        }
    }

    List<String> names() {
        return members.values().stream().map(Visitor::name).toList();
    }

    /** Tells all but the one from whom it comes. */
    void tell(Visitor from, String line) {
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
        for (Visitor member : List.copyOf(members.values())) {
            if (member != next.from()) {
                member.hear(next.line());
            }
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
